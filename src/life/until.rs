//! When what comes out of a lead changes by itself: a window ends, points decay below a threshold, a deadline passes, a step comes due.
//!
//! What a decision rests on changes at finitely many moments (requirement X2): when an event leaves a window or gets older by a whole day that something counts, when a move after a
//! time is due or one that was barred may be made again, when a step of a schedule comes due. The lead is decided at each of them, in order, until something comes out differently.
//! What a decision proposes of schedules counts as committed: a schedule that began at every look anew would have another day one each time.

use super::error::LifeError;
use super::given::{Given, at, list, map, text};
use super::situation::Situation;
use super::sops;
use super::stages::standing;
use crate::engine::{Decision, Engine, Lead};
use crate::program::Value;
use crate::time::Moment;

/// How far ahead is looked where nobody says: 366 days, in milliseconds.
pub const HORIZON: i64 = 366 * 86_400_000;
/// How many moments are looked at, times the events that each looks at, at most.
const MOST_WORK: usize = 20_000_000;
/// How many moments are looked at, at most.
const MOST_MOMENTS: usize = 20_000;

/// When something changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Until {
    /// The first moment at which something comes out differently; none where that is not so by `checked`.
    pub at: Option<Moment>,
    /// Up to this moment nothing else changes: the horizon, or an earlier one where too many moments would have to be looked at.
    pub checked: Moment,
    /// What comes out before.
    pub before: Come,
    /// What comes out from then on.
    pub after: Option<Come>,
}

/// What comes out of a lead at a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Come {
    /// The decision.
    pub decision: Decision,
    /// Steps of schedules that are due, each with its schedule, itself and the moment when its schedule began.
    pub due: Vec<(String, String, Moment)>,
}

impl Come {
    /// What comes out, and the situation once the schedules that it proposes have begun and ended. `lead` is the lead at the situation's moment.
    ///
    /// # Errors
    /// A state that is not one of this policy, or from after the situation's moment.
    pub fn of(engine: &Engine, lead: &Lead, situation: &Situation) -> Result<(Self, Situation), LifeError> {
        let decision = engine.decide(lead, situation.stage(engine)?);
        let (mut due, mut after) = (Vec::new(), situation.clone());
        if !engine.program().life.sops.is_empty() {
            let proposed = sops::due(engine, lead, &situation.state, situation.stage(engine)?, situation.now)?;
            after.state = sops::commit(engine, &situation.state, &proposed)?;
            due.extend(proposed.steps.into_iter().map(|step| (step.sop, step.step, step.enrolled)));
        }
        Ok((Self { decision, due }, after))
    }

    /// What is not the same: `outcome`, `stage`, outputs by name, `due`.
    pub fn differs(&self, engine: &Engine, other: &Self) -> Vec<String> {
        let mut names = Vec::new();
        let mut note = |differs: bool, name: &str| {
            if differs {
                names.push(name.to_owned());
            }
        };
        let stage = |come: &Self| come.decision.stage.as_ref().map(|stage| (stage.after, stage.faulted));
        note(self.decision.outcome != other.decision.outcome, "outcome");
        note(stage(self) != stage(other), "stage");
        for (at, output) in engine.outputs() {
            note(engine.output(&self.decision, at) != engine.output(&other.decision, at), &output.name);
        }
        note(self.due != other.due, "due");
        names
    }
}

/// When what comes out of a lead changes next if nothing else happens, up to a horizon.
///
/// # Errors
/// A state that is not one of this policy, or from after the situation's moment.
pub fn until(engine: &Engine, lead: &Lead, situation: &Situation, horizon: Moment) -> Result<Until, LifeError> {
    let mut ready = situation.lead(engine, lead)?;
    let (before, mut moment) = Come::of(engine, &ready, situation)?;
    let mut come = before.clone();
    let each = 1 + situation.log.as_ref().map_or(0, |log| log.count);
    for _ in 0..MOST_MOMENTS.min(MOST_WORK / each) {
        let Some(next) = next(engine, &ready, &come.decision, &moment)?.filter(|next| *next <= horizon) else {
            return Ok(Until { at: None, checked: horizon.max(situation.now), before, after: None });
        };
        moment.now = next;
        ready = moment.lead(engine, lead)?;
        (come, moment) = Come::of(engine, &ready, &moment)?;
        if !before.differs(engine, &come).is_empty() {
            return Ok(Until { at: Some(next), checked: next, before, after: Some(come) });
        }
    }
    Ok(Until { at: None, checked: moment.now, before, after: None })
}

/// The next moment at which something may change. `lead` is the lead at the situation's moment, and `decision` what comes out of it then.
fn next(engine: &Engine, lead: &Lead, decision: &Decision, situation: &Situation) -> Result<Option<Moment>, LifeError> {
    let now = situation.now;
    let mut first: Option<Moment> = None;
    let mut see = |moment: Option<Moment>| {
        if let Some(moment) = moment.filter(|moment| *moment > now) {
            first = Some(first.map_or(moment, |first| first.min(moment)));
        }
    };
    if let Some(log) = &situation.log {
        see(log.next_change(engine, now));
    }
    if let Some(mut standing) = standing(engine, &situation.state, now)? {
        // Moves after a time have taken effect in what comes out now; what follows is counted from there.
        for (index, moved) in decision.stage.iter().flat_map(|stage| stage.moves.iter().zip(&stage.times)) {
            if let Some(item) = engine.time_move(*index) {
                standing.enter(item.to, *moved);
            }
        }
        for item in &engine.program().life.moves {
            if !item.from.contains(&standing.stage) {
                continue;
            }
            see(standing.due(engine, item));
            standing.bounds(engine, item).into_iter().for_each(&mut see);
        }
    }
    if !engine.program().life.sops.is_empty() {
        see(sops::next_due(engine, lead, &situation.state, situation.stage(engine)?, now)?);
    }
    Ok(first)
}

/// Answers `{ horizon }` about a lead in a situation, by names.
///
/// # Errors
/// As of [`until`], and a horizon before the situation's moment.
pub fn answer_until(engine: &Engine, lead: &Lead, given: &Given) -> Result<Value, LifeError> {
    let situation = Situation::read(engine, given)?;
    if given.get("now").is_nothing() {
        return Err(LifeError::new("no-now", "now", "what changes next is asked from a moment on").help("give `now`"));
    }
    let horizon = given.get("horizon");
    let horizon = match horizon.maybe_moment()? {
        Some(end) if end < situation.now => return Err(LifeError::new("time-runs-backwards", horizon.path(), "the horizon is before `now`").help("give a later one, or leave it out for 366 days")),
        Some(end) => end,
        None => situation.now.saturating_add(HORIZON),
    };
    let found = until(engine, lead, &situation, horizon)?;
    let changes = found.after.as_ref().map(|after| found.before.differs(engine, after)).unwrap_or_default();
    Ok(map([
        ("at", found.at.map_or(Value::Null, at)),
        ("checked", at(found.checked)),
        ("changes", list(changes.iter().map(|name| text(name)))),
        ("before", come(engine, &found.before)),
        ("after", found.after.as_ref().map_or(Value::Null, |after| come(engine, after))),
    ]))
}

fn come(engine: &Engine, come: &Come) -> Value {
    let stages = engine.stage_names();
    let stage = come.decision.stage.as_ref().filter(|stage| !stage.faulted).and_then(|stage| stages.get(usize::from(stage.after)).map(|name| text(name)));
    let outputs = engine.outputs().filter_map(|(at, output)| Some((text(&output.name), engine.output(&come.decision, at)?)));
    let scores = engine.program().scores.iter().zip(&come.decision.scores).filter_map(|(score, value)| Some((text(engine.variable_name(score.variable)), Value::Double(crate::engine::points((*value)?)))));
    let due = come.due.iter().map(|(sop, step, enrolled)| map([("sop", text(sop)), ("step", text(step)), ("enrolled", at(*enrolled))]));
    map([
        ("outcome", engine.outcome_name(come.decision.outcome).map_or(Value::Null, |name| text(&name))),
        ("stage", stage.unwrap_or(Value::Null)),
        ("scores", Value::Map(scores.collect())),
        ("tables", Value::Map(outputs.collect())),
        ("due", list(due)),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::events::{Event, Log};
    use crate::life::State;
    use proptest::prelude::*;

    const DAY: i64 = 86_400_000;
    const HOUR: i64 = 3_600_000;

    fn engine() -> Engine {
        let text = "leadgate: 1\npolicy: p\nversion: \"1\"\ntimezone: Asia/Shanghai\n\
            calendars: { cn: { hours: \"09:00-18:00\", days: [mon, tue, wed, thu, fri] } }\n\
            fields: { seats: { type: int } }\n\
            events: { click: {}, view: { kind: [pricing, docs] } }\n\
            signals: { clicks: { count: click, within: 7d }, silent: { days_since_last: [click, view] }, last: { last: view.kind, within: 3d } }\n\
            scores: { heat: { range: [0, 50], rules: { clicks: { each: click, points: 9, half_life: 4d, within: 30d, max: 20 }, \
              views: { each: view, points: 4, decay: { 2d: 50%, 9d: 0% } }, quiet: { by: silent, points: { \"5..11\": -2, \">= 12\": -7 } } } } }\n\
            tables: { grade: { hit: first, outputs: { grade: [A, B, C] }, rows: [{ when: { heat: \">= 20\" }, then: A }, { when: { heat: \">= 7\" }, then: B }, { then: C }] } }\n\
            stages: { list: { lead: {}, hot: {}, pool: {} }, moves: [{ id: warm, from: lead, to: hot, when: { grade: A }, cool_down: 2d }, { id: cool, from: hot, to: lead, when: { clicks: 0 } }, \
              { id: recall, from: [lead, hot], to: pool, after: { working: 30h, calendar: cn }, when: { grade: C } }, { id: again, from: pool, to: lead, after: 5d }] }\n\
            route: { outcomes: [call, wait, docs], rows: [{ when: { stage: hot }, to: call }, { when: { last: docs }, to: docs }], default: wait }\n\
            sops: { nurture: { enter: { stage: pool }, steps: [{ day: 1, send: welcome }, { day: 3, send: cases }] } }";
        Engine::new(crate::compile_str(text).unwrap())
    }

    /// Points in time, so that many fall together.
    fn moments() -> impl Strategy<Value = i64> {
        (0i64..40, 0i64..24).prop_map(|(day, hour)| day * DAY + hour * HOUR)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

        #[test]
        fn nothing_changes_before_and_something_does_then(
            events in prop::collection::vec((0u16..2, moments(), 0u16..2), 0..8), now in 20i64..40, since in prop::option::of(0i64..20), sent in any::<bool>(),
        ) {
            let engine = engine();
            let kinds = ["pricing", "docs"].map(|kind| Value::String(kind.into()));
            let events = events.into_iter().map(|(kind, at, of)| Event { values: if kind == 1 { vec![(0, kinds[usize::from(of)].clone())] } else { Vec::new() }, ..Event::new(kind, at) });
            let log = Log::new(&engine, events.collect());
            let stage = since.map(|since| ["lead", "hot", "pool"][since as usize % 3].to_owned());
            let enrolled = if sent && stage.as_deref() == Some("pool") { vec![crate::life::Enrolment { sop: "nurture".into(), at: since.unwrap_or(0) * DAY }] } else { Vec::new() };
            let state = State { stage, since: since.map(|since| since * DAY), enrolled, ..State::default() };
            let situation = Situation { now: now * DAY + 5 * HOUR, log: Some(log), state };
            let lead = engine.lead().build();
            let horizon = situation.now + 30 * DAY;
            let found = until(&engine, &lead, &situation, horizon).unwrap();
            let mut going = situation.clone();
            let mut come = |now: i64| {
                going.now = now;
                let (come, after) = Come::of(&engine, &going.lead(&engine, &lead).unwrap(), &going).unwrap();
                going = after;
                come
            };
            // Hour by hour, and around every hour.
            let end = found.at.unwrap_or(horizon + 1);
            for hour in 0.. {
                for around in [-1, 0, 1] {
                    let moment = situation.now + hour * HOUR + around;
                    if moment >= situation.now && moment < end {
                        prop_assert_eq!(found.before.differs(&engine, &come(moment)), Vec::<String>::new(), "at {} hours, {} ms", hour, around);
                    }
                }
                if situation.now + hour * HOUR > end { break; }
            }
            if let Some(at) = found.at {
                prop_assert!(found.before.differs(&engine, &come(at - 1)).is_empty());
                let after = come(at);
                prop_assert!(!found.before.differs(&engine, &after).is_empty());
                prop_assert_eq!(found.after.unwrap(), after);
            }
        }
    }

    #[test]
    fn too_many_moments_are_said_to_be_too_many() {
        let engine = engine();
        // A score that stays at its bound, with thousands of events that each get older at another moment.
        let log = Log::new(&engine, (0..5000).map(|at| Event::new(0, at * 7_001)).collect());
        let situation = Situation { now: 36_000_000, log: Some(log), state: State::default() };
        let found = until(&engine, &engine.lead().build(), &situation, situation.now + 2 * DAY).unwrap();
        assert!(found.at.is_none() && found.checked < situation.now + 2 * DAY && found.checked > situation.now, "{found:?}");
    }
}
