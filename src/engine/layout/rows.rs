//! First-hit rows: the first row that holds or faults.

use std::ops::ControlFlow;

use super::faults::Faults;
use super::masks::{Masks, Owned};
use super::terms::{Term, Terms};
use super::plain;
use super::quick::{any_fault, slots_of_all};
use crate::engine::decide::Hit;
use crate::engine::frame::Frame;
use crate::program::{Formula, FormulaId, Program, SlotId, Truth};

/// Rows of a table, the screen or the route.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    rows: Vec<FormulaId>,
    masks: Masks,
    /// Slots that the rows look at and that may fault: then no mask says whether a row does.
    may_fault: Vec<SlotId>,
}

impl Rows {
    /// Lays rows out.
    pub fn new(program: &Program, faults: &Faults, terms: &mut Terms, rows: impl Iterator<Item = FormulaId>) -> Self {
        let rows: Vec<FormulaId> = rows.collect();
        let mut owned: Vec<Owned> = Vec::new();
        for (row, &when) in rows.iter().enumerate() {
            let owner = row as u32;
            let found = if faults.alone(when) { None } else { terms.of(when) };
            match found {
                Some(found) => owned.extend(found.into_iter().map(|term| Owned { owner, term, verify: false })),
                None => owned.push(Owned { owner, term: Term::new(), verify: true }),
            }
            // Nothing after a row that always holds is ever reached.
            if program.formulas.nodes.get(when as usize) == Some(&Formula::Const(Truth::True)) {
                break;
            }
        }
        let mut masks = Masks::default();
        if !owned.is_empty() {
            masks.push(program, &owned);
        }
        let may_fault = slots_of_all(program, rows.iter().copied()).into_iter().filter(|&slot| faults.slot(slot)).collect();
        Self { rows, masks, may_fault }
    }

    /// The first row that holds or faults.
    #[cfg_attr(quick, optimize(speed))]
    pub fn first_hit(&self, program: &Program, frame: &Frame) -> Hit {
        if any_fault(&self.may_fault, frame) {
            return plain::first_hit(program, frame, &mut self.rows.iter().copied());
        }
        let hit = self.masks.scan(frame, |word, mut bits| {
            while bits != 0 {
                let found = self.masks.found(word, bits.trailing_zeros());
                let row = found.owner as usize;
                if !found.verify {
                    return ControlFlow::Break(Hit::Row(row));
                }
                match self.rows.get(row).map_or(Truth::Fault, |&when| frame.truth(program, when)) {
                    Truth::True => return ControlFlow::Break(Hit::Row(row)),
                    Truth::Fault => return ControlFlow::Break(Hit::Fault),
                    Truth::False | Truth::Unknown => {}
                }
                bits &= bits - 1;
            }
            ControlFlow::Continue(())
        });
        hit.unwrap_or(Hit::None)
    }
}
