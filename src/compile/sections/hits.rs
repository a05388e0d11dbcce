//! Hit policies of tables: what comes of the values that rows give.

use super::super::Builder;
use crate::document::hit::Hit;
use crate::document::{FieldType, TableDef};
use crate::program::{Aggregate, Domain, HitPolicy, Hits, MOST_PLACES, MOST_UNITS, Numbers, Row, Value};
use crate::report::Diagnostic;

impl Builder<'_> {
    /// The domains of a table's outputs, out of the values that its rows point to. Where the outputs are lists or a number, the program gets the hit policy, and the rows point into it.
    pub fn domains_of_hit(&mut self, at: usize, table: &TableDef, rows: &mut [Row], values: Vec<Vec<Value>>) -> Vec<Domain> {
        let mut put = |policy| self.program.life.hits.push(Hits { table: at as u16, default: table.default.is_some(), policy });
        let aggregate = match table.hit {
            Hit::Collect | Hit::RuleOrder | Hit::OutputOrder => {
                let domains = values.iter().map(|_| Domain::Any).collect();
                put(HitPolicy::Lists(values));
                return domains;
            }
            Hit::Count => {
                rows.iter_mut().for_each(|row| row.then = vec![0]);
                put(HitPolicy::Number(Aggregate::Sum, Numbers { places: None, units: vec![1] }));
                return vec![Domain::Int(0, rows.len() as i64)];
            }
            Hit::Sum => Aggregate::Sum,
            Hit::Min => Aggregate::Min,
            Hit::Max => Aggregate::Max,
            Hit::First | Hit::Unique | Hit::Any | Hit::Priority => return values.into_iter().map(Domain::Finite).collect(),
        };
        let whole = table.outputs.first().is_some_and(|output| output.ty == FieldType::Int);
        let written: Vec<String> = values.iter().flatten().map(digits).collect();
        let places = written.iter().map(|digits| digits.split_once('.').map_or(0, |(_, fraction)| fraction.len())).max().unwrap_or(0);
        let units: Option<Vec<i64>> = written.iter().map(|digits| in_units(digits, places)).collect();
        let of = |units: &[i64], row: &Row| row.then.first().and_then(|&at| units.get(usize::from(at))).copied().unwrap_or_default();
        let bounds = units.as_ref().and_then(|units| bounds(aggregate, &rows.iter().map(|row| of(units, row)).collect::<Vec<_>>()));
        let (Some(units), Some((low, high)), true) = (units, bounds, places <= usize::from(MOST_PLACES)) else {
            let message = format!("the numbers of the table `{}` are too large, or have too many decimal places, for `{}` to be exact", table.id.value, table.hit.word());
            let help = format!("counted in units of the last decimal place they may come to {MOST_UNITS} together");
            self.error(Diagnostic::error("inexact-numbers", table.id.span, message).help(help));
            return vec![Domain::Any];
        };
        let numbers = Numbers { places: (!whole).then_some(places as u8), units };
        let domain = match (numbers.value(low), numbers.value(high)) {
            (Value::Double(low), Value::Double(high)) => Domain::Double(low, high),
            _ => Domain::Int(low, high),
        };
        put(HitPolicy::Number(aggregate, numbers));
        vec![domain]
    }
}

/// A number's decimal digits, as few as tell it from any other double.
fn digits(value: &Value) -> String {
    match value {
        Value::Int(value) => value.to_string(),
        Value::Double(value) => value.to_string(),
        _ => String::new(),
    }
}

/// A decimal number in units of its last place; none where there are too many.
fn in_units(digits: &str, places: usize) -> Option<i64> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let units: i64 = format!("{whole}{fraction:0<places$}").parse().ok()?;
    (units.unsigned_abs() <= MOST_UNITS.unsigned_abs()).then_some(units)
}

/// What an aggregate of some of these lies between; none where a sum of them may be too large. The default is among them.
fn bounds(aggregate: Aggregate, units: &[i64]) -> Option<(i64, i64)> {
    let least = units.iter().copied().min().unwrap_or(0);
    let greatest = units.iter().copied().max().unwrap_or(0);
    if aggregate != Aggregate::Sum {
        return Some((least, greatest));
    }
    let sum = |of: &dyn Fn(i64) -> i64| units.iter().try_fold(0i64, |sum, &units| sum.checked_add(of(units)).filter(|sum| *sum <= MOST_UNITS));
    sum(&|units| units.abs())?;
    Some((-sum(&|units| (-units).max(0))?, sum(&|units| units.max(0))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_units() {
        let digits: Vec<String> = [0.05, -1.5, 3.0, 1e-7].map(|value| digits(&Value::Double(value))).to_vec();
        assert_eq!(digits, ["0.05", "-1.5", "3", "0.0000001"]);
        assert_eq!(digits.iter().map(|digits| in_units(digits, 7)).collect::<Vec<_>>(), [Some(500_000), Some(-15_000_000), Some(30_000_000), Some(1)]);
        assert_eq!(in_units("9007199254740991", 0), Some(MOST_UNITS));
        assert_eq!(in_units("9007199254740992", 0), None);
    }

    #[test]
    fn sums_have_bounds() {
        assert_eq!(bounds(Aggregate::Sum, &[5, -3, 2]), Some((-3, 7)));
        assert_eq!(bounds(Aggregate::Max, &[5, -3, 2]), Some((-3, 5)));
        assert_eq!(bounds(Aggregate::Sum, &[MOST_UNITS, 1]), None);
    }
}
