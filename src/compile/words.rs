//! Texts for people: apart from the program, by locale, so that a page loads only its own.

use std::collections::BTreeMap;

use crate::document::{Document, PageDef, Words as Written};
use crate::program::{ABSENT, Cell, Cut, DECLINED, Domain, FAULT, FIRST_VALUE, FormulaId, MASKED, Program, ScoreBody, SlotId, Value};

/// For each locale (empty where the author wrote one text for all) the texts by path: `scores.fit.need.seats`, `route.east`, `fields.seats`, `ask.seats`, `ask.seats.help`, `ask.seats.choices.small`,
/// `tables.grade.hot`, `stages.mql`, `moves.qualify`, `screen.unreachable`, `groups.fit.need`, `messages.soon`.
pub type Words = BTreeMap<String, BTreeMap<String, String>>;

/// All texts of a document.
pub fn words(document: &Document) -> Words {
    let mut words = public_words(document, document.page.as_ref());
    let mut put = |path: String, written: &Written| put(&mut words, path, written);
    for row in &document.screen {
        put(format!("screen.{}", row.id.value), &row.because);
    }
    for score in &document.scores {
        for group in &score.groups {
            let place = match &group.id {
                Some(id) => {
                    put(format!("groups.{}.{}", score.name.value, id.value), &group.label);
                    format!("scores.{}.{}", score.name.value, id.value)
                }
                None => format!("scores.{}", score.name.value),
            };
            for rule in &group.rules {
                put(format!("{place}.{}", rule.id.value), &rule.because);
            }
        }
    }
    for table in &document.tables {
        for row in &table.rows {
            put(format!("tables.{}.{}", table.id.value, row.id.value), &row.because);
        }
    }
    if let Some(stages) = &document.stages {
        stages.list.iter().for_each(|stage| put(format!("stages.{}", stage.name.value), &stage.label));
        stages.moves.iter().for_each(|item| put(format!("moves.{}", item.id.value), &item.because));
    }
    if let Some(route) = &document.route {
        route.rows.iter().for_each(|row| put(format!("route.{}", row.id.value), &row.because));
    }
    words
}

/// The texts that may leave with a slice, out of the public part of a document: labels of fields, questions and choices, and messages.
pub fn public_words(document: &Document, page: Option<&PageDef>) -> Words {
    let mut words = Words::new();
    let mut put = |path: String, written: &Written| put(&mut words, path, written);
    for field in &document.fields {
        put(format!("fields.{}", field.name.value), &field.label);
    }
    for question in document.ask.iter().flat_map(|ask| &ask.questions) {
        let place = format!("ask.{}", question.field.value);
        put(place.clone(), &question.label);
        put(format!("{place}.help"), &question.help);
        question.choices.iter().for_each(|choice| put(format!("{place}.choices.{}", choice.id.value), &choice.label));
    }
    for message in page.iter().flat_map(|page| &page.messages) {
        put(format!("messages.{}", message.id.value), &message.text);
    }
    words
}

fn put(words: &mut Words, path: String, written: &Written) {
    for (locale, text) in written {
        words.entry(locale.clone()).or_default().insert(path.clone(), text.value.clone());
    }
}

/// A cell in words, with the name of its variable: "`seats` = 20".
pub fn describe_cell(program: &Program, slot: SlotId, cell: Cell) -> String {
    let Some(found) = program.slots.get(usize::from(slot)) else { return String::new() };
    let variable = program.variables.get(usize::from(found.variable));
    let name = variable.map(|variable| variable.name.as_str()).unwrap_or_default();
    let at = usize::from(cell.saturating_sub(FIRST_VALUE));
    let what = match (cell, &found.cut) {
        (ABSENT, _) => return format!("`{name}` not given"),
        (DECLINED, _) => return format!("`{name}` declined"),
        (MASKED, _) => return format!("`{name}` masked"),
        (FAULT, _) => return format!("`{name}` faulted"),
        (_, Cut::Thresholds(thresholds)) => match (at.checked_sub(1).and_then(|at| thresholds.get(at)), thresholds.get(at)) {
            (Some(from), _) => format!("= {from}"),
            (None, Some(below)) => format!("below {below}"),
            (None, None) => "any number".into(),
        },
        (_, Cut::Finite(_)) => match variable.map(|variable| &variable.domain) {
            Some(Domain::Finite(values)) => match values.get(at) {
                Some(Value::String(text)) => format!("= `{text}`"),
                Some(Value::Bool(value)) => format!("= {value}"),
                Some(Value::Int(value)) => format!("= {value}"),
                Some(Value::Double(value)) => format!("= {value}"),
                _ => "some value".into(),
            },
            _ => "some value".into(),
        },
        (_, Cut::Members(members)) => {
            let (is, lists) = members.classes.get(at).copied().unwrap_or_default();
            let text = usize::from(is).checked_sub(1).and_then(|at| members.texts.get(at)).map(|text| format!("= `{text}`"));
            let found = members.lists.iter().enumerate().filter(|(bit, _)| lists >> bit & 1 == 1);
            let found = found.filter_map(|(_, &list)| program.lists.get(usize::from(list))).map(|list| format!("in `lists.{}`", list.name));
            let passed: Vec<String> = text.into_iter().chain(found).collect();
            if passed.is_empty() { "another text".into() } else { passed.join(" and ") }
        }
        _ => "some text".into(),
    };
    format!("`{name}` {what}")
}

/// Every condition of a program with a name for people.
pub fn conditions(program: &Program) -> Vec<(String, FormulaId)> {
    let mut found = Vec::new();
    for (field, variable) in program.fields.iter().zip(&program.variables) {
        found.extend(field.gate.map(|gate| (format!("the question for {}", variable.name), gate)));
    }
    found.extend(program.screen.iter().map(|row| (format!("screen.{}", row.id), row.when)));
    for score in &program.scores {
        let name = program.variables.get(usize::from(score.variable)).map(|variable| variable.name.as_str()).unwrap_or_default();
        if let ScoreBody::Groups(groups) = &score.body {
            for rule in groups.iter().flat_map(|group| &group.rules) {
                found.extend(rule.cases.iter().map(|case| (format!("scores.{name}.{}", rule.id), case.when)));
            }
        }
    }
    for table in &program.tables {
        found.extend(table.rows.iter().map(|row| (format!("tables.{}.{}", table.id, row.id), row.when)));
    }
    found.extend(program.stages.iter().flat_map(|stages| &stages.moves).map(|item| (format!("moves.{}", item.id), item.when)));
    found.extend(program.life.moves.iter().filter_map(|item| Some((format!("moves.{}", item.id), item.when?))));
    for sop in &program.life.sops {
        let whens = sop.steps.iter().filter_map(|step| step.when.map(|when| (format!("sops.{}.{}", sop.name, step.id), when)));
        found.extend([(format!("sops.{}.enter", sop.name), sop.enter)].into_iter().chain(sop.leave.map(|leave| (format!("sops.{}.leave", sop.name), leave))).chain(whens));
    }
    found.extend(program.route.iter().flat_map(|route| &route.rows).map(|row| (format!("route.{}", row.id), row.when)));
    found
}
