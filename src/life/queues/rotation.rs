//! Where a queue stands: what the host stores between assignments.

use std::collections::BTreeMap;

use crate::life::LifeError;
use crate::life::given::{Given, list, map, text};
use crate::program::{MOST_MEMBERS, MOST_WEIGHT, Member, Value};
use crate::time::date::{date_of, days_of};

/// How many accounts a queue remembers; beyond, the one that had no lead for longest is forgotten.
pub const MOST_ACCOUNTS: usize = 10_000;

/// Where a lead's share cannot be told in whole parts, because somebody is absent, a lead has this many times as many parts as the weights add up to.
pub const FINE: i64 = 1 << 20;
/// The most parts that a lead can have.
const MOST_PARTS: i64 = MOST_MEMBERS as i64 * MOST_WEIGHT as i64 * FINE;

/// So many leads can be out at once and all come back, in any order, as if they had never been taken: by so many leads a state may be further from a fair one than members can be.
pub(super) const OUT: i64 = 64;

/// Where a queue stands. Empty is a queue that begins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rotation {
    /// What is owed to each member, in parts of a lead.
    pub current: BTreeMap<String, i64>,
    /// How many parts a lead has; none where as many as the weights add up to.
    pub parts: Option<i64>,
    /// The day whose leads are counted, in days since 1970.
    pub day: Option<i64>,
    /// How many leads each member has had on that day.
    pub today: BTreeMap<String, u32>,
    /// Which member has an account; the account that had a lead last stands last.
    pub accounts: Vec<(String, String)>,
}

impl Rotation {
    /// Reads a state; nothing is the state of a queue that begins. Members that it names need not be members any more.
    ///
    /// # Errors
    /// What is not of the shape of a state, with its place.
    pub fn read(given: &Given) -> Result<Self, LifeError> {
        given.only(&["current", "parts", "day", "today", "accounts"])?;
        if given.is_nothing() {
            return Ok(Self::default());
        }
        let current = given.get("current");
        if current.is_nothing() {
            return Err(current.wrong("an object: what is owed to each member"));
        }
        let mut rotation = Self { parts: given.get("parts").maybe_whole(1, MOST_PARTS)?, day: day_of(&given.get("day"))?, ..Self::default() };
        for (member, owed) in current.entries()? {
            let owed = owed.maybe_whole(i64::MIN, i64::MAX)?.ok_or_else(|| owed.wrong("a whole number"))?;
            rotation.current.insert(member.to_owned(), owed);
        }
        for (member, count) in given.get("today").entries()? {
            let count = count.maybe_whole(0, i64::from(u32::MAX))?.ok_or_else(|| count.wrong("a whole number"))?;
            rotation.today.insert(member.to_owned(), count as u32);
        }
        rotation.accounts = given.get("accounts").each(MOST_ACCOUNTS, |item| {
            item.only(&["account", "member"])?;
            Ok((item.get("account").text()?.to_owned(), item.get("member").text()?.to_owned()))
        })?;
        Ok(rotation)
    }

    /// The state as the host stores it; what is empty is left out, but not `current`.
    pub fn write(&self) -> Value {
        let numbers = |entries: &mut dyn Iterator<Item = (&String, i64)>| Value::Map(entries.map(|(name, number)| (text(name), Value::Int(number))).collect());
        let today = if self.today.is_empty() { Value::Null } else { numbers(&mut self.today.iter().map(|(name, &count)| (name, i64::from(count)))) };
        let accounts = self.accounts.iter().map(|(account, member)| map([("account", text(account)), ("member", text(member))]));
        map([
            ("current", numbers(&mut self.current.iter().map(|(name, &owed)| (name, owed)))),
            ("parts", self.parts.map_or(Value::Null, Value::Int)),
            ("day", self.day.map_or(Value::Null, |day| text(&date_text(day)))),
            ("today", today),
            ("accounts", if self.accounts.is_empty() { Value::Null } else { list(accounts) }),
        ])
    }

    /// The member who has an account.
    pub(super) fn member_of(&self, account: &str) -> Option<&str> {
        self.accounts.iter().find(|(known, _)| known == account).map(|(_, member)| member.as_str())
    }

    /// Gives an account to a member.
    pub(super) fn keep(&mut self, account: &str, member: &str) {
        self.accounts.retain(|(known, _)| known != account);
        self.accounts.push((account.to_owned(), member.to_owned()));
        let over = self.accounts.len().saturating_sub(MOST_ACCOUNTS);
        self.accounts.drain(..over);
    }

    /// What is owed to each of these members, in the order of the queue and in so many parts of a lead; it adds up to zero.
    ///
    /// The state may be from before the queue was changed, or from anywhere else: who is no member any more is dropped, a new member begins level with the others, so that they get
    /// their share from now on and nothing for the time before. What is owed is cut to `most` leads.
    pub(super) fn level(&self, members: &[Member], parts: i64, most: i64) -> Vec<i64> {
        let total: i64 = members.iter().map(|member| i64::from(member.weight)).sum();
        let before = self.parts.unwrap_or(total).max(1);
        let most = parts.saturating_mul(most);
        let known = |member: &Member| self.current.get(&member.id).map(|&owed| rescaled(owed, before, parts).clamp(-most, most));
        let stated: Vec<Option<i64>> = members.iter().map(known).collect();
        let (sum, count) = (stated.iter().flatten().sum::<i64>(), stated.iter().flatten().count() as i64);
        // Who has left took what was owed to them, or what they owed; it is shared out among those who stayed, so that a new member at zero is level with them.
        let mut left_over = if count == 0 { 0 } else { sum.rem_euclid(count) };
        let share = if count == 0 { 0 } else { sum.div_euclid(count) };
        let mut leveled = |owed: i64| {
            let extra = i64::from(left_over > 0);
            left_over -= extra;
            owed - share - extra
        };
        stated.into_iter().map(|owed| owed.map_or(0, &mut leveled)).collect()
    }
}

/// What is owed, in other parts.
fn rescaled(owed: i64, before: i64, parts: i64) -> i64 {
    if before == parts {
        return owed;
    }
    let scaled = i128::from(owed) * i128::from(parts) / i128::from(before);
    i64::try_from(scaled).unwrap_or(if scaled < 0 { i64::MIN } else { i64::MAX })
}

/// A day as states have it, `YYYY-MM-DD`.
fn date_text(day: i64) -> String {
    let (year, month, day) = date_of(day);
    let padded = |number: i64, width: usize| {
        let digits = number.to_string();
        ["0".repeat(width.saturating_sub(digits.len())), digits].concat()
    };
    [padded(year, 4), padded(month, 2), padded(day, 2)].join("-")
}

/// A day of a state.
pub(super) fn day_of(given: &Given) -> Result<Option<i64>, LifeError> {
    let Some(date) = given.maybe_text()? else { return Ok(None) };
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<i64>().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit())));
    let day = match (parts.next().flatten(), parts.next().flatten(), parts.next().flatten()) {
        (Some(year), Some(month), Some(day)) if year <= 9999 => days_of(year, month, day),
        _ => None,
    };
    day.map(Some).ok_or_else(|| given.wrong("a day such as `2026-11-21`"))
}

/// A day as an answer has it.
pub(super) fn day(day: Option<i64>) -> Value {
    day.map_or(Value::Null, |day| text(&date_text(day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let rotation = Rotation {
            current: [("li".to_owned(), -3), ("wang".to_owned(), 3)].into(),
            parts: Some(7 * FINE),
            day: Some(20_778),
            today: [("li".to_owned(), 2)].into(),
            accounts: vec![("9".into(), "li".into()), ("10".into(), "wang".into())],
        };
        for rotation in [rotation, Rotation::default()] {
            assert_eq!(Rotation::read(&Given::new(&rotation.write(), "state")), Ok(rotation));
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let wrong = |state: Value| Rotation::read(&Given::new(&state, "state")).unwrap_err().path.clone();
        assert_eq!(wrong(map([("parts", Value::Int(1))])), "state.current");
        assert_eq!(wrong(map([("current", map([("li", Value::Double(0.5))]))])), "state.current.li");
        let with = |name: &'static str, value: Value| map([("current", map([])), (name, value)]);
        assert_eq!(wrong(with("day", text("2026-02-30"))), "state.day");
        assert_eq!(wrong(with("today", map([("li", Value::Int(-1))]))), "state.today.li");
        assert_eq!(wrong(with("accounts", list([map([("account", text("a"))])]))), "state.accounts[0].member");
        assert_eq!(wrong(with("parts", Value::Int(0))), "state.parts");
    }
}
