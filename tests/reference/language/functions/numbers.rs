//! Arithmetic, and `math`.

use super::*;

/// Years 1 to 9999, and 64 bits of nanoseconds.
fn moment(at: i128) -> Option<Value> {
    crate::reference::language::time::in_range(at).then_some(Timestamp(at))
}

fn span(nanos: i128) -> Option<Value> {
    i64::try_from(nanos).ok().map(|nanos| Duration(nanos.into()))
}

pub fn apply(name: &str, args: &[Value]) -> Found {
    match (name, args) {
        ("+", [Int(a), Int(b)]) => some(a.checked_add(*b).map(Int)),
        ("-", [Int(a), Int(b)]) => some(a.checked_sub(*b).map(Int)),
        ("*", [Int(a), Int(b)]) => some(a.checked_mul(*b).map(Int)),
        ("/", [Int(a), Int(b)]) => some(a.checked_div(*b).map(Int)),
        ("%", [Int(a), Int(b)]) => some(a.checked_rem(*b).map(Int)),
        ("+", [Uint(a), Uint(b)]) => some(a.checked_add(*b).map(Uint)),
        ("-", [Uint(a), Uint(b)]) => some(a.checked_sub(*b).map(Uint)),
        ("*", [Uint(a), Uint(b)]) => some(a.checked_mul(*b).map(Uint)),
        ("/", [Uint(a), Uint(b)]) => some(a.checked_div(*b).map(Uint)),
        ("%", [Uint(a), Uint(b)]) => some(a.checked_rem(*b).map(Uint)),
        ("+", [Double(a), Double(b)]) => some(Some(Double(a + b))),
        ("-", [Double(a), Double(b)]) => some(Some(Double(a - b))),
        ("*", [Double(a), Double(b)]) => some(Some(Double(a * b))),
        ("/", [Double(a), Double(b)]) => some(Some(Double(a / b))),
        ("neg", [Int(a)]) => some(a.checked_neg().map(Int)),
        ("neg", [Double(a)]) => some(Some(Double(-a))),
        ("+", [Timestamp(a), Duration(b)] | [Duration(b), Timestamp(a)]) => some(moment(a + b)),
        ("+", [Duration(a), Duration(b)]) => some(span(a + b)),
        ("-", [Timestamp(a), Timestamp(b)]) => some(span(a - b)),
        ("-", [Timestamp(a), Duration(b)]) => some(moment(a - b)),
        ("-", [Duration(a), Duration(b)]) => some(span(a - b)),
        ("+", [Text(a), Text(b)]) => some(Some(Text(format!("{a}{b}")))),
        ("+", [Bytes(a), Bytes(b)]) => some(Some(Bytes([a.as_slice(), b].concat()))),
        ("+", [List(a), List(b)]) => some(Some(List([a.as_slice(), b].concat()))),
        ("math.greatest", [List(items)]) => Some(extreme(items, Ordering::Greater)),
        ("math.least", [List(items)]) => Some(extreme(items, Ordering::Less)),
        ("math.greatest", items) => Some(extreme(items, Ordering::Greater)),
        ("math.least", items) => Some(extreme(items, Ordering::Less)),
        _ => math(name.strip_prefix("math.")?, args),
    }
}

/// The first of the greatest or least.
fn extreme(items: &[Value], wanted: Ordering) -> Result<Value, Failure> {
    if items.iter().any(|item| item.double().is_none()) {
        return Err(Failure::Overload);
    }
    let (first, rest) = items.split_first().ok_or(Failure::Other)?;
    if items.iter().any(|item| item.double().unwrap().is_nan()) {
        return Err(Failure::Other);
    }
    Ok(rest.iter().fold(first.clone(), |best, item| if item.compare(&best) == Some(wanted) { item.clone() } else { best }))
}

fn math(name: &str, args: &[Value]) -> Found {
    let value = match (name, args) {
        ("abs", [Int(a)]) => return some(a.checked_abs().map(Int)),
        ("abs" | "sign", [Uint(a)]) => Uint(if name == "abs" { *a } else { (*a).min(1) }),
        ("abs", [Double(a)]) => Double(a.abs()),
        ("sign", [Int(a)]) => Int(a.signum()),
        ("sign", [Double(a)]) => Double(if a.is_nan() { *a } else if *a > 0.0 { 1.0 } else if *a < 0.0 { -1.0 } else { 0.0 }),
        ("ceil", [Double(a)]) => Double(a.ceil()),
        ("floor", [Double(a)]) => Double(a.floor()),
        ("trunc", [Double(a)]) => Double(a.trunc()),
        // Halves go away from zero.
        ("round", [Double(a)]) => Double(a.round()),
        ("sqrt", [a]) => Double(a.double()?.sqrt()),
        ("isNaN", [Double(a)]) => Bool(a.is_nan()),
        ("isInf", [Double(a)]) => Bool(a.is_infinite()),
        ("isFinite", [Double(a)]) => Bool(a.is_finite()),
        ("bitAnd", [Int(a), Int(b)]) => Int(a & b),
        ("bitOr", [Int(a), Int(b)]) => Int(a | b),
        ("bitXor", [Int(a), Int(b)]) => Int(a ^ b),
        ("bitAnd", [Uint(a), Uint(b)]) => Uint(a & b),
        ("bitOr", [Uint(a), Uint(b)]) => Uint(a | b),
        ("bitXor", [Uint(a), Uint(b)]) => Uint(a ^ b),
        ("bitNot", [Int(a)]) => Int(!a),
        ("bitNot", [Uint(a)]) => Uint(!a),
        ("bitShiftLeft" | "bitShiftRight", [Int(_) | Uint(_), Int(by)]) if *by < 0 => return some(None),
        ("bitShiftLeft" | "bitShiftRight", [Int(a), Int(by)]) => Int(shift(name, *a as u64, *by) as i64),
        ("bitShiftLeft" | "bitShiftRight", [Uint(a), Int(by)]) => Uint(shift(name, *a, *by)),
        _ => return None,
    };
    some(Some(value))
}

fn shift(name: &str, bits: u64, by: i64) -> u64 {
    (0..by.min(64)).fold(bits, |bits, _| if name == "bitShiftLeft" { bits.wrapping_mul(2) } else { bits / 2 })
}
