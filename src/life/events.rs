//! A lead's events as the host hands them over.

use super::error::LifeError;
use super::given::Given;
use crate::engine::events::Event;
use crate::engine::{Engine, SAFE_INTEGER};
use crate::program::{Domain, MOST_ATTRIBUTE_TEXT, MOST_EVENTS, Value};

/// What every event has, beside its attributes.
const OWN: [&str; 3] = ["type", "at", "id"];

/// Reads events: `{ type, at, id, … }` with attributes by name.
///
/// # Errors
/// What is not an event of the policy, with its place; more than [`MOST_EVENTS`].
pub fn read(engine: &Engine, given: &Given) -> Result<Vec<Event>, LifeError> {
    given.each(MOST_EVENTS, |item| event(engine, item))
}

fn event(engine: &Engine, given: &Given) -> Result<Event, LifeError> {
    let events = &engine.program().life.events;
    let entries = given.entries()?;
    let name = given.get("type");
    let kind = events.types.iter().position(|kind| Ok(kind.name.as_str()) == name.text());
    let Some((at, kind)) = kind.and_then(|at| Some((at, events.types.get(at)?))) else {
        return Err(LifeError::unknown("unknown-event", name.path(), name.text()?, "an event of the policy", events.types.iter().map(|kind| kind.name.as_str())));
    };
    let mut found = Event::new(at as u16, given.get("at").moment()?);
    found.id = given.get("id").maybe_text()?.map(Into::into);
    let known = || kind.attributes.iter().filter_map(|&at| Some((at, events.attributes.get(usize::from(at))?)));
    for (name, value) in entries {
        if OWN.contains(&name) {
            continue;
        }
        let Some((at, attribute)) = known().find(|(_, attribute)| attribute.name == name) else {
            let names = known().map(|(_, attribute)| attribute.name.as_str());
            return Err(LifeError::unknown("unknown-attribute", value.path(), name, &["an attribute of the event `", &kind.name, "`"].concat(), names));
        };
        if let Some(value) = attribute_value(&attribute.domain, &value)? {
            found.values.push((at, value));
        }
    }
    found.values.sort_by_key(|(at, _)| *at);
    Ok(found)
}

/// A value of an attribute; none where it is not known.
fn attribute_value(domain: &Domain, given: &Given) -> Result<Option<Value>, LifeError> {
    let Some(value) = given.value() else { return Ok(None) };
    let number = |value: &Value| match value {
        Value::Int(value) => Some(*value as f64),
        Value::Double(value) => Some(*value),
        _ => None,
    };
    Ok(Some(match domain {
        Domain::Int(..) => match number(value).filter(|number| number.trunc() == *number && number.abs() <= SAFE_INTEGER as f64) {
            Some(number) => Value::Int(number as i64),
            None => return Err(given.wrong("a whole number")),
        },
        Domain::Double(..) => match number(value).filter(|number| number.is_finite()) {
            Some(number) => Value::Double(number + 0.0),
            None => return Err(given.wrong("a number")),
        },
        Domain::Finite(values) => match values.iter().find(|known| *known == value) {
            Some(known) => known.clone(),
            None => {
                let names: Vec<&str> = values.iter().filter_map(|value| if let Value::String(text) = value { Some(&**text) } else { None }).collect();
                return Err(given.wrong(&if names.is_empty() { "`true` or `false`".to_owned() } else { ["one of ", &names.join(", ")].concat() }));
            }
        },
        Domain::Text | Domain::Any => match value {
            Value::String(text) if text.is_empty() => return Ok(None),
            Value::String(text) if text.len() <= MOST_ATTRIBUTE_TEXT as usize || text.chars().count() <= MOST_ATTRIBUTE_TEXT as usize => Value::String(text.clone()),
            _ => return Err(given.wrong("a text of at most 2000 characters")),
        },
    }))
}
