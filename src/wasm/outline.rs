//! The parts of a document for editors: what a form, a list of golden leads and completion are made of.

use serde_json::{Map, Value, json};

use crate::author::Study;
use crate::compile::GoldenLead;
use crate::program::{Format, Value as Given};
use crate::document::{AnswerDef, Document, FieldDef, FieldType, GroupDef, QuestionDef, Scalar, ScoreDef, Source, TestDef};
use crate::report::{Sources, Span, Spanned, locate};

/// The outline as JSON; see `Outline` in the package's declarations. `null` where the document could not be read.
pub fn outline(study: &Study) -> Value {
    let Some(document) = &study.document else { return Value::Null };
    let sources = &study.sources;
    let questions = document.ask.iter().flat_map(|ask| &ask.questions);
    let stages = document.stages.iter().flat_map(|stages| &stages.list);
    let outcomes = document.route.iter().flat_map(|route| &route.outcomes);
    json!({
        "policy": document.policy,
        "version": document.version,
        "fields": document.fields.iter().map(|item| field(item, sources)).collect::<Vec<_>>(),
        "lists": document.lists.iter().map(|list| &list.name.value).collect::<Vec<_>>(),
        "derives": document.derives.iter().map(|derive| &derive.name.value).collect::<Vec<_>>(),
        "questions": questions.map(question).collect::<Vec<_>>(),
        "scores": document.scores.iter().map(score).collect::<Vec<_>>(),
        "outputs": document.tables.iter().flat_map(|table| &table.outputs).map(|output| &output.name.value).collect::<Vec<_>>(),
        "stages": stages.map(|stage| &stage.name.value).collect::<Vec<_>>(),
        "outcomes": texts(outcomes.clone()),
        "golden": document.tests.iter().enumerate().map(|(at, test)| golden(test, document, study.golden.get(at).filter(|_| study.draft.is_some()), sources)).collect::<Vec<_>>(),
    })
}

fn texts<'a>(items: impl Iterator<Item = &'a Spanned<String>>) -> Vec<&'a str> {
    items.map(|item| item.value.as_str()).collect()
}

fn line(span: Span, sources: &Sources) -> usize {
    locate(span, sources).map_or(1, |place| place.start.line)
}

/// Bounds that were not given are left out rather than written as numbers that nobody would type.
fn field(field: &FieldDef, sources: &Sources) -> Value {
    let mut map = Map::new();
    map.insert("name".into(), field.name.value.as_str().into());
    map.insert("type".into(), type_name(field.ty).into());
    map.insert("line".into(), line(field.name.span, sources).into());
    if field.ty == FieldType::Enum {
        map.insert("values".into(), texts(field.values.iter()).into());
    }
    let facts = [
        ("min", field.min.as_ref().map(|bound| number(bound.value))),
        ("max", field.max.as_ref().map(|bound| number(bound.value))),
        ("maxLength", field.max_length.map(Value::from)),
        ("unit", field.unit.as_deref().map(Value::from)),
        ("email", (field.format == Format::Email).then(|| true.into())),
        ("host", field.from_host.then(|| true.into())),
    ];
    map.extend(facts.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))));
    map.into()
}

fn type_name(ty: FieldType) -> &'static str {
    match ty {
        FieldType::String => "string",
        FieldType::Int => "int",
        FieldType::Double => "double",
        FieldType::Bool => "bool",
        FieldType::Enum => "enum",
    }
}

fn question(question: &QuestionDef) -> Value {
    let choices = question.choices.iter().map(|choice| json!({ "id": choice.id.value, "is": choice.test.text }));
    json!({
        "field": question.field.value,
        "choices": choices.collect::<Vec<_>>(),
        "gated": question.when.is_some(),
        "required": question.required,
    })
}

fn score(score: &ScoreDef) -> Value {
    let points = |bound: i64| number(bound as f64 / 1000.0);
    let group = |group: &GroupDef| {
        json!({
            "id": group.id.as_ref().map(|id| &id.value),
            "min": group.min.map(points),
            "max": group.max.map(points),
            "rules": group.rules.iter().map(|rule| &rule.id.value).collect::<Vec<_>>(),
        })
    };
    json!({
        "name": score.name.value,
        "range": score.range.map(|(low, high)| [points(low), points(high)]),
        "sum": score.sum.as_ref().map(|scores| texts(scores.iter())),
        "groups": score.groups.iter().map(group).collect::<Vec<_>>(),
    })
}

fn golden(test: &TestDef, document: &Document, result: Option<&GoldenLead>, sources: &Sources) -> Value {
    let lead: Map<String, Value> = test.lead.iter().map(|(name, given)| (name.value.clone(), answer(&name.value, given, document))).collect();
    let expected = result.iter().flat_map(|result| &result.expected);
    json!({
        "id": test.id.value,
        "line": line(test.id.span, sources),
        "lead": lead,
        "stage": test.given.get("state").map(plain).and_then(|state| state.get("stage").cloned()),
        "given": test.given.entries.iter().map(|(name, value)| (name.clone(), plain(value))).collect::<Map<_, _>>(),
        "passes": result.map(|result| result.passes),
        "expected": expected.map(|item| json!({ "name": item.name, "wanted": item.wanted, "actual": item.actual, "holds": item.holds })).collect::<Vec<_>>(),
    })
}

/// A plain value as JSON.
fn plain(value: &Given) -> Value {
    match value {
        Given::Bool(value) => (*value).into(),
        Given::Int(value) => (*value).into(),
        Given::Double(value) => number(*value),
        Given::String(text) => (**text).into(),
        Given::List(items) => items.iter().map(plain).collect(),
        Given::Map(entries) => entries.iter().filter_map(|(name, value)| if let Given::String(name) = name { Some((name.to_string(), plain(value))) } else { None }).collect::<Map<_, _>>().into(),
        _ => Value::Null,
    }
}

/// An answer as `decide` takes it.
fn answer(name: &str, answer: &AnswerDef, document: &Document) -> Value {
    match answer {
        AnswerDef::Declined(_) => json!({ "declined": true }),
        AnswerDef::Choice(id) => json!({ "choice": id.value }),
        AnswerDef::Range(range, value) => json!({ "range": range.text, "as": number(value.value) }),
        AnswerDef::Value(value, source) => {
            // What looks like a number or bool is a text where the field is one, as when the golden lead is decided.
            let is_text = document.fields.iter().any(|field| field.name.value == name && matches!(field.ty, FieldType::String | FieldType::Enum));
            let value = match &value.value {
                Scalar::Null => Value::Null,
                Scalar::Bool(value) if is_text => value.to_string().into(),
                Scalar::Int(value) if is_text => value.to_string().into(),
                Scalar::Bool(value) => (*value).into(),
                Scalar::Int(value) => (*value).into(),
                Scalar::Double(value) => number(*value),
                Scalar::String(text) => text.as_str().into(),
            };
            match source {
                Source::Record => json!({ "value": value, "source": "record" }),
                Source::Typed => value,
            }
        }
    }
}

/// A number as JavaScript reads it; JSON has none for what is not finite.
fn number(value: f64) -> Value {
    serde_json::Number::from_f64(value).map_or(Value::Null, Value::Number)
}
