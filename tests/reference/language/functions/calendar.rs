//! Accessors of timestamps and durations.

use super::*;
use crate::reference::language::time;

pub fn apply(name: &str, args: &[Value]) -> Found {
    let field = name.strip_prefix(".get")?;
    let (at, zone) = match args {
        [Duration(span)] => return duration(field, *span),
        [Timestamp(at)] => (*at, "UTC"),
        [Timestamp(at), Text(zone)] => (*at, zone.as_str()),
        _ => return None,
    };
    let Some(shift) = shift(zone, at) else { return some(None) };
    let here = time::civil(at + shift * 1_000_000_000);
    let number = match field {
        "FullYear" => here.year,
        "Month" => here.month - 1,
        "Date" => here.day,
        "DayOfMonth" => here.day - 1,
        // 1970 began on a Thursday.
        "DayOfWeek" => (here.days + 4).rem_euclid(7),
        "DayOfYear" => here.days - time::days(here.year, 1, 1),
        "Hours" => here.hour,
        "Minutes" => here.minute,
        "Seconds" => here.second,
        "Milliseconds" => here.nanos / 1_000_000,
        _ => return None,
    };
    some(Some(Int(number as i64)))
}

/// Seconds that a zone is ahead of UTC.
fn shift(zone: &str, at: i128) -> Option<i128> {
    if zone == "UTC" {
        return Some(0);
    }
    time::offset(zone).or_else(|| {
        // The names of the IANA database and what they mean: another library's.
        let zone = jiff::tz::TimeZone::get(zone).ok()?;
        // It ends some hours before the year 9999 does.
        let second = (at.div_euclid(1_000_000_000) as i64).min(jiff::Timestamp::MAX.as_second());
        let at = jiff::Timestamp::from_second(second).ok()?;
        Some(zone.to_offset(at).seconds().into())
    })
}

fn duration(field: &str, span: i128) -> Found {
    let second = 1_000_000_000;
    let number = match field {
        "Hours" => span / (3600 * second),
        "Minutes" => span / (60 * second),
        "Seconds" => span / second,
        "Milliseconds" => span % second / 1_000_000,
        _ => return None,
    };
    some(Some(Int(number as i64)))
}
