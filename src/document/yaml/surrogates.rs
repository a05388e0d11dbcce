//! Characters that JSON writes as two escapes, `\ud83d\ude00`. The parser knows escapes of one character alone.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::node::Style;
use super::offsets::offsets;
use super::positions::Positions;

/// The length of one escape, `\ud83d`.
const ESCAPE: usize = 6;
/// What a pair is read as until the whole text is known: as long as a pair, and no error anywhere.
const STAND_IN: &str = "\\ufffd\\ufffd";

/// A text for the parser, with stand-ins for pairs. Its offsets are those of the text as written.
pub struct Readable {
    /// The text.
    pub text: String,
    /// The characters that stand-ins stand for, by their offsets.
    pairs: BTreeMap<usize, char>,
}

impl Readable {
    /// Puts stand-ins for the pairs in double quotes; elsewhere a backslash is itself.
    pub fn new(text: &str) -> Self {
        let mut pairs: BTreeMap<usize, char> = candidates(text).collect();
        if pairs.is_empty() {
            return Self { text: text.to_string(), pairs };
        }
        let everywhere = with_stand_ins(text, &pairs);
        let quoted = double_quoted(&everywhere);
        pairs.retain(|at, _| {
            let before = quoted.partition_point(|(start, _)| start <= at);
            before.checked_sub(1).and_then(|before| quoted.get(before)).is_some_and(|(_, end)| at < end)
        });
        Self { text: with_stand_ins(text, &pairs), pairs }
    }

    /// What a text in double quotes says. `raw` is its place, `decoded` what the parser made of it.
    pub fn joined(&self, raw: std::ops::Range<usize>, decoded: String) -> String {
        if self.pairs.range(raw.clone()).next().is_none() {
            return decoded;
        }
        let places = offsets(self.text.get(raw.clone()).unwrap_or_default(), 0, &decoded, Style::Double);
        let mut said = String::with_capacity(decoded.len());
        let mut characters = decoded.char_indices();
        while let Some((at, character)) = characters.next() {
            let pair = places.get(at).and_then(|&place| self.pairs.get(&(raw.start + place as usize)));
            if pair.is_some() {
                characters.next();
            }
            said.push(*pair.unwrap_or(&character));
        }
        said
    }
}

/// The character of the pair that a text begins with.
pub fn pair(text: &str) -> Option<char> {
    let (high, low) = (half(text)?, half(text.get(ESCAPE..)?)?);
    char::decode_utf16([high, low]).next()?.ok()
}

/// Half of a pair, as the text begins with it.
pub fn half(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..ESCAPE - 2)?;
    let unit = u16::from_str_radix(digits, 16).ok()?;
    (0xD800..0xE000).contains(&unit).then_some(unit)
}

/// Whatever looks like a pair, with its offset.
fn candidates(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut escaped = false;
    text.match_indices('\\').filter_map(move |(at, _)| {
        // A backslash that the one before it escapes begins nothing.
        let follows = escaped && text.get(..at).is_some_and(|before| before.ends_with('\\'));
        escaped = !follows;
        if follows { None } else { Some((at, pair(text.get(at..)?)?)) }
    })
}

fn with_stand_ins(text: &str, pairs: &BTreeMap<usize, char>) -> String {
    let mut out = String::with_capacity(text.len());
    for &at in pairs.keys() {
        out.push_str(text.get(out.len()..at).unwrap_or_default());
        out.push_str(STAND_IN);
    }
    out.push_str(text.get(out.len()..).unwrap_or_default());
    out
}

/// Where texts in double quotes stand, in order. Where the text cannot be parsed on, all that follows counts: the mistake is told, and no pair before it.
fn double_quoted(text: &str) -> Vec<(usize, usize)> {
    let positions = Positions::new(text);
    let mut found = Vec::new();
    let mut read = 0;
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else {
            found.push((read, text.len()));
            break;
        };
        read = positions.byte(span.end.index());
        if let Event::Scalar(_, ScalarStyle::DoubleQuoted, ..) = event {
            found.push((positions.byte(span.start.index()), read));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_stand_in_double_quotes_alone() {
        let text = r#"{ a: "x\ud83d\ude00", b: '\ud83d\ude00', c: "\\ud83d\\ude00" } # \ud83d\ude00"#;
        let readable = Readable::new(text);
        assert_eq!(readable.pairs.into_iter().collect::<Vec<_>>(), [(7, '😀')]);
        assert_eq!(readable.text, text.replacen(r"\ud83d\ude00", STAND_IN, 1));
    }

    #[test]
    fn a_pair_before_a_mistake_is_none_itself() {
        let text = r#"{ a: "\ud83d\ude00", b: "\ud83d" }"#;
        assert_eq!(Readable::new(text).pairs.into_keys().collect::<Vec<_>>(), [6]);
    }

    #[test]
    fn what_stands_for_itself_is_left() {
        let text = r#""\ufffd \ud83d\uDE00 \ufffd\ufffd""#;
        let decoded = "\u{fffd} \u{fffd}\u{fffd} \u{fffd}\u{fffd}".to_string();
        assert_eq!(Readable::new(text).joined(0..text.len(), decoded), "\u{fffd} 😀 \u{fffd}\u{fffd}");
    }

    #[test]
    fn half_a_pair_is_none() {
        assert_eq!(pair(r"\ud83d\ude00"), Some('😀'));
        assert_eq!(pair(r"\ude00\ud83d"), None);
        assert_eq!(pair(r"\ud83d\u0041"), None);
        assert_eq!(pair(r"\ud83d"), None);
        assert_eq!(half(r"\u+83d"), None);
    }
}
