//! Random documents, their completions, and how failing ones are made small.

use crate::reference::enumerate::{candidates, enumerate};
use crate::reference::generate::{lead as random_lead, policy, small_policy};
use crate::reference::lead::{Answer, read};
use crate::reference::policy::{Kind, Type};
use crate::reference::random::Random;
use crate::reference::reduce::reduce;
use crate::reference::{Policy, State, Value, decide, enumerate as completions};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// How often something occurs, in thousandths of all decisions.
fn survey(make: fn(u64) -> Json) -> BTreeMap<&'static str, usize> {
    let mut seen: BTreeMap<&'static str, usize> = BTreeMap::new();
    for seed in 0..300 {
        let document = make(seed);
        let policy = Policy::read(&document.to_string());
        let candidates = candidates(&document, &policy);
        let mut random = Random::new(seed);
        for _ in 0..20 {
            let lead = read(&policy, &random_lead(&mut random, &policy, &candidates, 0));
            let decision = decide(&policy, &lead, None);
            let mut note = |what, holds: bool| *seen.entry(what).or_default() += usize::from(holds);
            note("decisions", true);
            note("screened", decision.screen.is_some());
            note("screen faulted", decision.faults.iter().any(|name| name == "screen"));
            note("route faulted", decision.faults.iter().any(|name| name == "route"));
            note("row", decision.route.as_deref().is_some_and(|route| route != "nurture" && route != "manual"));
            note("default", decision.outcome == "nurture");
            note("moved", decision.stage.as_ref().is_some_and(|stage| !stage.moves.is_empty()));
            note("moved twice", decision.stage.as_ref().is_some_and(|stage| stage.moves.len() > 1));
            note("stage faulted", decision.stage.as_ref().is_some_and(|stage| stage.fault));
            note("score", decision.scores.values().any(|score| score.is_some_and(|score| score != 0)));
            note("score faulted", decision.screen.is_none() && decision.scores.values().any(Option::is_none));
            note("output", decision.outputs.values().any(Option::is_some));
            note("identity", !decision.identity.is_empty());
            note("no fault", decision.faults.is_empty());
        }
    }
    seen
}

#[test]
fn random_policies_reach_everything() {
    let seen = survey(policy);
    for (what, count) in &seen {
        assert!(*count >= 40, "{what}: {count} of {seen:?}");
    }
    let share = |what: &str| seen[what] * 100 / seen["decisions"];
    assert!(share("no fault") >= 40, "faults drown the rest: {seen:?}");
    assert!(share("screened") <= 50, "the screen ends most decisions: {seen:?}");
}

#[test]
fn small_policies_have_no_faults_and_few_completions() {
    let seen = survey(small_policy);
    assert_eq!(seen["no fault"], seen["decisions"]);
    for what in ["screened", "row", "default", "moved", "score", "output"] {
        assert!(seen[what] >= 60, "{what}: {seen:?}");
    }
    let mut exhaustive = 0;
    for seed in 0..100 {
        let document = small_policy(seed);
        let policy = Policy::of(&document);
        let candidates = candidates(&document, &policy);
        exhaustive += usize::from(policy.fields().map(|(_, name, _)| candidates[name].len()).product::<usize>() <= 20_000);
    }
    assert!(exhaustive >= 60, "{exhaustive} of 100 can be enumerated");
}

#[test]
fn candidates_are_valid_and_stand_on_both_sides() {
    let document = json!({
        "fields": { "n": { "type": "int", "min": 1, "max": 1000 }, "x": { "type": "string", "normalize": ["lowercase"] }, "p": { "type": "double", "max": 10 } },
        "scores": { "s": { "rules": { "r": { "by": "n", "points": { "< 20": 1, "20..99": 7 } }, "q": { "when": "x.contains(\"ab\") && p > 2.5 && x != \"Q\"", "points": 1 } } } },
    });
    let policy = Policy::of(&document);
    let candidates = candidates(&document, &policy);
    let has = |field: &str, value: Value| candidates[field].contains(&Answer::Typed(value));
    for number in [1, 19, 20, 21, 98, 99, 100, 1000] {
        assert!(has("n", Value::Int(number)), "{number}");
    }
    assert!(!has("n", Value::Int(0)) && !has("n", Value::Int(1001)));
    assert!(has("p", Value::Double(2.5)) && has("p", Value::Double(2.5_f64.next_up())) && !has("p", Value::Double(10.5)));
    assert!(has("x", Value::text("ab")) && has("x", Value::text("abab")) && has("x", Value::text("qab")) && !has("x", Value::text("Q")));
    assert!(candidates.values().all(|all| all.contains(&Answer::Absent) && all.contains(&Answer::Declined)));
}

#[test]
fn completions_are_all_of_them() {
    let document = json!({
        "fields": { "b": { "type": "bool" }, "e": { "type": "enum", "values": ["u", "v", "w"] } },
        "ask": { "questions": [{ "field": "e", "when": { "b": true } }] },
        "route": { "outcomes": ["yes", "no"], "rows": [{ "when": { "e": "not masked" }, "to": "yes" }], "default": "no" },
    });
    let policy = Policy::of(&document);
    let candidates = candidates(&document, &policy);
    let lead = read(&policy, &json!({ "b": { "open": true }, "e": { "open": true } }));
    let (decisions, all) = enumerate(&policy, &lead, None, &candidates, 100, &mut Random::new(1));
    assert!(all);
    // Four states of b, five of e; the gate opens for one of the four.
    assert_eq!(decisions.len(), 20);
    assert_eq!(decisions.iter().filter(|decision| decision.outcome == "yes").count(), 5);
    let (drawn, all) = completions::enumerate(&policy, &lead, None, &candidates, 10, &mut Random::new(1));
    assert!(!all && drawn.len() == 10);
}

#[test]
fn values_are_what_their_types_say() {
    for seed in 0..100 {
        let document = policy(seed);
        let policy = Policy::of(&document);
        let candidates = candidates(&document, &policy);
        let mut random = Random::new(seed);
        for _ in 0..10 {
            let lead = read(&policy, &random_lead(&mut random, &policy, &candidates, 30));
            for variable in &policy.variables {
                let (Kind::Field(field), Some(Answer::Typed(value) | Answer::Record(value))) = (&variable.kind, lead.get(&variable.name)) else { continue };
                let fits = match (&field.ty, value) {
                    (Type::Bool, Value::Bool(_)) => true,
                    (Type::Int(low, high), Value::Int(number)) => (low..=high).contains(&number),
                    (Type::Double(low, high), Value::Double(number)) => (low..=high).contains(&number),
                    (Type::Enum(values), Value::Text(text)) => values.iter().any(|value| **value == **text),
                    (Type::Text, Value::Text(_)) => true,
                    _ => false,
                };
                assert!(fits, "{value:?} for {field:?}");
            }
        }
    }
}

#[test]
fn failing_cases_become_small() {
    let case = json!({ "keep": { "x": 1, "y": [1, 2, "(a) && (bad || (c))"] }, "drop": "bad things" });
    let small = reduce(&case, &|json| json["keep"]["y"].as_array().is_some_and(|items| items.iter().any(|item| item.as_str().is_some_and(|text| text.contains("bad")))));
    assert_eq!(small, json!({ "keep": { "y": ["bad || (c)"] } }));
    assert_eq!(State::Absent.read().truth(), crate::reference::Truth::U);
}
