//! A loaded program.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use super::json::Json;
use super::{describe, results};
use crate::engine::{Answer, Encoded, EncodedError, Engine as Runner, Input, LeadErrorKind};
use crate::program::{Domain, Program, ProgramDigest, Value, VariableId};

/// What a call gives instead of a result: the kind of the error times 65,536, plus the field.
fn failure(error: EncodedError) -> u32 {
    (error.kind as u32) << 16 | u32::from(error.field)
}

fn wrong(error: EncodedError) -> Vec<f64> {
    vec![f64::from(failure(error))]
}

/// A program that is ready to run, with room for one lead.
#[wasm_bindgen]
pub struct Engine {
    runner: Runner,
    digest: ProgramDigest,
    // Exports take `&self`: a caller's exception in between leaves nothing borrowed.
    room: RefCell<Room>,
}

struct Room {
    encoded: Encoded,
    results: Vec<f64>,
}

#[wasm_bindgen]
impl Engine {
    /// Reads a program; none where the bytes are not one that this build can run, and then [`load_error`] says why.
    pub fn load(bytes: &[u8]) -> Option<Engine> {
        let program = Program::from_bytes(bytes).ok()?;
        let digest = bytes.get(8..40).and_then(|slice| slice.try_into().ok()).unwrap_or_default();
        let runner = Runner::new(program);
        let encoded = Encoded::new(&runner);
        // JavaScript keeps a view of the results, so they must never move.
        let results = Vec::with_capacity(results::most(&runner));
        Some(Self { runner, digest, room: RefCell::new(Room { encoded, results }) })
    }

    /// What the program is made of, as JSON.
    pub fn describe(&self) -> String {
        describe::describe(&self.runner, &self.digest)
    }

    /// The numbers among a variable's values, NaN for what is none; of a variable with bounds, the least and the greatest.
    pub fn numbers(&self, variable: u16) -> Vec<f64> {
        match self.runner.program().variables.get(usize::from(variable)).map(|variable| &variable.domain) {
            Some(Domain::Int(low, high)) => vec![*low as f64, *high as f64],
            Some(Domain::Double(low, high)) => vec![*low, *high],
            Some(Domain::Finite(values)) => values.iter().map(number).collect(),
            _ => Vec::new(),
        }
    }

    /// Where in memory stand: the numbers of the lead's fields; the bytes that say which of them come from a record; the texts that a lead brings along, one after
    /// the other (what fields get for them is said in `encoded.rs`); the numbers of the last decision, valid until the next call.
    pub fn places(&self) -> Vec<f64> {
        let room = self.room.borrow();
        let Room { encoded, results } = &*room;
        let places = [encoded.codes.as_ptr() as usize, encoded.record.as_ptr() as usize, encoded.written.as_ptr() as usize, results.as_ptr() as usize];
        places.iter().map(|&place| place as f64).collect()
    }

    /// The number of a text in UTF-8, which `keep` makes stay valid; −1 where nothing is left of it; −2 − kind where the field cannot have it.
    pub fn text(&self, field: u16, text: &[u8], keep: bool) -> i32 {
        let number = utf8(text).and_then(|text| self.room.borrow_mut().encoded.text(&self.runner, field, text, keep));
        match number {
            Ok(Some(number)) => number as i32,
            Ok(None) => -1,
            Err(kind) => -2 - kind as i32,
        }
    }

    /// The normal form of a text by its number.
    pub fn normal(&self, field: u16, number: f64) -> String {
        self.room.borrow().encoded.normal(&self.runner, field, number).unwrap_or_default().into_owned()
    }

    /// The number of a field's choice, by its id in UTF-8, after a zero; NaN where there is none; or the kind of what is wrong, alone.
    pub fn choice(&self, field: u16, id: &[u8]) -> Vec<f64> {
        match utf8(id).and_then(|id| self.runner.answer(field, &Input::Choice(id))) {
            Ok(Answer::Value(value) | Answer::Range(value)) => vec![0.0, self.code_of(field, &value)],
            Ok(_) => vec![0.0, f64::NAN],
            Err(kind) => vec![f64::from(kind as u8)],
        }
    }

    fn code_of(&self, field: VariableId, value: &Value) -> f64 {
        match (value, self.runner.program().variables.get(usize::from(field)).map(|variable| &variable.domain)) {
            (_, Some(Domain::Finite(values))) => values.iter().position(|known| known == value).map_or(f64::NAN, |at| at as f64),
            (Value::String(text), _) => match self.room.borrow_mut().encoded.text(&self.runner, field, text, true) {
                Ok(Some(number)) => f64::from(number),
                _ => f64::NAN,
            },
            _ => number(value),
        }
    }

    /// Decides the lead; `stage` is an index, or 65,535 for the first. Zero, or what is wrong.
    pub fn decide(&self, stage: u16) -> u32 {
        let room = &mut *self.room.borrow_mut();
        match room.encoded.decide(&self.runner, known(stage)) {
            Ok(()) => {
                results::decision(&room.encoded.decision, &mut room.results);
                0
            }
            Err(error) => failure(error),
        }
    }

    /// Decides the lead and explains its scores, after a zero; or what is wrong, alone.
    pub fn explain(&self, stage: u16) -> Vec<f64> {
        let room = &mut *self.room.borrow_mut();
        match room.encoded.lead(&self.runner) {
            Ok(lead) => {
                let explanation = self.runner.explain(&lead, known(stage));
                let numbers = results::explanation(&explanation);
                room.encoded.decision = explanation.decision;
                results::decision(&room.encoded.decision, &mut room.results);
                numbers
            }
            Err(error) => wrong(error),
        }
    }

    /// Names of what faulted in the last decision, a line each.
    pub fn faults(&self) -> String {
        let mut lines = String::new();
        for name in self.runner.fault_names(&self.room.borrow().encoded.decision) {
            lines.push_str(name);
            lines.push('\n');
        }
        lines
    }

    /// Which questions of the form apply, each a flag in the form's order, after a zero; or what is wrong, alone.
    pub fn form(&self) -> Vec<f64> {
        match self.room.borrow().encoded.lead(&self.runner) {
            Ok(lead) => {
                let mut numbers = vec![0.0];
                numbers.extend(self.runner.form(&lead).iter().map(|&applies| f64::from(u8::from(applies))));
                numbers
            }
            Err(error) => wrong(error),
        }
    }

    /// The index of the member of a queue who takes the next lead, then what each member is owed after it. `stated` is what each was owed before, NaN for who is new.
    #[cfg(feature = "full")]
    pub fn assign(&self, queue: usize, stated: &[f64]) -> Vec<f64> {
        // Larger numbers saturate, and the rotation cuts them to what can be owed.
        let stated: Vec<Option<i64>> = stated.iter().map(|&owed| (!owed.is_nan()).then_some(owed as i64)).collect();
        let members = self.runner.program().queues.get(queue).map(|queue| queue.members.as_slice()).unwrap_or_default();
        match crate::life::queues::next(members, &stated) {
            Some((taker, current)) => [taker as f64].into_iter().chain(current.into_iter().map(|owed| owed as f64)).collect(),
            None => Vec::new(),
        }
    }

    /// What can still come out, after a zero; or what is wrong, alone.
    pub fn possible(&self, stage: u16) -> Vec<f64> {
        match self.room.borrow().encoded.lead(&self.runner) {
            Ok(lead) => results::possible(&self.runner.possible(&lead, known(stage))),
            Err(error) => wrong(error),
        }
    }
}

/// The number that a value is; NaN where it is none.
fn number(value: &Value) -> f64 {
    match value {
        Value::Int(value) => *value as f64,
        Value::Double(value) => *value,
        _ => f64::NAN,
    }
}

/// A stage by its index; 65,535 is the first.
fn known(stage: u16) -> Option<u16> {
    (stage != u16::MAX).then_some(stage)
}

fn utf8(text: &[u8]) -> Result<&str, LeadErrorKind> {
    std::str::from_utf8(text).map_err(|_| LeadErrorKind::NotUnicode)
}

/// Why bytes are not a program that this build can run: the code, the message and the byte, a line each.
#[wasm_bindgen]
pub fn load_error(bytes: &[u8]) -> String {
    match Program::from_bytes(bytes) {
        Ok(_) => String::new(),
        Err(error) => {
            let mut place = Json::default();
            place.number(error.offset as u64);
            [error.kind.code(), error.kind.message(), &place.finish()].join("\n")
        }
    }
}

/// The code and the message of a kind of lead error, a line each.
#[wasm_bindgen]
pub fn lead_error(kind: u8) -> String {
    use LeadErrorKind as Kind;
    let all = [
        Kind::UnknownField, Kind::Type, Kind::NotFinite, Kind::Integer, Kind::Bounds, Kind::NotAValue, Kind::TooLong, Kind::Format, Kind::UnknownChoice,
        Kind::RangeNeedsValue, Kind::NotUnicode,
    ];
    match all.into_iter().find(|known| *known as u8 == kind) {
        Some(kind) => [kind.code(), kind.message()].join("\n"),
        None => String::new(),
    }
}
