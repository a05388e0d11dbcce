//! The section `calendars` of the model.

use crate::report::Spanned;

/// A calendar of working time.
#[derive(Debug, Clone, PartialEq)]
pub struct CalendarDef {
    /// Its name.
    pub name: Spanned<String>,
    /// The hours of a working day: beginning and end in seconds of the day, ascending, none in another.
    pub hours: Vec<(u32, u32)>,
    /// Whether a day of the week is a working day, Sunday first.
    pub days: [bool; 7],
    /// Days that rest, in days since 1970, ascending, each once.
    pub holidays: Vec<Spanned<i64>>,
    /// Days that work, in days since 1970, ascending, each once.
    pub workdays: Vec<Spanned<i64>>,
    /// IANA name of its zone; none where it is the document's.
    pub timezone: Option<Spanned<String>>,
}
