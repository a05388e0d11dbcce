//! What is made ready when a policy is compiled, as bytes among a program's constants: patterns and time zones.
//!
//! A **pattern**: `R`, the number of groups with the whole match (u16), then instructions of 5 bytes each: what to do, where to go on (u16), and two bytes of
//! argument; the first instruction is the first. Patterns are over UTF-8, so that a match begins and ends between code points.
//!
//! A **zone**: `Z`, the offset before the first change (i32), the number of changes (u16), for each its second (i64) and the offset from then on (i32); then what
//! holds after the last change: nothing else (0), or a rule for every year (1): standard and summer offset (i32 each), and for the beginning and end of summer
//! each a kind of day (u8), month, week and weekday or the day's number (3 bytes), and the second of that day (i32). Offsets are in seconds east.
//!
//! All numbers are little endian.

/// What the bytes of a pattern begin with.
pub const PATTERN: u8 = b'R';
/// Bytes of a pattern before its instructions.
pub const PATTERN_HEADER: usize = 3;
/// Bytes of an instruction.
pub const INSTRUCTION: usize = 5;
/// What the bytes of a zone begin with.
pub const ZONE: u8 = b'Z';

/// What an instruction does.
pub mod op {
    /// It matches.
    pub const MATCH: u8 = 0;
    /// A byte between the two arguments goes on; another fails.
    pub const BYTE: u8 = 1;
    /// A byte between the two arguments goes on; another tries the next instruction.
    pub const TRY: u8 = 2;
    /// Both ways, the one of the argument only where the other fails.
    pub const SPLIT: u8 = 3;
    /// Remembers the place in the slot of the argument.
    pub const SAVE: u8 = 4;
    /// Goes on where the first argument holds: see [`super::look`].
    pub const LOOK: u8 = 5;
    /// Fails.
    pub const FAIL: u8 = 6;
}

/// What may be asked of a place.
pub mod look {
    /// The text begins.
    pub const START: u8 = 0;
    /// The text ends.
    pub const END: u8 = 1;
    /// A line begins.
    pub const LINE_START: u8 = 2;
    /// A line ends.
    pub const LINE_END: u8 = 3;
    /// A word of ASCII letters, digits and `_` begins or ends.
    pub const WORD: u8 = 4;
    /// It does not.
    pub const NOT_WORD: u8 = 5;
}

/// Whether the engine can run these bytes without a fault.
pub fn is_sound(bytes: &[u8]) -> bool {
    match bytes.first() {
        Some(&PATTERN) => pattern_is_sound(bytes),
        Some(&ZONE) => zone_is_sound(bytes).is_some_and(|rest| rest.is_empty()),
        _ => false,
    }
}

/// Whether the engine can reckon with these bytes as a time zone.
pub fn is_zone(bytes: &[u8]) -> bool {
    bytes.first() == Some(&ZONE) && is_sound(bytes)
}

fn pattern_is_sound(bytes: &[u8]) -> bool {
    let (Some([_, low, high]), Some(instructions)) = (bytes.first_chunk::<PATTERN_HEADER>(), bytes.get(PATTERN_HEADER..)) else { return false };
    let groups = u16::from_le_bytes([*low, *high]);
    let count = instructions.len() / INSTRUCTION;
    let exists = |at: u16| usize::from(at) < count;
    let mut tries = false;
    for instruction in instructions.chunks(INSTRUCTION) {
        let [what, low, high, a, b] = *instruction else { return false };
        let (next, argument) = (u16::from_le_bytes([low, high]), u16::from_le_bytes([a, b]));
        let sound = match what {
            op::MATCH | op::FAIL => !tries,
            op::BYTE | op::TRY => exists(next),
            op::SPLIT => !tries && exists(next) && exists(argument),
            op::SAVE => !tries && exists(next) && argument / 2 < groups,
            op::LOOK => !tries && exists(next) && a <= look::NOT_WORD,
            _ => false,
        };
        if !sound {
            return false;
        }
        tries = what == op::TRY;
    }
    groups > 0 && count > 0 && !tries
}

/// What is left after a zone.
fn zone_is_sound(bytes: &[u8]) -> Option<&[u8]> {
    // Far beyond any zone, and far from the end of numbers.
    let near = |bytes: &[u8; 4]| i32::from_le_bytes(*bytes).unsigned_abs() < 1_000_000;
    let (first, rest) = bytes.get(1..)?.split_first_chunk::<4>()?;
    let (count, mut rest) = rest.split_first_chunk::<2>()?;
    let (mut sound, mut last) = (near(first), i64::MIN);
    for _ in 0..u16::from_le_bytes(*count) {
        let (at, after) = rest.split_first_chunk::<8>()?;
        let (offset, after) = after.split_first_chunk::<4>()?;
        let at = i64::from_le_bytes(*at);
        sound &= near(offset) && last < at;
        (last, rest) = (at, after);
    }
    let (&rule, mut rest) = rest.split_first()?;
    if rule == 1 {
        for part in 0..4 {
            if part >= 2 {
                let (&[kind, month, week, day], after) = rest.split_first_chunk::<4>()?;
                sound &= kind > 0 || (1..=12).contains(&month) && (1..=5).contains(&week) && day < 7;
                rest = after;
            }
            let (number, after) = rest.split_first_chunk::<4>()?;
            sound &= near(number);
            rest = after;
        }
    }
    (sound && rule < 2).then_some(rest)
}
