//! A decision lifted to sets of cells, sets of values and intervals: sound for every completion, and not always exact.

use super::sets::{CellSet, Truths, open_cells, truths, value_cells};
use super::{OutputPossible, Possible, ScorePossible, insert};
use crate::engine::Engine;
use crate::engine::decide::{clamp, clamp_group, points};
use crate::engine::decision::Outcome;
use crate::engine::frame::{Frame, number_cell};
use crate::engine::layout::group_parts;
use crate::engine::lead::{Answer, Lead};
use crate::engine::machine::{self, PartialInputs, PossibleReading, Values};
use crate::engine::resolve::is_record;
use crate::program::{
    ABSENT, Cell, Choose, ChooseId, Cut, DECLINED, Domain, FAULT, FIRST_VALUE, FormulaId, Group, MASKED, Milli, NodeId, ScoreBody, SlotId,
    Step, Truth, VariableId,
};

/// What can still come out, bounded.
pub fn run(engine: &Engine, lead: &Lead, stage: Option<u16>) -> Possible {
    let mut sets = Sets::new(engine, lead);
    let mut possible = Possible::empty(engine);
    let program = engine.program();
    for step in &program.steps {
        match *step {
            Step::Gate(field) => sets.gate(field, lead),
            Step::Choose(variable, tree) => {
                let mut cells = CellSet::default();
                sets.choose(tree, &mut cells);
                sets.set_all(variable, cells);
            }
            Step::Compute(variable, node) => sets.compute(variable, node),
            Step::Screen => {
                let rows: Vec<FormulaId> = program.screen.iter().map(|row| row.when).collect();
                let passes = sets.first_hit(&rows, &mut |row| match row {
                    Some(row) => insert(&mut possible.outcomes, engine.screened(row)),
                    None => possible.include_fault(engine),
                });
                if !passes {
                    break;
                }
            }
            Step::Score(index) => sets.score(usize::from(index), &mut possible),
            Step::Table(index) => sets.table(usize::from(index), &mut possible),
            Step::Moves => {
                if let Some(stages) = &program.stages {
                    sets.moves(stages, stage.unwrap_or(0), &mut possible);
                }
            }
            Step::Route => {
                let Some(route) = &program.route else { continue };
                let rows: Vec<FormulaId> = route.rows.iter().map(|row| row.when).collect();
                sets.first_hit(&rows, &mut |row| match row {
                    Some(row) => insert(&mut possible.outcomes, route.rows.get(row).map_or(Outcome::None, |row| Outcome::Route(row.to))),
                    None => possible.include_fault(engine),
                });
            }
        }
    }
    if program.route.is_none() && possible.outcomes.is_empty() {
        possible.outcomes.push(Outcome::None);
    }
    possible.exact = is_single(&possible);
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
    pub(super) cells: Vec<CellSet>,
    values: Vec<Values>,
}

impl<'a> Sets<'a> {
    fn new(engine: &'a Engine, lead: &Lead) -> Self {
        let program = engine.program();
        let mut given = Frame::new(program);
        engine.place_all(&mut given, lead);
        let cells = given.cells.iter().map(|&cell| CellSet::of(cell)).collect();
        let mut sets = Self { engine, cells, values: vec![Values::NONE; program.variables.len()] };
        for (at, (answer, _)) in lead.answers.iter().enumerate() {
            let field = at as VariableId;
            match answer {
                Answer::Open => sets.open(field),
                Answer::Value(value) | Answer::Range(value) => sets.put_values(field, Values::few(vec![value.clone()])),
                Answer::Absent | Answer::Declined => {}
            }
        }
        program.slice.iter().flat_map(|slice| &slice.open).for_each(|&secret| sets.open_secret(secret));
        sets
    }

    /// What is secret has any of its values, is absent or has faulted.
    fn open_secret(&mut self, secret: VariableId) {
        let program = self.engine.program();
        for slot in program.slots_of(secret) {
            let mut cells = CellSet::of(ABSENT);
            cells.insert(FAULT);
            value_cells(program, slot).into_iter().for_each(|cell| cells.insert(cell));
            self.put(slot, cells);
        }
        let values = match program.variables.get(usize::from(secret)).map(|variable| &variable.domain) {
            Some(Domain::Int(low, high)) => Values::ints(*low, *high),
            Some(Domain::Double(low, high)) => Values::doubles(*low, *high),
            _ => Values::ANY,
        };
        self.put_values(secret, values);
    }

    fn open(&mut self, field: VariableId) {
        let program = self.engine.program();
        let slots: Vec<SlotId> = program.slots_of(field).collect();
        let (combinations, complete) = open_cells(program, field);
        for (at, &slot) in slots.iter().enumerate() {
            let mut cells = CellSet::default();
            combinations.iter().filter_map(|cells| cells.get(at)).for_each(|&cell| cells.insert(cell));
            if !complete {
                value_cells(program, slot).into_iter().for_each(|cell| cells.insert(cell));
                cells.insert(ABSENT);
            }
            self.put(slot, cells);
        }
        let values = match program.variables.get(usize::from(field)).map(|variable| &variable.domain) {
            Some(Domain::Int(low, high)) => Values::ints(*low, *high),
            Some(Domain::Double(low, high)) => Values::doubles(*low, *high),
            Some(Domain::Text) => Values::texts(program.fields.get(usize::from(field)).map_or(u32::MAX, |field| field.max_length)),
            _ => Values::ANY,
        };
        self.put_values(field, values);
    }

    fn put(&mut self, slot: SlotId, cells: CellSet) {
        if let Some(place) = self.cells.get_mut(usize::from(slot)) {
            *place = cells;
        }
    }

    fn put_values(&mut self, variable: VariableId, values: Values) {
        if let Some(place) = self.values.get_mut(usize::from(variable)) {
            *place = values;
        }
    }

    pub(super) fn set_all(&mut self, variable: VariableId, cells: CellSet) {
        for slot in self.engine.program().slots_of(variable) {
            self.put(slot, cells.clone());
        }
    }

    pub(super) fn truths(&self, formula: FormulaId) -> Truths {
        truths(self.engine.program(), formula, &|slot| self.cells.get(usize::from(slot)))
    }

    fn gate(&mut self, field: VariableId, lead: &Lead) {
        let program = self.engine.program();
        let Some(gate) = program.fields.get(usize::from(field)).and_then(|field| field.gate) else { return };
        if is_record(program, lead, field) {
            return;
        }
        let truths = self.truths(gate);
        for slot in program.slots_of(field) {
            let mut cells = CellSet::default();
            if truths.has(Truth::True) && let Some(given) = self.cells.get(usize::from(slot)) {
                cells.extend(given);
            }
            if truths.may_pass() {
                cells.insert(MASKED);
            }
            if truths.has(Truth::Fault) {
                cells.insert(FAULT);
            }
            self.put(slot, cells);
        }
    }

    fn choose(&self, tree: ChooseId, into: &mut CellSet) {
        match self.engine.program().formulas.chooses.get(tree as usize) {
            Some(Choose::Cell(cell)) => into.insert(*cell),
            Some(Choose::Map(slot, map)) => {
                let from = self.cells.get(usize::from(*slot));
                from.into_iter().flat_map(CellSet::iter).for_each(|cell| into.insert(map.get(usize::from(cell)).copied().unwrap_or(FAULT)));
            }
            Some(Choose::If(test, then, otherwise)) => {
                for truth in self.truths(*test).iter() {
                    match truth {
                        Truth::True => self.choose(*then, into),
                        Truth::False => self.choose(*otherwise, into),
                        Truth::Unknown => into.insert(ABSENT),
                        Truth::Fault => into.insert(FAULT),
                    }
                }
            }
            None => into.insert(FAULT),
        }
    }

    fn compute(&mut self, variable: VariableId, node: NodeId) {
        let program = self.engine.program();
        let found = machine::evaluate_partial(program, self.engine.texts(), node, self);
        for slot in program.slots_of(variable) {
            let mut cells = self.cells_of(slot, &found.values);
            if found.unknown {
                cells.insert(ABSENT);
            }
            if found.fault {
                cells.insert(FAULT);
            }
            self.put(slot, cells);
        }
        self.put_values(variable, found.values);
    }

    /// The cells of a slot that values can be in.
    fn cells_of(&self, slot: SlotId, values: &Values) -> CellSet {
        let program = self.engine.program();
        let mut cells = CellSet::default();
        let Some(found) = program.slots.get(usize::from(slot)) else { return cells };
        match (values, &found.cut) {
            (Values::Few(values), _) => {
                let mut frame = Frame::new(program);
                for value in values {
                    self.engine.set_value(&mut frame, found.variable, value);
                    cells.insert(frame.cell(slot));
                }
            }
            (Values::Ints(low, high), Cut::Thresholds(thresholds)) => between(thresholds, *low as f64, *high as f64, &mut cells),
            (Values::Doubles { low, high, nan }, Cut::Thresholds(thresholds)) => {
                between(thresholds, low.max(f64::MIN), high.min(f64::MAX), &mut cells);
                if *nan || !low.is_finite() || !high.is_finite() {
                    cells.insert(FAULT);
                }
            }
            _ => {
                let count = program.cells_of(slot).unwrap_or(0) as Cell;
                (FIRST_VALUE..count).for_each(|cell| cells.insert(cell));
                // A text without a domain; a value outside the variable's type.
                cells.insert(ABSENT);
                cells.insert(FAULT);
            }
        }
        cells
    }

    /// Tells `hit` which rows may decide, and of a fault (none); whether no row may decide.
    fn first_hit(&self, rows: &[FormulaId], hit: &mut dyn FnMut(Option<usize>)) -> bool {
        for (index, &row) in rows.iter().enumerate() {
            let truths = self.truths(row);
            if truths.has(Truth::True) {
                hit(Some(index));
            }
            if truths.has(Truth::Fault) {
                hit(None);
            }
            if !truths.may_pass() {
                return false;
            }
        }
        true
    }

    fn score(&mut self, index: usize, possible: &mut Possible) {
        let program = self.engine.program();
        let Some(score) = program.scores.get(index) else { return };
        let found = match &score.body {
            ScoreBody::Groups(groups) => groups.iter().fold(ScorePossible { range: Some((0, 0)), faults: false }, |sum, group| add(sum, self.group(group))),
            ScoreBody::Sum(parts) => sum_of(parts, ScorePossible { range: Some((0, 0)), faults: false }, possible),
            ScoreBody::Within(parts, low, high) => sum_of(parts, ScorePossible { range: Some((*low, *high)), faults: true }, possible),
        };
        let range = found.range.map(|(low, high)| (clamp(low, score.range), clamp(high, score.range)));
        let variable = score.variable;
        let values = range.map_or(Values::NONE, |(low, high)| Values::doubles(points(low), points(high)));
        for slot in program.slots_of(variable) {
            let mut cells = if range.is_some() { self.cells_of(slot, &values) } else { CellSet::default() };
            if found.faults {
                cells.insert(FAULT);
            }
            self.put(slot, cells);
        }
        self.put_values(variable, values);
        if let Some(place) = possible.scores.get_mut(index) {
            *place = ScorePossible { range, faults: found.faults };
        }
    }

    fn group(&self, group: &Group) -> ScorePossible {
        let program = self.engine.program();
        let (tables, cases) = group_parts(program, group);
        let mut sum = ScorePossible { range: Some((0, 0)), faults: false };
        for (slot, table) in tables {
            let mut part = ScorePossible::default();
            for cell in self.cells.get(usize::from(slot)).into_iter().flat_map(CellSet::iter) {
                match table.get(usize::from(cell)) {
                    Some((points, false)) => part.include(*points, *points),
                    _ => part.faults = true,
                }
            }
            sum = add(sum, part);
        }
        for (when, points) in cases {
            let truths = self.truths(when);
            let mut part = ScorePossible { range: None, faults: truths.has(Truth::Fault) };
            if truths.has(Truth::True) {
                part.include(points, points);
            }
            if truths.may_pass() {
                part.include(0, 0);
            }
            sum = add(sum, part);
        }
        sum.range = sum.range.map(|(low, high)| (clamp_group(low, group), clamp_group(high, group)));
        sum
    }

    fn table(&mut self, index: usize, possible: &mut Possible) {
        let program = self.engine.program();
        let Some(table) = program.tables.get(index) else { return };
        let rows: Vec<FormulaId> = table.rows.iter().map(|row| row.when).collect();
        let mut hits: Vec<usize> = Vec::new();
        let mut faults = false;
        let passes = self.first_hit(&rows, &mut |row| match row {
            Some(row) => hits.push(row),
            None => faults = true,
        });
        // A table without a row that holds has no outputs, which is a fault.
        faults |= passes;
        for (at, &output) in table.outputs.iter().enumerate() {
            let mut found = OutputPossible { values: Vec::new(), faults };
            let mut cells = CellSet::default();
            for value in hits.iter().filter_map(|&row| table.rows.get(row)?.then.get(at).copied()) {
                insert(&mut found.values, value);
                cells.insert(FIRST_VALUE + value);
            }
            if faults {
                cells.insert(FAULT);
            }
            self.set_all(output, cells);
            let place = usize::from(output).checked_sub(self.engine.first_output());
            if let Some(place) = place.and_then(|place| possible.outputs.get_mut(place)) {
                *place = found;
            }
        }
    }
}

impl PartialInputs for Sets<'_> {
    fn read(&self, variable: VariableId) -> PossibleReading {
        let program = self.engine.program();
        let cells = program.slots_of(variable).next().and_then(|slot| self.cells.get(usize::from(slot)));
        let Some(cells) = cells else {
            return PossibleReading { values: Values::NONE, absent: true, declined: false, masked: false, fault: false };
        };
        let has_value = cells.iter().any(|cell| cell >= FIRST_VALUE);
        let values = match program.variables.get(usize::from(variable)).map(|variable| &variable.domain) {
            Some(Domain::Finite(domain)) => {
                Values::few(cells.iter().filter_map(|cell| domain.get(usize::from(cell.checked_sub(FIRST_VALUE)?))).cloned().collect())
            }
            _ if has_value => self.values.get(usize::from(variable)).cloned().unwrap_or(Values::ANY),
            _ => Values::NONE,
        };
        PossibleReading {
            values,
            absent: cells.contains(ABSENT),
            declined: cells.contains(DECLINED),
            masked: cells.contains(MASKED),
            fault: cells.contains(FAULT),
        }
    }
}

fn between(thresholds: &[f64], low: f64, high: f64, cells: &mut CellSet) {
    if low <= high {
        (number_cell(thresholds, low)..=number_cell(thresholds, high)).for_each(|cell| cells.insert(cell));
    }
}

fn sum_of(parts: &[u16], start: ScorePossible, possible: &Possible) -> ScorePossible {
    parts.iter().fold(start, |sum, &part| add(sum, possible.scores.get(usize::from(part)).copied().unwrap_or_default()))
}

fn add(a: ScorePossible, b: ScorePossible) -> ScorePossible {
    let range = match (a.range, b.range) {
        (Some((low, high)), Some((least, greatest))) => Some((plus(low, least), plus(high, greatest))),
        _ => None,
    };
    ScorePossible { range, faults: a.faults || b.faults }
}

fn plus(a: Milli, b: Milli) -> Milli {
    a.saturating_add(b)
}
