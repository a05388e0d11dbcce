//! A document's full program and its slice, side by side.

use crate::pages::{mend, message_of, page};
use crate::reference::lead::{Answer, Lead, read};
use crate::reference::random::Random;
use crate::reference::{Policy, Value};
use leadgate::engine::{self, Engine, Input, Outcome, Possible};
use leadgate::program::{Domain, Program};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Both programs of a document.
pub struct Subject {
    pub document: Json,
    pub reference: Policy,
    pub full: Engine,
    pub slice: Engine,
    /// The slice as it was written.
    pub bytes: Vec<u8>,
}

/// What is wrong with a document: codes and messages.
pub type Wrong = Vec<(&'static str, String)>;

/// What a document compiles to: the program, and the slice where it has one; or the codes of what is wrong.
pub fn compile(document: &Json) -> Result<(Program, Option<Program>), Wrong> {
    let files = BTreeMap::from([("policy.yaml".to_owned(), document.to_string().into_bytes())]);
    let authored = leadgate::author("policy.yaml", &files);
    match authored.compiled {
        Some((program, _)) => Ok((program, authored.slice.map(|slice| slice.program))),
        None => Err(authored.diagnostics.iter().filter(|found| found.severity == leadgate::report::Severity::Error).map(|found| (found.code, found.message.clone())).collect()),
    }
}

impl Subject {
    /// A document with a random page; what cannot leave is taken out of the page.
    pub fn random(mut document: Json, percent: u64, random: &mut Random) -> Result<Self, String> {
        let program = match compile(&document) {
            Ok((program, _)) => program,
            Err(wrong) if wrong.iter().all(|(code, _)| ["overlapping-rows", "disagreeing-rows"].contains(code)) => {
                // What random rows break is no matter here.
                for table in document["tables"].as_object_mut().unwrap().values_mut().filter(|table| table["hit"] == "unique" || table["hit"] == "any") {
                    table["hit"] = "first".into();
                }
                compile(&document).map_err(|wrong| format!("{wrong:?}"))?.0
            }
            Err(wrong) => return Err(format!("{wrong:?}")),
        };
        document["page"] = page(&document, &program, percent, random);
        Self::mended(document)
    }

    fn mended(mut document: Json) -> Result<Self, String> {
        loop {
            let codes: Vec<&str> = match compile(&document) {
                Ok(_) => return Self::of(document),
                Err(wrong) if wrong.iter().all(|(code, _)| ["secret-value", "secret-gate", "page-needs-full"].contains(code)) => wrong.iter().map(|(code, _)| *code).collect(),
                Err(wrong) => return Err(format!("{wrong:?}")),
            };
            if !mend(&mut document, &codes) {
                return Err(format!("{codes:?} is left"));
            }
        }
    }

    pub fn of(document: Json) -> Result<Self, String> {
        let (program, slice) = compile(&document).map_err(|wrong| format!("{wrong:?}"))?;
        let slice = slice.ok_or("there is no slice")?;
        let bytes = slice.to_bytes();
        // What is tested is what is sent.
        let slice = Engine::load(&bytes).map_err(|error| format!("the slice does not load: {error}"))?;
        Ok(Self { reference: Policy::of(&document), document, full: Engine::new(program), slice, bytes })
    }

    /// The answers of a lead by name.
    pub fn answers(&self, lead: &Json) -> Lead {
        read(&self.reference, lead)
    }

    /// The lead as an engine takes it; fields that it does not have are left out.
    pub fn lead(engine: &Engine, answers: &Lead) -> engine::Lead {
        let mut builder = engine.lead();
        for (name, answer) in answers.iter().filter(|(name, _)| engine.field(name).is_some()) {
            match answer {
                Answer::Absent => continue,
                Answer::Declined => builder.decline(name),
                Answer::Open => builder.open(name),
                Answer::Typed(value) => builder.set(name, input(value)),
                Answer::Record(value) => builder.record(name, input(value)),
            }
            .unwrap_or_else(|error| panic!("{name}: {answer:?} is refused: {error:?}"));
        }
        builder.build()
    }

    /// What a decision of the full program has that the slice says is not possible.
    pub fn lacks(&self, answers: &Lead, closed: &Lead, stage: Option<&str>) -> Option<String> {
        let stage = stage.and_then(|stage| self.full.stage(stage));
        let decision = self.full.decide(&Self::lead(&self.full, closed), stage);
        let possible = self.slice.possible(&Self::lead(&self.slice, answers), None);
        let message = message_of(&self.document, &self.full.outcome_name(decision.outcome).unwrap());
        let told = self.full.message(decision.outcome).map(|at| self.full.program().messages.as_ref().unwrap().ids[usize::from(at)].clone());
        if told.as_ref() != Some(&message) {
            return Some(format!("the message is {told:?} and not {message}"));
        }
        let messages = self.messages(&possible);
        if !messages.contains(&message) {
            return Some(format!("the message {message} is not among {messages:?}"));
        }
        if decision.screened {
            return None;
        }
        for (score, found) in self.slice.program().scores.iter().zip(&possible.scores) {
            let name = &self.slice.program().variables[usize::from(score.variable)].name;
            let at = self.full.program().scores.iter().position(|score| self.full.program().variables[usize::from(score.variable)].name == *name).unwrap();
            let inside = match (decision.scores[at], found.range) {
                (None, _) => found.faults,
                (Some(value), Some((low, high))) => low <= value && value <= high,
                (Some(_), None) => false,
            };
            if !inside {
                return Some(format!("the score {name} is {:?} and not in {found:?}", decision.scores[at]));
            }
        }
        let value = |domain: &Domain, at: u16| if let Domain::Finite(values) = domain { values[usize::from(at)].clone() } else { panic!("an output of {domain:?}") };
        for ((_, output), found) in self.slice.outputs().zip(&possible.outputs) {
            let (at, same) = self.full.outputs().find(|(_, same)| same.name == output.name).unwrap();
            let values: Vec<_> = found.values.iter().map(|&at| value(&output.domain, at)).collect();
            let inside = match decision.outputs[at] {
                None => found.faults,
                Some(at) => values.contains(&value(&same.domain, at)),
            };
            if !inside {
                return Some(format!("the output {} is {:?} and not among {values:?}", output.name, decision.outputs[at]));
            }
        }
        None
    }

    /// Ids of messages.
    pub fn messages(&self, possible: &Possible) -> Vec<String> {
        possible.outcomes.iter().map(|&outcome| if outcome == Outcome::None { "none".to_owned() } else { self.slice.outcome_name(outcome).unwrap() }).collect()
    }
}

fn input(value: &Value) -> Input<'_> {
    match value {
        Value::Bool(value) => Input::Bool(*value),
        Value::Int(value) => Input::Integer(*value),
        Value::Double(value) => Input::Number(*value),
        Value::Text(value) => Input::Text(value),
        other => panic!("{other:?} is no answer"),
    }
}
