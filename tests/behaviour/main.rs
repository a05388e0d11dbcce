//! Behaviour as data: policies with leads and what must come out, documents with what is wrong with them, expressions with their truths, and the examples of the documentation.
//!
//! `LEADGATE_BLESS=1 cargo test --test behaviour` writes what comes out into the fixtures, for a look at the difference.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod compile;
mod decide;
mod documentation;
mod fixture;
mod leads;
mod life;
mod open;
mod show;
mod study;
mod truths;
mod turns;
