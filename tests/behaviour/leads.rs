//! Leads as fixtures write them: `seats=120 title="Sales Director" budget=declined mobile=record:"138…" size=choice:team email=open from mql`.

use leadgate::engine::{Engine, Input, Lead, LeadBuilder, LeadError};
use serde_json::Value as Json;

/// A lead, the stage that it begins in, and whether anything of it is open.
pub struct Given {
    pub lead: Lead,
    pub stage: Option<u16>,
    pub open: bool,
}

/// Reads a lead; an error names the field.
pub fn read(engine: &Engine, line: &str) -> Result<Given, String> {
    let mut builder = engine.lead();
    let (mut stage, mut open) = (None, false);
    let mut words = split(line).into_iter();
    while let Some(word) = words.next() {
        if word == "from" {
            let name = words.next().expect("a stage after `from`");
            stage = Some(engine.stage(&name).unwrap_or_else(|| panic!("no stage `{name}`")));
        } else if word == "open" {
            builder.open_rest();
            open = true;
        } else {
            let (name, value) = word.split_once('=').unwrap_or_else(|| panic!("`{word}` in `{line}`"));
            open |= value == "open";
            put(&mut builder, name, value).map_err(|error| format!("{name}: {} ({error})", error.kind.code()))?;
        }
    }
    Ok(Given { lead: builder.build(), stage, open })
}

fn put(builder: &mut LeadBuilder, name: &str, value: &str) -> Result<(), LeadError> {
    match value {
        "declined" => return builder.decline(name).map(drop),
        "null" => return builder.absent(name).map(drop),
        "open" => return builder.open(name).map(drop),
        _ => {}
    }
    let (record, value) = value.strip_prefix("record:").map_or((false, value), |value| (true, value));
    let json: Json = serde_json::from_str(value).unwrap_or_else(|_| Json::String(value.to_owned()));
    let input = match &json {
        Json::Bool(value) => Input::Bool(*value),
        Json::Number(number) => number.as_i64().map_or_else(|| Input::Number(number.as_f64().unwrap()), Input::Integer),
        Json::String(text) => text.strip_prefix("choice:").map_or(Input::Text(text), Input::Choice),
        other => panic!("no answer is {other}"),
    };
    if record { builder.record(name, input) } else { builder.set(name, input) }.map(drop)
}

/// Words, with what stands in double quotes kept together.
fn split(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    let mut before = ' ';
    for character in line.chars() {
        quoted ^= character == '"' && before != '\\';
        before = character;
        if character == ' ' && !quoted {
            words.push(std::mem::take(&mut word));
        } else {
            word.push(character);
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}
