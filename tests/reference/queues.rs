//! Who takes the leads of a queue, written from the documentation: what is owed is counted in leads, and days and working time minute by minute.

use super::life::{MINUTE, over};
use super::policy::{Policy, items, read_time, string};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Shares of who is there are rounded to a millionth of a lead by whoever counts in whole numbers; so far may what is owed be off after some hundred leads.
const ROUNDED: f64 = 1e-3;

/// Where a queue stands.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// What each member is owed, in leads.
    pub owed: Vec<f64>,
    /// The same in units of all weights together, exactly; none once somebody was not there.
    whole: Option<Vec<i64>>,
    /// The day whose leads are counted, and how many each member took on it.
    day: i64,
    today: BTreeMap<String, u64>,
    accounts: BTreeMap<String, String>,
}

/// What is known of a lead that comes.
#[derive(Debug, Clone, Default)]
pub struct Turn {
    /// Who has it already: whom a person has fixed, else whom the queue's field names.
    pub owner: Option<String>,
    pub account: Option<String>,
    pub now: i64,
    pub absent: Vec<String>,
}

/// Who may take a lead, and why they, or why nobody.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub members: Vec<usize>,
    pub reason: &'static str,
    pub deadline: Option<i64>,
    /// Who had a share of it.
    pub able: Vec<bool>,
    /// It is somebody's turn.
    pub counts: bool,
}

/// A lead that was taken, for when it comes back.
#[derive(Debug, Clone)]
pub struct Taken {
    member: usize,
    able: Vec<bool>,
    counts: bool,
    day: i64,
    account: Option<String>,
}

fn day_of(now: i64) -> i64 {
    (now + 8 * 60 * MINUTE).div_euclid(1440 * MINUTE)
}

/// The beginning of a date, or a moment.
fn moment(json: &Json, days_later: i64) -> i64 {
    let text = string(json);
    match text.parse::<jiff::civil::Date>() {
        Ok(date) if text.len() == 10 => {
            let zone = jiff::tz::TimeZone::fixed(jiff::tz::Offset::constant(8));
            date.to_zoned(zone).unwrap().timestamp().as_millisecond() + days_later * 1440 * MINUTE
        }
        _ => text.parse::<jiff::Timestamp>().unwrap().as_millisecond(),
    }
}

impl Taken {
    /// It was somebody's turn.
    pub fn counts(&self) -> bool {
        self.counts
    }
}

impl State {
    pub fn of(queue: &Json) -> Self {
        let members = items(&queue["members"]).count();
        Self { owed: vec![0.0; members], whole: Some(vec![0; members]), day: i64::MIN, ..Self::default() }
    }

    fn weight(member: &Json) -> i64 {
        member["weight"].as_i64().unwrap_or(1)
    }

    fn today(&self, member: &str, now: i64) -> u64 {
        if self.day == day_of(now) { self.today.get(member).copied().unwrap_or(0) } else { 0 }
    }

    /// Who may take the next lead: one, or several whom nothing but rounding tells apart.
    pub fn find(&self, policy: &Policy, queue: &Json, turn: &Turn) -> Found {
        let members: Vec<&Json> = items(&queue["members"]).collect();
        let id = |at: usize| string(&members[at]["id"]);
        let is_away = |member: &Json| items(&member["away"]).any(|away| (moment(&away["from"], 0)..moment(&away["to"], 1)).contains(&turn.now));
        let there: Vec<bool> = members.iter().map(|member| !turn.absent.contains(&string(&member["id"])) && !is_away(member)).collect();
        let daily = |member: &Json| member.get("daily").or(queue.get("daily")).and_then(Json::as_u64);
        let full = |at: usize| daily(members[at]).is_some_and(|most| self.today(&id(at), turn.now) >= most);
        let mut able: Vec<bool> = (0..members.len()).map(|at| there[at] && !full(at)).collect();
        let counts = |key: &str| queue[key]["counts"].as_bool().unwrap_or(true);
        let present = |name: &String| (0..members.len()).find(|at| there[*at] && id(*at) == *name);
        let deadline = queue.get("respond_within").map(|json| {
            let mut time = read_time(json);
            if json.is_object() && time.calendar.is_none() {
                time.calendar = queue["calendar"].as_str().map(str::to_owned);
            }
            over(policy, &time, turn.now)
        });
        let found = |members: Vec<usize>, reason, able, counts| Found { members, reason, deadline: deadline.flatten(), able, counts };
        let by_account = || queue.get("account").and(turn.account.as_ref()).and_then(|account| self.accounts.get(account));
        let known = turn.owner.as_ref().and_then(present).map(|at| (at, "owner")).or_else(|| by_account().and_then(present).map(|at| (at, "account")));
        if let Some((at, reason)) = known {
            able[at] = true;
            return found(vec![at], reason, able, counts(reason));
        }
        if !able.contains(&true) {
            let why = if there.contains(&true) { "full" } else { "absent" };
            return Found { deadline: None, ..found(Vec::new(), why, able, false) };
        }
        let (owed, whole) = self.gained(&members, &able);
        let may: Vec<usize> = match whole {
            Some(whole) => {
                let most = whole.iter().max().unwrap();
                vec![whole.iter().position(|owed| owed == most).unwrap()]
            }
            None => {
                let most = (0..owed.len()).filter(|at| able[*at]).map(|at| owed[at]).fold(f64::MIN, f64::max);
                (0..owed.len()).filter(|at| able[*at] && owed[*at] >= most - ROUNDED).collect()
            }
        };
        found(may, "turn", able, true)
    }

    /// What is owed after everybody who is there gained their share.
    fn gained(&self, members: &[&Json], able: &[bool]) -> (Vec<f64>, Option<Vec<i64>>) {
        let total: i64 = members.iter().zip(able).filter(|(_, able)| **able).map(|(member, _)| Self::weight(member)).sum();
        let share = |at: usize| if able[at] { Self::weight(members[at]) as f64 / total as f64 } else { 0.0 };
        let owed = self.owed.iter().enumerate().map(|(at, owed)| owed + share(at)).collect();
        let all = able.iter().all(|able| *able);
        let whole = self.whole.as_ref().filter(|_| all).map(|whole| whole.iter().zip(members).map(|(owed, member)| owed + Self::weight(member)).collect());
        (owed, whole)
    }

    /// Somebody takes a lead.
    pub fn take(&mut self, queue: &Json, turn: &Turn, found: &Found, at: usize) -> Taken {
        let members: Vec<&Json> = items(&queue["members"]).collect();
        let name = string(&members[at]["id"]);
        if found.counts {
            let (owed, whole) = self.gained(&members, &found.able);
            (self.owed, self.whole) = (owed, whole);
            self.owed[at] -= 1.0;
            if let Some(whole) = &mut self.whole {
                whole[at] -= members.iter().map(|member| Self::weight(member)).sum::<i64>();
            }
        }
        if self.day != day_of(turn.now) {
            self.day = day_of(turn.now);
            self.today.clear();
        }
        *self.today.entry(name.clone()).or_default() += 1;
        let mut account = None;
        if let Some(known) = turn.account.as_ref().filter(|_| queue.get("account").is_some()) {
            let holder = self.accounts.entry(known.clone()).or_insert_with(|| name.clone());
            account = (*holder == name).then(|| known.clone());
        }
        Taken { member: at, able: found.able.clone(), counts: found.counts, day: self.day, account }
    }

    /// A lead is given back: its member has their turn again.
    pub fn returned(&mut self, queue: &Json, taken: &Taken) {
        let members: Vec<&Json> = items(&queue["members"]).collect();
        if taken.counts {
            let total: i64 = members.iter().zip(&taken.able).filter(|(_, able)| **able).map(|(member, _)| Self::weight(member)).sum();
            for (at, member) in members.iter().enumerate() {
                let share = if taken.able[at] { Self::weight(member) as f64 / total as f64 } else { 0.0 };
                self.owed[at] += f64::from(u8::from(at == taken.member)) - share;
            }
            // What was owed then and what is owed now need not be in the same units any more.
            self.whole = self.whole.take().filter(|_| taken.able.iter().all(|able| *able)).map(|whole| {
                let weights = members.iter().map(|member| Self::weight(member));
                let all: i64 = weights.clone().sum();
                whole.iter().zip(weights).enumerate().map(|(at, (owed, weight))| owed - weight + if at == taken.member { all } else { 0 }).collect()
            });
        }
        let name = string(&members[taken.member]["id"]);
        if self.day == taken.day && let Some(count) = self.today.get_mut(&name) {
            *count = count.saturating_sub(1);
        }
        if let Some(account) = &taken.account {
            self.accounts.retain(|known, member| known != account || *member != name);
        }
    }
}
