//! A naive interpreter of the whole expression language, written from its definition and `docs/truths.md` alone, to compare the engine with.
//!
//! It shares no code with the engine and has no parser: the generator makes trees, which write themselves as text. It walks trees over values, and knows neither
//! types nor work nor partial evaluation: what is open it completes in every way.

// Each test crate uses a part of it, and as test code it panics where an assumption fails.
#![allow(dead_code, unused_imports, missing_docs)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable, clippy::indexing_slicing)]

pub mod case;
pub mod evaluate;
pub mod functions;
pub mod generate;
pub mod literals;
pub mod pattern;
pub mod signatures;
pub mod time;
pub mod tree;
pub mod types;
pub mod value;

pub use case::Case;
pub use tree::Expr;
pub use types::Type;
pub use value::Value;
