//! Texts: an example of every kind that the policy tells apart.

use std::collections::BTreeMap;

use super::{Search, To, Untold};
use crate::engine::lead::Answer;
use crate::engine::text::{Examples, is_valid};
use crate::program::{Cell, SlotId, Value, VariableId};

/// How many made-up texts are tried.
const MOST_TRIALS: u32 = 20_000;
/// What stands in made-up texts for what is of no matter, and what people read there instead, where the policy does not tell them apart.
const FILLERS: [(&str, &str); 3] = [("zq@zq.zq", "name@company.example"), ("zq@", "name@"), ("zq", "example")];

impl Search<'_> {
    /// Tries an example of each kind of texts.
    pub(super) fn texts(&mut self, field: VariableId, answer: &Answer) -> Result<(), Untold> {
        let engine = self.engine;
        let program = engine.program();
        let slots: Vec<SlotId> = program.slots_of(field).collect();
        let joint = program.joints.iter().find(|joint| joint.variable == field);
        let cells = |text: &str| {
            let mut cells: Vec<Cell> = Vec::with_capacity(slots.len());
            engine.texts().classify_all(program, field, program.slots_of(field), text, &mut |_, cell| cells.push(cell));
            cells
        };
        let now = match answer {
            Answer::Value(Value::String(text)) => Some(cells(text)),
            _ => None,
        };
        // By kind, so that equal programs are told equally whatever was tried first.
        let mut examples: BTreeMap<Vec<Cell>, String> = BTreeMap::new();
        // Where the compiler did not find more kinds, there is no use in looking for them.
        let most = joint.map_or(0, |joint| joint.cells.len());
        let mut left = MOST_TRIALS;
        Examples::of(program, &slots).try_all(&mut |text| {
            left -= 1;
            if is_valid(program, field, text) {
                examples.entry(cells(text)).or_insert_with(|| text.into());
            }
            left > 0 && examples.len() < most
        });
        let whole = joint.is_some_and(|joint| joint.complete && joint.cells.iter().all(|kind| examples.contains_key(kind)));
        for (kind, text) in examples {
            if Some(&kind) == now.as_ref() {
                continue;
            }
            let text = FILLERS.iter().fold(text, |text, (filler, readable)| {
                let made = text.replace(filler, readable);
                if is_valid(program, field, &made) && cells(&made) == kind { made } else { text }
            });
            let value = Value::String(text.as_str().into());
            let settled = self.try_value(field, &value)?;
            self.note(field, To::Like(value), settled, 1, 0.0);
        }
        if program.variables.get(usize::from(field)).is_some_and(|variable| variable.by_value) {
            return Err(Untold::Calculated);
        }
        if whole { Ok(()) } else { Err(Untold::NoExample) }
    }
}
