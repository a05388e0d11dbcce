//! Functions of lists, and what comprehensions over two variables are made of.

use std::cmp::Ordering;
use std::sync::Arc;

use super::super::Fault;
use super::super::compare::{self, equal};
use super::super::function;
use super::super::work::Work;
use super::{int, types};
use crate::program::{Function, Value};

/// `a.slice(from, to)`
pub(super) fn slice(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let [Value::List(elements), Value::Int(from), Value::Int(to)] = args else { return Err(Fault::NoOverload) };
    // As 64 bits, so that 32 bits of memory make no difference.
    if 0 <= *to && to < from {
        return Err(Fault::Argument);
    }
    let (from, to) = (usize::try_from(*from).map_err(|_| Fault::Index)?, usize::try_from(*to).map_err(|_| Fault::Index)?);
    let part = elements.get(from..to).ok_or(Fault::Index)?;
    work.spend(part.len())?;
    Ok(Value::List(part.into()))
}

/// `a.flatten()`, `a.flatten(depth)`: lists in the list are replaced by their elements, so many levels deep.
pub(super) fn flatten(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let (elements, depth) = match args {
        [Value::List(elements)] => (elements, 1),
        [Value::List(elements), Value::Int(depth)] => (elements, u64::try_from(*depth).map_err(|_| Fault::Argument)?),
        _ => return Err(Fault::NoOverload),
    };
    let mut flat = Vec::new();
    flatten_into(&mut flat, elements, depth, work)?;
    Ok(Value::List(flat.into()))
}

/// Values nest no deeper than the expression that made them and what it read, and so does this.
fn flatten_into(flat: &mut Vec<Value>, elements: &[Value], depth: u64, work: &mut Work) -> Result<(), Fault> {
    for element in elements {
        work.spend(1)?;
        match (element, depth.checked_sub(1)) {
            (Value::List(inner), Some(depth)) => flatten_into(flat, inner, depth, work)?,
            _ => flat.push(element.clone()),
        }
    }
    Ok(())
}

/// `a.sort()`: elements of one type that has an order.
pub(super) fn sort(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    match args {
        [Value::List(elements)] => sorted(elements, elements, work),
        _ => Err(Fault::NoOverload),
    }
}

/// `a.sortBy(x, key)`, with the keys worked out: elements of equal keys stay in their order.
pub(super) fn sort_by_keys(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    match args {
        [Value::List(elements), Value::List(keys)] if elements.len() == keys.len() => sorted(elements, keys, work),
        _ => Err(Fault::NoOverload),
    }
}

fn sorted(elements: &[Value], keys: &[Value], work: &mut Work) -> Result<Value, Fault> {
    work.spend(keys.len().saturating_mul(keys.len().max(1).ilog2() as usize + 1))?;
    let mut fault = None;
    // What has no order is told before anything is sorted: sorting trusts the order that it is given.
    for key in keys {
        order(keys.first().unwrap_or(key), key)?;
    }
    let mut pairs: Vec<(&Value, &Value)> = keys.iter().zip(elements).collect();
    pairs.sort_by(|(left, _), (right, _)| {
        if let Err(why) = work.spend_bytes(shorter(left, right)) {
            fault = Some(why);
        }
        order(left, right).unwrap_or(Ordering::Equal)
    });
    match fault {
        Some(fault) => Err(fault),
        None => Ok(Value::List(pairs.into_iter().map(|(_, element)| element.clone()).collect())),
    }
}

/// How many bytes are looked at at most where two texts are compared.
fn shorter(left: &Value, right: &Value) -> usize {
    match (left, right) {
        (Value::String(left), Value::String(right)) => left.len().min(right.len()),
        (Value::Bytes(left), Value::Bytes(right)) => left.len().min(right.len()),
        _ => 0,
    }
}

/// Keys are of one type; a NaN has no place in an order.
fn order(left: &Value, right: &Value) -> Result<Ordering, Fault> {
    if types::name(left) != types::name(right) {
        return Err(Fault::NoOverload);
    }
    match super::time::compare(left, right) {
        Some(order) => Ok(order),
        None => compare::order(left, right)?.ok_or(Fault::Argument),
    }
}

/// `a.distinct()`: of equal elements the first.
pub(super) fn distinct(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let [Value::List(elements)] = args else { return Err(Fault::NoOverload) };
    let mut kept: Vec<Value> = Vec::new();
    'elements: for element in elements.iter() {
        for other in &kept {
            if equal(other, element, work)? {
                continue 'elements;
            }
        }
        work.spend(1)?;
        kept.push(element.clone());
    }
    Ok(Value::List(kept.into()))
}

/// `a.reverse()`
pub(super) fn reverse(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let [Value::List(elements)] = args else { return Err(Fault::NoOverload) };
    work.spend(elements.len())?;
    Ok(Value::List(elements.iter().rev().cloned().collect()))
}

/// `lists.range(n)`: the numbers from 0 below n.
pub(super) fn range(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let [Value::Int(count)] = args else { return Err(Fault::NoOverload) };
    if *count < 0 {
        return Err(Fault::Argument);
    }
    work.spend(usize::try_from(*count).unwrap_or(usize::MAX))?;
    Ok(Value::List((0..*count).map(Value::Int).collect()))
}

/// `a.first()`, `a.last()`
pub(super) fn end(function: Function, args: &[Value], _: &mut Work) -> Result<Value, Fault> {
    let [Value::List(elements)] = args else { return Err(Fault::NoOverload) };
    let element = if function == Function::First { elements.first() } else { elements.last() };
    Ok(Value::Optional(element.cloned().map(Arc::new)))
}

/// The list of `[index, element]` of a list, of `[key, value]` of a map.
pub(super) fn entries(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let pair = |one: Value, other: &Value| Value::List([one, other.clone()].into());
    match args {
        [Value::List(elements)] => {
            work.spend(elements.len())?;
            Ok(Value::List(elements.iter().enumerate().map(|(index, element)| pair(int(index), element)).collect()))
        }
        [Value::Map(entries)] => {
            work.spend(entries.len())?;
            Ok(Value::List(entries.iter().map(|(key, value)| pair(key.clone(), value)).collect()))
        }
        _ => Err(Fault::NoOverload),
    }
}

/// The map of a list of `[key, value]`.
pub(super) fn map_of_entries(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let [Value::List(pairs)] = args else { return Err(Fault::NoOverload) };
    let mut flat = Vec::with_capacity(pairs.len() * 2);
    for pair in pairs.iter() {
        match pair {
            Value::List(pair) if pair.len() == 2 => flat.extend(pair.iter().cloned()),
            _ => return Err(Fault::NoOverload),
        }
    }
    work.spend(flat.len())?;
    function::map(&flat, work)
}

/// The map of all entries of a list of maps.
pub(super) fn merge_maps(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let [Value::List(maps)] = args else { return Err(Fault::NoOverload) };
    let mut flat = Vec::new();
    for map in maps.iter() {
        let Value::Map(entries) = map else { return Err(Fault::NoOverload) };
        work.spend(entries.len())?;
        flat.extend(entries.iter().flat_map(|(key, value)| [key.clone(), value.clone()]));
    }
    function::map(&flat, work)
}
