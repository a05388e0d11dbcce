//! Where bounds meet the machine: what can be computed of sets, and the sets of values that are kept for it.

use super::bounds::{Sets, cells_between};
use crate::engine::computed::Kept;
use crate::engine::frame::Frame;
use crate::engine::machine::{self, PartialInputs, PossibleReading, Values};
use crate::program::{ABSENT, Cell, Cut, DECLINED, Domain, FAULT, FIRST_VALUE, MASKED, NodeId, Program, VariableId};

impl Sets<'_> {
    /// Keeps the values of what is known.
    pub(super) fn keep_given(&mut self, given: Vec<Kept>) {
        for value in given {
            self.values.push(Values::Few(value.into_iter().collect()));
        }
    }

    /// Keeps that a field is open.
    pub(super) fn keep_open(&mut self, field: VariableId) {
        let program = self.engine.program();
        let values = match (program.variables.get(usize::from(field)), program.fields.get(usize::from(field))) {
            (Some(variable), Some(field)) if variable.domain == Domain::Text => Values::texts(field.max_length),
            _ => any_of(program, field),
        };
        self.put_values(field, values);
    }

    /// Keeps that a variable can have any value that it allows.
    pub(super) fn keep_any(&mut self, variable: VariableId) {
        self.put_values(variable, any_of(self.engine.program(), variable));
    }

    /// Keeps that a variable is between two numbers.
    pub(super) fn keep_between(&mut self, variable: VariableId, low: f64, high: f64) {
        self.put_values(variable, Values::doubles(low, high));
    }

    pub(super) fn put_values(&mut self, variable: VariableId, values: Values) {
        if let Some(place) = self.values.get_mut(usize::from(variable)) {
            *place = values;
        }
    }

    /// Computes what a derive or a condition can come to.
    pub(super) fn compute(&mut self, variable: VariableId, node: NodeId) {
        let found = machine::evaluate_partial(self.engine.program(), self.engine.texts(), node, self);
        self.set_values(variable, found.values);
        if found.unknown {
            self.add(variable, ABSENT);
        }
        if found.fault {
            self.add(variable, FAULT);
        }
    }

    /// Gives a variable values, and the cells that these can be in.
    pub(super) fn set_values(&mut self, variable: VariableId, values: Values) {
        let program = self.engine.program();
        self.clear(variable);
        if let Values::Few(values) = &values {
            let mut frame = Frame::new(program);
            for value in values {
                self.engine.set_value(&mut frame, variable, value);
                for slot in program.slots_of(variable) {
                    self.cells.insert(slot, frame.cell(slot));
                }
            }
        } else {
            for slot in program.slots_of(variable) {
                let cells = match (program.slots.get(usize::from(slot)).map(|slot| &slot.cut), interval(&values)) {
                    (Some(Cut::Thresholds(thresholds)), Some((low, high))) => {
                        let (least, greatest) = (low.max(f64::MIN), high.min(f64::MAX));
                        if !low.is_finite() || !high.is_finite() || matches!(values, Values::Doubles { nan: true, .. }) {
                            self.cells.insert(slot, FAULT);
                        }
                        if least <= greatest { cells_between(thresholds, least, greatest) } else { 0..0 }
                    }
                    _ => {
                        // A text without a domain; a value outside the variable's type.
                        self.cells.insert(slot, ABSENT);
                        self.cells.insert(slot, FAULT);
                        FIRST_VALUE..program.cells_of(slot).unwrap_or(0) as Cell
                    }
                };
                cells.for_each(|cell| self.cells.insert(slot, cell));
            }
        }
        self.put_values(variable, values);
    }
}

impl PartialInputs for Sets<'_> {
    fn read(&self, variable: VariableId) -> PossibleReading {
        let program = self.engine.program();
        let slots = program.slots_of(variable);
        let slot = slots.start;
        if slots.is_empty() {
            return PossibleReading { values: Values::NONE, absent: true, declined: false, masked: false, fault: false };
        }
        let values = match program.variables.get(usize::from(variable)).map(|variable| &variable.domain) {
            Some(Domain::Finite(domain)) => {
                let mut values = Vec::new();
                for (cell, value) in (FIRST_VALUE..).zip(domain) {
                    if self.cells.contains(slot, cell) {
                        values.push(value.clone());
                    }
                }
                Values::few(values)
            }
            _ if self.cells.next(slot, usize::from(FIRST_VALUE)).is_some() => self.values.get(usize::from(variable)).cloned().unwrap_or(Values::ANY),
            _ => Values::NONE,
        };
        let can = |state| self.cells.contains(slot, state);
        PossibleReading { values, absent: can(ABSENT), declined: can(DECLINED), masked: can(MASKED), fault: can(FAULT) }
    }
}

/// Between which numbers values are.
fn interval(values: &Values) -> Option<(f64, f64)> {
    match *values {
        Values::Ints(low, high) => Some((low as f64, high as f64)),
        Values::Doubles { low, high, .. } => Some((low, high)),
        _ => None,
    }
}

/// The values that a variable's domain allows.
fn any_of(program: &Program, variable: VariableId) -> Values {
    match program.variables.get(usize::from(variable)).map(|variable| &variable.domain) {
        Some(Domain::Int(low, high)) => Values::ints(*low, *high),
        Some(Domain::Double(low, high)) => Values::doubles(*low, *high),
        _ => Values::ANY,
    }
}
