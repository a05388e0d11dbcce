//! A loaded program.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use super::{describe, results};
use crate::engine::{Encoded, EncodedError, Engine as Runner, Explanation, Input, LeadErrorKind};
use crate::program::{Domain, Program, ProgramDigest, Value, VariableId};

/// What a call gives instead of a result: the kind of the error times 65,536, plus the field.
fn failure(error: EncodedError) -> u32 {
    (error.kind as u32) << 16 | u32::from(error.field)
}

/// The number of a text; −1 where nothing is left of it; −2 − kind where the field cannot have it.
fn number_of(text: Result<Option<u32>, LeadErrorKind>) -> i32 {
    match text {
        Ok(Some(number)) => number as i32,
        Ok(None) => -1,
        Err(kind) => -2 - kind as i32,
    }
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
    explanation: Explanation,
}

#[wasm_bindgen]
impl Engine {
    /// Reads a program.
    ///
    /// # Errors
    /// `code@byte`, where the bytes are not a program that this build can run.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8]) -> Result<Engine, String> {
        let program = Program::from_bytes(bytes).map_err(|error| {
            let mut at = String::from(error.kind.code());
            at.push('@');
            let mut offset = super::json::Json::default();
            offset.number(error.offset as u64);
            at.push_str(&offset.finish());
            at.push('@');
            at.push_str(error.kind.message());
            at
        })?;
        let digest = bytes.get(8..40).and_then(|slice| slice.try_into().ok()).unwrap_or_default();
        let runner = Runner::new(program);
        let encoded = Encoded::new(&runner);
        // JavaScript keeps a view of the results, so they must never move.
        let program = runner.program();
        let results = Vec::with_capacity(results::HEAD + program.scores.len() + runner.outputs().count() + program.tables.len());
        Ok(Self { runner, digest, room: RefCell::new(Room { encoded, results, explanation: Explanation::default() }) })
    }

    /// What the program is made of, as JSON.
    pub fn describe(&self) -> String {
        describe::describe(&self.runner, &self.digest)
    }

    /// The number that a variable's value of this index is.
    pub fn number(&self, variable: u16, index: usize) -> f64 {
        match self.runner.program().variables.get(usize::from(variable)).map(|variable| &variable.domain) {
            Some(Domain::Finite(values)) => match values.get(index) {
                Some(Value::Int(value)) => *value as f64,
                Some(Value::Double(value)) => *value,
                _ => f64::NAN,
            },
            _ => f64::NAN,
        }
    }

    /// The least and the greatest value of a numeric variable; empty for others.
    pub fn bounds(&self, variable: u16) -> Vec<f64> {
        match self.runner.program().variables.get(usize::from(variable)).map(|variable| &variable.domain) {
            Some(Domain::Int(low, high)) => vec![*low as f64, *high as f64],
            Some(Domain::Double(low, high)) => vec![*low, *high],
            _ => Vec::new(),
        }
    }

    /// Where the numbers of the lead's fields stand in memory.
    pub fn codes(&self) -> usize {
        self.room.borrow().encoded.codes.as_ptr() as usize
    }

    /// Where the bytes that say which fields come from a record stand in memory.
    pub fn record(&self) -> usize {
        self.room.borrow().encoded.record.as_ptr() as usize
    }

    /// Where the numbers of the last decision stand in memory. Valid until the next call.
    pub fn results(&self) -> usize {
        self.room.borrow().results.as_ptr() as usize
    }

    /// Where the texts that a lead brings along are written in memory, one after the other; what fields get for them is said in `encoded.rs`.
    pub fn written(&self) -> usize {
        self.room.borrow().encoded.written.as_ptr() as usize
    }

    /// The number of a text, which `keep` makes stay valid; −1 where nothing is left of it; −2 − kind where the field cannot have it.
    pub fn text(&self, field: u16, text: &str, keep: bool) -> i32 {
        number_of(self.room.borrow_mut().encoded.text(&self.runner, field, text, keep))
    }

    /// The normal form of a text by its number.
    pub fn normal(&self, field: u16, number: f64) -> String {
        self.room.borrow().encoded.normal(&self.runner, field, number).unwrap_or_default().into_owned()
    }

    /// The number of a field's choice; NaN where there is none; −kind where it cannot be used.
    pub fn choice(&self, field: u16, id: &str) -> Vec<f64> {
        use crate::engine::Answer;
        match self.runner.answer(field, &Input::Choice(id)) {
            Ok(Answer::Value(value) | Answer::Range(value)) => vec![0.0, self.code_of(field, &value)],
            Ok(_) => vec![0.0, f64::NAN],
            Err(kind) => vec![f64::from(kind as u8), f64::NAN],
        }
    }

    fn code_of(&self, field: VariableId, value: &Value) -> f64 {
        match (value, self.runner.program().variables.get(usize::from(field)).map(|variable| &variable.domain)) {
            (_, Some(Domain::Finite(values))) => values.iter().position(|known| known == value).map_or(f64::NAN, |at| at as f64),
            (Value::Int(value), _) => *value as f64,
            (Value::Double(value), _) => *value,
            (Value::String(text), _) => match self.room.borrow_mut().encoded.text(&self.runner, field, text, true) {
                Ok(Some(number)) => f64::from(number),
                _ => f64::NAN,
            },
            _ => f64::NAN,
        }
    }

    /// Decides the lead; `stage` is an index, or 65,535 for the first. Zero, or what is wrong.
    pub fn decide(&self, stage: u16) -> u32 {
        let room = &mut *self.room.borrow_mut();
        match room.encoded.decide(&self.runner, (stage != u16::MAX).then_some(stage)) {
            Ok(()) => {
                results::decision(&room.encoded.decision, &mut room.results);
                0
            }
            Err(error) => failure(error),
        }
    }

    /// Decides and explains the lead; as `decide`.
    pub fn explain(&self, stage: u16) -> u32 {
        let room = &mut *self.room.borrow_mut();
        match room.encoded.lead(&self.runner) {
            Ok(lead) => {
                room.explanation = self.runner.explain(&lead, (stage != u16::MAX).then_some(stage));
                room.encoded.decision = std::mem::take(&mut room.explanation.decision);
                results::decision(&room.encoded.decision, &mut room.results);
                0
            }
            Err(error) => failure(error),
        }
    }

    /// The lines of the last explanation.
    pub fn explanation(&self) -> Vec<f64> {
        results::explanation(&self.room.borrow().explanation)
    }

    /// The indices of moves and identity keys of the last decision.
    pub fn lists(&self) -> Vec<u32> {
        results::lists(&self.room.borrow().encoded.decision)
    }

    /// Names of what faulted in the last decision, a line each.
    pub fn faults(&self) -> String {
        results::faults(&self.runner, &self.room.borrow().encoded.decision)
    }

    /// Which questions of the form apply, each a flag in the form's order, after a zero; or what is wrong, alone.
    pub fn form(&self) -> Vec<u32> {
        match self.room.borrow().encoded.lead(&self.runner) {
            Ok(lead) => std::iter::once(0).chain(self.runner.form(&lead).into_iter().map(u32::from)).collect(),
            Err(error) => vec![failure(error)],
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

    /// What can still come out; one number, what is wrong, where something is.
    pub fn possible(&self, stage: u16) -> Vec<f64> {
        match self.room.borrow().encoded.lead(&self.runner) {
            Ok(lead) => results::possible(&self.runner.possible(&lead, (stage != u16::MAX).then_some(stage))),
            Err(error) => vec![f64::from(failure(error))],
        }
    }
}

/// The code and the message of a kind of lead error, with a line feed between them.
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
