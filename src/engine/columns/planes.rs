//! Planes: a byte for each row of a block, and what is done to all of them at once.
//!
//! In wasm sixteen rows at a time; everywhere else one by one, with the same result. Planes are as long as a block, which is a multiple of sixteen.

#[cfg(not(target_arch = "wasm32"))]
pub use plain::{doubles, ints, look};
#[cfg(target_arch = "wasm32")]
pub use simd::{doubles, ints, look};

/// What becomes of a byte that is looked up.
pub const SET: u8 = 0;
/// Bits that both have.
pub const AND: u8 = 1;
/// The sum, which never leaves a byte.
pub const ADD: u8 = 2;
/// The lesser one.
pub const MIN: u8 = 3;

/// A byte for each byte below 16, or for each; what is beyond gives zero.
pub type Table = Box<[u8]>;

/// A table of what is given; none where that is more than a byte can tell apart.
pub fn table(bytes: impl IntoIterator<Item = u8>) -> Option<Table> {
    let mut bytes: Vec<u8> = bytes.into_iter().collect();
    let room = if bytes.len() <= 16 { 16 } else { 256 };
    if bytes.len() > room {
        return None;
    }
    bytes.resize(room, 0);
    Some(bytes.into())
}

/// How numbers become cells.
#[derive(Debug, Clone, Default)]
pub struct NumberCut {
    /// Whether only whole numbers count.
    pub whole: bool,
    /// The least and the greatest number.
    pub bounds: (f64, f64),
    /// The thresholds between the cells.
    pub thresholds: Box<[f64]>,
    /// The same for whole numbers of 32 bits: how many all of them reach, the others, the bounds.
    pub reached: u8,
    /// See there.
    pub ints: Box<[i32]>,
    /// See there.
    pub int_bounds: (i32, i32),
}

/// The lower and the upper half of each byte.
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
#[cfg_attr(quick, optimize(speed))]
pub fn split(bits: &[u8], low: &mut [u8], high: &mut [u8]) {
    for ((bits, low), high) in bits.iter().zip(low).zip(high) {
        *low = bits & 15;
        *high = bits >> 4;
    }
}

/// All bits of a byte where another one has any.
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
#[cfg_attr(quick, optimize(speed))]
pub fn any(out: &mut [u8], bits: &[u8]) {
    for (out, bits) in out.iter_mut().zip(bits) {
        *out |= if *bits == 0 { 0 } else { u8::MAX };
    }
}

/// All bits of a byte where another one is this, unless a third one is less than 255.
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
#[cfg_attr(quick, optimize(speed))]
pub fn mark(out: &mut [u8], bytes: &[u8], is: u8, unless: &[u8]) {
    for ((out, byte), unless) in out.iter_mut().zip(bytes).zip(unless) {
        *out |= if *byte == is && *unless == u8::MAX { u8::MAX } else { 0 };
    }
}

/// Takes a byte from another plane where a third one is this.
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
#[cfg_attr(quick, optimize(speed))]
pub fn take(out: &mut [u8], from: &[u8], by: &[u8], is: u8) {
    for ((out, from), by) in out.iter_mut().zip(from).zip(by) {
        *out = if *by == is { *from } else { *out };
    }
}

/// Adds bytes to sums, as numbers with a sign.
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
#[cfg_attr(quick, optimize(speed))]
pub fn widen(sums: &mut [i16], bytes: &[u8]) {
    for (sum, byte) in sums.iter_mut().zip(bytes) {
        *sum = sum.wrapping_add(i16::from(*byte as i8));
    }
}

/// Adds numbers to sums.
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
#[cfg_attr(quick, optimize(speed))]
pub fn add(sums: &mut [i16], others: &[i16]) {
    for (sum, other) in sums.iter_mut().zip(others) {
        *sum = sum.wrapping_add(*other);
    }
}

/// Brings sums between bounds.
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
#[cfg_attr(quick, optimize(speed))]
pub fn clamp(sums: &mut [i16], (low, high): (i16, i16)) {
    for sum in sums {
        *sum = (*sum).max(low).min(high);
    }
}

/// The cells of sums: how many of the thresholds each reaches, and so many more.
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
#[cfg_attr(quick, optimize(speed))]
pub fn cut(cells: &mut [u8], sums: &[i16], thresholds: &[i16], base: u8) {
    cells.fill(base);
    for &threshold in thresholds {
        for (cell, &sum) in cells.iter_mut().zip(sums) {
            *cell = cell.wrapping_add(u8::from(sum >= threshold));
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod plain {
    use super::{ADD, AND, MIN, NumberCut};
    use crate::program::{ABSENT, FIRST_VALUE};

    /// Looks each byte up.
    pub fn look<const HOW: u8>(out: &mut [u8], from: &[u8], table: &[u8]) {
        for (out, from) in out.iter_mut().zip(from) {
            let found = table.get(usize::from(*from)).copied().unwrap_or(0);
            *out = match HOW {
                AND => *out & found,
                ADD => out.wrapping_add(found),
                MIN => found.min(*out),
                _ => found,
            };
        }
    }

    /// The cells of numbers; `odd` where one is out of bounds.
    pub fn ints(cells: &mut [u8], odd: &mut [u8], values: &[i32], cut: &NumberCut) {
        let (low, high) = cut.int_bounds;
        for ((cell, odd), &value) in cells.iter_mut().zip(odd).zip(values) {
            let reached: u8 = cut.ints.iter().map(|&threshold| u8::from(value >= threshold)).sum();
            *cell = FIRST_VALUE as u8 + cut.reached + reached;
            *odd |= if value < low || value > high { u8::MAX } else { 0 };
        }
    }

    /// The same; NaN is no number.
    pub fn doubles(cells: &mut [u8], odd: &mut [u8], values: &[f64], cut: &NumberCut) {
        let (low, high) = cut.bounds;
        for ((cell, odd), &value) in cells.iter_mut().zip(odd).zip(values) {
            if value.is_nan() {
                *cell = ABSENT as u8;
                continue;
            }
            let reached: u8 = cut.thresholds.iter().map(|&threshold| u8::from(value >= threshold)).sum();
            *cell = FIRST_VALUE as u8 + reached;
            let good = value >= low && value <= high && (!cut.whole || value.trunc() == value);
            *odd |= if good { 0 } else { u8::MAX };
        }
    }
}

#[cfg(target_arch = "wasm32")]
mod simd {
    #![allow(unsafe_code, reason = "loads and stores of sixteen bytes are unsafe; each is of a chunk of that size")]

    use std::arch::wasm32::*;

    use super::{ADD, AND, MIN, NumberCut};
    use crate::program::FIRST_VALUE;

    #[cfg_attr(quick, inline(always))]
    #[target_feature(enable = "simd128")]
    fn load<T>(chunk: &[T]) -> v128 {
        // Safety: callers give at least sixteen bytes, and every address will do.
        unsafe { v128_load(chunk.as_ptr().cast()) }
    }

    #[cfg_attr(quick, inline(always))]
    #[target_feature(enable = "simd128")]
    fn store(chunk: &mut [u8], value: v128) {
        // Safety: as above.
        unsafe { v128_store(chunk.as_mut_ptr().cast(), value) }
    }

    #[cfg_attr(quick, inline(always))]
    #[target_feature(enable = "simd128")]
    fn join<const HOW: u8>(out: v128, found: v128) -> v128 {
        match HOW {
            AND => v128_and(out, found),
            ADD => u8x16_add(out, found),
            MIN => u8x16_min(out, found),
            _ => found,
        }
    }

    /// Looks each byte up.
    #[target_feature(enable = "simd128")]
    #[cfg_attr(quick, optimize(speed))]
    pub fn look<const HOW: u8>(out: &mut [u8], from: &[u8], table: &[u8]) {
        if table.len() == 16 {
            let table = load(table);
            for (out, from) in out.chunks_exact_mut(16).zip(from.chunks_exact(16)) {
                let found = join::<HOW>(load(out), u8x16_swizzle(table, load(from)));
                store(out, found);
            }
            return;
        }
        for (out, from) in out.iter_mut().zip(from) {
            let found = table.get(usize::from(*from)).copied().unwrap_or(0);
            *out = match HOW {
                AND => *out & found,
                ADD => out.wrapping_add(found),
                MIN => found.min(*out),
                _ => found,
            };
        }
    }

    /// Masks of sixteen numbers of 32 bits as bytes.
    #[cfg_attr(quick, inline(always))]
    #[target_feature(enable = "simd128")]
    fn narrow(masks: [v128; 4]) -> v128 {
        let [a, b, c, d] = masks;
        i8x16_narrow_i16x8(i16x8_narrow_i32x4(a, b), i16x8_narrow_i32x4(c, d))
    }

    #[cfg_attr(quick, inline(always))]
    #[target_feature(enable = "simd128")]
    fn ints_at_least(values: &[v128; 4], threshold: i32) -> v128 {
        let threshold = i32x4_splat(threshold);
        let [a, b, c, d] = *values;
        narrow([i32x4_ge(a, threshold), i32x4_ge(b, threshold), i32x4_ge(c, threshold), i32x4_ge(d, threshold)])
    }

    /// The cells of numbers; `odd` where one is out of bounds.
    #[target_feature(enable = "simd128")]
    #[cfg_attr(quick, optimize(speed))]
    pub fn ints(cells: &mut [u8], odd: &mut [u8], values: &[i32], cut: &NumberCut) {
        let (low, high) = cut.int_bounds;
        for ((cells, odd), values) in cells.chunks_exact_mut(16).zip(odd.chunks_exact_mut(16)).zip(values.as_chunks::<16>().0) {
            let [a, b, c, d] = values.as_chunks::<4>().0 else { return };
            let values = [load(a), load(b), load(c), load(d)];
            let mut found = u8x16_splat(FIRST_VALUE as u8 + cut.reached);
            for &threshold in &cut.ints {
                found = u8x16_sub(found, ints_at_least(&values, threshold));
            }
            store(cells, found);
            let mut good = ints_at_least(&values, low);
            if high != i32::MAX {
                good = v128_andnot(good, ints_at_least(&values, high + 1));
            }
            let known = load(odd);
            store(odd, v128_or(known, v128_not(good)));
        }
    }

    /// Masks of sixteen numbers of 64 bits as bytes.
    #[cfg_attr(quick, inline(always))]
    #[target_feature(enable = "simd128")]
    fn narrow_doubles(masks: [v128; 8]) -> v128 {
        let [a, b, c, d, e, f, g, h] = masks;
        narrow([
            i32x4_shuffle::<0, 2, 4, 6>(a, b), i32x4_shuffle::<0, 2, 4, 6>(c, d), i32x4_shuffle::<0, 2, 4, 6>(e, f), i32x4_shuffle::<0, 2, 4, 6>(g, h),
        ])
    }

    #[cfg_attr(quick, inline(always))]
    #[target_feature(enable = "simd128")]
    fn doubles_at_least(values: &[v128; 8], threshold: f64) -> v128 {
        let t = f64x2_splat(threshold);
        let [a, b, c, d, e, f, g, h] = *values;
        narrow_doubles([f64x2_ge(a, t), f64x2_ge(b, t), f64x2_ge(c, t), f64x2_ge(d, t), f64x2_ge(e, t), f64x2_ge(f, t), f64x2_ge(g, t), f64x2_ge(h, t)])
    }

    /// The same; NaN is no number.
    #[target_feature(enable = "simd128")]
    #[cfg_attr(quick, optimize(speed))]
    pub fn doubles(cells: &mut [u8], odd: &mut [u8], values: &[f64], cut: &NumberCut) {
        let (low, high) = cut.bounds;
        for ((cells, odd), values) in cells.chunks_exact_mut(16).zip(odd.chunks_exact_mut(16)).zip(values.as_chunks::<16>().0) {
            let [a, b, c, d, e, f, g, h] = values.as_chunks::<2>().0 else { return };
            let [a, b, c, d, e, f, g, h] = [load(a), load(b), load(c), load(d), load(e), load(f), load(g), load(h)];
            let values = [a, b, c, d, e, f, g, h];
            let mut found = u8x16_splat(FIRST_VALUE as u8);
            for &threshold in &cut.thresholds {
                found = u8x16_sub(found, doubles_at_least(&values, threshold));
            }
            let given = narrow_doubles([f64x2_eq(a, a), f64x2_eq(b, b), f64x2_eq(c, c), f64x2_eq(d, d), f64x2_eq(e, e), f64x2_eq(f, f), f64x2_eq(g, g), f64x2_eq(h, h)]);
            store(cells, v128_and(found, given));
            let t = f64x2_splat(high);
            let below = narrow_doubles([f64x2_le(a, t), f64x2_le(b, t), f64x2_le(c, t), f64x2_le(d, t), f64x2_le(e, t), f64x2_le(f, t), f64x2_le(g, t), f64x2_le(h, t)]);
            let mut good = v128_and(below, doubles_at_least(&values, low));
            if cut.whole {
                let whole = narrow_doubles([
                    f64x2_eq(f64x2_trunc(a), a), f64x2_eq(f64x2_trunc(b), b), f64x2_eq(f64x2_trunc(c), c), f64x2_eq(f64x2_trunc(d), d),
                    f64x2_eq(f64x2_trunc(e), e), f64x2_eq(f64x2_trunc(f), f), f64x2_eq(f64x2_trunc(g), g), f64x2_eq(f64x2_trunc(h), h),
                ]);
                good = v128_and(good, whole);
            }
            let known = load(odd);
            store(odd, v128_or(known, v128_andnot(given, good)));
        }
    }
}
