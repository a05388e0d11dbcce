//! Where a decision meets the machine: what is computed of a lead, and the values that are kept for it. A build without the machine loads no program that computes, and keeps
//! nothing.

#[cfg(feature = "expressions")]
use super::machine::{self, Inputs, Outcome, Reading};
use super::Engine;
use super::fault::Fault;
use super::frame::Frame;
#[cfg(feature = "expressions")]
use crate::program::{ABSENT, Cell, DECLINED, Domain, FAULT, FIRST_VALUE, MASKED, Program};
use crate::program::{NodeId, Value, VariableId};

/// The value of a variable that the machine reads and that its cell does not tell.
#[cfg(feature = "expressions")]
pub type Kept = Option<Value>;
/// What would be kept were there a machine: a type without size, so that frames and states cost nothing for it.
#[cfg(not(feature = "expressions"))]
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Kept;

/// No value.
#[cfg(feature = "expressions")]
pub const UNKEPT: Kept = None;
/// No value.
#[cfg(not(feature = "expressions"))]
pub const UNKEPT: Kept = Kept;

/// What is kept of a value.
#[cfg(feature = "expressions")]
pub fn keep(value: Value) -> Kept {
    Some(value)
}

/// What is kept of a value.
#[cfg(not(feature = "expressions"))]
pub fn keep(_: Value) -> Kept {
    Kept
}

/// Whether there is a value.
pub fn is_kept(kept: &Kept) -> bool {
    *kept != UNKEPT
}

impl Engine {
    /// Computes a derive or a condition on the machine.
    #[cfg(feature = "expressions")]
    pub(crate) fn compute(&self, frame: &mut Frame, variable: VariableId, node: NodeId, faults: &mut Vec<(VariableId, Fault)>) {
        match machine::evaluate(self.program(), self.texts(), node, &FrameInputs { engine: self, frame }) {
            Outcome::Value(value) => self.set_value(frame, variable, &value),
            Outcome::Unknown => self.set_state(frame, variable, ABSENT),
            Outcome::Fault(fault, _) => {
                self.set_state(frame, variable, FAULT);
                if fault != Fault::Inherited {
                    faults.push((variable, fault));
                }
            }
        }
    }

    /// No program that is loaded gets here.
    #[cfg(not(feature = "expressions"))]
    pub(crate) fn compute(&self, _: &mut Frame, _: VariableId, _: NodeId, _: &mut Vec<(VariableId, Fault)>) {}
}

/// What the machine reads of a frame.
#[cfg(feature = "expressions")]
struct FrameInputs<'a> {
    engine: &'a Engine,
    frame: &'a Frame,
}

#[cfg(feature = "expressions")]
impl Inputs for FrameInputs<'_> {
    fn read(&self, variable: VariableId) -> Reading {
        let program = self.engine.program();
        let Some(slot) = self.engine.layout().slots_of(variable).next() else { return Reading::Absent };
        match self.frame.cell(slot) {
            ABSENT => Reading::Absent,
            DECLINED => Reading::Declined,
            MASKED => Reading::Masked,
            FAULT => Reading::Fault,
            cell => value_of(program, variable, cell, self.frame).map_or(Reading::Fault, Reading::Value),
        }
    }
}

/// The value of a variable that has one: by its cell where that tells, else as stored.
#[cfg(feature = "expressions")]
fn value_of(program: &Program, variable: VariableId, cell: Cell, frame: &Frame) -> Option<Value> {
    match program.variables.get(usize::from(variable)).map(|variable| &variable.domain) {
        Some(Domain::Finite(values)) => values.get(usize::from(cell - FIRST_VALUE)).cloned(),
        _ => frame.values.get(usize::from(variable)).cloned().flatten(),
    }
}
