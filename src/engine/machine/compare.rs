//! Equality and order of values. Numbers are compared by what they stand for, across their types.

use std::cmp::Ordering;

use super::Fault;
use super::work::{DEPTH_LIMIT, Work};
use crate::program::Value;

/// The order of two values of one kind; none where a NaN is among them.
pub(super) fn order(left: &Value, right: &Value) -> Result<Option<Ordering>, Fault> {
    match (left, right) {
        (Value::Bool(left), Value::Bool(right)) => Ok(Some(left.cmp(right))),
        (Value::String(left), Value::String(right)) => Ok(Some(left.as_bytes().cmp(right.as_bytes()))),
        (Value::Bytes(left), Value::Bytes(right)) => Ok(Some(left.cmp(right))),
        _ if is_number(left) && is_number(right) => Ok(numbers(left, right)),
        _ => Err(Fault::NoOverload),
    }
}

pub(super) fn is_number(value: &Value) -> bool {
    matches!(value, Value::Int(_) | Value::Uint(_) | Value::Double(_))
}

/// The order of two numbers; none where either is NaN or no number. Beside a double an integer stands for the double nearest to it.
pub(super) fn numbers(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Double(_), _) | (_, Value::Double(_)) => double(left)?.partial_cmp(&double(right)?),
        _ => Some(integer(left)?.cmp(&integer(right)?)),
    }
}

/// The double nearest to a number.
pub(super) fn double(value: &Value) -> Option<f64> {
    match value {
        Value::Int(value) => Some(*value as f64),
        Value::Uint(value) => Some(*value as f64),
        Value::Double(value) => Some(*value),
        _ => None,
    }
}

fn integer(value: &Value) -> Option<i128> {
    match value {
        Value::Int(value) => Some(i128::from(*value)),
        Value::Uint(value) => Some(i128::from(*value)),
        _ => None,
    }
}

/// CEL's `==`: numbers across their types, lists and maps by their content, otherwise unlike kinds are unequal.
pub(super) fn equal(left: &Value, right: &Value, work: &mut Work) -> Result<bool, Fault> {
    equal_within(left, right, work, DEPTH_LIMIT)
}

fn equal_within(left: &Value, right: &Value, work: &mut Work, depth: u32) -> Result<bool, Fault> {
    work.spend(1)?;
    match (left, right) {
        (Value::List(left), Value::List(right)) => {
            let depth = depth.checked_sub(1).ok_or(Fault::Fuel)?;
            if left.len() != right.len() {
                return Ok(false);
            }
            for (left, right) in left.iter().zip(right.iter()) {
                if !equal_within(left, right, work, depth)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        (Value::Map(left), Value::Map(right)) => {
            let depth = depth.checked_sub(1).ok_or(Fault::Fuel)?;
            if left.len() != right.len() {
                return Ok(false);
            }
            for (key, value) in left.iter() {
                match entry(right, key, work)? {
                    Some(other) if equal_within(value, other, work, depth)? => {}
                    _ => return Ok(false),
                }
            }
            Ok(true)
        }
        (Value::Null, Value::Null) => Ok(true),
        (Value::Bool(left), Value::Bool(right)) => Ok(left == right),
        (Value::String(left), Value::String(right)) => {
            work.spend_bytes(left.len().min(right.len()))?;
            Ok(left == right)
        }
        (Value::Bytes(left), Value::Bytes(right)) => {
            work.spend_bytes(left.len().min(right.len()))?;
            Ok(left == right)
        }
        #[cfg(feature = "full")]
        (Value::Optional(Some(left)), Value::Optional(Some(right))) => equal_within(left, right, work, depth.checked_sub(1).ok_or(Fault::Fuel)?),
        // Of these, equality is that of what they are made of.
        #[cfg(feature = "full")]
        (Value::Timestamp(_) | Value::Duration(_) | Value::Type(_) | Value::Optional(None), _) => Ok(left == right),
        _ => Ok(numbers(left, right) == Some(Ordering::Equal)),
    }
}

/// What a map holds under a key; keys that are numbers are found across their types.
pub(super) fn entry<'a>(map: &'a [(Value, Value)], key: &Value, work: &mut Work) -> Result<Option<&'a Value>, Fault> {
    for (other, value) in map {
        work.spend(1)?;
        let same = match (other, key) {
            (Value::Bool(other), Value::Bool(key)) => other == key,
            (Value::String(other), Value::String(key)) => {
                work.spend_bytes(other.len().min(key.len()))?;
                other == key
            }
            _ => numbers(other, key) == Some(Ordering::Equal),
        };
        if same {
            return Ok(Some(value));
        }
    }
    Ok(None)
}

/// Whether a value may be the key of a map.
pub(super) fn is_key(value: &Value) -> bool {
    matches!(value, Value::Bool(_) | Value::Int(_) | Value::Uint(_) | Value::String(_))
}
