//! Conversions between types.

use super::*;
use crate::reference::language::time;
use crate::reference::language::value::{decode, encode};

const TWO_63: f64 = 9_223_372_036_854_775_808.0;

pub fn apply(name: &str, args: &[Value]) -> Found {
    let [value] = args else { return None };
    match (name, value) {
        ("int", Int(_)) | ("uint", Uint(_)) | ("double", Double(_)) | ("string", Text(_)) | ("bytes", Bytes(_)) | ("bool", Bool(_)) => some(Some(value.clone())),
        ("timestamp", Timestamp(_)) | ("duration", Duration(_)) => some(Some(value.clone())),
        ("int", Uint(a)) => some(i64::try_from(*a).ok().map(Int)),
        ("int", Double(a)) => some((-TWO_63 < *a && *a < TWO_63).then_some(Int(*a as i64))),
        ("int", Text(a)) => some(digits(a, true).and_then(|number| i64::try_from(number).ok()).map(Int)),
        ("int", Timestamp(a)) => some(Some(Int(a.div_euclid(1_000_000_000) as i64))),
        ("uint", Int(a)) => some(u64::try_from(*a).ok().map(Uint)),
        ("uint", Double(a)) => some((0.0 <= *a && *a < TWO_63 * 2.0).then_some(Uint(*a as u64))),
        ("uint", Text(a)) => some(digits(a, false).and_then(|number| u64::try_from(number).ok()).map(Uint)),
        ("double", Int(_) | Uint(_)) => some(value.double().map(Double)),
        ("double", Text(a)) => some(number(a).map(Double)),
        ("bool", Text(a)) => some(match a.as_str() {
            "true" | "True" | "TRUE" | "t" | "T" | "1" => Some(Bool(true)),
            "false" | "False" | "FALSE" | "f" | "F" | "0" => Some(Bool(false)),
            _ => None,
        }),
        ("string", Bool(_) | Int(_) | Uint(_) | Double(_) | Timestamp(_) | Duration(_)) => some(text(value).map(Text)),
        ("string", Bytes(a)) => some(String::from_utf8(a.clone()).ok().map(Text)),
        ("bytes", Text(a)) => some(Some(Bytes(a.clone().into_bytes()))),
        ("timestamp", Text(a)) => some(time::timestamp(a).map(Timestamp)),
        ("timestamp", Int(a)) => some(Some(i128::from(*a) * 1_000_000_000).filter(|at| time::in_range(*at)).map(Timestamp)),
        ("duration", Text(a)) => some(time::duration(a).map(Duration)),
        ("base64.encode", Bytes(a)) => some(Some(Text(encode(a)))),
        ("base64.decode", Text(a)) => some(decode(a).map(Bytes)),
        _ => None,
    }
}

/// Decimal digits behind an optional sign.
fn digits(text: &str, signed: bool) -> Option<i128> {
    let plain = if signed { text.strip_prefix(['+', '-']).unwrap_or(text) } else { text };
    if plain.is_empty() || plain.len() > 30 || !plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i128 = plain.parse().ok()?;
    Some(if text.starts_with('-') { -number } else { number })
}

fn number(text: &str) -> Option<f64> {
    let plain = text.strip_prefix(['+', '-']).unwrap_or(text).to_ascii_lowercase();
    let word = matches!(plain.as_str(), "inf" | "infinity" | "nan");
    let (mantissa, exponent) = plain.split_once('e').unwrap_or((&plain, "0"));
    let power = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let number = !(whole.is_empty() && part.is_empty()) && is_digits(whole) && is_digits(part) && !power.is_empty() && is_digits(power);
    if !word && !number {
        return None;
    }
    let value: f64 = text.parse().ok()?;
    (word || value.is_finite()).then_some(value)
}

/// As `string(…)` and `%s` write what is neither a list nor a map.
pub fn text(value: &Value) -> Option<String> {
    Some(match value {
        Bool(a) => a.to_string(),
        Int(a) => a.to_string(),
        Uint(a) => a.to_string(),
        Double(a) => double(*a),
        Text(a) | Type(a) => a.clone(),
        Timestamp(a) => time::timestamp_text(*a),
        Duration(a) => time::duration_text(*a),
        Bytes(a) => String::from_utf8(a.clone()).ok()?,
        Value::Null => "null".to_owned(),
        _ => return None,
    })
}

/// The shortest digits, with an exponent where the number is very great or very small.
pub fn double(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    let size = number.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        let text = format!("{number:e}");
        return if text.contains("e-") { text } else { text.replace('e', "e+") };
    }
    format!("{number}")
}
