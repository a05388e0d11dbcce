//! Secret numbers in public arithmetic.

use super::super::Builder;
use crate::cel::{Checked, CheckedKind, Type};
use crate::program::{Domain, Milli, VariableId};
use crate::report::{Diagnostic, Span, Spanned};

impl Builder<'_> {
    /// The expression of a public derive with what is secret replaced: numbers by their declared intervals, conditions by bits.
    pub fn with_hidden(&mut self, derive: &Spanned<String>, expr: Checked) -> Checked {
        if self.is_secret(&expr) { self.hidden(derive, &expr) } else { expr }
    }

    fn hidden(&mut self, derive: &Spanned<String>, expr: &Checked) -> Checked {
        if !self.is_secret(expr) {
            return expr.clone();
        }
        if self.is_open(expr) {
            return Checked { kind: CheckedKind::Variable(usize::from(self.hidden_bit())), ty: expr.ty.clone(), span: expr.span };
        }
        if let CheckedKind::And(items) | CheckedKind::Or(items) = &expr.kind {
            // As in conditions: several secrets are one, after what is public.
            let (open, rest): (Vec<&Checked>, Vec<&Checked>) = items.iter().partition(|item| self.is_open(item));
            let items = rest.into_iter().chain(open.into_iter().take(1)).map(|item| self.hidden(derive, item)).collect();
            let kind = if matches!(expr.kind, CheckedKind::And(_)) { CheckedKind::And(items) } else { CheckedKind::Or(items) };
            return Checked { kind, ty: expr.ty.clone(), span: expr.span };
        }
        let mut one = |item: &Checked| Box::new(self.hidden(derive, item));
        let kind = match &expr.kind {
            CheckedKind::If(test, then, otherwise) => CheckedKind::If(one(test), one(then), one(otherwise)),
            CheckedKind::Not(item) => CheckedKind::Not(one(item)),
            CheckedKind::Variable(variable) if matches!(expr.ty, Type::Int | Type::Double) => CheckedKind::Variable(usize::from(self.number(*variable, &expr.ty, expr.span))),
            CheckedKind::Call(function, args) => CheckedKind::Call(*function, args.iter().map(|item| *one(item)).collect()),
            CheckedKind::List(items) => CheckedKind::List(items.iter().map(|item| *one(item)).collect()),
            CheckedKind::Form(form, items) => CheckedKind::Form(*form, items.iter().map(|item| *one(item)).collect()),
            CheckedKind::Map(entries) => CheckedKind::Map(entries.iter().map(|(key, value)| (*one(key), *one(value))).collect()),
            CheckedKind::Member(item, name) => CheckedKind::Member(one(item), name.clone()),
            CheckedKind::Has(item, name) => CheckedKind::Has(one(item), name.clone()),
            CheckedKind::Fold { fold, range, predicate, result } => CheckedKind::Fold {
                fold: *fold,
                range: one(range),
                predicate: predicate.as_ref().map(|item| one(item)),
                result: result.as_ref().map(|item| one(item)),
            },
            _ => {
                let message = format!("the public derive `{}` gives what is secret", derive.value);
                let help = "only secret numbers and conditions can stand in a public derive: list this in `page`, or take the derive out of `page`";
                self.report.push(Diagnostic::error("secret-value", expr.span, message).help(help));
                expr.kind.clone()
            }
        };
        Checked { kind, ty: expr.ty.clone(), span: expr.span }
    }

    /// Whether a condition is as a whole secret: nothing public in it stays.
    fn is_open(&self, expr: &Checked) -> bool {
        expr.ty == Type::Bool && self.is_secret(expr) && match &expr.kind {
            CheckedKind::And(items) | CheckedKind::Or(items) => items.iter().all(|item| self.is_open(item)),
            CheckedKind::Not(item) => self.is_open(item),
            CheckedKind::If(..) => false,
            _ => true,
        }
    }

    /// What stands for a secret number.
    fn number(&mut self, variable: usize, ty: &Type, span: Span) -> VariableId {
        if let Some(&known) = self.secrets.as_ref().and_then(|secrets| secrets.numbers.get(&variable)) {
            return known;
        }
        let name = self.env.variables.get(variable).map(|variable| variable.name.clone()).unwrap_or_default();
        let (low, high) = self.declared(&name, span);
        let whole = || (low.max(i64::MIN as f64).ceil() as i64, high.min(i64::MAX as f64).floor() as i64);
        let domain = match ty {
            Type::Int => Domain::Int(whole().0.min(whole().1), whole().1),
            _ => Domain::Double(low, high),
        };
        let hidden = self.hide(domain);
        if let Some(secrets) = &mut self.secrets {
            secrets.numbers.insert(variable, hidden);
        }
        hidden
    }

    /// The declared bounds of a secret number; reports where there are none.
    fn declared(&mut self, name: &str, span: Span) -> (f64, f64) {
        let declared = self.secrets.as_ref().and_then(|secrets| secrets.bounds.get(name)).copied();
        declared.unwrap_or_else(|| {
            let found = Diagnostic::error("missing-bounds", span, format!("the page adds up the secret number `{name}`, whose range it is not told"));
            self.report.push(found.help(format!("declare it in `page`: bounds: {{ {name}: [0, 100] }}")));
            (0.0, 0.0)
        })
    }

    /// The range of what secret scores add to a public sum, with one more of them.
    pub fn add_hidden(&mut self, part: &Spanned<String>, so_far: Option<(Milli, Milli)>) -> Option<(Milli, Milli)> {
        let (low, high) = self.declared(&part.value, part.span);
        let (least, greatest) = so_far.unwrap_or_default();
        // Bounds beyond what points can be say no more than these.
        let milli = |points: f64| (points * 1000.0).clamp(-1e12, 1e12);
        let sum = |a: Milli, b: f64| (a + b as Milli).clamp(-1_000_000_000_000, 1_000_000_000_000);
        Some((sum(least, milli(low).floor()), sum(greatest, milli(high).ceil())))
    }
}
