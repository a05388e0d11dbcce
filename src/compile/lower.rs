//! Checked expressions to machine nodes. Equal nodes stand once.

use std::collections::HashMap;

use super::Builder;
use crate::cel::{Checked, CheckedKind};
use crate::engine::machine::READY_SIZE;
use crate::program::ready::PATTERN;
use crate::report::{Diagnostic, Span};
use crate::program::{Expressions, Function, Node, NodeId, Value, VariableId, part_bytes};

/// What the lowering remembers, so that equal nodes and constants stand once.
#[derive(Debug, Default)]
pub struct Interned {
    nodes: HashMap<Vec<u8>, NodeId>,
    constants: HashMap<Vec<u8>, u32>,
    places: Places,
}

/// Where nodes stand; of equal ones the first.
pub type Places = HashMap<NodeId, Span>;

impl Builder<'_> {
    /// The node of an expression; marks the variables that the machine will read.
    pub fn lower(&mut self, expr: &Checked) -> NodeId {
        self.mark(expr);
        lower(expr, &mut self.program.expressions, &mut self.interned)
    }

    fn mark(&mut self, expr: &Checked) {
        match &expr.kind {
            CheckedKind::Variable(variable) | CheckedKind::State(_, variable) => {
                if let Some(found) = self.program.variables.get_mut(*variable) {
                    found.by_value = true;
                }
            }
            CheckedKind::Call(function, args) => {
                if *function == Function::ToString || function.of_library() {
                    self.note_full(expr.span);
                }
                args.iter().for_each(|arg| self.note_size(arg));
            }
            CheckedKind::Form(..) => self.note_full(expr.span),
            _ => {}
        }
        for part in expr.parts() {
            self.mark(part);
        }
    }

    /// A pattern whose automaton is large goes with every program.
    fn note_size(&mut self, arg: &Checked) {
        let CheckedKind::Const(Value::Ready(bytes)) = &arg.kind else { return };
        let known = |found: &Diagnostic| found.code == "large-pattern" && found.span == arg.span;
        if bytes.first() == Some(&PATTERN) && bytes.len() > READY_SIZE && !self.report.iter().any(known) {
            let message = format!("the automaton of this pattern takes {} bytes, more than {READY_SIZE}", bytes.len());
            self.report.push(Diagnostic::warning("large-pattern", arg.span, message).help("repeat less, write smaller classes, or ask a list of the document"));
        }
    }

    /// Where a node stands in the document.
    pub fn place(&self, node: NodeId) -> Option<Span> {
        self.interned.places.get(&node).copied()
    }

    /// The index of a constant.
    pub fn constant(&mut self, value: &Value) -> u32 {
        self.interned.constant(value, &mut self.program.expressions)
    }
}

impl Interned {
    fn constant(&mut self, value: &Value, into: &mut Expressions) -> u32 {
        *self.constants.entry(part_bytes(value)).or_insert_with(|| {
            into.constants.push(value.clone());
            (into.constants.len() - 1) as u32
        })
    }

    fn node(&mut self, node: Node, into: &mut Expressions) -> NodeId {
        *self.nodes.entry(part_bytes(&node)).or_insert_with(|| {
            into.nodes.push(node);
            (into.nodes.len() - 1) as NodeId
        })
    }
}

/// The node of an expression that stands in no document, and where it and its parts stand.
pub fn lower_alone(expr: &Checked, into: &mut Expressions) -> (NodeId, Places) {
    let mut interned = Interned::default();
    (lower(expr, into, &mut interned), interned.places)
}

fn lower(expr: &Checked, into: &mut Expressions, interned: &mut Interned) -> NodeId {
    let node = match &expr.kind {
        CheckedKind::Const(value) => Node::Const(interned.constant(value, into)),
        CheckedKind::Variable(variable) => Node::Variable(*variable as VariableId),
        CheckedKind::Local(depth) => Node::Local(*depth as u8),
        CheckedKind::Call(function, args) => Node::Call(*function, lower_all(args, into, interned)),
        CheckedKind::Not(item) => Node::Not(lower(item, into, interned)),
        CheckedKind::And(items) => Node::And(lower_all(items, into, interned)),
        CheckedKind::Or(items) => Node::Or(lower_all(items, into, interned)),
        CheckedKind::If(test, then, otherwise) => Node::If(lower(test, into, interned), lower(then, into, interned), lower(otherwise, into, interned)),
        CheckedKind::List(items) => Node::List(lower_all(items, into, interned)),
        CheckedKind::Map(entries) => Node::Map(entries.iter().map(|(key, value)| (lower(key, into, interned), lower(value, into, interned))).collect()),
        CheckedKind::Member(item, name) => Node::Member(lower(item, into, interned), name_of(name, into, interned)),
        CheckedKind::Has(item, name) => Node::Has(lower(item, into, interned), name_of(name, into, interned)),
        CheckedKind::InList(item, list) => Node::InList(lower(item, into, interned), *list as u16),
        CheckedKind::Lookup(list, item, column) => Node::Lookup(*list as u16, lower(item, into, interned), *column as u8),
        CheckedKind::State(test, variable) => Node::State(*test, *variable as VariableId),
        CheckedKind::Form(form, items) => Node::Form(*form, lower_all(items, into, interned)),
        CheckedKind::Fold { fold, range, predicate, result } => {
            let range = lower(range, into, interned);
            let predicate = predicate.as_ref().map(|item| lower(item, into, interned));
            Node::Fold(*fold, range, predicate, result.as_ref().map(|item| lower(item, into, interned)))
        }
    };
    let id = interned.node(node, into);
    interned.places.entry(id).or_insert(expr.span);
    id
}

fn lower_all(items: &[Checked], into: &mut Expressions, interned: &mut Interned) -> Box<[NodeId]> {
    items.iter().map(|item| lower(item, into, interned)).collect()
}

fn name_of(name: &str, into: &mut Expressions, interned: &mut Interned) -> u32 {
    interned.constant(&Value::String(name.into()), into)
}
