//! Sets of cells and sets of truths.

use std::ops::Range;

use crate::engine::truths::Truths;
use crate::program::{ABSENT, Cell, Cut, DECLINED, Domain, FAULT, FIRST_VALUE, Formula, FormulaId, Program, SlotId, Truth, Value, VariableId};

/// How many cells a word holds.
const WORD: usize = u64::BITS as usize;

/// For each slot of a program the cells that it can be in.
#[derive(Debug, Clone)]
pub struct Cells {
    /// A bit for each cell of each slot; every slot begins with a word of its own.
    words: Vec<u64>,
    /// Where the words of each slot begin, and where the last one's end.
    starts: Vec<usize>,
}

impl Cells {
    /// No cell for any slot.
    pub fn new(program: &Program) -> Self {
        let mut starts = vec![0];
        let mut end = 0;
        for slot in 0..program.slots.len() {
            end += program.cells_of(slot as SlotId).unwrap_or(0).div_ceil(WORD);
            starts.push(end);
        }
        Self { words: vec![0; end], starts }
    }

    fn range(&self, slot: SlotId) -> Range<usize> {
        let at = usize::from(slot);
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(&start), Some(&end)) => start..end,
            _ => 0..0,
        }
    }

    /// Takes all cells from a slot.
    pub fn clear(&mut self, slot: SlotId) {
        let range = self.range(slot);
        self.words.get_mut(range).unwrap_or_default().fill(0);
    }

    /// Adds a cell to a slot; one that the slot does not have counts as its fault.
    pub fn insert(&mut self, slot: SlotId, cell: Cell) {
        let range = self.range(slot);
        let words = self.words.get_mut(range).unwrap_or_default();
        let cell = usize::from(if usize::from(cell) < words.len() * WORD { cell } else { FAULT });
        if let Some(word) = words.get_mut(cell / WORD) {
            *word |= 1 << (cell % WORD);
        }
    }

    /// Whether a slot can be in a cell.
    pub fn contains(&self, slot: SlotId, cell: Cell) -> bool {
        self.next(slot, usize::from(cell)) == Some(cell)
    }

    /// The first cell of a slot from one on.
    pub fn next(&self, slot: SlotId, from: usize) -> Option<Cell> {
        let words = self.words.get(self.range(slot))?;
        let mut at = from;
        loop {
            let rest = words.get(at / WORD)? >> (at % WORD);
            if rest != 0 {
                return Some((at + rest.trailing_zeros() as usize) as Cell);
            }
            at = (at / WORD + 1) * WORD;
        }
    }

    /// The cells of a slot, ascending.
    pub fn of(&self, slot: SlotId) -> CellsOf<'_> {
        CellsOf { cells: self, slot, from: 0 }
    }

    /// The truths that a formula can have, slots independent of each other.
    pub fn truths(&self, program: &Program, id: FormulaId) -> Truths {
        match program.formulas.nodes.get(id as usize) {
            Some(Formula::Const(truth)) => Truths::of(*truth),
            Some(node @ (Formula::Atom(slot, _) | Formula::Within(slot, ..))) => {
                let mut set = Truths::NONE;
                for cell in self.of(*slot) {
                    set = set.or(Truths::of(program.formulas.in_cell(node, cell).unwrap_or(Truth::Fault)));
                }
                set
            }
            Some(Formula::And(items)) => self.connected(program, items, false),
            Some(Formula::Or(items)) => self.connected(program, items, true),
            Some(Formula::Not(item)) => self.truths(program, *item).not(),
            Some(Formula::Held(item)) => self.truths(program, *item).map([Truth::False, Truth::True, Truth::False, Truth::Fault]),
            Some(Formula::If(test, then, otherwise)) => {
                let test = self.truths(program, *test);
                let mut set = Truths::NONE.with(Truth::Unknown, test.has(Truth::Unknown)).with(Truth::Fault, test.has(Truth::Fault));
                if test.has(Truth::True) {
                    set = set.or(self.truths(program, *then));
                }
                if test.has(Truth::False) {
                    set = set.or(self.truths(program, *otherwise));
                }
                set
            }
            None => Truths::of(Truth::Fault),
        }
    }

    /// The truths of `&&` (deciding: false) or `||` (deciding: true).
    fn connected(&self, program: &Program, items: &[FormulaId], deciding: bool) -> Truths {
        items.iter().fold(Truths::of(Truth::of(!deciding)), |all, &item| all.connect(self.truths(program, item), deciding))
    }
}

/// The cells of a slot; see [`Cells::of`].
pub struct CellsOf<'a> {
    cells: &'a Cells,
    slot: SlotId,
    from: usize,
}

impl Iterator for CellsOf<'_> {
    type Item = Cell;

    fn next(&mut self) -> Option<Cell> {
        let cell = self.cells.next(self.slot, self.from)?;
        self.from = usize::from(cell) + 1;
        Some(cell)
    }
}

/// What an open field's slots can be in.
pub struct OpenField {
    /// Its slots.
    pub slots: Range<SlotId>,
    /// Combinations of cells: one cell for each of the slots, one combination after the other.
    pub cells: Vec<Cell>,
    /// There are no other combinations.
    pub complete: bool,
}

impl OpenField {
    /// The combinations that a field's slots can take.
    pub fn new(program: &Program, field: VariableId) -> Self {
        let slots = program.slots_of(field);
        let mut cells = Vec::new();
        for state in [ABSENT, DECLINED] {
            slots.clone().for_each(|_| cells.push(state));
        }
        for joint in &program.joints {
            if joint.variable == field {
                joint.cells.iter().for_each(|combination| cells.extend_from_slice(combination));
                return Self { slots, cells, complete: joint.complete };
            }
        }
        let complete = slots.len() <= 1;
        if complete {
            slots.clone().for_each(|slot| value_cells(program, slot, &mut |cell| cells.push(cell)));
        }
        Self { slots, cells, complete }
    }

    /// How many combinations there are.
    pub fn combinations(&self) -> usize {
        self.cells.len() / self.slots.len().max(1)
    }
}

/// Calls `see` with the cells of values that a variable with one slot can be in, ascending.
pub fn value_cells(program: &Program, slot: SlotId, see: &mut dyn FnMut(Cell)) {
    let Some(found) = program.slots.get(usize::from(slot)) else { return };
    let (low, high, whole) = match program.variables.get(usize::from(found.variable)).map(|variable| &variable.domain) {
        Some(Domain::Int(low, high)) => (*low as f64, *high as f64, true),
        Some(Domain::Double(low, high)) => (*low, *high, false),
        _ => (f64::NEG_INFINITY, f64::INFINITY, false),
    };
    let mut from = f64::NEG_INFINITY;
    for cell in FIRST_VALUE..program.cells_of(slot).unwrap_or(0) as Cell {
        let Cut::Thresholds(thresholds) = &found.cut else {
            see(cell);
            continue;
        };
        let below = thresholds.get(usize::from(cell - FIRST_VALUE)).copied().unwrap_or(f64::INFINITY);
        let least = if whole { from.max(low).ceil() } else { from.max(low) };
        if least < below && least <= high {
            see(cell);
        }
        from = below;
    }
}

/// A value in a cell of a variable that the machine reads: one of those that it stands for.
pub fn representative(program: &Program, variable: VariableId, cell: Cell) -> Value {
    let slot = program.slots_of(variable).next();
    let cut = slot.and_then(|slot| program.slots.get(usize::from(slot))).map(|slot| &slot.cut);
    let thresholds: &[f64] = if let Some(Cut::Thresholds(thresholds)) = cut { thresholds } else { &[] };
    let at = usize::from(cell.saturating_sub(FIRST_VALUE));
    let least = at.checked_sub(1).and_then(|before| thresholds.get(before)).copied();
    let below = |low: f64| thresholds.first().map_or(low, |first| low.max(first - 1.0));
    match program.variables.get(usize::from(variable)).map(|variable| &variable.domain) {
        Some(Domain::Int(low, _)) => Value::Int(least.map_or_else(|| below(*low as f64), f64::ceil) as i64),
        Some(Domain::Double(low, _)) => Value::Double(least.unwrap_or_else(|| below(*low))),
        _ => Value::String("".into()),
    }
}
