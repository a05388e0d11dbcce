//! Conditions of policies, on fields in all their states: the four truths, and what is possible.

use crate::reference::language::Expr;
use crate::reference::language::evaluate::{Outcome, evaluate};
use crate::reference::language::Value;
use crate::reference::language::generate::condition::{Answer, FIELDS, completions, condition, lead, policy, simple, states};
use crate::reference::random::Random;
use crate::{cases, report};
use leadgate::engine::{Engine, Input, Lead};
use std::collections::BTreeSet;

/// Leads of each condition that are decided, and that are partly open.
const DECIDED: usize = 6;
const OPEN: usize = 2;

fn given(engine: &Engine, lead: &[Answer]) -> Lead {
    let mut builder = engine.lead();
    for (answer, (name, kind, _)) in lead.iter().zip(FIELDS) {
        match (answer, kind) {
            (Answer::Value(text), "int") => builder.set(name, Input::Integer(text.parse().unwrap())),
            (Answer::Value(text), "bool") => builder.set(name, Input::Bool(text == "true")),
            (Answer::Value(text), _) => builder.set(name, Input::Text(text.trim_matches('"'))),
            (Answer::Absent, _) => builder.absent(name),
            (Answer::Declined, _) => builder.decline(name),
            (Answer::Open, _) => builder.open(name),
        }
        .unwrap_or_else(|error| panic!("{name}: {answer:?}: {error:?}"));
    }
    builder.build()
}

/// What the condition comes to, as the route says it.
fn expected(expr: &Expr, lead: &[Answer]) -> String {
    match evaluate(expr, &states(lead)) {
        Outcome::Value(Value::Bool(true)) => "yes",
        Outcome::Value(Value::Bool(false)) => "no",
        Outcome::Unknown => "unknown",
        _ => "fault",
    }
    .to_owned()
}

fn said(engine: &Engine, lead: &[Answer]) -> (BTreeSet<String>, bool) {
    let possible = engine.possible(&given(engine, lead), None);
    (possible.outcomes.iter().map(|outcome| engine.outcome_name(*outcome).unwrap()).collect(), possible.exact)
}

fn wrong(expr: &Expr, engine: &Engine, random: &mut Random) -> Option<String> {
    for _ in 0..DECIDED {
        let lead = lead(random, 0);
        let decided = engine.outcome_name(engine.decide(&given(engine, &lead), None).outcome);
        let expected = expected(expr, &lead);
        if decided.as_deref() != Some(&expected) {
            return Some(format!("{lead:?}: {decided:?}, not {expected}"));
        }
    }
    for _ in 0..OPEN {
        let lead = lead(random, 25);
        let (said, exact) = said(engine, &lead);
        let all = completions(&lead);
        if all.len() > 4_000 {
            continue;
        }
        let happens: BTreeSet<String> = all.iter().map(|lead| expected(expr, lead)).collect();
        if !happens.is_subset(&said) {
            return Some(format!("{lead:?}: possible {said:?}, and it comes to {happens:?}"));
        }
        // Texts have more values than are tried.
        if exact && !expr.names("t") && said != happens {
            return Some(format!("{lead:?}: exactly {said:?}, and it comes to {happens:?}"));
        }
    }
    None
}

#[test]
fn conditions_have_their_truths_in_every_state() {
    let count = cases(11) / (DECIDED + OPEN) as u64;
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    for seed in 0..count {
        let mut random = Random::new(seed ^ 0xC0DE);
        let expr = condition(&mut random);
        match leadgate::compile_str(&policy(&expr.to_string())) {
            Ok(program) => found.extend(wrong(&expr, &Engine::new(program), &mut random).map(|why| format!("seed {seed}: {expr}\n{why}"))),
            Err(errors) => refused.push(format!("{expr}\n{errors}")),
        }
    }
    report(count, &found);
    let shown = &refused[..refused.len().min(5)];
    assert!(refused.len() as u64 * 10 <= count, "{} of {count} conditions are refused:\n{}", refused.len(), shown.join("\n"));
}

#[test]
fn definite_conditions_are_said_to_be() {
    let count = cases(4) / OPEN as u64;
    let (mut found, mut definite) = (Vec::new(), 0);
    for seed in 0..count {
        let mut random = Random::new(seed ^ 0xDEF1);
        let expr = simple(&mut random);
        // Some are refused: what no value of a field can make true is a mistake.
        let Ok(program) = leadgate::compile_str(&policy(&expr.to_string())) else { continue };
        let engine = Engine::new(program);
        for _ in 0..OPEN {
            let lead = lead(&mut random, 35);
            let all = completions(&lead);
            if all.len() > 2_000 {
                continue;
            }
            let happens: BTreeSet<String> = all.iter().map(|lead| expected(&expr, lead)).collect();
            let (said, _) = said(&engine, &lead);
            definite += u64::from(happens.len() == 1 && all.len() > 1);
            if !happens.is_subset(&said) || happens.len() == 1 && said != happens {
                found.push(format!("seed {seed}: {expr}\n{lead:?}: possible {said:?}, and it comes to {happens:?}"));
            }
        }
    }
    report(count, &found);
    assert!(definite * 10 > count, "only {definite} are definite, of {count} conditions");
}
