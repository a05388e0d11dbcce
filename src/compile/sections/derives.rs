//! The first layer: gates and derives, in dependency order.

use super::super::Builder;
use super::super::conditions::Site;
use super::super::cond::{Cond, Test};
use super::super::finite::{Origin, cell_of};
use super::super::order::{Item, order};
use super::Deferred;
use crate::cel::{Checked, CheckedKind, Expected, Type};
use crate::document::{Condition, DeriveDef, QuestionDef};
use crate::engine::machine::Outcome;
use crate::program::{ABSENT, Cell, Choose, ChooseId, Domain, FAULT, Step, Truth, Value, VariableId};

/// A derive with more constants than this runs on the machine.
const MOST_VALUES: usize = 1000;

/// A node of the first layer.
enum Node<'d> {
    Derive(usize, &'d DeriveDef),
    Gate(VariableId, &'d QuestionDef, &'d Condition),
}

impl Builder<'_> {
    /// Gates and derives.
    pub fn first_layer(&mut self, deferred: &mut Deferred) {
        let document = self.document;
        let questions = document.ask.iter().flat_map(|ask| &ask.questions);
        let mut nodes: Vec<Node> = Vec::new();
        // For each variable, the node that must come before what reads it.
        let mut node_of: Vec<Option<usize>> = vec![None; self.program.variables.len()];
        for question in questions {
            let Some(field) = self.field_named(&question.field, "a question") else { continue };
            if let Some(facts) = self.program.fields.get_mut(usize::from(field)) {
                facts.questioned = true;
            }
            if let Some(gate) = &question.when {
                if let Some(place) = node_of.get_mut(usize::from(field)) {
                    *place = Some(nodes.len());
                }
                nodes.push(Node::Gate(field, question, gate));
            }
        }
        for (at, derive) in document.derives.iter().enumerate() {
            let variable = self.program.fields.len() + at;
            if let Some(place) = node_of.get_mut(variable) {
                *place = Some(nodes.len());
            }
            nodes.push(Node::Derive(variable, derive));
        }
        let items: Vec<Item> = nodes
            .iter()
            .map(|node| {
                let (name, span, reads) = match node {
                    Node::Derive(_, derive) => (format!("the derive `{}`", derive.name.value), derive.name.span, self.named_in_code(&derive.expr)),
                    Node::Gate(_, question, gate) => (format!("the question for `{}`", question.field.value), question.field.span, self.named_in(gate)),
                };
                Item { name, span, reads: reads.into_iter().filter_map(|variable| node_of.get(variable).copied().flatten()).collect() }
            })
            .collect();
        let (sequence, cycle) = order(&items);
        self.report.extend(cycle);
        for at in sequence {
            match nodes.get(at) {
                Some(Node::Derive(variable, derive)) => self.derive(*variable, derive, deferred),
                Some(Node::Gate(field, _, gate)) => self.gate(*field, gate, deferred),
                None => {}
            }
        }
    }

    fn gate(&mut self, field: VariableId, gate: &Condition, deferred: &mut Deferred) {
        let env = self.env_at(Site::First, "a question's `when`");
        let mut before = Vec::new();
        let Some(cond) = self.condition(gate, &env, &mut before) else { return };
        self.public_gate(field, gate, &cond);
        let faults = self.cond_may_fault(&cond);
        if let Some(place) = self.faulting.get_mut(usize::from(field)) {
            *place |= faults;
        }
        let place = deferred.cond(cond);
        if let Some(facts) = self.program.fields.get_mut(usize::from(field)) {
            facts.gate = Some(place);
        }
        self.run_before(before);
        self.steps.push(Step::Gate(field));
    }

    fn derive(&mut self, variable: usize, derive: &DeriveDef, deferred: &mut Deferred) {
        let env = self.env_at(Site::First, "a derive");
        let Some(mut checked) = self.expression(&derive.expr, &env, Expected::Any) else { return };
        if !derive.arms.is_empty() {
            let Some(arms) = self.arms(derive, checked) else { return };
            checked = arms;
        }
        if let Some(known) = self.env.variables.get_mut(variable) {
            known.ty = checked.ty.clone();
        }
        let mut before = Vec::new();
        let mut values = Vec::new();
        let (nodes, begun) = (self.program.formulas.chooses.len(), deferred.count());
        // The arms of an experiment are not chosen by conditions one by one.
        let tree = if derive.arms.is_empty() { self.tree(&checked, &mut values, deferred, &mut before) } else { None };
        let tree = tree.filter(|_| values.len() <= MOST_VALUES && values.iter().all(is_plain));
        let secret = self.is_secret(&checked);
        self.taint(variable, &derive.expr, secret);
        self.note_open(secret, || format!("derive.{}", derive.name.value));
        let checked = if tree.is_none() { self.with_hidden(&derive.name, checked) } else { checked };
        let faults = secret || self.may_fault(&checked) || self.may_be_infinite(&checked);
        let (domain, step) = match tree {
            Some(tree) => (Domain::Finite(values), Step::Choose(variable as VariableId, tree)),
            None => {
                self.program.formulas.chooses.truncate(nodes);
                deferred.forget(begun);
                (domain_of(&checked.ty), Step::Compute(variable as VariableId, self.lower(&checked)))
            }
        };
        if let Some(place) = self.program.variables.get_mut(variable) {
            place.domain = domain;
        }
        if let Some(place) = self.faulting.get_mut(variable) {
            *place = faults;
        }
        self.run_before(before);
        self.steps.push(step);
    }

    /// The choosing tree of an expression, where its results are constants chosen by conditions.
    fn tree(&mut self, expr: &Checked, values: &mut Vec<Value>, deferred: &mut Deferred, before: &mut Vec<Step>) -> Option<ChooseId> {
        let origin = if self.is_secret(expr) { Origin::Other } else { self.origin(expr) };
        let node = match origin {
            Origin::Nothing => Choose::Cell(outcome_cell(&self.constant_outcome(expr), values)),
            origin @ (Origin::Finite(variable) | Origin::Lookup(variable, _)) => {
                let outcomes = self.tabulate(expr, origin);
                let cells: Box<[Cell]> = outcomes.iter().map(|outcome| outcome_cell(outcome, values)).collect();
                let table = vec![Truth::Unknown; cells.len()];
                let test = match origin {
                    Origin::Lookup(_, list) => Test::Lookup(list, table),
                    _ => Test::Table(table),
                };
                Choose::Map(deferred.slot(variable, test), cells)
            }
            Origin::Other => match &expr.kind {
                CheckedKind::If(test, then, otherwise) => {
                    let then = self.tree(then, values, deferred, before)?;
                    let otherwise = self.tree(otherwise, values, deferred, before)?;
                    let test = self.decompose(test, before);
                    Choose::If(deferred.cond(test), then, otherwise)
                }
                CheckedKind::Lookup(..) => return self.joined_tree(expr, values, deferred),
                _ if expr.ty == Type::Bool => {
                    let cond = self.decompose(expr, before);
                    let holds = self.choose(Choose::Cell(cell_of(values, &Value::Bool(true))));
                    let fails = self.choose(Choose::Cell(cell_of(values, &Value::Bool(false))));
                    Choose::If(deferred.cond(cond), holds, fails)
                }
                _ => return None,
            },
        };
        Some(self.choose(node))
    }

    /// The choosing tree of what two texts find together.
    fn joined_tree(&mut self, expr: &Checked, values: &mut Vec<Value>, deferred: &mut Deferred) -> Option<ChooseId> {
        let joined = self.joined_lookup(expr)?;
        let nothing = self.choose(Choose::Cell(ABSENT));
        let cases: Vec<(ChooseId, Cond)> = joined.cases.into_iter().map(|(value, when)| (self.choose(Choose::Cell(cell_of(values, &value))), when)).collect();
        let tree = self.case_tree(&cases, nothing, deferred);
        Some(self.choose(Choose::If(deferred.cond(joined.readable), tree, nothing)))
    }

    /// The choosing tree of cases of which at most one holds. Halves of them, for trees may not nest deep.
    fn case_tree(&mut self, cases: &[(ChooseId, Cond)], nothing: ChooseId, deferred: &mut Deferred) -> ChooseId {
        let (first, second) = match cases {
            [] => return nothing,
            [(then, when)] => return self.choose(Choose::If(deferred.cond(when.clone()), *then, nothing)),
            _ => cases.split_at(cases.len() / 2),
        };
        let any = Cond::or(first.iter().map(|(_, when)| when.clone()).collect());
        let first = self.case_tree(first, nothing, deferred);
        let second = self.case_tree(second, nothing, deferred);
        self.choose(Choose::If(deferred.cond(any), first, second))
    }

    fn choose(&mut self, node: Choose) -> ChooseId {
        self.program.formulas.chooses.push(node);
        (self.program.formulas.chooses.len() - 1) as ChooseId
    }

    /// The screen.
    pub fn screen(&mut self, deferred: &mut Deferred) {
        if self.secrets.is_some() {
            return self.public_screen(deferred);
        }
        let document = self.document;
        super::super::names::duplicates(&mut self.report, "screen row", document.screen.iter().map(|row| &row.id));
        let env = self.env_at(Site::First, "a screen row");
        for row in &document.screen {
            let mut before = Vec::new();
            let cond = self.condition(&row.when, &env, &mut before).unwrap_or(Cond::Const(Truth::False));
            self.run_before(before);
            let when = deferred.cond(cond.clone());
            self.program.screen.push(crate::program::Row { id: row.id.value.clone(), when, then: Vec::new() });
            if self.cond_may_fault(&cond) {
                self.screen_faults = true;
            }
        }
        if !document.screen.is_empty() {
            self.steps.push(Step::Screen);
        }
    }
}

/// Whether a value can be an element of a finite domain: something that a cell can stand for.
fn is_plain(value: &Value) -> bool {
    match value {
        Value::Double(value) => value.is_finite(),
        Value::Bool(_) | Value::Int(_) | Value::String(_) => true,
        _ => false,
    }
}

fn outcome_cell(outcome: &Outcome, values: &mut Vec<Value>) -> Cell {
    match outcome {
        // A derive that is not finite is faulted.
        Outcome::Value(Value::Double(value)) if !value.is_finite() => FAULT,
        Outcome::Value(Value::Double(value)) => cell_of(values, &Value::Double(*value + 0.0)),
        Outcome::Value(value) => cell_of(values, value),
        Outcome::Unknown => ABSENT,
        Outcome::Fault(..) => FAULT,
    }
}

/// The values that an expression of a type can have.
fn domain_of(ty: &Type) -> Domain {
    match ty {
        Type::Bool => Domain::Finite(vec![Value::Bool(false), Value::Bool(true)]),
        Type::Enum(values) => Domain::Finite(values.values.iter().map(|value| Value::String(value.as_str().into())).collect()),
        Type::Int => Domain::Int(i64::MIN, i64::MAX),
        Type::Double => Domain::Double(f64::MIN, f64::MAX),
        Type::String => Domain::Text,
        _ => Domain::Any,
    }
}

