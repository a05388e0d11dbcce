//! Whether bytes are UTF-8, sixteen at a time where they are not ASCII.
//!
//! Keiser and Lemire, "Validating UTF-8 in less than one instruction per byte", Software: Practice and Experience 51 (2021): each way in which two bytes in a row can be wrong is a
//! bit; a byte's halves and the upper half of the next one say which ways they allow, and a way that all three allow is taken. Only what the third and fourth byte of a character
//! must be is told by the bytes two and three before.

/// Whether all bytes are ASCII.
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
#[cfg_attr(quick, optimize(speed))]
pub fn is_ascii(bytes: &[u8]) -> bool {
    // Whole chunks without a branch inside are what becomes quick.
    bytes.chunks(256).all(|chunk| chunk.iter().fold(0, |bits, byte| bits | byte) < 128)
}

/// Whether bytes are UTF-8.
#[cfg(not(target_arch = "wasm32"))]
pub fn is_utf8(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok()
}

/// Whether bytes are UTF-8.
#[cfg(target_arch = "wasm32")]
#[target_feature(enable = "simd128")]
#[cfg_attr(quick, optimize(speed))]
pub fn is_utf8(bytes: &[u8]) -> bool {
    let (chunks, rest) = bytes.as_chunks::<16>();
    // What ends within a character goes on with a byte that is not of it.
    let mut last = [0; 16];
    last.iter_mut().zip(rest).for_each(|(byte, rest)| *byte = *rest);
    simd::valid(chunks, &last)
}

/// The ways in which two bytes in a row are wrong, or a second one in a row goes on with a character.
#[cfg(target_arch = "wasm32")]
mod ways {
    /// What begins a character, or goes on with it, is followed by what does not go on.
    const SHORT: u8 = 1 << 0;
    /// What is ASCII is followed by what goes on.
    const LONG: u8 = 1 << 1;
    /// Three bytes for what has room in two.
    const OVERLONG_3: u8 = 1 << 2;
    /// Beyond U+10FFFF by the second byte.
    const LARGE: u8 = 1 << 3;
    /// Half of a surrogate pair.
    const SURROGATE: u8 = 1 << 4;
    /// Two bytes for what is ASCII.
    const OVERLONG_2: u8 = 1 << 5;
    /// Beyond U+10FFFF by the first byte, or four bytes for what has room in three.
    const FOUR: u8 = 1 << 6;
    /// Both go on with a character, which is right after a byte that begins one of three or four.
    const BOTH: u8 = 1 << 7;
    /// What the lower half of the first byte has no say in.
    const ANY: u8 = SHORT | LONG | BOTH;

    /// By the upper half of the first byte.
    pub const FIRST_HIGH: [u8; 16] = [
        LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, BOTH, BOTH, BOTH, BOTH, SHORT | OVERLONG_2, SHORT, SHORT | OVERLONG_3 | SURROGATE, SHORT | LARGE | FOUR,
    ];
    /// By its lower half.
    pub const FIRST_LOW: [u8; 16] = [
        ANY | OVERLONG_2 | OVERLONG_3 | FOUR, ANY | OVERLONG_2, ANY, ANY, ANY | LARGE, ANY | LARGE | FOUR, ANY | LARGE | FOUR, ANY | LARGE | FOUR,
        ANY | LARGE | FOUR, ANY | LARGE | FOUR, ANY | LARGE | FOUR, ANY | LARGE | FOUR, ANY | LARGE | FOUR, ANY | LARGE | FOUR | SURROGATE, ANY | LARGE | FOUR, ANY | LARGE | FOUR,
    ];
    /// By the upper half of the second byte.
    pub const SECOND_HIGH: [u8; 16] = [
        SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT,
        LONG | OVERLONG_2 | BOTH | OVERLONG_3 | FOUR, LONG | OVERLONG_2 | BOTH | OVERLONG_3 | LARGE, LONG | OVERLONG_2 | BOTH | SURROGATE | LARGE, LONG | OVERLONG_2 | BOTH | SURROGATE | LARGE,
        SHORT, SHORT, SHORT, SHORT,
    ];
}

#[cfg(target_arch = "wasm32")]
#[allow(unsafe_code, reason = "loads of sixteen bytes are unsafe; each is of an array of that size")]
mod simd {
    use std::arch::wasm32::*;

    use super::ways;

    /// What is wrong with sixteen bytes, by those before them.
    #[cfg_attr(quick, inline(always))]
    #[target_feature(enable = "simd128")]
    fn wrong(before: v128, bytes: v128, [first_high, first_low, second_high]: [v128; 3]) -> v128 {
        let one = i8x16_shuffle::<15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30>(before, bytes);
        let two = i8x16_shuffle::<14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29>(before, bytes);
        let three = i8x16_shuffle::<13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28>(before, bytes);
        let high = u8x16_swizzle(first_high, u8x16_shr(one, 4));
        let low = u8x16_swizzle(first_low, v128_and(one, u8x16_splat(15)));
        let pair = v128_and(v128_and(high, low), u8x16_swizzle(second_high, u8x16_shr(bytes, 4)));
        // The highest bit says so: a byte that begins a character of three or four stands two before, or one of four does three before.
        let goes_on = v128_or(u8x16_sub_sat(two, u8x16_splat(0xE0 - 0x80)), u8x16_sub_sat(three, u8x16_splat(0xF0 - 0x80)));
        v128_xor(pair, v128_and(goes_on, u8x16_splat(0x80)))
    }

    #[target_feature(enable = "simd128")]
    #[cfg_attr(quick, optimize(speed))]
    pub fn valid(chunks: &[[u8; 16]], last: &[u8; 16]) -> bool {
        // Safety: an array of sixteen bytes, and every address will do.
        let load = |chunk: &[u8; 16]| unsafe { v128_load(chunk.as_ptr().cast()) };
        let tables = [load(&ways::FIRST_HIGH), load(&ways::FIRST_LOW), load(&ways::SECOND_HIGH)];
        let (mut before, mut found) = (u8x16_splat(0), u8x16_splat(0));
        for chunk in chunks {
            let bytes = load(chunk);
            found = v128_or(found, wrong(before, bytes, tables));
            before = bytes;
        }
        let bytes = load(last);
        !v128_any_true(v128_or(found, wrong(before, bytes, tables)))
    }
}
