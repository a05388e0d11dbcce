//! The library: what the full build has on top of the machine's own functions.
//!
//! The machine asks here for every function and overload that it does not have itself. A function is a pure function of its arguments and the budget of
//! work, and stands in one table beside what it takes and gives; partial evaluation knows it from there.

mod calendar;
mod encoding;
mod format;
mod lists;
mod maths;
mod optional;
#[cfg(feature = "author")]
mod pattern;
mod regex;
mod sets;
mod shares;
mod texts;
mod time;
mod types;
mod zone;
#[cfg(feature = "author")]
mod zone_names;

use super::Fault;
use super::lift::Lifted;
use super::possible::{Kinds, Shape, UNBOUNDED};
use super::work::Work;
use crate::program::{Function as F, Value};

pub(super) use optional::member;
#[cfg(feature = "author")]
pub use encoding::{base64, from_base64};
#[cfg(feature = "author")]
pub use pattern::{PatternError, READY_SIZE, pattern};
pub use shares::{MOST_SHARE, arm, bucket};
#[cfg(feature = "author")]
pub use time::duration_of;
pub use time::{timestamp_of, written as time_text};
#[cfg(feature = "author")]
pub use zone_names::{zone, zone_names};

/// A function on the values of its arguments.
type Run = fn(F, &[Value], &mut Work) -> Result<Value, Fault>;

/// What is known of a function without running it.
struct Entry {
    run: Run,
    /// The kinds that each argument may have; those at the end may be missing.
    takes: &'static [Kinds],
    gives: Kinds,
    /// What its result weighs at most, as a multiple of its arguments' weight; 0 where that says nothing.
    growth: u32,
    /// Arguments of these kinds never fault, unless there is not enough work left.
    total: bool,
}

const fn total(run: Run, takes: &'static [Kinds], gives: Kinds, growth: u32) -> Entry {
    Entry { run, takes, gives, growth, total: true }
}

const fn partial(run: Run, takes: &'static [Kinds], gives: Kinds, growth: u32) -> Entry {
    Entry { run, takes, gives, growth, total: false }
}

const ALL: Kinds = Kinds::ALL;
const INT: Kinds = Kinds::INT;
const DOUBLE: Kinds = Kinds::DOUBLE;
const BOOL: Kinds = Kinds::BOOL;
const TEXT: Kinds = Kinds::STRING;
const BYTES: Kinds = Kinds::BYTES;
const LIST: Kinds = Kinds::LIST;
const MAP: Kinds = Kinds::MAP;
const OPTIONAL: Kinds = Kinds::OPTIONAL;
const READY: Kinds = Kinds::READY;
const NUMBER: Kinds = Kinds::NUMBER;
const INTEGER: Kinds = Kinds::INT.or(Kinds::UINT);
const TIMESTAMP: Kinds = Kinds::TIMESTAMP;
const DURATION: Kinds = Kinds::DURATION;
const TIME: Kinds = Kinds::TIMESTAMP.or(Kinds::DURATION);
/// A time zone or a pattern: a text, or made ready.
const NAMED: Kinds = TEXT.or(READY);
const TO_TIMESTAMP: Kinds = INT.or(TEXT).or(TIMESTAMP);
const TO_DURATION: Kinds = TEXT.or(DURATION);
const TO_BYTES: Kinds = TEXT.or(BYTES);
const RANGE: Kinds = LIST.or(MAP);
const SELECTED: Kinds = OPTIONAL.or(MAP).or(LIST);

/// The library's share of a function; none where it has none.
fn entry(function: F) -> Option<Entry> {
    Some(match function {
        F::Less | F::LessEqual | F::Greater | F::GreaterEqual => total(time::order, &[TIME, TIME], BOOL, 1),
        F::Add => partial(time::add, &[TIME, TIME], TIME, 1),
        F::Subtract => partial(time::subtract, &[TIME, TIME], TIME, 1),
        F::ToInt => total(time::to_int, &[TIMESTAMP], INT, 1),
        F::ToString => total(time::to_string, &[TIME], TEXT, 8),
        F::ToTimestamp => partial(time::to_timestamp, &[TO_TIMESTAMP], TIMESTAMP, 1),
        F::ToDuration => partial(time::to_duration, &[TO_DURATION], DURATION, 1),
        F::FullYear | F::Month | F::Date | F::DayOfMonth | F::DayOfWeek | F::DayOfYear => partial(calendar::field, &[TIMESTAMP, NAMED], INT, 1),
        F::Hours | F::Minutes | F::Seconds | F::Milliseconds => partial(calendar::field, &[TIME, NAMED], INT, 1),
        F::ToBytes => total(types::to_bytes, &[TO_BYTES], BYTES, 1),
        F::ToType => total(types::to_type, &[ALL], Kinds::TYPE, 8),
        F::Reverse => total(lists::reverse, &[LIST], LIST, 1),
        F::Quote => total(texts::quote, &[TEXT], TEXT, 3),
        F::Format => partial(format::format, &[TEXT, LIST], TEXT, 0),
        F::Matches => partial(regex::matches, &[TEXT, NAMED], BOOL, 1),
        F::Extract => partial(regex::extract, &[TEXT, NAMED], OPTIONAL, 2),
        F::ExtractAll => partial(regex::extract_all, &[TEXT, NAMED], LIST, 40),
        F::ReplacePattern => partial(regex::replace, &[TEXT, NAMED, TEXT, INT], TEXT, 0),
        F::Ceil | F::Floor | F::Round | F::Trunc => total(maths::rounded, &[DOUBLE], DOUBLE, 1),
        F::Sqrt => total(maths::sqrt, &[NUMBER], DOUBLE, 1),
        F::Sign => total(maths::sign, &[NUMBER], NUMBER, 1),
        F::IsNan | F::IsInf | F::IsFinite => total(maths::is, &[DOUBLE], BOOL, 1),
        F::BitAnd | F::BitOr | F::BitXor => partial(maths::bits, &[INTEGER, INTEGER], INTEGER, 1),
        F::BitNot => total(maths::bit_not, &[INTEGER], INTEGER, 1),
        F::ShiftLeft | F::ShiftRight => partial(maths::shift, &[INTEGER, INT], INTEGER, 1),
        F::SetContains => total(sets::contains, &[LIST, LIST], BOOL, 1),
        F::SetEquivalent => total(sets::equivalent, &[LIST, LIST], BOOL, 1),
        F::SetIntersects => total(sets::intersects, &[LIST, LIST], BOOL, 1),
        F::Slice => partial(lists::slice, &[LIST, INT, INT], LIST, 1),
        F::Flatten => partial(lists::flatten, &[LIST, INT], LIST, 1),
        F::Sort => partial(lists::sort, &[LIST], LIST, 1),
        F::SortByKeys => partial(lists::sort_by_keys, &[LIST, LIST], LIST, 1),
        F::Distinct => total(lists::distinct, &[LIST], LIST, 1),
        F::Range => partial(lists::range, &[INT], LIST, 0),
        F::First | F::Last => total(lists::end, &[LIST], OPTIONAL, 2),
        F::Base64Encode => total(encoding::encode, &[BYTES], TEXT, 2),
        F::Base64Decode => partial(encoding::decode, &[TEXT], BYTES, 1),
        F::OptionalOf | F::OptionalOfNonZero => total(optional::of, &[ALL], OPTIONAL, 2),
        F::OptionalNone => total(optional::none, &[], OPTIONAL, 1),
        F::HasValue => total(optional::has_value, &[OPTIONAL], BOOL, 1),
        F::OptionalValue => partial(optional::value, &[OPTIONAL], ALL, 1),
        F::OptionalSelect => partial(optional::select, &[SELECTED, ALL], OPTIONAL, 2),
        F::Index => partial(optional::select, &[OPTIONAL, ALL], OPTIONAL, 2),
        F::Unwrap => partial(optional::unwrap, &[LIST], LIST, 1),
        // Their arguments are as many as the literal has elements.
        F::ListWith => partial(optional::list, &[BYTES], LIST, 2),
        F::MapWith => partial(optional::map, &[BYTES], MAP, 2),
        F::Entries => total(lists::entries, &[RANGE], LIST, 4),
        F::MapOfEntries => partial(lists::map_of_entries, &[LIST], MAP, 2),
        F::MergeMaps => partial(lists::merge_maps, &[LIST], MAP, 2),
        F::Bucket => total(shares::in_bucket, &[TEXT, TEXT], INT, 1),
        F::Arm => total(shares::in_arm, &[TEXT, LIST, INT], INT, 1),
        _ => return None,
    })
}

/// Applies a function that the machine itself has no overload of for these arguments.
pub(super) fn apply(function: F, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let entry = entry(function).ok_or(Fault::NoOverload)?;
    (entry.run)(function, args, work)
}

/// What a function may give for arguments of these shapes, with the library's share of it: what either gives, and it faults only where neither takes them.
pub(super) fn lift(function: F, args: &[Shape], mut own: Lifted) -> Lifted {
    let Some(entry) = entry(function) else { return own };
    let among = |fits: fn(Kinds, Kinds) -> bool| args.iter().zip(entry.takes).all(|(arg, kinds)| fits(arg.kinds, *kinds));
    if !among(Kinds::meets) {
        return own;
    }
    let all = weight(args);
    let weight = if entry.growth == 0 { UNBOUNDED } else { all.saturating_mul(entry.growth) };
    // A pattern or zone that is a text may be none.
    let ready = entry.takes.get(1) == Some(&NAMED) && (entry.gives == INT || entry.gives == BOOL) && args.get(1).is_none_or(|arg| arg.kinds.within(READY));
    let whole = args.len() == entry.takes.len() || ready && args.len() == 1 && entry.gives == INT;
    let complete = (entry.total || ready) && whole && among(Kinds::within);
    own.shape.add(&match (function, args) {
        (F::Bucket, _) => Shape::ints(0, 99),
        (F::Arm, [_, _, count]) => Shape::ints(0, count.ints.1.saturating_sub(1).max(0)),
        _ => Shape::all(entry.gives, weight),
    });
    Lifted { fault: own.fault && !complete, ..own }
}

/// The most that the library's share of a function may cost.
pub(super) fn cost(function: F, args: &[Shape]) -> u64 {
    let Some(entry) = entry(function) else { return 0 };
    // The literals that take optional elements have any number of arguments.
    if !args.iter().zip(entry.takes).all(|(arg, kinds)| arg.kinds.meets(*kinds)) {
        return 0;
    }
    if args.iter().any(|arg| arg.weight == UNBOUNDED) {
        return u64::MAX;
    }
    let all = u64::from(weight(args));
    let own = match function {
        F::Distinct | F::SetContains | F::SetEquivalent | F::SetIntersects | F::MapOfEntries | F::MergeMaps | F::MapWith => all.saturating_mul(all).saturating_mul(4),
        F::Matches | F::Extract | F::ExtractAll => {
            let (text, pattern) = (args.first().map_or(0, |arg| u64::from(arg.weight)), args.get(1).map_or(0, |arg| pattern_weight(*arg)));
            // The text is gone through once for each match that is looked for, once more for its beginning and its end.
            let (times, ends) = match function {
                F::Matches => (1, 1),
                F::Extract => (1, 3),
                _ => (text.saturating_mul(16) + 17, 3),
            };
            (text + 2).saturating_mul(pattern + 2).saturating_mul(times * ends).saturating_add(pattern.saturating_mul(8))
        }
        F::Format | F::ReplacePattern | F::Range => u64::MAX,
        _ => all.saturating_mul(64),
    };
    all.saturating_add(own)
}

/// A pattern that is a text has an automaton of any size.
fn pattern_weight(pattern: Shape) -> u64 {
    const LARGEST: u64 = 1 << 14;
    if pattern.kinds.within(READY) { u64::from(pattern.weight) } else { u64::from(pattern.weight) + LARGEST }
}

fn weight(args: &[Shape]) -> u32 {
    args.iter().fold(1, |all: u32, arg| all.saturating_add(arg.weight))
}

fn int(count: usize) -> Value {
    Value::Int(i64::try_from(count).unwrap_or(i64::MAX))
}

fn text(text: impl Into<std::sync::Arc<str>>) -> Value {
    Value::String(text.into())
}

#[cfg(test)]
#[cfg(feature = "author")]
mod tests;
