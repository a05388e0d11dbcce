//! Values in the proto3 JSON of the conformance suite.

use serde_json::{Value as Json, json};

use super::{Failure, Phase, Value};
use crate::engine::machine::{base64, duration_of, from_base64, time_text, timestamp_of};

fn wrong(text: impl Into<String>) -> Failure {
    Failure::new(Phase::Parse, text)
}

/// Reads a value.
pub(super) fn read(json: &Json) -> Result<Value, Failure> {
    let mut kinds = json.as_object().into_iter().flatten();
    let (Some((kind, held)), None) = (kinds.next(), kinds.next()) else { return Err(wrong(format!("`{json}` is no value"))) };
    let value = match kind.as_str() {
        "nullValue" => Some(Value::Null),
        "boolValue" => held.as_bool().map(Value::Bool),
        "int64Value" => digits(held).and_then(|text| text.parse().ok()).map(Value::Int),
        "uint64Value" => digits(held).and_then(|text| text.parse().ok()).map(Value::Uint),
        "doubleValue" => double(held).map(Value::Double),
        "stringValue" => held.as_str().map(|text| Value::String(text.into())),
        "bytesValue" => held.as_str().and_then(bytes).map(|bytes| Value::Bytes(bytes.into())),
        "listValue" => Some(Value::List(items(held, "values").iter().map(read).collect::<Result<Vec<_>, _>>()?.into())),
        "mapValue" => Some(Value::Map(items(held, "entries").iter().map(entry).collect::<Result<Vec<_>, _>>()?.into())),
        "typeValue" => held.as_str().map(|name| Value::Type(name.into())),
        "objectValue" => object(held),
        "optionalValue" if held.is_null() => Some(Value::Optional(None)),
        "optionalValue" => Some(Value::Optional(Some(read(held)?.into()))),
        _ => None,
    };
    value.ok_or_else(|| wrong(format!("`{json}` is no value")))
}

/// The digits of an integer, which may stand in quotes.
fn digits(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Proto3 JSON takes the letters of addresses as well.
fn bytes(text: &str) -> Option<Vec<u8>> {
    from_base64(&text.replace('-', "+").replace('_', "/"))
}

fn double(json: &Json) -> Option<f64> {
    match json {
        Json::Number(number) => number.as_f64(),
        Json::String(text) => match text.as_str() {
            "NaN" => Some(f64::NAN),
            "Infinity" => Some(f64::INFINITY),
            "-Infinity" => Some(f64::NEG_INFINITY),
            _ => text.parse().ok(),
        },
        _ => None,
    }
}

fn items<'a>(json: &'a Json, name: &str) -> &'a [Json] {
    json.get(name).and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn entry(json: &Json) -> Result<(Value, Value), Failure> {
    let part = |name: &str| read(json.get(name).ok_or_else(|| wrong(format!("an entry of a map has no `{name}`")))?);
    let key = part("key")?;
    if !matches!(key, Value::Bool(_) | Value::Int(_) | Value::Uint(_) | Value::String(_)) {
        return Err(wrong("the key of a map is a bool, an int, a uint or a text"));
    }
    Ok((key, part("value")?))
}

const MESSAGES: &str = "type.googleapis.com/google.protobuf.";

fn message(name: &str, value: Json) -> Json {
    json!({ "objectValue": { "@type": format!("{MESSAGES}{name}"), "value": value } })
}

/// Digits after the point come in threes.
fn grouped(text: String) -> String {
    let Some((whole, rest)) = text.split_once('.') else { return text };
    let digits = rest.trim_end_matches(|unit: char| !unit.is_ascii_digit());
    let unit = rest.get(digits.len()..).unwrap_or_default();
    format!("{whole}.{digits}{}{unit}", "0".repeat((3 - digits.len() % 3) % 3))
}

/// A timestamp or duration.
fn object(json: &Json) -> Option<Value> {
    let text = json.get("value")?.as_str()?;
    match json.get("@type")?.as_str()?.strip_prefix(MESSAGES)? {
        "Timestamp" => timestamp_of(text).map(Value::Timestamp),
        "Duration" => duration_of(text).map(Value::Duration),
        _ => None,
    }
}

/// Values and bytes of text beyond which nothing is written.
const MOST: usize = 20_000_000;

/// Whether a value takes more than can be written.
pub(super) fn is_large(value: &Value) -> bool {
    let mut left = MOST;
    !fits(value, &mut left)
}

fn fits(value: &Value, left: &mut usize) -> bool {
    let own = match value {
        Value::String(text) | Value::Type(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        _ => 0,
    };
    let Some(rest) = left.checked_sub(own + 1) else { return false };
    *left = rest;
    match value {
        Value::List(values) => values.iter().all(|value| fits(value, left)),
        Value::Map(entries) => entries.iter().all(|(key, value)| fits(key, left) && fits(value, left)),
        Value::Optional(Some(held)) => fits(held, left),
        _ => true,
    }
}

/// Writes a value. Its recursion is as deep as the value, which nests no deeper than the line and the expression that it was made from.
pub(super) fn write(value: &Value) -> Json {
    match value {
        Value::Null => json!({ "nullValue": null }),
        Value::Bool(value) => json!({ "boolValue": value }),
        Value::Int(value) => json!({ "int64Value": value.to_string() }),
        Value::Uint(value) => json!({ "uint64Value": value.to_string() }),
        Value::Double(value) if value.is_nan() => json!({ "doubleValue": "NaN" }),
        Value::Double(value) if value.is_infinite() => json!({ "doubleValue": if *value > 0.0 { "Infinity" } else { "-Infinity" } }),
        Value::Double(value) => json!({ "doubleValue": value }),
        Value::String(text) => json!({ "stringValue": &**text }),
        Value::Bytes(bytes) => json!({ "bytesValue": base64(bytes) }),
        Value::List(values) => json!({ "listValue": { "values": values.iter().map(write).collect::<Vec<_>>() } }),
        Value::Map(entries) => {
            let entries: Vec<Json> = entries.iter().map(|(key, value)| json!({ "key": write(key), "value": write(value) })).collect();
            json!({ "mapValue": { "entries": entries } })
        }
        Value::Type(name) => json!({ "typeValue": &**name }),
        Value::Timestamp(_) => message("Timestamp", json!(grouped(time_text(value).unwrap_or_default()))),
        Value::Duration(_) => message("Duration", json!(grouped(time_text(value).unwrap_or_default()))),
        // The suite has none: no message of protocol buffers stands for it.
        Value::Optional(held) => json!({ "optionalValue": held.as_deref().map(write) }),
        Value::Ready(_) => Json::Null,
    }
}
