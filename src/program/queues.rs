//! Queues: teams in which leads are shared out.

use std::collections::BTreeSet;

use super::LoadErrorKind as Kind;
use super::Time;
use super::codec::record;
use super::ready::is_zone;
use super::validate::Check;
use super::{Shared, VariableId};
use crate::time::Moment;

/// A queue: the members of a team take its leads in turn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Queue {
    /// Its name; the route's outcome of that name puts a lead into it.
    pub name: String,
    /// Its members, in the author's order: at least one, at most [`MOST_MEMBERS`].
    pub members: Vec<Member>,
    /// The field that names the member who has a lead already.
    pub owner: Option<Match>,
    /// The field that names a lead's account.
    pub account: Option<Match>,
    /// The zone whose days count, made ready; UTC where it is empty.
    pub zone: Shared<[u8]>,
    /// How long a member has to answer.
    pub respond: Option<Time>,
}

/// A field by which a lead goes to one member before all turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// The field: a text or one of named values.
    pub field: VariableId,
    /// Such a lead counts as the member's turn.
    pub counts: bool,
}

/// A member of a queue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Member {
    /// Who it is.
    pub id: String,
    /// Their share against the other members', from 1 to [`MOST_WEIGHT`].
    pub weight: u32,
    /// How many leads they take on one day, at most [`MOST_DAILY`]; none where any number.
    pub daily: Option<u32>,
    /// When they take no leads: from a moment on and before another, ascending and apart.
    pub away: Vec<(Moment, Moment)>,
}

record! {
    Queue { name, members, owner, account, zone, respond }
    Match { field, counts }
    Member { id, weight, daily, away }
}

/// How many members a queue may have.
pub const MOST_MEMBERS: usize = 1000;
/// The greatest weight of a member: small enough that no sum over a queue overflows.
pub const MOST_WEIGHT: u32 = 1000;
/// The greatest number of leads of a day.
pub const MOST_DAILY: u32 = 1_000_000;
/// How many times away a member may have.
pub const MOST_AWAY: usize = 1000;

/// Queues can be shared out in: there is somebody in each, nobody twice, and weights are small enough to be added up.
pub(super) fn check(check: &mut Check) {
    let queues = &check.program.life.queues;
    let fields = check.program.fields.len();
    let mut names = BTreeSet::new();
    for queue in queues {
        check.ensure(!queue.name.is_empty() && names.insert(queue.name.as_str()), Kind::Shape);
        check.ensure((1..=MOST_MEMBERS).contains(&queue.members.len()), Kind::Shape);
        check.ensure(queue.owner.iter().chain(&queue.account).all(|found| usize::from(found.field) < fields), Kind::Index);
        check.ensure(queue.zone.is_empty() || is_zone(&queue.zone), Kind::Shape);
        if let Some(respond) = queue.respond {
            check.ensure(respond.millis > 0, Kind::Shape);
            check.ensure(respond.calendar.is_none_or(|at| usize::from(at) < check.program.life.calendars.len()), Kind::Index);
        }
        let mut ids = BTreeSet::new();
        for member in &queue.members {
            check.ensure(!member.id.is_empty() && ids.insert(member.id.as_str()), Kind::Shape);
            check.ensure((1..=MOST_WEIGHT).contains(&member.weight), Kind::Shape);
            check.ensure(member.daily.is_none_or(|daily| (1..=MOST_DAILY).contains(&daily)), Kind::Shape);
            check.ensure(member.away.len() <= MOST_AWAY && member.away.is_sorted_by(|a, b| a.1 <= b.0) && member.away.iter().all(|(from, to)| from < to), Kind::Shape);
        }
    }
}
