//! On known values: the engine comes to what the reference comes to, and what the checker says of types holds.

use crate::reference::language::evaluate::{Outcome, State, Variables, evaluate};
use crate::reference::language::functions::Failure;
use crate::reference::language::generate;
use crate::reference::language::signatures::signatures;
use crate::reference::language::{Case, Expr, Type, Value};
use crate::reference::random::Random;
use crate::{cases, report};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// The macros, with how many names they bind.
const MACROS: [&str; 16] = [
    "all of 1", "exists of 1", "exists_one of 1", "filter of 1", "map of 1", "sortBy of 1", "all of 2", "exists of 2", "existsOne of 2", "transformList of 2", "transformMap of 2",
    "transformMapEntry of 2", "optMap of 1", "optFlatMap of 1", "cel.bind of 1", ".format",
];

fn answer(case: &Case, checks: bool) -> Json {
    serde_json::from_str(&leadgate::answer(&case.line(&Json::Null, checks))).unwrap()
}

fn variables(case: &Case) -> Variables {
    case.variables.iter().map(|variable| (variable.name.clone(), State::Value(variable.value.clone().unwrap()))).collect()
}

/// What the engine gives; nothing where it takes too much work.
fn outcome(answer: &Json) -> Option<Outcome> {
    match (answer.get("value"), answer["error"].as_str()) {
        (Some(value), _) => Some(Outcome::Value(Value::of_json(value))),
        (_, Some("the expression takes too much work")) => None,
        _ => Some(Outcome::Fault(Failure::Other)),
    }
}

/// Whether something in an expression has a type that shows only when it runs.
fn is_dynamic(case: &Case) -> bool {
    let dynamic = |expr: &Expr| matches!(expr, Expr::Call(name, _) if name == "dyn") || matches!(expr, Expr::Name(name) if case.variables.iter().any(|variable| variable.name == *name && variable.ty == Type::Dyn));
    case.expr.any(&dynamic)
}

/// What is wrong with a case.
fn wrong(case: &Case) -> Option<String> {
    let mut given = answer(case, true);
    let phase = |given: &Json| given["phase"].as_str().map(str::to_owned);
    if let Some(phase) = phase(&given).filter(|phase| phase != "evaluate") {
        if case.typed || phase == "parse" {
            return Some(format!("{phase}: {}", given["error"]));
        }
        given = answer(case, false);
    } else {
        if let (Some(ty), Some(value)) = (given["type"].as_str(), given.get("value"))
            && !Type::read(ty).holds(&Value::of_json(value))
        {
            return Some(format!("{value} is no {ty}"));
        }
        if case.typed && !is_dynamic(case) && given["error"] == "no function of this name takes these values" {
            return Some(format!("what was checked meets {}", given["error"]));
        }
    }
    let expected = evaluate(&case.expr, &variables(case));
    let differs = |given: &Json, how: &str| {
        let found = outcome(given)?;
        (!found.same(&expected)).then(|| format!("engine    {found:?} {} {how}\nreference {expected:?}", given["error"]))
    };
    differs(&given, "").or_else(|| differs(&answer(case, false), "unchecked"))
}

/// The smallest part of a case's expression with which something is wrong.
fn smallest(case: &Case) -> Case {
    let parts = case.expr.parts().into_iter().map(|part| Case { expr: part.clone(), ..case.clone() });
    let found = parts.into_iter().find(|part| is_closed(&part.expr, case, &mut Vec::new()) && wrong(part).is_some());
    found.map_or_else(|| case.clone(), |part| smallest(&part))
}

/// Whether all names in an expression are variables, or bound in it.
fn is_closed(expr: &Expr, case: &Case, bound: &mut Vec<String>) -> bool {
    match expr {
        Expr::Name(name) => bound.contains(name) || case.variables.iter().any(|variable| variable.name == *name),
        Expr::Macro(_, target, names, args) => {
            let outside = is_closed(target, case, bound);
            bound.extend(names.iter().cloned());
            let inside = args.iter().all(|arg| is_closed(arg, case, bound));
            bound.truncate(bound.len() - names.len());
            outside && inside
        }
        _ => expr.parts().into_iter().all(|part| is_closed(part, case, bound)),
    }
}

#[test]
fn known_values_agree() {
    let count = cases(60);
    let mut found = Vec::new();
    let (mut values, mut tried) = (0, BTreeSet::new());
    for seed in 0..count {
        let case = generate::case(&mut Random::new(seed));
        tried.extend(case.expr.functions());
        values += u64::from(matches!(evaluate(&case.expr, &variables(&case)), Outcome::Value(_)));
        if wrong(&case).is_some() {
            let small = smallest(&case);
            found.push(format!("seed {seed}: {}\n{}", small.line(&seed.into(), true), wrong(&small).unwrap()));
        }
    }
    report(count, &found);
    assert!(values * 2 > count, "only {values} of {count} cases come to a value");
    let functions = signatures().iter().map(|signature| signature.name);
    let missing: Vec<&str> = functions.chain(MACROS).filter(|name| !tried.contains(*name)).collect();
    assert!(missing.is_empty(), "never tried: {missing:?}");
}
