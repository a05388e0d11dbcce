//! What would change the route: every change of one answer, with what comes out then, the easiest first.
//!
//! A field's values are tried cell by cell, for no condition tells the values of a cell apart; where expressions calculate with a number, its values are halved until
//! each part is proved to come out alike.

mod numbers;
mod texts;

use super::Engine;
use super::decision::{Decision, Outcome};
use super::frame::Frame;
use super::lead::{Answer, Lead, Source};
use crate::program::{Domain, MASKED, Milli, Value, VariableId};

/// How many leads are decided at most to answer one question.
pub const MOST_DECISIONS: u64 = 100_000;
/// What deciding them may cost in all, in nodes looked at.
const MOST_WORK: u64 = 1 << 32;
/// What a usual question costs, in thousandths.
const USUAL: Milli = 1000;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WhatIfOptions {
    /// What is to change.
    pub settle: Settle,
    /// The fields whose answers may change. Where none are named: those that the form asks for and the lead's other answers do not mask, or, in a policy without a form, all that the
    /// host does not look up.
    pub fields: Option<Vec<VariableId>>,
}

/// What is to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Settle {
    /// The outcome: the route, or the row of the screen.
    #[default]
    Route,
    /// The stage after the moves.
    Stage,
    /// An output of a table, by its index among [`Decision::outputs`].
    Output(usize),
}

/// What came of what is to change.
#[derive(Debug, Clone, PartialEq)]
pub enum Settled {
    /// The outcome.
    Outcome(Outcome),
    /// The stage after the moves; none where they faulted, and for a lead that is screened.
    Stage(Option<u16>),
    /// The output's value; none where it faulted, and for a lead that is screened.
    Output(Option<Value>),
}

/// What would change.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIf {
    /// What comes out of the lead as it is.
    pub now: Settled,
    /// The changes, the easiest first.
    pub changes: Vec<Change>,
    /// Fields of which not every answer was tried, ascending by the form's order.
    pub untold: Vec<(VariableId, Untold)>,
}

/// A change of one answer that makes something else come out.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Whose answer.
    pub field: VariableId,
    /// What it would be.
    pub to: To,
    /// What comes out then.
    pub settled: Settled,
    /// How much is asked of who answers.
    pub effort: Effort,
}

/// What an answer would be.
#[derive(Debug, Clone, PartialEq)]
pub enum To {
    /// This value.
    Value(Value),
    /// This text, or any other that the policy does not tell from it.
    Like(Value),
    /// Any number from the first to the second, both included. The third is the one of them next to the number that the lead has now, where it has one.
    Range(Value, Value, Option<Value>),
    /// Refused.
    Declined,
    /// Not given.
    Absent,
}

/// The effort of a change: what the question costs, and then how far the answer moves. Changes of equal effort stand in the form's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Effort {
    /// The question's cost in thousandths; that of a usual question where the field has none.
    pub cost: Milli,
    /// For a number that becomes another one, how many cells lie between, the last one counted; otherwise 1.
    pub steps: u16,
}

/// Why not every answer of a field was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Untold {
    /// There were too many to decide; see [`MOST_DECISIONS`].
    TooMany = 0,
    /// Expressions calculate with the value, and not every one was tried: what is told of the field holds, and more may.
    Calculated = 1,
    /// There are texts that the policy tells apart and of which no example was found.
    NoExample = 2,
}

impl Engine {
    /// The changes of one answer that make something else come out of a lead that begins in a stage.
    ///
    /// All other answers stay: what a change masks is masked and what it unmasks counts as it was given. What is open counts as absent.
    ///
    /// ```
    /// use leadgate::engine::{To, WhatIfOptions};
    /// use leadgate::program::Value;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let program = leadgate::compile_str(r#"
    /// leadgate: 1
    /// policy: p
    /// version: "1"
    /// fields: { seats: { type: int, min: 1, max: 1000 } }
    /// route: { outcomes: [sales, nurture], rows: [{ id: large, when: { seats: ">= 20" }, to: sales }], default: nurture }
    /// "#)?;
    /// let engine = leadgate::Engine::new(program);
    /// let mut lead = engine.lead();
    /// lead.set("seats", 5)?;
    /// let found = engine.what_if(&lead, None, &WhatIfOptions::default());
    /// assert_eq!(found.changes.len(), 1);
    /// assert_eq!(found.changes[0].to, To::Range(Value::Int(20), Value::Int(1000), Some(Value::Int(20))));
    /// # Ok(())
    /// # }
    /// ```
    pub fn what_if(&self, lead: &Lead, stage: Option<u16>, options: &WhatIfOptions) -> WhatIf {
        Search::new(self, lead, stage, options.settle).run(options.fields.as_deref())
    }
}

/// A search for changes.
struct Search<'a> {
    engine: &'a Engine,
    /// The lead as it is; while an answer is tried, with that.
    lead: Lead,
    stage: Option<u16>,
    settle: Settle,
    frame: Frame,
    decision: Decision,
    /// How many more leads may be decided.
    left: u64,
    now: Settled,
    found: Vec<Found>,
    untold: Vec<(VariableId, Untold)>,
}

/// A change, and what it is sorted by beside its effort.
struct Found {
    change: Change,
    /// Where its field stands in the form.
    place: usize,
    /// For a number that becomes another one, how far that is; no value at all is further than any.
    gap: f64,
}

impl<'a> Search<'a> {
    fn new(engine: &'a Engine, lead: &Lead, stage: Option<u16>, settle: Settle) -> Self {
        let mut lead = lead.clone();
        for (answer, _) in &mut lead.answers {
            if matches!(answer, Answer::Open) {
                *answer = Answer::Absent;
            }
        }
        let left = (MOST_WORK / engine.work().max(1)).min(MOST_DECISIONS);
        let (frame, decision) = (Frame::new(engine.program()), Decision::default());
        let mut search = Self { engine, lead, stage, settle, frame, decision, left, now: Settled::Stage(None), found: Vec::new(), untold: Vec::new() };
        search.now = search.decide();
        search
    }

    fn run(mut self, fields: Option<&[VariableId]>) -> WhatIf {
        let mut order = self.order();
        match fields {
            Some(fields) => order.retain(|field| fields.contains(field)),
            // Told now, while the frame is still that of the lead as it is.
            None => order.retain(|&field| self.may_change(field)),
        }
        for (place, field) in order.into_iter().enumerate() {
            self.field(place, field);
        }
        self.found.sort_by(|a, b| a.change.effort.cmp(&b.change.effort).then(a.place.cmp(&b.place)).then(a.gap.total_cmp(&b.gap)));
        WhatIf { now: self.now, changes: self.found.into_iter().map(|found| found.change).collect(), untold: self.untold }
    }

    /// All fields: those of the form in its order, then the others.
    fn order(&self) -> Vec<VariableId> {
        let program = self.engine.program();
        let mut order = program.ask.questions.clone();
        for (field, facts) in (0..).zip(&program.fields) {
            if !facts.questioned {
                order.push(field);
            }
        }
        order
    }

    fn may_change(&self, field: VariableId) -> bool {
        let program = self.engine.program();
        let Some(facts) = program.fields.get(usize::from(field)) else { return false };
        let asked = if program.ask.questions.is_empty() { !facts.from_host } else { facts.questioned };
        asked && program.slots_of(field).next().is_none_or(|slot| self.frame.cell(slot) != MASKED)
    }

    /// Tries every answer of a field.
    fn field(&mut self, place: usize, field: VariableId) {
        let program = self.engine.program();
        let Some(variable) = program.variables.get(usize::from(field)) else { return };
        // Nothing rests on it.
        if program.slots_of(field).is_empty() {
            return;
        }
        let Some((answer, source)) = self.lead.answers.get(usize::from(field)).cloned() else { return };
        let first = self.found.len();
        let told = match &variable.domain {
            Domain::Finite(values) => self.values(field, values),
            Domain::Int(..) | Domain::Double(..) => self.numbers(field, &answer),
            Domain::Text => self.texts(field, &answer),
            Domain::Any => Ok(()),
        };
        let told = self.states(field, &answer).and(told);
        self.answer(field, answer, source);
        for found in self.found.iter_mut().skip(first) {
            found.place = place;
        }
        if let Err(why) = told {
            self.untold.push((field, why));
        }
    }

    fn values(&mut self, field: VariableId, values: &[Value]) -> Result<(), Untold> {
        for value in values {
            let settled = self.try_value(field, value)?;
            self.note(field, To::Value(value.clone()), settled, 1, 0.0);
        }
        Ok(())
    }

    /// Refused, and not given.
    fn states(&mut self, field: VariableId, answer: &Answer) -> Result<(), Untold> {
        for (to, state) in [(To::Declined, Answer::Declined), (To::Absent, Answer::Absent)] {
            if *answer != state {
                // A record holds values: what is refused or not given was asked in the form.
                self.answer(field, state, Source::Typed);
                let settled = self.try_out()?;
                // After the field's values.
                self.note(field, to, settled, 1, f64::INFINITY);
            }
        }
        Ok(())
    }

    /// Notes a change that makes something else come out.
    fn note(&mut self, field: VariableId, to: To, settled: Settled, steps: u16, gap: f64) {
        if settled != self.now {
            let asked = self.engine.program().fields.get(usize::from(field)).filter(|field| field.questioned);
            let effort = Effort { cost: asked.map_or(USUAL, |field| field.cost), steps };
            self.found.push(Found { change: Change { field, to, settled, effort }, place: 0, gap });
        }
    }

    fn answer(&mut self, field: VariableId, answer: Answer, source: Source) {
        if let Some(place) = self.lead.answers.get_mut(usize::from(field)) {
            *place = (answer, source);
        }
    }

    /// Gives a field a value from where its answer is from.
    fn value(&mut self, field: VariableId, value: Value) {
        if let Some((place, _)) = self.lead.answers.get_mut(usize::from(field)) {
            *place = Answer::Value(value);
        }
    }

    fn try_value(&mut self, field: VariableId, value: &Value) -> Result<Settled, Untold> {
        self.value(field, value.clone());
        self.try_out()
    }

    /// Decides the lead with the answer that is tried.
    fn try_out(&mut self) -> Result<Settled, Untold> {
        self.spend()?;
        Ok(self.decide())
    }

    fn spend(&mut self) -> Result<(), Untold> {
        self.left = self.left.checked_sub(1).ok_or(Untold::TooMany)?;
        Ok(())
    }

    fn decide(&mut self) -> Settled {
        self.engine.decide_into(&self.lead, self.stage, &mut self.frame, &mut self.decision);
        match self.settle {
            Settle::Route => Settled::Outcome(self.decision.outcome),
            Settle::Stage => Settled::Stage(self.decision.stage.as_ref().filter(|stage| !stage.faulted).map(|stage| stage.after)),
            Settle::Output(at) => Settled::Output(self.engine.output(&self.decision, at)),
        }
    }
}
