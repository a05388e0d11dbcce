//! What an author wants to know of a form before anybody fills it in: what it costs its visitors, and how its answers are told apart.

use serde_json::{Value as Json, json};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::ask::{Expected, ForecastOptions, Paged};
use crate::engine::{Engine, number_cell};
use crate::program::{Cut, Domain, FIRST_VALUE, Format, Normalizer, Program, Value, VariableId};

/// What the form of a program costs its visitors on average, as JSON, where some fields are known and leads begin in a stage; or what is wrong: the `error`, a code, and the word
/// that it is about.
#[wasm_bindgen]
pub fn forecast(program: &[u8], known: Vec<String>, stage: Option<String>, submissions: u32) -> String {
    forecast_of(program, &known, stage.as_deref(), submissions).unwrap_or_else(|(error, about)| json!({ "error": error, "about": about })).to_string()
}

/// How many states of forms a forecast looks at in each of its parts: some seconds.
const EFFORT: usize = 1 << 12;

fn forecast_of(program: &[u8], known: &[String], stage: Option<&str>, submissions: u32) -> Result<Json, (&'static str, String)> {
    let program = Program::from_bytes(program).map_err(|error| ("not-a-program", error.to_string()))?;
    let engine = Engine::new(program);
    if engine.program().ask.questions.is_empty() {
        return Err(("no-questions", String::new()));
    }
    let known: Result<Vec<VariableId>, _> = known.iter().map(|name| engine.field(name).ok_or_else(|| ("unknown-field", name.clone()))).collect();
    let stage = stage.map(|name| engine.stage(name).ok_or_else(|| ("unknown-stage", name.to_owned()))).transpose()?;
    let options = ForecastOptions { known: known?, stage, submissions, effort: EFFORT, ..Default::default() };
    let found = engine.forecast(&options).ok_or(("too-large", String::new()))?;
    let name = |field: VariableId| engine.program().variables.get(usize::from(field)).map_or("", |variable| &variable.name);
    let way = |expected: &Expected| json!({ "questions": expected.questions, "friction": expected.friction, "error": expected.error });
    let questions = found.questions.iter().map(|question| json!({ "field": name(question.field), "shown": question.shown, "asked": question.asked, "settles": question.settles }));
    Ok(json!({
        "everything": way(&found.everything),
        "formOrder": way(&found.form_order),
        "plan": way(&found.plan),
        "pages": found.pages.map(|pages| {
            let of = |paged: Paged| json!({ "pages": paged.pages, "questions": paged.questions, "friction": paged.friction });
            json!({ "limit": pages.limit, "plan": of(pages.plan), "error": pages.error, "optimum": pages.optimum.map(of) })
        }),
        "optimum": found.optimum,
        "floor": found.floor,
        "floorError": found.floor_error,
        "bestOrder": found.best_order.as_ref().map(|(order, friction)| json!({ "fields": order.iter().map(|&field| name(field)).collect::<Vec<_>>(), "friction": friction })),
        "questions": questions.collect::<Vec<_>>(),
        "settled": found.settled,
        "samples": found.samples,
        "exact": found.exact,
    }))
}

/// How the answers of each question are told apart, as JSON: the values, or the numbers at which they are cut, and which choices stand for which.
#[wasm_bindgen]
pub fn question_cells(program: &[u8]) -> String {
    let Ok(program) = Program::from_bytes(program) else { return "[]".into() };
    let questions = program.ask.questions.iter().filter_map(|&field| cells_of(&program, field));
    Json::Array(questions.collect()).to_string()
}

fn cells_of(program: &Program, field: VariableId) -> Option<Json> {
    let (variable, facts) = (program.variables.get(usize::from(field))?, program.fields.get(usize::from(field))?);
    let slots: Vec<_> = program.slots_of(field).filter_map(|slot| program.slots.get(usize::from(slot))).collect();
    let thresholds: &[f64] = match slots.first().map(|slot| &slot.cut) {
        Some(Cut::Thresholds(thresholds)) => thresholds,
        _ => &[],
    };
    let (kind, low, high) = match variable.domain {
        Domain::Finite(_) => ("finite", 0.0, 0.0),
        Domain::Int(low, high) => ("int", low as f64, high as f64),
        Domain::Double(low, high) => ("double", low, high),
        _ => ("text", 0.0, 0.0),
    };
    let word = |value: &Value| match value {
        Value::String(text) => json!(&**text),
        Value::Bool(value) => json!(value),
        Value::Int(value) => json!(value),
        Value::Double(value) => json!(value),
        _ => Json::Null,
    };
    let values = match &variable.domain {
        Domain::Finite(values) => values.iter().map(word).collect(),
        _ => Vec::new(),
    };
    let number = |value: &Value| match value {
        Value::Int(value) => Some(*value as f64),
        Value::Double(value) => Some(*value),
        _ => None,
    };
    let choices = facts.choices.iter().map(|choice| {
        let cell = number(&choice.value).map(|value| number_cell(thresholds, value) - FIRST_VALUE);
        json!({ "id": choice.id, "value": word(&choice.value), "cell": cell })
    });
    // What tells one person from another is nobody's to print.
    let personal = facts.format != Format::Any || facts.normalize.iter().any(|step| matches!(step, Normalizer::Phone(_))) || program.identity.iter().any(|key| key.contains(&field));
    Some(json!({
        "field": variable.name,
        "kind": kind,
        "low": low,
        "high": high,
        "thresholds": thresholds,
        "values": values,
        "choices": choices.collect::<Vec<_>>(),
        "read": !slots.is_empty(),
        "personal": personal,
        "required": facts.required,
    }))
}
