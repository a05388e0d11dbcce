//! The least friction of a form that is shown by pages, by dynamic programming over whole pages.
//!
//! A page shows as many questions as [`next`](crate::Engine::next) does: its limit, or fewer where after their answers no other is likely to matter. With fewer than it may, a page would
//! cost less friction and more pages, down to one question a page, which is what [`optimum`](super::optimum) tells. What is asked in any case comes first.

use std::collections::{BTreeMap, BTreeSet};

use super::diagram::{Ref, number};
use super::optimum::{OPEN, State, needs, rest_of};
use super::plan::Plan;
use super::walk::{Layer, Reached, Walk, Way};

/// What a form by pages costs on average.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Paged {
    /// Pages.
    pub pages: f64,
    /// Questions on them.
    pub questions: f64,
    /// Their friction.
    pub friction: f64,
}

/// A form whose best pages are looked for.
pub struct BestPages<'p, 'a> {
    plan: &'p mut Plan<'a>,
    limit: usize,
    known: BTreeMap<State, Paged>,
    /// How many states may be looked at still, those between the questions of a page too.
    left: usize,
}

impl<'p, 'a> BestPages<'p, 'a> {
    /// Pages of so many questions; nothing is looked at yet, and so many states may be.
    pub fn new(plan: &'p mut Plan<'a>, limit: usize, effort: usize) -> Self {
        Self { plan, limit, known: BTreeMap::new(), left: effort }
    }

    /// What the best pages cost from a state on; none where that is too much to find out.
    pub fn least(&mut self, state: &[u32]) -> Option<Paged> {
        let state = rest_of(self.plan, state);
        if let Some(&known) = self.known.get(&state) {
            return Some(known);
        }
        let (levels, needed) = (self.plan.levels, needs(self.plan, &state));
        let may: Vec<usize> = (0..levels.len()).filter(|&at| state.get(at + 1) == Some(&OPEN) && levels.get(at).is_some_and(|level| level.cost.is_some())).collect();
        let (mut page, mut others): (Vec<usize>, Vec<usize>) = may.into_iter().partition(|&at| levels.get(at).is_some_and(|level| level.sure));
        page.truncate(self.limit);
        others.retain(|&at| needed.get(at) == Some(&true));
        let likely = likely(self.plan, &state);
        if others.iter().any(|at| likely.contains(at)) {
            others.retain(|at| likely.contains(at));
        }
        let more = (self.limit - page.len()).min(others.len());
        let mut least = None;
        if page.len() + more > 0 {
            let mut after = Layer::from([(state.clone(), Reached::begin())]);
            let mut cost = Paged { pages: 1.0, ..Default::default() };
            for &at in &page {
                after = self.ask(&after, at, &mut cost)?;
            }
            let mut page = Page { first: !page.is_empty(), others, more, shown: Vec::new() };
            self.fill(&after, &mut page, 0, cost, &mut least)?;
        }
        // What waits for something that cannot be asked is not asked.
        let least = least.unwrap_or_default();
        self.known.insert(state, least);
        Some(least)
    }

    /// One more question of a page.
    fn ask(&mut self, before: &Layer, at: usize, cost: &mut Paged) -> Option<Layer> {
        self.left = self.left.checked_sub(before.len())?;
        self.plan.diagrams.rest();
        cost.questions += 1.0;
        cost.friction += self.plan.levels.get(at).and_then(|level| level.cost).unwrap_or_default();
        let after = Walk { order: &[], way: Way::Everything, most: 0, branches: None }.spread(self.plan, before, at);
        (!self.plan.diagrams.is_exhausted()).then_some(after)
    }

    /// Fills a page with so many more of some questions, in every way.
    fn fill(&mut self, after: &Layer, page: &mut Page, from: usize, cost: Paged, least: &mut Option<Paged>) -> Option<()> {
        let others: Vec<usize> = page.others.iter().copied().filter(|at| !page.shown.contains(at)).collect();
        let full = page.more == page.shown.len() || !after.keys().any(|state| likely(self.plan, state).iter().any(|at| others.contains(at)));
        if full && (page.first || !page.shown.is_empty()) {
            let mut cost = cost;
            for (state, reached) in after {
                if least.is_some_and(|least| cost.friction >= least.friction) {
                    break;
                }
                let rest = self.least(state)?;
                cost.pages += reached.weight * rest.pages;
                cost.questions += reached.weight * rest.questions;
                cost.friction += reached.weight * rest.friction;
            }
            if least.is_none_or(|least| cost.friction < least.friction) {
                *least = Some(cost);
            }
            return Some(());
        }
        for place in from..page.others.len() {
            let Some(&at) = page.others.get(place) else { break };
            let mut cost = cost;
            let after = self.ask(after, at, &mut cost)?;
            page.shown.push(at);
            self.fill(&after, page, place + 1, cost, least)?;
            page.shown.pop();
        }
        Some(())
    }
}

/// A page on the way.
struct Page {
    /// It begins with questions that are asked in any case.
    first: bool,
    /// What may follow these, and how many of them.
    others: Vec<usize>,
    more: usize,
    /// Those that do.
    shown: Vec<usize>,
}

/// The levels that are likely to be asked where they are asked in order.
fn likely(plan: &Plan, state: &[Ref]) -> BTreeSet<usize> {
    let (mut seen, mut found) = (BTreeSet::new(), BTreeSet::new());
    let mut left: Vec<Ref> = state.first().copied().into_iter().collect();
    while let Some(of) = left.pop() {
        if number(of).is_some() || !seen.insert(of) {
            continue;
        }
        let at = plan.diagrams.level(of);
        found.insert(at);
        let weights = plan.levels.get(at).map(|level| level.weights.as_slice()).unwrap_or_default();
        left.extend(weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0).map(|(branch, _)| plan.diagrams.child(of, branch)));
    }
    found
}
