//! The section `tests`: golden leads.

use super::moments::is_moment;
use super::reader::{Closed, Reader, place};
use crate::document::keys;
use crate::document::plain::Given;
use crate::document::model::{AnswerDef, ExpectDef, Scalar, Source, TestDef, TestStepDef};
use crate::document::yaml::{Entry, Kind, Node};
use crate::engine::machine::timestamp_of;
use crate::program::Value;
use crate::report::{Diagnostic, Spanned};

/// Reads the section.
pub fn read(reader: &mut Reader<'_>, node: &Node) -> Vec<TestDef> {
    let entries = reader.entries(node, "`tests`", "write `name: { lead: { … }, expect: { … } }` for each golden lead");
    entries.iter().filter_map(|entry| test(reader, entry)).collect()
}

fn test(reader: &mut Reader<'_>, entry: &Entry) -> Option<TestDef> {
    let id = reader.id(&entry.key, "a test");
    let what = format!("test `{}`", entry.name());
    let map = reader.closed(&entry.value, &what, &keys::TEST)?;
    let mut lead = Vec::new();
    if let Some(node) = map.get("lead").filter(|node| !node.is_null()) {
        for entry in reader.entries(node, "`lead`", "write a map of fields: { seats: 120, industry: finance }") {
            let name = reader.reference(&entry.key, "a field of a lead");
            let answer = answer(reader, entry);
            if let (Some(name), Some(answer)) = (name, answer) {
                lead.push((name, answer));
            }
        }
    }
    let mut given = Given::default();
    if let Some(node) = map.get("now").filter(|node| moment(reader, node).is_some()) {
        given.add("now", node);
    }
    if let Some(node) = map.get("state").filter(|node| reader.closed(node, "`state`", &keys::STATE).is_some()) {
        given.add("state", node);
    }
    if let Some(node) = map.get("events") {
        reader.items(node, "`events`", "write a list: [{ type: email_click, ago: 3d }]");
        given.add("events", node);
        ago(reader, node, &mut given);
    }
    let steps = match map.get("steps") {
        Some(node) => reader.items(node, "`steps`", "write a list: [{ at: 2026-11-21T09:00:00+08:00, event: accepted, expect: { stage: sql } }]").iter().filter_map(|node| step(reader, node)).collect(),
        None => Vec::new(),
    };
    if map.get("expect").is_none() && map.get("steps").is_none() {
        reader.error("missing-key", place(map.node), format!("{what} has no `expect`"), "write what must come out: { grade: A, route: owner }");
    }
    let expect = expectations(reader, map, &what);
    Some(TestDef { id: id?, lead, given, steps, expect })
}

fn step(reader: &mut Reader<'_>, node: &Node) -> Option<TestStepDef> {
    let map = reader.closed(node, "a step", &keys::STEP)?;
    let mut given = Given::default();
    let at = map.get("at").filter(|node| moment(reader, node).is_some())?;
    given.add("now", at);
    for key in ["event", "move", "reason", "by"] {
        if let Some(node) = map.get(key).filter(|node| reader.raw_text(node, &format!("`{key}`")).is_some()) {
            given.add(key, node);
        }
    }
    let expect = expectations(reader, map, "a step");
    let sent = map.get("sent").map(|node| reader.references(Some(node), "`sent`"));
    Some(TestStepDef { given, span: place(node), expect, sent })
}

fn expectations(reader: &mut Reader<'_>, map: Closed<'_>, what: &str) -> Vec<(Spanned<String>, ExpectDef)> {
    let mut expect = Vec::new();
    if let Some(node) = map.get("expect") {
        let entries = reader.entries(node, "`expect`", "write what must come out: { grade: A, route: owner }");
        if entries.is_empty() && matches!(node.kind, Kind::Mapping(_)) {
            reader.error("empty-list", node.span, format!("{what} expects nothing"), "write what must come out: { grade: A, route: owner }");
        }
        expect.extend(entries.iter().filter_map(|entry| expectation(reader, entry)));
    }
    expect
}

/// Times before the decision become times: `ago: 3d`.
fn ago(reader: &mut Reader<'_>, node: &Node, given: &mut Given) {
    let now = match given.get("now") {
        Some(Value::String(text)) => timestamp_of(text).map(|now| now.seconds() * 1000 + i64::from(now.nanos() / 1_000_000)),
        _ => None,
    };
    let Kind::Sequence(items) = &node.kind else { return };
    let mut times = Vec::new();
    for item in items {
        let Some(ago) = item.get("ago") else {
            times.push(None);
            continue;
        };
        if let Some(at) = item.get("at") {
            let problem = Diagnostic::error("misplaced-key", ago.span, "an event has both `at` and `ago`");
            reader.diagnostics.push(problem.related(at.span, "`at` is given here").help("keep one of them"));
        } else if now.is_none() {
            reader.error("missing-key", ago.span, "`ago` is before the decision, and it is not said when that is", "add `now` to the golden lead");
        }
        times.push(reader.duration(ago, "`ago`").zip(now).map(|(ago, now)| now - ago.value));
    }
    let Some(Value::List(events)) = given.get("events") else { return };
    let events = events.iter().zip(times).map(|(event, at)| match (event, at) {
        (Value::Map(entries), Some(at)) => {
            let is = |name: &Value, wanted: &str| matches!(name, Value::String(name) if **name == *wanted);
            let rest = entries.iter().filter(|(name, _)| !is(name, "ago")).cloned();
            Value::Map(rest.chain([(Value::String("at".into()), Value::Int(at))]).collect())
        }
        (event, _) => event.clone(),
    });
    let events = Value::List(events.collect());
    if let Some(place) = given.get_mut("events") {
        *place = events;
    }
}

fn moment(reader: &mut Reader<'_>, node: &Node) -> Option<Spanned<String>> {
    let text = reader.raw_text(node, "`now`")?;
    if is_moment(&text.value) {
        return Some(text);
    }
    reader.error("bad-date", text.span, format!("`{}` is not a moment", super::reader::short(&text.value)), "write date, time and offset: 2026-11-21T09:00:00+08:00");
    None
}

fn expectation(reader: &mut Reader<'_>, entry: &Entry) -> Option<(Spanned<String>, ExpectDef)> {
    let name = reader.reference(&entry.key, "a name in `expect`");
    let expected = match &entry.value.kind {
        Kind::Sequence(_) if entry.name() == "faults" => ExpectDef::Names(reader.references(Some(&entry.value), "`faults`")),
        // A move may be made twice.
        Kind::Sequence(items) if entry.name() == "moves" => ExpectDef::Names(items.iter().filter_map(|item| reader.reference(item, "each of `moves`")).collect()),
        _ if matches!(entry.name(), "faults" | "moves") => {
            reader.wrong(&entry.value, &format!("`{}`", entry.name()), "a list", "write the names, [] for none");
            return None;
        }
        Kind::Sequence(items) => {
            let what = format!("what is expected of `{}`", entry.name());
            ExpectDef::List(items.iter().map(|item| reader.scalar(item, &what)).collect::<Option<_>>()?, entry.value.span)
        }
        _ => ExpectDef::Value(reader.scalar(&entry.value, &format!("what is expected of `{}`", entry.name()))?),
    };
    Some((name?, expected))
}

fn answer(reader: &mut Reader<'_>, entry: &Entry) -> Option<AnswerDef> {
    let what = format!("the answer for `{}`", entry.name());
    let node = &entry.value;
    if !matches!(node.kind, Kind::Mapping(_)) {
        return reader.scalar(node, &what).map(|value| AnswerDef::Value(value, Source::Typed));
    }
    let map = reader.closed(node, &what, &keys::ANSWER)?;
    let has = |key: &str| node.get(key).is_some();
    let forms = [has("declined"), has("choice"), has("range") || has("as"), has("value") || has("source")];
    if forms.iter().filter(|&&given| given).count() != 1 {
        reader.error("wrong-type", place(node), format!("{what} is not one answer"), "write a value, { declined: true }, { choice: id }, { range: 20..99, as: 50 } or { value: …, source: record }");
        return None;
    }
    match forms {
        [true, ..] => declined(reader, map, node),
        [_, true, ..] => map.get("choice").and_then(|node| reader.reference(node, "`choice`")).map(AnswerDef::Choice),
        [_, _, true, _] => range(reader, map, node, &what),
        _ => value(reader, map, node, &what),
    }
}

fn declined(reader: &mut Reader<'_>, map: Closed<'_>, node: &Node) -> Option<AnswerDef> {
    if map.get("declined").and_then(|node| reader.flag(node, "`declined`"))? {
        return Some(AnswerDef::Declined(node.span));
    }
    reader.error("wrong-type", node.span, "`declined` is true or not given", "leave the field out where the question was not refused");
    None
}

fn range(reader: &mut Reader<'_>, map: Closed<'_>, node: &Node, what: &str) -> Option<AnswerDef> {
    let range = map.get("range").and_then(|node| reader.test(node, "`range`"));
    let number = map.get("as").and_then(|node| reader.number(node, "`as`"));
    if map.get("range").is_none() || map.get("as").is_none() {
        reader.error("missing-key", place(node), format!("{what} has a `range` without `as`, or the other way round"), "write both: { range: 20..99, as: 50 }");
    }
    Some(AnswerDef::Range(range?, number?))
}

fn value(reader: &mut Reader<'_>, map: Closed<'_>, node: &Node, what: &str) -> Option<AnswerDef> {
    let source = match map.get("source") {
        Some(node) => reader.one_of(node, "`source`", &[("typed", Source::Typed), ("record", Source::Record)]),
        None => Some(Source::Typed),
    };
    let value = match map.get("value") {
        Some(node) => reader.scalar(node, "`value`"),
        None => {
            reader.error("missing-key", place(node), format!("{what} has a `source` but no `value`"), "write { value: …, source: record }");
            None
        }
    };
    let value: Spanned<Scalar> = value?;
    Some(AnswerDef::Value(value, source?))
}
