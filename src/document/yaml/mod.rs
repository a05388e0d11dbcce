//! YAML and JSON with source spans: text into a tree of nodes, with its traps explained.

mod characters;
mod node;
mod offsets;
mod parse;
pub mod plain;
mod positions;
mod recover;
mod surrogates;
mod syntax;

pub use node::{Entry, Kind, Node, Scalar, Style};
pub use offsets::offsets;
pub use recover::parse;
