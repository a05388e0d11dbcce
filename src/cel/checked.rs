//! The checked tree: names resolved to variables and lists, macros expanded, every node typed. What `compile` reads.

use super::types::Type;
use crate::program::{Form, Function, StateTest, Value};
use crate::report::Span;

/// A checked expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// What it is.
    pub kind: CheckedKind,
    /// Its type.
    pub ty: Type,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of checked expression. Indices of variables and lists are those of the [`Env`](super::Env).
#[derive(Debug, Clone, PartialEq)]
pub enum CheckedKind {
    /// A constant: a literal, or an expression over literals is left as it is.
    Const(Value),
    /// A variable of the document.
    Variable(usize),
    /// A comprehension's variable, by the number of comprehensions around the one that binds it (0: outermost).
    Local(usize),
    /// A strict function or operator on its arguments (a method's receiver comes first).
    Call(Function, Vec<Checked>),
    /// `!a`.
    Not(Box<Checked>),
    /// `a && b && …`, flattened.
    And(Vec<Checked>),
    /// `a || b || …`, flattened.
    Or(Vec<Checked>),
    /// `test ? then : otherwise`.
    If(Box<Checked>, Box<Checked>, Box<Checked>),
    /// A list.
    List(Vec<Checked>),
    /// A map.
    Map(Vec<(Checked, Checked)>),
    /// `operand.member` of a map.
    Member(Box<Checked>, String),
    /// `has(operand.member)` of a map.
    Has(Box<Checked>, String),
    /// `text in lists.x`.
    InList(Box<Checked>, usize),
    /// `lookup(lists.x, text).column`: list, text, index among the list's columns (0 is the key).
    Lookup(usize, Box<Checked>, usize),
    /// `known(x)` and its kin, on a variable.
    State(StateTest, usize),
    /// A form of the whole language, on its parts.
    Form(Form, Vec<Checked>),
    /// A comprehension.
    Fold {
        /// Which macro.
        fold: crate::program::Fold,
        /// The range: a list, or a map whose keys are visited in order.
        range: Box<Checked>,
        /// The predicate; for `map` without one, none.
        predicate: Option<Box<Checked>>,
        /// The result of `map`.
        result: Option<Box<Checked>>,
    },
}

impl Checked {
    /// The direct parts.
    pub fn parts(&self) -> Vec<&Checked> {
        match &self.kind {
            CheckedKind::Const(_) | CheckedKind::Variable(_) | CheckedKind::Local(_) | CheckedKind::State(..) => Vec::new(),
            CheckedKind::Call(_, items) | CheckedKind::And(items) | CheckedKind::Or(items) | CheckedKind::List(items) | CheckedKind::Form(_, items) => {
                items.iter().collect()
            }
            CheckedKind::Not(item) | CheckedKind::Member(item, _) | CheckedKind::Has(item, _) | CheckedKind::InList(item, _) | CheckedKind::Lookup(_, item, _) => {
                vec![item]
            }
            CheckedKind::If(test, then, otherwise) => vec![test, then, otherwise],
            CheckedKind::Map(entries) => entries.iter().flat_map(|(key, value)| [key, value]).collect(),
            CheckedKind::Fold { range, predicate, result, .. } => {
                [Some(range), predicate.as_ref(), result.as_ref()].into_iter().flatten().map(|item| &**item).collect()
            }
        }
    }

    /// The direct parts, to be changed.
    pub fn parts_mut(&mut self) -> Vec<&mut Checked> {
        match &mut self.kind {
            CheckedKind::Const(_) | CheckedKind::Variable(_) | CheckedKind::Local(_) | CheckedKind::State(..) => Vec::new(),
            CheckedKind::Call(_, items) | CheckedKind::And(items) | CheckedKind::Or(items) | CheckedKind::List(items) | CheckedKind::Form(_, items) => {
                items.iter_mut().collect()
            }
            CheckedKind::Not(item) | CheckedKind::Member(item, _) | CheckedKind::Has(item, _) | CheckedKind::InList(item, _) | CheckedKind::Lookup(_, item, _) => {
                vec![item]
            }
            CheckedKind::If(test, then, otherwise) => vec![test, then, otherwise],
            CheckedKind::Map(entries) => entries.iter_mut().flat_map(|(key, value)| [key, value]).collect(),
            CheckedKind::Fold { range, predicate, result, .. } => {
                [Some(range), predicate.as_mut(), result.as_mut()].into_iter().flatten().map(|item| &mut **item).collect()
            }
        }
    }

    /// Whether it has more levels than so many.
    pub(super) fn is_deeper_than(&self, levels: u32) -> bool {
        levels == 0 || self.parts().into_iter().any(|part| part.is_deeper_than(levels - 1))
    }
}
