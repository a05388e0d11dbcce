//! Schedules, as written.

use super::Condition;
use crate::report::Spanned;

/// A schedule of what a lead is sent from when it comes into some state.
#[derive(Debug, Clone, PartialEq)]
pub struct SopDef {
    /// Its name.
    pub name: Spanned<String>,
    /// When it begins.
    pub enter: Condition,
    /// When it ends; none: when `enter` holds no longer.
    pub leave: Option<Condition>,
    /// The calendar whose working days and clocks count.
    pub calendar: Option<Spanned<String>>,
    /// The second of the day at which steps are due; none: that of the beginning.
    pub at: Option<u32>,
    /// What is sent.
    pub steps: Vec<SopStepDef>,
}

/// A step of a schedule.
#[derive(Debug, Clone, PartialEq)]
pub struct SopStepDef {
    /// Its id, given or made of when it is due and what it sends.
    pub id: Spanned<String>,
    /// When it is due.
    pub on: StepOnDef,
    /// The second of the day at which it is due.
    pub at: Option<u32>,
    /// The calendar whose working days and clocks count.
    pub calendar: Option<Spanned<String>>,
    /// Only while this holds.
    pub when: Option<Condition>,
    /// What is sent.
    pub send: Spanned<String>,
}

/// When a step is due, from the beginning of its schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepOnDef {
    /// At once; with `when`, as soon as that holds.
    Begin,
    /// On the day of this number; the day of the beginning is the first.
    Day(u32),
    /// On the same day of the week of this number; the week of the beginning is the first.
    Week(u32),
    /// On the working day of this number; the first is that of the beginning, or the next one after it.
    WorkingDay(u32),
    /// When so many milliseconds have passed.
    After(i64),
}
