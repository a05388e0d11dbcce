//! Conditions on their way from a checked expression to a formula: logic over tests of single variables.

use crate::program::{ListId, Pattern, StateTest, Transform, Truth, VariableId};

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Cond {
    /// Always this truth.
    Const(Truth),
    /// A test of one variable.
    Atom(VariableId, Test),
    /// All hold.
    And(Vec<Cond>),
    /// Any holds.
    Or(Vec<Cond>),
    /// It does not hold.
    Not(Box<Cond>),
    /// `test ? then : otherwise`
    If(Box<[Cond; 3]>),
    /// Unknown becomes false.
    Held(Box<Cond>),
    /// Of a slice: it rests on something secret, so it can have any truth. Each stands for itself.
    Open,
}

/// A test of one variable.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// Of a variable with finitely many values: the truth of each cell.
    Table(Vec<Truth>),
    /// Of a number.
    Number(Comparison, f64),
    /// Of a whole text.
    Member(Transform, Member),
    /// Of parts of a text; any of them.
    Contains(Transform, Vec<Pattern>),
    /// Of what a text finds in a dictionary: the truth of each cell.
    Lookup(ListId, Vec<Truth>),
    /// Of the state.
    State(StateTest),
}

/// A test of a whole text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Member {
    /// The text is this one.
    Is(String),
    /// The text is in a list.
    In(ListId),
}

/// A comparison of a number with a constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `==`
    Equal,
}

impl Comparison {
    /// The comparison with its sides exchanged.
    pub fn flipped(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessEqual => Self::GreaterEqual,
            Self::Greater => Self::Less,
            Self::GreaterEqual => Self::LessEqual,
            Self::Equal => Self::Equal,
        }
    }
}

impl Cond {
    /// All of them.
    pub fn and(items: Vec<Self>) -> Self {
        match items.len() {
            0 => Self::Const(Truth::True),
            1 => items.into_iter().next().unwrap_or(Self::Const(Truth::True)),
            _ => Self::And(items),
        }
    }

    /// Any of them. Searches of one text for parts become one search for any of the parts.
    pub fn or(items: Vec<Self>) -> Self {
        let mut merged: Vec<Self> = Vec::new();
        for item in items {
            if let Self::Atom(variable, Test::Contains(transform, patterns)) = &item {
                let same = merged.iter_mut().find_map(|known| match known {
                    Self::Atom(other, Test::Contains(by, found)) if other == variable && by == transform => Some(found),
                    _ => None,
                });
                if let Some(found) = same {
                    found.extend(patterns.iter().cloned());
                    found.sort();
                    found.dedup();
                    continue;
                }
            }
            merged.push(item);
        }
        match merged.len() {
            0 => Self::Const(Truth::False),
            1 => merged.into_iter().next().unwrap_or(Self::Const(Truth::False)),
            _ => Self::Or(merged),
        }
    }

    /// It does not hold.
    pub fn negated(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// Calls a function on every test.
    pub fn visit(&self, see: &mut impl FnMut(VariableId, &Test)) {
        match self {
            Self::Const(_) | Self::Open => {}
            Self::Atom(variable, test) => see(*variable, test),
            Self::And(items) | Self::Or(items) => items.iter().for_each(|item| item.visit(see)),
            Self::Not(item) | Self::Held(item) => item.visit(see),
            Self::If(parts) => parts.iter().for_each(|item| item.visit(see)),
        }
    }
}
