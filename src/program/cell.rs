//! Slots and cells: the finite view of a variable that conditions are decided on.
//!
//! All tests of a policy on one variable split its values into cells: intervals between thresholds, classes of strings
//! that no test tells apart. Together with the states that are not values, a variable is then one small number per slot, and a condition a table over it.

use super::expression::{ListId, VariableId};

/// The number of a cell within its slot.
pub type Cell = u16;

/// The variable was not given, or its derive came out unknown.
pub const ABSENT: Cell = 0;
/// Asked and refused.
pub const DECLINED: Cell = 1;
/// Its question does not apply.
pub const MASKED: Cell = 2;
/// It faulted.
pub const FAULT: Cell = 3;
/// The first cell of values.
pub const FIRST_VALUE: Cell = 4;

/// Index of a slot in a program.
pub type SlotId = u16;

/// One way in which a variable is cut into cells. A text may have several; every other variable that a condition reads has one.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// Whose cells.
    pub variable: VariableId,
    /// How its values are cut.
    pub cut: Cut,
}

/// How values become cells. The first cell of values is [`FIRST_VALUE`].
#[derive(Debug, Clone, PartialEq)]
pub enum Cut {
    /// A number: cell i holds the values at or above i of these ascending thresholds.
    Thresholds(Vec<f64>),
    /// A variable with finitely many values: one cell for each, in the order of its domain.
    Finite(u16),
    /// Any text at all.
    Given,
    /// A text by what it is and which lists it is in, after the transform: a cell for each class that occurs, see [`Members`].
    Members(Members),
    /// A text that passes any of these tests: two cells, no and yes.
    Contains(Contains),
    /// A text by the entry of a dictionary that it finds: the first cell is "none", then one per class of entries, see [`List`](super::List).
    Lookup(ListId),
}

/// What is done to a text before it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Transform {
    /// Nothing.
    None,
    /// The domain of an e-mail address, in lower case. A text without one gets the cell [`ABSENT`] for the slot.
    Domain,
    /// ASCII lower case.
    LowerAscii,
}

/// Tests for whole texts: being one of these, being in one of these lists.
#[derive(Debug, Clone, PartialEq)]
pub struct Members {
    /// What is done to the text first.
    pub transform: Transform,
    /// Texts that are told apart, ascending, each once.
    pub texts: Vec<String>,
    /// Lists that are asked, at most 64.
    pub lists: Vec<ListId>,
    /// What some text can be, ascending, nothing at all first: the index is the class. The number of the text among `texts` counted from 1, zero for another text; and
    /// the set of lists that it is in, list 0 the lowest bit.
    pub classes: Vec<(u16, u64)>,
}

/// Tests for parts of a text; the cell is "yes" if any holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Contains {
    /// What is done to the text first.
    pub transform: Transform,
    /// The tests.
    pub patterns: Vec<Pattern>,
}

/// A test for a part of a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pattern {
    /// The text contains this.
    Contains(String),
    /// The text starts with this.
    Starts(String),
    /// The text ends with this.
    Ends(String),
}

impl Cut {
    /// How many cells the slot has, the four that are not values included.
    pub fn cells(&self, list_classes: impl Fn(ListId) -> usize) -> usize {
        let values = match self {
            Self::Thresholds(thresholds) => thresholds.len() + 1,
            Self::Finite(count) => usize::from(*count),
            Self::Given => 1,
            Self::Members(members) => members.classes.len(),
            Self::Contains(_) => 2,
            Self::Lookup(list) => 1 + list_classes(*list),
        };
        usize::from(FIRST_VALUE) + values
    }
}
