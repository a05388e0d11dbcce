//! Values of the whole language, and how they are written in lines.

use super::time;
use serde_json::{Value as Json, json};
use std::cmp::Ordering;

#[derive(Debug, Clone)]
pub enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    Text(String),
    Bytes(Vec<u8>),
    List(Vec<Value>),
    Map(Vec<(Value, Value)>),
    Type(String),
    /// Nanoseconds since 1970.
    Timestamp(i128),
    /// Nanoseconds.
    Duration(i128),
    Optional(Option<Box<Value>>),
}

impl Value {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The number as a double, the nearest one.
    pub fn double(&self) -> Option<f64> {
        match self {
            Self::Int(value) => Some(*value as f64),
            Self::Uint(value) => Some(*value as f64),
            Self::Double(value) => Some(*value),
            _ => None,
        }
    }

    /// `==`
    pub fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Text(a), Self::Text(b)) | (Self::Type(a), Self::Type(b)) => a == b,
            (Self::Bytes(a), Self::Bytes(b)) => a == b,
            (Self::Timestamp(a), Self::Timestamp(b)) | (Self::Duration(a), Self::Duration(b)) => a == b,
            (Self::List(a), Self::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.equals(b)),
            (Self::Map(a), Self::Map(b)) => a.len() == b.len() && a.iter().all(|(key, value)| b.iter().any(|(k, v)| k.equals(key) && v.equals(value))),
            (Self::Optional(a), Self::Optional(b)) => match (a, b) {
                (None, None) => true,
                (Some(a), Some(b)) => a.equals(b),
                _ => false,
            },
            _ => self.double().is_some() && other.double().is_some() && self.compare(other) == Some(Ordering::Equal),
        }
    }

    /// Whether the kinds have an order among each other.
    pub fn comparable(&self, other: &Self) -> bool {
        let number = |value: &Self| value.double().is_some();
        let own = matches!(self, Self::Bool(_) | Self::Text(_) | Self::Bytes(_) | Self::Timestamp(_) | Self::Duration(_));
        number(self) && number(other) || own && self.kind() == other.kind()
    }

    /// The order; none with a NaN, and between kinds that have none.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Bool(a), Self::Bool(b)) => Some(a.cmp(b)),
            (Self::Int(a), Self::Int(b)) => Some(a.cmp(b)),
            (Self::Uint(a), Self::Uint(b)) => Some(a.cmp(b)),
            (Self::Int(a), Self::Uint(b)) => Some(i128::from(*a).cmp(&i128::from(*b))),
            (Self::Uint(a), Self::Int(b)) => Some(i128::from(*a).cmp(&i128::from(*b))),
            (Self::Text(a), Self::Text(b)) => Some(a.chars().cmp(b.chars())),
            (Self::Bytes(a), Self::Bytes(b)) => Some(a.cmp(b)),
            (Self::Timestamp(a), Self::Timestamp(b)) | (Self::Duration(a), Self::Duration(b)) => Some(a.cmp(b)),
            _ => self.double()?.partial_cmp(&other.double()?),
        }
    }

    /// The name of its type.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null_type",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Uint(_) => "uint",
            Self::Double(_) => "double",
            Self::Text(_) => "string",
            Self::Bytes(_) => "bytes",
            Self::List(_) => "list",
            Self::Map(_) => "map",
            Self::Type(_) => "type",
            Self::Timestamp(_) => "google.protobuf.Timestamp",
            Self::Duration(_) => "google.protobuf.Duration",
            Self::Optional(_) => "optional_type",
        }
    }

    /// The same value of the same type; a NaN is a NaN, and the entries of a map have no order.
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Double(a), Self::Double(b)) => a.is_nan() && b.is_nan() || a.to_bits() == b.to_bits(),
            (Self::List(a), Self::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same(b)),
            (Self::Map(a), Self::Map(b)) => a.len() == b.len() && a.iter().all(|(key, value)| b.iter().any(|(k, v)| k.same(key) && v.same(value))),
            (Self::Optional(Some(a)), Self::Optional(Some(b))) => a.same(b),
            _ => self.kind() == other.kind() && self.equals(other),
        }
    }

    /// As a line of the runner writes it.
    pub fn to_json(&self) -> Json {
        let message = |name: &str, text: String| json!({ "objectValue": { "@type": format!("type.googleapis.com/google.protobuf.{name}"), "value": text } });
        match self {
            Self::Null => json!({ "nullValue": null }),
            Self::Bool(value) => json!({ "boolValue": value }),
            Self::Int(value) => json!({ "int64Value": value.to_string() }),
            Self::Uint(value) => json!({ "uint64Value": value.to_string() }),
            Self::Double(value) if value.is_nan() => json!({ "doubleValue": "NaN" }),
            Self::Double(value) if value.is_infinite() => json!({ "doubleValue": if *value > 0.0 { "Infinity" } else { "-Infinity" } }),
            Self::Double(value) => json!({ "doubleValue": value }),
            Self::Text(value) => json!({ "stringValue": value }),
            Self::Bytes(value) => json!({ "bytesValue": encode(value) }),
            Self::List(values) => json!({ "listValue": { "values": values.iter().map(Self::to_json).collect::<Vec<_>>() } }),
            Self::Map(entries) => {
                let entries: Vec<Json> = entries.iter().map(|(key, value)| json!({ "key": key.to_json(), "value": value.to_json() })).collect();
                json!({ "mapValue": { "entries": entries } })
            }
            Self::Type(name) => json!({ "typeValue": name }),
            Self::Timestamp(at) => message("Timestamp", time::timestamp_text(*at)),
            Self::Duration(span) => message("Duration", time::duration_text(*span)),
            Self::Optional(held) => json!({ "optionalValue": held.as_ref().map(|held| held.to_json()) }),
        }
    }

    /// A value in an answer of the runner.
    pub fn of_json(json: &Json) -> Self {
        let (kind, held) = json.as_object().and_then(|object| object.iter().next()).expect("a value of one kind");
        let text = || held.as_str().expect("a text").to_owned();
        match kind.as_str() {
            "nullValue" => Self::Null,
            "boolValue" => Self::Bool(held.as_bool().unwrap()),
            "int64Value" => Self::Int(text().parse().unwrap()),
            "uint64Value" => Self::Uint(text().parse().unwrap()),
            "doubleValue" => Self::Double(match held {
                Json::String(text) => text.replace("Infinity", "inf").parse().unwrap(),
                number => number.as_f64().unwrap(),
            }),
            "stringValue" => Self::Text(text()),
            "bytesValue" => Self::Bytes(decode(&text()).expect("base64")),
            "listValue" => Self::List(held["values"].as_array().unwrap().iter().map(Self::of_json).collect()),
            "mapValue" => Self::Map(held["entries"].as_array().unwrap().iter().map(|entry| (Self::of_json(&entry["key"]), Self::of_json(&entry["value"]))).collect()),
            "typeValue" => Self::Type(text()),
            "optionalValue" => Self::Optional((!held.is_null()).then(|| Box::new(Self::of_json(held)))),
            "objectValue" => {
                let text = held["value"].as_str().unwrap();
                let stamp = held["@type"].as_str().unwrap().ends_with("Timestamp");
                if stamp { Self::Timestamp(time::timestamp(text).expect(text)) } else { Self::Duration(time::duration(text).expect(text)) }
            }
            _ => panic!("{json} is no value"),
        }
    }
}

const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 with padding.
pub fn encode(bytes: &[u8]) -> String {
    let bits: String = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
    let mut out: String = bits.as_bytes().chunks(6).map(|chunk| {
        let digits = format!("{:0<6}", std::str::from_utf8(chunk).unwrap());
        LETTERS.as_bytes()[usize::from_str_radix(&digits, 2).unwrap()] as char
    }).collect();
    while !out.len().is_multiple_of(4) {
        out.push('=');
    }
    out
}

/// Base64, with padding or without; none where it is not that.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let plain = text.trim_end_matches('=');
    if plain.len() != text.len() && !text.len().is_multiple_of(4) || text.len() - plain.len() > 2 || plain.len() % 4 == 1 {
        return None;
    }
    let bits: String = plain.chars().map(|letter| LETTERS.find(letter).map(|at| format!("{at:06b}"))).collect::<Option<_>>()?;
    // What is left over stands for nothing.
    if bits[bits.len() / 8 * 8..].contains('1') {
        return None;
    }
    Some(bits.as_bytes().chunks(8).filter(|chunk| chunk.len() == 8).map(|chunk| u8::from_str_radix(std::str::from_utf8(chunk).unwrap(), 2).unwrap()).collect())
}
