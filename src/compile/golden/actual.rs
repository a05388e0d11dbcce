//! What came out of a golden lead, beside what the document expects of it.

use crate::compile::names::listed;
use crate::document::{ExpectDef, Scalar};
use crate::engine::{Decision, Engine, Lead, Outcome, points};
use crate::program::{Domain, Value};
use crate::report::Span;

/// Something that came out.
pub enum Actual {
    Number(f64),
    Text(String),
    Bool(bool),
    Nothing,
    Names(Vec<String>),
    List(Vec<Actual>),
}

impl Actual {
    /// In words.
    pub fn shown(&self) -> String {
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

/// What came out under a name; none where nothing is called so.
pub fn actual(engine: &Engine, lead: &Lead, decision: &Decision, name: &str) -> Option<Actual> {
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

/// A text as it is, and anything else as none.
pub fn value_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_string(),
        _ => String::new(),
    }
}

/// Whether what came out is what was expected; the expectation in words, and its place.
pub fn compare(expected: &ExpectDef, actual: Option<&Actual>, in_order: bool) -> (bool, String, Span) {
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
