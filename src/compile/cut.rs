//! How the tests of all conditions cut each variable into cells, and the truth of each test on them.

use std::collections::{BTreeMap, BTreeSet};

use super::cond::{Comparison, Cond, Member, Test};
use crate::program::{
    Cell, Contains, Cut, Domain, FIRST_VALUE, List, ListBody, ListId, Members, Packed, Pattern, Program, Slot, SlotId, StateTest, Transform,
    Truth, VariableId,
};

/// Which of a variable's slots a test looks at. The order is the order of slots: those in which every value has a value cell come first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SlotKey {
    /// The one slot of a number.
    Number,
    /// The one slot of a variable with finitely many values.
    Finite,
    /// Only whether there is a value.
    Given,
    /// Whole-text tests; those on a list with normalizers stand alone.
    Members(Transform, Option<ListId>),
    /// Text searches.
    Contains(Transform, Vec<Pattern>),
    /// A dictionary.
    Lookup(ListId),
}

/// The tests that were collected.
#[derive(Debug, Default)]
pub struct Cuts {
    thresholds: BTreeMap<VariableId, BTreeSet<OrderedDouble>>,
    members: BTreeMap<(VariableId, SlotKey), BTreeSet<Member>>,
    keys: BTreeSet<(VariableId, SlotKey)>,
    slots: BTreeMap<(VariableId, SlotKey), SlotId>,
}

/// A finite double, ordered.
#[derive(Debug, Clone, Copy, PartialEq)]
struct OrderedDouble(f64);
impl Eq for OrderedDouble {}
impl PartialOrd for OrderedDouble {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for OrderedDouble {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl Cuts {
    /// Notes the tests of a condition.
    pub fn collect(&mut self, program: &Program, cond: &Cond) {
        cond.visit(&mut |variable, test| self.note(program, variable, test));
    }

    fn note(&mut self, program: &Program, variable: VariableId, test: &Test) {
        let key = match test {
            Test::State(_) => return self.need(program, variable),
            test => slot_key(program, test),
        };
        match test {
            Test::Number(comparison, value) => {
                let next = next_value(program, variable, *value);
                let thresholds = self.thresholds.entry(variable).or_default();
                let (at, after) = match comparison {
                    Comparison::Less | Comparison::GreaterEqual => (true, false),
                    Comparison::LessEqual | Comparison::Greater => (false, true),
                    Comparison::Equal => (true, true),
                };
                if at {
                    thresholds.insert(OrderedDouble(*value));
                }
                if after && next.is_finite() {
                    thresholds.insert(OrderedDouble(next));
                }
            }
            Test::Member(_, member) => {
                self.members.entry((variable, key.clone())).or_default().insert(member.clone());
            }
            _ => {}
        }
        self.keys.insert((variable, key));
    }

    /// Notes that a variable's state is read.
    pub fn need(&mut self, program: &Program, variable: VariableId) {
        let key = match program.variables.get(usize::from(variable)).map(|variable| &variable.domain) {
            Some(Domain::Int(..) | Domain::Double(..)) => SlotKey::Number,
            Some(Domain::Finite(_)) => SlotKey::Finite,
            Some(Domain::Text | Domain::Any) | None => SlotKey::Given,
        };
        self.keys.insert((variable, key));
    }

    /// Makes the program's slots out of everything noted.
    pub fn finish(&mut self, program: &mut Program) {
        // The first slot of a variable tells its state. The domain of an address has no value cell for a text without one, so it may not come first.
        let firsts: BTreeMap<VariableId, SlotKey> = self.keys.iter().rev().cloned().collect();
        for (variable, first) in firsts {
            if matches!(first, SlotKey::Members(Transform::Domain, _) | SlotKey::Contains(Transform::Domain, _)) {
                self.keys.insert((variable, SlotKey::Given));
            }
        }
        // Where another slot tells the state as well, "given" says nothing more.
        let keys: Vec<(VariableId, SlotKey)> = self.keys.iter().cloned().collect();
        for (variable, key) in &keys {
            let redundant = *key == SlotKey::Given
                && keys.iter().any(|(other, key)| {
                    other == variable
                        && match key {
                            SlotKey::Members(transform, _) | SlotKey::Contains(transform, _) => *transform != Transform::Domain,
                            key => matches!(key, SlotKey::Lookup(_)),
                        }
                });
            if redundant {
                self.keys.remove(&(*variable, SlotKey::Given));
            }
        }
        let mut ordered: Vec<(VariableId, SlotKey)> = self.keys.iter().cloned().collect();
        ordered.sort_by_key(|(variable, key)| {
            let last = matches!(key, SlotKey::Members(Transform::Domain, _) | SlotKey::Contains(Transform::Domain, _));
            (*variable, last, key.clone())
        });
        for (variable, key) in ordered {
            let cut = match &key {
                SlotKey::Number => {
                    let thresholds = self.thresholds.get(&variable).into_iter().flatten();
                    Cut::Thresholds(thresholds.map(|threshold| threshold.0).collect())
                }
                SlotKey::Finite => match program.variables.get(usize::from(variable)).map(|variable| &variable.domain) {
                    Some(Domain::Finite(values)) => Cut::Finite(values.len() as u16),
                    _ => Cut::Given,
                },
                SlotKey::Given => Cut::Given,
                SlotKey::Members(transform, _) => {
                    let (mut texts, mut lists) = (Vec::new(), Vec::new());
                    for member in self.members.get(&(variable, key.clone())).into_iter().flatten() {
                        match member {
                            Member::Is(text) => texts.push(text.clone()),
                            Member::In(list) => lists.push(*list),
                        }
                    }
                    let classes = classes(&program.lists, &texts, &lists);
                    Cut::Members(Members { transform: *transform, texts, lists, classes })
                }
                SlotKey::Contains(transform, patterns) => Cut::Contains(Contains { transform: *transform, patterns: patterns.clone() }),
                SlotKey::Lookup(list) => Cut::Lookup(*list),
            };
            self.slots.insert((variable, key), program.slots.len() as SlotId);
            program.slots.push(Slot { variable, cut });
        }
    }

    /// The slot that a test looks at, and its truth in the slot's cells.
    pub fn look_up(&self, program: &Program, variable: VariableId, test: &Test) -> Option<(SlotId, Lookup)> {
        let slot = match test {
            Test::State(_) => program.slots_of(variable).next()?,
            test => *self.slots.get(&(variable, slot_key(program, test)))?,
        };
        let cut = &program.slots.get(usize::from(slot))?.cut;
        let count = program.cells_of(slot)?;
        let mut table = vec![Truth::Unknown, Truth::Unknown, Truth::Unknown, Truth::Fault];
        match (test, cut) {
            (Test::Table(truths), _) | (Test::Lookup(_, truths), _) => table = truths.clone(),
            (Test::Number(comparison, value), Cut::Thresholds(thresholds)) => {
                let (from, to) = cells_that_hold(thresholds, *comparison, *value);
                let cell = |at: usize| Cell::try_from(usize::from(FIRST_VALUE) + at).ok();
                return Some((slot, Lookup::Within { from: cell(from)?, to: cell(to)?, cells: Cell::try_from(count).ok()? }));
            }
            (Test::Member(_, member), Cut::Members(members)) => {
                match member {
                    Member::Is(text) => {
                        let number = members.texts.binary_search(text).ok()? + 1;
                        table.extend(members.classes.iter().map(|(is, _)| Truth::of(usize::from(*is) == number)));
                    }
                    Member::In(list) => {
                        let bit = members.lists.iter().take(64).position(|known| known == list)?;
                        table.extend(members.classes.iter().map(|(_, lists)| Truth::of(lists >> bit & 1 == 1)));
                    }
                }
            }
            (Test::Contains(..), Cut::Contains(_)) => table.extend([Truth::False, Truth::True]),
            (Test::State(state), _) => {
                let holds = |test: StateTest| Truth::of(test == *state);
                table = vec![holds(StateTest::Unanswered), holds(StateTest::Declined), holds(StateTest::Masked), Truth::Fault];
                table.resize(count, holds(StateTest::Known));
            }
            _ => return None,
        }
        (table.len() == count).then_some((slot, Lookup::Table(table)))
    }
}

/// What a test says of the cells of its slot.
#[derive(Debug, Clone, PartialEq)]
pub enum Lookup {
    /// The truth of each cell.
    Table(Vec<Truth>),
    /// True from a cell of values on and before another, false in the slot's other cells of values, unknown or a fault in the states.
    Within {
        /// The first cell that holds.
        from: Cell,
        /// The cell after the last that holds.
        to: Cell,
        /// How many cells the slot has.
        cells: Cell,
    },
}

/// Which of the cells of values hold: the first, and the one after the last. A cell is as its least value is; before the first threshold that is -∞.
fn cells_that_hold(thresholds: &[f64], comparison: Comparison, value: f64) -> (usize, usize) {
    if value.is_nan() {
        return (0, 0);
    }
    let all = thresholds.len() + 1;
    let below = if value == f64::NEG_INFINITY { 0 } else { 1 + thresholds.partition_point(|&least| least < value) };
    let up_to = 1 + thresholds.partition_point(|&least| least <= value);
    match comparison {
        Comparison::Less => (0, below),
        Comparison::LessEqual => (0, up_to),
        Comparison::Greater => (up_to, all),
        Comparison::GreaterEqual => (below, all),
        Comparison::Equal => (below, up_to),
    }
}

fn slot_key(program: &Program, test: &Test) -> SlotKey {
    match test {
        Test::Table(_) => SlotKey::Finite,
        Test::Number(..) => SlotKey::Number,
        Test::Member(transform, Member::In(list)) if has_normalizers(program, *list) => SlotKey::Members(*transform, Some(*list)),
        Test::Member(transform, _) => SlotKey::Members(*transform, None),
        Test::Contains(transform, patterns) => SlotKey::Contains(*transform, patterns.clone()),
        Test::Lookup(list, _) => SlotKey::Lookup(*list),
        Test::State(_) => SlotKey::Given,
    }
}

fn has_normalizers(program: &Program, list: ListId) -> bool {
    program.lists.get(usize::from(list)).is_some_and(|list| !list.normalize.is_empty())
}

/// The least value of a variable's type that is greater than a value.
fn next_value(program: &Program, variable: VariableId, value: f64) -> f64 {
    match program.variables.get(usize::from(variable)).map(|variable| &variable.domain) {
        Some(Domain::Int(..)) => value.floor() + 1.0,
        _ => value.next_up(),
    }
}

/// What some text can be and which lists it is in, nothing at all first; see [`Members`].
fn classes(lists: &[List], texts: &[String], asked: &[ListId]) -> Vec<(u16, u64)> {
    let mut by_text: BTreeMap<&str, (u16, u64)> = BTreeMap::new();
    for (at, text) in texts.iter().enumerate() {
        by_text.entry(text).or_default().0 = at as u16 + 1;
    }
    for (bit, list) in asked.iter().enumerate().take(64) {
        if let Some(ListBody::Set(texts)) = lists.get(usize::from(*list)).map(|list| &list.body) {
            for text in texts {
                by_text.entry(text).or_default().1 |= 1 << bit;
            }
        }
    }
    let packed: Vec<(u64, &Packed)> = asked.iter().enumerate().take(64).filter_map(|(bit, list)| Some((1 << bit, &**lists.get(usize::from(*list))?.body.packed()?))).collect();
    let within = |text: &str, domains: bool| packed.iter().filter(|(_, list)| (list.domains() || !domains) && list.find(text).is_some()).map(|(bit, _)| bit).sum::<u64>();
    for (text, (_, bits)) in &mut by_text {
        *bits |= within(text, false);
    }
    let mut found: BTreeSet<(u16, u64)> = by_text.values().copied().chain([(0, 0)]).collect();
    for (_, list) in &packed {
        for text in list.texts() {
            // Among the texts it was counted, with what else it is.
            if !by_text.contains_key(text.as_str()) {
                found.insert((0, within(&text, false)));
            }
            // A name below it is in the lists of names that it is in, and need not be in any other.
            if list.domains() {
                found.insert((0, within(&text, true)));
            }
        }
    }
    found.into_iter().collect()
}

/// The cells of a number's slot that a closed interval of values lies in: the first and the last.
pub fn cells_between(thresholds: &[f64], low: f64, high: f64) -> (Cell, Cell) {
    let cell = |value: f64| FIRST_VALUE + thresholds.partition_point(|&threshold| threshold <= value) as Cell;
    (cell(low), cell(high))
}
