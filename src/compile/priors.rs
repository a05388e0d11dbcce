//! How often answers are to be expected: what an author writes of choices, values and texts, as weights of the combinations of cells that a field can be in.

use super::Builder;
use super::cut::cells_between;
use super::names::unknown;
use super::questions::{ends, place_of};
use crate::cel::unary::Test;
use crate::document::{Code, QuestionDef};
use crate::engine::OpenField;
use crate::engine::text::Texts;
use crate::program::{Cell, Cut, Domain, FIRST_VALUE, VariableId, Value};
use crate::report::{Diagnostic, Spanned};

/// What the weights of a field add up to, but for rounding.
const WHOLE: f64 = 1_000_000.0;
/// Words for what is no value; an enum's value of that name stands in quotes.
const STATES: [&str; 3] = ["unanswered", "declined", "answered"];

/// What a key of a prior holds.
enum Held {
    /// No answer, or a refusal: a place among the combinations.
    State(usize),
    /// Any value.
    Answered,
    /// Values in cells of the field's one slot, from the first to the last of each pair.
    Cells(Vec<(Cell, Cell)>),
    /// A text in this combination of cells.
    Text(Vec<Cell>),
}

impl Builder<'_> {
    /// The weights of the questions that have a prior; the others have none.
    pub fn priors(&mut self) {
        let document = self.document;
        let texts = Texts::new(&self.program);
        for question in document.ask.iter().flat_map(|ask| &ask.questions) {
            let Some(&field) = self.index.get(&question.field.value).filter(|&&at| at < self.program.fields.len()) else { continue };
            let held = question.prior.iter().filter_map(|(key, weight)| Some((self.held(field as VariableId, question, key, &texts)?, weight.value))).collect::<Vec<_>>();
            if let Some((first, _)) = question.prior.first()
                && question.prior.iter().all(|(_, weight)| weight.value == 0.0) {
                    let found = Diagnostic::error("wrong-prior", first.span, format!("the prior of `{}` expects no answer at all: its weights are 0", question.field.value));
                    self.error(found.help("give what may come a weight above 0, or leave `prior` out: then all answers are as likely"));
                }
            let weights = self.weights(field as VariableId, &held);
            if let Some(facts) = self.program.fields.get_mut(field) {
                facts.weights = weights;
            }
        }
    }

    /// What a key holds; none where it was reported.
    fn held(&mut self, field: VariableId, question: &QuestionDef, key: &Code, texts: &Texts) -> Option<Held> {
        let word = key.text.trim();
        match STATES.iter().position(|state| *state == word) {
            Some(2) => return Some(Held::Answered),
            Some(at) => return Some(Held::State(at)),
            None => {}
        }
        if question.choices.iter().any(|choice| choice.id.value == word) {
            let facts = self.program.fields.get(usize::from(field))?;
            let value = facts.choices.iter().find(|choice| choice.id == word)?.value.clone();
            return self.held_value(field, &value, texts);
        }
        if matches!(self.program.variables.get(usize::from(field))?.domain, Domain::Text) {
            return match self.text_value(field, word) {
                Ok(text) => Some(self.held_text(field, &text, texts)),
                Err((why, help)) => {
                    let message = format!("the prior of `{}` expects a text that the field cannot have: {why}", question.field.value);
                    self.error(Diagnostic::error("wrong-prior", key.span, message).help(help));
                    None
                }
            };
        }
        let test = self.test(key)?;
        let alternatives = match &test {
            Test::Either(all, _) => &all[..],
            one => std::slice::from_ref(one),
        };
        let cells: Result<Vec<(Cell, Cell)>, Diagnostic> = alternatives.iter().map(|test| self.held_cells(field, question, test)).collect();
        cells.map_err(|found| self.error(found)).ok().map(Held::Cells)
    }

    /// The cell of a choice's value.
    fn held_value(&mut self, field: VariableId, value: &Value, texts: &Texts) -> Option<Held> {
        let number = match (&self.program.variables.get(usize::from(field))?.domain, value) {
            (Domain::Text, Value::String(text)) => return Some(self.held_text(field, &text.clone(), texts)),
            (Domain::Finite(values), value) => {
                let at = FIRST_VALUE + values.iter().position(|known| known == value)? as Cell;
                return Some(Held::Cells(vec![(at, at)]));
            }
            (_, Value::Int(value)) => *value as f64,
            (_, Value::Double(value)) => *value,
            _ => return None,
        };
        Some(Held::Cells(vec![cells_between(self.thresholds(field), number, number)]))
    }

    /// The combination of cells that a text is in. One that nobody thought of before is one that the field can be in.
    fn held_text(&mut self, field: VariableId, text: &str, texts: &Texts) -> Held {
        let program = &mut self.program;
        let cells: Vec<Cell> = program.slots_of(field).map(|slot| texts.classify(program, slot, text)).collect();
        if let Some(joint) = program.joints.iter_mut().find(|joint| joint.variable == field)
            && let Err(at) = joint.cells.binary_search(&cells) {
                joint.cells.insert(at, cells.clone());
            }
        Held::Text(cells)
    }

    /// The cells of one value, range or comparison.
    fn held_cells(&self, field: VariableId, question: &QuestionDef, test: &Test) -> Result<(Cell, Cell), Diagnostic> {
        let name = &question.field.value;
        let wrong = |message: String, help: &str| Err(Diagnostic::error("wrong-prior", test.span(), message).help(help));
        let domain = self.program.variables.get(usize::from(field)).map(|variable| &variable.domain);
        let (low, high, whole) = match domain {
            Some(Domain::Finite(values)) => match test.literal().map(|word| (word, place_of(values, word))) {
                Some((_, Some(at))) => return Ok((FIRST_VALUE + at as Cell, FIRST_VALUE + at as Cell)),
                Some((word, None)) => return Err(no_answer(word, question, values, test)),
                None => return wrong(format!("the prior of `{name}` expects what is not one of its values"), "a key is a choice, a value, several with `|`, or `unanswered`, `declined`, `answered`"),
            },
            Some(Domain::Int(low, high)) => (*low as f64, *high as f64, true),
            Some(Domain::Double(low, high)) => (*low, *high, false),
            _ => return wrong(format!("the field `{name}` cannot have a prior"), "remove it"),
        };
        match (ends(test, low, high, whole), test.literal()) {
            (Some((from, to)), _) if from.max(low) <= to.min(high) => Ok(cells_between(self.thresholds(field), from.max(low), to.min(high))),
            (Some(_), _) => wrong(format!("the prior of `{name}` expects values that the field cannot have"), "a key lies within the field's `min` and `max`"),
            (None, Some(word)) => Err(no_answer(word, question, &[], test)),
            (None, None) => wrong(
                format!("the prior of `{name}` expects what is neither a number nor a range"),
                "a key is a choice, a number, a range such as `20..99` or `\">= 100\"`, several with `|`, or `unanswered`, `declined`, `answered`",
            ),
        }
    }

    /// Where the values of a number are cut.
    fn thresholds(&self, field: VariableId) -> &[f64] {
        let mut slots = self.program.slots_of(field);
        match slots.next().and_then(|slot| self.program.slots.get(usize::from(slot))).map(|slot| &slot.cut) {
            Some(Cut::Thresholds(thresholds)) => thresholds,
            _ => &[],
        }
    }

    /// Weights of a field's combinations; a weight that is for several of them is spread evenly over them. None where nothing rests on the field.
    fn weights(&self, field: VariableId, held: &[(Held, f64)]) -> Vec<u32> {
        let open = OpenField::new(&self.program, field);
        let slots = open.slots.len();
        if slots == 0 {
            return Vec::new();
        }
        let mut shares = vec![0.0; open.combinations()];
        for (held, weight) in held {
            let holds = |at: usize, cells: &[Cell]| match held {
                Held::State(state) => at == *state,
                Held::Answered => at >= 2,
                Held::Cells(ranges) => at >= 2 && cells.first().is_some_and(|cell| ranges.iter().any(|(from, to)| (from..=to).contains(&cell))),
                Held::Text(text) => at >= 2 && cells == text,
            };
            let found: Vec<usize> = open.cells.chunks_exact(slots).enumerate().filter(|(at, cells)| holds(*at, cells)).map(|(at, _)| at).collect();
            for at in &found {
                if let Some(share) = shares.get_mut(*at) {
                    *share += weight / found.len() as f64;
                }
            }
        }
        let sum: f64 = shares.iter().sum();
        if sum == 0.0 {
            return Vec::new();
        }
        // What may come stays possible, however rare it is.
        shares.iter().map(|&share| if share > 0.0 { (share / sum * WHOLE).round().max(1.0) as u32 } else { 0 }).collect()
    }
}

/// A word that is no answer of the field.
fn no_answer(word: &str, question: &QuestionDef, values: &[Value], test: &Test) -> Diagnostic {
    let texts = values.iter().map(|value| match value {
        Value::String(text) => &**text,
        Value::Bool(true) => "true",
        _ => "false",
    });
    let known: Vec<&str> = question.choices.iter().map(|choice| choice.id.value.as_str()).chain(texts).chain(STATES).collect();
    unknown("unknown-value", &Spanned::new(word.to_owned(), test.span()), &format!("`{word}` is neither a choice nor a value of the field `{}`", question.field.value), &known)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

    use crate::program::Program;

    /// The weights of a question for `seats`, `industry`, `city` or `name`.
    fn weights(question: &str) -> Vec<u32> {
        let field = question.split(',').next().unwrap();
        let program = compile(question);
        let at = program.variables.iter().position(|variable| variable.name == field).unwrap();
        program.fields[at].weights.clone()
    }

    fn compile(question: &str) -> Program {
        crate::compile_str(&format!(
            r#"
leadgate: 1
policy: p
version: "1"
fields:
  seats: {{ type: int, min: 1, max: 1000 }}
  industry: {{ type: enum, values: [finance, retail, declined] }}
  city: {{ type: string, normalize: [trim, lowercase] }}
  name: {{ type: string }}
lists: {{ east: {{ values: [shanghai, suzhou] }} }}
tables: {{ grade: {{ outputs: {{ grade: [A, B, C, D] }}, rows: [{{ when: {{ seats: ">= 100", industry: finance }}, then: A }}, {{ when: {{ seats: 20..99 }}, then: B }}, {{ when: {{ city: in lists.east }}, then: C }}], default: D }} }}
ask: {{ settle: grade, questions: [{{ field: {question} }}] }}
"#
        ))
        .unwrap_or_else(|errors| panic!("{errors}\n{question}"))
    }

    #[test]
    fn weights_are_of_states_and_then_of_cells() {
        assert_eq!(weights("seats, prior: { 1..19: 1, \">= 100\": 1, unanswered: 2 }"), [500_000, 0, 250_000, 0, 250_000]);
        assert_eq!(weights("seats, prior: { \"< 20\": 3.5, declined: 0.5, 1000: 4 }"), [0, 62_500, 437_500, 0, 500_000]);
        assert_eq!(weights("industry, prior: { retail: 1, \"'declined'\": 2, declined: 1 }"), [0, 250_000, 0, 250_000, 500_000]);
        assert_eq!(weights("city, prior: { Suzhou: 3, ' BEIJING ': 1, Xiamen: 1 }"), [0, 0, 400_000, 600_000]);
    }

    #[test]
    fn a_weight_over_several_cells_is_spread_evenly_and_weights_add_up() {
        assert_eq!(weights("seats, prior: { answered: 9, declined: 1 }"), [0, 100_000, 300_000, 300_000, 300_000]);
        assert_eq!(weights("seats, prior: { \">= 20\": 1, 50: 1 }"), [0, 0, 0, 750_000, 250_000]);
        assert_eq!(weights("industry, prior: { finance | retail: 1, retail: 3 }"), [0, 0, 125_000, 875_000, 0]);
    }

    #[test]
    fn a_choice_stands_for_its_cells() {
        assert_eq!(weights("seats, choices: { small: 1..19, team: 20..99, large: \">= 100\" }, prior: { small: 6, team: 3, large: 1 }"), [0, 0, 600_000, 300_000, 100_000]);
        assert_eq!(weights("industry, choices: { bank: finance, retail: \"'declined'\" }, prior: { bank: 1, retail: 1, unanswered: 2 }"), [500_000, 0, 250_000, 0, 250_000]);
        assert_eq!(weights("city, choices: { east: Shanghai, west: Chengdu }, prior: { east: 1, west: 4 }"), [0, 0, 800_000, 200_000]);
    }

    #[test]
    fn what_is_rare_stays_possible() {
        assert_eq!(weights("seats, prior: { 1..19: 1000000000, \">= 20\": 0.000001 }"), [0, 0, 1_000_000, 1, 1]);
    }

    #[test]
    fn without_a_prior_and_where_nothing_rests_on_the_field_there_are_none() {
        assert!(weights("seats, cost: 1").is_empty());
        assert!(weights("name, prior: { Li Lei: 1, unanswered: 3 }").is_empty());
    }
}
