//! Values, the four truths, and what a variable holds.

use std::cmp::Ordering;
use std::rc::Rc;

/// A value of the condition language.
#[derive(Debug, Clone)]
pub enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(Rc<str>),
    List(Rc<[Value]>),
    Map(Rc<[(Value, Value)]>),
}

impl Value {
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    /// As CEL's `==`: numbers by what they are worth, values of different kinds are not equal.
    pub fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Int(_) | Self::Double(_), Self::Int(_) | Self::Double(_)) => self.compare(other) == Some(Ordering::Equal),
            (Self::List(a), Self::List(b)) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| a.equals(b)),
            (Self::Map(a), Self::Map(b)) => {
                a.len() == b.len() && a.iter().all(|(key, value)| b.iter().any(|(k, v)| k.equals(key) && v.equals(value)))
            }
            _ => false,
        }
    }

    /// The order of two values of one kind; none between kinds that have no order, and none with a NaN.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Int(a), Self::Int(b)) => Some(a.cmp(b)),
            (Self::Double(a), Self::Double(b)) => a.partial_cmp(b),
            (Self::Int(a), Self::Double(b)) => (*a as f64).partial_cmp(b),
            (Self::Double(a), Self::Int(b)) => a.partial_cmp(&(*b as f64)),
            (Self::Bool(a), Self::Bool(b)) => Some(a.cmp(b)),
            (Self::Text(a), Self::Text(b)) => Some(a.chars().cmp(b.chars())),
            _ => None,
        }
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other) && self.equals(other)
    }
}

/// What an expression comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    Value(Value),
    Unknown,
    Fault,
}

impl Outcome {
    pub fn of(truth: Truth) -> Self {
        match truth {
            Truth::T => Self::Value(Value::Bool(true)),
            Truth::F => Self::Value(Value::Bool(false)),
            Truth::U => Self::Unknown,
            Truth::E => Self::Fault,
        }
    }

    /// The truth of a condition; a value that is no bool is a fault.
    pub fn truth(&self) -> Truth {
        match self {
            Self::Value(Value::Bool(true)) => Truth::T,
            Self::Value(Value::Bool(false)) => Truth::F,
            Self::Unknown => Truth::U,
            _ => Truth::E,
        }
    }
}

/// It holds, it does not, it rests on something unknown, it faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    T,
    F,
    U,
    E,
}

impl Truth {
    pub fn of(holds: bool) -> Self {
        if holds { Self::T } else { Self::F }
    }

    pub fn and(self, other: Self) -> Self {
        let has = |truth| self == truth || other == truth;
        if has(Self::F) {
            Self::F
        } else if has(Self::E) {
            Self::E
        } else if has(Self::U) {
            Self::U
        } else {
            Self::T
        }
    }

    pub fn or(self, other: Self) -> Self {
        let has = |truth| self == truth || other == truth;
        if has(Self::T) {
            Self::T
        } else if has(Self::E) {
            Self::E
        } else if has(Self::U) {
            Self::U
        } else {
            Self::F
        }
    }

    pub fn not(self) -> Self {
        match self {
            Self::T => Self::F,
            Self::F => Self::T,
            other => other,
        }
    }
}

/// What a variable holds when it is read.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    Value(Value),
    Absent,
    Declined,
    Masked,
    Fault,
}

impl State {
    pub fn read(&self) -> Outcome {
        match self {
            Self::Value(value) => Outcome::Value(value.clone()),
            Self::Absent | Self::Declined | Self::Masked => Outcome::Unknown,
            Self::Fault => Outcome::Fault,
        }
    }

    pub fn test(&self, test: StateTest) -> Truth {
        match (self, test) {
            (Self::Fault, _) => Truth::E,
            (Self::Value(_), StateTest::Known)
            | (Self::Absent, StateTest::Unanswered)
            | (Self::Declined, StateTest::Declined)
            | (Self::Masked, StateTest::Masked) => Truth::T,
            _ => Truth::F,
        }
    }
}

/// `known(x)` and its kin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateTest {
    Known,
    Unanswered,
    Declined,
    Masked,
}

impl StateTest {
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "known" => Self::Known,
            "unanswered" => Self::Unanswered,
            "declined" => Self::Declined,
            "masked" => Self::Masked,
            _ => return None,
        })
    }
}
