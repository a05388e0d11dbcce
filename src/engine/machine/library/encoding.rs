//! Base64, RFC 4648.

use super::super::Fault;
use super::super::work::Work;
use super::text;
use crate::program::{Function, Value};

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// `base64.encode(a)`
pub(super) fn encode(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let [Value::Bytes(bytes)] = args else { return Err(Fault::NoOverload) };
    work.spend_bytes(bytes.len().saturating_mul(2))?;
    Ok(text(base64(bytes)))
}

/// `base64.decode(a)`: the padding may be left out.
pub(super) fn decode(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let [Value::String(encoded)] = args else { return Err(Fault::NoOverload) };
    work.spend_bytes(encoded.len())?;
    from_base64(encoded).map(|bytes| Value::Bytes(bytes.into())).ok_or(Fault::Conversion)
}

/// Bytes as base64, with padding.
pub fn base64(bytes: &[u8]) -> String {
    let mut out = String::new();
    for group in bytes.chunks(3) {
        let bits = group.iter().chain([0, 0].iter()).take(3).fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte));
        for place in 0..4_usize {
            let digit = DIGITS.get(bits >> (18 - 6 * place) & 63).copied().unwrap_or_default();
            out.push(if place <= group.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

/// The bytes of base64, whose padding may be left out; none for another text.
pub fn from_base64(encoded: &str) -> Option<Vec<u8>> {
    let digits = encoded.trim_end_matches('=');
    let padding = encoded.len() - digits.len();
    if padding > 0 && (padding > 2 || !encoded.len().is_multiple_of(4)) || digits.len() % 4 == 1 {
        return None;
    }
    let mut out = Vec::new();
    for group in digits.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for digit in group {
            let value = DIGITS.iter().position(|other| other == digit)?;
            bits = bits << 6 | value as u32;
        }
        let spare = 6 * (4 - group.len());
        let [_, bytes @ ..] = (bits << spare).to_be_bytes();
        let (taken, rest) = bytes.split_at_checked(group.len() - 1)?;
        // Bits beyond the last byte would make two texts of one value.
        if rest.iter().any(|byte| *byte != 0) {
            return None;
        }
        out.extend_from_slice(taken);
    }
    Some(out)
}
