//! Planes that hold something for a moment.

use super::ROWS;
use super::planes::split;

/// Room for one step.
#[derive(Debug, Clone)]
pub struct Scratch {
    /// Terms that hold.
    pub bits: Vec<u8>,
    /// Their lower half.
    pub low: Vec<u8>,
    /// Their upper half.
    pub high: Vec<u8>,
    /// Sums that fit a byte.
    pub few: Vec<u8>,
    /// Sums of a group.
    pub group: Vec<i16>,
}

impl Scratch {
    /// Room for a block.
    pub fn new() -> Self {
        let plane = || vec![0; ROWS];
        Self { bits: plane(), low: plane(), high: plane(), few: plane(), group: vec![0; ROWS] }
    }

    /// Takes `bits` apart.
    pub fn split(&mut self) {
        split(&self.bits, &mut self.low, &mut self.high);
    }
}
