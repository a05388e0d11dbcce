//! A program's scores and tables, laid out for speed when it is loaded.
//!
//! A rule whose condition rests on one slot is worth a number per cell of that slot; such rules of one group fold into one table per slot, and
//! a group costs a look-up per slot however many rules it has. What rests on several slots is evaluated as a formula.

use std::collections::BTreeMap;

use super::decide::{Hit, clamp_group, first_hit};
use super::frame::{Frame, truth};
use crate::program::{Cell, Formula, FormulaId, Group, Milli, Program, ScoreBody, SlotId, Truth};

/// All of it.
#[derive(Debug, Clone)]
pub struct Layout {
    /// For each score its groups; none for sums.
    scores: Vec<Vec<GroupLayout>>,
    /// Points per cell.
    points: Vec<Milli>,
    /// Whether a cell faults the score; beside `points`.
    faults: Vec<bool>,
}

#[derive(Debug, Clone)]
struct GroupLayout {
    /// Slots with the offset of their table in `points`.
    slots: Vec<(SlotId, u32)>,
    /// Conditions on several slots.
    cases: Vec<(FormulaId, Milli)>,
}

impl Layout {
    /// Lays a program out.
    pub fn new(program: &Program) -> Self {
        let mut layout = Self { scores: Vec::new(), points: Vec::new(), faults: Vec::new() };
        for score in &program.scores {
            let groups = match &score.body {
                ScoreBody::Groups(groups) => groups.iter().map(|group| layout.group(program, group)).collect(),
                ScoreBody::Sum(_) => Vec::new(),
            };
            layout.scores.push(groups);
        }
        layout
    }

    fn group(&mut self, program: &Program, group: &Group) -> GroupLayout {
        let (tables, cases) = group_parts(program, group);
        let slots = tables.into_iter().map(|(slot, table)| {
            let offset = self.points.len() as u32;
            for (points, fault) in table {
                self.points.push(points);
                self.faults.push(fault);
            }
            (slot, offset)
        });
        GroupLayout { slots: slots.collect(), cases }
    }

    /// A score's sum before its range; none where a rule faults.
    pub fn score(&self, program: &Program, index: usize, frame: &Frame) -> Option<Milli> {
        let Some(ScoreBody::Groups(groups)) = program.scores.get(index).map(|score| &score.body) else { return None };
        let mut total: Milli = 0;
        for (group, layout) in groups.iter().zip(self.scores.get(index)?) {
            total = total.saturating_add(clamp_group(self.sum(program, layout, frame)?, group));
        }
        Some(total)
    }

    fn sum(&self, program: &Program, group: &GroupLayout, frame: &Frame) -> Option<Milli> {
        let mut sum: Milli = 0;
        for &(slot, offset) in &group.slots {
            let at = offset as usize + usize::from(frame.cell(slot));
            if *self.faults.get(at)? {
                return None;
            }
            sum = sum.saturating_add(*self.points.get(at)?);
        }
        for &(when, points) in &group.cases {
            match frame.truth(program, when) {
                Truth::True => sum = sum.saturating_add(points),
                Truth::Fault => return None,
                Truth::False | Truth::Unknown => {}
            }
        }
        Some(sum)
    }

    /// The row of a table.
    pub fn table(&self, program: &Program, index: usize, frame: &Frame) -> Hit {
        let Some(table) = program.tables.get(index) else { return Hit::None };
        first_hit(table.rows.iter().map(|row| row.when), &mut |id| frame.truth(program, id))
    }
}

/// Points per cell of one slot, and whether the cell faults the score.
type PointTable = Vec<(Milli, bool)>;

/// A group's rules as points per cell for each slot, and the cases that rest on several slots.
pub(crate) fn group_parts(program: &Program, group: &Group) -> (BTreeMap<SlotId, PointTable>, Vec<(FormulaId, Milli)>) {
    let mut tables: BTreeMap<SlotId, PointTable> = BTreeMap::new();
    let mut cases = Vec::new();
    for case in group.rules.iter().flat_map(|rule| &rule.cases) {
        let Support::One(slot) = support(program, case.when) else {
            cases.push((case.when, case.points));
            continue;
        };
        let cells = program.cells_of(slot).unwrap_or(0);
        let table = tables.entry(slot).or_insert_with(|| vec![(0, false); cells]);
        for (cell, (points, faults)) in table.iter_mut().enumerate() {
            match truth(program, case.when, &|_| cell as Cell) {
                Truth::True => *points = points.saturating_add(case.points),
                Truth::Fault => *faults = true,
                Truth::False | Truth::Unknown => {}
            }
        }
    }
    (tables, cases)
}

/// The slots that a formula rests on.
pub(crate) enum Support {
    /// None.
    None,
    /// One.
    One(SlotId),
    /// Several.
    Several,
}

pub(crate) fn support(program: &Program, id: FormulaId) -> Support {
    let mut found = Support::None;
    let mut stack = vec![id];
    while let Some(id) = stack.pop() {
        match program.formulas.nodes.get(id as usize) {
            Some(Formula::Atom(slot, _)) => match found {
                Support::None => found = Support::One(*slot),
                Support::One(known) if known == *slot => {}
                _ => return Support::Several,
            },
            Some(Formula::And(items) | Formula::Or(items)) => stack.extend_from_slice(items),
            Some(Formula::Not(item) | Formula::Held(item)) => stack.push(*item),
            Some(Formula::If(test, then, otherwise)) => stack.extend([*test, *then, *otherwise]),
            Some(Formula::Const(_)) | None => {}
        }
    }
    found
}

