//! Open variables of expressions by themselves: whatever they turn out to be, it was said so; and what enumeration says is definite, is.

use crate::reference::language::evaluate::{Outcome, State, Variables, evaluate};
use crate::reference::language::generate::open::{SIMPLE, open, simple};
use crate::reference::language::{Case, Expr, Type, Value, literals};
use crate::reference::random::Random;
use crate::{cases, report};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// At most so many completions are tried.
const COMPLETIONS: usize = 48;

/// What the engine says of open variables.
#[derive(Debug)]
enum Said {
    Value(Value),
    Fails,
    RestsOn(Vec<String>),
    /// It takes too much work, or is refused.
    Nothing,
}

fn ask(case: &Case) -> Said {
    let answer: Json = serde_json::from_str(&leadgate::answer(&case.line(&Json::Null, case.typed))).unwrap();
    if let Some(value) = answer.get("value") {
        return Said::Value(Value::of_json(value));
    }
    if let Some(names) = answer["unknown"].as_array() {
        return Said::RestsOn(names.iter().map(|name| name.as_str().unwrap().to_owned()).collect());
    }
    assert!(!case.typed || answer["phase"] == "evaluate", "{} is refused: {answer}", case.expr);
    if answer["phase"] == "evaluate" { Said::Fails } else { Said::Nothing }
}

/// What each open variable is tried with: all values of a bool, some of other types.
fn choices(case: &Case, random: &mut Random) -> Vec<(String, Vec<Value>)> {
    let of = |ty: &Type, random: &mut Random| match ty {
        Type::Bool => vec![Value::Bool(false), Value::Bool(true)],
        ty => (0..5).map(|_| literals::value(random, ty, 1)).collect(),
    };
    case.open().map(|variable| (variable.name.clone(), of(&variable.ty, random))).collect()
}

/// Completions, with the numbers of the choices that were made.
fn completions(case: &Case, random: &mut Random) -> Vec<(Vec<usize>, Outcome)> {
    let known = case.variables.iter().filter_map(|variable| Some((variable.name.clone(), State::Value(variable.value.clone()?))));
    let mut variables: Variables = known.collect();
    let choices = choices(case, random);
    let all: usize = choices.iter().map(|(_, values)| values.len()).product();
    (0..all.min(COMPLETIONS)).map(|number| {
        let mut rest = if all <= COMPLETIONS { number } else { random.below(all) };
        let mut made = Vec::new();
        for (name, values) in &choices {
            variables.insert(name.clone(), State::Value(values[rest % values.len()].clone()));
            made.push(rest % values.len());
            rest /= values.len();
        }
        (made, evaluate(&case.expr, &variables))
    }).collect()
}

fn wrong(case: &Case, random: &mut Random) -> Option<String> {
    let said = ask(case);
    let all = completions(case, random);
    let other = |is: &dyn Fn(&Outcome) -> bool| all.iter().find(|(_, outcome)| !is(outcome)).map(|(made, outcome)| format!("said {said:?}, and {made:?} gives {outcome:?}"));
    match &said {
        Said::Value(value) => other(&|outcome| outcome.same(&Outcome::Value(value.clone()))),
        Said::Fails => other(&|outcome| matches!(outcome, Outcome::Fault(_))),
        Said::Nothing => None,
        Said::RestsOn(names) => {
            let open: Vec<&str> = case.open().map(|variable| variable.name.as_str()).collect();
            if let Some(name) = names.iter().find(|name| !open.contains(&name.as_str())) {
                return Some(format!("rests on `{name}`, which is not open in it"));
            }
            if names.is_empty() {
                return Some("rests on nothing".to_owned());
            }
            // Where all are settled that it rests on, the others make no difference.
            let mut seen: BTreeMap<Vec<usize>, &Outcome> = BTreeMap::new();
            for (made, outcome) in &all {
                let settled = made.iter().zip(&open).filter(|(_, name)| names.iter().any(|other| other == *name)).map(|(choice, _)| *choice).collect();
                let first = seen.entry(settled).or_insert(outcome);
                if !first.same(outcome) {
                    return Some(format!("rests on {names:?} alone, and comes to {first:?} and {outcome:?} with the same of them"));
                }
            }
            None
        }
    }
}

#[test]
fn what_is_said_of_open_variables_holds() {
    let count = cases(20);
    let mut found = Vec::new();
    for seed in 0..count {
        let mut random = Random::new(seed ^ 0x0BEC);
        let case = open(&mut random);
        if let Some(why) = wrong(&case, &mut random) {
            found.push(format!("seed {seed}: {}\n{why}", case.line(&seed.into(), true)));
        }
    }
    report(count, &found);
}

/// Whether enumeration finds one outcome, and whether the engine says so.
fn too_coarse(case: &Case) -> Option<String> {
    if case.open().count() == 0 {
        return None;
    }
    let all = completions(case, &mut Random::new(1));
    assert!(all.len() < COMPLETIONS);
    let definite = all.iter().all(|(_, outcome)| outcome.same(&all[0].1));
    let said = ask(case);
    (definite && !matches!(said, Said::Value(_) | Said::Fails)).then(|| format!("{} is {:?}, and was said to be {said:?}", case.expr, all[0].1))
}

#[test]
fn what_is_definite_is_said_to_be() {
    let count = cases(5);
    let mut found = Vec::new();
    let mut definite = 0;
    for seed in 0..count {
        let case = simple(&mut Random::new(seed ^ 0x5EED));
        definite += usize::from(case.open().count() > 0 && !matches!(ask(&case), Said::RestsOn(_)));
        found.extend(too_coarse(&case));
    }
    report(count, &found);
    assert!(definite > 20, "only {definite} are definite at all");
}

#[test]
fn small_expressions_are_as_definite_as_they_can_be() {
    let mut found = Vec::new();
    let all = small();
    let mut definite = 0;
    for expr in &all {
        let variables = SIMPLE.iter().map(|name| crate::reference::language::case::Variable { name: (*name).to_owned(), ty: Type::Bool, value: None });
        let case = Case { expr: expr.clone(), variables: variables.collect(), typed: true };
        definite += usize::from(case.open().count() > 0 && !matches!(ask(&case), Said::RestsOn(_)));
        found.extend(too_coarse(&case));
    }
    report(all.len() as u64, &found);
    assert!(definite > 500, "only {definite} are definite at all");
}

/// All expressions of an operator or conditional over another, each variable used once.
fn small() -> Vec<Expr> {
    const OPERATORS: [&str; 8] = ["&&", "||", "==", "!=", "<", "<=", ">", ">="];
    let leaves = |name: &str| vec![Expr::Name(name.to_owned()), Expr::Literal(Value::Bool(false)), Expr::Literal(Value::Bool(true))];
    let mut pairs: Vec<Expr> = Vec::new();
    for left in leaves("p") {
        for right in leaves("q") {
            pairs.extend(OPERATORS.map(|operator| Expr::binary(operator, left.clone(), right.clone())));
        }
    }
    let mut all = pairs.clone();
    for pair in &pairs {
        for other in leaves("r") {
            for operator in OPERATORS {
                all.push(Expr::binary(operator, pair.clone(), other.clone()));
                all.push(Expr::binary(operator, other.clone(), Expr::Unary('!', pair.clone().into())));
            }
            for last in leaves("s") {
                all.push(Expr::If(pair.clone().into(), other.clone().into(), last.clone().into()));
                all.push(Expr::If(other.clone().into(), pair.clone().into(), last.into()));
            }
        }
    }
    all
}
