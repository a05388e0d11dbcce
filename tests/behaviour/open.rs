//! Expressions by themselves with open variables: `tests/fixtures/open`. The part `names` declares open variables, a line each with the name and its type in a declaration's JSON; the part
//! `answers` has a line for each expression: `T`, `F`, another value, `E` where it fails whatever they stand for, `check` where it is refused, or `?` with the names that it rests on; and the expression.

use crate::fixture::{Fixture, check};
use serde_json::{Map, Value as Json, json};

fn answer(names: &Map<String, Json>, expression: &str) -> String {
    let bindings: Map<String, Json> = names.keys().map(|name| (name.clone(), json!({ "unknown": true }))).collect();
    let line = json!({ "expr": expression, "bindings": bindings, "type_env": names });
    let answer: Json = serde_json::from_str(&leadgate::answer(&line.to_string())).unwrap();
    if let Some(names) = answer["unknown"].as_array() {
        let names: Vec<&str> = names.iter().map(|name| name.as_str().unwrap()).collect();
        return format!("? {}", names.join(" "));
    }
    match (answer["phase"].as_str(), &answer["value"]["boolValue"]) {
        (Some("evaluate"), _) => "E".to_owned(),
        (Some(phase), _) => phase.to_owned(),
        (None, Json::Bool(true)) => "T".to_owned(),
        (None, Json::Bool(false)) => "F".to_owned(),
        (None, _) => answer["value"].to_string(),
    }
}

fn come_out(fixture: &Fixture) -> String {
    let names = fixture.part("names").lines().map(|line| {
        let (name, ty) = line.split_once(' ').expect("a name and its type");
        (name.to_owned(), serde_json::from_str(ty).expect("a type"))
    });
    let names: Map<String, Json> = names.collect();
    let mut out = String::new();
    for line in fixture.part("answers").lines() {
        if line.is_empty() || line.starts_with('#') {
            out.push_str(&format!("{line}\n"));
            continue;
        }
        let expression = line.split_once("  ").map_or(line, |(_, expression)| expression).trim();
        out.push_str(&format!("{:<6}  {expression}\n", answer(&names, expression)));
    }
    out
}

#[test]
fn open_variables_decide_what_they_must() {
    assert!(check("open", "answers", come_out) >= 3);
}
