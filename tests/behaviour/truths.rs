//! Expressions with their truths: `tests/fixtures/truths`. The part `leads` names leads, a line each; the part `truths` has a line for each expression: its truth for each of the
//! leads (T, F, U, E), and the expression. `policy.yaml` holds the sections that the expressions are about.
//!
//! Each expression is decided three ways, which must agree: as the condition of a rule, which is a function of cells where it can be; by a derive; and inside a list, which only the machine can do.

use crate::fixture::{Fixture, check};
use crate::leads;
use leadgate::engine::Engine;

const HEAD: &str = "leadgate: 1\npolicy: truths\nversion: \"1\"\n";

/// T, F, U or E by two rules, one for the condition and one for its negation.
fn truth(engine: &Engine, line: &str) -> char {
    let given = leads::read(engine, line).unwrap_or_else(|refused| panic!("{refused}"));
    match engine.decide(&given.lead, given.stage).scores[0] {
        Some(1_000) => 'T',
        Some(2_000) => 'F',
        Some(0) => 'U',
        None => 'E',
        other => panic!("{other:?}"),
    }
}

fn policy(sections: &str, expression: &str, condition: &str) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let derive = format!("  it: {}\n", quoted(expression));
    let sections = match sections.split_once("derive:\n") {
        Some((before, after)) => format!("{before}derive:\n{derive}{after}"),
        None => format!("{sections}derive:\n{derive}"),
    };
    let (holds, fails) = (quoted(condition), quoted(&format!("!({condition})")));
    format!("{HEAD}{sections}scores: {{ truth: {{ rules: {{ holds: {{ when: {holds}, points: 1 }}, fails: {{ when: {fails}, points: 2 }} }} }} }}\n")
}

fn come_out(fixture: &Fixture) -> String {
    let sections = fixture.part("policy.yaml");
    let leads: Vec<&str> = fixture.part("leads").lines().collect();
    let mut out = String::new();
    for line in fixture.part("truths").lines() {
        if line.is_empty() || line.starts_with('#') {
            out.push_str(&format!("{line}\n"));
            continue;
        }
        let expression = line.split_once("  ").map_or(line, |(_, expression)| expression).trim();
        let ways = [expression, "it", &format!("[{expression}][0] == true")].map(|condition| {
            let text = policy(sections, expression, condition);
            let engine = Engine::new(leadgate::compile_str(&text).unwrap_or_else(|errors| panic!("{}: {expression}\n{errors}", fixture.path.display())));
            leads.iter().map(|lead| truth(&engine, lead.split_once(':').expect("a name for the lead").1)).collect::<String>()
        });
        assert!(ways.iter().all(|way| *way == ways[0]), "{}: `{expression}` is {} as a condition, {} by a derive, {} on the machine", fixture.path.display(), ways[0], ways[1], ways[2]);
        let spaced: Vec<String> = ways[0].chars().map(String::from).collect();
        out.push_str(&format!("{}  {expression}\n", spaced.join(" ")));
    }
    out
}

#[test]
fn expressions_have_their_truths() {
    assert!(check("truths", "truths", come_out) >= 5);
}
