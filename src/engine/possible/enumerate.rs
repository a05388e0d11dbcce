//! Deciding every combination of cells of the open fields.

use super::sets::open_cells;
use super::{MAX_COMBINATIONS, Possible};
use crate::engine::Engine;
use crate::engine::decision::Decision;
use crate::engine::frame::Frame;
use crate::engine::lead::Lead;
use crate::engine::resolve::is_record;
use crate::program::{Cell, SlotId, VariableId};

/// One open field: its slots, and the combinations of cells that they take.
pub struct OpenField {
    slots: Vec<SlotId>,
    combinations: Vec<Vec<Cell>>,
}

/// What enumerating may cost in all: combinations times what one decision may cost, in nodes looked at. No shipped policy comes near it; a forged program would.
const MOST_WORK: u64 = 1 << 32;

/// The open fields with their combinations; none where there are too many, or where something reads more of a field than its cells.
pub fn plan(engine: &Engine, lead: &Lead) -> Option<Vec<OpenField>> {
    let mut total = 1usize;
    let mut plan = Vec::new();
    for field in engine.open_fields(lead) {
        if engine.read_beyond_cells(field) {
            return None;
        }
        let open = open_field(engine, field)?;
        total = total.checked_mul(open.combinations.len()).filter(|&total| total <= MAX_COMBINATIONS)?;
        plan.push(open);
    }
    (engine.work().saturating_mul(total as u64) <= MOST_WORK).then_some(plan)
}

fn open_field(engine: &Engine, field: VariableId) -> Option<OpenField> {
    let (combinations, complete) = open_cells(engine.program(), field);
    let slots = engine.program().slots_of(field).collect();
    complete.then_some(OpenField { slots, combinations })
}

/// Decides every combination.
pub fn run(engine: &Engine, lead: &Lead, stage: Option<u16>, plan: &[OpenField]) -> Possible {
    let program = engine.program();
    let mut given = Frame::new(program);
    engine.place_all(&mut given, lead);
    let mut possible = Possible::empty(engine);
    let mut decision = Decision::default();
    let mut counters = vec![0usize; plan.len()];
    let mut frame = given.clone();
    loop {
        frame.clone_from(&given);
        for (open, &at) in plan.iter().zip(&counters) {
            let cells = open.combinations.get(at).into_iter().flatten();
            for (&slot, &cell) in open.slots.iter().zip(cells) {
                frame.set_cell(slot, cell);
            }
        }
        engine.run(&mut frame, &|field| is_record(program, lead, field), stage, &mut decision);
        let passed = !decision.screened;
        possible.add(&decision, passed);
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
        if *counter < open.combinations.len() {
            return true;
        }
        *counter = 0;
    }
    false
}
