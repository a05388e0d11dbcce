//! Documents that differ only in secrets.

use crate::pages::names;
use crate::reference::random::Random;
use leadgate::program::{Domain, Program};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;

/// What a document keeps to itself, by section.
pub struct Secrets {
    fields: Vec<String>,
    lists: Vec<String>,
    derives: Vec<String>,
    scores: Vec<String>,
    tables: Vec<String>,
    /// Everything that a condition can test, outputs and the stage with it.
    tested: BTreeSet<String>,
}

impl Secrets {
    pub fn of(document: &Json) -> Self {
        let secret = |key: &str, section: &str| -> Vec<String> {
            let public = document["page"][key].as_array().unwrap();
            names(document, section).into_iter().filter(|name| !public.iter().any(|public| public == name)).collect()
        };
        let (fields, derives, scores, tables) = (secret("fields", "fields"), secret("derives", "derive"), secret("scores", "scores"), secret("tables", "tables"));
        let outputs = tables.iter().flat_map(|table| document["tables"][table]["outputs"].as_object().unwrap().keys().cloned());
        let tested = fields.iter().chain(&derives).chain(&scores).cloned().chain(outputs).chain(["stage".to_owned()]).collect();
        Self { lists: secret("lists", "lists"), fields, derives, scores, tables, tested }
    }
}

/// Changes something secret; false where this document has nothing of the kind that was drawn.
pub fn mutate(document: &mut Json, program: &Program, random: &mut Random) -> bool {
    let secrets = Secrets::of(document);
    match random.below(12) {
        0 => rename(document, &secrets, random),
        1 => change(document, "lists", &secrets.lists, random, |list, random| {
            let Some(values) = list.get_mut("values") else { return false };
            *values = json!([format!("zz{}", random.below(9)), "another.example"]);
            true
        }),
        2 => change(document, "scores", &secrets.scores, random, |score, random| {
            *score = json!({ "rules": { "changed": { "when": "1 < 2", "points": random.between(-40, 40) } } });
            true
        }),
        3 => derive(document, program, &secrets, random),
        4 => row(document, &secrets, random),
        5 => routes(document, random),
        6 => ids(document),
        7 => moves(document, random),
        8 => {
            document["version"] = json!(format!("{}", random.below(1000)));
            document.as_object_mut().unwrap().remove("identity").is_some()
        }
        9 => change(document, "tables", &secrets.tables, random, |table, _| {
            table["rows"].as_array_mut().unwrap().reverse();
            true
        }),
        10 => change(document, "fields", &secrets.fields, random, |field, random| {
            if field["type"] != "string" {
                return false;
            }
            field["max_length"] = json!(random.between(20, 200));
            true
        }),
        _ => added(document, random),
    }
}

fn change(document: &mut Json, section: &str, names: &[String], random: &mut Random, change: impl Fn(&mut Json, &mut Random) -> bool) -> bool {
    !names.is_empty() && change(&mut document[section][random.pick(names)], random)
}

/// Gives a secret another name wherever it is mentioned.
fn rename(document: &mut Json, secrets: &Secrets, random: &mut Random) -> bool {
    let all: Vec<&String> = secrets.fields.iter().chain(&secrets.lists).chain(&secrets.derives).chain(&secrets.scores).chain(&secrets.tables).collect();
    if all.is_empty() {
        return false;
    }
    let old = *random.pick(&all);
    let text = document.to_string();
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    let mut renamed = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(old.as_str()) {
        let (before, after) = (&rest[..at], &rest[at + old.len()..]);
        renamed.push_str(before);
        let list = before.ends_with("lists.");
        let alone = (list || !before.ends_with(word)) && !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        renamed.push_str(old);
        if alone {
            renamed.push_str("_renamed");
        }
        rest = after;
    }
    renamed.push_str(rest);
    *document = serde_json::from_str(&renamed).unwrap();
    true
}

fn derive(document: &mut Json, program: &Program, secrets: &Secrets, random: &mut Random) -> bool {
    if secrets.derives.is_empty() {
        return false;
    }
    let name = random.pick(&secrets.derives);
    let Some(variable) = program.variables.iter().find(|variable| variable.name == *name) else { return false };
    let text = document["derive"][name].as_str().unwrap();
    let changed = match &variable.domain {
        Domain::Int(..) => format!("({text}) + 1"),
        Domain::Double(..) => format!("({text}) * 0.5"),
        Domain::Text => format!("({text}) + \"x\""),
        _ => format!("1 < 2 ? ({text}) : ({text})"),
    };
    document["derive"][name] = json!(changed);
    true
}

/// Another test of a secret in a row that has one, and one more.
fn row(document: &mut Json, secrets: &Secrets, random: &mut Random) -> bool {
    let mut found: Vec<&mut Map<String, Json>> = Vec::new();
    let Some(document) = document.as_object_mut() else { return false };
    for (section, value) in document.iter_mut() {
        let rows: Vec<&mut Json> = match section.as_str() {
            "screen" => value.as_object_mut().unwrap().values_mut().collect(),
            "route" => value["rows"].as_array_mut().unwrap().iter_mut().collect(),
            _ => continue,
        };
        found.extend(rows.into_iter().filter_map(|row| row["when"].as_object_mut()).filter(|when| when.iter().any(|(name, test)| secrets.tested.contains(name) && test != "-")));
    }
    if found.is_empty() {
        return false;
    }
    let at = random.below(found.len());
    let when = &mut found[at];
    let state = if random.chance(50) { "known" } else { "unanswered" };
    for (name, old) in when.iter_mut().filter(|(_, old)| **old != "-") {
        if secrets.fields.contains(name) || secrets.derives.contains(name) {
            *old = json!(state);
        } else if secrets.scores.contains(name) {
            *old = json!(format!(">= {}", random.below(90)));
        }
    }
    let field = secrets.fields.first();
    if let Some(field) = field {
        when.entry(field.clone()).or_insert(json!("not declined"));
    }
    true
}

/// Rows go elsewhere, to outcomes with the same message.
fn routes(document: &mut Json, random: &mut Random) -> bool {
    let groups: Vec<Vec<String>> = document["page"]["messages"].as_object().unwrap().values().filter_map(|message| {
        let named = message["for"].as_array()?.iter().filter_map(Json::as_str).filter(|name| !name.starts_with("screened:"));
        Some(named.map(str::to_owned).collect())
    }).collect();
    let mut changed = false;
    for row in document["route"]["rows"].as_array_mut().unwrap() {
        if let Some(group) = groups.iter().find(|group| group.len() > 1 && group.iter().any(|name| row["to"] == *name)) {
            row["to"] = json!(random.pick(group));
            changed = true;
        }
    }
    changed
}

/// Other ids of rows, and of screen rows with their place in messages.
fn ids(document: &mut Json) -> bool {
    for (at, row) in document["route"]["rows"].as_array_mut().unwrap().iter_mut().enumerate() {
        row["id"] = json!(format!("changed-{at}"));
    }
    *document = serde_json::from_str(&document.to_string().replace("\"out-", "\"gone-").replace("screened:out-", "screened:gone-")).unwrap();
    true
}

fn moves(document: &mut Json, random: &mut Random) -> bool {
    let Some(stages) = document.get_mut("stages") else { return false };
    if random.chance(50) {
        stages["moves"].as_array_mut().unwrap().reverse();
    } else {
        stages["list"].as_object_mut().unwrap().values_mut().for_each(|stage| *stage = json!({}));
    }
    true
}

/// One more of something secret.
fn added(document: &mut Json, random: &mut Random) -> bool {
    let (section, name, body) = match random.below(4) {
        0 => ("fields", "added_field", json!({ "type": "double", "min": 0, "max": 7 })),
        1 => ("lists", "added_list", json!({ "values": ["rival.example"] })),
        2 => ("derive", "added_derive", json!("1 + 1")),
        _ => ("scores", "added_score", json!({ "rules": { "one": { "when": "true", "points": 3 } } })),
    };
    let entries = document.as_object_mut().unwrap().entry(section).or_insert(json!({})).as_object_mut().unwrap();
    if entries.contains_key(name) {
        return false;
    }
    entries.shift_insert(random.below(entries.len() + 1), name.to_owned(), body);
    true
}
