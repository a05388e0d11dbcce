//! Columns of fields, and how their values become cells.

use std::sync::Arc;

use super::ROWS;
use super::planes::{NumberCut, SET, any, doubles, ints, look};
use crate::engine::Engine;
use crate::engine::frame::{Frame, number_cell};
use crate::engine::lead::{LeadErrorKind, SAFE_INTEGER, normal_text};
use crate::program::{ABSENT, Cell, Cut, Domain, FAULT, FIRST_VALUE, SlotId, Value, VariableId};

/// A block of one field's column.
#[derive(Debug, Clone, Default)]
pub enum Input {
    /// Nothing is given.
    #[default]
    None,
    /// Numbers; NaN is none.
    Doubles(Vec<f64>),
    /// Whole numbers.
    Ints(Vec<i32>),
    /// Codes of values that stand in [`Column::values`]; one that is not there is none.
    Bytes(Vec<u8>),
    /// The same, for more values than a byte tells apart.
    Codes(Vec<u32>),
    /// Where each text begins and ends, less where the first one begins; and the texts in UTF-8.
    Texts(Vec<u32>, Vec<u8>),
}

/// A field with its column.
#[derive(Debug, Clone)]
pub struct Column {
    field: VariableId,
    slots: std::ops::Range<SlotId>,
    by_value: bool,
    cut: Option<NumberCut>,
    /// The rows of the block.
    pub input: Input,
    /// The values that codes stand for.
    values: Vec<Known>,
}

/// A value that a code stands for.
#[derive(Debug, Clone, Default)]
struct Known {
    cells: Vec<Cell>,
    value: Option<Value>,
    /// The field cannot have it, or what it is faults.
    odd: bool,
}

impl Column {
    /// Of a field.
    pub fn new(engine: &Engine, field: VariableId) -> Self {
        let program = engine.program();
        let variable = program.variables.get(usize::from(field));
        let slots = engine.layout().slots_of(field);
        let numbers = match variable.map(|variable| &variable.domain) {
            Some(&Domain::Int(low, high)) => Some((true, (low as f64, high as f64))),
            Some(&Domain::Double(low, high)) => Some((false, (low, high))),
            _ => None,
        };
        let thresholds = match program.slots.get(usize::from(slots.start)).map(|slot| &slot.cut) {
            Some(Cut::Thresholds(thresholds)) if !slots.is_empty() => thresholds.as_slice(),
            _ => &[],
        };
        let cut = numbers.map(|(whole, bounds)| number_cut(whole, bounds, thresholds));
        Self { field, slots, by_value: variable.is_some_and(|variable| variable.by_value), cut, input: Input::None, values: Vec::new() }
    }

    /// Takes another column.
    pub fn begin(&mut self, input: Input) {
        self.input = input;
        self.values.clear();
    }

    /// Adds a value that the next code stands for: of a text its UTF-8, of anything else its number as in [`Encoded`](crate::engine::Encoded), NaN for nothing. Whether the field can
    /// have it.
    pub fn push(&mut self, engine: &Engine, text: Option<&[u8]>, code: f64) -> bool {
        let mut known = Known::default();
        let mut frame = Placed { cells: &mut known.cells, value: &mut known.value };
        let good = match text {
            Some(text) => self.place_text(engine, text, &mut frame).is_ok(),
            None => self.place_code(engine, code, &mut frame),
        };
        known.odd = !good;
        self.values.push(known);
        good
    }

    fn place_text(&self, engine: &Engine, text: &[u8], placed: &mut Placed) -> Result<(), LeadErrorKind> {
        let facts = engine.program().fields.get(usize::from(self.field)).ok_or(LeadErrorKind::UnknownField)?;
        if let Some(normal) = normal_text(std::str::from_utf8(text).map_err(|_| LeadErrorKind::NotUnicode)?, facts)? {
            engine.texts().classify_all(engine.program(), self.field, self.slots.clone(), &normal, &mut |_, cell| placed.cells.push(cell));
            if self.by_value {
                *placed.value = Some(Value::String(Arc::from(&*normal)));
            }
        }
        Ok(())
    }

    fn place_code(&self, engine: &Engine, code: f64, placed: &mut Placed) -> bool {
        if code.is_nan() {
            return true;
        }
        if let Some(cut) = &self.cut {
            let good = cut.has(code);
            if good {
                placed.cells.push(number_cell(&cut.thresholds, code));
                *placed.value = self.by_value.then(|| cut.value(code));
            }
            return good;
        }
        let count = match engine.program().variables.get(usize::from(self.field)).map(|variable| &variable.domain) {
            Some(Domain::Finite(values)) => values.len(),
            _ => 0,
        };
        let good = code >= 0.0 && code < count as f64;
        if good {
            placed.cells.extend(self.slots.clone().map(|_| FIRST_VALUE + code as Cell));
        }
        good
    }

    /// The cells of all rows; `odd` where a value is one that the field cannot have, or faults.
    pub fn cut(&self, engine: &Engine, rows: usize, cells: &mut [Vec<u8>], odd: &mut [u8], bits: &mut [u8]) {
        let mut first = cells.get_mut(usize::from(self.slots.start)).filter(|_| !self.slots.is_empty());
        // A field on which nothing rests is looked at all the same: it may have a value that it cannot have.
        let numbers = first.as_mut().map_or(&mut *bits, |cells| cells.as_mut_slice());
        match (&self.input, &self.cut) {
            (Input::None, _) => self.slots.clone().for_each(|slot| cells.get_mut(usize::from(slot)).into_iter().for_each(|cells| cells.fill(ABSENT as u8))),
            (Input::Doubles(values), Some(cut)) => doubles(numbers, odd, values, cut),
            (Input::Ints(values), Some(cut)) => ints(numbers, odd, values, cut),
            (Input::Bytes(codes), _) => {
                let of = |is: &dyn Fn(&Known) -> u8| {
                    let mut table: Vec<u8> = self.values.iter().take(256).map(is).collect();
                    table.resize(if table.len() <= 16 { 16 } else { 256 }, 0);
                    table
                };
                for (at, slot) in self.slots.clone().enumerate() {
                    if let Some(cells) = cells.get_mut(usize::from(slot)) {
                        look::<SET>(cells, codes, &of(&|known| known.cells.get(at).map_or(ABSENT as u8, |&cell| cell as u8)));
                    }
                }
                if self.values.iter().any(Known::is_odd) {
                    look::<SET>(bits, codes, &of(&|known| u8::from(known.is_odd())));
                    any(odd, bits);
                }
            }
            (Input::Codes(codes), _) => {
                for (at, slot) in self.slots.clone().enumerate() {
                    for (cell, &code) in cells.get_mut(usize::from(slot)).into_iter().flatten().zip(codes).take(rows) {
                        *cell = self.values.get(code as usize).and_then(|known| known.cells.get(at)).map_or(ABSENT as u8, |&cell| cell as u8);
                    }
                }
                if self.values.iter().any(Known::is_odd) {
                    for (odd, &code) in odd.iter_mut().zip(codes).take(rows) {
                        *odd |= u8::from(self.values.get(code as usize).is_some_and(Known::is_odd));
                    }
                }
            }
            (Input::Texts(offsets, texts), _) => self.cut_texts(engine, (offsets, texts), rows, cells, odd),
            (Input::Doubles(_) | Input::Ints(_), None) => odd.fill(u8::MAX),
        }
    }

    fn cut_texts(&self, engine: &Engine, (offsets, texts): (&[u32], &[u8]), rows: usize, cells: &mut [Vec<u8>], odd: &mut [u8]) {
        let program = engine.program();
        let Some(facts) = program.fields.get(usize::from(self.field)) else { return };
        let mine = cells.get_mut(usize::from(self.slots.start)..usize::from(self.slots.end)).unwrap_or_default();
        for (row, (between, odd)) in offsets.windows(2).zip(odd).take(rows).enumerate() {
            let &[from, to] = between else { continue };
            let text = texts.get(from as usize..to as usize).and_then(|text| std::str::from_utf8(text).ok());
            let normal = text.map(|text| normal_text(text, facts));
            let mut place = |slot: SlotId, cell: Cell| {
                *odd |= if cell == FAULT { u8::MAX } else { 0 };
                if let Some(place) = mine.get_mut(usize::from(slot - self.slots.start)).and_then(|cells| cells.get_mut(row)) {
                    *place = cell as u8;
                }
            };
            match normal {
                Some(Ok(Some(normal))) => engine.texts().classify_all(program, self.field, self.slots.clone(), &normal, &mut place),
                Some(Ok(None)) => self.slots.clone().for_each(|slot| place(slot, ABSENT)),
                _ => *odd = u8::MAX,
            }
        }
    }

    /// The cells and value of one row in a frame; false where the field cannot have it.
    pub fn place(&self, engine: &Engine, row: usize, frame: &mut Frame) -> bool {
        let mut made = Known::default();
        let code = |code: Option<u32>| code.and_then(|code| self.values.get(code as usize));
        let known = match &self.input {
            Input::None => None,
            Input::Bytes(codes) => code(codes.get(row).map(|&code| u32::from(code))),
            Input::Codes(codes) => code(codes.get(row).copied()),
            input => {
                let mut placed = Placed { cells: &mut made.cells, value: &mut made.value };
                let good = match input {
                    Input::Doubles(values) => self.cut.is_some() && self.place_code(engine, values.get(row).copied().unwrap_or(f64::NAN), &mut placed),
                    Input::Ints(values) => self.cut.is_some() && self.place_code(engine, values.get(row).map_or(f64::NAN, |&value| f64::from(value)), &mut placed),
                    Input::Texts(offsets, texts) => match offsets.get(row..row + 2) {
                        Some(&[from, to]) => texts.get(from as usize..to as usize).is_some_and(|text| self.place_text(engine, text, &mut placed).is_ok()),
                        _ => false,
                    },
                    Input::None | Input::Bytes(_) | Input::Codes(_) => false,
                };
                made.odd = !good;
                Some(&made)
            }
        };
        for (at, slot) in self.slots.clone().enumerate() {
            frame.set_cell(slot, known.and_then(|known| known.cells.get(at)).copied().unwrap_or(ABSENT));
        }
        let Some(known) = known else { return true };
        if self.by_value && let Some(place) = frame.values.get_mut(usize::from(self.field)) {
            place.clone_from(&known.value);
        }
        !known.odd
    }
}

impl Known {
    fn is_odd(&self) -> bool {
        self.odd || self.cells.contains(&FAULT)
    }
}

/// Where the cells and the value of one answer go.
struct Placed<'a> {
    cells: &'a mut Vec<Cell>,
    value: &'a mut Option<Value>,
}

impl NumberCut {
    fn has(&self, code: f64) -> bool {
        code >= self.bounds.0 && code <= self.bounds.1 && (!self.whole || code.trunc() == code)
    }

    fn value(&self, code: f64) -> Value {
        if self.whole { Value::Int(code as i64) } else { Value::Double(code + 0.0) }
    }
}

fn number_cut(whole: bool, (low, high): (f64, f64), thresholds: &[f64]) -> NumberCut {
    let most = if whole { SAFE_INTEGER as f64 } else { f64::MAX };
    let bounds = (low.max(-most), high.min(most));
    let least = |threshold: f64| threshold.ceil();
    let reached = thresholds.iter().take_while(|&&threshold| least(threshold) <= f64::from(i32::MIN)).count();
    let ints = thresholds.iter().skip(reached).map(|&threshold| least(threshold)).take_while(|&threshold| threshold <= f64::from(i32::MAX));
    NumberCut {
        whole,
        bounds,
        thresholds: thresholds.into(),
        reached: reached as u8,
        ints: ints.map(|threshold| threshold as i32).collect(),
        // What is beyond a number of 32 bits ends at its end.
        int_bounds: (bounds.0.ceil() as i32, bounds.1.floor() as i32),
    }
}

impl Input {
    /// Room for a block of a kind: 1 doubles, 2 whole numbers, 3 codes of a byte, 4 codes, 5 texts; nothing otherwise.
    pub fn of_kind(kind: u8) -> Self {
        match kind {
            1 => Self::Doubles(vec![f64::NAN; ROWS]),
            2 => Self::Ints(vec![0; ROWS]),
            3 => Self::Bytes(vec![0; ROWS]),
            4 => Self::Codes(vec![0; ROWS]),
            5 => Self::Texts(vec![0; ROWS + 1], Vec::new()),
            _ => Self::None,
        }
    }
}
