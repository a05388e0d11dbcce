//! Whether some row of a table always holds, by the cells that the rows look at.
//!
//! Every combination of cells of what the rows name is tried, whether or not some lead brings it about. That proves less than leads do, and also where a score rests
//! on events or on more fields than can be tried.

use std::collections::BTreeSet;

use super::boxes::cells;
use crate::engine::truth;
use crate::program::{Cell, Formula, FormulaId, Program, Row, SlotId, Truth};

/// How many combinations are tried.
const MOST_COMBINATIONS: usize = 100_000;
/// What trying them may cost, in parts of conditions looked at.
const MOST_WORK: usize = 1 << 26;

/// Whether in every combination of cells some row holds, or faults and with it the table.
pub fn covered(program: &Program, faulting: &[bool], rows: &[Row]) -> bool {
    let mut seen = BTreeSet::new();
    let mut slots = BTreeSet::new();
    rows.iter().for_each(|row| look(program, row.when, &mut seen, &mut slots));
    let axes: Vec<(SlotId, Vec<Cell>)> = slots.into_iter().map(|slot| (slot, cells(program, faulting, slot))).collect();
    let Some(count) = axes.iter().try_fold(1_usize, |count, (_, cells)| count.checked_mul(cells.len()).filter(|&count| count <= MOST_COMBINATIONS)) else { return false };
    if count.saturating_mul(seen.len()) > MOST_WORK {
        return false;
    }
    (0..count).all(|combination| {
        let mut rest = combination;
        let chosen: Vec<(SlotId, Cell)> = axes
            .iter()
            .map(|(slot, cells)| {
                let cell = cells.get(rest % cells.len()).copied().unwrap_or_default();
                rest /= cells.len();
                (*slot, cell)
            })
            .collect();
        let cell = |slot: SlotId| chosen.binary_search_by_key(&slot, |(slot, _)| *slot).ok().and_then(|at| chosen.get(at)).map_or(0, |(_, cell)| *cell);
        rows.iter().any(|row| matches!(truth(program, row.when, &cell), Truth::True | Truth::Fault))
    })
}

/// What a condition looks at.
fn look(program: &Program, id: FormulaId, seen: &mut BTreeSet<FormulaId>, slots: &mut BTreeSet<SlotId>) {
    let Some(node) = program.formulas.nodes.get(id as usize) else { return };
    if !seen.insert(id) {
        return;
    }
    if let Formula::Atom(slot, _) | Formula::Within(slot, ..) = node {
        slots.insert(*slot);
    }
    node.operands(&mut |operand| look(program, operand, seen, slots));
}
