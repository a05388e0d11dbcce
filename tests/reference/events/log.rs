//! A lead's events, each id once, in one order.

use super::{Events, Select};
use crate::reference::expression::Reader;
use crate::reference::list::List;
use crate::reference::policy::Type;
use crate::reference::value::{State, Truth, Value};
use serde_json::Value as Json;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub kind: usize,
    /// Milliseconds since 1970.
    pub at: i64,
    pub id: Option<String>,
    /// By the attribute's place.
    pub values: BTreeMap<usize, Value>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Log(pub Vec<Event>);

impl Log {
    pub fn read(events: &Events, json: &Json) -> Self {
        let mut all: Vec<Event> = json.as_array().into_iter().flatten().map(|json| Event::read(events, json)).collect();
        all.sort_by(Event::order);
        let mut seen = BTreeSet::new();
        all.retain(|event| event.id.as_ref().is_none_or(|id| seen.insert(id.clone())));
        Self(all)
    }

    /// The events that count at a moment, in order; none where that cannot be told of one.
    pub fn counted<'l>(&'l self, events: &Events, select: &Select, now: i64, lists: &[List]) -> Option<Vec<&'l Event>> {
        let mut counted = Vec::new();
        for event in &self.0 {
            match event.counts(events, select, now, lists) {
                Truth::T => counted.push(event),
                Truth::E => return None,
                Truth::F | Truth::U => {}
            }
        }
        Some(counted)
    }
}

impl Event {
    fn read(events: &Events, json: &Json) -> Self {
        let kind = events.types.iter().position(|kind| json["type"] == *kind.name).expect("an event of the policy");
        let attributes = events.types[kind].attributes.iter();
        let value = |at: &usize| {
            let attribute = &events.attributes[*at];
            let value = match (&attribute.ty, &json[attribute.name.as_str()]) {
                (_, Json::Null) => return None,
                (Type::Bool, json) => Value::Bool(json.as_bool().unwrap()),
                (Type::Int(..), json) => Value::Int(json.as_i64().unwrap()),
                (Type::Double(..), json) => Value::Double(json.as_f64().unwrap()),
                (Type::Text, json) if *json == "" => return None,
                (Type::Text | Type::Enum(_), json) => Value::text(json.as_str().unwrap()),
            };
            Some((*at, value))
        };
        Self { kind, at: json["at"].as_i64().unwrap(), id: json["id"].as_str().map(str::to_owned), values: attributes.filter_map(value).collect() }
    }

    /// By time, then type, then id, then attributes.
    fn order(&self, other: &Self) -> Ordering {
        let first = (self.at, self.kind, &self.id).cmp(&(other.at, other.kind, &other.id));
        if first != Ordering::Equal {
            return first;
        }
        let mut pairs = self.values.iter().zip(&other.values);
        let differing = pairs.find(|(one, another)| one != another);
        match differing {
            Some(((at, value), (other_at, other_value))) => at.cmp(other_at).then_with(|| value.compare(other_value).expect("values of one attribute")),
            None => self.values.len().cmp(&other.values.len()),
        }
    }

    fn counts(&self, events: &Events, select: &Select, now: i64, lists: &[List]) -> Truth {
        let age = now - self.at;
        if age < 0 || select.within.is_some_and(|within| age >= within) || !select.of.iter().any(|(kind, _)| *kind == self.kind) {
            return Truth::F;
        }
        let reader = OfEvent { event: self, lists };
        // What rests on something unknown does not hold.
        let holds = |truth: Truth| if truth == Truth::U { Truth::F } else { truth };
        let ignored = events.types[self.kind].ignore.as_ref().map_or(Truth::F, |ignore| holds(ignore.truth(&reader)));
        let fits = select.filter.as_ref().map_or(Truth::T, |filter| holds(filter.truth(&reader)));
        ignored.not().and(fits)
    }
}

/// What a condition on events reads.
struct OfEvent<'a> {
    event: &'a Event,
    lists: &'a [List],
}

impl Reader for OfEvent<'_> {
    fn state(&self, attribute: usize) -> State {
        self.event.values.get(&attribute).map_or(State::Absent, |value| State::Value(value.clone()))
    }

    fn list(&self, list: usize) -> &List {
        &self.lists[list]
    }
}
