//! The engine against the reference interpreter, on random policies and leads.
//!
//! *Agreement*: both decide every lead alike. *Soundness*: what the engine says is possible of a partial lead holds the decision of every
//! completion. *Exactness*: where it says so, it holds nothing else; and where everything rests on few cells, it says so. *Changes*: of all answers that a field can
//! have, what the engine says would change the decision are those, and only those, that do. Leads have events, resets and a stage, and are decided at a moment.
//!
//! `LEADGATE_CASES=1000000 cargo test --test agreement decisions_agree` tries so many leads at moments of their lives.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable, clippy::indexing_slicing)]

mod columns;
mod engine;
mod queues;
#[path = "../reference/mod.rs"]
mod reference;
mod stories;
mod sops;
mod summary;
mod until;
mod what_if;
mod witness;

use engine::Subject;
use reference::enumerate::{Candidates, candidates, enumerate_at};
use reference::generate::{lead as random_lead, lively_policy, policy, situation as random_situation, small_lively_policy, small_policy};
use reference::lead::read;
use reference::random::Random;
use reference::reduce::reduce;
use reference::events::decay::is_nearest;
use reference::{Policy, Situation, counted, decide, decide_at};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use summary::Summary;

/// At most so many completions of a partial lead are enumerated.
const COMPLETIONS: usize = 20_000;

/// A policy in both interpreters.
struct Pair {
    document: Json,
    reference: Policy,
    engine: Subject,
    candidates: Candidates,
}

impl Pair {
    /// The diagnostics where the engine refuses the document.
    fn of(document: Json) -> Result<Self, String> {
        let engine = Subject::compile(&document.to_string())?;
        let reference = Policy::of(&document);
        let candidates = candidates(&document, &reference);
        Ok(Self { document, reference, engine, candidates })
    }

    /// What is wrong with the engine's decision, or with how it explains it.
    fn disagreement(&self, lead: &Json, situation: &Json) -> Option<String> {
        let answers = read(&self.reference, lead);
        let at = Situation::read(&self.reference, situation);
        let expected = decide_at(&self.reference, &answers, &at);
        let decided = self.engine.decide(&answers, situation);
        if decided != expected {
            return Some(format!("engine    {decided:?}\nreference {expected:?}"));
        }
        let unexplained = self.engine.unexplained(&answers, situation, &decided, &counted(&self.reference, &at));
        unexplained.or_else(|| {
            let again = self.engine.decide(&answers, &repeated(situation)?);
            (again != decided).then(|| format!("in order      {decided:?}\nout of order  {again:?}"))
        })
    }

    /// What is wrong with what the engine says is possible. `small`: few cells, so that it must be exact.
    fn unsoundness(&self, lead: &Json, situation: &Json, limit: usize, small: bool) -> Option<String> {
        let answers = read(&self.reference, lead);
        let (decisions, all) = enumerate_at(&self.reference, &answers, &Situation::read(&self.reference, situation), &self.candidates, limit, &mut Random::new(7));
        let happens = Summary::of(&self.reference, &decisions);
        let (possible, exact) = self.engine.possible(&answers, situation);
        let told = || format!("engine    {possible:?}\nreference {happens:?}");
        if let Some(missing) = possible.lacks(&happens) {
            Some(format!("not sound: {missing}\n{}", told()))
        } else if all && small && !exact {
            Some(format!("not exact\n{}", told()))
        } else if all && small && happens != possible {
            Some(format!("exact, but too much\n{}", told()))
        } else {
            None
        }
    }
}

/// The events in another order, and those that have an id a second time; none where there are no events.
fn repeated(situation: &Json) -> Option<Json> {
    let events = situation["events"].as_array().filter(|events| !events.is_empty())?;
    // By id, the first to happen counts, and what is told of it again later does not. Which of several at one time that is, rests on all of them.
    let mut again = events.clone();
    for event in events.iter().filter(|event| event["id"].is_string()) {
        let mut late = event.clone();
        late["at"] = json!(event["at"].as_i64().unwrap() + 1);
        again.extend([event.clone(), late]);
    }
    Random::new(again.len() as u64).shuffle(&mut again);
    let mut situation = situation.clone();
    situation["events"] = Json::Array(again);
    Some(situation)
}

/// Says what is wrong with a policy's decision on a lead at a moment of its life.
type Check<'c> = &'c dyn Fn(&Pair, &Json, &Json) -> Option<String>;

/// How many times in a hundred something is not known yet.
#[derive(Clone, Copy)]
struct Open {
    fields: u64,
    events: u64,
}

/// Runs a check on random cases, and panics with the smallest form of the first that fails. Returns how many cases there were.
fn search(seeds: std::ops::Range<u64>, make: fn(u64) -> Json, leads: usize, open: Open, check: Check) -> usize {
    let mut cases = 0;
    let mut refused: Vec<(u64, String)> = Vec::new();
    let policies = seeds.end - seeds.start;
    for seed in seeds {
        let document = make(seed);
        let pair = match Pair::of(document.clone()) {
            Ok(pair) => pair,
            // Rightly so: see the test of refused tables.
            Err(why) if is_violated(&why) => match Pair::of(relaxed(document)) {
                Ok(pair) => pair,
                Err(why) => {
                    refused.push((seed, why));
                    continue;
                }
            },
            Err(why) => {
                refused.push((seed, why));
                continue;
            }
        };
        let mut random = Random::new(seed ^ 0xA5A5);
        let scores: Vec<&str> = pair.document["scores"].as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
        for _ in 0..leads {
            let lead = random_lead(&mut random, &pair.reference, &pair.candidates, open.fields);
            let mut situation = random_situation(&mut random, &pair.reference, &scores);
            if random.chance(open.events) {
                situation["events"] = json!("open");
            }
            cases += 1;
            if check(&pair, &lead, &situation).is_some() {
                fail(seed, &json!({ "document": pair.document, "lead": lead, "situation": situation }), check);
            }
        }
    }
    let shown: Vec<_> = refused.iter().take(5).collect();
    assert!(refused.len() as u64 * 100 <= policies, "the engine refuses {} of {policies} random policies: {shown:#?}", refused.len());
    cases
}

/// Rows of a table violate its hit policy.
fn is_violated(why: &str) -> bool {
    why.contains("overlapping-rows") || why.contains("disagreeing-rows")
}

/// The document with tables of which the first row that holds counts in the place of those that rows may violate.
fn relaxed(mut document: Json) -> Json {
    for (_, table) in document["tables"].as_object_mut().into_iter().flatten() {
        if table["hit"] == "unique" || table["hit"] == "any" {
            table["hit"] = json!("first");
        }
    }
    document
}

fn fail(seed: u64, case: &Json, check: Check) -> ! {
    let again = |case: &Json| {
        let pair = Pair::of(case["document"].clone()).ok()?;
        check(&pair, &case["lead"], &case["situation"])
    };
    // Smaller documents may have errors that the reference panics on; those are no failures.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let small = reduce(case, &|case| catch_unwind(AssertUnwindSafe(|| again(case).is_some())).unwrap_or(false));
    std::panic::set_hook(hook);
    panic!("seed {seed}:\n{small:#}\n{}", again(&small).unwrap());
}

#[test]
fn decisions_agree() {
    let check = |pair: &Pair, lead: &Json, situation: &Json| pair.disagreement(lead, situation);
    let open = Open { fields: 8, events: 0 };
    let policies = std::env::var("LEADGATE_CASES").map_or(400, |text| text.parse::<u64>().expect("LEADGATE_CASES is a number") / 36);
    let cases = search(0..120, policy, 36, open, &check)
        + search(0..80, small_policy, 20, open, &check)
        + search(10_000..10_000 + policies, lively_policy, 36, open, &check)
        + search(5000..5100, small_lively_policy, 20, open, &check);
    assert!(cases >= 20_000, "only {cases} cases");
}

#[test]
fn possible_is_sound() {
    let check = |pair: &Pair, lead: &Json, situation: &Json| pair.unsoundness(lead, situation, 150, false);
    let cases = search(1000..1200, policy, 5, Open { fields: 40, events: 0 }, &check)
        + search(6000..6200, lively_policy, 5, Open { fields: 40, events: 0 }, &check)
        + search(6200..6500, lively_policy, 5, Open { fields: 15, events: 100 }, &check);
    assert!(cases >= 3_400, "only {cases} cases");
}

#[test]
fn possible_is_exact_on_few_cells() {
    let check = |pair: &Pair, lead: &Json, situation: &Json| {
        // Of a packed list not every text is tried, so what it and something else look at together may be told as more than it is.
        let packed = pair.document["lists"].as_object().is_some_and(|lists| lists.values().any(|list| list["match"] == "domain"));
        pair.unsoundness(lead, situation, COMPLETIONS, !packed)
    };
    let open = Open { fields: 60, events: 0 };
    let cases = search(2000..2200, small_policy, 5, open, &check) + search(7000..7100, small_lively_policy, 5, open, &check);
    assert!(cases >= 1_400, "only {cases} cases");
}

/// A lead that a message names violates the table, and nothing less is refused.
#[test]
fn refused_tables_are_violated() {
    let mut refused = 0;
    for seed in 0..900 {
        let document = policy(seed);
        let files = BTreeMap::from([("policy.json".to_owned(), document.to_string().into_bytes())]);
        for found in leadgate::author("policy.json", &files).diagnostics.iter().filter(|found| is_violated(found.code)) {
            refused += 1;
            let (lead, stage) = witness::read(found.help.as_deref().unwrap());
            let reference = Policy::of(&document);
            let decision = decide(&reference, &read(&reference, &lead), stage.as_deref());
            let rows: Vec<&str> = found.message.split('`').skip(1).step_by(2).take(3).collect();
            let [first, second, table] = rows[..] else { panic!("{}", found.message) };
            let held = decision.violations.get(table);
            assert!(held.is_some_and(|held| held.iter().any(|row| row == first) && held.iter().any(|row| row == second)), "seed {seed}: {}\n{lead}\n{decision:?}\n{document}", found.message);
        }
    }
    assert!(refused >= 20, "only {refused} pairs of rows are refused");
}

/// Every entry of the shorter tables, and some of the longest.
#[test]
fn decay_is_the_nearest() {
    let half_lives: Vec<u32> = (1..=64).chain([90, 183, 365, 1096]).collect();
    let rules: serde_json::Map<String, Json> = half_lives.iter().map(|days| (format!("r{days}"), json!({ "each": "click", "points": 1, "half_life": format!("{days}d") }))).collect();
    let document = json!({ "leadgate": 1, "policy": "decay", "version": "1", "fields": {}, "events": { "click": {} }, "scores": { "s": { "rules": rules } } });
    let tables = Subject::compile(&document.to_string()).unwrap().decays();
    assert!(tables.iter().map(|(half_life, _)| *half_life).eq(half_lives));
    for (half_life, table) in tables {
        let stride = if half_life > 64 { 61 } else { 1 };
        for (day, entry) in (1..).zip(table).step_by(stride) {
            assert!(is_nearest(u64::from(entry), day, half_life), "{entry} after {day} of {half_life} days");
            assert!(!is_nearest(u64::from(entry) - 1, day, half_life) && !is_nearest(u64::from(entry) + 1, day, half_life));
        }
    }
}
