//! Where the moves of a lead may end of which is known where it stands: a search through what its conditions leave open.

use super::bounds::Sets;
use super::{Possible, insert};
use crate::engine::moves::{MOST_TIME_MOVES, Standing};
use crate::engine::truths::Truths;
use crate::program::{FormulaId, Stages, Truth};

/// What may come of a move that is looked at.
struct Looked {
    /// It may be made.
    made: bool,
    /// It may not be made, so that the next one is looked at.
    passed: bool,
}

impl Sets<'_> {
    /// Lifts the moves from where a lead stands.
    pub(super) fn live_walk(&self, stages: &Stages, standing: &Standing, budget: &mut usize, possible: &mut Possible) {
        if standing.pinned {
            return insert(&mut possible.stages, standing.stage);
        }
        self.after_time(stages, standing, (0, false), budget, possible);
    }

    /// The moves after a time, after so many of them, one of which may have reset scores.
    fn after_time(&self, stages: &Stages, standing: &Standing, (count, anew): (usize, bool), budget: &mut usize, possible: &mut Possible) {
        *budget = budget.saturating_sub(1);
        if *budget == 0 {
            return;
        }
        for (at, _, item) in standing.all_due(self.engine) {
            if anew && item.when.is_some() {
                return insert(&mut possible.stages, standing.stage);
            }
            let looked = self.look(stages, item.when, item.to, possible);
            if looked.made && count == MOST_TIME_MOVES {
                possible.stage_faults = true;
            } else if looked.made {
                let mut next = standing.clone();
                next.enter(item.to, at);
                self.after_time(stages, &next, (count + 1, anew || !item.reset.is_empty()), budget, possible);
            }
            if !looked.passed {
                return;
            }
        }
        match anew {
            true => insert(&mut possible.stages, standing.stage),
            false => self.on_conditions(stages, standing, &mut vec![standing.stage], budget, possible),
        }
    }

    /// The moves on conditions, now.
    fn on_conditions(&self, stages: &Stages, standing: &Standing, visited: &mut Vec<u16>, budget: &mut usize, possible: &mut Possible) {
        *budget = budget.saturating_sub(1);
        if *budget == 0 {
            return;
        }
        for (index, item) in (0..).zip(&stages.moves) {
            let barred = || self.engine.terms(index).is_some_and(|terms| standing.bar(self.engine, terms, standing.now).is_some());
            if !item.from.contains(&standing.stage) || barred() {
                continue;
            }
            let mut looked = self.look(stages, Some(item.when), item.to, possible);
            if visited.contains(&item.to) {
                // Its condition is looked at all the same, and faults.
                looked = Looked { made: false, passed: self.truths(item.when).may_pass() || self.truths(item.when).has(Truth::True) };
            }
            if looked.made {
                let mut next = standing.clone();
                if next.makes(self.engine, index) {
                    visited.push(item.to);
                    self.on_conditions(stages, &next, visited, budget, possible);
                    visited.pop();
                } else {
                    insert(&mut possible.stages, next.stage);
                }
            }
            if !looked.passed {
                return;
            }
        }
        insert(&mut possible.stages, standing.stage);
    }

    fn look(&self, stages: &Stages, when: Option<FormulaId>, to: u16, possible: &mut Possible) -> Looked {
        let truths = when.map_or(Truths::of(Truth::True), |when| self.truths(when));
        possible.stage_faults |= truths.has(Truth::Fault);
        let (may, must) = self.may_enter(stages, to);
        Looked { made: truths.has(Truth::True) && may, passed: truths.may_pass() || truths.has(Truth::True) && !must }
    }
}
