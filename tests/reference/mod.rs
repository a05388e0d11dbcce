//! A naive interpreter of policy documents, written from `docs/truths.md` and `docs/policy.md` alone, to compare the engine with.
//!
//! It shares no code with the engine, computes no cells, desugars no unary tests and prepares nothing: it walks trees over values. It
//! reads inline lists and dictionaries only, and of the normalizers knows `trim`, `lowercase`, `collapse` and `width` (of ASCII).
//! It panics on documents that have errors.

// Each test crate uses a part of it, and as test code it panics where an assumption fails.
#![allow(dead_code, unused_imports, missing_docs)]
// A choice among texts is dereferenced so that its type is known, and `Type::Type` is what the language calls it.
#![allow(clippy::explicit_auto_deref, clippy::enum_variant_names)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable, clippy::indexing_slicing)]

pub mod decide;
pub mod enumerate;
pub mod events;
pub mod expression;
pub mod functions;
pub mod generate;
pub mod lead;
pub mod language;
pub mod life;
pub mod list;
pub mod parse;
pub mod policy;
pub mod queues;
pub mod random;
pub mod reduce;
pub mod situation;
pub mod sops;
pub mod tables;
pub mod unary;
pub mod value;

pub use decide::{Decision, StageResult, counted, decide, decide_at};
pub use lead::{Answer, Lead};
pub use policy::Policy;
pub use situation::Situation;
pub use value::{State, Truth, Value};
