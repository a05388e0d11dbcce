//! Who of a queue's members takes the next lead: smooth weighted round robin, as Nginx does it (`ngx_http_upstream_round_robin.c`), among those who are there.
//!
//! At each assignment every member who is there gains their share of the lead, by weight; whoever has most takes the lead, the first of several, and gives up a whole one. With
//! weights 5, 1 and 1 that is `a a b a c a a` and not `a a a a a b c`. Who is absent, or has had their number for the day, neither gains nor takes: they come back where they
//! left, with nothing to catch up on. Everything is integers, and what is owed always adds up to zero:
//! - In any run of as many leads as the weights add up to, from a state that has come round and with everybody there, each member takes exactly their weight.
//! - With everybody there nobody is ever a whole lead ahead of their share, and nobody is more than 1/2 + 1/3 + … + 1/m leads behind, where m is the number of members: the mean
//!   of the k members who are furthest behind grows, in one assignment, to at most the mean of the k + 1 before it plus 1 / (k + 1), and the mean of all is zero.
//! - Whoever is there when, nobody is ever more than m − 1 leads ahead of their share or behind it. Let S(k) be the most that is owed to any k members together. Where those k
//!   change by an assignment and the taker j is not among them, let i be the one of them who is there and has least: i had no more than j. The sum of the k is both what it was
//!   without i plus what i has, and what it was with j less what j has, so twice the sum is at most S(k + 1) + S(k − 1) + 2; k (m − k) is at least all of that.
//!   The share of a lead is then rounded to a part in a million of a lead.
//! - Leads that find their member without a turn may move a member further, by at most a lead each; what anybody is owed is cut to m leads then, so that nobody who has many leads
//!   of their own waits for long.
//! - Leads that are given back may move a member further as well, while others are out: as many as have come back before those that others took. That is not cut below m + 64
//!   leads, so that what is owed once all are back is what was owed before they were taken; but for leads by owner or account that counted meanwhile, which cut as they always do.

pub mod asked;
mod rotation;
#[cfg(test)]
mod tests;

pub use rotation::{FINE, MOST_ACCOUNTS, Rotation};

use super::LifeError;
use super::given::{Given, at, list, map, text};
use crate::engine::{Answer, Engine, Lead};
use crate::life::State;
use crate::program::{Match, Member, Queue, Value};
use crate::time::{Calendar, DAY, Moment, offset};

/// What is known where a lead is assigned.
#[derive(Debug, Clone, Copy, Default)]
pub struct Turn<'a> {
    /// The member who has the lead already.
    pub owner: Option<&'a str>,
    /// The lead's account.
    pub account: Option<&'a str>,
    /// When; needed where members have a number for the day, are away, or have to answer in time.
    pub now: Option<Moment>,
    /// Who is absent now. Names of nobody in the queue mean nothing.
    pub absent: &'a [&'a str],
}

/// Why a lead went where it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The member has the lead already.
    Owner,
    /// The member has the lead's account.
    Account,
    /// It was their turn.
    Turn,
    /// Nobody: all are absent.
    Absent,
    /// Nobody: whoever is there has had their number for the day.
    Full,
}

impl Reason {
    /// As results have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Account => "account",
            Self::Turn => "turn",
            Self::Absent => "absent",
            Self::Full => "full",
        }
    }
}

/// Who takes a lead.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// The member; none where nobody can.
    pub member: Option<String>,
    /// Why they, or why nobody.
    pub reason: Reason,
    /// Where the queue stands then.
    pub state: Rotation,
    /// By when the member has to answer; none where nothing is said, or the calendar has no such time within ten years.
    pub deadline: Option<Moment>,
    /// Who could not take it, in the order of the queue.
    pub without: Vec<String>,
    /// The day that it counts for, in days since 1970.
    pub day: Option<i64>,
    /// The account that the member has now.
    pub account: Option<String>,
}

impl Assignment {
    /// As a result.
    pub fn write(&self) -> Value {
        let why = ["reason", "why"];
        let [word, _] = if self.member.is_some() { why } else { [why[1], why[0]] };
        let mut entries = vec![(text("member"), self.member.as_deref().map_or(Value::Null, text)), (text(word), text(self.reason.name()))];
        let more = map([
            ("state", self.state.write()),
            ("deadline", self.deadline.map_or(Value::Null, at)),
            ("without", if self.without.is_empty() { Value::Null } else { list(self.without.iter().map(|member| text(member))) }),
            ("day", rotation::day(self.day)),
            ("account", self.account.as_deref().map_or(Value::Null, text)),
        ]);
        if let Value::Map(more) = &more {
            entries.extend(more.iter().cloned());
        }
        Value::Map(entries.into_iter().collect())
    }
}

/// A lead that is given back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Returned {
    /// Who took it.
    pub member: String,
    /// It was theirs without a turn, and did not count as one.
    pub uncounted: bool,
    /// Who could not take it then.
    pub without: Vec<String>,
    /// The day that it counted for.
    pub day: Option<i64>,
    /// The account that came with it.
    pub account: Option<String>,
}

impl Returned {
    /// Reads an answer of [`assign`]; of all that is in it, the member is needed.
    ///
    /// # Errors
    /// What is not of its shape, with its place.
    pub fn read(given: &Given, queue: &Queue) -> Result<Self, LifeError> {
        given.only(&["member", "reason", "state", "deadline", "without", "day", "account"])?;
        let counts = |found: &Option<Match>| found.is_some_and(|found| !found.counts);
        let uncounted = match given.get("reason").maybe_text()? {
            Some("owner") => counts(&queue.owner),
            Some("account") => counts(&queue.account),
            _ => false,
        };
        Ok(Self {
            member: given.get("member").text()?.to_owned(),
            uncounted,
            without: given.get("without").each(crate::program::MOST_MEMBERS, |member| member.text().map(str::to_owned))?,
            day: rotation::day_of(&given.get("day"))?,
            account: given.get("account").maybe_text()?.map(str::to_owned),
        })
    }
}

/// The member who takes the next lead, and where the queue stands then.
///
/// # Errors
/// Where the time is needed and not given, or lies before the day whose leads the state counts.
///
/// ```
/// use leadgate::life::queues::{Rotation, Turn, assign};
/// let program = leadgate::compile_str("
/// leadgate: 1
/// policy: p
/// version: \"1\"
/// fields: { n: { type: int } }
/// route: { outcomes: [nurture], rows: [{ when: n > 0, to: east }], default: nurture }
/// queues: { east: { members: [{ id: li, weight: 2 }, { id: wang }] } }
/// ").unwrap();
/// let (mut state, mut taken) = (Rotation::default(), Vec::new());
/// for absent in [&[][..], &[], &[], &["li"], &["li"]] {
///     let assignment = assign(&program.life.queues[0], &program.life.calendars, &state, &Turn { absent, ..Turn::default() }).unwrap();
///     taken.extend(assignment.member);
///     state = assignment.state;
/// }
/// assert_eq!(taken, ["li", "wang", "li", "wang", "wang"]);
/// ```
pub fn assign(queue: &Queue, calendars: &[Calendar], state: &Rotation, turn: &Turn) -> Result<Assignment, LifeError> {
    let mut state = state.clone();
    let day = today(queue, &mut state, turn.now)?;
    let there: Vec<bool> = queue.members.iter().map(|member| is_there(member, turn)).collect();
    let full = |member: &Member| member.daily.is_some_and(|daily| state.today.get(&member.id).is_some_and(|&count| count >= daily));
    let mut able: Vec<bool> = queue.members.iter().zip(&there).map(|(member, &there)| there && !full(member)).collect();
    let present = |id: &str| queue.members.iter().zip(&there).position(|(member, &there)| there && member.id == id);
    let owner = turn.owner.and_then(present).map(|at| (at, Reason::Owner, queue.owner));
    let of_account = || turn.account.and_then(|account| state.member_of(account)).and_then(present).map(|at| (at, Reason::Account, queue.account));
    let found = owner.or_else(of_account);
    let (taker, reason) = match found {
        Some((at, reason, found)) => {
            if found.is_none_or(|found| found.counts) {
                set(&mut able, at);
                count(queue, &mut state, &able, Some(at));
            }
            (Some(at), reason)
        }
        None => (count(queue, &mut state, &able, None), Reason::Turn),
    };
    let Some(member) = taker.and_then(|at| queue.members.get(at)) else {
        let reason = if there.contains(&true) { Reason::Full } else { Reason::Absent };
        let without = queue.members.iter().map(|member| member.id.clone()).collect();
        return Ok(Assignment { member: None, reason, state, deadline: None, without, day: None, account: None });
    };
    if day.is_some() {
        let today = state.today.entry(member.id.clone()).or_default();
        *today = today.saturating_add(1);
    }
    let mut kept = None;
    if let Some(account) = turn.account {
        // Whose member is absent keeps their account.
        let holder = state.member_of(account).filter(|holder| queue.members.iter().any(|known| known.id == *holder)).map(str::to_owned);
        let holder = holder.unwrap_or_else(|| member.id.clone());
        state.keep(account, &holder);
        kept = (holder == member.id).then(|| account.to_owned());
    }
    let without = queue.members.iter().zip(&able).filter(|(_, able)| !**able).map(|(member, _)| member.id.clone()).filter(|id| *id != member.id).collect();
    let deadline = match (queue.respond, turn.now) {
        (Some(respond), Some(now)) => match respond.calendar {
            Some(calendar) => calendars.get(usize::from(calendar)).and_then(|calendar| calendar.working(now, respond.millis)),
            None => now.checked_add(respond.millis),
        },
        _ => None,
    };
    Ok(Assignment { member: Some(member.id.clone()), reason, state, deadline, without, day, account: kept })
}

/// Where a queue stands when a lead is given back: its member has their turn again, the number of the day is one less, and the lead's account is nobody's.
///
/// # Errors
/// A member whom the queue does not have.
pub fn returned(queue: &Queue, state: &Rotation, back: &Returned) -> Result<Rotation, LifeError> {
    let Some(at) = queue.members.iter().position(|member| member.id == back.member) else {
        let known = queue.members.iter().map(|member| member.id.as_str());
        return Err(LifeError::unknown("unknown-member", "returned.member", &back.member, "a member of the queue", known));
    };
    let mut state = state.clone();
    if !back.uncounted {
        let mut able: Vec<bool> = queue.members.iter().map(|member| !back.without.contains(&member.id)).collect();
        set(&mut able, at);
        let parts = parts_of(queue, &state, &able);
        let owed = state.level(&queue.members, parts, far(queue));
        let shares = shares(&queue.members, &able, parts);
        let given = owed.into_iter().zip(shares).enumerate().map(|(index, (owed, share))| owed - share + if index == at { parts } else { 0 });
        state.current = queue.members.iter().map(|member| member.id.clone()).zip(given).collect();
        state.parts = Some(parts);
    }
    if back.day.is_some() && back.day == state.day && let Some(count) = state.today.get_mut(&back.member) {
        *count = count.saturating_sub(1);
    }
    if let Some(account) = &back.account {
        state.accounts.retain(|(known, member)| known != account || *member != back.member);
    }
    Ok(state)
}

impl Engine {
    /// The queue of a name.
    ///
    /// # Errors
    /// A name of none of the policy's queues.
    pub fn queue(&self, name: &str) -> Result<&Queue, LifeError> {
        let queues = &self.program().life.queues;
        let known = queues.iter().map(|queue| queue.name.as_str());
        queues.iter().find(|queue| queue.name == name).ok_or_else(|| LifeError::unknown("unknown-queue", "queue", name, "a queue", known))
    }

    /// Who of a queue takes a lead: its owner, who has its account, or whose turn it is.
    ///
    /// # Errors
    /// As of [`assign`], and a name of none of the policy's queues.
    pub fn assign(&self, queue: &str, rotation: &Rotation, lead: Option<&Lead>, state: &State, now: Option<Moment>, absent: &[&str]) -> Result<Assignment, LifeError> {
        let queue = self.queue(queue)?;
        let text_of = |found: &Match| match &lead?.answers.get(usize::from(found.field))?.0 {
            Answer::Value(Value::String(text)) => Some(text.to_string()),
            Answer::Value(Value::Int(number)) => Some(number.to_string()),
            _ => None,
        };
        let owner = state.pins.owner.as_ref().map(|pin| pin.value.clone()).or_else(|| queue.owner.as_ref().and_then(text_of));
        let account = queue.account.as_ref().and_then(text_of);
        assign(queue, &self.program().life.calendars, rotation, &Turn { owner: owner.as_deref(), account: account.as_deref(), now, absent })
    }
}

/// The day that a lead counts for, where any member has a number for the day; the counts of another day are forgotten.
fn today(queue: &Queue, state: &mut Rotation, now: Option<Moment>) -> Result<Option<i64>, LifeError> {
    let daily = queue.members.iter().any(|member| member.daily.is_some());
    let needed = daily || queue.respond.is_some() || queue.members.iter().any(|member| !member.away.is_empty());
    if !daily {
        (state.day, state.today) = (None, Default::default());
    }
    let Some(now) = now else {
        if needed {
            return Err(LifeError::new("no-now", "now", "the queue goes by time, and it is not said what time it is").help("give the moment of the assignment as `now`"));
        }
        return Ok(None);
    };
    if !daily {
        return Ok(None);
    }
    let second = now.div_euclid(1000);
    let ahead = if queue.zone.is_empty() { Some(0) } else { offset(&queue.zone, second) };
    let day = second.saturating_add(ahead.unwrap_or_default()).div_euclid(DAY);
    match state.day {
        Some(known) if known == day => {}
        // What was under way when the day ended counts for the next.
        Some(known) if known == day + 1 => return Ok(Some(known)),
        Some(known) if known > day => {
            return Err(LifeError::new("time-runs-backwards", "now", "the queue's state counts the leads of a later day").help("give the moment of this assignment, and the state after the one before it"));
        }
        _ => (state.day, state.today) = (Some(day), Default::default()),
    }
    Ok(Some(day))
}

/// Whether a member is there.
fn is_there(member: &Member, turn: &Turn) -> bool {
    let is_away = |now: Moment| member.away.iter().any(|&(from, to)| from <= now && now < to);
    !turn.absent.contains(&member.id.as_str()) && !turn.now.is_some_and(is_away)
}

/// Counts a lead as a turn, of the given member or of whose turn it is among those who are able, and says whose it was.
fn count(queue: &Queue, state: &mut Rotation, able: &[bool], given: Option<usize>) -> Option<usize> {
    let parts = parts_of(queue, state, able);
    // See the module: nobody is as many leads behind as there are members, but for leads that are out.
    let most = if given.is_some() { queue.members.len() as i64 } else { far(queue) };
    let mut owed = state.level(&queue.members, parts, most);
    let mut most = None;
    for (at, ((owed, share), &able)) in owed.iter_mut().zip(shares(&queue.members, able, parts)).zip(able).enumerate() {
        *owed += share;
        if able && most.is_none_or(|(_, most)| *owed > most) {
            most = Some((at, *owed));
        }
    }
    let taker = given.or(most.map(|(at, _)| at))?;
    if let Some(owed) = owed.get_mut(taker) {
        *owed -= parts;
    }
    state.current = queue.members.iter().map(|member| member.id.clone()).zip(owed).collect();
    state.parts = Some(parts);
    Some(taker)
}

/// The most leads that a member can be owed while others are out.
fn far(queue: &Queue) -> i64 {
    queue.members.len() as i64 + rotation::OUT
}

/// In how many parts a lead is told: as many as the weights add up to, and finer ones once somebody was absent or weights have changed.
fn parts_of(queue: &Queue, state: &Rotation, able: &[bool]) -> i64 {
    let total = weight(&queue.members, &vec![true; able.len()]);
    let plain = state.parts.is_none_or(|parts| parts == total) && able.iter().all(|&able| able);
    if plain { total } else { total * FINE }
}

/// The share of a lead of each member who is able, in parts of it: exact where the parts allow, and otherwise the first have a part more. They add up to a lead.
fn shares(members: &[Member], able: &[bool], parts: i64) -> Vec<i64> {
    let total = weight(members, able).max(1);
    let mut shares: Vec<i64> = members.iter().zip(able).map(|(member, &able)| if able { i64::from(member.weight) * parts / total } else { 0 }).collect();
    let mut left = parts - shares.iter().sum::<i64>();
    for (share, _) in shares.iter_mut().zip(able).filter(|(_, able)| **able) {
        let more = left.min(1);
        *share += more;
        left -= more;
    }
    shares
}

fn weight(members: &[Member], able: &[bool]) -> i64 {
    members.iter().zip(able).filter(|(_, able)| **able).map(|(member, _)| i64::from(member.weight)).sum()
}

fn set(flags: &mut [bool], at: usize) {
    if let Some(flag) = flags.get_mut(at) {
        *flag = true;
    }
}
