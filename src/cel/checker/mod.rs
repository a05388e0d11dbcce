//! The syntax tree to the checked tree: names resolved, macros expanded, every node typed.
//!
//! What is wrong is reported where it stands, and the tree goes on with [`Type::Error`] in its place, so that one run finds every mistake.

mod calls;
mod enums;
mod language;
mod macros;
mod mismatch;
mod names;
mod ready;

pub(super) use enums::unknown_value;

use super::ast::{BinaryOp, Element, Entry, Expr, ExprKind, Literal, UnaryOp};
use super::parser::MAX_ERRORS;
use super::print::{print, symbol};
use super::{Checked, CheckedKind, Env, Errors, Type};
use crate::program::{Form, Value};
use crate::report::{Diagnostic, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Comprehensions inside one another, each multiplying what those within cost. As many as the definition of the language asks for of what recurs.
const MAX_COMPREHENSIONS: u32 = 12;
/// Levels of a checked tree, whose macros are written out; what the machine goes down.
const MAX_DEPTH: u32 = 250;

/// What the place where an expression stands asks of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A bool: a condition.
    Condition,
    /// Any value: a derive.
    Any,
}

/// Checks an expression against the names that it may read.
///
/// # Errors
/// Everything that is wrong with its names and types, in the order of the text.
pub fn check(expr: &Expr, env: &Env, expected: Expected) -> Result<Checked, Errors> {
    let mut checker = Checker { env, errors: Errors::new(), locals: Vec::new(), comprehensions: 0 };
    let checked = checker.expr(expr);
    if expected == Expected::Condition && !checker.fits_bool(&checked.ty) {
        checker.errors.push(mismatch::not_a_condition(expr, &checked));
    }
    if checker.errors.is_empty() && checked.is_deeper_than(MAX_DEPTH) {
        let message = format!("the expression nests deeper than {MAX_DEPTH} levels, its macros written out");
        checker.errors.push(Diagnostic::error("nested-too-deeply", expr.span, message).help("name a part of it as a derive; write long enumerations as a list"));
    }
    if checker.errors.is_empty() {
        return Ok(checked);
    }
    checker.errors.sort_by_key(|error| error.span.start);
    Err(checker.errors)
}

struct Checker<'e> {
    env: &'e Env,
    errors: Errors,
    /// The variables of the comprehensions around, the outermost first.
    locals: Vec<Local>,
    /// Comprehensions around whose body this is.
    comprehensions: u32,
}

/// A variable that a comprehension or a binding names.
struct Local {
    name: String,
    ty: Type,
    /// Comprehensions and bindings around the one that names it.
    level: usize,
    /// Where two variables are named by one comprehension, it visits pairs: its place in the pair.
    part: Option<i64>,
}

fn node(kind: CheckedKind, ty: Type, span: Span) -> Checked {
    Checked { kind, ty, span }
}

/// Stands for what was reported, or has no value: an element of `[]` faults wherever it is asked for.
fn faulty(span: Span) -> Checked {
    node(CheckedKind::Form(Form::Missing, Vec::new()), Type::Error, span)
}

impl Checker<'_> {
    /// Names the variable of a comprehension or binding that begins.
    fn bind_local(&mut self, name: String, ty: Type) {
        let level = self.next_level();
        self.locals.push(Local { name, ty, level, part: None });
    }

    fn next_level(&self) -> usize {
        self.locals.last().map_or(0, |local| local.level + 1)
    }

    fn report(&mut self, diagnostic: Diagnostic) -> Checked {
        let span = diagnostic.span;
        self.errors.push(diagnostic);
        faulty(span)
    }

    fn fits_bool(&self, ty: &Type) -> bool {
        matches!(ty, Type::Bool | Type::Dyn | Type::Error)
    }

    fn expr(&mut self, expr: &Expr) -> Checked {
        let mut checked = self.node(expr);
        // A type that is made of one twice, level by level, would be larger than any memory when it is compared or written.
        if checked.ty.is_large() {
            checked.ty = Type::Dyn;
        }
        checked
    }

    fn node(&mut self, expr: &Expr) -> Checked {
        let span = expr.span;
        if self.errors.len() >= MAX_ERRORS {
            return faulty(span);
        }
        match &expr.kind {
            ExprKind::Literal(literal) => constant(literal, span),
            ExprKind::Name { .. } => self.path(expr),
            ExprKind::Member { operand, member, optional: true, .. } => {
                let checked = self.expr(operand);
                self.optional_member(checked, member, span)
            }
            ExprKind::Member { .. } => self.path(expr),
            ExprKind::Index { operand, index, optional } => {
                let (operand, index) = (self.expr(operand), self.expr(index));
                // What policies say of an index that does not fit is said for signatures.
                if self.language().is_some() || *optional || matches!(operand.ty, Type::Optional(_)) {
                    return self.indexed(operand, index, *optional, span);
                }
                self.operator("[]", expr, vec![operand, index])
            }
            ExprKind::Call { target, function, function_span, args } => self.call(expr, target.as_deref(), function, *function_span, args),
            ExprKind::Unary { op: UnaryOp::Not, operand } => {
                let checked = self.truth(operand, "`!`");
                node(CheckedKind::Not(Box::new(checked)), Type::Bool, span)
            }
            ExprKind::Unary { op: UnaryOp::Negate, operand } => self.negate(expr, operand),
            ExprKind::Binary { op: BinaryOp::In, left, right } if self.language().is_none() && self.names_list(right) => self.in_list(left, right, span),
            ExprKind::Binary { op, left, right } => {
                let told = self.errors.len();
                let args = vec![self.expr(left), self.expr(right)];
                if matches!(op, BinaryOp::Equal | BinaryOp::NotEqual) {
                    self.meant_as_text(told, [left, right], &args);
                }
                self.operator(symbol(*op), expr, args)
            }
            ExprKind::And(operands) => {
                let mut parts = Vec::new();
                self.flatten(operands, true, &mut parts);
                node(CheckedKind::And(parts), Type::Bool, span)
            }
            ExprKind::Or(operands) => {
                let mut parts = Vec::new();
                self.flatten(operands, false, &mut parts);
                node(CheckedKind::Or(parts), Type::Bool, span)
            }
            ExprKind::If { test, then, otherwise } => self.conditional(test, then, otherwise, span),
            ExprKind::List(elements) => self.list(elements, span),
            ExprKind::Map(entries) => self.map(entries, span),
        }
    }

    /// An operand that must be true or false.
    fn truth(&mut self, operand: &Expr, of: &str) -> Checked {
        let checked = self.expr(operand);
        if !self.fits_bool(&checked.ty) && !self.is_lenient() {
            return self.report(mismatch::not_a_truth(operand, &checked, of));
        }
        checked
    }

    /// Operands of `&&` or `||`; parentheses around more of the same make no difference.
    fn flatten(&mut self, operands: &[Expr], and: bool, into: &mut Vec<Checked>) {
        for operand in operands {
            match &operand.kind {
                ExprKind::And(inner) if and => self.flatten(inner, and, into),
                ExprKind::Or(inner) if !and => self.flatten(inner, and, into),
                _ => {
                    let checked = self.truth(operand, if and { "`&&`" } else { "`||`" });
                    into.push(checked);
                }
            }
        }
    }

    fn negate(&mut self, expr: &Expr, operand: &Expr) -> Checked {
        let checked = self.expr(operand);
        let folded = match &checked.kind {
            CheckedKind::Const(Value::Int(value)) => value.checked_neg().map(|value| (Value::Int(value), Type::Int)),
            CheckedKind::Const(Value::Double(value)) => Some((Value::Double(-value), Type::Double)),
            _ => None,
        };
        match folded {
            Some((value, ty)) => node(CheckedKind::Const(value), ty, expr.span),
            None => self.operator("-", expr, vec![checked]),
        }
    }

    fn conditional(&mut self, test: &Expr, then: &Expr, otherwise: &Expr, span: Span) -> Checked {
        let test = self.truth(test, "`?`");
        let mut branches = [self.expr(then), self.expr(otherwise)];
        if self.language().is_none() {
            widen_together(branches.iter_mut());
        }
        let [then_checked, otherwise_checked] = branches;
        let ty = match (enums::as_enum(&then_checked), enums::as_enum(&otherwise_checked)) {
            (Some(one), Some(two)) if self.language().is_none() => Some(Type::Enum(if one == two { one } else { Arc::new(one.join(&two)) })),
            _ if self.is_lenient() => Some(then_checked.ty.join(&otherwise_checked.ty).unwrap_or(Type::Dyn)),
            _ => then_checked.ty.join(&otherwise_checked.ty),
        };
        let Some(ty) = ty else {
            let message = format!("the two results of a conditional have different types, {} and {}", then_checked.ty, otherwise_checked.ty);
            return self.report(
                Diagnostic::error("mixed-types", span, message)
                    .related(then_checked.span, format!("this is {}", then_checked.ty))
                    .related(otherwise_checked.span, format!("this is {}", otherwise_checked.ty))
                    .help(mismatch::make_equal((then, &then_checked.ty), (otherwise, &otherwise_checked.ty))),
            );
        };
        node(CheckedKind::If(Box::new(test), Box::new(then_checked), Box::new(otherwise_checked)), ty, span)
    }

    fn list(&mut self, elements: &[Element], span: Span) -> Checked {
        if elements.iter().any(|element| element.optional) {
            return self.optional_list(elements, span);
        }
        let mut values: Vec<Checked> = elements.iter().map(|element| self.expr(&element.value)).collect();
        if self.language().is_none() {
            widen_together(values.iter_mut());
        }
        let written: Vec<&Expr> = elements.iter().map(|element| &element.value).collect();
        let element = self.common(&values, &written, "elements of a list");
        node(CheckedKind::List(values), Type::List(Arc::new(element)), span)
    }

    fn map(&mut self, entries: &[Entry], span: Span) -> Checked {
        if entries.iter().any(|entry| entry.optional) {
            return self.optional_map(entries, span);
        }
        let keys: Vec<Checked> = entries.iter().map(|entry| self.expr(&entry.key)).collect();
        let mut values: Vec<Checked> = entries.iter().map(|entry| self.expr(&entry.value)).collect();
        if self.language().is_none() {
            widen_together(values.iter_mut());
        }
        for key in &keys {
            if !self.is_lenient() && !matches!(key.ty, Type::Bool | Type::Int | Type::Uint | Type::String | Type::Enum(_) | Type::Dyn | Type::Error) {
                let message = format!("{} cannot be the key of a map", key.ty);
                self.report(Diagnostic::error("wrong-key-type", key.span, message).help("keys are string, int, uint or bool"));
            }
        }
        let mut seen = BTreeMap::new();
        for (entry, key) in entries.iter().zip(&keys) {
            // Outside of policies that is a mistake of the evaluation.
            if self.language().is_some() || !matches!(key.kind, CheckedKind::Const(_)) || key.ty == Type::Error {
                continue;
            }
            let written = print(&entry.key);
            let message = format!("the key `{written}` stands twice in a map");
            if let Some(first) = seen.insert(written, key.span) {
                self.report(Diagnostic::error("duplicate-key", key.span, message).related(first, "first here").help("leave one of them out"));
            }
        }
        let written: Vec<&Expr> = entries.iter().map(|entry| &entry.key).collect();
        let key = self.common(&keys, &written, "keys of a map");
        let written: Vec<&Expr> = entries.iter().map(|entry| &entry.value).collect();
        let value = self.common(&values, &written, "values of a map");
        node(CheckedKind::Map(keys.into_iter().zip(values).collect()), Type::Map(Arc::new(key), Arc::new(value)), span)
    }

    /// The type that all parts of a list or map share.
    pub(super) fn common(&mut self, parts: &[Checked], written: &[&Expr], what: &str) -> Type {
        let mut ty = Type::Error;
        let mut first: Option<(&Checked, &Expr)> = None;
        for (part, expr) in parts.iter().zip(written) {
            if let Some(joined) = ty.join(&part.ty) {
                ty = joined;
                if part.ty != Type::Error {
                    first.get_or_insert((part, *expr));
                }
                continue;
            }
            if self.language().is_some() {
                return Type::Dyn;
            }
            let (span, help) = first.map_or((part.span, String::new()), |(first, written)| {
                (first.span, mismatch::make_equal((written, &first.ty), (expr, &part.ty)))
            });
            let message = format!("{what} have one type, and here are {ty} and {}", part.ty);
            self.report(Diagnostic::error("mixed-types", part.span, message).related(span, format!("this is {ty}")).help(help));
            return Type::Error;
        }
        ty
    }
}

fn constant(literal: &Literal, span: Span) -> Checked {
    let (value, ty) = match literal {
        Literal::Null => (Value::Null, Type::Null),
        Literal::Bool(value) => (Value::Bool(*value), Type::Bool),
        Literal::Int(value) => (Value::Int(*value), Type::Int),
        Literal::Uint(value) => (Value::Uint(*value), Type::Uint),
        Literal::Double(value) => (Value::Double(*value), Type::Double),
        Literal::String(value) => (Value::String(value.as_str().into()), Type::String),
        Literal::Bytes(value) => (Value::Bytes(value.as_slice().into()), Type::Bytes),
    };
    node(CheckedKind::Const(value), ty, span)
}

/// Makes a double of an expression whose results are all int literals that a double holds exactly; leaves any other as it is.
fn widen(checked: &mut Checked) {
    if !widens(checked) {
        return;
    }
    match &mut checked.kind {
        CheckedKind::Const(Value::Int(value)) => {
            // Exact, as `widens` made sure.
            let value = *value as f64;
            checked.kind = CheckedKind::Const(Value::Double(value));
            checked.ty = Type::Double;
        }
        CheckedKind::If(_, then, otherwise) => {
            widen(then);
            widen(otherwise);
            checked.ty = Type::Double;
        }
        CheckedKind::List(elements) => {
            for element in elements.iter_mut() {
                widen(element);
            }
            checked.ty = Type::List(Arc::new(elements.first().map_or(Type::Error, |element| element.ty.clone())));
        }
        _ => {}
    }
}

fn widens(checked: &Checked) -> bool {
    match &checked.kind {
        CheckedKind::Const(Value::Int(value)) => value.unsigned_abs() <= 1 << 53,
        CheckedKind::If(_, then, otherwise) => checked.ty == Type::Int && widens(then) && widens(otherwise),
        CheckedKind::List(elements) => !elements.is_empty() && elements.iter().all(widens),
        _ => false,
    }
}

/// Where doubles stand among them, int literals become doubles as well.
fn widen_together<'c>(parts: impl Iterator<Item = &'c mut Checked>) {
    let mut parts: Vec<&mut Checked> = parts.collect();
    let has_double = |ty: &Type| *ty == Type::Double || matches!(ty, Type::List(element) if **element == Type::Double);
    if parts.iter().any(|part| has_double(&part.ty)) {
        for part in &mut parts {
            widen(part);
        }
    }
}
