//! The moment at which a lead is looked at, with what it has done and where it stands.

use std::sync::Arc;

use super::error::{LifeError, Spot};
use super::events;
use super::given::Given;
use super::names::migrate;
use super::stages::standing;
use super::state::State;
use crate::engine::events::{Events, Log};
use crate::engine::{Engine, Lead};
use crate::time::Moment;

/// A moment in a lead's life.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Situation {
    /// The moment.
    pub now: Moment,
    /// What the lead has done; none: not known yet.
    pub log: Option<Log>,
    /// Where it stands.
    pub state: State,
}

impl Situation {
    /// Reads `{ now, events, asOf, state }`. Without `events` the lead has done nothing; `events: "open"` says that they are not known yet.
    ///
    /// # Errors
    /// What cannot be read, with its place; a missing `now` where something rests on it.
    pub fn read(engine: &Engine, given: &Given) -> Result<Self, LifeError> {
        let events = given.get("events");
        let log = match events.maybe_text() {
            Ok(Some("open")) => None,
            Ok(Some(_)) => return Err(events.wrong("a list of events, or `open`")),
            _ => Some(Log::new(engine, events::read(engine, &events)?)),
        };
        let state = State::read(&given.get("state"))?;
        // A lead that has only begun has no names that could be older.
        let state = if state == State::default() { state } else { migrate(engine, &state)? };
        let now = given.get("now");
        let needed = log.as_ref().is_some_and(|log| log.count > 0) || state != State { stage: state.stage.clone(), visits: state.visits, program: state.program.clone(), ..State::default() };
        let now = match now.maybe_moment()? {
            None if needed => return Err(LifeError::new("no-now", now.path(), "what a lead has done or where it stands means something only at a moment").help("give `now`, the time of the decision")),
            now => now.unwrap_or_default(),
        };
        let as_of = given.get("asOf");
        if as_of.maybe_moment()?.is_some_and(|at| at > now) {
            return Err(LifeError::new("time-runs-backwards", as_of.path(), "the signals are from after the moment of the decision").help("give a `now` that is not before `asOf`"));
        }
        Ok(Self { now, log, state })
    }

    /// The lead at this moment: with its signals, and with the points of rules that count events.
    ///
    /// # Errors
    /// A reset of a score that the policy does not have.
    pub fn lead(&self, engine: &Engine, lead: &Lead) -> Result<Lead, LifeError> {
        let events = self.log.as_ref().map_or(Events::Open, Events::Complete);
        let lead = engine.at_after(lead, events, self.now, &self.resets(engine)?);
        let standing = if self.state == State::default() { None } else { standing(engine, &self.state, self.now)? };
        Ok(Lead { standing: standing.map(Arc::new), ..lead })
    }

    /// The state's resets, by the index of their score.
    ///
    /// # Errors
    /// A reset of a score that the policy does not have.
    pub fn resets(&self, engine: &Engine) -> Result<Vec<(u16, u32, Moment)>, LifeError> {
        let names = || engine.program().scores.iter().map(|score| engine.variable_name(score.variable));
        let mut found = Vec::new();
        for (at, reset) in self.state.resets.iter().enumerate() {
            let Some(score) = names().position(|name| name == reset.score) else {
                return Err(LifeError::unknown("unknown-score", Spot::Item("state.resets", at, "score"), &reset.score, "a score of the policy", names()));
            };
            found.push((score as u16, reset.factor, reset.at));
        }
        Ok(found)
    }

    /// The stage by its index; none for the first.
    ///
    /// # Errors
    /// A stage that the policy does not have.
    pub fn stage(&self, engine: &Engine) -> Result<Option<u16>, LifeError> {
        let Some(name) = &self.state.stage else { return Ok(None) };
        match engine.stage(name) {
            Some(stage) => Ok(Some(stage)),
            None => Err(LifeError::unknown("unknown-stage", "state.stage", name, "a stage of the policy", engine.stage_names().into_iter())),
        }
    }
}
