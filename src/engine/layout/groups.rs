//! Rules whose points are added up.

use std::ops::ControlFlow;

use super::faults::Faults;
use super::masks::{Masks, Owned, WORD};
use super::terms::{Term, Terms};
use super::parts::group_parts;
use super::plain;
use super::quick::{any_fault, slots_of_all};
use crate::engine::frame::Frame;
use crate::program::{FAULT, FormulaId, Group, Milli, Program, SlotId, Truth};

/// Stands in a table of points for a cell that faults the score.
const FAULTS: Milli = Milli::MIN;

/// The rules of one group.
#[derive(Debug, Clone, Default)]
pub struct GroupLayout {
    /// Slots with the offset of their table in `points`.
    slots: Vec<(SlotId, u32)>,
    /// Points per cell.
    points: Vec<Milli>,
    /// No cell that a lead can have faults, and no sum of points leaves the range of numbers: they are added up without looking.
    plain: bool,
    /// Conditions on several slots.
    cases: Vec<(FormulaId, Milli)>,
    /// The terms of these conditions; their owner is the case.
    masks: Masks,
    /// For each bit of each word, the bits of the same case: it counts once.
    siblings: Vec<u64>,
    /// Slots that these conditions look at and that may fault.
    may_fault: Vec<SlotId>,
}

impl GroupLayout {
    /// Lays a group out.
    pub fn new(program: &Program, faults: &Faults, terms: &mut Terms, group: &Group) -> Self {
        let mut layout = Self::default();
        let (tables, cases) = group_parts(program, group);
        let (mut faulty, mut most): (bool, Milli) = (false, 0);
        for (slot, table) in tables {
            faulty |= table.iter().enumerate().any(|(cell, &(_, faulting))| faulting && (cell != usize::from(FAULT) || faults.slot(slot)));
            most = most.saturating_add(table.iter().map(|&(points, _)| points.saturating_abs()).max().unwrap_or(0));
            if table.iter().all(|&(points, faults)| points == 0 && !faults) {
                continue;
            }
            layout.slots.push((slot, layout.points.len() as u32));
            layout.points.extend(table.iter().map(|&(points, faults)| if faults { FAULTS } else { points.max(FAULTS + 1) }));
        }
        layout.plain = !faulty && most < Milli::MAX;
        let whens = cases.iter().map(|&(when, _)| when);
        layout.may_fault = slots_of_all(program, whens).into_iter().filter(|&slot| faults.slot(slot)).collect();
        let mut taken_apart: Vec<(u32, Vec<Term>, bool)> = Vec::new();
        for (index, &(when, _)) in cases.iter().enumerate() {
            let found = if faults.alone(when) { None } else { terms.of(when) };
            let verify = found.is_none();
            taken_apart.push((index as u32, found.unwrap_or_else(|| vec![Term::new()]), verify));
        }
        // Cases on the same slots share words, so that each word looks at few.
        taken_apart.sort_by_cached_key(|(index, terms, _)| (terms.iter().flatten().map(|&(slot, _)| slot).collect::<Vec<_>>(), *index));
        let mut block: Vec<Owned> = Vec::new();
        for (owner, terms, verify) in taken_apart {
            if block.len() + terms.len() > WORD {
                layout.push(program, &block);
                block.clear();
            }
            block.extend(terms.into_iter().map(|term| Owned { owner, term, verify }));
        }
        layout.push(program, &block);
        layout.cases = cases;
        layout
    }

    fn push(&mut self, program: &Program, block: &[Owned]) {
        if block.is_empty() {
            return;
        }
        self.masks.push(program, block);
        let of = |owner: u32| block.iter().enumerate().filter(|(_, other)| other.owner == owner).fold(0u64, |bits, (at, _)| bits | 1 << at);
        let words = self.siblings.len() / WORD + 1;
        self.siblings.extend(block.iter().map(|owned| of(owned.owner)));
        self.siblings.resize(words * WORD, 0);
    }

    /// What the rules add up to; none where one of them faults.
    #[cfg_attr(quick, optimize(speed))]
    pub fn sum(&self, program: &Program, frame: &Frame, group: &Group) -> Option<Milli> {
        if any_fault(&self.may_fault, frame) {
            return plain::sum(program, frame, group);
        }
        let mut sum = self.sum_of_cells(frame)?;
        let fault = self.masks.scan(frame, |word, mut bits| {
            while bits != 0 {
                let bit = bits.trailing_zeros();
                let found = self.masks.found(word, bit);
                bits &= !(self.siblings.get(word * WORD + bit as usize).copied().unwrap_or(0) | 1 << bit);
                let Some(&(when, points)) = self.cases.get(found.owner as usize) else { continue };
                match if found.verify { frame.truth(program, when) } else { Truth::True } {
                    Truth::True => sum = sum.saturating_add(points),
                    Truth::Fault => return ControlFlow::Break(()),
                    Truth::False | Truth::Unknown => {}
                }
            }
            ControlFlow::Continue(())
        });
        if fault.is_some() { None } else { Some(sum) }
    }

    #[cfg_attr(quick, optimize(speed), inline)]
    fn sum_of_cells(&self, frame: &Frame) -> Option<Milli> {
        let mut sum: Milli = 0;
        if self.plain {
            for &(slot, offset) in &self.slots {
                sum = sum.wrapping_add(*self.points.get(offset as usize + usize::from(frame.cell(slot)))?);
            }
            return Some(sum);
        }
        for &(slot, offset) in &self.slots {
            let points = *self.points.get(offset as usize + usize::from(frame.cell(slot)))?;
            if points == FAULTS {
                return None;
            }
            sum = sum.saturating_add(points);
        }
        Some(sum)
    }
}
