//! Conditions as functions of cells.

use super::cell::{Cell, FAULT, FIRST_VALUE, SlotId};

/// Index of a formula in [`Formulas::nodes`].
pub type FormulaId = u32;

/// The four truths, see the page on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Truth {
    /// It does not hold.
    False = 0,
    /// It holds.
    True = 1,
    /// It rests on something that is not known.
    Unknown = 2,
    /// It faults.
    Fault = 3,
}

impl Truth {
    /// The truth of a bool.
    pub fn of(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

/// The arena of a program's formulas; operands stand before the nodes that use them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Formulas {
    /// The nodes.
    pub nodes: Vec<Formula>,
    /// Truth tables of atoms: one truth per cell of the slot. Equal tables stand once.
    pub tables: Vec<Box<[Truth]>>,
    /// The choosing trees of derives; operands stand before the nodes that use them.
    pub chooses: Vec<Choose>,
}

impl Formulas {
    /// What a node that looks at one slot says of a cell of it; none for other nodes.
    #[cfg_attr(quick, optimize(speed))]
    pub fn in_cell(&self, node: &Formula, cell: Cell) -> Option<Truth> {
        match node {
            Formula::Atom(_, table) => self.tables.get(*table as usize)?.get(usize::from(cell)).copied(),
            Formula::Within(_, from, to) => Some(match cell {
                FAULT => Truth::Fault,
                ..FIRST_VALUE => Truth::Unknown,
                _ => Truth::of(*from <= cell && cell < *to),
            }),
            _ => None,
        }
    }

    /// Visits the nodes below some, and these, that look at a slot.
    pub fn each_slot(&self, mut below: Vec<FormulaId>, see: &mut dyn FnMut(&Formula, SlotId)) {
        while let Some(id) = below.pop() {
            let Some(node) = self.nodes.get(id as usize) else { continue };
            node.operands(&mut |operand| below.push(operand));
            if let Formula::Atom(slot, _) | Formula::Within(slot, ..) = node {
                see(node, *slot);
            }
        }
    }
}

/// A node.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Formula {
    /// Always this truth.
    Const(Truth),
    /// A slot's cell, through a truth table by index.
    Atom(SlotId, u32),
    /// A slot's cell, by where it lies: true from the first of these cells on and before the second, false in every other cell of values, unknown in
    /// the three states without value, a fault in the fourth. Thresholds are this; a table for each would make programs grow with their square.
    Within(SlotId, Cell, Cell),
    /// The four-valued `&&`.
    And(Box<[FormulaId]>),
    /// The four-valued `||`.
    Or(Box<[FormulaId]>),
    /// The four-valued `!`.
    Not(FormulaId),
    /// `test ? then : otherwise`.
    If(FormulaId, FormulaId, FormulaId),
    /// Unknown becomes false: collapse, for the `else` of a `by` rule.
    Held(FormulaId),
}

impl Formula {
    /// Visits the nodes that this one reads, in the order in which they stand.
    pub fn operands(&self, visit: &mut dyn FnMut(FormulaId)) {
        match self {
            Self::Const(_) | Self::Atom(..) | Self::Within(..) => {}
            Self::And(items) | Self::Or(items) => items.iter().for_each(|&item| visit(item)),
            Self::Not(item) | Self::Held(item) => visit(*item),
            Self::If(test, then, otherwise) => [test, then, otherwise].into_iter().for_each(|&item| visit(item)),
        }
    }
}

/// Index of a node of the choosing trees.
pub type ChooseId = u32;

/// A derive that is a function of cells: a tree of tests with constants at its leaves.
#[derive(Debug, Clone, PartialEq)]
pub enum Choose {
    /// This cell of the derive's slot.
    Cell(Cell),
    /// The cell that another slot's cell maps to.
    Map(SlotId, Box<[Cell]>),
    /// By a test; where the test is unknown the derive is absent, where it faults the derive is faulted.
    If(FormulaId, ChooseId, ChooseId),
}
