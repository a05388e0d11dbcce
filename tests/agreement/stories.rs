//! Leads through time: random policies with all kinds of moves, random answers that change, random events and pauses, through `decide` and `advance`.

use crate::Pair;
use crate::engine::Subject;
use crate::reference::decide::{Facts, decide_at};
use crate::reference::enumerate::enumerate_at;
use crate::reference::generate::{lead as random_lead, live_policy};
use crate::reference::lead::{Lead, read};
use crate::reference::life::{self, MINUTE, State, Step};
use crate::reference::random::Random;
use crate::reference::Situation;
use crate::summary::Summary;
use std::collections::BTreeSet;

/// Sunday 2026-11-01 00:00 at +08:00.
const BEGIN: i64 = 20_758 * 1440 * MINUTE - 8 * 60 * MINUTE;

/// What happens in a story at one moment.
struct Scene {
    now: i64,
    lead: Lead,
    step: Step,
}

fn scenes(random: &mut Random, pair: &Pair) -> Vec<Scene> {
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

/// A lead's state at a moment, as the reference takes it.
fn at(state: &State, now: i64) -> Situation {
    Situation { now, life: Some(state.clone()), ..Situation::at_stage(None) }
}

/// A state in which a story begins.
fn beginning(random: &mut Random, pair: &Pair) -> State {
    let stages = pair.reference.stages.as_ref().unwrap().names.len();
    let since = random.chance(60).then(|| BEGIN - random.between(0, 5000) * MINUTE);
    State { first: if random.chance(50) { 0 } else { random.below(stages) }, since, pinned: random.chance(4), ..State::default() }
}

#[test]
fn stories_agree() {
    let (mut cases, mut moved, mut refusals) = (0, 0, BTreeSet::new());
    for seed in 0..400 {
        let Ok(pair) = Pair::of(live_policy(seed)) else { continue };
        let mut random = Random::new(seed ^ 0xBEE);
        for story in 0..6 {
            let told = |what: &str| format!("seed {seed}, story {story}, {what}\n{:#}", pair.document["stages"]);
            let begun = beginning(&mut random, &pair);
            let mut state = begun.clone();
            let mut made = Vec::new();
            for (number, scene) in scenes(&mut random, &pair).into_iter().enumerate() {
                let Scene { now, lead, step } = &scene;
                cases += 1;
                let decided = pair.engine.decide_at(lead, &state, *now);
                assert_eq!(decided, decide_at(&pair.reference, lead, &at(&state, *now)), "{}", told(&format!("scene {number}: {state:?}")));
                let expected = life::advance(&pair.reference, &Facts::of(&pair.reference, lead, &at(&state, *now)), &state, step, *now);
                let found = pair.engine.advance(lead, &state, step, *now);
                assert_eq!(found, expected, "{}", told(&format!("scene {number}, {step:?} at {now}: {state:?}")));
                legal_moves_are_legal(&pair.engine, lead, &state, *now);
                match expected {
                    Ok(next) => {
                        moved += next.history.len() - state.history.len();
                        state = next;
                        made.push(scene);
                    }
                    Err(code) => drop(refusals.insert(code)),
                }
            }
            replays(&pair, &begun, &made, &state);
        }
    }
    assert!(cases >= 15_000 && moved >= 5_000, "{moved} moves in {cases} cases");
    let all = ["cooling-down", "faulted", "illegal-move", "not-due", "not-met", "pinned", "reason-missing", "reason-unknown", "require-missing", "reset-first", "screened", "too-late", "unknown-event"];
    assert_eq!(refusals, BTreeSet::from(all));
}

/// What is told to be legal is, and nothing else.
fn legal_moves_are_legal(engine: &Subject, lead: &Lead, state: &State, now: i64) {
    let Some((legal, all)) = engine.legal(lead, state, now) else { return };
    for id in all {
        let step = Step { id: Some(id.clone()), reason: Some("budget".into()), event: None };
        match engine.advance(lead, state, &step, now) {
            Ok(_) => assert!(legal.contains(&id), "{id} is made"),
            Err(why) => assert!(!legal.contains(&id) || matches!(why, "reason-unknown" | "reset-first"), "{id}: {why}"),
        }
    }
}

/// The steps that were made, made again from the beginning, give the same state, and its history and resets follow from the moves of the document.
fn replays(pair: &Pair, begun: &State, made: &[Scene], state: &State) {
    let stages = pair.reference.stages.as_ref().unwrap();
    let mut again = begun.clone();
    for scene in made {
        again = pair.engine.advance(&scene.lead, &again, &scene.step, scene.now).unwrap();
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
    for seed in 5000..5250 {
        let Ok(pair) = Pair::of(live_policy(seed)) else { continue };
        let mut random = Random::new(seed);
        let mut state = beginning(&mut random, &pair);
        for Scene { now, lead, step } in scenes(&mut random, &pair) {
            let partial = read(&pair.reference, &random_lead(&mut random, &pair.reference, &pair.candidates, 40));
            let (decisions, _) = enumerate_at(&pair.reference, &partial, &at(&state, now), &pair.candidates, 80, &mut random);
            let happens = Summary::of(&pair.reference, &decisions);
            let possible = pair.engine.possible_at(&partial, &state, now);
            if let Some(missing) = possible.lacks(&happens) {
                panic!("seed {seed}: {missing}\nengine    {possible:?}\nreference {happens:?}\n{state:?} at {now}\n{:#}", pair.document["stages"]);
            }
            cases += 1;
            state = pair.engine.advance(&lead, &state, &step, now).unwrap_or(state);
        }
    }
    assert!(cases >= 1_500, "only {cases} cases");
}
