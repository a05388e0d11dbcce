//! The sections about the form and the page: `ask`, `page`.

use super::reader::{Reader, Seen};
use crate::document::keys;
use crate::document::model::{AskDef, ChoiceDef, Code, MessageDef, PageDef, QuestionDef};
use crate::document::yaml::{Entry, Kind, Node};
use crate::report::{Diagnostic, Spanned};

/// The greatest weight of an answer.
const MOST_WEIGHT: f64 = 1e9;

/// Reads `ask`.
pub fn ask(reader: &mut Reader<'_>, node: &Node) -> Option<AskDef> {
    let map = reader.closed(node, "`ask`", &keys::ASK)?;
    let settle = map.get("settle").and_then(|node| reader.reference(node, "`settle`"));
    let per_visit = map.get("per_visit").and_then(|node| reader.whole(node, "`per_visit`", 1, 1000));
    let mut questions = Vec::new();
    if let Some(node) = map.get("questions") {
        let mut seen = Seen::default();
        for item in reader.items(node, "`questions`", "write a list: [{ field: seats, label: How many seats? }]") {
            let Some(question) = question(reader, item) else { continue };
            if let Some(first) = seen.add(&question.field.value, question.field.span) {
                let problem = Diagnostic::error("duplicate-name", question.field.span, format!("there are two questions for the field `{}`", question.field.value));
                reader.diagnostics.push(problem.related(first, "the first one is here").help("a field has one question: put the conditions together with `||`"));
            } else {
                questions.push(question);
            }
        }
    }
    Some(AskDef { settle, per_visit: per_visit.and_then(|count| u32::try_from(count).ok()), questions })
}

fn question(reader: &mut Reader<'_>, node: &Node) -> Option<QuestionDef> {
    let name = node.get("field").and_then(Node::text).map_or("a question".to_string(), |field| format!("the question for `{field}`"));
    let map = reader.closed(node, &name, &keys::QUESTION)?;
    let field = map.get("field").and_then(|node| reader.reference(node, "`field`"));
    let label = reader.words(map.get("label"), "`label`");
    let help = reader.words(map.get("help"), "`help`");
    let mut choices = Vec::new();
    if let Some(node) = map.get("choices") {
        for entry in reader.entries(node, "`choices`", "write a map of ids: { small: 1..19, large: \">= 20\" }") {
            choices.extend(choice(reader, entry));
        }
    }
    let when = map.get("when").map(|node| reader.condition(node, "`when`"));
    let cost = map.get("cost").and_then(|node| reader.number(node, "`cost`")).filter(|cost| {
        let right = (0.0..=1000.0).contains(&cost.value);
        if !right {
            reader.error("out-of-range", cost.span, "`cost` must be from 0 to 1000", "1 is a question of usual friction");
        }
        right
    });
    let flag = |reader: &mut Reader<'_>, key| map.get(key).and_then(|node| reader.flag(node, &format!("`{key}`"))).unwrap_or(false);
    let (required, always) = (flag(reader, "required"), flag(reader, "always"));
    let after = map.get("after").and_then(|node| reader.whole(node, "`after`", 0, 1000)).unwrap_or(0);
    let prior = map.get("prior").map(|node| prior(reader, node)).unwrap_or_default();
    let when = match when {
        None => None,
        Some(Some(when)) => Some(when),
        Some(None) => return None,
    };
    Some(QuestionDef { field: field?, label, help, choices, when, cost: cost.map(|cost| cost.value), required, always, after: after as u32, prior })
}

fn prior(reader: &mut Reader<'_>, node: &Node) -> Vec<(Code, Spanned<f64>)> {
    const HELP: &str = "write weights by answer: { small: 5, large: 1, unanswered: 2 }";
    let entries = reader.entries(node, "`prior`", HELP);
    if entries.is_empty() && matches!(node.kind, Kind::Mapping(_)) {
        reader.error("empty-list", node.span, "`prior` is empty", HELP);
    }
    let mut found = Vec::new();
    for entry in entries {
        let key = reader.test(&entry.key, "a key of `prior`");
        let weight = reader.number(&entry.value, &format!("the weight of `{}`", entry.name()));
        if let (Some(key), Some(weight)) = (key, weight) {
            if !(0.0..=MOST_WEIGHT).contains(&weight.value) {
                reader.error("out-of-range", weight.span, format!("the weight of `{}` must be from 0 to {MOST_WEIGHT}", entry.name()), "weights say how often answers come against each other, such as 3 and 1");
            }
            found.push((key, weight));
        }
    }
    found
}

fn choice(reader: &mut Reader<'_>, entry: &Entry) -> Option<ChoiceDef> {
    let id = reader.id(&entry.key, "a choice");
    let what = format!("choice `{}`", entry.name());
    let (test, label) = match &entry.value.kind {
        Kind::Mapping(_) => {
            let map = reader.closed(&entry.value, &what, &keys::CHOICE)?;
            let test = map.get("is").and_then(|node| reader.test(node, &what));
            (test, reader.words(map.get("label"), "`label`"))
        }
        _ => (reader.test(&entry.value, &what), Vec::new()),
    };
    Some(ChoiceDef { id: id?, test: test?, label })
}

/// Reads `page`.
pub fn page(reader: &mut Reader<'_>, node: &Node) -> Option<PageDef> {
    let map = reader.closed(node, "`page`", &keys::PAGE)?;
    let mut page = PageDef {
        fields: reader.references(map.get("fields"), "`fields`"),
        lists: reader.references(map.get("lists"), "`lists`"),
        derives: reader.references(map.get("derives"), "`derives`"),
        scores: reader.references(map.get("scores"), "`scores`"),
        tables: reader.references(map.get("tables"), "`tables`"),
        bounds: Vec::new(),
        messages: Vec::new(),
    };
    if let Some(node) = map.get("bounds") {
        for entry in reader.entries(node, "`bounds`", "write a map of names: { fit: [0, 100] }") {
            let name = reader.reference(&entry.key, "a name in `bounds`");
            let bounds = bounds(reader, entry);
            if let (Some(name), Some((low, high))) = (name, bounds) {
                page.bounds.push((name, low, high));
            }
        }
    }
    if let Some(node) = map.get("messages") {
        for entry in reader.entries(node, "`messages`", "write a map of ids: { soon: { for: [sales], en: We call you today }, thanks: Thank you }") {
            page.messages.extend(message(reader, entry));
        }
    }
    Some(page)
}

/// A message: outcomes under `for`, and everything else a text by locale.
fn message(reader: &mut Reader<'_>, entry: &Entry) -> Option<MessageDef> {
    let id = reader.id(&entry.key, "a message");
    let what = format!("the message `{}`", entry.name());
    let outcomes = entry.value.get("for").map(|node| reader.references(Some(node), "`for`"));
    let text = match &entry.value.kind {
        Kind::Mapping(entries) => {
            let words = entries.iter().filter(|entry| entry.name() != "for").cloned().collect();
            reader.words(Some(&Node { kind: Kind::Mapping(words), span: entry.value.span }), &what)
        }
        _ => reader.words(Some(&entry.value), &what),
    };
    Some(MessageDef { id: id?, outcomes, text })
}

fn bounds(reader: &mut Reader<'_>, entry: &Entry) -> Option<(f64, f64)> {
    let what = format!("the range of `{}`", entry.name());
    let [low, high] = reader.items(&entry.value, &what, "write two numbers: [0, 100]") else {
        if matches!(entry.value.kind, Kind::Sequence(_)) {
            reader.error("bad-range", entry.value.span, format!("{what} must be two numbers"), "write [lowest, highest]");
        }
        return None;
    };
    let (low, high) = (reader.number(low, &what), reader.number(high, &what));
    let (low, high) = (low?, high?);
    reader.check_order(low.value <= high.value, low.span.to(high.span), &what)?;
    Some((low.value, high.value))
}
