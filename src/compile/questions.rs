//! The form's questions, and their choices: values, and ranges that no condition splits.

use super::Builder;
use super::cut::cells_between;
use super::names::{duplicates, listed, unknown};
use crate::cel::unary::{Bound, Test};
use crate::document::{ChoiceDef, QuestionDef};
use crate::engine::text::{normalize, uscc, valid_email};
use crate::program::{Choice, Cut, Domain, FIRST_VALUE, Format, Milli, Value, VariableId};
use crate::report::{Diagnostic, Spanned};

/// What names are of, the names, and those that there are.
type NameCheck<'a> = (&'a str, &'a [Spanned<String>], &'a [String]);

impl Builder<'_> {
    /// The questions with their choices.
    pub fn choices(&mut self) {
        let document = self.document;
        let questions: Vec<&QuestionDef> = document.ask.iter().flat_map(|ask| &ask.questions).collect();
        duplicates(&mut self.report, "question for", questions.iter().map(|question| &question.field));
        self.program.ask.per_visit = document.ask.as_ref().and_then(|ask| ask.per_visit);
        for question in questions {
            let Some(&field) = self.index.get(&question.field.value).filter(|&&at| at < self.program.fields.len()) else { continue };
            duplicates(&mut self.report, "choice", question.choices.iter().map(|choice| &choice.id));
            let mut made = Vec::new();
            for choice in &question.choices {
                if let Some(test) = self.test(&choice.test) {
                    match self.choice(field as VariableId, choice, &test) {
                        Ok(choice) => made.push(choice),
                        Err(found) => self.error(found),
                    }
                }
            }
            if let Some(facts) = self.program.fields.get_mut(field) {
                facts.choices = made;
                facts.required = question.required;
                facts.cost = (document.cost(question) * 1000.0).round() as Milli;
                facts.always = question.always;
                facts.after = question.after;
            }
            self.program.ask.questions.push(field as VariableId);
        }
        self.page_names();
        self.settle();
    }

    fn choice(&self, field: VariableId, choice: &ChoiceDef, test: &Test) -> Result<Choice, Diagnostic> {
        let id = choice.id.value.clone();
        let name = self.program.variables.get(usize::from(field)).map(|variable| variable.name.clone()).unwrap_or_default();
        let wrong = |message: String, help: &str| Err(Diagnostic::error("wrong-choice", choice.test.span, message).help(help));
        let domain = self.program.variables.get(usize::from(field)).map(|variable| &variable.domain);
        match domain {
            Some(Domain::Finite(values)) => {
                let Some(word) = test.literal() else {
                    return wrong(format!("the choice `{id}` must be one value of the field `{name}`"), "a choice of an enum or bool is one of its values");
                };
                match place_of(values, word).and_then(|at| values.get(at)) {
                    Some(value) => Ok(Choice { id, value: value.clone(), range: false }),
                    None if matches!(values.first(), Some(Value::Bool(_))) => wrong(format!("`{word}` is not a value of the field `{name}`"), "write `true` or `false`"),
                    None => {
                        let known: Vec<&str> = values.iter().filter_map(|value| if let Value::String(text) = value { Some(&**text) } else { None }).collect();
                        Err(unknown("unknown-value", &Spanned::new(word.to_string(), choice.test.span), &format!("`{word}` is not a value of the field `{name}`"), &known))
                    }
                }
            }
            Some(Domain::Text) => match test.literal() {
                Some(word) => self.text_choice(field, choice, word),
                None => wrong(format!("the choice `{id}` must be one text"), "a choice of a text field is one text"),
            },
            Some(Domain::Int(low, high)) => self.number_choice(field, choice, test, *low as f64, *high as f64, true),
            Some(Domain::Double(low, high)) => self.number_choice(field, choice, test, *low, *high, false),
            _ => wrong(format!("the field `{name}` cannot have choices"), "remove them"),
        }
    }

    fn text_choice(&self, field: VariableId, choice: &ChoiceDef, word: &str) -> Result<Choice, Diagnostic> {
        let id = choice.id.value.clone();
        match self.text_value(field, word) {
            Ok(text) => Ok(Choice { id, value: Value::String(text.as_str().into()), range: false }),
            Err((why, help)) => {
                let message = format!("the choice `{id}` is a text that the field cannot have: {why}");
                Err(Diagnostic::error("wrong-choice", choice.test.span, message).help(help))
            }
        }
    }

    /// A text goes through the field's normalizers as one that is typed does, and must be one that the field can have; otherwise why it is not, and what to do.
    pub fn text_value(&self, field: VariableId, word: &str) -> Result<String, (&'static str, &'static str)> {
        let Some(facts) = self.program.fields.get(usize::from(field)) else { return Err(("there is no such field", "name a field")) };
        let normal = normalize(word, &facts.normalize);
        if normal.is_empty() {
            return Err(("its normalizers leave nothing of it", "write a text that says something"));
        }
        if normal.chars().count() > facts.max_length as usize {
            return Err(("it is longer than `max_length`", "shorten it, or raise the field's `max_length`"));
        }
        if facts.format == Format::Email && !valid_email(&normal) {
            return Err(("it is not an e-mail address", "write an address such as `info@example.com`, or remove it"));
        }
        if let (Format::Uscc, Err(kind)) = (facts.format, uscc(&normal)) {
            return Err((kind.message(), "write a whole code, or remove it"));
        }
        let whole = if facts.format == Format::Uscc { uscc(&normal).map_or(normal.clone(), Into::into) } else { normal };
        Ok(whole.into_owned())
    }

    fn number_choice(&self, field: VariableId, choice: &ChoiceDef, test: &Test, low: f64, high: f64, whole: bool) -> Result<Choice, Diagnostic> {
        let id = choice.id.value.clone();
        let wrong = |code, message: String, help: String| Err(Diagnostic::error(code, choice.test.span, message).help(help));
        let make = |value: f64, range| Choice { id: id.clone(), value: if whole { Value::Int(value as i64) } else { Value::Double(value + 0.0) }, range };
        let Some((from, to)) = ends(test, low, high, whole) else {
            return wrong("wrong-choice", format!("the choice `{id}` must be a number or a range"), "for example `20..99` or `\">= 100\"`".into());
        };
        if from > to || from < low || to > high {
            return wrong("wrong-choice", format!("the choice `{id}` holds values that the field cannot have"), "a choice lies within the field's `min` and `max`".into());
        }
        if from == to {
            return Ok(make(from, false));
        }
        // A range must lie inside one cell, for it has to mean the same to every condition.
        for slot in self.program.slots_of(field) {
            if let Some(Cut::Thresholds(thresholds)) = self.program.slots.get(usize::from(slot)).map(|slot| &slot.cut) {
                let (first, last) = cells_between(thresholds, from, to);
                if first != last {
                    let at = thresholds.get(usize::from(first - FIRST_VALUE)).copied().unwrap_or_default();
                    let users = self.users_of_threshold(field, at);
                    let message = format!("the choice `{id}` is split at {at} by {users}");
                    return wrong("split-choice", message, format!("divide the choice at {at}, or move the condition's limit to the edge of the choice"));
                }
            }
        }
        Ok(make(from, true))
    }

    /// The conditions that tell values below a threshold from values above it, in words.
    fn users_of_threshold(&self, field: VariableId, threshold: f64) -> String {
        let program = &self.program;
        let Some(slot) = program.slots_of(field).next() else { return "a condition".into() };
        let Some(Cut::Thresholds(thresholds)) = program.slots.get(usize::from(slot)).map(|slot| &slot.cut) else { return "a condition".into() };
        let (below, above) = cells_between(thresholds, threshold.next_down(), threshold);
        let at_odds = |node| program.formulas.in_cell(node, below) != program.formulas.in_cell(node, above);
        let splits = |formula: u32| {
            let mut stack = vec![formula];
            while let Some(id) = stack.pop() {
                match program.formulas.nodes.get(id as usize) {
                    Some(node @ (crate::program::Formula::Atom(at, _) | crate::program::Formula::Within(at, ..))) if *at == slot && at_odds(node) => return true,
                    Some(crate::program::Formula::And(items) | crate::program::Formula::Or(items)) => stack.extend_from_slice(items),
                    Some(crate::program::Formula::Not(item) | crate::program::Formula::Held(item)) => stack.push(*item),
                    Some(crate::program::Formula::If(test, then, otherwise)) => stack.extend([*test, *then, *otherwise]),
                    _ => {}
                }
            }
            false
        };
        let mut names: Vec<String> = super::words::conditions(program).into_iter().filter(|(_, formula)| splits(*formula)).map(|(name, _)| name).collect();
        // A `by` rule stands there once for each of its keys.
        names.dedup();
        let shown: Vec<&str> = names.iter().map(String::as_str).collect();
        if shown.is_empty() { "a condition".into() } else { listed(&shown) }
    }

    fn page_names(&mut self) {
        let Some(page) = &self.document.page else { return };
        let document = self.document;
        let names = |items: &[String]| items.to_vec();
        let fields: Vec<String> = document.fields.iter().map(|item| item.name.value.clone()).collect();
        let lists: Vec<String> = document.lists.iter().map(|item| item.name.value.clone()).collect();
        let derives: Vec<String> = document.derives.iter().map(|item| item.name.value.clone()).collect();
        let scores: Vec<String> = document.scores.iter().map(|item| item.name.value.clone()).collect();
        let tables: Vec<String> = document.tables.iter().map(|item| item.id.value.clone()).collect();
        let bounds: Vec<Spanned<String>> = page.bounds.iter().map(|(name, ..)| name.clone()).collect();
        let numbers: Vec<String> = [names(&fields), names(&derives), names(&scores)].concat();
        let checks: [NameCheck; 6] = [
            ("field", &page.fields, &fields),
            ("list", &page.lists, &lists),
            ("derive", &page.derives, &derives),
            ("score", &page.scores, &scores),
            ("table", &page.tables, &tables),
            ("field, derive or score", &bounds, &numbers),
        ];
        for (what, given, known) in checks {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            for name in given.iter().filter(|name| !known.contains(&name.value.as_str())) {
                self.report.push(unknown("unknown-name", name, &format!("`page` names `{}`, which is not a {what}", name.value), &known));
            }
        }
    }
}

/// The least and the greatest of a number's values that pass a test, where they are one interval; the bounds of the number's values stand where the test has none.
pub fn ends(test: &Test, low: f64, high: f64, whole: bool) -> Option<(f64, f64)> {
    let inner = |bound: Bound, step: f64, limit: f64| match bound {
        Bound::Included(value) => value,
        Bound::Excluded(value) if whole => if step > 0.0 { value.floor() + step } else { value.ceil() + step },
        Bound::Excluded(value) => if step > 0.0 { value.next_up() } else { value.next_down() },
        Bound::None => limit,
    };
    let (from, to) = test.interval()?;
    let (from, to) = (inner(from, 1.0, low), inner(to, -1.0, high));
    Some(if whole { (from.ceil(), to.floor()) } else { (from, to) })
}

/// Where a value stands among those of an enum or bool.
pub fn place_of(values: &[Value], word: &str) -> Option<usize> {
    values.iter().position(|value| match value {
        Value::String(text) => **text == *word,
        Value::Bool(value) => word == if *value { "true" } else { "false" },
        _ => false,
    })
}
