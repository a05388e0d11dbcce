//! Random leads for a policy.

use crate::reference::Policy;
use crate::reference::enumerate::{Candidates, valid};
use crate::reference::lead::{Answer, json};
use crate::reference::list::normalize;
use crate::reference::policy::{Field, Type};
use crate::reference::random::Random;
use crate::reference::value::Value;
use serde_json::{Map, Value as Json, json};

/// A lead as JSON; each field is open so many times in a hundred.
pub fn lead(random: &mut Random, policy: &Policy, candidates: &Candidates, open: u64) -> Json {
    let mut lead = Map::new();
    for (_, name, field) in policy.fields() {
        // Signals are computed, mostly.
        if field.signal.is_some() && random.chance(80) {
            continue;
        }
        if random.chance(open) {
            lead.insert(name.to_owned(), json!({ "open": true }));
            continue;
        }
        let answer = match random.below(20) {
            0 => continue,
            1 | 2 => Json::Null,
            3 | 4 => json!({ "declined": true }),
            5..=7 => match value(random, field, &candidates[name]) {
                Some(value) => json!({ "value": value, "source": "record" }),
                None => Json::Null,
            },
            8 => json!({ "value": value(random, field, &candidates[name]), "source": "typed" }),
            _ => json!(value(random, field, &candidates[name])),
        };
        let typed_nothing = answer.get("value").is_some_and(Json::is_null);
        lead.insert(name.to_owned(), if typed_nothing { Json::Null } else { answer });
    }
    Json::Object(lead)
}

/// A valid value; texts not always in normal form. None where the field has no candidates.
fn value(random: &mut Random, field: &Field, candidates: &[Answer]) -> Option<Json> {
    let values: Vec<&Value> = candidates.iter().filter_map(|answer| if let Answer::Typed(value) = answer { Some(value) } else { None }).collect();
    let value = match &field.ty {
        Type::Int(low, high) if random.chance(25) => Value::Int(random.between((*low).max(-2), (*high).min(3))),
        Type::Int(low, high) if random.chance(40) => Value::Int(random.between((*low).max(-20), (*high).min(100))),
        Type::Double(low, high) if random.chance(40) => Value::Double(random.between(-80, 400) as f64 / 4.0).clamped(*low, *high),
        _ if values.is_empty() => return None,
        // Short texts are the document's own more often.
        Type::Text => {
            let drawn = [0; 3].map(|_| (*random.pick(&values)).clone());
            drawn.into_iter().min_by_key(|value| if let Value::Text(text) = value { text.len() } else { 0 })?
        }
        _ => (*random.pick(&values)).clone(),
    };
    let Value::Text(text) = &value else { return Some(json(&value)) };
    if field.ty != Type::Text {
        return Some(json(&value));
    }
    let written = match random.below(8) {
        0 => format!("  {text}\t"),
        1 => text.to_uppercase(),
        2 => text.chars().map(|c| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xFEE0).unwrap() } else { c }).collect(),
        3 => text.replace(' ', " \u{3000} "),
        4 => " ".to_owned(),
        _ => text.to_string(),
    };
    let normal = normalize(&written, &field.normalize);
    let fits = normal.is_empty() || valid(field, &normal);
    Some(json!(if fits && written.chars().count() <= field.max_length { written } else { text.to_string() }))
}

impl Value {
    fn clamped(self, low: f64, high: f64) -> Self {
        if let Self::Double(number) = self { Self::Double(number.clamp(low, high)) } else { self }
    }
}
