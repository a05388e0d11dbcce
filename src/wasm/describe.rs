//! What a program is made of, as JSON.

use super::json::Json;
use super::results::most;
use crate::engine::Engine;
use crate::program::{Domain, Format, Goal, Program, ProgramDigest, ScoreBody, Value, Variable, VariableId};

/// Fields, scores, outputs, stages, outcomes, and the names of everything that a decision or explanation refers to by index.
pub fn describe(engine: &Engine, digest: &ProgramDigest) -> String {
    let program = engine.program();
    let mut json = Json::default();
    json.open('{');
    json.key("policy").text(&program.policy);
    json.key("version").text(&program.version);
    json.key("logic").hex(&program.logic);
    json.key("program").hex(digest);
    texts(&mut json, "names", &mut program.variables.iter().map(|variable| &variable.name));
    json.key("fields").open('[');
    for (at, variable) in program.variables.iter().take(program.fields.len()).enumerate() {
        field(engine, at, variable, &mut json);
    }
    json.close(']');
    scores(program, &mut json);
    json.key("outputs").open('[');
    for (at, variable) in engine.outputs() {
        let variable_id = (at + engine.first_output()) as VariableId;
        let table = program.tables.iter().find(|table| table.outputs.contains(&variable_id));
        json.open('{');
        json.key("name").text(&variable.name);
        json.key("table").text(table.map_or("", |table| &table.id));
        #[cfg(feature = "full")]
        match super::hits::values(program, variable_id) {
            Some(elements) => super::hits::list(elements, &mut json),
            None => values(&variable.domain, &mut json),
        }
        #[cfg(not(feature = "full"))]
        values(&variable.domain, &mut json);
        json.close('}');
    }
    json.close(']');
    json.key("tables").open('[');
    for table in &program.tables {
        json.open('{');
        json.key("id").text(&table.id);
        texts(&mut json, "rows", &mut table.rows.iter().map(|row| &row.id));
        json.close('}');
    }
    json.close(']');
    stages(program, &mut json);
    // The screen of a slice tells nothing: its rows come out as messages.
    let screen = if program.slice.is_none() { program.screen.as_slice() } else { &[] };
    texts(&mut json, "screen", &mut screen.iter().map(|row| &row.id));
    json.key("slice").bool(program.slice.is_some());
    if engine.is_provisional() {
        json.key("provisional").bool(true);
    }
    if let Some(messages) = &program.messages {
        json.key("messages").open('{');
        texts(&mut json, "ids", &mut messages.ids.iter());
        json.key("routes");
        numbers(&mut json, &messages.routes);
        json.key("screen");
        numbers(&mut json, &messages.screen);
        json.key("otherwise").number(u64::from(messages.otherwise));
        json.close('}');
    }
    let (outcomes, routes) = program.route.as_ref().map_or((&[][..], &[][..]), |route| (&route.outcomes, &route.rows));
    texts(&mut json, "outcomes", &mut outcomes.iter());
    texts(&mut json, "routes", &mut routes.iter().map(|row| &row.id));
    json.key("ask").open('{');
    json.key("settle").text(match program.ask.settle {
        Goal::Route => "route",
        Goal::Stage => "stage",
        Goal::Output(output) => name(program, output),
    });
    if let Some(count) = program.ask.per_visit {
        json.key("perVisit").number(u64::from(count));
    }
    json.key("questions").open('[');
    for &field in &program.ask.questions {
        let Some(facts) = program.fields.get(usize::from(field)) else { continue };
        json.open('{');
        json.key("field").text(name(program, field));
        json.key("required").bool(facts.required);
        json.key("always").bool(facts.always);
        json.key("after").number(u64::from(facts.after));
        json.key("cost").number(facts.cost.unsigned_abs());
        json.key("gated").bool(facts.gate.is_some());
        json.close('}');
    }
    json.close(']');
    json.close('}');
    #[cfg(feature = "full")]
    {
        json.key("queues").open('[');
        for queue in &program.life.queues {
            json.open('{');
            json.key("name").text(&queue.name);
            texts(&mut json, "members", &mut queue.members.iter().map(|member| &member.id));
            for (key, found) in [("owner", queue.owner), ("account", queue.account)] {
                if let Some(found) = found {
                    json.key(key).text(name(program, found.field));
                }
            }
            json.close('}');
        }
        json.close(']');
        events(program, &mut json);
        super::hits::describe(program, &mut json);
    }
    json.key("room").number(most(engine) as u64);
    json.key("identity").open('[');
    for fields in &program.identity {
        numbers(&mut json, fields);
    }
    json.close(']');
    json.close('}');
    json.finish()
}

fn scores(program: &Program, json: &mut Json) {
    json.key("scores").open('[');
    for score in &program.scores {
        json.open('{');
        json.key("name").text(name(program, score.variable));
        if let ScoreBody::Groups(groups) = &score.body {
            json.key("groups").open('[');
            for group in groups {
                json.open('{');
                json.key("id").text(&group.id);
                json.key("rules").open('[');
                for rule in &group.rules {
                    json.open('{');
                    json.key("id").text(&rule.id);
                    texts(json, "keys", &mut rule.cases.iter().map(|case| &case.key));
                    json.close('}');
                }
                json.close(']');
                json.close('}');
            }
            json.close(']');
        }
        json.close('}');
    }
    json.close(']');
}

fn stages(program: &Program, json: &mut Json) {
    json.key("stages").open('[');
    let stage = program.stages.as_ref().and_then(|stages| program.variables.get(usize::from(stages.variable)));
    if let Some(Domain::Finite(values)) = stage.map(|variable| &variable.domain) {
        plain(values, json);
    }
    json.close(']');
    json.key("moves").open('[');
    if let Some(stages) = &program.stages {
        for item in &stages.moves {
            json.open('{');
            json.key("id").text(&item.id);
            json.key("to").number(u64::from(item.to));
            json.close('}');
        }
        // Decisions number moves of other kinds from here on.
        #[cfg(feature = "full")]
        for item in &program.life.moves {
            json.open('{');
            json.key("id").text(&item.id);
            json.key("to").number(u64::from(item.to));
            json.close('}');
        }
    }
    json.close(']');
}

fn field(engine: &Engine, at: usize, variable: &Variable, json: &mut Json) {
    let program = engine.program();
    let Some(facts) = program.fields.get(at) else { return };
    json.open('{');
    json.key("name").text(&variable.name);
    values(&variable.domain, json);
    if matches!(variable.domain, Domain::Text) {
        json.key("maxLength").number(u64::from(facts.max_length));
        if !engine.is_read(at as VariableId) && facts.format == Format::Any {
            json.key("unread").bool(true);
        }
    }
    if facts.from_host {
        json.key("host").bool(true);
    }
    if facts.questioned {
        json.key("questioned").bool(true);
        texts(json, "choices", &mut facts.choices.iter().map(|choice| &choice.id));
    }
    json.close('}');
}

/// Event types, signals, and whether anything rests on them.
#[cfg(feature = "full")]
fn events(program: &Program, json: &mut Json) {
    let events = &program.life.events;
    json.key("events").open('[');
    for kind in &events.types {
        json.open('{');
        json.key("name").text(&kind.name);
        json.key("attributes").open('[');
        for attribute in kind.attributes.iter().filter_map(|&at| events.attributes.get(usize::from(at))) {
            json.open('{');
            json.key("name").text(&attribute.name);
            values(&attribute.domain, json);
            json.close('}');
        }
        json.close(']');
        json.close('}');
    }
    json.close(']');
    json.key("signals").open('[');
    events.signals.iter().for_each(|signal| json.text(name(program, signal.field)));
    json.close(']');
    json.key("live").bool(!events.is_empty());
}

/// The type, and the values where they are finite. Numbers among them are asked for one by one, for writing doubles takes machinery.
fn values(domain: &Domain, json: &mut Json) {
    json.key("type").text(match domain {
        Domain::Int(..) => "int",
        Domain::Double(..) => "double",
        Domain::Text | Domain::Any => "string",
        Domain::Finite(values) => type_of(values),
    });
    if let Domain::Finite(values) = domain {
        json.key("values").open('[');
        plain(values, json);
        json.close(']');
    }
}

/// The type of values.
pub fn type_of(values: &[Value]) -> &'static str {
    match values.first() {
        Some(Value::Bool(_)) => "bool",
        Some(Value::Int(_)) => "int",
        Some(Value::Double(_)) => "double",
        _ => "enum",
    }
}

/// Values, with null for numbers.
pub fn plain(values: &[Value], json: &mut Json) {
    for value in values {
        match value {
            Value::String(text) => json.text(text),
            Value::Bool(value) => json.bool(*value),
            _ => json.null(),
        }
    }
}

fn texts(json: &mut Json, key: &str, texts: &mut dyn Iterator<Item = &String>) {
    json.key(key).open('[');
    for text in texts {
        json.text(text);
    }
    json.close(']');
}

fn numbers(json: &mut Json, numbers: &[u16]) {
    json.open('[');
    for &number in numbers {
        json.number(u64::from(number));
    }
    json.close(']');
}

fn name(program: &Program, variable: VariableId) -> &str {
    program.variables.get(usize::from(variable)).map(|variable| variable.name.as_str()).unwrap_or_default()
}
