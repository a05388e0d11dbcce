//! Arithmetic and conversions on intervals.

use super::possible::{Kinds, Possible, Span, Values};
use crate::program::Function;

fn faulting(values: Values) -> Possible {
    Possible { fault: true, ..Possible::of(values) }
}

/// Integers between two that may lie beyond the range, where they fault.
fn integers(low: i128, high: i128, fault: bool) -> Possible {
    let (least, greatest) = (i128::from(i64::MIN), i128::from(i64::MAX));
    let values = match (i64::try_from(low.max(least)), i64::try_from(high.min(greatest))) {
        (Ok(low), Ok(high)) => Values::ints(low, high),
        _ => Values::NONE,
    };
    Possible { fault: fault || low < least || high > greatest, ..Possible::of(values) }
}

/// `+ - * / %` on two spans of one kind; none where they are not that.
pub(super) fn arithmetic(function: Function, left: &Values, right: &Values) -> Option<Possible> {
    match (Span::of(left)?, Span::of(right)?) {
        (Span::Int(low, high), Span::Int(other_low, other_high)) => {
            Some(int_arithmetic(function, (low.into(), high.into()), (other_low.into(), other_high.into())))
        }
        (Span::Double(low, high, nan), Span::Double(other_low, other_high, other_nan)) => {
            Some(double_arithmetic(function, (low, high), (other_low, other_high), nan || other_nan))
        }
        _ => Some(faulting(Values::NONE)),
    }
}

fn int_arithmetic(function: Function, (low, high): (i128, i128), (other_low, other_high): (i128, i128)) -> Possible {
    let zero = other_low <= 0 && 0 <= other_high;
    match function {
        Function::Add => integers(low + other_low, high + other_high, false),
        Function::Subtract => integers(low - other_high, high - other_low, false),
        Function::Multiply => {
            let corners = [low * other_low, low * other_high, high * other_low, high * other_high];
            corners.into_iter().map(|corner| (corner, corner)).reduce(wider).map_or(faulting(Values::NONE), |(low, high)| integers(low, high, false))
        }
        Function::Divide => {
            // Within divisors of one sign the quotient is greatest and least at the corners.
            let quotients = [(other_low, other_high.min(-1)), (other_low.max(1), other_high)].into_iter().filter(|(least, greatest)| least <= greatest);
            let corners = quotients.flat_map(|(least, greatest)| [low / least, low / greatest, high / least, high / greatest]);
            let range = corners.map(|corner| (corner, corner)).reduce(wider);
            range.map_or(faulting(Values::NONE), |(low, high)| integers(low, high, zero))
        }
        Function::Modulo => {
            let most = other_low.abs().max(other_high.abs()) - 1;
            if most < 0 {
                return faulting(Values::NONE);
            }
            let overflow = low == i128::from(i64::MIN) && other_low <= -1 && -1 <= other_high;
            integers(low.clamp(-most, 0), high.clamp(0, most), zero || overflow)
        }
        _ => faulting(Values::NONE),
    }
}

fn wider<T: PartialOrd>((low, high): (T, T), (other_low, other_high): (T, T)) -> (T, T) {
    (if other_low < low { other_low } else { low }, if other_high > high { other_high } else { high })
}

/// Rounding keeps the order of results, so that the corners bound them; where infinities or a zero divisor meet, anything may come out.
fn double_arithmetic(function: Function, (low, high): (f64, f64), (other_low, other_high): (f64, f64), nan: bool) -> Possible {
    let infinite = [low, high, other_low, other_high].into_iter().any(f64::is_infinite);
    let zero = other_low <= 0.0 && 0.0 <= other_high;
    let corners = match function {
        Function::Add => vec![low + other_low, high + other_high],
        Function::Subtract => vec![low - other_high, high - other_low],
        Function::Multiply => vec![low * other_low, low * other_high, high * other_low, high * other_high],
        Function::Divide => vec![low / other_low, low / other_high, high / other_low, high / other_high],
        _ => return faulting(Values::NONE),
    };
    if infinite || function == Function::Divide && zero {
        return Possible::of(Values::Doubles { low: f64::NEG_INFINITY, high: f64::INFINITY, nan: true });
    }
    let range = corners.into_iter().map(|corner| (corner, corner)).reduce(wider);
    Possible::of(range.map_or(Values::NONE, |(low, high)| Values::Doubles { low, high, nan }))
}

/// `-a`, `math.abs(a)`
pub(super) fn unary(function: Function, value: &Values) -> Possible {
    let negate = function == Function::Negate;
    match Span::of(value) {
        Some(Span::Int(low, high)) => {
            let (low, high) = (i128::from(low), i128::from(high));
            let (low, high) = if negate { (-high, -low) } else { absolute(low, high, 0) };
            integers(low, high, false)
        }
        Some(Span::Double(low, high, nan)) => {
            let (low, high) = if negate { (-high, -low) } else { absolute(low, high, 0.0) };
            Possible::of(Values::Doubles { low, high, nan })
        }
        None => {
            let taken = if negate { Kinds::INT.or(Kinds::DOUBLE) } else { Kinds::NUMBER };
            let kinds = value.kinds().and(taken);
            faulting(if kinds == Kinds::NONE { Values::NONE } else { Values::Of(kinds, 1) })
        }
    }
}

fn absolute<T: PartialOrd + std::ops::Neg<Output = T> + Copy>(low: T, high: T, zero: T) -> (T, T) {
    if low >= zero {
        (low, high)
    } else if high <= zero {
        (-high, -low)
    } else {
        (zero, if -low > high { -low } else { high })
    }
}

/// `int(a)`
pub(super) fn to_int(value: &Values) -> Possible {
    match Span::of(value) {
        Some(Span::Int(low, high)) => Possible::of(Values::ints(low, high)),
        Some(Span::Double(low, high, nan)) => {
            let beyond = 9_223_372_036_854_775_808.0;
            let fault = nan || low <= -beyond || high >= beyond;
            // Casts saturate, and what lies wholly beyond the range has no value.
            let values = if high <= -beyond || low >= beyond { Values::NONE } else { Values::ints(low as i64, high as i64) };
            Possible { fault, ..Possible::of(values) }
        }
        None => {
            let taken = Kinds::NUMBER.or(Kinds::STRING);
            faulting(if value.kinds().meets(taken) { Values::Ints(i64::MIN, i64::MAX) } else { Values::NONE })
        }
    }
}

/// `double(a)`
pub(super) fn to_double(value: &Values) -> Possible {
    match Span::of(value) {
        Some(Span::Int(low, high)) => Possible::of(Values::doubles(low as f64, high as f64)),
        Some(span @ Span::Double(..)) => Possible::of(span.values()),
        None => {
            let taken = Kinds::NUMBER.or(Kinds::STRING);
            let all = Values::Doubles { low: f64::NEG_INFINITY, high: f64::INFINITY, nan: true };
            faulting(if value.kinds().meets(taken) { all } else { Values::NONE })
        }
    }
}

/// `math.greatest(…)`, `math.least(…)`
pub(super) fn extreme(function: Function, args: &[Values]) -> Possible {
    let spans: Option<Vec<Span>> = args.iter().map(Span::of).collect();
    let pick = |left: f64, right: f64| if (function == Function::Greatest) == (left < right) { right } else { left };
    let mut result: Option<Span> = None;
    for span in spans.unwrap_or_default() {
        result = Some(match (result, span) {
            (None, span) => span,
            (Some(Span::Int(low, high)), Span::Int(other_low, other_high)) => match function {
                Function::Greatest => Span::Int(low.max(other_low), high.max(other_high)),
                _ => Span::Int(low.min(other_low), high.min(other_high)),
            },
            (Some(Span::Double(low, high, nan)), Span::Double(other_low, other_high, other_nan)) => {
                Span::Double(pick(low, other_low), pick(high, other_high), nan || other_nan)
            }
            _ => return mixed(args),
        });
    }
    match result {
        Some(Span::Double(low, high, nan)) => Possible { fault: nan, ..Possible::of(Values::doubles(low, high)) },
        Some(span) => Possible::of(span.values()),
        None => mixed(args),
    }
}

fn mixed(args: &[Values]) -> Possible {
    let kinds = args.iter().fold(Kinds::NONE, |kinds, arg| kinds.or(arg.kinds()));
    // One argument may be the list of them.
    let numbers = if kinds.meets(Kinds::LIST) { Kinds::NUMBER } else { kinds.and(Kinds::NUMBER) };
    faulting(if numbers == Kinds::NONE { Values::NONE } else { Values::Of(numbers, 1) })
}
