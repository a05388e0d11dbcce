//! The syntax tree as canonical text: one spacing, double quotes, and only the parentheses that the tree needs.

use super::ast::{BinaryOp, Expr, ExprKind, Literal, UnaryOp};
use super::parser::is_keyword;

/// The canonical text of an expression; parsing it gives the same tree, spans aside.
pub fn print(expr: &Expr) -> String {
    printed(expr, None)
}

/// The same, with literals spelled as the text has them that the expression was parsed from.
pub fn print_as_spelled(expr: &Expr, source: &str) -> String {
    printed(expr, Some(source))
}

fn printed(expr: &Expr, source: Option<&str>) -> String {
    let mut out = Out { text: String::new(), source };
    write(&mut out, expr, Level::Conditional);
    out.text
}

/// What is printed so far.
struct Out<'s> {
    text: String,
    /// Where literals are taken from as they are spelled.
    source: Option<&'s str>,
}

impl Out<'_> {
    fn push(&mut self, letter: char) {
        self.text.push(letter);
    }

    fn push_str(&mut self, text: &str) {
        self.text.push_str(text);
    }
}

/// How tightly an expression holds together; whatever stands in a tighter place needs parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Conditional,
    Or,
    And,
    Relation,
    Sum,
    Product,
    Unary,
    Postfix,
}

fn binary(op: BinaryOp) -> (Level, Level, &'static str) {
    use BinaryOp as Op;
    let (symbol, level, tighter) = match op {
        Op::Equal => ("==", Level::Relation, Level::Sum),
        Op::NotEqual => ("!=", Level::Relation, Level::Sum),
        Op::Less => ("<", Level::Relation, Level::Sum),
        Op::LessEqual => ("<=", Level::Relation, Level::Sum),
        Op::Greater => (">", Level::Relation, Level::Sum),
        Op::GreaterEqual => (">=", Level::Relation, Level::Sum),
        Op::In => ("in", Level::Relation, Level::Sum),
        Op::Add => ("+", Level::Sum, Level::Product),
        Op::Subtract => ("-", Level::Sum, Level::Product),
        Op::Multiply => ("*", Level::Product, Level::Unary),
        Op::Divide => ("/", Level::Product, Level::Unary),
        Op::Modulo => ("%", Level::Product, Level::Unary),
    };
    (level, tighter, symbol)
}

/// An operator as it is written.
pub(super) fn symbol(op: BinaryOp) -> &'static str {
    binary(op).2
}

fn level(expr: &Expr) -> Level {
    match &expr.kind {
        ExprKind::If { .. } => Level::Conditional,
        ExprKind::Or(_) => Level::Or,
        ExprKind::And(_) => Level::And,
        ExprKind::Binary { op, .. } => binary(*op).0,
        ExprKind::Unary { .. } => Level::Unary,
        _ => Level::Postfix,
    }
}

fn write(out: &mut Out, expr: &Expr, place: Level) {
    if level(expr) < place {
        out.push('(');
        write_kind(out, expr);
        out.push(')');
    } else {
        write_kind(out, expr);
    }
}

fn write_kind(out: &mut Out, expr: &Expr) {
    match &expr.kind {
        ExprKind::Literal(value) => match out.source.and_then(|source| source.get(expr.span.start as usize..expr.span.end as usize)) {
            Some(spelled) => out.push_str(spelled),
            None => literal(&mut out.text, value),
        },
        ExprKind::Name { name, absolute } => {
            if *absolute {
                out.push('.');
            }
            out.push_str(name);
        }
        ExprKind::Member { operand, member, optional, .. } => {
            write(out, operand, Level::Postfix);
            out.push_str(if *optional { ".?" } else { "." });
            if is_selector(member) {
                out.push_str(member);
            } else {
                out.push('`');
                out.push_str(member);
                out.push('`');
            }
        }
        ExprKind::Index { operand, index, optional } => {
            write(out, operand, Level::Postfix);
            out.push_str(if *optional { "[?" } else { "[" });
            write(out, index, Level::Conditional);
            out.push(']');
        }
        ExprKind::Call { target, function, args, .. } => {
            if let Some(target) = target {
                write(out, target, Level::Postfix);
                out.push('.');
            }
            out.push_str(function);
            out.push('(');
            separated(out, args, |out, arg| write(out, arg, Level::Conditional));
            out.push(')');
        }
        ExprKind::Unary { op: UnaryOp::Not, operand } => {
            out.push('!');
            write(out, operand, Level::Unary);
        }
        ExprKind::Unary { op: UnaryOp::Negate, operand } => negated(out, operand),
        ExprKind::Binary { op, left, right } => {
            let (level, tighter, symbol) = binary(*op);
            write(out, left, level);
            out.push(' ');
            out.push_str(symbol);
            out.push(' ');
            write(out, right, tighter);
        }
        ExprKind::And(operands) => joined(out, operands, " && ", Level::Relation),
        ExprKind::Or(operands) => joined(out, operands, " || ", Level::And),
        ExprKind::If { test, then, otherwise } => {
            write(out, test, Level::Or);
            out.push_str(" ? ");
            write(out, then, Level::Or);
            out.push_str(" : ");
            write(out, otherwise, Level::Conditional);
        }
        ExprKind::List(elements) => {
            out.push('[');
            separated(out, elements, |out, element| {
                out.push_str(if element.optional { "?" } else { "" });
                write(out, &element.value, Level::Conditional);
            });
            out.push(']');
        }
        ExprKind::Map(entries) => {
            out.push('{');
            separated(out, entries, |out, entry| {
                out.push_str(if entry.optional { "?" } else { "" });
                write(out, &entry.key, Level::Conditional);
                out.push_str(": ");
                write(out, &entry.value, Level::Conditional);
            });
            out.push('}');
        }
    }
}

/// A minus directly before a number would be read as the number's sign.
fn negated(out: &mut Out, operand: &Expr) {
    let mut inner = Out { text: String::new(), source: out.source };
    write(&mut inner, operand, Level::Unary);
    let inner = inner.text;
    out.push('-');
    if inner.starts_with(|first: char| first.is_ascii_digit()) {
        out.push('(');
        out.push_str(&inner);
        out.push(')');
    } else {
        out.push_str(&inner);
    }
}

fn joined(out: &mut Out, operands: &[Expr], separator: &str, place: Level) {
    for (index, operand) in operands.iter().enumerate() {
        if index > 0 {
            out.push_str(separator);
        }
        write(out, operand, place);
    }
}

fn separated<T>(out: &mut Out, items: &[T], mut item: impl FnMut(&mut Out, &T)) {
    for (index, each) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        item(out, each);
    }
}

fn is_selector(member: &str) -> bool {
    let mut letters = member.chars();
    let begins = letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_');
    begins && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_') && !is_keyword(member)
}

fn literal(out: &mut String, literal: &Literal) {
    match literal {
        Literal::Null => out.push_str("null"),
        Literal::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Literal::Int(value) => out.push_str(&value.to_string()),
        Literal::Uint(value) => out.push_str(&format!("{value}u")),
        // Debug output keeps `.0` and every digit that is needed to read the same double again.
        Literal::Double(value) => out.push_str(&format!("{value:?}")),
        Literal::String(value) => out.push_str(&quote(value)),
        Literal::Bytes(value) => {
            out.push_str("b\"");
            for &byte in value {
                match byte {
                    b'"' => out.push_str("\\\""),
                    b'\\' => out.push_str("\\\\"),
                    b' '..=b'~' => out.push(char::from(byte)),
                    _ => out.push_str(&format!("\\x{byte:02x}")),
                }
            }
            out.push('"');
        }
    }
}

/// A text in double quotes.
pub(super) fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if letter.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(letter))),
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}
