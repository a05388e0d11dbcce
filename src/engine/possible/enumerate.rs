//! Deciding every combination of cells of the open fields.

use super::sets::OpenField;
use super::{MAX_COMBINATIONS, Possible};
use crate::engine::Engine;
use crate::engine::decision::Decision;
use crate::engine::frame::Frame;
use crate::engine::lead::{Answer, Lead};
use crate::engine::resolve::is_record;
use crate::program::{Domain, VariableId};

/// What enumerating may cost in all: combinations times what one decision may cost, in nodes looked at. No shipped policy comes near it; a forged program would.
const MOST_WORK: u64 = 1 << 32;

/// The open fields that anything rests on, with their combinations; none where there are too many, or where something reads more of a field than its cells.
pub fn plan(engine: &Engine, lead: &Lead) -> Option<Vec<OpenField>> {
    let program = engine.program();
    #[cfg(feature = "full")]
    if engine.events_are_open(lead) {
        return None;
    }
    let mut total = 1usize;
    let mut plan = Vec::new();
    for (field, (answer, _)) in lead.answers.iter().enumerate() {
        let open = OpenField::new(program, field as VariableId);
        if !matches!(answer, Answer::Open) || open.slots.is_empty() {
            continue;
        }
        // Where the machine reads a field, its cell has to tell the value.
        let beyond_cells = program.variables.get(field).is_some_and(|variable| variable.by_value && !matches!(variable.domain, Domain::Finite(_)));
        if beyond_cells || !open.complete {
            return None;
        }
        total = total.checked_mul(open.combinations()).filter(|&total| total <= MAX_COMBINATIONS)?;
        plan.push(open);
    }
    (engine.work() <= MOST_WORK / (total as u64).max(1)).then_some(plan)
}

impl Engine {
    /// Whether something is open that is computed from events: such things are not independent of each other.
    #[cfg(feature = "full")]
    pub(crate) fn events_are_open(&self, lead: &Lead) -> bool {
        let is_open = |field: &VariableId| lead.answers.get(usize::from(*field)).is_some_and(|(answer, _)| *answer == Answer::Open);
        let signals = self.program().life.events.signals.iter().map(|signal| signal.field);
        signals.into_iter().any(|field| is_open(&field)) || lead.worth.iter().flatten().any(|worth| worth.open)
    }

    /// A page knows nothing of events.
    #[cfg(not(feature = "full"))]
    pub(crate) fn events_are_open(&self, _: &Lead) -> bool {
        false
    }
}

/// Decides every combination.
pub fn run(engine: &Engine, lead: &Lead, stage: Option<u16>, plan: &[OpenField]) -> Possible {
    let program = engine.program();
    let mut frame = Frame::new(program);
    engine.place_all(&mut frame, lead);
    let given = frame.cells.clone();
    let mut possible = Possible::empty(engine);
    let mut decision = Decision::default();
    let mut counters = vec![0usize; plan.len()];
    loop {
        frame.cells.copy_from_slice(&given);
        for (open, &at) in plan.iter().zip(&counters) {
            let cells = open.cells.iter().skip(at * open.slots.len());
            for (slot, &cell) in open.slots.clone().zip(cells) {
                frame.set_cell(slot, cell);
            }
        }
        engine.run(&mut frame, &|field| is_record(program, lead, field), stage, &mut decision);
        possible.add(&decision);
        #[cfg(feature = "full")]
        possible.add_hits(engine, &decision);
        if !advance(&mut counters, plan) {
            break;
        }
    }
    possible.exact = true;
    possible
}

/// The next combination, or false after the last.
fn advance(counters: &mut [usize], plan: &[OpenField]) -> bool {
    for (counter, open) in counters.iter_mut().zip(plan) {
        *counter += 1;
        if *counter < open.combinations() {
            return true;
        }
        *counter = 0;
    }
    false
}
