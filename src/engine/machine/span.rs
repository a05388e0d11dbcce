//! Numbers between two: arithmetic and conversions on ranges.

use super::lift::Lifted;
use super::possible::{Kinds, Shape};
use crate::program::{Function, Value};

/// The least and the greatest of numbers of one kind; none where they are not that.
pub(super) fn ends(shape: Shape) -> Option<(Value, Value)> {
    match shape.kinds {
        Kinds::INT => Some((Value::Int(shape.ints.0), Value::Int(shape.ints.1))),
        Kinds::DOUBLE => Some((Value::Double(shape.doubles.0), Value::Double(shape.doubles.1))),
        _ => None,
    }
}

/// `+ - * / %`
pub(super) fn arithmetic(function: Function, left: Shape, right: Shape) -> Lifted {
    let sums = if function == Function::Add { Kinds::STRING.or(Kinds::BYTES).or(Kinds::LIST) } else { Kinds::NONE };
    let numbers = if function == Function::Modulo { Kinds::INT.or(Kinds::UINT) } else { Kinds::NUMBER };
    let both = left.kinds.and(right.kinds).and(sums.or(numbers));
    let mut fault = both != left.kinds || both != right.kinds || !both.single() || both.meets(Kinds::UINT);
    let mut shape = Shape::NONE;
    if both.meets(sums.or(Kinds::UINT)) {
        let weight = left.weight.saturating_add(right.weight).saturating_add(1);
        shape = Shape::all(both.and(sums.or(Kinds::UINT)), weight);
    }
    if both.meets(Kinds::INT) {
        let Lifted { shape: ints, fault: beyond, .. } = int_arithmetic(function, left.ints, right.ints);
        shape = shape.or(ints);
        fault |= beyond;
    }
    if both.meets(Kinds::DOUBLE) {
        shape = shape.or(double_arithmetic(function, left, right));
    }
    Lifted::new(shape, fault)
}

fn int_arithmetic(function: Function, (low, high): (i64, i64), (other_low, other_high): (i64, i64)) -> Lifted {
    let others = other_low..=other_high;
    let (mut least, mut greatest, mut fault) = (i128::MAX, i128::MIN, false);
    if function == Function::Modulo {
        // A remainder has the sign of what is divided, and is less than what it is divided by.
        let most = i128::from(other_low.unsigned_abs().max(other_high.unsigned_abs())) - 1;
        fault = others.contains(&0) || low == i64::MIN && others.contains(&-1);
        if most >= 0 {
            (least, greatest) = (i128::from(low).clamp(-most, 0), i128::from(high).clamp(0, most));
        }
    } else {
        // The result is greatest and least at the corners; that of a division, within divisors of one sign.
        for right in [other_low, other_high, -1, 0, 1] {
            for left in [low, high] {
                let (one, other) = (i128::from(left), i128::from(right));
                let result = match function {
                    _ if !others.contains(&right) => continue,
                    Function::Add => one + other,
                    Function::Subtract => one - other,
                    Function::Multiply => one * other,
                    _ if right == 0 => {
                        fault = true;
                        continue;
                    }
                    // Only the least integer divided by -1 is beyond the range.
                    _ => left.checked_div(right).map_or(-one, i128::from),
                };
                (least, greatest) = (least.min(result), greatest.max(result));
            }
        }
    }
    let (beyond, above) = (i128::from(i64::MIN), i128::from(i64::MAX));
    fault |= least < beyond || greatest > above || least > greatest;
    match (i64::try_from(least.max(beyond)), i64::try_from(greatest.min(above))) {
        (Ok(least), Ok(greatest)) => Lifted::new(Shape::ints(least, greatest), fault),
        _ => Lifted::new(Shape::NONE, true),
    }
}

/// Rounding keeps the order of results, so that the corners bound them; where infinities or a zero divisor meet, anything may come out.
fn double_arithmetic(function: Function, left: Shape, right: Shape) -> Shape {
    let (ends, others) = (left.doubles, right.doubles);
    let mut shape = Shape::doubles(f64::INFINITY, f64::NEG_INFINITY, left.nan || right.nan);
    let anything = function == Function::Divide && others.0 <= 0.0 && 0.0 <= others.1;
    for (one, other) in [(ends.0, others.0), (ends.0, others.1), (ends.1, others.0), (ends.1, others.1)] {
        let result = match function {
            Function::Add => one + other,
            Function::Subtract => one - other,
            Function::Multiply => one * other,
            _ => one / other,
        };
        if anything || one.is_infinite() || other.is_infinite() {
            return Shape::all(Kinds::DOUBLE, 1);
        }
        shape = shape.or(Shape::doubles(result, result, false));
    }
    shape
}

/// `-a`
pub(super) fn negate(value: Shape) -> Lifted {
    let kinds = value.kinds.and(Kinds::INT.or(Kinds::DOUBLE));
    let ((low, high), (least, greatest)) = (value.ints, value.doubles);
    let negated = Shape { ints: (high.saturating_neg(), low.saturating_neg()), doubles: (-greatest, -least), ..value };
    Lifted::new(negated.only(kinds), kinds != value.kinds || low == i64::MIN && kinds.meets(Kinds::INT))
}

/// `math.abs(a)`
pub(super) fn absolute(value: Shape) -> Lifted {
    let other = negate(value.only(Kinds::INT.or(Kinds::DOUBLE)));
    let negated = other.shape;
    let ints = (value.ints.0.max(negated.ints.0).max(0), value.ints.1.max(negated.ints.1));
    let doubles = (value.doubles.0.max(negated.doubles.0).max(0.0), value.doubles.1.max(negated.doubles.1));
    Lifted::new(Shape { ints, doubles, ..value }.only(value.kinds.and(Kinds::NUMBER)), other.fault)
}

/// `int(a)`
pub(super) fn to_int(value: Shape) -> Lifted {
    let mut shape = value.only(Kinds::INT);
    let mut fault = false;
    if value.kinds.meets(Kinds::DOUBLE) {
        let beyond = 9_223_372_036_854_775_808.0;
        let (low, high) = value.doubles;
        fault = value.nan || low <= -beyond || high >= beyond;
        // Casts saturate, and what lies wholly beyond the range has no value.
        if low <= high && high > -beyond && low < beyond {
            shape = shape.or(Shape::ints(low as i64, high as i64));
        }
    }
    if value.kinds.meets(Kinds::UINT.or(Kinds::STRING)) {
        (shape, fault) = (Shape::all(Kinds::INT, 1), true);
    }
    Lifted::new(shape, fault)
}

/// `double(a)`
pub(super) fn to_double(value: Shape) -> Lifted {
    let mut shape = value.only(Kinds::DOUBLE);
    if value.kinds.meets(Kinds::INT) {
        shape = shape.or(Shape::doubles(value.ints.0 as f64, value.ints.1 as f64, false));
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
        all = all.or(*arg);
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
