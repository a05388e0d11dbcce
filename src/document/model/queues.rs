//! Queues, as written.

use super::TimeDef;
use crate::report::Spanned;
use crate::time::Moment;

/// A queue: a team in which leads are shared out.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueDef {
    /// Its name, an outcome of the route.
    pub name: Spanned<String>,
    /// Who takes leads.
    pub members: Vec<MemberDef>,
    /// The field that names the member who has the lead already.
    pub owner: Option<MatchDef>,
    /// The field that names the lead's account: all leads of one go to one member.
    pub account: Option<MatchDef>,
    /// How many leads a member takes on one day, where the member says nothing else.
    pub daily: Option<u32>,
    /// The calendar whose days count.
    pub calendar: Option<Spanned<String>>,
    /// How long the member has to answer.
    pub respond_within: Option<TimeDef>,
}

/// A field by which a lead goes to one member before all turns.
#[derive(Debug, Clone, PartialEq)]
pub struct MatchDef {
    /// The field.
    pub field: Spanned<String>,
    /// Such a lead counts as the member's turn.
    pub counts: bool,
}

/// A member of a queue.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberDef {
    /// Who it is.
    pub id: Spanned<String>,
    /// Their share, 1 where not given.
    pub weight: u32,
    /// How many leads they take on one day.
    pub daily: Option<u32>,
    /// When they take none.
    pub away: Vec<AwayDef>,
}

/// A time in which a member takes no leads.
#[derive(Debug, Clone, PartialEq)]
pub struct AwayDef {
    /// From this day on, or this moment.
    pub from: Spanned<DayDef>,
    /// Until this day has ended, or before this moment.
    pub to: Spanned<DayDef>,
}

/// A day or a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayDef {
    /// In days since 1970.
    Day(i64),
    /// A moment.
    At(Moment),
}
