//! The public slice of a policy.
//!
//! *Soundness*: what the full program decides is among what the slice says is possible. *Exactness*: where nothing is secret, the slice says what the full
//! program says. *Secrecy*: documents that differ only in secrets give the same bytes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable, clippy::indexing_slicing)]

mod pages;
#[path = "../reference/mod.rs"]
mod reference;
mod saas;
mod secrets;
mod subject;

use reference::enumerate::candidates;
use reference::generate::{lead as random_lead, policy, small_policy};
use reference::lead::{Answer, Lead};
use reference::random::Random;
use serde_json::{Value as Json, json};
use std::ops::Range;
use subject::{Subject, compile};

/// What is wrong with a case, if anything is; the stage that the lead begins in may be given.
type Check<'c> = &'c dyn Fn(&Subject, &Lead, Option<&str>, &mut Random) -> Option<String>;

/// Runs a check on random subjects and leads; returns how many cases there were.
fn search(seeds: Range<u64>, make: fn(u64) -> Json, leads: usize, check: Check) -> usize {
    let mut cases = 0;
    let mut refused: Vec<(u64, String)> = Vec::new();
    let policies = seeds.end - seeds.start;
    for seed in seeds {
        let mut random = Random::new(seed ^ 0x51CE);
        let percent = *random.pick(&[0, 20, 50, 80, 100]);
        let subject = match Subject::random(make(seed), percent, &mut random) {
            Ok(subject) => subject,
            Err(why) => {
                refused.push((seed, why));
                continue;
            }
        };
        // Answers worth trying are in the rules, not in the page.
        let mut rules = subject.document.clone();
        rules.as_object_mut().unwrap().remove("page");
        let candidates = candidates(&rules, &subject.reference);
        let stages: Vec<&str> = subject.reference.stages.iter().flat_map(|stages| stages.names.iter().map(String::as_str)).collect();
        for _ in 0..leads {
            let lead = random_lead(&mut random, &subject.reference, &candidates, 0);
            let stage = if stages.is_empty() || random.chance(60) { None } else { Some(*random.pick(&stages)) };
            let answers = subject.answers(&lead);
            cases += 1;
            if let Some(wrong) = check(&subject, &answers, stage, &mut random) {
                panic!("seed {seed}: {wrong}\n{:#}", json!({ "document": subject.document, "lead": lead, "stage": stage }));
            }
        }
    }
    let shown: Vec<_> = refused.iter().take(5).collect();
    assert!(refused.len() as u64 * 100 <= policies, "{} of {policies} random policies are refused: {shown:#?}", refused.len());
    cases
}

#[test]
fn the_decision_is_among_what_the_slice_says() {
    let check = |subject: &Subject, answers: &Lead, stage: Option<&str>, _: &mut Random| subject.lacks(answers, answers, stage);
    let cases = search(0..400, policy, 20, &check) + search(0..200, small_policy, 20, &check);
    assert!(cases >= 11_000, "only {cases} cases");
}

#[test]
fn so_it_is_while_answers_are_open() {
    let check = |subject: &Subject, answers: &Lead, stage: Option<&str>, random: &mut Random| {
        let mut open = answers.clone();
        for answer in open.values_mut() {
            // An open answer completes as typed.
            if !matches!(answer, Answer::Record(_)) && random.chance(40) {
                *answer = Answer::Open;
            }
        }
        subject.lacks(&open, answers, stage)
    };
    let cases = search(5000..5300, policy, 10, &check) + search(5000..5200, small_policy, 10, &check);
    assert!(cases >= 4_500, "only {cases} cases");
}

/// A small policy without stages, which are never public, and all of it in the page, each outcome with a message of its own.
fn without_secrets(seed: u64) -> Option<Json> {
    let mut document = small_policy(seed);
    // The page has no stages, and of a table nothing but the first row that holds.
    let first = |table: &Json| table.get("hit").is_none_or(|hit| hit == "first" || hit == "priority");
    if document.get("stages").is_some() || !document["tables"].as_object().is_none_or(|tables| tables.values().all(first)) {
        return None;
    }
    let mut messages: serde_json::Map<String, Json> = pages::outcomes(&document).into_iter().map(|outcome| (outcome.replace(':', "-"), json!({ "for": [outcome], "en": "told" }))).collect();
    messages.insert("else".to_owned(), json!({ "en": "told" }));
    document["page"] = json!({
        "fields": pages::names(&document, "fields"), "lists": pages::names(&document, "lists"), "derives": pages::names(&document, "derive"),
        "scores": pages::names(&document, "scores"), "tables": pages::names(&document, "tables"), "messages": messages,
    });
    Some(document)
}

#[test]
fn where_nothing_is_secret_the_slice_says_what_the_program_says() {
    let mut cases = 0;
    for (seed, document) in (0..900).filter_map(|seed| Some((seed, without_secrets(seed)?))) {
        let subject = Subject::of(document).unwrap_or_else(|why| panic!("seed {seed}: {why}"));
        assert!(!subject.slice.is_provisional(), "seed {seed}: something is secret");
        let mut rules = subject.document.clone();
        rules.as_object_mut().unwrap().remove("page");
        let candidates = candidates(&rules, &subject.reference);
        let mut random = Random::new(seed);
        for _ in 0..8 {
            let answers = subject.answers(&random_lead(&mut random, &subject.reference, &candidates, 40));
            let (full, slice) = (Subject::lead(&subject.full, &answers), Subject::lead(&subject.slice, &answers));
            let (expected, found) = (subject.full.possible(&full, None), subject.slice.possible(&slice, None));
            let mut told: Vec<String> = expected.outcomes.iter().map(|&outcome| subject.full.outcome_name(outcome).unwrap().replace(':', "-")).collect();
            let mut said = subject.messages(&found);
            told.sort();
            said.sort();
            assert_eq!(said, told, "seed {seed}");
            assert_eq!((&found.scores, &found.outputs, found.exact), (&expected.scores, &expected.outputs, expected.exact), "seed {seed}");
            let (decided, shown) = (subject.full.decide(&full, None), subject.slice.decide(&slice, None));
            assert_eq!((decided.scores, decided.outputs, decided.faulted), (shown.scores, shown.outputs, shown.faulted), "seed {seed}");
            assert_eq!(subject.full.outcome_name(decided.outcome).map(|name| name.replace(':', "-")), subject.slice.outcome_name(shown.outcome), "seed {seed}");
            cases += 1;
        }
    }
    assert!(cases >= 1_000, "only {cases} cases");
}

#[test]
fn secrets_leave_no_trace() {
    let (mut cases, mut wrong) = (0, Vec::new());
    for seed in 9000..9450 {
        let mut random = Random::new(seed);
        let percent = *random.pick(&[0, 20, 50, 80]);
        let make = if random.chance(70) { policy } else { small_policy };
        let Ok(subject) = Subject::random(make(seed), percent, &mut random) else { continue };
        for _ in 0..4 {
            let mut document = subject.document.clone();
            let count = 1 + random.below(4);
            let changes = (0..20).filter(|_| secrets::mutate(&mut document, subject.full.program(), &mut random)).take(count).count();
            if changes == 0 {
                continue;
            }
            match compile(&document) {
                Ok((program, Some(slice))) => {
                    assert!(slice.to_bytes() == subject.bytes, "seed {seed}: a secret shows\n{:#}\n{document:#}", subject.document);
                    // Some changes come to nothing, such as those of the order of one row.
                    cases += usize::from(program != *subject.full.program());
                }
                Ok((_, None)) => panic!("seed {seed}: there is no slice"),
                Err(why) => wrong.push((seed, why)),
            }
        }
    }
    assert!(cases >= 1_500 && wrong.len() * 20 < cases, "{cases} cases, {} that do not compile: {:?}", wrong.len(), wrong.first());
}
