//! Words for expressions of the wrong type, and what to write instead.

use crate::cel::ast::{Expr, ExprKind, Literal};
use crate::cel::print::{print, quote};
use crate::cel::standard::{Signature, Style};
use crate::cel::{Checked, CheckedKind, Type};
use crate::program::Value;
use crate::report::{Diagnostic, Span};

/// A condition that is no bool.
pub(super) fn not_a_condition(expr: &Expr, checked: &Checked) -> Diagnostic {
    let message = format!("a condition is true or false, and `{}` is {}", shortened(expr), checked.ty.with_article());
    Diagnostic::error("not-a-condition", checked.span, message).help(as_condition(expr, checked))
}

/// An operand of logic that is no bool.
pub(super) fn not_a_truth(expr: &Expr, checked: &Checked, of: &str) -> Diagnostic {
    let message = format!("{of} takes conditions, and `{}` is {}", shortened(expr), checked.ty.with_article());
    Diagnostic::error("not-a-condition", checked.span, message).help(as_condition(expr, checked))
}

fn as_condition(expr: &Expr, checked: &Checked) -> String {
    let written = shortened(expr);
    match (&checked.kind, &checked.ty) {
        (CheckedKind::Variable(_), Type::Enum(ty)) => {
            format!("write `known({written})`, or compare it: `{written} == {}`", ty.values.first().map(|value| quote(value)).unwrap_or_default())
        }
        (CheckedKind::Variable(_), Type::Int | Type::Double) => format!("write `known({written})`, or compare it: `{written} >= 1`"),
        (CheckedKind::Variable(_), _) => format!("write `known({written})`, or compare it with something"),
        (CheckedKind::Const(Value::String(_)), _) => "compare it with something; a name stands without quotes".to_owned(),
        _ => "compare it with something".to_owned(),
    }
}

/// An expression for a message; long ones only as far as they tell what is meant.
fn shortened(expr: &Expr) -> String {
    const LENGTH: usize = 60;
    let text = print(expr);
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// What to write so that two expressions have one type.
pub(super) fn make_equal(one: (&Expr, &Type), two: (&Expr, &Type)) -> String {
    number_help(one, two).unwrap_or_else(|| match (one.1, two.1) {
        (Type::String | Type::Enum(_), Type::Bool | Type::Int | Type::Uint | Type::Double) => format!("write `string({})`", shortened(two.0)),
        (Type::Bool | Type::Int | Type::Uint | Type::Double, Type::String | Type::Enum(_)) => format!("write `string({})`", shortened(one.0)),
        _ => "give both one type; `dyn(…)` puts the question off until it runs".to_owned(),
    })
}

/// For numbers of two types: what to write for one of them.
fn number_help(one: (&Expr, &Type), two: (&Expr, &Type)) -> Option<String> {
    let sides = [(one, two), (two, one)];
    let literal = sides.iter().find_map(|((expr, _), (_, other))| match (&expr.kind, other) {
        (ExprKind::Literal(Literal::Int(value)), Type::Double) => Some(format!("write `{value}.0`")),
        (ExprKind::Literal(Literal::Int(value)), Type::Uint) if *value >= 0 => Some(format!("write `{value}u`")),
        _ => None,
    });
    literal.or_else(|| {
        sides.iter().find_map(|((expr, ty), (_, other))| match (ty, other) {
            (Type::Int | Type::Uint, Type::Double) => Some(format!("write `double({})`", shortened(expr))),
            (Type::Uint, Type::Int) => Some(format!("write `int({})`", shortened(expr))),
            _ => None,
        })
    })
}

/// A call with too few or too many arguments.
pub(super) fn wrong_count(name: &str, span: Span, signatures: &[&Signature], has: usize) -> Diagnostic {
    let receiver = usize::from(signatures.iter().any(|signature| signature.style == Style::Method));
    let mut counts: Vec<usize> = signatures.iter().map(|signature| signature.params.len().saturating_sub(receiver)).collect();
    counts.sort_unstable();
    counts.dedup();
    let wanted = if signatures.iter().any(|signature| signature.repeats) {
        "1 argument or more".to_owned()
    } else {
        let words: Vec<String> = counts.iter().map(usize::to_string).collect();
        format!("{} argument{}", words.join(" or "), if counts == [1] { "" } else { "s" })
    };
    let message = format!("`{name}` takes {wanted} and has {}", has.saturating_sub(receiver));
    Diagnostic::error("wrong-argument-count", span, message).help(forms(signatures))
}

/// Arguments that no signature takes.
pub(super) fn wrong_types(name: &str, style: Style, span: Span, signatures: &[&Signature], args: &[Checked], written: &[&Expr]) -> Diagnostic {
    let types: Vec<String> = args.iter().map(|arg| arg.ty.to_string()).collect();
    let message = format!("`{name}` does not take {}", types.join(" and "));
    let error = Diagnostic::error("wrong-type", span, message);
    if style == Style::Operator {
        return operator(name, error, signatures, args, written);
    }
    if let (Style::Method, Some(receiver), Some(text)) = (style, args.first(), written.first())
        && matches!(receiver.ty, Type::Int | Type::Uint | Type::Double | Type::Bool)
    {
        return error.help(format!("{name} is a function of texts: write `string({}).{name}(…)`", shortened(text)));
    }
    let parts: Vec<(&Expr, &Type)> = written.iter().copied().zip(args.iter().map(|arg| &arg.ty)).collect();
    let mixed = parts.windows(2).find_map(|pair| match pair {
        [one, two] => number_help(*one, *two),
        _ => None,
    });
    error.help(mixed.unwrap_or_else(|| forms(signatures)))
}

fn operator(name: &str, error: Diagnostic, signatures: &[&Signature], args: &[Checked], written: &[&Expr]) -> Diagnostic {
    let ([left, right], [left_text, right_text]) = (args, written) else {
        return error.help(forms(signatures));
    };
    let sides = [(left, *left_text, right), (right, *right_text, left)];
    if let Some((this, text, _)) = sides.iter().find(|(_, _, other)| other.ty == Type::Null) {
        let text = shortened(text);
        let mut error = error.help(match this.kind {
            CheckedKind::Variable(_) => format!("write `known({text})` or `unanswered({text})`"),
            _ => "ask `known` or `unanswered` of the fields that it is made of".to_owned(),
        });
        error.code = "null-comparison";
        error.message = format!("`{text}` is never `null`: what is not known is no value");
        return error;
    }
    if name == "in" {
        let help = match (&left.ty, &right.ty) {
            (Type::String | Type::Enum(_), Type::String | Type::Enum(_)) => format!("write `{}.contains({})`", shortened(right_text), shortened(left_text)),
            (_, Type::Map(key, _)) => format!("the map's keys are {key}, and `{}` is {}", shortened(left_text), left.ty.with_article()),
            (_, Type::List(element)) => format!("the list holds {element}, and `{}` is {}", shortened(left_text), left.ty.with_article()),
            _ => "right of `in` stands a list, a map or `lists.name`".to_owned(),
        };
        return error.help(help);
    }
    if name == "[]" {
        return error.help(match left.ty {
            Type::String | Type::Enum(_) => format!("write `{}.charAt({})`", shortened(left_text), shortened(right_text)),
            Type::List(_) => "a list's index is an int, from 0".to_owned(),
            Type::Map(ref key, _) => format!("the map's keys are {key}"),
            _ => "what is indexed is a list or a map".to_owned(),
        });
    }
    let both = ((*left_text, &left.ty), (*right_text, &right.ty));
    if let Some(help) = number_help(both.0, both.1).filter(|_| name != "%") {
        return error.help(help);
    }
    for (this, text, other) in sides {
        let ExprKind::Literal(literal) = &text.kind else { continue };
        let help = match (literal, &other.ty) {
            (Literal::String(value), Type::Int | Type::Uint | Type::Double) if value.parse::<f64>().is_ok() => {
                format!("write the number without quotes: `{value}`")
            }
            (Literal::String(value), Type::Bool) if value == "true" || value == "false" => format!("write `{value}` without quotes"),
            (Literal::Int(_) | Literal::Double(_) | Literal::Bool(_), Type::String | Type::Enum(_)) => {
                format!("a text stands in quotes: `\"{}\"`", print(text))
            }
            _ => continue,
        };
        if this.ty != other.ty {
            return error.help(help);
        }
    }
    let text = |ty: &Type| matches!(ty, Type::String | Type::Enum(_));
    match name {
        "==" | "!=" => error.help(make_equal(both.0, both.1)),
        "+" | "<" | "<=" | ">" | ">=" if text(&left.ty) != text(&right.ty) => error.help(make_equal(both.0, both.1)),
        "<" | "<=" | ">" | ">=" => error.help("what has an order are numbers, texts, bytes and bools, both of one type"),
        _ => error.help(forms(signatures)),
    }
}

/// How the signatures are written.
fn forms(signatures: &[&Signature]) -> String {
    let forms: Vec<String> = signatures.iter().map(|signature| format!("`{signature}`")).collect();
    format!("it is written {}", forms.join(" or "))
}
