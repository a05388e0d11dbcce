//! When the steps of a schedule are due.

use crate::program::{StepOn, SopStep};
use crate::time::{Calendar, DAY, Moment, moment, offset};

/// When a step is due in a schedule that began at a moment; none where there is no such time: a calendar without so many working days.
///
/// A time of day that has passed when the schedule begins is due at once.
pub fn due(step: &SopStep, calendars: &[Calendar], began: Moment) -> Option<Moment> {
    let second = began.div_euclid(1000);
    let days = |number: u32| i64::from(number.saturating_sub(1));
    let (day, of_day) = match step.on {
        StepOn::Begin => return Some(began),
        StepOn::After(millis) => return began.checked_add(millis),
        StepOn::Day(number) => {
            let local = second + offset(&step.zone, second)?;
            (local.div_euclid(DAY).checked_add(days(number))?, local.rem_euclid(DAY))
        }
        StepOn::WorkingDay(number, calendar) => {
            let local = second + offset(&step.zone, second)?;
            // The day before, so that the first working day may be that of the beginning.
            (calendars.get(usize::from(calendar))?.working_day(local.div_euclid(DAY) - 1, number)?, local.rem_euclid(DAY))
        }
    };
    let at = match step.at {
        Some(second) => moment(&step.zone, day.checked_mul(DAY)?.checked_add(i64::from(second))?)?.checked_mul(1000)?,
        None => moment(&step.zone, day.checked_mul(DAY)?.checked_add(of_day)?)?.checked_mul(1000)?.checked_add(began.rem_euclid(1000))?,
    };
    Some(at.max(began))
}
