//! Who takes leads: the engine's queues against the reference's, over leads that come one after the other.

use crate::reference::generate::{policy_with_queues, turn};
use crate::reference::queues::State;
use crate::reference::random::Random;
use crate::{Pair, relaxed};
use leadgate::life::queues::{Returned, Rotation, returned};
use leadgate::life::{self, Pin, Pins};
use std::collections::BTreeMap;

/// Sunday 2026-11-01 00:00 at +08:00.
const BEGIN: i64 = 1_793_462_400_000;

#[test]
fn turns_agree() {
    let (mut cases, mut back, mut told): (usize, usize, BTreeMap<&str, usize>) = Default::default();
    for seed in 0..200 {
        let document = policy_with_queues(seed);
        let Ok(pair) = Pair::of(document.clone()).or_else(|_| Pair::of(relaxed(document))) else { continue };
        let engine = pair.engine.engine();
        let mut random = Random::new(seed ^ 0x70B4);
        for (name, queue) in pair.document["queues"].as_object().unwrap() {
            let (mut state, mut rotation, mut now) = (State::of(queue), Rotation::default(), BEGIN);
            let mut out = Vec::new();
            for number in 0..30 {
                let (mut turn, pinned) = turn(&mut random, now);
                now = turn.now;
                let mut lead = engine.lead();
                for (field, value) in [("h.owner", &turn.owner), ("h.account", &turn.account)] {
                    if let Some(value) = value {
                        lead.set(field, value.as_str()).unwrap();
                    }
                }
                let pin = pinned.clone().map(|value| Pin { value, by: "li".to_owned(), reason: None, at: now });
                turn.owner = pinned.or(turn.owner.filter(|_| queue.get("owner").is_some()));
                let absent: Vec<&str> = turn.absent.iter().map(String::as_str).collect();
                let life = life::State { pins: Pins { stage: None, owner: pin }, ..life::State::default() };
                let found = engine.assign(name, &rotation, Some(&lead.build()), &life, Some(now), &absent).unwrap();
                let expected = state.find(&pair.reference, queue, &turn);
                let shown = || format!("seed {seed}, {name}, lead {number}: {turn:?}\nengine    {found:?}\nreference {expected:?} with {state:?}\n{queue:#}");
                let taker = found.member.as_ref().map(|member| queue["members"].as_array().unwrap().iter().position(|known| known["id"] == **member).unwrap());
                assert_eq!((found.reason.name(), found.deadline), (expected.reason, expected.deadline), "{}", shown());
                assert!(taker.map_or(expected.members.is_empty(), |at| expected.members.contains(&at)), "{}", shown());
                cases += 1;
                *told.entry(expected.reason).or_default() += 1;
                rotation = found.state.clone();
                if let Some(at) = taker {
                    out.push((state.take(queue, &turn, &expected, at), found));
                }
                if !out.is_empty() && random.chance(12) {
                    // Any lead that is out may come back, as the answer of its assignment says.
                    let (taken, answer) = out.swap_remove(random.below(out.len()));
                    let uncounted = !taken.counts();
                    let given = Returned { member: answer.member.unwrap(), uncounted, without: answer.without, day: answer.day, account: answer.account };
                    rotation = returned(engine.queue(name).unwrap(), &rotation, &given).unwrap();
                    state.returned(queue, &taken);
                    back += 1;
                }
            }
        }
    }
    assert!(cases >= 8_000 && back >= 800, "{back} leads come back of {cases}");
    assert!(["owner", "account", "turn", "absent", "full"].iter().all(|reason| told.get(reason).is_some_and(|count| *count >= 100)), "{told:?}");
}
