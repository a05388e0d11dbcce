//! What a policy says about a lead's life beyond one decision. It stands at the end of a program's bytes: the page has no use for it.

use super::calendars;
use super::codec::record;
use super::events::{self, Events};
use super::queues::{self, Queue};
use super::sops::{self, Sop};
use super::validate::Check;
use crate::time::Calendar;

/// All of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Life {
    /// Teams in which leads are shared out; each has the name of an outcome of the route.
    pub queues: Vec<Queue>,
    /// What is computed from behaviours.
    pub events: Events,
    /// Calendars of working time.
    pub calendars: Vec<Calendar>,
    /// Schedules.
    pub sops: Vec<Sop>,
}

record! {
    Life { queues, events, calendars, sops }
}

/// Its parts fit together, and what a slice holds says nothing of them.
pub(super) fn check(check: &mut Check) {
    let life = &check.program.life;
    check.ensure(check.program.slice.is_none() || *life == Life::default(), super::LoadErrorKind::Shape);
    queues::check(check);
    events::check(check);
    calendars::check(check);
    sops::check(check);
}
