//! Days, time zones and working time: pure functions of moments. Zones and days are reckoned in seconds since 1970 in UTC, working time in milliseconds.

mod calendar;
pub mod date;
mod zone;

pub use calendar::{Calendar, FAR};
pub use zone::{moment, offset};

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
pub type Moment = i64;

/// Seconds of a day without a change of its zone.
pub const DAY: i64 = 86_400;
