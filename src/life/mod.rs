//! What becomes of leads after a decision: pure functions over explicit state. The host stores what they return.

pub mod queues;
