//! Numbers between two: arithmetic and conversions on ranges.

use std::cmp::Ordering;

use super::compare::numbers;
use super::lift::Lifted;
use super::possible::{Kinds, Shape};
use super::{Fault, number};
use crate::program::{Function, Value};

/// The least and the greatest of numbers of one kind; none where they are not that.
pub(super) fn ends(shape: &Shape) -> Option<[Value; 2]> {
    match shape.kinds {
        Kinds::INT => Some([Value::Int(shape.ints.0), Value::Int(shape.ints.1)]),
        Kinds::DOUBLE => Some([Value::Double(shape.doubles.0), Value::Double(shape.doubles.1)]),
        _ => None,
    }
}

/// `+ - * / %`
pub(super) fn arithmetic(function: Function, left: &Shape, right: &Shape) -> Lifted {
    let sums = if function == Function::Add { Kinds::STRING.or(Kinds::BYTES).or(Kinds::LIST) } else { Kinds::NONE };
    let numbers = if function == Function::Modulo { Kinds::INT.or(Kinds::UINT) } else { Kinds::NUMBER };
    let both = left.kinds.and(right.kinds).and(sums.or(numbers));
    let weight = left.weight.saturating_add(right.weight).saturating_add(1);
    let fault = both != left.kinds || both != right.kinds || !both.single() || both.meets(Kinds::UINT);
    let mut lifted = Lifted::new(Shape::NONE, fault);
    if both.meets(sums.or(Kinds::UINT)) {
        lifted.shape = Shape::all(both.and(sums.or(Kinds::UINT)), weight);
    }
    for kind in [Kinds::INT, Kinds::DOUBLE] {
        if both.meets(kind) {
            let (left, right) = (left.only(kind), right.only(kind));
            let Lifted { shape, fault, .. } = if function == Function::Modulo { remainder(left.ints, right.ints) } else { between(function, &left, &right) };
            lifted.shape.add(&shape);
            lifted.fault |= fault;
        }
    }
    lifted
}

/// A remainder has the sign of what is divided, and is less than what it is divided by.
fn remainder((low, high): (i64, i64), (least, greatest): (i64, i64)) -> Lifted {
    let divisors = least..=greatest;
    let fault = divisors.contains(&0) || low == i64::MIN && divisors.contains(&-1);
    match least.unsigned_abs().max(greatest.unsigned_abs()).checked_sub(1) {
        Some(most) => Lifted::new(Shape::ints(low.clamp(-(most as i64), 0), high.clamp(0, most as i64)), fault),
        None => Lifted::new(Shape::NONE, true),
    }
}

/// The results at the ends of two ranges of one kind bound those in between; those of a division do within divisors of one sign. Rounding keeps their
/// order. Where infinities meet, or doubles are divided by what may be zero, anything may come out.
fn between(function: Function, left: &Shape, right: &Shape) -> Lifted {
    let (Some(lefts), Some([low, high])) = (ends(left), ends(right)) else { return Lifted::new(Shape::NONE, true) };
    let by_zero = function == Function::Divide && right.doubles.0 <= 0.0 && 0.0 <= right.doubles.1;
    let infinite = [left.doubles, right.doubles].iter().any(|(low, high)| low.is_infinite() || high.is_infinite());
    if left.kinds == Kinds::DOUBLE && (by_zero || infinite) {
        return Lifted::new(Shape::all(Kinds::DOUBLE, 1), false);
    }
    let mut rights = vec![low, high];
    for inner in -1..=1 {
        if right.ints.0 <= inner && inner <= right.ints.1 {
            rights.push(Value::Int(inner));
        }
    }
    let mut lifted = Lifted::new(Shape { kinds: left.kinds, weight: 1, nan: left.nan || right.nan, ..Shape::NONE }, false);
    let mut any = false;
    for right in &rights {
        for left in &lefts {
            match number::arithmetic(function, left, right) {
                Ok(value) => {
                    any = true;
                    lifted.shape.add(&Shape::of(&[value]));
                }
                Err(fault) => {
                    lifted.fault = true;
                    if fault == Fault::Overflow {
                        let end = if is_below(function, left, right) { i64::MIN } else { i64::MAX };
                        lifted.shape.add(&Shape::ints(end, end));
                    }
                }
            }
        }
    }
    // What lies wholly beyond the range has no value.
    if !any && lifted.shape.ints.0 >= lifted.shape.ints.1 {
        lifted.shape = Shape::NONE;
    }
    lifted
}

/// On which side of the integers a result lies that is none of them.
fn is_below(function: Function, left: &Value, right: &Value) -> bool {
    let negative = |value: &Value| numbers(value, &Value::Int(0)) == Some(Ordering::Less);
    match function {
        Function::Add | Function::Subtract => negative(left),
        _ => negative(left) != negative(right),
    }
}

/// `-a`
pub(super) fn negate(value: &Shape) -> Lifted {
    let kinds = value.kinds.and(Kinds::INT.or(Kinds::DOUBLE));
    let ((low, high), (least, greatest)) = (value.ints, value.doubles);
    let negated = Shape { ints: (high.saturating_neg(), low.saturating_neg()), doubles: (-greatest, -least), ..*value };
    Lifted::new(negated.only(kinds), kinds != value.kinds || low == i64::MIN && kinds.meets(Kinds::INT))
}

/// `math.abs(a)`
pub(super) fn absolute(value: &Shape) -> Lifted {
    let Lifted { shape: negated, fault, .. } = negate(&value.only(Kinds::INT.or(Kinds::DOUBLE)));
    let ints = (value.ints.0.max(negated.ints.0).max(0), value.ints.1.max(negated.ints.1));
    let doubles = (value.doubles.0.max(negated.doubles.0).max(0.0), value.doubles.1.max(negated.doubles.1));
    Lifted::new(Shape { ints, doubles, ..*value }.only(Kinds::NUMBER), fault)
}

/// `int(a)`
pub(super) fn to_int(value: &Shape) -> Lifted {
    let mut lifted = Lifted::new(value.only(Kinds::INT), false);
    if value.kinds.meets(Kinds::DOUBLE) {
        let beyond = 9_223_372_036_854_775_808.0;
        let (low, high) = value.doubles;
        lifted.fault = value.nan || low <= -beyond || high >= beyond;
        // Casts saturate, and what lies wholly beyond the range has no value.
        if low <= high && high > -beyond && low < beyond {
            lifted.shape.add(&Shape::ints(low as i64, high as i64));
        }
    }
    if value.kinds.meets(Kinds::UINT.or(Kinds::STRING)) {
        return Lifted::new(Shape::all(Kinds::INT, 1), true);
    }
    lifted
}

/// `double(a)`
pub(super) fn to_double(value: &Shape) -> Lifted {
    let mut shape = value.only(Kinds::DOUBLE);
    if value.kinds.meets(Kinds::INT) {
        shape.add(&Shape::doubles(value.ints.0 as f64, value.ints.1 as f64, false));
    }
    if value.kinds.meets(Kinds::UINT.or(Kinds::STRING)) {
        shape = Shape::all(Kinds::DOUBLE, 1);
    }
    Lifted::new(shape, value.kinds.meets(Kinds::STRING))
}

/// `math.greatest(…)`, `math.least(…)`
pub(super) fn extreme(function: Function, args: &[Shape]) -> Lifted {
    let mut all = Shape::NONE;
    for arg in args {
        all.add(arg);
    }
    if all.kinds != Kinds::INT && all.kinds != Kinds::DOUBLE {
        // One argument may be the list of them.
        let numbers = if all.kinds.meets(Kinds::LIST) { Kinds::NUMBER } else { all.kinds.and(Kinds::NUMBER) };
        return Lifted::new(Shape::all(numbers, 1), true);
    }
    let mut shape = Shape { nan: false, ..all };
    for arg in args {
        // A NaN faults; the rest narrows the range from one side.
        if function == Function::Greatest {
            shape.ints.0 = shape.ints.0.max(arg.ints.0);
            shape.doubles.0 = shape.doubles.0.max(arg.doubles.0);
        } else {
            shape.ints.1 = shape.ints.1.min(arg.ints.1);
            shape.doubles.1 = shape.doubles.1.min(arg.doubles.1);
        }
    }
    Lifted::new(shape, all.nan)
}
