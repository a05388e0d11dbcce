//! Rows as boxes of cells: which two of them may hold together, as far as their tests of single variables tell.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::value_cells;
use crate::program::{ABSENT, Cell, DECLINED, FAULT, Formula, FormulaId, MASKED, Program, Row, SlotId, Truth, VariableId};

/// How many pairs of rows of one table are looked at.
const MOST_PAIRS: usize = 20_000_000;
/// How many pairs that may hold together are kept.
const MOST_KEPT: usize = 64;

/// The rows of one table.
pub struct Boxes<'a> {
    program: &'a Program,
    /// The cells that each slot can be in.
    cells: Vec<Vec<Cell>>,
    rows: &'a [Row],
    boxes: Vec<RowBox>,
}

/// What is known of one row.
struct RowBox {
    /// Tests of single slots that must all hold, by slot, each slot once.
    tests: Vec<(SlotId, FormulaId)>,
    /// It holds in no cell.
    never: bool,
    /// It may fault.
    faults: bool,
}

impl<'a> Boxes<'a> {
    /// For the rows of a table, of which some may fault.
    pub fn new(program: &'a Program, faulting: &'a [bool], rows: &'a [Row], faults: &[bool]) -> Self {
        let cells = (0..program.slots.len() as SlotId).map(|slot| cells(program, faulting, slot)).collect();
        let mut made = Self { program, cells, rows, boxes: Vec::new() };
        for (at, row) in rows.iter().enumerate() {
            let mut found = RowBox { tests: Vec::new(), never: false, faults: faults.get(at).copied().unwrap_or(true) };
            made.tests(row.when, &mut found);
            found.tests.sort_unstable();
            found.never |= found.tests.iter().any(|&(slot, test)| made.range(test).is_none_or(|(from, to)| from >= to) && !made.any(slot, |cell| made.truth(test, cell) == Truth::True));
            made.boxes.push(found);
        }
        made
    }

    fn tests(&self, when: FormulaId, found: &mut RowBox) {
        match self.program.formulas.nodes.get(when as usize) {
            Some(Formula::Atom(slot, _) | Formula::Within(slot, ..)) => found.tests.push((*slot, when)),
            Some(Formula::And(items)) => items.iter().for_each(|&item| self.tests(item, found)),
            Some(Formula::Const(truth)) => found.never |= *truth != Truth::True,
            // What else must hold is not looked at, so the box is larger than the row.
            _ => {}
        }
    }

    fn truth(&self, test: FormulaId, cell: Cell) -> Truth {
        self.program.formulas.nodes.get(test as usize).and_then(|node| self.program.formulas.in_cell(node, cell)).unwrap_or(Truth::Fault)
    }

    /// Whether a slot can be in a cell of some kind.
    fn any(&self, slot: SlotId, is: impl Fn(Cell) -> bool) -> bool {
        self.cells.get(usize::from(slot)).is_none_or(|cells| cells.iter().any(|&cell| is(cell)))
    }

    /// The pairs of rows that collide and may hold together, or of which the first may hold while the second faults. Some of them, where they are many. None where there are too many rows to tell.
    pub fn pairs(&self, collide: &dyn Fn(&Row, &Row) -> bool) -> Option<Vec<(usize, usize)>> {
        let mut found = Vec::new();
        let sweep = self.sweep();
        if sweep.pairs() > MOST_PAIRS {
            return None;
        }
        sweep.each(&mut |one, two| {
            let (first, second) = (one.min(two), one.max(two));
            if first != second && self.may_collide(first, second, collide) {
                found.push((first, second));
            }
            found.len() < MOST_KEPT
        });
        found.sort_unstable();
        Some(found)
    }

    fn may_collide(&self, first: usize, second: usize, collide: &dyn Fn(&Row, &Row) -> bool) -> bool {
        let (Some(a), Some(b)) = (self.boxes.get(first), self.boxes.get(second)) else { return false };
        if a.never {
            return false;
        }
        let collides = || self.rows.get(first).zip(self.rows.get(second)).is_none_or(|(a, b)| collide(a, b));
        !b.never && self.meet(a, b, |truth| truth == Truth::True) && collides() || b.faults && self.meet(a, b, |truth| truth != Truth::False)
    }

    /// The order in which the fewest pairs are looked at: by the ranges of one slot.
    fn sweep(&self) -> Sweep {
        let mut ranges: BTreeMap<SlotId, Vec<(Cell, Cell, usize)>> = BTreeMap::new();
        for (row, found) in self.boxes.iter().enumerate() {
            for &(slot, test) in &found.tests {
                if let Some((from, to)) = self.range(test) {
                    ranges.entry(slot).or_default().push((from, to, row));
                }
            }
        }
        let all = Sweep { ranges: Vec::new(), others: (0..self.boxes.len()).collect() };
        let of_slots = ranges.into_values().map(|mut ranges| {
            ranges.sort_unstable();
            let swept: BTreeSet<usize> = ranges.iter().map(|(_, _, row)| *row).collect();
            Sweep { others: (0..self.boxes.len()).filter(|row| !swept.contains(row)).collect(), ranges }
        });
        of_slots.chain([all]).min_by_key(Sweep::pairs).unwrap_or_default()
    }

    /// Whether on every slot that both rows test some cell satisfies the first, and the second comes to what is asked for.
    fn meet(&self, a: &RowBox, b: &RowBox, is: impl Fn(Truth) -> bool) -> bool {
        let (mut left, mut right) = (a.tests.iter().peekable(), b.tests.iter().peekable());
        while let (Some(&&(one, first)), Some(&&(two, second))) = (left.peek(), right.peek()) {
            if one == two {
                let ranges = (self.range(first), self.range(second));
                let meets = match ranges {
                    (Some((from, to)), Some((start, end))) if is(Truth::True) && !is(Truth::Unknown) => from.max(start) < to.min(end),
                    _ => self.any(one, |cell| self.truth(first, cell) == Truth::True && is(self.truth(second, cell))),
                };
                if !meets {
                    return false;
                }
            }
            if one <= two {
                left.next();
            }
            if two <= one {
                right.next();
            }
        }
        true
    }

    fn range(&self, test: FormulaId) -> Option<(Cell, Cell)> {
        match self.program.formulas.nodes.get(test as usize) {
            Some(Formula::Within(_, from, to)) => Some((*from, *to)),
            _ => None,
        }
    }
}

/// Rows by their range on one slot: of two whose ranges have nothing in common neither can hold, or fault, where the other holds.
#[derive(Default)]
struct Sweep {
    /// From a cell on, before another, and the row; ascending.
    ranges: Vec<(Cell, Cell, usize)>,
    /// Rows without a range there.
    others: Vec<usize>,
}

impl Sweep {
    /// How many of the ranges after one begin before it ends.
    fn after(&self, at: usize) -> usize {
        let end = self.ranges.get(at).map_or(0, |(_, to, _)| *to);
        self.ranges.partition_point(|(from, ..)| *from < end).saturating_sub(at + 1)
    }

    /// How many pairs there are to look at.
    fn pairs(&self) -> usize {
        let others = self.others.len();
        (0..self.ranges.len()).map(|at| self.after(at)).sum::<usize>() + others * self.ranges.len() + others * others.saturating_sub(1) / 2
    }

    /// Looks at them, until there is no need to go on.
    fn each(&self, look: &mut dyn FnMut(usize, usize) -> bool) {
        for (at, &(_, _, one)) in self.ranges.iter().enumerate() {
            for &(_, _, two) in self.ranges.iter().skip(at + 1).take(self.after(at)) {
                if !look(one, two) {
                    return;
                }
            }
        }
        for (at, &one) in self.others.iter().enumerate() {
            for two in self.others.iter().skip(at + 1).copied().chain(self.ranges.iter().map(|(_, _, row)| *row)) {
                if !look(one, two) {
                    return;
                }
            }
        }
    }
}

/// The cells that a slot can be in.
pub fn cells(program: &Program, faulting: &[bool], slot: SlotId) -> Vec<Cell> {
    let variable = program.slots.get(usize::from(slot)).map_or(0, |slot| usize::from(slot.variable));
    let field = program.fields.get(variable);
    let states = [
        (ABSENT, !is_result(program, variable)),
        (DECLINED, field.is_some()),
        (MASKED, field.is_some_and(|field| field.gate.is_some())),
        (FAULT, faulting.get(variable).copied().unwrap_or(true)),
    ];
    let mut cells: Vec<Cell> = states.into_iter().filter(|(_, can)| *can).map(|(cell, _)| cell).collect();
    value_cells(program, slot, &mut |cell| cells.push(cell));
    cells
}

/// Whether a variable is what a decision makes: a score, a table's output, the stage. These are known or faulted, never absent.
fn is_result(program: &Program, variable: usize) -> bool {
    let is = |made: &VariableId| usize::from(*made) == variable;
    program.scores.iter().any(|score| is(&score.variable)) || program.tables.iter().any(|table| table.outputs.iter().any(is)) || program.stages.as_ref().is_some_and(|stages| is(&stages.variable))
}
