//! The section `stages` of the model.

use super::{Condition, Words};
use crate::report::{Span, Spanned};

/// Stages and moves.
#[derive(Debug, Clone, PartialEq)]
pub struct StagesDef {
    /// Where the section stands.
    pub span: Span,
    /// The stages, in order.
    pub list: Vec<StageDef>,
    /// The moves, in order.
    pub moves: Vec<MoveDef>,
    /// Names of older versions, for the states that were made with them.
    pub former: FormerDef,
}

/// A stage.
#[derive(Debug, Clone, PartialEq)]
pub struct StageDef {
    /// Its name.
    pub name: Spanned<String>,
    /// Fields that must be known to enter it.
    pub require: Vec<Spanned<String>>,
    /// What people call it.
    pub label: Words,
}

/// A move.
#[derive(Debug, Clone, PartialEq)]
pub struct MoveDef {
    /// Its id.
    pub id: Spanned<String>,
    /// Stages that it leaves.
    pub from: Vec<Spanned<String>>,
    /// The stage that it enters.
    pub to: Spanned<String>,
    /// What it is taken on.
    pub on: OnDef,
    /// When: all there is to a move on a condition, and what must hold besides for another; none: always.
    pub when: Option<Condition>,
    /// Only so long after its stage was entered.
    pub within: Option<TimeDef>,
    /// Only so long, in milliseconds, after the lead last left the stage that it enters.
    pub cool_down: Option<Spanned<i64>>,
    /// What is left of scores, in thousandths.
    pub reset: Vec<(Spanned<String>, u32)>,
    /// What must be said of why.
    pub reason: ReasonDef,
    /// Why, for people.
    pub because: Words,
}

/// What a move is taken on.
#[derive(Debug, Clone, PartialEq)]
pub enum OnDef {
    /// Its condition.
    Condition,
    /// An event that the host tells of.
    Event(Spanned<String>),
    /// Time since its stage was entered.
    After(TimeDef),
}

/// A length of time.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeDef {
    /// In milliseconds.
    pub length: Spanned<i64>,
    /// The calendar whose working time counts; none where all time does.
    pub calendar: Option<Spanned<String>>,
}

/// What must be said of why a move is taken.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum ReasonDef {
    /// Nothing.
    #[default]
    Optional,
    /// Something.
    Required,
    /// One of these.
    OneOf(Vec<Spanned<String>>),
}

/// Names of older versions, each with what it is called now; none where it is no more.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FormerDef {
    /// Stages.
    pub stages: Vec<(Spanned<String>, Option<Spanned<String>>)>,
    /// Moves.
    pub moves: Vec<(Spanned<String>, Option<Spanned<String>>)>,
    /// Scores.
    pub scores: Vec<(Spanned<String>, Option<Spanned<String>>)>,
}
