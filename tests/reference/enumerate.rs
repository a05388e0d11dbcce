//! Partial leads, completed in all ways that can matter.

use super::decide::{Decision, decide_at};
use super::events::Log;
use super::generate;
use super::lead::{Answer, Lead};
use super::list;
use super::parse::{Token, tokens};
use super::policy::{Field, Policy, Type};
use super::random::Random;
use super::situation::Situation;
use super::value::Value;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// By field, the answers that an open field is completed with.
pub type Candidates = BTreeMap<String, Vec<Answer>>;

/// Absent, declined, and values on both sides of whatever the document compares with; all of them where a field has few.
pub fn candidates(document: &Json, policy: &Policy) -> Candidates {
    let constants = Constants::of(document);
    let of = |field: &Field| {
        let typed = constants.values(field).into_iter().map(Answer::Typed);
        [Answer::Absent, Answer::Declined].into_iter().chain(typed).collect()
    };
    policy.fields().map(|(_, name, field)| (name.to_owned(), of(field))).collect()
}

/// The decisions of a lead's completions: all of them where there are at most `limit` (then `true`), otherwise so many drawn at random.
pub fn enumerate(policy: &Policy, lead: &Lead, stage: Option<&str>, candidates: &Candidates, limit: usize, random: &mut Random) -> (Vec<Decision>, bool) {
    enumerate_at(policy, lead, &Situation::at_stage(stage), candidates, limit, random)
}

/// The same at a moment of the lead's life. Where its events are not known yet, each completion has events of its own.
pub fn enumerate_at(policy: &Policy, lead: &Lead, situation: &Situation, candidates: &Candidates, limit: usize, random: &mut Random) -> (Vec<Decision>, bool) {
    let signals: Vec<&str> = policy.events.signals.iter().map(|signal| signal.name.as_str()).collect();
    let open: Vec<&String> = lead.iter().filter(|(name, answer)| **answer == Answer::Open && !signals.contains(&name.as_str())).map(|(name, _)| name).collect();
    let known = situation.log.is_some();
    let combinations = open.iter().try_fold(1usize, |product, name| product.checked_mul(candidates[*name].len())).filter(|count| known && *count <= limit);
    let mut completion = lead.clone();
    let mut at = situation.clone();
    let mut decisions = Vec::new();
    for number in 0..combinations.unwrap_or(limit) {
        let mut rest = number;
        for name in &open {
            let choices = &candidates[*name];
            let choice = if combinations.is_some() { rest % choices.len() } else { random.below(choices.len()) };
            rest /= choices.len();
            completion.insert((*name).clone(), choices[choice].clone());
        }
        if !known {
            at.log = Some(Log::read(&policy.events, &generate::log(random, policy, situation.now)));
        }
        decisions.push(decide_at(policy, &completion, &at));
    }
    (decisions, combinations.is_some())
}

/// Numbers and texts that occur in a document.
#[derive(Debug, Default)]
struct Constants {
    numbers: Vec<f64>,
    texts: BTreeSet<String>,
}

/// What the texts of a part of the document are.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Part {
    /// Names, ids, and expressions.
    Code,
    /// Unary tests, in which texts may stand without quotes.
    Tests,
    /// A list's own texts.
    List,
}

impl Constants {
    fn of(document: &Json) -> Self {
        let mut constants = Self::default();
        constants.walk(document, Part::Code);
        constants
    }

    fn walk(&mut self, json: &Json, part: Part) {
        match json {
            Json::Number(number) => self.numbers.extend(number.as_f64()),
            Json::String(text) => self.text(text, part),
            Json::Array(items) => items.iter().for_each(|item| self.walk(item, part)),
            Json::Object(entries) => {
                for (key, value) in entries {
                    let inner = match (key.as_str(), value) {
                        ("lists", _) => Part::List,
                        ("when", Json::Object(_)) => Part::Tests,
                        ("points", Json::Object(tests)) => {
                            tests.keys().for_each(|test| self.text(test, Part::Tests));
                            part
                        }
                        _ => part,
                    };
                    self.walk(value, inner);
                }
            }
            Json::Null | Json::Bool(_) => {}
        }
    }

    fn text(&mut self, text: &str, part: Part) {
        if part == Part::List {
            self.texts.insert(text.to_owned());
            return;
        }
        for token in tokens(text).unwrap_or_default() {
            match token {
                Token::Int(number) => self.numbers.push(number as f64),
                Token::Double(number) => self.numbers.push(number),
                Token::Text(text) => drop(self.texts.insert(text)),
                Token::Word(word) if part == Part::Tests => drop(self.texts.insert(word)),
                Token::Word(_) | Token::Mark(_) => {}
            }
        }
    }

    fn values(&self, field: &Field) -> Vec<Value> {
        match &field.ty {
            Type::Bool => vec![Value::Bool(false), Value::Bool(true)],
            Type::Enum(values) => values.iter().map(|value| Value::text(value)).collect(),
            Type::Int(low, high) if high - low <= 24 => (*low..=*high).map(Value::Int).collect(),
            Type::Int(low, high) => {
                let near = self.numbers.iter().flat_map(|number| [-1, 0, 1].map(|step| *number as i64 + step));
                let mut all: BTreeSet<i64> = near.flat_map(|number| [number, -number]).chain([*low, *high, low / 2 + high / 2, 0]).collect();
                all.retain(|number| (*low..=*high).contains(number));
                all.into_iter().map(Value::Int).collect()
            }
            Type::Double(low, high) => {
                let near = self.numbers.iter().flat_map(|number| [*number, -number]);
                let near = near.flat_map(|number| [number, number.next_up(), number.next_down(), number + 0.001, number - 0.001, number + 0.5]);
                let mut all: Vec<f64> = near.chain([*low, *high, low / 2.0 + high / 2.0]).filter(|number| (*low..=*high).contains(number)).collect();
                all.sort_by(f64::total_cmp);
                all.dedup();
                all.into_iter().map(Value::Double).collect()
            }
            Type::Text => {
                let mut all: BTreeSet<String> = self.texts.iter().cloned().collect();
                // All pairs of a few texts, and a share of those of many.
                let stride = 1 + self.texts.len() / 12;
                for (number, a) in self.texts.iter().enumerate() {
                    all.extend(self.texts.iter().skip(number % stride).step_by(stride).map(|b| format!("{a}{b}")));
                    all.insert(format!("u@{a}"));
                    all.insert(format!("{a}@q.r"));
                    all.insert(format!("{a}q"));
                    all.insert(format!("q{a}"));
                }
                all.extend(["q", "zq", "Q 9", "q@q.r"].map(str::to_owned));
                all.into_iter().filter(|text| valid(field, text)).map(|text| Value::text(&text)).collect()
            }
        }
    }
}

/// In normal form, not empty, not too long, and of the field's format.
pub fn valid(field: &Field, text: &str) -> bool {
    let normal = list::normalize(text, &field.normalize) == text;
    normal && !text.is_empty() && text.chars().count() <= field.max_length && (!field.email || list::is_email(text))
}
