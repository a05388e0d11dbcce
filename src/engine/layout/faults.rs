//! What may fault: so that what may not is not looked at for faults.

use crate::program::{Choose, Cut, Domain, FAULT, Formula, FormulaId, Program, ScoreBody, SlotId, Step, Truth, VariableId};

/// How often the program is gone through before everything counts as able to fault. Steps follow what they read, so one pass and one that finds
/// nothing new is the rule.
const PASSES: usize = 8;

/// What may fault in a program.
#[derive(Debug)]
pub struct Faults<'a> {
    program: &'a Program,
    /// Slots whose cell may be that of a fault.
    slots: Vec<bool>,
    scores: Vec<bool>,
    /// Formulas that may fault.
    formulas: Vec<bool>,
    /// Formulas that may fault although no slot does.
    alone: Vec<bool>,
}

impl<'a> Faults<'a> {
    /// Looks through a program.
    pub fn new(program: &'a Program) -> Self {
        let mut faults = Self {
            program,
            slots: program.slots.iter().map(|slot| may_begin(program, slot.variable, &slot.cut) || is_secret(program, slot.variable) || is_faulting_signal(program, slot.variable)).collect(),
            scores: vec![false; program.scores.len()],
            formulas: Vec::new(),
            alone: Vec::new(),
        };
        faults.alone = faults.each_formula(|_| false);
        for _ in 0..PASSES {
            let before = (faults.slots.clone(), faults.scores.clone());
            faults.pass();
            if before == (faults.slots.clone(), faults.scores.clone()) {
                return faults;
            }
        }
        faults.slots.fill(true);
        faults.pass();
        faults
    }

    /// Whether a slot's cell may be that of a fault.
    pub fn slot(&self, slot: SlotId) -> bool {
        self.slots.get(usize::from(slot)).copied().unwrap_or(true)
    }

    /// Whether a formula may fault although no slot does.
    pub fn alone(&self, id: FormulaId) -> bool {
        self.alone.get(id as usize).copied().unwrap_or(true)
    }

    fn formula(&self, id: FormulaId) -> bool {
        self.formulas.get(id as usize).copied().unwrap_or(true)
    }

    fn each_formula(&self, slot: impl Fn(SlotId) -> bool) -> Vec<bool> {
        let mut found: Vec<bool> = Vec::with_capacity(self.program.formulas.nodes.len());
        for node in &self.program.formulas.nodes {
            let of = |id: &FormulaId| found.get(*id as usize).copied().unwrap_or(true);
            let faults = match node {
                Formula::Const(truth) => *truth == Truth::Fault,
                Formula::Within(at, ..) => slot(*at),
                Formula::Atom(at, table) => {
                    let table = self.program.formulas.tables.get(*table as usize);
                    slot(*at) || table.is_none_or(|table| table.iter().enumerate().any(|(cell, truth)| cell != usize::from(FAULT) && *truth == Truth::Fault))
                }
                Formula::And(items) | Formula::Or(items) => items.iter().any(of),
                Formula::Not(item) | Formula::Held(item) => of(item),
                Formula::If(test, then, otherwise) => of(test) || of(then) || of(otherwise),
            };
            found.push(faults);
        }
        found
    }

    fn pass(&mut self) {
        let program = self.program;
        self.formulas = self.each_formula(|slot| self.slot(slot));
        let chooses = self.chooses();
        let mut computed = vec![false; program.scores.len()];
        for step in &program.steps {
            match *step {
                Step::Gate(field) => {
                    let gate = program.fields.get(usize::from(field)).and_then(|field| field.gate);
                    self.set(field, gate.is_some_and(|gate| self.formula(gate)));
                }
                Step::Choose(variable, tree) => self.set(variable, chooses.get(tree as usize).copied().unwrap_or(true)),
                Step::Compute(variable, _) => self.set(variable, true),
                Step::Score(index) => {
                    self.score(usize::from(index), &computed);
                    computed.iter_mut().skip(usize::from(index)).take(1).for_each(|computed| *computed = true);
                }
                Step::Table(index) => {
                    let Some(table) = program.tables.get(usize::from(index)) else { continue };
                    let last = table.rows.last().and_then(|row| program.formulas.nodes.get(row.when as usize));
                    let faults = last != Some(&Formula::Const(Truth::True)) || table.rows.iter().any(|row| self.formula(row.when));
                    // A hit policy may be violated.
                    let faults = faults || program.life.hits_of(usize::from(index)).is_some();
                    table.outputs.iter().for_each(|&output| self.set(output, faults));
                }
                // A stage that a caller names may not exist.
                Step::Moves => program.stages.iter().for_each(|stages| self.set(stages.variable, true)),
                Step::Screen | Step::Route => {}
            }
        }
    }

    fn score(&mut self, index: usize, computed: &[bool]) {
        let Some(score) = self.program.scores.get(index) else { return };
        let faults = match &score.body {
            ScoreBody::Within(..) => true,
            // A part that is not there yet counts as one that faulted.
            ScoreBody::Sum(parts) => parts.iter().map(|&part| usize::from(part)).any(|part| {
                !computed.get(part).copied().unwrap_or(false) || self.scores.get(part).copied().unwrap_or(true)
            }),
            ScoreBody::Groups(groups) => {
                let mut cases = groups.iter().flat_map(|group| &group.rules).flat_map(|rule| &rule.cases);
                cases.any(|case| self.formula(case.when)) || self.program.life.events.rules.iter().any(|rule| rule.faults && usize::from(rule.place.0) == index)
            }
        };
        self.set(score.variable, faults);
        if let Some(place) = self.scores.get_mut(index) {
            *place |= faults;
        }
    }

    fn chooses(&self) -> Vec<bool> {
        let mut found: Vec<bool> = Vec::new();
        for node in &self.program.formulas.chooses {
            let of = |id: u32| found.get(id as usize).copied().unwrap_or(true);
            let faults = match node {
                Choose::Cell(cell) => *cell == FAULT,
                Choose::Map(slot, cells) => self.slot(*slot) || cells.iter().enumerate().any(|(cell, &to)| cell != usize::from(FAULT) && to == FAULT),
                Choose::If(test, then, otherwise) => self.formula(*test) || of(*then) || of(*otherwise),
            };
            found.push(faults);
        }
        found
    }

    fn set(&mut self, variable: VariableId, faults: bool) {
        if faults {
            for slot in self.program.slots_of(variable) {
                if let Some(place) = self.slots.get_mut(usize::from(slot)) {
                    *place = true;
                }
            }
        }
    }
}

/// What is secret in a slice counts as faulted where a decision would rest on it.
fn is_secret(program: &Program, variable: VariableId) -> bool {
    program.slice.as_ref().is_some_and(|slice| slice.open.contains(&variable))
}

/// Whether a signal may fault.
fn is_faulting_signal(program: &Program, variable: VariableId) -> bool {
    program.life.events.signals.iter().any(|signal| signal.faults && signal.field == variable)
}

/// Whether a slot may begin as a fault: texts may pass tests in a combination that the program does not foresee.
fn may_begin(program: &Program, variable: VariableId, cut: &Cut) -> bool {
    let domain = program.variables.get(usize::from(variable)).map(|variable| &variable.domain);
    matches!(cut, Cut::Members(_) | Cut::Lookup(_)) || matches!(domain, Some(Domain::Any) | None)
}
