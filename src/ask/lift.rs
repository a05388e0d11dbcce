//! A program's steps on decision diagrams: what the form is there to settle, as a function of the answers that are still open.

use super::diagram::{Diagrams, Ref, leaf, number};
use super::open::{Levels, State};
use super::sums::{NO_POINTS, Sums, points_number};
use crate::engine::{Decision, Engine, Frame, FrameInputs, Lead, clamp, clamp_group, is_record, join, negate, number_cell, points};
use crate::engine::machine::{self, Outcome as Found};
use crate::program::{
    ABSENT, Cell, Choose, ChooseId, Cut, FAULT, FIRST_VALUE, Formula, FormulaId, Group, MASKED, Milli, Node, NodeId, Program, Row, ScoreBody, Slot, SlotId, Step, Truth, Value, VariableId,
};

/// The leaf of rows of which none holds.
pub const NO_ROW: u32 = u32::MAX >> 1;
/// The leaf of rows of which one faults before any holds.
pub const FAULTED: u32 = NO_ROW - 1;

/// What a variable is: a function whose leaves are numbers of its states.
#[derive(Clone)]
struct Symbol {
    root: Ref,
    /// None: the number of a leaf is the cell of its one slot.
    states: Option<Vec<State>>,
}

/// How many computations may rest on each other: what is deeper is left to another way.
const DEEPEST: u32 = 200;

/// How many things a computation may come to: what comes to more is not drawn.
const MOST_STATES: usize = 1000;

/// A program on diagrams. Only what the goal rests on is computed, and of that only what is not settled by what is known.
pub struct Lift<'a> {
    engine: &'a Engine,
    pub diagrams: &'a mut Diagrams,
    sums: &'a mut Sums,
    lead: &'a Lead,
    stage: Option<u16>,
    symbols: Vec<Symbol>,
    /// For each variable the step that computes it, until it has.
    pending: Vec<Option<Step>>,
    depth: u32,
    truths: Vec<Option<Ref>>,
    /// For each score its parts, once they are known.
    scores: Vec<Option<Vec<Ref>>>,
    /// What is computed as in a decision is computed here.
    frame: Frame,
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
        let mut symbols = Vec::with_capacity(program.variables.len());
        for variable in 0..program.variables.len() {
            symbols.push(Symbol { root: leaf(0), states: Some(vec![state_in(engine, variable as VariableId, &frame)]) });
        }
        for (at, level) in open.levels.iter().enumerate() {
            diagrams.add_level(level.states.len());
            let mut branches = 0..level.states.len() as u32;
            let root = diagrams.variable(at, &mut branches);
            if let Some(symbol) = symbols.get_mut(usize::from(level.field)) {
                *symbol = Symbol { root, states: Some(level.states.clone()) };
            }
        }
        let mut pending = vec![None; program.variables.len()];
        let mut add = |variable: VariableId, step: Step| {
            if let Some(place) = pending.get_mut(usize::from(variable)) {
                *place = Some(step);
            }
        };
        for &step in &program.steps {
            match step {
                Step::Gate(variable) | Step::Choose(variable, _) | Step::Compute(variable, _) => add(variable, step),
                Step::Score(score) => program.scores.get(usize::from(score)).into_iter().for_each(|score| add(score.variable, step)),
                Step::Table(table) => program.tables.get(usize::from(table)).into_iter().flat_map(|table| &table.outputs).for_each(|&output| add(output, step)),
                Step::Moves => program.stages.iter().for_each(|stages| add(stages.variable, step)),
                Step::Screen | Step::Route => {}
            }
        }
        let mut decision = Decision::default();
        decision.clear(program);
        let (truths, scores) = (vec![None; program.formulas.nodes.len()], vec![None; program.scores.len()]);
        Self { engine, diagrams, sums, lead, stage, symbols, pending, depth: 0, truths, scores, frame, decision }
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

    fn set(&mut self, variable: VariableId, symbol: Symbol) {
        if let Some(place) = self.symbols.get_mut(usize::from(variable)) {
            *place = symbol;
        }
    }

    fn root(&mut self, variable: VariableId) -> Ref {
        self.need(variable);
        self.symbols.get(usize::from(variable)).map_or(leaf(0), |symbol| symbol.root)
    }

    /// What becomes of one function's leaves.
    fn map(&mut self, of: Ref, to: &mut dyn FnMut(u32) -> u32) -> Ref {
        self.diagrams.apply(&[of], &mut |inputs| inputs.first().and_then(|&input| number(input)).map(|number| leaf(to(number))))
    }

    /// A slot's cell.
    fn cell(&mut self, slot: SlotId) -> Ref {
        let program = self.engine.program();
        let Some(variable) = program.slots.get(usize::from(slot)).map(|slot| slot.variable) else { return leaf(u32::from(FAULT)) };
        self.need(variable);
        let at = usize::from(slot - program.slots_of(variable).start);
        let Some(Symbol { root, states: Some(states) }) = self.symbols.get(usize::from(variable)) else { return self.root(variable) };
        let cell = |number: u32| states.get(number as usize).and_then(|state| state.cells.get(at)).copied().unwrap_or(FAULT);
        self.diagrams.apply(&[*root], &mut |inputs| inputs.first().and_then(|&input| number(input)).map(|number| leaf(u32::from(cell(number)))))
    }

    /// A formula's truth.
    fn truth(&mut self, id: FormulaId) -> Ref {
        if let Some(Some(known)) = self.truths.get(id as usize) {
            return *known;
        }
        let program = self.engine.program();
        let found = match program.formulas.nodes.get(id as usize) {
            Some(Formula::Const(truth)) => leaf(*truth as u32),
            Some(node @ (Formula::Atom(slot, _) | Formula::Within(slot, ..))) => {
                let cell = self.cell(*slot);
                self.map(cell, &mut |cell| program.formulas.in_cell(node, cell as Cell).unwrap_or(Truth::Fault) as u32)
            }
            Some(Formula::And(items)) => self.connected(items, Truth::False),
            Some(Formula::Or(items)) => self.connected(items, Truth::True),
            Some(Formula::Not(item)) => {
                let item = self.truth(*item);
                self.map(item, &mut |truth| negate(truth_of(truth)) as u32)
            }
            Some(Formula::Held(item)) => {
                let item = self.truth(*item);
                self.map(item, &mut |truth| if truth == Truth::Unknown as u32 { Truth::False as u32 } else { truth })
            }
            Some(Formula::If(test, then, otherwise)) => {
                let parts = [self.truth(*test), self.truth(*then), self.truth(*otherwise)];
                self.either(parts)
            }
            None => leaf(Truth::Fault as u32),
        };
        if let Some(place) = self.truths.get_mut(id as usize) {
            *place = Some(found);
        }
        found
    }

    /// `test ? then : otherwise`; where the test is neither, what it is.
    fn either(&mut self, parts: [Ref; 3]) -> Ref {
        self.diagrams.apply(&parts, &mut |inputs| {
            let [test, then, otherwise] = *inputs else { return None };
            Some(match truth_of(number(test)?) {
                Truth::True => then,
                Truth::False => otherwise,
                _ => test,
            })
        })
    }

    /// `&&` and `||`.
    fn connected(&mut self, items: &[FormulaId], deciding: Truth) -> Ref {
        let mut all = leaf(negate(deciding) as u32);
        // What is known costs nothing, and may decide.
        let known = items.iter().filter(|&&item| self.is_at_hand(item)).copied().collect::<Vec<_>>();
        for &item in known.iter().chain(items) {
            if number(all).map(truth_of) == Some(deciding) {
                break;
            }
            let item = self.truth(item);
            all = self.diagrams.apply(&[all, item], &mut |inputs| {
                let [a, b] = *inputs else { return None };
                match (number(a).map(truth_of), number(b).map(truth_of)) {
                    (Some(a), Some(b)) => Some(leaf(join(deciding, a, b) as u32)),
                    (Some(known), None) if known == deciding => Some(a),
                    (None, Some(known)) if known == deciding => Some(b),
                    (Some(known), None) if known == negate(deciding) => Some(b),
                    (None, Some(known)) if known == negate(deciding) => Some(a),
                    _ => None,
                }
            });
        }
        all
    }

    /// The first of rows that holds, by index.
    pub fn rows(&mut self, rows: &[Row]) -> Ref {
        let mut truths = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let when = self.truth(row.when);
            match number(when).map(truth_of) {
                Some(Truth::False | Truth::Unknown) => continue,
                Some(_) => {
                    truths.push((at, when));
                    break;
                }
                None => truths.push((at, when)),
            }
        }
        let mut found = leaf(NO_ROW);
        for (at, when) in truths.into_iter().rev() {
            found = self.diagrams.apply(&[when, found], &mut |inputs| {
                let [when, rest] = *inputs else { return None };
                Some(match truth_of(number(when)?) {
                    Truth::True => leaf(at as u32),
                    Truth::Fault => leaf(FAULTED),
                    _ => rest,
                })
            });
        }
        found
    }

    /// Whether a question applies; where it has no gate, it does.
    pub fn applies(&mut self, field: VariableId) -> Ref {
        match self.engine.program().fields.get(usize::from(field)).and_then(|field| field.gate) {
            Some(gate) => self.truth(gate),
            None => leaf(Truth::True as u32),
        }
    }

    fn gate(&mut self, field: VariableId) {
        let program = self.engine.program();
        if is_record(program, self.lead, field) {
            return;
        }
        let gate = self.applies(field);
        let slots = program.slots_of(field).count();
        let Some(symbol) = self.symbols.get_mut(usize::from(field)) else { return };
        // What is masked or faulted is a state like others.
        let Symbol { root, states: Some(states) } = symbol else { return };
        let extra = states.len() as u32;
        for cell in [MASKED, FAULT] {
            states.push(State { cells: vec![cell; slots], value: None });
        }
        symbol.root = self.diagrams.apply(&[gate, *root], &mut |inputs| {
            let [gate, field] = *inputs else { return None };
            Some(match truth_of(number(gate)?) {
                Truth::True => field,
                Truth::Fault => leaf(extra + 1),
                _ => leaf(extra),
            })
        });
    }

    fn choose(&mut self, tree: ChooseId) -> Ref {
        let program = self.engine.program();
        match program.formulas.chooses.get(tree as usize) {
            Some(Choose::Cell(cell)) => leaf(u32::from(*cell)),
            Some(Choose::Map(slot, cells)) => {
                let cell = self.cell(*slot);
                self.map(cell, &mut |cell| u32::from(cells.get(cell as usize).copied().unwrap_or(FAULT)))
            }
            Some(Choose::If(test, then, otherwise)) => {
                let test = self.truth(*test);
                let parts = [test, self.choose(*then), self.choose(*otherwise)];
                self.diagrams.apply(&parts, &mut |inputs| {
                    let [test, then, otherwise] = *inputs else { return None };
                    Some(match truth_of(number(test)?) {
                        Truth::True => then,
                        Truth::False => otherwise,
                        Truth::Unknown => leaf(u32::from(ABSENT)),
                        Truth::Fault => leaf(u32::from(FAULT)),
                    })
                })
            }
            None => leaf(u32::from(FAULT)),
        }
    }

    /// What is computed from some variables as in a decision, one combination of their states after the other: `run` finds them in the frame, and leaves there what it computes.
    fn by_states(&mut self, reads: &[VariableId], sets: &[VariableId], run: &mut dyn FnMut(&Engine, &mut Frame, &mut Decision)) {
        let engine = self.engine;
        let mut roots = Vec::with_capacity(reads.len());
        for &variable in reads {
            roots.push(self.root(variable));
        }
        let (symbols, frame, decision) = (&self.symbols, &mut self.frame, &mut self.decision);
        let mut states: Vec<Vec<State>> = Vec::new();
        let root = self.diagrams.apply(&roots, &mut |inputs| {
            if inputs.iter().any(|&input| number(input).is_none()) {
                return None;
            }
            for (&variable, &input) in reads.iter().zip(inputs) {
                place(engine, symbols, frame, variable, number(input).unwrap_or_default());
            }
            run(engine, frame, decision);
            if states.len() > MOST_STATES {
                return Some(leaf(0));
            }
            Some(leaf(place_of(&mut states, sets.iter().map(|&variable| state_in(engine, variable, frame)).collect())))
        });
        if states.len() > MOST_STATES {
            self.diagrams.exhaust();
        }
        for (at, &variable) in sets.iter().enumerate() {
            let own = states.iter().filter_map(|state| state.get(at).cloned()).collect();
            self.set(variable, Symbol { root, states: Some(own) });
        }
    }

    fn compute(&mut self, variable: VariableId, node: NodeId) {
        let expressions = &self.engine.program().expressions;
        let mut reads = Vec::new();
        for id in expressions.reachable(node) {
            if let Some(Node::Variable(read) | Node::State(_, read)) = expressions.nodes.get(id as usize) && !reads.contains(read) {
                reads.push(*read);
            }
        }
        self.by_states(&reads, &[variable], &mut |engine, frame, _| {
            if let Some(value) = frame.values.get_mut(usize::from(variable)) {
                *value = None;
            }
            match machine::evaluate(engine.program(), engine.texts(), node, &FrameInputs { engine, frame }) {
                Found::Value(value) => engine.set_value(frame, variable, &value),
                Found::Unknown => engine.set_state(frame, variable, ABSENT),
                Found::Fault(..) => engine.set_state(frame, variable, FAULT),
            }
        });
    }

    /// The functions that add up to a score, before its range.
    fn parts(&mut self, index: usize) -> Vec<Ref> {
        if let Some(Some(known)) = self.scores.get(index) {
            return known.clone();
        }
        let mut found = Vec::new();
        match self.engine.program().scores.get(index).map(|score| &score.body) {
            Some(ScoreBody::Groups(groups)) => {
                for (at, group) in (0..).zip(groups) {
                    found.push(self.group(index, at, group));
                }
            }
            Some(ScoreBody::Sum(parts) | ScoreBody::Within(parts, ..)) => {
                for &part in parts {
                    found.append(&mut self.clamped(usize::from(part)));
                }
            }
            None => {}
        }
        if let Some(place) = self.scores.get_mut(index) {
            *place = Some(found.clone());
        }
        found
    }

    /// The functions that add up to a score: one, where its range cuts something off.
    fn clamped(&mut self, index: usize) -> Vec<Ref> {
        let parts = self.parts(index);
        let range = self.engine.program().scores.get(index).and_then(|score| score.range);
        let (low, high) = self.span(&parts);
        if range.is_none_or(|(least, greatest)| least <= low && high <= greatest) {
            return parts;
        }
        vec![self.sums.sum(self.diagrams, &parts, &mut |sum| points_number(Some(clamp(sum, range))), NO_POINTS)]
    }

    /// Between which points a sum of functions lies.
    fn span(&mut self, parts: &[Ref]) -> (Milli, Milli) {
        let mut span: (Milli, Milli) = (0, 0);
        for &part in parts {
            let (low, high, _) = self.sums.ends(self.diagrams, part);
            span = (span.0.saturating_add(low), span.1.saturating_add(high));
        }
        span
    }

    /// Between which points a score lies; none where it faults whatever comes.
    pub fn range(&mut self, index: usize) -> Option<(Milli, Milli)> {
        let parts = self.parts(index);
        let range = self.engine.program().scores.get(index).and_then(|score| score.range);
        let (low, high) = self.span(&parts);
        (low <= high).then(|| (clamp(low, range), clamp(high, range)))
    }

    fn score(&mut self, index: usize) {
        let Some(score) = self.engine.program().scores.get(index) else { return };
        let parts = self.parts(index);
        let program = self.engine.program();
        let by_value = program.variables.get(usize::from(score.variable)).is_some_and(|variable| variable.by_value);
        let slot = program.slots_of(score.variable).next().and_then(|slot| program.slots.get(usize::from(slot)));
        if let (Some(Slot { cut: Cut::Thresholds(thresholds), .. }), false) = (slot, by_value) {
            let cell = &mut |sum| u32::from(number_cell(thresholds, points(clamp(sum, score.range))));
            let root = self.sums.sum(self.diagrams, &parts, cell, u32::from(FAULT));
            return self.set(score.variable, Symbol { root, states: None });
        }
        let (engine, frame) = (self.engine, &mut self.frame);
        let mut states = Vec::new();
        engine.set_state(frame, score.variable, FAULT);
        let fault = place_of(&mut states, state_in(engine, score.variable, frame));
        let root = self.sums.sum(self.diagrams, &parts, &mut |sum| {
            engine.set_value(frame, score.variable, &Value::Double(points(clamp(sum, score.range))));
            place_of(&mut states, state_in(engine, score.variable, frame))
        }, fault);
        self.set(score.variable, Symbol { root, states: Some(states) });
    }

    /// What a group's rules add up to. The cases that look at one slot alone are added up cell by cell.
    fn group(&mut self, score: usize, at: u16, group: &Group) -> Ref {
        let program = self.engine.program();
        let mut parts = vec![leaf(points_number(self.counted(score, at)))];
        let mut slots: Vec<SlotId> = Vec::new();
        let cases = || group.rules.iter().flat_map(|rule| &rule.cases);
        for case in cases() {
            match program.formulas.nodes.get(case.when as usize) {
                Some(Formula::Atom(slot, _) | Formula::Within(slot, ..)) => {
                    if !slots.contains(slot) {
                        slots.push(*slot);
                    }
                }
                _ => {
                    let when = self.truth(case.when);
                    let part = self.map(when, &mut |truth| points_number(match truth_of(truth) {
                        Truth::True => Some(case.points),
                        Truth::Fault => None,
                        _ => Some(0),
                    }));
                    parts.push(part);
                }
            }
        }
        for own in slots {
            let cell = self.cell(own);
            let part = self.map(cell, &mut |cell| {
                let mut worth: Option<Milli> = Some(0);
                for case in cases() {
                    let node = program.formulas.nodes.get(case.when as usize);
                    if let Some(node @ (Formula::Atom(slot, _) | Formula::Within(slot, ..))) = node && *slot == own {
                        match program.formulas.in_cell(node, cell as Cell) {
                            Some(Truth::True) => worth = worth.map(|worth| worth.saturating_add(case.points)),
                            Some(Truth::False | Truth::Unknown) => {}
                            Some(Truth::Fault) | None => worth = None,
                        }
                    }
                }
                points_number(worth)
            });
            parts.push(part);
        }
        self.sums.sum(self.diagrams, &parts, &mut |sum| points_number(Some(clamp_group(sum, group))), NO_POINTS)
    }

    /// What rules that count events give.
    #[cfg(feature = "full")]
    fn counted(&self, score: usize, group: u16) -> Option<Milli> {
        if self.frame.worth.is_empty() {
            return Some(0);
        }
        let mut rules = self.engine.program().life.events.of_group(score, group);
        rules.try_fold(0, |sum: Milli, rule| Some(sum.saturating_add(self.frame.worth.get(rule).copied().flatten()?.sum)))
    }

    #[cfg(not(feature = "full"))]
    fn counted(&self, _: usize, _: u16) -> Option<Milli> {
        Some(0)
    }

    fn table(&mut self, index: usize) {
        let program = self.engine.program();
        let Some(table) = program.tables.get(index) else { return };
        #[cfg(feature = "full")]
        if let Some(hits) = program.life.hits_of(index) {
            let reads = self.read_by(table.rows.iter().map(|row| row.when));
            return self.by_states(&reads, &table.outputs, &mut |engine, frame, decision| engine.table_of_hits(frame, hits, decision));
        }
        let rows = self.rows(&table.rows);
        for (at, &output) in table.outputs.iter().enumerate() {
            let root = self.map(rows, &mut |row| {
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
        let mut next: Vec<FormulaId> = conditions.collect();
        while let Some(id) = next.pop() {
            let Some(node) = program.formulas.nodes.get(id as usize) else { continue };
            node.operands(&mut |operand| next.push(operand));
            if let Formula::Atom(slot, _) | Formula::Within(slot, ..) = node {
                let variable = program.slots.get(usize::from(*slot)).map(|slot| slot.variable);
                if let Some(variable) = variable.filter(|variable| !reads.contains(variable)) {
                    reads.push(variable);
                }
            }
        }
        reads
    }

    fn moves(&mut self) {
        let program = self.engine.program();
        let Some(stages) = &program.stages else { return };
        let conditions = stages.moves.iter().map(|item| item.when);
        #[cfg(feature = "full")]
        let conditions = conditions.chain(program.life.moves.iter().filter_map(|item| item.when));
        let mut reads = self.read_by(conditions);
        for &field in stages.require.iter().flatten() {
            if !reads.contains(&field) {
                reads.push(field);
            }
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

/// What a variable is in a frame.
fn state_in(engine: &Engine, variable: VariableId, frame: &Frame) -> State {
    let cells = engine.program().slots_of(variable).map(|slot| frame.cell(slot)).collect();
    State { cells, value: frame.values.get(usize::from(variable)).cloned().flatten() }
}

/// Where something stands in a list; it is added where it does not.
fn place_of<T: PartialEq>(list: &mut Vec<T>, item: T) -> u32 {
    let at = list.iter().position(|known| *known == item).unwrap_or_else(|| {
        list.push(item);
        list.len() - 1
    });
    at as u32
}

/// Puts one of a variable's states into a frame.
fn place(engine: &Engine, symbols: &[Symbol], frame: &mut Frame, variable: VariableId, number: u32) {
    let Some(symbol) = symbols.get(usize::from(variable)) else { return };
    let Some(states) = &symbol.states else { return engine.set_state(frame, variable, number as Cell) };
    let Some(state) = states.get(number as usize) else { return };
    for (slot, &cell) in engine.program().slots_of(variable).zip(&state.cells) {
        frame.set_cell(slot, cell);
    }
    if let Some(value) = frame.values.get_mut(usize::from(variable)) {
        value.clone_from(&state.value);
    }
}

fn truth_of(number: u32) -> Truth {
    match number {
        0 => Truth::False,
        1 => Truth::True,
        2 => Truth::Unknown,
        _ => Truth::Fault,
    }
}
