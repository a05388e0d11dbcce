//! Questions about queues as they come from the host, in plain values.

use super::{Returned, Rotation, returned};
use crate::engine::{Engine, Lead};
use crate::life::given::{Given, map};
use crate::life::{LifeError, State};
use crate::program::Value;

/// How many absent people may be named: a company's, and not a queue's alone.
const MOST_ABSENT: usize = 10_000;

/// `{ queue, rotation, state, now, absent }`: who takes the lead.
///
/// # Errors
/// What cannot be read, with its place, and as of [`super::assign`].
pub fn assign(engine: &Engine, lead: &Lead, given: &Given) -> Result<Value, LifeError> {
    let absent = given.get("absent").each(MOST_ABSENT, |name| name.text())?;
    let rotation = Rotation::read(&given.get("rotation"))?;
    let state = State::read(&given.get("state"))?;
    Ok(engine.assign(given.get("queue").text()?, &rotation, Some(lead), &state, given.get("now").maybe_moment()?, &absent)?.write())
}

/// `{ queue, rotation, returned }`: where the queue stands when a lead is given back.
///
/// # Errors
/// What cannot be read, with its place, and as of [`super::returned`].
pub fn give_back(engine: &Engine, given: &Given) -> Result<Value, LifeError> {
    let queue = engine.queue(given.get("queue").text()?)?;
    let rotation = Rotation::read(&given.get("rotation"))?;
    let back = Returned::read(&given.get("returned"), queue)?;
    Ok(map([("rotation", returned(queue, &rotation, &back)?.write())]))
}
