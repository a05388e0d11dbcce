//! Properties of the condition language's front end: printing is undone by parsing, and no text makes it fail otherwise than by errors with places.

// The helpers of a test are tests too; the lints' own exception covers functions marked `#[test]` alone.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use bare::{NOWHERE, bare, expr};
use leadgate::cel::ast::{BinaryOp, Element, Entry, Expr, ExprKind, Literal, UnaryOp};
use leadgate::cel::unary::{Comparison, LiteralKind, Part, Test};
use leadgate::cel::{self, Env, EnumType, EnvList, EnvVariable, Errors, Expected, Text, Type, unary};
use leadgate::program::StateTest;
use leadgate::report::{Span, Spanned};
use proptest::prelude::*;
use std::sync::Arc;

#[path = "cel/bare.rs"]
mod bare;

fn text(source: &str) -> Text<'_> {
    Text { text: source, span: Span::new(0, 0, u32::try_from(source.len()).unwrap()), offsets: &[] }
}

fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        Just(Literal::Null),
        any::<bool>().prop_map(Literal::Bool),
        any::<i64>().prop_map(Literal::Int),
        Just(Literal::Int(i64::MIN)),
        any::<u64>().prop_map(Literal::Uint),
        proptest::num::f64::NORMAL.prop_map(Literal::Double),
        proptest::num::f64::SUBNORMAL.prop_map(Literal::Double),
        Just(Literal::Double(0.0)),
        any::<String>().prop_map(Literal::String),
        prop::collection::vec(any::<u8>(), 0..6).prop_map(Literal::Bytes),
    ]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![Just("seats"), Just("x"), Just("_y1"), Just("math"), Just("u"), Just("b"), Just("r"), Just("e1")].prop_map(str::to_owned)
}

fn member() -> impl Strategy<Value = String> {
    prop_oneof![name(), Just("if".to_owned()), Just("in".to_owned()), Just("a-b c/d.e".to_owned())]
}

fn operator() -> impl Strategy<Value = BinaryOp> {
    use BinaryOp as Op;
    prop::sample::select(vec![
        Op::Equal, Op::NotEqual, Op::Less, Op::LessEqual, Op::Greater, Op::GreaterEqual, Op::In, Op::Add, Op::Subtract, Op::Multiply, Op::Divide, Op::Modulo,
    ])
}

fn expression() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        literal().prop_map(ExprKind::Literal),
        (name(), any::<bool>()).prop_map(|(name, absolute)| ExprKind::Name { name, absolute }),
    ]
    .prop_map(expr);
    leaf.prop_recursive(6, 48, 4, |inner| {
        let many = || prop::collection::vec(inner.clone(), 0..4);
        let operands = || prop::collection::vec(inner.clone(), 2..5);
        let one = || inner.clone().prop_map(Box::new);
        prop_oneof![
            (one(), member(), any::<bool>())
                .prop_map(|(operand, member, optional)| ExprKind::Member { operand, member, member_span: NOWHERE, optional }),
            (one(), one(), any::<bool>()).prop_map(|(operand, index, optional)| ExprKind::Index { operand, index, optional }),
            (prop::option::of(one()), name(), many())
                .prop_map(|(target, function, args)| ExprKind::Call { target, function, function_span: NOWHERE, args }),
            (any::<bool>(), one()).prop_map(|(not, operand)| ExprKind::Unary { op: if not { UnaryOp::Not } else { UnaryOp::Negate }, operand }),
            (operator(), one(), one()).prop_map(|(op, left, right)| ExprKind::Binary { op, left, right }),
            operands().prop_map(ExprKind::And),
            operands().prop_map(ExprKind::Or),
            (one(), one(), one()).prop_map(|(test, then, otherwise)| ExprKind::If { test, then, otherwise }),
            prop::collection::vec((inner.clone(), any::<bool>()), 0..4).prop_map(|elements| {
                ExprKind::List(elements.into_iter().map(|(value, optional)| Element { value, optional }).collect())
            }),
            prop::collection::vec((inner.clone(), inner.clone(), any::<bool>()), 0..4).prop_map(|entries| {
                ExprKind::Map(entries.into_iter().map(|(key, value, optional)| Entry { key, value, optional }).collect())
            }),
        ]
        .prop_map(expr)
    })
}

fn value() -> impl Strategy<Value = unary::Literal> {
    let kind = prop_oneof![
        prop::sample::select(vec!["finance", "上海", "20-99", "a.b", "R2", "x/y", "O'Hara"]).prop_map(|word| LiteralKind::Word(word.to_owned())),
        any::<i32>().prop_map(|number| LiteralKind::Number(number.to_string())),
        any::<bool>().prop_map(LiteralKind::Bool),
        any::<String>().prop_map(LiteralKind::Quoted),
    ];
    kind.prop_map(|kind| unary::Literal { kind, span: NOWHERE })
}

fn number() -> impl Strategy<Value = unary::Literal> {
    prop::sample::select(vec!["0", "-5", "1.5", "1e3", "-0.25"]).prop_map(|number| unary::Literal { kind: LiteralKind::Number(number.to_owned()), span: NOWHERE })
}

fn unary_test() -> impl Strategy<Value = Test> {
    use Comparison as Op;
    let op = prop::sample::select(vec![Op::Equal, Op::NotEqual, Op::Less, Op::LessEqual, Op::Greater, Op::GreaterEqual]);
    let part = prop::sample::select(vec![Part::Contains, Part::Starts, Part::Ends]);
    let state = prop::sample::select(vec![StateTest::Known, StateTest::Unanswered, StateTest::Declined, StateTest::Masked]);
    let leaf = prop_oneof![
        (op, value()).prop_map(|(op, value)| Test::Compare { op, value, span: NOWHERE }),
        (number(), number(), any::<bool>()).prop_map(|(from, to, open)| Test::Range { from, to, open, span: NOWHERE }),
        name().prop_map(|name| Test::InList { list: Spanned::new(name, NOWHERE), span: NOWHERE }),
        (part, value()).prop_map(|(part, text)| Test::Part { part, text, span: NOWHERE }),
        state.prop_map(|state| Test::State(state, NOWHERE)),
    ];
    leaf.prop_recursive(4, 16, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|test| Test::Not(Box::new(test), NOWHERE)),
            prop::collection::vec(inner, 2..4).prop_map(|tests| Test::Either(tests, NOWHERE)),
        ]
    })
}

fn bare_literal(literal: unary::Literal) -> unary::Literal {
    unary::Literal { span: NOWHERE, ..literal }
}

fn bare_test(test: Test) -> Test {
    let span = NOWHERE;
    match test {
        Test::Any(_) => Test::Any(span),
        Test::Else(_) => Test::Else(span),
        Test::Compare { op, value, .. } => Test::Compare { op, value: bare_literal(value), span },
        Test::Range { from, to, open, .. } => Test::Range { from: bare_literal(from), to: bare_literal(to), open, span },
        Test::InList { list, .. } => Test::InList { list: Spanned::new(list.value, span), span },
        Test::Part { part, text, .. } => Test::Part { part, text: bare_literal(text), span },
        Test::State(state, _) => Test::State(state, span),
        Test::Not(test, _) => Test::Not(Box::new(bare_test(*test)), span),
        Test::Either(tests, _) => Test::Either(tests.into_iter().map(bare_test).collect(), span),
    }
}

fn types() -> Vec<Type> {
    let values = ["a", "b", "c"].map(str::to_owned).to_vec();
    vec![
        Type::Int,
        Type::Double,
        Type::String,
        Type::Bool,
        Type::Enum(Arc::new(EnumType { name: "field `e`".to_owned(), values })),
        Type::List(Arc::new(Type::String)),
        Type::Map(Arc::new(Type::String), Arc::new(Type::Int)),
        Type::Dyn,
    ]
}

fn env() -> Env {
    let names = ["i", "d", "s", "b", "e", "ls", "m", "any.thing"];
    let variable = |(name, ty): (&str, Type)| EnvVariable { name: name.to_owned(), ty, is_field: true, is_derive: false, barred: None };
    let dictionary = vec![("key".to_owned(), Type::String), ("role".to_owned(), Type::String)];
    Env {
        variables: names.into_iter().zip(types()).map(variable).collect(),
        lists: vec![
            EnvList { name: "l".to_owned(), columns: Vec::new() },
            EnvList { name: "k".to_owned(), columns: dictionary },
        ],
        ..Env::default()
    }
}

/// Errors say what is wrong, in a message of the house's form, at a place on boundaries of characters.
fn assert_reported(errors: &Errors, source: &str) {
    assert!(!errors.is_empty(), "{source:?}");
    for error in errors {
        let (start, end) = (error.span.start as usize, error.span.end as usize);
        assert!(source.get(start..end).is_some(), "{error:?} in {source:?}");
        assert!(!error.message.is_empty() && !error.message.ends_with('.'), "{error:?}");
        assert!(error.help.as_ref().is_some_and(|help| !help.is_empty()), "{error:?}");
    }
}

fn read(source: &str) {
    match cel::parse(&text(source)) {
        Err(errors) => assert_reported(&errors, source),
        Ok(parsed) => {
            let printed = cel::print(&parsed);
            assert_eq!(bare(cel::parse(&text(&printed)).unwrap()), bare(parsed.clone()), "{printed}");
            if let Err(errors) = cel::check(&parsed, &env(), Expected::Condition) {
                assert_reported(&errors, source);
            }
        }
    }
}

/// Texts of expressions of one type, built from smaller ones of the types that their operators and functions take.
struct Typed {
    bools: BoxedStrategy<String>,
    ints: BoxedStrategy<String>,
    doubles: BoxedStrategy<String>,
    strings: BoxedStrategy<String>,
    lists: BoxedStrategy<String>,
}

fn choose(texts: &[&str]) -> BoxedStrategy<String> {
    prop::sample::select(texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>()).boxed()
}

fn typed(depth: u32) -> Typed {
    if depth == 0 {
        return Typed {
            bools: choose(&["b", "true", "known(s)", "!declined(i)", "s in lists.l", "has(m.a)"]),
            ints: choose(&["i", "3", "-7", "m.a", "0x1f"]),
            doubles: choose(&["d", "2.5", "-1e3"]),
            strings: choose(&["s", "\"a\"", "e", "lookup(lists.k, s).role", "r'\\d'"]),
            lists: choose(&["ls", "[\"a\", s]", "s.split(\",\")"]),
        };
    }
    let Typed { bools, ints, doubles, strings, lists } = typed(depth - 1);
    let pair = |one: &BoxedStrategy<String>, two: &BoxedStrategy<String>, operators: &[&str]| {
        let joined = (one.clone(), choose(operators), two.clone()).prop_map(|(one, operator, two)| format!("({one}) {operator} ({two})"));
        joined.boxed()
    };
    let around = |inner: &BoxedStrategy<String>, before: &'static str, after: &'static str| {
        inner.clone().prop_map(move |inner| format!("{before}({inner}){after}")).boxed()
    };
    let either = |of: &BoxedStrategy<String>| {
        let parts = (bools.clone(), of.clone(), of.clone());
        parts.prop_map(|(test, then, otherwise)| format!("({test}) ? ({then}) : ({otherwise})")).boxed()
    };
    let order = ["<", "<=", ">", ">=", "==", "!="];
    Typed {
        bools: prop_oneof![
            pair(&ints, &ints, &order),
            pair(&doubles, &doubles, &order),
            pair(&bools, &bools, &["&&", "||", "==", "!="]),
            pair(&strings, &lists, &["in"]),
            around(&bools, "!", ""),
            around(&strings, "", ".contains(s)"),
            around(&lists, "", ".exists(y, y == s && i > 3)"),
            (lists.clone(), bools.clone()).prop_map(|(list, test)| format!("({list}).all(x, x != s || ({test}))")),
            either(&bools),
        ]
        .boxed(),
        ints: prop_oneof![
            pair(&ints, &ints, &["+", "-", "*", "/", "%"]),
            around(&strings, "size", ""),
            around(&doubles, "int", ""),
            around(&ints, "-", ""),
            around(&ints, "math.greatest(i, ", ")"),
            either(&ints),
        ]
        .boxed(),
        doubles: prop_oneof![
            pair(&doubles, &doubles, &["+", "-", "*", "/"]),
            around(&doubles, "5 + ", ""),
            around(&ints, "double", ""),
            either(&doubles),
        ]
        .boxed(),
        strings: prop_oneof![
            pair(&strings, &strings, &["+"]),
            around(&ints, "string", ""),
            around(&lists, "", ".join(\"-\")"),
            around(&lists, "", "[0]"),
        ]
        .boxed(),
        lists: prop_oneof![
            pair(&lists, &lists, &["+"]),
            around(&lists, "", ".filter(z, z > \"a\")"),
            around(&strings, "[s, ", "]"),
            around(&lists, "", ".map(v, v + \"!\")"),
        ]
        .boxed(),
    }
}

fn well_typed() -> impl Strategy<Value = (String, Type)> {
    let Typed { bools, ints, doubles, strings, lists } = typed(4);
    prop_oneof![
        bools.prop_map(|source| (source, Type::Bool)),
        ints.prop_map(|source| (source, Type::Int)),
        doubles.prop_map(|source| (source, Type::Double)),
        strings.prop_map(|source| (source, Type::String)),
        lists.prop_map(|source| (source, Type::List(Arc::new(Type::String)))),
    ]
}

/// Words and signs of the language in any order: nonsense that gets further than nonsense of characters.
fn soup() -> impl Strategy<Value = String> {
    let words = vec![
        "i", "d", "s", "b", "e", "ls", "m", "any.thing", "x", "1", "2.5", "-", "3u", "\"a\"", "'z'", "b\"q\"", "true", "null", "==", "!=", "<", ">=", "in",
        "+", "*", "%", "&&", "||", "!", "?", ":", "(", ")", "[", "]", "{", "}", ",", ".", "lists.l", "lists.k", "lookup(lists.k, s).role", "known(", "has(",
        "size(", ".all(x, ", ".map(x, ", ".contains(", ".split(", "math.greatest(", "dyn(", "string(", "@", "`", "\"", "中", "=",
    ];
    prop::collection::vec(prop::sample::select(words), 0..14).prop_map(|words| words.join(" "))
}

fn test_soup() -> impl Strategy<Value = String> {
    let words = vec![
        "a", "b", "20", "-3.5", "20..99", "..", "..<", "-", "else", "not", "in", "lists.l", "contains", "starts", "known", "declined", "|", "(", ")", "\"a b\"",
        "'", ">=", "!=", "<", "=", "!", ",", "上海", "，", "1e9", "99999999999999999999",
    ];
    (prop::collection::vec(prop::sample::select(words), 0..8), prop_oneof![Just(" "), Just("")]).prop_map(|(words, space)| words.join(space))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parsing_undoes_printing(tree in expression()) {
        let printed = cel::print(&tree);
        let parsed = cel::parse(&text(&printed)).map_err(|errors| TestCaseError::fail(format!("{printed}: {errors:?}")))?;
        prop_assert_eq!(bare(parsed), tree, "{}", printed);
    }

    #[test]
    fn parsing_undoes_printing_of_unary_tests(test in unary_test()) {
        let printed = unary::print(&test);
        let parsed = cel::parse_test(&text(&printed)).map_err(|errors| TestCaseError::fail(format!("{printed}: {errors:?}")))?;
        prop_assert_eq!(bare_test(parsed), test, "{}", printed);
    }

    #[test]
    fn any_characters_are_read_or_reported(source in any::<String>()) {
        read(&source);
    }

    #[test]
    fn any_words_are_read_or_reported(source in soup()) {
        read(&source);
    }

    #[test]
    fn well_typed_expressions_check((source, ty) in well_typed()) {
        let checked = cel::parse(&text(&source)).and_then(|expr| cel::check(&expr, &env(), Expected::Any));
        let found = checked.map_err(|errors| TestCaseError::fail(format!("{source}: {errors:?}")))?;
        prop_assert_eq!(found.ty, ty, "{}", source);
        let wrong = format!("({source}) == b\"\"");
        let refused = cel::parse(&text(&wrong)).and_then(|expr| cel::check(&expr, &env(), Expected::Any));
        prop_assert!(refused.is_err(), "{}", wrong);
    }

    #[test]
    fn any_tree_is_checked_or_reported(tree in expression()) {
        let printed = cel::print(&tree);
        read(&printed);
    }

    #[test]
    fn any_unary_test_is_read_or_reported(source in prop_oneof![test_soup(), any::<String>()], which in 0usize..8) {
        let name = Spanned::new("x".to_owned(), NOWHERE);
        let ty = types()[which].clone();
        match cel::parse_test(&text(&source)) {
            Err(errors) => assert_reported(&errors, &source),
            Ok(test) => {
                let printed = unary::print(&test);
                prop_assert_eq!(bare_test(cel::parse_test(&text(&printed)).unwrap()), bare_test(test.clone()), "{}", printed);
                match cel::desugar(&test, &name, &ty) {
                    Err(errors) => assert_reported(&errors, &source),
                    Ok(expr) => {
                        let variable = EnvVariable { name: "x".to_owned(), ty, is_field: true, is_derive: false, barred: None };
                        let list = |name: &str| EnvList { name: name.to_owned(), columns: Vec::new() };
                        let lists = ["l", "seats", "x", "_y1"].map(list).to_vec();
                        let env = Env { variables: vec![variable], lists, ..Env::default() };
                        let checked = cel::check(&expr, &env, Expected::Condition);
                        prop_assert!(checked.is_ok(), "{} desugars to {}: {:?}", source, cel::print(&expr), checked);
                    }
                }
            }
        }
    }
}
