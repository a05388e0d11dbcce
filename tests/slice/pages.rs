//! Random `page` sections for random policies.

use crate::reference::random::Random;
use leadgate::program::{Domain, Program};
use serde_json::{Map, Value as Json, json};

const MESSAGES: &[&str] = &["soon", "later", "queued"];

/// The names of a section's entries.
pub fn names(document: &Json, section: &str) -> Vec<String> {
    document[section].as_object().into_iter().flat_map(|entries| entries.keys().cloned()).collect()
}

/// A page with a random part of everything; `percent` of the names are public.
pub fn page(document: &Json, program: &Program, percent: u64, random: &mut Random) -> Json {
    let mut page = Map::new();
    for (key, section) in [("fields", "fields"), ("lists", "lists"), ("derives", "derive"), ("scores", "scores"), ("tables", "tables")] {
        let public: Vec<String> = names(document, section).into_iter().filter(|_| random.chance(percent)).collect();
        page.insert(key.to_owned(), json!(public));
    }
    page.insert("bounds".to_owned(), bounds(document, program));
    page.insert("messages".to_owned(), messages(document, random));
    Json::Object(page)
}

/// Bounds of every number: those that are declared or written as a range, otherwise none worth having.
fn bounds(document: &Json, program: &Program) -> Json {
    let mut bounds = Map::new();
    for variable in program.variables.iter().filter(|variable| !variable.name.is_empty()) {
        let declared = match (&variable.domain, document["scores"][&variable.name]["range"].as_array()) {
            (_, Some(range)) => json!(range),
            (Domain::Int(low, high), _) if low.unsigned_abs() < 1 << 52 && high.unsigned_abs() < 1 << 52 => json!([low, high]),
            (Domain::Int(..) | Domain::Double(..), _) => json!([f64::MIN, f64::MAX]),
            _ => continue,
        };
        let section = ["fields", "derive", "scores"].into_iter().find(|section| document[section].get(&variable.name).is_some());
        if section.is_some() {
            bounds.insert(variable.name.clone(), declared);
        }
    }
    Json::Object(bounds)
}

/// Every outcome that comes out of a document.
pub fn outcomes(document: &Json) -> Vec<String> {
    let routes = document["route"]["outcomes"].as_array().into_iter().flatten().map(|outcome| outcome.as_str().unwrap().to_owned());
    routes.chain(names(document, "screen").into_iter().map(|id| format!("screened:{id}"))).collect()
}

fn messages(document: &Json, random: &mut Random) -> Json {
    let mut of: Vec<Vec<String>> = vec![Vec::new(); MESSAGES.len()];
    for outcome in outcomes(document) {
        if random.chance(75) {
            of[random.below(MESSAGES.len())].push(outcome);
        }
    }
    let mut messages: Map<String, Json> = MESSAGES.iter().zip(of).map(|(id, outcomes)| ((*id).to_owned(), json!({ "for": outcomes, "en": id }))).collect();
    messages.insert("thanks".to_owned(), json!({ "en": "thanks", "zh": "谢谢" }));
    Json::Object(messages)
}

/// The message of an outcome.
pub fn message_of(document: &Json, outcome: &str) -> String {
    let messages = document["page"]["messages"].as_object().unwrap();
    let named = messages.iter().find(|(_, message)| message["for"].as_array().into_iter().flatten().any(|named| named == outcome));
    named.or_else(|| messages.iter().find(|(_, message)| message.get("for").is_none())).unwrap().0.clone()
}

/// Takes out of a page what a diagnostic says cannot be in it: the derives that give what is secret, or run on the full build alone, and the fields whose gates are
/// secret. False where there is nothing left to take out.
pub fn mend(document: &mut Json, codes: &[&str]) -> bool {
    let gated: Vec<String> = document["ask"]["questions"].as_array().into_iter().flatten().filter(|question| question.get("when").is_some()).map(|question| question["field"].as_str().unwrap().to_owned()).collect();
    let page = document["page"].as_object_mut().unwrap();
    if codes.contains(&"secret-gate") {
        let fields = page["fields"].as_array_mut().unwrap();
        let before = fields.len();
        fields.retain(|field| !gated.iter().any(|gated| field == gated));
        return fields.len() < before;
    }
    // What runs on the full build alone may stand in a row of the route: then a field that it reads stays secret. It may be a table of which more than the first row that holds counts.
    ["derives", "tables", "fields"].into_iter().any(|names| page[names].as_array_mut().unwrap().pop().is_some())
}
