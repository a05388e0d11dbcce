//! Leads as JSON: the document's own form, with `{ "open": true }` beside it for partial leads.

use super::policy::{Policy, Type};
use super::value::Value;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// An answer to one field.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// From the form (or the host, for the host's fields).
    Typed(Value),
    /// From a CRM or enrichment.
    Record(Value),
    Absent,
    Declined,
    Open,
}

/// Answers by field; a field without one is absent.
pub type Lead = BTreeMap<String, Answer>;

/// A lead of JSON, its numbers read by the fields' types.
pub fn read(policy: &Policy, json: &Json) -> Lead {
    let fields = policy.fields().filter_map(|(_, name, field)| Some((name, field, json.get(name)?)));
    fields.map(|(name, field, json)| (name.to_owned(), answer(&field.ty, json))).collect()
}

fn answer(ty: &Type, json: &Json) -> Answer {
    match json {
        Json::Null => Answer::Absent,
        Json::Object(entries) if entries.contains_key("declined") => Answer::Declined,
        Json::Object(entries) if entries.contains_key("open") => Answer::Open,
        Json::Object(entries) if entries["source"] == "record" => Answer::Record(value(ty, &entries["value"])),
        Json::Object(entries) => Answer::Typed(value(ty, &entries["value"])),
        plain => Answer::Typed(value(ty, plain)),
    }
}

fn value(ty: &Type, json: &Json) -> Value {
    match ty {
        Type::Text | Type::Enum(_) => Value::text(json.as_str().unwrap()),
        Type::Int(..) => Value::Int(json.as_i64().unwrap()),
        // Minus zero is zero.
        Type::Double(..) => Value::Double(json.as_f64().unwrap() + 0.0),
        Type::Bool => Value::Bool(json.as_bool().unwrap()),
    }
}

/// The JSON of a value.
pub fn json(value: &Value) -> Json {
    match value {
        Value::Bool(value) => json!(value),
        Value::Int(value) => json!(value),
        Value::Double(value) => json!(value),
        Value::Text(value) => json!(&**value),
        other => panic!("{other:?} is no answer"),
    }
}
