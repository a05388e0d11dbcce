//! Scores on decision diagrams: sums of functions, and what they lie between.

use super::diagram::{Ref, leaf};
use super::lift::{Lift, Symbol};
use super::sums::{NO_POINTS, points_number};
use crate::engine::{clamp, clamp_group, number_cell, points, singles, worth_in};
use crate::program::{Cell, Cut, FAULT, Group, Milli, ScoreBody, Slot, Value};

impl Lift<'_> {
    /// The functions that add up to a score, before its range.
    fn parts(&mut self, index: usize) -> Vec<Ref> {
        if let Some(known) = self.scores.get(index).filter(|known| !known.is_empty()) {
            return known.clone();
        }
        let mut found = Vec::new();
        match self.engine.program().scores.get(index).map(|score| &score.body) {
            Some(ScoreBody::Groups(groups)) => {
                for (at, group) in (0..).zip(groups) {
                    found.append(&mut self.group(index, at, group));
                }
            }
            Some(ScoreBody::Sum(parts) | ScoreBody::Within(parts, ..)) => {
                for &part in parts {
                    found.append(&mut self.clamped(usize::from(part)));
                }
            }
            None => {}
        }
        if let Some(place) = self.scores.get_mut(index) {
            place.clone_from(&found);
        }
        found
    }

    /// The functions that add up to a score: one, where its range cuts something off.
    fn clamped(&mut self, index: usize) -> Vec<Ref> {
        let parts = self.parts(index);
        let range = self.engine.program().scores.get(index).and_then(|score| score.range);
        let (low, high) = self.span(&parts);
        if range.is_none_or(|(least, greatest)| least <= low && high <= greatest) {
            return parts;
        }
        vec![self.sums.sum(self.diagrams, &parts, &mut |sum: Milli| points_number(Some(clamp(sum, range))), NO_POINTS)]
    }

    /// Between which points a sum of functions lies.
    fn span(&mut self, parts: &[Ref]) -> (Milli, Milli) {
        let mut span: (Milli, Milli) = (0, 0);
        for &part in parts {
            let (low, high, _) = self.sums.ends(self.diagrams, part);
            span = (span.0.saturating_add(low), span.1.saturating_add(high));
        }
        span
    }

    /// Between which points a score lies; none where it faults whatever comes.
    pub fn range(&mut self, index: usize) -> Option<(Milli, Milli)> {
        let parts = self.parts(index);
        let range = self.engine.program().scores.get(index).and_then(|score| score.range);
        let (low, high) = self.span(&parts);
        (low <= high).then(|| (clamp(low, range), clamp(high, range)))
    }

    pub(super) fn score(&mut self, index: usize) {
        let Some(score) = self.engine.program().scores.get(index) else { return };
        let parts = self.parts(index);
        let program = self.engine.program();
        let by_value = program.variables.get(usize::from(score.variable)).is_some_and(|variable| variable.by_value);
        let slot = program.slots_of(score.variable).next().and_then(|slot| program.slots.get(usize::from(slot)));
        if let (Some(Slot { cut: Cut::Thresholds(thresholds), .. }), false) = (slot, by_value) {
            let cell = &mut |sum: Milli| u32::from(number_cell(thresholds, points(clamp(sum, score.range))));
            let root = self.sums.sum(self.diagrams, &parts, cell, u32::from(FAULT));
            return self.set(score.variable, Symbol { root, states: None });
        }
        let (engine, frame, states) = (self.engine, &mut self.frame, &mut self.states);
        let of = [score.variable];
        let place = states.begin(program.slots_of(score.variable).len(), 1);
        engine.set_state(frame, score.variable, FAULT);
        let fault = states.number(place, &of, program, frame);
        let root = self.sums.sum(self.diagrams, &parts, &mut |sum: Milli| {
            engine.set_value(frame, score.variable, &Value::Double(points(clamp(sum, score.range))));
            states.number(place, &of, program, frame)
        }, fault);
        self.set(score.variable, Symbol { root, states: Some(place) });
    }

    /// What a group's rules add up to: one function, where its cap or floor cuts something off. The cases that look at one slot alone are added up cell by cell.
    fn group(&mut self, score: usize, at: u16, group: &Group) -> Vec<Ref> {
        let program = self.engine.program();
        let mut parts = vec![leaf(points_number(self.counted(score, at)))];
        let singles = singles(program, group, &mut |case| {
            let [none, some] = [Some(0), Some(case.points)].map(|points| leaf(points_number(points)));
            let when = self.truth(case.when);
            parts.push(self.by_truth(when, [none, some, none, leaf(NO_POINTS)]));
        });
        for (slot, cases) in singles {
            let cell = self.cell(slot);
            parts.push(self.diagrams.map(cell, &mut |cell: u32| points_number(worth_in(program, &cases, cell as Cell))));
        }
        let (low, high) = self.span(&parts);
        if group.min.is_none_or(|least| least <= low) && group.max.is_none_or(|greatest| high <= greatest) {
            return parts;
        }
        vec![self.sums.sum(self.diagrams, &parts, &mut |sum: Milli| points_number(Some(clamp_group(sum, group))), NO_POINTS)]
    }

    /// What rules that count events give.
    #[cfg(feature = "full")]
    fn counted(&self, score: usize, group: u16) -> Option<Milli> {
        if self.frame.worth.is_empty() {
            return Some(0);
        }
        let mut rules = self.engine.program().life.events.of_group(score, group);
        rules.try_fold(0, |sum: Milli, rule| Some(sum.saturating_add(self.frame.worth.get(rule).copied().flatten()?.sum)))
    }

    #[cfg(not(feature = "full"))]
    fn counted(&self, _: usize, _: u16) -> Option<Milli> {
        Some(0)
    }
}
