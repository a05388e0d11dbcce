//! Sets of values, as partial evaluation knows them.

use std::cmp::Ordering;

use crate::program::{Truth, Value, VariableId};

/// How many values a set lists one by one; a larger one is described.
pub const FEW: usize = 64;

/// A weight that is not known; see [`Values::Of`].
pub const UNBOUNDED: u32 = u32::MAX;

/// Values that are listed weigh no more than this.
pub(super) const HEAVY: u32 = 4096;

/// A set of values.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// These, each once; at most [`FEW`]. Made by [`Values::few`].
    Few(Vec<Value>),
    /// The integers between these, both included.
    Ints(i64, i64),
    /// The doubles between these, both included and zeros of either sign, and possibly NaN.
    Doubles {
        /// The least.
        low: f64,
        /// The greatest.
        high: f64,
        /// NaN as well.
        nan: bool,
    },
    /// All values of these kinds up to a weight, which is 1 for each element within and 1 for every 16 bytes of text.
    Of(Kinds, u32),
}

/// Kinds of values: a set of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kinds(u16);

impl Kinds {
    /// `null`
    pub const NULL: Self = Self(1);
    /// Bools.
    pub const BOOL: Self = Self(2);
    /// Signed integers.
    pub const INT: Self = Self(4);
    /// Unsigned integers.
    pub const UINT: Self = Self(8);
    /// Doubles.
    pub const DOUBLE: Self = Self(16);
    /// Texts.
    pub const STRING: Self = Self(32);
    /// Bytes.
    pub const BYTES: Self = Self(64);
    /// Lists.
    pub const LIST: Self = Self(128);
    /// Maps.
    pub const MAP: Self = Self(256);
    /// No kind.
    pub const NONE: Self = Self(0);
    /// Points in time.
    #[cfg(feature = "full")]
    pub const TIMESTAMP: Self = Self(512);
    /// Spans of time.
    #[cfg(feature = "full")]
    pub const DURATION: Self = Self(1024);
    /// Types.
    #[cfg(feature = "full")]
    pub const TYPE: Self = Self(2048);
    /// Values that may be missing.
    #[cfg(feature = "full")]
    pub const OPTIONAL: Self = Self(4096);
    /// Patterns and zones made ready.
    #[cfg(feature = "full")]
    pub(super) const READY: Self = Self(8192);
    /// Any kind.
    pub const ALL: Self = Self(if cfg!(feature = "full") { 16383 } else { 511 });
    /// Those with members.
    pub(super) const WITH_MEMBERS: Self = Self(if cfg!(feature = "full") { 256 + 4096 } else { 256 });
    /// The three kinds of numbers.
    pub const NUMBER: Self = Self(4 + 8 + 16);

    /// Those of either.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those of both.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether all of these are among the others.
    pub(super) fn within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether any of these is among the others.
    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOL,
            Value::Int(_) => Self::INT,
            Value::Uint(_) => Self::UINT,
            Value::Double(_) => Self::DOUBLE,
            Value::String(_) => Self::STRING,
            Value::Bytes(_) => Self::BYTES,
            Value::List(_) => Self::LIST,
            Value::Map(_) => Self::MAP,
            #[cfg(feature = "full")]
            Value::Timestamp(_) => Self::TIMESTAMP,
            #[cfg(feature = "full")]
            Value::Duration(_) => Self::DURATION,
            #[cfg(feature = "full")]
            Value::Type(_) => Self::TYPE,
            #[cfg(feature = "full")]
            Value::Optional(_) => Self::OPTIONAL,
            #[cfg(feature = "full")]
            Value::Ready(_) => Self::READY,
        }
    }
}

impl Values {
    /// No value at all.
    pub const NONE: Self = Self::Few(Vec::new());
    /// Any value at all.
    pub const ANY: Self = Self::Of(Kinds::ALL, UNBOUNDED);

    /// These values; described where they are many.
    pub fn few(values: impl IntoIterator<Item = Value>) -> Self {
        values.into_iter().fold(Self::NONE, |set, value| set.or(Self::one(value)))
    }

    /// The integers between two; listed where they are few.
    pub fn ints(low: i64, high: i64) -> Self {
        match high.checked_sub(low) {
            Some(length) if length < FEW as i64 => Self::Few((low..=high).map(Value::Int).collect()),
            _ if low > high => Self::NONE,
            _ => Self::Ints(low, high),
        }
    }

    /// The doubles between two, without NaN. Zero stands for both zeros.
    pub fn doubles(low: f64, high: f64) -> Self {
        if low == high && low != 0.0 { Self::one(Value::Double(low)) } else { Self::Doubles { low, high, nan: false } }
    }

    /// All texts of at most so many code points.
    pub fn texts(max_length: u32) -> Self {
        // A code point takes up to four bytes, a fourth of a unit.
        Self::Of(Kinds::STRING, max_length / 4 + 1)
    }

    /// Both truths.
    pub(super) fn bools() -> Self {
        Self::Few(vec![Value::Bool(false), Value::Bool(true)])
    }

    pub(super) fn one(value: Value) -> Self {
        match weigh(&value) {
            weight if weight > HEAVY => Self::Of(Kinds::of(&value), weight),
            _ => Self::Few(vec![value]),
        }
    }

    pub(super) fn is_none(&self) -> bool {
        matches!(self, Self::Few(values) if values.is_empty())
    }

    pub(super) fn kinds(&self) -> Kinds {
        match self {
            Self::Few(values) => values.iter().fold(Kinds::NONE, |kinds, value| kinds.or(Kinds::of(value))),
            Self::Ints(..) => Kinds::INT,
            Self::Doubles { .. } => Kinds::DOUBLE,
            Self::Of(kinds, _) => *kinds,
        }
    }

    /// The greatest weight of a value among these.
    pub(super) fn weight(&self) -> u32 {
        match self {
            Self::Few(values) => values.iter().map(weigh).max().unwrap_or(0),
            Self::Ints(..) | Self::Doubles { .. } => 1,
            Self::Of(_, weight) => *weight,
        }
    }

    /// The smallest set that can be written down and holds both.
    #[must_use]
    pub(super) fn or(self, other: Self) -> Self {
        let (mut these, those) = match (self, other) {
            (none, other) | (other, none) if none.is_none() => return other,
            (Self::Few(these), Self::Few(those)) => (these, those),
            (this, other) => return this.hull(&other),
        };
        for value in those {
            if !these.contains(&value) {
                these.push(value);
            }
        }
        if these.len() > FEW { Self::NONE.hull(&Self::Few(these)) } else { Self::Few(these) }
    }

    fn hull(&self, other: &Self) -> Self {
        match (Span::of(self), Span::of(other)) {
            (Some(span), None) if other.is_none() => span.values(),
            (None, Some(span)) if self.is_none() => span.values(),
            (Some(Span::Int(low, high)), Some(Span::Int(other_low, other_high))) => Self::Ints(low.min(other_low), high.max(other_high)),
            (Some(Span::Double(low, high, nan)), Some(Span::Double(other_low, other_high, other_nan))) => {
                Self::Doubles { low: low.min(other_low), high: high.max(other_high), nan: nan || other_nan }
            }
            _ => Self::Of(self.kinds().or(other.kinds()), self.weight().max(other.weight())),
        }
    }
}

/// What it costs to go through a value; not more than just above what is listed.
fn weigh(value: &Value) -> u32 {
    fn add(value: &Value, weight: &mut u32) {
        if *weight > HEAVY {
            *weight = UNBOUNDED;
            return;
        }
        let bytes = match value {
            Value::String(text) => text.len(),
            Value::Bytes(bytes) => bytes.len(),
            #[cfg(feature = "full")]
            Value::Ready(bytes) => bytes.len(),
            _ => 0,
        };
        *weight = weight.saturating_add(1).saturating_add(u32::try_from(bytes / 16).unwrap_or(UNBOUNDED));
        match value {
            Value::List(elements) => elements.iter().for_each(|element| add(element, weight)),
            Value::Map(entries) => entries.iter().for_each(|(key, value)| {
                add(key, weight);
                add(value, weight);
            }),
            #[cfg(feature = "full")]
            Value::Optional(Some(held)) => add(held, weight),
            _ => {}
        }
    }
    let mut weight = 0;
    add(value, &mut weight);
    weight
}

/// Numbers of one kind between two.
#[derive(Debug, Clone, Copy)]
pub(super) enum Span {
    Int(i64, i64),
    /// Low, high, and whether NaN is possible as well.
    Double(f64, f64, bool),
}

impl Span {
    /// The span of a set of numbers of one kind, not all of them NaN.
    pub(super) fn of(values: &Values) -> Option<Self> {
        match values {
            Values::Ints(low, high) => Some(Self::Int(*low, *high)),
            Values::Doubles { low, high, nan } => Some(Self::Double(*low, *high, *nan)),
            Values::Of(..) => None,
            Values::Few(values) => {
                let mut span = None;
                let mut nan = false;
                for value in values {
                    span = Some(match (span, value) {
                        (None, Value::Int(value)) => Self::Int(*value, *value),
                        (Some(Self::Int(low, high)), Value::Int(value)) => Self::Int(low.min(*value), high.max(*value)),
                        (span, Value::Double(value)) if value.is_nan() => {
                            nan = true;
                            match span {
                                Some(span) => span,
                                None => continue,
                            }
                        }
                        (None, Value::Double(value)) => Self::Double(*value, *value, false),
                        (Some(Self::Double(low, high, nan)), Value::Double(value)) => Self::Double(low.min(*value), high.max(*value), nan),
                        _ => return None,
                    });
                }
                match span {
                    Some(Self::Double(low, high, _)) => Some(Self::Double(low, high, nan)),
                    Some(Self::Int(..)) if nan => None,
                    span => span,
                }
            }
        }
    }

    pub(super) fn values(self) -> Values {
        match self {
            Self::Int(low, high) => Values::ints(low, high),
            Self::Double(low, high, nan) => Values::Doubles { low, high, nan },
        }
    }

    /// The least and the greatest of these numbers.
    pub(super) fn ends(self) -> (Value, Value) {
        match self {
            Self::Int(low, high) => (Value::Int(low), Value::Int(high)),
            Self::Double(low, high, _) => (Value::Double(low), Value::Double(high)),
        }
    }

    pub(super) fn nan(self) -> bool {
        matches!(self, Self::Double(_, _, true))
    }
}

/// Every outcome that an expression may have.
#[derive(Debug, Clone, PartialEq)]
pub struct Possible {
    /// The values that it may have.
    pub values: Values,
    /// It may come out unknown.
    pub unknown: bool,
    /// It may fault.
    pub fault: bool,
    /// It has each of these outcomes for some reading of its variables, and no other; where this is not set, it has no other.
    pub exact: bool,
}

impl Possible {
    /// Anything at all.
    pub const ANYTHING: Self = Self { values: Values::ANY, unknown: true, fault: true, exact: false };

    pub(super) fn of(values: Values) -> Self {
        Self { values, unknown: false, fault: false, exact: false }
    }

    /// The truths that the expression may have as a condition: bit `truth as u8` for each. A value that is not a bool is a fault.
    pub fn truths(&self) -> u8 {
        let mut truths = bit(Truth::Unknown, self.unknown) | bit(Truth::Fault, self.fault);
        let kinds = self.values.kinds();
        if let Values::Few(values) = &self.values {
            for value in values {
                match value {
                    Value::Bool(holds) => truths |= bit(Truth::of(*holds), true),
                    _ => truths |= bit(Truth::Fault, true),
                }
            }
        } else {
            truths |= (bit(Truth::True, true) | bit(Truth::False, true)) * u8::from(kinds.meets(Kinds::BOOL));
            truths |= bit(Truth::Fault, !kinds.within(Kinds::BOOL));
        }
        truths
    }

    /// What has these truths.
    pub(super) fn with_truths(truths: u8) -> Self {
        let bools = [false, true].into_iter().filter(|&holds| truths & bit(Truth::of(holds), true) != 0).map(Value::Bool);
        Self {
            values: Values::Few(bools.collect()),
            unknown: truths & bit(Truth::Unknown, true) != 0,
            fault: truths & bit(Truth::Fault, true) != 0,
            exact: false,
        }
    }

    /// What is possible with either; exact where both are and nothing is lost.
    #[must_use]
    pub(super) fn or(self, other: Self) -> Self {
        let values = self.values.or(other.values);
        let listed = matches!(values, Values::Few(_));
        Self { values, unknown: self.unknown || other.unknown, fault: self.fault || other.fault, exact: self.exact && other.exact && listed }
    }
}

/// A set of one truth, or of none.
pub(super) fn bit(truth: Truth, set: bool) -> u8 {
    u8::from(set) << truth as u8
}

/// Whether it may be that `left` stands in one of these orders to `right`, and whether it may be that it does not; a NaN stands in no order.
pub(super) fn ordered(left: Span, right: Span, order: impl Fn(Option<Ordering>) -> bool, compare: impl Fn(&Value, &Value) -> Option<Ordering>) -> (bool, bool) {
    let ((low, high), (other_low, other_high)) = (left.ends(), right.ends());
    let (least, greatest) = (compare(&low, &other_high), compare(&high, &other_low));
    // Between its least and its greatest order, everything may occur.
    let between = [Ordering::Less, Ordering::Equal, Ordering::Greater].into_iter().filter(|&candidate| least.is_none_or(|least| least <= candidate) && greatest.is_none_or(|greatest| candidate <= greatest));
    let nan = (left.nan() || right.nan()).then_some(None);
    let all = between.map(Some).chain(nan);
    all.fold((false, false), |(may, may_not), candidate| if order(candidate) { (true, may_not) } else { (may, true) })
}

/// What a variable may be read as, in a lead that is only partly known.
#[derive(Debug, Clone, PartialEq)]
pub struct PossibleReading {
    /// The values that it may have.
    pub values: Values,
    /// It may be absent.
    pub absent: bool,
    /// It may be declined.
    pub declined: bool,
    /// It may be masked.
    pub masked: bool,
    /// It may have faulted.
    pub fault: bool,
}

/// Where a partial evaluation gets its variables.
pub trait PartialInputs {
    /// Every state that the variable may have.
    fn read(&self, variable: VariableId) -> PossibleReading;
}
