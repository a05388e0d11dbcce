//! What is due: the engine's schedules against the reference's.

use crate::engine::Subject;
use crate::reference::Situation;
use crate::reference::generate::{autumn, lead as random_lead, policy_with_sops, situation as random_situation, state};
use crate::reference::lead::read;
use crate::reference::random::Random;
use crate::reference::sops::{Due, State, due};
use crate::{Pair, is_violated, relaxed};
use leadgate::life;
use serde_json::{Value as Json, json};

/// A state as the engine has it.
pub fn given(state: &State) -> life::State {
    life::State {
        enrolled: state.enrolled.iter().map(|(sop, at)| life::Enrolment { sop: sop.clone(), at: *at }).collect(),
        sent: state.sent.iter().map(|(sop, step, at)| life::Sent { sop: sop.clone(), step: step.clone(), at: *at }).collect(),
        ..life::State::default()
    }
}

/// What the engine says, in the reference's words.
fn told(due: &life::sops::Due, next: Option<i64>) -> Due {
    Due {
        steps: due.steps.iter().map(|step| (step.sop.clone(), step.step.clone(), step.at, step.enrolled)).collect(),
        begin: due.begin.iter().map(|item| item.sop.clone()).collect(),
        end: due.end.iter().map(|item| (item.sop.clone(), item.at)).collect(),
        faults: due.faults.clone(),
        next,
    }
}

impl Subject {
    /// What is due, and the state after it was sent.
    fn due(&self, answers: &crate::reference::Lead, situation: &Json, state: &life::State, now: i64) -> (Due, life::State) {
        let engine = self.engine();
        let (lead, stage) = self.at(answers, situation);
        let found = life::sops::due(engine, &lead, state, stage, now).unwrap();
        let next = life::sops::next_due(engine, &lead, state, stage, now).unwrap();
        let mut after = life::sops::commit(engine, state, &found).unwrap();
        for step in &found.steps {
            after = life::sops::sent(engine, &after, &step.sop, &step.step, Some(step.enrolled), now).unwrap();
        }
        (told(&found, next), after)
    }
}

#[test]
fn what_is_due_agrees() {
    let (mut cases, mut steps, mut switches, mut faults) = (0, 0, 0, 0);
    for seed in 5000..5250 {
        let document = policy_with_sops(seed);
        let pair = match Pair::of(document.clone()) {
            Err(why) if is_violated(&why) => Pair::of(relaxed(document)),
            found => found,
        };
        let Ok(pair) = pair else { continue };
        let mut random = Random::new(seed ^ 0x5A5A);
        let scores: Vec<&str> = pair.document["scores"].as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
        for _ in 0..20 {
            let lead = random_lead(&mut random, &pair.reference, &pair.candidates, 0);
            let answers = read(&pair.reference, &lead);
            let mut situation = random_situation(&mut random, &pair.reference, &scores);
            if pair.reference.events.types.is_empty() {
                situation["now"] = json!(autumn(&mut random));
            }
            let now = situation["now"].as_i64().unwrap();
            let state = state(&mut random, &pair.document, now);
            let expected = due(&pair.reference, &pair.document, &answers, &Situation::read(&pair.reference, &situation), &state);
            let (found, after) = pair.engine.due(&answers, &situation, &given(&state), now);
            assert_eq!(found, expected, "seed {seed}: {lead} at {situation} with {state:?}\n{:#}", pair.document);
            cases += 1;
            steps += found.steps.len();
            switches += found.begin.len() + found.end.len();
            faults += found.faults.len();
            // What was sent is not due again, and what begins and ends has begun and ended.
            let (again, _) = pair.engine.due(&answers, &situation, &after, now);
            assert_eq!((again.steps, again.begin, again.end), Default::default(), "seed {seed}");
            // Nothing comes due by time before the moment that is told, and at that moment something whose condition holds may.
            if let Some(next) = found.next {
                let (before, _) = pair.engine.due(&answers, &situation, &after, next - 1);
                assert_eq!(before.steps, [], "seed {seed}");
            }
        }
    }
    assert!(cases >= 4_500 && steps >= 1_500 && switches >= 1_500 && faults >= 50, "{cases} cases, {steps} steps, {switches} beginnings and ends, {faults} faults");
}
