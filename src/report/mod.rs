//! Spans, and diagnostics with an excerpt of the author's text. Every stage that reads an author's text reports through this module.

mod diagnostic;
mod span;
mod suggest;

pub use diagnostic::{Diagnostic, Severity};
pub use span::{SourceFile, Sources, Span, Spanned};
pub use suggest::suggest;
