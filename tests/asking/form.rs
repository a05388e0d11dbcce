//! A policy's form by brute force: every completion of it, decided by the reference.

use std::collections::{BTreeMap, HashMap};

use leadgate::engine::{Lead, Outcome};
use leadgate::program::{Domain, Goal};
use leadgate::{AskOptions, Next, Settles};
use serde_json::{Value as Json, json};

use crate::engine::Subject;
use crate::reference::decide::Facts;
use crate::reference::enumerate::candidates;
use crate::reference::policy::Kind;
use crate::reference::{Answer, Decision, Policy, Situation, Truth, decide_at};

/// A field with what it can be.
pub struct Axis {
    pub name: String,
    /// What an open field can come to, then answers from records.
    pub entries: Vec<Answer>,
    /// How many of them an open field can come to.
    pub open: usize,
    /// How many completions lie between one of its entries and the next.
    stride: usize,
    /// It has a question that can be asked after this many submissions.
    pub after: Option<u32>,
    /// It is asked in any case.
    pub sure: bool,
}

/// What a completion comes to.
#[derive(Clone)]
pub struct Comes {
    /// To what, for each goal.
    pub goals: Vec<u16>,
    /// Everything else that is decided.
    pub rest: u16,
    pub scores: Vec<Option<i64>>,
    /// For each field whether its question applies.
    pub applies: Vec<bool>,
}

/// A lead under way: for each field which of its entries it is; none where it is open.
pub type Partial = Vec<Option<usize>>;

pub struct Form {
    pub reference: Policy,
    pub axes: Vec<Axis>,
    pub stage: Option<String>,
    /// For each goal the policy that is there to settle it.
    pub subjects: Vec<Subject>,
    pub documents: Vec<Json>,
    /// By number of completion; empty where there are too many.
    pub table: Vec<Comes>,
    /// What goals come to, by number.
    pub words: Words,
}

/// Texts, each with a number.
#[derive(Default)]
pub struct Words(HashMap<String, u16>);

impl Words {
    fn of(&mut self, text: String) -> u16 {
        let next = self.0.len() as u16;
        *self.0.entry(text).or_insert(next)
    }

    pub fn told(&self, number: u16) -> &str {
        self.0.iter().find(|(_, known)| **known == number).map_or("?", |(text, _)| text)
    }
}

impl Form {
    /// The form of a document, for every goal that it can settle. With a table where there are at most so many completions.
    pub fn of(document: &Json, stage: Option<&str>, limit: usize) -> Result<Self, String> {
        let reference = Policy::of(document);
        let mut goals = vec!["route".to_owned()];
        goals.extend(document.get("stages").map(|_| "stage".to_owned()));
        goals.extend(reference.variables.iter().filter(|variable| matches!(variable.kind, Kind::Output(..))).map(|variable| variable.name.clone()));
        let (mut subjects, mut documents) = (Vec::new(), Vec::new());
        for goal in &goals {
            let mut document = document.clone();
            document["ask"]["settle"] = json!(goal);
            match Subject::compile(&document.to_string()) {
                Ok(subject) => subjects.push(subject),
                Err(why) if why.contains("cannot-settle") => continue,
                Err(why) => return Err(why),
            }
            documents.push(document);
        }
        let mut form = Self { axes: axes(document, &reference), reference, stage: stage.map(str::to_owned), subjects, documents, table: Vec::new(), words: Words::default() };
        let all = form.axes.iter().try_fold(1usize, |all, axis| all.checked_mul(axis.entries.len()));
        if all.is_some_and(|all| all <= limit) {
            form.table = (0..all.unwrap()).map(|number| form.comes(number)).collect();
        }
        Ok(form)
    }

    /// The answers of a lead.
    pub fn answers(&self, lead: &Partial) -> BTreeMap<String, Answer> {
        self.axes.iter().zip(lead).map(|(axis, at)| (axis.name.clone(), at.map_or(Answer::Open, |at| axis.entries[at].clone()))).collect()
    }

    fn comes(&mut self, number: usize) -> Comes {
        let lead: Partial = self.axes.iter().map(|axis| Some(number / axis.stride % axis.entries.len())).collect();
        self.comes_to(&lead)
    }

    /// What a lead of which nothing is open comes to.
    pub fn comes_to(&mut self, lead: &Partial) -> Comes {
        let answers = self.answers(lead);
        let situation = Situation::at_stage(self.stage.as_deref());
        let decision = decide_at(&self.reference, &answers, &situation);
        let goals: Vec<String> = self.documents.iter().map(|document| goal_of(document, &decision)).collect();
        let facts = Facts::of(&self.reference, &answers, &situation);
        let gate = |axis: &Axis| self.reference.fields().find(|(_, name, _)| *name == axis.name).and_then(|(_, _, field)| field.gate.as_ref()).is_none_or(|gate| facts.truth(gate) == Truth::T);
        let applies = self.axes.iter().map(gate).collect();
        Comes {
            goals: goals.into_iter().map(|goal| self.words.of(goal)).collect(),
            rest: self.words.of(format!("{} {:?} {:?} {:?}", decision.outcome, decision.scores, decision.outputs, decision.stage)),
            scores: decision.scores.values().copied().collect(),
            applies,
        }
    }

    /// The number of a completion.
    pub fn number(&self, entries: &[usize]) -> usize {
        self.axes.iter().zip(entries).map(|(axis, at)| at * axis.stride).sum()
    }

    /// Sees every completion of a lead, by number.
    pub fn completions(&self, lead: &Partial, see: &mut dyn FnMut(usize)) {
        fn walk(axes: &[Axis], lead: &[Option<usize>], number: usize, see: &mut dyn FnMut(usize)) {
            let (Some((axis, axes)), Some((at, lead))) = (axes.split_first(), lead.split_first()) else { return see(number) };
            let entries = at.map_or(0..axis.open, |at| at..at + 1);
            entries.for_each(|at| walk(axes, lead, number + at * axis.stride, see));
        }
        walk(&self.axes, lead, 0, see);
    }

    /// What stays of a completion's number without some fields.
    pub fn without(&self, number: usize, leave: &dyn Fn(usize) -> bool) -> usize {
        let taken = self.axes.iter().enumerate().filter(|(at, _)| leave(*at));
        number - taken.map(|(_, axis)| number / axis.stride % axis.entries.len() * axis.stride).sum::<usize>()
    }

    /// Whether completions of a lead that differ in some fields alone come to different things.
    pub fn matter(&self, lead: &Partial, fields: &dyn Fn(usize) -> bool, of: &dyn Fn(&Comes) -> u16) -> bool {
        let mut known: HashMap<usize, u16> = HashMap::new();
        let mut differ = false;
        self.completions(lead, &mut |number| {
            let comes = of(&self.table[number]);
            differ |= *known.entry(self.without(number, fields)).or_insert(comes) != comes;
        });
        differ
    }

    /// Whether a question is open and may be asked after so many submissions.
    pub fn may_ask(&self, lead: &Partial, at: usize, submissions: u32) -> bool {
        lead[at].is_none() && self.axes[at].after.is_some_and(|after| after <= submissions)
    }

    /// Whether a question applies in every completion (`Some(true)`), in none (`Some(false)`), or in some.
    pub fn applies(&self, lead: &Partial, at: usize) -> Option<bool> {
        let (mut some, mut all) = (false, true);
        self.completions(lead, &mut |number| {
            some |= self.table[number].applies[at];
            all &= self.table[number].applies[at];
        });
        if all { Some(true) } else if some { None } else { Some(false) }
    }

    /// The lead as the engine has it, and the stage.
    pub fn lead(&self, goal: usize, lead: &Partial) -> (Lead, Option<u16>) {
        let subject = &self.subjects[goal];
        (subject.lead(&self.answers(lead)), self.stage.as_ref().map(|stage| subject.engine().stage(stage).expect("a stage of the policy")))
    }

    /// What the engine says to ask next.
    pub fn next(&self, goal: usize, lead: &Partial, options: &AskOptions) -> Next {
        let (lead, stage) = self.lead(goal, lead);
        self.subjects[goal].engine().next(&lead, stage, options)
    }

    /// What the engine says in the words of the table.
    pub fn told(&self, goal: usize, settles: Settles) -> String {
        let program = self.subjects[goal].engine().program();
        let value = |variable: u16, index: u16| match &program.variables[usize::from(variable)].domain {
            Domain::Finite(values) => format!("{:?}", crate::engine::value(&values[usize::from(index)])),
            other => panic!("a goal of {other:?}"),
        };
        match (settles, program.ask.settle) {
            (Settles::Outcome(Outcome::None), _) => "none".to_owned(),
            (Settles::Outcome(outcome), _) => self.subjects[goal].engine().outcome_name(outcome).expect("an outcome of the policy"),
            (Settles::Index(index), Goal::Stage) => value(program.stages.as_ref().expect("the policy has stages").variable, index),
            (Settles::Index(index), Goal::Output(output)) => value(output, index),
            (Settles::Faults, _) => "faults".to_owned(),
            (settles, _) => format!("{settles:?}"),
        }
    }

    /// The names of scores, as the engine has them.
    pub fn scores(&self, goal: usize) -> Vec<&str> {
        let program = self.subjects[goal].engine().program();
        program.scores.iter().map(|score| program.variables[usize::from(score.variable)].name.as_str()).collect()
    }

    /// The place of the engine's field.
    pub fn axis(&self, goal: usize, field: u16) -> usize {
        let name = &self.subjects[goal].engine().program().variables[usize::from(field)].name;
        self.axes.iter().position(|axis| axis.name == *name).expect("a field of the policy")
    }
}

/// What a decision settles.
fn goal_of(document: &Json, decision: &Decision) -> String {
    // What a screen ends has neither stage nor outputs.
    let passed = decision.route.is_some();
    let or = |found: Option<String>| found.unwrap_or_else(|| if passed { "faults" } else { "Nothing" }.to_owned());
    match document["ask"]["settle"].as_str() {
        Some("route") => decision.outcome.clone(),
        Some("stage") => or(decision.stage.as_ref().filter(|stage| !stage.fault).map(|stage| format!("{:?}", crate::reference::Value::text(&stage.after)))),
        Some(output) => or(decision.outputs[output].as_ref().map(|value| format!("{value:?}"))),
        None => panic!("the document names no goal"),
    }
}

/// The fields of a policy with what they can be: of records a few values.
fn axes(document: &Json, policy: &Policy) -> Vec<Axis> {
    let candidates = candidates(document, policy);
    let questions = document["ask"]["questions"].as_array().map_or(&[][..], Vec::as_slice);
    let mut stride = 1;
    let axis = |(_, name, field): (usize, &str, &crate::reference::policy::Field)| {
        let mut entries = candidates[name].clone();
        let open = entries.len();
        if !field.host && open <= 8 {
            let records: Vec<Answer> = entries.iter().filter_map(|answer| if let Answer::Typed(value) = answer { Some(Answer::Record(value.clone())) } else { None }).take(2).collect();
            entries.extend(records);
        }
        let question = questions.iter().find(|question| question["field"] == *name);
        let number = |question: &Json| question["after"].as_u64().unwrap_or_default() as u32;
        let sure = question.is_some_and(|question| question["required"] == true || question["always"] == true);
        let axis = Axis { name: name.to_owned(), open, stride, after: question.map(number), sure, entries };
        stride = stride.saturating_mul(axis.entries.len());
        axis
    };
    policy.fields().filter(|(_, _, field)| field.signal.is_none()).map(axis).collect()
}
