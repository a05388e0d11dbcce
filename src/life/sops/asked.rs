//! Questions about schedules as they come from the host, in plain values.

use super::{Due, commit, due, next_due, sent};
use crate::engine::{Engine, Lead};
use crate::life::given::{Given, at, map};
use crate::life::{LifeError, Situation, State};
use crate::program::Value;

/// `{ now, events, asOf, state }`: what is due to the lead, and when something comes due next.
///
/// # Errors
/// What cannot be read, with its place, and as of [`super::due`].
pub fn what_is_due(engine: &Engine, lead: &Lead, given: &Given) -> Result<Value, LifeError> {
    let now = given.get("now");
    if now.is_nothing() {
        return Err(LifeError::new("no-now", now.path(), "what is due is due at a moment").help("give `now`, the time that it is"));
    }
    let situation = Situation::read(engine, given)?;
    let (lead, stage) = (situation.lead(engine, lead)?, situation.stage(engine)?);
    let found = due(engine, &lead, &situation.state, stage, situation.now)?;
    let next = next_due(engine, &lead, &situation.state, stage, situation.now)?;
    Ok(map([("due", found.write()), ("next", next.map_or(Value::Null, at))]))
}

/// `{ state, due }`: the state in which what `due` proposes has begun and ended.
///
/// # Errors
/// What cannot be read, with its place, and as of [`super::commit`].
pub fn committed(engine: &Engine, given: &Given) -> Result<Value, LifeError> {
    Ok(map([("state", commit(engine, &State::read(&given.get("state"))?, &Due::read(&given.get("due"))?)?.write())]))
}

/// `{ state, step: { sop, step, enrolled }, at }`: the state in which a step was sent.
///
/// # Errors
/// What cannot be read, with its place, and as of [`super::sent`].
pub fn was_sent(engine: &Engine, given: &Given) -> Result<Value, LifeError> {
    let state = State::read(&given.get("state"))?;
    let step = given.get("step");
    step.only(&["sop", "step", "enrolled", "send", "at", "overdue"])?;
    let enrolled = step.get("enrolled").maybe_moment()?;
    Ok(map([("state", sent(engine, &state, step.get("sop").text()?, step.get("step").text()?, enrolled, given.get("at").moment()?)?.write())]))
}
