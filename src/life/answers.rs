//! What is asked about a lead's stages and what is answered, as values that cross to the host.

use super::error::LifeError;
use super::given::{Given, at, list, map, text};
use super::legal::{Legal, Need};
use super::names::migrate;
use super::pins::{Pinned, pin, unpin};
use super::situation::Situation;
use super::stages::{Advance, Step, advance, legal};
use super::state::{Change, Pin, State};
use super::stays::stays;
use crate::engine::{Engine, Lead};
use crate::program::{Reason, Value};

/// `{ now, events, asOf, state, step }` to `{ ok: true, state, moves }` or `{ ok: false, code, message, stage, legal }`.
///
/// # Errors
/// What cannot be read, and as for [`advance`].
pub fn answer_advance(engine: &Engine, lead: &Lead, given: &Given) -> Result<Value, LifeError> {
    let situation = Situation::read(engine, given)?;
    let now = given.get("now").moment()?;
    let step = Step::read(&given.get("step"))?;
    Ok(match advance(engine, &situation.lead(engine, lead)?, &situation.state, &step, now)? {
        Advance::Moved(moved) => map([("ok", Value::Bool(true)), ("state", moved.state.write()), ("moves", list(moved.moves.iter().map(Change::write)))]),
        Advance::Refused(refused) => map([
            ("ok", Value::Bool(false)),
            ("code", text(refused.code)),
            ("message", text(&refused.message)),
            ("stage", text(&refused.stage)),
            ("legal", list(refused.legal.iter().map(one))),
        ]),
    })
}

/// `{ now, events, asOf, state }` to `{ stage, legal }`.
///
/// # Errors
/// What cannot be read, and as for [`legal`].
pub fn answer_legal(engine: &Engine, lead: &Lead, given: &Given) -> Result<Value, LifeError> {
    let situation = Situation::read(engine, given)?;
    let (stage, found) = legal(engine, &situation.lead(engine, lead)?, &situation.state, given.get("now").moment()?)?;
    Ok(map([("stage", text(&stage)), ("legal", list(found.iter().map(one)))]))
}

/// `{ state }` to a state.
///
/// # Errors
/// What cannot be read, and as for [`migrate`].
pub fn answer_migrate(engine: &Engine, given: &Given) -> Result<Value, LifeError> {
    Ok(migrate(engine, &State::read(&given.get("state"))?)?.write())
}

/// `{ state, stage | owner, by, reason, now }` to a state; with `null` for stage or owner what was fixed is let go of.
///
/// # Errors
/// What cannot be read, and as for [`pin`].
pub fn answer_pin(engine: &Engine, given: &Given) -> Result<Value, LifeError> {
    let state = State::read(&given.get("state"))?;
    given.only(&["state", "stage", "owner", "by", "reason", "now"])?;
    let entries = given.entries()?;
    let has = |name: &str| entries.iter().any(|(known, _)| *known == name);
    let what = match (has("stage"), has("owner")) {
        (true, false) => Pinned::Stage,
        (false, true) => Pinned::Owner,
        _ => return Err(LifeError::new("wrong-type", "", "this must name `stage` or `owner`").help("one of the two; `null` lets go of it")),
    };
    let value = given.get(if what == Pinned::Stage { "stage" } else { "owner" }).maybe_text()?;
    let (by, reason, now) = (given.get("by").text()?, given.get("reason").maybe_text()?.map(str::to_owned), given.get("now").moment()?);
    let state = match value {
        Some(value) => pin(engine, &state, what, Pin { value: value.to_owned(), by: by.to_owned(), reason, at: now })?,
        None => unpin(engine, &state, what, by, reason, now)?,
    };
    Ok(state.write())
}

/// `{ state }` to a list of stays.
///
/// # Errors
/// What cannot be read, and as for [`migrate`].
pub fn answer_stays(engine: &Engine, given: &Given) -> Result<Value, LifeError> {
    let state = migrate(engine, &State::read(&given.get("state"))?)?;
    let moment = |moment: Option<i64>| moment.map_or(Value::Null, at);
    let maybe = |found: &Option<String>| found.as_deref().map_or(Value::Null, text);
    Ok(list(stays(&state).iter().map(|stay| {
        map([
            ("stage", text(&stay.stage)),
            ("from", moment(stay.from)),
            ("until", moment(stay.until)),
            ("enteredBy", maybe(&stay.entered_by)),
            ("leftBy", maybe(&stay.left_by)),
            ("reason", maybe(&stay.reason)),
        ])
    })))
}

fn one(found: &Legal) -> Value {
    let reason = match &found.reason {
        Reason::Optional => Value::Null,
        Reason::Required => text("required"),
        Reason::OneOf(reasons) => list(reasons.iter().map(|reason| text(reason))),
    };
    map([
        ("move", text(&found.by_move)),
        ("to", text(&found.to)),
        ("event", found.event.as_deref().map_or(Value::Null, text)),
        ("at", found.at.map_or(Value::Null, at)),
        ("reason", reason),
        ("needs", list(found.needs.iter().map(need))),
    ])
}

fn need(need: &Need) -> Value {
    let fields = if need.fields.is_empty() { Value::Null } else { list(need.fields.iter().map(|field| text(field))) };
    map([("code", text(need.code)), ("message", text(&need.message)), ("fields", fields), ("at", need.at.map_or(Value::Null, at))])
}
