//! Syntax trees without places, to compare what was written in two ways.

use leadgate::cel::ast::{Element, Entry, Expr, ExprKind};
use leadgate::report::Span;

/// The place of what stands nowhere.
pub const NOWHERE: Span = Span { file: 0, start: 0, end: 0 };

/// A tree that stands nowhere.
pub fn expr(kind: ExprKind) -> Expr {
    Expr { kind, span: NOWHERE }
}

fn boxed(operand: Expr) -> Box<Expr> {
    Box::new(bare(operand))
}

/// The expression without its places.
pub fn bare(source: Expr) -> Expr {
    let all = |operands: Vec<Expr>| operands.into_iter().map(bare).collect();
    expr(match source.kind {
        ExprKind::Member { operand, member, optional, .. } => {
            ExprKind::Member { operand: boxed(*operand), member, member_span: NOWHERE, optional }
        }
        ExprKind::Index { operand, index, optional } => ExprKind::Index { operand: boxed(*operand), index: boxed(*index), optional },
        ExprKind::Call { target, function, args, .. } => {
            ExprKind::Call { target: target.map(|target| boxed(*target)), function, function_span: NOWHERE, args: all(args) }
        }
        ExprKind::Unary { op, operand } => ExprKind::Unary { op, operand: boxed(*operand) },
        ExprKind::Binary { op, left, right } => ExprKind::Binary { op, left: boxed(*left), right: boxed(*right) },
        ExprKind::And(operands) => ExprKind::And(all(operands)),
        ExprKind::Or(operands) => ExprKind::Or(all(operands)),
        ExprKind::If { test, then, otherwise } => ExprKind::If { test: boxed(*test), then: boxed(*then), otherwise: boxed(*otherwise) },
        ExprKind::List(elements) => {
            let element = |element: Element| Element { value: bare(element.value), optional: element.optional };
            ExprKind::List(elements.into_iter().map(element).collect())
        }
        ExprKind::Map(entries) => {
            let entry = |entry: Entry| Entry { key: bare(entry.key), value: bare(entry.value), optional: entry.optional };
            ExprKind::Map(entries.into_iter().map(entry).collect())
        }
        leaf @ (ExprKind::Literal(_) | ExprKind::Name { .. }) => leaf,
    })
}
