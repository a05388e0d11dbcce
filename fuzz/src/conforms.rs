//! Whether a value is of the type that was found for it.

use leadgate::cel::Type;
use serde_json::Value as Json;

/// A value in proto3 JSON is of a type; where the type says nothing, every value is.
pub fn conforms(value: &Json, ty: &Type) -> bool {
    let Some((kind, held)) = value.as_object().and_then(|kinds| kinds.iter().next()) else { return false };
    match (ty, kind.as_str()) {
        (Type::Dyn | Type::Error | Type::Param(_) | Type::Abstract(..), _) => true,
        (Type::Null, "nullValue") | (Type::Bool, "boolValue") | (Type::Int, "int64Value") | (Type::Uint, "uint64Value") => true,
        (Type::Double, "doubleValue") | (Type::String | Type::Enum(_), "stringValue") | (Type::Bytes, "bytesValue") | (Type::Type(_), "typeValue") => true,
        // `null` may stand for these.
        (Type::Timestamp | Type::Duration | Type::Optional(_), "nullValue") => true,
        (Type::Timestamp, "objectValue") => is_message(held, "Timestamp"),
        (Type::Duration, "objectValue") => is_message(held, "Duration"),
        (Type::List(element), "listValue") => all(&held["values"], |value| conforms(value, element)),
        (Type::Map(key, held_type), "mapValue") => all(&held["entries"], |entry| conforms(&entry["key"], key) && conforms(&entry["value"], held_type)),
        (Type::Optional(inner), "optionalValue") => held.is_null() || conforms(held, inner),
        _ => false,
    }
}

fn is_message(held: &Json, name: &str) -> bool {
    held["@type"].as_str().is_some_and(|found| found.ends_with(name))
}

fn all(items: &Json, holds: impl Fn(&Json) -> bool) -> bool {
    items.as_array().is_none_or(|items| items.iter().all(holds))
}
