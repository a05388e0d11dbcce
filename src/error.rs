//! One error for programs that use the library with `?`: whatever was refused, with its kind.

use std::fmt;

use crate::engine::{LeadError, LeadErrorKind};
use crate::program::{LoadError, LoadErrorKind};

/// A document, a program or an answer of a lead that was refused.
///
/// Each call returns an error of its own; all of them become this one.
///
/// ```
/// fn seats(engine: &leadgate::Engine, seats: i64) -> Result<leadgate::Lead, leadgate::Error> {
///     let mut lead = engine.lead();
///     lead.set("seats", seats)?;
///     Ok(lead.build())
/// }
///
/// # let program = leadgate::compile_str("leadgate: 1\npolicy: p\nversion: \"1\"\nfields: { seats: { type: int, min: 1 } }").unwrap();
/// let engine = leadgate::Engine::new(program);
/// let refused = seats(&engine, 0).unwrap_err();
/// assert_eq!(refused.kind(), leadgate::ErrorKind::Lead(leadgate::LeadErrorKind::Bounds));
/// assert_eq!(refused.code(), "out-of-bounds");
/// ```
#[derive(Debug, Clone)]
pub struct Error(Box<Cause>);

/// What was refused, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// A policy document; the error's text is its diagnostics.
    Document,
    /// The bytes of a program.
    Program(LoadErrorKind),
    /// An answer of a lead.
    Lead(LeadErrorKind),
}

#[derive(Debug, Clone)]
enum Cause {
    #[cfg(feature = "author")]
    Document(crate::author::AuthorError),
    Program(LoadError),
    Lead(LeadError),
}

impl Error {
    /// What was refused, and why.
    pub fn kind(&self) -> ErrorKind {
        match &*self.0 {
            #[cfg(feature = "author")]
            Cause::Document(_) => ErrorKind::Document,
            Cause::Program(error) => ErrorKind::Program(error.kind),
            Cause::Lead(error) => ErrorKind::Lead(error.kind),
        }
    }

    /// The stable code: of a document that of its first diagnostic.
    pub fn code(&self) -> &'static str {
        match &*self.0 {
            #[cfg(feature = "author")]
            Cause::Document(error) => error.diagnostics.first().map_or("document", |found| found.code),
            Cause::Program(error) => error.kind.code(),
            Cause::Lead(error) => error.kind.code(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            #[cfg(feature = "author")]
            Cause::Document(error) => error.fmt(out),
            Cause::Program(error) => error.fmt(out),
            Cause::Lead(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for Error {}

/// The code and the message of an error by its number, out of texts that have a line `code: message` for each.
pub(crate) fn told(texts: &[&'static str], number: usize) -> (&'static str, &'static str) {
    let mut lines = texts.iter().flat_map(|text| text.lines());
    lines.nth(number).and_then(|line| line.split_once(": ")).unwrap_or_default()
}

#[cfg(feature = "author")]
impl From<crate::author::AuthorError> for Error {
    fn from(error: crate::author::AuthorError) -> Self {
        Self(Box::new(Cause::Document(error)))
    }
}

impl From<LoadError> for Error {
    fn from(error: LoadError) -> Self {
        Self(Box::new(Cause::Program(error)))
    }
}

impl From<LeadError> for Error {
    fn from(error: LeadError) -> Self {
        Self(Box::new(Cause::Lead(error)))
    }
}
