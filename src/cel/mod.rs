//! The condition language: lexer, parser, checker, unary tests, printer.

pub mod ast;
pub mod checked;
mod checker;
mod language;
mod lexer;
mod literal;
mod parser;
mod print;
mod standard;
pub mod types;
pub mod unary;

pub use checked::{Checked, CheckedKind};
pub use checker::{Expected, check};
pub use language::{Declared, Language, Overload};
pub use parser::{is_name, parse};
pub use print::{print, print_as_spelled};
pub use types::{EnumType, Type};
pub use unary::{desugar, parse_test};

pub use crate::report::suggest;

use crate::report::{Diagnostic, Span};

/// What a name in an expression may refer to.
#[derive(Debug, Clone, Default)]
pub struct Env {
    /// Variables by index; names may have dots.
    pub variables: Vec<EnvVariable>,
    /// Lists by index.
    pub lists: Vec<EnvList>,
    /// The language as it is defined, in place of its profile for policies.
    pub language: Option<Language>,
}

/// A variable that expressions can read.
#[derive(Debug, Clone)]
pub struct EnvVariable {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// `declined` and `masked` may be asked of it: it is a field.
    pub is_field: bool,
    /// `known` and `unanswered` may be asked of it although it is no field: it is a derive.
    pub is_derive: bool,
    /// Why it may not be read here, such as "`stage` cannot be read by a table that feeds a move"; none where it may.
    pub barred: Option<String>,
}

/// A list that expressions can read.
#[derive(Debug, Clone)]
pub struct EnvList {
    /// Its name, without `lists.`.
    pub name: String,
    /// The columns of a dictionary with their types, the key first; empty for a plain list.
    pub columns: Vec<(String, Type)>,
}

/// Where the characters of an expression stand in the author's file.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    /// The expression.
    pub text: &'a str,
    /// Its place as a whole.
    pub span: Span,
    /// For each byte of `text` (and one past its end) its offset in the file; empty where the text stands there as it is, from `span.start` on.
    pub offsets: &'a [u32],
}

impl Text<'_> {
    /// The place of a byte range of the text.
    pub fn span_of(&self, start: usize, end: usize) -> Span {
        let at = |index: usize| match self.offsets.get(index) {
            Some(&offset) => offset,
            None => self.span.start.saturating_add(u32::try_from(index).unwrap_or(u32::MAX)).min(self.span.end),
        };
        Span::new(self.span.file, at(start), at(end))
    }
}

/// All errors of one expression.
pub type Errors = Vec<Diagnostic>;
