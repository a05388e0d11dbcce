//! Timestamps and durations: arithmetic, order, conversions.

use std::cmp::Ordering;

use super::super::Fault;
use super::super::work::Work;
use super::text;
use crate::program::{Function, Timestamp, Value};
use crate::time::date::{date_of, days_of};

const SECOND: i64 = 1_000_000_000;

/// `a + b`
pub(super) fn add(_: Function, args: &[Value], _: &mut Work) -> Result<Value, Fault> {
    match args {
        [Value::Timestamp(at), Value::Duration(span)] | [Value::Duration(span), Value::Timestamp(at)] => moved(*at, i128::from(*span)),
        [Value::Duration(left), Value::Duration(right)] => left.checked_add(*right).map(Value::Duration).ok_or(Fault::Overflow),
        _ => Err(Fault::NoOverload),
    }
}

/// `a - b`
pub(super) fn subtract(_: Function, args: &[Value], _: &mut Work) -> Result<Value, Fault> {
    match args {
        [Value::Timestamp(at), Value::Duration(span)] => moved(*at, -i128::from(*span)),
        [Value::Timestamp(left), Value::Timestamp(right)] => i64::try_from(left.total_nanos() - right.total_nanos()).map(Value::Duration).map_err(|_| Fault::Overflow),
        [Value::Duration(left), Value::Duration(right)] => left.checked_sub(*right).map(Value::Duration).ok_or(Fault::Overflow),
        _ => Err(Fault::NoOverload),
    }
}

fn moved(at: Timestamp, nanos: i128) -> Result<Value, Fault> {
    Timestamp::from_nanos(at.total_nanos() + nanos).map(Value::Timestamp).ok_or(Fault::Overflow)
}

/// `a < b` and its kin.
pub(super) fn order(function: Function, args: &[Value], _: &mut Work) -> Result<Value, Fault> {
    let [left, right] = args else { return Err(Fault::NoOverload) };
    let order = compare(left, right).ok_or(Fault::NoOverload)?;
    Ok(Value::Bool(match function {
        Function::Less => order.is_lt(),
        Function::LessEqual => order.is_le(),
        Function::Greater => order.is_gt(),
        _ => order.is_ge(),
    }))
}

/// The order of two timestamps or of two durations.
pub(super) fn compare(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Timestamp(left), Value::Timestamp(right)) => Some(left.cmp(right)),
        (Value::Duration(left), Value::Duration(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

/// `int(timestamp)`: seconds since 1970, the fraction left out.
pub(super) fn to_int(_: Function, args: &[Value], _: &mut Work) -> Result<Value, Fault> {
    match args {
        [Value::Timestamp(at)] => Ok(Value::Int(at.seconds())),
        _ => Err(Fault::NoOverload),
    }
}

/// `string(a)`
pub(super) fn to_string(_: Function, args: &[Value], _: &mut Work) -> Result<Value, Fault> {
    match args {
        [value] => written(value).map(text).ok_or(Fault::NoOverload),
        _ => Err(Fault::NoOverload),
    }
}

/// A timestamp as in RFC 3339, in UTC; a duration in seconds. Fractions without zeros at their end.
pub fn written(value: &Value) -> Option<String> {
    match value {
        Value::Timestamp(at) => {
            let (days, second) = (at.seconds().div_euclid(86_400), at.seconds().rem_euclid(86_400));
            let (year, month, day) = date_of(days);
            let mut out = String::new();
            push(&mut out, year, 4);
            for (sign, number) in [('-', month), ('-', day), ('T', second / 3600), (':', second / 60 % 60), (':', second % 60)] {
                out.push(sign);
                push(&mut out, number, 2);
            }
            fraction(&mut out, i64::from(at.nanos()));
            out.push('Z');
            Some(out)
        }
        Value::Duration(span) => {
            let mut out = String::new();
            if *span < 0 {
                out.push('-');
            }
            let nanos = i128::from(*span).abs();
            push(&mut out, (nanos / i128::from(SECOND)) as i64, 1);
            fraction(&mut out, (nanos % i128::from(SECOND)) as i64);
            out.push('s');
            Some(out)
        }
        _ => None,
    }
}

fn push(out: &mut String, number: i64, width: usize) {
    let digits = number.to_string();
    (digits.len()..width).for_each(|_| out.push('0'));
    out.push_str(&digits);
}

fn fraction(out: &mut String, nanos: i64) {
    if nanos > 0 {
        out.push('.');
        push(out, nanos, 9);
        out.truncate(out.trim_end_matches('0').len());
    }
}

/// `timestamp(a)`
pub(super) fn to_timestamp(_: Function, args: &[Value], _: &mut Work) -> Result<Value, Fault> {
    let at = match args {
        [Value::Timestamp(at)] => Some(*at),
        [Value::Int(seconds)] => Timestamp::new(*seconds, 0),
        [Value::String(text)] => timestamp_of(text),
        _ => return Err(Fault::NoOverload),
    };
    at.map(Value::Timestamp).ok_or(Fault::Conversion)
}

/// `duration(a)`
pub(super) fn to_duration(_: Function, args: &[Value], _: &mut Work) -> Result<Value, Fault> {
    match args {
        [Value::Duration(span)] => Ok(Value::Duration(*span)),
        [Value::String(text)] => duration_of(text).map(Value::Duration).ok_or(Fault::Conversion),
        _ => Err(Fault::NoOverload),
    }
}

/// A timestamp as in RFC 3339: `2026-11-21T09:00:00.5+08:00`. What is finer than a nanosecond is cut off.
pub fn timestamp_of(text: &str) -> Option<Timestamp> {
    let (date, rest) = text.split_once('T')?;
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let (clock, rest) = rest.split_at_checked(8)?;
    let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
    let (nanos, zone) = match rest.strip_prefix('.') {
        Some(rest) => {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (digits, zone) = rest.split_at_checked(digits)?;
            if digits.is_empty() {
                return None;
            }
            (digits.bytes().chain([b'0'; 9]).take(9).fold(0, |nanos, digit| nanos * 10 + u32::from(digit - b'0')), zone)
        }
        None => (0, rest),
    };
    let offset = if zone == "Z" { 0 } else { read_offset(zone).filter(|_| zone.starts_with(['+', '-']))? };
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let days = days_of(year, month, day)?;
    Timestamp::new(days * 86_400 + hour * 3600 + minute * 60 + second - offset, nanos)
}

/// Numbers of so many digits each.
fn numbers<const N: usize>(text: &str, between: char, widths: [usize; N]) -> Option<[i64; N]> {
    let mut parts = text.split(between);
    let mut found = [0; N];
    for (number, width) in found.iter_mut().zip(widths) {
        let part = parts.next().filter(|part| part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit()))?;
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(found)
}

/// `+08:00`, `-02:30`, `02:00` in seconds.
pub(super) fn read_offset(text: &str) -> Option<i64> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let [hours, minutes] = numbers(rest, ':', [2, 2])?;
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// `1h30m`, `-1.5s`, `250ms`, `0`, in nanoseconds. What is finer is cut off.
pub fn duration_of(text: &str) -> Option<i64> {
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    let mut total = 0_i128;
    while !rest.is_empty() {
        let length = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        let (number, after) = rest.split_at_checked(length)?;
        let length = after.bytes().take_while(|byte| !byte.is_ascii_digit() && *byte != b'.').count();
        let (unit, after) = after.split_at_checked(length)?;
        let unit: i128 = match unit {
            "ns" => 1,
            "us" | "µs" | "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            _ => return None,
        };
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() && part.is_empty() || part.contains('.') {
            return None;
        }
        let mut scale = 1;
        let mut fraction = 0_i128;
        // No unit has more than 18 digits to tell apart.
        for digit in part.bytes().take(18) {
            fraction = fraction * 10 + i128::from(digit - b'0');
            scale *= 10;
        }
        let whole = whole.bytes().try_fold(0_i128, |whole, digit| Some(whole * 10 + i128::from(digit - b'0')).filter(|whole| *whole < 1 << 64))?;
        total += whole * unit + fraction * unit / scale;
        if total > 1 << 100 {
            return None;
        }
        rest = after;
    }
    i64::try_from(sign * total).ok()
}
