//! What a table gives, by its hit policy: OMG DMN 1.5, section 8.2.8.

use super::policy::{Table, TableRow, When};
use super::value::{Truth, Value};
use std::cmp::Ordering;

/// A row with its number.
type Numbered<'a> = (usize, &'a TableRow);

/// What comes of a table.
pub enum Given {
    Outputs(Vec<Value>),
    /// The rows that hold, which may not hold together.
    Violation(Vec<String>),
    Fault,
}

/// What a table gives where its conditions have these truths.
pub fn give(table: &Table, truth: &dyn Fn(&When) -> Truth) -> Given {
    let (mut held, mut faulted): (Vec<Numbered>, Vec<Numbered>) = (Vec::new(), Vec::new());
    for (at, row) in table.rows.iter().enumerate() {
        match truth(&row.when) {
            Truth::T => held.push((at, row)),
            Truth::E => faulted.push((at, row)),
            Truth::F | Truth::U => {}
        }
    }
    let default = || table.default.clone().map_or(Given::Fault, Given::Outputs);
    let ranks = |row: &TableRow| -> Vec<usize> {
        let outputs = table.values.iter().zip(&row.then).filter(|(values, _)| !values.is_empty());
        outputs.map(|(values, value)| values.iter().position(|known| known == value).expect("a declared value")).collect()
    };
    let by_rank = |a: &(usize, &TableRow), b: &(usize, &TableRow)| ranks(a.1).cmp(&ranks(b.1)).then(a.0.cmp(&b.0));
    let by_place = |a: &(usize, &TableRow), b: &(usize, &TableRow)| a.0.cmp(&b.0);
    // Where one row decides, only what comes before it matters.
    let one = |order: &dyn Fn(&Numbered, &Numbered) -> Ordering| {
        let best = held.iter().min_by(|a, b| order(a, b));
        match best {
            Some(best) if faulted.iter().any(|row| order(row, best) == Ordering::Less) => Given::Fault,
            Some(best) => Given::Outputs(best.1.then.clone()),
            None if faulted.is_empty() => default(),
            None => Given::Fault,
        }
    };
    match table.hit.as_str() {
        "first" => return one(&by_place),
        "priority" => return one(&by_rank),
        _ if !faulted.is_empty() => return Given::Fault,
        _ => {}
    }
    let ids = || held.iter().map(|(_, row)| row.id.clone()).collect();
    let all: Vec<Vec<Value>> = match table.hit.as_str() {
        "unique" if held.len() > 1 => return Given::Violation(ids()),
        "any" if held.iter().any(|(_, row)| row.then != held[0].1.then) => return Given::Violation(ids()),
        "unique" | "any" => return held.first().map_or_else(default, |(_, row)| Given::Outputs(row.then.clone())),
        "collect count" => return Given::Outputs(vec![Value::Int(held.len() as i64)]),
        "output order" => {
            let mut sorted = held.clone();
            sorted.sort_by(by_rank);
            sorted.iter().map(|(_, row)| row.then.clone()).collect()
        }
        _ => held.iter().map(|(_, row)| row.then.clone()).collect(),
    };
    let all = if all.is_empty() { table.default.iter().cloned().collect() } else { all };
    if table.lists() {
        let column = |at: usize| Value::List(all.iter().map(|then| then[at].clone()).collect());
        return Given::Outputs((0..table.values.len()).map(column).collect());
    }
    let numbers = all.iter().map(|then| &then[0]);
    let order = |a: &&Value, b: &&Value| a.compare(b).expect("numbers");
    let found = match table.hit.as_str() {
        "collect min" => numbers.min_by(order).cloned(),
        "collect max" => numbers.max_by(order).cloned(),
        "collect sum" => Some(sum(&numbers.collect::<Vec<_>>(), table.rows.iter().any(|row| matches!(row.then[0], Value::Double(_))))),
        other => panic!("no hit policy {other}"),
    };
    found.map_or(Given::Fault, |value| Given::Outputs(vec![value]))
}

/// The sum of decimal numbers, on paper.
fn sum(numbers: &[&Value], double: bool) -> Value {
    const PLACES: usize = 12;
    let paper = |value: &&Value| -> i128 {
        let text = match value {
            Value::Int(value) => value.to_string(),
            Value::Double(value) => value.to_string(),
            other => panic!("{other:?} is no number"),
        };
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        assert!(fraction.len() <= PLACES, "{text}");
        format!("{whole}{fraction:0<PLACES$}").parse().unwrap()
    };
    let total: i128 = numbers.iter().map(paper).sum();
    if !double {
        return Value::Int((total / 10i128.pow(PLACES as u32)) as i64);
    }
    let digits = format!("{:0>1$}", total.unsigned_abs(), PLACES + 1);
    let (whole, fraction) = digits.split_at(digits.len() - PLACES);
    let value: f64 = format!("{whole}.{fraction}").parse().unwrap();
    Value::Double(if total < 0 { -value } else { value })
}
