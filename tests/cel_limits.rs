//! Nothing that is written makes the language run away: nesting in every form, values that share parts, work that is hidden in a function.

// The helpers of a test are tests too; the lints' own exception covers functions marked `#[test]` alone.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use leadgate::document::Folder;
use serde_json::{Value as Json, json};
use std::path::Path;
use std::time::{Duration, Instant};

/// A stack as small as a browser's worker has it, frames of a test being larger than those of a release.
const STACK: usize = 2 << 20;
/// No expression takes this long, on however busy a machine.
const LONGEST: Duration = Duration::from_secs(20);

/// What comes of an expression: `ok`, or where it failed and why. The name `x` is open.
fn outcome(expr: &str) -> String {
    let bindings = if expr.contains('x') { json!({ "x": { "unknown": true } }) } else { json!({}) };
    let line = json!({ "id": 1, "expr": expr, "bindings": bindings }).to_string();
    let before = Instant::now();
    let answer = std::thread::Builder::new().stack_size(STACK).spawn(move || leadgate::answer(&line)).unwrap().join().unwrap();
    assert!(before.elapsed() < LONGEST, "{:?} for {}", before.elapsed(), &expr[..expr.len().min(200)]);
    // Values may nest deeper than this reader of JSON goes.
    match serde_json::from_str::<Json>(&answer) {
        Ok(answer) if answer["error"].is_string() => format!("{}: {}", answer["phase"].as_str().unwrap(), answer["error"].as_str().unwrap()),
        Ok(_) => "ok".to_owned(),
        Err(_) => {
            assert!(answer.starts_with(r#"{"id":1,"value":"#), "{}", &answer[..200]);
            "ok".to_owned()
        }
    }
}

fn around(levels: usize, open: &str, middle: &str, close: &str) -> String {
    format!("{}{middle}{}", open.repeat(levels), close.repeat(levels))
}

/// Every form that can stand in itself: what opens it, what stands inmost, what closes it.
const FORMS: [(&str, &str, &str); 24] = [
    ("(", "1", ")"),
    ("[", "1", "]"),
    ("{1: ", "1", "}"),
    ("[?optional.of(", "1", ")]"),
    ("{?1: optional.of(", "1", ")}"),
    ("-", "x", ""),
    ("!", "true", ""),
    ("1 + ", "1", ""),
    ("true ? 1 : ", "1", ""),
    ("(true && ", "true", ")"),
    ("size([", "1", "])"),
    ("dyn(", "1", ")"),
    ("optional.of(", "1", ")"),
    ("", "[1]", ".map(a, [a])"),
    ("", "[1]", ".transformList(i, a, [a])"),
    ("", "{1: 1}", ".transformMap(k, v, {k: v})"),
    ("", "optional.of(1)", ".optMap(a, [a])"),
    ("", "optional.of(1)", ".or(optional.none())"),
    ("", "[[1]]", ".flatten()"),
    ("", "x", ".a"),
    ("", "x", "[0]"),
    ("", "x", ".?a"),
    ("cel.bind(a, [", "1", "], [a, a])"),
    ("cel.bind(a, 1, [a, ", "1", "])"),
];

#[test]
fn every_form_nests_up_to_a_limit_that_is_said() {
    for (open, middle, close) in FORMS {
        // However deep it is, there is an answer; and far beyond the limit it is this one.
        for levels in [10, 60, 80, 120, 124, 200, 245, 248] {
            outcome(&around(levels, open, middle, close));
        }
        for levels in [260, 3_000] {
            let said = outcome(&around(levels, open, middle, close));
            assert!(said.contains("nests deeper than 250 levels"), "{open}…{close}: {said}");
        }
    }
}

#[test]
fn comprehensions_stand_in_one_another_twelve_deep() {
    let nested = |levels: usize, open: &str| around(levels, open, "true", ")");
    for open in ["[1].all(a, ", "[1].exists(i, a, ", "{1: 2}.all(k, v, "] {
        assert_eq!(outcome(&nested(12, open)), "ok");
        assert!(outcome(&nested(13, open)).starts_with("check: "), "{open}");
        assert!(outcome(&nested(13, open)).contains("stands inside of 12 others"), "{open}");
    }
}

#[test]
fn a_long_expression_is_refused() {
    assert_eq!(outcome(&format!("'{}'", "a".repeat(100_000))), "parse: 1:1: an expression of 100002 bytes is too long");
}

/// Lists of a thousand elements each visit those of the others.
#[test]
fn work_ends() {
    let fuel = |expr: &str| {
        let said = outcome(expr);
        assert!(said.starts_with("evaluate: 1:") && said.ends_with("the expression takes too much work"), "{}: {said}", &expr[..expr.len().min(200)]);
    };
    fuel("lists.range(1000).all(a, lists.range(1000).all(b, lists.range(1000).all(c, a + b + c >= 0)))");
    fuel("lists.range(999999999)");
    fuel("lists.range(2000).map(i, lists.range(2000))");
    // Comparing texts, compiling patterns and reading zones is work.
    let bind = |names: usize, body: &str| {
        let mut out = String::from("cel.bind(t0, '0123456789abcdef', ");
        (0..names).for_each(|at| out.push_str(&format!("cel.bind(t{}, t{at} + t{at}, ", at + 1)));
        out + body + &")".repeat(names + 1)
    };
    fuel(&bind(14, "lists.range(2000).map(i, t14).sort()"));
    fuel("lists.range(5000).all(i, 'a'.matches('(a{1,500}b?)' + string(i)) || true)");
    fuel("lists.range(5000).all(i, 'a'.matches('(((a{900}){900}){900}') || true)");
    fuel("lists.range(100000).all(i, timestamp(i).getHours('Asia/' + 'Shanghai') >= 0)");
    fuel("lists.range(100000).all(i, double('1e-' + string(300 + i % 2)) < 1.0)");
}

#[test]
fn values_that_share_their_parts_are_not_written_out() {
    let levels = 60;
    let mut expr = String::from("cel.bind(a0, [1, 1], ");
    (0..levels).for_each(|at| expr.push_str(&format!("cel.bind(a{}, [a{at}, a{at}], ", at + 1)));
    let closed = |body: String| format!("{expr}{body}{}", ")".repeat(levels + 1));
    assert_eq!(outcome(&closed(format!("a{levels}"))), "evaluate: the value is too large to be written");
    assert_eq!(outcome(&closed(format!("size(a{levels})"))), "ok");
    for body in [format!("a{levels} == a{levels}"), format!("'%s'.format([a{levels}])"), format!("a{levels}.flatten(100)"), format!("[a{levels}, a{levels}].distinct()")] {
        let said = outcome(&closed(body.clone()));
        assert!(said.ends_with("takes too much work"), "{body}: {said}");
    }
    // Where a name is open, the same goes for what is possible.
    outcome(&closed(format!("x ? a{levels} : [a{levels}]")));
    outcome(&closed(format!("[x, a{levels}] == [a{levels}, x]")));
}

/// A type that is made of one twice at each level is no larger than what made it.
#[test]
fn types_that_share_their_parts_are_not_written_out() {
    let ty = r#"{"abstractType":{"name":"pair","parameterTypes":[{"typeParam":"A"},{"typeParam":"A"}]}}"#;
    let declared = format!(r#"[{{"name":"pair","function":{{"overloads":[{{"params":[{{"typeParam":"A"}}],"resultType":{ty}}}]}}}}]"#);
    let chain = around(100, "pair(", "1", ")");
    for expr in [chain.clone(), format!("[{chain}, {chain}] == [1]"), format!("{chain} + 1")] {
        let before = Instant::now();
        let answer = leadgate::answer(&format!(r#"{{"id":1,"expr":"{expr}","type_env":{declared},"check_only":true}}"#));
        assert!(before.elapsed() < LONGEST && answer.len() < 100_000, "{} bytes after {:?}", answer.len(), before.elapsed());
    }
}

#[test]
fn values_in_a_line_nest_up_to_a_limit() {
    let deep = |levels: usize| {
        let value = around(levels, r#"{"listValue":{"values":["#, r#"{"int64Value":"1"}"#, "]}}");
        leadgate::answer(&format!(r#"{{"id":1,"expr":"[v]","bindings":{{"v":{value}}}}}"#))
    };
    assert!(deep(30).contains(r#""value""#), "{}", deep(30));
    assert!(deep(10_000).contains("the line is not JSON"));
    let ty = |levels: usize| {
        let ty = around(levels, r#"{"listType":{"elemType":"#, r#"{"dyn":{}}"#, "}}");
        leadgate::answer(&format!(r#"{{"id":1,"expr":"v","type_env":{{"v":{ty}}},"check_only":true}}"#))
    };
    assert!(ty(30).contains("list(list("), "{}", ty(30));
    assert!(ty(10_000).contains("the line is not JSON"));
}

/// Of these the bounds are above the limit and the work is far below it: steps that each take a text apart are bounded as if each made it longer. `tests/company` decides the
/// longest names.
const BOUNDED_TOO_HIGH: &[(&str, usize)] = &[("contact", 3)];

#[test]
fn no_shipped_policy_is_costly() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.join("policy.yaml").exists() {
            let authored = leadgate::author("policy.yaml", &Folder(path.clone()));
            let costly: Vec<&str> = authored.diagnostics.iter().filter(|found| found.code == "costly-expression").map(|found| found.message.as_str()).collect();
            let expected = BOUNDED_TOO_HIGH.iter().find(|(name, _)| path.ends_with(name)).map_or(0, |(_, count)| *count);
            assert_eq!(costly.len(), expected, "{}: {costly:?}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 1, "{seen} policies");
}
