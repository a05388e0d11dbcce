//! What a rule that counts events is worth at a moment.

use super::log::{Entry, window};
use super::measure::DAY;
use super::worth::{WHOLE, decay, worth};
use crate::program::{EachRule, MOST_EVENTS, Milli};
use crate::time::Moment;

/// What a rule that counts events gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worth {
    /// What its events give before resets and bounds.
    pub whole: Milli,
    /// What is left of that after resets.
    pub left: Milli,
    /// What it gives after resets and bounds.
    pub sum: Milli,
    /// The least that it can give, and the greatest; both are `sum` where all events are known.
    pub range: (Milli, Milli),
    /// Its events are not known yet.
    pub open: bool,
}

/// A rule's worth; none where whether an event counts cannot be told. `resets` are what is left, in thousandths, of events up to a moment.
pub fn of(rule: &EachRule, entries: &[Entry], now: Moment, resets: &[(u32, Moment)]) -> Option<Worth> {
    let (mut whole, mut left): (Milli, Milli) = (0, 0);
    for entry in window(entries, rule.select.within, now) {
        if entry.fault {
            return None;
        }
        let (full, kept) = one(rule, entry.at, now, resets);
        whole = whole.saturating_add(full);
        left = left.saturating_add(kept);
    }
    let bounded = bounded(rule, left);
    Some(Worth { whole, left, sum: bounded, range: (bounded, bounded), open: false })
}

/// What one event gives, without resets and with them.
fn one(rule: &EachRule, at: Moment, now: Moment, resets: &[(u32, Moment)]) -> (Milli, Milli) {
    let days = ((now - at) / DAY).unsigned_abs();
    let fraction = rule.decay.as_ref().map_or(WHOLE, |table| decay(table, days));
    // The last step that has been reached.
    let step = rule.steps.iter().rev().find(|&&(from, _)| u64::from(from) <= days).map(|&(_, left)| left);
    let mut factors: Vec<u32> = step.into_iter().collect();
    let full = worth(rule.points, fraction, &factors);
    factors.extend(resets.iter().filter(|&&(_, until)| at <= until).map(|&(left, _)| left));
    (full, if factors.len() > usize::from(step.is_some()) { worth(rule.points, fraction, &factors) } else { full })
}

/// What a rule can give where its events are not known.
pub fn open(rule: &EachRule) -> Option<Worth> {
    let most = rule.points.saturating_mul(MOST_EVENTS as Milli);
    let ends = (bounded(rule, most.min(0)), bounded(rule, most.max(0)));
    Some(Worth { whole: 0, left: 0, sum: 0, range: (ends.0.min(ends.1), ends.0.max(ends.1)), open: true })
}

fn bounded(rule: &EachRule, sum: Milli) -> Milli {
    let capped = rule.max.map_or(sum, |max| sum.min(max));
    rule.min.map_or(capped, |min| capped.max(min))
}
