//! Functions of texts. Positions count code points.

use super::Fault;
use super::work::Work;
use crate::program::Value;

/// A text as a value.
#[inline(never)]
pub(super) fn text(text: &str) -> Value {
    Value::String(text.into())
}

/// A list as a value.
#[inline(never)]
pub(super) fn list(elements: &[Value]) -> Value {
    Value::List(elements.into())
}

/// A count as a value.
pub(super) fn int(count: usize) -> Value {
    Value::Int(i64::try_from(count).unwrap_or(i64::MAX))
}

/// How many code points a text has.
pub(super) fn length(text: &[u8]) -> Value {
    int(text.iter().filter(|&&byte| begins(byte)).count())
}

/// Whether a code point begins with a byte.
fn begins(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// The byte at which a code point begins; the end counts as a position.
fn byte_at(text: &str, position: i64) -> Result<usize, Fault> {
    let mut left = usize::try_from(position).map_err(|_| Fault::Index)?;
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        if begins(byte) {
            if left == 0 {
                return Ok(at);
            }
            left -= 1;
        }
    }
    if left == 0 { Ok(text.len()) } else { Err(Fault::Index) }
}

/// Where a part begins that is not empty, at `from` or later.
pub(super) fn find(text: &[u8], part: &[u8], from: usize) -> Option<usize> {
    search(text, part, from, false)
}

/// The first or the last place where a part begins that is not empty, at `from` or later; in time that grows with the lengths of both.
fn search(text: &[u8], part: &[u8], from: usize, last: bool) -> Option<usize> {
    // For each beginning of the part, the length of the longest shorter one that it ends with.
    let mut borders = vec![0_usize];
    let (mut at, mut matched) = (1, 0);
    while let (Some(byte), Some(next)) = (part.get(at), part.get(matched)) {
        if byte == next {
            matched += 1;
        } else if let Some(&shorter) = matched.checked_sub(1).and_then(|last| borders.get(last)) {
            matched = shorter;
            continue;
        }
        borders.push(matched);
        at += 1;
    }
    (at, matched) = (from, 0);
    let mut found = None;
    while let Some(byte) = text.get(at) {
        if part.get(matched) == Some(byte) {
            matched += 1;
            at += 1;
            if matched == part.len() {
                found = Some(at - matched);
                if !last {
                    break;
                }
                matched = borders.last().copied().unwrap_or(0);
            }
        } else if let Some(&shorter) = matched.checked_sub(1).and_then(|last| borders.get(last)) {
            matched = shorter;
        } else {
            at += 1;
        }
    }
    found
}

/// Whether a part stands anywhere in a text.
pub(super) fn contains(text: &str, part: &str) -> bool {
    part.is_empty() || find(text.as_bytes(), part.as_bytes(), 0).is_some()
}

/// `a.indexOf(b, from)`; -1 where b does not occur at `from` or later.
pub(super) fn index_of(text: &str, part: &str, from: i64) -> Result<Value, Fault> {
    let start = byte_at(text, from)?;
    if part.is_empty() {
        return Ok(Value::Int(from));
    }
    Ok(position(text, find(text.as_bytes(), part.as_bytes(), start)))
}

/// `a.lastIndexOf(b)`, `a.lastIndexOf(b, from)`; -1 where b does not occur at `from` or earlier.
pub(super) fn last_index_of(text: &str, part: &str, from: Option<i64>) -> Result<Value, Fault> {
    let end = match from {
        None => text.len(),
        // What begins no later than `from` ends no later than this.
        Some(from) => byte_at(text, from)?.saturating_add(part.len()).min(text.len()),
    };
    if part.is_empty() {
        return Ok(position(text, Some(end)));
    }
    Ok(position(text, search(text.as_bytes().get(..end).unwrap_or_default(), part.as_bytes(), 0, true)))
}

/// The position of a byte; -1 for none.
fn position(text: &str, byte: Option<usize>) -> Value {
    byte.map_or(Value::Int(-1), |at| length(text.as_bytes().get(..at).unwrap_or_default()))
}

/// `a.charAt(i)`; empty at the end.
pub(super) fn char_at(text: &str, position: i64) -> Result<Value, Fault> {
    let start = byte_at(text, position)?;
    let end = byte_at(text, position.saturating_add(1)).unwrap_or(text.len());
    Ok(self::text(text.get(start..end).unwrap_or_default()))
}

/// `a.substring(from)`, `a.substring(from, to)`
pub(super) fn substring(text: &str, from: i64, to: Option<i64>) -> Result<Value, Fault> {
    if to.is_some_and(|to| from > to) {
        return Err(Fault::Argument);
    }
    let start = byte_at(text, from)?;
    let end = match to {
        Some(to) => byte_at(text, to)?,
        None => text.len(),
    };
    Ok(self::text(text.get(start..end).unwrap_or_default()))
}

/// Where a text is next cut by a part, at `from` or later; by an empty one after the code point that begins there.
fn cut(text: &str, part: &str, from: usize) -> Option<usize> {
    if part.is_empty() {
        let rest = text.as_bytes().get(from..)?;
        return Some(from + rest.iter().skip(1).take_while(|&&byte| !begins(byte)).count() + 1).filter(|&at| at <= text.len());
    }
    find(text.as_bytes(), part.as_bytes(), from)
}

/// `a.replace(b, c, n)`: the first n, all where n is negative; an empty b stands before every code point and at the end.
pub(super) fn replace(text: &str, part: &str, with: &str, limit: i64, work: &mut Work) -> Result<Value, Fault> {
    let mut made = String::new();
    let (mut from, mut left) = (0, limit);
    work.spend_bytes(text.len())?;
    let mut next = if part.is_empty() { Some(0) } else { cut(text, part, 0) };
    while let Some(at) = next.filter(|_| left != 0) {
        work.spend_bytes(with.len())?;
        made.push_str(text.get(from..at).unwrap_or_default());
        made.push_str(with);
        from = at + part.len();
        left = left.saturating_sub(1);
        next = cut(text, part, from);
    }
    made.push_str(text.get(from..).unwrap_or_default());
    Ok(self::text(&made))
}

/// `a.split(b, n)`: at most n pieces, any number where n is negative; by an empty b into code points.
pub(super) fn split(text: &str, by: &str, limit: i64, work: &mut Work) -> Result<Value, Fault> {
    let mut pieces = Vec::new();
    let (mut from, mut left) = (0, limit);
    let mut more = limit != 0 && !(text.is_empty() && by.is_empty());
    while more {
        work.spend(1)?;
        let at = cut(text, by, from).filter(|&at| left != 1 && (at < text.len() || !by.is_empty()));
        pieces.push(self::text(text.get(from..at.unwrap_or(text.len())).unwrap_or_default()));
        more = at.is_some();
        from = at.unwrap_or(0) + by.len();
        left = left.saturating_sub(1);
    }
    Ok(list(&pieces))
}

/// `a.join(b)`
pub(super) fn join(texts: &Value, between: &str, work: &mut Work) -> Result<Value, Fault> {
    let Value::List(texts) = texts else { return Err(Fault::NoOverload) };
    let mut joined = String::new();
    for (index, text) in texts.iter().enumerate() {
        let Value::String(text) = text else { return Err(Fault::NoOverload) };
        let between = if index == 0 { "" } else { between };
        work.spend(1)?;
        work.spend_bytes(text.len() + between.len())?;
        joined.push_str(between);
        joined.push_str(text);
    }
    Ok(self::text(&joined))
}

/// `a + b`
pub(super) fn concat(left: &str, right: &str) -> Value {
    let mut joined = String::with_capacity(left.len() + right.len());
    joined.push_str(left);
    joined.push_str(right);
    text(&joined)
}

/// `a.reverse()`
pub(super) fn reverse(text: &str) -> Value {
    let mut reversed = String::with_capacity(text.len());
    let mut end = text.len();
    for (at, _) in text.as_bytes().iter().enumerate().rev().filter(|(_, byte)| begins(**byte)) {
        reversed.push_str(text.get(at..end).unwrap_or_default());
        end = at;
    }
    self::text(&reversed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn parts_are_found_as_the_standard_library_finds_them(text in "[ab上]{0,24}", part in "[ab上]{0,5}", limit in 0_usize..6) {
            let mut work = Work::new();
            prop_assert_eq!(contains(&text, &part), text.contains(&part));
            prop_assert_eq!(replace(&text, &part, "-", -1, &mut work).unwrap(), self::text(&text.replace(&part, "-")));
            prop_assert_eq!(replace(&text, &part, "-", limit as i64, &mut work).unwrap(), self::text(&text.replacen(&part, "-", limit)));
            prop_assert_eq!(reverse(&text), self::text(&text.chars().rev().collect::<String>()));
            if !part.is_empty() {
                let before = |at: Option<usize>| at.map_or(-1, |at| text[..at].chars().count() as i64);
                prop_assert_eq!(index_of(&text, &part, 0).unwrap(), Value::Int(before(text.find(&part))));
                prop_assert_eq!(last_index_of(&text, &part, None).unwrap(), Value::Int(before(text.rfind(&part))));
                let pieces = text.splitn(limit, &part).map(self::text).collect();
                prop_assert_eq!(split(&text, &part, limit as i64, &mut work).unwrap(), Value::List(pieces));
            }
        }
    }
}
