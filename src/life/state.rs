//! Where a lead stands in its life: what the host stores between calls.

use super::error::LifeError;
use super::given::{Given, at, list, map, text};
use crate::program::Value;
use crate::time::Moment;

/// How many entries each list of a state may have.
pub const MOST_ENTRIES: usize = 10_000;

/// A lead's state. Names are those of the policy; [`State::read`] says nothing about whether the policy knows them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct State {
    /// The digest of the program that made it, in hexadecimal; none where the host did not say.
    pub program: Option<String>,
    /// The stage; none where the lead has only begun.
    pub stage: Option<String>,
    /// When the lead entered the stage in which its history begins; none where nobody knows.
    pub since: Option<Moment>,
    /// Every change of the stage, the oldest first.
    pub history: Vec<Change>,
    /// What behaviours before a moment are still worth.
    pub resets: Vec<Reset>,
    /// Schedules that were begun, the oldest first.
    pub enrolled: Vec<Enrolment>,
    /// Steps of schedules that were sent.
    pub sent: Vec<Sent>,
    /// How often the form was visited.
    pub visits: u32,
    /// What a person has fixed by hand.
    pub pins: Pins,
}

/// A change of the stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The move, by its id.
    pub by_move: String,
    /// The stage before.
    pub from: String,
    /// The stage after.
    pub to: String,
    /// When.
    pub at: Moment,
    /// Why, in the words of whoever made it.
    pub reason: Option<String>,
    /// Who made it; none where the policy did.
    pub by: Option<String>,
}

/// What behaviours up to a moment are still worth in a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Reset {
    /// The score.
    pub score: String,
    /// What is left, in thousandths: from 0 to 1000.
    pub factor: u32,
    /// Of events up to this moment.
    pub at: Moment,
}

/// A schedule that was begun.
#[derive(Debug, Clone, PartialEq)]
pub struct Enrolment {
    /// The schedule.
    pub sop: String,
    /// When.
    pub at: Moment,
}

/// A step that was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    /// The schedule.
    pub sop: String,
    /// The step, by its id.
    pub step: String,
    /// When.
    pub at: Moment,
}

/// What a person has fixed by hand.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pins {
    /// The stage.
    pub stage: Option<Pin>,
    /// Who has the lead.
    pub owner: Option<Pin>,
}

/// A value that a person has fixed by hand.
#[derive(Debug, Clone, PartialEq)]
pub struct Pin {
    /// The value.
    pub value: String,
    /// Who fixed it.
    pub by: String,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub at: Moment,
}

impl State {
    /// Reads a state; nothing is the state of a lead that has only begun.
    ///
    /// # Errors
    /// What is not of the shape of a state, with its place.
    pub fn read(given: &Given) -> Result<Self, LifeError> {
        given.only(&["program", "stage", "since", "history", "resets", "enrolled", "sent", "visits", "pins"])?;
        let pins = given.get("pins");
        pins.only(&["stage", "owner"])?;
        Ok(Self {
            program: owned(&given.get("program"))?,
            stage: owned(&given.get("stage"))?,
            since: given.get("since").maybe_moment()?,
            history: given.get("history").each(MOST_ENTRIES, Change::read)?,
            resets: given.get("resets").each(MOST_ENTRIES, Reset::read)?,
            enrolled: given.get("enrolled").each(MOST_ENTRIES, Enrolment::read)?,
            sent: given.get("sent").each(MOST_ENTRIES, Sent::read)?,
            visits: given.get("visits").maybe_whole(0, i64::from(u32::MAX))?.unwrap_or_default() as u32,
            pins: Pins { stage: Pin::read(&pins.get("stage"))?, owner: Pin::read(&pins.get("owner"))? },
        })
    }

    /// The state as the host stores it; what is empty is left out.
    pub fn write(&self) -> Value {
        let some = |items: Vec<Value>| if items.is_empty() { Value::Null } else { list(items) };
        let pins = map([("stage", self.pins.stage.as_ref().map_or(Value::Null, Pin::write)), ("owner", self.pins.owner.as_ref().map_or(Value::Null, Pin::write))]);
        map([
            ("program", maybe(&self.program)),
            ("stage", maybe(&self.stage)),
            ("since", self.since.map_or(Value::Null, at)),
            ("history", some(self.history.iter().map(Change::write).collect())),
            ("resets", some(self.resets.iter().map(Reset::write).collect())),
            ("enrolled", some(self.enrolled.iter().map(|item| map([("sop", text(&item.sop)), ("at", at(item.at))])).collect())),
            ("sent", some(self.sent.iter().map(|item| map([("sop", text(&item.sop)), ("step", text(&item.step)), ("at", at(item.at))])).collect())),
            ("visits", if self.visits == 0 { Value::Null } else { Value::Int(i64::from(self.visits)) }),
            ("pins", if self.pins == Pins::default() { Value::Null } else { pins }),
        ])
    }
}

impl Change {
    /// Whether it enters a stage: what a person fixes or lets go of without moving the lead does not.
    pub fn enters(&self) -> bool {
        !(self.by_move == super::UNPIN || self.by_move == super::PIN && self.from == self.to)
    }

    fn read(given: &Given) -> Result<Self, LifeError> {
        given.only(&["move", "from", "to", "at", "reason", "by"])?;
        Ok(Self {
            by_move: given.get("move").text()?.to_owned(),
            from: given.get("from").text()?.to_owned(),
            to: given.get("to").text()?.to_owned(),
            at: given.get("at").moment()?,
            reason: owned(&given.get("reason"))?,
            by: owned(&given.get("by"))?,
        })
    }

    /// As the host stores it.
    pub fn write(&self) -> Value {
        map([("move", text(&self.by_move)), ("from", text(&self.from)), ("to", text(&self.to)), ("at", at(self.at)), ("reason", maybe(&self.reason)), ("by", maybe(&self.by))])
    }
}

impl Reset {
    fn read(given: &Given) -> Result<Self, LifeError> {
        given.only(&["score", "factor", "at"])?;
        let factor = given.get("factor");
        let factor = factor.maybe_whole(0, 1000)?.ok_or_else(|| factor.wrong("what is left in thousandths, from 0 to 1000"))?;
        Ok(Self { score: given.get("score").text()?.to_owned(), factor: factor as u32, at: given.get("at").moment()? })
    }

    fn write(&self) -> Value {
        map([("score", text(&self.score)), ("factor", Value::Int(i64::from(self.factor))), ("at", at(self.at))])
    }
}

impl Enrolment {
    pub(super) fn read(given: &Given) -> Result<Self, LifeError> {
        given.only(&["sop", "at"])?;
        Ok(Self { sop: given.get("sop").text()?.to_owned(), at: given.get("at").moment()? })
    }
}

impl Sent {
    fn read(given: &Given) -> Result<Self, LifeError> {
        given.only(&["sop", "step", "at"])?;
        Ok(Self { sop: given.get("sop").text()?.to_owned(), step: given.get("step").text()?.to_owned(), at: given.get("at").moment()? })
    }
}

impl Pin {
    fn read(given: &Given) -> Result<Option<Self>, LifeError> {
        if given.is_nothing() {
            return Ok(None);
        }
        given.only(&["value", "by", "reason", "at"])?;
        Ok(Some(Self { value: given.get("value").text()?.to_owned(), by: given.get("by").text()?.to_owned(), reason: owned(&given.get("reason"))?, at: given.get("at").moment()? }))
    }

    fn write(&self) -> Value {
        map([("value", text(&self.value)), ("by", text(&self.by)), ("reason", maybe(&self.reason)), ("at", at(self.at))])
    }
}

fn owned(given: &Given) -> Result<Option<String>, LifeError> {
    Ok(given.maybe_text()?.map(str::to_owned))
}

fn maybe(found: &Option<String>) -> Value {
    found.as_deref().map_or(Value::Null, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> State {
        State {
            program: Some("ab12".into()),
            stage: Some("mql".into()),
            since: Some(-7),
            history: vec![Change { by_move: "qualify".into(), from: "lead".into(), to: "mql".into(), at: 1_700_000_000_001, reason: None, by: Some("li".into()) }],
            resets: vec![Reset { score: "engagement".into(), factor: 500, at: 0 }],
            enrolled: vec![Enrolment { sop: "nurture".into(), at: -1 }],
            sent: vec![Sent { sop: "nurture".into(), step: "day1".into(), at: 5 }],
            visits: 2,
            pins: Pins { stage: None, owner: Some(Pin { value: "wang".into(), by: "li".into(), reason: Some("knows them".into()), at: 9 }) },
        }
    }

    #[test]
    fn what_is_written_is_read() {
        for state in [state(), State::default()] {
            assert_eq!(State::read(&Given::new(&state.write(), "state")), Ok(state));
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let wrong = |state: Value| State::read(&Given::new(&state, "state")).unwrap_err();
        let one = |name: &'static str, item: Value| map([(name, list([item]))]);
        let found = wrong(one("history", map([("move", text("m")), ("from", text("a")), ("to", Value::Int(1)), ("at", Value::Int(0))])));
        assert_eq!((found.code, &*found.path), ("wrong-type", "state.history[0].to"));
        let found = wrong(one("resets", map([("score", text("fit")), ("factor", Value::Int(1001)), ("at", Value::Int(0))])));
        assert_eq!(found.path, "state.resets[0].factor");
        let found = wrong(map([("stages", text("mql"))]));
        assert_eq!((found.code, &*found.path), ("unknown-key", "state.stages"));
        let found = wrong(map([("visits", Value::Int(-1))]));
        assert_eq!(found.path, "state.visits");
        let found = wrong(one("enrolled", map([("sop", text("x")), ("at", text("yesterday"))])));
        assert_eq!(found.path, "state.enrolled[0].at");
        assert_eq!(wrong(text("mql")).path, "state");
    }
}
