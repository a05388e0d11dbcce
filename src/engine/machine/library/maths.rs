//! Functions of numbers.

use super::super::Fault;
use super::super::work::Work;
use crate::program::{Function, Value};

/// `math.ceil`, `math.floor`, `math.round`, `math.trunc`
pub(super) fn rounded(function: Function, args: &[Value], _: &mut Work) -> Result<Value, Fault> {
    let [Value::Double(number)] = args else { return Err(Fault::NoOverload) };
    Ok(Value::Double(match function {
        Function::Ceil => number.ceil(),
        Function::Floor => number.floor(),
        // Halves away from zero.
        Function::Round => number.round(),
        _ => number.trunc(),
    }))
}

/// `math.sqrt`: NaN below zero.
pub(super) fn sqrt(_: Function, args: &[Value], _: &mut Work) -> Result<Value, Fault> {
    Ok(Value::Double(match args {
        [Value::Double(number)] => *number,
        [Value::Int(number)] => *number as f64,
        [Value::Uint(number)] => *number as f64,
        _ => return Err(Fault::NoOverload),
    }
    .sqrt()))
}

/// `math.sign`: -1, 0 or 1 of the same type; NaN of NaN.
pub(super) fn sign(_: Function, args: &[Value], _: &mut Work) -> Result<Value, Fault> {
    Ok(match args {
        [Value::Int(number)] => Value::Int(number.signum()),
        [Value::Uint(number)] => Value::Uint(u64::from(*number > 0)),
        [Value::Double(number)] => Value::Double(if *number == 0.0 { 0.0 } else { number.signum() }),
        _ => return Err(Fault::NoOverload),
    })
}

/// `math.isNaN`, `math.isInf`, `math.isFinite`
pub(super) fn is(function: Function, args: &[Value], _: &mut Work) -> Result<Value, Fault> {
    let [Value::Double(number)] = args else { return Err(Fault::NoOverload) };
    Ok(Value::Bool(match function {
        Function::IsNan => number.is_nan(),
        Function::IsInf => number.is_infinite(),
        _ => number.is_finite(),
    }))
}

/// `math.bitAnd`, `math.bitOr`, `math.bitXor`
pub(super) fn bits(function: Function, args: &[Value], _: &mut Work) -> Result<Value, Fault> {
    let combine = |left: u64, right: u64| match function {
        Function::BitAnd => left & right,
        Function::BitOr => left | right,
        _ => left ^ right,
    };
    match args {
        [Value::Int(left), Value::Int(right)] => Ok(Value::Int(combine(left.cast_unsigned(), right.cast_unsigned()).cast_signed())),
        [Value::Uint(left), Value::Uint(right)] => Ok(Value::Uint(combine(*left, *right))),
        _ => Err(Fault::NoOverload),
    }
}

/// `math.bitNot`
pub(super) fn bit_not(_: Function, args: &[Value], _: &mut Work) -> Result<Value, Fault> {
    match args {
        [Value::Int(number)] => Ok(Value::Int(!number)),
        [Value::Uint(number)] => Ok(Value::Uint(!number)),
        _ => Err(Fault::NoOverload),
    }
}

/// `math.bitShiftLeft`, `math.bitShiftRight`: by 64 and more nothing is left; zeros come in on either side.
pub(super) fn shift(function: Function, args: &[Value], _: &mut Work) -> Result<Value, Fault> {
    let shifted = |number: u64, by: i64| {
        let by = u32::try_from(by.min(64)).map_err(|_| Fault::Argument)?;
        let moved = if function == Function::ShiftLeft { number.checked_shl(by) } else { number.checked_shr(by) };
        Ok(moved.unwrap_or(0))
    };
    match args {
        [Value::Int(number), Value::Int(by)] => shifted(number.cast_unsigned(), *by).map(|number| Value::Int(number.cast_signed())),
        [Value::Uint(number), Value::Int(by)] => shifted(*number, *by).map(Value::Uint),
        _ => Err(Fault::NoOverload),
    }
}
