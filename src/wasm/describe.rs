//! What a program is made of, as JSON.

use super::json::Json;
use crate::engine::Engine;
use crate::program::{Domain, Format, Program, ProgramDigest, ScoreBody, Value, Variable, VariableId};

/// Fields, scores, outputs, stages, outcomes, and the names of everything that a decision or explanation refers to by index.
pub fn describe(engine: &Engine, digest: &ProgramDigest) -> String {
    let program = engine.program();
    let mut json = Json::default();
    json.object(|json| {
        json.key("policy").text(&program.policy);
        json.key("version").text(&program.version);
        json.key("logic").text(&hex(&program.logic));
        json.key("program").text(&hex(digest));
        json.key("names").texts(program.variables.iter().map(|variable| variable.name.as_str()));
        json.key("fields").list(|json| {
            for (at, variable) in program.variables.iter().take(program.fields.len()).enumerate() {
                json.object(|json| field(engine, at, variable, json));
            }
        });
        json.key("scores").list(|json| {
            for score in &program.scores {
                json.object(|json| {
                    json.key("name").text(name(program, score.variable));
                    if let ScoreBody::Groups(groups) = &score.body {
                        json.key("groups").list(|json| groups.iter().for_each(|group| json.object(|json| {
                            json.key("id").text(&group.id);
                            json.key("rules").list(|json| group.rules.iter().for_each(|rule| json.object(|json| {
                                json.key("id").text(&rule.id);
                                json.key("keys").texts(rule.cases.iter().map(|case| case.key.as_str()));
                            })));
                        })));
                    }
                });
            }
        });
        json.key("outputs").list(|json| {
            for (at, variable) in engine.outputs() {
                let variable_id = (at + engine.first_output()) as VariableId;
                let table = program.tables.iter().find(|table| table.outputs.contains(&variable_id));
                json.object(|json| {
                    json.key("name").text(&variable.name);
                    json.key("table").text(table.map_or("", |table| &table.id));
                    values(variable, json);
                });
            }
        });
        json.key("tables").list(|json| {
            for table in &program.tables {
                json.object(|json| {
                    json.key("id").text(&table.id);
                    json.key("rows").texts(table.rows.iter().map(|row| row.id.as_str()));
                });
            }
        });
        json.key("stages").list(|json| {
            let stage = program.stages.as_ref().and_then(|stages| program.variables.get(usize::from(stages.variable)));
            if let Some(Domain::Finite(values)) = stage.map(|variable| &variable.domain) {
                values.iter().for_each(|value| plain(value, json));
            }
        });
        json.key("moves").list(|json| {
            for item in program.stages.iter().flat_map(|stages| &stages.moves) {
                json.object(|json| {
                    json.key("id").text(&item.id);
                    json.key("to").number(u64::from(item.to));
                });
            }
        });
        // The screen of a slice tells nothing: its rows come out as messages.
        let screen = program.screen.iter().filter(|_| program.slice.is_none());
        json.key("screen").texts(screen.map(|row| row.id.as_str()));
        json.key("slice").bool(program.slice.is_some());
        if engine.is_provisional() {
            json.key("provisional").bool(true);
        }
        if let Some(messages) = &program.messages {
            json.key("messages").object(|json| {
                json.key("ids").texts(messages.ids.iter().map(String::as_str));
                json.key("routes").list(|json| messages.routes.iter().for_each(|&at| json.number(u64::from(at))));
                json.key("screen").list(|json| messages.screen.iter().for_each(|&at| json.number(u64::from(at))));
                json.key("otherwise").number(u64::from(messages.otherwise));
            });
        }
        json.key("outcomes").texts(program.route.iter().flat_map(|route| &route.outcomes).map(String::as_str));
        json.key("routes").texts(program.route.iter().flat_map(|route| &route.rows).map(|row| row.id.as_str()));
        json.key("ask").object(|json| {
            if let Some(count) = program.ask.per_visit {
                json.key("perVisit").number(u64::from(count));
            }
            json.key("questions").list(|json| program.ask.questions.iter().for_each(|question| json.object(|json| {
                json.key("field").text(name(program, question.field));
                json.key("required").bool(question.required);
                json.key("cost").number(question.cost.unsigned_abs());
            })));
        });
        #[cfg(feature = "full")]
        json.key("queues").list(|json| {
            for queue in &program.queues {
                json.object(|json| {
                    json.key("name").text(&queue.name);
                    json.key("members").texts(queue.members.iter().map(|member| member.id.as_str()));
                });
            }
        });
        json.key("identity").list(|json| {
            for fields in &program.identity {
                json.list(|json| fields.iter().for_each(|&field| json.number(u64::from(field))));
            }
        });
    });
    json.finish()
}

fn field(engine: &Engine, at: usize, variable: &Variable, json: &mut Json) {
    let program = engine.program();
    json.key("name").text(&variable.name);
    values(variable, json);
    let Some(facts) = program.fields.get(at) else { return };
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
        json.key("choices").texts(facts.choices.iter().map(|choice| choice.id.as_str()));
    }
}

/// The type, and the values where they are finite. Numbers among them are asked for one by one, for writing doubles takes machinery.
fn values(variable: &Variable, json: &mut Json) {
    let (ty, listed) = match &variable.domain {
        Domain::Int(..) => ("int", None),
        Domain::Double(..) => ("double", None),
        Domain::Text | Domain::Any => ("string", None),
        Domain::Finite(values) => match values.first() {
            Some(Value::Bool(_)) => ("bool", Some(values)),
            Some(Value::Int(_)) => ("int", Some(values)),
            Some(Value::Double(_)) => ("double", Some(values)),
            _ => ("enum", Some(values)),
        },
    };
    json.key("type").text(ty);
    if let Some(values) = listed {
        json.key("values").list(|json| values.iter().for_each(|value| plain(value, json)));
    }
}

fn plain(value: &Value, json: &mut Json) {
    match value {
        Value::String(text) => json.text(text),
        Value::Bool(value) => json.bool(*value),
        _ => json.null(),
    }
}

fn name(program: &Program, variable: VariableId) -> &str {
    program.variables.get(usize::from(variable)).map(|variable| variable.name.as_str()).unwrap_or_default()
}

/// Bytes in hexadecimal.
fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
