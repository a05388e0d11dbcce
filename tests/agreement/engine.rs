//! The engine, its decisions in the reference's words.

use crate::reference::events::Worth;
use crate::reference::{Answer, Decision, Lead, StageResult, Value, life};
use crate::summary::{Listed, Summary};
use leadgate::engine::{self, Engine, Input, Line, LineKind, Outcome, Settle, Settled, To, Untold, WhatIfOptions};
use leadgate::engine::events::Log;
use leadgate::life::given::Given;
use leadgate::life::{Advance, Change, Reset, Situation};
use leadgate::program::{Domain, HitPolicy, Program, Value as Constant, VariableId};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// A compiled policy.
pub struct Subject {
    engine: Engine,
}

impl Subject {
    /// The diagnostics as one text where the document does not compile.
    pub fn compile(text: &str) -> Result<Self, String> {
        let program = leadgate::compile_str(text).map_err(|errors| errors.to_string())?;
        Ok(Self { engine: Engine::new(program) })
    }

    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    fn program(&self) -> &Program {
        self.engine.program()
    }

    fn name(&self, variable: VariableId) -> &str {
        &self.program().variables[usize::from(variable)].name
    }

    /// A value of a variable that has finitely many, by index.
    fn value(&self, variable: VariableId, index: u16) -> Value {
        match &self.program().variables[usize::from(variable)].domain {
            Domain::Finite(values) => value(&values[usize::from(index)]),
            other => panic!("`{}` has {other:?}", self.name(variable)),
        }
    }

    /// The variables of table outputs, in the order of a decision's outputs.
    fn outputs(&self) -> Vec<VariableId> {
        let mut outputs: Vec<VariableId> = self.program().tables.iter().flat_map(|table| table.outputs.clone()).collect();
        outputs.sort_unstable();
        outputs
    }

    fn stage_name(&self, index: u16) -> String {
        let stages = self.program().stages.as_ref().expect("the policy has stages");
        text(&self.value(stages.variable, index))
    }

    fn outcome(&self, outcome: Outcome) -> String {
        match outcome {
            Outcome::Screened(row) => format!("screened:{}", self.program().screen[usize::from(row)].id),
            Outcome::Route(to) => self.program().route.as_ref().expect("the policy has a route").outcomes[usize::from(to)].clone(),
            Outcome::None => "none".to_owned(),
        }
    }

    pub fn lead(&self, lead: &Lead) -> engine::Lead {
        let mut builder = self.engine.lead();
        lead.iter().filter(|(_, answer)| **answer != Answer::Absent).for_each(|(name, answer)| self.put(&mut builder, name, answer));
        builder.build()
    }

    /// Gives an answer, in the place of the one before.
    pub fn put(&self, builder: &mut engine::LeadBuilder, name: &str, answer: &Answer) {
        let put = match answer {
            Answer::Absent => builder.absent(name),
            Answer::Declined => builder.decline(name),
            Answer::Open => builder.open(name),
            Answer::Typed(value) => builder.set(name, input(value)),
            Answer::Record(value) => builder.record(name, input(value)),
        };
        put.unwrap_or_else(|error| panic!("{name}: {answer:?} is refused: {error:?}"));
    }

    /// The lead at a moment of its life, and its stage.
    pub fn at(&self, lead: &Lead, situation: &Json) -> (engine::Lead, Option<u16>) {
        let given = given(situation);
        let situation = Situation::read(&self.engine, &Given::new(&given, "")).unwrap_or_else(|error| panic!("the situation is refused: {error:?}"));
        let lead = situation.lead(&self.engine, &self.lead(lead)).expect("the policy has the scores");
        (lead, situation.stage(&self.engine).expect("the policy has the stage"))
    }

    pub fn decide(&self, lead: &Lead, situation: &Json) -> Decision {
        let (lead, stage) = self.at(lead, situation);
        let decision = self.engine.decide(&lead, stage);
        self.told(&lead, &decision, &|at, _| self.engine.move_at(at).unwrap().0.to_owned())
    }

    /// The decision at a moment of a lead's life; its moves with when they take effect.
    pub fn decide_at(&self, lead: &Lead, events: &Json, state: &life::State, now: i64) -> Decision {
        let lead = self.lead_at(lead, events, state, now);
        let decision = self.engine.decide(&lead, None);
        self.told(&lead, &decision, &|at, time| format!("{} at {}", self.engine.move_at(at).unwrap().0, time.unwrap()))
    }

    /// A moment of a lead's life, with what it does in all of it.
    pub fn situation(&self, events: &Json, state: &life::State, now: i64) -> Situation {
        let events = leadgate::life::read_events(&self.engine, &Given::new(&given(events), "events")).unwrap();
        Situation { now, log: Some(Log::new(&self.engine, events)), state: self.state(state) }
    }

    fn lead_at(&self, lead: &Lead, events: &Json, state: &life::State, now: i64) -> engine::Lead {
        self.situation(events, state, now).lead(&self.engine, &self.lead(lead)).unwrap()
    }

    /// A state in the engine's words; what is pinned is pinned where it is.
    fn state(&self, state: &life::State) -> leadgate::life::State {
        let pin = || leadgate::life::Pin { value: self.stage_name(state.stage() as u16), by: "li".to_owned(), reason: None, at: i64::MIN };
        leadgate::life::State {
            stage: Some(self.stage_name(state.stage() as u16)),
            since: state.since,
            history: state.history.iter().map(|change| Change { by_move: change.id.clone(), from: self.stage_name(change.from as u16), to: self.stage_name(change.to as u16), at: change.at, reason: None, by: None }).collect(),
            resets: state.resets.iter().map(|(score, left, at)| Reset { score: score.clone(), factor: *left as u32, at: *at }).collect(),
            pins: leadgate::life::Pins { stage: state.pinned.then(pin), owner: None },
            ..Default::default()
        }
    }

    pub fn advance(&self, lead: &Lead, events: &Json, state: &life::State, step: &life::Step, now: i64) -> Result<life::State, &'static str> {
        let asked = leadgate::life::Step { event: step.event.clone(), by_move: step.id.clone(), reason: step.reason.clone(), by: None };
        let stage = |name: &str| usize::from(self.engine.stage(name).expect("a stage of the policy"));
        match leadgate::life::advance(&self.engine, &self.lead_at(lead, events, state, now), &self.state(state), &asked, now).unwrap() {
            Advance::Refused(refused) => Err(refused.code),
            Advance::Moved(moved) => Ok(life::State {
                first: state.first,
                since: moved.state.since,
                history: moved.state.history.iter().map(|change| life::Change { id: change.by_move.clone(), from: stage(&change.from), to: stage(&change.to), at: change.at }).collect(),
                resets: moved.state.resets.iter().map(|reset| (reset.score.clone(), i64::from(reset.factor), reset.at)).collect(),
                pinned: moved.state.pins.stage.is_some(),
            }),
        }
    }

    /// The moves from where a lead is that need nothing more, and all moves; none where nothing is said because the lead is screened.
    pub fn legal(&self, lead: &Lead, events: &Json, state: &life::State, now: i64) -> Option<(Vec<String>, Vec<String>)> {
        let (_, legal) = leadgate::life::legal(&self.engine, &self.lead_at(lead, events, state, now), &self.state(state), now).unwrap();
        if legal.is_empty() {
            return None;
        }
        let ready = legal.iter().filter(|found| found.needs.is_empty()).map(|found| found.by_move.clone()).collect();
        Some((ready, legal.into_iter().map(|found| found.by_move).collect()))
    }

    pub fn possible_at(&self, lead: &Lead, events: &Json, state: &life::State, now: i64) -> Summary {
        self.summary(&self.engine.possible(&self.lead_at(lead, events, state, now), None)).0
    }

    /// A decision in the reference's words.
    fn told(&self, lead: &engine::Lead, decision: &engine::Decision, made: &dyn Fn(u16, Option<i64>) -> String) -> Decision {
        let screen = match decision.outcome {
            Outcome::Screened(row) => Some(self.program().screen[usize::from(row)].id.clone()),
            _ => None,
        };
        let identity = self.engine.identity(lead, decision);
        let route = (!decision.screened && decision.outcome != Outcome::None).then(|| self.outcome(decision.outcome));
        Decision {
            outcome: self.outcome(decision.outcome),
            screen,
            scores: self.program().scores.iter().zip(&decision.scores).map(|(score, value)| (self.name(score.variable).to_owned(), *value)).collect(),
            outputs: self
                .outputs()
                .into_iter()
                .enumerate()
                .map(|(at, output)| (self.name(output).to_owned(), self.engine.output(decision, at).as_ref().map(value)))
                .collect(),
            violations: self.violations(decision),
            stage: decision.stage.as_ref().map(|stage| StageResult {
                before: self.stage_name(stage.before),
                after: self.stage_name(stage.after),
                moves: stage.moves.iter().enumerate().map(|(number, at)| made(*at, stage.times.get(number).copied())).collect(),
                fault: stage.faulted,
            }),
            route,
            identity: identity.iter().map(|(key, values)| (usize::from(*key), values.iter().map(value).collect())).collect(),
            faults: self.faults(decision),
        }
    }

    /// What is wrong with the explanation of a decision: its lines sum to the scores, and tell what rules that count events give.
    pub fn unexplained(&self, lead: &Lead, situation: &Json, decision: &Decision, counted: &BTreeMap<String, Vec<Option<Worth>>>) -> Option<String> {
        let (lead, stage) = self.at(lead, situation);
        let explanation = self.engine.explain(&lead, stage);
        let mut explained = BTreeMap::new();
        for score in &explanation.scores {
            let sum: i64 = score.lines.iter().map(|line| line.points).sum();
            if sum != score.value {
                return Some(format!("the lines of an explanation sum to {sum}: {score:?}"));
            }
            let name = self.name(self.program().scores[usize::from(score.score)].variable).to_owned();
            let rules = self.program().life.events.rules.iter().filter(|rule| rule.place.0 == score.score);
            let mut told: Vec<(i64, i64, i64)> = rules.map(|rule| worth(&score.lines, rule.place.1)).collect();
            let mut gives: Vec<(i64, i64, i64)> = counted[&name].iter().map(|worth| worth.expect("it has not faulted")).map(|worth| (worth.whole, worth.left, worth.bounded)).collect();
            told.sort_unstable();
            gives.sort_unstable();
            if told != gives {
                return Some(format!("rules of {name} that count events\ntold {told:?}\ngive {gives:?}"));
            }
            explained.insert(name, sum);
        }
        let scores: BTreeMap<String, i64> = decision.scores.iter().filter_map(|(name, score)| Some((name.clone(), (*score)?))).collect();
        (explained != scores).then(|| format!("explained {explained:?}\ndecided   {scores:?}"))
    }

    /// The tables of decay, each with its half-life.
    pub fn decays(&self) -> Vec<(u32, Vec<u32>)> {
        let tables = self.program().life.events.rules.iter().filter_map(|rule| rule.decay.clone());
        tables.map(|table| (table.len() as u32 + 1, table)).collect()
    }

    fn violations(&self, decision: &engine::Decision) -> BTreeMap<String, Vec<String>> {
        let all = self.program().life.hits.iter().zip(&decision.hits).filter(|(_, held)| held.violated);
        all.map(|(hits, held)| {
            let table = &self.program().tables[usize::from(hits.table)];
            (table.id.clone(), held.rows.iter().map(|&row| table.rows[usize::from(row)].id.clone()).collect())
        })
        .collect()
    }

    /// Whether an output of a table may fault.
    fn may_fault(&self, possible: &engine::Possible, output: VariableId) -> bool {
        self.outputs().iter().zip(&possible.outputs).any(|(&known, possible)| known == output && possible.faults)
    }

    fn lists(&self, possible: &engine::Possible) -> BTreeMap<String, Listed> {
        let mut lists = BTreeMap::new();
        for (hits, found) in self.program().life.hits.iter().zip(&possible.hits) {
            let HitPolicy::Lists(values) = &hits.policy else { continue };
            for ((&output, values), list) in self.program().tables[usize::from(hits.table)].outputs.iter().zip(values).zip(&found.lists) {
                let shown = |list: &[u16]| list.iter().map(|&at| format!("{:?}", value(&values[usize::from(at)]))).collect::<BTreeSet<_>>();
                lists.insert(self.name(output).to_owned(), (shown(&list.may), list.must.as_deref().map(shown), self.may_fault(possible, output)));
            }
        }
        lists
    }

    fn numbers(&self, possible: &engine::Possible) -> BTreeMap<String, (Option<(f64, f64)>, bool)> {
        let mut all = BTreeMap::new();
        for (hits, found) in self.program().life.hits.iter().zip(&possible.hits) {
            let HitPolicy::Number(_, numbers) = &hits.policy else { continue };
            let output = self.program().tables[usize::from(hits.table)].outputs[0];
            let number = |units| match numbers.value(units) {
                Constant::Int(value) => value as f64,
                Constant::Double(value) => value,
                other => panic!("{other:?} is no number"),
            };
            all.insert(self.name(output).to_owned(), (found.units.map(|(low, high)| (number(low), number(high))), self.may_fault(possible, output)));
        }
        all
    }

    /// In the order of the document's sections, the screen after the derives.
    fn faults(&self, decision: &engine::Decision) -> Vec<String> {
        let mut names: Vec<String> = decision.faulted.iter().map(|variable| self.name(*variable).to_owned()).collect();
        if decision.by_fault {
            names.push(if decision.screened { "screen" } else { "route" }.to_owned());
        }
        names
    }

    /// What may be settled: the route, the stage, each output.
    pub fn settles(&self) -> Vec<Settle> {
        let stage = self.program().stages.iter().map(|_| Settle::Stage);
        [Settle::Route].into_iter().chain(stage).chain((0..self.outputs().len()).map(Settle::Output)).collect()
    }

    /// What a decision settles, as text.
    pub fn settled_of(&self, settle: Settle, decision: &Decision) -> String {
        match settle {
            Settle::Route => decision.outcome.clone(),
            Settle::Stage => decision.stage.as_ref().filter(|stage| !stage.fault).map_or("none".to_owned(), |stage| stage.after.clone()),
            Settle::Output(at) => decision.outputs[self.name(self.outputs()[at])].as_ref().map_or("none".to_owned(), |value| format!("{value:?}")),
        }
    }

    fn settled(&self, settled: &Settled) -> String {
        match settled {
            Settled::Outcome(outcome) => self.outcome(*outcome),
            Settled::Stage(stage) => stage.map_or("none".to_owned(), |stage| self.stage_name(stage)),
            Settled::Output(found) => found.as_ref().map_or("none".to_owned(), |found| format!("{:?}", value(found))),
        }
    }

    /// What single answers would change, whatever the field.
    pub fn what_if(&self, lead: &Lead, situation: &Json, settle: Settle) -> Changes {
        let (lead, stage) = self.at(lead, situation);
        let fields = (0..self.program().fields.len() as VariableId).collect();
        let found = self.engine.what_if(&lead, stage, &WhatIfOptions { settle, fields: Some(fields) });
        assert!(found.changes.is_sorted_by_key(|change| change.effort), "{:?}", found.changes);
        let to = |to: &To| match to {
            To::Value(given) => Changed::Between(value(given), value(given), None),
            To::Like(given) => Changed::Like(value(given)),
            To::Range(low, high, near) => Changed::Between(value(low), value(high), near.as_ref().map(value)),
            To::Declined => Changed::Declined,
            To::Absent => Changed::Absent,
        };
        Changes {
            now: self.settled(&found.now),
            changes: found.changes.iter().map(|change| (self.name(change.field).to_owned(), to(&change.to), self.settled(&change.settled))).collect(),
            untold: found.untold.iter().map(|(field, why)| (self.name(*field).to_owned(), *why)).collect(),
        }
    }

    /// What is possible, and whether it is exact.
    pub fn possible(&self, lead: &Lead, situation: &Json) -> (Summary, bool) {
        let (lead, stage) = self.at(lead, situation);
        self.summary(&self.engine.possible(&lead, stage))
    }

    fn summary(&self, possible: &engine::Possible) -> (Summary, bool) {
        let scores = self.program().scores.iter().zip(&possible.scores);
        let outputs = self.outputs();
        let summary = Summary {
            outcomes: possible.outcomes.iter().map(|outcome| self.outcome(*outcome)).collect(),
            stages: possible.stages.iter().map(|stage| self.stage_name(*stage)).collect(),
            stage_faults: possible.stage_faults,
            scores: scores.map(|(score, possible)| (self.name(score.variable).to_owned(), (possible.range, possible.faults))).collect(),
            lists: self.lists(possible),
            numbers: self.numbers(possible),
            outputs: outputs
                .iter()
                .zip(&possible.outputs)
                .filter(|(output, _)| matches!(self.program().variables[usize::from(**output)].domain, Domain::Finite(_)))
                .map(|(output, possible)| {
                    let values = possible.values.iter().map(|index| format!("{:?}", self.value(*output, *index))).collect();
                    (self.name(*output).to_owned(), (values, possible.faults))
                })
                .collect(),
        };
        (summary, possible.exact)
    }
}

/// What single answers would change.
#[derive(Debug)]
pub struct Changes {
    pub now: String,
    /// Field, answer, and what comes out.
    pub changes: Vec<(String, Changed, String)>,
    pub untold: Vec<(String, Untold)>,
}

/// An answer that changes something.
#[derive(Debug)]
pub enum Changed {
    /// From one to another, and the nearest.
    Between(Value, Value, Option<Value>),
    Like(Value),
    Declined,
    Absent,
}

/// What the lines tell of a rule that counts events: without resets, with them, and within its bounds.
fn worth(lines: &[Line], (group, rule): (u16, u16)) -> (i64, i64, i64) {
    let sum = |of: fn(LineKind) -> Option<(u16, u16)>| -> i64 { lines.iter().filter(|line| of(line.kind) == Some((group, rule))).map(|line| line.points).sum() };
    let whole = sum(|kind| if let LineKind::Rule(group, rule, _) = kind { Some((group, rule)) } else { None });
    let left = whole + sum(|kind| if let LineKind::Reset(group, rule) = kind { Some((group, rule)) } else { None });
    (whole, left, left + sum(|kind| if let LineKind::Bound(group, rule) = kind { Some((group, rule)) } else { None }))
}

/// JSON as the package hands it over.
fn given(json: &Json) -> Constant {
    match json {
        Json::Null => Constant::Null,
        Json::Bool(value) => Constant::Bool(*value),
        Json::Number(number) => number.as_i64().map_or_else(|| Constant::Double(number.as_f64().unwrap()), Constant::Int),
        Json::String(text) => Constant::String(text.as_str().into()),
        Json::Array(items) => Constant::List(items.iter().map(given).collect()),
        Json::Object(entries) => Constant::Map(entries.iter().map(|(name, value)| (Constant::String(name.as_str().into()), given(value))).collect()),
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

pub fn value(constant: &Constant) -> Value {
    match constant {
        Constant::Bool(value) => Value::Bool(*value),
        Constant::Int(value) => Value::Int(*value),
        Constant::Double(value) => Value::Double(*value),
        Constant::String(text) => Value::text(text),
        Constant::List(values) => Value::List(values.iter().map(value).collect()),
        other => panic!("{other:?} in a decision"),
    }
}

fn text(value: &Value) -> String {
    if let Value::Text(text) = value { text.to_string() } else { panic!("{value:?} is no text") }
}
