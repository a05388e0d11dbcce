//! Runs a program.
pub mod machine;
