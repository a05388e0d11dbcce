//! Conditions, unary tests and expressions: texts with a grammar of their own.

use super::reader::{Reader, short};
use crate::document::model::{Code, Condition};
use crate::document::yaml::plain::{self, Plain};
use crate::document::yaml::{self, Kind, Node, Style};
use crate::report::{Diagnostic, Span};

impl Reader<'_> {
    /// A CEL expression.
    pub fn expression(&mut self, node: &Node, what: &str) -> Option<Code> {
        match &node.kind {
            Kind::Scalar(_) if node.is_null() => {
                self.wrong(node, what, "an expression", "write a CEL expression in quotes");
                None
            }
            Kind::Scalar(_) => Some(self.code(node)),
            _ => {
                self.wrong(node, what, "an expression", "write a CEL expression in quotes: 'seats > 10'");
                None
            }
        }
    }

    /// A condition: a map of names to unary tests, or a CEL expression.
    pub fn condition(&mut self, node: &Node, what: &str) -> Option<Condition> {
        match &node.kind {
            Kind::Mapping(entries) if entries.is_empty() => {
                self.error("empty-condition", node.span, format!("{what} tests nothing"), "write a test such as { seats: \">= 10\" }, or leave `when` out if it always holds");
                None
            }
            Kind::Mapping(entries) => {
                let mut tests = Vec::new();
                for entry in entries {
                    let name = self.reference(&entry.key, "the name of what is tested");
                    let test = self.test(&entry.value, &format!("the test of `{}`", entry.name()));
                    if let (Some(name), Some(test)) = (name, test) {
                        tests.push((name, test));
                    }
                }
                Some(Condition::Tests(tests))
            }
            Kind::Scalar(_) if !node.is_null() => self.expression(node, what).map(Condition::Cel),
            _ => {
                self.wrong(node, what, "a condition", "write a map of tests, { seats: \">= 10\" }, or a CEL expression in quotes");
                None
            }
        }
    }

    /// A unary test.
    pub fn test(&mut self, node: &Node, what: &str) -> Option<Code> {
        match &node.kind {
            Kind::Sequence(items) => {
                let words: Vec<&str> = items.iter().filter_map(Node::text).collect();
                let help = if words.is_empty() || words.len() < items.len() { "write the alternatives with `|` between them: a | b".to_string() } else { format!("write the alternatives with `|` between them: {}", short(&words.join(" | "))) };
                self.wrong(node, what, "a test", help);
                None
            }
            Kind::Mapping(_) => {
                self.wrong(node, what, "a test", "write one test, such as \">= 10\" or a | b");
                None
            }
            Kind::Scalar(_) if node.is_null() => {
                self.wrong(node, what, "a test", "write `unanswered` for no answer, \"-\" for anything at all");
                None
            }
            Kind::Scalar(scalar) => {
                if scalar.style == Style::Plain {
                    if let Plain::Odd(odd) = plain::resolve(&scalar.text) {
                        self.odd_number(node, odd);
                        return None;
                    }
                    self.warn_of_old_bool(node);
                }
                if scalar.text.trim().is_empty() {
                    self.error("empty-text", node.span, format!("{what} is empty"), "write `unanswered` for no answer, \"-\" for anything at all");
                    return None;
                }
                Some(self.code(node))
            }
        }
    }

    /// A scalar as a text with a grammar of its own.
    fn code(&mut self, node: &Node) -> Code {
        let Kind::Scalar(scalar) = &node.kind else { return Code { text: String::new(), span: node.span, offsets: Vec::new() } };
        let raw = self.text.get(node.span.start as usize..node.span.end as usize).unwrap_or_default();
        if scalar.style == Style::Plain {
            self.check_cut(node.span, &scalar.text);
        }
        Code { text: scalar.text.clone(), span: node.span, offsets: yaml::offsets(raw, node.span.start, &scalar.text, scalar.style) }
    }

    /// A `#` after a blank ends a text without quotes; where what remains has an open quote or bracket, it was meant to go on.
    fn check_cut(&mut self, span: Span, text: &str) {
        let rest = self.text.get(span.end as usize..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default();
        if !(line.trim_start().starts_with('#') && is_open(text)) {
            return;
        }
        let hash = span.end + u32::try_from(line.len() - line.trim_start().len()).unwrap_or(0);
        let whole = self.text.get(span.start as usize..span.end as usize + line.trim_end().len()).unwrap_or_default();
        let problem = Diagnostic::error("yaml-comment", Span::new(span.file, hash, hash + 1), "this `#` begins a comment, which cuts the text before it off");
        self.diagnostics.push(problem.help(format!("put the whole text in quotes: '{}'", whole.replace('\'', "''"))));
    }
}

/// Whether a quote or a bracket is still open at the end of a text.
fn is_open(text: &str) -> bool {
    let mut quote = None;
    let mut depth = 0i32;
    let mut escaped = false;
    for character in text.chars() {
        match (quote, character) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), close) if open == close => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth -= 1,
            _ => {}
        }
    }
    quote.is_some() || depth > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_texts() {
        assert!(is_open("title == \"a") && is_open("f(x") && is_open("x in [1,"));
        assert!(!is_open("title == \"a\"") && !is_open("f(\"(\")") && !is_open(r#""\"""#));
    }
}
