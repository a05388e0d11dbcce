//! What a unary test says of numbers: the interval between its ends, and the one value or the kind that it is.

use super::{Comparison, Literal, LiteralKind, Test};

/// An end of an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// There is none.
    None,
    /// The interval holds it.
    Included(f64),
    /// The interval ends before it.
    Excluded(f64),
}

impl Bound {
    /// As a lower end: whether a value lies above it.
    pub fn allows_below(self, value: f64) -> bool {
        match self {
            Self::None => true,
            Self::Included(end) => end <= value,
            Self::Excluded(end) => end < value,
        }
    }

    /// As an upper end: whether a value lies below it.
    pub fn allows_above(self, value: f64) -> bool {
        match self {
            Self::None => true,
            Self::Included(end) => value <= end,
            Self::Excluded(end) => value < end,
        }
    }
}

impl Test {
    /// The lower and upper end of the numbers that pass, where they are one interval.
    pub fn interval(&self) -> Option<(Bound, Bound)> {
        match self {
            Self::Range { from, to, open, .. } => {
                let to = to.number()?;
                Some((Bound::Included(from.number()?), if *open { Bound::Excluded(to) } else { Bound::Included(to) }))
            }
            Self::Compare { op, value, .. } => {
                let value = value.number()?;
                Some(match op {
                    Comparison::Equal => (Bound::Included(value), Bound::Included(value)),
                    Comparison::Less => (Bound::None, Bound::Excluded(value)),
                    Comparison::LessEqual => (Bound::None, Bound::Included(value)),
                    Comparison::Greater => (Bound::Excluded(value), Bound::None),
                    Comparison::GreaterEqual => (Bound::Included(value), Bound::None),
                    Comparison::NotEqual => return None,
                })
            }
            _ => None,
        }
    }

    /// The one value that passes, as text.
    pub fn literal(&self) -> Option<&str> {
        match self {
            Self::Compare { op: Comparison::Equal, value, .. } => Some(match &value.kind {
                LiteralKind::Word(text) | LiteralKind::Number(text) | LiteralKind::Quoted(text) => text,
                LiteralKind::Bool(true) => "true",
                LiteralKind::Bool(false) => "false",
            }),
            _ => None,
        }
    }

    /// It is `else`.
    pub fn is_else(&self) -> bool {
        matches!(self, Self::Else(_))
    }

    /// It is `-`.
    pub fn is_any(&self) -> bool {
        matches!(self, Self::Any(_))
    }
}

impl Literal {
    fn number(&self) -> Option<f64> {
        match &self.kind {
            LiteralKind::Number(text) => text.parse::<f64>().ok().filter(|value| value.is_finite()),
            _ => None,
        }
    }
}
