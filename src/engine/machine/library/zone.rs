//! Time zones as programs carry them, so that a decision does not depend on which version of the zones a machine has.

use super::super::Fault;
use super::calendar::{date_of, unchecked_days_of, weekday};
use super::time::read_offset;
use crate::program::Value;
use crate::program::ready::ZONE;

/// How many seconds a zone is ahead of UTC at a second since 1970: a fixed offset such as `+08:00`, `UTC`, or a zone made ready.
pub(super) fn offset(zone: &Value, at: i64) -> Result<i64, Fault> {
    match zone {
        Value::Ready(bytes) => Reader(bytes).offset(at).ok_or(Fault::Malformed),
        Value::String(name) => match read_offset(name) {
            Some(offset) => Ok(offset),
            None if name.is_empty() || **name == *"UTC" => Ok(0),
            None => named(name, at),
        },
        _ => Err(Fault::NoOverload),
    }
}

#[cfg(feature = "author")]
fn named(name: &str, at: i64) -> Result<i64, Fault> {
    let zone = super::zone(name).ok_or(Fault::Argument)?;
    Reader(&zone).offset(at).ok_or(Fault::Malformed)
}

/// The names of zones are known where policies are compiled.
#[cfg(not(feature = "author"))]
fn named(_: &str, _: i64) -> Result<i64, Fault> {
    Err(Fault::Argument)
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
        let (year, ..) = date_of((at.checked_add(standard)?).div_euclid(86_400));
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
        days * 86_400 + self.second
    }
}
