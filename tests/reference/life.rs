//! What becomes of a lead's stage over time, written from the documentation: no part of it is the engine's.
//!
//! Working time is counted minute by minute, the state is a list of changes, and what holds at a moment is looked up in it each time.

use super::decide::Facts;
use super::policy::{Move, Policy, Reason, Stages, Time};
use super::value::Truth;

pub const MINUTE: i64 = 60_000;
/// A decision makes at most so many moves after a time.
const MOST: usize = 1000;

/// A change of the stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub id: String,
    pub from: usize,
    pub to: usize,
    pub at: i64,
}

/// A lead's state.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct State {
    /// Where its history begins, and since when it has been there.
    pub first: usize,
    pub since: Option<i64>,
    pub history: Vec<Change>,
    pub resets: Vec<(String, i64, i64)>,
    pub pinned: bool,
}

/// What is asked of a state.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Step {
    pub event: Option<String>,
    pub id: Option<String>,
    pub reason: Option<String>,
}

impl State {
    pub fn stage(&self) -> usize {
        self.history.last().map_or(self.first, |change| change.to)
    }

    fn entered(&self, now: i64) -> i64 {
        self.history.last().map_or(self.since.unwrap_or(now), |change| change.at)
    }

    fn left(&self, stage: usize) -> Option<i64> {
        self.history.iter().rev().find(|change| change.from == stage).map(|change| change.at)
    }

    fn make(&mut self, item: &Move, at: i64) {
        self.history.push(Change { id: item.id.clone(), from: self.stage(), to: item.to, at });
        self.resets.extend(item.reset.iter().map(|(score, left)| (score.clone(), *left, at)));
    }
}

/// When a length of time is over.
pub fn over(policy: &Policy, time: &Time, from: i64) -> Option<i64> {
    let Some(calendar) = &time.calendar else { return Some(from + time.millis) };
    let calendar = &policy.calendars[calendar];
    let mut left = time.millis;
    let mut at = from;
    // Generated times are minutes, and so are the hours of calendars.
    while left > 0 {
        if at > from + 400 * 1440 * MINUTE {
            return None;
        }
        if calendar.works(at) {
            left -= MINUTE;
        }
        at += MINUTE;
    }
    Some(at)
}

/// Why a move cannot be made at a moment, as far as the past goes.
fn barred(policy: &Policy, state: &State, item: &Move, at: i64, now: i64) -> Option<&'static str> {
    if state.pinned {
        return Some("pinned");
    }
    if let Some(within) = &item.within
        && over(policy, within, state.entered(now)).is_some_and(|end| at > end)
    {
        return Some("too-late");
    }
    let cooling = |left: i64| item.cool_down.is_some_and(|length| at < left + length);
    state.left(item.to).is_some_and(cooling).then_some("cooling-down")
}

/// When time makes a move.
fn due(policy: &Policy, state: &State, item: &Move, now: i64) -> Option<i64> {
    let deadline = over(policy, item.after.as_ref()?, state.entered(now))?;
    let cooled = state.left(item.to).and_then(|left| Some(left + item.cool_down?));
    let due = deadline.max(cooled.unwrap_or(deadline));
    (!state.pinned && item.from.contains(&state.stage())).then_some(due)
}

fn may_enter(stages: &Stages, facts: &Facts, item: &Move) -> bool {
    stages.require[item.to].iter().all(|field| facts.is_known(*field))
}

/// The moves that time makes by now. None where a condition faults; whether conditions may be looked at afterwards.
fn timely(policy: &Policy, stages: &Stages, facts: &Facts, state: &State, now: i64) -> Option<(State, bool)> {
    let begun = state.history.len();
    let mut state = state.clone();
    let mut anew = false;
    'again: loop {
        let mut waiting: Vec<(i64, &Move)> = stages.moves.iter().filter_map(|item| Some((due(policy, &state, item, now)?, item))).filter(|(at, _)| *at <= now).collect();
        waiting.sort_by_key(|(at, _)| *at);
        for (at, item) in waiting {
            if anew && !item.always {
                return Some((state, false));
            }
            match facts.truth(&item.when) {
                Truth::E => return None,
                Truth::T if may_enter(stages, facts, item) => {
                    if state.history.len() - begun == MOST {
                        return None;
                    }
                    state.make(item, at);
                    anew |= !item.reset.is_empty();
                    continue 'again;
                }
                _ => {}
            }
        }
        return Some((state, !anew));
    }
}

/// What a decision proposes: the state as it would be. None where a condition faults.
pub fn propose(policy: &Policy, facts: &Facts, state: &State, now: i64) -> Option<State> {
    let stages = policy.stages.as_ref().unwrap();
    let (mut state, goes_on) = timely(policy, stages, facts, state, now)?;
    let mut visited = vec![state.stage()];
    'again: loop {
        for item in stages.moves.iter().filter(|item| goes_on && item.is_plain() && item.from.contains(&state.stage())) {
            if barred(policy, &state, item, now, now).is_some() {
                continue;
            }
            match facts.truth(&item.when) {
                Truth::E => return None,
                Truth::T if !visited.contains(&item.to) && may_enter(stages, facts, item) => {
                    state.make(item, now);
                    visited.push(item.to);
                    if item.reset.is_empty() {
                        continue 'again;
                    }
                    return Some(state);
                }
                _ => {}
            }
        }
        return Some(state);
    }
}

/// The state after a step, or the code of why not.
pub fn advance(policy: &Policy, facts: &Facts, state: &State, step: &Step, now: i64) -> Result<State, &'static str> {
    let mut state = state.clone();
    if state.since.is_none() && state.history.is_empty() {
        state.since = Some(now);
    }
    if facts.is_screened() {
        return Err("screened");
    }
    let stages = policy.stages.as_ref().unwrap();
    let (made, goes_on) = timely(policy, stages, facts, &state, now).ok_or("faulted")?;
    if step.event.is_none() && step.id.is_none() {
        return propose(policy, facts, &state, now).ok_or("faulted");
    }
    let by_time = |id: &String| made.history[state.history.len()..].iter().any(|change| change.id == *id);
    let meant: Vec<&Move> = stages.moves.iter().filter(|item| step.event.is_some() && item.event == step.event || step.id.as_ref() == Some(&item.id)).collect();
    if meant.is_empty() {
        return Err("unknown-event");
    }
    if step.id.as_ref().is_some_and(by_time) {
        return Ok(made);
    }
    let mut why = None;
    for item in meant.into_iter().filter(|item| item.from.contains(&made.stage())) {
        if !goes_on && !item.always {
            return Err("reset-first");
        }
        let missing = lacks(policy, stages, facts, &made, item, step.reason.as_deref(), now);
        if missing.is_none() {
            let mut state = made;
            state.make(item, now);
            return Ok(state);
        }
        why = why.or(missing);
    }
    Err(why.unwrap_or("illegal-move"))
}

/// The first thing that a move lacks.
fn lacks(policy: &Policy, stages: &Stages, facts: &Facts, state: &State, item: &Move, reason: Option<&str>, now: i64) -> Option<&'static str> {
    if let Some(why) = barred(policy, state, item, now, now) {
        return Some(why);
    }
    if item.after.is_some() && due(policy, state, item, now).is_none_or(|at| at > now) {
        return Some("not-due");
    }
    match facts.truth(&item.when) {
        Truth::T => {}
        Truth::E => return Some("faulted"),
        _ => return Some("not-met"),
    }
    if !may_enter(stages, facts, item) {
        return Some("require-missing");
    }
    match (&item.reason, reason) {
        (Reason::Required | Reason::OneOf(_), None) => Some("reason-missing"),
        (Reason::OneOf(known), Some(given)) if !known.iter().any(|known| known == given) => Some("reason-unknown"),
        _ => None,
    }
}
