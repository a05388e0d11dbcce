//! Golden leads, as written.

use super::{Code, Scalar};
use crate::document::plain::Given;
use crate::report::{Span, Spanned};

/// A golden lead.
#[derive(Debug, Clone, PartialEq)]
pub struct TestDef {
    /// Its id.
    pub id: Spanned<String>,
    /// The lead: field names and answers.
    pub lead: Vec<(Spanned<String>, AnswerDef)>,
    /// When it is decided, what the lead has done and where it stands: `now`, `events`, `state`, as a host gives them.
    pub given: Given,
    /// What becomes of its state, step by step.
    pub steps: Vec<TestStepDef>,
    /// What must come out, after all steps: names and values, `Null` for "nothing".
    pub expect: Vec<(Spanned<String>, ExpectDef)>,
}

/// A step in the story of a golden lead.
#[derive(Debug, Clone, PartialEq)]
pub struct TestStepDef {
    /// `now`, and under `step` what is done, as a host gives them.
    pub given: Given,
    /// Where it stands.
    pub span: Span,
    /// What must come out at that moment, after the step.
    pub expect: Vec<(Spanned<String>, ExpectDef)>,
    /// Steps of schedules that are sent then, each with its schedule: `nurture.day1-welcome`; none where nobody asks what is due.
    pub sent: Option<Vec<Spanned<String>>>,
}

/// What a golden lead expects of one name.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpectDef {
    /// A value.
    Value(Spanned<Scalar>),
    /// Of `faults` and `moves`: exactly these names.
    Names(Vec<Spanned<String>>),
    /// Of an output that is a list: exactly these values, in this order.
    List(Vec<Spanned<Scalar>>, Span),
}

/// An answer in a golden lead.
#[derive(Debug, Clone, PartialEq)]
pub enum AnswerDef {
    /// A value; `Null` is absent.
    Value(Spanned<Scalar>, Source),
    /// `{ declined: true }`
    Declined(Span),
    /// `{ choice: id }`
    Choice(Spanned<String>),
    /// `{ range: 20..99, as: 50 }`
    Range(Code, Spanned<f64>),
}

/// Where an answer came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Source {
    /// The form.
    #[default]
    Typed,
    /// A CRM, enrichment, the host.
    Record,
}
