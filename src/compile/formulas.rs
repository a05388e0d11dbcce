//! Conditions to formulas on cells. Equal formulas stand once, and whatever rests on one slot becomes one truth table.

use std::collections::HashMap;

use super::cond::Cond;
use super::cut::Cuts;
use crate::engine::{join, negate};
use crate::program::{Formula, FormulaId, Program, SlotId, Truth};

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
    And(Vec<Tabled>),
    Or(Vec<Tabled>),
    Not(Box<Tabled>),
    If(Box<[Tabled; 3]>),
    Held(Box<Tabled>),
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
            Tabled::Atom(slot, table) => {
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
        Cond::Atom(variable, test) => match cuts.table(program, *variable, test) {
            Some((slot, table)) => Tabled::Atom(slot, table),
            None => Tabled::Const(Truth::Fault),
        },
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
        Tabled::Const(_) | Tabled::Atom(..) => cond,
        Tabled::Not(item) => match fold(*item) {
            Tabled::Const(truth) => Tabled::Const(negate(truth)),
            Tabled::Atom(slot, table) => Tabled::Atom(slot, table.into_iter().map(negate).collect()),
            Tabled::Not(inner) => *inner,
            other => Tabled::Not(Box::new(other)),
        },
        Tabled::Held(item) => match fold(*item) {
            Tabled::Const(truth) => Tabled::Const(held(truth)),
            Tabled::Atom(slot, table) => Tabled::Atom(slot, table.into_iter().map(held).collect()),
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
    let mut pending: Vec<Tabled> = items.into_iter().rev().collect();
    while let Some(item) = pending.pop() {
        match fold(item) {
            Tabled::Const(truth) => constant = join(deciding, constant, truth),
            Tabled::And(inner) if deciding == Truth::False => pending.extend(inner.into_iter().rev()),
            Tabled::Or(inner) if deciding == Truth::True => pending.extend(inner.into_iter().rev()),
            Tabled::Atom(slot, table) => {
                let same = merged.iter_mut().find_map(|known| match known {
                    Tabled::Atom(other, found) if *other == slot => Some(found),
                    _ => None,
                });
                match same {
                    Some(found) => found.iter_mut().zip(table).for_each(|(known, truth)| *known = join(deciding, *known, truth)),
                    None => merged.push(Tabled::Atom(slot, table)),
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
        match merged.first_mut() {
            Some(Tabled::Atom(_, table)) => table.iter_mut().for_each(|known| *known = join(deciding, *known, constant)),
            _ => merged.push(Tabled::Const(constant)),
        }
    }
    match (merged.len(), deciding) {
        (1, _) => merged.pop().unwrap_or(Tabled::Const(constant)),
        (_, Truth::False) => Tabled::And(merged),
        _ => Tabled::Or(merged),
    }
}

fn choose(test: Tabled, then: Tabled, otherwise: Tabled) -> Tabled {
    let (slot, tests) = match test {
        Tabled::Const(Truth::True) => return then,
        Tabled::Const(Truth::False) => return otherwise,
        Tabled::Const(truth) => return Tabled::Const(truth),
        Tabled::Atom(slot, tests) => (slot, tests),
        other => return Tabled::If(Box::new([other, then, otherwise])),
    };
    let on_slot = |branch: &Tabled| match branch {
        Tabled::Const(truth) => Some(vec![*truth; tests.len()]),
        Tabled::Atom(other, table) if *other == slot => Some(table.clone()),
        _ => None,
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
