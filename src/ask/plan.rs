//! Which question to ask next: the one with the least expected friction from here on, where later questions come in a fixed order.
//!
//! That is one step of *rollout* (Bertsekas and Tsitsiklis 1996) over the best policy that a pass through a diagram can measure: to ask in the order of the levels, and to skip
//! what cannot matter any more. Only sums and products of doubles are taken, so every machine comes to the same question.

use super::diagram::{Diagrams, Ref, number};
use super::open::Level;
use super::words::Words;

/// Plans over the levels of a lead.
pub struct Plan<'a> {
    /// The functions.
    pub diagrams: &'a mut Diagrams,
    /// What their levels are.
    pub levels: &'a [Level],
    /// What nodes cost in the order of the levels, in halves of doubles.
    costs: Words,
}

impl<'a> Plan<'a> {
    /// Plans over the levels of a lead.
    pub fn new(diagrams: &'a mut Diagrams, levels: &'a [Level]) -> Self {
        Self { diagrams, levels, costs: Words::default() }
    }

    /// The expected friction until a function depends on no question any more, its questions asked in the order of the levels.
    pub fn in_order(&mut self, of: Ref) -> f64 {
        if number(of).is_some() {
            return 0.0;
        }
        let (place, new) = self.costs.place(&[of]);
        if !new {
            return f64::from_bits(u64::from(self.costs.at(place + 2)) << 32 | u64::from(self.costs.at(place + 3)));
        }
        self.costs.push(0);
        self.costs.push(0);
        let (levels, at) = (self.levels, self.diagrams.level(of));
        let Some(level) = levels.get(at) else { return 0.0 };
        // What cannot be asked stands below all questions: no question matters any more.
        let Some(mut cost) = level.cost else { return 0.0 };
        for (branch, &weight) in level.weights.iter().enumerate() {
            if weight > 0.0 {
                cost += weight * self.in_order(self.diagrams.child(of, branch));
            }
        }
        let bits = cost.to_bits();
        self.costs.set(place + 2, (bits >> 32) as u32);
        self.costs.set(place + 3, bits as u32);
        cost
    }

    /// The expected friction of asking a question and then the others in order.
    fn first(&mut self, of: Ref, at: usize) -> f64 {
        let levels = self.levels;
        let Some(level) = levels.get(at) else { return 0.0 };
        let mut cost = level.cost.unwrap_or_default();
        for (branch, &weight) in level.weights.iter().enumerate() {
            if weight > 0.0 {
                let rest = self.diagrams.fix(of, at, branch);
                cost += weight * self.in_order(rest);
            }
        }
        cost
    }

    /// Of the questions that `may` be asked, the one to ask first.
    fn best(&mut self, of: Ref, may: &[bool]) -> Option<usize> {
        let needed = self.diagrams.support(of);
        let mut best: Option<(usize, f64)> = None;
        for (at, (&may, needed)) in may.iter().zip(needed).enumerate() {
            if may && needed {
                let cost = self.first(of, at);
                if self.diagrams.is_exhausted() {
                    break;
                }
                if best.is_none_or(|(_, least)| cost < least) {
                    best = Some((at, cost));
                }
            }
        }
        best.map(|(at, _)| at)
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
