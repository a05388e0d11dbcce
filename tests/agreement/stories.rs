//! Leads through time: random policies with all kinds of moves, random answers that change, random events, behaviours and pauses, through `decide` and `advance`.

use crate::{Pair, relaxed};
use crate::reference::decide::{Facts, decide_at};
use crate::reference::enumerate::enumerate_at;
use crate::reference::events::{DAY, Log};
use crate::reference::generate::{lead as random_lead, live_policy, log as random_log};
use crate::reference::lead::{Lead, read};
use crate::reference::life::{self, MINUTE, State, Step};
use crate::reference::random::Random;
use crate::reference::Situation;
use crate::summary::Summary;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

/// Sunday 2026-11-01 00:00 at +08:00.
pub const BEGIN: i64 = 20_758 * 1440 * MINUTE - 8 * 60 * MINUTE;

/// What happens in a story at one moment.
pub struct Scene {
    pub now: i64,
    pub lead: Lead,
    pub step: Step,
}

pub fn scenes(random: &mut Random, pair: &Pair) -> Vec<Scene> {
    let ids: Vec<String> = pair.reference.stages.iter().flat_map(|stages| &stages.moves).map(|item| item.id.clone()).collect();
    let mut now = BEGIN + random.between(0, 3 * 1440) * MINUTE;
    let mut lead = read(&pair.reference, &random_lead(random, &pair.reference, &pair.candidates, 0));
    let mut scenes = Vec::new();
    for _ in 0..8 {
        if random.chance(40) {
            lead = read(&pair.reference, &random_lead(random, &pair.reference, &pair.candidates, 0));
        }
        let step = match random.below(5) {
            0 => Step { id: Some(random.pick(&ids).clone()), ..Step::default() },
            1 | 2 => Step { event: Some((*random.pick(&["called", "accepted", "returned"])).to_owned()), ..Step::default() },
            _ => Step::default(),
        };
        let reason = random.chance(70).then(|| (*random.pick(&["budget", "timing", "rain"])).to_owned());
        scenes.push(Scene { now, lead: lead.clone(), step: Step { reason, ..step } });
        now += match random.below(4) {
            0 => 0,
            1 => random.between(1, 300) * MINUTE,
            2 => random.between(1, 4) * 1440 * MINUTE,
            _ => random.between(1, 20_000) * MINUTE,
        };
    }
    scenes
}

/// The policy of a seed; none where the engine refuses it.
fn pair(seed: u64) -> Option<Pair> {
    let document = live_policy(seed);
    Pair::of(document.clone()).or_else(|_| Pair::of(relaxed(document))).ok()
}

/// What a lead does before and during a story.
pub fn behaviours(random: &mut Random, pair: &Pair) -> Json {
    if pair.reference.events.types.is_empty() { json!([]) } else { random_log(random, &pair.reference, BEGIN + 12 * DAY) }
}

/// A lead's state at a moment, as the reference takes it.
fn at(pair: &Pair, events: &Json, state: &State, now: i64) -> Situation {
    let resets = state.resets.iter().map(|(score, left, at)| (score.clone(), *left as u32, *at)).collect();
    Situation { now, log: Some(Log::read(&pair.reference.events, events)), life: Some(state.clone()), resets, ..Situation::at_stage(None) }
}

/// A state in which a story begins.
pub fn beginning(random: &mut Random, pair: &Pair) -> State {
    let stages = pair.reference.stages.as_ref().unwrap().names.len();
    let since = random.chance(60).then(|| BEGIN - random.between(0, 5000) * MINUTE);
    State { first: if random.chance(50) { 0 } else { random.below(stages) }, since, pinned: random.chance(4), ..State::default() }
}

#[test]
fn stories_agree() {
    let (mut cases, mut moved, mut counted, mut refusals) = (0, 0, 0, BTreeSet::new());
    for seed in 0..400 {
        let Some(pair) = pair(seed) else { continue };
        let mut random = Random::new(seed ^ 0xBEE);
        for story in 0..6 {
            let told = |what: &str| format!("seed {seed}, story {story}, {what}\n{:#}", pair.document["stages"]);
            let begun = beginning(&mut random, &pair);
            let events = behaviours(&mut random, &pair);
            let mut state = begun.clone();
            let mut made = Vec::new();
            for (number, scene) in scenes(&mut random, &pair).into_iter().enumerate() {
                let Scene { now, lead, step } = &scene;
                cases += 1;
                let situation = at(&pair, &events, &state, *now);
                let decided = pair.engine.decide_at(lead, &events, &state, *now);
                counted += usize::from(decided.scores.values().flatten().any(|points| points % 1000 != 0) && !pair.reference.events.types.is_empty());
                assert_eq!(decided, decide_at(&pair.reference, lead, &situation), "{}", told(&format!("scene {number}: {state:?}\n{events}")));
                let expected = life::advance(&pair.reference, &Facts::of(&pair.reference, lead, &situation), &state, step, *now);
                let found = pair.engine.advance(lead, &events, &state, step, *now);
                assert_eq!(found, expected, "{}", told(&format!("scene {number}, {step:?} at {now}: {state:?}")));
                legal_moves_are_legal(&pair, lead, &events, &state, *now);
                match expected {
                    Ok(next) => {
                        moved += next.history.len() - state.history.len();
                        state = next;
                        made.push(scene);
                    }
                    Err(code) => drop(refusals.insert(code)),
                }
            }
            replays(&pair, &events, &begun, &made, &state);
        }
    }
    assert!(cases >= 15_000 && moved >= 3_000 && counted >= 1_000, "{moved} moves in {cases} cases, of which {counted} with behaviours");
    let all = ["cooling-down", "faulted", "illegal-move", "not-due", "not-met", "pinned", "reason-missing", "reason-unknown", "require-missing", "reset-first", "screened", "too-late", "unknown-event"];
    assert_eq!(refusals, BTreeSet::from(all));
}

/// What is told to be legal is, and nothing else.
fn legal_moves_are_legal(pair: &Pair, lead: &Lead, events: &Json, state: &State, now: i64) {
    let engine = &pair.engine;
    let Some((legal, all)) = engine.legal(lead, events, state, now) else { return };
    // Time may already have made a move that it is to make again from there.
    let by_time = |id: &str| pair.reference.stages.iter().flat_map(|stages| &stages.moves).any(|item| item.id == id && item.after.is_some());
    for id in all {
        let step = Step { id: Some(id.clone()), reason: Some("budget".into()), event: None };
        match engine.advance(lead, events, state, &step, now) {
            Ok(_) => assert!(legal.contains(&id) || by_time(&id), "{id} is made"),
            Err(why) => assert!(!legal.contains(&id) || why == "reason-unknown", "{id}: {why}"),
        }
    }
}

/// The steps that were made, made again from the beginning, give the same state, and its history and resets follow from the moves of the document.
fn replays(pair: &Pair, events: &Json, begun: &State, made: &[Scene], state: &State) {
    let stages = pair.reference.stages.as_ref().unwrap();
    let mut again = begun.clone();
    for scene in made {
        again = pair.engine.advance(&scene.lead, events, &again, &scene.step, scene.now).unwrap();
    }
    assert_eq!(again, *state);
    let (mut stage, mut last, mut resets) = (state.first, i64::MIN, Vec::new());
    for change in &state.history {
        let item = stages.moves.iter().find(|item| item.id == change.id).expect("a move of the document");
        assert!(item.from.contains(&stage) && item.to == change.to && change.from == stage && change.at >= last, "{change:?}");
        resets.extend(item.reset.iter().map(|(score, left)| (score.clone(), *left, change.at)));
        (stage, last) = (change.to, change.at);
    }
    assert_eq!(state.resets, resets);
}

#[test]
fn what_is_possible_of_a_story_is_sound() {
    let mut cases = 0;
    for seed in 5000..5100 {
        let Some(pair) = pair(seed) else { continue };
        let mut random = Random::new(seed);
        let mut state = beginning(&mut random, &pair);
        let events = behaviours(&mut random, &pair);
        for Scene { now, lead, step } in scenes(&mut random, &pair) {
            let partial = read(&pair.reference, &random_lead(&mut random, &pair.reference, &pair.candidates, 40));
            let (decisions, _) = enumerate_at(&pair.reference, &partial, &at(&pair, &events, &state, now), &pair.candidates, 12, &mut random);
            let happens = Summary::of(&pair.reference, &decisions);
            let possible = pair.engine.possible_at(&partial, &events, &state, now);
            if let Some(missing) = possible.lacks(&happens) {
                panic!("seed {seed}: {missing}\nengine    {possible:?}\nreference {happens:?}\n{state:?} at {now}\n{:#}", pair.document["stages"]);
            }
            cases += 1;
            state = pair.engine.advance(&lead, &events, &state, &step, now).unwrap_or(state);
        }
    }
    assert!(cases >= 700, "only {cases} cases");
}
