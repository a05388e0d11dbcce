//! Whether the policy that is to say everything does so: every key of the schema, and every word that a key may have, occurs in it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::schema::schema;
use super::yaml::{Kind, Node, parse};

/// What does not occur in it, each with the reason.
const ELSEWHERE: &[(&str, &str)] = &[
    ("country", "a country changes how numbers are read, not what is decided: tests/fixtures/decide has all of them"),
    ("list.detached", "where a list is stored changes nothing of what is decided: tests/fixtures/decide and tests/node/lists.test.mjs have some"),
];

/// What the schema knows below one of its parts: `move.after`, and for words `field.type = int`.
fn all(root: &Value, part: &Value, path: &str, found: &mut BTreeSet<String>) {
    if let Some((name, definition)) = definition(root, part) {
        if found.insert(name.to_owned()) {
            all(root, definition, name, found);
        }
        return;
    }
    for one in part["anyOf"].as_array().into_iter().flatten() {
        all(root, one, path, found);
    }
    for word in part["enum"].as_array().into_iter().flatten() {
        found.insert(format!("{path} = {}", word.as_str().unwrap()));
    }
    for (key, value) in part["properties"].as_object().into_iter().flatten() {
        found.insert(format!("{path}.{key}"));
        all(root, value, &format!("{path}.{key}"), found);
    }
    for inner in ["items", "additionalProperties"].iter().filter_map(|inner| part.get(inner)) {
        all(root, inner, path, found);
    }
}

/// The same of what occurs in a document.
fn occurs(root: &Value, part: &Value, path: &str, node: &Node, found: &mut BTreeSet<String>) {
    if let Some((name, definition)) = definition(root, part) {
        found.insert(name.to_owned());
        return occurs(root, definition, name, node, found);
    }
    for one in part["anyOf"].as_array().into_iter().flatten().filter(|one| fits(root, one, node)) {
        occurs(root, one, path, node, found);
    }
    match &node.kind {
        Kind::Scalar(scalar) => drop(part.get("enum").map(|_| found.insert(format!("{path} = {}", scalar.text)))),
        Kind::Sequence(items) => items.iter().for_each(|item| occurs(root, &part["items"], path, item, found)),
        Kind::Mapping(entries) => {
            for entry in entries {
                match part["properties"].get(entry.name()) {
                    Some(value) => {
                        let path = format!("{path}.{}", entry.name());
                        found.insert(path.clone());
                        occurs(root, value, &path, &entry.value, found);
                    }
                    None => occurs(root, &part["additionalProperties"], path, &entry.value, found),
                }
            }
        }
    }
}

fn definition<'r>(root: &'r Value, part: &'r Value) -> Option<(&'r str, &'r Value)> {
    let name = part["$ref"].as_str()?.strip_prefix("#/$defs/")?;
    Some((name, &root["$defs"][name]))
}

/// Whether a node is of the kind that a part of the schema describes.
fn fits(root: &Value, part: &Value, node: &Node) -> bool {
    if let Some((_, definition)) = definition(root, part) {
        return fits(root, definition, node);
    }
    if let Some(all) = part["anyOf"].as_array() {
        return all.iter().any(|one| fits(root, one, node));
    }
    match &node.kind {
        Kind::Mapping(_) => part["type"] == "object",
        Kind::Sequence(_) => part["type"] == "array",
        Kind::Scalar(scalar) => match part["enum"].as_array() {
            Some(words) => words.iter().any(|word| *word == *scalar.text),
            None => part["type"] != "object" && part["type"] != "array",
        },
    }
}

#[test]
fn the_whole_life_says_everything() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/life/whole.yaml")).unwrap();
    let document = parse(&text, 0, &mut Vec::new()).root.unwrap();
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    let (mut known, mut said) = (BTreeSet::new(), BTreeSet::new());
    all(&schema, &schema, "", &mut known);
    occurs(&schema, &schema, "", &document, &mut said);
    assert!(known.len() > 250 && said.is_subset(&known), "{:?}", said.difference(&known));
    let elsewhere = |path: &str| ELSEWHERE.iter().any(|(key, _)| path.split_once(" = ").map_or(path, |(path, _)| path).ends_with(key));
    let missing: Vec<&String> = known.difference(&said).filter(|path| !elsewhere(path)).collect();
    assert!(missing.is_empty(), "not in tests/life/whole.yaml: {missing:#?}");
}
