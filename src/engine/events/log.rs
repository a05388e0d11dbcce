//! A lead's events, in an order that does not depend on the one in which they came.

use std::cmp::Ordering;

use crate::engine::Engine;
use crate::engine::machine::{Inputs, Reading, evaluate};
use super::measure::DAY;
use crate::program::{FIRST_ATTRIBUTE, Measure, NodeId, Select, Truth, Value, VariableId};
use crate::time::Moment;

/// Something that a lead did.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its type, by index in the program.
    pub kind: u16,
    /// When.
    pub at: Moment,
    /// Its id: of several events with one id, one counts.
    pub id: Option<Box<str>>,
    /// What is known of it: attributes by index in the program, with their values.
    pub values: Vec<(u16, Value)>,
}

impl Event {
    /// An event of which no more is known than its type and time.
    pub fn new(kind: u16, at: Moment) -> Self {
        Self { kind, at, id: None, values: Vec::new() }
    }
}

/// An event as something counts it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub at: Moment,
    /// The attribute's value; none where the event has none.
    pub value: Option<Value>,
    /// Whether it counts cannot be told.
    pub fault: bool,
}

/// A lead's events, made ready: for each signal and rule those that count, whatever the moment.
///
/// Late, repeated and unordered events give the same log: events are sorted by time, then type, then id, then attributes. Of several with one id the first in this
/// order counts. Events of the future count when their time has come.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Log {
    signals: Vec<Vec<Entry>>,
    rules: Vec<Vec<Entry>>,
    /// How many events it has, repeated ones once.
    pub count: usize,
}

impl Log {
    /// The log of a lead's events.
    pub fn new(engine: &Engine, mut events: Vec<Event>) -> Self {
        events.sort_by(order);
        let mut seen = std::collections::BTreeSet::new();
        events.retain(|event| event.id.as_ref().is_none_or(|id| seen.insert(id.clone())));
        let found = &engine.program().life.events;
        // Whether an event is ignored; none where that cannot be told.
        let ignored: Vec<Option<bool>> = events
            .iter()
            .map(|event| match found.types.get(usize::from(event.kind)).map(|kind| kind.ignore) {
                Some(Some(ignore)) => holds(engine, ignore, event),
                Some(None) => Some(false),
                None => Some(true),
            })
            .collect();
        let select = |select: &Select| entries(engine, select, &events, &ignored);
        Self { signals: found.signals.iter().map(|signal| select(&signal.select)).collect(), rules: found.rules.iter().map(|rule| select(&rule.select)).collect(), count: events.len() }
    }

    /// The next moment after one at which a signal or a rule may come to something else.
    pub fn next_change(&self, engine: &Engine, after: Moment) -> Option<Moment> {
        let found = &engine.program().life.events;
        let signals = found.signals.iter().zip(&self.signals).flat_map(|(signal, entries)| {
            let days = match signal.measure {
                Measure::DaysSinceFirst => window(entries, signal.select.within, after).first(),
                Measure::DaysSinceLast => window(entries, signal.select.within, after).last(),
                _ => None,
            };
            [ends(entries, signal.select.within, after), days.map(|entry| next_day(entry, after))]
        });
        let rules = found.rules.iter().zip(&self.rules).flat_map(|(rule, entries)| {
            let aging = || window(entries, rule.select.within, after).iter();
            let days = if rule.decay.is_some() { aging().map(|entry| next_day(entry, after)).min() } else { None };
            let steps = aging().flat_map(|entry| rule.steps.iter().map(|&(days, _)| entry.at + i64::from(days) * DAY)).filter(|moment| *moment > after).min();
            [ends(entries, rule.select.within, after), days.into_iter().chain(steps).min()]
        });
        signals.chain(rules).flatten().min()
    }

    /// What a signal counts, ascending.
    pub(super) fn signal(&self, index: usize) -> &[Entry] {
        self.signals.get(index).map(Vec::as_slice).unwrap_or_default()
    }

    /// What a rule counts, ascending.
    pub(super) fn rule(&self, index: usize) -> &[Entry] {
        self.rules.get(index).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Entries up to a moment, those that a window has left aside.
pub(super) fn window(entries: &[Entry], within: Option<u64>, now: Moment) -> &[Entry] {
    let start = within.and_then(|within| now.checked_sub_unsigned(within)).map_or(0, |from| entries.partition_point(|entry| entry.at <= from));
    let end = entries.partition_point(|entry| entry.at <= now);
    entries.get(start..end).unwrap_or_default()
}

/// When an event begins to count, or leaves the window.
fn ends(entries: &[Entry], within: Option<u64>, after: Moment) -> Option<Moment> {
    let begins = entries.get(entries.partition_point(|entry| entry.at <= after)).map(|entry| entry.at);
    let leaves = within.and_then(|within| window(entries, Some(within), after).first()?.at.checked_add_unsigned(within));
    begins.into_iter().chain(leaves).min()
}

/// When an event is a whole day older.
fn next_day(entry: &Entry, after: Moment) -> Moment {
    entry.at + ((after - entry.at) / DAY + 1) * DAY
}

fn entries(engine: &Engine, select: &Select, events: &[Event], ignored: &[Option<bool>]) -> Vec<Entry> {
    let mut found = Vec::new();
    for (event, ignored) in events.iter().zip(ignored) {
        let Some(&(_, attribute)) = select.of.iter().find(|(kind, _)| *kind == event.kind) else { continue };
        if *ignored == Some(true) {
            continue;
        }
        // What does not fit does not count, whether it is ignored or not.
        let counts = match select.filter.map_or(Some(true), |filter| holds(engine, filter, event)) {
            Some(true) => ignored.map(|_| true),
            found => found,
        };
        if counts != Some(false) {
            let value = attribute.and_then(|attribute| value_of(event, attribute)).cloned();
            found.push(Entry { at: event.at, value, fault: counts.is_none() });
        }
    }
    found
}

fn value_of(event: &Event, attribute: u16) -> Option<&Value> {
    event.values.iter().find(|(known, _)| *known == attribute).map(|(_, value)| value)
}

/// Whether a condition holds of an event; none where it faults. What is not known does not hold.
fn holds(engine: &Engine, condition: NodeId, event: &Event) -> Option<bool> {
    match evaluate(engine.program(), engine.texts(), condition, &Attributes(event)).truth() {
        Truth::True => Some(true),
        Truth::False | Truth::Unknown => Some(false),
        Truth::Fault => None,
    }
}

struct Attributes<'a>(&'a Event);

impl Inputs for Attributes<'_> {
    fn read(&self, variable: VariableId) -> Reading {
        let found = variable.checked_sub(FIRST_ATTRIBUTE).and_then(|attribute| value_of(self.0, attribute));
        found.map_or(Reading::Absent, |value| Reading::Value(value.clone()))
    }
}

fn order(a: &Event, b: &Event) -> Ordering {
    let key = |event: &Event| (event.at, event.kind);
    key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id)).then_with(|| {
        let mut left = a.values.iter();
        let mut right = b.values.iter();
        loop {
            match (left.next(), right.next()) {
                (Some((a, x)), Some((b, y))) => match a.cmp(b).then_with(|| compare(x, y)) {
                    Ordering::Equal => {}
                    other => return other,
                },
                (None, None) => return Ordering::Equal,
                (left, _) => return if left.is_none() { Ordering::Less } else { Ordering::Greater },
            }
        }
    })
}

/// An order of the values of one attribute.
pub(super) fn compare(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Int(a), Value::Int(b)) => a.cmp(b),
        (Value::Double(a), Value::Double(b)) => a.total_cmp(b),
        (Value::String(a), Value::String(b)) => a.cmp(b),
        _ => Ordering::Equal,
    }
}
