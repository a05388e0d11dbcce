//! Runs a program.
pub mod machine;
pub mod text;
