//! Soundness: whatever the open variables turn out to be, the outcome was said to be possible.

pub(in crate::engine::machine) mod random;

use proptest::prelude::*;
use random::{Open, VARIABLES, complete, write};

use super::*;
use crate::engine::machine::possible::{FEW, Kinds, PossibleReading, Shape, UNBOUNDED, Values};
use crate::engine::machine::testing::{Build, Given, val};
use crate::engine::machine::{Outcome, Reading, evaluate};
use crate::engine::truths::Truths;
use crate::program::{Fold, Function, Function::*, Node, StateTest, Truth, Value, VariableId};

fn same(one: &Value, other: &Value) -> bool {
    // The bits of a NaN say nothing.
    matches!((one, other), (Value::Double(one), Value::Double(other)) if one.is_nan() && other.is_nan()) || one == other
}

fn admits(possible: &Possible, outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Unknown => possible.unknown,
        Outcome::Fault(..) => possible.fault,
        Outcome::Value(value) => match (&possible.values, value) {
            (Values::Few(values), _) => values.iter().any(|other| same(value, other) || format!("{value:?}") == format!("{other:?}")),
            (Values::Ints(low, high), Value::Int(value)) => low <= value && value <= high,
            (Values::Doubles { low, high, nan }, Value::Double(value)) => value.is_nan() && *nan || low <= value && value <= high,
            (Values::Of(kinds, weight), _) => {
                let one = Shape::of(std::slice::from_ref(value));
                one.kinds.within(*kinds) && one.weight <= *weight
            }
            _ => false,
        },
    }
}

/// What is possible when no variable is taken apart into cases, and what it may cost; nothing where that is too much to find out.
fn together(build: &Build, root: NodeId, open: &Open) -> Option<(Possible, u64)> {
    let texts = Texts::new(&build.0);
    let mut evaluation = Evaluation::new(&build.0, &texts, Source::Open(open, Vec::new()));
    let found = evaluation.all(root, WORK_LIMIT);
    let cost = evaluation.cost();
    evaluation.stopped.is_none().then(|| (evaluation.take(&found), cost))
}

/// The readings of which one is possible.
fn each(reading: &PossibleReading) -> Vec<Reading> {
    let Values::Few(values) = &reading.values else { panic!("not finite") };
    let states = [(reading.absent, Reading::Absent), (reading.declined, Reading::Declined), (reading.masked, Reading::Masked), (reading.fault, Reading::Fault)];
    values.iter().cloned().map(Reading::Value).chain(states.into_iter().filter(|(may, _)| *may).map(|(_, state)| state)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6_000))]

    #[test]
    fn every_completion_was_possible(seed in any::<u64>()) {
        let (build, root, open, mut dice) = write(seed, false);
        let texts = Texts::new(&build.0);
        let possible = evaluate_partial(&build.0, &texts, root, &open);
        // Without taking cases apart it must hold as well.
        let lifted = together(&build, root, &open).map_or(Possible::ANYTHING, |(possible, _)| possible);
        for _ in 0..8 {
            let given: Vec<Reading> = open.0.iter().map(|reading| complete(&mut dice, reading)).collect();
            let outcome = evaluate(&build.0, &texts, root, &Given(given.clone()));
            prop_assert!(admits(&possible, &outcome), "{outcome:?} not in {possible:?} for {given:?} of {:?}", build.0.expressions);
            prop_assert!(admits(&lifted, &outcome), "{outcome:?} not in {lifted:?} for {given:?} of {:?}", build.0.expressions);
        }
    }

    #[test]
    fn exact_is_what_trying_everything_gives(seed in any::<u64>()) {
        let (build, root, open, _) = write(seed, true);
        let texts = Texts::new(&build.0);
        let mut read: Vec<VariableId> = build.0.expressions.nodes.iter().filter_map(|node| match node {
            Node::Variable(variable) | Node::State(_, variable) => Some(*variable),
            _ => None,
        }).collect();
        read.sort_unstable();
        read.dedup();
        let cases: Vec<Vec<Reading>> = read.iter().map(|variable| each(&open.read(*variable))).collect();
        let count: usize = cases.iter().map(Vec::len).product();
        prop_assume!(count <= 300);
        let (mut seen, mut unknown, mut fault) = (Vec::new(), false, false);
        for case in 0..count {
            let (mut rest, mut given) = (case, vec![Reading::Absent; VARIABLES]);
            for (variable, cases) in read.iter().zip(&cases) {
                given[usize::from(*variable)] = cases[rest % cases.len()].clone();
                rest /= cases.len();
            }
            match evaluate(&build.0, &texts, root, &Given(given)) {
                Outcome::Value(value) if seen.contains(&value) => {}
                Outcome::Value(value) => seen.push(value),
                Outcome::Unknown => unknown = true,
                Outcome::Fault(..) => fault = true,
            }
        }
        let possible = evaluate_partial(&build.0, &texts, root, &open);
        let cheap = count <= CASES && together(&build, root, &open).is_some_and(|(_, cost)| cost < 1_000);
        // Too many values are no longer listed, nor are heavy ones beside others.
        if cheap && seen.len() <= FEW {
            let Values::Few(said) = &possible.values else { panic!("not listed: {possible:?}") };
            prop_assert_eq!((possible.unknown, possible.fault), (unknown, fault));
            prop_assert_eq!(said.len(), seen.len());
            prop_assert!(seen.iter().all(|value| said.contains(value)));
        }
    }
}

const NOTHING: PossibleReading = PossibleReading { values: Values::NONE, absent: false, declined: false, masked: false, fault: false };

/// What an operator may give on two variables of which this is known.
fn between(function: Function, left: Values, right: Values) -> Possible {
    let mut build = Build::default();
    let operands = [build.node(Node::Variable(0)), build.node(Node::Variable(1))];
    let root = build.call(function, &operands);
    let open = Open([left, right].into_iter().map(|values| PossibleReading { values, ..NOTHING }).collect());
    evaluate_partial(&build.0, &Texts::new(&build.0), root, &open)
}

/// As a condition: a value that is not a bool is a fault.
fn truths(possible: &Possible) -> Truths {
    let values = match &possible.values {
        Values::Few(values) => values.iter().map(|value| Outcome::Value(value.clone()).truth()).fold(Truths::NONE, |truths, truth| truths.with(truth, true)),
        Values::Of(kinds, _) if kinds.meets(Kinds::BOOL) => Truths::BOTH.with(Truth::Fault, !kinds.within(Kinds::BOOL)),
        _ => Truths::of(Truth::Fault),
    };
    values.with(Truth::Unknown, possible.unknown).with(Truth::Fault, possible.fault)
}

fn letters(possible: &Possible) -> String {
    let all = [(Truth::True, 'T'), (Truth::False, 'F'), (Truth::Unknown, 'U'), (Truth::Fault, 'E')];
    all.into_iter().filter(|(truth, _)| truths(possible).has(*truth)).map(|(_, letter)| letter).collect()
}

#[test]
fn comparisons_of_intervals_are_exact() {
    let million = || Values::ints(1, 1_000_000);
    let one = |value: i64| Values::ints(value, value);
    let double = |value: f64| Values::doubles(value, value);
    for (function, left, right, expected) in [
        (Greater, million(), one(50), "TF"),
        (GreaterEqual, million(), one(1), "T"),
        (Greater, million(), one(1_000_000), "F"),
        (LessEqual, million(), one(1_000_000), "T"),
        (Less, million(), one(1), "F"),
        (Equal, million(), one(0), "F"),
        (Equal, million(), one(7), "TF"),
        (NotEqual, million(), one(0), "T"),
        (Less, million(), double(1.5), "TF"),
        (Less, million(), double(1.0), "F"),
        (Less, Values::doubles(0.0, 1.0), double(1.5), "T"),
        (LessEqual, Values::doubles(0.0, 1.0), Values::doubles(1.0, 2.0), "T"),
        (Less, Values::doubles(0.0, 1.0), Values::doubles(1.0, 2.0), "TF"),
        (Less, Values::Doubles { low: 0.0, high: 1.0, nan: true }, double(1.5), "TF"),
        (Equal, Values::texts(100), one(1), "F"),
        (Equal, Values::texts(100), Values::few(vec![val("x")]), "TF"),
        (Less, Values::texts(100), Values::few(vec![val("x")]), "TF"),
        (Less, Values::texts(100), one(1), "E"),
        (Contains, Values::texts(100), Values::few(vec![val("x")]), "TF"),
    ] {
        assert_eq!(letters(&between(function, left.clone(), right.clone())), expected, "{function:?} {left:?} {right:?}");
    }
}

#[test]
fn arithmetic_of_intervals() {
    let ints = Values::ints;
    let all = || Values::Ints(i64::MIN, i64::MAX);
    for (function, left, right, values, fault) in [
        (Add, ints(1, 100), ints(10, 1000), ints(11, 1100), false),
        (Subtract, ints(1, 100), ints(10, 1000), ints(-999, 90), false),
        (Multiply, ints(-100, 100), ints(-10, 1000), ints(-100_000, 100_000), false),
        (Multiply, all(), ints(2, 2), all(), true),
        (Add, ints(i64::MAX, i64::MAX), ints(1, 1000), Values::NONE, true),
        (Divide, ints(-100, 100), ints(5, 500), ints(-20, 20), false),
        (Divide, ints(-100, 100), ints(-3, 200), ints(-100, 100), true),
        (Divide, all(), ints(-100, -1), Values::Ints(i64::MIN + 1, i64::MAX), true),
        (Modulo, ints(0, 1000), ints(7, 7), ints(0, 6), false),
        (Modulo, ints(-1000, 5), ints(-7, 100), ints(-99, 5), true),
        (Add, Values::doubles(0.5, 1.5), Values::doubles(-1.0, 1.0), Values::doubles(-0.5, 2.5), false),
        (Divide, Values::doubles(10.0, 100.0), Values::doubles(2.0, 4.0), Values::doubles(2.5, 50.0), false),
        (Greatest, ints(0, 100), ints(50, 500), ints(50, 500), false),
        (Least, ints(0, 100), ints(50, 500), ints(0, 100), false),
    ] {
        let possible = between(function, left.clone(), right.clone());
        assert_eq!((&possible.values, possible.fault, possible.unknown), (&values, fault, false), "{function:?} {left:?} {right:?}");
    }
    let by_zero = between(Divide, Values::doubles(1.0, 2.0), Values::doubles(0.0, 2.0));
    assert_eq!(by_zero.values, Values::Doubles { low: f64::NEG_INFINITY, high: f64::INFINITY, nan: true });
    assert!(!by_zero.fault);
}

#[test]
fn a_variable_that_is_read_twice_is_one_variable() {
    // has_project ? seats : -seats, where has_project is itself tested against its opposite.
    let mut build = Build::default();
    let (flag, seats) = (build.node(Node::Variable(0)), build.node(Node::Variable(1)));
    let opposite = build.node(Node::Not(flag));
    let contradiction = build.node(Node::And([flag, opposite].into()));
    let difference = build.call(Subtract, &[seats, seats]);
    let open = |absent| Open(vec![
        PossibleReading { values: Values::few(vec![val(false), val(true)]), absent, ..NOTHING },
        PossibleReading { values: Values::ints(1, 9), ..NOTHING },
    ]);
    let texts = Texts::new(&build.0);
    let possible = evaluate_partial(&build.0, &texts, contradiction, &open(false));
    assert_eq!(letters(&possible), "F");
    let possible = evaluate_partial(&build.0, &texts, contradiction, &open(true));
    assert_eq!(letters(&possible), "FU");
    assert_eq!(evaluate_partial(&build.0, &texts, difference, &open(false)).values, Values::ints(0, 0));
}

#[test]
fn states_are_told_apart() {
    for (test, expected) in [(StateTest::Known, "TF"), (StateTest::Unanswered, "TF"), (StateTest::Declined, "F"), (StateTest::Masked, "F")] {
        let mut build = Build::default();
        let root = build.node(Node::State(test, 0));
        let open = Open(vec![PossibleReading { values: Values::ints(1, 1_000_000), absent: true, ..NOTHING }]);
        assert_eq!(letters(&evaluate_partial(&build.0, &Texts::new(&build.0), root, &open)), expected, "{test:?}");
    }
}

#[test]
fn no_partial_evaluation_takes_long() {
    let mut build = Build::default();
    let mut root = build.node(Node::Variable(0));
    for _ in 0..64 {
        root = build.node(Node::List([root, root].into()));
    }
    let open = Open(vec![PossibleReading { values: Values::ints(1, 50), ..NOTHING }]);
    let possible = evaluate_partial(&build.0, &Texts::new(&build.0), root, &open);
    assert_eq!(possible, Possible::ANYTHING);
}

#[test]
fn what_may_cost_too_much_may_fault() {
    // Nobody knows how long the list is.
    let mut build = Build::default();
    let (list, yes) = (build.node(Node::Variable(0)), build.value(true));
    let root = build.fold(Fold::All, list, yes);
    let open = Open(vec![PossibleReading { values: Values::Of(Kinds::LIST, UNBOUNDED), ..NOTHING }]);
    assert_eq!(letters(&evaluate_partial(&build.0, &Texts::new(&build.0), root, &open)), "TE");
}
