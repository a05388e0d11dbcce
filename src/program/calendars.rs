//! Calendars of working time, their zones made ready.

use std::collections::BTreeSet;

use super::LoadErrorKind as Kind;
use super::codec::{Part, Reader, Writer, record};
use super::ready::{ZONE, is_sound};
use super::validate::Check;
use crate::time::Calendar;

record! {
    Calendar { name, zone, hours, week, holidays, workdays }
}

/// How many calendars a policy may have.
pub const MOST_CALENDARS: usize = 100;
/// How many spans of hours a day may have.
pub const MOST_SPANS: usize = 24;
/// How many holidays, and how many made-up workdays, a calendar may have.
pub const MOST_DATES: usize = 10_000;
/// Seconds of a day: where its hours end at the latest.
const END_OF_DAY: u32 = 86_400;
/// Days since 1970 beyond which there are no dates: the years 0 to 9999.
const FARTHEST_DAY: i64 = 3_000_000;

/// Sunday first, a bit for each day.
impl Part for [bool; 7] {
    fn write(&self, out: &mut Writer) {
        out.bytes.push(self.iter().rev().fold(0, |bits, works| bits << 1 | u8::from(*works)));
    }
    fn read(from: &mut Reader) -> Self {
        let bits = from.byte();
        if bits >= 1 << 7 {
            from.fail(Kind::Tag);
        }
        std::array::from_fn(|day| bits >> day & 1 == 1)
    }
}

/// Working time can be reckoned by them.
pub(super) fn check(check: &mut Check) {
    let calendars = &check.program.life.calendars;
    check.ensure(calendars.len() <= MOST_CALENDARS, Kind::Shape);
    let mut names = BTreeSet::new();
    for calendar in calendars {
        check.ensure(!calendar.name.is_empty() && names.insert(calendar.name.as_str()), Kind::Shape);
        check.ensure(calendar.zone.first() == Some(&ZONE) && is_sound(&calendar.zone), Kind::Shape);
        let mut last = 0;
        for &(begin, end) in &calendar.hours {
            check.ensure(last <= begin && begin < end && end <= END_OF_DAY, Kind::Shape);
            last = end;
        }
        check.ensure((1..=MOST_SPANS).contains(&calendar.hours.len()), Kind::Shape);
        for dates in [&calendar.holidays, &calendar.workdays] {
            check.ensure(dates.len() <= MOST_DATES && dates.is_sorted_by(|a, b| a < b), Kind::Shape);
            check.ensure(dates.iter().all(|day| day.unsigned_abs() <= FARTHEST_DAY as u64), Kind::Shape);
        }
    }
}
