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
///
/// What is added up is a *list* of functions of one or more levels. A list stands once, with what is known of it and with what it becomes on each branch of its first level: a shorter
/// list, and points. So a sum that has come so far is two numbers, the list that is left and the points.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    /// The lists of functions, each with what stands behind it.
    lists: Words,
    /// For each branch of a list's level the list after it, and the points that come to it.
    branches: Vec<u32>,
    /// The list that is being made.
    list: Vec<Ref>,
    /// By list and points, the function.
    memo: Words,
    /// For each node the least and the greatest points, and whether it may fault.
    ends: Words,
}

/// What stands behind a list: its first level, its least and greatest points, whether it may fault, and where its branches begin.
const LEVEL: usize = 0;
const LOW: usize = 1;
const HIGH: usize = 2;
const MAY_FAULT: usize = 3;
const BRANCHES: usize = 4;

impl Sums {
    /// Forgets everything; the room is kept.
    pub fn clear(&mut self) {
        self.lists.clear();
        self.branches.clear();
        self.ends.clear();
    }

    /// Between which points a function lies, and whether it may fault.
    pub fn ends(&mut self, diagrams: &mut Diagrams, of: Ref) -> (Milli, Milli, bool) {
        let of = diagrams.draw(of);
        self.ends_of(diagrams, of)
    }

    fn ends_of(&mut self, diagrams: &Diagrams, of: Ref) -> (Milli, Milli, bool) {
        if let Some(number) = number(of) {
            return if number == NO_POINTS { (Milli::MAX, Milli::MIN, true) } else { (milli(number), milli(number), false) };
        }
        let (place, new) = self.ends.place(&[of]);
        let (low, high, fault) = (place + 2, place + 3, place + 4);
        if !new {
            return (milli(self.ends.at(low)), milli(self.ends.at(high)), self.ends.at(fault) != 0);
        }
        self.ends.extend(3, 0);
        let mut found = (Milli::MAX, Milli::MIN, false);
        for branch in 0..diagrams.branches(diagrams.level(of)) {
            let child = self.ends_of(diagrams, diagrams.child(of, branch));
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
        self.list.clear();
        for &part in parts {
            let part = diagrams.draw(part);
            self.list.push(part);
        }
        match self.listed(diagrams) {
            Some((list, sum)) => self.step(diagrams, list, sum, place, fault),
            None => leaf(fault),
        }
    }

    /// Where the list that is made stands, without what is points already, and these; none where it faults.
    fn listed(&mut self, diagrams: &Diagrams) -> Option<(usize, Milli)> {
        let mut sum = 0;
        let mut faults = false;
        self.list.retain(|&part| {
            let Some(points) = number(part) else { return true };
            faults |= points == NO_POINTS;
            sum += milli(points);
            false
        });
        if faults {
            return None;
        }
        let (list, new) = self.lists.place(&self.list);
        if new {
            let (mut low, mut high, mut faults, mut level) = (0, 0, false, usize::MAX);
            for at in 0..self.list.len() {
                let part = self.list.get(at).copied().unwrap_or_default();
                let ends = self.ends_of(diagrams, part);
                (low, high, faults) = (low + ends.0, high + ends.1, faults | ends.2);
                level = level.min(diagrams.level(part));
            }
            for word in [level as u32, points_number(Some(low)), points_number(Some(high)), u32::from(faults), u32::MAX] {
                self.lists.push(word);
            }
        }
        Some((list, sum))
    }

    /// Where a list's branches begin.
    fn branches(&mut self, diagrams: &Diagrams, list: usize, level: usize) -> usize {
        let (count, behind) = self.behind(list);
        let known = self.lists.at(behind + BRANCHES) as usize;
        if known < self.branches.len() {
            return known;
        }
        let begin = self.branches.len();
        for branch in 0..diagrams.branches(level) {
            self.list.clear();
            for at in list + 1..=list + count {
                let part = self.lists.at(at);
                self.list.push(if diagrams.level(part) == level { diagrams.child(part, branch) } else { part });
            }
            let (next, points) = match self.listed(diagrams) {
                Some((next, points)) => (next as u32, points_number(Some(points))),
                None => (0, NO_POINTS),
            };
            self.branches.extend([next, points]);
        }
        self.lists.set(behind + BRANCHES, begin as u32);
        begin
    }

    /// How many functions a list has, and where what is known of it begins.
    fn behind(&self, list: usize) -> (usize, usize) {
        let count = self.lists.at(list) as usize;
        (count, list + 1 + count)
    }

    fn step(&mut self, diagrams: &mut Diagrams, list: usize, sum: Milli, place: &mut dyn Count<Milli>, fault: u32) -> Ref {
        let (_, behind) = self.behind(list);
        let [low, high] = [LOW, HIGH].map(|end| place.count(sum + milli(self.lists.at(behind + end))));
        if low == high && self.lists.at(behind + MAY_FAULT) == 0 {
            return leaf(low);
        }
        let (result, new) = self.memo.place(&[list as u32, points_number(Some(sum))]);
        if !new {
            return self.memo.at(result + 3);
        }
        self.memo.push(0);
        let level = self.lists.at(behind + LEVEL) as usize;
        if !diagrams.may_branch(level) {
            return leaf(fault);
        }
        let begin = self.branches(diagrams, list, level);
        let node = diagrams.begin(level);
        for branch in 0..diagrams.branches(level) {
            let [next, points] = [0, 1].map(|word| self.branches.get(begin + 2 * branch + word).copied().unwrap_or_default());
            let child = if points == NO_POINTS { leaf(fault) } else { self.step(diagrams, next as usize, sum + milli(points), place, fault) };
            diagrams.add(child);
        }
        let found = diagrams.end(node);
        self.memo.set(result + 3, found);
        found
    }
}
