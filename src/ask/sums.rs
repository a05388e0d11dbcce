//! Sums of functions, as far as they matter: what a sum is told apart by is often much less than the sum.

use super::diagram::{Count, Diagrams, Ref, leaf, number};
use super::words::Words;
use crate::program::Milli;

/// What is added to thousandths so that they are the number of a leaf.
pub const ZERO: Milli = 1 << 30;
/// The leaf of points that fault.
pub const NO_POINTS: u32 = 0;

/// Points as the number of a leaf; none where they fault.
#[cfg_attr(not(feature = "full"), inline(never))]
pub fn points_number(points: Option<Milli>) -> u32 {
    points.map_or(NO_POINTS, |points| (points.clamp(1 - ZERO, ZERO - 1) + ZERO) as u32)
}

/// The points that a leaf's number stands for.
pub fn milli(number: u32) -> Milli {
    Milli::from(number) - ZERO
}

/// Room for sums.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    /// What the parts of the calls under way are.
    parts: Vec<Ref>,
    /// By parts and what is added up so far, the function.
    memo: Words,
    /// For each node the least and the greatest points, and whether it may fault.
    ends: Words,
}

impl Sums {
    /// Forgets everything; the room is kept.
    pub fn clear(&mut self) {
        self.parts.clear();
        self.ends.clear();
    }

    /// Between which points a function lies, and whether it may fault.
    pub fn ends(&mut self, diagrams: &Diagrams, of: Ref) -> (Milli, Milli, bool) {
        if let Some(number) = number(of) {
            return if number == NO_POINTS { (Milli::MAX, Milli::MIN, true) } else { (milli(number), milli(number), false) };
        }
        let (place, new) = self.ends.place(&[of]);
        let (low, high, fault) = (place + 2, place + 3, place + 4);
        if !new {
            return (milli(self.ends.at(low)), milli(self.ends.at(high)), self.ends.at(fault) != 0);
        }
        for _ in 0..3 {
            self.ends.push(0);
        }
        let mut found = (Milli::MAX, Milli::MIN, false);
        for branch in 0..diagrams.branches(diagrams.level(of)) {
            let child = self.ends(diagrams, diagrams.child(of, branch));
            found = (found.0.min(child.0), found.1.max(child.1), found.2 | child.2);
        }
        // A function that always faults is a leaf, so there are points.
        self.ends.set(low, points_number(Some(found.0)));
        self.ends.set(high, points_number(Some(found.1)));
        self.ends.set(fault, u32::from(found.2));
        found
    }

    /// The sum of functions of points, by what `place` makes of it: where two sums come to the same, those between them do too.
    pub fn sum(&mut self, diagrams: &mut Diagrams, parts: &[Ref], place: &mut dyn Count<Milli>, fault: u32) -> Ref {
        self.memo.clear();
        let start = self.parts.len();
        self.parts.extend_from_slice(parts);
        let found = self.step(diagrams, start, 0, place, fault);
        self.parts.truncate(start);
        found
    }

    fn step(&mut self, diagrams: &mut Diagrams, start: usize, mut sum: Milli, place: &mut dyn Count<Milli>, fault: u32) -> Ref {
        let (mut low, mut high, mut faults, mut level) = (0, 0, false, usize::MAX);
        let mut kept = start;
        for at in start..self.parts.len() {
            let part = self.parts.get(at).copied().unwrap_or_default();
            match number(part) {
                Some(NO_POINTS) => return leaf(fault),
                Some(points) => sum += milli(points),
                None => {
                    let ends = self.ends(diagrams, part);
                    (low, high, faults) = (low + ends.0, high + ends.1, faults | ends.2);
                    level = level.min(diagrams.level(part));
                    if let Some(place) = self.parts.get_mut(kept) {
                        *place = part;
                    }
                    kept += 1;
                }
            }
        }
        self.parts.truncate(kept);
        let (least, greatest) = (place.count(sum + low), place.count(sum + high));
        if !faults && least == greatest {
            return leaf(least);
        }
        // What is added up so far is one part more.
        self.parts.push(points_number(Some(sum)));
        let (memo, new) = self.memo.place(self.parts.get(start..).unwrap_or_default());
        self.parts.truncate(kept);
        let result = memo + 2 + (kept - start);
        if !new {
            return self.memo.at(result);
        }
        self.memo.push(0);
        if !diagrams.may_branch(level) {
            return leaf(fault);
        }
        let children = diagrams.begin(level);
        for branch in 0..diagrams.branches(level) {
            let next = self.parts.len();
            for at in start..kept {
                let part = self.parts.get(at).copied().unwrap_or_default();
                self.parts.push(if diagrams.level(part) == level { diagrams.child(part, branch) } else { part });
            }
            let child = self.step(diagrams, next, sum, place, fault);
            self.parts.truncate(next);
            diagrams.put(children + branch, child);
        }
        let found = diagrams.end(level, children);
        self.memo.set(result, found);
        found
    }
}
