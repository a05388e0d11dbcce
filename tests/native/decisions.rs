//! Decides a CSV file of leads natively and prints every result in a line of its own, for `tests/node/native.test.mjs` to compare with the package.
//!
//! `cargo run --example decisions -- <policy> <leads.csv>`

use std::error::Error;
use std::fmt::Write;

use leadgate::program::{Domain, Value};
use leadgate::{Engine, Lead};

/// How many leads are also asked what is possible.
const PARTIAL: usize = 25;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(policy), Some(leads)) = (arguments.next(), arguments.next()) else { return Err("usage: decisions <policy> <leads.csv>".into()) };
    let engine = Engine::new(leadgate::compile_file(policy)?);
    let mut reader = csv::Reader::from_path(leads)?;
    let header: Vec<String> = reader.headers()?.iter().map(String::from).collect();
    let mut out = String::new();
    for (row, record) in reader.records().enumerate() {
        let record = record?;
        let mut lead = engine.lead();
        for (name, text) in header.iter().zip(&record).filter(|(_, text)| !text.is_empty()) {
            let field = engine.field(name).ok_or("a column is no field")?;
            // A value that is not valid counts as absent.
            let _ = match engine.program().variables.get(usize::from(field)).map(|variable| &variable.domain) {
                Some(Domain::Int(..) | Domain::Double(..)) => lead.set(name, text.parse::<f64>()?).map(|_| ()),
                Some(Domain::Finite(values)) if matches!(values.first(), Some(Value::Bool(_))) => lead.set(name, text == "true").map(|_| ()),
                _ => lead.set(name, text).map(|_| ()),
            };
        }
        decided(&engine, &lead, &mut out)?;
        if row < PARTIAL {
            possible(&engine, &lead.open_rest().build(), &mut out)?;
        }
    }
    print!("{out}");
    Ok(())
}

fn decided(engine: &Engine, lead: &Lead, out: &mut String) -> std::fmt::Result {
    let explanation = engine.explain(lead, None);
    let decision = &explanation.decision;
    write!(out, "{}", engine.outcome_name(decision.outcome).unwrap_or_default())?;
    for score in &decision.scores {
        write!(out, "\t{}", score.map_or("-".into(), |score| score.to_string()))?;
    }
    for (&value, (_, variable)) in decision.outputs.iter().zip(engine.outputs()) {
        write!(out, "\t{}", value.map_or("-".into(), |value| finite(&variable.domain, value)))?;
    }
    match &decision.stage {
        Some(stage) => write!(out, "\t{} {} {}", stage.before, stage.after, stage.moves.len())?,
        None => write!(out, "\t-")?,
    }
    write!(out, "\t{}", engine.fault_names(decision).join(" "))?;
    for (_, key) in engine.identity(lead, decision) {
        write!(out, "\t{}", key.iter().map(plain).collect::<Vec<_>>().join("+"))?;
    }
    for score in &explanation.scores {
        let lines: Vec<String> = score.lines.iter().map(|line| line.points.to_string()).collect();
        write!(out, "\t{}={} missing {}", lines.join(","), score.value, score.missing.len())?;
    }
    writeln!(out)
}

fn possible(engine: &Engine, lead: &Lead, out: &mut String) -> std::fmt::Result {
    let possible = engine.possible(lead, None);
    let outcomes: Vec<String> = possible.outcomes.iter().filter_map(|&outcome| engine.outcome_name(outcome)).collect();
    write!(out, "possible\t{}\t{}\t{}", possible.exact, outcomes.join(" "), possible.stages.len())?;
    for score in &possible.scores {
        match score.range {
            Some((low, high)) => write!(out, "\t{low}..{high} {}", score.faults)?,
            None => write!(out, "\t-")?,
        }
    }
    for (output, (_, variable)) in possible.outputs.iter().zip(engine.outputs()) {
        let values: Vec<String> = output.values.iter().map(|&value| finite(&variable.domain, value)).collect();
        write!(out, "\t{} {}", values.join(" "), output.faults)?;
    }
    writeln!(out)
}

fn finite(domain: &Domain, at: u16) -> String {
    match domain {
        Domain::Finite(values) => values.get(usize::from(at)).map(plain).unwrap_or_default(),
        _ => String::new(),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Double(value) => value.to_string(),
        _ => String::new(),
    }
}
