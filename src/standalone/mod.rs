//! Expressions by themselves, without a policy: the language as it is defined, a line of JSON in and a line out.
//!
//! What stands in a line is described on the page of [conditions](https://github.com/leadgate/leadgate/blob/main/docs/conditions.md); values are in the
//! proto3 JSON of the conformance suite of the Common Expression Language.

mod open;
mod request;
mod typed;
mod types;

use serde_json::{Value as Json, json};

use crate::cel::{self, Checked, Env, EnvVariable, Errors, Expected, Text};
use crate::compile::lower_alone;
use crate::engine::machine::{Fault, Inputs, Outcome, Reading, evaluate};
use crate::engine::text::Texts;
use crate::program::{Program, Value, VariableId};
use crate::report::Span;
use open::Settled;
use request::{Binding, Request};

/// Evaluates the expression of one line.
///
/// A line holds `id`, `expr` and where needed `bindings`, `container`, `type_env`, `disable_check`, `check_only`. The answer holds the `id` and `value`
/// with `type`, or `error` with `phase`, or `unknown` with the names that the result rests on. A line that cannot be read gives an error as well.
///
/// ```
/// let answer = leadgate::answer(r#"{"id": 1, "expr": "seats * 2", "bindings": {"seats": {"int64Value": "20"}}}"#);
/// assert_eq!(answer, r#"{"id":1,"value":{"int64Value":"40"},"type":"int"}"#);
/// ```
pub fn answer(line: &str) -> String {
    let (id, outcome) = match serde_json::from_str::<Json>(line) {
        Ok(json) => (json.get("id").cloned().unwrap_or(Json::Null), Request::read(&json).and_then(|request| run(&request))),
        Err(error) => (Json::Null, Err(Failure::new(Phase::Parse, format!("the line is not JSON: {error}")))),
    };
    let mut answer = json!({ "id": id });
    let parts = outcome.unwrap_or_else(|Failure { phase, text }| json!({ "error": text, "phase": phase.name() }));
    if let (Some(answer), Json::Object(parts)) = (answer.as_object_mut(), parts) {
        answer.extend(parts);
    }
    answer.to_string()
}

/// Where an expression failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Parse,
    Check,
    Evaluate,
}

impl Phase {
    fn name(self) -> &'static str {
        match self {
            Self::Parse => "parse",
            Self::Check => "check",
            Self::Evaluate => "evaluate",
        }
    }
}

/// Why there is no value.
#[derive(Debug)]
struct Failure {
    phase: Phase,
    text: String,
}

impl Failure {
    fn new(phase: Phase, text: impl Into<String>) -> Self {
        Self { phase, text: text.into() }
    }

    fn of(phase: Phase, errors: &Errors, request: &Request) -> Self {
        let texts: Vec<String> = errors.iter().map(|error| request.placed(error.span, &error.message)).collect();
        Self::new(phase, texts.join("; "))
    }
}

fn run(request: &Request) -> Result<Json, Failure> {
    let end = u32::try_from(request.expr.len()).unwrap_or(u32::MAX);
    let text = Text { text: &request.expr, span: Span::new(request.file, 0, end), offsets: &[] };
    let expr = cel::parse(&text).map_err(|errors| Failure::of(Phase::Parse, &errors, request))?;
    let checked = cel::check(&expr, &request.env, Expected::Any).map_err(|errors| {
        // What a macro takes for a name is settled while the language is defined to be parsed.
        let syntax = errors.iter().any(|error| matches!(error.code, "bad-variable" | "has-of-a-value"));
        Failure::of(if syntax { Phase::Parse } else { Phase::Check }, &errors, request)
    })?;
    let ty = checked.ty.to_string();
    if request.check_only {
        return Ok(json!({ "type": ty }));
    }
    if request.is_open() {
        return match open::settle(&checked, request) {
            Settled::Value(value) => Ok(json!({ "value": written(&value)?, "type": ty })),
            Settled::Fails => Err(Failure::new(Phase::Evaluate, "the expression fails, whatever the unknown names stand for")),
            Settled::Open(names) => Ok(json!({ "unknown": names })),
        };
    }
    let mut program = Program::default();
    let (root, places) = lower_alone(&checked, &mut program.expressions);
    match evaluate(&program, &Texts::new(&program), root, request) {
        Outcome::Value(value) => Ok(json!({ "value": written(&value)?, "type": ty })),
        Outcome::Unknown => Err(Failure::new(Phase::Evaluate, words(Fault::Inherited))),
        Outcome::Fault(fault, node) => {
            let place = places.get(&node).copied().unwrap_or(text.span);
            Err(Failure::new(Phase::Evaluate, request.placed(place, words(fault))))
        }
    }
}

/// A value as it is answered. One that shares parts with itself can be larger written out than any memory.
fn written(value: &Value) -> Result<Json, Failure> {
    if typed::is_large(value) { Err(Failure::new(Phase::Evaluate, "the value is too large to be written")) } else { Ok(typed::write(value)) }
}

impl Inputs for Request {
    fn read(&self, variable: VariableId) -> Reading {
        match self.bindings.get(usize::from(variable)) {
            Some(Binding::Value(value)) => Reading::Value(value.clone()),
            Some(Binding::Open) => Reading::Absent,
            Some(Binding::None) | None => Reading::Fault,
        }
    }
}

fn words(fault: Fault) -> &'static str {
    match fault {
        Fault::Overflow => "the number is beyond its range",
        Fault::DivideByZero => "division by zero",
        Fault::Index => "the index is outside the list or text",
        Fault::NoSuchKey => "the map has no such key",
        Fault::NoOverload => "no function of this name takes these values",
        Fault::Conversion => "the value cannot be converted",
        Fault::Argument => "the function does not take this argument",
        Fault::Inherited => "a name has no value",
        Fault::Fuel => "the expression takes too much work",
        Fault::Malformed => "the expression cannot be run",
    }
}
