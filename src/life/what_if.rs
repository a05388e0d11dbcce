//! What would change the route, asked and answered by names.

use super::error::LifeError;
use super::given::{Given, list, text};
use crate::engine::{Answer, Change, Engine, Lead, Settle, Settled, To, Untold, WhatIfOptions};
use crate::program::{Domain, Value, VariableId};

/// So many fields can be named; no policy has more.
const MOST_FIELDS: usize = 65_536;

/// Answers `{ settle?, fields? }` about a lead that begins in a stage: what is to change (`route`, `stage`, or an output of a table), and the fields whose answers may.
///
/// # Errors
/// What the policy does not know, with its place.
pub fn what_if(engine: &Engine, lead: &Lead, stage: Option<u16>, given: &Given) -> Result<Value, LifeError> {
    given.only(&["settle", "fields"])?;
    let settle = given.get("settle");
    let settle_name = settle.maybe_text()?.unwrap_or("route");
    let found = settle_of(engine, settle_name).ok_or_else(|| {
        let outputs = engine.outputs().map(|(_, output)| output.name.as_str());
        let staged = engine.program().stages.iter().map(|_| "stage");
        let known: Vec<&str> = ["route"].into_iter().chain(staged).chain(outputs).take(12).collect();
        LifeError::new("wrong-option", settle.path(), ["`settle` cannot be `", settle_name, "`"].concat()).help(["it is one of ", &known.join(", ")].concat())
    })?;
    let field_of = |given: &Given| {
        let name = given.text()?;
        engine.field(name).ok_or_else(|| LifeError::unknown("unknown-field", given.path(), name, "a field of the policy", fields(engine)))
    };
    let named = given.get("fields");
    let fields = if named.is_nothing() { None } else { Some(named.each(MOST_FIELDS, field_of)?) };
    let found = engine.what_if(lead, stage, &WhatIfOptions { settle: found, fields });
    let changes = found.changes.iter().map(|change| change_of(engine, lead, settle_name, change));
    let untold = found.untold.iter().map(|(field, why)| map([("field", name(engine, *field)), ("reason", text(reason(*why)))]));
    Ok(map([("settle", text(settle_name)), ("now", settled(engine, &found.now)), ("changes", list(changes)), ("untold", list(untold))]))
}

fn settle_of(engine: &Engine, name: &str) -> Option<Settle> {
    match name {
        "route" => Some(Settle::Route),
        "stage" => engine.program().stages.is_some().then_some(Settle::Stage),
        name => engine.outputs().find(|(_, output)| output.name == name).map(|(at, _)| Settle::Output(at)),
    }
}

fn change_of(engine: &Engine, lead: &Lead, settle: &str, change: &Change) -> Value {
    let then = settled(engine, &change.settled);
    let then = match change.settled {
        Settled::Outcome(_) => ("outcome", then),
        Settled::Stage(_) => ("stage", then),
        Settled::Output(_) => ("outputs", Value::Map([(text(settle), then)].into())),
    };
    let effort = map([("cost", Value::Double(crate::engine::points(change.effort.cost))), ("steps", Value::Int(i64::from(change.effort.steps)))]);
    map([("field", name(engine, change.field)), ("from", from(lead.answer(change.field))), ("to", to(&change.to)), then, ("effort", effort)])
}

fn from(answer: &Answer) -> Value {
    match answer {
        Answer::Absent | Answer::Open | Answer::Fault => map([("absent", Value::Bool(true))]),
        Answer::Declined => map([("declined", Value::Bool(true))]),
        Answer::Value(value) | Answer::Range(value) => map([("value", value.clone())]),
    }
}

fn to(to: &To) -> Value {
    match to {
        To::Value(value) => map([("value", value.clone())]),
        To::Like(value) => map([("value", value.clone()), ("example", Value::Bool(true))]),
        To::Range(low, high, nearest) => {
            let range = ("range", list([low.clone(), high.clone()]));
            match nearest {
                Some(nearest) => map([range, ("nearest", nearest.clone())]),
                None => map([range]),
            }
        }
        To::Declined => map([("declined", Value::Bool(true))]),
        To::Absent => map([("absent", Value::Bool(true))]),
    }
}

/// What came out, in words; `null` where nothing did.
fn settled(engine: &Engine, settled: &Settled) -> Value {
    match settled {
        Settled::Outcome(outcome) => engine.outcome_name(*outcome).map_or(Value::Null, |name| text(&name)),
        Settled::Stage(stage) => {
            let program = engine.program();
            let variable = program.stages.as_ref().and_then(|stages| program.variables.get(usize::from(stages.variable)));
            match (variable.map(|variable| &variable.domain), stage) {
                (Some(Domain::Finite(stages)), Some(stage)) => stages.get(usize::from(*stage)).cloned().unwrap_or(Value::Null),
                _ => Value::Null,
            }
        }
        Settled::Output(value) => value.clone().unwrap_or(Value::Null),
    }
}

/// In the order of [`Untold`].
const REASONS: [&str; 3] = ["too-many", "calculated", "no-example"];

fn reason(why: Untold) -> &'static str {
    REASONS.get(usize::from(why as u8)).copied().unwrap_or_default()
}

fn name(engine: &Engine, variable: VariableId) -> Value {
    engine.program().variables.get(usize::from(variable)).map_or(Value::Null, |variable| text(&variable.name))
}

fn fields(engine: &Engine) -> impl Iterator<Item = &str> {
    let program = engine.program();
    program.variables.iter().take(program.fields.len()).map(|variable| variable.name.as_str())
}

/// A map in which `null` stays: it says that nothing comes out.
fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Map(entries.into_iter().map(|(name, value)| (text(name), value)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn engine() -> Engine {
        let text = "leadgate: 1\npolicy: p\nversion: \"1\"\nfields: { seats: { type: int, min: 1, max: 500 }, sector: { type: enum, values: [retail, finance] } }\n\
                    tables: { grade: { hit: first, outputs: { grade: [A, B] }, rows: [{ when: { seats: \">= 100\" }, then: A }, { then: B }] } }\n\
                    route: { outcomes: [sales, nurture], rows: [{ when: { seats: \">= 20\", sector: finance }, to: sales }], default: nurture }";
        Engine::new(crate::compile_str(text).unwrap())
    }

    fn ask(given: Value) -> Result<Value, LifeError> {
        let engine = engine();
        let mut lead = engine.lead();
        lead.set("seats", 5).unwrap().set("sector", "finance").unwrap();
        what_if(&engine, &lead, None, &Given::new(&given, ""))
    }

    #[test]
    fn the_answer_is_by_names() {
        let effort = |steps| map([("cost", Value::Double(1.0)), ("steps", Value::Int(steps))]);
        let change = |low, then, steps| {
            let to = map([("range", list([Value::Int(low), Value::Int(500)])), ("nearest", Value::Int(low))]);
            map([("field", text("seats")), ("from", map([("value", Value::Int(5))])), ("to", to), then, ("effort", effort(steps))])
        };
        let expected = |settle, now, change| map([("settle", text(settle)), ("now", text(now)), ("changes", list([change])), ("untold", list([]))]);
        assert_eq!(ask(map([])), Ok(expected("route", "nurture", change(20, ("outcome", text("sales")), 1))));
        let grade = ("outputs", map([("grade", text("A"))]));
        assert_eq!(ask(map([("settle", text("grade"))])), Ok(expected("grade", "B", change(100, grade, 2))));
    }

    #[test]
    fn what_the_policy_does_not_know_is_refused() {
        for (given, code, path) in [
            (map([("settle", text("stage"))]), "wrong-option", "settle"),
            (map([("fields", list([text("seats"), text("seat")]))]), "unknown-field", "fields[1]"),
            (map([("fields", text("seats"))]), "wrong-type", "fields"),
            (map([("field", text("seats"))]), "unknown-key", "field"),
        ] {
            let error = ask(given).unwrap_err();
            assert_eq!((error.code, &*error.path), (code, path));
        }
    }
}
