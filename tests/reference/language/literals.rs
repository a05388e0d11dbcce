//! Values that are worth trying.

use super::types::Type;
use super::value::Value;
use crate::reference::random::Random;

const TEXTS: &[&str] = &["", "a", "b", "ab", "abcab", "Abc", " x ", "\u{3000}y\n", "上海", "经理 上海", "é", "😀b", "a,b,,c", "quote\"d'", "back\\slash", "tab\there", "key", "k", "%"];
const NUMERALS: &[&str] = &["0", "12", "-3", "+7", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "18446744073709551615", "1.5", "-0.25", "1e3", "1E-3", ".5", "5.", "1e400", "NaN", "-Infinity", "inf", "", " 1", "0x1F", "1_0", "-", "1u"];
const FLAGS: &[&str] = &["true", "false", "True", "FALSE", "t", "F", "1", "0", "yes", "", "tRUE"];
const MOMENTS: &[&str] = &[
    "1970-01-01T00:00:00Z", "2009-02-13T23:31:30Z", "2024-02-29T12:00:00+08:00", "2023-12-31T23:59:59.999999999Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "1969-12-31T23:59:58.5Z",
    "2026-03-29T01:30:00.25-02:30", "1900-03-01T00:00:00Z", "2023-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "2024-01-01 00:00:00Z", "0001-01-01T00:00:00+01:00", "2024-01-01T24:00:00Z", "",
];
const SPANS: &[&str] = &["0s", "1s", "-1.5s", "1h30m", "90m", "100ms", "1us", "1ns", "-1ns", "1.000000001s", "24h", "2562047h47m16.854775807s", "-2562047h47m16.854775808s", "2562047h47m16.854775808s", "1", "", "1d", "h", "0.5h"];
const ZONES: &[&str] = &["UTC", "+08:00", "-02:30", "+00:00", "Asia/Shanghai", "America/New_York", "Europe/London", "Nowhere/Else", "+25:00"];
const BASE64: &[&str] = &["", "YQ==", "YQ", "YWI=", "YWJj", "//79", "+w==", "Y", "Y!", "YQ=", "5LiK5rW3"];
const INSERTS: &[&str] = &["", "x", "[\\0]", "<\\1>", "\\\\", "\\2", "\\", "上"];
const PATTERNS: &[&str] = &[
    "a", "b+", "^a", "c$", "a|b", "(a)(b)?", "[a-c]+", "[^a]", "\\d+", "\\w+", "\\s", "a.c", "(?:ab)+", "(b)", "(a|ab)(c|bcd)?", "x*", "a??b", "a{2}", "[上-海]", "", "(", "[", "*", "\\bk", "^$", "(?i)ABC",
];

/// A literal's or variable's value of a type.
pub fn value(random: &mut Random, ty: &Type, depth: usize) -> Value {
    match ty {
        Type::Null => Value::Null,
        Type::Bool => Value::Bool(random.chance(50)),
        Type::Int => Value::Int(int(random)),
        Type::Uint => Value::Uint(if random.chance(85) { random.below(6) as u64 } else { *random.pick(&[u64::MAX, 1 << 63, (1 << 53) + 1, u64::MAX - 1]) }),
        Type::Double => Value::Double(double(random)),
        Type::Text => Value::text(*random.pick(TEXTS)),
        Type::Bytes => Value::Bytes(random.pick(&[&b""[..], b"a", b"ab", b"\xFF\x00", "上".as_bytes(), b"\xF0\x9F\x98"]).to_vec()),
        Type::Timestamp => Value::Timestamp(super::time::timestamp(MOMENTS[random.below(9)]).unwrap()),
        Type::Duration => Value::Duration(super::time::duration(SPANS[random.below(13)]).unwrap()),
        Type::List(of) => Value::List((0..count(random)).map(|_| value(random, of, depth.saturating_sub(1))).collect()),
        Type::Map(key, of) => {
            let mut entries: Vec<(Value, Value)> = Vec::new();
            for _ in 0..count(random) {
                let key = value(random, key, 0);
                if !entries.iter().any(|(other, _)| other.equals(&key)) {
                    entries.push((key, value(random, of, depth.saturating_sub(1))));
                }
            }
            Value::Map(entries)
        }
        Type::Optional(of) => Value::Optional(random.chance(70).then(|| Box::new(value(random, of, depth.saturating_sub(1))))),
        Type::Type => Value::Type((*random.pick(TYPES)).to_owned()),
        Type::Dyn => {
            let ty = any(random, depth);
            value(random, &ty, depth.saturating_sub(1))
        }
        Type::Named(name) => named(random, name),
    }
}

/// Of elements; seldom none.
pub fn count(random: &mut Random) -> usize {
    if random.chance(12) { 0 } else { 1 + random.below(3) }
}

/// The names of types that expressions may write.
pub const TYPES: &[&str] = &["bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type", "google.protobuf.Timestamp", "google.protobuf.Duration", "optional_type"];

fn named(random: &mut Random, name: &str) -> Value {
    let pool = match name {
        "NUMERAL" => NUMERALS,
        "FLAG" => FLAGS,
        "MOMENT" => MOMENTS,
        "SPAN" => SPANS,
        "ZONE" => ZONES,
        "BASE64" => BASE64,
        "INSERT" => INSERTS,
        "PATTERN" => PATTERNS,
        "PLACE" => return Value::Int(if random.chance(80) { random.between(0, 2) } else { random.between(-1, 4) }),
        _ => panic!("{name} is no kind of text"),
    };
    // What is in order stands at the beginning.
    let at = random.below(pool.len()).min(random.below(pool.len()));
    Value::text(pool[at])
}

fn int(random: &mut Random) -> i64 {
    match random.below(10) {
        0 => *random.pick(&[i64::MIN, i64::MAX, i64::MIN + 1, 1 << 53, (1 << 53) + 1, -(1 << 53) - 1, 253_402_300_800, 1_700_000_000]),
        1 => random.between(-1000, 1000),
        _ => random.between(-2, 5),
    }
}

fn double(random: &mut Random) -> f64 {
    match random.below(10) {
        0 => *random.pick(&[1e300, -1e300, 5e-324, 9_007_199_254_740_992.0, 9_223_372_036_854_775_808.0, 18_446_744_073_709_551_616.0, 1e21, 1e-7, 123_456.789]),
        1 => -0.0,
        2 | 3 => random.between(-80, 80) as f64 / 16.0,
        _ => random.between(-2, 5) as f64,
    }
}

/// Any type that a variable may have.
pub fn any(random: &mut Random, depth: usize) -> Type {
    const SCALARS: &[Type] = &[
        Type::Bool, Type::Int, Type::Int, Type::Uint, Type::Double, Type::Double, Type::Text, Type::Text, Type::Bytes, Type::Timestamp, Type::Duration, Type::Null,
    ];
    match random.below(if depth == 0 { 6 } else { 10 }) {
        0..=5 => random.pick(SCALARS).clone(),
        6 | 7 => Type::list(any(random, depth - 1)),
        8 => Type::map(key(random), any(random, depth - 1)),
        _ => Type::optional(any(random, depth - 1)),
    }
}

pub fn key(random: &mut Random) -> Type {
    random.pick(&[Type::Text, Type::Text, Type::Text, Type::Int, Type::Uint, Type::Bool]).clone()
}

/// A type that has an order.
pub fn ordered(random: &mut Random) -> Type {
    random.pick(&[Type::Int, Type::Int, Type::Double, Type::Text, Type::Uint, Type::Bool, Type::Bytes, Type::Timestamp, Type::Duration]).clone()
}
