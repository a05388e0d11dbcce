//! The machine: evaluates a program's expressions on values, and on what is only partly known.
//!
//! What an expression means is defined on the page on the four truths, `docs/truths.md`; its values and functions are those of the Common Expression
//! Language. Every evaluation has a budget of work, so that none can take long, whatever the program and the lead.

mod compare;
mod decimal;
mod evaluate;
mod function;
#[cfg(feature = "full")]
mod library;
mod lift;
mod lists;
mod number;
mod partial;
mod possible;
mod span;
mod strings;
#[cfg(test)]
mod testing;
mod work;
#[cfg(feature = "author")]
mod worst;

use crate::program::{NodeId, Truth, Value, VariableId};

pub use super::fault::{Fault, WORK_LIMIT};
pub use evaluate::evaluate;
#[cfg(feature = "author")]
pub use library::{PatternError, READY_SIZE, base64, duration_of, from_base64, pattern, zone, zone_names};
#[cfg(feature = "full")]
pub use library::{MOST_SHARE, arm, bucket, time_text, timestamp_of};
pub use partial::evaluate_partial;
pub use possible::{FEW, Kinds, PartialInputs, Possible, PossibleReading, UNBOUNDED, Values};
#[cfg(feature = "author")]
pub use worst::{Bound, Worst, worst_case};

/// The state of a variable when an expression reads it.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// A value.
    Value(Value),
    /// Not given, or a derive that came out unknown.
    Absent,
    /// Asked and refused.
    Declined,
    /// Its question does not apply.
    Masked,
    /// It faulted.
    Fault,
}

/// What an expression came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A value.
    Value(Value),
    /// It rests on something that is not known.
    Unknown,
    /// It faulted: why, and at which node.
    Fault(Fault, NodeId),
}

impl Outcome {
    /// The outcome as a condition: a value that is not a bool is a fault.
    pub fn truth(&self) -> Truth {
        match self {
            Self::Value(Value::Bool(holds)) => Truth::of(*holds),
            Self::Unknown => Truth::Unknown,
            Self::Value(_) | Self::Fault(..) => Truth::Fault,
        }
    }
}

/// Where an expression gets its variables.
pub trait Inputs {
    /// The variable's state.
    fn read(&self, variable: VariableId) -> Reading;
}
