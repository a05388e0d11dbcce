//! Decides leads at moments of their lives natively and prints every result as a line of JSON, for `tests/node/native-life.test.mjs` to compare with the package.
//!
//! `cargo run --example situations -- <policy> <program> [<situations>]`: the program is written; situations are lines of JSON, `{ lead, situation: { now, events, state }, asked }`.
//! `asked` is what else is asked about the lead, each a question with its input as the package hands it over: `["due", { now, events, state }]`.

use std::collections::BTreeSet;
use std::error::Error;

use leadgate::engine::{LineKind, points};
use leadgate::life::given::Given;
use leadgate::life::{self, LifeError, Situation, queues, sops};
use leadgate::program::{Domain, ScoreBody, Value, VariableId};
use leadgate::{Engine, Explanation, Lead, Possible};
use serde_json::{Value as Json, json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(policy), Some(program)) = (arguments.next(), arguments.next()) else { return Err("usage: situations <policy> <program> [<situations>]".into()) };
    let engine = Engine::new(leadgate::compile_file(policy)?);
    std::fs::write(program, engine.program().to_bytes())?;
    let Some(situations) = arguments.next() else { return Ok(()) };
    for line in std::fs::read_to_string(situations)?.lines() {
        let case: Json = serde_json::from_str(line)?;
        let lead = lead(&engine, case.get("lead").unwrap_or(&Json::Null))?;
        let asked = case.get("asked").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
        let answers: Vec<Json> = asked.iter().map(|asked| answered(&engine, &lead, asked)).collect();
        let result = decided(&engine, &lead, case.get("situation").unwrap_or(&Json::Null)).unwrap_or_else(told);
        println!("{}", json!([result, answers]));
    }
    Ok(())
}

/// What comes of a lead in a situation, and why.
fn decided(engine: &Engine, lead: &Lead, situation: &Json) -> Result<Json, LifeError> {
    let given = given(situation);
    let situation = Situation::read(engine, &Given::new(&given, ""))?;
    let (lead, stage) = (situation.lead(engine, lead)?, situation.stage(engine)?);
    Ok(match situation.log {
        Some(_) => explained(engine, &lead, &engine.explain(&lead, stage)),
        None => possible(engine, &engine.possible(&lead, stage)),
    })
}

fn told(error: LifeError) -> Json {
    json!({ "error": [error.code, error.path, error.message] })
}

/// What is answered to one question about a lead's life, or why nothing is.
fn answered(engine: &Engine, lead: &Lead, asked: &Json) -> Json {
    let input = given(asked.get(1).unwrap_or(&Json::Null));
    match ask(engine, lead, asked.get(0).and_then(Json::as_str).unwrap_or_default(), &Given::new(&input, "")) {
        Ok(answer) => bare(&answer),
        Err(error) => told(error),
    }
}

/// The questions of `pkg/src/full/live.mjs`, by name.
fn ask(engine: &Engine, lead: &Lead, question: &str, input: &Given) -> Result<Value, LifeError> {
    match question {
        "advance" => life::answer_advance(engine, lead, input),
        "legal" => life::answer_legal(engine, lead, input),
        "migrate" => life::answer_migrate(engine, input),
        "pin" => life::answer_pin(engine, input),
        "stays" => life::answer_stays(engine, input),
        "assign" => queues::asked::assign(engine, lead, input),
        "returned" => queues::asked::give_back(engine, input),
        "due" => sops::asked::what_is_due(engine, lead, input),
        "commit" => sops::asked::committed(engine, input),
        "sent" => sops::asked::was_sent(engine, input),
        "until" => life::answer_until(engine, lead, input),
        "whatIf" => {
            let situation = Situation::read(engine, input)?;
            life::what_if(engine, &situation.lead(engine, lead)?, situation.stage(engine)?, &input.get("ask").alone())
        }
        other => Err(LifeError::new("unknown-question", "", format!("there is no question `{other}`"))),
    }
}

/// A value as JSON, by names in the order of their bytes, without what is null.
fn bare(value: &Value) -> Json {
    match value {
        Value::Timestamp(at) => {
            let at = jiff::Timestamp::new(at.seconds(), i32::try_from(at.nanos()).unwrap_or_default());
            at.map_or(Json::Null, |at| json!(at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()))
        }
        Value::List(values) => Json::Array(values.iter().map(bare).collect()),
        Value::Map(entries) => {
            let named = entries.iter().filter(|(_, value)| !matches!(value, Value::Null)).map(|(name, value)| (if let Value::String(name) = name { name.to_string() } else { String::new() }, bare(value)));
            let sorted: std::collections::BTreeMap<String, Json> = named.collect();
            Json::Object(sorted.into_iter().collect())
        }
        other => plain(other),
    }
}

fn lead(engine: &Engine, json: &Json) -> Result<Lead, Box<dyn Error>> {
    let mut lead = engine.lead();
    for (name, answer) in json.as_object().into_iter().flatten() {
        let refused = |error: leadgate::LeadError| format!("`{name}` is refused: {error:?}");
        match answer {
            Json::Object(entries) if entries.contains_key("declined") => lead.decline(name).map_err(refused)?,
            Json::Object(entries) if entries.contains_key("open") => lead.open(name).map_err(refused)?,
            Json::String(text) => lead.set(name, text.as_str()).map_err(refused)?,
            Json::Bool(value) => lead.set(name, *value).map_err(refused)?,
            Json::Number(number) => lead.set(name, number.as_f64().ok_or("a number is too large")?).map_err(refused)?,
            other => return Err(format!("`{name}` is {other}").into()),
        };
    }
    Ok(lead.build())
}

/// JSON as the package hands it over.
fn given(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => number.as_i64().map_or_else(|| Value::Double(number.as_f64().unwrap_or_default()), Value::Int),
        Json::String(text) => Value::String(text.as_str().into()),
        Json::Array(items) => Value::List(items.iter().map(given).collect()),
        Json::Object(entries) => Value::Map(entries.iter().map(|(name, value)| (Value::String(name.as_str().into()), given(value))).collect()),
    }
}

fn explained(engine: &Engine, lead: &Lead, explanation: &Explanation) -> Json {
    let (program, decision) = (engine.program(), &explanation.decision);
    let score_name = |at: u16| program.scores.get(usize::from(at)).and_then(|score| name_of(engine, score.variable));
    let stages = program.stages.as_ref().and_then(|stages| program.variables.get(usize::from(stages.variable)));
    let stage_name = |at: u16| match stages.map(|stage| &stage.domain) {
        Some(Domain::Finite(names)) => names.get(usize::from(at)).map(plain),
        _ => None,
    };
    let stage = decision.stage.as_ref().map(|stage| {
        let ids = stage.moves.iter().map(|&at| engine.move_at(at).map(|(id, _)| id));
        json!({ "before": stage_name(stage.before), "after": if stage.faulted { None } else { stage_name(stage.after) }, "moves": ids.collect::<Vec<_>>(), "times": stage.times })
    });
    let scores: Vec<Json> = explanation
        .scores
        .iter()
        .map(|score| {
            let groups: &[_] = match program.scores.get(usize::from(score.score)).map(|score| &score.body) {
                Some(ScoreBody::Groups(groups)) => groups,
                _ => &[],
            };
            let group = |at: u16| groups.get(usize::from(at)).map(|group| group.id.as_str()).filter(|id| !id.is_empty());
            let rule = |at: u16, rule: u16| groups.get(usize::from(at)).and_then(|group| group.rules.get(usize::from(rule)));
            let id = |at: u16, of: u16| rule(at, of).map(|rule| rule.id.as_str());
            let line = |kind: LineKind| match kind {
                LineKind::Rule(at, of, case) => {
                    let key = rule(at, of).and_then(|rule| rule.cases.get(usize::from(case))).map(|case| case.key.as_str()).filter(|key| !key.is_empty());
                    json!(["rule", group(at), id(at, of), key])
                }
                LineKind::Reset(at, of) => json!(["reset", group(at), id(at, of), null]),
                LineKind::Bound(at, of) => json!(["bound", group(at), id(at, of), null]),
                LineKind::Cap(at) => json!(["cap", group(at), null, null]),
                LineKind::Floor(at) => json!(["floor", group(at), null, null]),
                LineKind::Range => json!(["range", null, null, null]),
                LineKind::Score(at) => json!(["score", null, score_name(at), null]),
            };
            let lines: Vec<Json> = score.lines.iter().map(|found| json!([line(found.kind), found.points])).collect();
            let missing: Vec<Json> = score.missing.iter().map(|missing| json!([group(missing.group), id(missing.group, missing.rule), name_of(engine, missing.variable)])).collect();
            json!([score_name(score.score), score.value, lines, missing])
        })
        .collect();
    let outputs: Vec<Json> = (0..engine.outputs().count()).map(|at| engine.output(decision, at).as_ref().map_or(Json::Null, plain)).collect();
    let identity: Vec<Vec<Json>> = engine.identity(lead, decision).iter().map(|(_, key)| key.iter().map(plain).collect()).collect();
    json!({ "outcome": engine.outcome_name(decision.outcome), "scores": decision.scores, "tables": outputs, "stage": stage, "faults": engine.fault_names(decision), "identity": identity, "explained": scores })
}

fn name_of(engine: &Engine, variable: VariableId) -> Option<&str> {
    engine.program().variables.get(usize::from(variable)).map(|variable| variable.name.as_str())
}

fn possible(engine: &Engine, possible: &Possible) -> Json {
    let outcomes: BTreeSet<String> = possible.outcomes.iter().filter_map(|&outcome| engine.outcome_name(outcome)).collect();
    let scores: Vec<Json> = possible.scores.iter().map(|score| json!([score.range.map(|(low, high)| [points(low), points(high)].map(text_of)), score.faults || score.range.is_none()])).collect();
    json!({ "exact": possible.exact, "outcomes": outcomes, "stages": possible.stages.len(), "scores": scores })
}

/// A value as JSON, numbers as JavaScript writes those that are neither very large nor very small.
fn plain(value: &Value) -> Json {
    match value {
        Value::Bool(value) => json!(value),
        Value::Int(value) => json!(value.to_string()),
        Value::Double(value) => json!(text_of(*value)),
        Value::String(text) => json!(&**text),
        Value::List(values) => Json::Array(values.iter().map(plain).collect()),
        _ => Json::Null,
    }
}

fn text_of(number: f64) -> String {
    number.to_string()
}
