//! Values that may be missing.

use std::sync::Arc;

use super::super::work::Work;
use super::super::{Fault, compare, function};
use crate::program::{Function, Value};

const NONE: Value = Value::Optional(None);

/// `optional.of(a)`, `optional.ofNonZeroValue(a)`: none for what its type begins with: `0`, `""`, `false`, `[]`, `{}`, `null`.
pub(super) fn of(function: Function, args: &[Value], _: &mut Work) -> Result<Value, Fault> {
    let [value] = args else { return Err(Fault::NoOverload) };
    if function == Function::OptionalOfNonZero && is_zero(value) { Ok(NONE) } else { Ok(Value::Optional(Some(Arc::new(value.clone())))) }
}

fn is_zero(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) | Value::Int(0) | Value::Uint(0) | Value::Duration(0) | Value::Optional(None) => true,
        Value::Double(number) => *number == 0.0,
        Value::String(text) => text.is_empty(),
        Value::Bytes(bytes) => bytes.is_empty(),
        Value::List(elements) => elements.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        // The zero of protocol buffers: the beginning of 1970.
        Value::Timestamp(at) => at.total_nanos() == 0,
        _ => false,
    }
}

/// `optional.none()`
pub(super) fn none(_: Function, args: &[Value], _: &mut Work) -> Result<Value, Fault> {
    if args.is_empty() { Ok(NONE) } else { Err(Fault::NoOverload) }
}

/// `a.hasValue()`
pub(super) fn has_value(_: Function, args: &[Value], _: &mut Work) -> Result<Value, Fault> {
    match args {
        [Value::Optional(held)] => Ok(Value::Bool(held.is_some())),
        _ => Err(Fault::NoOverload),
    }
}

/// `a.value()`
pub(super) fn value(_: Function, args: &[Value], _: &mut Work) -> Result<Value, Fault> {
    match args {
        [Value::Optional(Some(held))] => Ok((**held).clone()),
        [Value::Optional(None)] => Err(Fault::Argument),
        _ => Err(Fault::NoOverload),
    }
}

/// `a.?b`, `a[?b]`; and `a[b]` of an optional. None where there is no such key or index; a map's key may be any value.
pub(super) fn select(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let [range, key] = args else { return Err(Fault::NoOverload) };
    let range = match range {
        Value::Optional(None) => return Ok(NONE),
        Value::Optional(Some(held)) => held,
        range => range,
    };
    let found = match range {
        Value::Map(entries) => compare::entry(entries, key, work)?.cloned(),
        Value::List(elements) => {
            let position = match key {
                Value::Int(at) => usize::try_from(*at).ok(),
                Value::Uint(at) => usize::try_from(*at).ok(),
                Value::Double(at) if at.fract() != 0.0 => return Err(Fault::Argument),
                // Beyond the range it saturates, and no list is that long.
                Value::Double(at) => (*at >= 0.0).then_some(*at as usize),
                _ => return Err(Fault::NoOverload),
            };
            position.and_then(|at| elements.get(at)).cloned()
        }
        _ => return Err(Fault::NoOverload),
    };
    Ok(Value::Optional(found.map(Arc::new)))
}

/// `a.b` and `has(a.b)` of an optional.
pub(in super::super) fn member(held: &Option<Arc<Value>>, name: &Value, has: bool, work: &mut Work) -> Result<Value, Fault> {
    let selected = select(Function::OptionalSelect, &[Value::Optional(held.clone()), name.clone()], work)?;
    match selected {
        Value::Optional(found) if has => Ok(Value::Bool(found.is_some())),
        selected => Ok(selected),
    }
}

/// `optional.unwrap(list)`: what the elements hold, those that hold nothing left out.
pub(super) fn unwrap(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let [Value::List(elements)] = args else { return Err(Fault::NoOverload) };
    work.spend(elements.len())?;
    let mut kept = Vec::new();
    for element in elements.iter() {
        let Value::Optional(held) = element else { return Err(Fault::NoOverload) };
        kept.extend(held.as_deref().cloned());
    }
    Ok(Value::List(kept.into()))
}

/// An element or entry of a literal: none where it is optional and holds nothing.
fn held(value: &Value, optional: u8) -> Result<Option<Value>, Fault> {
    match (value, optional) {
        (value, 0) => Ok(Some(value.clone())),
        (Value::Optional(held), _) => Ok(held.as_deref().cloned()),
        _ => Err(Fault::NoOverload),
    }
}

/// `[a, ?b]`
pub(super) fn list(_: Function, args: &[Value], _: &mut Work) -> Result<Value, Fault> {
    let Some((Value::Bytes(optional), elements)) = args.split_first() else { return Err(Fault::NoOverload) };
    let mut kept = Vec::with_capacity(elements.len());
    for (element, optional) in elements.iter().zip(optional.iter()) {
        kept.extend(held(element, *optional)?);
    }
    Ok(Value::List(kept.into()))
}

/// `{a: b, ?c: d}`
pub(super) fn map(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let Some((Value::Bytes(optional), pairs)) = args.split_first() else { return Err(Fault::NoOverload) };
    let mut kept = Vec::with_capacity(pairs.len());
    for (pair, optional) in pairs.chunks_exact(2).zip(optional.iter()) {
        let [key, value] = pair else { continue };
        if let Some(value) = held(value, *optional)? {
            kept.extend([key.clone(), value]);
        }
    }
    function::map(&kept, work)
}
