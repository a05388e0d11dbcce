//! Conditions to formulas on cells. Equal formulas stand once, and whatever rests on one slot becomes one truth table.

use std::collections::HashMap;

use super::cond::Cond;
use super::cut::{Cuts, Lookup};
use crate::engine::{join, negate};
use crate::program::{Cell, FIRST_VALUE, Formula, FormulaId, Program, SlotId, Truth};

/// What the building of formulas remembers.
#[derive(Debug, Default)]
pub struct FormulaBuilder {
    nodes: HashMap<Formula, FormulaId>,
    tables: HashMap<Box<[Truth]>, u32>,
}

/// A condition whose tests were looked up: cells instead of values.
#[derive(Debug, Clone)]
enum Tabled {
    Const(Truth),
    Atom(SlotId, Vec<Truth>),
    Within(SlotId, Range),
    And(Vec<Tabled>),
    Or(Vec<Tabled>),
    Not(Box<Tabled>),
    If(Box<[Tabled; 3]>),
    Held(Box<Tabled>),
}

/// Cells of values that hold, from one on and before another, of a slot of so many cells. Thresholds stay in this form as long as they can:
/// a table for each row of a large document would be as long as all rows' thresholds together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Range {
    from: Cell,
    to: Cell,
    cells: Cell,
}

impl Range {
    /// The empty range has one form.
    fn new(from: Cell, to: Cell, cells: Cell) -> Self {
        if from < to { Self { from, to, cells } } else { Self { from: FIRST_VALUE, to: FIRST_VALUE, cells } }
    }

    fn is_empty(self) -> bool {
        self.from == self.to
    }

    fn negated(self) -> Option<Self> {
        if self.from == FIRST_VALUE {
            Some(Self::new(self.to, self.cells, self.cells))
        } else if self.to == self.cells {
            Some(Self::new(FIRST_VALUE, self.from, self.cells))
        } else {
            None
        }
    }

    /// `&&` (decided by F) or `||` (decided by T) of two, where that is one range.
    fn joined(self, other: Self, deciding: Truth) -> Option<Self> {
        if deciding == Truth::False {
            return Some(Self::new(self.from.max(other.from), self.to.min(other.to), self.cells));
        }
        if self.is_empty() || other.is_empty() {
            return Some(if self.is_empty() { other } else { self });
        }
        let touching = self.from <= other.to && other.from <= self.to;
        touching.then(|| Self::new(self.from.min(other.from), self.to.max(other.to), self.cells))
    }

    fn table(self) -> Vec<Truth> {
        let states = [Truth::Unknown, Truth::Unknown, Truth::Unknown, Truth::Fault];
        states.into_iter().chain((FIRST_VALUE..self.cells).map(|cell| Truth::of(self.from <= cell && cell < self.to))).collect()
    }

    /// The range that a table is.
    fn of(table: &[Truth]) -> Option<Self> {
        let values = table.strip_prefix(&[Truth::Unknown, Truth::Unknown, Truth::Unknown, Truth::Fault])?;
        let before = values.iter().take_while(|&&truth| truth == Truth::False).count();
        let inside = values.iter().skip(before).take_while(|&&truth| truth == Truth::True).count();
        let after = values.iter().skip(before + inside).take_while(|&&truth| truth == Truth::False).count();
        let from = FIRST_VALUE + before as Cell;
        (before + inside + after == values.len()).then(|| Self::new(from, from + inside as Cell, table.len() as Cell))
    }
}

impl FormulaBuilder {
    /// The formula of a condition.
    pub fn formula(&mut self, program: &mut Program, cuts: &Cuts, cond: &Cond) -> FormulaId {
        let tabled = fold(tabled(program, cuts, cond));
        self.emit(program, tabled)
    }

    fn emit(&mut self, program: &mut Program, tabled: Tabled) -> FormulaId {
        let formula = match tabled {
            Tabled::Const(truth) => Formula::Const(truth),
            Tabled::Within(slot, range) => Formula::Within(slot, range.from, range.to),
            Tabled::Atom(slot, table) => 'atom: {
                if let Some(range) = Range::of(&table) {
                    break 'atom Formula::Within(slot, range.from, range.to);
                }
                let tables = &mut program.formulas.tables;
                let table = *self.tables.entry(table.into_boxed_slice()).or_insert_with_key(|table| {
                    tables.push(table.clone());
                    (tables.len() - 1) as u32
                });
                Formula::Atom(slot, table)
            }
            Tabled::And(items) => Formula::And(items.into_iter().map(|item| self.emit(program, item)).collect()),
            Tabled::Or(items) => Formula::Or(items.into_iter().map(|item| self.emit(program, item)).collect()),
            Tabled::Not(item) => Formula::Not(self.emit(program, *item)),
            Tabled::Held(item) => Formula::Held(self.emit(program, *item)),
            Tabled::If(parts) => {
                let [test, then, otherwise] = *parts;
                Formula::If(self.emit(program, test), self.emit(program, then), self.emit(program, otherwise))
            }
        };
        let nodes = &mut program.formulas.nodes;
        *self.nodes.entry(formula).or_insert_with_key(|formula| {
            nodes.push(formula.clone());
            (nodes.len() - 1) as FormulaId
        })
    }
}

fn tabled(program: &Program, cuts: &Cuts, cond: &Cond) -> Tabled {
    let all = |items: &[Cond]| items.iter().map(|item| tabled(program, cuts, item)).collect();
    match cond {
        Cond::Const(truth) => Tabled::Const(*truth),
        // A test that has no table cannot come from a checked document; a fault makes it seen.
        Cond::Atom(variable, test) => match cuts.look_up(program, *variable, test) {
            Some((slot, Lookup::Table(table))) => Tabled::Atom(slot, table),
            Some((slot, Lookup::Within { from, to, cells })) => Tabled::Within(slot, Range::new(from, to, cells)),
            None => Tabled::Const(Truth::Fault),
        },
        // Each was given a variable of its own before.
        Cond::Open => Tabled::Const(Truth::Fault),
        Cond::And(items) => Tabled::And(all(items)),
        Cond::Or(items) => Tabled::Or(all(items)),
        Cond::Not(item) => Tabled::Not(Box::new(tabled(program, cuts, item))),
        Cond::Held(item) => Tabled::Held(Box::new(tabled(program, cuts, item))),
        Cond::If(parts) => {
            let [test, then, otherwise] = &**parts;
            Tabled::If(Box::new([tabled(program, cuts, test), tabled(program, cuts, then), tabled(program, cuts, otherwise)]))
        }
    }
}

/// Makes one table of whatever rests on one slot.
fn fold(cond: Tabled) -> Tabled {
    match cond {
        Tabled::Const(_) | Tabled::Atom(..) | Tabled::Within(..) => cond,
        Tabled::Not(item) => match fold(*item) {
            Tabled::Const(truth) => Tabled::Const(negate(truth)),
            Tabled::Atom(slot, table) => Tabled::Atom(slot, table.into_iter().map(negate).collect()),
            Tabled::Within(slot, range) => match range.negated() {
                Some(range) => Tabled::Within(slot, range),
                None => Tabled::Atom(slot, range.table().into_iter().map(negate).collect()),
            },
            Tabled::Not(inner) => *inner,
            other => Tabled::Not(Box::new(other)),
        },
        Tabled::Held(item) => match fold(*item) {
            Tabled::Const(truth) => Tabled::Const(held(truth)),
            Tabled::Atom(slot, table) => Tabled::Atom(slot, table.into_iter().map(held).collect()),
            Tabled::Within(slot, range) => Tabled::Atom(slot, range.table().into_iter().map(held).collect()),
            other => Tabled::Held(Box::new(other)),
        },
        Tabled::And(items) => combine(items, Truth::False),
        Tabled::Or(items) => combine(items, Truth::True),
        Tabled::If(parts) => {
            let [test, then, otherwise] = *parts;
            choose(fold(test), fold(then), fold(otherwise))
        }
    }
}

/// `&&` (decided by F) or `||` (decided by T) of conditions; those on one slot merge.
fn combine(items: Vec<Tabled>, deciding: Truth) -> Tabled {
    let neutral = negate(deciding);
    let mut constant = neutral;
    let mut merged: Vec<Tabled> = Vec::new();
    let mut places: HashMap<SlotId, usize> = HashMap::new();
    let mut pending: Vec<Tabled> = items.into_iter().rev().collect();
    while let Some(item) = pending.pop() {
        match fold(item) {
            Tabled::Const(truth) => constant = join(deciding, constant, truth),
            Tabled::And(inner) if deciding == Truth::False => pending.extend(inner.into_iter().rev()),
            Tabled::Or(inner) if deciding == Truth::True => pending.extend(inner.into_iter().rev()),
            item @ (Tabled::Atom(slot, _) | Tabled::Within(slot, _)) => {
                let place = *places.entry(slot).or_insert(merged.len());
                match merged.get_mut(place) {
                    Some(known) => *known = join_on_slot(slot, known, item, deciding),
                    None => merged.push(item),
                }
            }
            other => merged.push(other),
        }
    }
    if constant == deciding || merged.is_empty() {
        return Tabled::Const(constant);
    }
    if constant != neutral {
        // U or E stands beside what is left; it joins the first table, if there is one.
        let first = merged.first_mut().and_then(|first| Some((first.table()?, first)));
        match first {
            Some(((slot, table), first)) => *first = Tabled::Atom(slot, table.into_iter().map(|known| join(deciding, known, constant)).collect()),
            None => merged.push(Tabled::Const(constant)),
        }
    }
    match (merged.len(), deciding) {
        (1, _) => merged.pop().unwrap_or(Tabled::Const(constant)),
        (_, Truth::False) => Tabled::And(merged),
        _ => Tabled::Or(merged),
    }
}

/// Two conditions on one slot as one.
fn join_on_slot(slot: SlotId, known: &Tabled, other: Tabled, deciding: Truth) -> Tabled {
    if let (Tabled::Within(_, a), Tabled::Within(_, b)) = (known, &other)
        && let Some(range) = a.joined(*b, deciding)
    {
        return Tabled::Within(slot, range);
    }
    match (known.table(), other.table()) {
        (Some((_, a)), Some((_, b))) => Tabled::Atom(slot, a.into_iter().zip(b).map(|(a, b)| join(deciding, a, b)).collect()),
        _ => other,
    }
}

impl Tabled {
    /// The slot and the truth table of a condition on one slot.
    fn table(&self) -> Option<(SlotId, Vec<Truth>)> {
        match self {
            Self::Atom(slot, table) => Some((*slot, table.clone())),
            Self::Within(slot, range) => Some((*slot, range.table())),
            _ => None,
        }
    }
}

fn choose(test: Tabled, then: Tabled, otherwise: Tabled) -> Tabled {
    let (slot, tests) = match test {
        Tabled::Const(Truth::True) => return then,
        Tabled::Const(Truth::False) => return otherwise,
        Tabled::Const(truth) => return Tabled::Const(truth),
        other => match other.table() {
            Some(found) => found,
            None => return Tabled::If(Box::new([other, then, otherwise])),
        },
    };
    let on_slot = |branch: &Tabled| match branch {
        Tabled::Const(truth) => Some(vec![*truth; tests.len()]),
        other => other.table().filter(|(other, _)| *other == slot).map(|(_, table)| table),
    };
    match (on_slot(&then), on_slot(&otherwise)) {
        (Some(then), Some(otherwise)) => {
            let table = tests.iter().zip(then.iter().zip(&otherwise)).map(|(test, (then, otherwise))| match test {
                Truth::True => *then,
                Truth::False => *otherwise,
                undecided => *undecided,
            });
            Tabled::Atom(slot, table.collect())
        }
        _ => Tabled::If(Box::new([Tabled::Atom(slot, tests), then, otherwise])),
    }
}

fn held(truth: Truth) -> Truth {
    if truth == Truth::Unknown { Truth::False } else { truth }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile_str;

    fn table(rows: &[String]) -> String {
        let rows: String = rows.iter().map(|when| format!("      - {{ when: {when}, then: yes }}\n")).collect();
        format!(
            "leadgate: 1\npolicy: p\nversion: \"1\"\nfields: {{ a: {{ type: int }}, b: {{ type: int }} }}\ntables:\n  t:\n    hit: first\n    outputs: {{ t: [\"yes\", \"no\"] }}\n    rows:\n{rows}      - {{ then: \"no\" }}\n"
        )
        .replace("then: yes", "then: \"yes\"")
    }

    #[test]
    fn thresholds_stay_ranges() {
        let conditions = ["'a >= 10 && a < 20'", "'a < 10 || a < 20'", "'!(a < 20)'", "'a == 10'", "'a > 20 && a < 10'"].map(str::to_owned);
        let program = compile_str(&table(&conditions)).unwrap();
        let cell = |cell: Cell| FIRST_VALUE + cell;
        // Cells of `a`: below 10, 10, 11..19, 20, above.
        let expected = [(cell(1), cell(3)), (cell(0), cell(3)), (cell(3), cell(5)), (cell(1), cell(2)), (cell(0), cell(0))];
        let found = program.tables[0].rows.iter().filter_map(|row| match program.formulas.nodes[row.when as usize] {
            Formula::Within(0, from, to) => Some((from, to)),
            _ => None,
        });
        assert_eq!(found.collect::<Vec<_>>(), expected);
        assert!(program.formulas.tables.is_empty());
    }

    #[test]
    fn programs_grow_with_their_rows() {
        let rows = |count: usize| (0..count).map(|row| format!("{{ a: {}..{}, b: \">= {}\" }}", row * 10, row * 10 + 5, row * 3)).collect::<Vec<_>>();
        let size = |count| compile_str(&table(&rows(count))).unwrap().to_bytes().len();
        let (small, large) = (size(100), size(400));
        assert!(large < small * 5, "400 rows take {large} bytes, 100 take {small}");
    }

    #[test]
    fn ranges_join_where_they_meet() {
        let range = |from, to| Range::new(from, to, 20);
        assert_eq!(range(5, 9).joined(range(9, 12), Truth::True), Some(range(5, 12)));
        assert_eq!(range(5, 9).joined(range(10, 12), Truth::True), None);
        assert_eq!(range(5, 9).joined(range(10, 12), Truth::False), Some(range(4, 4)));
        assert_eq!(range(5, 9).negated(), None);
        assert_eq!(range(4, 4).negated(), Some(range(4, 20)));
        assert_eq!(range(6, 20).negated().and_then(Range::negated), Some(range(6, 20)));
        for range in [range(4, 4), range(5, 9), range(4, 20)] {
            assert_eq!(Range::of(&range.table()), Some(range));
        }
    }
}
