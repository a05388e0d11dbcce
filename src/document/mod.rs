//! The policy document: YAML or JSON with source spans, read into a typed model.

#[cfg(test)]
mod coverage;
mod csv;
mod files;
mod format;
pub mod hit;
mod keys;
mod model;
mod normalized;
mod plain;
mod read;
mod schema;
mod shape;
mod tokens;
mod yaml;

pub use files::{Files, Folder};
pub use format::format;
pub use model::*;
pub use normalized::normalized;
pub use plain::Given;
pub(crate) use read::{capped, read_all};
pub use read::{read, referenced_files};
pub use schema::schema;
