//! What a policy says about a lead's life beyond one decision. It stands at the end of a program's bytes: the page has no use for it.

use super::calendars;
use super::codec::record;
use super::events::{self, Events};
use super::hits::{self, Hits};
use super::moves::{self, Former, LifeMove};
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
    /// Moves that rest on more than a condition, in the author's order.
    pub moves: Vec<LifeMove>,
    /// Names of older versions of the policy.
    pub former: Former,
    /// Schedules.
    pub sops: Vec<Sop>,
    /// The tables of which more than the first row that holds counts, in the order of tables.
    pub hits: Vec<Hits>,
}

impl Life {
    /// What becomes of the rows of a table that hold; none where the first one gives the outputs.
    pub fn hits_of(&self, table: usize) -> Option<&Hits> {
        // Programs without such tables come this way for each table of each lead.
        if self.hits.is_empty() {
            return None;
        }
        self.hits.iter().find(|hits| usize::from(hits.table) == table)
    }
}

record! {
    Life { queues, events, calendars, moves, former, sops, hits }
}

/// Its parts fit together, and what a slice holds says nothing of them.
pub(super) fn check(check: &mut Check) {
    let life = &check.program.life;
    check.ensure(check.program.slice.is_none() || *life == Life::default(), super::LoadErrorKind::Shape);
    queues::check(check);
    events::check(check);
    calendars::check(check);
    moves::check(check);
    sops::check(check);
    hits::check(check);
}
