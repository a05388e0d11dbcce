//! Numbers to cells: the short way from a lead as JavaScript hands it over to its decision.

use std::sync::Arc;

use super::{Encoded, EncodedError, brought, known_text};
use crate::engine::Engine;
use crate::engine::ScoreExplanation;
use crate::engine::frame::{Frame, number_cell};
use crate::engine::lead::{LeadErrorKind, SAFE_INTEGER, normal_text};
use crate::program::{ABSENT, Cell, Cut, DECLINED, Domain, FAULT, FIRST_VALUE, SlotId, Value, VariableId};

/// What is done with the number of a field that has one of finitely many values.
#[derive(Debug, Clone)]
struct IndexPlan {
    field: VariableId,
    slots: std::ops::Range<SlotId>,
    /// How many values there are.
    count: f64,
}

/// What is done with the number of a text.
#[derive(Debug, Clone)]
struct TextPlan {
    field: VariableId,
    slots: std::ops::Range<SlotId>,
    /// The machine reads the value itself.
    by_value: bool,
    /// It has a domain that no field has; whatever is given is a fault.
    never: bool,
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
    /// No number outside is an answer; those of whole numbers are ones that doubles tell apart.
    low: f64,
    high: f64,
    /// The thresholds between the cells.
    thresholds: Box<[f64]>,
}

/// What is done with all of them, and where it goes.
#[derive(Debug, Clone)]
pub struct Cells {
    numbers: Vec<NumberPlan>,
    indices: Vec<IndexPlan>,
    brought: Vec<TextPlan>,
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
        let (mut numbers, mut indices, mut brought) = (Vec::new(), Vec::new(), Vec::new());
        for (field, variable) in (0..).zip(program.variables.iter().take(fields)) {
            let slots = engine.layout().slots_of(field);
            let by_value = variable.by_value;
            let safe = SAFE_INTEGER as f64;
            let (whole, low, high) = match &variable.domain {
                &Domain::Int(low, high) => (true, (low as f64).max(-safe), (high as f64).min(safe)),
                &Domain::Double(low, high) => (false, low, high),
                Domain::Finite(values) => {
                    indices.push(IndexPlan { field, slots, count: values.len() as f64 });
                    continue;
                }
                other => {
                    brought.push(TextPlan { field, slots, by_value, never: *other != Domain::Text });
                    continue;
                }
            };
            let thresholds = match program.slots.get(usize::from(slots.start)).map(|slot| &slot.cut) {
                Some(Cut::Thresholds(thresholds)) if !slots.is_empty() => thresholds.as_slice().into(),
                _ => Box::default(),
            };
            numbers.push(NumberPlan { field, slot: slots.start, slots: slots.len() as u16, whole, by_value, low, high, thresholds });
        }
        let mut frame = Frame::new(program);
        engine.place_secrets(&mut frame);
        Self { numbers, indices, brought, texts: vec![vec![Vec::new()]; fields], frame }
    }

    /// Remembers the cells of a text that has this number.
    pub fn know(&mut self, engine: &Engine, field: VariableId, number: usize, normal: &str) {
        let Some(known) = self.texts.get_mut(usize::from(field)) else { return };
        if number == known.len() {
            known.push(Vec::new());
        }
        if let Some(cells) = known.get_mut(number) {
            cells.clear();
            engine.texts().classify_all(engine.program(), field, engine.layout().slots_of(field), normal, &mut |_, cell| cells.push(cell));
        }
    }
}

impl Encoded {
    #[cfg_attr(quick, optimize(speed))]
    pub(super) fn decide_by_cells(&mut self, engine: &Engine, stage: Option<u16>) -> Result<(), EncodedError> {
        // Each by itself: a loop that does one thing is several times as fast as one that asks what to do.
        let wrong = [self.place_numbers(), self.place_indices(), self.place_texts(engine)];
        if let Some(first) = wrong.into_iter().flatten().min_by_key(|wrong| wrong.field) {
            return Err(first);
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
            let cell = if code >= plan.low && code <= plan.high && (!plan.whole || code.trunc() == code) {
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

    /// Places the values of finitely many; gives the first that is none of its field's.
    #[cfg_attr(quick, optimize(speed))]
    fn place_indices(&mut self) -> Option<EncodedError> {
        let frame = &mut self.cells.frame;
        for plan in &self.cells.indices {
            let code = self.codes.get(usize::from(plan.field)).copied().unwrap_or(f64::NAN);
            let cell = if code >= 0.0 && code < plan.count {
                FIRST_VALUE + code as Cell
            } else if !code.is_finite() {
                state(code)
            } else {
                return Some(EncodedError { field: plan.field, kind: LeadErrorKind::NotAValue });
            };
            plan.slots.clone().for_each(|slot| frame.set_cell(slot, cell));
        }
        None
    }

    /// Places the texts; gives the first that is not an answer.
    #[cfg_attr(quick, optimize(speed))]
    fn place_texts(&mut self, engine: &Engine) -> Option<EncodedError> {
        let program = engine.program();
        let frame = &mut self.cells.frame;
        for plan in &self.cells.brought {
            let at = usize::from(plan.field);
            let code = self.codes.get(at).copied().unwrap_or(f64::NAN);
            let fail = |kind| Some(EncodedError { field: plan.field, kind });
            if !code.is_finite() || plan.never {
                let cell = if code.is_finite() { FAULT } else { state(code) };
                plan.slots.clone().for_each(|slot| frame.set_cell(slot, cell));
                continue;
            }
            if code >= 0.0 {
                // Nothing reads this text, so nobody gave it a number of its own.
                if plan.slots.is_empty() && !plan.by_value {
                    continue;
                }
                let (Some(known), Some(cells)) = (known_text(&self.texts, at, code), self.cells.texts.get(at).and_then(|known| known.get(code as usize))) else {
                    return fail(LeadErrorKind::Type);
                };
                for (slot, &cell) in plan.slots.clone().zip(cells) {
                    frame.set_cell(slot, cell);
                }
                if plan.by_value && let Some(place) = frame.values.get_mut(at) {
                    *place = Some(Value::String(known.clone()));
                }
                continue;
            }
            let Some(facts) = program.fields.get(at) else { return fail(LeadErrorKind::UnknownField) };
            let Some(text) = brought(&self.written, code) else { return fail(LeadErrorKind::Type) };
            match normal_text(text, facts) {
                Err(kind) => return fail(kind),
                Ok(None) => plan.slots.clone().for_each(|slot| frame.set_cell(slot, ABSENT)),
                Ok(Some(normal)) => {
                    engine.texts().classify_all(program, plan.field, plan.slots.clone(), &normal, &mut |slot, cell| frame.set_cell(slot, cell));
                    if plan.by_value && let Some(place) = frame.values.get_mut(at) {
                        *place = Some(Value::String(Arc::from(&*normal)));
                    }
                }
            }
        }
        None
    }
}

/// The cell of what is not a value.
fn state(code: f64) -> Cell {
    if code == f64::INFINITY { DECLINED } else { ABSENT }
}
