//! Types, as the generator wants them and answers name them.

use super::value::Value;
use serde_json::{Value as Json, json};

#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    Dyn,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    Text,
    Bytes,
    Timestamp,
    Duration,
    List(Box<Type>),
    Map(Box<Type>, Box<Type>),
    Optional(Box<Type>),
    /// The type of types.
    Type,
    /// Of a signature: any type, the same wherever it stands (`C`: one that has an order, `K`: one of keys); or a text of a certain kind.
    Named(String),
}

impl Type {
    pub fn list(of: Type) -> Self {
        Self::List(of.into())
    }

    pub fn map(key: Type, value: Type) -> Self {
        Self::Map(key.into(), value.into())
    }

    pub fn optional(of: Type) -> Self {
        Self::Optional(of.into())
    }

    /// Reads `map(string, list(int))`.
    pub fn read(text: &str) -> Self {
        if let Some((name, inner)) = text.split_once('(') {
            let inner = inner.strip_suffix(')').expect("a closing parenthesis");
            return match name {
                "list" => Self::list(Self::read(inner)),
                "optional" | "optional_type" => Self::optional(Self::read(inner)),
                "type" => Self::Type,
                "map" => {
                    let (key, value) = inner.split_once(',').expect("a key and a value");
                    Self::map(Self::read(key), Self::read(value.trim_start()))
                }
                _ => panic!("{text} is no type"),
            };
        }
        match text {
            "dyn" => Self::Dyn,
            "null" => Self::Null,
            "bool" => Self::Bool,
            "int" => Self::Int,
            "uint" => Self::Uint,
            "double" => Self::Double,
            "string" => Self::Text,
            "bytes" => Self::Bytes,
            "timestamp" => Self::Timestamp,
            "duration" => Self::Duration,
            "type" => Self::Type,
            _ => Self::Named(text.to_owned()),
        }
    }

    /// In the form of a declaration.
    pub fn to_json(&self) -> Json {
        match self {
            Self::Null => json!({ "null": null }),
            Self::Bool => json!({ "primitive": "BOOL" }),
            Self::Int => json!({ "primitive": "INT64" }),
            Self::Uint => json!({ "primitive": "UINT64" }),
            Self::Double => json!({ "primitive": "DOUBLE" }),
            Self::Text => json!({ "primitive": "STRING" }),
            Self::Bytes => json!({ "primitive": "BYTES" }),
            Self::Timestamp => json!({ "wellKnown": "TIMESTAMP" }),
            Self::Duration => json!({ "wellKnown": "DURATION" }),
            Self::List(of) => json!({ "listType": { "elemType": of.to_json() } }),
            Self::Map(key, value) => json!({ "mapType": { "keyType": key.to_json(), "valueType": value.to_json() } }),
            Self::Optional(of) => json!({ "abstractType": { "name": "optional_type", "parameterTypes": [of.to_json()] } }),
            Self::Type => json!({ "type": {} }),
            Self::Dyn | Self::Named(_) => json!({ "dyn": {} }),
        }
    }

    /// Whether it leaves something to be known when it runs.
    pub fn is_dynamic(&self) -> bool {
        match self {
            Self::Dyn => true,
            Self::List(of) | Self::Optional(of) => of.is_dynamic(),
            Self::Map(key, value) => key.is_dynamic() || value.is_dynamic(),
            _ => false,
        }
    }

    /// Whether a value is one of this type. `null` stands for a time or an optional value as well.
    pub fn holds(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Dyn, _)
            | (Self::Null | Self::Timestamp | Self::Duration | Self::Optional(_), Value::Null)
            | (Self::Bool, Value::Bool(_))
            | (Self::Int, Value::Int(_))
            | (Self::Uint, Value::Uint(_))
            | (Self::Double, Value::Double(_))
            | (Self::Text, Value::Text(_))
            | (Self::Bytes, Value::Bytes(_))
            | (Self::Timestamp, Value::Timestamp(_))
            | (Self::Duration, Value::Duration(_))
            | (Self::Type, Value::Type(_)) => true,
            (Self::List(of), Value::List(values)) => values.iter().all(|value| of.holds(value)),
            (Self::Map(of_key, of_value), Value::Map(entries)) => entries.iter().all(|(key, value)| of_key.holds(key) && of_value.holds(value)),
            (Self::Optional(of), Value::Optional(held)) => held.iter().all(|held| of.holds(held)),
            _ => false,
        }
    }
}
