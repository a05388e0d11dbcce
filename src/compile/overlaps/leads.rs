//! Leads made up from the cells of the fields that some rows rest on, and how the rows stand in them.

use std::collections::BTreeSet;

use super::super::joints::texts_of;
use crate::engine::text::Texts;
use crate::engine::{Answer, Engine, Lead, Source, value_cells};
use crate::program::{Choose, Cut, Domain, FIRST_VALUE, Formula, FormulaId, Node, Program, Row, ScoreBody, SlotId, Step, Truth, Value, VariableId};

/// How many leads are tried for one table.
const MOST_LEADS: usize = 100_000;
/// What trying them may cost, in nodes looked at.
const MOST_WORK: u64 = 1 << 29;
/// How many leads are tried for one pair of rows.
const MOST_SEARCHED: usize = 20_000;

/// What became of trying leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    /// There are no other leads, as far as the rows can tell: in so many of them it is as was asked.
    All(usize),
    /// There may be others.
    Some,
}

/// The leads of one table.
pub struct Leads {
    engine: Engine,
    whens: Vec<FormulaId>,
    /// The steps that the rows rest on.
    steps: Vec<Step>,
    /// What each field can be that the rows rest on.
    fields: Vec<(VariableId, Vec<(Answer, Source)>)>,
    /// Stages to begin in; one that is none where the rows do not rest on the stage.
    stages: Vec<Option<u16>>,
    /// There is nothing else that the rows could tell apart.
    complete: bool,
}

/// One of them: its answers and the stage in which it begins.
pub struct Made {
    lead: Lead,
    stage: Option<u16>,
}

impl Leads {
    /// For rows of a program.
    pub fn new(program: &Program, rows: &[Row]) -> Self {
        let engine = Engine::new(program.clone());
        let whens: Vec<FormulaId> = rows.iter().map(|row| row.when).collect();
        let (needed, steps) = needed(program, &whens);
        let texts = Texts::new(program);
        let gated = |field: VariableId| steps.contains(&Step::Gate(field));
        let mut complete = true;
        let mut fields = Vec::new();
        for &field in needed.iter().filter(|&&variable| usize::from(variable) < program.fields.len()) {
            let (mut answers, all) = answers(program, &texts, field);
            complete &= all;
            if program.life.events.signals.iter().any(|signal| signal.field == field && signal.faults) {
                answers.push(Answer::Fault);
            }
            let host = program.fields.get(usize::from(field)).is_some_and(|field| field.from_host);
            let sources: &[Source] = match (host, gated(field)) {
                (true, _) => &[Source::Record],
                (false, true) => &[Source::Typed, Source::Record],
                (false, false) => &[Source::Typed],
            };
            fields.push((field, answers.iter().flat_map(|answer| sources.iter().map(move |&source| (answer.clone(), source))).collect()));
        }
        // What events are worth is beyond a lead's fields.
        complete &= !program.life.events.rules.iter().any(|rule| steps.contains(&Step::Score(rule.place.0)));
        let stages = match &program.stages {
            Some(stages) if needed.contains(&stages.variable) => (0..stages.require.len()).map(|stage| Some(stage as u16)).collect(),
            _ => vec![None],
        };
        Self { engine, whens, steps, fields, stages, complete }
    }

    /// Tries every lead, where they are few: calls a function with each and the truths of the rows in it, and counts where it says so.
    pub fn try_all(&mut self, see: &mut dyn FnMut(&Self, &Made, &[Truth]) -> bool) -> Tried {
        let count = self.fields.iter().try_fold(self.stages.len(), |count, (_, answers)| count.checked_mul(answers.len()).filter(|&count| count <= MOST_LEADS));
        let Some(count) = count.filter(|&count| self.engine.work().saturating_mul(count as u64) <= MOST_WORK) else { return Tried::Some };
        let mut counted = 0;
        for at in 0..count {
            let made = self.made(&self.fields, at as u64);
            counted += usize::from(see(self, &made, &self.truths(&made)));
        }
        if self.complete { Tried::All(counted) } else { Tried::Some }
    }

    /// Looks for a lead in which two rows hold and none faults, among those that the two rows' own tests leave.
    pub fn search(&self, program: &Program, first: usize, second: usize) -> Option<String> {
        let mut tests = Vec::new();
        for row in [first, second] {
            alone(program, *self.whens.get(row)?, &mut tests);
        }
        let mut fields = self.fields.clone();
        for (field, answers) in &mut fields {
            answers.retain(|(answer, source)| self.passes(*field, answer, *source, &tests));
        }
        let count = fields.iter().fold(self.stages.len() as u64, |count, (_, answers)| count.saturating_mul(answers.len() as u64));
        if count == 0 || self.engine.work().saturating_mul(MOST_SEARCHED as u64) > MOST_WORK {
            return None;
        }
        let hold = |truths: &[Truth]| super::both_hold(truths, first, second);
        // Where they are many, steps of a golden section go everywhere.
        let stride = if count <= MOST_SEARCHED as u64 { 1 } else { (count as f64 * 0.618_033_988_749) as u64 | 1 };
        (0..count.min(MOST_SEARCHED as u64)).map(|at| self.made(&fields, at.wrapping_mul(stride) % count)).find(|made| hold(&self.truths(made)) && self.gets_there(made)).map(|made| self.shown(&made, &hold))
    }

    /// Whether an answer satisfies the tests that look at its field alone.
    fn passes(&self, field: VariableId, answer: &Answer, source: Source, tests: &[(SlotId, FormulaId)]) -> bool {
        let mut lead = self.engine.nothing_given();
        if let Some(place) = lead.answers.get_mut(usize::from(field)) {
            *place = (answer.clone(), source);
        }
        let frame = self.engine.frame_of(&lead, None, &[]);
        let slots = self.engine.program().slots_of(field);
        tests.iter().filter(|(slot, _)| slots.contains(slot)).all(|(_, test)| frame.truth(self.engine.program(), *test) == Truth::True)
    }

    /// The lead of a number.
    fn made(&self, fields: &[(VariableId, Vec<(Answer, Source)>)], mut at: u64) -> Made {
        let mut lead = self.engine.nothing_given();
        for (field, answers) in fields {
            let count = (answers.len() as u64).max(1);
            if let (Some(place), Some(answer)) = (lead.answers.get_mut(usize::from(*field)), answers.get((at % count) as usize)) {
                *place = answer.clone();
            }
            at /= count;
        }
        Made { lead, stage: self.stages.get(at as usize).copied().flatten() }
    }

    /// The rows' truths, whatever the screen says.
    fn truths(&self, made: &Made) -> Vec<Truth> {
        let frame = self.engine.frame_of(&made.lead, made.stage, &self.steps);
        self.whens.iter().map(|&when| frame.truth(self.engine.program(), when)).collect()
    }

    /// Whether there is such a lead, and the screen lets it through. What nobody gave is from no record, though an empty text may be.
    pub fn gets_there(&self, made: &Made) -> bool {
        let mut fields = self.engine.program().fields.iter().zip(&made.lead.answers);
        let given = fields.all(|(field, (answer, source))| field.from_host || *source == Source::Typed || *answer != Answer::Absent);
        given && !self.engine.decide(&made.lead, made.stage).screened
    }

    /// A lead in words, with no more answers than it takes for the truths to be as asked.
    pub fn shown(&self, made: &Made, is: &dyn Fn(&[Truth]) -> bool) -> String {
        let mut made = Made { lead: made.lead.clone(), stage: made.stage };
        for (field, _) in &self.fields {
            let at = usize::from(*field);
            let Some((answer, source)) = made.lead.answers.get(at).cloned() else { continue };
            for simpler in [(Answer::Absent, Source::Typed), (answer.clone(), Source::Typed)] {
                let put = |made: &mut Made, given: (Answer, Source)| made.lead.answers.iter_mut().skip(at).take(1).for_each(|place| *place = given.clone());
                put(&mut made, simpler);
                if is(&self.truths(&made)) && self.gets_there(&made) {
                    break;
                }
                put(&mut made, (answer.clone(), source));
            }
        }
        let program = self.engine.program();
        let mut given = Vec::new();
        for (variable, (answer, source)) in program.variables.iter().zip(&made.lead.answers) {
            let value = match answer {
                Answer::Absent | Answer::Open | Answer::Fault => continue,
                Answer::Declined => "{ declined: true }".to_owned(),
                Answer::Value(value) | Answer::Range(value) => match value {
                    Value::Bool(value) => value.to_string(),
                    Value::Int(value) => value.to_string(),
                    Value::Double(value) => value.to_string(),
                    Value::String(text) if is_word(text) => text.to_string(),
                    Value::String(text) => format!("{text:?}"),
                    _ => "?".to_owned(),
                },
            };
            let host = self.engine.field(&variable.name).and_then(|field| program.fields.get(usize::from(field))).is_some_and(|field| field.from_host);
            given.push(if *source == Source::Record && !host { format!("{}: {{ value: {value}, source: record }}", variable.name) } else { format!("{}: {value}", variable.name) });
        }
        let lead = if given.is_empty() { "a lead of which nothing is known".to_owned() } else { format!("the lead `{{ {} }}`", given.join(", ")) };
        let stage = made.stage.zip(program.stages.as_ref()).and_then(|(stage, stages)| match &program.variables.get(usize::from(stages.variable))?.domain {
            Domain::Finite(values) => values.get(usize::from(stage)).cloned(),
            _ => None,
        });
        match stage {
            Some(Value::String(stage)) => format!("{lead} in the stage `{stage}`"),
            _ => lead,
        }
    }
}

fn is_word(text: &str) -> bool {
    text.chars().all(|letter| letter.is_alphanumeric() || letter == '_') && !text.is_empty()
}

/// Tests that must hold where a condition does, each of one slot.
fn alone(program: &Program, when: FormulaId, tests: &mut Vec<(SlotId, FormulaId)>) {
    match program.formulas.nodes.get(when as usize) {
        Some(Formula::Atom(slot, _) | Formula::Within(slot, ..)) => tests.push((*slot, when)),
        Some(Formula::And(items)) => items.iter().for_each(|&item| alone(program, item, tests)),
        _ => {}
    }
}

/// A value for each cell that a field's slots can be in, and whether nothing else can be told apart.
fn answers(program: &Program, texts: &Texts, field: VariableId) -> (Vec<Answer>, bool) {
    let mut answers = vec![Answer::Absent, Answer::Declined];
    let slot = program.slots_of(field).next();
    let Some(variable) = program.variables.get(usize::from(field)) else { return (answers, false) };
    let mut complete = !variable.by_value;
    match &variable.domain {
        Domain::Finite(values) => {
            complete = true;
            answers.extend(values.iter().cloned().map(Answer::Value));
        }
        Domain::Text => {
            let (found, all) = texts_of(program, texts, field);
            complete &= all;
            answers.extend(found.into_values().map(|text| Answer::Value(Value::String(text.into()))));
        }
        &Domain::Int(low, high) => {
            for value in numbers(program, slot, true, low as f64, high as f64) {
                answers.push(Answer::Value(Value::Int(value as i64)));
            }
        }
        &Domain::Double(low, high) => {
            for value in numbers(program, slot, false, low, high) {
                answers.push(Answer::Value(Value::Double(value + 0.0)));
            }
        }
        Domain::Any => complete = false,
    }
    (answers, complete)
}

/// A number in each cell of a slot that can have one.
fn numbers(program: &Program, slot: Option<SlotId>, whole: bool, low: f64, high: f64) -> Vec<f64> {
    let cut = slot.and_then(|slot| program.slots.get(usize::from(slot))).map(|slot| &slot.cut);
    let (Some(slot), Some(Cut::Thresholds(thresholds))) = (slot, cut) else { return vec![low.max(0.0).min(high)] };
    let mut found = Vec::new();
    value_cells(program, slot, &mut |cell| {
        let at = usize::from(cell - FIRST_VALUE);
        let from = at.checked_sub(1).and_then(|at| thresholds.get(at)).copied();
        found.push(match (from, thresholds.get(at).copied()) {
            // A threshold belongs to the cell above it.
            (Some(from), _) => (if whole { from.ceil() } else { from }).max(low),
            (None, Some(below)) => {
                let less = if whole { below.ceil() - 1.0 } else { below - 1.0 };
                (if less < below { less } else { below.next_down() }).max(low)
            }
            (None, None) => low.max(0.0).min(high),
        });
    });
    found
}

/// What some conditions rest on: variables, and the steps that compute them.
fn needed(program: &Program, whens: &[FormulaId]) -> (BTreeSet<VariableId>, Vec<Step>) {
    let mut needed = BTreeSet::new();
    whens.iter().for_each(|&when| formula(program, when, &mut needed));
    let mut steps = Vec::new();
    for step in program.steps.iter().rev() {
        let computes = match *step {
            Step::Gate(variable) | Step::Choose(variable, _) | Step::Compute(variable, _) => needed.contains(&variable),
            Step::Score(at) => program.scores.get(usize::from(at)).is_some_and(|score| needed.contains(&score.variable)),
            Step::Table(at) => program.tables.get(usize::from(at)).is_some_and(|table| table.outputs.iter().any(|output| needed.contains(output))),
            Step::Moves => program.stages.as_ref().is_some_and(|stages| needed.contains(&stages.variable)),
            Step::Screen | Step::Route => false,
        };
        if computes {
            reads(program, step, &mut needed);
            steps.push(*step);
        }
    }
    steps.reverse();
    (needed, steps)
}

fn reads(program: &Program, step: &Step, needed: &mut BTreeSet<VariableId>) {
    match *step {
        Step::Gate(field) => {
            let gate = program.fields.get(usize::from(field)).and_then(|field| field.gate);
            gate.into_iter().for_each(|gate| formula(program, gate, needed));
        }
        Step::Choose(_, tree) => choose(program, tree, needed),
        Step::Compute(_, root) => {
            for node in program.expressions.reachable(root) {
                if let Some(Node::Variable(variable) | Node::State(_, variable)) = program.expressions.nodes.get(node as usize) {
                    needed.insert(*variable);
                }
            }
        }
        Step::Score(at) => match program.scores.get(usize::from(at)).map(|score| &score.body) {
            Some(ScoreBody::Groups(groups)) => {
                groups.iter().flat_map(|group| &group.rules).flat_map(|rule| &rule.cases).for_each(|case| formula(program, case.when, needed));
            }
            Some(ScoreBody::Sum(parts) | ScoreBody::Within(parts, ..)) => {
                needed.extend(parts.iter().filter_map(|&part| program.scores.get(usize::from(part))).map(|score| score.variable));
            }
            None => {}
        },
        Step::Table(at) => program.tables.get(usize::from(at)).into_iter().flat_map(|table| &table.rows).for_each(|row| formula(program, row.when, needed)),
        Step::Moves => {
            if let Some(stages) = &program.stages {
                needed.extend(stages.require.iter().flatten());
                stages.moves.iter().for_each(|item| formula(program, item.when, needed));
            }
        }
        Step::Screen | Step::Route => {}
    }
}

fn choose(program: &Program, tree: u32, needed: &mut BTreeSet<VariableId>) {
    match program.formulas.chooses.get(tree as usize) {
        Some(Choose::Map(slot, _)) => needed.extend(program.slots.get(usize::from(*slot)).map(|slot| slot.variable)),
        Some(Choose::If(test, then, otherwise)) => {
            formula(program, *test, needed);
            choose(program, *then, needed);
            choose(program, *otherwise, needed);
        }
        Some(Choose::Cell(_)) | None => {}
    }
}

fn formula(program: &Program, id: FormulaId, needed: &mut BTreeSet<VariableId>) {
    match program.formulas.nodes.get(id as usize) {
        Some(Formula::Atom(slot, _) | Formula::Within(slot, ..)) => needed.extend(program.slots.get(usize::from(*slot)).map(|slot| slot.variable)),
        Some(Formula::And(items) | Formula::Or(items)) => items.iter().for_each(|&item| formula(program, item, needed)),
        Some(Formula::Not(item) | Formula::Held(item)) => formula(program, *item, needed),
        Some(Formula::If(test, then, otherwise)) => [test, then, otherwise].into_iter().for_each(|&item| formula(program, item, needed)),
        Some(Formula::Const(_)) | None => {}
    }
}
