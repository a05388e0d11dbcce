//! Strict functions on values. `None` is a fault.

use super::value::Value::{self, Bool, Double, Int, List, Text};
use sha2::Digest;
use std::cmp::Ordering;

/// The result of a function on values; none where it faults.
pub fn apply(name: &str, args: &[Value]) -> Option<Value> {
    match (name, args) {
        ("==", [a, b]) => Some(Bool(a.equals(b))),
        ("!=", [a, b]) => Some(Bool(!a.equals(b))),
        ("<", [a, b]) => order(a, b, |order| order == Ordering::Less),
        ("<=", [a, b]) => order(a, b, |order| order != Ordering::Greater),
        (">", [a, b]) => order(a, b, |order| order == Ordering::Greater),
        (">=", [a, b]) => order(a, b, |order| order != Ordering::Less),
        ("in", [a, List(items)]) => Some(Bool(items.iter().any(|item| item.equals(a)))),
        ("in", [a, Value::Map(entries)]) => Some(Bool(entries.iter().any(|(key, _)| key.equals(a)))),
        ("+", [Text(a), Text(b)]) => Some(Value::text(&format!("{a}{b}"))),
        ("+", [List(a), List(b)]) => Some(List(a.iter().chain(b.iter()).cloned().collect())),
        ("+" | "-" | "*" | "/" | "%", [a, b]) => arithmetic(name, a, b),
        ("negate", [Int(a)]) => a.checked_neg().map(Int),
        ("negate", [Double(a)]) => Some(Double(-a)),
        ("index", [List(items), Int(at)]) => items.get(usize::try_from(*at).ok()?).cloned(),
        ("index", [Value::Map(entries), key]) => entries.iter().find(|(k, _)| k.equals(key)).map(|(_, value)| value.clone()),
        ("size", [Text(a)]) => Some(Int(a.chars().count() as i64)),
        ("size", [List(a)]) => Some(Int(a.len() as i64)),
        ("size", [Value::Map(a)]) => Some(Int(a.len() as i64)),
        ("int", [Int(a)]) => Some(Int(*a)),
        ("int", [Double(a)]) => (a.abs() < 9.2e18).then_some(Int(*a as i64)),
        ("int", [Text(a)]) => a.parse().ok().map(Int),
        ("double", [Double(a)]) => Some(Double(*a)),
        ("double", [Int(a)]) => Some(Double(*a as f64)),
        ("string", [Text(a)]) => Some(Text(a.clone())),
        ("string", [Int(a)]) => Some(Value::text(&a.to_string())),
        ("string", [Bool(a)]) => Some(Value::text(if *a { "true" } else { "false" })),
        ("bucket", [Text(text), Text(name)]) => Some(Int((drawn(&[name, text]) * 100.0) as i64)),
        ("experiment", [Text(text), Text(name), List(arms)]) => experiment(text, name, arms),
        ("math.abs", [Int(a)]) => a.checked_abs().map(Int),
        ("math.abs", [Double(a)]) => Some(Double(a.abs())),
        ("math.greatest", all) => extreme(all, Ordering::Greater),
        ("math.least", all) => extreme(all, Ordering::Less),
        (_, [Text(a), rest @ ..]) => text(name, a, rest),
        ("join", [List(items), rest @ ..]) => {
            let texts: Option<Vec<&str>> = items.iter().map(|item| if let Text(text) = item { Some(&**text) } else { None }).collect();
            let separator = match rest {
                [] => "",
                [Text(separator)] => separator,
                _ => return None,
            };
            Some(Value::text(&texts?.join(separator)))
        }
        _ => None,
    }
}

/// What a hash draws for texts, from 0 up to 1.
fn drawn(texts: &[&str]) -> f64 {
    let hash = sha2::Sha256::digest(texts.join("\0"));
    hash[..8].iter().rev().fold(0.0, |rest, byte| (rest + f64::from(*byte)) / 256.0)
}

/// The arm with the least exponential variate of a rate that is its weight.
fn experiment(text: &str, name: &str, arms: &[Value]) -> Option<Value> {
    let of = |pair: &[Value]| match pair {
        [Text(arm), Int(weight)] if *weight > 0 => Some((-drawn(&[name, arm, text]).ln() / *weight as f64, Value::Text(arm.clone()))),
        _ => None,
    };
    arms.chunks(2).filter_map(of).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, arm)| arm)
}

/// The first of the greatest or least; a fault where two have no order.
fn extreme(all: &[Value], wanted: Ordering) -> Option<Value> {
    let (first, rest) = all.split_first()?;
    rest.iter().try_fold(first.clone(), |best, next| Some(if next.compare(&best)? == wanted { next.clone() } else { best }))
}

fn order(a: &Value, b: &Value, holds: fn(Ordering) -> bool) -> Option<Value> {
    let doubles = matches!((a, b), (Int(_) | Double(_), Int(_) | Double(_)));
    match a.compare(b) {
        Some(order) => Some(Bool(holds(order))),
        // A NaN is neither less nor greater, and that is no fault.
        None => doubles.then_some(Bool(false)),
    }
}

/// An int beside a double is a literal that the language widens.
fn arithmetic(name: &str, a: &Value, b: &Value) -> Option<Value> {
    if let (Int(a), Int(b)) = (a, b) {
        return match name {
            "+" => a.checked_add(*b),
            "-" => a.checked_sub(*b),
            "*" => a.checked_mul(*b),
            "/" => a.checked_div(*b),
            _ => a.checked_rem(*b),
        }
        .map(Int);
    }
    let widen = |value: &Value| match value {
        Int(a) => Some(*a as f64),
        Double(a) => Some(*a),
        _ => None,
    };
    let (a, b) = (widen(a)?, widen(b)?);
    Some(Double(match name {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" => a / b,
        _ => return None,
    }))
}

fn text(name: &str, a: &str, rest: &[Value]) -> Option<Value> {
    let chars: Vec<char> = a.chars().collect();
    let part = |from: i64, to: i64| {
        let (from, to) = (usize::try_from(from).ok()?, usize::try_from(to).ok()?);
        (from <= to).then(|| chars.get(from..to)).flatten().map(|part| Value::text(&part.iter().collect::<String>()))
    };
    Some(match (name, rest) {
        ("contains", [Text(b)]) => Bool(a.contains(&**b)),
        ("startsWith", [Text(b)]) => Bool(a.starts_with(&**b)),
        ("endsWith", [Text(b)]) => Bool(a.ends_with(&**b)),
        ("lowerAscii", []) => Value::text(&a.to_ascii_lowercase()),
        ("upperAscii", []) => Value::text(&a.to_ascii_uppercase()),
        ("trim", []) => Value::text(a.trim()),
        ("reverse", []) => Value::text(&chars.iter().rev().collect::<String>()),
        ("charAt", [Int(at)]) if *at == chars.len() as i64 => Value::text(""),
        ("charAt", [Int(at)]) => part(*at, at.checked_add(1)?)?,
        ("substring", [Int(from)]) => part(*from, chars.len() as i64)?,
        ("substring", [Int(from), Int(to)]) => part(*from, *to)?,
        ("indexOf", [Text(b)]) => Int(a.find(&**b).map_or(-1, |at| a[..at].chars().count() as i64)),
        ("lastIndexOf", [Text(b)]) => Int(a.rfind(&**b).map_or(-1, |at| a[..at].chars().count() as i64)),
        ("replace", [Text(b), Text(c)]) => Value::text(&a.replace(&**b, c)),
        ("split", [Text(b)]) if !b.is_empty() => List(a.split(&**b).map(Value::text).collect()),
        _ => return None,
    })
}
