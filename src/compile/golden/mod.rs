//! Golden leads: what a document says must come out of leads that it names.

mod actual;
mod lead;

use crate::document::{Document, ExpectDef, TestDef, TestStepDef};
use crate::engine::{Decision, Engine, Lead};
use crate::life::given::{Given, map};
use crate::life::{self, LifeError, Situation, State, sops};
use crate::program::Value;
use crate::report::{Diagnostic, Span, Spanned};

use super::names::unknown;
use actual::{Actual, actual, compare};

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
        if let Err(found) = lead::put(&mut lead, engine, name, answer) {
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
    /// What is due by the policy's schedules; none where it is not said when the lead is decided.
    due: Option<sops::Due>,
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
            Some(sops::due(self.engine, &lead, &situation.state, situation.stage(self.engine)?, situation.now)?)
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
            self.send(step, came.due.as_ref().unwrap_or(&sops::Due::default()), &mut state)?;
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
        // A policy without stages has stories too, of what is due; nothing is proposed in them.
        let proposes = asked == life::Step::default();
        let (mut moves, mut refused) = (Vec::new(), None);
        if self.engine.program().stages.is_some() || !proposes {
            match life::advance(self.engine, &situation.lead(self.engine, self.lead)?, &situation.state, &asked, situation.now)? {
                life::Advance::Moved(moved) => {
                    *state = moved.state.write();
                    moves.extend(moved.moves.into_iter().map(|change| change.by_move));
                }
                life::Advance::Refused(found) => refused = Some(found.code),
            }
        }
        let came = self.decided(&of(state))?;
        Ok(Came { moves, refused, ..came })
    }

    /// Commits what the schedules propose after a step, and notes what was sent of them.
    fn send(&self, step: &TestStepDef, due: &sops::Due, state: &mut Value) -> Result<(), Diagnostic> {
        let Some(all) = &step.sent else { return Ok(()) };
        let told = |error| self.diagnostic(Some(step), error);
        let read = State::read(&Given::new(state, "state")).map_err(told)?;
        let mut after = sops::commit(self.engine, &read, due).map_err(told)?;
        for name in all {
            let (sop, id) = name.value.split_once('.').unwrap_or((&name.value, ""));
            after = sops::sent(self.engine, &after, sop, id, None, due.at).map_err(|error| placed(error, name.span))?;
        }
        *state = after.write();
        Ok(())
    }

    /// What is wrong with a golden lead's life, at its place in the document.
    fn diagnostic(&self, step: Option<&TestStepDef>, error: LifeError) -> Diagnostic {
        let given = match step {
            Some(step) if error.path == "now" || error.path.starts_with("step") => Some(step.span),
            _ => self.test.given.place(&error.path),
        };
        // What a story made of the state is nowhere in the document.
        placed(error, given.or(step.map(|step| step.span)).unwrap_or(self.test.id.span))
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
                    Some(Actual::List(due.steps.iter().map(|step| Actual::Text(format!("{}.{}", step.sop, step.step))).collect()))
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

fn placed(error: LifeError, place: Span) -> Diagnostic {
    let found = Diagnostic::error(error.code, place, &*error.message);
    if error.help.is_empty() { found } else { found.help(&*error.help) }
}

/// Everything that a golden lead can expect.
fn names(engine: &Engine) -> Vec<String> {
    let program = engine.program();
    let scores = program.scores.iter().filter_map(|score| program.variables.get(usize::from(score.variable))).map(|variable| variable.name.clone());
    let outputs = engine.outputs().map(|(_, variable)| variable.name.clone());
    let due = (!program.life.sops.is_empty()).then(|| "due".to_owned());
    ["outcome", "route", "stage", "moves", "screen", "faults"].into_iter().map(str::to_owned).chain(due).chain(scores).chain(outputs).collect()
}
