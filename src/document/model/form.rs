//! The form and what may leave for the page, as written.

use super::{Code, Condition, Words};
use crate::report::Spanned;

/// The form.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AskDef {
    /// What must be settled: `route`, `stage` or a table output.
    pub settle: Option<Spanned<String>>,
    /// At most so many new questions a visit.
    pub per_visit: Option<u32>,
    /// The questions in the order of the form.
    pub questions: Vec<QuestionDef>,
}

/// A question.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionDef {
    /// The field that it asks for.
    pub field: Spanned<String>,
    /// What it says.
    pub label: Words,
    /// A line of help.
    pub help: Words,
    /// Its choices.
    pub choices: Vec<ChoiceDef>,
    /// Its gate.
    pub when: Option<Condition>,
    /// Friction as the author says; see [`Document::cost`].
    pub cost: Option<f64>,
    /// The form may not be sent without it.
    pub required: bool,
    /// It is asked whatever is known.
    pub always: bool,
    /// It is asked only of who sent the form so many times before.
    pub after: u32,
    /// How often answers are to be expected: choices, unary tests, example texts or states, with weights relative to each other.
    pub prior: Vec<(Code, Spanned<f64>)>,
}

/// A choice of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceDef {
    /// Its id.
    pub id: Spanned<String>,
    /// The value or range: a unary test.
    pub test: Code,
    /// What it says.
    pub label: Words,
}

/// What may leave for the page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageDef {
    /// Fields.
    pub fields: Vec<Spanned<String>>,
    /// Lists.
    pub lists: Vec<Spanned<String>>,
    /// Derives.
    pub derives: Vec<Spanned<String>>,
    /// Scores.
    pub scores: Vec<Spanned<String>>,
    /// Tables.
    pub tables: Vec<Spanned<String>>,
    /// Declared bounds of secret numbers.
    pub bounds: Vec<(Spanned<String>, f64, f64)>,
    /// What a visitor is told.
    pub messages: Vec<MessageDef>,
}

/// What a visitor is told of some outcomes.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageDef {
    /// Its public id.
    pub id: Spanned<String>,
    /// The outcomes that it is for, `screened:<id>` among them; none: whatever no other message is for.
    pub outcomes: Option<Vec<Spanned<String>>>,
    /// What it says.
    pub text: Words,
}
