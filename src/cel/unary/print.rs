//! Unary tests as canonical text.

use super::{Literal, LiteralKind, Test, state_word};
use crate::cel::print::quote;

/// The canonical text of a unary test; parsing it gives the same test, spans aside.
pub fn print(test: &Test) -> String {
    match test {
        Test::Any(_) => "-".to_owned(),
        Test::Else(_) => "else".to_owned(),
        Test::Compare { op, value, .. } if op.symbol().is_empty() => literal(value),
        Test::Compare { op, value, .. } => format!("{} {}", op.symbol(), literal(value)),
        Test::Range { from, to, open, .. } => format!("{}..{}{}", literal(from), if *open { "<" } else { "" }, literal(to)),
        Test::InList { list, .. } => format!("in lists.{}", list.value),
        Test::Part { part, text, .. } => format!("{} {}", part.word(), literal(text)),
        Test::State(state, _) => state_word(*state).to_owned(),
        Test::Not(test, _) => format!("not {}", operand(test)),
        Test::Either(tests, _) => tests.iter().map(operand).collect::<Vec<_>>().join(" | "),
    }
}

fn operand(test: &Test) -> String {
    match test {
        Test::Either(..) => format!("({})", print(test)),
        _ => print(test),
    }
}

/// A value as it is written.
pub(super) fn literal(literal: &Literal) -> String {
    match &literal.kind {
        LiteralKind::Word(text) | LiteralKind::Number(text) => text.clone(),
        LiteralKind::Bool(value) => value.to_string(),
        LiteralKind::Quoted(text) => quote(text),
    }
}
