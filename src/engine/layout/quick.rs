//! A program's scores and rows, laid out for speed when it is loaded.
//!
//! A rule whose condition rests on one slot is worth a number per cell of that slot; such rules of one group fold into one table per slot, and
//! a group costs a look-up per slot however many rules it has ([`groups`](super::groups)). What rests on several slots is taken apart into terms ([`terms`](super::terms)),
//! and the terms that hold are found 64 at a time ([`masks`](super::masks)); so are the rows of tables, screen and route ([`rows`](super::rows)). Both leave a condition
//! as it is where its terms would be too many, and where something that it rests on has faulted: only a lead that may fault pays for faults ([`faults`](super::faults)).

use std::collections::BTreeSet;

use super::faults::Faults;
use super::groups::GroupLayout;
use super::rows::Rows;
use super::terms::Terms;
use super::Slots;
use crate::engine::decide::{Hit, clamp_group};
use crate::engine::frame::Frame;
use crate::program::{FAULT, Formula, FormulaId, Milli, Program, ScoreBody, SlotId, VariableId};

/// All of it.
#[derive(Debug, Clone)]
pub struct Layout {
    /// For each score its groups; none for sums.
    scores: Vec<Vec<GroupLayout>>,
    tables: Vec<Rows>,
    screen: Rows,
    route: Rows,
    slots: Slots,
    /// All slots that may fault.
    may_fault: Vec<SlotId>,
}

impl Layout {
    /// Lays a program out.
    pub fn new(program: &Program) -> Self {
        let faults = Faults::new(program);
        let mut terms = Terms::new(program);
        let mut layout = Self {
            scores: Vec::new(),
            tables: Vec::new(),
            screen: Rows::new(program, &faults, &mut terms, program.screen.iter().map(|row| row.when)),
            route: Rows::new(program, &faults, &mut terms, program.route.iter().flat_map(|route| &route.rows).map(|row| row.when)),
            slots: Slots::new(program),
            may_fault: (0..program.slots.len()).map(|slot| slot as SlotId).filter(|&slot| faults.slot(slot)).collect(),
        };
        for score in &program.scores {
            let groups: &[_] = if let ScoreBody::Groups(groups) = &score.body { groups } else { &[] };
            layout.scores.push(groups.iter().map(|group| GroupLayout::new(program, &faults, &mut terms, group)).collect());
        }
        for table in &program.tables {
            layout.tables.push(Rows::new(program, &faults, &mut terms, table.rows.iter().map(|row| row.when)));
        }
        layout
    }

    /// A variable's slots.
    pub fn slots_of(&self, variable: VariableId) -> std::ops::Range<SlotId> {
        self.slots.of(variable)
    }

    /// Whether any slot has faulted.
    pub fn is_faulted(&self, frame: &Frame) -> bool {
        any_fault(&self.may_fault, frame)
    }

    /// A score's sum before its range; none where a rule faults.
    #[cfg_attr(quick, optimize(speed))]
    pub fn score(&self, program: &Program, index: usize, frame: &Frame) -> Option<Milli> {
        let Some(ScoreBody::Groups(groups)) = program.scores.get(index).map(|score| &score.body) else { return None };
        let mut total: Milli = 0;
        if !frame.worth.is_empty() {
            for (at, (group, layout)) in (0..).zip(groups.iter().zip(self.scores.get(index)?)) {
                let counted = program.life.events.of_group(index, at).try_fold(0, |sum: Milli, rule| Some(sum.saturating_add(frame.worth.get(rule).copied().flatten()?.sum)))?;
                total = total.saturating_add(clamp_group(layout.sum(program, frame, group)?.saturating_add(counted), group));
            }
            return Some(total);
        }
        for (group, layout) in groups.iter().zip(self.scores.get(index)?) {
            total = total.saturating_add(clamp_group(layout.sum(program, frame, group)?, group));
        }
        Some(total)
    }

    /// The row of a table.
    pub fn table(&self, program: &Program, index: usize, frame: &Frame) -> Hit {
        self.tables.get(index).map_or(Hit::None, |rows| rows.first_hit(program, frame))
    }

    /// The row of the screen.
    pub fn screen(&self, program: &Program, frame: &Frame) -> Hit {
        self.screen.first_hit(program, frame)
    }

    /// The row of the route.
    pub fn route(&self, program: &Program, frame: &Frame) -> Hit {
        self.route.first_hit(program, frame)
    }
}

/// Whether one of these slots has faulted.
#[cfg_attr(quick, optimize(speed), inline)]
pub fn any_fault(slots: &[SlotId], frame: &Frame) -> bool {
    slots.iter().any(|&slot| frame.cell(slot) == FAULT)
}

/// The slots that formulas look at, ascending.
pub fn slots_of_all(program: &Program, ids: impl Iterator<Item = FormulaId>) -> Vec<SlotId> {
    let mut seen: BTreeSet<FormulaId> = BTreeSet::new();
    let mut slots = vec![false; program.slots.len()];
    let mut stack: Vec<FormulaId> = ids.collect();
    while let Some(id) = stack.pop() {
        if !seen.insert(id) {
            continue;
        }
        match program.formulas.nodes.get(id as usize) {
            Some(Formula::Atom(slot, _) | Formula::Within(slot, ..)) => slots.iter_mut().skip(usize::from(*slot)).take(1).for_each(|seen| *seen = true),
            Some(Formula::And(items) | Formula::Or(items)) => stack.extend_from_slice(items),
            Some(Formula::Not(item) | Formula::Held(item)) => stack.push(*item),
            Some(Formula::If(test, then, otherwise)) => stack.extend([*test, *then, *otherwise]),
            Some(Formula::Const(_)) | None => {}
        }
    }
    slots.iter().enumerate().filter(|&(_, &seen)| seen).map(|(slot, _)| slot as SlotId).collect()
}
