//! Behaviours: what a policy counts, and what comes of a lead's events at a moment.

pub mod decay;
pub mod log;
mod measure;
mod natural;
mod points;
mod read;

pub use log::{Event, Log};
pub use points::Worth;

use super::expression::Expr;
use super::policy::Type;
use super::value::Value;

/// The sections `events` and `signals`.
#[derive(Debug, Default)]
pub struct Events {
    /// Attributes in the order in which they are first declared; one name with another type is another attribute.
    pub attributes: Vec<Attribute>,
    pub types: Vec<EventType>,
    pub signals: Vec<Signal>,
}

#[derive(Debug, PartialEq)]
pub struct Attribute {
    pub name: String,
    pub ty: Type,
}

#[derive(Debug)]
pub struct EventType {
    pub name: String,
    /// Places among all attributes.
    pub attributes: Vec<usize>,
    pub ignore: Option<Expr>,
}

/// Which events count.
#[derive(Debug)]
pub struct Select {
    /// Event types, each with the attribute that is looked at.
    pub of: Vec<(usize, Option<usize>)>,
    /// In milliseconds.
    pub within: Option<i64>,
    pub filter: Option<Expr>,
}

#[derive(Debug)]
pub struct Signal {
    pub name: String,
    /// The key that says what is computed.
    pub measure: String,
    pub select: Select,
    pub otherwise: Option<Value>,
}

/// A rule that gives points for each event.
#[derive(Debug)]
pub struct Each {
    pub select: Select,
    pub points: i64,
    /// In days.
    pub half_life: Option<u32>,
    /// From so many days on so many thousandths, ascending.
    pub steps: Vec<(i64, u32)>,
    pub min: Option<i64>,
    pub max: Option<i64>,
}

/// Milliseconds of a 24-hour period.
pub const DAY: i64 = 86_400_000;
