//! A program's steps on decision diagrams: what the form is there to settle, as a function of the answers that are still open.

use std::slice::from_ref;

use super::diagram::{Diagrams, Ref, leaf, number};
use super::open::{Levels, Place, States};
use super::sums::Sums;
use super::words::Words;
use crate::engine::{Decision, Engine, Frame, Lead, UNKEPT, is_record, join, negate};
use crate::program::{
    ABSENT, COMPUTES, Cell, Choose, ChooseId, FAULT, FIRST_VALUE, Formula, FormulaId, MASKED, Node, NodeId, Program, Row, SlotId, Step, Truth, VariableId,
};

/// The leaf of rows of which none holds.
pub const NO_ROW: u32 = u32::MAX >> 1;
/// The leaf of rows of which one faults before any holds.
pub const FAULTED: u32 = NO_ROW - 1;

/// What a variable is: a function whose leaves are numbers of its states.
#[derive(Clone, Copy)]
pub struct Symbol {
    pub root: Ref,
    /// None: the number of a leaf is the cell of its one slot.
    pub states: Option<Place>,
}

/// The first states of what is given: it may turn out masked, or its gate may fault.
const MASKED_STATE: u32 = 0;
const FAULT_STATE: u32 = 1;
const FIRST_STATE: u32 = 2;

/// How many computations may rest on each other: what is deeper is left to another way.
const DEEPEST: u32 = 200;

/// How many things a computation may come to: what comes to more is not drawn.
const MOST_STATES: usize = 1000;

/// Computes variables in a frame, of one combination of the states that they rest on.
type Run<'r> = dyn FnMut(&Engine, &mut Frame, &mut Decision, &[Ref]) + 'r;

/// A program on diagrams. Only what the goal rests on is computed, and of that only what is not settled by what is known.
pub struct Lift<'a> {
    pub(super) engine: &'a Engine,
    pub diagrams: &'a mut Diagrams,
    pub(super) sums: &'a mut Sums,
    lead: &'a Lead,
    stage: Option<u16>,
    symbols: Vec<Symbol>,
    /// Of all variables.
    pub(super) states: States,
    /// For each variable the step that computes it, until it has.
    pending: Vec<Option<Step>>,
    depth: u32,
    truths: Vec<Option<Ref>>,
    /// For each score its parts; none before they are known.
    pub(super) scores: Vec<Vec<Ref>>,
    /// What is computed as in a decision is computed here.
    pub(super) frame: Frame,
    decision: Decision,
}

impl<'a> Lift<'a> {
    /// A program, nothing of it computed yet.
    pub fn new(engine: &'a Engine, diagrams: &'a mut Diagrams, sums: &'a mut Sums, lead: &'a Lead, stage: Option<u16>, open: &Levels) -> Self {
        let program = engine.program();
        diagrams.clear();
        sums.clear();
        let mut frame = Frame::new(program);
        engine.place_all(&mut frame, lead);
        let (mut symbols, mut states) = (Vec::with_capacity(program.variables.len()), States::default());
        for variable in 0..program.variables.len() as u16 {
            let place = given(&mut states, program.slots_of(variable).len());
            let root = leaf(states.number(place, &[variable], program, &frame));
            symbols.push(Symbol { root, states: Some(place) });
        }
        for (at, level) in open.levels.iter().enumerate() {
            let branches = level.states.values.len() as u32;
            diagrams.add_level(branches as usize);
            let root = diagrams.variable(at, &mut (FIRST_STATE..FIRST_STATE + branches));
            if let Some(symbol) = symbols.get_mut(usize::from(level.field)) {
                let place = given(&mut states, program.slots_of(level.field).len());
                states.cells.extend_from_slice(&level.states.cells);
                states.values.extend_from_slice(&level.states.values);
                *symbol = Symbol { root, states: Some(place) };
            }
        }
        let mut pending = vec![None; program.variables.len()];
        for step in &program.steps {
            let sets = match step {
                Step::Gate(variable) | Step::Choose(variable, _) | Step::Compute(variable, _) => from_ref(variable),
                Step::Score(score) => program.scores.get(usize::from(*score)).map_or(&[][..], |score| from_ref(&score.variable)),
                Step::Table(table) => program.tables.get(usize::from(*table)).map_or(&[][..], |table| &table.outputs),
                Step::Moves => program.stages.as_ref().map_or(&[][..], |stages| from_ref(&stages.variable)),
                Step::Screen | Step::Route => &[],
            };
            for &variable in sets {
                if let Some(place) = pending.get_mut(usize::from(variable)) {
                    *place = Some(*step);
                }
            }
        }
        let mut decision = Decision::default();
        decision.clear(program);
        let (truths, scores) = (vec![None; program.formulas.nodes.len()], vec![Vec::new(); program.scores.len()]);
        Self { engine, diagrams, sums, lead, stage, symbols, states, pending, depth: 0, truths, scores, frame, decision }
    }

    /// Computes a variable, where that has not been done.
    fn need(&mut self, variable: VariableId) {
        let Some(step) = self.pending.get_mut(usize::from(variable)).and_then(Option::take) else { return };
        self.depth += 1;
        if self.depth > DEEPEST {
            self.diagrams.exhaust();
        }
        if !self.diagrams.is_exhausted() {
            match step {
                Step::Gate(field) => self.gate(field),
                Step::Choose(variable, tree) => {
                    let root = self.choose(tree);
                    self.set(variable, Symbol { root, states: None });
                }
                Step::Compute(variable, node) => self.compute(variable, node),
                Step::Score(score) => self.score(usize::from(score)),
                Step::Table(table) => self.table(usize::from(table)),
                Step::Moves => self.moves(),
                Step::Screen | Step::Route => {}
            }
        }
        self.depth -= 1;
    }

    /// Whether a condition looks at one variable that is known.
    fn is_at_hand(&self, id: FormulaId) -> bool {
        let program = self.engine.program();
        match program.formulas.nodes.get(id as usize) {
            Some(Formula::Atom(slot, _) | Formula::Within(slot, ..)) => program.slots.get(usize::from(*slot)).is_some_and(|slot| {
                let at = usize::from(slot.variable);
                self.pending.get(at) == Some(&None) && self.symbols.get(at).is_some_and(|symbol| number(symbol.root).is_some())
            }),
            Some(Formula::Const(_)) => true,
            _ => false,
        }
    }

    pub(super) fn set(&mut self, variable: VariableId, symbol: Symbol) {
        if let Some(place) = self.symbols.get_mut(usize::from(variable)) {
            *place = symbol;
        }
    }

    fn root(&mut self, variable: VariableId) -> Ref {
        self.need(variable);
        self.symbols.get(usize::from(variable)).map_or(leaf(0), |symbol| symbol.root)
    }

    /// A slot's cell.
    pub(super) fn cell(&mut self, slot: SlotId) -> Ref {
        let program = self.engine.program();
        let Some(variable) = program.slots.get(usize::from(slot)).map(|slot| slot.variable) else { return leaf(u32::from(FAULT)) };
        let root = self.root(variable);
        let Some(Symbol { states: Some(place), .. }) = self.symbols.get(usize::from(variable)) else { return root };
        let first = place.cells + usize::from(slot - program.slots_of(variable).start);
        self.diagrams.map(root, &mut |number: u32| u32::from(self.states.cells.get(first + number as usize * place.width).copied().unwrap_or(FAULT)))
    }

    /// A formula's truth.
    pub(super) fn truth(&mut self, id: FormulaId) -> Ref {
        if let Some(Some(known)) = self.truths.get(id as usize) {
            return *known;
        }
        let program = self.engine.program();
        let found = match program.formulas.nodes.get(id as usize) {
            Some(Formula::Const(truth)) => leaf(*truth as u32),
            Some(node @ (Formula::Atom(slot, _) | Formula::Within(slot, ..))) => {
                let cell = self.cell(*slot);
                self.diagrams.map(cell, &mut |cell: u32| program.formulas.in_cell(node, cell as Cell).unwrap_or(Truth::Fault) as u32)
            }
            Some(Formula::And(items)) => self.connected(items, Truth::False),
            Some(Formula::Or(items)) => self.connected(items, Truth::True),
            Some(Formula::Not(item)) => {
                let item = self.truth(*item);
                self.by_truth(item, [TRUE, FALSE, UNKNOWN, FAULTS])
            }
            Some(Formula::Held(item)) => {
                let item = self.truth(*item);
                self.by_truth(item, [FALSE, TRUE, FALSE, FAULTS])
            }
            Some(Formula::If(test, then, otherwise)) => {
                let [test, then, otherwise] = [self.truth(*test), self.truth(*then), self.truth(*otherwise)];
                self.by_truth(test, [otherwise, then, UNKNOWN, FAULTS])
            }
            None => leaf(Truth::Fault as u32),
        };
        if let Some(place) = self.truths.get_mut(id as usize) {
            *place = Some(found);
        }
        found
    }

    /// One of some functions, by what a condition is: false, true, unknown, faulted.
    pub(super) fn by_truth(&mut self, when: Ref, [no, yes, unknown, fault]: [Ref; 4]) -> Ref {
        self.diagrams.select(&[when, no, yes, unknown, fault])
    }

    /// `&&` and `||`.
    fn connected(&mut self, items: &[FormulaId], deciding: Truth) -> Ref {
        let mut all = leaf(negate(deciding) as u32);
        // What is known costs nothing, and may decide.
        for first in [true, false] {
            for &item in items {
                if number(all) == Some(deciding as u32) {
                    return all;
                }
                if first && !self.is_at_hand(item) {
                    continue;
                }
                let item = self.truth(item);
                all = self.diagrams.apply(&[all, item], &mut |inputs: &[Ref]| {
                    let [a, b] = *inputs else { return None };
                    for (one, other) in [(a, b), (b, a)] {
                        match number(one).map(truth_of) {
                            Some(known) if known == deciding => return Some(one),
                            Some(known) if known == negate(deciding) => return Some(other),
                            _ => {}
                        }
                    }
                    Some(leaf(join(deciding, truth_of(number(a)?), truth_of(number(b)?)) as u32))
                });
            }
        }
        all
    }

    /// The first of rows that holds, by index.
    pub fn rows(&mut self, rows: &[Row]) -> Ref {
        let mut truths = Vec::new();
        for row in rows {
            let when = self.truth(row.when);
            truths.push(when);
            if matches!(when, TRUE | FAULTS) {
                break;
            }
        }
        let mut found = leaf(NO_ROW);
        while let Some(when) = truths.pop() {
            found = self.by_truth(when, [found, leaf(truths.len() as u32), found, leaf(FAULTED)]);
        }
        found
    }

    /// Whether a question applies; where it has no gate, it does.
    pub fn applies(&mut self, field: VariableId) -> Ref {
        match self.engine.program().fields.get(usize::from(field)).and_then(|field| field.gate) {
            Some(gate) => {
                let gate = self.truth(gate);
                self.diagrams.draw(gate)
            }
            None => leaf(Truth::True as u32),
        }
    }

    fn gate(&mut self, field: VariableId) {
        let program = self.engine.program();
        if is_record(program, self.lead, field) {
            return;
        }
        let gate = self.applies(field);
        let root = self.root(field);
        let root = self.by_truth(gate, [leaf(MASKED_STATE), root, leaf(MASKED_STATE), leaf(FAULT_STATE)]);
        if let Some(symbol) = self.symbols.get_mut(usize::from(field)) {
            symbol.root = root;
        }
    }

    fn choose(&mut self, tree: ChooseId) -> Ref {
        let program = self.engine.program();
        match program.formulas.chooses.get(tree as usize) {
            Some(Choose::Cell(cell)) => leaf(u32::from(*cell)),
            Some(Choose::Map(slot, cells)) => {
                let cell = self.cell(*slot);
                self.diagrams.map(cell, &mut |cell: u32| u32::from(cells.get(cell as usize).copied().unwrap_or(FAULT)))
            }
            Some(Choose::If(test, then, otherwise)) => {
                let [test, then, otherwise] = [self.truth(*test), self.choose(*then), self.choose(*otherwise)];
                self.by_truth(test, [otherwise, then, leaf(u32::from(ABSENT)), leaf(u32::from(FAULT))])
            }
            None => leaf(u32::from(FAULT)),
        }
    }

    /// What is computed from some variables as in a decision, one combination of their states after the other: `run` finds them in the frame, and leaves there what it computes.
    fn by_states(&mut self, reads: &[VariableId], sets: &[VariableId], run: &mut dyn FnMut(&Engine, &mut Frame, &mut Decision)) {
        let roots: Vec<Ref> = reads.iter().map(|&variable| self.root(variable)).collect();
        self.by_leaves(&roots, reads, sets, &mut |engine, frame, decision, _| run(engine, frame, decision));
    }

    /// What is computed from some functions, one combination of their leaves after the other; of those that are variables, `run` finds the states in the frame.
    fn by_leaves(&mut self, roots: &[Ref], reads: &[VariableId], sets: &[VariableId], run: &mut Run) {
        let (engine, program) = (self.engine, self.engine.program());
        let mut place = self.states.begin(sets.iter().map(|&variable| program.slots_of(variable).len()).sum(), sets.len());
        // Many combinations of what the functions rest on come to the same leaves.
        let mut known = Words::default();
        let root = self.diagrams.apply(roots, &mut |inputs: &[Ref]| {
            if inputs.iter().any(|&input| number(input).is_none()) {
                return None;
            }
            let (found, new) = known.place(inputs);
            let result = found + 1 + inputs.len();
            if !new {
                return Some(known.at(result));
            }
            if self.states.count(place) > MOST_STATES {
                known.push(leaf(0));
                return Some(leaf(0));
            }
            for (&variable, &input) in reads.iter().zip(inputs) {
                if let (Some(symbol), Some(number)) = (self.symbols.get(usize::from(variable)), number(input)) {
                    put(engine, &self.states, symbol.states, &mut self.frame, variable, number);
                }
            }
            run(engine, &mut self.frame, &mut self.decision, inputs);
            known.push(leaf(self.states.number(place, sets, program, &self.frame)));
            Some(known.at(result))
        });
        if self.states.count(place) > MOST_STATES {
            self.diagrams.exhaust();
        }
        for &variable in sets {
            self.set(variable, Symbol { root, states: Some(place) });
            place.cells += program.slots_of(variable).len();
            place.values += 1;
        }
    }

    fn compute(&mut self, variable: VariableId, node: NodeId) {
        if !COMPUTES {
            return;
        }
        let expressions = &self.engine.program().expressions;
        let mut reads = Vec::new();
        for id in expressions.reachable(node) {
            if let Some(Node::Variable(read) | Node::State(_, read)) = expressions.nodes.get(id as usize) {
                note(&mut reads, *read);
            }
        }
        self.by_states(&reads, &[variable], &mut |engine, frame, _| {
            if let Some(value) = frame.values.get_mut(usize::from(variable)) {
                *value = UNKEPT;
            }
            engine.compute(frame, variable, node, &mut Vec::new());
        });
    }

    fn table(&mut self, index: usize) {
        let program = self.engine.program();
        let Some(table) = program.tables.get(index) else { return };
        #[cfg(feature = "full")]
        if let Some(hits) = program.life.hits_of(index) {
            let truths: Vec<Ref> = table.rows.iter().map(|row| self.truth(row.when)).collect();
            return self.by_leaves(&truths, &[], &table.outputs, &mut |engine, frame, decision, truths| {
                engine.table_by_truths(frame, hits, &mut truths.iter().map(|&truth| truth_of(number(truth).unwrap_or_default())), decision);
            });
        }
        let rows = self.rows(&table.rows);
        for (at, &output) in table.outputs.iter().enumerate() {
            let root = self.diagrams.map(rows, &mut |row: u32| {
                let value = table.rows.get(row as usize).and_then(|row| row.then.get(at)).copied();
                u32::from(value.map_or(FAULT, |value| FIRST_VALUE + value))
            });
            self.set(output, Symbol { root, states: None });
        }
    }

    /// The variables that conditions read.
    fn read_by(&self, conditions: impl Iterator<Item = FormulaId>) -> Vec<VariableId> {
        let program = self.engine.program();
        let mut reads = Vec::new();
        program.formulas.each_slot(conditions.collect(), &mut |_, slot| {
            program.slots.get(usize::from(slot)).into_iter().for_each(|slot| note(&mut reads, slot.variable));
        });
        reads
    }

    fn moves(&mut self) {
        let program = self.engine.program();
        let Some(stages) = &program.stages else { return };
        let conditions = stages.moves.iter().map(|item| item.when);
        #[cfg(feature = "full")]
        let conditions = conditions.chain(program.life.moves.iter().filter_map(|item| item.when));
        let mut reads = self.read_by(conditions);
        for fields in &stages.require {
            fields.iter().for_each(|&field| note(&mut reads, field));
        }
        let stage = self.stage;
        self.by_states(&reads, &[stages.variable], &mut |engine, frame, decision| engine.moves(frame, stage, decision));
    }

    /// The program.
    pub fn program(&self) -> &'a Program {
        self.engine.program()
    }

    /// Who runs it.
    pub fn engine(&self) -> &'a Engine {
        self.engine
    }

    /// The function of a variable's first slot: its cell.
    pub fn cell_of(&mut self, variable: VariableId) -> Ref {
        let slot = self.engine.program().slots_of(variable).next();
        slot.map_or(leaf(u32::from(FAULT)), |slot| self.cell(slot))
    }
}

/// Where the states begin of what is given; the first two are the same for all.
fn given(states: &mut States, slots: usize) -> Place {
    let place = states.begin(slots, 1);
    states.push(slots, MASKED);
    states.push(slots, FAULT);
    place
}

/// Adds a variable to those that are read, once.
fn note(reads: &mut Vec<VariableId>, variable: VariableId) {
    if !reads.contains(&variable) {
        reads.push(variable);
    }
}

/// Puts one of a variable's states into a frame.
fn put(engine: &Engine, states: &States, place: Option<Place>, frame: &mut Frame, variable: VariableId, number: u32) {
    let Some(place) = place else { return engine.set_state(frame, variable, number as Cell) };
    let first = place.cells + number as usize * place.width;
    for (slot, &cell) in engine.program().slots_of(variable).zip(states.cells.get(first..).unwrap_or_default()) {
        frame.set_cell(slot, cell);
    }
    if let (Some(value), Some(known)) = (frame.values.get_mut(usize::from(variable)), states.values.get(place.values + number as usize * place.step)) {
        value.clone_from(known);
    }
}

const FALSE: Ref = leaf(Truth::False as u32);
const TRUE: Ref = leaf(Truth::True as u32);
const UNKNOWN: Ref = leaf(Truth::Unknown as u32);
const FAULTS: Ref = leaf(Truth::Fault as u32);

fn truth_of(number: u32) -> Truth {
    match number {
        0 => Truth::False,
        1 => Truth::True,
        2 => Truth::Unknown,
        _ => Truth::Fault,
    }
}
