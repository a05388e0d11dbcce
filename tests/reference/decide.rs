//! The decision of a lead, every value computed when something asks for it.

use super::events::{Each, Log, Worth};
use super::expression::Reader;
use super::lead::{Answer, Lead};
use super::life;
use super::list::{self, List};
use super::situation::Situation;
use super::tables::{self, Given};
use super::policy::{Field, Kind, Policy, Rule, Score, Stages, Type, When};
use super::unary::Test;
use super::value::{Outcome, State, Truth, Value};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// What comes of a lead.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// `screened:<id>`, the route, or `route.on_fault`'s outcome.
    pub outcome: String,
    /// The row of the screen that held.
    pub screen: Option<String>,
    /// In thousandths; none where screened or faulted.
    pub scores: BTreeMap<String, Option<i64>>,
    /// None where screened or faulted.
    pub outputs: BTreeMap<String, Option<Value>>,
    /// Tables whose rows violate the hit policy, with the rows that hold; by id.
    pub violations: BTreeMap<String, Vec<String>>,
    /// None where screened, and for a policy without stages.
    pub stage: Option<StageResult>,
    /// None where screened, and where the screen faulted.
    pub route: Option<String>,
    /// The identity keys that are given: the number of the key, and its fields' values.
    pub identity: Vec<(usize, Vec<Value>)>,
    /// What faulted, in the order of the document's sections: fields, derives, `screen`, scores, outputs, `stage`, `route`.
    pub faults: Vec<String>,
}

/// Where the moves led.
#[derive(Debug, Clone, PartialEq)]
pub struct StageResult {
    pub before: String,
    pub after: String,
    /// The moves taken, by id; at a moment of a lead's life with when they take effect.
    pub moves: Vec<String>,
    pub fault: bool,
}

/// The decision of a lead that begins in a stage (none: the first).
pub fn decide(policy: &Policy, lead: &Lead, stage: Option<&str>) -> Decision {
    decide_at(policy, lead, &Situation::at_stage(stage))
}

/// The decision of a lead at a moment of its life.
pub fn decide_at(policy: &Policy, lead: &Lead, situation: &Situation) -> Decision {
    let run = Run { policy, lead, situation, states: RefCell::new(vec![None; policy.variables.len()]) };
    let mut faults: Vec<String> = Vec::new();
    let mut note = |name: &str| faults.push(name.to_owned());
    let layer = |kinds: fn(&Kind) -> bool| policy.variables.iter().enumerate().filter(move |(_, variable)| kinds(&variable.kind));
    for (index, variable) in layer(|kind| matches!(kind, Kind::Field(_) | Kind::Derive(_))) {
        if run.state(index) == State::Fault {
            note(&variable.name);
        }
    }
    let mut decision = Decision {
        outcome: String::new(),
        screen: None,
        scores: layer(|kind| matches!(kind, Kind::Score(_))).map(|(_, variable)| (variable.name.clone(), None)).collect(),
        outputs: layer(|kind| matches!(kind, Kind::Output(..))).map(|(_, variable)| (variable.name.clone(), None)).collect(),
        violations: BTreeMap::new(),
        stage: None,
        route: None,
        identity: run.identity(),
        faults: Vec::new(),
    };
    let on_fault = || policy.route.as_ref().and_then(|route| route.on_fault.clone()).expect("a policy whose route can fault says where to");
    match run.first(policy.screen.iter().map(|(id, when)| (when, id))) {
        Hit::Row(id) => {
            decision.outcome = format!("screened:{id}");
            decision.screen = Some(id.clone());
        }
        Hit::Fault => {
            note("screen");
            decision.outcome = on_fault();
        }
        Hit::None => {
            for (index, variable) in layer(|kind| matches!(kind, Kind::Score(_) | Kind::Output(..))) {
                match run.state(index) {
                    State::Fault => note(&variable.name),
                    State::Value(value) => {
                        if let Kind::Score(score) = &variable.kind {
                            decision.scores.insert(variable.name.clone(), run.score(score));
                        } else {
                            decision.outputs.insert(variable.name.clone(), Some(value));
                        }
                    }
                    other => panic!("`{}` is {other:?}", variable.name),
                }
            }
            for table in &policy.tables {
                if let Given::Violation(rows) = tables::give(table, &|when| run.truth(when)) {
                    decision.violations.insert(table.id.clone(), rows);
                }
            }
            decision.stage = policy.stages.as_ref().map(|stages| run.moves(stages));
            if decision.stage.as_ref().is_some_and(|stage| stage.fault) {
                note("stage");
            }
            let route = policy.route.as_ref().map(|route| match run.first(route.rows.iter().map(|(when, to)| (when, to))) {
                Hit::Row(to) => to.clone(),
                Hit::Fault => {
                    note("route");
                    on_fault()
                }
                Hit::None => panic!("a route has a default"),
            });
            decision.outcome = route.clone().unwrap_or_else(|| "none".to_owned());
            decision.route = route;
        }
    }
    decision.faults = faults;
    decision
}

/// By score, what its rules that count events give; none where whether an event counts cannot be told.
pub fn counted(policy: &Policy, situation: &Situation) -> BTreeMap<String, Vec<Option<Worth>>> {
    let lead = Lead::new();
    let run = Run { policy, lead: &lead, situation, states: RefCell::new(Vec::new()) };
    let scores = policy.variables.iter().filter_map(|variable| if let Kind::Score(score) = &variable.kind { Some(score) } else { None });
    let each = |rule: &Rule, score: &str| if let Rule::Each(each) = rule { Some(run.worth(each, score)) } else { None };
    let of = |score: &Score| score.groups.iter().flat_map(|group| &group.rules).filter_map(|rule| each(rule, &score.name)).collect();
    scores.map(|score| (score.name.clone(), of(score))).collect()
}

/// What conditions say of a lead.
pub struct Facts<'a>(Run<'a>);

impl<'a> Facts<'a> {
    pub fn of(policy: &'a Policy, lead: &'a Lead, situation: &'a Situation) -> Self {
        Self(Run { policy, lead, situation, states: RefCell::new(vec![None; policy.variables.len()]) })
    }

    pub fn truth(&self, when: &When) -> Truth {
        self.0.truth(when)
    }

    pub fn is_known(&self, field: usize) -> bool {
        matches!(self.0.state(field), State::Value(_))
    }

    /// A row of the screen holds or faults.
    pub fn is_screened(&self) -> bool {
        !matches!(self.0.first(self.0.policy.screen.iter().map(|(id, when)| (when, id))), Hit::None)
    }
}

/// What a condition comes to after everything else was decided.
pub fn truth_of(policy: &Policy, lead: &Lead, situation: &Situation, when: &When) -> Truth {
    Run { policy, lead, situation, states: RefCell::new(vec![None; policy.variables.len()]) }.truth(when)
}

struct Run<'a> {
    policy: &'a Policy,
    lead: &'a Lead,
    situation: &'a Situation,
    states: RefCell<Vec<Option<State>>>,
}

/// Where a walk over rows ended.
enum Hit<T> {
    Row(T),
    Fault,
    None,
}

impl Reader for Run<'_> {
    fn state(&self, index: usize) -> State {
        if let Some(state) = &self.states.borrow()[index] {
            return state.clone();
        }
        let state = self.compute(index);
        self.states.borrow_mut()[index] = Some(state.clone());
        state
    }

    fn list(&self, list: usize) -> &List {
        &self.policy.lists[list]
    }
}

impl Run<'_> {
    fn compute(&self, index: usize) -> State {
        match &self.policy.variables[index].kind {
            Kind::Field(field) => self.field(field, &self.policy.variables[index].name),
            Kind::Derive(expr) => match expr.evaluate(self, &mut Vec::new()) {
                Outcome::Value(Value::Double(number)) if !number.is_finite() => State::Fault,
                Outcome::Value(value) => State::Value(value),
                Outcome::Unknown => State::Absent,
                Outcome::Fault => State::Fault,
            },
            Kind::Score(score) => match self.score(score) {
                Some(thousandths) => State::Value(Value::Double(thousandths as f64 / 1000.0)),
                None => State::Fault,
            },
            Kind::Output(table, at) => match tables::give(&self.policy.tables[*table], &|when| self.truth(when)) {
                Given::Outputs(outputs) => State::Value(outputs[*at].clone()),
                Given::Violation(_) | Given::Fault => State::Fault,
            },
            Kind::Stage => {
                let result = self.moves(self.policy.stages.as_ref().expect("only a policy with stages reads `stage`"));
                if result.fault { State::Fault } else { State::Value(Value::text(&result.after)) }
            }
        }
    }

    /// A field after normalizing and masking.
    fn field(&self, field: &Field, name: &str) -> State {
        let answer = self.lead.get(name).unwrap_or(&Answer::Absent);
        // What the host gives ready-made counts as given.
        if let (Some(signal), Answer::Absent | Answer::Open) = (field.signal, answer) {
            return self.policy.events.signals[signal].state(&self.policy.events, self.log(), self.situation.now, &self.policy.lists);
        }
        let given = match answer {
            Answer::Typed(Value::Text(text)) | Answer::Record(Value::Text(text)) if field.ty == Type::Text => {
                let text = list::normalize(text, &field.normalize);
                if text.is_empty() { State::Absent } else { State::Value(Value::text(&text)) }
            }
            Answer::Typed(value) | Answer::Record(value) => State::Value(value.clone()),
            Answer::Absent | Answer::Open => State::Absent,
            Answer::Declined => State::Declined,
        };
        let record = field.host || matches!(answer, Answer::Record(_));
        match &field.gate {
            Some(gate) if !record => match self.truth(gate) {
                Truth::T => given,
                Truth::F | Truth::U => State::Masked,
                Truth::E => State::Fault,
            },
            _ => given,
        }
    }

    fn truth(&self, when: &When) -> Truth {
        match when {
            When::Always => Truth::T,
            When::Cel(expr) => expr.truth(self),
            When::Tests(tests) => {
                let each = tests.iter().map(|(variable, test)| test.truth(&self.state_for(*variable, test), &|list| self.policy.list(list)));
                each.fold(Truth::T, Truth::and)
            }
        }
    }

    /// `-` does not read its variable.
    fn state_for(&self, variable: usize, test: &Test) -> State {
        if *test == Test::Any { State::Absent } else { self.state(variable) }
    }

    /// The first row that holds or faults.
    fn first<'b, T>(&self, rows: impl Iterator<Item = (&'b When, T)>) -> Hit<T> {
        for (when, row) in rows {
            match self.truth(when) {
                Truth::T => return Hit::Row(row),
                Truth::E => return Hit::Fault,
                Truth::F | Truth::U => {}
            }
        }
        Hit::None
    }

    /// In thousandths; none where it faults.
    fn score(&self, score: &Score) -> Option<i64> {
        let total: Option<i64> = match &score.sum {
            Some(parts) => parts
                .iter()
                .map(|part| match &self.policy.variables[*part].kind {
                    Kind::Score(score) => self.score(score),
                    _ => panic!("a total adds scores"),
                })
                .sum(),
            None => score
                .groups
                .iter()
                .map(|group| {
                    let points: Option<i64> = group.rules.iter().map(|rule| self.points(rule, &score.name)).sum();
                    points.map(|points| points.max(group.min.unwrap_or(i64::MIN)).min(group.max.unwrap_or(i64::MAX)))
                })
                .sum(),
        };
        total.map(|total| score.range.map_or(total, |(low, high)| total.clamp(low, high)))
    }

    fn log(&self) -> &Log {
        self.situation.log.as_ref().expect("a decision is made when the events are known")
    }

    fn worth(&self, each: &Each, score: &str) -> Option<Worth> {
        let of_score = self.situation.resets.iter().filter(|(name, ..)| name == score);
        let resets: Vec<(u32, i64)> = of_score.map(|(_, left, at)| (*left, *at)).collect();
        each.worth(&self.policy.events, self.log(), self.situation.now, &resets, &self.policy.lists)
    }

    fn points(&self, rule: &Rule, score: &str) -> Option<i64> {
        match rule {
            Rule::Each(each) => self.worth(each, score).map(|worth| worth.bounded),
            Rule::When(when, points) => match self.truth(when) {
                Truth::T => Some(*points),
                Truth::F | Truth::U => Some(0),
                Truth::E => None,
            },
            Rule::By(variable, keys) => {
                let state = self.state(*variable);
                let mut otherwise = 0;
                let mut sum = 0;
                let mut held = false;
                for (test, points) in keys {
                    if *test == Test::Else {
                        otherwise = *points;
                        continue;
                    }
                    match test.truth(&state, &|list| self.policy.list(list)) {
                        Truth::T => {
                            assert!(!held, "two keys of a `by` rule hold together");
                            held = true;
                            sum += points;
                        }
                        Truth::F | Truth::U => {}
                        Truth::E => return None,
                    }
                }
                Some(if held { sum } else { otherwise })
            }
        }
    }

    fn moves(&self, stages: &Stages) -> StageResult {
        if let Some(state) = &self.situation.life {
            let name = |stage: usize| stages.names[stage].clone();
            let before = name(state.stage());
            return match life::propose(self.policy, &Facts::of(self.policy, self.lead, self.situation), state, self.situation.now) {
                None => StageResult { after: before.clone(), before, moves: Vec::new(), fault: true },
                Some(proposed) => {
                    let moves = proposed.history[state.history.len()..].iter().map(|change| format!("{} at {}", change.id, change.at)).collect();
                    StageResult { before, after: name(proposed.stage()), moves, fault: false }
                }
            };
        }
        let index = |name: &str| stages.names.iter().position(|stage| stage == name).expect("a stage of the policy");
        let before = self.situation.stage.as_deref().map_or(0, index);
        let mut visited = vec![before];
        let mut taken = Vec::new();
        let mut current = before;
        'again: loop {
            for step in stages.moves.iter().filter(|step| step.is_plain() && step.from.contains(&current)) {
                let enters = !visited.contains(&step.to) && stages.require[step.to].iter().all(|field| matches!(self.state(*field), State::Value(_)));
                match self.truth(&step.when) {
                    Truth::T if enters => {
                        taken.push(step.id.clone());
                        visited.push(step.to);
                        current = step.to;
                        continue 'again;
                    }
                    Truth::T | Truth::F | Truth::U => {}
                    Truth::E => {
                        let before = stages.names[before].clone();
                        return StageResult { after: before.clone(), before, moves: Vec::new(), fault: true };
                    }
                }
            }
            return StageResult { before: stages.names[before].clone(), after: stages.names[current].clone(), moves: taken, fault: false };
        }
    }

    fn identity(&self) -> Vec<(usize, Vec<Value>)> {
        let value = |field: &usize| if let State::Value(value) = self.state(*field) { Some(value) } else { None };
        let keys = self.policy.identity.iter().enumerate();
        keys.filter_map(|(at, fields)| Some((at, fields.iter().map(value).collect::<Option<Vec<_>>>()?))).collect()
    }
}
