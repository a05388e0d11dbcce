//! Enums are strings refined by their values: a misspelt value is a mistake.

use super::Checker;
use crate::cel::print::quote;
use crate::cel::{Checked, CheckedKind, EnumType, Type};
use crate::program::{Function, Value};
use crate::report::{Diagnostic, Span, suggest};
use std::sync::Arc;

/// The enum that an expression's results form: its own type, or the one value of a string literal.
pub(super) fn as_enum(checked: &Checked) -> Option<Arc<EnumType>> {
    match (&checked.ty, literal(checked)) {
        (Type::Enum(ty), _) => Some(ty.clone()),
        (_, Some(value)) => Some(Arc::new(EnumType { name: "this expression".to_owned(), values: vec![value.to_owned()] })),
        _ => None,
    }
}

fn literal(checked: &Checked) -> Option<&str> {
    match &checked.kind {
        CheckedKind::Const(Value::String(value)) => Some(value),
        _ => None,
    }
}

/// A value that an enum does not have, with the nearest that it has.
pub(crate) fn unknown_value(value: &str, span: Span, ty: &EnumType) -> Diagnostic {
    let message = format!("{} has no value `{value}`", ty.name);
    let help = match suggest(value, ty.values.iter().map(String::as_str)) {
        Some(near) => format!("did you mean {}?", quote(near)),
        None => format!("its values are {}", enumerate(&ty.values)),
    };
    Diagnostic::error("unknown-value", span, message).help(help)
}

/// The first values of an enum, for people.
fn enumerate(values: &[String]) -> String {
    const SHOWN: usize = 12;
    let mut words: Vec<String> = values.iter().take(SHOWN).map(|value| format!("`{value}`")).collect();
    if values.len() > SHOWN {
        words.push(format!("{} more", values.len() - SHOWN));
    }
    words.join(", ")
}

impl Checker<'_> {
    /// Looks at what enums are compared with, and says whether it was in order.
    pub(super) fn refine(&mut self, function: Function, args: &[Checked], span: Span) -> bool {
        let before = self.errors.len();
        match (function, args) {
            (Function::Equal | Function::NotEqual, [left, right]) => self.equate(left, right, span),
            (Function::In, [left, Checked { kind: CheckedKind::List(elements), .. }]) => {
                for element in elements {
                    self.compare(left, element);
                    self.compare(element, left);
                }
            }
            (Function::In, [key, Checked { kind: CheckedKind::Map(entries), .. }]) | (Function::Index, [Checked { kind: CheckedKind::Map(entries), .. }, key]) => {
                for (known, _) in entries {
                    self.compare(key, known);
                    self.compare(known, key);
                }
            }
            (Function::In, [left, Checked { ty: Type::List(element), .. }]) => {
                if let Type::Enum(ty) = &**element {
                    self.among(left, ty);
                    self.have_common(left, ty, span);
                }
            }
            _ => {}
        }
        self.errors.len() == before
    }

    /// `left == right`, of lists element by element.
    fn equate(&mut self, left: &Checked, right: &Checked, span: Span) {
        if let (CheckedKind::List(left), CheckedKind::List(right)) = (&left.kind, &right.kind) {
            left.iter().zip(right).for_each(|(left, right)| self.equate(left, right, span));
            return;
        }
        self.compare(left, right);
        self.compare(right, left);
        if let Type::Enum(ty) = &right.ty {
            self.have_common(left, ty, span);
        }
    }

    fn compare(&mut self, of: &Checked, with: &Checked) {
        if let Type::Enum(ty) = &of.ty {
            self.among(with, ty);
        }
    }

    /// A text that is written out is one of an enum's values; so is each of those that a conditional chooses from.
    fn among(&mut self, checked: &Checked, ty: &EnumType) {
        match (&checked.kind, literal(checked)) {
            (_, Some(value)) if !ty.values.iter().any(|known| known == value) => self.errors.push(unknown_value(value, checked.span, ty)),
            (CheckedKind::If(_, then, otherwise), _) => {
                self.among(then, ty);
                self.among(otherwise, ty);
            }
            _ => {}
        }
    }

    /// One mistake gives one message: where a value is unknown, that there is none in common follows from it.
    fn have_common(&mut self, left: &Checked, ty: &EnumType, span: Span) {
        if self.errors.last().is_none_or(|last| last.code != "unknown-value" || last.span.start < span.start) {
            self.disjoint(left, ty, span);
        }
    }

    fn disjoint(&mut self, left: &Checked, two: &EnumType, span: Span) {
        let Type::Enum(one) = &left.ty else { return };
        if !one.values.iter().any(|value| two.values.contains(value)) {
            let message = format!("{} and {} have no value in common", one.name, two.name);
            let help = format!("{} has {}; {} has {}", one.name, enumerate(&one.values), two.name, enumerate(&two.values));
            self.errors.push(Diagnostic::error("never-equal", span, message).help(help));
        }
    }
}
