//! When something changes by itself: what the engine says against looking at the lead day by day, and just before and after whatever may change something.

use crate::reference::events::DAY;
use crate::reference::generate::{lead as random_lead, state as random_schedules, timed_policy};
use crate::reference::lead::read;
use crate::reference::random::Random;
use crate::sops::given as schedules;
use crate::stories::{Scene, behaviours, beginning, scenes};
use crate::{Pair, relaxed};
use leadgate::life::{self, Come, Enrolment, Situation, until};
use std::collections::BTreeMap;

const HORIZON: i64 = 15 * DAY;
const MINUTE: i64 = 60_000;
/// Lengths of time that generated documents have, besides whole days.
const LENGTHS: [i64; 8] = [45_000, 30 * MINUTE, 90 * MINUTE, 4 * 60 * MINUTE, 36 * 60 * MINUTE, 9 * DAY, 12 * DAY, 14 * DAY];

/// Moments from one to another at which something may change, with those just before and after.
fn moments(random: &mut Random, situation: &Situation, events: &[i64], end: i64) -> Vec<i64> {
    let now = situation.now;
    let mut all: Vec<i64> = (0..=HORIZON / DAY).map(|day| now + day * DAY).collect();
    let state = &situation.state;
    let past = state.history.iter().map(|change| change.at).chain(state.since).chain(state.enrolled.iter().map(|item| item.at)).chain(events.iter().copied());
    for at in past {
        let days = (now - at).div_euclid(DAY);
        all.extend((days..days + HORIZON / DAY + 1).map(|day| at + day * DAY));
        all.extend(LENGTHS.map(|length| at + length));
    }
    // By some clock it is a whole hour, and at any minute a step may be due.
    let hour = 60 * MINUTE;
    all.extend((0..24).map(|_| (now + random.between(0, HORIZON)) / hour * hour));
    all.extend((0..12).map(|_| (now + random.between(0, HORIZON)) / MINUTE * MINUTE));
    let mut all: Vec<i64> = all.into_iter().flat_map(|at| [at - 1, at, at + 1]).filter(|at| (now..end).contains(at)).collect();
    all.sort_unstable();
    all.dedup();
    // Near the end most can be missed.
    let far = all.len().saturating_sub(60);
    all.iter().enumerate().filter(|(number, _)| *number >= far || random.chance(40)).map(|(_, at)| *at).collect()
}

#[test]
fn nothing_changes_before_and_something_does_then() {
    let (mut cases, mut looks, mut changes): (usize, usize, BTreeMap<String, usize>) = Default::default();
    for seed in 0..190 {
        let document = timed_policy(seed);
        let Ok(pair) = Pair::of(document.clone()).or_else(|_| Pair::of(relaxed(document))) else { continue };
        let engine = pair.engine.engine();
        let mut random = Random::new(seed ^ 0x0117);
        for _ in 0..4 {
            let events = behaviours(&mut random, &pair);
            let mut state = beginning(&mut random, &pair);
            let mut scene = None;
            for Scene { now, lead, step } in scenes(&mut random, &pair).into_iter().take(3) {
                state = pair.engine.advance(&lead, &events, &state, &step, now).unwrap_or(state);
                scene = Some((now, lead));
            }
            let (now, mut answers) = scene.unwrap();
            if random.chance(50) {
                answers = read(&pair.reference, &random_lead(&mut random, &pair.reference, &pair.candidates, 0));
            }
            let situation = pair.engine.situation(&events, &state, now);
            let stand = schedules(&random_schedules(&mut random, &pair.document, now));
            let situation = Situation { state: life::State { enrolled: stand.enrolled, sent: stand.sent, ..situation.state }, ..situation };
            let lead = pair.engine.lead(&answers);
            let found = until(engine, &lead, &situation, now + HORIZON).unwrap();
            // Whoever looks commits what schedules propose.
            let mut going = situation.clone();
            let mut come = |at: i64| -> (Come, Vec<Enrolment>) {
                going.now = at;
                let (come, after) = Come::of(engine, &going.lead(engine, &lead).unwrap(), &going).unwrap();
                going = after;
                (come, going.state.enrolled.clone())
            };
            let (first, enrolled) = come(now);
            assert_eq!(first, found.before);
            let shown = || format!("seed {seed} at {now}: {answers:?}\n{events}\n{:?}\n{:#}", situation.state, pair.document);
            let end = found.at.unwrap_or(found.checked + 1);
            let times: Vec<i64> = events.as_array().unwrap().iter().map(|event| event["at"].as_i64().unwrap()).collect();
            for at in moments(&mut random, &situation, &times, end) {
                looks += 1;
                assert_eq!(found.before.differs(engine, &come(at).0), Vec::<String>::new(), "{} ms later, and not {:?}: {}", at - now, found.at, shown());
            }
            if let Some(at) = found.at {
                if at > now {
                    assert!(found.before.differs(engine, &come(at - 1).0).is_empty(), "{}", shown());
                }
                let ((looked, going), after) = (come(at), found.after.as_ref().unwrap());
                let differs = found.before.differs(engine, after);
                assert!(!differs.is_empty(), "{}", shown());
                differs.into_iter().for_each(|name| *changes.entry(name).or_default() += 1);
                assert_eq!(looked.decision, after.decision, "{}", shown());
                // A schedule that began unseen between two looks began a little later for who looked.
                if going == enrolled {
                    assert_eq!(&looked, after, "{}", shown());
                }
            }
            cases += 1;
        }
    }
    assert!(cases >= 500 && looks >= 10_000, "{looks} looks in {cases} cases");
    assert!(["outcome", "stage", "due"].iter().all(|name| changes.get(*name).is_some_and(|count| *count >= 20)), "{changes:?}");
}
