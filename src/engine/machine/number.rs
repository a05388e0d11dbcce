//! Arithmetic and conversions between numbers, bools and texts.

use super::compare::{double, is_number, numbers};
#[cfg(feature = "full")]
use super::strings::text;
use super::work::Work;
use super::{Fault, decimal};
use crate::engine::text::is_among;
#[cfg(feature = "full")]
use crate::engine::text::utf8;
use crate::program::{Function, Value};

/// `+ - * / %` on two numbers of one type.
pub(super) fn arithmetic(function: Function, left: &Value, right: &Value) -> Result<Value, Fault> {
    match (left, right) {
        (Value::Int(left), Value::Int(right)) => {
            if *right == 0 && matches!(function, Function::Divide | Function::Modulo) {
                return Err(Fault::DivideByZero);
            }
            let result = match function {
                Function::Add => left.checked_add(*right),
                Function::Subtract => left.checked_sub(*right),
                Function::Multiply => left.checked_mul(*right),
                Function::Divide => left.checked_div(*right),
                Function::Modulo => left.checked_rem(*right),
                _ => return Err(Fault::NoOverload),
            };
            result.map(Value::Int).ok_or(Fault::Overflow)
        }
        (Value::Uint(left), Value::Uint(right)) => {
            if *right == 0 && matches!(function, Function::Divide | Function::Modulo) {
                return Err(Fault::DivideByZero);
            }
            let result = match function {
                Function::Add => left.checked_add(*right),
                Function::Subtract => left.checked_sub(*right),
                Function::Multiply => left.checked_mul(*right),
                Function::Divide => left.checked_div(*right),
                Function::Modulo => left.checked_rem(*right),
                _ => return Err(Fault::NoOverload),
            };
            result.map(Value::Uint).ok_or(Fault::Overflow)
        }
        (Value::Double(left), Value::Double(right)) => Ok(Value::Double(match function {
            Function::Add => left + right,
            Function::Subtract => left - right,
            Function::Multiply => left * right,
            Function::Divide => left / right,
            _ => return Err(Fault::NoOverload),
        })),
        _ => Err(Fault::NoOverload),
    }
}

/// `-a`
pub(super) fn negate(value: &Value) -> Result<Value, Fault> {
    match value {
        Value::Int(value) => value.checked_neg().map(Value::Int).ok_or(Fault::Overflow),
        Value::Double(value) => Ok(Value::Double(-value)),
        _ => Err(Fault::NoOverload),
    }
}

/// `math.abs(a)`
pub(super) fn abs(value: &Value) -> Result<Value, Fault> {
    match value {
        Value::Int(value) => value.checked_abs().map(Value::Int).ok_or(Fault::Overflow),
        Value::Uint(value) => Ok(Value::Uint(*value)),
        Value::Double(value) => Ok(Value::Double(value.abs())),
        _ => Err(Fault::NoOverload),
    }
}

/// `math.greatest(…)`, `math.least(…)` on their arguments or on the elements of one list; of equal numbers the first.
pub(super) fn extreme(function: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let args = match args {
        [Value::List(elements)] => elements,
        _ => args,
    };
    work.spend(args.len())?;
    let mut found = args.first().ok_or(Fault::Argument)?;
    if !args.iter().all(is_number) {
        return Err(Fault::NoOverload);
    }
    for candidate in args {
        // A NaN has no place in an order.
        let order = numbers(candidate, found).ok_or(Fault::Argument)?;
        if if function == Function::Greatest { order.is_gt() } else { order.is_lt() } {
            found = candidate;
        }
    }
    Ok(found.clone())
}

/// `int(a)`: doubles lose their fraction; texts are an optional sign and digits.
pub(super) fn to_int(value: &Value) -> Result<Value, Fault> {
    let int = match value {
        Value::Int(value) => Some(*value),
        Value::Uint(value) => i64::try_from(*value).ok(),
        // Both ends are left out, for the greatest integer has no double and its neighbour is beyond the range.
        Value::Double(value) => (*value > -9_223_372_036_854_775_808.0 && *value < 9_223_372_036_854_775_808.0).then_some(*value as i64),
        Value::String(text) => integer(text).and_then(|(negative, value)| if negative { 0_i64.checked_sub_unsigned(value) } else { i64::try_from(value).ok() }),
        _ => return Err(Fault::NoOverload),
    };
    int.map(Value::Int).ok_or(Fault::Conversion)
}

/// `uint(a)`: doubles lose their fraction; texts are digits.
pub(super) fn to_uint(value: &Value) -> Result<Value, Fault> {
    let uint = match value {
        Value::Int(value) => u64::try_from(*value).ok(),
        Value::Uint(value) => Some(*value),
        Value::Double(value) => (*value >= 0.0 && *value < 18_446_744_073_709_551_616.0).then_some(*value as u64),
        Value::String(text) => integer(text).filter(|_| text.as_bytes().first().is_some_and(u8::is_ascii_digit)).map(|(_, value)| value),
        _ => return Err(Fault::NoOverload),
    };
    uint.map(Value::Uint).ok_or(Fault::Conversion)
}

/// `double(a)`: the nearest double.
pub(super) fn to_double(value: &Value) -> Result<Value, Fault> {
    match value {
        Value::String(text) => decimal::double(text).map(Value::Double).ok_or(Fault::Conversion),
        _ => double(value).map(Value::Double).ok_or(Fault::NoOverload),
    }
}

/// An integer in text: an optional sign and digits; whether it is negative, and its magnitude. None beyond 64 bits.
fn integer(text: &str) -> Option<(bool, u64)> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    let mut value = if digits.is_empty() { None } else { Some(0_u64) };
    for byte in digits {
        let digit = byte.is_ascii_digit().then(|| u64::from(byte - b'0'))?;
        value = value?.checked_mul(10)?.checked_add(digit);
    }
    Some((negative, value?))
}

/// Texts that are truths.
const TRUE: &str = "1 t T true TRUE True";
const FALSE: &str = "0 f F false FALSE False";

/// `bool(a)`
pub(super) fn to_bool(value: &Value) -> Result<Value, Fault> {
    match value {
        Value::Bool(value) => Ok(Value::Bool(*value)),
        Value::String(text) => match (is_among(text, TRUE), is_among(text, FALSE)) {
            (false, false) => Err(Fault::Conversion),
            (holds, _) => Ok(Value::Bool(holds)),
        },
        _ => Err(Fault::NoOverload),
    }
}

/// `string(a)`.
#[cfg(feature = "full")]
pub(super) fn to_string(value: &Value, work: &mut Work) -> Result<Value, Fault> {
    match value {
        Value::Bool(value) => Ok(text(if *value { "true" } else { "false" })),
        Value::String(text) => Ok(Value::String(text.clone())),
        Value::Bytes(bytes) => {
            work.spend_bytes(bytes.len())?;
            utf8(bytes).map(text).ok_or(Fault::Conversion)
        }
        Value::Int(value) => Ok(Value::String(value.to_string().into())),
        Value::Uint(value) => Ok(Value::String(value.to_string().into())),
        Value::Double(value) => Ok(Value::String(double_text(*value).into())),
        _ => Err(Fault::NoOverload),
    }
}

/// The shortest digits that read back as the number, with an exponent below 1e-6 and from 1e21 on.
#[cfg(feature = "full")]
fn double_text(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    if value == 0.0 || (1e-6..1e21).contains(&value.abs()) {
        return value.to_string();
    }
    let text = format!("{value:e}");
    match text.split_once('e') {
        Some((digits, exponent)) if !exponent.starts_with('-') => format!("{digits}e+{exponent}"),
        _ => text,
    }
}
