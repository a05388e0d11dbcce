//! A checked condition taken apart: logic over tests of single variables, and what is left for the machine.

use super::cond::{Comparison, Cond, Member, Test};
use super::finite::Origin;
use super::Builder;
use crate::cel::{Checked, CheckedKind};
use crate::engine::machine::Outcome;
use crate::program::{Domain, Function, ListBody, Pattern, Step, Transform, Truth, Value, Variable, VariableId};

/// A text that single-text tests can look at.
type TextSource = (VariableId, Transform);

impl Builder<'_> {
    /// Takes a condition apart. Steps that must run before it are added to `before`.
    pub fn decompose(&mut self, expr: &Checked, before: &mut Vec<Step>) -> Cond {
        if self.is_secret(expr) {
            return self.opened(expr, before);
        }
        match self.origin(expr) {
            Origin::Nothing => return Cond::Const(self.constant_outcome(expr).truth()),
            origin @ (Origin::Finite(variable) | Origin::Lookup(variable, _)) => {
                let table = self.tabulate(expr, origin).iter().map(Outcome::truth).collect();
                let test = match origin {
                    Origin::Lookup(_, list) => Test::Lookup(list, table),
                    _ => Test::Table(table),
                };
                return Cond::Atom(variable, test);
            }
            Origin::Other => {}
        }
        if let Some(joined) = self.joined(expr, before) {
            return joined;
        }
        match &expr.kind {
            CheckedKind::State(test, variable) => Cond::Atom(*variable as VariableId, Test::State(*test)),
            CheckedKind::InList(text, list) => match (self.text_source(text), self.dictionary_classes(*list)) {
                // Whether the text finds an entry.
                (Some((variable, Transform::None)), Some(classes)) => {
                    let mut table = vec![Truth::Unknown, Truth::Unknown, Truth::Unknown, Truth::Fault, Truth::False];
                    table.resize(table.len() + classes, Truth::True);
                    Cond::Atom(variable, Test::Lookup(*list as u16, table))
                }
                (_, Some(_)) => self.opaque(expr, before),
                (Some((variable, transform)), None) => Cond::Atom(variable, Test::Member(transform, Member::In(*list as u16))),
                (None, None) => self.opaque(expr, before),
            },
            CheckedKind::Call(function, args) => match self.call(*function, args) {
                Some(cond) => cond,
                None => self.opaque(expr, before),
            },
            _ => self.opaque(expr, before),
        }
    }

    /// The logic of a condition that joins others; none where it is a test of its own.
    pub fn joined(&mut self, expr: &Checked, before: &mut Vec<Step>) -> Option<Cond> {
        Some(match &expr.kind {
            CheckedKind::And(items) => Cond::and(items.iter().map(|item| self.decompose(item, before)).collect()),
            CheckedKind::Or(items) => Cond::or(items.iter().map(|item| self.decompose(item, before)).collect()),
            CheckedKind::Not(item) => self.decompose(item, before).negated(),
            CheckedKind::If(test, then, otherwise) => {
                let test = self.decompose(test, before);
                let then = self.decompose(then, before);
                let otherwise = self.decompose(otherwise, before);
                Cond::If(Box::new([test, then, otherwise]))
            }
            _ => return None,
        })
    }

    /// How many classes of entries a dictionary has; none for a plain list.
    fn dictionary_classes(&self, list: usize) -> Option<usize> {
        match &self.program.lists.get(list)?.body {
            ListBody::Dictionary(dictionary) => Some(dictionary.classes.len()),
            _ => None,
        }
    }

    fn call(&self, function: Function, args: &[Checked]) -> Option<Cond> {
        let [left, right] = args else { return None };
        match function {
            Function::Contains | Function::StartsWith | Function::EndsWith => {
                let (variable, transform) = self.text_source(left)?;
                let CheckedKind::Const(Value::String(part)) = &right.kind else { return None };
                let part = part.to_string();
                let pattern = match function {
                    Function::Contains => Pattern::Contains(part),
                    Function::StartsWith => Pattern::Starts(part),
                    _ => Pattern::Ends(part),
                };
                Some(Cond::Atom(variable, Test::Contains(transform, vec![pattern])))
            }
            Function::In => {
                let items: Vec<&Value> = match &right.kind {
                    CheckedKind::List(items) => items.iter().map(constant).collect::<Option<_>>()?,
                    CheckedKind::Const(Value::List(items)) => items.iter().collect(),
                    _ => return None,
                };
                items.into_iter().map(|item| self.compare(Comparison::Equal, left, item)).collect::<Option<Vec<_>>>().map(Cond::or).filter(|_| {
                    // `x in []` reads x all the same: it is unknown where x is.
                    !matches!(&right.kind, CheckedKind::List(items) if items.is_empty())
                })
            }
            _ => {
                let (comparison, negated) = match function {
                    Function::Less => (Comparison::Less, false),
                    Function::LessEqual => (Comparison::LessEqual, false),
                    Function::Greater => (Comparison::Greater, false),
                    Function::GreaterEqual => (Comparison::GreaterEqual, false),
                    Function::Equal => (Comparison::Equal, false),
                    Function::NotEqual => (Comparison::Equal, true),
                    _ => return None,
                };
                let cond = match (constant(left), constant(right)) {
                    (_, Some(value)) => self.compare(comparison, left, value)?,
                    (Some(value), _) => self.compare(comparison.flipped(), right, value)?,
                    _ => return None,
                };
                Some(if negated { cond.negated() } else { cond })
            }
        }
    }

    fn compare(&self, comparison: Comparison, tested: &Checked, value: &Value) -> Option<Cond> {
        if let CheckedKind::Variable(variable) = tested.kind
            && let Some(Domain::Int(..) | Domain::Double(..)) = self.program.variables.get(variable).map(|variable| &variable.domain)
        {
            let number = match value {
                // Beyond 2^53 an integer has no double of its own.
                Value::Int(value) if value.unsigned_abs() <= 1 << 53 => *value as f64,
                Value::Double(value) if value.is_finite() => *value + 0.0,
                _ => return None,
            };
            return Some(Cond::Atom(variable as VariableId, Test::Number(comparison, number)));
        }
        let (Comparison::Equal, Value::String(text)) = (comparison, value) else { return None };
        let (variable, transform) = self.text_source(tested)?;
        Some(Cond::Atom(variable, Test::Member(transform, Member::Is(text.to_string()))))
    }

    /// The text variable, and what is done to it, of an expression that single-text tests can look at.
    fn text_source(&self, expr: &Checked) -> Option<TextSource> {
        let text = |expr: &Checked| match expr.kind {
            CheckedKind::Variable(variable) => {
                let domain = self.program.variables.get(variable).map(|variable| &variable.domain);
                matches!(domain, Some(Domain::Text)).then_some(variable as VariableId)
            }
            _ => None,
        };
        match &expr.kind {
            CheckedKind::Call(Function::Domain, args) => Some((text(args.first()?)?, Transform::Domain)),
            CheckedKind::Call(Function::LowerAscii, args) => Some((text(args.first()?)?, Transform::LowerAscii)),
            _ => Some((text(expr)?, Transform::None)),
        }
    }

    /// A condition that runs on the machine: a variable without name that is its truth.
    fn opaque(&mut self, expr: &Checked, before: &mut Vec<Step>) -> Cond {
        let node = self.lower(expr);
        let variable = match self.opaque.get(&node) {
            Some(&variable) => variable,
            None => {
                let variable = self.program.variables.len() as VariableId;
                let domain = Domain::Finite(vec![Value::Bool(false), Value::Bool(true)]);
                self.program.variables.push(Variable { name: String::new(), domain, by_value: false });
                let faults = self.may_fault(expr);
                self.faulting.push(faults);
                self.opaque.insert(node, variable);
                variable
            }
        };
        let step = Step::Compute(variable, node);
        if !self.computed.contains(&variable) {
            self.computed.insert(variable);
            before.push(step);
        }
        let table = vec![Truth::Unknown, Truth::Unknown, Truth::Unknown, Truth::Fault, Truth::False, Truth::True];
        Cond::Atom(variable, Test::Table(table))
    }
}

fn constant(expr: &Checked) -> Option<&Value> {
    match &expr.kind {
        CheckedKind::Const(value) => Some(value),
        _ => None,
    }
}
