//! A loaded program.

use std::cell::RefCell;

#[cfg(feature = "full")]
use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(feature = "full")]
use super::json::Json;
use super::results::put;
use super::{describe, results};
use crate::ask::{AskOptions, AskRoom};
use crate::engine::{Encoded, EncodedError, Engine as Runner, LeadErrorKind};
use crate::program::{Domain, LoadError, Program, ProgramDigest, Value, VariableId};

/// What a call gives instead of a result: the kind of the error times 65,536, plus the field.
fn failure(error: EncodedError) -> u32 {
    (error.kind as u32) << 16 | u32::from(error.field)
}

/// A program that is ready to run, with room for one lead.
#[cfg_attr(feature = "full", wasm_bindgen)]
pub struct Engine {
    pub(super) runner: Runner,
    digest: ProgramDigest,
    // Exports take `&self`: a caller's exception in between leaves nothing borrowed.
    pub(super) room: RefCell<Room>,
}

pub(super) struct Room {
    pub(super) encoded: Encoded,
    results: Vec<f64>,
    ask: AskRoom,
    /// Room for many leads, once some were decided.
    #[cfg(feature = "full")]
    pub(super) columns: Option<Box<crate::engine::columns::Columns>>,
}

impl Engine {
    /// Reads a program; none where it waits for lists.
    pub(super) fn read(bytes: &[u8]) -> Result<Option<Self>, LoadError> {
        let program = Program::from_bytes(bytes)?;
        let digest = bytes.get(8..40).and_then(|slice| slice.try_into().ok()).unwrap_or_default();
        Ok(Self::of(program, digest))
    }

    /// A program that is ready to run, where it has all its lists.
    pub(super) fn of(program: Program, digest: ProgramDigest) -> Option<Self> {
        #[cfg(feature = "full")]
        if program.missing_list().is_some() {
            return None;
        }
        let runner = Runner::new(program);
        let encoded = Encoded::new(&runner);
        // JavaScript keeps a view of the results, so they must never move.
        let results = Vec::with_capacity(results::most(&runner));
        let room = Room {
            encoded,
            results,
            ask: AskRoom::default(),
            #[cfg(feature = "full")]
            columns: None,
        };
        Some(Self { runner, digest, room: RefCell::new(room) })
    }
}

#[cfg_attr(feature = "full", wasm_bindgen)]
impl Engine {
    /// Reads a program; none where the bytes are not one that this build can run, and then [`load_error`] says why.
    #[cfg(feature = "full")]
    pub fn load(bytes: &[u8]) -> Option<Engine> {
        Self::read(bytes).ok()?
    }

    /// What the program is made of, as JSON.
    pub fn describe(&self) -> String {
        describe::describe(&self.runner, &self.digest)
    }

    /// The numbers among a variable's values, NaN for what is none; of a variable with bounds, the least and the greatest.
    pub fn numbers(&self, variable: u16) -> Vec<f64> {
        let mut numbers = Vec::new();
        #[cfg(feature = "full")]
        if let Some(values) = super::hits::values(self.runner.program(), variable) {
            values.iter().for_each(|value| put(&mut numbers, &[number(value)]));
            return numbers;
        }
        match self.domain(variable) {
            Some(Domain::Int(low, high)) => put(&mut numbers, &[*low as f64, *high as f64]),
            Some(Domain::Double(low, high)) => put(&mut numbers, &[*low, *high]),
            Some(Domain::Finite(values)) => values.iter().for_each(|value| put(&mut numbers, &[number(value)])),
            _ => {}
        }
        numbers
    }

    /// Where in memory stand: the numbers of the lead's fields; the bytes that say which of them come from a record; the numbers of the last decision, valid until the
    /// next call; and, but for the page, the texts that a lead brings along, one after the other (what fields get for them is said in `encoded.rs`).
    pub fn places(&self) -> Vec<f64> {
        let room = self.room.borrow();
        let Room { encoded, results, .. } = &*room;
        let mut places = Vec::new();
        for place in [encoded.codes.as_ptr() as usize, encoded.record.as_ptr() as usize, results.as_ptr() as usize] {
            put(&mut places, &[place as f64]);
        }
        #[cfg(feature = "full")]
        put(&mut places, &[encoded.written.as_ptr() as usize as f64]);
        places
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

    /// For each choice of a field its number in a lead; +∞ where the choice is a range and the policy needs the number itself.
    pub fn choices(&self, field: u16) -> Vec<f64> {
        let mut numbers = Vec::new();
        for choice in self.runner.program().fields.get(usize::from(field)).map(|field| field.choices.as_slice()).unwrap_or_default() {
            let needs_value = choice.range && self.runner.needs_value(field);
            put(&mut numbers, &[if needs_value { f64::INFINITY } else { self.code_of(field, &choice.value) }]);
        }
        numbers
    }

    fn code_of(&self, field: VariableId, value: &Value) -> f64 {
        match (value, self.domain(field)) {
            (_, Some(Domain::Finite(values))) => values.iter().position(|known| known == value).map_or(f64::NAN, |at| at as f64),
            (Value::String(text), _) => match self.room.borrow_mut().encoded.text(&self.runner, field, text, true) {
                Ok(Some(number)) => f64::from(number),
                _ => f64::NAN,
            },
            _ => number(value),
        }
    }

    fn domain(&self, variable: VariableId) -> Option<&Domain> {
        self.runner.program().variables.get(usize::from(variable)).map(|variable| &variable.domain)
    }

    /// Decides the lead; `stage` is an index, or 65,535 for the first. Zero, or what is wrong.
    #[cfg_attr(quick, optimize(speed))]
    pub fn decide(&self, stage: u16) -> u32 {
        let room = &mut *self.room.borrow_mut();
        match room.encoded.decide(&self.runner, known(stage)) {
            Ok(()) => {
                results::decision(&self.runner, &room.encoded.decision, &mut room.results);
                0
            }
            Err(error) => failure(error),
        }
    }

    /// Answers a question about the lead, after a zero; or what is wrong, alone. The questions: 0 decides it and explains its scores; 1 what can still come out; 2 which
    /// questions of the form apply, each a flag in the form's order; 6 which to ask next, at most so many (0: as many as the policy says) of a person who has sent so many
    /// forms before.
    pub fn ask(&self, question: u8, stage: u16, limit: u32, submissions: u32) -> Vec<f64> {
        let room = &mut *self.room.borrow_mut();
        let mut numbers = Vec::new();
        // By cells, as leads are decided; a page has no such way.
        #[cfg(feature = "full")]
        if question == 0 {
            match room.encoded.explain(&self.runner, known(stage)) {
                Err(error) => put(&mut numbers, &[f64::from(failure(error))]),
                Ok(scores) => {
                    put(&mut numbers, &[0.0]);
                    results::explanation(&scores, &mut numbers);
                    results::decision(&self.runner, &room.encoded.decision, &mut room.results);
                }
            }
            return numbers;
        }
        match room.encoded.lead(&self.runner) {
            Err(error) => put(&mut numbers, &[f64::from(failure(error))]),
            Ok(lead) => {
                put(&mut numbers, &[0.0]);
                match question {
                    #[cfg(not(feature = "full"))]
                    0 => {
                        let explanation = self.runner.explain(&lead, known(stage));
                        results::explanation(&explanation.scores, &mut numbers);
                        room.encoded.decision = explanation.decision;
                        results::decision(&self.runner, &room.encoded.decision, &mut room.results);
                    }
                    1 => results::possible(&self.runner, &self.runner.possible(&lead, known(stage)), &mut numbers),
                    6 => results::next(&self.runner.next_in(&lead, known(stage), &AskOptions { limit, submissions }, &mut room.ask), &mut numbers),
                    _ => self.runner.form(&lead).iter().for_each(|&applies| put(&mut numbers, &[f64::from(u8::from(applies))])),
                }
            }
        }
        numbers
    }

    /// Names of what faulted in the last decision, a line each.
    pub fn faults(&self) -> String {
        lines(&self.runner.fault_names(&self.room.borrow().encoded.decision))
    }

    /// Answers a question about the lead in its life; see `live.rs`. Where an answer of the lead is wrong, five bytes: zero, then the number of what is wrong.
    #[cfg(feature = "full")]
    pub fn live(&self, question: u8, input: &[u8]) -> Vec<u8> {
        let room = &mut *self.room.borrow_mut();
        match room.encoded.lead(&self.runner) {
            Err(error) => [0].into_iter().chain(failure(error).to_le_bytes()).collect(),
            Ok(lead) => super::live::answer(super::live::Asked { engine: &self.runner, lead: &lead, decision: &mut room.encoded.decision }, question, input),
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
    crate::engine::text::utf8(text).ok_or(LeadErrorKind::NotUnicode)
}

pub(super) fn lines(texts: &[&str]) -> String {
    let mut lines = String::new();
    for text in texts {
        lines.push_str(text);
        lines.push('\n');
    }
    lines
}

/// Why bytes are not a program that this build can run: the code, the message and the byte, a line each.
#[cfg(feature = "full")]
#[wasm_bindgen]
pub fn load_error(bytes: &[u8]) -> String {
    match Program::from_bytes(bytes) {
        Ok(program) if program.missing_list().is_some() => {
            let kind = crate::program::LoadErrorKind::MissingList;
            lines(&[kind.code(), kind.message(), ""])
        }
        Ok(_) => String::new(),
        Err(error) => refused(&error),
    }
}

/// Why bytes cannot be loaded: the code, the message and the byte, a line each.
#[cfg(feature = "full")]
pub(super) fn refused(error: &LoadError) -> String {
    let mut place = Json::default();
    place.number(error.offset as u64);
    lines(&[error.kind.code(), error.kind.message(), &place.finish()])
}

/// The code and the message of a kind of lead error, a line each.
#[cfg(feature = "full")]
#[wasm_bindgen]
pub fn lead_error(kind: u8) -> String {
    let (code, message) = LeadErrorKind::told(kind);
    lines(&[code, message])
}
