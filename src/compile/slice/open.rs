//! Conditions on secrets: open, without a word of what they say.

use super::super::Builder;
use super::super::cond::{Cond, Test};
use super::super::sections::Deferred;
use crate::cel::{Checked, CheckedKind};
use crate::document::{Code, Condition};
use crate::program::{Domain, Milli, Step, Truth, Value, Variable, VariableId};
use crate::report::Diagnostic;

impl Builder<'_> {
    /// Whether an expression mentions something secret.
    pub fn is_secret(&self, expr: &Checked) -> bool {
        let Some(secrets) = &self.secrets else { return false };
        let own = match &expr.kind {
            CheckedKind::Variable(variable) | CheckedKind::State(_, variable) => *variable >= secrets.first_variable,
            CheckedKind::InList(_, list) | CheckedKind::Lookup(list, ..) => *list >= secrets.first_list,
            _ => false,
        };
        own || expr.parts().into_iter().any(|part| self.is_secret(part))
    }

    /// Whether a name is that of a secret.
    pub fn is_secret_name(&self, name: &str) -> bool {
        let secret = self.secrets.as_ref().map_or(&[][..], |secrets| self.env.variables.get(secrets.first_variable..).unwrap_or_default());
        secret.iter().any(|variable| variable.name == name)
    }

    /// A condition that mentions something secret: its logic stays as far as it joins public conditions, and each part with a secret operand is open.
    pub fn opened(&mut self, expr: &Checked, before: &mut Vec<Step>) -> Cond {
        self.joined(expr, before).unwrap_or(Cond::Open).simplified()
    }

    /// A variable without name that stands for something secret.
    pub fn hide(&mut self, domain: Domain) -> VariableId {
        let variable = self.program.variables.len() as VariableId;
        self.program.variables.push(Variable { name: String::new(), domain, by_value: false });
        self.faulting.push(true);
        if let Some(secrets) = &mut self.secrets {
            secrets.open.push(variable);
        }
        variable
    }

    /// A variable without name for a secret condition.
    pub fn hidden_bit(&mut self) -> VariableId {
        self.hide(Domain::Finite(vec![Value::Bool(false), Value::Bool(true)]))
    }

    /// Gives each open condition a variable of its own.
    pub fn open_bits(&mut self, deferred: &mut Deferred) {
        if self.secrets.is_none() {
            return;
        }
        for cond in deferred.conds_mut() {
            let whole = std::mem::replace(cond, Cond::Open);
            *cond = self.with_bits(whole.simplified());
        }
    }

    fn with_bits(&mut self, cond: Cond) -> Cond {
        let mut all = |items: Vec<Cond>| items.into_iter().map(|item| self.with_bits(item)).collect();
        match cond {
            Cond::Open => {
                let truths = vec![Truth::Unknown, Truth::Unknown, Truth::Unknown, Truth::Fault, Truth::False, Truth::True];
                Cond::Atom(self.hidden_bit(), Test::Table(truths))
            }
            Cond::And(items) => Cond::And(all(items)),
            Cond::Or(items) => Cond::Or(all(items)),
            Cond::Not(item) => Cond::Not(Box::new(self.with_bits(*item))),
            Cond::Held(item) => Cond::Held(Box::new(self.with_bits(*item))),
            Cond::If(parts) => Cond::If(Box::new(parts.map(|part| self.with_bits(part)))),
            cond @ (Cond::Const(_) | Cond::Atom(..)) => cond,
        }
    }

    /// The cases of a public `by` rule over something secret: one of so many keys holds, or none, or it faults. Their points are public, their keys are not.
    pub fn hidden_keys(&mut self, points: &[(Code, crate::report::Spanned<Milli>)]) -> Vec<(String, Cond, Milli)> {
        let keys: Vec<(bool, Milli)> = points.iter().filter_map(|(key, points)| Some((self.test(key)?.is_else(), points.value))).collect();
        let count = keys.iter().filter(|(is_else, _)| !is_else).count();
        let variable = self.hide(Domain::Finite((0..count as i64).map(Value::Int).collect()));
        let mut at = 0;
        let case = |&(is_else, points): &(bool, Milli)| {
            let state = if is_else { Truth::True } else { Truth::Unknown };
            let mut table = vec![state, state, state, Truth::Fault];
            table.extend((0..count).map(|key| Truth::of(!is_else && key == at)));
            at += usize::from(!is_else);
            (String::new(), Cond::Atom(variable, Test::Table(table)), points)
        };
        keys.iter().map(case).collect()
    }

    /// Notes that a public derive rests on something secret, itself or through others.
    pub fn taint(&mut self, variable: usize, expr: &Code, secret: bool) {
        let read = self.named_in_code(expr);
        if let Some(secrets) = &mut self.secrets
            && (secret || !secrets.tainted.is_disjoint(&read))
        {
            secrets.tainted.insert(variable);
        }
    }

    /// Reports a public question whose gate rests on something secret: the page could not tell whether to ask.
    pub fn public_gate(&mut self, field: VariableId, gate: &Condition, cond: &Cond) {
        let read = self.named_in(gate);
        let Some(secrets) = &self.secrets else { return };
        if !cond.is_open() && secrets.tainted.is_disjoint(&read) {
            return;
        }
        let name = self.program.variables.get(usize::from(field)).map(|variable| variable.name.clone()).unwrap_or_default();
        let tainted = |name: &str| self.is_secret_name(name) || self.index.get(name).is_some_and(|at| secrets.tainted.contains(at));
        let span = match gate {
            Condition::Cel(code) => code.span,
            Condition::Tests(tests) => tests.iter().find(|(name, _)| tainted(&name.value)).or(tests.first()).map(|(name, code)| name.span.to(code.span)).unwrap_or_default(),
        };
        let message = format!("whether the page asks for `{name}` rests on something that `page` does not list");
        self.report.push(Diagnostic::error("secret-gate", span, message).help("list it in `page`, or take the field out of `page`"));
    }
}

impl Cond {
    /// Whether something in it is open.
    pub fn is_open(&self) -> bool {
        match self {
            Self::Open => true,
            Self::Const(_) | Self::Atom(..) => false,
            Self::And(items) | Self::Or(items) => items.iter().any(Self::is_open),
            Self::Not(item) | Self::Held(item) => item.is_open(),
            Self::If(parts) => parts.iter().any(Self::is_open),
        }
    }

    /// The same with as little said of what is open as possible: several secrets in one `&&` or `||` are one, whatever they are.
    pub fn simplified(self) -> Self {
        match self {
            Self::And(items) => joined(items, Truth::False),
            Self::Or(items) => joined(items, Truth::True),
            Self::Not(item) => match item.simplified() {
                Self::Open => Self::Open,
                item => item.negated(),
            },
            Self::Held(item) => Self::Held(Box::new(item.simplified())),
            Self::If(parts) => {
                let [test, then, otherwise] = parts.map(Self::simplified);
                match (test, then, otherwise) {
                    (Self::Open, Self::Open, _) | (Self::Open, _, Self::Open) => Self::Open,
                    (test, then, otherwise) => Self::If(Box::new([test, then, otherwise])),
                }
            }
            cond => cond,
        }
    }
}

/// `&&` (decided by F) or `||` (decided by T): public conditions in the author's order, then one that is open.
fn joined(items: Vec<Cond>, deciding: Truth) -> Cond {
    let mut open = false;
    let mut public = Vec::new();
    let mut pending: Vec<Cond> = items.into_iter().rev().collect();
    while let Some(item) = pending.pop() {
        match item.simplified() {
            Cond::Open => open = true,
            Cond::And(inner) if deciding == Truth::False => pending.extend(inner.into_iter().rev()),
            Cond::Or(inner) if deciding == Truth::True => pending.extend(inner.into_iter().rev()),
            Cond::Const(truth) if truth == deciding => return Cond::Const(truth),
            Cond::Const(Truth::True | Truth::False) => {}
            item => public.push(item),
        }
    }
    public.extend(open.then_some(Cond::Open));
    if deciding == Truth::False { Cond::and(public) } else { Cond::or(public) }
}
