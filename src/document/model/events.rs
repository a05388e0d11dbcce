//! The sections `events` and `signals`, and rules that count behaviours.

use super::{Code, FieldType, Scalar};
use crate::program::Measure;
use crate::report::Spanned;

/// An event type: a behaviour.
#[derive(Debug, Clone, PartialEq)]
pub struct EventDef {
    /// Its name.
    pub name: Spanned<String>,
    /// What is known of each such event.
    pub attributes: Vec<AttributeDef>,
    /// Events of which this holds do not count anywhere.
    pub ignore: Option<Code>,
}

/// An attribute of an event.
#[derive(Debug, Clone, PartialEq)]
pub struct AttributeDef {
    /// Its name.
    pub name: Spanned<String>,
    /// Its type.
    pub ty: FieldType,
    /// The values of an enum.
    pub values: Vec<Spanned<String>>,
}

/// A number, bool or value that is computed from a lead's events. It stands among the fields as well, as one that the host may give.
#[derive(Debug, Clone, PartialEq)]
pub struct SignalDef {
    /// Its name.
    pub name: Spanned<String>,
    /// What is computed.
    pub measure: Measure,
    /// Of which events.
    pub select: SelectDef,
    /// What it is where there is nothing to compute it from; none where its author did not say.
    pub otherwise: Option<ElseDef>,
}

/// What a signal is where there is nothing to compute it from.
#[derive(Debug, Clone, PartialEq)]
pub enum ElseDef {
    /// It is absent.
    Absent,
    /// A value.
    Value(Spanned<Scalar>),
}

/// Which events count.
#[derive(Debug, Clone, PartialEq)]
pub struct SelectDef {
    /// Event types, with the attribute where one is named.
    pub of: Vec<(Spanned<String>, Option<Spanned<String>>)>,
    /// Only those that are younger, in milliseconds.
    pub within: Option<Spanned<i64>>,
    /// Only those of which this holds.
    pub filter: Option<Code>,
}

/// A rule that gives points for each event.
#[derive(Debug, Clone, PartialEq)]
pub struct EachDef {
    /// Which events.
    pub select: SelectDef,
    /// Points of one event, in thousandths.
    pub points: Spanned<i64>,
    /// Days after which half of the points is left.
    pub half_life: Option<Spanned<u32>>,
    /// From so many days on so many thousandths are left.
    pub steps: Vec<(Spanned<u32>, Spanned<u32>)>,
    /// All events together give at most this, in thousandths.
    pub max: Option<Spanned<i64>>,
    /// All events together give at least this, in thousandths.
    pub min: Option<Spanned<i64>>,
}
