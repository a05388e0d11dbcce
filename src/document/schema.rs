//! The JSON Schema of the policy document, for editors: made of the same description that the readers check against.

use serde_json::{Map, Value, json};

use super::keys::{COUNTRIES, DOCUMENT};
use super::shape::{Of, Shape};

/// The JSON Schema (draft 2020-12) of the policy document, as JSON text.
pub fn schema() -> String {
    let mut definitions = Map::new();
    let root = object(&DOCUMENT, &mut definitions);
    definitions.insert(
        "words".to_string(),
        json!({
            "title": "Text for people",
            "description": "one text, or one for each locale: { en: Team size, zh: 端口数 }",
            "anyOf": [{ "type": "string" }, { "type": "object", "additionalProperties": { "type": "string" } }]
        }),
    );
    definitions.insert(
        "condition".to_string(),
        json!({
            "title": "Condition",
            "description": "a map of names to unary tests, all of which must hold, or a CEL expression",
            "anyOf": [{ "type": "string" }, { "type": "object", "minProperties": 1, "additionalProperties": test() }]
        }),
    );
    let mut schema = Map::new();
    schema.insert("$schema".to_string(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".to_string(), json!("Leadgate policy"));
    if let Value::Object(root) = root {
        schema.extend(root);
    }
    schema.insert("$defs".to_string(), Value::Object(definitions));
    let mut text = serde_json::to_string_pretty(&Value::Object(schema)).unwrap_or_default();
    text.push('\n');
    text
}

fn object(shape: &'static Shape, definitions: &mut Map<String, Value>) -> Value {
    let mut properties = Map::new();
    for key in shape.keys {
        let mut value = of(&key.of, definitions);
        if let Value::Object(map) = &mut value {
            map.insert("description".to_string(), json!(key.about));
        }
        properties.insert(key.name.to_string(), value);
    }
    let required: Vec<&str> = shape.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut map = Map::new();
    map.insert("type".to_string(), json!("object"));
    map.insert("properties".to_string(), Value::Object(properties));
    if !required.is_empty() {
        map.insert("required".to_string(), json!(required));
    }
    map.insert("additionalProperties".to_string(), json!(false));
    Value::Object(map)
}

fn of(of_what: &'static Of, definitions: &mut Map<String, Value>) -> Value {
    match of_what {
        Of::Exactly(number) => json!({ "const": number }),
        Of::Text | Of::Cel | Of::File => json!({ "type": "string" }),
        Of::Name => json!({ "type": "string", "minLength": 1 }),
        Of::Bool => json!({ "type": "boolean" }),
        Of::Number => json!({ "type": "number" }),
        Of::Whole(least) => json!({ "type": "integer", "minimum": least }),
        Of::Points => json!({ "type": "number", "minimum": -1_000_000_000, "maximum": 1_000_000_000 }),
        Of::Words => json!({ "$ref": "#/$defs/words" }),
        Of::Message => json!({
            "type": "object",
            "properties": { "for": { "type": "array", "items": { "type": "string", "minLength": 1 }, "description": "the outcomes that it is for; without it, everything else" } },
            "additionalProperties": { "type": "string" }
        }),
        Of::Test => test(),
        Of::Scalar => json!({ "type": ["string", "number", "boolean", "null"] }),
        Of::Duration => json!({ "type": "string", "pattern": "^[0-9]+[smhdw]$" }),
        Of::Percent => json!({ "type": "string", "pattern": "^[0-9]{1,3}(\\.[0-9])?%$" }),
        Of::Date => json!({ "type": "string", "format": "date" }),
        Of::Moment => json!({ "type": "string", "format": "date-time" }),
        Of::Null => json!({ "type": "null" }),
        Of::Word(words) if std::ptr::eq(*words, COUNTRIES) => json!({ "enum": words, "title": "Country" }),
        Of::Word(words) => json!({ "enum": words }),
        Of::Pair => json!({ "type": "array", "items": { "type": "number" }, "minItems": 2, "maxItems": 2 }),
        Of::List(item) => json!({ "type": "array", "items": of(item, definitions) }),
        Of::Entries(value) => json!({ "type": "object", "additionalProperties": of(value, definitions) }),
        Of::Either([Of::Cel, Of::Entries(Of::Test)]) => json!({ "$ref": "#/$defs/condition" }),
        Of::Either(all) => json!({ "anyOf": all.iter().map(|one| of(one, definitions)).collect::<Vec<_>>() }),
        Of::Map(shape) => {
            let name = name_of(shape);
            if !definitions.contains_key(&name) {
                // Its place is taken before its parts are made, so that definitions stand in the order in which they are met.
                definitions.insert(name.clone(), Value::Null);
                let mut made = object(shape, definitions);
                if let Value::Object(map) = &mut made {
                    map.insert("title".to_string(), json!(title(shape)));
                }
                definitions.insert(name.clone(), made);
            }
            json!({ "$ref": format!("#/$defs/{name}") })
        }
    }
}

fn test() -> Value {
    json!({ "type": ["string", "number", "boolean"] })
}

/// "a row of a table" -> "row_of_a_table"
fn name_of(shape: &Shape) -> String {
    bare(shape).replace(' ', "_")
}

fn title(shape: &Shape) -> String {
    let bare = bare(shape);
    let mut characters = bare.chars();
    characters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(characters).collect()
}

fn bare(shape: &Shape) -> String {
    let what = shape.what.trim_matches('`');
    what.strip_prefix("a ").or_else(|| what.strip_prefix("an ")).unwrap_or(what).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn every_definition_is_of_one_shape() {
        fn visit(of: &'static Of, seen: &mut BTreeMap<String, *const Shape>) {
            match of {
                Of::Map(shape) => {
                    let here: *const Shape = *shape;
                    assert_eq!(*seen.entry(name_of(shape)).or_insert(here), here, "two shapes are called {}", shape.what);
                    shape.keys.iter().for_each(|key| visit(&key.of, seen));
                }
                Of::List(inner) | Of::Entries(inner) => visit(inner, seen),
                Of::Either(all) => all.iter().for_each(|one| visit(one, seen)),
                _ => {}
            }
        }
        let mut seen = BTreeMap::new();
        DOCUMENT.keys.iter().for_each(|key| visit(&key.of, &mut seen));
        assert!(seen.len() > 15);
    }

    #[test]
    fn references_have_definitions() {
        let schema: Value = serde_json::from_str(&schema()).unwrap();
        let text = schema.to_string();
        for reference in text.split("#/$defs/").skip(1) {
            let name = reference.split('"').next().unwrap();
            assert!(schema["$defs"][name].is_object(), "{name}");
        }
        assert_eq!(schema["properties"]["fields"]["additionalProperties"]["$ref"], "#/$defs/field");
    }
}
