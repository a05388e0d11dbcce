//! Behaviours: event types, and what is computed from a lead's events.

use super::codec::{choice, record};
use super::validate::Check;
use super::{Domain, LoadErrorKind as Kind, Milli, NodeId, ScoreBody, Value, VariableId};

/// How many events a lead may bring along.
pub const MOST_EVENTS: usize = 10_000;
/// How many code points a text among the attributes of an event may have.
pub const MOST_ATTRIBUTE_TEXT: u32 = 2_000;
/// The first variable that is an attribute of an event, in conditions on events; attribute 0 is this one. No program has so many other variables.
pub const FIRST_ATTRIBUTE: VariableId = 0x8000;
/// How many milliseconds the longest window has: a hundred years.
const LONGEST: u64 = 36_525 * 86_400_000;
/// The longest half-life, in days: three years.
pub const LONGEST_HALF_LIFE: u32 = 1_096;
/// How many event types, attributes, signals or rules a program may have.
const MOST: usize = 10_000;

/// What is computed from a lead's events.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Events {
    /// Attributes: those of several event types that have one name and the same values stand once.
    pub attributes: Vec<Attribute>,
    /// Event types, in the author's order.
    pub types: Vec<EventType>,
    /// Fields that are computed.
    pub signals: Vec<Signal>,
    /// Rules of scores that count events.
    pub rules: Vec<EachRule>,
}

/// An attribute of events.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// The values that it can have.
    pub domain: Domain,
}

/// An event type.
#[derive(Debug, Clone, PartialEq)]
pub struct EventType {
    /// Its name.
    pub name: String,
    /// Its attributes.
    pub attributes: Vec<u16>,
    /// Events of which this holds do not count anywhere.
    pub ignore: Option<NodeId>,
}

/// Which events count.
#[derive(Debug, Clone, PartialEq)]
pub struct Select {
    /// Event types, each with the attribute that is looked at.
    pub of: Vec<(u16, Option<u16>)>,
    /// Only those that are younger, in milliseconds.
    pub within: Option<u64>,
    /// Only those of which this holds.
    pub filter: Option<NodeId>,
}

/// A field that is computed from events.
#[derive(Debug, Clone, PartialEq)]
pub struct Signal {
    /// The field.
    pub field: VariableId,
    /// What is computed.
    pub measure: Measure,
    /// Of which events.
    pub select: Select,
    /// What it is where no event counts; none: absent.
    pub otherwise: Option<Value>,
    /// It may fault.
    pub faults: bool,
}

/// What a signal computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// How many events there are.
    Count,
    /// Whether there is one.
    Exists,
    /// What an attribute adds up to.
    Sum,
    /// How many different values an attribute has.
    Distinct,
    /// The least value of an attribute.
    Min,
    /// The greatest value of an attribute.
    Max,
    /// The attribute's value in the first event that has one.
    First,
    /// The attribute's value in the last event that has one.
    Last,
    /// Whole 24-hour periods since the first event.
    DaysSinceFirst,
    /// Whole 24-hour periods since the last event.
    DaysSinceLast,
}

/// A rule that gives points for each event. It stands among the rules of its group as one without cases.
#[derive(Debug, Clone, PartialEq)]
pub struct EachRule {
    /// The score, the group in it and the rule in that, by index.
    pub place: (u16, (u16, u16)),
    /// Which events.
    pub select: Select,
    /// Points of one event.
    pub points: Milli,
    /// Decay: what is left after each day of a half-life but the first, in units of 2^-32.
    pub decay: Option<Vec<u32>>,
    /// From so many days on so many thousandths are left, ascending.
    pub steps: Vec<(u32, u32)>,
    /// All events together give at least this.
    pub min: Option<Milli>,
    /// All events together give at most this.
    pub max: Option<Milli>,
    /// It may fault.
    pub faults: bool,
}

record! {
    Events { attributes, types, signals, rules }
    Attribute { name, domain }
    EventType { name, attributes, ignore }
    Select { of, within, filter }
    Signal { field, measure, select, otherwise, faults }
    EachRule { place, select, points, decay, steps, min, max, faults }
}

choice! {
    Measure {
        0 => Count, 1 => Exists, 2 => Sum, 3 => Distinct, 4 => Min, 5 => Max, 6 => First, 7 => Last, 8 => DaysSinceFirst, 9 => DaysSinceLast,
    }
}

impl Events {
    /// The rules of a group, by their index here.
    pub fn of_group(&self, score: usize, group: u16) -> impl Iterator<Item = usize> {
        let of = |rule: &EachRule| (usize::from(rule.place.0), rule.place.1.0);
        let start = self.rules.partition_point(|rule| of(rule) < (score, group));
        let end = self.rules.partition_point(|rule| of(rule) <= (score, group));
        start..end
    }

    /// Whether there is nothing to compute.
    pub fn is_empty(&self) -> bool {
        self.signals.is_empty() && self.rules.is_empty()
    }
}

/// What is computed fits the types, fields and scores.
pub(super) fn check(check: &mut Check) {
    let program = check.program;
    let events = &program.life.events;
    for count in [events.attributes.len(), events.types.len(), events.signals.len(), events.rules.len()] {
        check.ensure(count <= MOST, Kind::Shape);
    }
    for attribute in &events.attributes {
        check.ensure(!attribute.name.is_empty() && !matches!(attribute.domain, Domain::Any), Kind::Shape);
    }
    for kind in &events.types {
        check.ensure(!kind.name.is_empty(), Kind::Shape);
        check.indexes(&kind.attributes, events.attributes.len());
        filter(check, kind.ignore);
    }
    check.ensure(events.is_empty() || program.variables.len() <= usize::from(FIRST_ATTRIBUTE), Kind::Shape);
    let mut last = None;
    for signal in &events.signals {
        check.ensure(last.is_none_or(|last| last < signal.field), Kind::Shape);
        last = Some(signal.field);
        check.ensure(program.fields.get(usize::from(signal.field)).is_some_and(|field| field.from_host), Kind::Shape);
        select(check, &signal.select);
    }
    let mut last = None;
    for rule in &events.rules {
        check.ensure(last.is_none_or(|last| last < rule.place), Kind::Shape);
        last = Some(rule.place);
        let (score, (group, at)) = rule.place;
        let found = match program.scores.get(usize::from(score)).map(|score| &score.body) {
            Some(ScoreBody::Groups(groups)) => groups.get(usize::from(group)).and_then(|group| group.rules.get(usize::from(at))),
            _ => None,
        };
        check.ensure(found.is_some_and(|rule| rule.cases.is_empty()), Kind::Shape);
        select(check, &rule.select);
        for points in [Some(rule.points), rule.min, rule.max].into_iter().flatten() {
            check.points(points, points);
        }
        check.ensure(rule.decay.as_ref().is_none_or(|decay| decay.len() < LONGEST_HALF_LIFE as usize), Kind::Shape);
        check.ensure(rule.steps.is_sorted_by(|a, b| a.0 < b.0) && rule.steps.iter().all(|&(_, left)| left <= 1000), Kind::Shape);
    }
}

fn select(check: &mut Check, select: &Select) {
    let events = &check.program.life.events;
    for &(kind, attribute) in &select.of {
        check.index(usize::from(kind), events.types.len());
        let of_type = |attribute: u16| events.types.get(usize::from(kind)).is_some_and(|kind| kind.attributes.contains(&attribute));
        check.ensure(attribute.is_none_or(of_type), Kind::Index);
    }
    check.ensure(select.within.is_none_or(|within| (1..=LONGEST).contains(&within)), Kind::Shape);
    filter(check, select.filter);
}

fn filter(check: &mut Check, filter: Option<NodeId>) {
    let nodes = check.program.expressions.nodes.len();
    filter.iter().for_each(|&filter| check.index(filter as usize, nodes));
}
