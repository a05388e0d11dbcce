//! A plan's steps on the cells of a block.

use super::{Columns, NONE, Planes};
use super::eights::{NO_ROW, plane};
use super::plan::{Plan, Planned};
use super::planes::{AND, SET, look, mark, take};
use crate::engine::{Engine, points};
use crate::program::{FAULT, FIRST_VALUE, MASKED, Milli, Program, SlotId, Stages};

impl Columns {
    /// Decides the rows whose cells stand on the planes.
    #[cfg_attr(quick, optimize(speed))]
    pub(crate) fn decide_on_planes(&mut self, engine: &Engine, plan: &Plan, rows: usize) {
        let program = engine.program();
        self.planes.screen.fill(NO_ROW);
        self.planes.route.fill(NO_ROW);
        self.moved.fill(NONE);
        for step in &plan.steps {
            let planes = &mut self.planes;
            match step {
                Planned::Gate(slots, test) => {
                    let scratch = &mut planes.scratch;
                    test.run(&planes.cells, &mut scratch.bits, &mut scratch.low);
                    scratch.high.fill(MASKED as u8);
                    for slot in slots {
                        planes.cells.iter_mut().skip(usize::from(*slot)).take(1).for_each(|cells| take(cells, &scratch.high, &scratch.low, 0));
                    }
                }
                Planned::Map(slot, into, table) => {
                    look::<SET>(&mut planes.row, plane(&planes.cells, *slot), table);
                    planes.set_all(into, &mut self.odd);
                }
                Planned::Choose(into, hits, cells, maps) => {
                    let mut chosen = std::mem::take(&mut planes.row);
                    hits.run(&planes.cells, &mut planes.scratch, &mut chosen);
                    let scratch = &mut planes.scratch;
                    look::<SET>(&mut scratch.bits, &chosen, cells);
                    for (row, slot, map) in maps {
                        look::<SET>(&mut scratch.low, plane(&planes.cells, *slot), map);
                        take(&mut scratch.bits, &scratch.low, &chosen, *row);
                    }
                    std::mem::swap(&mut chosen, &mut scratch.bits);
                    planes.row = chosen;
                    planes.set_all(into, &mut self.odd);
                }
                Planned::Screen(hits) => hits.run(&planes.cells, &mut planes.scratch, &mut planes.screen),
                Planned::Score(index, sum) => sum.run(&mut planes.cells, &mut planes.scratch, &mut planes.sums, *index),
                Planned::Table(hits, may_lack, outputs) => {
                    hits.run(&planes.cells, &mut planes.scratch, &mut planes.row);
                    if *may_lack {
                        mark(&mut self.odd, &planes.row, NO_ROW, &planes.screen);
                    }
                    for output in outputs {
                        for slot in &output.slots {
                            planes.cells.iter_mut().skip(usize::from(*slot)).take(1).for_each(|cells| look::<SET>(cells, &planes.row, &output.cells));
                        }
                        if let Some(place) = self.outputs.get_mut(output.place) {
                            codes(place, first(&planes.row, rows), &output.codes);
                        }
                    }
                }
                Planned::Moves(moves, slots) => {
                    planes.open.fill(0);
                    let scratch = &mut planes.scratch;
                    for (at, (test, known)) in moves.iter().enumerate() {
                        test.run(&planes.cells, &mut scratch.bits, &mut scratch.low);
                        for (slot, table) in known {
                            look::<AND>(&mut scratch.low, plane(&planes.cells, *slot), table);
                        }
                        for (open, &may) in planes.open.iter_mut().zip(&scratch.low) {
                            *open |= u32::from(may & 1) << at;
                        }
                    }
                    self.make_moves(program, rows, slots);
                }
                Planned::Route(hits) => hits.run(&planes.cells, &mut planes.scratch, &mut planes.route),
            }
        }
        self.finish(plan, rows);
    }

    /// Makes the moves of each row, as for a single lead.
    #[cfg_attr(quick, optimize(speed))]
    fn make_moves(&mut self, program: &Program, rows: usize, slots: &[SlotId]) {
        let Some(stages) = &program.stages else { return };
        let Planes { open, row: cells, .. } = &mut self.planes;
        for (((&stage, after), open), cell) in self.stages.iter().zip(&mut self.moved).zip(open).zip(cells.iter_mut()).take(rows) {
            *after = moved(stages, if stage == NONE { 0 } else { stage }, *open);
            // A stage that a caller names may not exist.
            *cell = if usize::from(*after) < stages.require.len() { FIRST_VALUE + *after } else { FAULT } as u8;
        }
        self.planes.set_all(slots, &mut self.odd);
    }

    /// Brings what came out into the results.
    #[cfg_attr(quick, optimize(speed))]
    fn finish(&mut self, plan: &Plan, rows: usize) {
        let Planes { screen, route, sums, .. } = &self.planes;
        codes(&mut self.outcomes, first(route, rows), &plan.route);
        for (column, sums) in self.scores.iter_mut().zip(sums) {
            // Points that are whole need no division.
            if plan.unit % 1000 == 0 {
                let unit = (plan.unit / 1000) as f64;
                column.iter_mut().zip(sums).for_each(|(score, &sum)| *score = f64::from(sum) * unit);
            } else {
                column.iter_mut().zip(sums).for_each(|(score, &sum)| *score = points(Milli::from(sum) * plan.unit));
            }
        }
        if plan.screen.is_empty() {
            return;
        }
        for (row, &screened) in screen.iter().enumerate().take(rows) {
            let Some(&outcome) = plan.screen.get(usize::from(screened)) else { continue };
            let none = |columns: &mut [Vec<u16>]| columns.iter_mut().filter_map(|column| column.get_mut(row)).for_each(|place| *place = NONE);
            none(&mut self.outputs);
            none(std::slice::from_mut(&mut self.moved));
            self.scores.iter_mut().filter_map(|column| column.get_mut(row)).for_each(|place| *place = f64::NAN);
            self.outcomes.iter_mut().skip(row).take(1).for_each(|place| *place = outcome);
        }
    }
}

impl Planes {
    /// Gives slots the cells of `row`, and marks what faulted.
    #[cfg_attr(quick, optimize(speed))]
    fn set_all(&mut self, slots: &[SlotId], odd: &mut [u8]) {
        mark(odd, &self.row, FAULT as u8, &self.screen);
        for slot in slots {
            self.cells.iter_mut().skip(usize::from(*slot)).take(1).for_each(|cells| cells.copy_from_slice(&self.row));
        }
    }
}

/// The first rows of a plane.
fn first<T>(plane: &[T], rows: usize) -> &[T] {
    plane.get(..rows).unwrap_or(plane)
}

/// The code of each row's row; [`NONE`] where there is none.
#[cfg_attr(quick, optimize(speed))]
fn codes(into: &mut [u16], rows: &[u8], codes: &[u16]) {
    for (code, &row) in into.iter_mut().zip(rows) {
        *code = codes.get(usize::from(row)).copied().unwrap_or(NONE);
    }
}

/// The stage after the moves of `open` that may be made; as [`Engine::condition_moves`].
#[cfg_attr(quick, optimize(speed))]
fn moved(stages: &Stages, began: u16, open: u32) -> u16 {
    let (mut after, mut entered) = (began, 0u32);
    if open == 0 {
        return after;
    }
    loop {
        let next = (0..).zip(&stages.moves).find(|(at, item)| {
            let was_in = began == item.to || (0..).zip(&stages.moves).any(|(other, made)| entered >> other & 1 == 1 && made.to == item.to);
            open >> at & 1 == 1 && item.from.contains(&after) && !was_in
        });
        let Some((at, item)) = next else { return after };
        let at: u32 = at;
        entered |= 1 << at;
        after = item.to;
    }
}
