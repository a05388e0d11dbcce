//! Row by row, for programs that planes do not cover.

use super::{Columns, NONE};
use super::plan::code_of;
use crate::engine::{Engine, points};
use crate::program::VariableId;

impl Columns {
    /// Decides each row as a lead of its own.
    #[cfg_attr(quick, optimize(speed))]
    pub(super) fn decide_by_row(&mut self, engine: &Engine, rows: usize) {
        let program = engine.program();
        engine.place_secrets(&mut self.frame);
        let from_host = |field: VariableId| program.fields.get(usize::from(field)).is_some_and(|field| field.from_host);
        for row in 0..rows {
            if self.odd.get(row).is_none_or(|&odd| odd != 0) {
                continue;
            }
            // Every column is placed, also after one that cannot be.
            let mut good = true;
            for column in &self.columns {
                good &= column.place(engine, row, &mut self.frame);
            }
            if good {
                let stage = self.stages.get(row).copied().filter(|&stage| stage != NONE);
                engine.run(&mut self.frame, &from_host, stage, &mut self.decision);
            }
            let decision = &self.decision;
            if !good || decision.by_fault || !decision.faulted.is_empty() {
                self.odd.iter_mut().skip(row).take(1).for_each(|odd| *odd = u8::MAX);
                continue;
            }
            let put = |column: &mut Vec<u16>, code: u16| column.iter_mut().skip(row).take(1).for_each(|place| *place = code);
            put(&mut self.outcomes, code_of(program, decision.outcome));
            put(&mut self.moved, decision.stage.as_ref().map_or(NONE, |stage| stage.after));
            for (column, score) in self.scores.iter_mut().zip(&decision.scores) {
                column.iter_mut().skip(row).take(1).for_each(|place| *place = score.map_or(f64::NAN, points));
            }
            for (column, output) in self.outputs.iter_mut().zip(&decision.outputs) {
                put(column, output.unwrap_or(NONE));
            }
        }
    }
}
