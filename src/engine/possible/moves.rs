//! Where the moves may end: a search through stages, each entered at most once.

use super::bounds::Sets;
use super::{Possible, insert};
use crate::program::{FAULT, FIRST_VALUE, Stages, Truth};

/// How many steps the search takes before it counts every stage as possible.
const MOST_STEPS: usize = 20_000;

impl Sets<'_> {
    /// Lifts the moves from a stage on.
    pub(super) fn moves(&mut self, stages: &Stages, start: u16, possible: &mut Possible) {
        let mut budget = MOST_STEPS;
        #[cfg(feature = "full")]
        match self.standing.clone() {
            Some(standing) => self.live_walk(stages, &standing, &mut budget, possible),
            None => self.walk(stages, &mut vec![start], &mut budget, possible),
        }
        #[cfg(not(feature = "full"))]
        self.walk(stages, &mut vec![start], &mut budget, possible);
        if budget == 0 {
            (0..stages.require.len() as u16).for_each(|stage| insert(&mut possible.stages, stage));
            possible.stage_faults = true;
        }
        self.clear(stages.variable);
        for stage in &possible.stages {
            self.add(stages.variable, FIRST_VALUE.saturating_add(*stage));
        }
        if possible.stage_faults {
            self.add(stages.variable, FAULT);
        }
    }

    /// Where the moves may end from the last visited stage on.
    fn walk(&self, stages: &Stages, visited: &mut Vec<u16>, budget: &mut usize, possible: &mut Possible) {
        let Some(current) = visited.last().copied() else { return };
        *budget = budget.saturating_sub(1);
        if *budget == 0 {
            return;
        }
        for item in &stages.moves {
            if !item.from.contains(&current) {
                continue;
            }
            let truths = self.truths(item.when);
            possible.stage_faults |= truths.has(Truth::Fault);
            let (may_enter, must_enter) = if visited.contains(&item.to) { (false, false) } else { self.may_enter(stages, item.to) };
            if truths.has(Truth::True) && may_enter {
                visited.push(item.to);
                self.walk(stages, visited, budget, possible);
                visited.pop();
            }
            let goes_on = truths.may_pass() || (truths.has(Truth::True) && !must_enter);
            if !goes_on {
                return;
            }
        }
        insert(&mut possible.stages, current);
    }

    /// Whether a stage's required fields may all be known, and whether they must be.
    pub(super) fn may_enter(&self, stages: &Stages, stage: u16) -> (bool, bool) {
        let (mut may, mut must) = (true, true);
        for &field in stages.require.get(usize::from(stage)).into_iter().flatten() {
            let slot = self.engine.program().slots_of(field).start;
            let known = self.cells.next(slot, usize::from(FIRST_VALUE)).is_some();
            let unknown = self.cells.next(slot, 0).is_some_and(|cell| cell < FIRST_VALUE);
            may &= known;
            must &= known && !unknown;
        }
        (may, must)
    }
}
