//! Leadgate decides, at the form, what a B2B lead is worth and where it goes.
//!
//! Marketing and sales write one policy document; it is checked, compiled to a small program, and run:
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let program = leadgate::compile_str(r#"
//! leadgate: 1
//! policy: first
//! version: "1"
//! fields: { seats: { type: int, min: 1 }, industry: { type: enum, values: [finance, retail] } }
//! scores: { fit: { range: [0, 100], rules: { seats: { by: seats, points: { "20..99": 7, ">= 100": 12 } } } } }
//! route: { outcomes: [sales, nurture], rows: [{ id: large, when: { fit: ">= 10" }, to: sales }], default: nurture }
//! "#)?;
//! let engine = leadgate::Engine::new(program);
//! let mut lead = engine.lead();
//! lead.set("seats", 120)?;
//! let decision = engine.decide(&lead, None);
//! assert_eq!(engine.outcome_name(decision.outcome).as_deref(), Some("sales"));
//! # Ok(())
//! # }
//! ```
//!
//! The pipeline is the folders: [`document`] reads YAML or JSON with source spans, [`cel`] parses and checks conditions, [`compile`] makes a [`program`],
//! and the [`engine`] runs it; `ask` says what a form shows, [`life`] shares out leads in queues and says what is due to them, and [`time`] knows days, zones and working hours. [`report`] carries diagnostics. What a condition means when something is not known is
//! defined in `docs/truths.md`.

// What a page waits for (`for_size`) and what decides many leads (`quick`) is compiled for speed where all else is for size; a stable compiler does so where
// `RUSTC_BOOTSTRAP` is set, as it is there.
#![cfg_attr(any(for_size, quick), feature(optimize_attribute))]
#![cfg_attr(quick, feature(target_feature_inline_always))]

mod ask;
pub mod engine;
mod error;
#[cfg(feature = "full")]
pub mod life;
pub mod program;
#[cfg(feature = "full")]
pub mod time;

#[cfg(feature = "author")]
mod author;
#[cfg(feature = "author")]
pub mod cel;
#[cfg(feature = "author")]
pub mod compile;
#[cfg(feature = "author")]
pub mod document;
#[cfg(feature = "author")]
pub mod report;
#[cfg(feature = "author")]
mod standalone;

#[cfg(feature = "author")]
pub use author::{AuthorError, Authored, Study, author, compile_file, compile_str, hex, study};
#[cfg(feature = "author")]
pub use standalone::answer;
// Public for its tests alone; what Rust programs use stands above.
#[cfg(feature = "wasm")]
#[doc(hidden)]
pub mod wasm;

#[cfg(feature = "author")]
pub use ask::{AskedOf, Expected, Forecast, ForecastOptions, Met, Paged, Pages, Unanswered, WalkOptions, Walked, Way};
pub use ask::{AskOptions, Certificate, Next, Settles, Why};
pub use engine::{Decision, Engine, Explanation, Input, Lead, LeadBuilder, LeadError, LeadErrorKind, Outcome, Possible};
pub use error::{Error, ErrorKind};
pub use program::{LoadError, LoadErrorKind, Program};
