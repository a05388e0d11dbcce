//! Working time: which hours of which days count.
//!
//! A calendar has the same hours on every working day. Days of the week work or rest; a holiday rests whatever its weekday, and a made-up workday (调休) works
//! whatever its weekday. Hours are those that clocks in the calendar's zone show: when clocks go forward the hours they skip are not there, and when they go back
//! the hours that they show twice count twice.

use std::sync::Arc;

use super::date::weekday;
use super::{DAY, Moment, moment, offset};

/// More than any clock is ahead of UTC or behind it, in seconds.
const FAR_EAST: i64 = 15 * 3600;
/// How far a deadline may lie ahead, in days: a calendar without a working day within ten years has none.
pub const FAR: i64 = 3_653;

/// A calendar of working time.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// Its name in the policy.
    pub name: String,
    /// Its zone, made ready.
    pub zone: Arc<[u8]>,
    /// The hours of a working day: beginning and end in seconds of the day, ascending, none in another.
    pub hours: Vec<(u32, u32)>,
    /// Whether a day of the week is a working day, Sunday first.
    pub week: [bool; 7],
    /// Days that rest, in days since 1970, ascending.
    pub holidays: Vec<i64>,
    /// Days that work, in days since 1970, ascending; they count before holidays.
    pub workdays: Vec<i64>,
}

impl Calendar {
    /// Whether a day, in days since 1970, is a working day.
    pub fn is_working(&self, day: i64) -> bool {
        let of_week = usize::try_from(weekday(day)).ok().and_then(|at| self.week.get(at)).copied().unwrap_or_default();
        self.workdays.binary_search(&day).is_ok() || of_week && self.holidays.binary_search(&day).is_err()
    }

    /// The day in the calendar's zone, in days since 1970.
    pub fn day(&self, at: Moment) -> Option<i64> {
        let second = at.div_euclid(1000);
        Some((second + offset(&self.zone, second)?).div_euclid(DAY))
    }

    /// The first moment by which `millis` of working time have passed since `from`; `from` itself where there is nothing to pass, and none where ten years do not
    /// have so many.
    pub fn working(&self, from: Moment, millis: i64) -> Option<Moment> {
        let first = self.day(from)?;
        let mut left = millis;
        if left <= 0 {
            return Some(from);
        }
        for day in first..first + FAR {
            for (begin, end) in self.spans(day)? {
                let begin = begin.max(from);
                if end - begin >= left {
                    return Some(begin + left);
                }
                left -= (end - begin).max(0);
            }
        }
        None
    }

    /// How much working time passes from one moment to another, in milliseconds; none where they are further apart than ten years.
    pub fn between(&self, from: Moment, to: Moment) -> Option<i64> {
        let (first, last) = (self.day(from)?, self.day(to)?);
        if last - first > FAR {
            return None;
        }
        let mut sum = 0;
        for day in first..=last {
            for (begin, end) in self.spans(day)? {
                sum += (end.min(to) - begin.max(from)).max(0);
            }
        }
        Some(sum)
    }

    /// The working day that comes `count` working days after a day, in days since 1970; the day itself is not counted. None where ten years do not have so many.
    pub fn working_day(&self, day: i64, count: u32) -> Option<i64> {
        let mut left = count;
        for next in day..=day + FAR {
            left -= u32::from(next > day && self.is_working(next));
            if left == 0 {
                return Some(next);
            }
        }
        None
    }

    /// When a second of a day, in days since 1970, begins by the clocks of the calendar's zone; a second that they skip begins when they skip it.
    pub fn moment(&self, day: i64, second: i64) -> Option<Moment> {
        Some(moment(&self.zone, day.checked_mul(DAY)?.checked_add(second)?)? * 1000)
    }

    /// The hours of a day as moments.
    fn spans(&self, day: i64) -> Option<Vec<(Moment, Moment)>> {
        let hours: &[(u32, u32)] = if self.is_working(day) { &self.hours } else { &[] };
        let mut spans = Vec::new();
        for &(begin, end) in hours {
            let [begin, end] = [begin, end].map(|second| day * DAY + i64::from(second));
            // No clock is further than this from UTC.
            let (mut early, mut late) = (begin - FAR_EAST, end + FAR_EAST);
            let (before, after) = (offset(&self.zone, early)?, offset(&self.zone, late)?);
            while before != after && late - early > 1 {
                let middle = early + (late - early) / 2;
                if offset(&self.zone, middle)? == before { early = middle } else { late = middle }
            }
            // By the clocks before the change, then by those after it.
            let change = if before == after { end - before } else { late };
            for (from, to) in [(begin - before, (end - before).min(change)), ((begin - after).max(change), end - after)] {
                if from < to {
                    spans.push((from * 1000, to * 1000));
                }
            }
        }
        Some(spans)
    }
}

#[cfg(test)]
mod tests {
    use super::super::date::unchecked_days_of;
    use super::*;
    use crate::engine::machine::zone;
    use proptest::prelude::*;

    const HOUR: i64 = 3_600_000;

    fn day(year: i64, month: i64, of_month: i64) -> i64 {
        unchecked_days_of(year, month, of_month)
    }

    fn calendar(zone_name: &str, hours: &[(u32, u32)]) -> Calendar {
        Calendar {
            name: "cn".into(),
            zone: zone(zone_name).unwrap(),
            hours: hours.iter().map(|&(begin, end)| (begin * 60, end * 60)).collect(),
            week: [false, true, true, true, true, true, false],
            holidays: Vec::new(),
            workdays: Vec::new(),
        }
    }

    /// In Shanghai, which has had one offset since 1992.
    fn at(year: i64, month: i64, of_month: i64, hour: i64) -> i64 {
        (day(year, month, of_month) * DAY + (hour - 8) * 3600) * 1000
    }

    #[test]
    fn hours_that_end_within_an_hour_shown_twice_count_twice() {
        // London: on 2026-10-25 two o'clock is one again, so that a quarter past one comes twice.
        let mut nights = calendar("Europe/London", &[(0, 75)]);
        nights.week = [true; 7];
        let midnight = (day(2026, 10, 25) * DAY - 3600) * 1000;
        assert_eq!(nights.between(midnight, midnight + 6 * 3_600_000), Some(90 * 60_000));
    }

    #[test]
    fn four_hours_on_friday_afternoon_end_on_monday() {
        let office = calendar("Asia/Shanghai", &[(9 * 60, 18 * 60)]);
        assert_eq!(office.working(at(2026, 11, 20, 16), 4 * HOUR), Some(at(2026, 11, 23, 11)));
        // What ends with the day ends then, and not when the next one begins.
        assert_eq!(office.working(at(2026, 11, 20, 16), 2 * HOUR), Some(at(2026, 11, 20, 18)));
        assert_eq!(office.working(at(2026, 11, 21, 3), 1), Some(at(2026, 11, 23, 9) + 1));
        assert_eq!(office.working(at(2026, 11, 21, 3), 0), Some(at(2026, 11, 21, 3)));
    }

    #[test]
    fn a_made_up_workday_works_and_a_holiday_rests() {
        // The week of the spring festival of 2026: off from the 15th to the 23rd, made up on Saturdays the 14th and the 28th.
        let mut office = calendar("Asia/Shanghai", &[(9 * 60, 12 * 60), (13 * 60, 18 * 60)]);
        office.holidays = (15..=23).map(|of_month| day(2026, 2, of_month)).collect();
        office.workdays = vec![day(2026, 2, 14) , day(2026, 2, 28) ];
        assert_eq!(office.working(at(2026, 2, 13, 17), 9 * HOUR), Some(at(2026, 2, 14, 18)));
        assert_eq!(office.working(at(2026, 2, 14, 17), 2 * HOUR), Some(at(2026, 2, 24, 10)));
        assert_eq!(office.working_day(day(2026, 2, 13), 1), Some(day(2026, 2, 14)));
        assert_eq!(office.working_day(day(2026, 2, 13), 2), Some(day(2026, 2, 24)));
        assert_eq!(office.working_day(day(2026, 2, 15), 0), Some(day(2026, 2, 15)));
    }

    #[test]
    fn a_calendar_without_working_days_has_no_deadlines() {
        let mut never = calendar("UTC", &[(0, 24 * 60)]);
        never.week = [false; 7];
        assert_eq!((never.working(0, 1), never.working_day(0, 1)), (None, None));
        let no_hours = calendar("UTC", &[]);
        assert_eq!(no_hours.working(0, 1), None);
    }

    #[test]
    fn clocks_that_skip_an_hour_or_show_it_twice() {
        // New York: on 2026-03-08 two o'clock is three, on 2026-11-01 two o'clock is one again.
        let new_york = zone("America/New_York").unwrap();
        let local = |month, of_month, hour: i64| day(2026, month, of_month) * DAY + hour * 3600;
        assert_eq!(moment(&new_york, local(3, 8, 1)), Some(local(3, 8, 6)));
        assert_eq!(moment(&new_york, local(3, 8, 2) + 1800), Some(local(3, 8, 7)), "a time that is skipped");
        assert_eq!(moment(&new_york, local(3, 8, 3)), Some(local(3, 8, 7)));
        assert_eq!(moment(&new_york, local(11, 1, 1) + 1800), Some(local(11, 1, 5) + 1800), "the first of two");
        assert_eq!(moment(&new_york, local(11, 1, 2)), Some(local(11, 1, 7)));
        let mut nights = calendar("America/New_York", &[(0, 4 * 60)]);
        nights.week = [true; 7];
        let whole = |month, of_month| nights.between(local(month, of_month, 4) * 1000, (local(month, of_month, 4) + DAY) * 1000).unwrap();
        assert_eq!((whole(3, 8), whole(11, 1), whole(6, 1)), (3 * HOUR, 5 * HOUR, 4 * HOUR));
    }

    /// Minute by minute.
    fn naive(calendar: &Calendar, from: i64, to: i64) -> i64 {
        let works = |at: i64| {
            let local = at / 1000 + offset(&calendar.zone, at / 1000).unwrap();
            let second = u32::try_from(local.rem_euclid(DAY)).unwrap();
            calendar.is_working(local.div_euclid(DAY)) && calendar.hours.iter().any(|&(begin, end)| begin <= second && second < end)
        };
        (from..to).step_by(60_000).filter(|&at| works(at)).count() as i64 * 60_000
    }

    fn calendars() -> impl Strategy<Value = Calendar> {
        let zones = prop::sample::select(vec!["Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Pacific/Apia", "UTC", "+05:30"]);
        let hours = prop::collection::btree_set(0u32..=24 * 4, 2..6);
        let days = prop::collection::btree_set(-5i64..40, 0..4);
        (zones, hours, any::<[bool; 7]>(), days.clone(), days).prop_map(|(zone, hours, week, holidays, workdays)| {
            let hours: Vec<u32> = hours.into_iter().map(|quarter| quarter * 15).collect();
            let spans: Vec<(u32, u32)> = hours.chunks_exact(2).map(|span| (span[0], span[1])).collect();
            let from = day(2026, 3, 1) ;
            let shift = |days: std::collections::BTreeSet<i64>| days.into_iter().map(|day| day + from).collect();
            Calendar { week, holidays: shift(holidays), workdays: shift(workdays), ..calendar(zone, &spans) }
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn working_time_is_what_clocks_show(calendar in calendars(), start in 0i64..35 * 24 * 60, minutes in 0i64..5 * 24 * 60, autumn in any::<bool>()) {
            let from = (if autumn { day(2026, 10, 10) } else { day(2026, 3, 1) } * DAY + start * 60) * 1000;
            let to = from + minutes * 60_000;
            let passed = naive(&calendar, from, to);
            prop_assert_eq!(calendar.between(from, to), Some(passed));
            // The deadline of what has passed is no later, and nothing passes between the two.
            let deadline = calendar.working(from, passed).unwrap();
            prop_assert!(deadline <= to);
            prop_assert_eq!(calendar.between(from, deadline), Some(passed));
            if passed > 0 {
                prop_assert!(calendar.between(from, deadline - 1) < Some(passed), "it is the first");
            }
        }
    }
}
