//! States against the policy that they are used with: names of older versions, and whether a history can have happened.

use super::error::{LifeError, Spot};
use super::given::at;
use super::state::{Change, State};
use crate::engine::Engine;
use crate::time::Moment;

/// What a history says of a stage that a person fixed by hand; no move of a policy is called so.
pub const PIN: &str = "@pin";
/// What it says where a person let go of it again.
pub const UNPIN: &str = "@unpin";

/// A state whose names are all those of the policy: names of older versions are exchanged for what the document says they are now.
///
/// What is no more may stand in the history, but no lead may be in a stage that is no more. Resets of scores that are no more are left out.
///
/// # Errors
/// `older-state` where the state was made by another version of the policy and has a name that this one neither has nor declares in `stages.former`; `unknown-stage`,
/// `unknown-move`, `unknown-score` where it was made by this version; `broken-history` where one change does not follow from the one before, or does not lead to the stage that the lead is in.
pub fn migrate(engine: &Engine, state: &State) -> Result<State, LifeError> {
    let digest = engine.digest();
    let names = Names { engine, older: state.program.as_deref().is_some_and(|made_by| made_by != digest) };
    let mut state = state.clone();
    state.program = Some(digest.to_owned());
    if let Some(stage) = &mut state.stage {
        *stage = names.stage(stage, Spot::At("state.stage"), false)?;
    }
    for (index, change) in state.history.iter_mut().enumerate() {
        let spot = |name| Spot::Item("state.history", index, name);
        change.by_move = names.by_move(&change.by_move, spot("move"))?;
        change.from = names.stage(&change.from, spot("from"), true)?;
        change.to = names.stage(&change.to, spot("to"), true)?;
    }
    let mut resets = Vec::new();
    for (index, mut reset) in state.resets.into_iter().enumerate() {
        if let Some(score) = names.score(&reset.score, Spot::Item("state.resets", index, "score"))? {
            reset.score = score;
            resets.push(reset);
        }
    }
    state.resets = resets;
    if let Some(pin) = &mut state.pins.stage {
        pin.value = names.stage(&pin.value, Spot::At("state.pins.stage.value"), false)?;
    }
    follows(engine, &mut state)?;
    Ok(state)
}

/// Nothing in a state comes after the moment of a decision.
///
/// # Errors
/// `time-runs-backwards`.
pub fn not_before(state: &State, now: Moment) -> Result<(), LifeError> {
    let late = |moment: Moment, spot: Spot| match moment > now {
        true => Err(LifeError::new("time-runs-backwards", spot, "this is after the moment of the decision").help("give a `now` that is not before anything in the state")),
        false => Ok(()),
    };
    if let Some(since) = state.since {
        late(since, Spot::At("state.since"))?;
    }
    for (index, change) in state.history.iter().enumerate() {
        late(change.at, Spot::Item("state.history", index, "at"))?;
    }
    for (index, reset) in state.resets.iter().enumerate() {
        late(reset.at, Spot::Item("state.resets", index, "at"))?;
    }
    match &state.pins.stage {
        Some(pin) => late(pin.at, Spot::At("state.pins.stage.at")),
        None => Ok(()),
    }
}

struct Names<'e> {
    engine: &'e Engine,
    /// The state was made by another version of the policy.
    older: bool,
}

impl Names<'_> {
    fn stage(&self, name: &str, spot: Spot, past: bool) -> Result<String, LifeError> {
        let known = self.engine.stage_names();
        if known.contains(&name) {
            return Ok(name.to_owned());
        }
        match former(&self.engine.program().life.former.stages, name) {
            Some(Some(now)) => Ok(known.get(usize::from(*now)).map_or_else(|| name.to_owned(), |now| (*now).to_owned())),
            Some(None) if past => Ok(name.to_owned()),
            Some(None) => {
                let error = LifeError::new("older-state", spot, ["the stage `", name, "` is no more, and the lead is in it"].concat());
                Err(error.help(["say in `stages.former` where such leads are now: { stages: { ", name, ": … } }"].concat()))
            }
            None => Err(self.missing("stage", name, spot, &known)),
        }
    }

    fn by_move(&self, name: &str, spot: Spot) -> Result<String, LifeError> {
        let known = self.engine.move_ids();
        if name == PIN || name == UNPIN || known.contains(&name) {
            return Ok(name.to_owned());
        }
        match former(&self.engine.program().life.former.moves, name) {
            Some(now) => Ok(now.as_deref().unwrap_or(name).to_owned()),
            None => Err(self.missing("move", name, spot, &known)),
        }
    }

    fn score(&self, name: &str, spot: Spot) -> Result<Option<String>, LifeError> {
        let program = self.engine.program();
        let known: Vec<&str> = program.scores.iter().map(|score| self.engine.variable_name(score.variable)).collect();
        if known.contains(&name) {
            return Ok(Some(name.to_owned()));
        }
        match former(&program.life.former.scores, name) {
            Some(now) => Ok(now.and_then(|now| known.get(usize::from(now))).map(|now| (*now).to_owned())),
            None => Err(self.missing("score", name, spot, &known)),
        }
    }

    fn missing(&self, what: &str, name: &str, spot: Spot, known: &[&str]) -> LifeError {
        if !self.older {
            let code = match what {
                "stage" => "unknown-stage",
                "move" => "unknown-move",
                _ => "unknown-score",
            };
            return LifeError::unknown(code, spot, name, &["a ", what].concat(), known.iter().copied());
        }
        let error = LifeError::new("older-state", spot, ["another version of the policy made this state, and here is no ", what, " `", name, "`"].concat());
        error.help(["say in `stages.former` what it is called now, or null where it is no more: { ", what, "s: { ", name, ": … } }"].concat())
    }
}

fn former<'f, T>(names: &'f [(String, T)], name: &str) -> Option<&'f T> {
    let index = names.binary_search_by(|(old, _)| old.as_str().cmp(name)).ok()?;
    names.get(index).map(|(_, now)| now)
}

/// Whether each change follows from the one before and the last one leads to the stage; a lead that has only begun is in the first.
fn follows(engine: &Engine, state: &mut State) -> Result<(), LifeError> {
    let broken = |spot: Spot, message: String| LifeError::new("broken-history", spot, message).help("give back the history as it was given, each change after the one before");
    let mut last: Option<&Change> = None;
    for (index, change) in state.history.iter().enumerate() {
        let spot = |name| Spot::Item("state.history", index, name);
        let before = last.map(|last| last.at).or(state.since);
        if before.is_some_and(|before| change.at < before) {
            return Err(broken(spot("at"), "this change is before the one that it follows".into()));
        }
        if let Some(last) = last.filter(|last| last.to != change.from) {
            return Err(broken(spot("from"), ["the lead left `", &change.from, "`, and it was in `", &last.to, "`"].concat()));
        }
        last = Some(change);
    }
    match (&state.stage, last) {
        (Some(stage), Some(last)) if *stage != last.to => {
            return Err(broken(Spot::At("state.stage"), ["the lead is in `", stage, "`, and the last change led to `", &last.to, "`"].concat()));
        }
        (None, Some(last)) => state.stage = Some(last.to.clone()),
        (None, None) => state.stage = engine.stage_names().first().map(|first| (*first).to_owned()),
        _ => {}
    }
    if let (Some(stage), false) = (&state.stage, state.stage.as_ref().is_none_or(|stage| engine.stage(stage).is_some())) {
        let error = LifeError::new("older-state", "state.stage", ["the stage `", stage, "` is no more, and the lead is in it"].concat());
        return Err(error.help("say in `stages.former` where such leads are now"));
    }
    match &state.pins.stage {
        Some(pin) if state.stage.as_ref() != Some(&pin.value) => {
            let error = LifeError::new("broken-history", "state.pins.stage.value", ["the stage is fixed as `", &pin.value, "`, and the lead is in another"].concat());
            Err(error.help("fix a stage with `pin`, which also moves the lead there"))
        }
        _ => Ok(()),
    }
}

/// A moment as a person reads it.
pub(super) fn shown(moment: Moment) -> String {
    crate::engine::machine::time_text(&at(moment)).unwrap_or_default()
}
