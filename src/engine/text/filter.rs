//! Where in many texts a pattern may begin: by the first three bytes, sixteen places at a time.

/// How many bytes of a pattern are looked at.
const BYTES: usize = 3;

/// Which patterns may begin with a byte: they are shared out among eight bits, and a byte is told by its halves.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    low: [[u8; 16]; BYTES],
    high: [[u8; 16]; BYTES],
}

impl Filter {
    /// How many bytes must stand behind the texts that are looked through.
    pub(crate) const BEHIND: usize = 32;

    /// For patterns; none where one is empty.
    pub(crate) fn new(patterns: &[&str]) -> Option<Self> {
        let mut filter = Self { low: [[0; 16]; BYTES], high: [[0; 16]; BYTES] };
        for (at, pattern) in patterns.iter().enumerate() {
            if pattern.is_empty() {
                return None;
            }
            let bit = 1 << (at % 8);
            for (place, (low, high)) in filter.low.iter_mut().zip(&mut filter.high).enumerate() {
                match pattern.as_bytes().get(place) {
                    Some(byte) => {
                        low.iter_mut().skip(usize::from(byte & 15)).take(1).for_each(|bits| *bits |= bit);
                        high.iter_mut().skip(usize::from(byte >> 4)).take(1).for_each(|bits| *bits |= bit);
                    }
                    // Any byte may follow a pattern.
                    None => low.iter_mut().chain(high).for_each(|bits| *bits |= bit),
                }
            }
        }
        Some(filter)
    }

    /// Calls `see` with each place among the first ones where a pattern may begin, ascending, and perhaps with others.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn each(&self, texts: &[u8], places: usize, mut see: impl FnMut(usize)) {
        for (place, bytes) in texts.windows(BYTES).enumerate().take(places) {
            let halves = bytes.iter().zip(&self.low).zip(&self.high);
            let bits = halves.fold(u8::MAX, |bits, ((byte, low), high)| {
                bits & low.get(usize::from(byte & 15)).copied().unwrap_or(0) & high.get(usize::from(byte >> 4)).copied().unwrap_or(0)
            });
            if bits != 0 {
                see(place);
            }
        }
    }

    /// Calls `see` with each place among the first ones where a pattern may begin, ascending, and perhaps with others.
    #[cfg(target_arch = "wasm32")]
    #[target_feature(enable = "simd128")]
    #[allow(unsafe_code, reason = "loads of sixteen bytes are unsafe; each is of a chunk of that size")]
    #[cfg_attr(quick, optimize(speed))]
    pub(crate) fn each(&self, texts: &[u8], places: usize, mut see: impl FnMut(usize)) {
        use std::arch::wasm32::*;
        // Safety: every chunk has sixteen bytes, and every address will do.
        let load = |chunk: &[u8; 16]| unsafe { v128_load(chunk.as_ptr().cast()) };
        let [low, high] = [&self.low, &self.high].map(|tables| tables.each_ref().map(|table| load(table)));
        let ([low_a, low_b, low_c], [high_a, high_b, high_c]) = (low, high);
        let half = u8x16_splat(15);
        for (at, bytes) in texts.windows(16 + BYTES - 1).step_by(16).enumerate().take(places.div_ceil(16)) {
            let (Some(a), Some(b), Some(c)) = (bytes.first_chunk(), bytes.get(1..).and_then(<[u8]>::first_chunk), bytes.last_chunk()) else { return };
            let (a, b, c) = (load(a), load(b), load(c));
            let first = v128_and(u8x16_swizzle(low_a, v128_and(a, half)), u8x16_swizzle(high_a, u8x16_shr(a, 4)));
            let second = v128_and(u8x16_swizzle(low_b, v128_and(b, half)), u8x16_swizzle(high_b, u8x16_shr(b, 4)));
            let third = v128_and(u8x16_swizzle(low_c, v128_and(c, half)), u8x16_swizzle(high_c, u8x16_shr(c, 4)));
            let mut found = !u8x16_bitmask(u8x16_eq(v128_and(first, v128_and(second, third)), u8x16_splat(0)));
            while found != 0 {
                see(at * 16 + found.trailing_zeros() as usize);
                found &= found - 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_pattern_is_passed_over(patterns in prop::collection::vec("[ab上下]{1,5}", 1..12), text in "[abc上下]{0,60}") {
            let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
            let mut bytes = text.clone().into_bytes();
            bytes.resize(text.len() + Filter::BEHIND, 0);
            let mut places = Vec::new();
            Filter::new(&patterns).unwrap().each(&bytes, text.len(), |place| places.push(place));
            for pattern in patterns {
                for (place, _) in text.match_indices(pattern) {
                    prop_assert!(places.contains(&place), "{} at {}", pattern, place);
                }
            }
        }
    }
}
