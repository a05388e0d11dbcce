//! The lead of a golden lead: answers as the document writes them.

use crate::compile::names::{listed, unknown};
use crate::document::{AnswerDef, Code, Scalar, Source};
use crate::engine::{Engine, Input, LeadBuilder, LeadErrorKind};
use crate::program::{Domain, Value, Variable, VariableId};
use crate::report::{Diagnostic, Span, Spanned};

use super::actual::value_text;

/// Gives a lead one answer.
pub fn put(lead: &mut LeadBuilder, engine: &Engine, name: &Spanned<String>, answer: &AnswerDef) -> Result<(), Diagnostic> {
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
    let test = crate::cel::parse_test(&crate::compile::conditions::text(range));
    test.ok().and_then(|test| test.interval()).is_some_and(|(from, to)| from.allows_below(value) && to.allows_above(value))
}
