//! Time zones as programs carry them, so that a decision does not depend on which version of the zones a machine has.

use super::DAY;
use super::date::{date_of, unchecked_days_of, weekday};
use crate::program::ready::ZONE;

/// How many seconds a zone made ready is ahead of UTC at a moment; none where the bytes are no zone.
pub fn offset(zone: &[u8], at: i64) -> Option<i64> {
    Reader(zone).offset(at)
}

/// The moment when clocks in a zone show so many seconds since 1970. A time that clocks show twice is the first of the two, and one that they skip the
/// moment when they skip it.
pub fn moment(zone: &[u8], local: i64) -> Option<i64> {
    // No zone changes twice within two days, or is a day away from UTC.
    let (before, after) = (local - offset(zone, local - DAY)?, local - offset(zone, local + DAY)?);
    for at in [before.min(after), before.max(after)] {
        if at + offset(zone, at)? == local {
            return Some(at);
        }
    }
    // The clocks go forward between the two.
    let (mut early, mut late) = (after.min(before), after.max(before));
    let reached = offset(zone, late)?;
    while early < late {
        let middle = early + (late - early) / 2;
        if offset(zone, middle)? == reached {
            late = middle;
        } else {
            early = middle + 1;
        }
    }
    Some(late)
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    fn i32(&mut self) -> Option<i64> {
        self.take().map(i32::from_le_bytes).map(i64::from)
    }

    fn offset(mut self, at: i64) -> Option<i64> {
        let [ZONE] = self.take()? else { return None };
        let mut offset = self.i32()?;
        let mut after = true;
        for _ in 0..u16::from_le_bytes(self.take()?) {
            let (from, next) = (i64::from_le_bytes(self.take()?), self.i32()?);
            after = from <= at;
            if after {
                offset = next;
            } else {
                break;
            }
        }
        if !after || self.take()? == [0] {
            return Some(offset);
        }
        let (standard, summer) = (self.i32()?, self.i32()?);
        let (begin, end) = (Day::read(&mut self)?, Day::read(&mut self)?);
        // The year by standard time: no rule changes at the turn of a year.
        let (year, ..) = date_of((at.checked_add(standard)?).div_euclid(DAY));
        let (begin, end) = (begin.second(year) - standard, end.second(year) - summer);
        let in_summer = if begin < end { begin <= at && at < end } else { !(end <= at && at < begin) };
        Some(if in_summer { summer } else { standard })
    }
}

/// A day of every year, and a second of it.
struct Day {
    kind: u8,
    day: [u8; 3],
    second: i64,
}

impl Day {
    fn read(from: &mut Reader) -> Option<Self> {
        let [kind] = from.take()?;
        Some(Self { kind, day: from.take()?, second: from.i32()? })
    }

    /// In local time, as seconds since 1970.
    fn second(&self, year: i64) -> i64 {
        let [a, b, c] = self.day.map(i64::from);
        let days = match self.kind {
            // The weekday c in the week b of the month a; week 5 is the last.
            0 => {
                let first = unchecked_days_of(year, a, 1);
                let next = if a == 12 { unchecked_days_of(year + 1, 1, 1) } else { unchecked_days_of(year, a + 1, 1) };
                let day = first + (c - weekday(first)).rem_euclid(7) + (b - 1) * 7;
                if day >= next { day - 7 } else { day }
            }
            // The day of the year from 1, leap days not counted.
            1 => {
                let leap = unchecked_days_of(year, 3, 1) - unchecked_days_of(year, 2, 1) == 29;
                let number = a + b * 256;
                unchecked_days_of(year, 1, 1) + number - 1 + i64::from(leap && number >= 60)
            }
            // From 0, leap days counted.
            _ => unchecked_days_of(year, 1, 1) + a + b * 256,
        };
        days * DAY + self.second
    }
}
