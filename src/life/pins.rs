//! What a person fixes by hand, and lets go of again.

use super::error::LifeError;
use super::names::{PIN, UNPIN, migrate, not_before};
use super::state::{Change, MOST_ENTRIES, Pin, State};
use crate::engine::Engine;
use crate::time::Moment;

/// What is fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pinned {
    /// The stage: no move is made, and events are refused.
    Stage,
    /// Who has the lead.
    Owner,
}

/// The state with something fixed by a person. A lead whose stage is fixed is moved there, whatever the moves say; the history tells of it, with [`PIN`] for its move.
///
/// # Errors
/// A state that is not one of this policy, or from after `pin.at`; a stage that the policy does not have.
pub fn pin(engine: &Engine, state: &State, what: Pinned, pin: Pin) -> Result<State, LifeError> {
    let mut state = begun(engine, state, pin.at)?;
    match what {
        Pinned::Owner => state.pins.owner = Some(pin),
        Pinned::Stage => {
            if engine.stage(&pin.value).is_none() {
                return Err(LifeError::unknown("unknown-stage", "stage", &pin.value, "a stage", engine.stage_names().into_iter()));
            }
            tell(&mut state, PIN, pin.value.clone(), &pin.by, pin.reason.clone(), pin.at)?;
            state.pins.stage = Some(pin);
        }
    }
    Ok(state)
}

/// The state with nothing fixed any more. The lead stays in its stage, in which it has been since it was moved there; the history tells who let go of it, with [`UNPIN`] for its
/// move, and no move is made before that moment.
///
/// # Errors
/// A state that is not one of this policy, or from after `at`.
pub fn unpin(engine: &Engine, state: &State, what: Pinned, by: &str, reason: Option<String>, at: Moment) -> Result<State, LifeError> {
    let mut state = begun(engine, state, at)?;
    match what {
        Pinned::Owner => state.pins.owner = None,
        Pinned::Stage => {
            if let Some(pin) = state.pins.stage.take() {
                tell(&mut state, UNPIN, pin.value, by, reason, at)?;
            }
        }
    }
    Ok(state)
}

fn begun(engine: &Engine, state: &State, now: Moment) -> Result<State, LifeError> {
    let mut state = migrate(engine, state)?;
    not_before(&state, now)?;
    if state.since.is_none() && state.history.is_empty() {
        state.since = Some(now);
    }
    Ok(state)
}

fn tell(state: &mut State, by_move: &str, to: String, by: &str, reason: Option<String>, at: Moment) -> Result<(), LifeError> {
    if state.history.len() == MOST_ENTRIES {
        return Err(LifeError::new("too-many", "state.history", ["there are more than ", &MOST_ENTRIES.to_string(), " items"].concat()).help("begin a new state with the stage and `since`"));
    }
    let from = state.stage.clone().unwrap_or_else(|| to.clone());
    state.stage = Some(to.clone());
    state.history.push(Change { by_move: by_move.to_owned(), from, to, at, reason, by: Some(by.to_owned()) });
    Ok(())
}
