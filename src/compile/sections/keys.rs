//! Whether the keys of a `by` rule exclude each other.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Builder;
use super::super::names::listed;
use super::super::words::describe_cell;
use crate::document::{RuleBody, RuleDef};
use crate::engine::truth;
use crate::program::{ABSENT, Cell, Contains, Cut, FIRST_VALUE, Formula, FormulaId, Members, Pattern, Program, Rule, ScoreBody, SlotId, Transform, Truth, VariableId};
use crate::report::Diagnostic;

/// How many combinations of cells are looked at for one rule.
const MOST_COMBINATIONS: usize = 200_000;
/// How many pairs of keys of one rule are reported.
const MOST_REPORTED: usize = 20;

impl Builder<'_> {
    /// Reports `by` rules in which two keys can hold together.
    pub fn exclusive_cases(&mut self) {
        let mut found = Vec::new();
        for score in &self.program.scores {
            let ScoreBody::Groups(groups) = &score.body else { continue };
            let name = self.program.variables.get(usize::from(score.variable)).map_or("", |variable| variable.name.as_str());
            let written = self.document.scores.iter().filter(|score| score.name.value == name).flat_map(|score| &score.groups);
            let written: Vec<&RuleDef> = written.flat_map(|group| &group.rules).collect();
            for rule in groups.iter().flat_map(|group| &group.rules) {
                let (Some(by), Some(def)) = (rule.by, written.iter().find(|def| def.id.value == rule.id)) else { continue };
                for ((first, second), witness) in together(&self.program, by, rule).into_iter().take(MOST_REPORTED) {
                    if let (Some(first), Some(second)) = (rule.cases.get(first), rule.cases.get(second)) {
                        found.push(overlap(def, &first.key, &second.key, &witness));
                    }
                }
            }
        }
        self.report.extend(found);
    }
}

/// The keys of a rule that can hold together, each two with a value, in words, for which they do.
fn together(program: &Program, by: VariableId, rule: &Rule) -> BTreeMap<(usize, usize), String> {
    let mut read = BTreeSet::new();
    rule.cases.iter().for_each(|case| slots_read(program, case.when, &mut read));
    let slots: Vec<SlotId> = program.slots_of(by).filter(|slot| read.contains(slot)).collect();
    let mut found = BTreeMap::new();
    let Some(combinations) = combinations(program, by, &slots) else {
        if rule.cases.len() > 1 {
            found.insert((0, 1), "some value, as far as can be told: the tests are too many to compare".into());
        }
        return found;
    };
    for cells in combinations {
        let cell = |slot: SlotId| slots.iter().position(|&known| known == slot).and_then(|at| cells.get(at)).copied().unwrap_or_default();
        let held: Vec<usize> = rule.cases.iter().enumerate().filter(|(_, case)| truth(program, case.when, &cell) == Truth::True).map(|(at, _)| at).collect();
        for (at, &first) in held.iter().enumerate() {
            for &second in held.iter().skip(at + 1) {
                let witness = || slots.iter().zip(&cells).map(|(&slot, &cell)| describe_cell(program, slot, cell)).collect::<Vec<_>>().join(" and ");
                found.entry((first, second)).or_insert_with(witness);
            }
        }
    }
    found
}

/// The combinations of cells that some slots of one variable can be in: one state for all of them, or values in all. Of a text of which it is known which combinations
/// occur, these; otherwise all, though its texts may rule some out. None where they are too many to look at.
fn combinations(program: &Program, variable: VariableId, slots: &[SlotId]) -> Option<BTreeSet<Vec<Cell>>> {
    let states = (0..FIRST_VALUE).map(|state| vec![state; slots.len()]);
    if let Some(joint) = program.joints.iter().find(|joint| joint.variable == variable && joint.complete) {
        let all = program.slots_of(variable);
        let of_slots = |cells: &Vec<Cell>| all.clone().zip(cells).filter(|(slot, _)| slots.contains(slot)).map(|(_, &cell)| cell).collect();
        return Some(states.chain(joint.cells.iter().map(of_slots)).collect());
    }
    let values = slots.iter().try_fold(vec![Vec::new()], |rows: Vec<Vec<Cell>>, &slot| {
        let count = program.cells_of(slot).unwrap_or(0) as Cell;
        // A text without an address has no domain: the one slot in which a value can look absent.
        let no_domain = match program.slots.get(usize::from(slot)).map(|slot| &slot.cut) {
            Some(Cut::Members(Members { transform, .. }) | Cut::Contains(Contains { transform, .. })) => *transform == Transform::Domain,
            _ => false,
        };
        let cells: Vec<Cell> = no_domain.then_some(ABSENT).into_iter().chain(FIRST_VALUE..count).collect();
        if rows.len().saturating_mul(cells.len()) > MOST_COMBINATIONS {
            return None;
        }
        Some(rows.into_iter().flat_map(|row| cells.iter().map(move |&cell| [row.as_slice(), &[cell]].concat())).collect())
    })?;
    let (yes, apart) = (FIRST_VALUE + 1, apart(program, slots));
    let occurs = |cells: &Vec<Cell>| !apart.iter().any(|&(first, second)| cells.get(first) == Some(&yes) && cells.get(second) == Some(&yes));
    Some(states.chain(values.into_iter().filter(occurs)).collect())
}

/// Which two slots no text satisfies together, though it is not known of every text what it satisfies: one begins otherwise than the other, or ends so.
fn apart(program: &Program, slots: &[SlotId]) -> Vec<(usize, usize)> {
    let contains = |slot: SlotId| match program.slots.get(usize::from(slot)).map(|slot| &slot.cut) {
        Some(Cut::Contains(contains)) => Some(contains),
        _ => None,
    };
    let exclude = |first: &Pattern, second: &Pattern| match (first, second) {
        (Pattern::Starts(first), Pattern::Starts(second)) => !first.starts_with(second.as_str()) && !second.starts_with(first.as_str()),
        (Pattern::Ends(first), Pattern::Ends(second)) => !first.ends_with(second.as_str()) && !second.ends_with(first.as_str()),
        _ => false,
    };
    let all_exclude = |first: &Contains, second: &Contains| {
        first.transform == second.transform && first.patterns.iter().all(|first| second.patterns.iter().all(|second| exclude(first, second)))
    };
    let mut found = Vec::new();
    for (at, first) in slots.iter().enumerate() {
        for (other, second) in slots.iter().enumerate().skip(at + 1) {
            if contains(*first).zip(contains(*second)).is_some_and(|(first, second)| all_exclude(first, second)) {
                found.push((at, other));
            }
        }
    }
    found
}

fn slots_read(program: &Program, id: FormulaId, found: &mut BTreeSet<SlotId>) {
    match program.formulas.nodes.get(id as usize) {
        Some(Formula::Atom(slot, _) | Formula::Within(slot, ..)) => {
            found.insert(*slot);
        }
        Some(Formula::And(items) | Formula::Or(items)) => items.iter().for_each(|&item| slots_read(program, item, found)),
        Some(Formula::Not(item) | Formula::Held(item)) => slots_read(program, *item, found),
        Some(Formula::If(test, then, otherwise)) => [test, then, otherwise].into_iter().for_each(|&item| slots_read(program, item, found)),
        Some(Formula::Const(_)) | None => {}
    }
}

fn overlap(rule: &RuleDef, first: &str, second: &str, witness: &str) -> Diagnostic {
    let key = |wanted: &str| match &rule.body {
        RuleBody::By { points, .. } => points.iter().find(|(key, _)| key.text == wanted).map(|(key, _)| key.span),
        RuleBody::When { .. } | RuleBody::Each(_) => None,
    };
    let span = key(second).unwrap_or(rule.id.span);
    let found = Diagnostic::error("overlapping-keys", span, format!("the keys {} of the rule `{}` can hold together", listed(&[first, second]), rule.id.value));
    let found = match key(first) {
        Some(span) => found.related(span, "the other key"),
        None => found,
    };
    found.help(format!("both hold for {witness}; make them exclusive, or write two rules"))
}
