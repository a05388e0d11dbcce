//! Golden leads: what a document says must come out of leads that it names.

use crate::document::{AnswerDef, Code, Document, ExpectDef, Scalar, Source, TestDef, TestStepDef};
use crate::engine::{Decision, Engine, Input, Lead, LeadBuilder, LeadErrorKind, Outcome, points};
use crate::life::given::{Given, map};
use crate::life::{self, LifeError, Situation, sops};
use crate::program::{Domain, Value, Variable, VariableId};
use crate::report::{Diagnostic, Span, Spanned};

use super::names::{listed, unknown};

/// The golden leads of a document and what did not come out.
#[derive(Debug, Clone, Default)]
pub struct Golden {
    /// Each of them, in the document's order.
    pub leads: Vec<GoldenLead>,
    /// What did not come out, as errors at its place in the document.
    pub failures: Vec<Diagnostic>,
}

/// What came of a golden lead.
#[derive(Debug, Clone, Default)]
pub struct GoldenLead {
    /// Whether everything came out as expected.
    pub passes: bool,
    /// What it expects, in the document's order; empty where the lead itself is wrong, so that nothing was decided.
    pub expected: Vec<Expectation>,
}

/// One thing that a golden lead expects.
#[derive(Debug, Clone)]
pub struct Expectation {
    /// The score, output, or `route`, `stage`, `moves`, `screen`, `outcome`, `faults`, `due`, `refused`; of a step begun by its number.
    pub name: String,
    /// What must come out, in words.
    pub wanted: String,
    /// What came out, in words; none where nothing is called so.
    pub actual: Option<String>,
    /// Whether they are the same.
    pub holds: bool,
}

/// Decides the golden leads of a document with its program.
pub fn check_golden(document: &Document, engine: &Engine) -> Golden {
    let mut result = Golden::default();
    for test in &document.tests {
        let before = result.failures.len();
        let expected = check(test, engine, &mut result.failures);
        result.leads.push(GoldenLead { passes: result.failures.len() == before, expected });
    }
    result
}

fn check(test: &TestDef, engine: &Engine, failures: &mut Vec<Diagnostic>) -> Vec<Expectation> {
    let mut lead = engine.lead();
    let before = failures.len();
    for (name, answer) in &test.lead {
        if let Err(found) = put(&mut lead, engine, name, answer) {
            failures.push(found);
        }
    }
    let mut outcomes = Vec::new();
    if failures.len() > before {
        return outcomes;
    }
    let story = Story { test, engine, lead: &lead.build() };
    let told = if test.steps.is_empty() { story.decided(&test.given.value_of_all()).map_err(|error| story.diagnostic(None, error)) } else { story.told(&mut outcomes, failures) };
    match told {
        Ok(came) => story.compare(&test.expect, &came, "", &mut outcomes, failures),
        Err(found) => failures.push(found),
    }
    outcomes
}

/// What came out.
struct Came {
    /// The lead at its moment.
    lead: Lead,
    decision: Decision,
    /// The moves that were made or proposed, by id.
    moves: Vec<String>,
    /// Why a step may not be made.
    refused: Option<&'static str>,
    /// The steps of schedules that are due, in their order; none where it is not said when the lead is decided.
    due: Option<Vec<String>>,
}

/// A golden lead, with what it has done and where it stands.
struct Story<'a> {
    test: &'a TestDef,
    engine: &'a Engine,
    lead: &'a Lead,
}

impl Story<'_> {
    /// The lead decided at a moment.
    fn decided(&self, given: &Value) -> Result<Came, LifeError> {
        let situation = Situation::read(self.engine, &Given::new(given, ""))?;
        let lead = situation.lead(self.engine, self.lead)?;
        let decision = self.engine.decide(&lead, situation.stage(self.engine)?);
        let made = decision.stage.iter().flat_map(|stage| &stage.moves).filter_map(|at| self.engine.move_at(*at));
        let moves = made.map(|(id, _)| id.to_owned()).collect();
        let due = if self.engine.program().life.sops.is_empty() || Given::new(given, "").get("now").is_nothing() {
            None
        } else {
            let steps = sops::due(self.engine, &lead, &situation.state, situation.stage(self.engine)?, situation.now)?.steps;
            Some(steps.into_iter().map(|step| format!("{}.{}", step.sop, step.step)).collect())
        };
        Ok(Came { lead, decision, moves, refused: None, due })
    }

    /// What comes out after all steps; what each of them expects is compared on the way.
    fn told(&self, outcomes: &mut Vec<Expectation>, failures: &mut Vec<Diagnostic>) -> Result<Came, Diagnostic> {
        let mut state = self.test.given.get("state").cloned().unwrap_or(Value::Null);
        let mut came = Came { lead: self.lead.clone(), decision: Decision::default(), moves: Vec::new(), refused: None, due: None };
        let mut all = Vec::new();
        for (number, step) in (1..).zip(&self.test.steps) {
            came = self.step(step, &mut state).map_err(|error| self.diagnostic(Some(step), error))?;
            self.compare(&step.expect, &came, &format!("step {number}: "), outcomes, failures);
            all.append(&mut came.moves);
        }
        Ok(Came { moves: all, ..came })
    }

    /// Commits a step, and decides after it.
    fn step(&self, step: &TestStepDef, state: &mut Value) -> Result<Came, LifeError> {
        let of = |state: &Value| {
            let events = self.test.given.get("events").cloned().unwrap_or(Value::Null);
            let now = step.given.get("now").cloned().unwrap_or(Value::Null);
            map([("now", now), ("events", events), ("state", state.clone())])
        };
        let given = of(state);
        let situation = Situation::read(self.engine, &Given::new(&given, ""))?;
        let asked = Value::Map(step.given.entries.iter().filter(|(name, _)| name != "now").map(|(name, value)| (Value::String(name.as_str().into()), value.clone())).collect());
        let asked = life::Step::read(&Given::new(&asked, "step"))?;
        let (moves, refused) = match life::advance(self.engine, &situation.lead(self.engine, self.lead)?, &situation.state, &asked, situation.now)? {
            life::Advance::Moved(moved) => {
                *state = moved.state.write();
                (moved.moves.into_iter().map(|change| change.by_move).collect(), None)
            }
            life::Advance::Refused(refused) => (Vec::new(), Some(refused.code)),
        };
        let came = self.decided(&of(state))?;
        Ok(Came { moves, refused, ..came })
    }

    /// What is wrong with a golden lead's life, at its place in the document.
    fn diagnostic(&self, step: Option<&TestStepDef>, error: LifeError) -> Diagnostic {
        let given = match step {
            Some(step) if error.path == "now" || error.path.starts_with("step") => Some(step.span),
            _ => self.test.given.place(&error.path),
        };
        // What a story made of the state is nowhere in the document.
        let place = given.or(step.map(|step| step.span)).unwrap_or(self.test.id.span);
        let found = Diagnostic::error(error.code, place, error.message);
        if error.help.is_empty() { found } else { found.help(error.help) }
    }

    fn compare(&self, expect: &[(Spanned<String>, ExpectDef)], came: &Came, when: &str, outcomes: &mut Vec<Expectation>, failures: &mut Vec<Diagnostic>) {
        for (name, expected) in expect {
            let actual = match name.value.as_str() {
                "moves" if self.engine.program().stages.is_some() => Some(Actual::Names(came.moves.clone())),
                "due" if !self.engine.program().life.sops.is_empty() => {
                    let Some(due) = &came.due else {
                        let found = Diagnostic::error("no-now", name.span, "what is due is due at a moment");
                        failures.push(found.help("add `now`, the moment of the decision"));
                        continue;
                    };
                    Some(Actual::List(due.iter().map(|step| Actual::Text(step.clone())).collect()))
                }
                "refused" if !self.test.steps.is_empty() => Some(came.refused.map_or(Actual::Nothing, |code| Actual::Text(code.to_owned()))),
                _ => actual(self.engine, &came.lead, &came.decision, &name.value),
            };
            let (holds, wanted, span) = compare(expected, actual.as_ref(), name.value == "moves");
            match &actual {
                Some(actual) if !holds => {
                    let message = format!("the golden lead `{}` expects `{}` to be {wanted}, and it is {}", self.test.id.value, name.value, actual.shown());
                    // A list with nothing in it has no place of its own.
                    let span = if span == Span::default() { name.span } else { span };
                    failures.push(Diagnostic::error("golden-lead", span, message).help("correct the rules, or the expectation if the new result is right"));
                }
                Some(_) => {}
                None => {
                    let known = names(self.engine);
                    let known: Vec<&str> = known.iter().map(String::as_str).collect();
                    failures.push(unknown("unknown-name", name, &format!("a golden lead cannot expect `{}`: nothing that comes out is called so", name.value), &known));
                }
            }
            outcomes.push(Expectation { name: format!("{when}{}", name.value), wanted, actual: actual.as_ref().map(Actual::shown), holds });
        }
    }
}

fn put(lead: &mut LeadBuilder, engine: &Engine, name: &Spanned<String>, answer: &AnswerDef) -> Result<(), Diagnostic> {
    let Some(field) = engine.field(&name.value) else {
        let fields: Vec<&str> = engine.program().variables.iter().take(engine.program().fields.len()).map(|variable| variable.name.as_str()).collect();
        return Err(unknown("unknown-field", name, &format!("`{}` is not a field", name.value), &fields));
    };
    let wrong = |span: Span, kind: LeadErrorKind| {
        let found = Diagnostic::error(kind.code(), span, format!("the field `{}` cannot have this value: {}", name.value, kind.message()));
        match advice(engine, field, kind) {
            Some(help) => found.help(help),
            None => found,
        }
    };
    let result = match answer {
        AnswerDef::Declined(_) => lead.decline(&name.value).map(|_| ()).map_err(|error| (name.span, error.kind)),
        AnswerDef::Choice(id) => lead.set(&name.value, Input::Choice(&id.value)).map(|_| ()).map_err(|error| (id.span, error.kind)),
        AnswerDef::Range(range, value) => {
            if !within(range, value.value) {
                return Err(Diagnostic::error("range", value.span, format!("{} lies outside the range `{}`", value.value, range.text)).help("`as` is a number inside the range"));
            }
            lead.set(&name.value, Input::Number(value.value)).map(|_| ()).map_err(|error| (value.span, error.kind))
        }
        AnswerDef::Value(value, source) => {
            let text;
            let domain = engine.program().variables.get(usize::from(field)).map(|variable| &variable.domain);
            let is_text = match domain {
                Some(Domain::Text) => true,
                Some(Domain::Finite(values)) => matches!(values.first(), Some(Value::String(_))),
                _ => false,
            };
            let input = match &value.value {
                Scalar::Null => return Ok(()),
                // A value that looks like a number or bool is a text where the field is one.
                Scalar::Int(value) if is_text => {
                    text = value.to_string();
                    Input::Text(&text)
                }
                Scalar::Bool(value) if is_text => Input::Text(if *value { "true" } else { "false" }),
                Scalar::Bool(value) => Input::Bool(*value),
                Scalar::Int(value) => Input::Integer(*value),
                Scalar::Double(value) => Input::Number(*value),
                Scalar::String(value) => Input::Text(value),
            };
            let done = match source {
                Source::Typed => lead.set(&name.value, input),
                Source::Record => lead.record(&name.value, input),
            };
            done.map(|_| ()).map_err(|error| (value.span, error.kind))
        }
    };
    result.map_err(|(span, kind)| wrong(span, kind))
}

/// What to do about a value that a field cannot have.
fn advice(engine: &Engine, field: VariableId, kind: LeadErrorKind) -> Option<String> {
    let variable = engine.program().variables.get(usize::from(field))?;
    let facts = engine.program().fields.get(usize::from(field))?;
    let values = words(variable);
    let quoted = |words: Vec<String>| listed(&words.iter().map(String::as_str).collect::<Vec<_>>());
    Some(match (kind, &variable.domain) {
        (LeadErrorKind::Bounds, Domain::Int(low, high)) => format!("it goes from {low} to {high}"),
        (LeadErrorKind::Bounds, Domain::Double(low, high)) => match (*low == f64::MIN, *high == f64::MAX) {
            (true, _) => format!("it goes up to {high}"),
            (_, true) => format!("it goes from {low} upwards"),
            _ => format!("it goes from {low} to {high}"),
        },
        (LeadErrorKind::Type | LeadErrorKind::NotAValue, Domain::Finite(_)) if !values.is_empty() => format!("its values are {}", quoted(values)),
        (LeadErrorKind::Type, Domain::Finite(_)) => "write `true` or `false`, without quotes".into(),
        (LeadErrorKind::Type | LeadErrorKind::Integer | LeadErrorKind::NotFinite, Domain::Int(..)) => "write a whole number, without quotes".into(),
        (LeadErrorKind::Type | LeadErrorKind::NotFinite, Domain::Double(..)) => "write a number, without quotes".into(),
        (LeadErrorKind::Type, _) => "write a text".into(),
        (LeadErrorKind::TooLong, _) => format!("it has at most {} characters", facts.max_length),
        (LeadErrorKind::Format, _) => "write an e-mail address such as `info@example.com`".into(),
        (LeadErrorKind::UnknownChoice, _) if facts.choices.is_empty() => "its question has no choices; write the value itself".into(),
        (LeadErrorKind::UnknownChoice, _) => format!("its choices are {}", quoted(facts.choices.iter().map(|choice| choice.id.clone()).collect())),
        (LeadErrorKind::RangeNeedsValue, _) => "write `{ range: 20..99, as: 50 }`, with the number that stands for the range".into(),
        _ => return None,
    })
}

/// The texts among the values of a variable.
fn words(variable: &Variable) -> Vec<String> {
    match &variable.domain {
        Domain::Finite(values) => values.iter().filter(|value| matches!(value, Value::String(_))).map(value_text).collect(),
        _ => Vec::new(),
    }
}

fn within(range: &Code, value: f64) -> bool {
    let test = crate::cel::parse_test(&super::conditions::text(range));
    test.ok().and_then(|test| test.interval()).is_some_and(|(from, to)| from.allows_below(value) && to.allows_above(value))
}

/// Something that came out.
enum Actual {
    Number(f64),
    Text(String),
    Bool(bool),
    Nothing,
    Names(Vec<String>),
    List(Vec<Actual>),
}

impl Actual {
    fn shown(&self) -> String {
        match self {
            Self::Number(value) => format!("{value}"),
            Self::Text(text) => format!("`{text}`"),
            Self::Bool(value) => format!("{value}"),
            Self::Nothing => "null".into(),
            Self::Names(names) if names.is_empty() => "empty".into(),
            Self::Names(names) => listed(&names.iter().map(String::as_str).collect::<Vec<_>>()),
            Self::List(values) => format!("[{}]", values.iter().map(Self::shown).collect::<Vec<_>>().join(", ")),
        }
    }
}

fn actual(engine: &Engine, lead: &Lead, decision: &Decision, name: &str) -> Option<Actual> {
    let program = engine.program();
    let text = |value: Option<String>| value.map_or(Actual::Nothing, Actual::Text);
    match name {
        "route" | "outcome" => {
            let screened = matches!(decision.outcome, Outcome::Screened(_));
            return Some(text(engine.outcome_name(decision.outcome).filter(|_| name == "outcome" || !screened)));
        }
        "screen" => return Some(text(match decision.outcome {
            Outcome::Screened(row) => program.screen.get(usize::from(row)).map(|row| row.id.clone()),
            _ => None,
        })),
        "stage" => {
            let stages = program.stages.as_ref()?;
            return Some(text(decision.stage.as_ref().filter(|stage| !stage.faulted).and_then(|stage| {
                match program.variables.get(usize::from(stages.variable)).map(|variable| &variable.domain) {
                    Some(Domain::Finite(values)) => values.get(usize::from(stage.after)).map(value_text),
                    _ => None,
                }
            })));
        }
        "faults" => {
            return Some(Actual::Names(engine.fault_names(decision).into_iter().map(str::to_owned).collect()));
        }
        _ => {}
    }
    if let Some(at) = program.scores.iter().position(|score| program.variables.get(usize::from(score.variable)).is_some_and(|variable| variable.name == name)) {
        return Some(decision.scores.get(at).copied().flatten().map_or(Actual::Nothing, |value| Actual::Number(points(value))));
    }
    if let Some(derived) = engine.derived(lead, name) {
        return Some(derived.map_or(Actual::Nothing, |value| of_value(&value)));
    }
    let (at, _) = engine.outputs().find(|(_, variable)| variable.name == name)?;
    Some(engine.output(decision, at).map_or(Actual::Nothing, |value| of_value(&value)))
}

fn of_value(value: &Value) -> Actual {
    match value {
        Value::Bool(value) => Actual::Bool(*value),
        Value::Int(value) => Actual::Number(*value as f64),
        Value::Double(value) => Actual::Number(*value),
        Value::List(values) => Actual::List(values.iter().map(of_value).collect()),
        value => Actual::Text(value_text(value)),
    }
}

fn value_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_string(),
        _ => String::new(),
    }
}

/// Whether what came out is what was expected; the expectation in words, and its place.
fn compare(expected: &ExpectDef, actual: Option<&Actual>, in_order: bool) -> (bool, String, Span) {
    match expected {
        ExpectDef::Names(wanted) => {
            let names: Vec<&str> = wanted.iter().map(|name| name.value.as_str()).collect();
            let same = match actual {
                Some(Actual::Names(found)) if in_order => *found == names,
                Some(Actual::Names(found)) => found.len() == names.len() && found.iter().all(|name| names.contains(&name.as_str())),
                _ => false,
            };
            let span = wanted.first().map(|name| name.span).unwrap_or_default();
            (same, if names.is_empty() { "empty".into() } else { listed(&names) }, span)
        }
        ExpectDef::Value(wanted) => {
            let (same, shown) = same(&wanted.value, actual);
            (same, shown, wanted.span)
        }
        ExpectDef::List(wanted, span) => {
            let found = if let Some(Actual::List(found)) = actual { found.as_slice() } else { &[] };
            let each: Vec<(bool, String)> = wanted.iter().enumerate().map(|(at, wanted)| same(&wanted.value, found.get(at))).collect();
            let all = matches!(actual, Some(Actual::List(_))) && found.len() == each.len() && each.iter().all(|(same, _)| *same);
            (all, format!("[{}]", each.into_iter().map(|(_, shown)| shown).collect::<Vec<_>>().join(", ")), *span)
        }
    }
}

/// Whether a value came out, and the value in words.
fn same(wanted: &Scalar, actual: Option<&Actual>) -> (bool, String) {
    match (wanted, actual) {
        (Scalar::Null, actual) => (matches!(actual, Some(Actual::Nothing)), "null".into()),
        (Scalar::Int(value), Some(Actual::Number(actual))) => (*value as f64 == *actual, format!("{value}")),
        (Scalar::Double(value), Some(Actual::Number(actual))) => (value == actual, format!("{value}")),
        (Scalar::Bool(value), Some(Actual::Bool(actual))) => (value == actual, format!("{value}")),
        (Scalar::String(value), Some(Actual::Text(actual))) => (value == actual, format!("`{value}`")),
        (Scalar::Int(value), Some(Actual::Text(actual))) => (value.to_string() == *actual, format!("`{value}`")),
        (Scalar::Bool(value), Some(Actual::Text(actual))) => (value.to_string() == *actual, format!("`{value}`")),
        (Scalar::Int(value), _) => (false, format!("{value}")),
        (Scalar::Double(value), _) => (false, format!("{value}")),
        (Scalar::Bool(value), _) => (false, format!("{value}")),
        (Scalar::String(value), _) => (false, format!("`{value}`")),
    }
}

/// Everything that a golden lead can expect.
fn names(engine: &Engine) -> Vec<String> {
    let program = engine.program();
    let scores = program.scores.iter().filter_map(|score| program.variables.get(usize::from(score.variable))).map(|variable| variable.name.clone());
    let outputs = engine.outputs().map(|(_, variable)| variable.name.clone());
    let due = (!program.life.sops.is_empty()).then(|| "due".to_owned());
    ["outcome", "route", "stage", "moves", "screen", "faults"].into_iter().map(str::to_owned).chain(due).chain(scores).chain(outputs).collect()
}
