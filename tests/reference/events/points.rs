//! What rules that count events give.

use super::decay::{left, nearest};
use super::{DAY, Each, Event, Events, Log};
use crate::reference::list::List;

/// Points in thousandths: without resets, with them, and within the rule's bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worth {
    pub whole: i64,
    pub left: i64,
    pub bounded: i64,
}

impl Each {
    /// None where it cannot be told which events count. Resets: what is left, in thousandths, of events up to a moment.
    pub fn worth(&self, events: &Events, log: &Log, now: i64, resets: &[(u32, i64)], lists: &[List]) -> Option<Worth> {
        let counted = log.counted(events, &self.select, now, lists)?;
        let sum = |resets: &[(u32, i64)]| counted.iter().map(|event| self.of(event, now, resets)).sum::<i64>();
        let left = sum(resets);
        let bounded = self.min.map_or(left, |min| left.max(min));
        Some(Worth { whole: sum(&[]), left, bounded: self.max.map_or(bounded, |max| bounded.min(max)) })
    }

    fn of(&self, event: &Event, now: i64, resets: &[(u32, i64)]) -> i64 {
        let days = (now - event.at) / DAY;
        let mut above = vec![u128::from(self.points.unsigned_abs())];
        let mut below = Vec::new();
        let mut factor = |part: u64, of: u128| {
            above.push(u128::from(part));
            below.push(of);
        };
        if let Some(half_life) = self.half_life {
            factor(left(days as u64, half_life), 1 << 32);
        }
        if let Some((_, left)) = self.steps.iter().rfind(|(from, _)| *from <= days) {
            factor(u64::from(*left), 1000);
        }
        for (left, _) in resets.iter().filter(|(_, at)| *at >= event.at) {
            factor(u64::from(*left), 1000);
        }
        self.points.signum() * nearest(&above, &below) as i64
    }
}
