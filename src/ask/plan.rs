//! Which question to ask next: the one with the least expected friction from here on, where later questions come in a fixed order.
//!
//! That is *rollout* (Bertsekas and Tsitsiklis 1996), two steps of it, over the best policy that a pass through a diagram can measure: to ask in the order of the levels, and to
//! skip what cannot matter any more. The order is the compiled one, so that only its next few questions come into question; what they rest on stands at the top of a diagram, and
//! is cheap to look at. Only sums and products of doubles are taken, so every machine comes to the same question.

use super::diagram::{Diagrams, Ref, number};
use super::open::Level;
use super::words::Words;

/// How many questions are looked at closely.
const CANDIDATES: usize = 4;
/// After so many branches, the other questions in order are not looked at.
const MUCH_WORK: u32 = 1 << 14;

/// Plans over the levels of a lead.
pub struct Plan<'a> {
    /// The functions.
    pub diagrams: &'a mut Diagrams,
    /// What their levels are.
    pub levels: &'a [Level],
}

impl<'a> Plan<'a> {
    /// Plans over the levels of a lead.
    pub fn new(diagrams: &'a mut Diagrams, levels: &'a [Level]) -> Self {
        Self { diagrams, levels }
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
        let needed = self.diagrams.support(of);
        let begun = self.diagrams.work();
        let mut found: Vec<(f64, usize)> = Vec::new();
        for (at, (may, needed)) in may.iter().zip(needed).enumerate() {
            if *may && needed && (found.len() < CANDIDATES || self.diagrams.work() - begun < MUCH_WORK) {
                found.push((self.after_first(of, at, &[], 0), at));
            }
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        found.truncate(CANDIDATES);
        let mut best: Option<(f64, usize)> = None;
        for (_, at) in found {
            let cost = self.after_first(of, at, may, CANDIDATES);
            if self.diagrams.is_exhausted() {
                break;
            }
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, at));
            }
        }
        best.map(|(_, at)| at)
    }

    /// The expected friction of asking a question, then the best one of so many of the next that `may` be asked, and then the others in the order of the levels.
    fn after_first(&mut self, of: Ref, at: usize, may: &[bool], width: usize) -> f64 {
        let levels = self.levels;
        let Some(level) = levels.get(at) else { return 0.0 };
        let mut cost = level.cost.unwrap_or_default();
        for (branch, &weight) in level.weights.iter().enumerate() {
            if weight > 0.0 {
                let rest = self.diagrams.fix(of, at, branch);
                cost += weight * self.least(rest, may, width);
            }
        }
        cost
    }

    /// The expected friction where the first question is the best of so many that `may` be asked, and the others come in order.
    fn least(&mut self, of: Ref, may: &[bool], width: usize) -> f64 {
        let mut least = self.in_order(of);
        if width == 0 || number(of).is_some() {
            return least;
        }
        let needed = self.diagrams.support(of);
        for (at, _) in may.iter().zip(needed).enumerate().filter(|(_, (may, needed))| **may && *needed).take(width) {
            least = least.min(self.after_first(of, at, &[], 0));
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
        self.diagrams.visit(of, &mut |_, node| {
            if number(node).is_none() {
                nodes.push(node);
            }
        });
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

    /// What a function can come to.
    pub fn leaves(&mut self, of: Ref) -> Vec<u32> {
        let mut found = Vec::new();
        self.diagrams.visit(of, &mut |_, node| found.extend(number(node)));
        found
    }
}
