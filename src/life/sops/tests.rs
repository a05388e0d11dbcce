//! Schedules, by example and by properties.

use super::*;
use crate::program::StepOn;
use proptest::prelude::*;

const HOUR: Moment = 3_600_000;
const DAY: Moment = 24 * HOUR;
/// 2026-11-20T12:00:00+08:00, a Friday.
const FRIDAY: Moment = 1_795_147_200_000;

fn engine(sops: &str) -> Engine {
    let document = format!(
        "
leadgate: 1
policy: p
version: \"1\"
timezone: Asia/Shanghai
calendars: {{ cn: {{ hours: \"09:00-18:00\", days: [mon, tue, wed, thu, fri] }} }}
fields: {{ trial: {{ type: bool }}, score: {{ type: int }}, silent_days: {{ type: int, from: host }}, n: {{ type: int }} }}
stages:
  list: {{ pool: {{}}, mql: {{}} }}
  moves: [{{ id: rise, from: pool, to: mql, when: {{ score: \">= 50\" }} }}]
sops:
{sops}"
    );
    match crate::compile_str(&document) {
        Ok(program) => Engine::new(program),
        Err(error) => panic!("{error}"),
    }
}

fn lead(engine: &Engine, answers: &[(&str, i64)]) -> Lead {
    let mut lead = engine.lead();
    for &(name, value) in answers {
        if name == "trial" {
            lead.set(name, value != 0).unwrap();
        } else {
            lead.set(name, value).unwrap();
        }
    }
    lead.build()
}

/// Asks at each of these moments, commits and sends, and says what was sent when, in days since the first.
fn life(engine: &Engine, moments: impl IntoIterator<Item = (Moment, Vec<(&'static str, i64)>)>) -> (Vec<(i64, String)>, State) {
    let (mut state, mut log, mut first) = (State::default(), Vec::new(), None);
    for (now, answers) in moments {
        let first = *first.get_or_insert(now);
        let lead = lead(engine, &answers);
        let found = due(engine, &lead, &state, None, now).unwrap();
        state = commit(engine, &state, &found).unwrap();
        for step in &found.steps {
            state = sent(engine, &state, &step.sop, &step.step, Some(step.enrolled), now).unwrap();
            log.push(((now - first).div_euclid(DAY), step.send.clone()));
        }
        assert_eq!(due(engine, &lead, &state, None, now).unwrap().steps, [], "nothing is sent twice");
    }
    (log, state)
}

#[test]
fn ten_days_of_a_trial_are_a_message_each() {
    let steps: Vec<String> = (1..=10).map(|day| format!("{{ day: {day}, send: mail{day} }}")).collect();
    let engine = engine(&format!("  trial: {{ enter: {{ trial: true }}, steps: [{}] }}\n", steps.join(", ")));
    let (log, _) = life(&engine, (0..15).map(|day| (FRIDAY + day * DAY, vec![("trial", 1)])));
    assert_eq!(log, (0..10).map(|day| (day, format!("mail{}", day + 1))).collect::<Vec<_>>());
}

#[test]
fn days_weeks_and_working_days() {
    let engine = engine("  all: { enter: { n: 1 }, calendar: cn, steps: [{ day: 1, at: \"09:00\", send: a }, { day: 3, at: \"09:30\", send: b }, { week: 2, send: c }, { working_day: 1, send: d }, { working_day: 3, at: \"08:00\", send: e }, { after: 90m, send: f }] }\n");
    let life = &engine.program().life;
    let times = |began: Moment| life.sops[0].steps.iter().map(|step| (moments::due(step, &life.calendars, began).unwrap() - began) as f64 / HOUR as f64).collect::<Vec<_>>();
    // Nine o'clock of the first day has passed; the third working day from Friday is Tuesday.
    assert_eq!(times(FRIDAY), [0.0, 45.5, 168.0, 0.0, 4.0 * 24.0 - 4.0, 1.5]);
    // From Saturday at noon the first working day is Monday, at noon.
    assert_eq!(times(FRIDAY + DAY), [0.0, 45.5, 168.0, 48.0, 4.0 * 24.0 - 4.0, 1.5]);
    // From two in the night nine o'clock is still to come, and the time of day of the beginning goes with milliseconds.
    assert_eq!(times(FRIDAY - 10 * HOUR + 1)[..4], [7.0 - 1.0 / HOUR as f64, 55.5 - 1.0 / HOUR as f64, 168.0, 0.0]);
    assert_eq!(life.sops[0].steps.iter().map(|step| step.id.as_str()).collect::<Vec<_>>(), ["day1-a", "day3-b", "week2-c", "working_day1-d", "working_day3-e", "after90m-f"]);
}

#[test]
fn the_schedule_switches_with_the_stage() {
    let engine = engine("  nurture: { enter: { stage: pool }, steps: [{ day: 1, send: low1 }, { day: 2, send: low2 }, { day: 4, send: low4 }] }\n  hot: { enter: { stage: mql }, steps: [{ day: 1, send: high1 }, { day: 3, send: high3 }] }\n");
    let (log, state) = life(&engine, (0..6).map(|day| (FRIDAY + day * DAY, vec![("score", if day < 2 { 10 } else { 60 })])));
    assert_eq!(log, [(0, "low1"), (1, "low2"), (2, "high1"), (4, "high3")].map(|(day, send)| (day, send.to_owned())));
    assert_eq!(state.enrolled, [Enrolment { sop: "hot".into(), at: FRIDAY + 2 * DAY }]);
    assert!(state.sent.iter().all(|sent| sent.sop == "hot"), "what ended is forgotten");
}

#[test]
fn each_rung_of_silence_once_per_silence() {
    let engine = engine("  silence: { enter: { silent_days: \">= 30\" }, steps: [{ when: { silent_days: \">= 30\" }, send: s30 }, { when: { silent_days: \">= 45\" }, send: s45 }, { when: { silent_days: \">= 60\" }, send: s60 }] }\n");
    let silent = |day: i64| if day < 50 { day } else { day - 50 };
    let (log, _) = life(&engine, (0..120).map(|day| (FRIDAY + day * DAY, vec![("silent_days", silent(day))])));
    let expected = [(30, "s30"), (45, "s45"), (80, "s30"), (95, "s45"), (110, "s60")];
    assert_eq!(log, expected.map(|(day, send)| (day, send.to_owned())));
    // Nobody knows since when a lead is silent that nobody has looked at.
    assert_eq!(life(&engine, [(FRIDAY, vec![])]).1, State::default());
}

#[test]
fn what_leaves_and_what_faults() {
    let engine = engine("  trial: { enter: { trial: true }, leave: \"score / n > 1\", steps: [{ day: 1, send: a }, { day: 2, when: \"10 / n > 1\", send: b }] }\n");
    let ask = |answers: &[(&str, i64)], state: &State, now: Moment| due(&engine, &lead(&engine, answers), state, None, now).unwrap();
    let names = |enrolled: &[Enrolment]| enrolled.iter().map(|item| item.sop.clone()).collect::<Vec<_>>();
    // It begins while it is not over; where that cannot be told, it does not begin.
    assert_eq!(names(&ask(&[("trial", 1), ("score", 4), ("n", 2)], &State::default(), FRIDAY).begin), Vec::<String>::new());
    let faulty = ask(&[("trial", 1), ("score", 4), ("n", 0)], &State::default(), FRIDAY);
    assert_eq!((faulty.begin.len(), &faulty.faults[..]), (0, &["trial".to_owned()][..]));
    let begun = ask(&[("trial", 1)], &State::default(), FRIDAY);
    let state = commit(&engine, &State::default(), &begun).unwrap();
    // With `leave`, it goes on though `enter` holds no longer; a fault changes nothing, and a step that faults is not due.
    let faulty = ask(&[("trial", 0), ("score", 4), ("n", 0)], &state, FRIDAY + DAY);
    assert_eq!((faulty.begin.len(), faulty.end.len(), faulty.steps.len()), (0, 0, 1));
    assert_eq!(faulty.faults, ["trial", "trial.day2-b"]);
    assert_eq!(names(&ask(&[("trial", 0), ("score", 4), ("n", 2)], &state, FRIDAY + DAY).end), ["trial"]);
    // A schedule that the policy no longer has ends.
    let old = State { enrolled: vec![Enrolment { sop: "gone".into(), at: FRIDAY }], ..State::default() };
    assert_eq!(names(&ask(&[], &old, FRIDAY).end), ["gone"]);
}

#[test]
fn what_is_wrong_is_said() {
    let engine = engine("  trial: { enter: { trial: true }, steps: [{ day: 1, send: a }] }\n");
    let enrolled = |at: Moment| Enrolment { sop: "trial".into(), at };
    let state = State { enrolled: vec![enrolled(FRIDAY)], ..State::default() };
    let lead = lead(&engine, &[("trial", 1)]);
    let code = |found: Result<Due, LifeError>| found.unwrap_err().code;
    assert_eq!(code(due(&engine, &lead, &state, None, FRIDAY - 1)), "time-runs-backwards");
    let twice = State { enrolled: vec![enrolled(FRIDAY), enrolled(FRIDAY + 1)], ..State::default() };
    assert_eq!(code(due(&engine, &lead, &twice, None, FRIDAY + 1)), "wrong-state");
    let wrong = |sop: &str, step: &str, enrolled: Option<Moment>, at: Moment| sent(&engine, &state, sop, step, enrolled, at).unwrap_err().code;
    assert_eq!(wrong("trail", "day1-a", None, FRIDAY), "unknown-sop");
    assert_eq!(wrong("trial", "day1-b", None, FRIDAY), "unknown-step");
    assert_eq!(wrong("trial", "day1-a", Some(FRIDAY - 1), FRIDAY), "not-enrolled");
    assert_eq!(wrong("trial", "day1-a", None, FRIDAY - 1), "time-runs-backwards");
    let once = sent(&engine, &state, "trial", "day1-a", None, FRIDAY).unwrap();
    assert_eq!(sent(&engine, &once, "trial", "day1-a", None, FRIDAY + 1).unwrap(), once, "the same again changes nothing");
    let found = due(&engine, &lead, &State::default(), None, FRIDAY).unwrap();
    let begun = commit(&engine, &State::default(), &found).unwrap();
    assert_eq!(commit(&engine, &begun, &found).unwrap(), begun, "the same again changes nothing");
    assert_eq!(Due::read(&Given::new(&found.write(), "due")).map(|read| (read.at, read.begin, read.end)), Ok((found.at, found.begin, found.end)));
}

fn step() -> impl Strategy<Value = String> {
    let on = prop_oneof![(1u32..30).prop_map(|day| format!("day: {day}")), (1u32..5).prop_map(|week| format!("week: {week}")), (1u32..20).prop_map(|day| format!("working_day: {day}")), (1u32..400).prop_map(|hours| format!("after: {hours}h"))];
    let at = prop_oneof![2 => Just(String::new()), 1 => (0u32..24, 0u32..60).prop_map(|(hour, minute)| format!(", at: \"{hour:02}:{minute:02}\""))];
    (on, at).prop_map(|(on, at)| if on.starts_with("after") { on } else { on + &at })
}

fn schedule(steps: &[String]) -> Engine {
    let steps: Vec<String> = steps.iter().enumerate().map(|(at, step)| format!("{{ id: s{at}, {step}, send: x }}")).collect();
    engine(&format!("  s: {{ enter: {{ n: 1 }}, calendar: cn, steps: [{}] }}\n", steps.join(", ")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn steps_that_are_added_change_nothing_else(steps in prop::collection::vec(step(), 1..8), kept in 0usize..8, began in 0i64..40 * 24 * 60, waits in prop::collection::vec(0i64..5 * 24 * 60, 1..12), switch in 0usize..12) {
        let kept = kept.min(steps.len()).max(1);
        let (before, after) = (schedule(&steps[..kept]), schedule(&steps));
        let began = FRIDAY + began * 60_000;
        let (mut state, mut now, mut log) = (State::default(), began, std::collections::BTreeSet::new());
        for (turn, wait) in waits.iter().enumerate() {
            let engine = if turn < switch { &before } else { &after };
            let lead = lead(engine, &[("n", 1)]);
            let next = next_due(engine, &lead, &state, None, now).unwrap();
            let found = due(engine, &lead, &state, None, now).unwrap();
            state = commit(engine, &state, &found).unwrap();
            for step in &found.steps {
                // Each step once, never before its time, and what both have at one time.
                prop_assert!(log.insert(step.step.clone()), "{} again", step.step);
                prop_assert!(step.at <= now && step.overdue == now - step.at && step.enrolled == began);
                let time = |engine: &Engine| engine.program().life.sops[0].steps.iter().find(|known| known.id == step.step).map(|known| moments::due(known, &engine.program().life.calendars, began).unwrap());
                prop_assert_eq!(time(&after), Some(step.at));
                prop_assert!(time(&before).is_none_or(|at| at == step.at));
                state = sent(engine, &state, &step.sop, &step.step, Some(step.enrolled), now).unwrap();
            }
            // Nothing comes due before the moment that was told, and something does then.
            if let Some(next) = next.filter(|_| turn > 0) {
                prop_assert!(due(engine, &lead, &state, None, next - 1).unwrap().steps.is_empty());
                prop_assert!(!due(engine, &lead, &state, None, next).unwrap().steps.is_empty());
            }
            now += wait * 60_000;
        }
        // By the end of time everything was sent.
        let lead = lead(&after, &[("n", 1)]);
        let rest = due(&after, &lead, &state, None, now + 100 * DAY).unwrap().steps.len();
        prop_assert_eq!(log.len() + rest, steps.len());
        prop_assert!(after.program().life.sops[0].steps.iter().all(|step| step.on != StepOn::Begin));
    }
}
