//! Tables of which more than the first row that holds counts: what they are made of, as JSON, and what they come to, as numbers.
//!
//! The layouts here are read by `pkg/src/full/hits.mjs`; both change together.

use super::describe::{plain, type_of};
use super::json::Json;
use super::results::put;
use crate::engine::{Decision, Engine, Possible};
use crate::program::{HitPolicy, Numbers, Program, Value, VariableId};

/// How many numbers they are at most in a decision.
pub fn most(program: &Program) -> usize {
    program.life.hits.iter().filter_map(|hits| program.tables.get(usize::from(hits.table))).map(|table| 3 + table.rows.len()).sum()
}

/// For each such table: whether it came to something (0 no, 1 yes, 2 its rows violate its hit policy), the number that it came to or NaN, how many of its rows hold, the indices of these.
pub fn decision(engine: &Engine, decision: &Decision, into: &mut Vec<f64>) {
    for (hits, held) in engine.program().life.hits.iter().zip(&decision.hits) {
        let number = match &hits.policy {
            HitPolicy::Number(_, numbers) => held.units.map(|units| double(numbers, units)),
            _ => None,
        };
        let came = !decision.screened && !held.faulted && (number.is_some() || !matches!(hits.policy, HitPolicy::Number(..)));
        put(into, &[if held.violated { 2.0 } else { f64::from(u8::from(came)) }, number.unwrap_or(f64::NAN), held.rows.len() as f64]);
        held.rows.iter().for_each(|&row| put(into, &[f64::from(row)]));
    }
}

/// For each such table that gives lists, for each output: whether there can be a list, how many values it may hold and these, how many it must hold and these. For one that
/// gives a number: whether there can be one, the least and the greatest.
pub fn possible(engine: &Engine, possible: &Possible, into: &mut Vec<f64>) {
    for (hits, found) in engine.program().life.hits.iter().zip(&possible.hits) {
        match &hits.policy {
            HitPolicy::Unique | HitPolicy::Any => {}
            HitPolicy::Lists(_) => {
                for list in &found.lists {
                    put(into, &[f64::from(u8::from(list.must.is_some()))]);
                    for values in [&list.may, list.must.as_ref().unwrap_or(&Vec::new())] {
                        put(into, &[values.len() as f64]);
                        values.iter().for_each(|&value| put(into, &[f64::from(value)]));
                    }
                }
            }
            HitPolicy::Number(_, numbers) => {
                let (low, high) = found.units.unwrap_or_default();
                put(into, &[f64::from(u8::from(found.units.is_some())), double(numbers, low), double(numbers, high)]);
            }
        }
    }
}

fn double(numbers: &Numbers, units: i64) -> f64 {
    match numbers.value(units) {
        Value::Int(value) => value as f64,
        Value::Double(value) => value,
        _ => f64::NAN,
    }
}

/// The values that an output's lists are made of; none where it gives no lists.
pub fn values(program: &Program, output: VariableId) -> Option<&[Value]> {
    program.life.hits.iter().find_map(|hits| {
        let HitPolicy::Lists(values) = &hits.policy else { return None };
        let at = program.tables.get(usize::from(hits.table))?.outputs.iter().position(|&known| known == output)?;
        values.get(at).map(Vec::as_slice)
    })
}

/// An output that is a list: the type and the values of its elements.
pub fn list(values: &[Value], json: &mut Json) {
    json.key("type").text(type_of(values));
    json.key("list").bool(true);
    json.key("values").open('[');
    plain(values, json);
    json.close(']');
}

/// For each such table its index, its kind of hit policy, and of lists for each row the indices of its values.
pub fn describe(program: &Program, json: &mut Json) {
    if program.life.hits.is_empty() {
        return;
    }
    json.key("hits").open('[');
    for hits in &program.life.hits {
        json.open('{');
        json.key("table").number(u64::from(hits.table));
        json.key("policy").text(match &hits.policy {
            HitPolicy::Unique => "unique",
            HitPolicy::Any => "any",
            HitPolicy::Lists(_) => "list",
            HitPolicy::Number(..) => "number",
        });
        json.key("then").open('[');
        if let (HitPolicy::Lists(_), Some(table)) = (&hits.policy, program.tables.get(usize::from(hits.table))) {
            for row in &table.rows {
                json.open('[');
                row.then.iter().for_each(|&value| json.number(u64::from(value)));
                json.close(']');
            }
        }
        json.close(']');
        json.close('}');
    }
    json.close(']');
}
