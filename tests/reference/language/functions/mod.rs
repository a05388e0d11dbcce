//! Strict functions on values.

use super::value::Value::{self, Bool, Bytes, Double, Duration, Int, List, Map, Optional, Text, Timestamp, Type, Uint};
use std::cmp::Ordering;

mod calendar;
mod convert;
mod format;
mod lists;
mod numbers;
mod texts;

pub use lists::sorted_by;

/// Why there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Such values the function does not take.
    Overload,
    Other,
}

/// What a function gives; none where this part has no such function.
type Found = Option<Result<Value, Failure>>;

/// A fault other than a missing overload where there is none.
fn some(value: Option<Value>) -> Found {
    Some(value.ok_or(Failure::Other))
}

/// Applies a function: an operator, `f` or `.f`.
pub fn apply(name: &str, args: &[Value]) -> Result<Value, Failure> {
    let parts = [operators, parts_of, optionals, numbers::apply, convert::apply, texts::apply, format::apply, lists::apply, calendar::apply];
    parts.iter().find_map(|part| part(name, args)).unwrap_or(Err(Failure::Overload))
}

/// A map of entries; a fault where a key cannot be one, or comes twice.
pub fn map(entries: Vec<(Value, Value)>) -> Result<Value, Failure> {
    let fits = entries.iter().all(|(key, _)| matches!(key, Bool(_) | Int(_) | Uint(_) | Text(_)));
    let twice = entries.iter().enumerate().any(|(at, (key, _))| entries[..at].iter().any(|(other, _)| other.equals(key)));
    if fits && !twice { Ok(Map(entries)) } else { Err(Failure::Other) }
}

fn operators(name: &str, args: &[Value]) -> Found {
    let order = |a: &Value, b: &Value, holds: fn(Ordering) -> bool| a.comparable(b).then(|| Ok(Bool(a.compare(b).is_some_and(holds))));
    match (name, args) {
        ("==", [a, b]) => Some(Ok(Bool(a.equals(b)))),
        ("!=", [a, b]) => Some(Ok(Bool(!a.equals(b)))),
        ("<", [a, b]) => order(a, b, Ordering::is_lt),
        ("<=", [a, b]) => order(a, b, Ordering::is_le),
        (">", [a, b]) => order(a, b, Ordering::is_gt),
        (">=", [a, b]) => order(a, b, Ordering::is_ge),
        ("in", [a, List(items)]) => Some(Ok(Bool(items.iter().any(|item| item.equals(a))))),
        ("in", [a, Map(entries)]) => Some(Ok(Bool(entries.iter().any(|(key, _)| key.equals(a))))),
        _ => None,
    }
}

/// An element or a value; none where there is none.
fn part(of: &Value, index: &Value) -> Result<Option<Value>, Failure> {
    match (of, index) {
        (List(items), Int(_) | Uint(_) | Double(_)) => {
            let places = (0..items.len()).map(|at| Int(at as i64));
            match index.double().filter(|number| number.fract() == 0.0) {
                // An index between two elements is none.
                None => Err(Failure::Other),
                Some(_) => Ok(places.zip(items).find(|(at, _)| at.equals(index)).map(|(_, item)| item.clone())),
            }
        }
        (Map(entries), _) => Ok(entries.iter().find(|(key, _)| key.equals(index)).map(|(_, held)| held.clone())),
        _ => Err(Failure::Overload),
    }
}

fn optional(value: Option<Value>) -> Value {
    Optional(value.map(Box::new))
}

fn parts_of(name: &str, args: &[Value]) -> Found {
    let [of, index] = args else { return None };
    if name == "." && matches!(of, List(_)) || name == "has" && !matches!(of, Map(_) | Optional(_)) {
        return Some(Err(Failure::Overload));
    }
    Some(match (name, of) {
        ("." | "[]" | "[?]" | "has", Optional(None)) => Ok(if name == "has" { Bool(false) } else { Optional(None) }),
        ("has", Optional(Some(held))) => return parts_of("has", &[(**held).clone(), index.clone()]),
        ("has", _) => part(of, index).map(|found| Bool(found.is_some())),
        ("." | "[]" | "[?]", Optional(Some(held))) => part(held, index).map(optional),
        ("[?]", _) => part(of, index).map(optional),
        ("." | "[]", _) => part(of, index).and_then(|found| found.ok_or(Failure::Other)),
        _ => return None,
    })
}

fn is_zero(value: &Value) -> bool {
    match value {
        Value::Null | Bool(false) | Int(0) | Uint(0) | Duration(0) | Timestamp(0) | Optional(None) => true,
        Double(number) => *number == 0.0,
        Text(text) => text.is_empty(),
        Bytes(bytes) => bytes.is_empty(),
        List(items) => items.is_empty(),
        Map(entries) => entries.is_empty(),
        _ => false,
    }
}

fn optionals(name: &str, args: &[Value]) -> Found {
    Some(match (name, args) {
        ("optional.of", [value]) => Ok(optional(Some(value.clone()))),
        ("optional.none", []) => Ok(Optional(None)),
        ("optional.ofNonZeroValue", [value]) => Ok(optional((!is_zero(value)).then(|| value.clone()))),
        (".hasValue", [Optional(held)]) => Ok(Bool(held.is_some())),
        (".value", [Optional(held)]) => held.as_ref().map(|held| (**held).clone()).ok_or(Failure::Other),
        ("optional.unwrap" | ".unwrapOpt", [List(items)]) => {
            let held = items.iter().map(|item| if let Optional(held) = item { Ok(held.as_ref().map(|held| (**held).clone())) } else { Err(Failure::Overload) });
            held.collect::<Result<Vec<_>, _>>().map(|held| List(held.into_iter().flatten().collect()))
        }
        ("dyn", [value]) => Ok(value.clone()),
        ("type", [value]) => Ok(Type(value.kind().to_owned())),
        _ => return None,
    })
}
