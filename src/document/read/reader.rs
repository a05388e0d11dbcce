//! What all readers share: reporting, maps with fixed keys, lists.

use std::collections::BTreeMap;

use crate::document::keys;
use crate::document::shape::Shape;
use crate::document::yaml::plain::{self, Plain};
use crate::document::yaml::{Entry, Kind, Node, Style};
use crate::report::{Diagnostic, Span, suggest};

/// Unknown keys of one map that are reported.
const MOST_UNKNOWN: usize = 100;

/// Reads a tree into the model and gathers what is wrong.
pub struct Reader<'a> {
    /// The policy's text.
    pub text: &'a str,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// Sections that could not be parsed: nothing is said about their being missing.
    pub broken: &'a [String],
}

/// A map with fixed keys, its unknown keys reported.
#[derive(Clone, Copy)]
pub struct Closed<'n> {
    /// The map.
    pub node: &'n Node,
    shape: &'static Shape,
}

impl<'n> Closed<'n> {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        debug_assert!(self.shape.key(key).is_some(), "`{key}` is not a key of {}", self.shape.what);
        self.node.get(key)
    }
}

/// Names that were given, to find those that are given twice.
#[derive(Default)]
pub struct Seen(BTreeMap<String, Span>);

impl Seen {
    /// Remembers a name; where it was given before, where.
    pub fn add(&mut self, name: &str, span: Span) -> Option<Span> {
        if let Some(&first) = self.0.get(name) {
            return Some(first);
        }
        self.0.insert(name.to_string(), span);
        None
    }
}

impl<'a> Reader<'a> {
    /// A reader of a policy's text.
    pub fn new(text: &'a str, broken: &'a [String]) -> Self {
        Self { text, diagnostics: Vec::new(), broken }
    }

    /// Reports an error with its help.
    pub fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(code, span, message).help(help));
    }

    /// Reports that something is not of the kind that it must be.
    pub fn wrong(&mut self, node: &Node, what: &str, wanted: &str, help: impl Into<String>) {
        self.error("wrong-type", place(node), format!("{what} must be {wanted}, not {}", kind(node)), help);
    }

    /// Reports a name that is given twice.
    pub fn twice(&mut self, span: Span, first: Span, what: &str, name: &str) {
        let problem = Diagnostic::error("duplicate-name", span, format!("the {what} `{name}` is given twice"));
        self.diagnostics.push(problem.related(first, "first given here").help("give each a name of its own"));
    }

    /// A map with fixed keys. Reports what is not a map, unknown keys and missing ones.
    pub fn closed<'n>(&mut self, node: &'n Node, what: &str, shape: &'static Shape) -> Option<Closed<'n>> {
        let Kind::Mapping(entries) = &node.kind else {
            let mut help = format!("its keys are {}", shape.listed());
            if let Some((key, rest)) = node.text().filter(|_| node.is_plain()).and_then(|text| text.split_once([':', '：']))
                && shape.key(key.trim()).is_some() && !rest.starts_with(' ') {
                    help = format!("put a space after the colon: `{key}: {rest}`");
                }
            self.wrong(node, what, "a map", help);
            return None;
        };
        let unknown: Vec<&Entry> = entries.iter().filter(|entry| shape.key(entry.name()).is_none()).take(MOST_UNKNOWN).collect();
        for entry in &unknown {
            self.unknown_key(entry, what, shape);
        }
        for key in shape.keys.iter().filter(|key| key.required) {
            // A section whose YAML is broken is not missing.
            if std::ptr::eq(shape, &keys::DOCUMENT) && self.broken.iter().any(|name| name == key.name) {
                continue;
            }
            if node.get(key.name).is_none() && !unknown.iter().any(|entry| is_slip(entry.name(), key.name, shape)) {
                let at = Span::new(node.span.file, node.span.start, node.span.start.max(first_end(node)));
                self.error("missing-key", at, format!("{what} has no `{}`", key.name), format!("add `{}`: {}", key.name, key.about));
            }
        }
        Some(Closed { node, shape })
    }

    fn unknown_key(&mut self, entry: &Entry, what: &str, shape: &'static Shape) {
        let name = entry.name();
        let help = if let Some(near) = suggest(name, shape.keys.iter().map(|key| key.name)) {
            format!("did you mean `{near}`?")
        } else if name == "<<" {
            "a policy does not use merge keys: write the keys out".to_string()
        } else if let Some((key, value)) = name.split_once([':', '：']).filter(|(key, _)| shape.key(key).is_some()) {
            if name.contains('：') { format!("the colon after `{key}` is a full-width one: write `{key}: `") } else { format!("put a space after the colon: `{key}: {value}`") }
        } else if name.bytes().all(|byte| byte.is_ascii_digit()) {
            "numbers are written without commas: 1000, not 1,000".to_string()
        } else if entry.value.is_null() && name.contains(' ') {
            "a comma inside braces begins another entry: put a text with a comma in quotes".to_string()
        } else {
            format!("the keys are {}", shape.listed())
        };
        self.error("unknown-key", entry.key.span, format!("unknown key `{name}` in {what}"), help);
    }

    /// The entries of a map whose keys the author chooses.
    pub fn entries<'n>(&mut self, node: &'n Node, what: &str, help: &str) -> &'n [Entry] {
        match &node.kind {
            Kind::Mapping(entries) => entries,
            _ => {
                self.wrong(node, what, "a map", help);
                &[]
            }
        }
    }

    /// The items of a list.
    pub fn items<'n>(&mut self, node: &'n Node, what: &str, help: &str) -> &'n [Node] {
        match &node.kind {
            Kind::Sequence(items) => items,
            _ => {
                self.wrong(node, what, "a list", help);
                &[]
            }
        }
    }
}

/// Whether an unknown key is probably a misspelling of this one.
fn is_slip(name: &str, key: &str, shape: &Shape) -> bool {
    suggest(name, shape.keys.iter().map(|key| key.name)) == Some(key) || name.split_once([':', '：']).is_some_and(|(before, _)| before == key)
}

/// Where the first key of a map ends.
fn first_end(node: &Node) -> u32 {
    match &node.kind {
        Kind::Mapping(entries) => entries.first().map_or(node.span.end, |entry| entry.key.span.end),
        _ => node.span.end,
    }
}

/// Where to point for a node: for a map or list that goes over lines, at its beginning.
pub fn place(node: &Node) -> Span {
    match &node.kind {
        Kind::Scalar(_) => node.span,
        Kind::Mapping(_) => Span::new(node.span.file, node.span.start, first_end(node)),
        Kind::Sequence(items) => Span::new(node.span.file, node.span.start, items.first().map_or(node.span.end, |item| place(item).end)),
    }
}

/// What a node is, for people.
pub fn kind(node: &Node) -> String {
    match &node.kind {
        Kind::Sequence(_) => "a list".to_string(),
        Kind::Mapping(_) => "a map".to_string(),
        Kind::Scalar(scalar) if scalar.style != Style::Plain => format!("the text `{}`", short(&scalar.text)),
        Kind::Scalar(scalar) => match plain::resolve(&scalar.text) {
            Plain::Null => "nothing".to_string(),
            Plain::Bool(_) => format!("the bool `{}`", scalar.text),
            Plain::Int(_) | Plain::Double(_) | Plain::Odd(_) => format!("the number `{}`", short(&scalar.text)),
            Plain::Text => format!("the text `{}`", short(&scalar.text)),
        },
    }
}

/// A text, cut where it is too long for a message.
pub fn short(text: &str) -> String {
    const MOST: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() > MOST || line.len() < text.trim_end().len() {
        let cut: String = line.chars().take(MOST).collect();
        format!("{cut}…")
    } else {
        line.to_string()
    }
}
