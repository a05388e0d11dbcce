//! The forms of the whole language on values: macros of two variables, bindings, optional values.

use super::evaluate::{Doubt, Evaluation, Stop, at};
use super::{Fault, compare};
use crate::program::{Form, NodeId, Value};

/// An element of a range: what the two variables of a macro stand for.
type Entry = (Value, Value);

impl Evaluation<'_> {
    /// Why a bound variable has no value.
    pub(super) fn bound_stop(&self, level: u8) -> Option<Stop> {
        self.bound_stops.iter().find(|(at, _)| *at == usize::from(level)).map(|(_, stop)| *stop)
    }

    pub(super) fn form(&mut self, id: NodeId, form: Form, parts: &[NodeId], base: usize) -> Result<Value, Stop> {
        match (form, parts) {
            (Form::Bind, [init, body]) => {
                let bound = self.node(*init);
                if let Err(stop @ Stop::Fault(Fault::Fuel, _)) = bound {
                    return Err(stop);
                }
                let level = self.locals.len();
                self.locals.push(match bound {
                    Ok(value) => value,
                    Err(stop) => {
                        self.bound_stops.push((level, stop));
                        Value::Null
                    }
                });
                let result = self.node(*body);
                self.locals.truncate(level);
                self.bound_stops.retain(|(at, _)| *at < level);
                result
            }
            (Form::All, [range, predicate]) => self.quantified(*range, *predicate, false),
            (Form::Exists, [range, predicate]) => self.quantified(*range, *predicate, true),
            (Form::ExistsOne, [range, predicate]) => {
                let mut count = 0;
                self.visit_entries(*range, Some(*predicate), None, &mut |_, _| {
                    count += 1;
                    Ok(())
                })?;
                Ok(Value::Bool(count == 1))
            }
            (Form::TransformList | Form::TransformMap | Form::TransformMapEntry, [range, rest @ .., result]) => {
                self.transformed(id, form, *range, rest.first().copied(), *result)
            }
            (Form::List, _) => {
                self.strict(parts.iter().copied())?;
                list_of(self.operands(base)).map_err(at(id))
            }
            (Form::Map, _) => {
                self.strict(parts.iter().copied())?;
                let parts: Vec<Value> = self.operands(base).to_vec();
                let mut entries = Vec::new();
                for part in parts.chunks_exact(3) {
                    let [optional, key, value] = part else { continue };
                    if let Some(value) = given(optional, value).map_err(at(id))? {
                        self.enter(&mut entries, key.clone(), value).map_err(at(id))?;
                    }
                }
                Ok(Value::Map(entries.into()))
            }
            (Form::Missing, _) => {
                self.strict(parts.iter().copied())?;
                Err(Stop::Fault(Fault::NoOverload, id))
            }
            _ => Err(Stop::Fault(Fault::Malformed, id)),
        }
    }

    /// The entries of a map or, with their places, the elements of a list.
    fn entries(&mut self, range: NodeId) -> Result<Vec<Entry>, Stop> {
        match self.node(range)? {
            Value::List(elements) => Ok(elements.iter().enumerate().map(|(place, element)| (Value::Int(place as i64), element.clone())).collect()),
            Value::Map(entries) => Ok(entries.to_vec()),
            _ => Err(Stop::Fault(Fault::NoOverload, range)),
        }
    }

    /// A part with the two variables of a macro.
    fn within(&mut self, (key, value): &Entry, part: NodeId) -> Result<Value, Stop> {
        self.locals.extend([key.clone(), value.clone()]);
        let result = self.node(part);
        self.locals.truncate(self.locals.len().saturating_sub(2));
        result
    }

    fn quantified(&mut self, range: NodeId, predicate: NodeId, deciding: bool) -> Result<Value, Stop> {
        let mut doubt = Doubt(None);
        for entry in self.entries(range)? {
            self.work.spend(1).map_err(at(range))?;
            let holds = self.within(&entry, predicate).and_then(|value| truth(&value, predicate));
            if doubt.decides(holds, deciding)? {
                return Ok(Value::Bool(deciding));
            }
        }
        doubt.settle(Value::Bool(!deciding))
    }

    /// Visits what a macro keeps, strictly: a fault decides at once, an unknown waits for faults that may follow.
    fn visit_entries(
        &mut self,
        range: NodeId,
        predicate: Option<NodeId>,
        result: Option<NodeId>,
        keep: &mut dyn FnMut(&Value, Value) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let mut doubt = Doubt(None);
        for entry in self.entries(range)? {
            self.work.spend(1).map_err(at(range))?;
            let holds = predicate.map_or(Ok(true), |predicate| self.within(&entry, predicate).and_then(|value| truth(&value, predicate)));
            if doubt.decides(holds, true)? {
                let made = result.map_or(Ok(Value::Null), |result| self.within(&entry, result));
                match made {
                    Ok(made) => keep(&entry.0, made)?,
                    Err(stop) => doubt.note(stop)?,
                }
            }
            if let Some(stop @ Stop::Fault(..)) = doubt.0 {
                return Err(stop);
            }
        }
        doubt.0.map_or(Ok(()), Err)
    }

    fn transformed(&mut self, id: NodeId, form: Form, range: NodeId, predicate: Option<NodeId>, result: NodeId) -> Result<Value, Stop> {
        let mut kept = Vec::new();
        self.visit_entries(range, predicate, Some(result), &mut |key, made| {
            kept.push((key.clone(), made));
            Ok(())
        })?;
        match form {
            Form::TransformList => Ok(Value::List(kept.into_iter().map(|(_, made)| made).collect())),
            Form::TransformMap => Ok(Value::Map(kept.into())),
            _ => {
                let mut entries = Vec::new();
                for (_, made) in kept {
                    let Value::Map(made) = made else { return Err(Stop::Fault(Fault::NoOverload, result)) };
                    for (key, value) in made.iter() {
                        self.enter(&mut entries, key.clone(), value.clone()).map_err(at(id))?;
                    }
                }
                Ok(Value::Map(entries.into()))
            }
        }
    }

    /// Adds an entry to a map.
    fn enter(&mut self, entries: &mut Vec<Entry>, key: Value, value: Value) -> Result<(), Fault> {
        if !compare::is_key(&key) || compare::entry(entries, &key, &mut self.work)?.is_some() {
            return Err(Fault::Argument);
        }
        entries.push((key, value));
        Ok(())
    }
}

fn truth(value: &Value, node: NodeId) -> Result<bool, Stop> {
    match value {
        Value::Bool(holds) => Ok(*holds),
        _ => Err(Stop::Fault(Fault::NoOverload, node)),
    }
}

/// What an element of a literal gives; nothing where it is optional and missing.
fn given(optional: &Value, value: &Value) -> Result<Option<Value>, Fault> {
    match (optional, value) {
        (Value::Bool(true), _) => Err(Fault::NoOverload),
        _ => Ok(Some(value.clone())),
    }
}

fn list_of(parts: &[Value]) -> Result<Value, Fault> {
    let mut elements = Vec::new();
    for part in parts.chunks_exact(2) {
        let [optional, value] = part else { continue };
        elements.extend(given(optional, value)?);
    }
    Ok(Value::List(elements.into()))
}
