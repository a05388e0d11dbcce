//! A lead in its life: what a page does not ask. It is asked rarely, so everything crosses as values in the bytes that programs have.
//!
//! The questions are numbered as in `pkg/src/full/live.mjs`; both change together.

use super::results;
use crate::ask::AskOptions;
use crate::engine::{Decision, Engine, Lead};
use crate::life::given::{Given, at, list, map, text};
use crate::life::{self, LifeError, Situation, queues, sops, what_if};
use crate::program::{Value, part_bytes, value_from_bytes};

/// Who asks, and where a decision that was made is left.
pub struct Asked<'a> {
    /// The policy.
    pub engine: &'a Engine,
    /// The lead.
    pub lead: &'a Lead,
    /// The decision, for what is asked about it afterwards.
    pub decision: &'a mut Decision,
}

/// Answers a question, in bytes: `{ answer }`, or `{ error: { code, path, message, help } }`.
pub fn answer(mut asked: Asked, question: u8, input: &[u8]) -> Vec<u8> {
    let found = match value_from_bytes(input) {
        Some(input) => asked.ask(question, &Given::new(&input, "")),
        None => Err(LifeError::new("wrong-type", "", "what is given is too deeply nested")),
    };
    part_bytes(&match found {
        Ok(answer) => map([("answer", answer)]),
        Err(error) => map([("error", map([("code", text(error.code)), ("path", text(&error.path)), ("message", text(&error.message)), ("help", text(&error.help))]))]),
    })
}

impl Asked<'_> {
    fn ask(&mut self, question: u8, input: &Given) -> Result<Value, LifeError> {
        match question {
            4 => life::answer_until(self.engine, self.lead, input),
            10 => life::answer_advance(self.engine, self.lead, input),
            11 => life::answer_legal(self.engine, self.lead, input),
            12 => life::answer_migrate(self.engine, input),
            13 => life::answer_pin(self.engine, input),
            14 => life::answer_stays(self.engine, input),
            20 => queues::asked::assign(self.engine, self.lead, input),
            21 => queues::asked::give_back(self.engine, input),
            22 => sops::asked::what_is_due(self.engine, self.lead, input),
            23 => sops::asked::committed(self.engine, input),
            24 => sops::asked::was_sent(self.engine, input),
            _ => {
                let situation = Situation::read(self.engine, input)?;
                let (lead, stage) = (situation.lead(self.engine, self.lead)?, situation.stage(self.engine)?);
                self.ask_of(question, &lead, stage, input)
            }
        }
    }

    /// What is asked of a lead that has no life as well, about one that has.
    fn ask_of(&mut self, question: u8, lead: &Lead, stage: Option<u16>, input: &Given) -> Result<Value, LifeError> {
        // A zero: nothing is wrong with the lead.
        let mut numbers = vec![0.0];
        let named = match question {
            0 => {
                *self.decision = self.engine.decide(lead, stage);
                results::decision(self.engine, self.decision, &mut numbers);
                return Ok(map([("decision", doubles(&numbers)), ("times", self.times(input))]));
            }
            1 => {
                let explanation = self.engine.explain(lead, stage);
                let mut decision = Vec::new();
                results::explanation(&explanation.scores, &mut numbers);
                results::decision(self.engine, &explanation.decision, &mut decision);
                *self.decision = explanation.decision;
                return Ok(map([("decision", doubles(&decision)), ("scores", doubles(&numbers)), ("times", self.times(input))]));
            }
            2 => {
                results::possible(self.engine, &self.engine.possible(lead, stage), &mut numbers);
                "possible"
            }
            // Gates read signals, so the form of a lead that has done something is another.
            5 => {
                numbers.extend(self.engine.form(lead).into_iter().map(|applies| f64::from(u8::from(applies))));
                "form"
            }
            6 => {
                let options = AskOptions { limit: count(input, "limit"), submissions: count(input, "submissions") };
                results::next(&self.engine.next(lead, stage, &options), &mut numbers);
                "next"
            }
            // Its options stand beside the others for who gives them.
            _ => return what_if(self.engine, lead, stage, &input.get("ask").alone()),
        };
        Ok(map([(named, doubles(&numbers))]))
    }

    /// When each move of the decision takes effect; nothing where nothing is known of the lead's past, and where nobody has said when it is.
    fn times(&self, input: &Given) -> Value {
        if input.get("now").is_nothing() {
            return list([]);
        }
        let times = self.decision.stage.iter().flat_map(|stage| &stage.times);
        list(times.map(|moment| at(*moment)))
    }
}

/// A count among options; zero where none is given.
fn count(input: &Given, name: &str) -> u32 {
    match input.get(name).value() {
        Some(Value::Int(count)) => u32::try_from(*count).unwrap_or_default(),
        Some(Value::Double(count)) => *count as u32,
        _ => 0,
    }
}

fn doubles(numbers: &[f64]) -> Value {
    list(numbers.iter().map(|number| Value::Double(*number)))
}
