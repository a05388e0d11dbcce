//! Queues: teams in which leads are shared out.

use std::collections::BTreeSet;

use super::LoadErrorKind as Kind;
use super::codec::record;
use super::validate::Check;

/// A queue: the members of a team take its leads in turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// Its name; the route's outcome of that name puts a lead into it.
    pub name: String,
    /// Its members, in the author's order: at least one, at most [`MOST_MEMBERS`].
    pub members: Vec<Member>,
}

/// A member of a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who it is.
    pub id: String,
    /// Their share against the other members', from 1 to [`MOST_WEIGHT`].
    pub weight: u32,
}

record! {
    Queue { name, members }
    Member { id, weight }
}

/// How many members a queue may have.
pub const MOST_MEMBERS: usize = 1000;
/// The greatest weight of a member: small enough that no sum over a queue overflows.
pub const MOST_WEIGHT: u32 = 1000;

/// Queues can be shared out in: there is somebody in each, nobody twice, and weights are small enough to be added up.
pub(super) fn check(check: &mut Check) {
    let queues = &check.program.life.queues;
    let mut names = BTreeSet::new();
    for queue in queues {
        check.ensure(!queue.name.is_empty() && names.insert(queue.name.as_str()), Kind::Shape);
        check.ensure((1..=MOST_MEMBERS).contains(&queue.members.len()), Kind::Shape);
        let mut ids = BTreeSet::new();
        for member in &queue.members {
            check.ensure(!member.id.is_empty() && ids.insert(member.id.as_str()), Kind::Shape);
            check.ensure((1..=MOST_WEIGHT).contains(&member.weight), Kind::Shape);
        }
    }
}
