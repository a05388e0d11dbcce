//! The policy document: YAML or JSON with source spans, read into a typed model.

mod model;

pub use model::*;
