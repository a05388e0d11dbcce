//! Tables of decay: what is left after each day of a half-life.

/// Bits after the point while entries are computed.
const BITS: u32 = 62;
/// ln 2.
const LN_2: u128 = 3_196_577_161_300_663_915;

/// 2^(-day / half_life) in units of 2^-32, to the nearest, for every day but the first.
///
/// Each is the sum of the series of e^-x in whole numbers. Its error is below 2^-57, and no entry for a half-life that is allowed comes so near to a half that this matters;
/// a test looks at all of them.
pub fn table(half_life: u32) -> Vec<u32> {
    (1..half_life).map(|day| ((fraction(day, half_life) + (1 << (BITS - 33))) >> (BITS - 32)) as u32).collect()
}

fn fraction(day: u32, half_life: u32) -> u128 {
    let x = LN_2 * u128::from(day) / u128::from(half_life);
    let (mut plus, mut minus, mut term, mut count) = (1 << BITS, 0, 1 << BITS, 0);
    while term > 0 {
        count += 1;
        term = ((term * x) >> BITS) / count;
        if count % 2 == 0 { plus += term } else { minus += term }
    }
    plus - minus
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::events::worth::WHOLE;
    use crate::program::LONGEST_HALF_LIFE;

    #[test]
    fn known_entries() {
        assert!(table(1).is_empty());
        assert_eq!(table(2), [3_037_000_500], "2^31.5 is 3,037,000,499.98");
        assert_eq!(table(14).len(), 13);
        assert_eq!(table(14)[6], table(2)[0]);
    }

    #[test]
    fn every_entry_is_the_nearest() {
        for half_life in 1..=LONGEST_HALF_LIFE {
            let entries = table(half_life);
            for (day, entry) in (1..half_life).zip(entries) {
                let beyond = fraction(day, half_life) & ((1 << (BITS - 32)) - 1);
                let from_half = beyond.abs_diff(1 << (BITS - 33));
                assert!(from_half > 64, "{day} of {half_life}: {from_half}");
                let near = WHOLE as f64 * (-f64::from(day) / f64::from(half_life)).exp2();
                assert!((f64::from(entry) - near).abs() < 0.500_01, "{day} of {half_life}: {entry} for {near}");
            }
        }
    }
}
