//! Schedules: what a lead is sent, in time relative to it.

use std::collections::BTreeSet;

use super::codec::{choice, record};
use super::ready::is_zone;
use super::validate::Check;
use super::{FormulaId, LoadErrorKind as Kind, Shared};

/// A schedule.
#[derive(Debug, Clone, PartialEq)]
pub struct Sop {
    /// Its name.
    pub name: String,
    /// When it begins.
    pub enter: FormulaId,
    /// When it ends; none: when `enter` holds no longer.
    pub leave: Option<FormulaId>,
    /// Its steps, in the author's order.
    pub steps: Vec<SopStep>,
}

/// A step of a schedule.
#[derive(Debug, Clone, PartialEq)]
pub struct SopStep {
    /// Its id.
    pub id: String,
    /// What is sent.
    pub send: String,
    /// When it is due.
    pub on: StepOn,
    /// The second of the day at which it is due; none: that of the schedule's beginning.
    pub at: Option<u32>,
    /// The zone by whose clocks days go, made ready; empty where none matters.
    pub zone: Shared<[u8]>,
    /// Only while this holds.
    pub when: Option<FormulaId>,
}

/// When a step is due, from the beginning of its schedule. Numbers count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepOn {
    /// At once.
    Begin,
    /// On a day.
    Day(u32),
    /// On a working day of a calendar, by index.
    WorkingDay(u32, u16),
    /// When so many milliseconds have passed.
    After(i64),
}

record! {
    Sop { name, enter, leave, steps }
    SopStep { id, send, on, at, zone, when }
}

choice! {
    StepOn {
        0 => Begin,
        1 => Day(number),
        2 => WorkingDay(number, calendar),
        3 => After(millis),
    }
}

/// How many schedules a policy may have.
pub const MOST_SOPS: usize = 200;
/// How many steps a schedule may have.
pub const MOST_STEPS: usize = 1000;
/// The last working day of a schedule: calendars go ten years on.
pub const MOST_WORKING_DAYS: u32 = 2500;
/// The last day, and the longest time in milliseconds: some more than a hundred years.
const MOST_DAYS: u32 = 40_000;
const LONGEST: i64 = MOST_DAYS as i64 * 86_400_000;
/// Seconds of a day.
const END_OF_DAY: u32 = 86_400;

/// Schedules can be reckoned with.
pub(super) fn check(check: &mut Check) {
    let life = &check.program.life;
    check.ensure(life.sops.len() <= MOST_SOPS, Kind::Shape);
    let mut names = BTreeSet::new();
    for sop in &life.sops {
        check.ensure(!sop.name.is_empty() && names.insert(sop.name.as_str()), Kind::Shape);
        check.ensure(sop.steps.len() <= MOST_STEPS, Kind::Shape);
        let mut ids = BTreeSet::new();
        for step in &sop.steps {
            check.ensure(!step.id.is_empty() && ids.insert(step.id.as_str()), Kind::Shape);
            check.ensure(step.at.is_none_or(|second| second < END_OF_DAY), Kind::Shape);
            let of_days = matches!(step.on, StepOn::Day(_) | StepOn::WorkingDay(..));
            check.ensure(if of_days { is_zone(&step.zone) } else { step.zone.is_empty() && step.at.is_none() }, Kind::Shape);
            match step.on {
                StepOn::Begin => {}
                StepOn::Day(number) => check.ensure((1..=MOST_DAYS).contains(&number), Kind::Shape),
                StepOn::WorkingDay(number, calendar) => {
                    check.ensure((1..=MOST_WORKING_DAYS).contains(&number), Kind::Shape);
                    check.ensure(usize::from(calendar) < life.calendars.len(), Kind::Index);
                }
                StepOn::After(millis) => check.ensure((1..=LONGEST).contains(&millis), Kind::Shape),
            }
        }
    }
}
