//! Values of the condition language: constants of a program, and what the machine computes with.

use super::Shared;

/// A value. Equality here is structural (a NaN equals itself by bits, an int never equals a double): it is for constants and tests; CEL's
/// own equality is the machine's.
#[derive(Debug, Clone)]
pub enum Value {
    /// `null`.
    Null,
    /// A bool.
    Bool(bool),
    /// A 64-bit signed integer.
    Int(i64),
    /// A 64-bit unsigned integer.
    #[cfg(feature = "expressions")]
    Uint(u64),
    /// A double.
    Double(f64),
    /// Text.
    String(Shared<str>),
    /// Bytes.
    #[cfg(feature = "expressions")]
    Bytes(Shared<[u8]>),
    /// A list.
    #[cfg(feature = "expressions")]
    List(Shared<[Value]>),
    /// A map, its entries in the order they were made.
    #[cfg(feature = "expressions")]
    Map(Shared<[(Value, Value)]>),
    /// A point in time.
    #[cfg(feature = "full")]
    Timestamp(Timestamp),
    /// A span of time in nanoseconds.
    #[cfg(feature = "full")]
    Duration(i64),
    /// A type, by its name: `int`, `google.protobuf.Timestamp`.
    #[cfg(feature = "full")]
    Type(Shared<str>),
    /// A value that may be missing.
    #[cfg(feature = "full")]
    Optional(Option<Shared<Value>>),
    /// A pattern or a time zone, made ready when the policy was compiled. No expression can write or make one.
    #[cfg(feature = "full")]
    Ready(Shared<[u8]>),
}

/// A point in time, exact to the nanosecond, from the beginning of the year 1 to the end of the year 9999.
#[cfg(feature = "full")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
}

#[cfg(feature = "full")]
impl Timestamp {
    /// The first second, 0001-01-01T00:00:00Z.
    pub const FIRST: i64 = -62_135_596_800;
    /// The last second, 9999-12-31T23:59:59Z.
    pub const LAST: i64 = 253_402_300_799;
    /// 1970-01-01T00:00:00Z.
    pub const BEGINNING: Self = Self { seconds: 0, nanos: 0 };
    const NANOS: u32 = 1_000_000_000;

    /// Seconds since 1970-01-01T00:00:00Z, and nanoseconds after that second. None beyond the range.
    pub fn new(seconds: i64, nanos: u32) -> Option<Self> {
        ((Self::FIRST..=Self::LAST).contains(&seconds) && nanos < Self::NANOS).then_some(Self { seconds, nanos })
    }

    /// From nanoseconds since 1970-01-01T00:00:00Z. None beyond the range.
    pub fn from_nanos(nanos: i128) -> Option<Self> {
        let each = i128::from(Self::NANOS);
        Self::new(i64::try_from(nanos.div_euclid(each)).ok()?, nanos.rem_euclid(each) as u32)
    }

    /// Seconds since 1970-01-01T00:00:00Z, before which they are negative.
    pub fn seconds(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds after that second.
    pub fn nanos(self) -> u32 {
        self.nanos
    }

    /// Nanoseconds since 1970-01-01T00:00:00Z.
    pub fn total_nanos(self) -> i128 {
        i128::from(self.seconds) * i128::from(Self::NANOS) + i128::from(self.nanos)
    }
}

impl PartialEq for Value {
    #[cfg_attr(quick, optimize(speed))]
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            #[cfg(feature = "expressions")]
            (Self::Uint(a), Self::Uint(b)) => a == b,
            (Self::Double(a), Self::Double(b)) => a.to_bits() == b.to_bits(),
            (Self::String(a), Self::String(b)) => a == b,
            #[cfg(feature = "expressions")]
            (Self::Bytes(a), Self::Bytes(b)) => a == b,
            #[cfg(feature = "expressions")]
            (Self::List(a), Self::List(b)) => a == b,
            #[cfg(feature = "expressions")]
            (Self::Map(a), Self::Map(b)) => a == b,
            #[cfg(feature = "full")]
            (Self::Timestamp(a), Self::Timestamp(b)) => a == b,
            #[cfg(feature = "full")]
            (Self::Duration(a), Self::Duration(b)) => a == b,
            #[cfg(feature = "full")]
            (Self::Type(a), Self::Type(b)) => a == b,
            #[cfg(feature = "full")]
            (Self::Optional(a), Self::Optional(b)) => a == b,
            #[cfg(feature = "full")]
            (Self::Ready(a), Self::Ready(b)) => a == b,
            _ => false,
        }
    }
}
