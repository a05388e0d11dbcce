//! Moves between stages, committed: a lead's state with an event, with a move, or with what a decision proposes.
//!
//! Nothing is stored here and no clock is read: the state comes in, the new state goes out. Moves after a time are made first, each at its deadline, whatever is
//! asked for: the lead is where it would be had somebody looked all the time.

use super::error::LifeError;
use super::given::Given;
use super::legal::{Legal, Need, View, needs, views};
use super::names::{migrate, not_before};
use super::state::{Change, MOST_ENTRIES, Reset, State};
use crate::engine::decide_frame;
use crate::engine::moves::Standing;
use crate::engine::{Decision, Engine, Frame, Lead, StageMoves};
use crate::program::On;
use crate::time::Moment;

const RESET_FIRST: &str = "time has made moves that reset scores, on which this one rests: commit those first, with an empty step";

/// What a lead's state is to advance by.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Step {
    /// An event, as the policy calls it.
    pub event: Option<String>,
    /// A move, by its id. With neither event nor move it is what a decision proposes.
    pub by_move: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Who.
    pub by: Option<String>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Advance {
    /// The lead moved, or there was nothing to be done.
    Moved(Box<Moved>),
    /// It may not. The state is as it was.
    Refused(Refused),
}

/// A lead that moved.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// The new state.
    pub state: State,
    /// The changes that were added to its history.
    pub moves: Vec<Change>,
}

/// Why a lead may not move.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    /// `illegal-move`, `unknown-event`, `screened`, `faulted`, `reset-first`, or what the move still needs: see [`Need::code`].
    pub code: &'static str,
    /// In one sentence.
    pub message: String,
    /// The stage that the lead is in, moves after a time made.
    pub stage: String,
    /// Every move from there with what it still needs.
    pub legal: Vec<Legal>,
}

impl Step {
    /// Reads `{ event, move, reason, by }`.
    ///
    /// # Errors
    /// Anything else, and both an event and a move.
    pub fn read(given: &Given) -> Result<Self, LifeError> {
        given.only(&["event", "move", "reason", "by"])?;
        let text = |name: &str| Ok(given.get(name).maybe_text()?.map(str::to_owned));
        let step = Self { event: text("event")?, by_move: text("move")?, reason: text("reason")?, by: text("by")? };
        if step.event.is_some() && step.by_move.is_some() {
            return Err(LifeError::new("wrong-type", given.get("move").path(), "a step is an event or a move, not both").help("give one of the two"));
        }
        Ok(step)
    }
}

/// Where a lead stands for its moves. None where the policy has no stages.
///
/// # Errors
/// A state that is not one of this policy, or from after `now`.
pub fn standing(engine: &Engine, state: &State, now: Moment) -> Result<Option<Standing>, LifeError> {
    Ok(Some(known(engine, &migrate(engine, state)?, now)?).filter(|_| engine.program().stages.is_some()))
}

/// The same for a state whose names are those of the policy.
fn known(engine: &Engine, state: &State, now: Moment) -> Result<Standing, LifeError> {
    not_before(state, now)?;
    let stages = engine.program().stages.as_ref().map_or(0, |stages| stages.require.len());
    let stage = state.stage.as_deref().and_then(|stage| engine.stage(stage)).unwrap_or_default();
    let mut standing = Standing { stage, entered: state.since.unwrap_or(now), last: state.since, left: vec![None; stages], now, pinned: state.pins.stage.is_some() };
    for change in &state.history {
        standing.last = Some(change.at);
        if !change.enters() {
            continue;
        }
        standing.entered = change.at;
        if let Some(left) = engine.stage(&change.from).and_then(|stage| standing.left.get_mut(usize::from(stage))) {
            *left = Some(change.at);
        }
    }
    Ok(standing)
}

/// The moves from where a lead is, moves after a time made, each with what it still needs; and the stage that is.
///
/// `lead` is the lead at `now`, with its signals.
///
/// # Errors
/// A state that is not one of this policy, or from after `now`; a policy without stages.
pub fn legal(engine: &Engine, lead: &Lead, state: &State, now: Moment) -> Result<(String, Vec<Legal>), LifeError> {
    let asked = Asked::new(engine, lead, &migrate(engine, state)?, now)?;
    Ok((asked.stage(), asked.legal()))
}

/// Commits a step: the new state with the time of every change, or why not, with the moves that there are.
///
/// An event takes the first move on it, in the author's order, that needs nothing more. A step without event and move takes what a decision proposes at `now`. Where nobody knows when the
/// lead entered its stage, it counts as entered now, and the state says so from then on.
///
/// `lead` is the lead at `now`, with its signals.
///
/// # Errors
/// A state that is not one of this policy, or from after `now`; a move that the policy does not have; a policy without stages.
///
/// ```
/// use leadgate::life::{Advance, State, Step, advance};
/// let engine = leadgate::Engine::new(leadgate::compile_str("
/// leadgate: 1
/// policy: p
/// version: \"1\"
/// fields: { n: { type: int } }
/// stages:
///   list: { mql: {}, sql: {}, pool: {} }
///   moves:
///     - { id: accept, from: mql, to: sql, event: accepted }
///     - { id: recall, from: mql, to: pool, after: 4h }
/// ").unwrap());
/// let lead = engine.lead().build();
/// let hour = 3_600_000;
/// let accepted = Step { event: Some("accepted".into()), ..Step::default() };
/// let begun = State { since: Some(0), ..State::default() };
/// let Advance::Moved(moved) = advance(&engine, &lead, &begun, &accepted, 3 * hour).unwrap() else { panic!() };
/// assert_eq!(moved.state.stage.as_deref(), Some("sql"));
/// // An hour later the lead had been recalled, whether or not anybody looked.
/// let Advance::Refused(refused) = advance(&engine, &lead, &begun, &accepted, 5 * hour).unwrap() else { panic!() };
/// assert_eq!((refused.code, refused.stage.as_str()), ("illegal-move", "pool"));
/// let Advance::Moved(moved) = advance(&engine, &lead, &begun, &Step::default(), 5 * hour).unwrap() else { panic!() };
/// assert_eq!((moved.moves[0].by_move.as_str(), moved.moves[0].at), ("recall", 4 * hour));
/// ```
pub fn advance(engine: &Engine, lead: &Lead, state: &State, step: &Step, now: Moment) -> Result<Advance, LifeError> {
    let mut state = migrate(engine, state)?;
    if state.since.is_none() && state.history.is_empty() {
        state.since = Some(now);
    }
    let mut asked = Asked::new(engine, lead, &state, now)?;
    if asked.decision.screened {
        return Ok(asked.refused("screened", "the lead is screened out: it has no stage"));
    }
    let proposed = asked.decision.stage.clone().unwrap_or_default();
    if asked.timely.faulted || proposed.faulted && step.event.is_none() && step.by_move.is_none() {
        return Ok(asked.refused("faulted", "a condition of the moves faults, so that none is made"));
    }
    if step.event.is_none() && step.by_move.is_none() {
        return asked.commit(&state, &proposed, step).map(|moved| Advance::Moved(Box::new(moved)));
    }
    let views = views(engine);
    let candidates: Vec<&View> = match (&step.event, &step.by_move) {
        (Some(event), _) => views.iter().filter(|view| view.event() == Some(event)).collect(),
        (_, Some(id)) => views.iter().filter(|view| view.id == id.as_str()).collect(),
        _ => Vec::new(),
    };
    match (candidates.first(), &step.by_move) {
        (None, Some(id)) => return Err(LifeError::unknown("unknown-move", "step.move", id, "a move", engine.move_ids().into_iter())),
        (None, None) => return Ok(asked.refused("unknown-event", "no move is taken on an event of this name")),
        // What the passing of time has made need not be made again.
        (Some(view), Some(_)) if matches!(view.on, Some(On::After(_))) && asked.timely.moves.contains(&view.index) => {
            let timely = asked.timely.clone();
            return asked.commit(&state, &timely, step).map(|moved| Advance::Moved(Box::new(moved)));
        }
        _ => {}
    }
    let mut missing: Option<Need> = None;
    for view in candidates {
        if !view.from.contains(&asked.standing.stage) {
            continue;
        }
        if asked.anew && view.when.is_some() {
            return Ok(asked.refused("reset-first", RESET_FIRST));
        }
        let needed = needs(engine, &asked.frame, &asked.standing, view, Some(step.reason.as_deref()));
        let Some(need) = needed.into_iter().next() else {
            let index = view.index;
            let mut made = asked.timely.clone();
            made.moves.push(index);
            made.times.push(now);
            return asked.commit(&state, &made, step).map(|moved| Advance::Moved(Box::new(moved)));
        };
        missing.get_or_insert(need);
    }
    Ok(match missing {
        Some(need) => asked.refused(need.code, &need.message),
        None => {
            let stage = asked.stage();
            asked.refused("illegal-move", &["there is no such move from `", &stage, "`"].concat())
        }
    })
}

/// A lead with what is known about its moves at a moment.
struct Asked<'e> {
    engine: &'e Engine,
    frame: Frame,
    decision: Decision,
    /// Where the lead stands, moves after a time made.
    standing: Standing,
    /// Those moves.
    timely: StageMoves,
    /// One of them resets scores.
    anew: bool,
}

impl<'e> Asked<'e> {
    fn new(engine: &'e Engine, lead: &Lead, state: &State, now: Moment) -> Result<Self, LifeError> {
        if engine.program().stages.is_none() {
            return Err(LifeError::new("no-stages", "state.stage", "the policy has no stages").help("give it a section `stages`"));
        }
        let mut standing = known(engine, state, now)?;
        let (frame, decision) = decide_frame(engine, lead, &standing);
        let mut timely = StageMoves::default();
        timely.begin(standing.stage);
        let mut anew = false;
        if !standing.pinned && !decision.screened {
            anew = !engine.time_moves(&frame, &mut standing, &mut timely) && !timely.faulted;
        }
        Ok(Self { engine, frame, decision, standing, timely, anew })
    }

    fn stage(&self) -> String {
        self.engine.stage_names().get(usize::from(self.standing.stage)).map(|stage| (*stage).to_owned()).unwrap_or_default()
    }

    fn legal(&self) -> Vec<Legal> {
        let views = views(self.engine);
        let here = views.iter().filter(|view| view.from.contains(&self.standing.stage) && !self.decision.screened);
        here.map(|view| {
            let mut needed = needs(self.engine, &self.frame, &self.standing, view, None);
            if self.timely.faulted {
                needed.insert(0, Need::new("faulted", "the condition of a move after a time faults, so that none is made"));
            } else if self.anew && view.when.is_some() {
                needed.insert(0, Need::new("reset-first", RESET_FIRST));
            }
            view.legal(self.engine, needed, &self.standing)
        })
        .collect()
    }

    fn refused(&self, code: &'static str, message: &str) -> Advance {
        Advance::Refused(Refused { code, message: message.to_owned(), stage: self.stage(), legal: self.legal() })
    }

    /// The state after moves. Reason and person belong to the move that was asked for, which is the last.
    fn commit(&mut self, state: &State, made: &StageMoves, step: &Step) -> Result<Moved, LifeError> {
        let names = self.engine.stage_names();
        let name = |stage: u16| names.get(usize::from(stage)).map(|name| (*name).to_owned()).unwrap_or_default();
        let mut state = state.clone();
        let mut moves = Vec::new();
        let mut from = made.before;
        for (&index, &at) in made.moves.iter().zip(&made.times) {
            let Some((id, to)) = self.engine.move_at(index) else { continue };
            moves.push(Change { by_move: id.to_owned(), from: name(from), to: name(to), at, reason: None, by: None });
            for &(score, factor) in self.engine.resets_of(index) {
                let score = self.engine.program().scores.get(usize::from(score)).map(|score| self.engine.variable_name(score.variable)).unwrap_or_default();
                state.resets.push(Reset { score: score.to_owned(), factor, at });
            }
            from = to;
        }
        if let Some(last) = moves.last_mut() {
            if step.event.is_some() || step.by_move.is_some() {
                last.reason.clone_from(&step.reason);
                last.by.clone_from(&step.by);
            }
            state.stage = Some(last.to.clone());
        }
        state.history.extend(moves.iter().cloned());
        for (count, path) in [(state.history.len(), "state.history"), (state.resets.len(), "state.resets")] {
            if count > MOST_ENTRIES {
                return Err(LifeError::new("too-many", path, ["there are more than ", &MOST_ENTRIES.to_string(), " items"].concat()).help("begin a new state with the stage and `since`"));
            }
        }
        Ok(Moved { state, moves })
    }
}
