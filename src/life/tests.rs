//! Moves on events and on time, and what keeps them from being made.

use super::*;
use crate::engine::{Engine, Lead};
use crate::time::Moment;

const HOUR: Moment = 3_600_000;
const DAY: Moment = 24 * HOUR;

fn engine(stages: &str) -> Engine {
    let head = "leadgate: 1\npolicy: p\nversion: \"1\"\ntimezone: Asia/Shanghai\n\
        calendars: { cn: { hours: \"09:00-18:00\", days: [mon, tue, wed, thu, fri] } }\n\
        fields: { n: { type: int }, email: { type: string } }\nscores: { fit: { rules: { n: { when: n > 0, points: 10 } } } }\n";
    Engine::new(crate::compile_str(&[head, stages].concat()).unwrap())
}

/// The policy of most tests: leads return at once, within a week, or later.
fn returns() -> Engine {
    engine(
        "stages:\n  list: { lead: {}, mql: { require: [email] }, sql: {}, bounced: {}, mrl: {}, pool: {} }\n  moves:\n\
         \x20   - { id: qualify, from: [lead, mrl], to: mql, when: n > 10, cool_down: 30d }\n\
         \x20   - { id: accept, from: mql, to: sql, event: accepted, when: n > 10 }\n\
         \x20   - { id: bounce, from: mql, to: bounced, event: returned, reason: [budget, timing] }\n\
         \x20   - { id: return, from: sql, to: mrl, event: returned, within: 7d, reason: required, reset: { fit: 50% } }\n\
         \x20   - { id: late, from: sql, to: pool, event: returned }\n\
         \x20   - { id: recall, from: mql, to: pool, after: { working: 4h, calendar: cn } }\n\
         \x20   - { id: forget, from: pool, to: lead, after: 90d }\n",
    )
}

fn lead(engine: &Engine, n: i64) -> Lead {
    let mut lead = engine.lead();
    lead.set("n", n).unwrap();
    lead.set("email", "a@b.cn").unwrap();
    lead.build()
}

fn on(event: &str, reason: Option<&str>) -> Step {
    Step { event: Some(event.into()), reason: reason.map(Into::into), by: Some("wang".into()), ..Step::default() }
}

fn moved(engine: &Engine, lead: &Lead, state: &State, step: &Step, now: Moment) -> State {
    match advance(engine, lead, state, step, now).unwrap() {
        Advance::Moved(moved) => moved.state,
        Advance::Refused(refused) => panic!("{refused:?}"),
    }
}

fn refused(engine: &Engine, lead: &Lead, state: &State, step: &Step, now: Moment) -> Refused {
    match advance(engine, lead, state, step, now).unwrap() {
        Advance::Moved(moved) => panic!("{moved:?}"),
        Advance::Refused(refused) => refused,
    }
}

fn moves(state: &State) -> Vec<(&str, Moment)> {
    state.history.iter().map(|change| (change.by_move.as_str(), change.at)).collect()
}

/// Friday 2026-11-20 16:00 in Shanghai.
const FRIDAY: Moment = 1_795_161_600_000;

#[test]
fn a_lead_goes_through_its_stages() {
    let engine = returns();
    let lead = lead(&engine, 20);
    let state = moved(&engine, &lead, &State::default(), &Step::default(), FRIDAY);
    assert_eq!((state.stage.as_deref(), state.since, state.program.as_deref()), (Some("mql"), Some(FRIDAY), Some(engine.digest())));
    let state = moved(&engine, &lead, &state, &on("accepted", None), FRIDAY + HOUR);
    let state = moved(&engine, &lead, &state, &on("returned", Some("no budget")), FRIDAY + 7 * DAY + HOUR);
    assert_eq!(moves(&state), [("qualify", FRIDAY), ("accept", FRIDAY + HOUR), ("return", FRIDAY + 7 * DAY + HOUR)]);
    assert_eq!(state.history[2].reason.as_deref(), Some("no budget"));
    assert_eq!(state.resets, [Reset { score: "fit".into(), factor: 500, at: FRIDAY + 7 * DAY + HOUR }]);
    // It was in `mql` until an hour after it came there: 30 days from then on.
    let cooled = FRIDAY + HOUR + 30 * DAY;
    assert_eq!(moved(&engine, &lead, &state, &Step::default(), cooled - 1).stage.as_deref(), Some("mrl"));
    assert_eq!(moved(&engine, &lead, &state, &Step::default(), cooled).stage.as_deref(), Some("mql"));
}

#[test]
fn time_moves_take_effect_at_their_deadline() {
    let engine = returns();
    let lead = lead(&engine, 5);
    let state = State { stage: Some("mql".into()), since: Some(FRIDAY), ..State::default() };
    // Two hours are left of Friday; Monday begins at nine.
    let monday = FRIDAY + 2 * DAY + 19 * HOUR;
    assert_eq!(moved(&engine, &lead, &state, &Step::default(), monday - 1).stage.as_deref(), Some("mql"));
    let late = moved(&engine, &lead, &state, &Step::default(), monday + 91 * DAY);
    assert_eq!(moves(&late), [("recall", monday), ("forget", monday + 90 * DAY)]);
    // Looking in between changes nothing.
    let looked = moved(&engine, &lead, &state, &Step::default(), monday + DAY);
    assert_eq!(moved(&engine, &lead, &looked, &Step::default(), monday + 91 * DAY), late);
    let decision = engine.decide(&Lead { standing: standing(&engine, &state, monday + DAY).unwrap().map(Into::into), ..lead.clone() }, None);
    let stage = decision.stage.unwrap();
    assert_eq!((stage.before, stage.after, stage.times.as_slice()), (1, 5, &[monday][..]));
    assert_eq!(engine.move_at(stage.moves[0]), Some(("recall", 5)));
}

#[test]
fn what_is_refused_says_why_and_what_is_legal() {
    let engine = returns();
    let lead = lead(&engine, 5);
    let at = |stage: &str| State { stage: Some(stage.into()), since: Some(FRIDAY), ..State::default() };
    let code = |state: &State, step: &Step, now: Moment| refused(&engine, &lead, state, step, now).code;
    assert_eq!(code(&at("lead"), &on("accepted", None), FRIDAY), "illegal-move");
    assert_eq!(code(&at("mql"), &on("acepted", None), FRIDAY), "unknown-event");
    assert_eq!(code(&at("mql"), &on("accepted", None), FRIDAY), "not-met");
    assert_eq!(code(&at("mql"), &on("returned", None), FRIDAY), "reason-missing");
    assert_eq!(code(&at("mql"), &on("returned", Some("mood")), FRIDAY), "reason-unknown");
    let by = |id: &str| Step { by_move: Some(id.into()), ..Step::default() };
    assert_eq!(code(&at("mql"), &by("recall"), FRIDAY), "not-due");
    assert_eq!(moved(&engine, &lead, &at("mql"), &by("recall"), FRIDAY + 3 * DAY).stage.as_deref(), Some("pool"));
    assert_eq!(code(&at("sql"), &by("return"), FRIDAY + 7 * DAY + 1), "too-late");
    assert_eq!(moved(&engine, &lead, &at("sql"), &on("returned", None), FRIDAY + 7 * DAY + 1).stage.as_deref(), Some("pool"));
    let bare = engine.lead().build();
    let found = refused(&engine, &bare, &at("lead"), &by("qualify"), FRIDAY);
    assert_eq!((found.code, found.stage.as_str(), found.legal.len()), ("not-met", "lead", 1));
    assert_eq!(found.legal[0].needs.iter().map(|need| need.code).collect::<Vec<_>>(), ["not-met", "require-missing"]);
    assert_eq!(found.legal[0].needs[1].fields, ["email"]);
    let (stage, here) = legal(&engine, &lead, &at("mql"), FRIDAY).unwrap();
    let shown: Vec<_> = here.iter().map(|found| (found.by_move.as_str(), found.event.as_deref(), found.at, found.needs.len())).collect();
    assert_eq!(stage, "mql");
    assert_eq!(shown, [("accept", Some("accepted"), None, 1), ("bounce", Some("returned"), None, 0), ("recall", None, Some(FRIDAY + 2 * DAY + 19 * HOUR), 1)]);
    assert_eq!(advance(&engine, &lead, &at("mql"), &by("recal"), FRIDAY).unwrap_err().code, "unknown-move");
}

#[test]
fn a_state_that_cannot_be_is_refused() {
    let engine = returns();
    let lead = lead(&engine, 5);
    let change = |by_move: &str, from: &str, to: &str, at: Moment| Change { by_move: by_move.into(), from: from.into(), to: to.into(), at, reason: None, by: None };
    let wrong = |state: State| {
        let error = advance(&engine, &lead, &state, &Step::default(), FRIDAY).unwrap_err();
        (error.code, error.path.clone())
    };
    let with = |history: Vec<Change>| State { history, ..State::default() };
    assert_eq!(wrong(State { stage: Some("mqll".into()), ..State::default() }), ("unknown-stage", "state.stage".into()));
    assert_eq!(wrong(with(vec![change("qualify", "lead", "mql", FRIDAY + 1)])), ("time-runs-backwards", "state.history[0].at".into()));
    assert_eq!(wrong(with(vec![change("qualified", "lead", "mql", 0)])), ("unknown-move", "state.history[0].move".into()));
    assert_eq!(wrong(with(vec![change("qualify", "lead", "mql", 5), change("late", "sql", "pool", 6)])), ("broken-history", "state.history[1].from".into()));
    assert_eq!(wrong(with(vec![change("qualify", "lead", "mql", 5), change("recall", "mql", "pool", 4)])), ("broken-history", "state.history[1].at".into()));
    assert_eq!(wrong(State { stage: Some("lead".into()), ..with(vec![change("qualify", "lead", "mql", 5)]) }), ("broken-history", "state.stage".into()));
    assert_eq!(wrong(State { resets: vec![Reset { score: "fitt".into(), factor: 1, at: 0 }], ..State::default() }), ("unknown-score", "state.resets[0].score".into()));
}
