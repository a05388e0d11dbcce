//! Many leads by columns. JavaScript writes a block of each column to where [`Engine::columns`] says, and reads what came out there.
//!
//! Read by `pkg/src/full/columns.mjs`; both change together.

use wasm_bindgen::prelude::wasm_bindgen;

use super::engine::{Engine, Room};
use super::results::put;
use crate::engine::columns::{Columns, Input, ROWS};

#[wasm_bindgen]
impl Engine {
    /// Takes columns of these kinds, one for each field: 0 nothing is given, 1 doubles, 2 whole numbers, 3 codes of a byte, 4 codes, 5 texts. Gives the rows of a block; then where in
    /// memory stand: the stages, the marks of rows, the outcomes, the stages after the moves, each score, each output; and for each field its column.
    pub fn columns(&self, kinds: &[u8]) -> Vec<f64> {
        let room = &mut *self.room.borrow_mut();
        let columns = room.columns.get_or_insert_with(|| Box::new(Columns::new(&self.runner)));
        for (field, &kind) in (0..).zip(kinds) {
            columns.begin(field, Input::of_kind(kind));
        }
        let mut places = Vec::new();
        let mut place = |address: usize| put(&mut places, &[address as f64]);
        place(ROWS);
        place(columns.stages.as_ptr() as usize);
        place(columns.odd.as_ptr() as usize);
        place(columns.outcomes.as_ptr() as usize);
        place(columns.moved.as_ptr() as usize);
        columns.scores.iter().for_each(|column| place(column.as_ptr() as usize));
        columns.outputs.iter().for_each(|column| place(column.as_ptr() as usize));
        for (field, _) in (0..).zip(kinds) {
            place(match columns.input(field) {
                Some(Input::Doubles(column)) => column.as_ptr() as usize,
                Some(Input::Ints(column)) => column.as_ptr() as usize,
                Some(Input::Bytes(column)) => column.as_ptr() as usize,
                Some(Input::Codes(column)) => column.as_ptr() as usize,
                Some(Input::Texts(offsets, _)) => offsets.as_ptr() as usize,
                Some(Input::None) | None => 0,
            });
        }
        places
    }

    /// Adds a value that the next code of a field stands for: a text in UTF-8 where `is_text` says so, else a number as for a single lead. Whether the field can have it.
    pub fn columns_value(&self, field: u16, is_text: bool, text: &[u8], code: f64) -> bool {
        let room = &mut *self.room.borrow_mut();
        room.columns.as_mut().is_some_and(|columns| columns.push(&self.runner, field, is_text.then_some(text), code))
    }

    /// Adds a text that the next code of a field stands for, as [`columns_value`](Self::columns_value): so many bytes of UTF-8, which stand where a lead's texts do that it brings along.
    pub fn columns_written(&self, field: u16, length: usize) -> bool {
        let Room { encoded, columns, .. } = &mut *self.room.borrow_mut();
        match (columns, encoded.written.get(..length)) {
            (Some(columns), Some(text)) => columns.push(&self.runner, field, Some(text), 0.0),
            _ => false,
        }
    }

    /// Makes room for so many bytes of a field's texts, and says where.
    pub fn columns_texts(&self, field: u16, bytes: usize) -> usize {
        match self.room.borrow_mut().columns.as_mut().and_then(|columns| columns.input(field)) {
            Some(Input::Texts(_, texts)) => {
                texts.resize(bytes.saturating_add(Input::BEHIND), 0);
                texts.as_ptr() as usize
            }
            _ => 0,
        }
    }

    /// Decides the first rows; those that are marked afterwards it leaves to others.
    pub fn columns_decide(&self, rows: usize) {
        if let Some(columns) = self.room.borrow_mut().columns.as_mut() {
            columns.decide(&self.runner, rows);
        }
    }
}
