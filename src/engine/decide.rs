//! Scores, tables, moves and route of a resolved lead.

use crate::program::{FAULT, FIRST_VALUE, Group, Milli, Program, ScoreBody, Stages, Step, Truth, VariableId};

use super::Engine;
#[cfg(feature = "full")]
use super::decision::RowsHeld;
use super::decision::{Decision, Outcome, StageMoves};
use super::frame::Frame;
use super::lead::Lead;
use super::resolve::{is_record, is_value};

/// What a first-hit search came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hit {
    /// This row holds, and no earlier one holds or faults.
    Row(usize),
    /// A row faults before any holds.
    Fault,
    /// No row holds.
    None,
}

impl Engine {
    /// Decides a lead that begins in a stage (by index; the first where none is given).
    pub fn decide(&self, lead: &Lead, stage: Option<u16>) -> Decision {
        let mut frame = Frame::new(self.program());
        let mut decision = Decision::default();
        self.decide_into(lead, stage, &mut frame, &mut decision);
        decision
    }

    /// Decides a lead, leaving its cells in a frame.
    pub(crate) fn decide_into(&self, lead: &Lead, stage: Option<u16>, frame: &mut Frame, decision: &mut Decision) {
        self.place_all(frame, lead);
        self.run(frame, &|field| is_record(self.program(), lead, field), stage, decision);
    }

    /// Runs the steps on a frame in which the answers are placed.
    #[cfg_attr(quick, optimize(speed))]
    pub(crate) fn run(&self, frame: &mut Frame, record: &dyn Fn(VariableId) -> bool, stage: Option<u16>, decision: &mut Decision) {
        let program = self.program();
        decision.clear(program);
        for step in &program.steps {
            match *step {
                Step::Gate(field) => self.gate(frame, field, record),
                Step::Choose(variable, tree) => self.choose(frame, variable, tree),
                Step::Compute(variable, node) => self.compute(frame, variable, node, &mut decision.faults),
                Step::Screen => {
                    match self.layout().screen(program, frame) {
                        Hit::None => continue,
                        Hit::Row(row) => decision.outcome = self.screened(row),
                        Hit::Fault => on_fault(program, decision),
                    }
                    decision.screened = true;
                    decision.stage = None;
                    break;
                }
                Step::Score(score) => self.score(frame, usize::from(score), decision),
                Step::Table(table) => self.table(frame, usize::from(table), decision),
                Step::Moves => self.moves(frame, stage, decision),
                Step::Route => self.route(frame, decision),
            }
        }
        self.list_identity(frame, decision);
        self.list_faulted(frame, decision);
    }

    /// The frame of a lead after gates and derives, which is all that gates read.
    pub(crate) fn first_layer(&self, lead: &Lead) -> Frame {
        let mut frame = Frame::new(self.program());
        self.place_all(&mut frame, lead);
        for step in &self.program().steps {
            match *step {
                Step::Gate(field) => self.gate(&mut frame, field, &|field| is_record(self.program(), lead, field)),
                Step::Choose(variable, tree) => self.choose(&mut frame, variable, tree),
                Step::Compute(variable, node) => self.compute(&mut frame, variable, node, &mut Vec::new()),
                Step::Screen | Step::Score(_) | Step::Table(_) | Step::Moves | Step::Route => {}
            }
        }
        frame
    }

    /// The frame of a lead after some of the steps, whatever the screen says.
    #[cfg(feature = "author")]
    pub(crate) fn frame_of(&self, lead: &Lead, stage: Option<u16>, steps: &[Step]) -> Frame {
        let (mut frame, mut decision) = (Frame::new(self.program()), Decision::default());
        decision.clear(self.program());
        self.place_all(&mut frame, lead);
        for step in steps {
            match *step {
                Step::Gate(field) => self.gate(&mut frame, field, &|field| is_record(self.program(), lead, field)),
                Step::Choose(variable, tree) => self.choose(&mut frame, variable, tree),
                Step::Compute(variable, node) => self.compute(&mut frame, variable, node, &mut Vec::new()),
                Step::Score(score) => self.score(&mut frame, usize::from(score), &mut decision),
                Step::Table(table) => self.table(&mut frame, usize::from(table), &mut decision),
                Step::Moves => self.moves(&mut frame, stage, &mut decision),
                Step::Screen | Step::Route => {}
            }
        }
        frame
    }

    /// The value of a derive that has one of finitely many, by name: none of these where there is no such derive, and none inside where it is not known.
    #[cfg(feature = "author")]
    pub(crate) fn derived(&self, lead: &Lead, name: &str) -> Option<Option<crate::program::Value>> {
        let program = self.program();
        let of_fields = program.fields.len();
        let count = self.after_derives.checked_sub(of_fields)?;
        let (at, variable) = program.variables.iter().enumerate().skip(of_fields).take(count).find(|(_, variable)| variable.name == name && !name.is_empty())?;
        let crate::program::Domain::Finite(values) = &variable.domain else { return None };
        let slot = self.layout().slots_of(at as VariableId).next()?;
        let cell = self.first_layer(lead).cell(slot);
        Some(cell.checked_sub(FIRST_VALUE).and_then(|at| values.get(usize::from(at)).cloned()))
    }

    /// Whether a variable has a value.
    #[cfg_attr(quick, optimize(speed))]
    pub(crate) fn is_known(&self, frame: &Frame, variable: VariableId) -> bool {
        self.layout().slots_of(variable).next().is_some_and(|slot| is_value(frame.cell(slot)))
    }

    #[cfg_attr(quick, optimize(speed))]
    fn list_identity(&self, frame: &Frame, decision: &mut Decision) {
        for (index, fields) in self.program().identity.iter().enumerate() {
            if fields.iter().all(|&field| self.is_known(frame, field)) {
                decision.identity.push(index as u16);
            }
        }
    }

    #[cfg_attr(quick, optimize(speed))]
    fn score(&self, frame: &mut Frame, index: usize, decision: &mut Decision) {
        let program = self.program();
        let Some(score) = program.scores.get(index) else { return };
        let raw = match &score.body {
            ScoreBody::Groups(_) => self.layout().score(program, index, frame),
            ScoreBody::Sum(parts) => parts.iter().try_fold(0, |sum: Milli, &part| {
                let value = decision.scores.get(usize::from(part)).copied().flatten()?;
                Some(sum.saturating_add(value))
            }),
            ScoreBody::Within(..) => None,
        };
        let value = raw.map(|raw| clamp(raw, score.range));
        match value {
            #[cfg(feature = "full")]
            Some(value) => self.set_score(frame, score.variable, points(value)),
            // A page has one way to set a value.
            #[cfg(not(feature = "full"))]
            Some(value) => self.set_value(frame, score.variable, &crate::program::Value::Double(points(value))),
            None => self.set_state(frame, score.variable, FAULT),
        }
        if let Some(place) = decision.scores.get_mut(index) {
            *place = value;
        }
    }

    #[cfg_attr(quick, optimize(speed))]
    fn table(&self, frame: &mut Frame, index: usize, decision: &mut Decision) {
        let program = self.program();
        #[cfg(feature = "full")]
        if let Some(hits) = program.life.hits_of(index) {
            return self.table_of_hits(frame, hits, decision);
        }
        let Some(table) = program.tables.get(index) else { return };
        let row = match self.layout().table(program, index, frame) {
            Hit::Row(row) => table.rows.get(row).map(|found| (row, found)),
            Hit::Fault | Hit::None => None,
        };
        for (at, &output) in table.outputs.iter().enumerate() {
            let value = row.and_then(|(_, row)| row.then.get(at).copied());
            self.set_state(frame, output, value.map_or(FAULT, |value| FIRST_VALUE + value));
            let place = usize::from(output).checked_sub(self.first_output());
            if let Some(place) = place.and_then(|place| decision.outputs.get_mut(place)) {
                *place = value;
            }
        }
        if let Some(place) = decision.rows.get_mut(index) {
            *place = row.map(|(row, _)| row as u16);
        }
    }

    #[cfg_attr(quick, optimize(speed))]
    pub(crate) fn moves(&self, frame: &mut Frame, stage: Option<u16>, decision: &mut Decision) {
        let program = self.program();
        let Some(stages) = &program.stages else { return };
        let mut result = decision.stage.take().unwrap_or_default();
        result.begin(stage.unwrap_or(0));
        #[cfg(feature = "full")]
        match frame.standing.clone() {
            Some(standing) => self.live_moves(frame, (*standing).clone(), &mut result),
            None => self.condition_moves(frame, stages, &mut result, &mut NoPast),
        }
        #[cfg(not(feature = "full"))]
        self.condition_moves(frame, stages, &mut result, &mut NoPast);
        let exists = usize::from(result.after) < stages.require.len();
        self.set_state(frame, stages.variable, if result.faulted || !exists { FAULT } else { FIRST_VALUE + result.after });
        decision.stage = Some(result);
    }

    /// Makes the moves whose condition holds and that the lead's past does not bar.
    #[cfg_attr(quick, optimize(speed))]
    pub(super) fn condition_moves(&self, frame: &Frame, stages: &Stages, result: &mut StageMoves, past: &mut impl Past) {
        let program = self.program();
        let (began, first) = (result.after, result.moves.len());
        // A stage is entered at most once, so the loop ends after as many moves as there are stages.
        'moves: loop {
            for (index, item) in stages.moves.iter().enumerate() {
                if !item.from.contains(&result.after) || past.bars(index as u16) {
                    continue;
                }
                match frame.truth(program, item.when) {
                    Truth::Fault => return result.fault(),
                    Truth::True if self.may_enter(frame, item.to) && !was_in(stages, began, result.moves.iter().skip(first), item.to) => {
                        result.after = item.to;
                        result.moves.push(index as u16);
                        if past.makes(index as u16) {
                            continue 'moves;
                        }
                        return;
                    }
                    _ => {}
                }
            }
            return;
        }
    }

    /// Whether all fields that a stage requires are known.
    pub(crate) fn may_enter(&self, frame: &Frame, stage: u16) -> bool {
        let program = self.program();
        let required = program.stages.as_ref().and_then(|stages| stages.require.get(usize::from(stage)));
        required.is_some_and(|fields| fields.iter().all(|&field| self.is_known(frame, field)))
    }

    #[cfg_attr(quick, optimize(speed))]
    fn route(&self, frame: &Frame, decision: &mut Decision) {
        let program = self.program();
        let Some(route) = &program.route else { return };
        match self.layout().route(program, frame) {
            Hit::Row(index) => {
                decision.row = Some(index as u16);
                decision.outcome = route.rows.get(index).map_or(Outcome::None, |row| Outcome::Route(row.to()));
            }
            Hit::Fault => on_fault(program, decision),
            Hit::None => {}
        }
    }

    #[cfg_attr(quick, optimize(speed))]
    fn list_faulted(&self, frame: &Frame, decision: &mut Decision) {
        // A frame without any fault is the usual one.
        if !self.layout().is_faulted(frame) {
            return;
        }
        for (slot, cell) in self.program().slots.iter().zip(&frame.cells) {
            // What a screened lead did not get to still stands as the lead before left it.
            if decision.screened && usize::from(slot.variable) >= self.after_derives {
                break;
            }
            let named = self.program().variables.get(usize::from(slot.variable)).is_some_and(|variable| !variable.name.is_empty());
            if *cell == FAULT && named && decision.faulted.last() != Some(&slot.variable) {
                decision.faulted.push(slot.variable);
            }
        }
    }
}

impl Decision {
    /// Forgets everything; room for the program's parts is kept.
    #[cfg_attr(quick, optimize(speed))]
    pub(crate) fn clear(&mut self, program: &Program) {
        self.outcome = Outcome::None;
        self.by_fault = false;
        self.screened = false;
        self.row = None;
        self.faults.clear();
        self.faulted.clear();
        self.identity.clear();
        let outputs = program.tables.iter().map(|table| table.outputs.len()).sum();
        reset(&mut self.outputs, outputs);
        reset(&mut self.rows, program.tables.len());
        reset(&mut self.scores, program.scores.len());
        #[cfg(feature = "full")]
        {
            self.hits.iter_mut().for_each(RowsHeld::clear);
            self.hits.resize(program.life.hits.len(), RowsHeld::default());
        }
    }
}

#[cfg_attr(quick, optimize(speed), inline)]
fn reset<T: Clone>(list: &mut Vec<Option<T>>, count: usize) {
    list.clear();
    list.resize(count, None);
}

/// A lead decided where it stands, with the cells that it came to.
#[cfg(feature = "full")]
pub(crate) fn decide_frame(engine: &Engine, lead: &Lead, standing: &super::moves::Standing) -> (Frame, Decision) {
    let lead = Lead { standing: Some(standing.clone().into()), ..lead.clone() };
    let (mut frame, mut decision) = (Frame::new(engine.program()), Decision::default());
    engine.decide_into(&lead, Some(standing.stage), &mut frame, &mut decision);
    (frame, decision)
}

/// The points of a number of thousandths: the double nearest to it.
#[cfg_attr(quick, inline)]
pub fn points(milli: Milli) -> f64 {
    milli as f64 / 1000.0
}

/// Clamps to a range.
#[cfg_attr(quick, inline)]
pub(crate) fn clamp(value: Milli, range: Option<(Milli, Milli)>) -> Milli {
    range.map_or(value, |(low, high)| value.max(low).min(high))
}

/// Clamps a group's sum.
#[cfg_attr(quick, optimize(speed), inline)]
pub(crate) fn clamp_group(sum: Milli, group: &Group) -> Milli {
    let capped = group.max.map_or(sum, |max| sum.min(max));
    group.min.map_or(capped, |min| capped.max(min))
}

/// What a lead's past says of its condition moves.
pub(super) trait Past {
    /// Whether it bars a move.
    fn bars(&self, index: u16) -> bool;
    /// A move is made; whether another may follow.
    fn makes(&mut self, index: u16) -> bool;
}

/// Nothing is known of the past.
struct NoPast;

impl Past for NoPast {
    fn bars(&self, _: u16) -> bool {
        false
    }
    fn makes(&mut self, _: u16) -> bool {
        true
    }
}

/// Whether the lead was in a stage when its moves began or during them.
fn was_in<'m>(stages: &Stages, began: u16, mut moves: impl Iterator<Item = &'m u16>, stage: u16) -> bool {
    began == stage || moves.any(|&index| stages.moves.get(usize::from(index)).is_some_and(|item| item.to == stage))
}

impl StageMoves {
    /// No move yet; room for moves is kept.
    pub(crate) fn begin(&mut self, stage: u16) {
        self.before = stage;
        self.after = stage;
        self.moves.clear();
        self.faulted = false;
        #[cfg(feature = "full")]
        self.times.clear();
    }

    /// A condition faulted: no move is made.
    pub(super) fn fault(&mut self) {
        let before = self.before;
        self.begin(before);
        self.faulted = true;
    }
}

fn on_fault(program: &Program, decision: &mut Decision) {
    decision.by_fault = true;
    decision.outcome = program.route.as_ref().and_then(|route| route.on_fault).map_or(Outcome::None, Outcome::Route);
}
