//! What a signal comes to at a moment.

use std::cmp::Ordering;

use super::log::{Entry, compare, window};
use crate::engine::lead::{Answer, SAFE_INTEGER};
use crate::program::{Measure, Signal, Value};
use crate::time::Moment;

/// Milliseconds of 24 hours.
pub const DAY: i64 = 86_400_000;

/// A signal as the answer of its field.
pub fn answer(signal: &Signal, entries: &[Entry], now: Moment) -> Answer {
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
        Measure::Last => values().next_back().cloned(),
        Measure::DaysSinceFirst => days(counted.first()),
        Measure::DaysSinceLast => days(counted.last()),
    };
    let value = found.or_else(|| signal.otherwise.clone());
    value.map_or(Answer::Absent, Answer::Value)
}

/// What numbers add up to, one after the other; none beyond their range, and of none nothing.
#[allow(clippy::option_option)]
fn sum(values: &mut dyn Iterator<Item = &Value>) -> Option<Option<Value>> {
    // No sum of whole numbers of so many events leaves these bits: only what they come to in the end counts.
    let (mut whole, mut real, mut last) = (0i128, 0.0, None);
    for value in values {
        match value {
            Value::Int(value) => whole += i128::from(*value),
            Value::Double(value) => real += value,
            _ => return None,
        }
        last = Some(value);
    }
    match last {
        None => Some(None),
        Some(Value::Int(_)) => i64::try_from(whole).ok().filter(|sum| sum.unsigned_abs() <= SAFE_INTEGER.unsigned_abs()).map(|sum| Some(Value::Int(sum))),
        Some(_) => real.is_finite().then_some(Some(Value::Double(real))),
    }
}

fn distinct(mut values: Vec<&Value>) -> i64 {
    values.sort_by(|a, b| compare(a, b));
    values.dedup_by(|a, b| compare(a, b) == Ordering::Equal);
    values.len() as i64
}
