//! Forms of dates and moments.

use crate::engine::machine::timestamp_of;
use crate::time::Moment;
use crate::time::date::days_of;

/// Whether a text is a date that exists, `YYYY-MM-DD`.
pub fn is_date(text: &str) -> bool {
    day(text).is_some()
}

/// The days since 1970 of a date that exists, `YYYY-MM-DD`.
pub fn day(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let (year, month, day, None) = (parts.next()?, parts.next()?, parts.next()?, parts.next()) else { return None };
    days_of(digits(year, 4)?.into(), digits(month, 2)?.into(), digits(day, 2)?.into())
}

/// A moment by RFC 3339, in milliseconds since 1970; what is finer is cut off.
pub fn moment(text: &str) -> Option<Moment> {
    let at = timestamp_of(&text.to_ascii_uppercase()).filter(|_| is_moment(text))?;
    at.seconds().checked_mul(1000)?.checked_add(i64::from(at.nanos() / 1_000_000))
}

/// Whether a text is a moment by RFC 3339: a date, a time to the second or finer, and an offset.
pub fn is_moment(text: &str) -> bool {
    let Some((date, rest)) = text.split_once(['T', 't']) else { return false };
    let (time, offset) = match rest.find(['Z', 'z', '+', '-']) {
        Some(at) => (rest.get(..at).unwrap_or_default(), rest.get(at..).unwrap_or_default()),
        None => return false,
    };
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let right_offset = match offset {
        "Z" | "z" => true,
        _ => offset.get(1..).and_then(|offset| offset.split_once(':')).is_some_and(|(hour, minute)| below(hour, 24) && below(minute, 60)),
    };
    let mut parts = clock.split(':');
    let right_clock = match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(hour), Some(minute), Some(second), None) => below(hour, 24) && below(minute, 60) && below(second, 61),
        _ => false,
    };
    is_date(date) && right_clock && right_offset && !fraction.is_empty() && fraction.len() <= 9 && fraction.bytes().all(|byte| byte.is_ascii_digit())
}

fn digits(text: &str, count: usize) -> Option<u32> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn below(text: &str, limit: u32) -> bool {
    digits(text, 2).is_some_and(|number| number < limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        assert!(is_date("2026-11-20") && is_date("2024-02-29") && is_date("2000-02-29"));
        assert_eq!((day("1970-01-01"), day("2000-03-01")), (Some(0), Some(11_017)));
        for wrong in ["2026-02-29", "1900-02-29", "2026-13-01", "2026-00-01", "2026-1-1", "20261120", "2026-11-31", "2026-11-20-1"] {
            assert!(!is_date(wrong), "{wrong}");
        }
    }

    #[test]
    fn moments() {
        assert!(is_moment("2026-11-21T09:00:00+08:00") && is_moment("2026-11-21T09:00:00.123Z"));
        for wrong in ["2026-11-21", "2026-11-21T09:00:00", "2026-11-21T09:00Z", "2026-11-21T24:00:00Z", "2026-11-21T09:00:00+8:00", "2026-11-21 09:00:00Z", "2026-11-21T09:00:00.Z"] {
            assert!(!is_moment(wrong), "{wrong}");
        }
    }
}
