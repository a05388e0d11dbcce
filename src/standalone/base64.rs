//! Bytes as base64, as proto3 JSON writes them.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// With padding.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, &byte| group << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = LETTERS.get((group >> (18 - 6 * place) & 63) as usize).copied().unwrap_or(b'=');
            out.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

/// None where it is not base64; padding may be missing, and letters may be those of addresses.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let (mut out, mut group, mut bits) = (Vec::with_capacity(text.len() / 4 * 3), 0_u32, 0);
    for letter in text.trim_end_matches('=').bytes() {
        let letter = match letter {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        };
        let value = LETTERS.iter().position(|known| *known == letter)?;
        group = group << 6 | u32::try_from(value).ok()?;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((group >> bits & 0xFF) as u8);
        }
    }
    Some(out)
}
