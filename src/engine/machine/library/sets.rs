//! Lists as sets: order and repetition make no difference.

use super::super::Fault;
use super::super::compare::equal;
use super::super::work::Work;
use crate::program::{Function, Value};

fn lists(args: &[Value]) -> Result<(&[Value], &[Value]), Fault> {
    match args {
        [Value::List(left), Value::List(right)] => Ok((left, right)),
        _ => Err(Fault::NoOverload),
    }
}

fn has(list: &[Value], wanted: &Value, work: &mut Work) -> Result<bool, Fault> {
    for element in list {
        if equal(element, wanted, work)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn has_all(list: &[Value], wanted: &[Value], work: &mut Work) -> Result<bool, Fault> {
    for wanted in wanted {
        if !has(list, wanted, work)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// `sets.contains(a, b)`: every element of b is one of a.
pub(super) fn contains(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let (left, right) = lists(args)?;
    has_all(left, right, work).map(Value::Bool)
}

/// `sets.equivalent(a, b)`: each has the elements of the other.
pub(super) fn equivalent(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let (left, right) = lists(args)?;
    Ok(Value::Bool(has_all(left, right, work)? && has_all(right, left, work)?))
}

/// `sets.intersects(a, b)`: some element is in both.
pub(super) fn intersects(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let (left, right) = lists(args)?;
    for wanted in right {
        if has(left, wanted, work)? {
            return Ok(Value::Bool(true));
        }
    }
    Ok(Value::Bool(false))
}
