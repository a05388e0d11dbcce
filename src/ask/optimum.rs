//! The least friction that any way of asking has, by dynamic programming; and what nobody can go below.
//!
//! `V(f) = 0` where no question matters to `f`, otherwise the least of `cost(q) + sum over answers of p * V(f after the answer)`. States are functions, so that all ways of coming
//! to the same rest of a form are one state. Questions that are asked in any case are asked first: their answers are free.

use std::collections::BTreeMap;

use super::diagram::{Ref, leaf, number};
use super::plan::Plan;
use crate::program::Truth;

/// How many states are looked at, at most: about fourteen open questions of a score card.
const MOST_STATES: usize = 1 << 18;
/// How many steps orders are looked for, at most.
const MOST_PREFIXES: usize = 1 << 12;
/// The gate of a question that is not asked any more.
pub const CLOSED: Ref = leaf(Truth::False as u32);
/// The gate of a question that applies.
pub const OPEN: Ref = leaf(Truth::True as u32);

/// A form under way: what it is there to settle, then for each level the condition of its question.
pub type State = Vec<Ref>;

/// A form whose least friction is looked for.
pub struct Optimum<'p, 'a> {
    plan: &'p mut Plan<'a>,
    known: BTreeMap<State, f64>,
    most: usize,
}

impl<'p, 'a> Optimum<'p, 'a> {
    /// Nothing is looked at yet, and so many states may be.
    pub fn new(plan: &'p mut Plan<'a>, most: usize) -> Self {
        Self { plan, known: BTreeMap::new(), most: most.min(MOST_STATES) }
    }

    /// The least expected friction from a state on; none where that is too much to find out.
    pub fn least(&mut self, state: &[Ref]) -> Option<f64> {
        let state = rest_of(self.plan, state);
        let levels = self.plan.levels;
        if !levels.iter().zip(state.iter().skip(1)).any(|(_, &gate)| gate != CLOSED) {
            return Some(0.0);
        }
        if let Some(&known) = self.known.get(&state) {
            return Some(known);
        }
        if self.known.len() >= self.most {
            return None;
        }
        self.plan.diagrams.rest();
        let open = |at: usize| state.get(at + 1) == Some(&OPEN);
        let sure = levels.iter().enumerate().position(|(at, level)| level.sure && level.cost.is_some() && open(at));
        let mut least = None;
        for (at, level) in levels.iter().enumerate() {
            let Some(mut cost) = level.cost.filter(|_| open(at) && sure.is_none_or(|sure| sure == at)) else { continue };
            for (branch, &weight) in level.weights.iter().enumerate() {
                if weight > 0.0 && least.is_none_or(|least| cost < least) {
                    let after = after(self.plan, &state, at, branch);
                    cost += weight * self.least(&after)?;
                }
            }
            if least.is_none_or(|least| cost < least) {
                least = Some(cost);
            }
        }
        if self.plan.diagrams.is_exhausted() {
            return None;
        }
        // What waits for something that cannot be asked is not asked.
        let least = least.unwrap_or_default();
        self.known.insert(state, least);
        Some(least)
    }
}

/// The least friction that proves the result to somebody who knows the answers: a branch of each level. So many states may be looked at, and fewer after it.
pub fn floor(plan: &mut Plan, state: &[Ref], answers: &[usize], left: &mut usize) -> Option<f64> {
    let mut known = BTreeMap::new();
    let found = proof(plan, state, answers, &mut known, MOST_PREFIXES.min(*left));
    *left = left.saturating_sub(known.len());
    found
}

fn proof(plan: &mut Plan, state: &[Ref], answers: &[usize], known: &mut BTreeMap<State, f64>, most: usize) -> Option<f64> {
    let state = rest_of(plan, state);
    if let Some(&known) = known.get(&state) {
        return Some(known);
    }
    if known.len() >= most {
        return None;
    }
    plan.diagrams.rest();
    let levels = plan.levels;
    let open = |at: usize| state.get(at + 1) == Some(&OPEN);
    let sure = levels.iter().enumerate().position(|(at, level)| level.sure && level.cost.is_some() && open(at));
    let mut least: Option<f64> = None;
    for (at, (level, &branch)) in levels.iter().zip(answers).enumerate() {
        let Some(cost) = level.cost.filter(|_| open(at) && sure.is_none_or(|sure| sure == at)) else { continue };
        let after = after(plan, &state, at, branch);
        let cost = cost + proof(plan, &after, answers, known, most)?;
        least = Some(least.map_or(cost, |least| least.min(cost)));
    }
    if plan.diagrams.is_exhausted() {
        return None;
    }
    let least = least.unwrap_or_default();
    known.insert(state, least);
    Some(least)
}

/// The expected friction of asking in a fixed order what applies, until nothing matters any more; what is asked in any case is.
pub fn in_fixed_order(plan: &mut Plan, start: &[Ref], order: &[usize], left: &mut usize) -> Option<f64> {
    let mut states = BTreeMap::from([(start.to_vec(), 1.0)]);
    let mut friction = 0.0;
    for &at in order {
        states = next(plan, &states, at, &mut friction, left)?;
    }
    Some(friction)
}

/// The states after one more question of a fixed order, with the friction that it has; none where that is more states than may be looked at.
fn next(plan: &mut Plan, states: &BTreeMap<State, f64>, at: usize, friction: &mut f64, left: &mut usize) -> Option<BTreeMap<State, f64>> {
    *left = left.checked_sub(states.len())?;
    let levels = plan.levels;
    let level = levels.get(at)?;
    let mut found = BTreeMap::new();
    for (state, &weight) in states {
        plan.diagrams.rest();
        let settled = !needs(plan, state).into_iter().any(|needed| needed);
        if state.get(at + 1) != Some(&OPEN) || settled && !level.sure {
            *found.entry(state.clone()).or_insert(0.0) += weight;
            continue;
        }
        *friction += weight * level.cost.unwrap_or_default();
        for (branch, &likely) in level.weights.iter().enumerate() {
            if likely > 0.0 {
                *found.entry(after(plan, state, at, branch)).or_insert(0.0) += weight * likely;
            }
        }
        if plan.diagrams.is_exhausted() || found.len() > MOST_STATES {
            return None;
        }
    }
    Some(found)
}

/// The fixed order with the least expected friction, exactly, over all sets of questions asked; none where that is too much to find out.
pub fn best_order(plan: &mut Plan, start: &[Ref], questions: &[usize], left: &mut usize) -> Option<Vec<usize>> {
    let count = questions.len();
    if 1 << count.min(31) > MOST_PREFIXES {
        return None;
    }
    // For each set of questions asked, what the form can be: it does not matter in which order they were.
    let mut sets: Vec<Option<BTreeMap<State, f64>>> = vec![None; 1 << count];
    let mut costs: Vec<Option<(f64, usize)>> = vec![None; 1 << count];
    *sets.first_mut()? = Some(BTreeMap::from([(start.to_vec(), 1.0)]));
    *costs.first_mut()? = Some((0.0, 0));
    for set in 0..sets.len() {
        let (Some(states), Some((cost, _))) = (sets.get_mut(set).and_then(Option::take), costs.get(set).copied().flatten()) else { continue };
        for (place, &at) in questions.iter().enumerate() {
            let with = set | 1 << place;
            // A question whose condition waits for another stands behind it: before it, it would be passed over.
            if with == set || states.keys().any(|state| waits(state, at)) {
                continue;
            }
            let mut friction = 0.0;
            let found = next(plan, &states, at, &mut friction, left)?;
            if let Some(known) = costs.get_mut(with)
                && known.is_none_or(|(known, _)| cost + friction < known)
            {
                *known = Some((cost + friction, place));
            }
            if let Some(place @ None) = sets.get_mut(with) {
                *place = Some(found);
            }
        }
    }
    let mut order = Vec::with_capacity(count);
    let mut set = costs.len() - 1;
    while set != 0 {
        let (_, place) = costs.get(set).copied().flatten()?;
        order.push(*questions.get(place)?);
        set &= !(1 << place);
    }
    order.reverse();
    Some(order)
}

/// Whether it is open still whether a question applies.
fn waits(state: &[Ref], at: usize) -> bool {
    state.get(at + 1).is_some_and(|&gate| number(gate).is_none())
}

/// Which questions a form still rests on.
pub fn needs(plan: &mut Plan, state: &[Ref]) -> Vec<bool> {
    let support = plan.diagrams.support(state.first().copied().unwrap_or(CLOSED));
    support.into_iter().zip(plan.levels).map(|(needed, level)| needed && level.cost.is_some()).collect()
}

/// The same form without the questions that do not matter any more: more forms are then the same.
pub fn rest_of(plan: &mut Plan, state: &[Ref]) -> State {
    let needed = needs(plan, state);
    let settled = !needed.contains(&true);
    let mut rest = state.to_vec();
    for ((gate, level), needed) in rest.iter_mut().skip(1).zip(plan.levels).zip(needed) {
        if !needed && !level.sure || number(*gate).is_some() && *gate != OPEN {
            *gate = CLOSED;
        }
        // What waits for a question that is not asked any more will not be asked.
        if settled && number(*gate).is_none() {
            *gate = CLOSED;
        }
    }
    if let (true, Some(of)) = (settled, rest.first_mut()) {
        *of = CLOSED;
    }
    rest
}

/// The form after an answer.
pub fn after(plan: &mut Plan, state: &[Ref], at: usize, branch: usize) -> State {
    let mut after: State = state.iter().map(|&of| plan.diagrams.fix(of, at, branch)).collect();
    if let Some(gate) = after.get_mut(at + 1) {
        *gate = CLOSED;
    }
    after
}
