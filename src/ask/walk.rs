//! Walking a form: every way of answering it, state by state. What the rest of a form rests on is a function and the conditions of its questions, so ways that leave the same of both
//! are one state.

use std::collections::BTreeMap;

use super::diagram::{Ref, leaf, number};
use super::open::Level;
use super::optimum::{CLOSED, OPEN, State, after, needs};
use super::plan::Plan;
use crate::program::Program;

/// How a state was come to.
#[derive(Debug, Clone, Default)]
pub struct Reached {
    /// How likely it is.
    pub weight: f64,
    /// How many ways lead to it, branches that come to the same counted each.
    pub ways: f64,
    /// The first of the ways that was found: levels with their branches.
    pub first: Vec<(usize, usize)>,
    /// The last one.
    pub last: Vec<(usize, usize)>,
}

impl Reached {
    /// How a form begins.
    pub fn begin() -> Self {
        Self { weight: 1.0, ways: 1.0, ..Default::default() }
    }
}

/// States with how they were come to.
pub type Layer = BTreeMap<State, Reached>;

/// Ways of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Every question that applies.
    Everything,
    /// Every question that applies in the form's order, until no question matters.
    FormOrder,
    /// What [`next`](crate::Engine::next) asks, so many questions at once; zero: as many as the policy's `per_visit` says.
    Plan(usize),
}

/// How likely each level is asked, and how likely its answer settles the form.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    pub asked: Vec<f64>,
    pub settles: Vec<f64>,
    /// How many pages there are on average.
    pub pages: f64,
    /// How many states there are.
    pub states: usize,
}

/// What a walk goes through.
pub struct Walk<'w> {
    /// The levels of questions in the form's order.
    pub order: &'w [usize],
    pub way: Way,
    /// How many states it may look at.
    pub most: usize,
    /// For each level which branches are gone; none: those that are likely at all.
    pub branches: Option<&'w [Vec<usize>]>,
}

/// Is shown a state, how it was come to, and the questions that come next; none at an end.
pub type See<'s> = &'s mut dyn FnMut(&mut Plan, &[Ref], &Reached, &[usize]);

/// Adds to the ways that lead to a state.
fn join(layer: &mut Layer, state: State, reached: Reached) {
    let found = layer.entry(state).or_insert_with(|| Reached { first: reached.first, ..Default::default() });
    found.last = reached.last;
    found.weight += reached.weight;
    found.ways += reached.ways;
}

/// The levels of questions in the form's order.
pub fn in_order(program: &Program, levels: &[Level]) -> Vec<usize> {
    let rank = |level: &Level| program.ask.questions.iter().position(|&field| field == level.field).unwrap_or(usize::MAX);
    let mut order: Vec<usize> = (0..levels.len()).filter(|&at| levels.get(at).is_some_and(|level| level.cost.is_some())).collect();
    order.sort_by_key(|&at| levels.get(at).map(rank));
    order
}

/// Whether no question can change what a form is there to settle.
pub fn is_settled(plan: &mut Plan, state: &[Ref]) -> bool {
    !needs(plan, state).contains(&true)
}

/// The same form, without what its way of asking does not look at any more: more forms are then the same.
pub fn simpler(plan: &mut Plan, mut state: State, way: Way) -> State {
    let levels = plan.levels;
    let settled = is_settled(plan, &state);
    let Some((of, gates)) = state.split_first_mut() else { return state };
    let support = plan.diagrams.support(*of);
    for ((gate, level), needed) in gates.iter_mut().zip(levels).zip(support) {
        let idle = match way {
            Way::Everything => false,
            Way::FormOrder => settled,
            Way::Plan(_) => !needed,
        };
        if idle && !level.sure || number(*gate).is_some() && *gate != OPEN {
            *gate = CLOSED;
        }
    }
    if way == Way::Everything {
        *of = leaf(0);
    }
    state
}

/// The questions that come next, of a form made [`simpler`].
pub fn choose(plan: &mut Plan, order: &[usize], state: &[Ref], way: Way) -> Vec<usize> {
    let Some((&of, gates)) = state.split_first() else { return Vec::new() };
    let is_open = |at: usize| gates.get(at) == Some(&OPEN);
    let Way::Plan(limit) = way else { return order.iter().copied().find(|&at| is_open(at)).into_iter().collect() };
    let levels = plan.levels;
    let mut may: Vec<bool> = levels.iter().enumerate().map(|(at, level)| level.cost.is_some() && is_open(at)).collect();
    let mut page: Vec<usize> = levels.iter().enumerate().filter(|(at, level)| level.sure && may.get(*at) == Some(&true)).map(|(at, _)| at).take(limit).collect();
    plan.page(of, &mut page, &mut may, limit);
    page
}

impl Walk<'_> {
    /// What a state becomes by the answers to a question.
    fn each(&self, plan: &mut Plan, (state, reached): (&State, &Reached), at: usize, see: &mut dyn FnMut(&mut Plan, State, Reached)) {
        let levels = plan.levels;
        let weights = levels.get(at).map(|level| level.weights.as_slice()).unwrap_or_default();
        let mut add = |branch: usize| {
            let part = weights.get(branch).copied().unwrap_or_default();
            let mut reached = Reached { weight: reached.weight * part, ..reached.clone() };
            for way in [&mut reached.first, &mut reached.last] {
                way.push((at, branch));
            }
            plan.diagrams.rest();
            let state = after(plan, state, at, branch);
            see(plan, state, reached);
        };
        match self.branches.and_then(|branches| branches.get(at)) {
            Some(branches) => branches.iter().for_each(|&branch| add(branch)),
            None => weights.iter().enumerate().filter(|(_, part)| **part > 0.0).for_each(|(branch, _)| add(branch)),
        }
    }

    /// What states become by the answers to a question.
    pub fn spread(&self, plan: &mut Plan, before: &Layer, at: usize) -> Layer {
        let mut found = Layer::new();
        for before in before {
            self.each(plan, before, at, &mut |_, state, reached| join(&mut found, state, reached));
        }
        found
    }

    /// Walks all forms that begin in some states; none where they are too many. Shows each state with what is asked in it, and each way from one of them to an end by itself.
    pub fn walk(&self, plan: &mut Plan, start: &Layer, see: See) -> Option<Tally> {
        let count = plan.levels.len();
        let mut tally = Tally { asked: vec![0.0; count], settles: vec![0.0; count], ..Default::default() };
        let mut layer = Layer::new();
        for (state, reached) in start {
            let state = simpler(plan, state.clone(), self.way);
            join(&mut layer, state, reached.clone());
        }
        while !layer.is_empty() {
            tally.states += layer.len();
            if tally.states > self.most {
                return None;
            }
            let mut next = Layer::new();
            for (state, reached) in layer {
                plan.diagrams.rest();
                let page = choose(plan, self.order, &state, self.way);
                see(plan, &state, &reached, &page);
                let Some((&last, first)) = page.split_last() else { continue };
                tally.pages += reached.weight;
                let mut states = Layer::from([(state, reached)]);
                for &at in first {
                    let after = self.spread(plan, &states, at);
                    tally.count(plan, &states, at, &after);
                    states = after;
                }
                let mut after = Layer::new();
                for before in &states {
                    self.each(plan, before, last, &mut |plan, state, reached| {
                        let state = simpler(plan, state, self.way);
                        if !plan.diagrams.is_exhausted() && state.iter().skip(1).all(|gate| *gate != OPEN) {
                            see(plan, &state, &reached, &[]);
                        }
                        join(&mut after, state, reached);
                    });
                }
                tally.count(plan, &states, last, &after);
                if plan.diagrams.is_exhausted() {
                    return None;
                }
                for (state, reached) in after {
                    if state.iter().skip(1).any(|gate| *gate == OPEN) {
                        join(&mut next, state, reached);
                    }
                }
            }
            layer = next;
        }
        Some(tally)
    }
}

impl Tally {
    /// Counts a question that is asked in some states, with what they become.
    fn count(&mut self, plan: &mut Plan, before: &Layer, at: usize, after: &Layer) {
        let mut settles = 0.0;
        let mut asked = 0.0;
        for (state, reached) in before {
            asked += reached.weight;
            settles += if is_settled(plan, state) { 0.0 } else { reached.weight };
        }
        for (state, reached) in after {
            settles -= if is_settled(plan, state) { 0.0 } else { reached.weight };
        }
        self.asked.get_mut(at).into_iter().for_each(|sum| *sum += asked);
        self.settles.get_mut(at).into_iter().for_each(|sum| *sum += settles);
    }
}
