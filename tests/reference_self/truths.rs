//! The tables of docs/truths.md.

use crate::reference::expression::{Names, Reader};
use crate::reference::list::List;
use crate::reference::unary::Test;
use crate::reference::{Policy, State, Truth, Value};
use serde_json::json;

/// Variables by name: `t f u d m e` are bools, `n` is 3, `z` is 0, `x` is "ab", `k` is absent and a number, `gone` a text that faulted.
struct World {
    names: Names,
    states: Vec<State>,
    policy: Policy,
}

impl Reader for World {
    fn state(&self, variable: usize) -> State {
        self.states[variable].clone()
    }

    fn list(&self, list: usize) -> &List {
        &self.policy.lists[list]
    }
}

fn world() -> World {
    let policy = Policy::of(&json!({
        "fields": {},
        "lists": {
            "words": { "values": ["ab", "cd"] },
            "rows": { "columns": { "key": "string", "value": "int" }, "rows": [{ "key": "ab", "value": 7 }, { "key": "cd" }] },
        },
    }));
    let states = [
        ("t", State::Value(Value::Bool(true))),
        ("f", State::Value(Value::Bool(false))),
        ("u", State::Absent),
        ("d", State::Declined),
        ("m", State::Masked),
        ("e", State::Fault),
        ("n", State::Value(Value::Int(3))),
        ("z", State::Value(Value::Int(0))),
        ("x", State::Value(Value::text("ab"))),
        ("y", State::Value(Value::text("zz"))),
        ("k", State::Absent),
        ("gone", State::Fault),
    ];
    let variables = states.iter().enumerate().map(|(index, (name, _))| ((*name).to_owned(), index)).collect();
    let lists = [("words", 0, vec![]), ("rows", 1, vec!["key", "value"])];
    let lists = lists.map(|(name, index, columns)| (name.to_owned(), (index, columns.into_iter().map(str::to_owned).collect())));
    World { names: Names { variables, lists: lists.into() }, states: states.map(|(_, state)| state).into(), policy }
}

fn truth(text: &str) -> Truth {
    let world = world();
    world.names.expression(text).truth(&world)
}

fn letter(truth: Truth) -> String {
    format!("{truth:?}")
}

/// Checks rows of `expression | truth`.
fn check(table: &str) {
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (text, expected) = line.rsplit_once(" => ").unwrap();
        assert_eq!(letter(truth(text.trim())), expected.trim(), "{text}");
    }
}

/// A table of the page: the operand on the left, then the results for T, F, U and E on the right.
fn check_operator(operator: &str, table: [(&str, [&str; 4]); 4]) {
    for (left, results) in table {
        for (right, expected) in ["t", "f", "u", "e"].into_iter().zip(results) {
            let text = format!("{left} {operator} {right}");
            assert_eq!(letter(truth(&text)), expected, "{text}");
            let text = format!("{right} {operator} {left}");
            assert_eq!(letter(truth(&text)), expected, "{text}: the order of the operands matters");
        }
    }
}

#[test]
fn and_or_not() {
    check_operator("&&", [("t", ["T", "F", "U", "E"]), ("f", ["F", "F", "F", "F"]), ("u", ["U", "F", "U", "E"]), ("e", ["E", "F", "E", "E"])]);
    check_operator("||", [("t", ["T", "T", "T", "T"]), ("f", ["T", "F", "U", "E"]), ("u", ["T", "U", "U", "E"]), ("e", ["T", "E", "E", "E"])]);
    check("!t => F\n !f => T\n !u => U\n !d => U\n !m => U\n !e => E\n !!t => T");
}

#[test]
fn tests_of_the_state() {
    // value, absent, declined, masked, faulted
    let table = [
        ("known", ["T", "F", "F", "F", "E"]),
        ("unanswered", ["F", "T", "F", "F", "E"]),
        ("declined", ["F", "F", "T", "F", "E"]),
        ("masked", ["F", "F", "F", "T", "E"]),
    ];
    for (test, results) in table {
        for (variable, expected) in ["t", "u", "d", "m", "e"].into_iter().zip(results) {
            assert_eq!(letter(truth(&format!("{test}({variable})"))), expected, "{test}({variable})");
        }
    }
}

#[test]
fn conditional() {
    check(
        "t ? t : e => T
         f ? e : t => T
         t ? u : t => U
         t ? e : t => E
         u ? t : t => U
         u ? e : e => U
         e ? t : t => E
         (t ? n : z) == 3 => T",
    );
}

#[test]
fn everything_else_is_strict() {
    check(
        r#"k != 1 => U
         k == k => U
         k + 1 / z > 0 => E
         gone == "x" => E
         gone == k => E
         1 / z == 1 => E
         9223372036854775807 + n > 0 => E
         n % z == 1 => E
         [1, k].size() == 2 => U
         [1, 1 / z].size() == 2 => E
         [1, 2][n] == 1 => E
         [1, 2][1] == 2 => T
         {"a": 1}["b"] == 1 => E
         {"a": 1}["a"] == 1 => T
         {"a": k}["b"] == 1 => U
         {"a": 1}.a == 1 => T
         has({"a": 1}.a) => T
         has({"a": 1}.b) => F
         n in [1, 2, 3] => T
         n in [1, k, 3] => U
         x in lists.words => T
         y in lists.words => F
         gone in lists.words => E
         u in [true] => U
         x in lists.rows => T
         y in lists.rows => F
         gone in lists.rows => E
         lookup(lists.rows, x).value == 7 => T
         lookup(lists.rows, x).key == "ab" => T
         lookup(lists.rows, y).value == 7 => U
         lookup(lists.rows, "cd").value == 7 => U
         lookup(lists.rows, gone).value == 7 => E
         domain(x) == "" => U
         domain("a@B.c") == "b.c" => T
         domain("a@b@c.d") == "c.d" => T
         domain("a@") == "" => T
         1.0 / 0.0 > 100.0 => T
         -n == -3 => T
         7 / -2 == -3 => T
         -7 % 3 == -1 => T
         double(n) / 2.0 == 1.5 => T
         x + "c" == "abc" => T
         x.substring(0, 3) == "" => E
         x.charAt(2) == "" => T
         x.indexOf("b") == 1 => T
         "a,b".split(",").join("-") == "a-b" => T
         1 + 2 * 3 == 7 && !(1 > 2) => T
         t || e && f => T"#,
    );
}

#[test]
fn comprehensions() {
    check(
        "[1, 2].all(i, i > 0) => T
         [].all(i, e) => T
         [].exists(i, e) => F
         [1, k].all(i, true) => U
         [1, 2].all(i, i > 1 && u) => F
         [1, 2].all(i, i < 2 || u) => U
         [1, 2].all(i, 1 / (i - 1) > 0) => E
         [1, 2].all(i, i > 1 && 1 / (i - 2) > 0) => F
         [1, 2].exists(i, i == 1 || 1 / (i - 2) > 0) => T
         [1, 2].exists(i, i == 1 && u) => U
         [1, 2].exists_one(i, i == 1) => T
         [1, 1].exists_one(i, i == 1) => F
         [1, 2].exists_one(i, i == 1 || u) => U
         [1, 2].exists_one(i, i == 1 || 1 / z > 0) => E
         [1, 2].filter(i, i == 1 || u).size() == 1 => U
         [1, 2].filter(i, i == 2).size() == 1 => T
         [1, 2].map(i, i * 2)[1] == 4 => T
         [1, 0].map(i, 1 / i).size() == 2 => E
         [1, 0].map(i, i == 1, 1 / i).size() == 1 => T
         [1, 2].map(i, k).size() == 2 => U
         [1, 2].exists(i, [2, 3].exists(j, i == j)) => T",
    );
}

/// The table of unary tests in docs/policy.md: a test, and the CEL that it stands for.
#[test]
fn unary_tests_are_what_they_stand_for() {
    let numbers = [
        ("120", "x == 120"),
        (">= 100", "x >= 100"),
        ("> 100", "x > 100"),
        ("<= 100", "x <= 100"),
        ("< 100", "x < 100"),
        ("!= 100", "x != 100"),
        ("20..99", "20 <= x && x <= 99"),
        ("-5..<0.5", "-5 <= x && x < 0.5"),
        ("20 | > 99", "x == 20 || x > 99"),
        ("not 20", "!(x == 20)"),
        ("not 20 | 120", "!(x == 20) || x == 120"),
        ("not (20 | 120)", "!(x == 20 || x == 120)"),
        ("known", "known(x)"),
        ("unanswered | >= 100", "unanswered(x) || x >= 100"),
        ("not declined", "!declined(x)"),
        ("masked", "masked(x)"),
        ("-", "true"),
    ];
    let texts = [
        ("finance", "x == \"finance\""),
        ("\"a | b\"", "x == \"a | b\""),
        ("!= finance", "x != \"finance\""),
        ("in lists.words", "x in lists.words"),
        ("contains \"nan\"", "x.contains(\"nan\")"),
        ("starts \"fin\"", "x.startsWith(\"fin\")"),
        ("ends \"ce\"", "x.endsWith(\"ce\")"),
        ("finance | in lists.words", "x == \"finance\" || x in lists.words"),
    ];
    let values = |values: Vec<Value>| values.into_iter().map(State::Value).chain([State::Absent, State::Declined, State::Masked, State::Fault]);
    let mut world = world();
    let at = world.names.variables["x"];
    let mut check = |tests: &[(&str, &str)], states: Vec<State>| {
        for (test, cel) in tests {
            for state in &states {
                world.states[at] = state.clone();
                let direct = Test::parse(test).truth(state, &|_| &world.policy.lists[0]);
                assert_eq!(direct, world.names.expression(cel).truth(&world), "`{test}` and `{cel}` of {state:?}");
            }
        }
    };
    check(&numbers, values([-5, 0, 19, 20, 99, 100, 120].into_iter().map(Value::Int).chain([Value::Double(0.5), Value::Double(99.5)]).collect()).collect());
    check(&texts, values(["finance", "a | b", "ab", "fin", "ce", ""].map(Value::text).into()).collect());
    assert_eq!(Test::parse("true").truth(&State::Value(Value::Bool(true)), &|_| &world.policy.lists[0]), Truth::T);
    assert_eq!(Test::parse("not a | b"), Test::Either(vec![Test::Not(Test::Is(Value::text("a")).into()), Test::Is(Value::text("b"))]));
}
