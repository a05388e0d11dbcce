//! Dates of days, counted from 1970-01-01.

/// Days in 400 years, after which the calendar repeats.
const ERA: i64 = 146_097;
/// From the first of March of the year 0, where an era begins, to 1970.
const EPOCH: i64 = 719_468;

/// Days since 1970-01-01; none for a date that does not exist.
pub fn days_of(year: i64, month: i64, day: i64) -> Option<i64> {
    let days = unchecked_days_of(year, month, day);
    (date_of(days) == (year, month, day)).then_some(days)
}

/// The same for any numbers: what goes beyond a month is counted on.
pub fn unchecked_days_of(year: i64, month: i64, day: i64) -> i64 {
    // Years that begin in March have their leap day at the end.
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let of_era = year.rem_euclid(400);
    let of_year = (153 * month + 2) / 5 + day - 1;
    year.div_euclid(400) * ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - EPOCH
}

/// Year, month and day of a day since 1970-01-01.
pub fn date_of(days: i64) -> (i64, i64, i64) {
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
pub fn weekday(days: i64) -> i64 {
    (days + 4).rem_euclid(7)
}
