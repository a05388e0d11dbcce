//! A lead as numbers, the form in which JavaScript hands it over.
//!
//! One double per field: NaN is absent, +∞ declined, −∞ open. A number stands for itself, a value of an enum or bool for its index, a text for the number that [`Encoded::text`]
//! gave it, or where it stands among the texts that the lead brings along: −1 − 65,536 × its first byte − its length. A page has few leads, and theirs bring none.
//! Nothing else crosses the boundary for a decision, and a text that has a number is not looked at again.

#[cfg(feature = "full")]
mod cells;

use std::borrow::Cow;

use super::Engine;
use super::decision::Decision;
#[cfg(feature = "full")]
use super::lead::text;
use super::lead::{Answer, Lead, LeadErrorKind, Source, normal_text, number};
#[cfg(feature = "full")]
use super::text::utf8;
use crate::program::{Domain, Shared, Value, VariableId};
#[cfg(feature = "full")]
use cells::Cells;

/// How many bytes all texts have at most that a lead brings along.
#[cfg(feature = "full")]
pub const WRITTEN: usize = 4096;

/// Fields as numbers, with room for one lead and its decision.
#[derive(Debug, Clone)]
pub struct Encoded {
    /// One number per field.
    pub codes: Vec<f64>,
    /// Which fields came from a record.
    pub record: Vec<bool>,
    /// The texts of each field that have numbers, in their normal form.
    texts: Vec<Vec<Shared<str>>>,
    /// The texts that the lead brings along, in UTF-8.
    #[cfg(feature = "full")]
    pub written: Vec<u8>,
    /// The last decision.
    pub decision: Decision,
    /// How numbers become cells without becoming answers first.
    #[cfg(feature = "full")]
    cells: Cells,
}

/// Why a number is not an answer of its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EncodedError {
    /// The field.
    pub field: VariableId,
    /// What is wrong.
    pub kind: LeadErrorKind,
}

impl Encoded {
    /// Room for the leads of an engine.
    pub fn new(engine: &Engine) -> Self {
        let fields = engine.program().fields.len();
        Self {
            codes: vec![f64::NAN; fields],
            record: vec![false; fields],
            texts: vec![vec![Shared::from("")]; fields],
            #[cfg(feature = "full")]
            written: vec![0; WRITTEN],
            decision: Decision::default(),
            #[cfg(feature = "full")]
            cells: Cells::new(engine),
        }
    }

    /// The number of a text, and whether it is one at all: none where nothing is left of it after normalizing.
    ///
    /// With `keep` the number stays valid; without, it is valid until the field's next text.
    ///
    /// # Errors
    /// Where the field cannot have this text.
    pub fn text(&mut self, engine: &Engine, field: VariableId, text: &str, keep: bool) -> Result<Option<u32>, LeadErrorKind> {
        let program = engine.program();
        let at = usize::from(field);
        let (Some(facts), Some(known)) = (program.fields.get(at), self.texts.get_mut(at)) else { return Err(LeadErrorKind::UnknownField) };
        if program.variables.get(at).is_none_or(|variable| variable.domain != Domain::Text) {
            return Err(LeadErrorKind::Type);
        }
        let Some(normal) = normal_text(text, facts)? else { return Ok(None) };
        // Number 0 is the one that does not stay; its room is used again.
        let number = if keep { known.len() } else { 0 };
        if keep {
            known.push(Shared::from(""));
        }
        if let Some(place) = known.get_mut(number) {
            *place = Shared::from(&*normal);
        }
        #[cfg(feature = "full")]
        self.cells.know(engine, field, number, &normal);
        Ok(Some(number as u32))
    }

    /// The normal form of a text by its number; none where there is none.
    #[allow(unused_variables, reason = "what a lead brings along is read by what its field is")]
    pub fn normal(&self, engine: &Engine, field: VariableId, code: f64) -> Option<Cow<'_, str>> {
        #[cfg(feature = "full")]
        if code < 0.0 {
            return normal_text(brought(&self.written, code)?, engine.program().fields.get(usize::from(field))?).ok()?;
        }
        known_text(&self.texts, usize::from(field), code).map(|known| Cow::Borrowed(&**known))
    }

    /// Decides the lead that stands in `codes`.
    ///
    /// # Errors
    /// The first field whose number is not an answer.
    pub fn decide(&mut self, engine: &Engine, stage: Option<u16>) -> Result<(), EncodedError> {
        #[cfg(feature = "full")]
        return self.decide_by_cells(engine, stage);
        #[cfg(not(feature = "full"))]
        {
            self.decision = engine.decide(&self.lead(engine)?, stage);
            Ok(())
        }
    }

    /// The lead that stands in `codes`.
    ///
    /// # Errors
    /// The first field whose number is not an answer.
    #[cfg_attr(quick, optimize(speed))]
    pub fn lead(&self, engine: &Engine) -> Result<Lead, EncodedError> {
        let mut lead = engine.nothing_given();
        for (at, (&code, place)) in self.codes.iter().zip(&mut lead.answers).enumerate() {
            let field = at as VariableId;
            let answer = if code.is_nan() {
                Answer::Absent
            } else if code == f64::INFINITY {
                Answer::Declined
            } else if code == f64::NEG_INFINITY {
                Answer::Open
            } else {
                self.answer(engine, field, code).map_err(|kind| EncodedError { field, kind })?
            };
            let record = self.record.get(at).copied().unwrap_or(false);
            *place = (answer, if record { Source::Record } else { Source::Typed });
        }
        Ok(lead)
    }

    #[cfg_attr(quick, optimize(speed))]
    fn answer(&self, engine: &Engine, field: VariableId, code: f64) -> Result<Answer, LeadErrorKind> {
        match engine.program().variables.get(usize::from(field)).map(|variable| &variable.domain) {
            Some(Domain::Finite(values)) => {
                let value = if code >= 0.0 { values.get(code as usize) } else { None };
                value.cloned().map(Answer::Value).ok_or(LeadErrorKind::NotAValue)
            }
            Some(Domain::Text) => {
                #[cfg(feature = "full")]
                if code < 0.0 {
                    let facts = engine.program().fields.get(usize::from(field)).ok_or(LeadErrorKind::UnknownField)?;
                    return text(brought(&self.written, code).ok_or(LeadErrorKind::Type)?, facts);
                }
                if nothing_reads(engine, field) {
                    return Ok(Answer::Absent);
                }
                known_text(&self.texts, usize::from(field), code).map(|known| Answer::Value(Value::String(known.clone()))).ok_or(LeadErrorKind::Type)
            }
            Some(domain) => number(domain, code),
            None => Err(LeadErrorKind::UnknownField),
        }
    }
}

/// Whether no condition rests on a text and the machine does not read it: then nobody gave it a number of its own.
fn nothing_reads(engine: &Engine, field: VariableId) -> bool {
    engine.layout().slots_of(field).is_empty() && engine.program().variables.get(usize::from(field)).is_some_and(|variable| !variable.by_value)
}

/// The text of a number, where it was given to a text: one that is normal is never empty, as the room for the text that does not stay is at first.
#[cfg_attr(quick, optimize(speed), inline)]
fn known_text(texts: &[Vec<Shared<str>>], field: usize, code: f64) -> Option<&Shared<str>> {
    let whole = code >= 0.0 && code.trunc() == code;
    texts.get(field).filter(|_| whole)?.get(code as usize).filter(|known| !known.is_empty())
}

/// The text that a lead brings along, by its place; none where there is none, or nothing of it.
#[cfg(feature = "full")]
#[cfg_attr(quick, optimize(speed), inline)]
fn brought(written: &[u8], code: f64) -> Option<&str> {
    let place = (-1.0 - code) as u32;
    let (start, length) = ((place >> 16) as usize, (place & 0xffff) as usize);
    utf8(written.get(start..start + length)?).filter(|text| !text.is_empty())
}

#[cfg(test)]
#[cfg(feature = "author")]
mod tests {
    use super::*;

    fn engine() -> Engine {
        let text = "leadgate: 1\npolicy: p\nversion: \"1\"\nfields: { note: { type: string }, city: { type: string } }\n\
                    scores: { fit: { rules: { here: { when: { city: known }, points: 1 } } } }";
        Engine::new(crate::compile_str(text).unwrap())
    }

    #[test]
    fn a_text_that_nothing_reads_needs_no_number_of_its_own() {
        let engine = engine();
        let mut encoded = Encoded::new(&engine);
        encoded.codes = vec![0.0, f64::NAN];
        assert_eq!(encoded.decide(&engine, None), Ok(()));
        assert!(encoded.lead(&engine).is_ok());
    }

    #[test]
    fn a_number_that_no_text_has_is_no_answer() {
        let engine = engine();
        let mut encoded = Encoded::new(&engine);
        for code in [0.0, 1.0, -1.0, 0.5] {
            encoded.codes = vec![f64::NAN, code];
            assert_eq!(encoded.decide(&engine, None), Err(EncodedError { field: 1, kind: LeadErrorKind::Type }), "{code}");
        }
        let number = encoded.text(&engine, 1, "上海", true).unwrap().unwrap();
        encoded.codes = vec![f64::NAN, f64::from(number)];
        assert_eq!(encoded.decide(&engine, None), Ok(()));
        assert_eq!(encoded.decision.scores, [Some(1000)]);
    }
    fn with_numbers(rest: &str) -> Engine {
        let text = "leadgate: 1\npolicy: p\nversion: \"1\"\nfields: { seats: { type: int }, blocked: { type: bool }, note: { type: string } }\n";
        Engine::new(crate::compile_str(&[text, rest].concat()).unwrap())
    }

    #[test]
    fn a_screened_lead_has_no_faults_of_the_lead_before_it() {
        let engine = with_numbers(
            "derive: { each: 10 / seats }\nscreen: { stop: { when: { blocked: true } } }\n\
             scores: { fit: { rules: { many: { when: { each: \">= 2\" }, points: 1 } } } }\n\
             tables: { grade: { hit: first, outputs: { grade: [A, B] }, rows: [{ when: { fit: \">= 1\" }, then: A }, { then: B }] } }",
        );
        let mut encoded = Encoded::new(&engine);
        encoded.codes = vec![0.0, 0.0, f64::NAN];
        assert_eq!(encoded.decide(&engine, None), Ok(()));
        assert_eq!(engine.fault_names(&encoded.decision), ["each", "fit", "grade"]);
        encoded.codes = vec![5.0, 1.0, f64::NAN];
        assert_eq!(encoded.decide(&engine, None), Ok(()));
        assert!(encoded.decision.screened);
        assert_eq!(engine.fault_names(&encoded.decision), [""; 0]);
    }

    #[test]
    fn a_stage_that_does_not_exist_is_a_fault() {
        let engine = with_numbers(
            "stages: { list: { new: {}, won: {} }, moves: [{ id: win, from: new, to: won, when: { seats: \">= 2\" } }] }\n\
             route: { on_fault: look, outcomes: [sales, look], rows: [{ when: { stage: won }, to: sales }], default: sales }",
        );
        let mut encoded = Encoded::new(&engine);
        encoded.codes = vec![5.0, 0.0, f64::NAN];
        for (stage, faults) in [(None, &[][..]), (Some(1), &[]), (Some(2), &["stage", "route"]), (Some(u16::MAX), &["stage", "route"])] {
            assert_eq!(encoded.decide(&engine, stage), Ok(()));
            assert_eq!(engine.fault_names(&encoded.decision), faults, "{stage:?}");
            assert_eq!(engine.outcome_name(encoded.decision.outcome).as_deref(), Some(if faults.is_empty() { "sales" } else { "look" }));
        }
    }

    #[test]
    fn texts_come_along_and_are_put_into_normal_form() {
        let text = "leadgate: 1\npolicy: p\nversion: \"1\"\nfields: { mail: { type: string, normalize: [trim, lowercase], format: email }, note: { type: string, max_length: 4 } }\n\
                    scores: { fit: { rules: { school: { when: 'mail.contains(\".edu\")', points: 1 }, free: { when: 'mail.contains(\"@qq.\")', points: 2 }, noted: { when: 'note.contains(\"上\")', points: 4 } } } }";
        let engine = Engine::new(crate::compile_str(text).unwrap());
        let mut encoded = Encoded::new(&engine);
        for (mail, note, expected) in [
            (" A@PKU.EDU.cn", "x", Ok(1)), ("a@qq.com", "去上海", Ok(6)), ("a@b.cn", "上", Ok(4)), ("  ", "上", Ok(4)),
            ("nobody", "上", Err((0, LeadErrorKind::Format))), ("a@b.cn", "去上海出差", Err((1, LeadErrorKind::TooLong))),
        ] {
            encoded.written = [mail, note].concat().into_bytes();
            let place = |start: usize, length: usize| -1.0 - (start * 65_536 + length) as f64;
            encoded.codes = vec![place(0, mail.len()), place(mail.len(), note.len())];
            let decided = encoded.decide(&engine, None).map(|()| encoded.decision.scores[0].unwrap() / 1000);
            assert_eq!(decided.map_err(|error| (error.field, error.kind)), expected, "{mail} {note}");
            if decided.is_ok() {
                assert_eq!(engine.decide(&encoded.lead(&engine).unwrap(), None), encoded.decision);
            }
        }
        encoded.codes = vec![-1.0 - 65_536.0 * 40.0 - 9.0, f64::NAN];
        assert_eq!(encoded.decide(&engine, None), Err(EncodedError { field: 0, kind: LeadErrorKind::Type }));
    }

    #[test]
    fn explained_by_cells_a_lead_has_the_explanation_of_its_answers() {
        let engine = with_numbers(
            "derive: { each: 10 / seats }\nscreen: { stop: { when: { blocked: true } } }\n\
             scores:\n  fit:\n    groups:\n      size: { max: 3, rules: { some: { by: seats, points: { \">= 5\": 4, \"2..4\": 2, else: 1 } }, many: { when: { each: \">= 2\" }, points: 1 } } }\n\
             \x20     words: { rules: { here: { when: 'note.contains(\"上\")', points: 5 }, said: { when: { note: known }, points: 1 } } }\n  all: { sum: [fit] }\n",
        );
        let mut encoded = Encoded::new(&engine);
        let note = f64::from(encoded.text(&engine, 2, "去上海", true).unwrap().unwrap());
        let (seats, blocked, notes) = ([f64::NAN, 0.0, 1.0, 5.0, f64::INFINITY, f64::NEG_INFINITY, 0.5], [f64::NAN, 0.0, 1.0, f64::INFINITY], [f64::NAN, note, 99.0]);
        let (mut explained, mut refused) = (0, 0);
        // One after another, and with each number in a place of its own: nothing is left of the lead before.
        for step in [1, 5, 23] {
            for turn in 0..84 {
                let at = turn * step % 84;
                encoded.codes = vec![seats[at % 7], blocked[at / 7 % 4], notes[at / 28]];
                let by_cells = encoded.explain(&engine, None);
                match encoded.lead(&engine).map(|lead| engine.explain(&lead, None)) {
                    Ok(explanation) => {
                        assert_eq!(by_cells.as_ref(), Ok(&explanation.scores), "{:?}", encoded.codes);
                        assert_eq!(encoded.decision, explanation.decision);
                        explained += explanation.scores.len();
                    }
                    Err(error) => {
                        assert_eq!(by_cells, Err(error));
                        refused += 1;
                    }
                }
            }
        }
        assert!(explained > 50 && refused > 50, "{explained} {refused}");
    }

    #[test]
    fn of_wrong_answers_the_first_field_is_named() {
        let engine = with_numbers("");
        let mut encoded = Encoded::new(&engine);
        for (codes, error) in [([0.5, 7.0, 0.0], (0, LeadErrorKind::Integer)), ([1.0, 7.0, 0.0], (1, LeadErrorKind::NotAValue)), ([1e300, 0.0, 0.0], (0, LeadErrorKind::Integer))] {
            encoded.codes = codes.to_vec();
            assert_eq!(encoded.decide(&engine, None), Err(EncodedError { field: error.0, kind: error.1 }));
        }
    }
}
