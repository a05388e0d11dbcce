//! Decisions, explanations and what is possible, as text.

use crate::leads::Given;
use leadgate::engine::{Engine, LineKind, Outcome, Possible, ScoreExplanation};
use leadgate::program::{Domain, HitPolicy, Program, ScoreBody, Value, VariableId};

pub fn number(milli: i64) -> String {
    format!("{}", milli as f64 / 1000.0)
}

fn value(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Double(value) => value.to_string(),
        Value::String(text) => format!("{text:?}"),
        Value::List(values) => format!("[{}]", values.iter().map(self::value).collect::<Vec<_>>().join(", ")),
        other => panic!("{other:?} in a decision"),
    }
}

fn name(program: &Program, variable: VariableId) -> &str {
    &program.variables[usize::from(variable)].name
}

fn finite(program: &Program, variable: VariableId, at: u16) -> String {
    match &program.variables[usize::from(variable)].domain {
        Domain::Finite(values) => value(&values[usize::from(at)]),
        other => panic!("{other:?}"),
    }
}

fn outcome(engine: &Engine, outcome: Outcome) -> String {
    engine.outcome_name(outcome).unwrap_or_else(|| "none".to_owned())
}

/// The full decision of a lead, its scores explained.
pub fn decision(engine: &Engine, given: &Given) -> String {
    let program = engine.program();
    let explanation = engine.explain(&given.lead, given.stage);
    let decision = &explanation.decision;
    let row = decision.row.map(|row| format!(" by {}", program.route.as_ref().unwrap().rows[usize::from(row)].id)).unwrap_or_default();
    let fault = if decision.by_fault { " by a fault" } else { "" };
    let mut out = format!("outcome {}{row}{fault}\n", outcome(engine, decision.outcome));
    for (score, points) in program.scores.iter().zip(&decision.scores) {
        let (name, shown) = (name(program, score.variable), points.map_or("-".to_owned(), number));
        out.push_str(&format!("{name} {shown}\n"));
        if let Some(explained) = explanation.scores.iter().find(|explained| program.scores[usize::from(explained.score)].variable == score.variable) {
            assert_eq!(explained.lines.iter().map(|line| line.points).sum::<i64>(), explained.value, "the lines of `{name}` sum to its value");
            assert_eq!(Some(explained.value), *points);
            out.push_str(&lines(program, explained));
        }
    }
    for (at, variable) in engine.outputs() {
        let shown = engine.output(decision, at).map_or("-".to_owned(), |found| value(&found));
        out.push_str(&format!("{} {shown}\n", variable.name));
    }
    for (hits, held) in program.life.hits.iter().zip(&decision.hits) {
        let table = &program.tables[usize::from(hits.table)];
        let rows: Vec<&str> = held.rows.iter().map(|&row| table.rows[usize::from(row)].id.as_str()).collect();
        if !rows.is_empty() {
            out.push_str(&format!("{} of {}: {}\n", if held.violated { "violation" } else { "rows" }, table.id, rows.join(", ")));
        }
    }
    if let (Some(stage), Some(stages)) = (&decision.stage, &program.stages) {
        let word = |stage| finite(program, stages.variable, stage).replace('"', "");
        let moves: Vec<&str> = stage.moves.iter().map(|&at| stages.moves[usize::from(at)].id.as_str()).collect();
        let by = if moves.is_empty() { String::new() } else { format!(" by {}", moves.join(", ")) };
        out.push_str(&format!("stage {} -> {}{by}{}\n", word(stage.before), word(stage.after), if stage.faulted { " faulted" } else { "" }));
    }
    for (key, values) in engine.identity(&given.lead, decision) {
        let fields: Vec<&str> = program.identity[usize::from(key)].iter().map(|&field| name(program, field)).collect();
        out.push_str(&format!("identity {}: {}\n", fields.join("+"), values.iter().map(value).collect::<Vec<_>>().join(" ")));
    }
    let faults = engine.fault_names(decision);
    if !faults.is_empty() {
        out.push_str(&format!("faults {}\n", faults.join(", ")));
    }
    out
}

fn lines(program: &Program, explained: &ScoreExplanation) -> String {
    let ScoreBody::Groups(groups) = &program.scores[usize::from(explained.score)].body else {
        return explained.lines.iter().map(|line| format!("  {:+} {}\n", line.points as f64 / 1000.0, part(program, line.kind))).collect();
    };
    let group = |at: u16| if groups[usize::from(at)].id.is_empty() { String::new() } else { format!("{}.", groups[usize::from(at)].id) };
    let mut out = String::new();
    for line in &explained.lines {
        let what = match line.kind {
            LineKind::Rule(at, rule, case) => {
                let found = &groups[usize::from(at)].rules[usize::from(rule)];
                let key = &found.cases[usize::from(case)].key;
                format!("{}{}{}", group(at), found.id, if key.is_empty() { String::new() } else { format!(" [{key}]") })
            }
            LineKind::Cap(at) => format!("cap of {}", groups[usize::from(at)].id),
            LineKind::Floor(at) => format!("floor of {}", groups[usize::from(at)].id),
            other => part(program, other),
        };
        out.push_str(&format!("  {:+} {what}\n", line.points as f64 / 1000.0));
    }
    for missing in &explained.missing {
        let rule = &groups[usize::from(missing.group)].rules[usize::from(missing.rule)].id;
        out.push_str(&format!("  missing {} for {}{rule}\n", name(program, missing.variable), group(missing.group)));
    }
    out
}

fn part(program: &Program, kind: LineKind) -> String {
    match kind {
        LineKind::Range => "range".to_owned(),
        LineKind::Score(at) => name(program, program.scores[usize::from(at)].variable).to_owned(),
        other => panic!("{other:?}"),
    }
}

/// What is possible of a lead that is partly open.
pub fn possible(engine: &Engine, given: &Given) -> String {
    let program = engine.program();
    let possible = engine.possible(&given.lead, given.stage);
    let fault = |faults| if faults { " or a fault" } else { "" };
    let outcomes: Vec<String> = possible.outcomes.iter().map(|&found| outcome(engine, found)).collect();
    let mut out = format!("possible{} {}\n", if possible.exact { ", exactly:" } else { ":" }, outcomes.join(" | "));
    for (score, found) in program.scores.iter().zip(&possible.scores) {
        let range = match found.range {
            Some((low, high)) if low == high => number(low),
            Some((low, high)) => format!("{}..{}", number(low), number(high)),
            None => "-".to_owned(),
        };
        out.push_str(&format!("{} {range}{}\n", name(program, score.variable), fault(found.faults)));
    }
    for (at, variable) in engine.outputs() {
        let found = &possible.outputs[at];
        let Domain::Finite(values) = &variable.domain else {
            out.push_str(&format!("{} {}{}\n", variable.name, of_hits(engine, &possible, &variable.name), fault(found.faults)));
            continue;
        };
        let values: Vec<String> = found.values.iter().map(|&at| value(&values[usize::from(at)])).collect();
        out.push_str(&format!("{} {}{}\n", variable.name, if values.is_empty() { "-".to_owned() } else { values.join(" | ") }, fault(found.faults)));
    }
    if let Some(stages) = &program.stages {
        let names: Vec<String> = possible.stages.iter().map(|&at| finite(program, stages.variable, at).replace('"', "")).collect();
        out.push_str(&format!("stage {}{}\n", if names.is_empty() { "-".to_owned() } else { names.join(" | ") }, fault(possible.stage_faults)));
    }
    out
}

/// What a list or a number that is made of several rows can be.
fn of_hits(engine: &Engine, possible: &Possible, name: &str) -> String {
    let program = engine.program();
    for (hits, found) in program.life.hits.iter().zip(&possible.hits) {
        let outputs = &program.tables[usize::from(hits.table)].outputs;
        let Some(at) = outputs.iter().position(|&output| program.variables[usize::from(output)].name == name) else { continue };
        return match &hits.policy {
            HitPolicy::Lists(values) => {
                let shown = |list: &[u16]| list.iter().map(|&item| value(&values[at][usize::from(item)])).collect::<Vec<_>>().join(", ");
                found.lists[at].must.as_ref().map_or("-".to_owned(), |must| format!("may [{}] must [{}]", shown(&found.lists[at].may), shown(must)))
            }
            HitPolicy::Number(_, numbers) => match found.units {
                None => "-".to_owned(),
                Some((low, high)) if low == high => value(&numbers.value(low)),
                Some((low, high)) => format!("{}..{}", value(&numbers.value(low)), value(&numbers.value(high))),
            },
            HitPolicy::Unique | HitPolicy::Any => panic!("`{name}` has values"),
        };
    }
    panic!("`{name}` has no values")
}
