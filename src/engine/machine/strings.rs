//! Functions of texts. Positions count code points.

use super::Fault;
use super::work::Work;
use crate::program::Value;

/// How many code points a text has.
pub(super) fn length(text: &str) -> Value {
    int(text.chars().count())
}

fn int(count: usize) -> Value {
    Value::Int(i64::try_from(count).unwrap_or(i64::MAX))
}

/// The byte at which a code point begins; the end counts as a position.
fn byte_at(text: &str, position: i64) -> Option<usize> {
    let position = usize::try_from(position).ok()?;
    text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(position)
}

fn position_of(text: &str, byte: usize) -> Value {
    length(text.get(..byte).unwrap_or_default())
}

/// `a.indexOf(b, from)`; -1 where b does not occur at `from` or later.
pub(super) fn index_of(text: &str, part: &str, from: i64) -> Result<Value, Fault> {
    let start = byte_at(text, from).ok_or(Fault::Index)?;
    let found = text.get(start..).and_then(|rest| rest.find(part));
    Ok(found.map_or(Value::Int(-1), |at| position_of(text, start + at)))
}

/// `a.lastIndexOf(b)`, `a.lastIndexOf(b, from)`; -1 where b does not occur at `from` or earlier.
pub(super) fn last_index_of(text: &str, part: &str, from: Option<i64>) -> Result<Value, Fault> {
    let end = match from {
        None => text.len(),
        Some(from) => match byte_at(text, from).ok_or(Fault::Index)? {
            at if at == text.len() && !part.is_empty() => return Ok(Value::Int(-1)),
            // What begins no later than `from` ends no later than this.
            at => text.floor_char_boundary(at.saturating_add(part.len())),
        },
    };
    let found = text.get(..end).and_then(|rest| rest.rfind(part));
    Ok(found.map_or(Value::Int(-1), |at| position_of(text, at)))
}

/// `a.charAt(i)`; empty at the end.
pub(super) fn char_at(text: &str, position: i64) -> Result<Value, Fault> {
    let start = byte_at(text, position).ok_or(Fault::Index)?;
    let char = text.get(start..).unwrap_or_default().chars().next();
    Ok(Value::String(char.map(String::from).unwrap_or_default().into()))
}

/// `a.substring(from)`, `a.substring(from, to)`
pub(super) fn substring(text: &str, from: i64, to: Option<i64>) -> Result<Value, Fault> {
    if to.is_some_and(|to| from > to) {
        return Err(Fault::Argument);
    }
    let start = byte_at(text, from).ok_or(Fault::Index)?;
    let end = match to {
        Some(to) => byte_at(text, to).ok_or(Fault::Index)?,
        None => text.len(),
    };
    Ok(Value::String(text.get(start..end).unwrap_or_default().into()))
}

/// `a.replace(b, c, n)`: the first n, all where n is negative; an empty b stands before every code point and at the end.
pub(super) fn replace(text: &str, part: &str, with: &str, limit: i64, work: &mut Work) -> Result<Value, Fault> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let count = text.matches(part).take(limit).count();
    work.spend_bytes(text.len().saturating_add(count.saturating_mul(with.len())))?;
    Ok(Value::String(text.replacen(part, with, count).into()))
}

/// `a.split(b, n)`: at most n pieces, any number where n is negative; by an empty b into code points.
pub(super) fn split(text: &str, by: &str, limit: i64, work: &mut Work) -> Result<Value, Fault> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut pieces = Vec::new();
    let mut rest = if limit == 0 || text.is_empty() && by.is_empty() { None } else { Some(text) };
    while let Some(text) = rest {
        work.spend(1)?;
        let cut = if pieces.len() + 1 == limit {
            None
        } else if by.is_empty() {
            text.chars().next().map(|first| text.split_at(first.len_utf8())).filter(|(_, after)| !after.is_empty())
        } else {
            text.split_once(by)
        };
        pieces.push(Value::String(cut.map_or(text, |(before, _)| before).into()));
        rest = cut.map(|(_, after)| after);
    }
    Ok(Value::List(pieces.into()))
}

/// `a.join(b)`
pub(super) fn join(texts: &[Value], between: &str, work: &mut Work) -> Result<Value, Fault> {
    let mut joined = String::new();
    for (index, text) in texts.iter().enumerate() {
        let Value::String(text) = text else { return Err(Fault::NoOverload) };
        let between = if index == 0 { "" } else { between };
        work.spend(1)?;
        work.spend_bytes(text.len() + between.len())?;
        joined.push_str(between);
        joined.push_str(text);
    }
    Ok(Value::String(joined.into()))
}

/// `a + b`
pub(super) fn concat(left: &str, right: &str) -> Value {
    let mut text = String::with_capacity(left.len() + right.len());
    text.push_str(left);
    text.push_str(right);
    Value::String(text.into())
}

/// `a.reverse()`
pub(super) fn reverse(text: &str) -> Value {
    Value::String(text.chars().rev().collect::<String>().into())
}
