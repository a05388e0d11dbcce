//! The reference interpreter against the tables and examples of the documentation, and the random documents against what they are for.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable, clippy::indexing_slicing)]

#[path = "../reference/mod.rs"]
mod reference;

mod generated;
mod language;
mod policies;
mod truths;
