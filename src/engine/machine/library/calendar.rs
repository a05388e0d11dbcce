//! What a timestamp or duration is made of.

use super::super::Fault;
use super::super::work::Work;
use super::zone;
use crate::program::{Function, Value};
use crate::time::date::{date_of, unchecked_days_of, weekday};

/// `a.getFullYear()` and its kin.
pub(super) fn field(function: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    if let [_, Value::String(_)] = args {
        // The zone is looked up and made ready.
        work.spend(100)?;
    }
    let (at, offset) = match args {
        [Value::Duration(nanos)] => return of_duration(function, *nanos).map(Value::Int),
        [Value::Timestamp(at)] => (at, 0),
        [Value::Timestamp(at), zone] => (at, zone::offset(zone, at.seconds())?),
        _ => return Err(Fault::NoOverload),
    };
    let seconds = at.seconds() + offset;
    let days = seconds.div_euclid(86_400);
    let (year, month, day) = date_of(days);
    Ok(Value::Int(match function {
        Function::FullYear => year,
        Function::Month => month - 1,
        Function::Date => day,
        Function::DayOfMonth => day - 1,
        Function::DayOfWeek => weekday(days),
        Function::DayOfYear => days - unchecked_days_of(year, 1, 1),
        Function::Hours => seconds.rem_euclid(86_400) / 3600,
        Function::Minutes => seconds.rem_euclid(3600) / 60,
        Function::Seconds => seconds.rem_euclid(60),
        Function::Milliseconds => i64::from(at.nanos() / 1_000_000),
        _ => return Err(Fault::NoOverload),
    }))
}

/// All of its hours, minutes or seconds; of its milliseconds those beyond the second.
fn of_duration(function: Function, nanos: i64) -> Result<i64, Fault> {
    Ok(match function {
        Function::Hours => nanos / 3_600_000_000_000,
        Function::Minutes => nanos / 60_000_000_000,
        Function::Seconds => nanos / 1_000_000_000,
        Function::Milliseconds => nanos / 1_000_000 % 1000,
        _ => return Err(Fault::NoOverload),
    })
}
