//! Many texts in few bytes, found without unpacking them.
//!
//! A text is stored with its labels (what dots part) turned round, `com.example.mail` for `mail.example.com`, for names share their ends more than their beginnings; between labels stands a
//! zero byte instead of a dot, and a dot instead of a zero byte within one, so that a name stands directly before the names below it. The texts are ascending by these bytes. Each says how many bytes
//! it shares with the one before and what follows; every sixteenth is whole and begins a block, so that a search halves the blocks and then reads one.
//!
//! An entry is a byte, in its upper half the number of shared bytes and in the lower one less than the number of bytes that follow, 15 in either meaning that a number follows with the rest.

use std::cmp::Ordering;

use super::Shared;
use super::codec::{Part, Reader, Writer};
use super::LoadErrorKind as Kind;

/// How many texts a block holds.
const BLOCK: usize = 16;
/// What a half of a byte says where a number follows.
const MORE: usize = 15;

/// A set of texts, packed.
#[derive(Clone, PartialEq)]
pub struct Packed {
    /// A text is in it where it is an entry, or a name below one: `mail.example.com` below `example.com`. No entry is below another.
    domains: bool,
    count: u32,
    bytes: Box<[u8]>,
    /// Where the blocks begin; follows from the bytes.
    blocks: Vec<u32>,
}

impl std::fmt::Debug for Packed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Packed").field("domains", &self.domains).field("count", &self.count).finish_non_exhaustive()
    }
}

/// A text as it is stored: its labels from the last to the first.
fn stored(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for (at, label) in text.as_bytes().rsplit(|&byte| byte == b'.').enumerate() {
        if at > 0 {
            bytes.push(0);
        }
        bytes.extend(label.iter().map(|&byte| if byte == 0 { b'.' } else { byte }));
    }
    bytes
}

/// The text that is stored so.
fn restored(bytes: &[u8]) -> String {
    let mut text = Vec::with_capacity(bytes.len());
    for (at, label) in bytes.rsplit(|&byte| byte == 0).enumerate() {
        if at > 0 {
            text.push(b'.');
        }
        text.extend(label.iter().map(|&byte| if byte == b'.' { 0 } else { byte }));
    }
    String::from_utf8(text).unwrap_or_default()
}

/// Whether `name` is `above`, or a name below it; both as they are stored.
fn is_within(name: &[u8], above: &[u8]) -> bool {
    name.strip_prefix(above).is_some_and(|rest| rest.first().is_none_or(|&next| next == 0))
}

fn shared(one: &[u8], other: &[u8]) -> usize {
    one.iter().zip(other).take_while(|(a, b)| a == b).count()
}

/// An entry being read: how much it shares with the one before, and what follows.
struct Entry<'a> {
    shared: usize,
    rest: &'a [u8],
}

/// A number of a half byte, with the rest of it where the half says so.
fn half(from: &mut Reader, half: u8) -> usize {
    let number = usize::from(half);
    if number < MORE { number } else { MORE.saturating_add(from.number(u64::from(u32::MAX)) as usize) }
}

fn entry<'a>(from: &mut Reader<'a>) -> Entry<'a> {
    let halves = from.byte();
    let shared = half(from, halves >> 4);
    let length = half(from, halves & 15) + 1;
    Entry { shared, rest: from.take(length) }
}

fn put(out: &mut Writer, shared: usize, rest: &[u8]) {
    let length = rest.len().saturating_sub(1);
    out.bytes.push((shared.min(MORE) << 4 | length.min(MORE)) as u8);
    for number in [shared, length] {
        if let Some(more) = number.checked_sub(MORE) {
            out.number(more as u64);
        }
    }
    out.bytes.extend_from_slice(rest);
}

impl Packed {
    /// Texts in any order, none of them empty. With `domains`, names below others among them are left out, for they are in it anyway.
    pub fn new<'t>(texts: impl Iterator<Item = &'t str>, domains: bool) -> Self {
        let mut all: Vec<Vec<u8>> = texts.filter(|text| !text.is_empty()).map(stored).collect();
        all.sort_unstable();
        all.dedup_by(|next, before| if domains { is_within(next, before) } else { next == before });
        let (mut out, mut blocks, mut before) = (Writer::default(), Vec::new(), &[][..]);
        for (at, text) in all.iter().enumerate() {
            let begins = at % BLOCK == 0;
            if begins {
                blocks.push(out.bytes.len() as u32);
            }
            let shared = if begins { 0 } else { shared(before, text) };
            put(&mut out, shared, text.get(shared..).unwrap_or_default());
            before = text;
        }
        Self { domains, count: all.len() as u32, bytes: out.bytes.into(), blocks }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether names below an entry are in it as well.
    pub fn domains(&self) -> bool {
        self.domains
    }

    /// The entries, in the order in which they are stored.
    pub fn texts(&self) -> impl Iterator<Item = String> + '_ {
        let mut from = Reader::new(&self.bytes);
        let mut whole = Vec::new();
        (0..self.count).map(move |_| {
            let Entry { shared, rest } = entry(&mut from);
            whole.truncate(shared);
            whole.extend_from_slice(rest);
            restored(&whole)
        })
    }

    /// The entry that a text is, or is a name below, by its place.
    pub fn find(&self, text: &str) -> Option<usize> {
        let wanted = stored(text);
        let first = |block: &u32| Reader::new(self.bytes.get(*block as usize..).unwrap_or_default());
        let block = self.blocks.partition_point(|block| entry(&mut first(block)).rest <= wanted.as_slice()).checked_sub(1)?;
        let mut from = first(self.blocks.get(block)?);
        let from_here = block * BLOCK;
        // How many bytes the wanted one shares with the entry before, which stands before it.
        let mut agreed = 0;
        for at in from_here..self.len().min(from_here + BLOCK) {
            let Entry { shared: kept, rest } = entry(&mut from);
            match kept.cmp(&agreed) {
                // It differs where the entry before did.
                Ordering::Greater => continue,
                // It went on where the entry before still agreed.
                Ordering::Less => return None,
                Ordering::Equal => {}
            }
            let left = wanted.get(agreed..).unwrap_or_default();
            let more = shared(rest, left);
            match (rest.get(more), left.get(more)) {
                (None, None) => return Some(at),
                (None, Some(0)) if self.domains => return Some(at),
                (Some(_), None) => return None,
                (Some(here), Some(there)) if here > there => return None,
                _ => agreed += more,
            }
        }
        None
    }
}

impl Part for Packed {
    fn write(&self, out: &mut Writer) {
        self.domains.write(out);
        self.count.write(out);
        out.number(self.bytes.len() as u64);
        out.bytes.extend_from_slice(&self.bytes);
    }

    /// Reads it, and looks at every entry: one encoding, one order, no text twice.
    fn read(from: &mut Reader) -> Self {
        let (domains, count) = (bool::read(from), u32::read(from));
        let length = from.length();
        let bytes = from.take(length);
        let (mut inner, mut blocks, mut whole) = (Reader::new(bytes), Vec::new(), Vec::new());
        for at in 0..count as usize {
            let begins = at % BLOCK == 0;
            if begins {
                blocks.push((bytes.len() - inner.left()) as u32);
            }
            let Entry { shared: kept, rest } = entry(&mut inner);
            let sound = rest.first().is_some_and(|&next| {
                if begins {
                    return kept == 0 && whole.as_slice() < rest && !(domains && at > 0 && is_within(rest, &whole));
                }
                // What comes next is greater than what stood there; so no more could have been shared.
                kept <= whole.len() && whole.get(kept).is_none_or(|&before| before < next) && !(domains && kept == whole.len() && next == 0)
            });
            if !sound {
                inner.fail(Kind::Shape);
                break;
            }
            // A letter of several bytes may be shared in part.
            let letter = (0..=kept).rev().find(|&at| whole.get(at).is_none_or(|byte| byte & 0xC0 != 0x80)).unwrap_or_default();
            whole.truncate(kept);
            whole.extend_from_slice(rest);
            if std::str::from_utf8(whole.get(letter..).unwrap_or_default()).is_err() {
                inner.fail(Kind::Text);
                break;
            }
        }
        if let Err((kind, _)) = inner.finish() {
            from.fail(kind);
            return Self::new(std::iter::empty(), domains);
        }
        Self { domains, count, bytes: bytes.into(), blocks }
    }
}

impl Part for Shared<Packed> {
    fn write(&self, out: &mut Writer) {
        (**self).write(out);
    }
    fn read(from: &mut Reader) -> Self {
        Packed::read(from).into()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8]) -> Result<Packed, Kind> {
        let mut from = Reader::new(bytes);
        let packed = Packed::read(&mut from);
        from.finish().map(|()| packed).map_err(|(kind, _)| kind)
    }

    fn written(packed: &Packed) -> Vec<u8> {
        let mut out = Writer::default();
        packed.write(&mut out);
        out.bytes
    }

    #[test]
    fn names_below_an_entry() {
        let packed = Packed::new(["example.com", "mail.example.com", "co.uk", "a-b.example.com", "x.org"].into_iter(), true);
        assert_eq!(packed.texts().collect::<Vec<_>>(), ["example.com", "x.org", "co.uk"]);
        for (text, found) in [("example.com", true), ("a.b.example.com", true), ("badexample.com", false), ("com", false), ("example.com.cn", false), ("", false), (".example.com", true), ("x.org", true), ("x.or", false), ("UK", false)] {
            assert_eq!(packed.find(text).is_some(), found, "{text}");
        }
    }

    proptest! {
        #[test]
        fn finds_what_is_in_it(texts in prop::collection::vec("[ab.\\-\0é上]{0,9}", 0..80), wanted in prop::collection::vec("[ab.\\-\0é上]{0,9}", 0..20), domains: bool) {
            let packed = Packed::new(texts.iter().map(String::as_str), domains);
            let known: BTreeSet<&str> = texts.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
            for text in texts.iter().chain(&wanted).filter(|text| !text.is_empty()) {
                let ends = text.match_indices('.').map(|(at, _)| text.get(at + 1..).unwrap_or_default());
                let is = known.contains(text.as_str()) || domains && ends.into_iter().any(|end| known.contains(end));
                let found = packed.find(text);
                prop_assert_eq!(found.is_some(), is, "{:?}", text);
                let entry = found.and_then(|at| packed.texts().nth(at));
                prop_assert!(entry.is_none_or(|entry| entry == *text || domains && text.ends_with(&[".", &entry].concat())));
            }
            prop_assert_eq!(read(&written(&packed)), Ok(packed.clone()));
            let again: Vec<String> = packed.texts().collect();
            prop_assert_eq!(Packed::new(again.iter().map(String::as_str), domains), packed);
        }

        #[test]
        fn has_one_encoding(texts in prop::collection::vec("[ab.]{1,20}", 1..40), domains: bool, at in 0usize..400, by in 1u8..255) {
            let bytes = written(&Packed::new(texts.iter().map(String::as_str), domains));
            let mut forged = bytes.clone();
            let at = at % forged.len();
            forged[at] = forged[at].wrapping_add(by);
            // What is still read is other texts, and is written as it was read.
            if let Ok(packed) = read(&forged) {
                let texts: Vec<String> = packed.texts().collect();
                let again = Packed::new(texts.iter().map(String::as_str), packed.domains());
                prop_assert_eq!(written(&again), forged);
                for (at, text) in texts.iter().enumerate() {
                    prop_assert_eq!(packed.find(text), Some(at));
                }
            }
        }
    }
}
