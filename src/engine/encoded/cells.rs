//! Numbers to cells: the short way from a lead as JavaScript hands it over to its decision.

use std::sync::Arc;

use super::{Encoded, EncodedError, brought, known_text};
use crate::engine::Engine;
use crate::engine::ScoreExplanation;
use crate::engine::frame::{Frame, number_cell};
use crate::engine::lead::{LeadErrorKind, SAFE_INTEGER, normal_text};
use crate::program::{ABSENT, Cell, Cut, DECLINED, Domain, FAULT, FIRST_VALUE, SlotId, Value, VariableId};

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

/// What is done with all of them, and where it goes.
#[derive(Debug, Clone)]
pub struct Cells {
    plans: Vec<Plan>,
    numbers: Vec<NumberPlan>,
    /// For each field and number of a text, the cells of the field's slots.
    texts: Vec<Vec<Vec<Cell>>>,
    /// The cells of the lead that was decided last.
    frame: Frame,
}

impl Cells {
    /// For the leads of an engine.
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
        Self { plans, numbers, texts: vec![vec![Vec::new()]; fields], frame }
    }

    /// Remembers the cells of a text that has this number.
    pub fn know(&mut self, engine: &Engine, field: VariableId, number: usize, normal: &str) {
        let at = usize::from(field);
        let (Some(known), Some(plan)) = (self.texts.get_mut(at), self.plans.get(at)) else { return };
        if number == known.len() {
            known.push(Vec::new());
        }
        if let Some(cells) = known.get_mut(number) {
            cells.clear();
            engine.texts().classify_all(engine.program(), field, plan.slots.clone(), normal, &mut |_, cell| cells.push(cell));
        }
    }
}

impl Encoded {
    #[cfg_attr(quick, optimize(speed))]
    pub(super) fn decide_by_cells(&mut self, engine: &Engine, stage: Option<u16>) -> Result<(), EncodedError> {
        // Numbers by themselves: a loop that does one thing is several times as fast as one that asks what to do.
        let wrong = self.place_numbers();
        match (wrong, self.place_others(engine)) {
            (Some(wrong), Err(other)) if other.field < wrong.field => return Err(other),
            (Some(wrong), _) => return Err(wrong),
            (None, others) => others?,
        }
        let record = &self.record;
        let program = engine.program();
        let is_record = |field: VariableId| {
            let at = usize::from(field);
            record.get(at).copied().unwrap_or(false) || program.fields.get(at).is_some_and(|field| field.from_host)
        };
        engine.run(&mut self.cells.frame, &is_record, stage, &mut self.decision);
        Ok(())
    }

    /// Decides the lead that stands in `codes`, and explains its scores.
    ///
    /// # Errors
    /// The first field whose number is not an answer.
    pub fn explain(&mut self, engine: &Engine, stage: Option<u16>) -> Result<Vec<ScoreExplanation>, EncodedError> {
        self.decide_by_cells(engine, stage)?;
        Ok((0..engine.program().scores.len()).filter_map(|index| engine.explain_score(&self.cells.frame, &self.decision, index)).collect())
    }

    /// Places the numbers; gives the first that is not an answer.
    #[cfg_attr(quick, optimize(speed))]
    fn place_numbers(&mut self) -> Option<EncodedError> {
        let frame = &mut self.cells.frame;
        let mut wrong = None;
        for plan in &self.cells.numbers {
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

    #[cfg_attr(quick, optimize(speed))]
    fn place_others(&mut self, engine: &Engine) -> Result<(), EncodedError> {
        let program = engine.program();
        let frame = &mut self.cells.frame;
        for (at, (&code, plan)) in self.codes.iter().zip(&self.cells.plans).enumerate() {
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
                    let (Some(known), Some(cells)) = (known_text(&self.texts, at, code), self.cells.texts.get(at).and_then(|known| known.get(code as usize))) else {
                        return fail(LeadErrorKind::Type);
                    };
                    for (slot, &cell) in slots().zip(cells) {
                        frame.set_cell(slot, cell);
                    }
                    if plan.by_value && let Some(place) = frame.values.get_mut(at) {
                        *place = Some(Value::String(known.clone()));
                    }
                }
                Code::Never => slots().for_each(|slot| frame.set_cell(slot, FAULT)),
            }
        }
        Ok(())
    }
}

/// The cell of what is not a value.
fn state(code: f64) -> Cell {
    if code == f64::INFINITY { DECLINED } else { ABSENT }
}
