//! `lists` and `sets`.

use super::*;

fn has(items: &[Value], item: &Value) -> bool {
    items.iter().any(|other| other.equals(item))
}

fn flat(items: &[Value], depth: i64) -> Vec<Value> {
    items.iter().flat_map(|item| match item {
        List(inner) if depth > 0 => flat(inner, depth - 1),
        other => vec![other.clone()],
    }).collect()
}

/// Whether all are of one kind that has an order, and no NaN is among them.
fn in_order(items: &[Value]) -> Result<(), Failure> {
    let one = items.iter().all(|item| item.kind() == items[0].kind() && item.comparable(&items[0]));
    if !one {
        return Err(Failure::Overload);
    }
    if items.iter().any(|item| item.compare(item).is_none()) { Err(Failure::Other) } else { Ok(()) }
}

/// Elements in the order of their keys; those of equal keys stay in theirs.
pub fn sorted_by(items: Vec<Value>, keys: Vec<Value>) -> Result<Value, Failure> {
    in_order(&keys)?;
    let mut pairs: Vec<(Value, Value)> = keys.into_iter().zip(items).collect();
    pairs.sort_by(|(a, _), (b, _)| a.compare(b).unwrap());
    Ok(List(pairs.into_iter().map(|(_, item)| item).collect()))
}

pub fn apply(name: &str, args: &[Value]) -> Found {
    let value = match (name, args) {
        ("sets.contains", [List(a), List(b)]) => Bool(b.iter().all(|item| has(a, item))),
        ("sets.equivalent", [List(a), List(b)]) => Bool(b.iter().all(|item| has(a, item)) && a.iter().all(|item| has(b, item))),
        ("sets.intersects", [List(a), List(b)]) => Bool(a.iter().any(|item| has(b, item))),
        (".slice", [List(a), Int(from), Int(to)]) => {
            let inside = 0 <= *from && from <= to && *to <= a.len() as i64;
            return some(inside.then(|| List(a[*from as usize..*to as usize].to_vec())));
        }
        (".flatten", [List(a)]) => List(flat(a, 1)),
        (".flatten", [List(a), Int(depth)]) => return some((*depth >= 0).then(|| List(flat(a, *depth)))),
        (".sort", [List(a)]) => return Some(sorted_by(a.clone(), a.clone())),
        (".distinct", [List(a)]) => {
            let mut kept: Vec<Value> = Vec::new();
            for item in a {
                if !has(&kept, item) {
                    kept.push(item.clone());
                }
            }
            List(kept)
        }
        (".reverse", [List(a)]) => List(a.iter().rev().cloned().collect()),
        ("lists.range", [Int(end)]) => {
            // A longer one takes more work than an expression may.
            return some((0..=100_000).contains(end).then(|| List((0..*end).map(Int).collect())));
        }
        (".first", [List(a)]) => optional(a.first().cloned()),
        (".last", [List(a)]) => optional(a.last().cloned()),
        _ => return None,
    };
    some(Some(value))
}
