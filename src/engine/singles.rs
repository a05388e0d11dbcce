//! What a group's cases are worth where they look at one slot alone: a slot is in one cell at a time, so they are added up cell by cell.

use crate::program::{Case, Cell, Formula, Group, Milli, Program, SlotId, Truth};

/// The cases of a group that look at one slot alone, by slot. `rest` sees the others.
pub(crate) fn singles<'p>(program: &Program, group: &'p Group, rest: &mut dyn FnMut(&'p Case)) -> Vec<(SlotId, Vec<&'p Case>)> {
    let mut found: Vec<(SlotId, Vec<&Case>)> = Vec::new();
    for case in group.rules.iter().flat_map(|rule| &rule.cases) {
        let Some(Formula::Atom(slot, _) | Formula::Within(slot, ..)) = program.formulas.nodes.get(case.when as usize) else {
            rest(case);
            continue;
        };
        match found.iter_mut().find(|(known, _)| known == slot) {
            Some((_, cases)) => cases.push(case),
            None => found.push((*slot, vec![case])),
        }
    }
    found
}

/// What cases that look at a slot are worth together where it is in a cell; none where one faults.
#[inline(never)]
pub(crate) fn worth_in(program: &Program, cases: &[&Case], cell: Cell) -> Option<Milli> {
    let mut worth: Milli = 0;
    for case in cases {
        match program.formulas.in_cell(program.formulas.nodes.get(case.when as usize)?, cell)? {
            Truth::True => worth = worth.saturating_add(case.points),
            Truth::Fault => return None,
            Truth::False | Truth::Unknown => {}
        }
    }
    Some(worth)
}
