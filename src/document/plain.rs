//! Parts of a document that are given on as plain values, with the place of each: what golden leads say of a lead's life is read by the same code that reads it from hosts.

use super::yaml::plain::{Plain, resolve};
use super::yaml::{Kind, Node};
use crate::program::Value;
use crate::report::Span;

/// Plain values with their places.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Given {
    /// Names with values.
    pub entries: Vec<(String, Value)>,
    /// The place of each value, by its path: `events[3].at`.
    places: Vec<(String, Span)>,
}

impl Given {
    /// Adds what stands under a name.
    pub fn add(&mut self, name: &str, node: &Node) {
        let value = self.value(node, name.to_owned());
        self.entries.push((name.to_owned(), value));
    }

    /// All of it as one value.
    pub fn value_of_all(&self) -> Value {
        Value::Map(self.entries.iter().map(|(name, value)| (Value::String(name.as_str().into()), value.clone())).collect())
    }

    /// The place of a path, or of the nearest thing around it.
    pub fn place(&self, path: &str) -> Option<Span> {
        let around = |known: &str| path.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
        self.places.iter().filter(|(known, _)| around(known)).max_by_key(|(known, _)| known.len()).map(|(_, span)| *span)
    }

    /// What stands under a name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.entries.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// What stands under a name, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        self.entries.iter_mut().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    fn value(&mut self, node: &Node, path: String) -> Value {
        self.places.push((path.clone(), super::read::place(node)));
        match &node.kind {
            Kind::Scalar(scalar) => match resolve(&scalar.text) {
                Plain::Null if node.is_plain() => Value::Null,
                Plain::Bool(value) if node.is_plain() => Value::Bool(value),
                Plain::Int(value) if node.is_plain() => Value::Int(value),
                Plain::Double(value) if node.is_plain() => Value::Double(value),
                _ => Value::String(scalar.text.as_str().into()),
            },
            Kind::Sequence(items) => Value::List(items.iter().enumerate().map(|(at, item)| self.value(item, format!("{path}[{at}]"))).collect()),
            Kind::Mapping(entries) => Value::Map(
                entries
                    .iter()
                    .map(|entry| (Value::String(entry.name().into()), self.value(&entry.value, format!("{path}.{}", entry.name()))))
                    .collect(),
            ),
        }
    }
}
