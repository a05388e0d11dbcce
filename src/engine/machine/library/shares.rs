//! Buckets and arms: texts shared out by their hash, the same everywhere and for ever.
//!
//! The hash is SHA-256, for it is defined to the bit, has published vectors, and stands in every language's library. An experiment's arms are compared by weighted rendezvous:
//! each arm draws a number of its own for a text, and the text goes to the arm whose number, for its weight, is the least. An arm that is added, taken away or given another
//! weight changes no other arm's number, so a text moves only to an arm that has gained or away from one that has lost.

use sha2::{Digest as _, Sha256};

use super::super::Fault;
use super::super::work::Work;
use crate::program::{Function, Value};

/// The greatest weight of an arm.
pub const MOST_SHARE: u32 = 1_000_000;

/// How many binary places a logarithm has.
const PLACES: u32 = 48;

/// `bucket(a, name)`
pub(super) fn in_bucket(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let [Value::String(text), Value::String(name)] = args else { return Err(Fault::NoOverload) };
    work.spend_bytes(text.len().saturating_mul(16))?;
    Ok(Value::Int(i64::from(bucket(name, text))))
}

/// The arm of an experiment by its index: a text; the experiment's name, and each arm's name and weight; how many arms there are.
pub(super) fn in_arm(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let [Value::String(text), Value::List(listed), Value::Int(_)] = args else { return Err(Fault::NoOverload) };
    let Some((Value::String(name), listed)) = listed.split_first() else { return Ok(Value::Int(0)) };
    work.spend_bytes(text.len().saturating_add(64).saturating_mul(listed.len()).saturating_mul(8))?;
    let arms = listed.chunks_exact(2).filter_map(|pair| match pair {
        [Value::String(arm), Value::Int(weight)] => Some((&**arm, u32::try_from(*weight).ok()?)),
        _ => None,
    });
    Ok(Value::Int(arm(name, arms, text).unwrap_or_default() as i64))
}

/// The bucket of a text, from 0 to 99: the first eight bytes of the SHA-256 of the name, a zero byte and the text, as a big-endian fraction of 2^64, times 100.
///
/// ```
/// assert_eq!(leadgate::engine::machine::bucket("exp1", "a@b.example"), 49);
/// ```
pub fn bucket(name: &str, text: &str) -> u8 {
    ((u128::from(draw(&[name, text])) * 100) >> 64) as u8
}

/// The arm of an experiment that a text goes to, by its index; none where no arm has a weight.
///
/// Each arm draws the first eight bytes of the SHA-256 of the experiment's name, a zero byte, the arm's name, a zero byte and the text, big-endian, its last bit set. The text goes to the
/// arm for which 64 less the number's binary logarithm, cut off after 48 places, divided by the arm's weight is least; of equal ones to the name that stands first in the order of bytes.
///
/// ```
/// let arms = [("control", 50), ("offer", 50)];
/// assert_eq!(leadgate::engine::machine::arm("exp1", arms, "a@b.example"), Some(1));
/// ```
pub fn arm<'a>(experiment: &str, arms: impl IntoIterator<Item = (&'a str, u32)>, text: &str) -> Option<usize> {
    let mut best: Option<(usize, u64, u32, &str)> = None;
    for (at, (arm, weight)) in arms.into_iter().enumerate() {
        if weight == 0 {
            continue;
        }
        let drawn = (64 << PLACES) - log2(draw(&[experiment, arm, text]) | 1);
        let wins = best.is_none_or(|(_, least, other, name)| {
            let (own, others) = (u128::from(drawn) * u128::from(other), u128::from(least) * u128::from(weight));
            (own, arm) < (others, name)
        });
        if wins {
            best = Some((at, drawn, weight, arm));
        }
    }
    best.map(|(at, ..)| at)
}

fn draw(parts: &[&str]) -> u64 {
    let mut hash = Sha256::new();
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            hash.update([0]);
        }
        hash.update(part.as_bytes());
    }
    hash.finalize().iter().take(8).fold(0, |number, &byte| number << 8 | u64::from(byte))
}

/// The binary logarithm of a number that is not zero, in units of 2^−48, cut off: digit by digit, each by squaring.
fn log2(number: u64) -> u64 {
    let zeros = number.leading_zeros();
    let mut log = u64::from(63 - zeros);
    // From 1 up to 2, in units of 2^−63.
    let mut rest = number << zeros;
    for _ in 0..PLACES {
        let square = (u128::from(rest) * u128::from(rest)) >> 63;
        let digit = square >> 64 != 0;
        rest = (square >> u32::from(digit)) as u64;
        log = log << 1 | u64::from(digit);
    }
    log
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_those_of_the_standard_library() {
        for number in [1, 2, 3, 5, 1 << 40, (1 << 40) + 1, u64::MAX - 1, u64::MAX, 0x9E37_79B9_7F4A_7C15] {
            let expected = (number as f64).log2() * 2f64.powi(48);
            assert!((log2(number) as f64 - expected).abs() <= 64.0, "{number}: {} {expected}", log2(number));
        }
        assert!(log2(u64::MAX) < 64 << PLACES);
    }

    #[test]
    fn an_arm_without_weight_gets_nothing() {
        assert_eq!(arm("e", [("a", 0), ("b", 0)], "x"), None);
        assert!((0..100).all(|at| arm("e", [("a", 0), ("b", 7)], &format!("{at}")) == Some(1)));
    }
}
