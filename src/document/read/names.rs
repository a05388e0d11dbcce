//! Names and ids.

use super::reader::{Reader, Seen, short};
use crate::document::yaml::{Kind, Node};
use crate::report::{Span, Spanned};

/// Words that no name can be: those of CEL, and those of the policy language.
pub const RESERVED: &[&str] = &[
    "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace",
    "return", "var", "void", "while", "not", "lists", "stage", "route", "screen", "faults", "math", "event", "now",
];

impl Reader<'_> {
    /// The name of something that expressions read, as it is given. `dots`: it may have parts, as a field's may.
    pub fn name(&mut self, node: &Node, what: &str, dots: bool) -> Option<Spanned<String>> {
        let text = self.raw_text(node, &format!("the name of {what}"))?;
        let wrong = text.value.split('.').find_map(|part| name_problem(part).map(|problem| (part.to_string(), problem)));
        let (code, problem, help) = match wrong {
            _ if !dots && text.value.contains('.') => ("bad-name", "has a dot".to_string(), "only names of fields have dots: use `_`".to_string()),
            None => return Some(text),
            Some((part, Problem::Reserved)) => ("reserved-name", format!("uses the word `{part}`, which has a meaning of its own"), format!("choose another, such as `{part}_1`")),
            Some((_, Problem::Empty)) => ("bad-name", "has an empty part".to_string(), "a name is letters, digits and `_`".to_string()),
            Some((_, Problem::Digit)) => ("bad-name", "begins with a digit".to_string(), format!("write `_{}`, or begin with a letter", short(&text.value))),
            Some((_, Problem::Character(character))) => ("bad-name", format!("has the character `{character}`"), character_help(&text.value)),
        };
        self.error(code, text.span, format!("the name of {what}, `{}`, {problem}", short(&text.value)), help);
        None
    }

    /// A name that refers to something given elsewhere: only its form as a text is checked here.
    pub fn reference(&mut self, node: &Node, what: &str) -> Option<Spanned<String>> {
        match &node.kind {
            Kind::Scalar(_) if !node.is_null() => self.raw_text(node, what),
            _ => {
                self.wrong(node, what, "a name", "write one name");
                None
            }
        }
    }

    /// A list of names, each once.
    pub fn references(&mut self, node: Option<&Node>, what: &str) -> Vec<Spanned<String>> {
        let Some(node) = node else { return Vec::new() };
        let mut seen = Seen::default();
        let mut found = Vec::new();
        for item in self.items(node, what, "write a list of names: [first, second]") {
            let Some(name) = self.reference(item, &format!("each of {what}")) else { continue };
            match seen.add(&name.value, name.span) {
                Some(first) => self.twice(name.span, first, "name", &name.value),
                None => found.push(name),
            }
        }
        found
    }

    /// An id: letters of any script, digits, `_` and `-`.
    pub fn id(&mut self, node: &Node, what: &str) -> Option<Spanned<String>> {
        let text = self.raw_text(node, &format!("the id of {what}"))?;
        self.check_id(&text.value, text.span, what).then_some(text)
    }

    /// Whether a text can be an id; reports it otherwise.
    pub fn check_id(&mut self, text: &str, span: Span, what: &str) -> bool {
        let problem = match text.chars().find(|&c| !(c.is_alphanumeric() || matches!(c, '_' | '-'))) {
            Some(character) => format!("has the character `{character}`"),
            None if text.is_empty() => "is empty".to_string(),
            None => return true,
        };
        self.error("bad-name", span, format!("the id of {what}, `{}`, {problem}", short(text)), "an id is letters, digits, `_` and `-`");
        false
    }
}

enum Problem {
    Empty,
    Digit,
    Character(char),
    Reserved,
}

fn name_problem(part: &str) -> Option<Problem> {
    let Some(first) = part.chars().next() else { return Some(Problem::Empty) };
    if let Some(character) = part.chars().find(|&c| !(c.is_ascii_alphanumeric() || c == '_')) {
        return Some(Problem::Character(character));
    }
    if first.is_ascii_digit() {
        return Some(Problem::Digit);
    }
    RESERVED.contains(&part).then_some(Problem::Reserved)
}

fn character_help(name: &str) -> String {
    let fixed: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '_' | '.') { c } else { '_' }).collect();
    if name.is_ascii() && !fixed.starts_with(|c: char| c.is_ascii_digit()) {
        format!("a name is letters, digits and `_`: `{fixed}`")
    } else {
        "a name is the letters a to z, digits and `_`; what people call it goes into `label`".to_string()
    }
}
