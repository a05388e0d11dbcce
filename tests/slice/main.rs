//! The public slice of a policy.
//!
//! *Soundness*: what the full program decides is among what the slice says is possible. *Exactness*: where nothing is secret, the slice says what the full
//! program says. *Secrecy*: documents that differ only in secrets give the same bytes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable, clippy::indexing_slicing)]

mod pages;
#[path = "../reference/mod.rs"]
mod reference;
mod subject;

use reference::enumerate::candidates;
use reference::generate::{lead as random_lead, policy, small_policy};
use reference::lead::{Answer, Lead};
use reference::random::Random;
use serde_json::{Value as Json, json};
use std::ops::Range;
use subject::Subject;

/// Runs a check on random subjects and leads; returns how many cases there were.
fn search(seeds: Range<u64>, make: fn(u64) -> Json, leads: usize, check: &dyn Fn(&Subject, &Lead, Option<&str>, &mut Random) -> Option<String>) -> usize {
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
