//! Hit policies that need more of a table than its first row that holds.

use super::LoadErrorKind as Kind;
use super::codec::{choice, record};
use super::validate::Check;
use super::{Domain, Table, Value, VariableId};

/// What becomes of the rows of a table that hold, where that is not that the first one gives the outputs.
///
/// A row that faults faults the table, whatever the others are.
#[derive(Debug, Clone, PartialEq)]
pub struct Hits {
    /// The table, by index.
    pub table: u16,
    /// Its last row is a default: it counts only where no other row holds.
    pub default: bool,
    /// What becomes of them.
    pub policy: HitPolicy,
}

/// A hit policy.
#[derive(Debug, Clone, PartialEq)]
pub enum HitPolicy {
    /// One row at most holds; where two do, the table faults.
    Unique,
    /// All rows that hold give the same; where two do not, the table faults.
    Any,
    /// A list of what the rows that hold give, in the order of the rows: for each output its values, which the rows point to.
    Lists(Vec<Vec<Value>>),
    /// One number out of those of the rows that hold.
    Number(Aggregate, Numbers),
}

/// How numbers become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregate {
    /// Their sum; of none, 0.
    Sum,
    /// The least; of none, a fault.
    Min,
    /// The greatest; of none, a fault.
    Max,
}

/// Numbers that rows point to.
///
/// They are decimal fractions, counted in units of the last place, so that sums are exact: what the output is, is the double nearest to it, or the integer itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// How many decimal places they have, at most [`MOST_PLACES`]; none where they are integers.
    pub places: Option<u8>,
    /// The numbers, in units of the last place.
    pub units: Vec<i64>,
}

record! {
    Hits { table, default, policy }
    Numbers { places, units }
}

choice! {
    HitPolicy { 0 => Unique, 1 => Any, 2 => Lists(values), 3 => Number(aggregate, numbers) }
    Aggregate { 0 => Sum, 1 => Min, 2 => Max }
}

/// How many decimal places numbers have at most: up to here a power of ten is a double.
pub const MOST_PLACES: u8 = 22;
/// Sums of units stay within this: up to here an integer is a double.
pub const MOST_UNITS: i64 = (1 << 53) - 1;

impl Numbers {
    /// A number of units as a value.
    pub fn value(&self, units: i64) -> Value {
        match self.places {
            None => Value::Int(units),
            // A quotient of two doubles is the double nearest to it.
            Some(places) => Value::Double(units as f64 / (0..places).fold(1.0, |power, _| power * 10.0)),
        }
    }

    /// The number that a row gives, in units.
    pub fn of(&self, then: &[u16]) -> i64 {
        then.first().and_then(|&at| self.units.get(usize::from(at))).copied().unwrap_or_default()
    }
}

/// Whether a table has several rows that count, or is checked when it runs.
pub(super) fn has(hits: &[Hits], table: usize) -> bool {
    hits.iter().any(|hits| usize::from(hits.table) == table)
}

/// Rows give what their table's policy can use, and no sum of theirs overflows.
pub(super) fn check(check: &mut Check) {
    let program = check.program;
    check.ensure(program.life.hits.is_sorted_by(|a, b| a.table < b.table), Kind::Shape);
    for hits in &program.life.hits {
        let Some(table) = program.tables.get(usize::from(hits.table)) else {
            check.ensure(false, Kind::Index);
            continue;
        };
        check.ensure(!hits.default || !table.rows.is_empty(), Kind::Shape);
        let counts: Vec<usize> = match &hits.policy {
            HitPolicy::Unique | HitPolicy::Any => table.outputs.iter().map(|&output| check.finite(output)).collect(),
            HitPolicy::Lists(values) => {
                check.ensure(values.len() == table.outputs.len() && values.iter().flatten().all(is_plain), Kind::Shape);
                check.ensure(of_domain(check, table, |domain| *domain == Domain::Any), Kind::Shape);
                values.iter().map(Vec::len).collect()
            }
            HitPolicy::Number(aggregate, numbers) => {
                check.ensure(table.outputs.len() == 1 && numbers.places.is_none_or(|places| places <= MOST_PLACES), Kind::Shape);
                let whole = numbers.places.is_none();
                check.ensure(of_domain(check, table, |domain| matches!((domain, whole), (Domain::Int(..), true) | (Domain::Double(..), false))), Kind::Shape);
                let fits = |units: &i64| units.unsigned_abs() <= MOST_UNITS.unsigned_abs();
                check.ensure(numbers.units.iter().all(fits), Kind::Shape);
                let sum = || table.rows.iter().try_fold(0i64, |sum, row| sum.checked_add(numbers.of(&row.then).checked_abs()?).filter(fits));
                check.ensure(*aggregate != Aggregate::Sum || sum().is_some(), Kind::Shape);
                vec![numbers.units.len()]
            }
        };
        check.rows(&table.rows, &counts);
    }
}

fn of_domain(check: &Check, table: &Table, is: impl Fn(&Domain) -> bool) -> bool {
    let domain = |output: &VariableId| check.program.variables.get(usize::from(*output)).map(|variable| &variable.domain);
    table.outputs.iter().all(|output| domain(output).is_some_and(&is))
}

fn is_plain(value: &Value) -> bool {
    match value {
        Value::Double(value) => value.is_finite(),
        value => matches!(value, Value::Bool(_) | Value::Int(_) | Value::String(_)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_decimals_are_exact() {
        let numbers = |places| Numbers { places, units: Vec::new() };
        assert_eq!(numbers(Some(1)).value(3), Value::Double(0.3));
        assert_eq!(numbers(Some(22)).value(1), Value::Double(1e-22));
        assert_eq!(numbers(None).value(-7), Value::Int(-7));
    }
}
