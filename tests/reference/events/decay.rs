//! What time leaves of points.

use super::natural::Natural;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Whether `entry` is 2^32 × 2^(−day / half_life) to the nearest: (2e − 1)^h <= 2^(33h − d) < (2e + 1)^h.
pub fn is_nearest(entry: u64, day: u32, half_life: u32) -> bool {
    let power = |base: u64| Natural::of(u128::from(base)).power(half_life);
    let middle = Natural::power_of_two(33 * half_life as usize - day as usize);
    power(2 * entry - 1) <= middle && middle < power(2 * entry + 1)
}

/// What is left after a day within a half-life, in units of 2^-32: the one number that is proved to be the nearest.
pub fn entry(day: u32, half_life: u32) -> u64 {
    thread_local! { static KNOWN: RefCell<BTreeMap<(u32, u32), u64>> = const { RefCell::new(BTreeMap::new()) } }
    let prove = || {
        let near = 2f64.powf(32.0 - f64::from(day) / f64::from(half_life)).round() as u64;
        (near - 1..=near + 1).find(|entry| is_nearest(*entry, day, half_life)).expect("one of them is the nearest")
    };
    KNOWN.with_borrow_mut(|known| *known.entry((day, half_life)).or_insert_with(prove))
}

/// What is left after so many days, in units of 2^-32.
pub fn left(days: u64, half_life: u32) -> u64 {
    let halvings = days / u64::from(half_life);
    let entry = entry((days % u64::from(half_life)) as u32, half_life);
    if halvings >= 64 { 0 } else { entry >> halvings }
}

/// The product of the numerators over the product of the denominators as the nearest whole number, of two equally near the even one.
pub fn nearest(above: &[u128], below: &[u128]) -> u128 {
    let product = |factors: &[u128]| factors.iter().fold(Natural::of(1), |product, factor| product.times(&Natural::of(*factor)));
    let (above, below) = (product(above), product(below));
    // The greatest whole number that is not above the quotient.
    let (mut low, mut high) = (0u128, 1u128);
    while below.times(&Natural::of(high)) <= above {
        high *= 2;
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if below.times(&Natural::of(middle)) <= above { low = middle } else { high = middle }
    }
    let half = below.times(&Natural::of(2 * low + 1));
    match above.times(&Natural::of(2)).cmp(&half) {
        std::cmp::Ordering::Less => low,
        std::cmp::Ordering::Greater => low + 1,
        std::cmp::Ordering::Equal => low + low % 2,
    }
}
