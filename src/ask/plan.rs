//! Which question to ask next: the one with the least expected friction from here on, where later questions come in a fixed order.
//!
//! That is *rollout* (Bertsekas and Tsitsiklis 1996), two steps of it, over the best policy that a pass through a diagram can measure: to ask in the order of the levels, and to
//! skip what cannot matter any more. The order is the compiled one, so that only its next few questions come into question; what they rest on stands at the top of a diagram, and
//! is cheap to look at. Where few questions are left, their forms are looked at to the end. Only sums and products of doubles are taken, so every machine comes to the same question.

use super::diagram::{Diagrams, Ref, number};
use super::open::Level;
use super::words::Words;

/// How many questions are looked at, of those that come next in order.
const CANDIDATES: usize = 4;
/// Until so many branches were looked at, more of them are.
const LITTLE_WORK: u32 = 1 << 10;
/// After that, only those are looked at more closely that cost nearly as little as the best one,
const NEARLY: f64 = 1.03;
/// and of those that cost the same only so many.
const ALIKE: usize = 2;
/// How many questions are few: their forms are looked at to the end.
const FEW: usize = 6;
/// How many questions are looked at there, of those that come next in order.
const FEW_CANDIDATES: usize = 3;
/// After so many branches, forms are not looked at to the end.
const MUCH_WORK: u32 = 1 << 13;

/// Plans over the levels of a lead.
pub struct Plan<'a> {
    /// The functions.
    pub diagrams: &'a mut Diagrams,
    /// What their levels are.
    pub levels: &'a [Level],
    /// For each function that was looked at to the end its friction, as two numbers.
    ends: Words,
}

impl<'a> Plan<'a> {
    /// Plans over the levels of a lead.
    pub fn new(diagrams: &'a mut Diagrams, levels: &'a [Level]) -> Self {
        Self { diagrams, levels, ends: Words::default() }
    }

    /// The expected friction until a function depends on no question any more, its questions asked in the order of the levels.
    pub fn in_order(&mut self, of: Ref) -> f64 {
        if number(of).is_some() {
            return 0.0;
        }
        if let Some(known) = self.diagrams.price(of) {
            return known;
        }
        let (levels, at) = (self.levels, self.diagrams.level(of));
        let Some(level) = levels.get(at) else { return 0.0 };
        // What cannot be asked stands below all questions: no question matters any more.
        let Some(mut cost) = level.cost else { return 0.0 };
        for (branch, &weight) in level.weights.iter().enumerate() {
            if weight > 0.0 {
                cost += weight * self.in_order(self.diagrams.child(of, branch));
            }
        }
        self.diagrams.set_price(of, cost);
        cost
    }

    /// Of the questions that `may` be asked, the one to ask first. Those after which the rest in order costs least are looked at more closely.
    fn best(&mut self, of: Ref, may: &[bool]) -> Option<usize> {
        let begun = self.diagrams.work();
        let asked = self.asked(of, may);
        // Questions that wait for an answer may follow.
        let all: Vec<bool> = self.levels.iter().map(|level| level.cost.is_some()).collect();
        if asked.len() <= FEW && asked.len() == self.asked(of, &all).len() {
            self.ends.clear();
            if let Some((_, best @ Some(_))) = self.until_the_end(of, may, begun + MUCH_WORK) {
                return best;
            }
        }
        let begun = self.diagrams.work();
        // The one that costs least comes first.
        let mut found: Vec<(f64, usize)> = Vec::new();
        for at in asked {
            if found.len() < CANDIDATES || self.diagrams.work() - begun < LITTLE_WORK {
                let cost = self.after_first(of, at, &[], 0);
                let place = found.iter().position(|known| known.0 > cost).unwrap_or(found.len());
                found.insert(place, (cost, at));
            }
        }
        let until = begun + LITTLE_WORK;
        if let (true, Some(&(least, _))) = (self.diagrams.work() > until, found.first()) {
            let (mut last, mut alike) = (0.0, 0);
            found.retain(|&(cost, _)| {
                // As far as roundings of a sum go.
                alike = if cost - last < least * 1e-9 { alike + 1 } else { 1 };
                last = cost;
                cost < least * NEARLY && alike <= ALIKE
            });
        }
        let mut best: Option<(f64, usize)> = None;
        for (place, (_, at)) in found.into_iter().enumerate() {
            if place >= CANDIDATES && self.diagrams.work() > until {
                break;
            }
            let cost = self.after_first(of, at, may, until);
            if self.diagrams.is_exhausted() {
                break;
            }
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, at));
            }
        }
        best.map(|(_, at)| at)
    }

    /// The questions that `may` be asked and matter to a function, in order.
    fn asked(&mut self, of: Ref, may: &[bool]) -> Vec<usize> {
        let needed = self.diagrams.support(of);
        may.iter().zip(needed).enumerate().filter(|(_, (may, needed))| **may && *needed).map(|(at, _)| at).collect()
    }

    /// The least expected friction where each question is one of the next few in order, and the first of them; none where that takes too much work.
    fn until_the_end(&mut self, of: Ref, may: &[bool], until: u32) -> Option<(f64, Option<usize>)> {
        if number(of).is_some() {
            return Some((0.0, None));
        }
        let (place, new) = self.ends.place(&[of]);
        if !new {
            return Some((self.ends.double(place + 2), None));
        }
        self.ends.extend(2, 0);
        let levels = self.levels;
        let mut best: Option<(f64, usize)> = None;
        for at in self.asked(of, may).into_iter().take(FEW_CANDIDATES) {
            let Some(level) = levels.get(at) else { continue };
            let mut cost = level.cost.unwrap_or_default();
            for (branch, &weight) in level.weights.iter().enumerate() {
                if weight > 0.0 && best.is_none_or(|(least, _)| cost < least) {
                    let rest = self.diagrams.fix(of, at, branch);
                    cost += weight * self.until_the_end(rest, may, until)?.0;
                }
            }
            if self.diagrams.work() > until {
                return None;
            }
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, at));
            }
        }
        // What rests on no question costs none.
        let friction = best.map_or(0.0, |(least, _)| least);
        self.ends.set_double(place + 2, friction);
        Some((friction, best.map(|(_, at)| at)))
    }

    /// The expected friction of asking a question, then the best one of some of the next that `may` be asked, and then the others in the order of the levels; where none may be, all in order.
    pub fn after_first(&mut self, of: Ref, at: usize, may: &[bool], until: u32) -> f64 {
        let levels = self.levels;
        let Some(level) = levels.get(at) else { return 0.0 };
        let mut cost = level.cost.unwrap_or_default();
        for (branch, &weight) in level.weights.iter().enumerate() {
            if weight > 0.0 {
                let rest = self.diagrams.fix(of, at, branch);
                cost += weight * self.least(rest, may, until);
            }
        }
        cost
    }

    /// The expected friction where the first question is the best of some that `may` be asked, and the others come in order.
    fn least(&mut self, of: Ref, may: &[bool], until: u32) -> f64 {
        let mut least = self.in_order(of);
        if may.is_empty() || number(of).is_some() {
            return least;
        }
        for (place, at) in self.asked(of, may).into_iter().enumerate() {
            if place >= CANDIDATES && self.diagrams.work() > until {
                break;
            }
            least = least.min(self.after_first(of, at, &[], until));
        }
        least
    }

    /// Adds to the questions that are shown at once, at most so many of those that `may` be asked: first the best one, then those that are likeliest to be needed after it.
    pub fn page(&mut self, of: Ref, page: &mut Vec<usize>, may: &mut [bool], limit: usize) {
        // What the function can be after the answers to the page, each with how likely that is.
        let mut after = vec![(of, 1.0)];
        for &at in page.iter() {
            after = self.after(&after, at);
            if let Some(may) = may.get_mut(at) {
                *may = false;
            }
        }
        while page.len() < limit {
            after.retain(|(rest, _)| number(*rest).is_none());
            let likeliest = after.iter().copied().reduce(|best, other| if other.1 > best.1 { other } else { best });
            let best = match likeliest {
                Some((rest, _)) if after.len() == 1 => self.best(rest, may),
                _ => None,
            };
            let Some(at) = best.or_else(|| self.likeliest(&after, may)) else { break };
            page.push(at);
            if let Some(may) = may.get_mut(at) {
                *may = false;
            }
            after = self.after(&after, at);
        }
    }

    /// The question that is the likeliest to be asked where questions are asked in the order of the levels.
    fn likeliest(&mut self, after: &[(Ref, f64)], may: &[bool]) -> Option<usize> {
        let mut asked = vec![0.0; self.levels.len()];
        for &(of, weight) in after {
            self.reach(of, weight, &mut asked);
        }
        let mut best: Option<(usize, f64)> = None;
        for (at, (&may, asked)) in may.iter().zip(asked).enumerate() {
            if may && asked > best.map_or(0.0, |(_, most)| most) {
                best = Some((at, asked));
            }
        }
        best.map(|(at, _)| at)
    }

    /// Adds how likely each level is asked on the way through a function.
    fn reach(&mut self, of: Ref, weight: f64, asked: &mut [f64]) {
        let mut nodes = Vec::new();
        self.diagrams.visit(of, &mut |_, node| nodes.push(node));
        // What a node rests on was seen before it, so from the end on each is reached from those before.
        let mut reached = Words::default();
        let mut likely = vec![0.0; nodes.len()];
        for node in nodes.iter().rev() {
            reached.place(&[*node]);
        }
        if let Some(first) = likely.first_mut() {
            *first = weight;
        }
        let levels = self.levels;
        for (place, &node) in nodes.iter().rev().enumerate() {
            let weight = likely.get(place).copied().unwrap_or_default();
            let at = self.diagrams.level(node);
            let Some(level) = levels.get(at) else { continue };
            if let Some(asked) = asked.get_mut(at) {
                *asked += weight;
            }
            for (branch, &part) in level.weights.iter().enumerate() {
                let child = self.diagrams.child(node, branch);
                if number(child).is_none() {
                    // Two numbers stand for each node.
                    let (child, _) = reached.place(&[child]);
                    if let Some(likely) = likely.get_mut(child / 2) {
                        *likely += weight * part;
                    }
                }
            }
        }
    }

    /// What functions can be after one more answer.
    fn after(&mut self, before: &[(Ref, f64)], at: usize) -> Vec<(Ref, f64)> {
        let levels = self.levels;
        let mut after: Vec<(Ref, f64)> = Vec::new();
        for &(of, weight) in before {
            for (branch, &likely) in levels.get(at).map(|level| level.weights.as_slice()).unwrap_or_default().iter().enumerate() {
                if likely <= 0.0 {
                    continue;
                }
                let rest = self.diagrams.fix(of, at, branch);
                match after.iter_mut().find(|(known, _)| *known == rest) {
                    Some((_, sum)) => *sum += weight * likely,
                    None => after.push((rest, weight * likely)),
                }
            }
        }
        after
    }
}
