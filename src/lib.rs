//! Leadgate decides, at the form, what a B2B lead is worth and where it goes.

pub mod program;
pub mod report;
pub mod engine;
#[cfg(feature = "author")]
pub mod cel;
#[cfg(feature = "author")]
pub mod document;
#[cfg(feature = "author")]
pub mod compile;
