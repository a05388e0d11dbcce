//! Sets of cells and sets of truths.

use crate::engine::frame::{join, negate};
use crate::program::{Cell, Cut, DECLINED, ABSENT, Domain, FIRST_VALUE, Formula, FormulaId, Program, SlotId, Truth, VariableId};

/// A set of cells of one slot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CellSet {
    words: Vec<u64>,
}

impl CellSet {
    /// The set of one cell.
    pub fn of(cell: Cell) -> Self {
        let mut set = Self::default();
        set.insert(cell);
        set
    }

    /// Adds a cell.
    pub fn insert(&mut self, cell: Cell) {
        let at = usize::from(cell / 64);
        if self.words.len() <= at {
            self.words.resize(at + 1, 0);
        }
        if let Some(word) = self.words.get_mut(at) {
            *word |= 1 << (cell % 64);
        }
    }

    /// Whether a cell is in it.
    pub fn contains(&self, cell: Cell) -> bool {
        self.words.get(usize::from(cell / 64)).is_some_and(|word| word >> (cell % 64) & 1 == 1)
    }

    /// Adds another set's cells.
    pub fn extend(&mut self, other: &Self) {
        for cell in other.iter() {
            self.insert(cell);
        }
    }

    /// Its cells, ascending.
    pub fn iter(&self) -> impl Iterator<Item = Cell> + '_ {
        self.words.iter().enumerate().flat_map(|(at, &word)| {
            (0..64u16).filter(move |bit| word >> bit & 1 == 1).map(move |bit| at as Cell * 64 + bit)
        })
    }
}

/// A set of truths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Truths(u8);

impl Truths {
    /// The set of one truth.
    pub fn of(truth: Truth) -> Self {
        Self(1 << truth as u8)
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
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Its truths.
    pub fn iter(self) -> impl Iterator<Item = Truth> {
        [Truth::False, Truth::True, Truth::Unknown, Truth::Fault].into_iter().filter(move |&truth| self.has(truth))
    }

    fn map(self, of: impl Fn(Truth) -> Truth) -> Self {
        self.iter().fold(Self(0), |set, truth| set.or(Self::of(of(truth))))
    }
}

/// The truths that a formula can have when each slot can be in any of a set of cells, slots independent of each other.
pub fn truths<'a>(program: &Program, id: FormulaId, cells: &impl Fn(SlotId) -> Option<&'a CellSet>) -> Truths {
    let all = |items: &[FormulaId], deciding: Truth| {
        let start = Truths::of(negate(deciding));
        items.iter().fold(start, |so_far, &item| {
            let next = truths(program, item, cells);
            so_far.iter().fold(Truths(0), |set, a| set.or(next.map(|b| join(deciding, a, b))))
        })
    };
    match program.formulas.nodes.get(id as usize) {
        Some(Formula::Const(truth)) => Truths::of(*truth),
        Some(Formula::Atom(slot, table)) => match (program.formulas.tables.get(*table as usize), cells(*slot)) {
            (Some(table), Some(cells)) => cells.iter().fold(Truths(0), |set, cell| {
                set.or(Truths::of(table.get(usize::from(cell)).copied().unwrap_or(Truth::Fault)))
            }),
            _ => Truths::of(Truth::Fault),
        },
        Some(Formula::And(items)) => all(items, Truth::False),
        Some(Formula::Or(items)) => all(items, Truth::True),
        Some(Formula::Not(item)) => truths(program, *item, cells).map(negate),
        Some(Formula::Held(item)) => truths(program, *item, cells).map(|truth| if truth == Truth::Unknown { Truth::False } else { truth }),
        Some(Formula::If(test, then, otherwise)) => truths(program, *test, cells).iter().fold(Truths(0), |set, truth| {
            set.or(match truth {
                Truth::True => truths(program, *then, cells),
                Truth::False => truths(program, *otherwise, cells),
                undecided => Truths::of(undecided),
            })
        }),
        None => Truths::of(Truth::Fault),
    }
}

/// The combinations of cells that an open field's slots can take, and whether there are no others.
pub fn open_cells(program: &Program, field: VariableId) -> (Vec<Vec<Cell>>, bool) {
    let slots: Vec<SlotId> = program.slots_of(field).collect();
    let mut combinations = vec![vec![ABSENT; slots.len()], vec![DECLINED; slots.len()]];
    let mut complete = true;
    match program.joints.iter().find(|joint| joint.variable == field) {
        Some(joint) => {
            combinations.extend(joint.cells.iter().cloned());
            complete = joint.complete;
        }
        None => {
            let slot = slots.first().copied();
            let cells = slot.map(|slot| value_cells(program, slot)).unwrap_or_default();
            combinations.extend(cells.into_iter().map(|cell| vec![cell]));
            complete &= slots.len() <= 1;
        }
    }
    (combinations, complete)
}

/// The cells of values that a variable with one slot can be in.
pub fn value_cells(program: &Program, slot: SlotId) -> Vec<Cell> {
    let Some(found) = program.slots.get(usize::from(slot)) else { return Vec::new() };
    let domain = program.variables.get(usize::from(found.variable)).map(|variable| &variable.domain);
    let count = program.cells_of(slot).unwrap_or(0) as Cell;
    let all = FIRST_VALUE..count;
    let Cut::Thresholds(thresholds) = &found.cut else { return all.collect() };
    all.filter(|cell| {
        let below = thresholds.get(usize::from(cell - FIRST_VALUE)).copied().unwrap_or(f64::INFINITY);
        let from = usize::from(cell - FIRST_VALUE).checked_sub(1).and_then(|at| thresholds.get(at)).copied().unwrap_or(f64::NEG_INFINITY);
        match domain {
            Some(Domain::Int(low, high)) => {
                let least = from.max(*low as f64).ceil();
                least < below && least <= *high as f64
            }
            Some(Domain::Double(low, high)) => {
                let least = from.max(*low);
                least < below && least <= *high
            }
            _ => true,
        }
    })
    .collect()
}
