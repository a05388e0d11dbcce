//! Conditions as alternatives: a condition holds where one of its terms does, and a term where each slot that it names is in one of the cells
//! that it allows.
//!
//! This is so only while no slot is in the cell of a fault; who uses terms looks for that first.

use crate::program::{Cell, FAULT, FIRST_VALUE, Formula, FormulaId, Program, SlotId, Truth};

/// More terms than this are not worth having: the condition is evaluated as it stands.
const MOST: usize = 32;

/// Cells, as ascending ranges that do not touch: from the first on, before the second.
pub type Cells = Vec<(Cell, Cell)>;

/// The cells that a term allows, by slot, ascending; any cell in slots that it does not name.
pub type Term = Vec<(SlotId, Cells)>;

/// Which truths are looked for. A negation asks for the opposite, so four are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    True,
    False,
    NotTrue,
    NotFalse,
}

impl Wanted {
    fn admits(self, truth: Truth) -> bool {
        match self {
            Self::True => truth == Truth::True,
            Self::False => truth == Truth::False,
            Self::NotTrue => truth != Truth::True,
            Self::NotFalse => truth != Truth::False,
        }
    }

    fn of_negated(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::NotTrue => Self::NotFalse,
            Self::NotFalse => Self::NotTrue,
        }
    }
}

/// Takes conditions apart. What all of them together may cost is limited, so that loading stays quick whatever the program.
#[derive(Debug)]
pub struct Terms<'a> {
    program: &'a Program,
    budget: usize,
}

impl<'a> Terms<'a> {
    /// For the conditions of a program.
    pub fn new(program: &'a Program) -> Self {
        Self { program, budget: 1 << 22 }
    }

    /// The terms of a condition; none where they would be too many.
    pub fn of(&mut self, id: FormulaId) -> Option<Vec<Term>> {
        self.terms(id, Wanted::True)
    }

    /// The terms of a condition that is not false: it holds, or what it rests on is not known.
    pub fn of_possible(&mut self, id: FormulaId) -> Option<Vec<Term>> {
        self.terms(id, Wanted::NotFalse)
    }

    fn spend(&mut self, cost: usize) -> Option<()> {
        self.budget = self.budget.checked_sub(cost)?;
        Some(())
    }

    fn terms(&mut self, id: FormulaId, wanted: Wanted) -> Option<Vec<Term>> {
        self.spend(1)?;
        let program = self.program;
        match program.formulas.nodes.get(id as usize)? {
            Formula::Const(truth) => Some(if wanted.admits(*truth) { vec![Term::new()] } else { Vec::new() }),
            node @ (Formula::Atom(slot, _) | Formula::Within(slot, ..)) => {
                let (cells, all) = self.cells(*slot, node, wanted)?;
                Some(match (cells.is_empty(), all) {
                    (true, _) => Vec::new(),
                    (_, true) => vec![Term::new()],
                    _ => vec![vec![(*slot, cells)]],
                })
            }
            Formula::And(items) => match wanted {
                Wanted::True | Wanted::NotFalse => self.all(items.iter().map(|&item| (item, wanted))),
                Wanted::False | Wanted::NotTrue => self.any(items.iter().map(|&item| (item, wanted))),
            },
            Formula::Or(items) => match wanted {
                Wanted::True | Wanted::NotFalse => self.any(items.iter().map(|&item| (item, wanted))),
                Wanted::False | Wanted::NotTrue => self.all(items.iter().map(|&item| (item, wanted))),
            },
            Formula::Not(item) => self.terms(*item, wanted.of_negated()),
            Formula::Held(item) => match wanted {
                Wanted::True | Wanted::NotFalse => self.terms(*item, Wanted::True),
                Wanted::False | Wanted::NotTrue => self.terms(*item, Wanted::NotTrue),
            },
            &Formula::If(test, then, otherwise) => {
                if matches!(wanted, Wanted::True | Wanted::False) {
                    let mut terms = self.all([(test, Wanted::True), (then, wanted)].into_iter())?;
                    terms.extend(self.all([(test, Wanted::False), (otherwise, wanted)].into_iter())?);
                    return (terms.len() <= MOST).then_some(terms);
                }
                let then = self.any([(test, Wanted::NotTrue), (then, wanted)].into_iter())?;
                let otherwise = self.any([(test, Wanted::NotFalse), (otherwise, wanted)].into_iter())?;
                self.product(&then, &otherwise)
            }
        }
    }

    /// The cells of a slot, that of a fault aside, in which a node is as wanted; and whether these are all.
    fn cells(&mut self, slot: SlotId, node: &Formula, wanted: Wanted) -> Option<(Cells, bool)> {
        let program = self.program;
        let count = program.cells_of(slot)? as Cell;
        let mut cells = Cells::new();
        let mut add = |from: Cell, to: Cell| match cells.last_mut() {
            _ if from >= to => {}
            Some(last) if last.1 == from => last.1 = to,
            _ => cells.push((from, to)),
        };
        match node {
            Formula::Within(_, from, to) => {
                if wanted.admits(Truth::Unknown) {
                    add(0, FAULT);
                }
                for (truth, from, to) in [(Truth::False, FIRST_VALUE, *from), (Truth::True, *from, *to), (Truth::False, *to, count)] {
                    if wanted.admits(truth) {
                        add(from, to);
                    }
                }
            }
            node => {
                self.budget = self.budget.checked_sub(usize::from(count) / 8)?;
                for cell in (0..count).filter(|&cell| cell != FAULT) {
                    if program.formulas.in_cell(node, cell).is_some_and(|truth| wanted.admits(truth)) {
                        add(cell, cell + 1);
                    }
                }
            }
        }
        let held: usize = cells.iter().map(|&(from, to)| usize::from(to - from)).sum();
        Some((cells, held + 1 >= usize::from(count)))
    }

    fn any(&mut self, parts: impl Iterator<Item = (FormulaId, Wanted)>) -> Option<Vec<Term>> {
        let mut terms: Vec<Term> = Vec::new();
        for (id, wanted) in parts {
            terms.extend(self.terms(id, wanted)?);
            if terms.iter().any(Vec::is_empty) {
                return Some(vec![Term::new()]);
            }
            if terms.len() > MOST {
                return None;
            }
        }
        Some(terms)
    }

    fn all(&mut self, parts: impl Iterator<Item = (FormulaId, Wanted)>) -> Option<Vec<Term>> {
        let mut terms = vec![Term::new()];
        for (id, wanted) in parts {
            let part = self.terms(id, wanted)?;
            terms = self.product(&terms, &part)?;
            if terms.is_empty() {
                break;
            }
        }
        Some(terms)
    }

    fn product(&mut self, left: &[Term], right: &[Term]) -> Option<Vec<Term>> {
        let mut terms = Vec::new();
        for a in left {
            for b in right {
                self.spend(1 + a.len() + b.len())?;
                terms.extend(both(a, b));
                if terms.len() > MOST {
                    return None;
                }
            }
        }
        Some(terms)
    }
}

/// The term that holds where both do; none where that is nowhere.
fn both(a: &Term, b: &Term) -> Option<Term> {
    let mut term = Term::with_capacity(a.len() + b.len());
    let (mut left, mut right) = (a.iter().peekable(), b.iter().peekable());
    loop {
        match (left.peek(), right.peek()) {
            (Some(x), Some(y)) if x.0 == y.0 => {
                let cells = shared(&x.1, &y.1);
                if cells.is_empty() {
                    return None;
                }
                term.push((x.0, cells));
                left.next();
                right.next();
            }
            (Some(x), y) if y.is_none_or(|y| x.0 < y.0) => term.extend(left.next().cloned()),
            (_, Some(_)) => term.extend(right.next().cloned()),
            _ => return Some(term),
        }
    }
}

/// The cells that are in both.
fn shared(a: &Cells, b: &Cells) -> Cells {
    let mut cells = Cells::new();
    for &(from, to) in a {
        for &(least, end) in b {
            let (from, to) = (from.max(least), to.min(end));
            if from < to {
                cells.push((from, to));
            }
        }
    }
    cells
}
