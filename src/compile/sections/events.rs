//! Events, signals, and rules of scores that count events.

use std::sync::Arc;

use super::super::Builder;
use super::super::decay;
use super::super::names::unknown;
use super::tables::output_value;
use crate::cel::{Checked, CheckedKind, EnumType, Env, EnvVariable, Expected, Type};
use crate::document::{AttributeDef, Code, EachDef, ElseDef, FieldType, OutputDef, SelectDef};
use crate::engine::SAFE_INTEGER;
use crate::engine::machine::{Bound, WORK_LIMIT, worst_case};
use crate::program::{Attribute, Domain, EachRule, EventType, FIRST_ATTRIBUTE, Measure, NodeId, Select, Signal, Value};
use crate::report::{Diagnostic, Spanned};

impl Builder<'_> {
    /// Event types and signals. What is secret in a slice is computed nowhere else.
    pub fn events(&mut self) {
        if self.secrets.is_some() {
            return;
        }
        let document = self.document;
        for event in &document.events {
            let mut attributes = Vec::new();
            for attribute in &event.attributes {
                let found = Attribute { name: attribute.name.value.clone(), domain: domain(attribute) };
                let known = &mut self.program.life.events.attributes;
                let at = known.iter().position(|known| *known == found).unwrap_or_else(|| {
                    known.push(found);
                    known.len() - 1
                });
                attributes.push(at as u16);
            }
            self.program.life.events.types.push(EventType { name: event.name.value.clone(), attributes, ignore: None });
        }
        for (at, event) in document.events.iter().enumerate() {
            let Some(code) = &event.ignore else { continue };
            let (ignore, faults) = self.filter(code, &[at as u16]);
            if faults {
                self.faulting_events.insert(at as u16);
            }
            if let Some(place) = self.program.life.events.types.get_mut(at) {
                place.ignore = ignore;
            }
        }
        for signal in &document.signals {
            let Some(&field) = self.index.get(&signal.name.value) else { continue };
            let Some((select, filtered)) = self.select(&signal.select) else { continue };
            let measure = signal.measure;
            // A sum may leave the range of its numbers.
            let faults = filtered || measure == Measure::Sum;
            let otherwise = match &signal.otherwise {
                Some(ElseDef::Absent) => None,
                Some(ElseDef::Value(value)) => {
                    let of = document.fields.iter().find(|field| field.name.value == signal.name.value);
                    let output = of.map(|of| OutputDef { name: of.name.clone(), ty: of.ty, values: of.values.clone() });
                    output.and_then(|output| output_value(value, &output).map_err(|found| self.error(found)).ok())
                }
                None => match measure {
                    Measure::Count | Measure::Distinct => Some(Value::Int(0)),
                    Measure::Exists => Some(Value::Bool(false)),
                    Measure::Sum => match self.program.variables.get(field).map(|variable| &variable.domain) {
                        Some(Domain::Int(..)) => Some(Value::Int(0)),
                        _ => Some(Value::Double(0.0)),
                    },
                    _ => None,
                },
            };
            if let Some(place) = self.faulting.get_mut(field) {
                *place |= faults;
            }
            self.program.life.events.signals.push(Signal { field: field as u16, measure, select, otherwise, faults });
        }
    }

    /// A rule that counts events; whether it may fault.
    pub fn each(&mut self, each: &EachDef, place: (u16, (u16, u16))) -> bool {
        if self.secrets.is_some() {
            let found = Diagnostic::error("page-needs-full", each.points.span, "the page cannot run this: its build of the engine knows no events");
            self.error(found.help("take the score out of `page`, or move the rule into a score of its own that stays on the server"));
            return false;
        }
        let Some((select, faults)) = self.select(&each.select) else { return false };
        self.program.life.events.rules.push(EachRule {
            place,
            select,
            points: each.points.value,
            decay: each.half_life.as_ref().map(|days| decay::table(days.value)),
            steps: each.steps.iter().map(|(days, left)| (days.value, left.value)).collect(),
            min: each.min.as_ref().map(|min| min.value),
            max: each.max.as_ref().map(|max| max.value),
            faults,
        });
        faults
    }

    /// Which events count, and whether telling so may fault; none where it was reported.
    fn select(&mut self, select: &SelectDef) -> Option<(Select, bool)> {
        let document = self.document;
        let mut of = Vec::new();
        let mut kinds = Vec::new();
        for (event, attribute) in &select.of {
            let Some(kind) = document.events.iter().position(|known| known.name.value == event.value) else {
                let known: Vec<&str> = document.events.iter().map(|known| known.name.value.as_str()).collect();
                // What a signal names was looked at when the document was read.
                if attribute.is_none() && !document.signals.iter().any(|signal| signal.select == *select) {
                    self.error(unknown("unknown-event", event, &format!("`{}` is not an event", event.value), &known));
                }
                return None;
            };
            let attributes = self.program.life.events.types.get(kind).map(|kind| kind.attributes.clone()).unwrap_or_default();
            let named = |at: &&u16| self.program.life.events.attributes.get(usize::from(**at)).zip(attribute.as_ref()).is_some_and(|(known, named)| known.name == named.value);
            let found = attributes.iter().find(named).copied();
            if attribute.is_some() && found.is_none() {
                return None;
            }
            of.push((kind as u16, found));
            kinds.push(kind as u16);
        }
        let ignoring = kinds.iter().any(|&kind| self.program.life.events.types.get(usize::from(kind)).is_some_and(|kind| kind.ignore.is_some()));
        let (filter, faults) = match &select.filter {
            Some(code) => self.filter(code, &kinds),
            None => (None, false),
        };
        Some((Select { of, within: select.within.as_ref().map(|within| within.value.unsigned_abs()), filter }, faults || ignoring && self.ignoring_faults(&kinds)))
    }

    fn ignoring_faults(&self, kinds: &[u16]) -> bool {
        kinds.iter().any(|kind| self.faulting_events.contains(kind))
    }

    /// A condition on events of these types, and whether it may fault.
    fn filter(&mut self, code: &Code, kinds: &[u16]) -> (Option<NodeId>, bool) {
        let env = self.env_of_events(kinds);
        let Some(mut checked) = self.expression(code, &env, Expected::Condition) else { return (None, true) };
        shift(&mut checked);
        let faults = self.may_fault(&checked);
        let node = self.lower(&checked);
        let attributes = &self.program.life.events.attributes;
        let bound = |at: u16| match attributes.get(usize::from(at.wrapping_sub(FIRST_ATTRIBUTE))).map(|attribute| &attribute.domain) {
            Some(Domain::Int(low, high)) => Bound::ints(*low, *high),
            Some(Domain::Double(..)) => Bound::double(),
            Some(Domain::Finite(values)) => Bound::values(values),
            _ => Bound::texts(crate::program::MOST_ATTRIBUTE_TEXT),
        };
        let worst = worst_case(&self.program, node, &bound);
        if worst.work > WORK_LIMIT {
            let message = format!("this can take more than {WORK_LIMIT} steps of work for one event, and that is a fault");
            self.error(Diagnostic::warning("costly-expression", code.span, message).help("visit fewer elements, or nest fewer comprehensions"));
        }
        (Some(node), faults)
    }

    /// What names refer to in a condition on events of these types: attributes that all of them have, and lists.
    fn env_of_events(&self, kinds: &[u16]) -> Env {
        let events = &self.program.life.events;
        let types: Vec<_> = kinds.iter().filter_map(|&kind| events.types.get(usize::from(kind))).collect();
        let mut env = Env { lists: self.env.lists.clone(), ..Env::default() };
        for (at, attribute) in events.attributes.iter().enumerate() {
            let having = types.iter().filter(|kind| kind.attributes.contains(&(at as u16))).count();
            let barred = (having < types.len()).then(|| format!("`event.{}` is not known of every event here, or not of the same type", attribute.name));
            // A name that nobody can write stands for attributes of other events.
            let name = if having > 0 { format!("event.{}", attribute.name) } else { String::new() };
            let ty = match &attribute.domain {
                Domain::Int(..) => Type::Int,
                Domain::Double(..) => Type::Double,
                Domain::Finite(values) => match values.first() {
                    Some(Value::Bool(_)) => Type::Bool,
                    _ => Type::Enum(Arc::new(EnumType { name: format!("attribute `{}`", attribute.name), values: values.iter().filter_map(text).collect() })),
                },
                Domain::Text | Domain::Any => Type::String,
            };
            env.variables.push(EnvVariable { name, ty, is_field: false, is_derive: true, barred });
        }
        env
    }
}

/// Makes an expression's variables those of attributes.
fn shift(checked: &mut Checked) {
    if let CheckedKind::Variable(variable) | CheckedKind::State(_, variable) = &mut checked.kind {
        *variable += usize::from(FIRST_ATTRIBUTE);
    }
    checked.parts_mut().into_iter().for_each(shift);
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.to_string()),
        _ => None,
    }
}

fn domain(attribute: &AttributeDef) -> Domain {
    let finite = |values: &[Spanned<String>]| Domain::Finite(values.iter().map(|value| Value::String(value.value.as_str().into())).collect());
    match attribute.ty {
        FieldType::String => Domain::Text,
        FieldType::Int => Domain::Int(-SAFE_INTEGER, SAFE_INTEGER),
        FieldType::Double => Domain::Double(f64::MIN, f64::MAX),
        FieldType::Bool => Domain::Finite(vec![Value::Bool(false), Value::Bool(true)]),
        FieldType::Enum => finite(&attribute.values),
    }
}
