//! Where the moves may end: a search through stages, each entered at most once.

use super::Possible;
use super::bounds::Sets;
use super::sets::CellSet;
use crate::program::{Cell, FAULT, FIRST_VALUE, Stages, Truth};

/// How many steps the search takes before it counts every stage as possible.
const MOST_STEPS: usize = 20_000;

/// What a search through moves has found.
struct Walk {
    ends: CellSet,
    faults: bool,
    /// Steps left.
    budget: usize,
}

impl Sets<'_> {
    /// Lifts the moves from a stage on.
    pub(super) fn moves(&mut self, stages: &Stages, start: u16, possible: &mut Possible) {
        let mut walk = Walk { ends: CellSet::default(), faults: false, budget: MOST_STEPS };
        let mut visited = vec![start];
        self.walk(stages, &mut visited, &mut walk);
        if walk.budget == 0 {
            (0..stages.require.len()).for_each(|stage| walk.ends.insert(stage as Cell));
            walk.faults = true;
        }
        possible.stages = walk.ends.iter().collect();
        possible.stage_faults = walk.faults;
        let mut cells = CellSet::default();
        walk.ends.iter().for_each(|stage| cells.insert(FIRST_VALUE.saturating_add(stage)));
        if walk.faults {
            cells.insert(FAULT);
        }
        self.set_all(stages.variable, cells);
    }

    /// Where the moves may end from the last visited stage on.
    fn walk(&self, stages: &Stages, visited: &mut Vec<u16>, walk: &mut Walk) {
        let Some(current) = visited.last().copied() else { return };
        walk.budget = walk.budget.saturating_sub(1);
        if walk.budget == 0 {
            return;
        }
        for item in stages.moves.iter().filter(|item| item.from.contains(&current)) {
            let truths = self.truths(item.when);
            walk.faults |= truths.has(Truth::Fault);
            let (may_enter, must_enter) = if visited.contains(&item.to) { (false, false) } else { self.may_enter(stages, item.to) };
            if truths.has(Truth::True) && may_enter {
                visited.push(item.to);
                self.walk(stages, visited, walk);
                visited.pop();
            }
            let goes_on = truths.may_pass() || (truths.has(Truth::True) && !must_enter);
            if !goes_on {
                return;
            }
        }
        walk.ends.insert(current);
    }

    /// Whether a stage's required fields may all be known, and whether they must be.
    fn may_enter(&self, stages: &Stages, stage: u16) -> (bool, bool) {
        let program = self.engine.program();
        let (mut may, mut must) = (true, true);
        for &field in stages.require.get(usize::from(stage)).into_iter().flatten() {
            let cells = program.slots_of(field).next().and_then(|slot| self.cells.get(usize::from(slot)));
            let (mut known, mut unknown) = (false, false);
            for cell in cells.into_iter().flat_map(CellSet::iter) {
                if cell >= FIRST_VALUE { known = true } else { unknown = true }
            }
            may &= known;
            must &= known && !unknown;
        }
        (may, must)
    }
}
