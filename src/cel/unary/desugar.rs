//! A unary test on a named value as an expression.

use super::{Comparison, Literal, LiteralKind, Part, Test, state_word};
use crate::cel::ast::{BinaryOp, Expr, ExprKind, Literal as Cel, UnaryOp};
use crate::cel::checker::unknown_value;
use crate::cel::{Errors, Type};
use crate::report::{Diagnostic, Span, Spanned};

/// The expression that a unary test means for the value called `name`, whose type says what the test's values mean.
///
/// # Errors
/// Tests and values that the type does not have.
pub fn desugar(test: &Test, name: &Spanned<String>, ty: &Type) -> Result<Expr, Errors> {
    let mut desugarer = Desugarer { name, ty, errors: Errors::new() };
    let expr = desugarer.test(test);
    if desugarer.errors.is_empty() { Ok(expr) } else { Err(desugarer.errors) }
}

struct Desugarer<'a> {
    name: &'a Spanned<String>,
    ty: &'a Type,
    errors: Errors,
}

fn expr(kind: ExprKind, span: Span) -> Expr {
    Expr { kind, span }
}

fn binary(op: BinaryOp, left: Expr, right: Expr, span: Span) -> Expr {
    expr(ExprKind::Binary { op, left: Box::new(left), right: Box::new(right) }, span)
}

impl Desugarer<'_> {
    fn report(&mut self, code: &'static str, span: Span, message: String, help: impl Into<String>) {
        self.errors.push(Diagnostic::error(code, span, message).help(help));
    }

    /// The value that is tested.
    fn tested(&self) -> Expr {
        let span = self.name.span;
        let mut parts = self.name.value.split('.');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(expr(ExprKind::Name { name: first, absolute: false }, span), |operand, member| {
            expr(ExprKind::Member { operand: Box::new(operand), member: member.to_owned(), member_span: span, optional: false }, span)
        })
    }

    fn call(&self, function: &str, span: Span) -> Expr {
        let args = vec![self.tested()];
        expr(ExprKind::Call { target: None, function: function.to_owned(), function_span: span, args }, span)
    }

    fn test(&mut self, test: &Test) -> Expr {
        match test {
            Test::Any(span) => expr(ExprKind::Literal(Cel::Bool(true)), *span),
            Test::Else(span) => {
                let message = "`else` stands only among the keys of a `by` rule".to_owned();
                self.report("misplaced-else", *span, message, "write `-` where any state will do");
                expr(ExprKind::Literal(Cel::Bool(true)), *span)
            }
            Test::Compare { op, value, span } => self.compare(*op, value, *span),
            Test::Range { from, to, open, span } => self.range(from, to, *open, *span),
            Test::InList { list, span } => {
                self.text_only(&format!("in lists.{}", list.value), *span);
                let lists = expr(ExprKind::Name { name: "lists".to_owned(), absolute: false }, list.span);
                let member = ExprKind::Member { operand: Box::new(lists), member: list.value.clone(), member_span: list.span, optional: false };
                binary(BinaryOp::In, self.tested(), expr(member, list.span), *span)
            }
            Test::Part { part, text, span } => self.part(*part, text, *span),
            Test::State(state, span) => self.call(state_word(*state), *span),
            Test::Not(inner, span) => {
                let operand = Box::new(self.test(inner));
                expr(ExprKind::Unary { op: UnaryOp::Not, operand }, *span)
            }
            Test::Either(tests, span) => {
                let mut operands = Vec::new();
                for test in tests {
                    let operand = self.test(test);
                    match operand.kind {
                        ExprKind::Or(inner) => operands.extend(inner),
                        _ => operands.push(operand),
                    }
                }
                expr(ExprKind::Or(operands), *span)
            }
        }
    }

    fn compare(&mut self, op: Comparison, value: &Literal, span: Span) -> Expr {
        let operator = match op {
            Comparison::Equal => BinaryOp::Equal,
            Comparison::NotEqual => BinaryOp::NotEqual,
            Comparison::Less => BinaryOp::Less,
            Comparison::LessEqual => BinaryOp::LessEqual,
            Comparison::Greater => BinaryOp::Greater,
            Comparison::GreaterEqual => BinaryOp::GreaterEqual,
        };
        let ordered = !matches!(op, Comparison::Equal | Comparison::NotEqual);
        if ordered && !self.number_only(op.symbol(), span) {
            return binary(operator, self.tested(), expr(ExprKind::Literal(Cel::Null), span), span);
        }
        let value = self.value(value);
        binary(operator, self.tested(), value, span)
    }

    fn range(&mut self, from: &Literal, to: &Literal, open: bool, span: Span) -> Expr {
        if !self.number_only("..", span) {
            return expr(ExprKind::Literal(Cel::Bool(true)), span);
        }
        let (low, high) = (self.value(from), self.value(to));
        let empty = match (number(&low), number(&high)) {
            (Some(low), Some(high)) => low > high || (open && low == high),
            _ => false,
        };
        if empty {
            let message = format!("no number lies in `{}`", super::print(&Test::Range { from: from.clone(), to: to.clone(), open, span }));
            self.report("empty-range", span, message, "the lower end stands first, and `..<` leaves the upper end out");
        }
        let upper = if open { BinaryOp::Less } else { BinaryOp::LessEqual };
        let parts = vec![
            binary(BinaryOp::LessEqual, low, self.tested(), from.span),
            binary(upper, self.tested(), high, to.span),
        ];
        expr(ExprKind::And(parts), span)
    }

    fn part(&mut self, part: Part, text: &Literal, span: Span) -> Expr {
        self.text_only(part.word(), span);
        let function = match part {
            Part::Contains => "contains",
            Part::Starts => "startsWith",
            Part::Ends => "endsWith",
        };
        let arg = expr(ExprKind::Literal(Cel::String(written(text))), text.span);
        let target = Some(Box::new(self.tested()));
        expr(ExprKind::Call { target, function: function.to_owned(), function_span: span, args: vec![arg] }, span)
    }

    /// The test asks for order, which only numbers have here.
    fn number_only(&mut self, test: &str, span: Span) -> bool {
        if matches!(self.ty, Type::Int | Type::Uint | Type::Double | Type::Dyn | Type::Error) {
            return true;
        }
        let message = format!("`{test}` compares numbers, and {} is {}", self.subject(), self.ty.with_article());
        let help = match self.ty {
            Type::Enum(_) => "name the values: `a | b`",
            Type::String => "write `contains`, `starts`, `ends`, or the text itself",
            Type::Bool => "write `true` or `false`",
            _ => "write a condition instead",
        };
        self.report("wrong-test", span, message, help);
        false
    }

    fn text_only(&mut self, test: &str, span: Span) {
        if !matches!(self.ty, Type::String | Type::Enum(_) | Type::Dyn | Type::Error) {
            let message = format!("`{test}` asks about a text, and {} is {}", self.subject(), self.ty.with_article());
            self.report("wrong-test", span, message, "write a value or a comparison such as `>= 100`");
        }
    }

    fn subject(&self) -> String {
        format!("`{}`", self.name.value)
    }

    /// A value of the test as a literal of the type.
    fn value(&mut self, literal: &Literal) -> Expr {
        let value = match self.ty {
            Type::Bool => self.bool(literal),
            Type::Int | Type::Uint => self.int(literal),
            Type::Double => self.double(literal),
            Type::Enum(ty) => {
                let value = written(literal);
                if !ty.values.contains(&value) {
                    self.errors.push(unknown_value(&value, literal.span, ty));
                }
                Some(Cel::String(value))
            }
            Type::String | Type::Error => Some(Cel::String(written(literal))),
            Type::Dyn => Some(match &literal.kind {
                LiteralKind::Bool(value) => Cel::Bool(*value),
                LiteralKind::Number(text) => text.parse().map(Cel::Int).or_else(|_| text.parse().map(Cel::Double)).unwrap_or(Cel::Null),
                LiteralKind::Word(text) | LiteralKind::Quoted(text) => Cel::String(text.clone()),
            }),
            Type::Null
            | Type::Bytes
            | Type::List(_)
            | Type::Map(..)
            | Type::Timestamp
            | Type::Duration
            | Type::Type(_)
            | Type::Optional(_)
            | Type::Abstract(..)
            | Type::Param(_) => {
                let message = format!("{} is {}, which a test of one value cannot ask about", self.subject(), self.ty.with_article());
                self.report("wrong-test", literal.span, message, "write a condition instead");
                None
            }
        };
        expr(ExprKind::Literal(value.unwrap_or(Cel::Null)), literal.span)
    }

    fn bool(&mut self, literal: &Literal) -> Option<Cel> {
        if let LiteralKind::Bool(value) = literal.kind {
            return Some(Cel::Bool(value));
        }
        let help = match written(literal).to_ascii_lowercase().as_str() {
            "yes" | "on" | "y" | "1" => "write `true`",
            "no" | "off" | "n" | "0" => "write `false`",
            _ => "write `true` or `false`",
        };
        self.mismatch(literal, help.to_owned());
        None
    }

    fn int(&mut self, literal: &Literal) -> Option<Cel> {
        let LiteralKind::Number(text) = &literal.kind else {
            self.mismatch(literal, number_help(literal));
            return None;
        };
        let unsigned = *self.ty == Type::Uint;
        let whole = |value: f64| (value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0).then_some(value as i64);
        let value = text.parse::<i64>().ok().or_else(|| text.parse().ok().and_then(whole));
        let value = match value {
            Some(value) if unsigned => u64::try_from(value).ok().map(Cel::Uint),
            Some(value) => Some(Cel::Int(value)),
            None => None,
        };
        if value.is_none() {
            let help = if unsigned {
                "write a whole number, 0 or more"
            } else if text.contains('.') { 
                "write a whole number; `2.5` and above is `>= 3`"
            } else {
                "write a whole number within ±9007199254740991"
            };
            self.mismatch(literal, help.to_owned());
        }
        value
    }

    fn double(&mut self, literal: &Literal) -> Option<Cel> {
        let LiteralKind::Number(text) = &literal.kind else {
            self.mismatch(literal, number_help(literal));
            return None;
        };
        let value = text.parse().ok().filter(|value: &f64| value.is_finite());
        if value.is_none() {
            self.mismatch(literal, "the largest double is about 1.8e308".to_owned());
        }
        value.map(Cel::Double)
    }

    fn mismatch(&mut self, literal: &Literal, help: String) {
        let message = format!("{} is {}, and `{}` is none", self.subject(), self.ty.with_article(), super::print::literal(literal));
        self.report("wrong-value", literal.span, message, help);
    }
}

/// The text that a value stands for where a text is tested.
fn written(literal: &Literal) -> String {
    match &literal.kind {
        LiteralKind::Word(text) | LiteralKind::Number(text) | LiteralKind::Quoted(text) => text.clone(),
        LiteralKind::Bool(value) => value.to_string(),
    }
}

fn number_help(literal: &Literal) -> String {
    let text = written(literal);
    let digits: String = text.chars().filter(|letter| !matches!(letter, ',' | '_' | ' ')).collect();
    if digits.parse::<f64>().is_ok_and(f64::is_finite) {
        return format!("write `{digits}`");
    }
    let whole = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    if let Some((low, high)) = text.split_once('-').filter(|(low, high)| whole(low) && whole(high)) {
        return format!("write `{low}..{high}`");
    }
    let factor = [("k", "000"), ("K", "000"), ("m", "000000"), ("M", "000000"), ("万", "0000"), ("亿", "00000000")];
    let spelt = factor.iter().find_map(|(unit, zeros)| text.strip_suffix(unit).map(|number| (number, zeros)));
    match spelt {
        Some((number, zeros)) if whole(number) => format!("write `{number}{zeros}`"),
        _ => "write a number such as `100`, or a range such as `20..99`".to_owned(),
    }
}

/// The value of a number literal, for comparing the ends of a range.
fn number(expr: &Expr) -> Option<f64> {
    match expr.kind {
        ExprKind::Literal(Cel::Int(value)) => Some(value as f64),
        ExprKind::Literal(Cel::Uint(value)) => Some(value as f64),
        ExprKind::Literal(Cel::Double(value)) => Some(value),
        _ => None,
    }
}
