//! Experiments: what moves when arms change, how evenly texts are shared out, and the vectors that other implementations are checked by.
//!
//! `cargo test --test experiments -- --nocapture` prints how even it is. `UPDATE=1` writes the vectors.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use leadgate::engine::machine::{MOST_SHARE, arm, bucket};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// Texts as policies share them out: the made-up e-mails of a few companies, and a policy's own job titles.
fn emails() -> Vec<String> {
    (0..100_000).map(|at| format!("user{at}@company{}.example", at % 997)).collect()
}

fn titles() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("policies/saas-inbound/lists/titles.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    rows.records().map(|row| row.unwrap()[0].to_owned()).collect()
}

/// Pearson's statistic of counts against expected ones.
fn chi_squared(counts: &[(usize, f64)]) -> f64 {
    counts.iter().map(|(count, expected)| (*count as f64 - expected).powi(2) / expected).sum()
}

/// What the statistic exceeds once in ten thousand times, by Wilson and Hilferty.
fn critical(freedom: f64) -> f64 {
    let ninth = 2.0 / (9.0 * freedom);
    freedom * (1.0 - ninth + 3.719 * ninth.sqrt()).powi(3)
}

fn is_even(what: &str, counts: &[(usize, f64)]) {
    let (found, most) = (chi_squared(counts), critical(counts.len() as f64 - 1.0));
    println!("{what}: chi-squared {found:.1} with {} degrees of freedom; {most:.1} would be exceeded once in 10,000 times", counts.len() - 1);
    assert!(found < most, "{what} is not shared out evenly");
}

#[test]
fn texts_are_shared_out_evenly() {
    for (what, texts) in [("e-mails", emails()), ("titles", titles())] {
        // A hundred buckets take more than a hundred texts to say anything.
        for name in ["exp1", "pricing_2026", ""].iter().filter(|_| texts.len() > 1000) {
            let mut counts = [0; 100];
            texts.iter().for_each(|text| counts[usize::from(bucket(name, text))] += 1);
            is_even(&format!("buckets `{name}` of {} {what}", texts.len()), &counts.map(|count| (count, texts.len() as f64 / 100.0)));
        }
        for weights in [&[50, 50][..], &[1, 2, 3, 4], &[90, 9, 1], &[333_333, 1_000_000]] {
            let names: Vec<String> = (0..weights.len()).map(|at| format!("arm{at}")).collect();
            let arms: Vec<(&str, u32)> = names.iter().map(String::as_str).zip(weights.iter().copied()).collect();
            let mut counts = vec![0; arms.len()];
            texts.iter().for_each(|text| counts[arm("exp1", arms.iter().copied(), text).unwrap()] += 1);
            let total: u32 = weights.iter().sum();
            let expected = weights.iter().map(|weight| texts.len() as f64 * f64::from(*weight) / f64::from(total));
            is_even(&format!("arms {weights:?} of {} {what}", texts.len()), &counts.into_iter().zip(expected).collect::<Vec<_>>());
        }
    }
}

#[test]
fn experiments_with_one_text_share_out_independently() {
    let texts = emails();
    let mut counts = vec![0; 100];
    texts.iter().for_each(|text| counts[usize::from(bucket("one", text) / 10 * 10 + bucket("other", text) / 10)] += 1);
    is_even("tenths of one experiment by tenths of another", &counts.into_iter().map(|count| (count, texts.len() as f64 / 100.0)).collect::<Vec<_>>());
}

fn arms_of(names: &[String], weights: &[u32], text: &str) -> Option<String> {
    arm("e", names.iter().map(String::as_str).zip(weights.iter().copied()), text).map(|at| names[at].clone())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Of several arms only one gains or loses: no text moves between the others.
    #[test]
    fn texts_move_only_to_what_gains_and_from_what_loses(weights in prop::collection::vec(0u32..=100, 2..8), changed in any::<prop::sample::Index>(), to in 0u32..=MOST_SHARE, texts in prop::collection::vec(".{0,12}", 40)) {
        let names: Vec<String> = (0..weights.len()).map(|at| format!("a{at}")).collect();
        let changed = changed.index(weights.len());
        let mut after = weights.clone();
        after[changed] = to;
        for text in &texts {
            let (was, is) = (arms_of(&names, &weights, text), arms_of(&names, &after, text));
            if was != is {
                let (gained, lost) = (is.as_ref() == Some(&names[changed]), was.as_ref() == Some(&names[changed]));
                prop_assert!(if to > weights[changed] { gained } else { lost }, "{text}: {was:?} to {is:?}");
            }
        }
    }

    /// An arm that is added anywhere takes texts and moves none between the others; the order of arms does not matter.
    #[test]
    fn an_arm_that_is_added_only_takes(weights in prop::collection::vec(1u32..=1000, 1..8), at in any::<prop::sample::Index>(), weight in 0u32..=1000, texts in prop::collection::vec(".{0,12}", 40)) {
        let names: Vec<String> = (0..weights.len()).map(|at| format!("a{at}")).collect();
        let (mut more, mut after) = (names.clone(), weights.clone());
        let at = at.index(names.len() + 1);
        more.insert(at, "new".to_owned());
        after.insert(at, weight);
        let (backward, backward_weights): (Vec<String>, Vec<u32>) = names.iter().cloned().zip(weights.iter().copied()).rev().unzip();
        for text in &texts {
            let (was, is) = (arms_of(&names, &weights, text), arms_of(&more, &after, text));
            prop_assert!(is == was || is.as_deref() == Some("new"), "{text}: {was:?} to {is:?}");
            prop_assert_eq!(arms_of(&backward, &backward_weights, text), was);
        }
    }
}

#[test]
fn no_more_texts_move_than_shares_have_changed() {
    let (texts, names) = (emails(), ["control", "offer", "late"].map(str::to_owned));
    let moved = texts.iter().filter(|text| arms_of(&names[..2], &[50, 50], text) != arms_of(&names, &[50, 50, 25], text)).count();
    let share = moved as f64 / texts.len() as f64;
    println!("an arm of one fifth that is added moves {:.2} % of the leads", share * 100.0);
    assert!((share - 0.2).abs() < 0.005, "{share}");
}

const NAMES: [&str; 4] = ["exp1", "pricing_2026", "优惠", "e"];
const TEXTS: [&str; 8] = ["a@b.example", "wang.min@东海.example", "", "东海精密制造", "+8613800138000", "A", "\u{1F3ED} café", "a text that is longer than one block of the hash, which takes in 64 bytes at a time, and so goes on into the second and the third of them: 0123456789"];

fn vectors() -> Json {
    let pairs = || NAMES.iter().flat_map(|name| TEXTS.iter().map(move |text| (*name, *text)));
    let buckets: Vec<Json> = pairs().map(|(name, text)| json!({ "name": name, "text": text, "bucket": bucket(name, text) })).collect();
    let arms = [vec![("control", 50), ("offer", 50)], vec![("a", 1), ("b", 1000), ("c", 0), ("对照", 333)], vec![("one", 1_000_000), ("other", 999_999)]];
    let of_arms = |arms: &Vec<(&str, u32)>| -> Vec<Json> {
        let arm_of = |name: &str, text: &str| arms[arm(name, arms.iter().copied(), text).unwrap()].0.to_owned();
        pairs().map(|(name, text)| json!({ "experiment": name, "arms": arms, "text": text, "arm": arm_of(name, text) })).collect()
    };
    json!({ "buckets": buckets, "arms": arms.iter().flat_map(of_arms).collect::<Vec<_>>() })
}

#[test]
fn the_vectors_are_current() {
    let path = root().join("tests/vectors/experiments.json");
    let made = format!("{:#}\n", vectors());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    assert!(std::fs::read_to_string(&path).unwrap() == made, "what the vectors say of texts must never change: every running experiment would be drawn anew");
}
