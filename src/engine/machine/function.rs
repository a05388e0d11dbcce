//! The strict functions on values: which overload, and what it costs.

use super::Fault;
use super::work::Work;
use super::{compare, number, strings};
use crate::engine::text;
use crate::program::{Function, Value};

/// Why a function gives no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Halt {
    /// What it was asked for is not there.
    Unknown,
    /// It faulted.
    Fault(Fault),
}

impl From<Fault> for Halt {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Applies a function to the values of its arguments.
pub(super) fn apply(function: Function, args: &[Value], work: &mut Work) -> Result<Value, Halt> {
    for arg in args {
        work.spend_on(arg)?;
    }
    if let (Function::Domain, [Value::String(address)]) = (function, args) {
        return text::domain(address).map(|domain| Value::String(domain.into())).ok_or(Halt::Unknown);
    }
    let result = match args {
        _ if matches!(function, Function::Greatest | Function::Least) => number::extreme(function, args, work),
        [value] => unary(function, value, work),
        [left, right] => binary(function, left, right, work),
        [Value::String(text), first, second] => ternary(function, text, first, second, work),
        [Value::String(text), Value::String(part), Value::String(with), Value::Int(limit)] if function == Function::Replace => {
            strings::replace(text, part, with, *limit, work)
        }
        _ => Err(Fault::NoOverload),
    };
    #[cfg(feature = "full")]
    let result = match result {
        Err(Fault::NoOverload) => super::library::apply(function, args, work),
        result => result,
    };
    Ok(result?)
}

fn unary(function: Function, value: &Value, work: &mut Work) -> Result<Value, Fault> {
    match (function, value) {
        (Function::ToDyn, value) => Ok(value.clone()),
        (Function::Negate, value) => number::negate(value),
        (Function::Abs, value) => number::abs(value),
        (Function::ToInt, value) => number::to_int(value),
        (Function::ToUint, value) => number::to_uint(value),
        (Function::ToDouble, value) => number::to_double(value),
        (Function::ToBool, value) => number::to_bool(value),
        (Function::ToString, value) => number::to_string(value, work),
        (Function::Size, value) => size(value),
        (Function::LowerAscii, Value::String(text)) => Ok(Value::String(text.to_ascii_lowercase().into())),
        (Function::UpperAscii, Value::String(text)) => Ok(Value::String(text.to_ascii_uppercase().into())),
        (Function::Trim, Value::String(text)) => Ok(Value::String(text.trim().into())),
        (Function::Reverse, Value::String(text)) => Ok(strings::reverse(text)),
        (Function::Join, Value::List(texts)) => strings::join(texts, "", work),
        _ => Err(Fault::NoOverload),
    }
}

fn binary(function: Function, left: &Value, right: &Value, work: &mut Work) -> Result<Value, Fault> {
    match (function, left, right) {
        (Function::Equal, _, _) => compare::equal(left, right, work).map(Value::Bool),
        (Function::NotEqual, _, _) => compare::equal(left, right, work).map(|equal| Value::Bool(!equal)),
        (Function::Less | Function::LessEqual | Function::Greater | Function::GreaterEqual, _, _) => {
            let order = compare::order(left, right)?;
            Ok(Value::Bool(order.is_some_and(|order| match function {
                Function::Less => order.is_lt(),
                Function::LessEqual => order.is_le(),
                Function::Greater => order.is_gt(),
                _ => order.is_ge(),
            })))
        }
        (Function::In, _, _) => contains(left, right, work).map(Value::Bool),
        (Function::Add, Value::String(left), Value::String(right)) => Ok(strings::concat(left, right)),
        (Function::Add, Value::Bytes(left), Value::Bytes(right)) => Ok(Value::Bytes(left.iter().chain(right.iter()).copied().collect())),
        (Function::Add, Value::List(left), Value::List(right)) => {
            work.spend(left.len() + right.len())?;
            Ok(Value::List(left.iter().chain(right.iter()).cloned().collect()))
        }
        (Function::Add | Function::Subtract | Function::Multiply | Function::Divide | Function::Modulo, _, _) => number::arithmetic(function, left, right),
        (Function::Index, _, _) => index(left, right, work),
        (Function::Contains, Value::String(text), Value::String(part)) => Ok(Value::Bool(text.contains(&**part))),
        (Function::StartsWith, Value::String(text), Value::String(part)) => Ok(Value::Bool(text.starts_with(&**part))),
        (Function::EndsWith, Value::String(text), Value::String(part)) => Ok(Value::Bool(text.ends_with(&**part))),
        (Function::IndexOf, Value::String(text), Value::String(part)) => strings::index_of(text, part, 0),
        (Function::LastIndexOf, Value::String(text), Value::String(part)) => strings::last_index_of(text, part, None),
        (Function::CharAt, Value::String(text), Value::Int(position)) => strings::char_at(text, *position),
        (Function::Substring, Value::String(text), Value::Int(from)) => strings::substring(text, *from, None),
        (Function::Split, Value::String(text), Value::String(by)) => strings::split(text, by, -1, work),
        (Function::Join, Value::List(texts), Value::String(between)) => strings::join(texts, between, work),
        _ => Err(Fault::NoOverload),
    }
}

fn ternary(function: Function, text: &str, first: &Value, second: &Value, work: &mut Work) -> Result<Value, Fault> {
    match (function, first, second) {
        (Function::IndexOf, Value::String(part), Value::Int(from)) => strings::index_of(text, part, *from),
        (Function::LastIndexOf, Value::String(part), Value::Int(from)) => strings::last_index_of(text, part, Some(*from)),
        (Function::Substring, Value::Int(from), Value::Int(to)) => strings::substring(text, *from, Some(*to)),
        (Function::Replace, Value::String(part), Value::String(with)) => strings::replace(text, part, with, -1, work),
        (Function::Split, Value::String(by), Value::Int(limit)) => strings::split(text, by, *limit, work),
        _ => Err(Fault::NoOverload),
    }
}

fn size(value: &Value) -> Result<Value, Fault> {
    let count = match value {
        Value::String(text) => return Ok(strings::length(text)),
        Value::Bytes(bytes) => bytes.len(),
        Value::List(elements) => elements.len(),
        Value::Map(entries) => entries.len(),
        _ => return Err(Fault::NoOverload),
    };
    Ok(Value::Int(i64::try_from(count).unwrap_or(i64::MAX)))
}

fn contains(value: &Value, range: &Value, work: &mut Work) -> Result<bool, Fault> {
    match range {
        Value::List(elements) => {
            for element in elements.iter() {
                if compare::equal(value, element, work)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Value::Map(entries) => compare::entry(entries, value, work).map(|found| found.is_some()),
        _ => Err(Fault::NoOverload),
    }
}

fn index(range: &Value, key: &Value, work: &mut Work) -> Result<Value, Fault> {
    match range {
        Value::List(elements) => {
            let position = match key {
                Value::Int(key) => usize::try_from(*key).map_err(|_| Fault::Index)?,
                Value::Uint(key) => usize::try_from(*key).map_err(|_| Fault::Index)?,
                Value::Double(key) if key.trunc() != *key => return Err(Fault::Argument),
                // Beyond the range it saturates, and no list is that long.
                Value::Double(key) if *key >= 0.0 => *key as usize,
                Value::Double(_) => return Err(Fault::Index),
                _ => return Err(Fault::NoOverload),
            };
            elements.get(position).cloned().ok_or(Fault::Index)
        }
        Value::Map(entries) => compare::entry(entries, key, work)?.cloned().ok_or(Fault::NoSuchKey),
        _ => Err(Fault::NoOverload),
    }
}

#[cfg(test)]
mod tests;
