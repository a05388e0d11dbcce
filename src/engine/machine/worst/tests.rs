//! What is spent is never more than what was said: random expressions, and written ones, on values that are as large as they may be.

use proptest::prelude::*;

use super::*;
use crate::cel::{self, Env, EnvVariable, Expected, Text, Type};
use crate::compile::lower_alone;
use crate::engine::machine::evaluate::{Evaluation, Source};
use crate::engine::machine::partial::tests::random::{Dice, VARIABLES, write};
use crate::engine::machine::possible::weigh;
use crate::engine::machine::testing::{Given, val};
use crate::engine::machine::work::Work;
use crate::engine::machine::{Outcome, Reading, WORK_LIMIT, evaluate};
use crate::engine::text::Texts;
use crate::report::Span;

/// The work that an evaluation takes, however much that is.
fn spent(program: &Program, root: NodeId, given: &Given) -> u64 {
    let texts = Texts::new(program);
    let mut evaluation = Evaluation::new(program, &texts, Source::Known(given));
    // More than this is more than any bound that is compared, and an evaluation that goes on would fill the memory.
    evaluation.work = Work::of(1 << 24);
    evaluation.node(root);
    evaluation.work.spent()
}

/// What a value weighs, however much that is.
fn exactly(value: &Value) -> u32 {
    match value {
        Value::List(elements) => 1 + elements.iter().map(exactly).sum::<u32>(),
        Value::Map(entries) => 1 + entries.iter().map(|(key, value)| exactly(key) + exactly(value)).sum::<u32>(),
        Value::Optional(Some(held)) => 1 + exactly(held),
        value => weigh(value),
    }
}

/// A text of at most so many code points, of few letters, so that parts of it are found often.
fn text(dice: &mut Dice, most: usize) -> Value {
    let letters = ["a", ",", "b", " ", "上", "1", "𝒳"];
    let few = 1 + dice.roll(letters.len());
    let length = if dice.often(50) { most } else { dice.roll(most + 1) };
    val((0..length).map(|_| letters[dice.roll(few)]).collect::<String>().as_str())
}

const LENGTH: u32 = 60;
const WEIGHT: u32 = 80;

fn light(mut make: impl FnMut() -> Value) -> Value {
    (0..20).map(|_| make()).find(|value| weigh(value) <= WEIGHT).unwrap_or(Value::Null)
}

/// What the random expressions may read: by sort of variable a bound, and a value within it.
fn variable(at: usize) -> Bound {
    match at % 6 {
        0 => Bound::values(&[val(false), val(true)]),
        1 => Bound::ints(-3, 300),
        2 => Bound::double(),
        3 => Bound::texts(LENGTH),
        4 => Bound::new(Shape::all(Kinds::LIST, WEIGHT)),
        _ => Bound::new(Shape::all(Kinds::ALL, WEIGHT)),
    }
}

fn value(dice: &mut Dice, at: usize) -> Value {
    match at % 6 {
        0 => val(dice.often(50)),
        1 => val(dice.roll(304) as i64 - 3),
        2 => val(dice.roll(2000) as f64 / 8.0),
        3 => text(dice, LENGTH as usize),
        4 => light(|| {
            let count = dice.roll(40);
            let nested = dice.often(30);
            Value::List((0..count).map(|_| if nested { val(vec![text(dice, 6)]) } else { text(dice, 6) }).collect())
        }),
        _ => light(|| dice.value(3)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn no_evaluation_costs_more_than_the_worst(seed in any::<u64>()) {
        let (build, root, _, mut dice) = write(seed, false);
        let worst = worst_case(&build.0, root, &|at| variable(usize::from(at)));
        for _ in 0..6 {
            let given = Given((0..VARIABLES).map(|at| if dice.often(95) { Reading::Value(value(&mut dice, at)) } else { Reading::Absent }).collect());
            let spent = spent(&build.0, root, &given);
            prop_assert!(spent <= worst.work, "{spent} of {} for {:?} of {:?}", worst.work, given.0, build.0.expressions);
            if let (Outcome::Value(value), false) = (evaluate(&build.0, &Texts::new(&build.0), root, &given), worst.result.shape.weight == UNBOUNDED) {
                prop_assert!(exactly(&value) <= worst.result.shape.weight, "{value:?} is heavier than {:?} of {:?}", worst.result, build.0.expressions);
            }
        }
    }
}

#[test]
fn most_random_expressions_are_bounded() {
    let bounded = (0..2_000_u64).filter(|seed| {
        let (build, root, ..) = write(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15), false);
        worst_case(&build.0, root, &|at| variable(usize::from(at))).work <= WORK_LIMIT
    });
    let count = bounded.count();
    assert!(count > 1_700, "{count} of 2000");
}

/// A program of one expression on a text `t` and an int `n`.
fn compiled(source: &str) -> (Program, NodeId) {
    let variable = |(name, ty): (&str, Type)| EnvVariable { name: name.to_owned(), ty, is_field: true, is_derive: false, barred: None };
    let env = Env { variables: [("t", Type::String), ("n", Type::Int)].into_iter().map(variable).collect(), ..Env::default() };
    let text = Text { text: source, span: Span::new(0, 0, u32::try_from(source.len()).unwrap()), offsets: &[] };
    let checked = cel::parse(&text).and_then(|expr| cel::check(&expr, &env, Expected::Any)).unwrap_or_else(|errors| panic!("{source}: {errors:?}"));
    let mut program = Program::default();
    let (root, _) = lower_alone(&checked, &mut program.expressions);
    (program, root)
}

fn worst(source: &str, length: u32) -> u64 {
    let (program, root) = compiled(source);
    worst_case(&program, root, &|at| if at == 0 { Bound::texts(length) } else { Bound::ints(0, 50) }).work
}

/// What policies write; with 60 code points, and with the 10,000 that a text has where nothing is said.
const WRITTEN: [&str; 17] = [
    "t.contains('vip') && n > 20",
    "t.split(',').exists(x, x.trim() == 'vip')",
    "t.split(',').map(x, x.trim()).filter(x, x != '').size() > n",
    "t.split(' ').all(x, x in ['a', 'b', 'c'])",
    "t.split(',').exists(x, x.split(' ').exists(y, y == 'a'))",
    "t.lowerAscii().replace(' ', '').startsWith('+86')",
    "t.matches(r'(?i)\\b(vp|cto)\\b')",
    "regex.extract(t, r'@([^.]+)').orValue('') == 'example'",
    "size(regex.extractAll(t, r'a'))",
    "regex.replace(t, r'[^\\d+]', 'xx')",
    "'%s: %d'.format([dyn(t), dyn(n)])",
    "lists.range(n).map(i, string(i)).join('-') + t",
    "t.split('').sort().distinct().reverse().join(t)",
    "sets.intersects(t.split(','), ['a', 'b'])",
    "base64.encode(bytes(t)) + strings.quote(t)",
    "[t, t + t, t.reverse()].map(x, x + x).join('/')",
    "t.split(',')[0].substring(0, n).charAt(0) == 'C' || [1, 2, 3].all(i, [4, 5].exists(j, i * j > n))",
];

#[test]
fn what_policies_write_costs_no_more_than_the_worst() {
    let mut dice = Dice::of(7);
    for source in WRITTEN {
        let (program, root) = compiled(source);
        for length in [0, 1, 60, 400] {
            let worst = worst_case(&program, root, &|at| if at == 0 { Bound::texts(length) } else { Bound::ints(0, 50) }).work;
            for _ in 0..40 {
                let given = Given(vec![Reading::Value(text(&mut dice, length as usize)), Reading::Value(val(dice.roll(51) as i64))]);
                let spent = spent(&program, root, &given);
                assert!(spent <= worst, "{source}: {spent} of {worst} for {:?}", given.0);
            }
        }
    }
}

#[test]
fn the_worst_is_not_far_from_what_it_can_cost() {
    // The hardest texts cost some thousand steps here; a bound of a hundred times as much would call everything costly.
    assert!(worst("t.split(',').exists(x, x.trim() == 'vip')", 60) < 2_000);
    assert!(worst("t.split(',').exists(x, x.trim() == 'vip')", 10_000) < WORK_LIMIT);
    assert!(worst("t.split(',').exists(x, t.split(',').exists(y, y == x))", 60) < WORK_LIMIT);
    assert!(worst("t.split(',').exists(x, t.split(',').exists(y, y == x))", 10_000) > WORK_LIMIT);
    assert!(worst("t.matches(r'(?i)\\b(vp|cto)\\b')", 10_000) < WORK_LIMIT);
    assert!(worst("n > 20 ? n : 1 + n * 2", 60) <= 30);
}

#[test]
fn the_part_that_costs_is_found() {
    let (program, root) = compiled("n > 1 && t.split(',').exists(x, t.split(',').exists(y, y == x))");
    let worst = worst_case(&program, root, &|at| if at == 0 { Bound::texts(10_000) } else { Bound::ints(0, 50) });
    let culprit = worst.culprit(&program, root, WORK_LIMIT);
    assert!(matches!(program.expressions.nodes[culprit as usize], Node::Fold(Fold::Exists, ..)) && culprit != root);
}
