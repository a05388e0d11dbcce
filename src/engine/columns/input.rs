//! Columns of fields, and how their values become cells.

use std::sync::Arc;

use super::ROWS;
use super::planes::{NumberCut, SET, any, doubles, ints, look};
use super::utf8::{is_ascii, is_utf8};
use crate::engine::Engine;
use crate::engine::frame::{Frame, number_cell};
use crate::engine::lead::{LeadErrorKind, SAFE_INTEGER, normal_text};
use crate::engine::text::Filter;
use crate::program::{ABSENT, Cell, Cut, Domain, FAULT, FIRST_VALUE, Field, Format, SlotId, Value, VariableId};

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
    /// Where each text begins and ends, less where the first one begins; and the texts in UTF-8, with as many bytes behind them as make it easy to look through them.
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
    known: Known,
}

/// The values that codes stand for.
#[derive(Debug, Clone, Default)]
struct Known {
    /// By slot and code.
    cells: Vec<Vec<Cell>>,
    /// By code, where the machine reads them.
    values: Vec<Option<Value>>,
    /// By code, other than zero where the field cannot have it, or where what it is faults.
    odd: Vec<u8>,
    any_odd: bool,
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
        Self { field, slots, by_value: variable.is_some_and(|variable| variable.by_value), cut, input: Input::None, known: Known::default() }
    }

    /// Takes another column.
    pub fn begin(&mut self, input: Input) {
        self.input = input;
        self.known = Known { cells: self.slots.clone().map(|_| Vec::new()).collect(), ..Known::default() };
    }

    /// Adds a value that the next code stands for: of a text its UTF-8, of anything else its number as in [`Encoded`](crate::engine::Encoded), NaN for nothing. Whether the field can
    /// have it.
    pub fn push(&mut self, engine: &Engine, text: Option<&[u8]>, code: f64) -> bool {
        let (mut cells, mut value) = (Vec::new(), None);
        let mut placed = Placed { cells: &mut cells, value: &mut value };
        let good = match text {
            Some(text) => self.place_text(engine, text, &mut placed).is_ok(),
            None => self.place_code(engine, code, &mut placed),
        };
        let odd = !good || cells.contains(&FAULT);
        for (at, column) in self.known.cells.iter_mut().enumerate() {
            column.push(cells.get(at).copied().unwrap_or(ABSENT));
        }
        if self.by_value {
            self.known.values.push(value);
        }
        self.known.odd.push(u8::from(odd));
        self.known.any_odd |= odd;
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
    #[cfg_attr(quick, optimize(speed))]
    pub fn cut(&self, engine: &Engine, rows: usize, cells: &mut [Vec<u8>], odd: &mut [u8], bits: &mut [u8]) {
        let mut first = cells.get_mut(usize::from(self.slots.start)).filter(|_| !self.slots.is_empty());
        // A field on which nothing rests is looked at all the same: it may have a value that it cannot have.
        let numbers = first.as_mut().map_or(&mut *bits, |cells| cells.as_mut_slice());
        match (&self.input, &self.cut) {
            (Input::None, _) => self.slots.clone().for_each(|slot| cells.get_mut(usize::from(slot)).into_iter().for_each(|cells| cells.fill(ABSENT as u8))),
            (Input::Doubles(values), Some(cut)) => doubles(numbers, odd, values, cut),
            (Input::Ints(values), Some(cut)) => ints(numbers, odd, values, cut),
            (Input::Bytes(codes), _) => {
                let table = |bytes: &mut dyn Iterator<Item = u8>| {
                    let mut table: Vec<u8> = bytes.take(256).collect();
                    table.resize(if table.len() <= 16 { 16 } else { 256 }, 0);
                    table
                };
                for (slot, known) in self.slots.clone().zip(&self.known.cells) {
                    if let Some(cells) = cells.get_mut(usize::from(slot)) {
                        look::<SET>(cells, codes, &table(&mut known.iter().map(|&cell| cell as u8)));
                    }
                }
                if self.known.any_odd {
                    look::<SET>(bits, codes, &table(&mut self.known.odd.iter().copied()));
                    any(odd, bits);
                }
            }
            (Input::Codes(codes), _) => {
                let codes = codes.get(..rows).unwrap_or(codes);
                for (slot, known) in self.slots.clone().zip(&self.known.cells) {
                    if let Some(cells) = cells.get_mut(usize::from(slot)) {
                        for (cell, &code) in cells.iter_mut().zip(codes) {
                            *cell = known.get(code as usize).map_or(ABSENT as u8, |&cell| cell as u8);
                        }
                    }
                }
                if self.known.any_odd {
                    for (odd, &code) in odd.iter_mut().zip(codes) {
                        *odd |= self.known.odd.get(code as usize).copied().unwrap_or(0);
                    }
                }
            }
            (Input::Texts(offsets, texts), _) => self.cut_texts(engine, (offsets, texts), rows, cells, odd),
            (Input::Doubles(_) | Input::Ints(_), None) => odd.fill(u8::MAX),
        }
    }

    #[cfg_attr(quick, optimize(speed))]
    fn cut_texts(&self, engine: &Engine, (offsets, texts): (&[u32], &[u8]), rows: usize, cells: &mut [Vec<u8>], odd: &mut [u8]) {
        let Some(facts) = engine.program().fields.get(usize::from(self.field)) else { return };
        let mine = cells.get_mut(usize::from(self.slots.start)..usize::from(self.slots.end)).unwrap_or_default();
        let (begins, ends) = (offsets, offsets.get(1..).unwrap_or_default());
        if self.may_look_through(engine, facts, rows, offsets, texts) {
            mine.iter_mut().for_each(|cells| cells.fill(FIRST_VALUE as u8));
            let limit = facts.max_length;
            for (row, ((&from, &to), odd)) in begins.iter().zip(ends).zip(odd).take(rows).enumerate() {
                if to - from > limit && texts.get(from as usize..to as usize).is_none_or(|text| text.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() > limit as usize) {
                    *odd = u8::MAX;
                }
                if from == to {
                    mine.iter_mut().filter_map(|cells| cells.get_mut(row)).for_each(|cell| *cell = ABSENT as u8);
                }
            }
            self.look_through(engine, ends.get(..rows).unwrap_or_default(), texts, mine);
            return;
        }
        for (row, ((&from, &to), odd)) in begins.iter().zip(ends).zip(odd).take(rows).enumerate() {
            let text = texts.get(from as usize..to as usize).and_then(|text| std::str::from_utf8(text).ok());
            let normal = text.map(|text| normal_text(text, facts));
            let mut place = |slot: SlotId, cell: Cell| {
                *odd |= if cell == FAULT { u8::MAX } else { 0 };
                if let Some(place) = mine.get_mut(usize::from(slot - self.slots.start)).and_then(|cells| cells.get_mut(row)) {
                    *place = cell as u8;
                }
            };
            match normal {
                Some(Ok(Some(normal))) => engine.texts().classify_all(engine.program(), self.field, self.slots.clone(), &normal, &mut place),
                Some(Ok(None)) => self.slots.clone().for_each(|slot| place(slot, ABSENT)),
                _ => *odd = u8::MAX,
            }
        }
    }

    /// Whether all texts of a block can be looked through at once: they count as they are, and all of them are texts.
    #[cfg_attr(quick, optimize(speed))]
    fn may_look_through(&self, engine: &Engine, facts: &Field, rows: usize, offsets: &[u32], texts: &[u8]) -> bool {
        let plain = facts.normalize.is_empty() && facts.format == Format::Any && (self.slots.is_empty() || engine.texts().filter(self.field, self.slots.len()).is_some());
        let Some(offsets) = offsets.get(..=rows).filter(|_| plain) else { return false };
        let end = offsets.last().map_or(0, |&end| end as usize);
        if offsets.first() != Some(&0) || !offsets.is_sorted() || end + Filter::BEHIND > texts.len() {
            return false;
        }
        let Some(all) = texts.get(..end) else { return false };
        if is_ascii(all) {
            return true;
        }
        // A text begins with no byte that goes on with a character.
        is_utf8(all) && offsets.iter().all(|&offset| all.get(offset as usize).is_none_or(|byte| byte & 0xC0 != 0x80))
    }

    /// Finds the patterns of the field's slots in all texts of a block.
    #[cfg_attr(quick, optimize(speed))]
    fn look_through(&self, engine: &Engine, ends: &[u32], texts: &[u8], mine: &mut [Vec<u8>]) {
        let Some(filter) = engine.texts().filter(self.field, self.slots.len()) else { return };
        let (mut row, mut past) = (0, 0);
        filter.each(texts, ends.last().map_or(0, |&end| end as usize), |place| {
            // What was found before may reach beyond a place.
            if place < past {
                return;
            }
            while ends.get(row).is_some_and(|&end| end as usize <= place) {
                row += 1;
            }
            let Some(text) = ends.get(row).and_then(|&end| texts.get(place..end as usize)) else { return };
            let (bits, taken) = engine.texts().found_here(self.field, text);
            past = place + taken;
            if bits == 0 {
                return;
            }
            for (at, cells) in mine.iter_mut().enumerate() {
                if bits >> at & 1 != 0 && let Some(cell) = cells.get_mut(row) {
                    *cell = FIRST_VALUE as u8 + 1;
                }
            }
        });
    }

    /// The cells and value of one row in a frame; false where the field cannot have it.
    #[cfg_attr(quick, optimize(speed))]
    pub fn place(&self, engine: &Engine, row: usize, frame: &mut Frame) -> bool {
        let code = match &self.input {
            Input::None => u32::MAX,
            Input::Bytes(codes) => codes.get(row).map_or(u32::MAX, |&code| u32::from(code)),
            Input::Codes(codes) => codes.get(row).copied().unwrap_or(u32::MAX),
            input => {
                let (mut cells, mut value) = (Vec::new(), None);
                let mut placed = Placed { cells: &mut cells, value: &mut value };
                let good = match input {
                    Input::Doubles(values) => self.cut.is_some() && self.place_code(engine, values.get(row).copied().unwrap_or(f64::NAN), &mut placed),
                    Input::Ints(values) => self.cut.is_some() && self.place_code(engine, values.get(row).map_or(f64::NAN, |&value| f64::from(value)), &mut placed),
                    Input::Texts(offsets, texts) => match offsets.get(row..row + 2) {
                        Some(&[from, to]) => texts.get(from as usize..to as usize).is_some_and(|text| self.place_text(engine, text, &mut placed).is_ok()),
                        _ => false,
                    },
                    Input::None | Input::Bytes(_) | Input::Codes(_) => false,
                };
                for (at, slot) in self.slots.clone().enumerate() {
                    frame.set_cell(slot, cells.get(at).copied().unwrap_or(ABSENT));
                }
                if self.by_value && let Some(place) = frame.values.get_mut(usize::from(self.field)) {
                    *place = value;
                }
                return good;
            }
        };
        let code = code as usize;
        for (at, slot) in self.slots.clone().enumerate() {
            frame.set_cell(slot, self.known.cells.get(at).and_then(|cells| cells.get(code)).copied().unwrap_or(ABSENT));
        }
        if self.by_value && let (Some(place), Some(value)) = (frame.values.get_mut(usize::from(self.field)), self.known.values.get(code)) {
            place.clone_from(value);
        }
        self.known.odd.get(code).is_none_or(|&odd| odd == 0)
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
    /// How many bytes stand behind texts, so that all of them are looked through at once.
    pub const BEHIND: usize = Filter::BEHIND;

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
