//! What a signal comes to at a moment.

use std::cmp::Ordering;

use super::log::{Entry, compare, window};
use crate::engine::lead::{Answer, SAFE_INTEGER};
use crate::program::{Measure, Program, Signal, Value};
use crate::time::Moment;

/// Milliseconds of 24 hours.
pub const DAY: i64 = 86_400_000;

/// A signal as the answer of its field.
pub fn answer(program: &Program, signal: &Signal, entries: &[Entry], now: Moment) -> Answer {
    let counted = window(entries, signal.select.within, now);
    if counted.iter().any(|entry| entry.fault) {
        return Answer::Fault;
    }
    let values = || counted.iter().filter_map(|entry| entry.value.as_ref());
    let extreme = |wanted: Ordering| values().fold(None, |best: Option<&Value>, value| if best.is_none_or(|best| compare(value, best) == wanted) { Some(value) } else { best });
    let days = |entry: Option<&Entry>| entry.map(|entry| Value::Int((now - entry.at) / DAY));
    let found = match signal.measure {
        Measure::Count => Some(counted.len()).filter(|&count| count > 0).map(|count| Value::Int(count as i64)),
        Measure::Exists => counted.first().map(|_| Value::Bool(true)),
        Measure::Sum => match sum(&mut values()) {
            Some(found) => found,
            None => return Answer::Fault,
        },
        Measure::Distinct => Some(distinct(values().collect())).filter(|&count| count > 0).map(Value::Int),
        Measure::Min => extreme(Ordering::Less).cloned(),
        Measure::Max => extreme(Ordering::Greater).cloned(),
        Measure::First => values().next().cloned(),
        Measure::Last => values().last().cloned(),
        Measure::DaysSinceFirst => days(counted.first()),
        Measure::DaysSinceLast => days(counted.last()),
    };
    let value = found.or_else(|| signal.otherwise.clone());
    debug_assert!(usize::from(signal.field) < program.fields.len());
    value.map_or(Answer::Absent, Answer::Value)
}

/// What numbers add up to, one after the other; none beyond their range, and of none nothing.
#[allow(clippy::option_option)]
fn sum<'a>(values: &mut dyn Iterator<Item = &'a Value>) -> Option<Option<Value>> {
    let mut sum: Option<Value> = None;
    for value in values {
        sum = Some(match (sum, value) {
            (None, value) => value.clone(),
            (Some(Value::Int(a)), Value::Int(b)) => Value::Int(a.checked_add(*b)?),
            (Some(Value::Double(a)), Value::Double(b)) => Value::Double(a + b),
            _ => return None,
        });
    }
    match sum {
        Some(Value::Int(sum)) if sum.unsigned_abs() > SAFE_INTEGER.unsigned_abs() => None,
        Some(Value::Double(sum)) if !sum.is_finite() => None,
        sum => Some(sum),
    }
}

fn distinct(mut values: Vec<&Value>) -> i64 {
    values.sort_by(|a, b| compare(a, b));
    values.dedup_by(|a, b| compare(a, b) == Ordering::Equal);
    values.len() as i64
}
