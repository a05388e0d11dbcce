//! A program as bytes: `LGP`, the format's version, capabilities, a digest, and the parts.
//!
//! The digest is SHA-256 (FIPS 180-4) over everything but itself, and is the program's name in receipts. Reading checks it before anything else, so a flipped bit
//! is told from a forged program, and then validates every index, count and depth all the same.

use sha2::{Digest as _, Sha256};

use super::codec::{Part, Reader, Writer};
use super::{COMPUTES, Program, validate};
use crate::error::told;

const MAGIC: [u8; 3] = *b"LGP";
/// The version of the byte format.
pub const FORMAT: u8 = 5;
/// Of a program's capabilities: it needs what only the full build has.
pub const NEEDS_FULL: u32 = 1;
/// Of a program's capabilities: it computes on values, which the plain build of the page does not.
pub const NEEDS_MACHINE: u32 = 2;
/// What this build has.
const HAS: u32 = if cfg!(feature = "full") { NEEDS_FULL | NEEDS_MACHINE } else if COMPUTES { NEEDS_MACHINE } else { 0 };
const HEADER: usize = 8;
const DIGEST: usize = 32;

/// SHA-256 of a program's bytes.
pub type ProgramDigest = [u8; 32];

/// Why bytes are not a program that can run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoadError {
    /// What is wrong.
    pub kind: LoadErrorKind,
    /// The byte at which reading stopped.
    pub offset: usize,
}

/// What is wrong with a program's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadErrorKind {
    /// They are not a program at all.
    NotAProgram,
    /// A format that this engine does not know.
    Format,
    /// The program needs a capability that this build leaves out.
    Capability,
    /// The bytes are not those that were compiled.
    Digest,
    /// They end too early.
    Truncated,
    /// They go on after the end.
    Trailing,
    /// A number that does not fit or is not in its shortest form.
    Number,
    /// A text that is not UTF-8.
    Text,
    /// A tag that means nothing.
    Tag,
    /// An index beyond what it points into, or forward where only back is allowed.
    Index,
    /// Parts that do not fit together: a table's length, an order.
    Shape,
    /// Nesting deeper than the machine goes.
    Depth,
    /// They are not a list's file at all.
    #[cfg(feature = "full")]
    NotAList,
    /// A list that the program names was not given.
    #[cfg(feature = "full")]
    MissingList,
    /// A list is not the one that the program names.
    #[cfg(feature = "full")]
    AnotherList,
    /// The program names no such list.
    #[cfg(feature = "full")]
    UnknownList,
}

/// For each kind, in their order, a line with its code and its message. One text, because pointers to many are downloaded as well, and the page gets all of them at once.
pub(crate) const LOAD_TEXTS: &str = "\
not-a-program: these bytes are not a compiled policy
program-format: the program was compiled for another version of the engine
program-capability: the program needs more than this build of the engine has
program-digest: the program was changed or damaged after it was compiled
program-truncated: the program ends too early
program-trailing: the program goes on after its end
program-number: the program holds a number that does not fit
program-text: the program holds a text that is not valid
program-tag: the program holds a tag that means nothing
program-index: the program points outside itself
program-shape: the program's parts do not fit together
program-depth: the program is nested too deeply";
/// Those of kinds that the page does not know.
#[cfg(feature = "full")]
const MORE: &str = "\
not-a-list: these bytes are not a compiled list
missing-list: a list that the program names was not given
another-list: the list is not the one that the program names
unknown-list: the program names no such list";

impl LoadErrorKind {
    /// A stable code.
    pub fn code(self) -> &'static str {
        self.told().0
    }

    /// What is wrong, in words.
    pub fn message(self) -> &'static str {
        self.told().1
    }

    fn told(self) -> (&'static str, &'static str) {
        told(&[LOAD_TEXTS, #[cfg(feature = "full")] MORE], self as usize)
    }
}

impl std::fmt::Display for LoadError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} (byte {})", self.kind.message(), self.offset)
    }
}

impl std::error::Error for LoadError {}

impl Program {
    /// What this program needs of an engine, as a bit set: [`NEEDS_FULL`], [`NEEDS_MACHINE`].
    pub fn capabilities(&self) -> u32 {
        let full = if validate::needs_full(self) { NEEDS_FULL } else { 0 };
        full | if validate::needs_machine(self) { NEEDS_MACHINE } else { 0 }
    }

    /// The program as bytes; equal programs give equal bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Writer::default();
        self.write(&mut body);
        let mut header = Vec::with_capacity(HEADER + DIGEST + body.bytes.len());
        header.extend_from_slice(&MAGIC);
        header.push(FORMAT);
        header.extend_from_slice(&self.capabilities().to_le_bytes());
        let digest = digest(&header, &body.bytes);
        header.extend_from_slice(&digest);
        header.extend_from_slice(&body.bytes);
        header
    }

    /// The program's digest, as in its bytes.
    pub fn digest(&self) -> ProgramDigest {
        let bytes = self.to_bytes();
        bytes.get(HEADER..HEADER + DIGEST).and_then(|slice| slice.try_into().ok()).unwrap_or_default()
    }

    /// Reads a program, trusting nothing.
    ///
    /// # Errors
    /// A [`LoadError`] with the byte at which reading stopped.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LoadError> {
        let fail = |kind, offset| Err(LoadError { kind, offset });
        let Some((header, rest)) = bytes.split_at_checked(HEADER) else {
            return fail(if MAGIC.starts_with(bytes.get(..3.min(bytes.len())).unwrap_or_default()) && !bytes.is_empty() { LoadErrorKind::Truncated } else { LoadErrorKind::NotAProgram }, bytes.len());
        };
        if !header.starts_with(&MAGIC) {
            return fail(LoadErrorKind::NotAProgram, 0);
        }
        if header.get(3) != Some(&FORMAT) {
            return fail(LoadErrorKind::Format, 3);
        }
        let Some((stated, body)) = rest.split_at_checked(DIGEST) else {
            return fail(LoadErrorKind::Truncated, bytes.len());
        };
        if digest(header, body) != stated {
            return fail(LoadErrorKind::Digest, HEADER);
        }
        // What this build leaves out, its codec does not know either.
        let needed = header.get(4..8).and_then(|bytes| bytes.try_into().ok()).map_or(u32::MAX, u32::from_le_bytes);
        if needed & !HAS != 0 {
            return fail(LoadErrorKind::Capability, 4);
        }
        let mut reader = Reader::new(body);
        let program = Self::read(&mut reader);
        match program.checked(reader, needed, bytes.len()) {
            Ok(()) => Ok(program),
            Err(error) => {
                // Memory is not given back there, and what lets go of every list need not be downloaded.
                #[cfg(all(feature = "wasm", not(feature = "full")))]
                std::mem::forget(program);
                Err(error)
            }
        }
    }

    /// What was read, looked through. `length` is that of all bytes.
    #[allow(unused_mut, reason = "only a build that leaves something out skips it")]
    fn checked(&self, mut reader: Reader, needed: u32, length: usize) -> Result<(), LoadError> {
        let fail = |kind, offset| Err(LoadError { kind, offset });
        // What becomes of leads between decisions comes last; a build that only decides has no need to know it.
        #[cfg(not(feature = "full"))]
        reader.skip_rest();
        if let Err((kind, left)) = reader.finish() {
            return fail(kind, length - left);
        }
        if let Some(kind) = validate::program(self) {
            return fail(kind, HEADER + DIGEST);
        }
        if needed != self.capabilities() {
            return fail(LoadErrorKind::Capability, 4);
        }
        Ok(())
    }
}

fn digest(header: &[u8], body: &[u8]) -> ProgramDigest {
    let mut hash = Sha256::new();
    hash.update(header);
    hash.update(body);
    hash.finalize().into()
}
