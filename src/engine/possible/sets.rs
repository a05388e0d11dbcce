//! Sets of cells and sets of truths.

use std::ops::Range;

use crate::program::{ABSENT, Cell, Cut, DECLINED, Domain, FAULT, FIRST_VALUE, Formula, FormulaId, Program, SlotId, Truth, VariableId};

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
                let mut set = Truths::default();
                for cell in self.of(*slot) {
                    set = set.or(Truths::of(program.formulas.in_cell(node, cell).unwrap_or(Truth::Fault)));
                }
                set
            }
            Some(Formula::And(items)) => self.truths_of_all(program, items, [Truth::True, Truth::Unknown, Truth::Fault, Truth::False]),
            Some(Formula::Or(items)) => self.truths_of_all(program, items, [Truth::False, Truth::Unknown, Truth::Fault, Truth::True]),
            Some(Formula::Not(item)) => self.truths(program, *item).map([Truth::True, Truth::False, Truth::Unknown, Truth::Fault]),
            Some(Formula::Held(item)) => self.truths(program, *item).map([Truth::False, Truth::True, Truth::False, Truth::Fault]),
            Some(Formula::If(test, then, otherwise)) => {
                let test = self.truths(program, *test);
                let mut set = Truths(test.0 & UNDECIDED.0);
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

    /// The truths of `&&` or `||`: of what the items can be, the truth that wins; `rising` has the truths in the order in which they win.
    fn truths_of_all(&self, program: &Program, items: &[FormulaId], rising: [Truth; 4]) -> Truths {
        let mut all = Truths::of(rising[0]);
        for &item in items {
            let item = self.truths(program, item);
            let (mut before, mut here) = (Truths::default(), Truths::default());
            let mut wins = Truths::default();
            for truth in rising {
                let truth = Truths::of(truth);
                before = before.or(Truths(all.0 & truth.0));
                here = here.or(Truths(item.0 & truth.0));
                // One of the two is this truth, and the other can be one that does not win over it.
                if before.0 != 0 && here.0 != 0 {
                    wins = wins.or(Truths((all.0 | item.0) & truth.0));
                }
            }
            all = wins;
        }
        all
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

/// A set of truths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Truths(u8);

/// Neither T nor F.
const UNDECIDED: Truths = Truths(1 << Truth::Unknown as u8 | 1 << Truth::Fault as u8);

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

    /// What becomes of F, T, U and E.
    fn map(self, to: [Truth; 4]) -> Self {
        let mut set = Self::default();
        for (from, &to) in to.iter().enumerate() {
            if self.0 >> from & 1 != 0 {
                set = set.or(Self::of(to));
            }
        }
        set
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
