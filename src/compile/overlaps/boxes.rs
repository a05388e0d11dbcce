//! Rows as boxes of cells: which two of them may hold together, as far as their tests of single variables tell.

use crate::engine::value_cells;
use crate::program::{ABSENT, Cell, DECLINED, FAULT, Formula, FormulaId, MASKED, Program, Row, SlotId, Truth};

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
            found.never |= found.tests.iter().any(|&(slot, test)| !made.range(test).is_some_and(|(from, to)| from < to) && !made.any(slot, |cell| made.truth(test, cell) == Truth::True));
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
        let mut looked = 0usize;
        for (first, a) in self.boxes.iter().enumerate().filter(|(_, row)| !row.never) {
            for (second, b) in self.boxes.iter().enumerate().skip(first + 1) {
                looked += 1;
                if looked > MOST_PAIRS {
                    return None;
                }
                let collides = || self.rows.get(first).zip(self.rows.get(second)).is_none_or(|(a, b)| collide(a, b));
                let together = !b.never && self.meet(a, b, |truth| truth == Truth::True) && collides();
                if together || b.faults && self.meet(a, b, |truth| truth != Truth::False) {
                    found.push((first, second));
                    if found.len() == MOST_KEPT {
                        return Some(found);
                    }
                }
            }
        }
        Some(found)
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

/// The cells that a slot can be in.
fn cells(program: &Program, faulting: &[bool], slot: SlotId) -> Vec<Cell> {
    let variable = program.slots.get(usize::from(slot)).map_or(0, |slot| usize::from(slot.variable));
    let field = program.fields.get(variable);
    let states = [
        (ABSENT, true),
        (DECLINED, field.is_some()),
        (MASKED, field.is_some_and(|field| field.gate.is_some())),
        (FAULT, faulting.get(variable).copied().unwrap_or(true)),
    ];
    let mut cells: Vec<Cell> = states.into_iter().filter(|(_, can)| *can).map(|(cell, _)| cell).collect();
    value_cells(program, slot, &mut |cell| cells.push(cell));
    cells
}
