//! What becomes of leads between decisions: pure functions over explicit state. The host stores what they return.

mod answers;
mod error;
mod events;
pub mod given;
mod legal;
mod names;
mod pins;
pub mod queues;
mod situation;
mod stages;
pub mod sops;
mod state;
mod stays;
#[cfg(test)]
mod tests;
mod until;
mod what_if;

pub use answers::{answer_advance, answer_legal, answer_migrate, answer_pin, answer_stays};
pub use error::LifeError;
pub use events::read as read_events;
pub use legal::{Legal, Need};
pub use names::{PIN, UNPIN, migrate};
pub use pins::{Pinned, pin, unpin};
pub use situation::Situation;
pub use stages::{Advance, Moved, Refused, Step, advance, legal, standing};
pub use state::{Change, Enrolment, MOST_ENTRIES, Pin, Pins, Reset, Sent, State};
pub use stays::{Stay, stays};
pub use until::{Come, HORIZON, Until, answer_until, until};
pub use what_if::what_if;
