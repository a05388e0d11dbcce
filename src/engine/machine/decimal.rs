//! Decimal text to the nearest double.
//!
//! The standard library's conversion is faster and brings tables of 10 KB into the page build, which reads a number from text once in a lead at most.

/// Digits that are kept; what lies beyond them only breaks ties. No double needs more than 767 to tell it from its neighbours' middle.
const DIGITS: usize = 800;
/// The greatest shift whose carry stays within 64 bits.
const SHIFT: u32 = 60;

/// The double nearest to a number in text, of two equally near the even one: an optional sign, digits with at most one point, an optional exponent; or
/// `inf`, `infinity` with an optional sign, or `nan`, in any case. None for another text, and for a number beyond the range.
pub(super) fn double(text: &str) -> Option<f64> {
    let (negative, number) = match text.as_bytes().first()? {
        b'-' => (true, text.get(1..)?),
        b'+' => (false, text.get(1..)?),
        _ => (false, text),
    };
    let value = if number.eq_ignore_ascii_case("inf") || number.eq_ignore_ascii_case("infinity") {
        f64::INFINITY
    } else if text.eq_ignore_ascii_case("nan") {
        f64::NAN
    } else {
        Decimal::read(number)?.nearest()?
    };
    Some(if negative { -value } else { value })
}

/// 0.d₀d₁d₂… × 10^point, without zeros at either end.
struct Decimal {
    digits: Vec<u8>,
    point: i32,
}

impl Decimal {
    fn read(text: &str) -> Option<Self> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, read_exponent(exponent)?),
            None => (text, 0),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let mut decimal = Self { digits: Vec::new(), point: exponent };
        for byte in whole.bytes() {
            decimal.push(byte, true)?;
        }
        for byte in fraction.bytes() {
            decimal.push(byte, false)?;
        }
        decimal.trim();
        Some(decimal)
    }

    fn push(&mut self, byte: u8, whole: bool) -> Option<()> {
        let digit = byte.is_ascii_digit().then(|| byte - b'0')?;
        let leading = self.digits.is_empty() && digit == 0;
        if !leading {
            self.keep(digit);
        }
        match (whole, leading) {
            (true, false) => self.point = self.point.saturating_add(1),
            (false, true) => self.point = self.point.saturating_sub(1),
            _ => {}
        }
        Some(())
    }

    /// Appends a digit; beyond the last that is kept, one that is not zero leaves its trace in it.
    fn keep(&mut self, digit: u8) {
        if self.digits.len() < DIGITS {
            self.digits.push(digit);
        } else if let Some(last) = self.digits.last_mut().filter(|_| digit != 0) {
            *last |= 1;
        }
    }

    fn trim(&mut self) {
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            self.point = 0;
        }
    }

    /// Times 2^shift.
    fn double(&mut self, shift: u32) {
        let mut carry = 0;
        for digit in self.digits.iter_mut().rev() {
            carry += u64::from(*digit) << shift;
            *digit = (carry % 10) as u8;
            carry /= 10;
        }
        let mut front = Vec::new();
        while carry > 0 {
            front.push((carry % 10) as u8);
            carry /= 10;
        }
        self.point = self.point.saturating_add(front.len() as i32);
        let rest = std::mem::take(&mut self.digits);
        for digit in front.into_iter().rev().chain(rest) {
            self.keep(digit);
        }
        self.trim();
    }

    /// Divided by 2^shift.
    fn halve(&mut self, shift: u32) {
        let mut digits = std::mem::take(&mut self.digits).into_iter();
        let mut rest = 0_u64;
        loop {
            let next = digits.next();
            if next.is_none() && rest == 0 {
                break;
            }
            rest = rest * 10 + u64::from(next.unwrap_or(0));
            let digit = (rest >> shift) as u8;
            rest &= (1 << shift) - 1;
            if digit != 0 || !self.digits.is_empty() {
                self.keep(digit);
            } else {
                self.point -= 1;
            }
        }
        self.trim();
    }

    /// None beyond the range.
    fn nearest(mut self) -> Option<f64> {
        // Beyond these every number is out of range, or nearer to zero than to any other double.
        if self.digits.is_empty() || self.point < -330 {
            return Some(0.0);
        }
        if self.point > 310 {
            return None;
        }
        // To 0.5 ≤ number < 1; 2^3 is less than 10.
        let mut exponent = -1;
        while self.point > 0 {
            let shift = (3 * (self.point as u32 - 1)).clamp(1, SHIFT);
            self.halve(shift);
            exponent += shift as i32;
        }
        while self.point < 0 || self.digits.first().is_some_and(|&digit| digit < 5) {
            let shift = (3 * self.point.unsigned_abs()).clamp(1, SHIFT);
            self.double(shift);
            exponent -= shift as i32;
        }
        // Numbers below the normal ones have fewer bits.
        while exponent < -1022 {
            let shift = (-1022 - exponent).min(SHIFT as i32);
            self.halve(shift as u32);
            exponent += shift;
        }
        self.double(53);
        let mut mantissa = self.rounded();
        if mantissa == 1 << 53 {
            mantissa >>= 1;
            exponent += 1;
        }
        let biased = if mantissa < 1 << 52 { 0 } else { u64::try_from(exponent + 1023).ok().filter(|&biased| biased < 2047)? };
        Some(f64::from_bits(biased << 52 | mantissa & ((1 << 52) - 1)))
    }

    /// The nearest integer, of two equally near the even one; the number is below 2^54.
    fn rounded(&self) -> u64 {
        if self.point < 0 {
            return 0;
        }
        let (mut whole, point) = (0, self.point as usize);
        for place in 0..point {
            whole = whole * 10 + u64::from(self.digits.get(place).copied().unwrap_or(0));
        }
        let half = self.digits.get(point).is_some_and(|&digit| digit >= 5);
        let exactly = self.digits.get(point) == Some(&5) && self.digits.len() == point + 1;
        whole + u64::from(half && !(exactly && whole % 2 == 0))
    }
}

fn read_exponent(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() {
        return None;
    }
    // More than any text has digits, so that it makes no difference how much more.
    let mut exponent = 0_i32;
    for byte in digits.bytes() {
        let digit = byte.is_ascii_digit().then(|| i32::from(byte - b'0'))?;
        exponent = exponent.saturating_mul(10).saturating_add(digit).min(1_000_000_000);
    }
    Some(if text.starts_with('-') { -exponent } else { exponent })
}

#[cfg(test)]
mod tests {
    use super::double;
    use proptest::prelude::*;

    fn check(text: &str) {
        let expected = text.parse::<f64>().ok().filter(|value| value.is_finite());
        assert_eq!(double(text).map(f64::to_bits), expected.map(f64::to_bits), "{text}");
    }

    #[test]
    fn edges() {
        for text in [
            "0", "-0", "+0.0", "1", "-1.5", ".5", "5.", "00012.5000", "1e22", "1e23", "9007199254740993", "9007199254740992.999", "1.7976931348623157e308",
            "1.7976931348623158e308", "1.7976931348623159e308", "1e308", "1e309", "1e999999999999", "1e-999999999999", "0e999999999999", "2.2250738585072014e-308",
            "2.2250738585072011e-308", "4.9406564584124654e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "2e-324", "1e-400", "123.456", "6.02214e23", "-84.32e7",
            "", "-", "+", ".", "e5", "1e", "1e+", "1e5.5", "1_000", " 1", "1 ", "0x10", "1.2.3", "--1", "1,5", "１",
        ] {
            check(text);
        }
        for text in ["inf", "-INF", "+Infinity", "nan", "NaN"] {
            assert_eq!(double(text).map(f64::to_bits), text.parse::<f64>().ok().map(f64::to_bits), "{text}");
        }
        assert_eq!(double("-nan"), None);
    }

    #[test]
    fn ties_that_only_a_distant_digit_breaks() {
        let tie = "9007199254740993";
        for zeros in [0, 10, 700, 900, 5_000] {
            let zeros = "0".repeat(zeros);
            check(&format!("{tie}.{zeros}"));
            check(&format!("{tie}.{zeros}1"));
            check(&format!("0.{zeros}1e{}", zeros.len()));
            check(&format!("1{zeros}e-{}", zeros.len()));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn reads_every_double_back(bits in any::<u64>()) {
            let value = f64::from_bits(bits);
            prop_assume!(value.is_finite());
            prop_assert_eq!(double(&value.to_string()).map(f64::to_bits), Some(bits));
            prop_assert_eq!(double(&format!("{value:e}")).map(f64::to_bits), Some(bits));
        }

        #[test]
        fn agrees_on_decimals(text in "[+-]?[0-9]{0,25}(\\.[0-9]{0,25})?([eE][+-]?[0-9]{1,3})?") {
            check(&text);
        }

        #[test]
        fn agrees_on_long_decimals(bits in any::<u64>(), last in 0_u8..10) {
            let value = f64::from_bits(bits >> 1);
            prop_assume!(value.is_finite());
            let digits = format!("{value:.60}");
            check(&format!("{digits}{last}"));
        }
    }
}
