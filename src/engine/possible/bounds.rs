//! Lifting a decision to sets and intervals.

use crate::engine::Engine;
use crate::engine::lead::Lead;
use super::Possible;

/// What can still come out, bounded.
pub fn run(engine: &Engine, lead: &Lead, stage: Option<u16>) -> Possible {
    let _ = (lead, stage);
    Possible::empty(engine)
}
