//! The calendar: dates of days, and what a timestamp or duration is made of.

use super::super::Fault;
use super::super::work::Work;
use super::zone;
use crate::program::{Function, Value};

/// Days in 400 years, after which the calendar repeats.
const ERA: i64 = 146_097;
/// From the first of March of the year 0, where an era begins, to 1970.
const EPOCH: i64 = 719_468;

/// Days since 1970-01-01; none for a date that does not exist.
pub(super) fn days_of(year: i64, month: i64, day: i64) -> Option<i64> {
    let days = unchecked_days_of(year, month, day);
    (date_of(days) == (year, month, day)).then_some(days)
}

/// The same for any numbers: what goes beyond a month is counted on.
pub(super) fn unchecked_days_of(year: i64, month: i64, day: i64) -> i64 {
    // Years that begin in March have their leap day at the end.
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let of_era = year.rem_euclid(400);
    let of_year = (153 * month + 2) / 5 + day - 1;
    year.div_euclid(400) * ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - EPOCH
}

/// Year, month and day of a day since 1970-01-01.
pub(super) fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + EPOCH;
    let of_era = days.rem_euclid(ERA);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let year = year + days.div_euclid(ERA) * 400;
    if month < 10 { (year, month + 3, day) } else { (year + 1, month - 9, day) }
}

/// Sunday is 0; 1970 began on a Thursday.
pub(super) fn weekday(days: i64) -> i64 {
    (days + 4).rem_euclid(7)
}

/// `a.getFullYear()` and its kin.
pub(super) fn field(function: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    if let [_, Value::String(_)] = args {
        // The zone is looked up and made ready.
        work.spend(100)?;
    }
    let (at, offset) = match args {
        [Value::Duration(nanos)] => return of_duration(function, *nanos).map(Value::Int),
        [Value::Timestamp(at)] => (at, 0),
        [Value::Timestamp(at), zone] => (at, zone::offset(zone, at.seconds())?),
        _ => return Err(Fault::NoOverload),
    };
    let seconds = at.seconds() + offset;
    let days = seconds.div_euclid(86_400);
    let (year, month, day) = date_of(days);
    Ok(Value::Int(match function {
        Function::FullYear => year,
        Function::Month => month - 1,
        Function::Date => day,
        Function::DayOfMonth => day - 1,
        Function::DayOfWeek => weekday(days),
        Function::DayOfYear => days - unchecked_days_of(year, 1, 1),
        Function::Hours => seconds.rem_euclid(86_400) / 3600,
        Function::Minutes => seconds.rem_euclid(3600) / 60,
        Function::Seconds => seconds.rem_euclid(60),
        Function::Milliseconds => i64::from(at.nanos() / 1_000_000),
        _ => return Err(Fault::NoOverload),
    }))
}

/// All of its hours, minutes or seconds; of its milliseconds those beyond the second.
fn of_duration(function: Function, nanos: i64) -> Result<i64, Fault> {
    Ok(match function {
        Function::Hours => nanos / 3_600_000_000_000,
        Function::Minutes => nanos / 60_000_000_000,
        Function::Seconds => nanos / 1_000_000_000,
        Function::Milliseconds => nanos / 1_000_000 % 1000,
        _ => return Err(Fault::NoOverload),
    })
}
