//! `type`, `bytes`, and the names of types.

use super::super::Fault;
use super::super::decimal::double;
use super::super::work::Work;
use super::text;
use crate::program::{Function, Value};

/// `type(a)`
pub(super) fn to_type(_: Function, args: &[Value], _: &mut Work) -> Result<Value, Fault> {
    match args {
        [value] => Ok(Value::Type(name(value).into())),
        _ => Err(Fault::NoOverload),
    }
}

/// The name of a value's type, as the language denotes it.
pub(super) fn name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null_type",
        Value::Bool(_) => "bool",
        Value::Int(_) => "int",
        Value::Uint(_) => "uint",
        Value::Double(_) => "double",
        Value::String(_) => "string",
        Value::Bytes(_) | Value::Ready(_) => "bytes",
        Value::List(_) => "list",
        Value::Map(_) => "map",
        Value::Timestamp(_) => "google.protobuf.Timestamp",
        Value::Duration(_) => "google.protobuf.Duration",
        Value::Type(_) => "type",
        Value::Optional(_) => "optional_type",
    }
}

/// `bytes(a)`
pub(super) fn to_bytes(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    match args {
        [Value::Bytes(bytes)] => Ok(Value::Bytes(bytes.clone())),
        [Value::String(text)] => {
            work.spend_bytes(text.len())?;
            Ok(Value::Bytes(text.as_bytes().into()))
        }
        _ => Err(Fault::NoOverload),
    }
}

/// A value as text: as `string` has it, and for lists, maps, types and null as well. How `format` writes `%s`.
pub(super) fn written(value: &Value, work: &mut Work) -> Result<std::sync::Arc<str>, Fault> {
    work.spend(1)?;
    Ok(match value {
        Value::Null => "null".into(),
        Value::Type(name) => name.clone(),
        Value::List(elements) => {
            let parts = elements.iter().map(|element| written(element, work)).collect::<Result<Vec<_>, _>>()?;
            joined('[', &parts, ']', work)?
        }
        Value::Map(entries) => {
            let mut parts = Vec::with_capacity(entries.len());
            for (key, value) in entries.iter() {
                parts.push((written(key, work)?, written(value, work)?));
            }
            // In the order of the keys' texts, for a map itself has none.
            parts.sort_by(|(one, _), (other, _)| one.cmp(other));
            let parts: Vec<std::sync::Arc<str>> = parts.into_iter().map(|(key, value)| [&*key, ": ", &*value].concat().into()).collect();
            joined('{', &parts, '}', work)?
        }
        Value::Optional(_) | Value::Ready(_) => return Err(Fault::Argument),
        Value::Timestamp(_) => super::time::written(value).unwrap_or_default().into(),
        // Seconds as a double has them.
        Value::Duration(_) => {
            let exact = super::time::written(value).unwrap_or_default();
            let seconds = double(exact.trim_end_matches('s')).unwrap_or_default();
            std::format!("{seconds}s").into()
        }
        Value::Bytes(bytes) => {
            work.spend_bytes(bytes.len())?;
            readable(bytes).into()
        }
        value => match super::super::number::to_string(value, work)? {
            Value::String(text) => text,
            _ => return Err(Fault::NoOverload),
        },
    })
}

/// Bytes as a text; what is no UTF-8 is one U+FFFD, however many bytes of it follow on each other.
fn readable(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        let goes_on = chunk.valid().is_empty() && !out.is_empty();
        out.push_str(chunk.valid());
        if !chunk.invalid().is_empty() && !goes_on {
            out.push(char::REPLACEMENT_CHARACTER);
        }
    }
    out
}

fn joined(open: char, parts: &[std::sync::Arc<str>], close: char, work: &mut Work) -> Result<std::sync::Arc<str>, Fault> {
    let mut out = String::from(open);
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        out.push_str(part);
    }
    out.push(close);
    work.spend_bytes(out.len())?;
    match text(out) {
        Value::String(text) => Ok(text),
        _ => Err(Fault::NoOverload),
    }
}
