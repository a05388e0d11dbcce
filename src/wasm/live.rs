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
        Err(LifeError { code, path, message, help }) => map([("error", map([("code", text(code)), ("path", text(&path)), ("message", text(&message)), ("help", text(&help))]))]),
    })
}

impl Asked<'_> {
    fn ask(&mut self, question: u8, input: &Given) -> Result<Value, LifeError> {
        match question {
            0 => self.decide(input),
            1 => self.explain(input),
            2 => self.possible(input),
            5 => self.form(input),
            6 => self.next(input),
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
            4 => life::answer_until(self.engine, self.lead, input),
            _ => self.what_if(input),
        }
    }

    fn decide(&mut self, input: &Given) -> Result<Value, LifeError> {
        let situation = Situation::read(self.engine, input)?;
        *self.decision = self.engine.decide(&situation.lead(self.engine, self.lead)?, situation.stage(self.engine)?);
        let mut numbers = Vec::new();
        results::decision(self.engine, self.decision, &mut numbers);
        Ok(map([("decision", doubles(&numbers)), ("times", self.times())]))
    }

    fn explain(&mut self, input: &Given) -> Result<Value, LifeError> {
        let situation = Situation::read(self.engine, input)?;
        let explanation = self.engine.explain(&situation.lead(self.engine, self.lead)?, situation.stage(self.engine)?);
        let (mut scores, mut decision) = (vec![0.0], Vec::new());
        results::explanation(&explanation.scores, &mut scores);
        results::decision(self.engine, &explanation.decision, &mut decision);
        *self.decision = explanation.decision;
        Ok(map([("decision", doubles(&decision)), ("scores", doubles(&scores)), ("times", self.times())]))
    }

    /// When each move of the decision takes effect; nothing where nothing is known of the lead's past.
    fn times(&self) -> Value {
        let times = self.decision.stage.iter().flat_map(|stage| &stage.times);
        list(times.map(|moment| at(*moment)))
    }

    fn possible(&mut self, input: &Given) -> Result<Value, LifeError> {
        let situation = Situation::read(self.engine, input)?;
        let possible = self.engine.possible(&situation.lead(self.engine, self.lead)?, situation.stage(self.engine)?);
        let mut numbers = vec![0.0];
        results::possible(self.engine, &possible, &mut numbers);
        Ok(map([("possible", doubles(&numbers))]))
    }

    /// Gates read signals, so the form of a lead that has done something is another.
    fn form(&mut self, input: &Given) -> Result<Value, LifeError> {
        let lead = Situation::read(self.engine, input)?.lead(self.engine, self.lead)?;
        let applies = self.engine.form(&lead).into_iter().map(|applies| f64::from(u8::from(applies)));
        Ok(map([("form", doubles(&[0.0].into_iter().chain(applies).collect::<Vec<f64>>()))]))
    }

    fn next(&mut self, input: &Given) -> Result<Value, LifeError> {
        let situation = Situation::read(self.engine, input)?;
        let count = |name| match input.get(name).value() {
            Some(Value::Int(count)) => u32::try_from(*count).unwrap_or_default(),
            Some(Value::Double(count)) => *count as u32,
            _ => 0,
        };
        let options = AskOptions { limit: count("limit"), submissions: count("submissions") };
        let mut numbers = vec![0.0];
        results::next(&self.engine.next(&situation.lead(self.engine, self.lead)?, situation.stage(self.engine)?, &options), &mut numbers);
        Ok(map([("next", doubles(&numbers))]))
    }

    fn what_if(&mut self, input: &Given) -> Result<Value, LifeError> {
        let situation = Situation::read(self.engine, input)?;
        // Its options stand beside the others for who gives them.
        let mut asked = input.get("ask");
        asked.path.clear();
        what_if(self.engine, &situation.lead(self.engine, self.lead)?, situation.stage(self.engine)?, &asked)
    }
}

fn doubles(numbers: &[f64]) -> Value {
    list(numbers.iter().map(|number| Value::Double(*number)))
}
