//! The first layer: answers to cells, gates, derives.

use crate::program::{ABSENT, Cell, Choose, ChooseId, DECLINED, FAULT, FIRST_VALUE, MASKED, Program, Truth, VariableId};

use super::Engine;
use super::frame::Frame;
use super::lead::{Answer, Lead, Source};

impl Engine {
    /// Puts a lead's answers into a frame. Open answers count as absent.
    #[cfg_attr(quick, optimize(speed))]
    pub(crate) fn place_all(&self, frame: &mut Frame, lead: &Lead) {
        for (field, (answer, _)) in lead.answers.iter().enumerate() {
            self.place(frame, field as VariableId, answer);
        }
        #[cfg(feature = "full")]
        frame.worth.clone_from(&lead.worth);
        self.place_secrets(frame);
        #[cfg(feature = "full")]
        frame.standing.clone_from(&lead.standing);
    }

    /// Puts what is secret in a slice into a frame: as faulted, for no decision may rest on it.
    pub(crate) fn place_secrets(&self, frame: &mut Frame) {
        if let Some(slice) = &self.program().slice {
            slice.open.iter().for_each(|&secret| self.set_state(frame, secret, FAULT));
        }
    }

    #[cfg_attr(quick, optimize(speed))]
    fn place(&self, frame: &mut Frame, field: VariableId, answer: &Answer) {
        match answer {
            Answer::Absent | Answer::Open => self.set_state(frame, field, ABSENT),
            Answer::Declined => self.set_state(frame, field, DECLINED),
            Answer::Value(value) | Answer::Range(value) => self.set_value(frame, field, value),
            #[cfg(feature = "full")]
            Answer::Fault => self.set_state(frame, field, FAULT),
        }
    }

    /// Masks a field whose question does not apply.
    #[cfg_attr(quick, optimize(speed))]
    pub(crate) fn gate(&self, frame: &mut Frame, field: VariableId, record: &dyn Fn(VariableId) -> bool) {
        let program = self.program();
        let gate = program.fields.get(usize::from(field)).and_then(|field| field.gate);
        if let Some(gate) = gate && !record(field) {
            match frame.truth(program, gate) {
                Truth::True => {}
                Truth::False | Truth::Unknown => self.set_state(frame, field, MASKED),
                Truth::Fault => self.set_state(frame, field, FAULT),
            }
        }
    }

    /// Gives a derive its cell by its choosing tree.
    #[cfg_attr(quick, optimize(speed))]
    pub(crate) fn choose(&self, frame: &mut Frame, variable: VariableId, tree: ChooseId) {
        let cell = choose(self.program(), tree, frame);
        self.set_state(frame, variable, cell);
    }
}

/// Whether a field's answer came from a record.
pub(crate) fn is_record(program: &Program, lead: &Lead, field: VariableId) -> bool {
    let at = usize::from(field);
    program.fields.get(at).is_some_and(|field| field.from_host) || lead.answers.get(at).is_some_and(|(_, source)| *source == Source::Record)
}

#[cfg_attr(quick, optimize(speed))]
fn choose(program: &Program, mut tree: ChooseId, frame: &Frame) -> Cell {
    loop {
        match program.formulas.chooses.get(tree as usize) {
            Some(Choose::Cell(cell)) => return *cell,
            Some(Choose::Map(slot, cells)) => return cells.get(usize::from(frame.cell(*slot))).copied().unwrap_or(FAULT),
            Some(Choose::If(test, then, otherwise)) => match frame.truth(program, *test) {
                Truth::True => tree = *then,
                Truth::False => tree = *otherwise,
                Truth::Unknown => return ABSENT,
                Truth::Fault => return FAULT,
            },
            None => return FAULT,
        }
    }
}

/// Whether a cell is a value.
#[cfg_attr(quick, inline)]
pub(crate) fn is_value(cell: Cell) -> bool {
    cell >= FIRST_VALUE
}
