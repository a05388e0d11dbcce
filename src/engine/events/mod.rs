//! From what a lead did to numbers: signals, and points for each event.

pub mod worth;
