//! Spans, and diagnostics with an excerpt of the author's text. Every stage that reads an author's text reports through this module.

mod diagnostic;
#[cfg(feature = "author")]
mod locate;
#[cfg(feature = "author")]
mod render;
mod span;
mod suggest;
#[cfg(feature = "author")]
mod width;

pub use diagnostic::{Diagnostic, Severity};
#[cfg(feature = "author")]
pub use locate::{Location, Position, locate};
#[cfg(feature = "author")]
pub use render::{render, render_all};
pub use span::{SourceFile, Sources, Span, Spanned};
pub use suggest::suggest;
pub use width::columns;
