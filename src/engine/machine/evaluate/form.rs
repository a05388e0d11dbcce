//! The forms of the whole language: bindings, and what optional values put off.

use std::sync::Arc;

use super::{Evaluation, Found};
use crate::engine::machine::possible::Shape;
use crate::engine::machine::{Fault, Kinds};
use crate::program::{Form, NodeId, Value};

/// What a variable was bound to, where that is not one value: what it may come to.
pub(super) struct Bound {
    level: usize,
    values: Vec<Value>,
    found: Found,
}

impl Evaluation<'_> {
    pub(super) fn form(&mut self, id: NodeId, form: Form, parts: &[NodeId]) -> Found {
        let [first, part] = *parts else { return self.fail(Fault::Malformed, id) };
        let base = self.stack.len();
        let over = self.node(first);
        let values = self.stack.split_off(base);
        if form == Form::Bind {
            return self.bind_to(values, over, part);
        }
        // What is held where something is, and whether nothing may be.
        let (mut held, mut missing, mut wrong) = (Vec::new(), false, false);
        for value in values {
            match value {
                Value::Optional(Some(value)) if form == Form::Or => held.push(Value::Optional(Some(value))),
                Value::Optional(Some(value)) => held.push((*value).clone()),
                Value::Optional(None) => missing = true,
                _ => wrong = true,
            }
        }
        let mut shape = Shape::NONE;
        wrong |= !over.shape.kinds.within(Kinds::OPTIONAL);
        if over.shape.kinds.meets(Kinds::OPTIONAL) {
            missing = true;
            shape = if form == Form::Or { over.shape.only(Kinds::OPTIONAL) } else { Shape::all(Kinds::ALL, over.shape.weight) };
        }
        let mut found = Found { shape: Shape::NONE, ..over };
        if wrong {
            found.fault = found.fault.or(Some((Fault::NoOverload, first)));
        }
        if !shape.is_none() || !held.is_empty() {
            let present = Found { shape, ..Found::NOTHING };
            let present = match form {
                Form::OptMap => {
                    let mut made = self.bind_to(held, present, part);
                    for value in self.stack.get_mut(base..).unwrap_or_default() {
                        *value = Value::Optional(Some(Arc::new(std::mem::replace(value, Value::Null))));
                    }
                    if !made.shape.is_none() {
                        made.shape = Shape::all(Kinds::OPTIONAL, made.shape.weight.saturating_add(1));
                    }
                    made
                }
                Form::OptFlatMap => {
                    let made = self.bind_to(held, present, part);
                    self.optionals(base, made, part)
                }
                _ => {
                    self.stack.extend(held);
                    present
                }
            };
            self.join(base, &mut found, base, &present);
        }
        if missing {
            let middle = self.stack.len();
            let other = match form {
                Form::OrValue => self.node(part),
                Form::Or => {
                    let made = self.node(part);
                    self.optionals(middle, made, part)
                }
                _ => self.push(Value::Optional(None)),
            };
            self.join(base, &mut found, middle, &other);
        }
        found
    }

    /// What a part came to, whose values stand on the stack from `base` on: anything but an optional is a fault.
    fn optionals(&mut self, base: usize, found: Found, part: NodeId) -> Found {
        let mut wrong = !found.shape.kinds.within(Kinds::OPTIONAL);
        for value in self.stack.split_off(base) {
            match value {
                Value::Optional(_) => self.stack.push(value),
                _ => wrong = true,
            }
        }
        let shape = if found.shape.kinds.meets(Kinds::OPTIONAL) { found.shape.only(Kinds::OPTIONAL) } else { Shape::NONE };
        Found { shape, fault: found.fault.or(wrong.then_some((Fault::NoOverload, part))), ..found }
    }

    /// A part with one more variable, which may have any of some values, or none.
    fn bind_to(&mut self, mut values: Vec<Value>, found: Found, part: NodeId) -> Found {
        let level = self.locals.len();
        let one = values.len() == 1 && found.shape.is_none() && !found.unknown && found.fault.is_none();
        let value = if one { values.pop() } else { None };
        if value.is_none() {
            self.bound.push(Bound { level, values, found });
        }
        self.locals.push(value);
        let made = self.node(part);
        self.locals.truncate(level);
        self.bound.retain(|bound| bound.level < level);
        made
    }

    pub(super) fn is_bound(&self, level: u8) -> bool {
        self.bound.iter().any(|bound| bound.level == usize::from(level))
    }

    /// All that a variable may come to.
    pub(super) fn bound_local(&mut self, level: u8) -> Found {
        let Some(bound) = self.bound.iter().find(|bound| bound.level == usize::from(level)) else { return Found::NOTHING };
        self.stack.extend_from_slice(&bound.values);
        bound.found
    }
}
