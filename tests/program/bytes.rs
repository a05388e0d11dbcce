//! Changing the bytes of a program's body, under a digest that fits.

use crate::reference::random::Random;
use leadgate::program::FORMAT;
use sha2::{Digest as _, Sha256};

/// Magic, format, capabilities and digest.
pub const HEADER: usize = 40;

/// A body under a header whose digest fits.
pub fn sealed(body: &[u8], capabilities: u32) -> Vec<u8> {
    let mut bytes = [b"LGP".as_slice(), &[FORMAT], &capabilities.to_le_bytes()].concat();
    let digest = Sha256::new().chain_update(&bytes).chain_update(body).finalize();
    bytes.extend_from_slice(&digest);
    bytes.extend_from_slice(body);
    bytes
}

const BYTES: &[u8] = &[0, 1, 2, 3, 4, 5, 6, 7, 8, 15, 16, 31, 63, 64, 127, 128, 129, 254, 255];
const NUMBERS: &[u64] = &[0, 1, 2, 3, 4, 5, 9, 60, 127, 128, 255, 256, 300, 1000, 60_000, 65_535, 65_536, 1 << 20, u32::MAX as u64, 1 << 32, 1 << 62, 1 << 63, u64::MAX - 1, u64::MAX];
const DOUBLES: &[f64] = &[f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0, f64::MAX, f64::MIN, f64::MIN_POSITIVE, 1e18, -1e300];

/// One change.
pub fn mutate(body: &mut Vec<u8>, donor: &[u8], random: &mut Random) {
    // The policy's id and digest of the logic stand first, and any bytes will do there.
    let first = if random.chance(95) { 50.min(body.len() - 1) } else { 0 };
    let at = first + random.below(body.len() - first);
    match random.below(8) {
        0 => body[at] ^= 1 << random.below(8),
        1 => body[at] = *random.pick(BYTES),
        2 => body[at] = body[at].wrapping_add(if random.chance(50) { 1 } else { 255 }),
        3 => number(body, at, random),
        4 => {
            let bytes = random.pick(DOUBLES).to_le_bytes();
            let end = (at + 8).min(body.len());
            body.splice(at..end, bytes);
        }
        5 => {
            let end = (at + 1 + random.below(12)).min(body.len());
            body.drain(at..end);
        }
        6 => {
            let part = piece(donor, random);
            body.splice(at..at, part);
        }
        _ => {
            let part = piece(donor, random);
            let end = (at + part.len()).min(body.len());
            body.splice(at..end, part);
        }
    }
    if body.is_empty() {
        body.push(0);
    }
}

fn piece(donor: &[u8], random: &mut Random) -> Vec<u8> {
    let from = random.below(donor.len());
    let to = (from + 1 + random.below(40)).min(donor.len());
    donor[from..to].to_vec()
}

/// Replaces the number that stands somewhere.
fn number(body: &mut Vec<u8>, at: usize, random: &mut Random) {
    let length = body[at..].iter().take_while(|byte| **byte >= 0x80).count() + 1;
    let end = (at + length).min(body.len());
    let mut value = if random.chance(70) { *random.pick(NUMBERS) } else { random.next() >> random.below(64) };
    let mut written = Vec::new();
    while value >= 0x80 {
        written.push((value & 0x7F) as u8 | 0x80);
        value >>= 7;
    }
    written.push(value as u8);
    body.splice(at..end, written);
}
