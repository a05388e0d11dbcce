//! Moves that rest on more than a condition: on events, on time, on what became of the lead before; and names of older versions.

use std::collections::BTreeSet;

use super::codec::{choice, record};
use super::validate::Check;
use super::{FormulaId, LoadErrorKind as Kind};

/// How many reasons a move may name.
pub const MOST_REASONS: usize = 100;
/// The longest time of a policy, in milliseconds: a hundred years.
const LONGEST: i64 = 36_525 * 86_400_000;

/// A move that rests on more than a condition.
#[derive(Debug, Clone, PartialEq)]
pub struct LifeMove {
    /// Its id.
    pub id: String,
    /// The stages that it leaves, by index.
    pub from: Vec<u16>,
    /// The stage that it enters, by index.
    pub to: u16,
    /// What it is taken on.
    pub on: On,
    /// What must hold; none: nothing.
    pub when: Option<FormulaId>,
    /// Only so long after its stage was entered.
    pub within: Option<Time>,
    /// Only so long, in milliseconds, after the lead last left the stage that it enters.
    pub cool_down: Option<i64>,
    /// What is left, in thousandths, of what scores (by index in [`Program::scores`](super::Program::scores)) have for events up to then.
    pub reset: Vec<(u16, u32)>,
    /// What must be said of why.
    pub reason: Reason,
}

/// What a move is taken on.
#[derive(Debug, Clone, PartialEq)]
pub enum On {
    /// Its condition: the move of this index in [`Stages::moves`](super::Stages::moves).
    Condition(u16),
    /// An event, by name.
    Event(String),
    /// So long after its stage was entered.
    After(Time),
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    /// In milliseconds.
    pub millis: i64,
    /// The calendar whose working time counts, by index in [`Life::calendars`](super::Life::calendars); none where all time does.
    pub calendar: Option<u16>,
}

/// What must be said of why a move is taken.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Reason {
    /// Nothing.
    #[default]
    Optional,
    /// Something.
    Required,
    /// One of these.
    OneOf(Vec<String>),
}

/// Names of older versions of the policy, ascending, with what they are now; none where they are no more.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Former {
    /// Stages.
    pub stages: Vec<(String, Option<u16>)>,
    /// Moves, by id.
    pub moves: Vec<(String, Option<String>)>,
    /// Scores, by index in [`Program::scores`](super::Program::scores).
    pub scores: Vec<(String, Option<u16>)>,
}

record! {
    LifeMove { id, from, to, on, when, within, cool_down, reset, reason }
    Time { millis, calendar }
    Former { stages, moves, scores }
}

choice! {
    On { 0 => Condition(at), 1 => Event(name), 2 => After(time) }
    Reason { 0 => Optional, 1 => Required, 2 => OneOf(reasons) }
}

/// Moves lead from stages to stages and reckon with calendars that there are.
pub(super) fn check(check: &mut Check) {
    let program = check.program;
    let life = &program.life;
    let stages = program.stages.as_ref().map_or(0, |stages| stages.require.len());
    let plain = program.stages.as_ref().map_or(&[][..], |stages| &stages.moves);
    let mut ids: BTreeSet<&str> = plain.iter().map(|item| item.id.as_str()).collect();
    check.ensure(plain.len() + life.moves.len() <= usize::from(u16::MAX), Kind::Shape);
    let mut last = None;
    for item in &life.moves {
        check.index(usize::from(item.to), stages);
        check.indexes(&item.from, stages);
        match &item.on {
            On::Condition(at) => {
                // What a condition move has besides its condition stands in the order of those moves.
                let same = plain.get(usize::from(*at)).is_some_and(|plain| plain.id == item.id && plain.from == item.from && plain.to == item.to);
                check.ensure(same && last < Some(*at) && item.when.is_none(), Kind::Shape);
                last = Some(*at);
            }
            On::Event(name) => check.ensure(!name.is_empty(), Kind::Shape),
            On::After(after) => time(check, *after),
        }
        let fresh = matches!(item.on, On::Condition(_)) || ids.insert(&item.id);
        check.ensure(!item.id.is_empty() && fresh, Kind::Shape);
        if let Some(when) = item.when {
            check.condition(when, stages);
        }
        if let Some(within) = item.within {
            time(check, within);
        }
        check.ensure(item.cool_down.is_none_or(|length| (1..=LONGEST).contains(&length)), Kind::Shape);
        let mut scores = BTreeSet::new();
        for &(score, left) in &item.reset {
            check.index(usize::from(score), program.scores.len());
            check.ensure(left <= 1000 && scores.insert(score), Kind::Shape);
        }
        if let Reason::OneOf(reasons) = &item.reason {
            check.ensure((1..=MOST_REASONS).contains(&reasons.len()), Kind::Shape);
        }
    }
    let former = &life.former;
    for &at in former.stages.iter().filter_map(|(_, now)| now.as_ref()) {
        check.index(usize::from(at), stages);
    }
    for &at in former.scores.iter().filter_map(|(_, now)| now.as_ref()) {
        check.index(usize::from(at), program.scores.len());
    }
    for (_, now) in &former.moves {
        check.ensure(now.as_ref().is_none_or(|now| ids.contains(now.as_str())), Kind::Index);
    }
    check.ensure(ascending(&former.stages) && ascending(&former.moves) && ascending(&former.scores), Kind::Shape);
}

fn ascending<T>(names: &[(String, T)]) -> bool {
    names.is_sorted_by(|a, b| a.0 < b.0)
}

fn time(check: &mut Check, time: Time) {
    check.ensure((1..=LONGEST).contains(&time.millis), Kind::Shape);
    if let Some(calendar) = time.calendar {
        check.index(usize::from(calendar), check.program.life.calendars.len());
    }
}
