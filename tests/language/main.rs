//! Expressions of the whole language against the reference interpreter, on random cases.
//!
//! 20,000 cases together; `LEADGATE_CASES=1000000 cargo test --test language` tries so many. A case that fails is named by its seed:
//! `cargo run --example cel -- random 1 SEED` writes it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable, clippy::indexing_slicing)]

mod agreement;
mod conditions;
#[path = "../reference/mod.rs"]
mod reference;
mod unknowns;

/// So many cases of a hundred of all.
fn cases(percent: u64) -> u64 {
    let all = std::env::var("LEADGATE_CASES").map_or(20_000, |text| text.parse().expect("LEADGATE_CASES is a number"));
    all * percent / 100
}

/// Panics with what is wrong, if something is.
fn report(cases: u64, wrong: &[String]) {
    let shown = &wrong[..wrong.len().min(20)];
    assert!(wrong.is_empty(), "{} of {cases} cases:\n{}", wrong.len(), shown.join("\n"));
}
