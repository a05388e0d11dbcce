//! The page on the four truths, behaviour by behaviour.

use crate::engine::machine::testing::{Build, map, val};
use super::*;
use crate::program::{Fold, Function, Truth};

const TRUTHS: [Truth; 4] = [Truth::True, Truth::False, Truth::Unknown, Truth::Fault];

fn truth_of(letter: char) -> Truth {
    match letter {
        'T' => Truth::True,
        'F' => Truth::False,
        'U' => Truth::Unknown,
        _ => Truth::Fault,
    }
}

#[test]
fn logic_follows_its_tables() {
    for (row, (and, or)) in [("TFUE", "TTTT"), ("FFFF", "TFUE"), ("UFUE", "TUUE"), ("EFEE", "TEEE")].into_iter().enumerate() {
        for (column, (and, or)) in and.chars().zip(or.chars()).enumerate() {
            let mut build = Build::default();
            let operands = [build.truth(TRUTHS[row]), build.truth(TRUTHS[column])];
            let (and_node, or_node) = (build.node(Node::And(operands.into())), build.node(Node::Or(operands.into())));
            assert_eq!(build.run(and_node, &[]).truth(), truth_of(and), "{row} && {column}");
            assert_eq!(build.run(or_node, &[]).truth(), truth_of(or), "{row} || {column}");
        }
    }
}

#[test]
fn not_and_conditional() {
    for (test, not, conditional) in [('T', 'F', "TFUE"), ('F', 'T', "TFUE"), ('U', 'U', "UUUU"), ('E', 'E', "EEEE")] {
        for (branch, expected) in TRUTHS.into_iter().zip(conditional.chars()) {
            let mut build = Build::default();
            let (test_node, taken, other) = (build.truth(truth_of(test)), build.truth(branch), build.truth(Truth::Fault));
            let not_node = build.node(Node::Not(test_node));
            let (then, otherwise) = if test == 'F' { (other, taken) } else { (taken, other) };
            let conditional = build.node(Node::If(test_node, then, otherwise));
            assert_eq!(build.run(not_node, &[]).truth(), truth_of(not));
            assert_eq!(build.run(conditional, &[]).truth(), truth_of(expected), "{test} ? {branch:?}");
        }
    }
}

#[test]
fn strict_functions_fault_before_they_are_unknown() {
    for (left, right, expected) in [('U', 'E', 'E'), ('E', 'U', 'E'), ('U', 'T', 'U'), ('T', 'U', 'U'), ('E', 'E', 'E'), ('U', 'U', 'U')] {
        let mut build = Build::default();
        let operands = [build.truth(truth_of(left)), build.truth(truth_of(right))];
        for function in [Function::NotEqual, Function::Add, Function::In, Function::Index] {
            let root = build.call(function, &operands);
            assert_eq!(build.run(root, &[]).truth(), truth_of(expected), "{function:?} {left} {right}");
        }
        let list = build.node(Node::List(operands.into()));
        let root = build.call(Function::Size, &[list]);
        assert_eq!(build.run(root, &[]).truth(), truth_of(expected));
    }
}

#[test]
fn states_of_a_variable() {
    let readings = [Reading::Value(val(1)), Reading::Absent, Reading::Declined, Reading::Masked, Reading::Fault];
    for (test, row) in [(StateTest::Known, "TFFFE"), (StateTest::Unanswered, "FTFFE"), (StateTest::Declined, "FFTFE"), (StateTest::Masked, "FFFTE")] {
        for (reading, expected) in readings.iter().zip(row.chars()) {
            let mut build = Build::default();
            let root = build.node(Node::State(test, 0));
            assert_eq!(build.run(root, std::slice::from_ref(reading)).truth(), truth_of(expected), "{test:?} {reading:?}");
        }
    }
    for (reading, expected) in readings.into_iter().zip("EUUUE".chars()) {
        let mut build = Build::default();
        let root = build.node(Node::Variable(0));
        // The value here is a number, which is no truth.
        assert_eq!(build.run(root, std::slice::from_ref(&reading)).truth(), truth_of(expected), "{reading:?}");
    }
}

#[test]
fn the_first_fault_from_the_left_is_reported() {
    let mut build = Build::default();
    let (overflow, zero) = (build.value(i64::MIN), build.truth(Truth::Fault));
    let overflow = build.call(Function::Negate, &[overflow]);
    for (operands, fault) in [([overflow, zero], (Fault::Overflow, overflow)), ([zero, overflow], (Fault::DivideByZero, zero))] {
        for node in [Node::And(operands.into()), Node::Or(operands.into()), Node::List(operands.into()), Node::Call(Function::Equal, operands.into())] {
            let root = build.node(node);
            assert_eq!(build.run(root, &[]), Outcome::Fault(fault.0, fault.1));
        }
    }
}

/// Each element of the range is 0, 1, 2 or 3 and has the truth T, F, U or E.
fn over(fold: Fold, elements: &str, result: bool) -> Outcome {
    let mut build = Build::default();
    let range = build.value(elements.chars().map(|letter| "TFUE".find(letter).unwrap() as i64).collect::<Vec<_>>());
    let local = build.node(Node::Local(0));
    let mut predicate = build.truth(Truth::Fault);
    for (number, truth) in [(2, Truth::Unknown), (1, Truth::False), (0, Truth::True)] {
        let (number, truth) = (build.value(number), build.truth(truth));
        let test = build.call(Function::Equal, &[local, number]);
        predicate = build.node(Node::If(test, truth, predicate));
    }
    // With a result, each T element is made 10 divided by its negation, which is zero for 0 alone.
    let made = result.then(|| {
        let (one, ten) = (build.value(1), build.value(10));
        let less = build.call(Function::Subtract, &[one, local]);
        build.call(Function::Divide, &[ten, less])
    });
    let root = build.node(Node::Fold(fold, range, Some(predicate), made));
    build.run(root, &[])
}

#[test]
fn comprehensions() {
    for (elements, all, exists, one) in [
        ("", 'T', 'F', 'F'),
        ("T", 'T', 'T', 'T'),
        ("F", 'F', 'F', 'F'),
        ("TT", 'T', 'T', 'F'),
        ("TF", 'F', 'T', 'T'),
        ("U", 'U', 'U', 'U'),
        ("UT", 'U', 'T', 'U'),
        ("UF", 'F', 'U', 'U'),
        ("EU", 'E', 'E', 'E'),
        ("UE", 'E', 'E', 'E'),
        ("ET", 'E', 'T', 'E'),
        ("EF", 'F', 'E', 'E'),
        ("TTUE", 'E', 'T', 'E'),
        ("TTU", 'U', 'T', 'U'),
    ] {
        assert_eq!(over(Fold::All, elements, false).truth(), truth_of(all), "all {elements}");
        assert_eq!(over(Fold::Exists, elements, false).truth(), truth_of(exists), "exists {elements}");
        assert_eq!(over(Fold::ExistsOne, elements, false).truth(), truth_of(one), "exists_one {elements}");
    }
}

#[test]
fn comprehensions_that_make_lists() {
    assert_eq!(over(Fold::Filter, "TFT", false), Outcome::Value(val(vec![0, 0])));
    assert_eq!(over(Fold::Map, "TFT", true), Outcome::Value(val(vec![10, 10])));
    for fold in [Fold::Filter, Fold::Map] {
        assert_eq!(over(fold, "FU", true), Outcome::Unknown);
        assert!(matches!(over(fold, "UTE", true), Outcome::Fault(Fault::DivideByZero, _)));
    }
}

#[test]
fn nested_comprehensions_and_maps() {
    // {2: 0, 3: 0}.map(x, [x, 5].filter(y, y < x + 1))
    let mut build = Build::default();
    let range = build.value(map(&[(val(2), val(0)), (val(3), val(0))]));
    let (x, y, five, one) = (build.node(Node::Local(0)), build.node(Node::Local(1)), build.value(5), build.value(1));
    let inner = build.node(Node::List([x, five].into()));
    let bound = build.call(Function::Add, &[x, one]);
    let less = build.call(Function::Less, &[y, bound]);
    let filter = build.fold(Fold::Filter, inner, less);
    let root = build.node(Node::Fold(Fold::Map, range, None, Some(filter)));
    assert_eq!(build.run(root, &[]), Outcome::Value(val(vec![vec![2], vec![3]])));
    let text = build.value("text");
    let wrong = build.fold(Fold::Exists, text, less);
    assert_eq!(build.run(wrong, &[]), Outcome::Fault(Fault::NoOverload, text));
}

#[test]
fn maps_and_members() {
    let mut build = Build::default();
    let (a, one, one_u, two) = (build.value("a"), build.value(1), build.value(1u64), build.value(2));
    let literal = build.node(Node::Map([(a, two), (one, two)].into()));
    let (name, other) = (build.name("a"), build.name("b"));
    for (node, expected) in [
        (Node::Member(literal, name), Ok(val(2))),
        (Node::Member(literal, other), Err(Fault::NoSuchKey)),
        (Node::Has(literal, name), Ok(val(true))),
        (Node::Has(literal, other), Ok(val(false))),
        (Node::Has(a, name), Err(Fault::NoOverload)),
        (Node::Member(a, name), Err(Fault::NoOverload)),
        (Node::Map([(one, two), (one_u, two)].into()), Err(Fault::Argument)),
        (Node::Map([(literal, two)].into()), Err(Fault::Argument)),
    ] {
        let root = build.node(node.clone());
        let expected = expected.map_or_else(|fault| Outcome::Fault(fault, root), Outcome::Value);
        assert_eq!(build.run(root, &[]), expected, "{node:?}");
    }
}

#[test]
fn lists_and_dictionaries() {
    let mut build = Build::with_lists();
    let mut check = |text: &str, node: fn(NodeId) -> Node, expected: Outcome| {
        let text_node = build.value(text);
        let root = build.node(node(text_node));
        assert_eq!(build.run(root, &[]), expected, "{text}");
    };
    check("QQ.com", |text| Node::InList(text, 0), Outcome::Value(val(true)));
    check("acme.cn", |text| Node::InList(text, 0), Outcome::Value(val(false)));
    check("副总经理", |text| Node::Lookup(1, text, 2), Outcome::Value(val(3)));
    check("副总经理", |text| Node::Lookup(1, text, 0), Outcome::Value(val("总经理")));
    check("产品经理", |text| Node::Lookup(1, text, 1), Outcome::Value(val("sales")));
    // The author's cell is empty; no entry fits; an entry fits but for a word that it lacks.
    check("产品经理", |text| Node::Lookup(1, text, 2), Outcome::Unknown);
    check("工程师", |text| Node::Lookup(1, text, 1), Outcome::Unknown);
    check("经理助理", |text| Node::Lookup(1, text, 1), Outcome::Unknown);
    check("DE", |text| Node::Lookup(2, text, 1), Outcome::Value(val(3)));
    let number = build.value(1);
    let (found, looked) = (build.node(Node::InList(number, 0)), build.node(Node::Lookup(1, number, 1)));
    assert_eq!(build.run(found, &[]), Outcome::Value(val(false)));
    assert_eq!(build.run(looked, &[]), Outcome::Fault(Fault::NoOverload, looked));
}

#[test]
fn a_condition_must_be_a_bool() {
    let mut build = Build::default();
    let (number, yes, no) = (build.value(1), build.value(true), build.value(false));
    for (node, expected) in [
        (Node::And([number, yes].into()), Outcome::Fault(Fault::NoOverload, number)),
        (Node::And([number, no].into()), Outcome::Value(val(false))),
        (Node::Not(number), Outcome::Fault(Fault::NoOverload, number)),
        (Node::If(number, yes, no), Outcome::Fault(Fault::NoOverload, number)),
    ] {
        let root = build.node(node);
        assert_eq!(build.run(root, &[]), expected);
    }
}

#[test]
fn no_evaluation_takes_long() {
    // Each node is the list of the one before it twice: 2^64 visits.
    let mut build = Build::default();
    let mut root = build.value(1);
    for _ in 0..64 {
        root = build.node(Node::List([root, root].into()));
    }
    assert!(matches!(build.run(root, &[]), Outcome::Fault(Fault::Fuel, _)));
    // A shared value that unfolds to 2^64 elements: cheap to make, dear to compare.
    let mut value = val(1);
    for _ in 0..64 {
        value = Value::List([value.clone(), value].into());
    }
    let mut build = Build::default();
    let (left, right) = (build.value(value.clone()), build.value(value));
    let root = build.call(Function::Equal, &[left, right]);
    assert_eq!(build.run(root, &[]), Outcome::Fault(Fault::Fuel, root));
    // Spent work decides even where `true` would.
    let yes = build.value(true);
    let root = build.node(Node::Or([root, yes].into()));
    assert!(matches!(build.run(root, &[]), Outcome::Fault(Fault::Fuel, _)));
    // Deeper than loading lets through.
    let mut root = build.value(true);
    for _ in 0..10_000 {
        root = build.node(Node::Not(root));
    }
    assert!(matches!(build.run(root, &[]), Outcome::Fault(Fault::Fuel, _)));
}

#[test]
fn texts_that_double_cost_their_length() {
    let mut build = Build::default();
    let mut root = build.value("0123456789abcdef");
    let local = build.node(Node::Local(0));
    let doubled = build.call(Function::Add, &[local, local]);
    let zero = build.value(0);
    for _ in 0..40 {
        // [text].map(x, x + x)[0]
        let range = build.node(Node::List([root].into()));
        let list = build.node(Node::Fold(Fold::Map, range, None, Some(doubled)));
        root = build.call(Function::Index, &[list, zero]);
    }
    assert!(matches!(build.run(root, &[]), Outcome::Fault(Fault::Fuel, _)));
}

#[test]
fn what_the_program_lacks_is_malformed() {
    for node in [Node::Const(9), Node::Local(0), Node::Not(9)] {
        let mut build = Build::default();
        let root = build.node(node);
        assert!(matches!(build.run(root, &[]), Outcome::Fault(Fault::Malformed, _)));
    }
}
