//! The interpreter of the whole language by itself: calendars, patterns and how trees write themselves, which agreement alone would not tell from a mistake made twice.

use crate::reference::language::evaluate::{Outcome, Variables, evaluate};
use crate::reference::language::{Expr, Value, pattern, time};

#[test]
fn every_day_has_its_date() {
    let mut expected = (1, 1, 1);
    for days in time::days(1, 1, 1)..=time::days(2400, 12, 31) {
        let at = time::civil(days * 86_400_000_000_000);
        assert_eq!((at.year, at.month, at.day), expected);
        expected.2 += 1;
        if expected.2 > time::length(expected.0, expected.1) {
            expected = if expected.1 == 12 { (expected.0 + 1, 1, 1) } else { (expected.0, expected.1 + 1, 1) };
        }
    }
    assert_eq!(time::days(1970, 1, 1), 0);
    assert_eq!(time::timestamp("2009-02-13T23:31:30Z"), Some(1_234_567_890_000_000_000));
    assert_eq!(time::duration("-1h0.5s"), Some(-3_600_500_000_000));
}

#[test]
fn patterns_match_as_another_library_says() {
    let texts = ["", "a", "b", "ab", "abcab", "aab b", "x1 _2", "上海", "ABC"];
    for written in ["a", "b+", "^a", "c$", "a|b", "(a)(b)?", "[a-c]+", "[^a]", "\\d+", "\\w+", "a.c", "(?:ab)+", "(a|ab)(c|bcd)?", "x*", "a??b", "a{2}", "[上-海]", "", "\\bb", "^$", "(?i)ABC"] {
        let (own, other) = (pattern::read(written).unwrap(), regex::RegexBuilder::new(&written.replace("\\d", "[0-9]").replace("\\w", "[0-9A-Za-z_]").replace("\\b", "(?-u:\\b)")).build().unwrap());
        for text in texts {
            let chars: Vec<char> = text.chars().collect();
            let place = |bytes: usize| text[..bytes].chars().count();
            let found: Vec<(usize, usize)> = own.find_all(&chars).iter().map(|found| (found.start, found.end)).collect();
            let expected: Vec<(usize, usize)> = other.find_iter(text).map(|found| (place(found.start()), place(found.end()))).collect();
            assert_eq!(found, expected, "{written} in {text}");
        }
    }
    assert!(["(", "[", "*"].iter().all(|written| pattern::read(written).is_none()));
}

#[test]
fn trees_write_the_parentheses_that_they_need() {
    let name = |name: &str| Expr::Name(name.to_owned());
    let sum = || Expr::binary("+", name("a"), name("b"));
    for (expr, text) in [
        (Expr::binary("*", sum(), name("c")), "(a + b) * c"),
        (Expr::binary("-", name("c"), sum()), "c - (a + b)"),
        (Expr::binary("+", sum(), name("c")), "a + b + c"),
        (Expr::Unary('-', Expr::Literal(Value::Int(5)).into()), "-(5)"),
        (Expr::Unary('!', Expr::binary("==", name("a"), name("b")).into()), "!(a == b)"),
        (Expr::Method(Expr::Literal(Value::Int(-5)).into(), "size".to_owned(), Vec::new()), "(-5).size()"),
        (Expr::If(Expr::If(name("a").into(), name("b").into(), name("c").into()).into(), name("d").into(), name("e").into()), "(a ? b : c) ? d : e"),
        (Expr::Literal(Value::text("quote\"d'")), "\"quote\\\"d'\""),
    ] {
        assert_eq!(expr.to_string(), text);
    }
}

#[test]
fn a_bound_fault_waits_until_it_is_read() {
    let fault = || Expr::binary("/", Expr::Literal(Value::Int(1)), Expr::Literal(Value::Int(0)));
    let bind = |body: Expr| Expr::Macro("cel.bind", fault().into(), vec!["x".to_owned()], vec![body]);
    let of = |expr: &Expr| evaluate(expr, &Variables::new());
    assert!(matches!(of(&bind(Expr::Literal(Value::Bool(true)))), Outcome::Value(Value::Bool(true))));
    assert!(matches!(of(&bind(Expr::Name("x".to_owned()))), Outcome::Fault(_)));
}
