//! Lists that stand in files of their own, so that several programs share one: a program names such a list by its digest.
//!
//! A list's file: `LGL`, the format's version, SHA-256 (FIPS 180-4) over everything but itself, and the [packed](super::Packed) texts. Reading trusts it no more than a program.

use sha2::{Digest as _, Sha256};

use super::codec::{Part, Reader, Writer};
use super::{ListBody, LoadError, LoadErrorKind as Kind, Packed, Program, Shared};

const MAGIC: [u8; 3] = *b"LGL";
/// The version of the byte format.
const FORMAT: u8 = 1;
const HEADER: usize = 4;
const DIGEST: usize = 32;

/// SHA-256 of a list's file.
pub type ListDigest = [u8; 32];

/// A list that a program names and does not hold.
#[derive(Debug, Clone)]
pub struct Detached {
    /// The digest of its file.
    pub digest: ListDigest,
    /// The list, once it was given.
    pub list: Option<Shared<Packed>>,
}

impl PartialEq for Detached {
    fn eq(&self, other: &Self) -> bool {
        self.digest == other.digest
    }
}

impl Part for Detached {
    fn write(&self, out: &mut Writer) {
        self.digest.write(out);
    }
    fn read(from: &mut Reader) -> Self {
        Self { digest: Part::read(from), list: None }
    }
}

/// A list from its file, with the file's digest. What is cloned of it shares the list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListFile {
    digest: ListDigest,
    list: Shared<Packed>,
}

impl ListFile {
    /// The file of a list.
    pub fn new(list: Shared<Packed>) -> Self {
        let body = body(&list);
        Self { digest: digest(&body), list }
    }

    /// The digest by which programs name it.
    pub fn digest(&self) -> &ListDigest {
        &self.digest
    }

    /// The list.
    pub fn list(&self) -> &Shared<Packed> {
        &self.list
    }

    /// The file; equal lists give equal bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = header().to_vec();
        bytes.extend_from_slice(&self.digest);
        bytes.extend_from_slice(&body(&self.list));
        bytes
    }

    /// Reads a file, trusting nothing.
    ///
    /// # Errors
    /// A [`LoadError`] with the byte at which reading stopped.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LoadError> {
        let fail = |kind, offset| Err(LoadError { kind, offset });
        if !bytes.starts_with(&MAGIC) {
            return fail(Kind::NotAList, 0);
        }
        let Some((stated, body)) = bytes.get(HEADER..).and_then(|rest| rest.split_at_checked(DIGEST)) else { return fail(Kind::Truncated, bytes.len()) };
        if bytes.get(3) != Some(&FORMAT) {
            return fail(Kind::Format, 3);
        }
        let found = digest(body);
        if found != stated {
            return fail(Kind::Digest, HEADER);
        }
        let mut reader = Reader::new(body);
        let list = Part::read(&mut reader);
        match reader.finish() {
            Ok(()) => Ok(Self { digest: found, list }),
            Err((kind, left)) => fail(kind, bytes.len() - left),
        }
    }
}

fn header() -> [u8; HEADER] {
    let [a, b, c] = MAGIC;
    [a, b, c, FORMAT]
}

fn body(list: &Shared<Packed>) -> Vec<u8> {
    let mut out = Writer::default();
    list.write(&mut out);
    out.bytes
}

fn digest(body: &[u8]) -> ListDigest {
    let mut hash = Sha256::new();
    hash.update(header());
    hash.update(body);
    hash.finalize().into()
}

impl Program {
    /// The lists that the program names and does not hold, with their names.
    pub fn detached(&self) -> impl Iterator<Item = (&str, &Detached)> {
        self.lists.iter().filter_map(|list| match &list.body {
            ListBody::Detached(detached) => Some((list.name.as_str(), detached)),
            _ => None,
        })
    }

    /// Gives the program a list that it names.
    ///
    /// # Errors
    /// [`UnknownList`](Kind::UnknownList) where it names none so, [`AnotherList`](Kind::AnotherList) where the file is not the one that it names.
    pub fn attach(&mut self, name: &str, file: &ListFile) -> Result<(), Kind> {
        let mut known = false;
        for list in &mut self.lists {
            if let ListBody::Detached(detached) = &mut list.body
                && list.name == name
            {
                if detached.digest != file.digest {
                    return Err(Kind::AnotherList);
                }
                detached.list = Some(file.list.clone());
                known = true;
            }
        }
        if known { Ok(()) } else { Err(Kind::UnknownList) }
    }

    /// The files of the lists that the program names, of those that it was given, by their names.
    pub fn list_files(&self) -> impl Iterator<Item = (&str, ListFile)> {
        self.detached().filter_map(|(name, detached)| Some((name, ListFile { digest: detached.digest, list: detached.list.clone()? })))
    }

    /// A program that holds the lists that it was given, and names none of them any more: another program, which decides the same.
    pub fn with_lists(mut self) -> Self {
        for list in &mut self.lists {
            if let Some(packed) = list.body.packed().cloned() {
                list.body = ListBody::Packed(packed);
            }
        }
        self
    }

    /// The first list that the program names and was not given.
    pub fn missing_list(&self) -> Option<&str> {
        self.detached().find(|(_, detached)| detached.list.is_none()).map(|(name, _)| name)
    }
}
