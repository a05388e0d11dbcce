//! What becomes of leads between decisions: pure functions over explicit state. The host stores what they return.

mod error;
mod events;
pub mod given;
pub mod queues;
mod situation;
mod state;

pub use error::LifeError;
pub use events::read as read_events;
pub use situation::Situation;
pub use state::{Change, Enrolment, MOST_ENTRIES, Pin, Pins, Reset, Sent, State};
