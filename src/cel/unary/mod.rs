//! Unary tests: what is asked of one value in `when` maps, `by` keys and table cells, such as `>= 100` or `finance | retail`.

mod desugar;
mod interval;
mod parse;
mod print;

pub use desugar::desugar;
pub use interval::Bound;
pub use parse::parse_test;
pub use print::print;

use crate::program::StateTest;
use crate::report::{Span, Spanned};

/// A unary test.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// `-`: any state at all.
    Any(Span),
    /// `else`: no other key of a `by` rule holds.
    Else(Span),
    /// A bare value (`finance`), or a value behind `!=`, `<`, `<=`, `>`, `>=`.
    Compare {
        /// How the value is compared.
        op: Comparison,
        /// With what.
        value: Literal,
        /// Where the test stands.
        span: Span,
    },
    /// `20..99`, or `0..<0.5` without its upper end.
    Range {
        /// The lower end, included; a number.
        from: Literal,
        /// The upper end; a number.
        to: Literal,
        /// The upper end is left out.
        open: bool,
        /// Where the test stands.
        span: Span,
    },
    /// `in lists.east`
    InList {
        /// The list's name, without `lists.`.
        list: Spanned<String>,
        /// Where the test stands.
        span: Span,
    },
    /// `contains "x"`, `starts "x"`, `ends "x"`
    Part {
        /// Which part.
        part: Part,
        /// The text.
        text: Literal,
        /// Where the test stands.
        span: Span,
    },
    /// `known`, `unanswered`, `declined`, `masked`
    State(StateTest, Span),
    /// `not a`
    Not(Box<Test>, Span),
    /// `a | b`
    Either(Vec<Test>, Span),
}

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// A bare value.
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
}

/// Parts of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// `contains`
    Contains,
    /// `starts`
    Starts,
    /// `ends`
    Ends,
}

/// A value in a unary test. What it means depends on the type of what is tested: `20` is a number of an int and a text of an enum.
#[derive(Debug, Clone, PartialEq)]
pub struct Literal {
    /// What it looks like.
    pub kind: LiteralKind,
    /// Where it stands.
    pub span: Span,
}

/// What a value in a unary test looks like.
#[derive(Debug, Clone, PartialEq)]
pub enum LiteralKind {
    /// A bare word.
    Word(String),
    /// A number, as written.
    Number(String),
    /// `true` or `false`.
    Bool(bool),
    /// A text in quotes, the quotes undone.
    Quoted(String),
}

impl Test {
    /// Where the test stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Any(span) | Self::Else(span) | Self::State(_, span) | Self::Not(_, span) | Self::Either(_, span) => *span,
            Self::Compare { span, .. } | Self::Range { span, .. } | Self::InList { span, .. } | Self::Part { span, .. } => *span,
        }
    }
}

impl Comparison {
    /// As it is written; nothing for equality.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
        }
    }
}

impl Part {
    /// The word that tests for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Contains => "contains",
            Self::Starts => "starts",
            Self::Ends => "ends",
        }
    }
}

/// The word of a state test.
fn state_word(state: StateTest) -> &'static str {
    match state {
        StateTest::Known => "known",
        StateTest::Unanswered => "unanswered",
        StateTest::Declined => "declined",
        StateTest::Masked => "masked",
    }
}

/// The words that begin a test or are one; as values they stand in quotes.
fn is_keyword(word: &str) -> bool {
    matches!(word, "not" | "in" | "contains" | "starts" | "ends" | "known" | "unanswered" | "declined" | "masked" | "else")
}
