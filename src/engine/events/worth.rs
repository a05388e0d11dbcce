//! What a contribution is worth after decay and resets, exactly.
//!
//! Points are thousandths, a decay is a fraction of 2^32, a reset leaves so many thousandths. They are multiplied as whole numbers of any length, and the product
//! is rounded once, to the nearest thousandth of a point, halves to the even one. No floating point takes part, so that every machine finds the same.

use crate::program::Milli;

/// 1 as a decay.
pub const WHOLE: u64 = 1 << 32;

/// The decay after so many whole days. The table has an entry for each day of a half-life but the first, which is 1.
pub fn decay(table: &[u32], days: u64) -> u64 {
    let half_life = table.len() as u64 + 1;
    let entry = match usize::try_from(days % half_life) {
        Ok(0) | Err(_) => WHOLE,
        Ok(day) => table.get(day - 1).copied().map_or(0, u64::from),
    };
    u32::try_from(days / half_life).ok().and_then(|halvings| entry.checked_shr(halvings)).unwrap_or(0)
}

/// Points times a decay, of at most 1, times what resets leave, in thousandths of at most 1000.
pub fn worth(points: Milli, decay: u64, left: &[u32]) -> Milli {
    // Twice the product, for then its last bit is a half.
    let mut product = Natural::new(u128::from(points.unsigned_abs()) * u128::from(decay) * 2);
    left.iter().for_each(|&left| product.multiply(left));
    let mut exact = product.divide(1 << 31) & product.divide(2);
    for _ in left {
        exact &= product.divide(1000);
    }
    let twice = product.low();
    let (whole, half) = (twice / 2, twice % 2);
    let up = half > 0 && (!exact || whole % 2 > 0);
    let rounded = whole.saturating_add(u64::from(up)) as Milli;
    if points < 0 { -rounded } else { rounded }
}

/// A whole number, its lowest 32 bits first.
struct Natural(Vec<u32>);

impl Natural {
    fn new(value: u128) -> Self {
        Self((0..4).map(|digit| (value >> (32 * digit)) as u32).collect())
    }

    fn multiply(&mut self, by: u32) {
        let mut carry = 0;
        for digit in &mut self.0 {
            let product = u64::from(*digit) * u64::from(by) + carry;
            (*digit, carry) = (product as u32, product >> 32);
        }
        self.0.push(carry as u32);
    }

    /// Whether nothing was left over.
    fn divide(&mut self, by: u32) -> bool {
        let mut rest = 0;
        for digit in self.0.iter_mut().rev() {
            let dividend = rest << 32 | u64::from(*digit);
            (*digit, rest) = ((dividend / u64::from(by)) as u32, dividend % u64::from(by));
        }
        rest == 0
    }

    fn low(&self) -> u64 {
        let digit = |at: usize| self.0.get(at).copied().map_or(0, u64::from);
        digit(1) << 32 | digit(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn halves_go_to_the_even_thousandth() {
        let half = WHOLE / 2;
        assert_eq!([1, 2, 3, 5, 7].map(|points| worth(points, half, &[])), [0, 1, 2, 2, 4]);
        assert_eq!([-1, -3, -5].map(|points| worth(points, half, &[])), [0, -2, -2]);
        // A little less and a little more than a half.
        assert_eq!((worth(3, half - 1, &[]), worth(5, half + 1, &[])), (1, 3));
        assert_eq!((worth(1, WHOLE, &[500]), worth(3, WHOLE, &[500]), worth(3, WHOLE, &[499]), worth(1, WHOLE, &[501])), (0, 2, 1, 1));
    }

    #[test]
    fn many_resets_are_exact() {
        assert_eq!(worth(1 << 40, WHOLE, &[500; 40]), 1);
        assert_eq!(worth(1 << 40, WHOLE, &[500; 41]), 0, "a half, and zero is even");
        assert_eq!(worth(3 << 40, WHOLE, &[500; 41]), 2);
        assert_eq!(worth(i64::MAX, WHOLE, &[1000; 30]), i64::MAX);
        assert_eq!(worth(i64::MIN + 1, WHOLE, &[1000; 30]), i64::MIN + 1);
        assert_eq!(worth(1_000_000, WHOLE, &[333, 333, 333]), 36_926, "36,926.037");
    }

    #[test]
    fn decay_halves_with_every_half_life() {
        let table = [3_037_000_500];
        assert_eq!([0, 1, 2, 3, 4].map(|days| decay(&table, days)), [WHOLE, 3_037_000_500, WHOLE / 2, 1_518_500_250, WHOLE / 4]);
        assert_eq!([64, 66, 1 << 40].map(|days| decay(&table, days)), [1, 0, 0]);
        assert_eq!([0, 1, 32, 33].map(|days| decay(&[], days)), [WHOLE, WHOLE / 2, 1, 0], "a half-life of one day");
    }

    proptest! {
        #[test]
        fn worth_is_the_nearest(points in -(1i64 << 40)..1 << 40, decay in 0..=WHOLE, left in prop::collection::vec(0u32..=1000, 0..3)) {
            let product = left.iter().fold(i128::from(points) * i128::from(decay), |product, left| product * i128::from(*left));
            let whole = i128::from(WHOLE) * 1000_i128.pow(left.len() as u32);
            let found = i128::from(worth(points, decay, &left));
            let off = (found * whole - product).abs() * 2;
            prop_assert!(off < whole || off == whole && found % 2 == 0, "{found}");
        }
    }
}
