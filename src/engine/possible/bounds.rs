//! A decision lifted to sets of cells, sets of values and intervals: sound for every completion, and not always exact.

use std::ops::Range;

use super::sets::{Cells, OpenField, value_cells};
use super::{Possible, ScorePossible, insert};
use crate::engine::Engine;
use crate::engine::decide::{clamp, clamp_group, points};
use crate::engine::decision::Outcome;
use crate::engine::frame::{Frame, number_cell};
use crate::engine::lead::{Answer, Lead};
#[cfg(feature = "expressions")]
use crate::engine::machine::Values;
use crate::engine::resolve::is_record;
use crate::engine::singles::{singles, worth_in};
use crate::engine::truths::Truths;
use crate::program::{
    ABSENT, Cell, Choose, ChooseId, Cut, FAULT, FIRST_VALUE, FormulaId, Group, MASKED, Milli, ScoreBody,
    Step, Truth, VariableId,
};

/// What can still come out, bounded.
pub fn run(engine: &Engine, lead: &Lead, stage: Option<u16>) -> Possible {
    lifted(Sets::new(engine, lead), lead, stage)
}

/// The same where a field has one of these values.
#[cfg(feature = "full")]
pub fn run_within(engine: &Engine, lead: &Lead, stage: Option<u16>, field: VariableId, values: Values) -> Possible {
    let mut sets = Sets::new(engine, lead);
    sets.set_values(field, values);
    lifted(sets, lead, stage)
}

/// Decides what is in sets.
fn lifted(mut sets: Sets, lead: &Lead, stage: Option<u16>) -> Possible {
    let engine = sets.engine;
    let mut possible = Possible::empty(engine);
    let program = engine.program();
    'steps: for step in &program.steps {
        match *step {
            Step::Gate(field) => sets.gate(field, lead),
            Step::Choose(variable, tree) => {
                sets.clear(variable);
                sets.choose(variable, tree);
            }
            Step::Compute(variable, node) => sets.compute(variable, node),
            Step::Screen => {
                for (index, row) in program.screen.iter().enumerate() {
                    if !possible.include_row(engine, sets.truths(row.when), engine.screened(index)) {
                        break 'steps;
                    }
                }
            }
            Step::Score(index) => sets.score(usize::from(index), &mut possible),
            #[cfg(feature = "full")]
            Step::Table(index) if program.life.hits_of(usize::from(index)).is_some() => {
                program.life.hits_of(usize::from(index)).into_iter().for_each(|hits| sets.table_of_hits(hits, &mut possible));
            }
            Step::Table(index) => sets.table(usize::from(index), &mut possible),
            Step::Moves => {
                if let Some(stages) = &program.stages {
                    sets.moves(stages, stage.unwrap_or(0), &mut possible);
                }
            }
            Step::Route => {
                for row in program.route.iter().flat_map(|route| &route.rows) {
                    if !possible.include_row(engine, sets.truths(row.when), Outcome::Route(row.to())) {
                        break;
                    }
                }
            }
        }
    }
    if program.route.is_none() && possible.outcomes.is_empty() {
        possible.outcomes.push(Outcome::None);
    }
    possible.exact = is_single(&possible);
    #[cfg(feature = "full")]
    {
        possible.exact &= !possible.undecided;
    }
    possible
}

/// Sets that hold one thing each are exact, for something comes out.
fn is_single(possible: &Possible) -> bool {
    let score = |score: &ScorePossible| match score.range {
        Some((low, high)) => low == high && !score.faults,
        None => true,
    };
    possible.outcomes.len() == 1
        && possible.stages.len() + usize::from(possible.stage_faults) <= 1
        && possible.scores.iter().all(score)
        && possible.outputs.iter().all(|output| output.values.len() + usize::from(output.faults) <= 1)
}

impl Possible {
    /// Adds what a row of the screen or the route may come to; whether the next row may be looked at.
    fn include_row(&mut self, engine: &Engine, truths: Truths, outcome: Outcome) -> bool {
        if truths.has(Truth::True) {
            insert(&mut self.outcomes, outcome);
        }
        if truths.has(Truth::Fault) {
            self.include_fault(engine);
        }
        truths.may_pass()
    }

    /// Adds what comes out where the screen or the route faults. What is secret in a slice counts as able to fault, but no document without `on_fault` has
    /// a screen or route that can: it would not have compiled.
    fn include_fault(&mut self, engine: &Engine) {
        let program = engine.program();
        match program.route.as_ref().and_then(|route| route.on_fault) {
            Some(outcome) => insert(&mut self.outcomes, Outcome::Route(outcome)),
            None if program.slice.is_some() && program.route.is_some() => {}
            None => insert(&mut self.outcomes, Outcome::None),
        }
    }
}

/// What every slot and every value that the machine reads can be.
pub(super) struct Sets<'a> {
    pub(super) engine: &'a Engine,
    pub(super) cells: Cells,
    #[cfg(feature = "expressions")]
    pub(super) values: Vec<Values>,
    /// Where the lead stands.
    #[cfg(feature = "full")]
    pub(super) standing: Option<std::sync::Arc<crate::engine::moves::Standing>>,
    /// What rules that count events can give.
    #[cfg(feature = "full")]
    worth: Vec<Option<crate::engine::events::Worth>>,
}

impl<'a> Sets<'a> {
    fn new(engine: &'a Engine, lead: &Lead) -> Self {
        let program = engine.program();
        let mut given = Frame::new(program);
        engine.place_all(&mut given, lead);
        let mut sets = Self { engine, cells: Cells::new(program),
            #[cfg(feature = "expressions")]
            values: Vec::new(),
            #[cfg(feature = "full")]
            standing: given.standing.clone(),
            #[cfg(feature = "full")]
            worth: given.worth.clone(),
        };
        sets.keep_given(given.values);
        for (slot, &cell) in (0..).zip(&given.cells) {
            sets.cells.insert(slot, cell);
        }
        for (field, (answer, _)) in (0..).zip(&lead.answers) {
            if matches!(answer, Answer::Open) {
                sets.open(field);
            }
        }
        #[cfg(feature = "full")]
        for signal in program.life.events.signals.iter().filter(|signal| signal.faults) {
            if lead.answers.get(usize::from(signal.field)).is_some_and(|(answer, _)| *answer == Answer::Open) {
                sets.add(signal.field, FAULT);
            }
        }
        if let Some(slice) = &program.slice {
            slice.open.iter().for_each(|&secret| sets.open_secret(secret));
        }
        sets
    }

    /// What is secret has any of its values, is absent or has faulted.
    fn open_secret(&mut self, secret: VariableId) {
        self.clear(secret);
        self.add_all(secret);
        self.add(secret, FAULT);
        self.keep_any(secret);
    }

    fn open(&mut self, field: VariableId) {
        let program = self.engine.program();
        let open = OpenField::new(program, field);
        self.clear(field);
        for combination in open.cells.chunks(open.slots.len().max(1)) {
            for (slot, &cell) in open.slots.clone().zip(combination) {
                self.cells.insert(slot, cell);
            }
        }
        if !open.complete {
            self.add_all(field);
        }
        self.keep_open(field);
    }

    /// Takes all cells from a variable.
    pub(super) fn clear(&mut self, variable: VariableId) {
        for slot in self.engine.program().slots_of(variable) {
            self.cells.clear(slot);
        }
    }

    /// Adds a cell to what a variable can be in.
    pub(super) fn add(&mut self, variable: VariableId, cell: Cell) {
        for slot in self.engine.program().slots_of(variable) {
            self.cells.insert(slot, cell);
        }
    }

    /// Adds every cell of values, each slot by itself, and absence.
    fn add_all(&mut self, variable: VariableId) {
        let program = self.engine.program();
        for slot in program.slots_of(variable) {
            value_cells(program, slot, &mut |cell| self.cells.insert(slot, cell));
        }
        self.add(variable, ABSENT);
    }

    pub(super) fn truths(&self, formula: FormulaId) -> Truths {
        self.cells.truths(self.engine.program(), formula)
    }

    fn gate(&mut self, field: VariableId, lead: &Lead) {
        let program = self.engine.program();
        let Some(gate) = program.fields.get(usize::from(field)).and_then(|field| field.gate) else { return };
        if is_record(program, lead, field) {
            return;
        }
        let truths = self.truths(gate);
        if !truths.has(Truth::True) {
            self.clear(field);
        }
        if truths.may_pass() {
            self.add(field, MASKED);
        }
        if truths.has(Truth::Fault) {
            self.add(field, FAULT);
        }
    }

    /// Adds the cells that a choosing tree can come to.
    fn choose(&mut self, variable: VariableId, tree: ChooseId) {
        match self.engine.program().formulas.chooses.get(tree as usize) {
            Some(Choose::Cell(cell)) => self.add(variable, *cell),
            Some(Choose::Map(slot, map)) => {
                for (cell, &to) in (0..).zip(map) {
                    if self.cells.contains(*slot, cell) {
                        self.add(variable, to);
                    }
                }
            }
            Some(Choose::If(test, then, otherwise)) => {
                let truths = self.truths(*test);
                if truths.has(Truth::True) {
                    self.choose(variable, *then);
                }
                if truths.has(Truth::False) {
                    self.choose(variable, *otherwise);
                }
                if truths.has(Truth::Unknown) {
                    self.add(variable, ABSENT);
                }
                if truths.has(Truth::Fault) {
                    self.add(variable, FAULT);
                }
            }
            None => self.add(variable, FAULT),
        }
    }

    /// Adds points between two to what a score can be.
    fn add_points(&mut self, score: VariableId, low: f64, high: f64) {
        let program = self.engine.program();
        for slot in program.slots_of(score) {
            if let Some(Cut::Thresholds(thresholds)) = program.slots.get(usize::from(slot)).map(|slot| &slot.cut) {
                cells_between(thresholds, low, high).for_each(|cell| self.cells.insert(slot, cell));
            }
        }
        self.keep_between(score, low, high);
    }

    fn score(&mut self, index: usize, possible: &mut Possible) {
        let program = self.engine.program();
        let Some(score) = program.scores.get(index) else { return };
        let mut sum = ScorePossible { range: Some((0, 0)), faults: false };
        match &score.body {
            ScoreBody::Groups(groups) => (0..).zip(groups).for_each(|(at, group)| sum.add(self.group(index, at, group))),
            ScoreBody::Sum(parts) => sum.add_scores(parts, possible),
            ScoreBody::Within(parts, low, high) => {
                sum.add(ScorePossible { range: Some((*low, *high)), faults: true });
                sum.add_scores(parts, possible);
            }
        }
        sum.range = sum.range.map(|(low, high)| (clamp(low, score.range), clamp(high, score.range)));
        self.clear(score.variable);
        if let Some((low, high)) = sum.range {
            self.add_points(score.variable, points(low), points(high));
        }
        if sum.faults {
            self.add(score.variable, FAULT);
        }
        if let Some(place) = possible.scores.get_mut(index) {
            *place = sum;
        }
    }

    /// What a group's rules can add up to. A slot is in one cell at a time, so the cases that look at the same one are added up cell by cell.
    fn group(&self, score: usize, at: u16, group: &Group) -> ScorePossible {
        let program = self.engine.program();
        let mut sum = ScorePossible { range: Some((0, 0)), faults: false };
        let singles = singles(program, group, &mut |case| sum.add(case_of(self.truths(case.when), case.points)));
        for (slot, cases) in singles {
            let mut part = ScorePossible::default();
            for cell in self.cells.of(slot) {
                part.include(worth_in(program, &cases, cell));
            }
            sum.add(part);
        }
        #[cfg(feature = "full")]
        self.counted(score, at, &mut sum);
        #[cfg(not(feature = "full"))]
        let _ = (score, at);
        sum.range = sum.range.map(|(low, high)| (clamp_group(low, group), clamp_group(high, group)));
        sum
    }

    /// Adds what rules that count events can give.
    #[cfg(feature = "full")]
    fn counted(&self, score: usize, group: u16, sum: &mut ScorePossible) {
        if self.worth.is_empty() {
            return;
        }
        for rule in self.engine.program().life.events.of_group(score, group) {
            let worth = self.worth.get(rule).copied().flatten();
            // Events that are not known yet may be such that nothing can be told of them.
            let events = &self.engine.program().life.events.rules;
            let may = events.get(rule).is_some_and(|each| each.faults) && worth.is_some_and(|worth| worth.open);
            sum.add(ScorePossible { range: worth.map(|worth| worth.range), faults: worth.is_none() || may });
        }
    }

    fn table(&mut self, index: usize, possible: &mut Possible) {
        let Some(table) = self.engine.program().tables.get(index) else { return };
        for &output in &table.outputs {
            self.clear(output);
        }
        let (mut passes, mut faults) = (true, false);
        for row in &table.rows {
            let truths = self.truths(row.when);
            faults |= truths.has(Truth::Fault);
            if truths.has(Truth::True) {
                for (&output, &value) in table.outputs.iter().zip(&row.then) {
                    self.output(output, Some(value), possible);
                }
            }
            passes = truths.may_pass();
            if !passes {
                break;
            }
        }
        // A table without a row that holds has no outputs, which is a fault.
        if faults || passes {
            for &output in &table.outputs {
                self.output(output, None, possible);
            }
        }
    }

    /// Adds what a table output can be: one of its values, or faulted.
    pub(super) fn output(&mut self, output: VariableId, value: Option<u16>, possible: &mut Possible) {
        self.add(output, value.map_or(FAULT, |value| FIRST_VALUE + value));
        let place = usize::from(output).checked_sub(self.engine.first_output());
        if let Some(found) = place.and_then(|place| possible.outputs.get_mut(place)) {
            found.include(value);
        }
    }
}

/// The cells that numbers between two are in.
pub(super) fn cells_between(thresholds: &[f64], least: f64, greatest: f64) -> Range<Cell> {
    number_cell(thresholds, least)..number_cell(thresholds, greatest) + 1
}

impl ScorePossible {
    /// Adds another part of a sum.
    fn add(&mut self, part: Self) {
        self.range = match (self.range, part.range) {
            (Some((low, high)), Some((least, greatest))) => Some((plus(low, least), plus(high, greatest))),
            _ => None,
        };
        self.faults |= part.faults;
    }

    fn add_scores(&mut self, parts: &[u16], possible: &Possible) {
        for &part in parts {
            self.add(possible.scores.get(usize::from(part)).copied().unwrap_or_default());
        }
    }
}

/// What a case can add to its group.
fn case_of(truths: Truths, points: Milli) -> ScorePossible {
    let mut part = ScorePossible { range: None, faults: truths.has(Truth::Fault) };
    if truths.has(Truth::True) {
        part.include(Some(points));
    }
    if truths.may_pass() {
        part.include(Some(0));
    }
    part
}

// In a function of its own: wherever it stands it is long.
#[inline(never)]
fn plus(a: Milli, b: Milli) -> Milli {
    a.saturating_add(b)
}
