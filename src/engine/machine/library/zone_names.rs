//! IANA time zones by name, from the data that comes with the compiler, made ready for programs.

use std::sync::Arc;

use super::time::read_offset;
use crate::program::ready::ZONE;

/// All zones; `build/pack.rs` describes and writes them.
static ZONES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/zones.bin"));
/// Before all changes.
const EPOCH: i64 = -(1 << 36);

/// The zone of a name such as `Asia/Shanghai` or of an offset such as `+08:00`, made ready; none where there is no such zone. Upper and lower case make no
/// difference.
pub fn zone(name: &str) -> Option<Arc<[u8]>> {
    let offset = if name.is_empty() { Some(0) } else { read_offset(name) };
    match offset.map(i32::try_from) {
        Some(offset) => Some([&[ZONE], &offset.ok()?.to_le_bytes()[..], &[0, 0, 0]].concat().into()),
        None => {
            let (_, number) = names().into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
            Some(ready(number).into())
        }
    }
}

/// The names of all zones.
pub fn zone_names() -> impl Iterator<Item = String> {
    names().into_iter().map(|(name, _)| name)
}

/// All names, each with the number of its zone.
fn names() -> Vec<(String, u64)> {
    let [mut part, ..] = parts();
    let mut names: Vec<(String, u64)> = Vec::new();
    while !part.0.is_empty() {
        let common = part.number() as usize;
        let length = part.number() as usize;
        let mut name = names.last().and_then(|(before, _)| before.get(..common)).unwrap_or_default().to_owned();
        name.extend(part.take(length).iter().map(|byte| char::from(*byte)));
        names.push((name, part.number()));
    }
    names
}

/// A zone as programs carry it.
fn ready(number: u64) -> Vec<u8> {
    let [_, mut heads, mut offsets, mut gaps, mut kinds, mut rules] = parts();
    // Where a zone begins is known by reading those before it.
    for zone in 0..=number {
        let (rule, count) = (heads.number(), heads.number());
        let first = offsets.offset();
        let mut out = [&[ZONE], &first.to_le_bytes()[..], &(count as u16).to_le_bytes()].concat();
        let (mut seen, mut at) = (vec![first], EPOCH);
        for _ in 0..count {
            at += gaps.quarters() as i64;
            let kind = kinds.take(1).first().map_or(0, |kind| usize::from(*kind));
            if kind == seen.len() {
                seen.push(offsets.offset());
            }
            out.extend(at.to_le_bytes());
            out.extend(seen.get(kind).copied().unwrap_or_default().to_le_bytes());
        }
        if zone == number {
            for _ in 0..rule {
                let length = rules.number();
                rules.take(length as usize);
            }
            let length = rules.number();
            out.extend(rules.take(length as usize));
            return out;
        }
    }
    Vec::new()
}

fn parts() -> [Part; 6] {
    let mut rest = Part(ZONES);
    std::array::from_fn(|_| {
        let length = rest.take(4).try_into().map_or(0, u32::from_le_bytes);
        Part(rest.take(length as usize))
    })
}

/// What is left of a part. The data is the compiler's own, so that what is read beyond its end counts as zero.
struct Part(&'static [u8]);

impl Part {
    fn take(&mut self, length: usize) -> &'static [u8] {
        let (taken, rest) = self.0.split_at_checked(length).unwrap_or_default();
        self.0 = rest;
        taken
    }

    fn number(&mut self) -> u64 {
        let (mut value, mut shift) = (0, 0);
        while let [byte] = *self.take(1) {
            value |= u64::from(byte & 0x7F) << shift;
            shift += 7;
            if byte < 0x80 {
                break;
            }
        }
        value
    }

    fn quarters(&mut self) -> u64 {
        let number = self.number();
        if number.is_multiple_of(2) { number / 2 * 900 } else { number / 2 }
    }

    fn offset(&mut self) -> i32 {
        let zigzag = self.quarters();
        (zigzag >> 1) as i32 ^ -((zigzag & 1) as i32)
    }
}
