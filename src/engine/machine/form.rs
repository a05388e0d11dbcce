//! The forms of the whole language on values: bindings, and what optional values put off.

use std::sync::Arc;

use super::Fault;
use super::evaluate::{Evaluation, Stop};
use crate::program::{Form, NodeId, Value};

impl Evaluation<'_> {
    pub(super) fn form(&mut self, id: NodeId, form: Form, parts: &[NodeId]) -> Result<Value, Stop> {
        match (form, parts) {
            (Form::Bind, [init, body]) => {
                let bound = self.node(*init);
                if let Err(stop @ Stop::Fault(Fault::Fuel, _)) = bound {
                    return Err(stop);
                }
                self.bound(bound, *body)
            }
            (Form::Missing, _) => {
                self.strict(parts.iter().copied())?;
                Err(Stop::Fault(Fault::NoOverload, id))
            }
            (_, [optional, part]) => {
                let Value::Optional(held) = self.node(*optional)? else { return Err(Stop::Fault(Fault::NoOverload, *optional)) };
                self.optional(form, held, *part)
            }
            _ => Err(Stop::Fault(Fault::Malformed, id)),
        }
    }

    fn optional(&mut self, form: Form, held: Option<Arc<Value>>, part: NodeId) -> Result<Value, Stop> {
        let Some(value) = held else {
            return match form {
                Form::OrValue => self.node(part),
                Form::Or => self.optional_of(part),
                _ => Ok(Value::Optional(None)),
            };
        };
        match form {
            Form::OrValue => Ok((*value).clone()),
            Form::OptMap => self.bound(Ok((*value).clone()), part).map(|made| Value::Optional(Some(Arc::new(made)))),
            Form::OptFlatMap => match self.bound(Ok((*value).clone()), part)? {
                made @ Value::Optional(_) => Ok(made),
                _ => Err(Stop::Fault(Fault::NoOverload, part)),
            },
            _ => Ok(Value::Optional(Some(value))),
        }
    }

    fn optional_of(&mut self, part: NodeId) -> Result<Value, Stop> {
        match self.node(part)? {
            made @ Value::Optional(_) => Ok(made),
            _ => Err(Stop::Fault(Fault::NoOverload, part)),
        }
    }

    /// A part with one more variable, which may have no value.
    fn bound(&mut self, bound: Result<Value, Stop>, part: NodeId) -> Result<Value, Stop> {
        let level = self.locals.len();
        self.locals.push(match bound {
            Ok(value) => value,
            Err(stop) => {
                self.bound_stops.push((level, stop));
                Value::Null
            }
        });
        let result = self.node(part);
        self.locals.truncate(level);
        self.bound_stops.retain(|(at, _)| *at < level);
        result
    }

    /// Why a bound variable has no value.
    pub(super) fn bound_stop(&self, level: u8) -> Option<Stop> {
        self.bound_stops.iter().find(|(at, _)| *at == usize::from(level)).map(|(_, stop)| *stop)
    }
}
