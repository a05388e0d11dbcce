//! The policy document: YAML or JSON with source spans, read into a typed model.

mod csv;
mod files;
mod keys;
mod model;
mod read;
mod shape;
mod yaml;

pub use files::{Files, Folder};
pub use model::*;
pub use read::{read, referenced_files};

/// Canonical bytes.
pub fn normalized(document: &Document) -> Vec<u8> {
    format!("{document:?}").into_bytes()
}
