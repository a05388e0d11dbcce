//! Timestamps and durations: their texts, and the calendar.

const SECOND: i128 = 1_000_000_000;
const DAY: i128 = 86_400;

/// From the year 1 to the year 9999.
pub fn in_range(nanos: i128) -> bool {
    (-62_135_596_800 * SECOND..253_402_300_800 * SECOND).contains(&nanos)
}

/// Days since 1970-01-01, counted one year and one month after the other.
pub fn days(year: i128, month: i128, day: i128) -> i128 {
    let before = year - 1;
    let leaps = before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
    let months: i128 = (1..month).map(|month| length(year, month)).sum();
    before * 365 + leaps + months + day - 1 - 719_162
}

fn leap(year: i128) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub fn length(year: i128, month: i128) -> i128 {
    match month {
        2 => 28 + i128::from(leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A point in time on a calendar: year, month and day from 1, hour, minute, second, nanoseconds; days since 1970.
#[derive(Debug, Clone, Copy)]
pub struct Civil {
    pub year: i128,
    pub month: i128,
    pub day: i128,
    pub hour: i128,
    pub minute: i128,
    pub second: i128,
    pub nanos: i128,
    pub days: i128,
}

pub fn civil(at: i128) -> Civil {
    let (seconds, nanos) = (at.div_euclid(SECOND), at.rem_euclid(SECOND));
    let (all, rest) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    let mut year = 1970 + all.div_euclid(366);
    while days(year + 1, 1, 1) <= all {
        year += 1;
    }
    while days(year, 1, 1) > all {
        year -= 1;
    }
    let mut month = 1;
    while month < 12 && days(year, month + 1, 1) <= all {
        month += 1;
    }
    Civil { year, month, day: all - days(year, month, 1) + 1, hour: rest / 3600, minute: rest / 60 % 60, second: rest % 60, nanos, days: all }
}

/// What stands behind the point, as few digits as needed, in groups of three if asked.
fn fraction(nanos: i128) -> String {
    if nanos == 0 { String::new() } else { format!(".{nanos:09}").trim_end_matches('0').to_owned() }
}

pub fn timestamp_text(at: i128) -> String {
    let Civil { year, month, day, hour, minute, second, nanos, .. } = civil(at);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{}Z", fraction(nanos))
}

pub fn duration_text(span: i128) -> String {
    let sign = if span < 0 { "-" } else { "" };
    format!("{sign}{}{}s", span.abs() / SECOND, fraction(span.abs() % SECOND))
}

/// RFC 3339.
pub fn timestamp(text: &str) -> Option<i128> {
    let number = |from: usize, to: usize| {
        let part = text.get(from..to)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<i128>().ok())?
    };
    let marks = [(4, '-'), (7, '-'), (10, 'T'), (13, ':'), (16, ':')];
    if !text.is_ascii() || marks.iter().any(|(at, mark)| text.chars().nth(*at) != Some(*mark)) {
        return None;
    }
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    if !(1..=12).contains(&month) || day < 1 || day > length(year, month) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let mut rest = &text[19..];
    let mut nanos = 0;
    if let Some(after) = rest.strip_prefix('.') {
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits == 0 || digits > 9 {
            return None;
        }
        nanos = format!("{:0<9}", &after[..digits]).parse().ok()?;
        rest = &after[digits..];
    }
    let shift = if rest == "Z" { 0 } else { offset(rest)? };
    let at = (days(year, month, day) * DAY + hour * 3600 + minute * 60 + second - shift) * SECOND + nanos;
    in_range(at).then_some(at)
}

/// Seconds of `+08:00`.
pub fn offset(text: &str) -> Option<i128> {
    let (sign, digits) = if let Some(rest) = text.strip_prefix('-') { (-1, rest) } else { (1, text.strip_prefix('+')?) };
    let (hours, minutes) = digits.split_once(':')?;
    let two = |part: &str| (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse::<i128>().ok())?;
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// `1h30m`, `-1.5s`.
pub fn duration(text: &str) -> Option<i128> {
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    let mut total = 0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, after) = rest.split_at(end);
        let (unit, width) = [("ns", 1), ("us", 1_000), ("µs", 1_000), ("ms", 1_000_000), ("s", SECOND), ("m", 60 * SECOND), ("h", 3600 * SECOND)]
            .into_iter()
            .filter(|(unit, _)| after.starts_with(unit))
            .max_by_key(|(unit, _)| unit.len())?;
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() && part.is_empty() || part.contains('.') || whole.len() > 20 || part.len() > 15 {
            return None;
        }
        let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        total += whole * width;
        if !part.is_empty() {
            total += part.parse::<i128>().ok()? * width / 10_i128.pow(part.len() as u32);
        }
        rest = &after[unit.len()..];
    }
    i64::try_from(sign * total).ok().map(i128::from)
}
