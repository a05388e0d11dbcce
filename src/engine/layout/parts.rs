//! A group's rules, those on one slot taken together.

use std::collections::BTreeMap;

use crate::program::{FAULT, Formula, FormulaId, Group, Milli, Program, SlotId, Truth};

/// Points per cell of one slot, and whether the cell faults the score.
type PointTable = Vec<(Milli, bool)>;

/// A group's rules as points per cell for each slot, and the cases that do not rest on one slot.
pub fn group_parts(program: &Program, group: &Group) -> (BTreeMap<SlotId, PointTable>, Vec<(FormulaId, Milli)>) {
    let mut tables: BTreeMap<SlotId, PointTable> = BTreeMap::new();
    let mut cases = Vec::new();
    for case in group.rules.iter().flat_map(|rule| &rule.cases) {
        let node = program.formulas.nodes.get(case.when as usize);
        let Some(node @ (Formula::Atom(slot, _) | Formula::Within(slot, ..))) = node else {
            cases.push((case.when, case.points));
            continue;
        };
        let cells = program.cells_of(*slot).unwrap_or(0);
        let table = tables.entry(*slot).or_insert_with(|| vec![(0, false); cells]);
        if let Formula::Within(_, from, to) = node {
            let inside = table.get_mut(usize::from(*from)..usize::from(*to)).unwrap_or_default();
            inside.iter_mut().for_each(|(points, _)| *points = points.saturating_add(case.points));
            table.iter_mut().skip(usize::from(FAULT)).take(1).for_each(|(_, faults)| *faults = true);
            continue;
        }
        for (cell, (points, faults)) in table.iter_mut().enumerate() {
            match program.formulas.in_cell(node, cell as u16).unwrap_or(Truth::Fault) {
                Truth::True => *points = points.saturating_add(case.points),
                Truth::Fault => *faults = true,
                Truth::False | Truth::Unknown => {}
            }
        }
    }
    (tables, cases)
}
