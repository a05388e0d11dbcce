//! The machine: evaluates a program's expressions on values, and on what is only partly known.

use crate::program::{Program, Value, VariableId};

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
    /// It faulted.
    Fault(Fault),
}

/// Why an expression faulted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// An integer beyond its range.
    Overflow,
    /// Division or remainder by zero.
    DivideByZero,
    /// An index outside its list or text.
    Index,
    /// A key that the map does not have.
    NoSuchKey,
    /// Operands that the function does not take.
    NoOverload,
    /// A text or number that the conversion does not take.
    Conversion,
    /// An argument that the function does not take.
    Argument,
    /// It read something that had faulted before.
    Inherited,
    /// It took more work than a decision may cost.
    Fuel,
}

/// Where an expression gets its variables.
pub trait Inputs {
    /// The variable's state.
    fn read(&self, variable: VariableId) -> Reading;
}

/// Evaluates node `root` of `program.expressions`.
pub fn evaluate(program: &Program, root: u32, inputs: &dyn Inputs) -> Outcome {
    let _ = (program, root, inputs);
    Outcome::Unknown
}
