//! Schedules: what is due to be sent to a lead, in time relative to it.
//!
//! [`due`] proposes and stores nothing: which schedules begin and end now, and which steps are due. [`commit`] takes that into the state, and [`sent`] a step that was sent. A step is known by
//! its id, so steps that are added while leads are under way come to those as well, and none that was sent is due again. A schedule that ended and begins anew begins from the start.

pub mod asked;
mod moments;
#[cfg(test)]
mod tests;

use super::given::{Given, at, list, map, text};
use super::{Enrolment, LifeError, MOST_ENTRIES, Sent, State};
use crate::engine::{Decision, Engine, Frame, Lead, Outcome};
use crate::program::{FormulaId, Sop, SopStep, Truth, Value};
use crate::time::Moment;

/// What is due at a moment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Due {
    /// The moment.
    pub at: Moment,
    /// Steps to be sent, by time; of one time in the order of the document.
    pub steps: Vec<DueStep>,
    /// Schedules that begin now.
    pub begin: Vec<Enrolment>,
    /// Schedules that end now, as they had begun.
    pub end: Vec<Enrolment>,
    /// What nothing can be told of, because it faults: `screen`, `nurture`, or a step, `nurture.day1-welcome`.
    pub faults: Vec<String>,
}

/// A step to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct DueStep {
    /// The schedule.
    pub sop: String,
    /// The step, by its id.
    pub step: String,
    /// What is sent.
    pub send: String,
    /// Since when it is due: where it waits for a condition alone, since now.
    pub at: Moment,
    /// For how many milliseconds it has been due.
    pub overdue: i64,
    /// When the schedule began: with its name and the step's, it tells this sending from all others.
    pub enrolled: Moment,
}

impl Due {
    /// As a result.
    pub fn write(&self) -> Value {
        let enrolments = |items: &[Enrolment]| list(items.iter().map(|item| map([("sop", text(&item.sop)), ("at", at(item.at))])));
        let steps = self.steps.iter().map(|step| {
            let DueStep { sop, step, send, at: since, overdue, enrolled } = step;
            map([("sop", text(sop)), ("step", text(step)), ("send", text(send)), ("at", at(*since)), ("overdue", Value::Int(*overdue)), ("enrolled", at(*enrolled))])
        });
        map([
            ("at", at(self.at)),
            ("steps", list(steps)),
            ("begin", enrolments(&self.begin)),
            ("end", enrolments(&self.end)),
            ("faults", list(self.faults.iter().map(|name| text(name)))),
        ])
    }

    /// Reads what [`commit`] needs of it: what begins and what ends.
    ///
    /// # Errors
    /// What is not of its shape, with its place.
    pub fn read(given: &Given) -> Result<Self, LifeError> {
        given.only(&["at", "steps", "begin", "end", "faults"])?;
        let many = |name: &str| given.get(name).each(MOST_ENTRIES, Enrolment::read);
        Ok(Self { at: given.get("at").moment()?, begin: many("begin")?, end: many("end")?, ..Self::default() })
    }
}

/// What is due to a lead at a moment.
///
/// # Errors
/// A state of a moment after `now`, and one in which a schedule goes on twice.
///
/// ```
/// use leadgate::life::{State, sops};
/// let program = leadgate::compile_str("
/// leadgate: 1
/// policy: p
/// version: \"1\"
/// timezone: Asia/Shanghai
/// fields: { trial: { type: bool } }
/// sops: { trial: { enter: { trial: true }, steps: [{ day: 1, send: welcome }, { day: 2, at: \"09:00\", send: cases }] } }
/// ").unwrap();
/// let engine = leadgate::Engine::new(program);
/// let mut lead = engine.lead();
/// lead.set("trial", true).unwrap();
/// let (lead, monday) = (lead.build(), 1_795_406_400_000);  // 2026-11-23T12:00:00+08:00
/// let due = sops::due(&engine, &lead, &State::default(), None, monday).unwrap();
/// assert_eq!(due.steps[0].send, "welcome");
/// let state = sops::commit(&engine, &State::default(), &due).unwrap();
/// let state = sops::sent(&engine, &state, "trial", &due.steps[0].step, None, monday).unwrap();
/// assert_eq!(sops::due(&engine, &lead, &state, None, monday).unwrap().steps, []);
/// // The next day at nine.
/// assert_eq!(sops::next_due(&engine, &lead, &state, None, monday), Ok(Some(monday + 21 * 3_600_000)));
/// ```
pub fn due(engine: &Engine, lead: &Lead, state: &State, stage: Option<u16>, now: Moment) -> Result<Due, LifeError> {
    let mut found = Due { at: now, ..Due::default() };
    let Some(going) = going(engine, lead, state, stage, now, &mut found)? else { return Ok(found) };
    for (at, step, sop, enrolled) in going.steps(engine) {
        let holds = step.when.map_or(Truth::True, |when| going.truth(engine, when));
        if at > now || state.was_sent(&sop.name, &step.id, enrolled) {
            continue;
        }
        match holds {
            Truth::Fault => found.faults.push([&sop.name, ".", &step.id].concat()),
            Truth::True => {
                // What waits for a condition alone has no time of its own.
                let since = if step.when.is_some() && step.on == crate::program::StepOn::Begin { now } else { at };
                found.steps.push(DueStep { sop: sop.name.clone(), step: step.id.clone(), send: step.send.clone(), at: since, overdue: now.saturating_sub(since), enrolled });
            }
            _ => {}
        }
    }
    found.steps.sort_by_key(|step| step.at);
    Ok(found)
}

/// The next moment after `now` at which a step comes due by its time; whether its condition holds then is not looked at.
///
/// # Errors
/// As of [`due`].
pub fn next_due(engine: &Engine, lead: &Lead, state: &State, stage: Option<u16>, now: Moment) -> Result<Option<Moment>, LifeError> {
    let Some(going) = going(engine, lead, state, stage, now, &mut Due::default())? else { return Ok(None) };
    let open = going.steps(engine).filter(|(at, step, sop, enrolled)| *at > now && !state.was_sent(&sop.name, &step.id, *enrolled));
    Ok(open.map(|(at, ..)| at).min())
}

/// The state in which the schedules of [`due`] have begun and ended. The same again changes nothing.
///
/// # Errors
/// A schedule that the policy does not have.
pub fn commit(engine: &Engine, state: &State, due: &Due) -> Result<State, LifeError> {
    let mut state = state.clone();
    for ended in &due.end {
        state.enrolled.retain(|known| known != ended);
        // Nothing is left to be sent twice.
        state.sent.retain(|sent| sent.sop != ended.sop || sent.at < ended.at);
    }
    for begun in &due.begin {
        sop_named(engine, "due.begin", &begun.sop)?;
        if !state.enrolled.iter().any(|known| known.sop == begun.sop) {
            state.enrolled.push(begun.clone());
        }
    }
    Ok(state)
}

/// The state in which a step was sent. `enrolled` is what [`DueStep`] says; where it is given, it must be the beginning of the schedule that goes on. The same again changes nothing.
///
/// # Errors
/// A schedule or step that the policy does not have, a schedule that does not go on, and a moment before its beginning.
pub fn sent(engine: &Engine, state: &State, sop: &str, step: &str, enrolled: Option<Moment>, at: Moment) -> Result<State, LifeError> {
    let known = sop_named(engine, "sop", sop)?;
    if !known.steps.iter().any(|known| known.id == step) {
        return Err(LifeError::unknown("unknown-step", "step", step, "a step of the schedule", known.steps.iter().map(|step| step.id.as_str())));
    }
    let going = state.enrolled.iter().find(|going| going.sop == sop && enrolled.is_none_or(|enrolled| enrolled == going.at));
    let Some(going) = going else {
        return Err(LifeError::new("not-enrolled", "sop", ["the schedule `", sop, "` does not go on for this lead"].concat()).help("commit what `due` proposes before a step is noted as sent"));
    };
    if at < going.at {
        return Err(LifeError::new("time-runs-backwards", "at", "the step was sent before its schedule began").help("give the moment of the sending"));
    }
    let mut state = state.clone();
    if !state.was_sent(sop, step, going.at) {
        if state.sent.len() >= MOST_ENTRIES {
            return Err(LifeError::new("too-many", "state.sent", "the state has as many steps that were sent as it can hold"));
        }
        state.sent.push(Sent { sop: sop.to_owned(), step: step.to_owned(), at });
    }
    Ok(state)
}

impl State {
    /// Whether a step was sent since its schedule began.
    fn was_sent(&self, sop: &str, step: &str, enrolled: Moment) -> bool {
        self.sent.iter().any(|sent| sent.sop == sop && sent.step == step && sent.at >= enrolled)
    }
}

/// The schedules that go on for a decided lead.
struct Going {
    frame: Frame,
    /// By index, with their beginning.
    sops: Vec<(usize, Moment)>,
}

impl Going {
    fn truth(&self, engine: &Engine, when: FormulaId) -> Truth {
        self.frame.truth(engine.program(), when)
    }

    /// Their steps with their times, in the order of the document.
    fn steps<'e>(&'e self, engine: &'e Engine) -> impl Iterator<Item = (Moment, &'e SopStep, &'e Sop, Moment)> {
        let life = &engine.program().life;
        self.sops.iter().filter_map(|&(at, enrolled)| Some((life.sops.get(at)?, enrolled))).flat_map(move |(sop, enrolled)| {
            sop.steps.iter().filter_map(move |step| Some((moments::due(step, &life.calendars, enrolled)?, step, sop, enrolled)))
        })
    }
}

/// The schedules that go on at a moment, with those that begin and without those that end, which are noted; none for a lead that is none.
fn going(engine: &Engine, lead: &Lead, state: &State, stage: Option<u16>, now: Moment, found: &mut Due) -> Result<Option<Going>, LifeError> {
    for (at, going) in state.enrolled.iter().enumerate() {
        let path = || ["state.enrolled[", &at.to_string(), "]"].concat();
        if going.at > now {
            return Err(LifeError::new("time-runs-backwards", [&path(), ".at"].concat(), "the schedule begins after `now`").help("give the state as it was at `now`, or a later moment"));
        }
        if state.enrolled.iter().take(at).any(|other| other.sop == going.sop) {
            return Err(LifeError::new("wrong-state", path(), ["the schedule `", &going.sop, "` goes on already"].concat()).help("a schedule goes on once at a time: `commit` sees to it"));
        }
    }
    let mut going = Going { frame: Frame::new(engine.program()), sops: Vec::new() };
    let mut decision = Decision::default();
    engine.decide_into(lead, stage, &mut going.frame, &mut decision);
    let sops = &engine.program().life.sops;
    // What the policy no longer has, and what goes on for what is no lead, ends.
    let screened = decision.screened && matches!(decision.outcome, Outcome::Screened(_)) && !decision.by_fault;
    found.end.extend(state.enrolled.iter().filter(|going| screened || !sops.iter().any(|sop| sop.name == going.sop)).cloned());
    if decision.screened {
        found.faults.extend(decision.by_fault.then(|| "screen".to_owned()));
        return Ok(None);
    }
    for (at, sop) in sops.iter().enumerate() {
        let enrolled = state.enrolled.iter().find(|going| going.sop == sop.name);
        let enter = going.truth(engine, sop.enter);
        let leave = sop.leave.map(|leave| going.truth(engine, leave));
        let begins = enter == Truth::True && !matches!(leave, Some(Truth::True | Truth::Fault));
        let ends = leave.map_or(matches!(enter, Truth::False | Truth::Unknown), |leave| leave == Truth::True);
        // Where a fault leaves it open whether it goes on, it stays as it is.
        let open = if enrolled.is_some() { leave.unwrap_or(enter) == Truth::Fault } else { enter == Truth::Fault || enter == Truth::True && leave == Some(Truth::Fault) };
        found.faults.extend(open.then(|| sop.name.clone()));
        match enrolled {
            Some(enrolled) if ends => found.end.push(enrolled.clone()),
            Some(enrolled) => going.sops.push((at, enrolled.at)),
            None if begins => {
                found.begin.push(Enrolment { sop: sop.name.clone(), at: now });
                going.sops.push((at, now));
            }
            None => {}
        }
    }
    Ok(Some(going))
}

fn sop_named<'e>(engine: &'e Engine, path: &'static str, name: &str) -> Result<&'e Sop, LifeError> {
    let sops = &engine.program().life.sops;
    sops.iter().find(|sop| sop.name == name).ok_or_else(|| LifeError::unknown("unknown-sop", path, name, "a schedule", sops.iter().map(|sop| sop.name.as_str())))
}
