//! The budget of an evaluation.

use super::{Fault, WORK_LIMIT};
use crate::program::Value;

/// Nodes on the path from an expression's root to any of its leaves; loading refuses deeper expressions, and no value nests deeper than these.
pub(super) const DEPTH_LIMIT: u32 = 256;

/// What is left of a budget.
#[derive(Debug)]
pub(super) struct Work {
    budget: u64,
    left: u64,
}

impl Work {
    pub(super) fn new() -> Self {
        Self::of(WORK_LIMIT)
    }

    pub(super) fn of(budget: u64) -> Self {
        Self { budget, left: budget }
    }

    /// What was taken off so far.
    pub(super) fn spent(&self) -> u64 {
        self.budget - self.left
    }

    /// Takes units off the budget.
    #[inline(never)]
    pub(super) fn spend(&mut self, units: usize) -> Result<(), Fault> {
        let left = self.left.checked_sub(units as u64);
        self.left = left.unwrap_or(0);
        left.map_or(Err(Fault::Fuel), |_| Ok(()))
    }

    /// Takes off what it costs to read or make so many bytes of text.
    pub(super) fn spend_bytes(&mut self, bytes: usize) -> Result<(), Fault> {
        self.spend(bytes >> 4)
    }

    /// Takes off what it costs to read the text of a value.
    pub(super) fn spend_on(&mut self, value: &Value) -> Result<(), Fault> {
        match value {
            Value::String(text) => self.spend_bytes(text.len()),
            Value::Bytes(bytes) => self.spend_bytes(bytes.len()),
            _ => Ok(()),
        }
    }
}
