//! What becomes of leads between decisions: pure functions over explicit state. The host stores what they return.

mod error;
pub mod given;
pub mod queues;
pub mod sops;
mod state;

pub use error::LifeError;
pub use state::{Change, Enrolment, MOST_ENTRIES, Pin, Pins, Reset, Sent, State};
