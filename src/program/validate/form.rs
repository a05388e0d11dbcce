//! The form, and what is known together.

use super::Check;
use crate::engine::OpenField;
use crate::program::{Cut, Goal, LoadErrorKind as Kind, VariableId};

impl Check<'_> {
    pub(super) fn questions(&mut self) {
        let mut asked = vec![false; self.program.fields.len()];
        let program = self.program;
        let ask = &program.ask;
        for &field in &ask.questions {
            self.once(&mut asked, field);
        }
        let mut ordered = vec![false; ask.questions.len()];
        for &at in &ask.order {
            self.once(&mut ordered, at);
        }
        self.ensure(ask.order.is_empty() || ask.order.len() == ask.questions.len(), Kind::Shape);
        match ask.settle {
            Goal::Route => {}
            Goal::Stage => self.ensure(program.stages.is_some(), Kind::Shape),
            Goal::Output(output) => {
                let set = program.tables.iter().any(|table| table.outputs.contains(&output));
                let cut = program.slots_of(output).all(|slot| matches!(program.slots.get(usize::from(slot)).map(|slot| &slot.cut), Some(Cut::Finite(_))));
                self.ensure(set && cut && !program.slots_of(output).is_empty(), Kind::Shape);
            }
        }
        for (at, field) in program.fields.iter().enumerate() {
            if field.weights.is_empty() || self.failure.is_some() {
                continue;
            }
            self.ensure(field.weights.len() == OpenField::new(program, at as VariableId).combinations(), Kind::Shape);
            let sum = field.weights.iter().try_fold(0u32, |sum, &weight| sum.checked_add(weight));
            self.ensure(sum.is_some_and(|sum| sum > 0), Kind::Shape);
        }
    }

    pub(super) fn joints(&mut self) {
        for joint in &self.program.joints {
            self.index(usize::from(joint.variable), self.program.variables.len());
            for cells in &joint.cells {
                let mut slots = self.program.slots_of(joint.variable);
                for &cell in cells {
                    let count = slots.next().map_or(0, |slot| self.cells(slot));
                    self.index(usize::from(cell), count);
                }
                self.ensure(slots.next().is_none(), Kind::Shape);
            }
        }
    }
}
