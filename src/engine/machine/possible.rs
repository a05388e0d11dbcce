//! Sets of values, as partial evaluation knows them.

use crate::engine::truths::Truths;
use crate::program::{Truth, Value, VariableId};

/// How many values a set lists one by one; a larger one is described.
pub const FEW: usize = 64;

/// A weight that is not known; see [`Values::Of`].
pub const UNBOUNDED: u32 = u32::MAX;

/// Values beside others in a list weigh no more than this.
const HEAVY: u32 = 4096;

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

    /// Whether this is one kind alone, or none.
    pub(super) fn single(self) -> bool {
        self.0.count_ones() <= 1
    }

    pub(super) fn of(value: &Value) -> Self {
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
    pub fn few(values: Vec<Value>) -> Self {
        let (mut listed, mut shape) = (Vec::new(), Shape::NONE);
        for value in values {
            admit(&mut listed, 0, &mut shape, value);
        }
        shape.values(listed)
    }

    /// The integers between two; listed where they are few.
    pub fn ints(low: i64, high: i64) -> Self {
        let mut listed = Vec::new();
        Shape::ints(low, high).listed(&mut listed).values(listed)
    }

    /// The doubles between two, without NaN. Zero stands for both zeros.
    pub fn doubles(low: f64, high: f64) -> Self {
        if low == high && low != 0.0 { Self::Few(vec![Value::Double(low)]) } else { Self::Doubles { low, high, nan: false } }
    }

    /// All texts of at most so many code points.
    pub fn texts(max_length: u32) -> Self {
        // A code point takes up to four bytes, a fourth of a unit.
        Self::Of(Kinds::STRING, max_length / 4 + 1)
    }
}

/// What is known of values that are not listed one by one; no kind where all are. A range says nothing where its kind is not among the kinds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shape {
    pub(super) kinds: Kinds,
    /// The greatest weight of a value.
    pub(super) weight: u32,
    /// The least and the greatest integer.
    pub(super) ints: (i64, i64),
    /// The least and the greatest double, zeros of either sign.
    pub(super) doubles: (f64, f64),
    /// Whether NaN is among the doubles.
    pub(super) nan: bool,
    /// The bools.
    pub(super) bools: Truths,
}

impl Shape {
    pub(super) const NONE: Self = Self { kinds: Kinds::NONE, weight: 0, ints: (i64::MAX, i64::MIN), doubles: (f64::INFINITY, f64::NEG_INFINITY), nan: false, bools: Truths::NONE };

    /// Everything of these kinds up to a weight.
    #[inline(never)]
    pub(super) fn all(kinds: Kinds, weight: u32) -> Self {
        let all = Self { kinds: Kinds::ALL, weight, ints: (i64::MIN, i64::MAX), doubles: (f64::NEG_INFINITY, f64::INFINITY), nan: true, bools: Truths::BOTH };
        all.only(kinds)
    }

    /// Those of some kinds.
    #[inline(never)]
    pub(super) fn only(&self, kinds: Kinds) -> Self {
        let mut shape = Self { kinds: self.kinds.and(kinds), weight: self.weight, ..Self::NONE };
        if kinds.meets(Kinds::INT) {
            shape.ints = self.ints;
        }
        if kinds.meets(Kinds::DOUBLE) {
            (shape.doubles, shape.nan) = (self.doubles, self.nan);
        }
        if kinds.meets(Kinds::BOOL) {
            shape.bools = self.bools;
        }
        shape
    }

    #[inline(never)]
    pub(super) fn bools(bools: Truths) -> Self {
        Self { kinds: Kinds::BOOL, weight: 1, bools, ..Self::NONE }
    }

    #[inline(never)]
    pub(super) fn ints(low: i64, high: i64) -> Self {
        Self { kinds: Kinds::INT, weight: 1, ints: (low, high), ..Self::NONE }
    }

    #[inline(never)]
    pub(super) fn doubles(low: f64, high: f64, nan: bool) -> Self {
        Self { kinds: Kinds::DOUBLE, weight: 1, doubles: (low, high), nan, ..Self::NONE }
    }

    /// The least shape of values.
    #[inline(never)]
    pub(super) fn of(values: &[Value]) -> Self {
        let mut shape = Self::NONE;
        for value in values {
            shape.add(&match value {
                Value::Bool(value) => Self::bools(Truths::of(Truth::of(*value))),
                Value::Int(value) => Self::ints(*value, *value),
                Value::Double(value) if value.is_nan() => Self::doubles(f64::INFINITY, f64::NEG_INFINITY, true),
                Value::Double(value) => Self::doubles(*value, *value, false),
                value => Self { kinds: Kinds::of(value), weight: weigh(value), ..Self::NONE },
            });
        }
        shape
    }

    /// Adds what has another shape.
    #[inline(never)]
    pub(super) fn add(&mut self, other: &Self) {
        self.kinds = self.kinds.or(other.kinds);
        self.weight = self.weight.max(other.weight);
        self.ints = (self.ints.0.min(other.ints.0), self.ints.1.max(other.ints.1));
        self.doubles = (self.doubles.0.min(other.doubles.0), self.doubles.1.max(other.doubles.1));
        self.nan |= other.nan;
        self.bools = self.bools.or(other.bools);
    }

    /// Whether there is none: all values are listed.
    pub(super) fn is_none(&self) -> bool {
        self.kinds == Kinds::NONE
    }

    /// Appends these values to a list where they are few, and otherwise is the shape.
    pub(super) fn listed(self, list: &mut Vec<Value>) -> Self {
        let (low, high) = self.ints;
        if self.kinds == Kinds::INT && (low > high || high.checked_sub(low).is_some_and(|length| length < FEW as i64)) {
            for value in low..=high {
                list.push(Value::Int(value));
            }
        } else if self.kinds == Kinds::BOOL {
            push_bools(self.bools, list);
        } else if !self.is_none() {
            return self;
        }
        Self::NONE
    }

    /// A set of these values, and of listed ones where there is no shape.
    pub(super) fn values(&self, listed: Vec<Value>) -> Values {
        match self.kinds {
            Kinds::NONE => Values::Few(listed),
            Kinds::INT => Values::Ints(self.ints.0, self.ints.1),
            Kinds::DOUBLE => Values::Doubles { low: self.doubles.0, high: self.doubles.1, nan: self.nan },
            kinds => Values::Of(kinds, self.weight),
        }
    }
}

/// Adds a value to a set that stands on a list from `base` on, or has a shape; where it becomes too large it gets one.
#[inline(never)]
pub(super) fn admit(list: &mut Vec<Value>, base: usize, shape: &mut Shape, value: Value) {
    let listed = list.get(base..).unwrap_or_default();
    if shape.is_none() {
        // Comparing takes no longer than the lighter of two values.
        if listed.is_empty() || weigh(&value) <= HEAVY && listed.len() < FEW {
            if !listed.contains(&value) {
                list.push(value);
            }
            return;
        }
        if listed.len() == FEW && weigh(&value) <= HEAVY && listed.contains(&value) {
            return;
        }
    }
    list.push(value);
    describe(list, base, shape);
}

/// Makes values that stand on a list from `base` on part of a shape.
pub(super) fn describe(list: &mut Vec<Value>, base: usize, shape: &mut Shape) {
    shape.add(&Shape::of(list.get(base..).unwrap_or_default()));
    list.truncate(base);
}

/// What it costs to go through a value; not more than just above what is listed.
pub(super) fn weigh(value: &Value) -> u32 {
    let mut weight = 0;
    add_weight(value, &mut weight);
    weight
}

fn add_weight(value: &Value, weight: &mut u32) {
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
        Value::List(elements) => elements.iter().for_each(|element| add_weight(element, weight)),
        Value::Map(entries) => entries.iter().for_each(|(key, value)| {
            add_weight(key, weight);
            add_weight(value, weight);
        }),
        #[cfg(feature = "full")]
        Value::Optional(Some(held)) => add_weight(held, weight),
        _ => {}
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
}

impl Possible {
    /// Anything at all.
    pub const ANYTHING: Self = Self { values: Values::ANY, unknown: true, fault: true };
}

/// Appends the bools of a set of truths to a list.
pub(super) fn push_bools(truths: Truths, list: &mut Vec<Value>) {
    for holds in [false, true] {
        if truths.has(Truth::of(holds)) {
            list.push(Value::Bool(holds));
        }
    }
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

/// A variable's states that are no values: a set of bits.
pub(super) mod state {
    pub const ABSENT: u8 = 1;
    pub const DECLINED: u8 = 2;
    pub const MASKED: u8 = 4;
    pub const FAULT: u8 = 8;
}

impl PossibleReading {
    fn states(&self) -> u8 {
        u8::from(self.absent) | u8::from(self.declined) << 1 | u8::from(self.masked) << 2 | u8::from(self.fault) << 3
    }

    /// How many cases there are: each listed value, the values that are not listed together, and each state.
    pub(super) fn cases(&self) -> usize {
        (self.value_cases() + self.states().count_ones() as usize).max(1)
    }

    fn value_cases(&self) -> usize {
        if let Values::Few(values) = &self.values { values.len() } else { 1 }
    }

    /// Appends the values of one case, or of all, to a list; their shape where they are not listed, and the states.
    pub(super) fn put(&self, case: Option<usize>, list: &mut Vec<Value>) -> (Shape, u8) {
        let mut states = self.states();
        if let Some(case) = case {
            if let Some(state) = case.checked_sub(self.value_cases()) {
                for _ in 0..state {
                    states &= states.wrapping_sub(1);
                }
                return (Shape::NONE, states & states.wrapping_neg());
            }
            states = 0;
        }
        let shape = match (&self.values, case) {
            (Values::Few(values), None) => {
                list.extend_from_slice(values);
                Shape::NONE
            }
            (Values::Few(values), Some(case)) => {
                if let Some(value) = values.get(case) {
                    list.push(value.clone());
                }
                Shape::NONE
            }
            (Values::Ints(low, high), _) => Shape::ints(*low, *high),
            (Values::Doubles { low, high, nan }, _) => Shape::doubles(*low, *high, *nan),
            (Values::Of(kinds, weight), _) => Shape::all(*kinds, *weight),
        };
        (shape, states)
    }
}

/// Where a partial evaluation gets its variables.
pub trait PartialInputs {
    /// Every state that the variable may have.
    fn read(&self, variable: VariableId) -> PossibleReading;
}
