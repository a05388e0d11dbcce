//! What to ask next, against enumeration by the reference, on random policies.
//!
//! *Settled*: a form is said to be settled if and only if for everything that questions cannot tell, no answer to an open question changes the goal. *Questions*: what is
//! asked applies and cannot stop applying, can change the goal, and comes once; following it ends with what the full form comes to, after no more questions than that shows.
//! *Certificate*: what it comes to, why the rest does not matter, what scores can be. *History*: only what is known counts, not how it became so.
//!
//! `LEADGATE_CASES=1000000 cargo test --test asking settled` tries so many leads under way.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable, clippy::indexing_slicing)]

mod checks;
// What the engine decides, in the reference's words; of it only what is asked here is used.
#[path = "../agreement/engine.rs"]
#[allow(dead_code)]
mod engine;
mod form;
#[path = "../slice/pages.rs"]
#[allow(dead_code)]
mod pages;
mod quality;
#[path = "../reference/mod.rs"]
mod reference;
mod saas;
mod slices;
#[path = "../slice/subject.rs"]
#[allow(dead_code)]
mod subject;
#[path = "../agreement/summary.rs"]
#[allow(dead_code)]
mod summary;
mod walk;
mod whole;

use std::ops::Range;

use checks::Case;
use form::{Form, Partial};
use leadgate::AskOptions;
use reference::generate::{policy, small_policy};
use reference::random::Random;
use serde_json::{Value as Json, json};

/// At most so many completions of a form are tabled.
const COMPLETIONS: usize = 2500;

/// A random document with a form: some of its questions are required, some come several at once.
fn document(make: fn(u64) -> Json, seed: u64) -> Option<Json> {
    let mut document = make(seed);
    let mut random = Random::new(seed ^ 0xF0);
    if random.chance(40) {
        document["ask"]["per_visit"] = json!(1 + random.below(3));
    }
    for (_, table) in document["tables"].as_object_mut().into_iter().flatten() {
        // What random rows violate is refused.
        if table["hit"] == "unique" || table["hit"] == "any" {
            table["hit"] = json!("first");
        }
    }
    for question in document["ask"]["questions"].as_array_mut()? {
        if random.chance(15) {
            question["required"] = json!(true);
        }
        if random.chance(60) {
            question.as_object_mut()?.shift_remove("after");
        }
        if random.chance(70) {
            question.as_object_mut()?.shift_remove("always");
        }
        if random.chance(40) {
            question["cost"] = json!(1 + random.below(4));
        }
    }
    Some(document)
}

/// The forms of random documents.
fn forms(seeds: Range<u64>, make: fn(u64) -> Json, limit: usize) -> impl Iterator<Item = (u64, Form)> {
    let few = move |seed| {
        let document = document(make, seed)?;
        let stages: Vec<&String> = document["stages"]["list"].as_object().into_iter().flatten().map(|(name, _)| name).collect();
        let stage = (seed % 3 == 0).then(|| stages.get(seed as usize % 4).copied().map(String::as_str)).flatten();
        match Form::of(&document, stage, limit) {
            Ok(form) => Some((seed, form)),
            Err(why) => panic!("seed {seed}: {why}\n{document:#}"),
        }
    };
    seeds.filter_map(few)
}

fn partial(form: &Form, random: &mut Random, open: u64) -> Partial {
    form.axes.iter().map(|axis| (!random.chance(open)).then(|| random.below(axis.entries.len()))).collect()
}

fn options(random: &mut Random) -> AskOptions {
    // None: as the policy says.
    AskOptions { limit: if random.chance(30) { 0 } else { 1 + random.below(4) as u32 }, submissions: random.below(4) as u32 }
}

/// Reports a case with as little open as it takes.
fn report(seed: u64, mut case: Case) -> ! {
    let mut wrong = case.wrong().0.unwrap();
    for at in 0..case.lead.len() {
        for entry in 0..case.form.axes[at].entries.len() {
            let before = case.lead[at].replace(entry);
            match case.wrong().0 {
                Some(still) if before.is_none() => {
                    wrong = still;
                    break;
                }
                _ => case.lead[at] = before,
            }
        }
    }
    panic!("seed {seed}: {wrong}\n{:?}\n{:?} from {:?}\n{:#}", case.form.answers(&case.lead), case.options, case.form.stage, case.form.documents[case.goal]);
}

/// How many leads under way are tried, one random test after the other.
fn wanted() -> usize {
    std::env::var("LEADGATE_CASES").map_or(24_000, |text| text.parse().expect("LEADGATE_CASES is a number"))
}

#[test]
fn settled_is_what_enumeration_says() {
    let (mut cases, mut settled, mut tabled) = (0, 0, 0);
    for (seed, form) in forms(20_000..u64::MAX, small_policy, COMPLETIONS).filter(|(_, form)| !form.table.is_empty()) {
        let mut random = Random::new(seed);
        tabled += form.table.len();
        for goal in 0..form.subjects.len() {
            for number in 0..24 {
                let lead = partial(&form, &mut random, [100, 70, 40][number % 3]);
                let case = Case { form: &form, goal, lead, options: options(&mut random), exact: true };
                let (wrong, done) = case.wrong();
                if wrong.is_some() {
                    report(seed, case);
                }
                cases += 1;
                settled += usize::from(done);
            }
        }
        if cases >= wanted() {
            break;
        }
    }
    println!("{cases} leads under way, {settled} of them settled, against {tabled} completions");
    assert!(settled > cases / 10 && cases - settled > cases / 10, "{settled} of {cases} are settled");
}

/// Of texts and numbers that are computed with, completions are drawn.
#[test]
fn what_is_computed_is_never_settled_wrongly() {
    let (mut cases, mut settled) = (0, 0);
    for (seed, mut form) in forms(40_000..u64::MAX, policy, 0) {
        let mut random = Random::new(seed);
        for _ in 0..6 {
            for goal in 0..form.subjects.len() {
                let lead = partial(&form, &mut random, 40);
                let options = options(&mut random);
                let next = form.next(goal, &lead, &options);
                cases += 1;
                let Some(certificate) = next.certificate else { continue };
                settled += 1;
                let said: Vec<String> = certificate.comes_to.iter().map(|&settles| form.told(goal, settles)).collect();
                let questions: Vec<bool> = (0..lead.len()).map(|at| form.may_ask(&lead, at, options.submissions)).collect();
                for _ in 0..4 {
                    let mut drawn = lead.clone();
                    let mut first = None;
                    for _ in 0..6 {
                        for at in 0..lead.len() {
                            if lead[at].is_none() && (questions[at] || first.is_none()) {
                                drawn[at] = Some(random.below(form.axes[at].open));
                            }
                        }
                        let comes = form.comes_to(&drawn).goals[goal];
                        let word = form.words.told(comes).to_owned();
                        assert!(said.contains(&word), "seed {seed}: {said:?} and not {word}\n{:?}\nof {:?}\n{:#}", form.answers(&drawn), form.answers(&lead), form.documents[goal]);
                        assert!(*first.get_or_insert(comes) == comes, "seed {seed}: said to be settled, and is not\n{:?}\n{:#}", form.answers(&lead), form.documents[goal]);
                    }
                }
            }
        }
        if cases >= wanted() / 6 {
            break;
        }
    }
    println!("{cases} leads under way, {settled} of them settled");
    assert!(settled > cases / 10, "{settled} of {cases} are settled");
}

#[test]
fn following_what_is_asked_ends_as_the_full_form() {
    let (mut walks, mut asked, mut visible) = (0, 0, 0);
    for (seed, form) in forms(60_000..u64::MAX, small_policy, COMPLETIONS).filter(|(_, form)| !form.table.is_empty()) {
        let mut random = Random::new(seed);
        for goal in 0..form.subjects.len() {
            for _ in 0..12 {
                let options = options(&mut random);
                let mut lead = partial(&form, &mut random, 80);
                for at in 0..lead.len() {
                    if !form.may_ask(&lead, at, options.submissions) && lead[at].is_none() {
                        lead[at] = Some(random.below(form.axes[at].entries.len()));
                    }
                }
                let answers: Vec<usize> = lead.iter().zip(&form.axes).map(|(known, axis)| known.unwrap_or_else(|| random.below(axis.open))).collect();
                match walk::walk(&form, goal, &lead, &answers, &options) {
                    Ok(walk) => (walks, asked, visible) = (walks + 1, asked + walk.asked, visible + walk.visible),
                    Err(why) => panic!("seed {seed}: {why}\n{:?}\nwith {answers:?}\n{options:?} from {:?}\n{:#}", form.answers(&lead), form.stage, form.documents[goal]),
                }
                if let Some(wrong) = walk::wanders(&form, goal, &lead, &options, &mut random) {
                    panic!("seed {seed}: {wrong}\n{:?}\n{:#}", form.answers(&lead), form.documents[goal]);
                }
            }
        }
        if walks >= wanted() / 4 {
            break;
        }
    }
    println!("{walks} walks: {asked} questions asked, {visible} of full forms");
    assert!(asked < visible, "{asked} questions asked, {visible} of full forms");
}
