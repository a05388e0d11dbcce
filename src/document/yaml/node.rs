//! The tree of a YAML or JSON text, each node with its place.

use crate::report::Span;

/// A node.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it stands, tags and anchors left out.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// The kinds of node.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A scalar.
    Scalar(Scalar),
    /// A sequence.
    Sequence(Vec<Node>),
    /// A mapping, in the author's order, each key once.
    Mapping(Vec<Entry>),
}

/// A scalar, quoting and folding undone.
#[derive(Debug, Clone)]
pub struct Scalar {
    /// Its text.
    pub text: String,
    /// How it was written.
    pub style: Style,
}

/// How a scalar was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In single quotes.
    Single,
    /// In double quotes.
    Double,
    /// As a block, `|` or `>`.
    Block,
}

/// An entry of a mapping; the key is a scalar.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its key.
    pub key: Node,
    /// Its value.
    pub value: Node,
}

impl Entry {
    /// The key's text.
    pub fn name(&self) -> &str {
        self.key.text().unwrap_or_default()
    }
}

impl Node {
    /// The text of a scalar, whatever it would mean.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// The value of a mapping's key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.kind {
            Kind::Mapping(entries) => entries.iter().find(|entry| entry.name() == key).map(|entry| &entry.value),
            _ => None,
        }
    }

    /// A scalar without quotes.
    pub fn is_plain(&self) -> bool {
        matches!(&self.kind, Kind::Scalar(scalar) if scalar.style == Style::Plain)
    }

    /// Nothing at all, `null` or `~`.
    pub fn is_null(&self) -> bool {
        matches!(&self.kind, Kind::Scalar(scalar) if scalar.style == Style::Plain && super::plain::is_null(&scalar.text))
    }
}
