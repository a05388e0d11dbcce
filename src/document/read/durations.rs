//! Lengths of time as people write them: `90s`, `15m`, `4h`, `30d`, `2w`.

use super::reader::{Reader, place};
use crate::document::keys;
use crate::document::model::TimeDef;
use crate::document::yaml::{Kind, Node};
use crate::report::Spanned;

/// The longest time that a document names, in milliseconds: a hundred years.
pub const LONGEST: i64 = 36_525 * DAY;
/// Milliseconds of 24 hours.
pub const DAY: i64 = 86_400_000;

const UNITS: [(char, i64); 5] = [('s', 1000), ('m', 60_000), ('h', 3_600_000), ('d', DAY), ('w', 7 * DAY)];

/// The milliseconds of a length of time; none where it is none, or beyond [`LONGEST`].
pub fn millis(text: &str) -> Option<i64> {
    written(text).filter(|&millis| millis > 0)
}

fn written(text: &str) -> Option<i64> {
    let unit = text.chars().last()?;
    let (_, each) = UNITS.into_iter().find(|(letter, _)| *letter == unit)?;
    let digits = text.strip_suffix(unit)?;
    let number: i64 = if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok()? } else { return None };
    number.checked_mul(each).filter(|millis| (0..=LONGEST).contains(millis))
}

impl Reader<'_> {
    /// A length of time, in milliseconds.
    pub fn duration(&mut self, node: &Node, what: &str) -> Option<Spanned<i64>> {
        let found = node.text().and_then(millis);
        if found.is_none() {
            self.wrong(node, what, "a length of time", "write a whole number with its unit: 90s, 15m, 4h, 30d or 2w; at most a hundred years");
        }
        found.map(|millis| Spanned::new(millis, node.span))
    }

    /// How long before a moment something was, in milliseconds; `0m` is that moment itself.
    pub fn ago(&mut self, node: &Node, what: &str) -> Option<i64> {
        let found = node.text().and_then(written);
        if found.is_none() {
            self.wrong(node, what, "a length of time", "write a whole number with its unit: 0m, 15m, 4h, 30d or 2w; at most a hundred years");
        }
        found
    }

    /// A length of time in whole days: `14d` or `2w`.
    pub fn days(&mut self, node: &Node, what: &str) -> Option<Spanned<u32>> {
        let length = self.duration(node, what)?;
        if length.value % DAY != 0 {
            self.wrong(node, what, "a number of whole days", "write it as 14d or 2w");
            return None;
        }
        u32::try_from(length.value / DAY).ok().map(|days| Spanned::new(days, length.span))
    }
}

/// Working time: in hours, for a day of a calendar is as long as its hours are.
fn working(reader: &mut Reader<'_>, node: &Node) -> Option<Spanned<i64>> {
    if node.text().is_some_and(|text| text.ends_with(['d', 'w']) && millis(text).is_some()) {
        reader.wrong(node, "`working`", "a length of working time", "write it in hours: two days of nine working hours are 18h");
        return None;
    }
    reader.duration(node, "`working`")
}

/// A length of time, or of a calendar's working time: `30m`, or `{ working: 2h, calendar: cn }`; without a calendar the one that stands around it.
pub fn time(reader: &mut Reader<'_>, node: &Node, what: &str, around: Option<&Spanned<String>>) -> Option<TimeDef> {
    if !matches!(node.kind, Kind::Mapping(_)) {
        return Some(TimeDef { length: reader.duration(node, what)?, calendar: None });
    }
    let map = reader.closed(node, what, &keys::WORKING)?;
    let length = map.get("working").and_then(|node| working(reader, node));
    let calendar = match map.get("calendar") {
        Some(node) => reader.reference(node, "`calendar`"),
        None => around.cloned(),
    };
    if calendar.is_none() && map.get("calendar").is_none() {
        reader.error("missing-key", place(node), format!("{what} counts working time without a calendar"), "name one: { working: 2h, calendar: cn }");
    }
    Some(TimeDef { length: length?, calendar: Some(calendar?) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        for (text, expected) in [("90s", 90_000), ("15m", 900_000), ("4h", 14_400_000), ("30d", 30 * DAY), ("2w", 14 * DAY), ("36525d", LONGEST)] {
            assert_eq!(millis(text), Some(expected), "{text}");
        }
        for wrong in ["", "d", "0d", "-1d", "1.5h", "30", "30 d", "d30", "1y", "36526d", "99999999999999999999d", "天"] {
            assert_eq!(millis(wrong), None, "{wrong}");
        }
    }
}
