//! Checked expressions to machine nodes. Equal nodes stand once.

use std::collections::HashMap;

use super::Builder;
use crate::cel::{Checked, CheckedKind};
use crate::program::{Node, NodeId, Value, VariableId};

/// What the lowering remembers, so that equal nodes and constants stand once.
#[derive(Debug, Default)]
pub struct Interned {
    nodes: HashMap<Vec<u8>, NodeId>,
    constants: HashMap<Vec<u8>, u32>,
}

impl Builder<'_> {
    /// The node of an expression; marks the variables that the machine will read.
    pub fn lower(&mut self, expr: &Checked) -> NodeId {
        let node = match &expr.kind {
            CheckedKind::Const(value) => Node::Const(self.constant(value)),
            CheckedKind::Variable(variable) => Node::Variable(self.machine_reads(*variable)),
            CheckedKind::Local(depth) => Node::Local(*depth as u8),
            CheckedKind::Call(function, args) => {
                self.note_function(*function, expr.span);
                Node::Call(*function, self.lower_all(args))
            }
            CheckedKind::Not(item) => Node::Not(self.lower(item)),
            CheckedKind::And(items) => Node::And(self.lower_all(items)),
            CheckedKind::Or(items) => Node::Or(self.lower_all(items)),
            CheckedKind::If(test, then, otherwise) => Node::If(self.lower(test), self.lower(then), self.lower(otherwise)),
            CheckedKind::List(items) => Node::List(self.lower_all(items)),
            CheckedKind::Map(entries) => Node::Map(entries.iter().map(|(key, value)| (self.lower(key), self.lower(value))).collect()),
            CheckedKind::Member(item, name) => Node::Member(self.lower(item), self.constant(&Value::String(name.as_str().into()))),
            CheckedKind::Has(item, name) => Node::Has(self.lower(item), self.constant(&Value::String(name.as_str().into()))),
            CheckedKind::InList(item, list) => Node::InList(self.lower(item), *list as u16),
            CheckedKind::Lookup(list, item, column) => Node::Lookup(*list as u16, self.lower(item), *column as u8),
            CheckedKind::State(test, variable) => Node::State(*test, self.machine_reads(*variable)),
            CheckedKind::Fold { fold, range, predicate, result } => {
                let range = self.lower(range);
                let predicate = predicate.as_ref().map(|item| self.lower(item));
                Node::Fold(*fold, range, predicate, result.as_ref().map(|item| self.lower(item)))
            }
        };
        self.node(node)
    }

    fn lower_all(&mut self, items: &[Checked]) -> Box<[NodeId]> {
        items.iter().map(|item| self.lower(item)).collect()
    }

    fn machine_reads(&mut self, variable: usize) -> VariableId {
        if let Some(found) = self.program.variables.get_mut(variable) {
            found.by_value = true;
        }
        variable as VariableId
    }

    fn node(&mut self, node: Node) -> NodeId {
        let key = crate::program::part_bytes(&node);
        let nodes = &mut self.program.expressions.nodes;
        *self.interned.nodes.entry(key).or_insert_with(|| {
            nodes.push(node);
            (nodes.len() - 1) as NodeId
        })
    }

    /// The index of a constant.
    pub fn constant(&mut self, value: &Value) -> u32 {
        let key = crate::program::part_bytes(value);
        let constants = &mut self.program.expressions.constants;
        *self.interned.constants.entry(key).or_insert_with(|| {
            constants.push(value.clone());
            (constants.len() - 1) as u32
        })
    }
}
