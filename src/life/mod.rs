//! What becomes of leads between decisions: pure functions over explicit state. The host stores what they return.

mod error;
pub mod given;
pub mod queues;
mod legal;
mod names;
mod stages;
mod state;
#[cfg(test)]
mod tests;

pub use error::LifeError;
pub use legal::{Legal, Need};
pub use names::{PIN, UNPIN, migrate};
pub use stages::{Advance, Moved, Refused, Step, advance, legal, standing};
pub use state::{Change, Enrolment, MOST_ENTRIES, Pin, Pins, Reset, Sent, State};
