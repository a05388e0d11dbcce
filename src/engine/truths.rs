//! Sets of truths: what a condition may be in a lead that is only partly known.

use crate::program::Truth;

/// A set of truths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Truths(u8);

impl Truths {
    /// No truth.
    pub const NONE: Self = Self(0);
    /// True and false.
    #[cfg(feature = "expressions")]
    pub const BOTH: Self = Self(1 << Truth::True as u8 | 1 << Truth::False as u8);

    /// The set of one truth.
    pub fn of(truth: Truth) -> Self {
        Self(1 << truth as u8)
    }

    /// Adds a truth, where it may be.
    #[must_use]
    pub fn with(self, truth: Truth, may_be: bool) -> Self {
        Self(self.0 | u8::from(may_be) << truth as u8)
    }

    /// Whether a truth is in it.
    pub fn has(self, truth: Truth) -> bool {
        self.0 & Self::of(truth).0 != 0
    }

    /// Whether the condition may not hold: F or U.
    pub fn may_pass(self) -> bool {
        self.has(Truth::False) || self.has(Truth::Unknown)
    }

    /// Both sets.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What becomes of F, T, U and E.
    #[must_use]
    pub fn map(self, to: [Truth; 4]) -> Self {
        let mut set = Self::NONE;
        for (from, &to) in to.iter().enumerate() {
            set = set.with(to, self.0 >> from & 1 != 0);
        }
        set
    }

    /// The four-valued `!`.
    #[must_use]
    pub fn not(self) -> Self {
        self.map([Truth::True, Truth::False, Truth::Unknown, Truth::Fault])
    }

    /// `&&` (deciding: false) and `||` (deciding: true) of any truth of one set with any of another.
    #[must_use]
    pub fn connect(self, other: Self, deciding: bool) -> Self {
        // In this order the stronger of two operands is the result.
        let (mut set, mut weaker) = (Self::NONE, Self::NONE);
        for truth in [Truth::of(!deciding), Truth::Unknown, Truth::Fault, Truth::of(deciding)] {
            weaker = weaker.with(truth, true);
            set = set.with(truth, self.has(truth) && other.0 & weaker.0 != 0 || other.has(truth) && self.0 & weaker.0 != 0);
        }
        set
    }
}
