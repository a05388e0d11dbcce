//! Types in the proto3 JSON of the conformance suite.

use serde_json::Value as Json;
use std::sync::Arc;

use super::{Failure, Phase};
use crate::cel::Type;

fn wrong(text: impl Into<String>) -> Failure {
    Failure::new(Phase::Parse, text)
}

/// Reads a type.
pub(super) fn read(json: &Json) -> Result<Type, Failure> {
    let mut kinds = json.as_object().into_iter().flatten();
    let Some((kind, of)) = kinds.next() else { return Err(wrong(format!("`{json}` is no type"))) };
    let part = |name: &str| of.get(name).map_or(Ok(Type::Dyn), read).map(Arc::new);
    Ok(match (kind.as_str(), of.as_str()) {
        ("dyn", _) => Type::Dyn,
        ("null", _) => Type::Null,
        ("primitive", Some("BOOL")) => Type::Bool,
        ("primitive", Some("INT64")) => Type::Int,
        ("primitive", Some("UINT64")) => Type::Uint,
        ("primitive", Some("DOUBLE")) => Type::Double,
        ("primitive", Some("STRING")) => Type::String,
        ("primitive", Some("BYTES")) => Type::Bytes,
        ("wellKnown", Some("TIMESTAMP")) | ("messageType", Some("google.protobuf.Timestamp")) => Type::Timestamp,
        ("wellKnown", Some("DURATION")) | ("messageType", Some("google.protobuf.Duration")) => Type::Duration,
        ("listType", _) => Type::List(part("elemType")?),
        ("mapType", _) => Type::Map(part("keyType")?, part("valueType")?),
        ("type", _) => Type::Type(Arc::new(if of.as_object().is_some_and(|of| !of.is_empty()) { read(of)? } else { Type::Dyn })),
        ("typeParam", Some(name)) => Type::Param(name.into()),
        ("abstractType", _) => {
            let name = of.get("name").and_then(Json::as_str).ok_or_else(|| wrong("an abstract type has no name"))?;
            let params = of.get("parameterTypes").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
            let params = params.iter().map(read).collect::<Result<Vec<_>, _>>()?;
            match (name, params.as_slice()) {
                ("optional_type" | "optional", [of]) => Type::Optional(Arc::new(of.clone())),
                _ => Type::Abstract(name.into(), params.into()),
            }
        }
        ("messageType" | "wrapper", Some(name)) => return Err(wrong(format!("there are no types of protocol buffers such as `{name}`"))),
        _ => return Err(wrong(format!("`{json}` is no type"))),
    })
}
