//! A lead as numbers, the form in which JavaScript hands it over.
//!
//! One double per field: NaN is absent, +∞ declined, −∞ open. A number stands for itself, a value of an enum or bool for its index, a text for the number that [`Encoded::text`]
//! gave it, or where it stands among the texts that the lead brings along: −1 − 65,536 × its first byte − its length. Nothing else crosses the boundary for a
//! decision, and a text that has a number is not looked at again.

use std::borrow::Cow;
use std::sync::Arc;

use super::decision::Decision;
use super::frame::{Frame, number_cell};
use super::lead::{Answer, Lead, LeadErrorKind, SAFE_INTEGER, Source, normal_text, number, text};
use super::Engine;
use crate::program::{ABSENT, Cell, Cut, DECLINED, Domain, FAULT, FIRST_VALUE, SlotId, Value, VariableId};

/// A text that a field holds: the cells of the field's slots, the text itself, and where the machine reads it the value that it is.
#[derive(Debug, Clone, Default)]
struct KnownText {
    cells: Vec<Cell>,
    text: String,
    value: Option<Value>,
}

/// How many bytes all texts have at most that a lead brings along.
pub const WRITTEN: usize = 4096;

/// How one field's number becomes cells.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Code {
    Number,
    Index(u16),
    Text,
    Never,
}

/// What is done with one field's number.
#[derive(Debug, Clone)]
struct Plan {
    code: Code,
    /// The field's slots.
    slots: std::ops::Range<SlotId>,
    /// The machine reads the value itself.
    by_value: bool,
}

/// What is done with the number of a field that is a number.
#[derive(Debug, Clone)]
struct NumberPlan {
    field: VariableId,
    /// The field's slot, and how many: one or none.
    slot: SlotId,
    slots: u16,
    whole: bool,
    by_value: bool,
    low: f64,
    high: f64,
    /// The thresholds between the cells.
    thresholds: Box<[f64]>,
}

/// Fields as numbers, with room for one lead and its decision.
#[derive(Debug, Clone)]
pub struct Encoded {
    /// One number per field.
    pub codes: Vec<f64>,
    /// Which fields came from a record.
    pub record: Vec<bool>,
    plans: Vec<Plan>,
    numbers: Vec<NumberPlan>,
    texts: Vec<Vec<KnownText>>,
    /// The texts that the lead brings along, in UTF-8.
    pub written: Vec<u8>,
    /// The cells of the lead that was decided last.
    pub frame: Frame,
    /// The last decision.
    pub decision: Decision,
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
        let program = engine.program();
        let fields = program.fields.len();
        let mut numbers = Vec::new();
        let mut plans = Vec::new();
        for (field, variable) in (0..).zip(program.variables.iter().take(fields)) {
            let slots = engine.layout().slots_of(field);
            let by_value = variable.by_value;
            let code = match &variable.domain {
                &Domain::Int(low, high) => Err((true, low as f64, high as f64)),
                &Domain::Double(low, high) => Err((false, low, high)),
                Domain::Finite(values) => Ok(Code::Index(values.len() as u16)),
                Domain::Text => Ok(Code::Text),
                Domain::Any => Ok(Code::Never),
            };
            if let Err((whole, low, high)) = code {
                let thresholds = match program.slots.get(usize::from(slots.start)).map(|slot| &slot.cut) {
                    Some(Cut::Thresholds(thresholds)) if !slots.is_empty() => thresholds.as_slice().into(),
                    _ => Box::default(),
                };
                numbers.push(NumberPlan { field, slot: slots.start, slots: slots.len() as u16, whole, by_value, low, high, thresholds });
            }
            plans.push(Plan { code: code.unwrap_or(Code::Number), slots, by_value });
        }
        let mut frame = Frame::new(program);
        engine.place_secrets(&mut frame);
        Self {
            codes: vec![f64::NAN; fields],
            record: vec![false; fields],
            plans,
            numbers,
            texts: vec![vec![KnownText::default()]; fields],
            written: vec![0; WRITTEN],
            frame,
            decision: Decision::default(),
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
        let (Some(facts), Some(known), Some(Plan { code: Code::Text, slots, by_value, .. })) = (program.fields.get(at), self.texts.get_mut(at), self.plans.get(at)) else {
            return Err(if at < program.fields.len() { LeadErrorKind::Type } else { LeadErrorKind::UnknownField });
        };
        let Some(normal) = normal_text(text, facts)? else { return Ok(None) };
        // Number 0 is the one that does not stay; its room is used again.
        let number = if keep { known.len() } else { 0 };
        if keep {
            known.push(KnownText::default());
        }
        let Some(entry) = known.get_mut(number) else { return Err(LeadErrorKind::Type) };
        entry.cells.clear();
        engine.texts().classify_all(program, field, slots.clone(), &normal, &mut |_, cell| entry.cells.push(cell));
        entry.text.clear();
        entry.text.push_str(&normal);
        entry.value = by_value.then(|| Value::String(Arc::from(&*normal)));
        Ok(Some(number as u32))
    }

    /// The normal form of a text by its number; none where there is none.
    pub fn normal(&self, engine: &Engine, field: VariableId, code: f64) -> Option<Cow<'_, str>> {
        if code < 0.0 {
            return normal_text(brought(&self.written, code)?, engine.program().fields.get(usize::from(field))?).ok()?;
        }
        known_text(&self.texts, usize::from(field), code).map(|known| Cow::Borrowed(known.text.as_str()))
    }

    /// Decides the lead that stands in `codes`.
    ///
    /// # Errors
    /// The first field whose number is not an answer.
    pub fn decide(&mut self, engine: &Engine, stage: Option<u16>) -> Result<(), EncodedError> {
        self.place(engine)?;
        let record = &self.record;
        let program = engine.program();
        let is_record = |field: VariableId| {
            let at = usize::from(field);
            record.get(at).copied().unwrap_or(false) || program.fields.get(at).is_some_and(|field| field.from_host)
        };
        engine.run(&mut self.frame, &is_record, stage, &mut self.decision);
        Ok(())
    }

    fn place(&mut self, engine: &Engine) -> Result<(), EncodedError> {
        // Numbers by themselves: a loop that does one thing is several times as fast as one that asks what to do.
        let wrong = self.place_numbers();
        let others = self.place_others(engine);
        match (wrong, others) {
            (Some(wrong), Err(other)) if other.field < wrong.field => Err(other),
            (Some(wrong), _) => Err(wrong),
            (None, others) => others,
        }
    }

    /// Places the numbers; gives the first that is not an answer.
    fn place_numbers(&mut self) -> Option<EncodedError> {
        let frame = &mut self.frame;
        let mut wrong = None;
        for plan in &self.numbers {
            let code = self.codes.get(usize::from(plan.field)).copied().unwrap_or(f64::NAN);
            let cell = if code >= plan.low && code <= plan.high && (!plan.whole || code.trunc() == code && code.abs() <= SAFE_INTEGER as f64) {
                if plan.by_value && let Some(place) = frame.values.get_mut(usize::from(plan.field)) {
                    *place = Some(if plan.whole { Value::Int(code as i64) } else { Value::Double(code + 0.0) });
                }
                number_cell(&plan.thresholds, code)
            } else if !code.is_finite() {
                state(code)
            } else {
                let fraction = plan.whole && (code.trunc() != code || code.abs() > SAFE_INTEGER as f64);
                let kind = if fraction { LeadErrorKind::Integer } else { LeadErrorKind::Bounds };
                wrong = wrong.or(Some(EncodedError { field: plan.field, kind }));
                continue;
            };
            if plan.slots != 0 {
                frame.set_cell(plan.slot, cell);
            }
        }
        wrong
    }

    fn place_others(&mut self, engine: &Engine) -> Result<(), EncodedError> {
        let program = engine.program();
        let frame = &mut self.frame;
        for (at, (&code, plan)) in self.codes.iter().zip(&self.plans).enumerate() {
            if plan.code == Code::Number {
                continue;
            }
            let field = at as VariableId;
            let fail = |kind| Err(EncodedError { field, kind });
            let slots = || plan.slots.clone();
            if !code.is_finite() {
                slots().for_each(|slot| frame.set_cell(slot, state(code)));
                continue;
            }
            match plan.code {
                Code::Number => {}
                Code::Index(count) => {
                    if !(code >= 0.0 && code < f64::from(count)) {
                        return fail(LeadErrorKind::NotAValue);
                    }
                    slots().for_each(|slot| frame.set_cell(slot, FIRST_VALUE + code as Cell));
                }
                // Nothing reads this text, so nobody gave it a number of its own.
                Code::Text if code >= 0.0 && plan.slots.is_empty() && !plan.by_value => {}
                Code::Text if code < 0.0 => {
                    let Some(facts) = program.fields.get(at) else { return fail(LeadErrorKind::UnknownField) };
                    let Some(text) = brought(&self.written, code) else { return fail(LeadErrorKind::Type) };
                    match normal_text(text, facts) {
                        Err(kind) => return fail(kind),
                        Ok(None) => slots().for_each(|slot| frame.set_cell(slot, ABSENT)),
                        Ok(Some(normal)) => {
                            engine.texts().classify_all(program, field, slots(), &normal, &mut |slot, cell| frame.set_cell(slot, cell));
                            if plan.by_value && let Some(place) = frame.values.get_mut(at) {
                                *place = Some(Value::String(Arc::from(&*normal)));
                            }
                        }
                    }
                }
                Code::Text => {
                    let Some(known) = known_text(&self.texts, at, code) else { return fail(LeadErrorKind::Type) };
                    for (slot, &cell) in slots().zip(&known.cells) {
                        frame.set_cell(slot, cell);
                    }
                    if plan.by_value && let Some(place) = frame.values.get_mut(at) {
                        *place = known.value.clone();
                    }
                }
                Code::Never => slots().for_each(|slot| frame.set_cell(slot, FAULT)),
            }
        }
        Ok(())
    }

    /// The lead that stands in `codes`.
    ///
    /// # Errors
    /// The first field whose number is not an answer.
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

    fn answer(&self, engine: &Engine, field: VariableId, code: f64) -> Result<Answer, LeadErrorKind> {
        match engine.program().variables.get(usize::from(field)).map(|variable| &variable.domain) {
            Some(Domain::Finite(values)) => {
                let value = if code >= 0.0 { values.get(code as usize) } else { None };
                value.cloned().map(Answer::Value).ok_or(LeadErrorKind::NotAValue)
            }
            Some(Domain::Text) => {
                let unread = self.plans.get(usize::from(field)).is_some_and(|plan| plan.slots.is_empty() && !plan.by_value);
                if unread && code >= 0.0 {
                    return Ok(Answer::Absent);
                }
                if code < 0.0 {
                    let facts = engine.program().fields.get(usize::from(field)).ok_or(LeadErrorKind::UnknownField)?;
                    return text(brought(&self.written, code).ok_or(LeadErrorKind::Type)?, facts);
                }
                let known = known_text(&self.texts, usize::from(field), code);
                known.map(|known| Answer::Value(Value::String(Arc::from(known.text.as_str())))).ok_or(LeadErrorKind::Type)
            }
            Some(domain) => number(domain, code),
            None => Err(LeadErrorKind::UnknownField),
        }
    }
}

/// The text of a number, where it was given to a text: one that is normal is never empty, as the room for the text that does not stay is at first.
fn known_text(texts: &[Vec<KnownText>], field: usize, code: f64) -> Option<&KnownText> {
    let whole = code >= 0.0 && code.trunc() == code;
    texts.get(field).filter(|_| whole)?.get(code as usize).filter(|known| !known.text.is_empty())
}

/// The cell of what is not a value.
fn state(code: f64) -> Cell {
    if code == f64::INFINITY { DECLINED } else { ABSENT }
}

/// The text that a lead brings along, by its place; none where there is none, or nothing of it.
fn brought(written: &[u8], code: f64) -> Option<&str> {
    let place = (-1.0 - code) as u32;
    let (start, length) = ((place >> 16) as usize, (place & 0xffff) as usize);
    std::str::from_utf8(written.get(start..start + length)?).ok().filter(|text| !text.is_empty())
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
    fn of_wrong_answers_the_first_field_is_named() {
        let engine = with_numbers("");
        let mut encoded = Encoded::new(&engine);
        for (codes, error) in [([0.5, 7.0, 0.0], (0, LeadErrorKind::Integer)), ([1.0, 7.0, 0.0], (1, LeadErrorKind::NotAValue)), ([1e300, 0.0, 0.0], (0, LeadErrorKind::Integer))] {
            encoded.codes = codes.to_vec();
            assert_eq!(encoded.decide(&engine, None), Err(EncodedError { field: error.0, kind: error.1 }));
        }
    }
}
