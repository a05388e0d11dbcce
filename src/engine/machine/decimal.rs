//! Decimal text to the nearest double, by whole numbers of any length.
//!
//! The standard library's conversion is faster and brings tables of 10 KB into the page build, which reads a number from text once in a lead at most.

/// Digits that are kept; what lies beyond them only breaks ties. No double needs more than 767 to tell it from its neighbours' middle.
const DIGITS: i32 = 800;
/// Bits of a double's mantissa.
const BITS: i32 = 53;
/// The exponent of the least double that has them all.
const LEAST: i32 = -1022;

/// The double nearest to a number in text, of two equally near the even one: an optional sign, digits with at most one point, an optional exponent; or
/// `inf`, `infinity` with an optional sign, or `nan`, in any case. None for another text, and for a number beyond the range.
pub(super) fn double(text: &str) -> Option<f64> {
    let (negative, number) = match text.as_bytes() {
        [b'-', number @ ..] => (true, number),
        [b'+', number @ ..] => (false, number),
        number => (false, number),
    };
    let value = if number.eq_ignore_ascii_case(b"inf") || number.eq_ignore_ascii_case(b"infinity") {
        f64::INFINITY
    } else if text.eq_ignore_ascii_case("nan") {
        f64::NAN
    } else {
        nearest(number)?
    };
    Some(if negative { -value } else { value })
}

/// The double nearest to digits with at most one point and an optional exponent.
fn nearest(number: &[u8]) -> Option<f64> {
    let mut whole = Whole(Vec::new());
    // Digits that count; places that the point stands to the left of the last of them.
    let (mut digits, mut places) = (0, 0);
    let (mut point, mut any) = (false, false);
    let mut bytes = number.iter();
    while let Some(&byte) = bytes.next() {
        match byte {
            b'0'..=b'9' => {
                any = true;
                places += i32::from(point);
                if digits < DIGITS {
                    digits += i32::from(digits > 0 || byte > b'0');
                    whole.scale(10, u32::from(byte - b'0'));
                } else {
                    // Beyond the last that is kept, a digit that is not zero leaves its trace in it.
                    places -= 1;
                    if byte > b'0' && let Some(last) = whole.0.first_mut() {
                        *last |= 1;
                    }
                }
            }
            b'.' if !point => point = true,
            b'e' | b'E' => {
                places = places.saturating_sub(exponent(bytes.as_slice())?);
                break;
            }
            _ => return None,
        }
    }
    if !any {
        return None;
    }
    // Beyond these every number is out of range, or nearer to zero than to any other double.
    let magnitude = digits.saturating_sub(places);
    if digits == 0 || magnitude < -330 {
        return Some(0.0);
    }
    if magnitude > 310 {
        return None;
    }
    let mut divisor = Whole(vec![1]);
    for _ in 0..places.abs() {
        if places > 0 { divisor.scale(10, 0) } else { whole.scale(10, 0) }
    }
    whole.ratio(divisor)
}

fn exponent(text: &[u8]) -> Option<i32> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    if digits.is_empty() {
        return None;
    }
    // More than any text has digits, so that it makes no difference how much more.
    let mut exponent = 0_i32;
    for byte in digits {
        let digit = byte.is_ascii_digit().then(|| i32::from(byte - b'0'))?;
        exponent = exponent.saturating_mul(10).saturating_add(digit).min(1_000_000_000);
    }
    Some(if negative { -exponent } else { exponent })
}

/// A whole number of any length, its least part first and its last part not zero.
struct Whole(Vec<u32>);

impl Whole {
    /// Times a factor, and a summand added.
    fn scale(&mut self, factor: u32, summand: u32) {
        let mut carry = u64::from(summand);
        for part in &mut self.0 {
            carry += u64::from(*part) * u64::from(factor);
            *part = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    fn reaches(&self, other: &Self) -> bool {
        self.0.len() > other.0.len() || self.0.len() == other.0.len() && self.0.iter().rev().ge(other.0.iter().rev())
    }

    /// Takes off another number that it reaches.
    fn take(&mut self, other: &Self) {
        let mut borrow = 0;
        for (at, part) in self.0.iter_mut().enumerate() {
            let less = i64::from(*part) - i64::from(other.0.get(at).copied().unwrap_or(0)) + borrow;
            *part = less as u32;
            borrow = less >> 32;
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    /// The double nearest to this number, which is not zero, divided by another; none beyond the range.
    fn ratio(mut self, mut divisor: Self) -> Option<f64> {
        let mut exponent = 0;
        while !self.reaches(&divisor) {
            self.scale(2, 0);
            exponent -= 1;
        }
        // Now at least 1; halved until it is less than 2.
        loop {
            divisor.scale(2, 0);
            if !self.reaches(&divisor) {
                break;
            }
            exponent += 1;
        }
        self.scale(2, 0);
        // Numbers below the normal ones have fewer bits.
        let bits = BITS - (LEAST - exponent).max(0);
        if bits < 0 {
            return Some(0.0);
        }
        let mut mantissa = 0_u64;
        for _ in 0..bits {
            mantissa <<= 1;
            if self.reaches(&divisor) {
                self.take(&divisor);
                mantissa |= 1;
            }
            self.scale(2, 0);
        }
        let exactly = divisor.reaches(&self);
        if self.reaches(&divisor) && !(exactly && mantissa.is_multiple_of(2)) {
            mantissa += 1;
        }
        // The mantissa's first bit, where it is there, adds one to the exponent; so does a mantissa that was rounded up to the next power of two.
        let exponent = u64::try_from(exponent.max(LEAST) - LEAST).ok().filter(|&exponent| exponent < 2047)?;
        Some(f64::from_bits((exponent << (BITS - 1)) + mantissa)).filter(|value| value.is_finite())
    }
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
