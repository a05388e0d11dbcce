//! Patterns made ready, run by following all their ways at once: the time it takes grows with text and pattern, whatever they are.

use std::sync::Arc;

use super::super::Fault;
use super::super::work::Work;
use super::text;
use crate::program::ready::{INSTRUCTION, PATTERN, PATTERN_HEADER, look, op};
use crate::program::{Function, Value};

/// `a.matches(pattern)`: anywhere in the text.
pub(super) fn matches(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let [Value::String(text), pattern] = args else { return Err(Fault::NoOverload) };
    let pattern = Pattern::new(pattern, work)?;
    let found = pattern.find(text, 0, 0, work)?;
    Ok(Value::Bool(found.is_some()))
}

/// `regex.extract(a, pattern)`: the first match, or of it the one group.
pub(super) fn extract(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let [Value::String(target), pattern] = args else { return Err(Fault::NoOverload) };
    let pattern = Pattern::new(pattern, work)?;
    let group = pattern.one_group()?;
    let found = pattern.find(target, 0, group + 1, work)?;
    let part = found.and_then(|slots| taken(target, &slots, group)).filter(|part| group == 0 || !part.is_empty());
    Ok(Value::Optional(part.map(|part| Arc::new(text(part)))))
}

/// `regex.extractAll(a, pattern)`: all matches, or of them the one group.
pub(super) fn extract_all(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let [Value::String(target), pattern] = args else { return Err(Fault::NoOverload) };
    let pattern = Pattern::new(pattern, work)?;
    let group = pattern.one_group()?;
    let mut parts = Vec::new();
    pattern.each(target, group + 1, work, |slots| {
        parts.extend(taken(target, slots, group).filter(|part| group == 0 || !part.is_empty()).map(text));
        Ok(true)
    })?;
    Ok(Value::List(parts.into()))
}

/// `regex.replace(a, pattern, with)`, `regex.replace(a, pattern, with, n)`: the first n, all where n is negative; `\1` in what comes in stands for a group.
pub(super) fn replace(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let (target, pattern, with, limit) = match args {
        [Value::String(target), pattern, Value::String(with)] => (target, pattern, with, -1),
        [Value::String(target), pattern, Value::String(with), Value::Int(limit)] => (target, pattern, with, *limit),
        _ => return Err(Fault::NoOverload),
    };
    let pattern = Pattern::new(pattern, work)?;
    let with = template(with, pattern.groups)?;
    let mut left = usize::try_from(limit).unwrap_or(usize::MAX);
    if left == 0 {
        return Ok(Value::String(target.clone()));
    }
    let (mut out, mut end) = (String::new(), 0);
    pattern.each(target, pattern.groups, work, |slots| {
        let [Some(from), Some(to), ..] = slots else { return Err(Fault::Malformed) };
        out.push_str(target.get(end..*from).unwrap_or_default());
        end = *to;
        for part in &with {
            match part {
                Part::Char(char) => out.push(*char),
                Part::Group(group) => out.push_str(taken(target, slots, *group).unwrap_or_default()),
            }
        }
        // What is made may be much longer than what it is made from.
        if out.len() > target.len() + (1 << 20) {
            return Err(Fault::Fuel);
        }
        left -= 1;
        Ok(left > 0)
    })?;
    out.push_str(target.get(end..).unwrap_or_default());
    work.spend_bytes(out.len())?;
    Ok(text(out))
}

enum Part {
    Char(char),
    Group(usize),
}

fn template(with: &str, groups: usize) -> Result<Vec<Part>, Fault> {
    let mut parts = Vec::new();
    let mut chars = with.chars();
    while let Some(char) = chars.next() {
        parts.push(match char {
            '\\' => match chars.next() {
                Some('\\') => Part::Char('\\'),
                Some(digit) => Part::Group(digit.to_digit(10).map(|digit| digit as usize).filter(|group| *group < groups).ok_or(Fault::Argument)?),
                None => return Err(Fault::Argument),
            },
            char => Part::Char(char),
        });
    }
    Ok(parts)
}

fn taken<'a>(text: &'a str, slots: &[Option<usize>], group: usize) -> Option<&'a str> {
    let from = slots.get(group * 2).copied().flatten()?;
    text.get(from..slots.get(group * 2 + 1).copied().flatten()?)
}

struct Pattern<'a> {
    bytes: std::borrow::Cow<'a, [u8]>,
    groups: usize,
}

impl<'a> Pattern<'a> {
    fn new(pattern: &'a Value, work: &mut Work) -> Result<Self, Fault> {
        let bytes = match pattern {
            Value::Ready(bytes) => (&**bytes).into(),
            Value::String(pattern) => written(pattern, work)?,
            _ => return Err(Fault::NoOverload),
        };
        match &*bytes {
            [PATTERN, low, high, ..] => Ok(Self { groups: usize::from(u16::from_le_bytes([*low, *high])), bytes }),
            _ => Err(Fault::Malformed),
        }
    }

    /// The group to extract: the only one, or else the whole match.
    fn one_group(&self) -> Result<usize, Fault> {
        if self.groups > 2 { Err(Fault::Argument) } else { Ok(self.groups - self.groups.min(1)) }
    }

    fn instruction(&self, at: u16) -> Option<(u8, u16, [u8; 2])> {
        let at = PATTERN_HEADER + usize::from(at) * INSTRUCTION;
        match self.bytes.get(at..at + INSTRUCTION)? {
            [op, low, high, a, b] => Some((*op, u16::from_le_bytes([*low, *high]), [*a, *b])),
            _ => None,
        }
    }

    /// Every match, as long as more are wanted; none overlaps another, and an empty one does not touch the one before.
    fn each(&self, text: &str, groups: usize, work: &mut Work, mut found: impl FnMut(&[Option<usize>]) -> Result<bool, Fault>) -> Result<(), Fault> {
        let (mut at, mut last) = (0, None);
        while at <= text.len() {
            let Some(slots) = self.find(text, at, groups, work)? else { break };
            let [Some(from), Some(to), ..] = *slots else { return Err(Fault::Malformed) };
            let next = text.get(to..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            if from == to && last == Some(to) {
                at = to + next;
                continue;
            }
            if !found(&slots)? {
                break;
            }
            last = Some(to);
            at = if from == to { to + next } else { to };
        }
        Ok(())
    }

    /// The first match from a place on: where so many groups begin and end. With no groups, only whether there is one.
    fn find(&self, text: &str, from: usize, groups: usize, work: &mut Work) -> Result<Option<Vec<Option<usize>>>, Fault> {
        let rest = text.len().saturating_sub(from);
        work.spend((rest / 16 + 1).saturating_mul(self.bytes.len() / 16 + 1).saturating_mul(groups + 1))?;
        let mut ways = Ways { pattern: self, text: text.as_bytes(), seen: vec![0; self.bytes.len() / INSTRUCTION + 1], round: 0, ready: Vec::new() };
        let mut found = None;
        let mut waiting: Vec<Way> = Vec::new();
        let mut at = from;
        loop {
            ways.round += 1;
            ways.ready.clear();
            let mut over = false;
            for way in waiting.drain(..) {
                over = ways.follow(way, at)?.is_some_and(|slots| {
                    found = Some(slots);
                    true
                });
                // What comes later is worth less.
                if over {
                    break;
                }
            }
            if !over && found.is_none() && text.is_char_boundary(at) {
                found = ways.follow(Way { at: 0, slots: vec![None; groups * 2] }, at)?;
            }
            let Some(&byte) = ways.text.get(at) else { break };
            if ways.ready.is_empty() && found.is_some() || groups == 0 && found.is_some() {
                break;
            }
            for way in ways.ready.drain(..) {
                let mut next = way.at;
                while let Some((op, to, [low, high])) = self.instruction(next) {
                    if (op == op::BYTE || op == op::TRY) && (low..=high).contains(&byte) {
                        waiting.push(Way { at: to, slots: way.slots });
                        break;
                    }
                    if op != op::TRY {
                        break;
                    }
                    next = next.saturating_add(1);
                }
            }
            at += 1;
        }
        Ok(found)
    }
}

/// A way through the pattern: where it is, and what it remembers.
struct Way {
    at: u16,
    slots: Vec<Option<usize>>,
}

struct Ways<'a> {
    pattern: &'a Pattern<'a>,
    text: &'a [u8],
    /// For each instruction the round in which a way last came there: the first to come is worth most.
    seen: Vec<usize>,
    round: usize,
    /// Those that wait for a byte, the most valuable first.
    ready: Vec<Way>,
}

impl Ways<'_> {
    /// Follows a way to where it needs a byte, in all its branches; what it remembers where it matches. What comes after a match is not followed.
    fn follow(&mut self, way: Way, at: usize) -> Result<Option<Vec<Option<usize>>>, Fault> {
        let mut branches = vec![way];
        while let Some(mut way) = branches.pop() {
            match self.seen.get_mut(usize::from(way.at)) {
                Some(seen) if *seen != self.round => *seen = self.round,
                Some(_) => continue,
                None => return Err(Fault::Malformed),
            }
            let (op, next, argument) = self.pattern.instruction(way.at).ok_or(Fault::Malformed)?;
            match op {
                op::MATCH => return Ok(Some(way.slots)),
                op::BYTE | op::TRY => self.ready.push(way),
                op::SPLIT => {
                    branches.push(Way { at: u16::from_le_bytes(argument), slots: way.slots.clone() });
                    branches.push(Way { at: next, slots: way.slots });
                }
                op::SAVE => {
                    let slot = usize::from(u16::from_le_bytes(argument));
                    if let Some(place) = way.slots.get_mut(slot) {
                        *place = Some(at);
                    }
                    branches.push(Way { at: next, ..way });
                }
                op::LOOK if self.looks(argument[0], at) => branches.push(Way { at: next, ..way }),
                op::LOOK | op::FAIL => {}
                _ => return Err(Fault::Malformed),
            }
        }
        Ok(None)
    }

    fn looks(&self, look: u8, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.text.get(at)).copied();
        let after = self.text.get(at).copied();
        let word = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        match look {
            look::START => before.is_none(),
            look::END => after.is_none(),
            look::LINE_START => before.is_none_or(|byte| byte == b'\n'),
            look::LINE_END => after.is_none_or(|byte| byte == b'\n'),
            look::WORD => word(before) != word(after),
            _ => word(before) == word(after),
        }
    }
}

/// A pattern that is made ready while an expression runs, at the cost of what that takes: up to some milliseconds.
#[cfg(feature = "author")]
fn written(pattern: &str, work: &mut Work) -> Result<std::borrow::Cow<'static, [u8]>, Fault> {
    const REFUSED: usize = 100_000;
    let ready = super::pattern(pattern);
    work.spend(ready.as_ref().map_or(REFUSED, |bytes| 500 + bytes.len() / 4))?;
    ready.map(Into::into).map_err(|_| Fault::Argument)
}

/// Patterns are made ready where policies are compiled.
#[cfg(not(feature = "author"))]
fn written(_: &str, _: &mut Work) -> Result<std::borrow::Cow<'static, [u8]>, Fault> {
    Err(Fault::Argument)
}
