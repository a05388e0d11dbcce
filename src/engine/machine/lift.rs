//! The strict functions on sets of values: every result that some choice of arguments gives.

use super::compare::numbers;
use super::function::{Halt, apply};
#[cfg(feature = "full")]
use super::library;
use super::possible::{Kinds, Possible, Span, UNBOUNDED, Values, ordered};
use super::span;
use super::work::Work;
use crate::program::{Function, Value};

/// Choices of listed arguments that are tried one by one.
pub(super) const CHOICES: u32 = 4096;

/// What a function may give on some choice of its arguments, and the most that it may cost.
pub(super) fn lift(function: Function, args: &[Values]) -> (Possible, u64) {
    each_choice(args, &|args, work| apply(function, args, work)).unwrap_or_else(|| {
        let own = (describe(function, args), cost(function, args));
        #[cfg(feature = "full")]
        let own = library::describe(function, args).map_or(own.clone(), |more| with_library(own, more));
        own
    })
}

/// What either gives; it faults only where neither takes its arguments.
#[cfg(feature = "full")]
fn with_library((own, cost): (Possible, u64), (more, other): (Possible, u64)) -> (Possible, u64) {
    let fault = own.fault && more.fault;
    (Possible { fault, ..own.or(more) }, cost.max(other))
}

/// What is made of values.
pub(super) type Make<'a> = dyn Fn(&[Value], &mut Work) -> Result<Value, Halt> + 'a;

/// Tries every choice, where all arguments are listed and the choices are not too many.
pub(super) fn each_choice(args: &[Values], make: &Make) -> Option<(Possible, u64)> {
    let mut lists = Vec::with_capacity(args.len());
    for arg in args {
        let Values::Few(values) = arg else { return None };
        lists.push(values.as_slice());
    }
    let choices = lists.iter().try_fold(1_usize, |choices, values| choices.checked_mul(values.len()))?;
    if choices > CHOICES as usize {
        return None;
    }
    let mut possible = Possible::of(Values::NONE);
    let mut most = 0;
    let mut chosen = Vec::with_capacity(args.len());
    for choice in 0..choices {
        let mut rest = choice;
        chosen.clear();
        for values in &lists {
            chosen.extend(values.get(rest % values.len()).cloned());
            rest /= values.len();
        }
        let mut work = Work::new();
        match make(&chosen, &mut work) {
            Ok(value) => possible.values = possible.values.or(Values::one(value)),
            Err(Halt::Unknown) => possible.unknown = true,
            Err(Halt::Fault(_)) => possible.fault = true,
        }
        most = most.max(work.spent());
    }
    Some((possible, most))
}

const TEXT: Kinds = Kinds::STRING;

/// What is known of a result where the arguments cannot be tried one by one.
fn describe(function: Function, args: &[Values]) -> Possible {
    let weight = |index: usize| args.get(index).map_or(0, Values::weight);
    let texts = |weight: u32| Values::Of(TEXT, weight);
    match (function, args) {
        (Function::Greatest | Function::Least, _) => span::extreme(function, args),
        (Function::ToDyn, [value]) => Possible::of(value.clone()),
        (Function::Negate | Function::Abs, [value]) => span::unary(function, value),
        (Function::ToInt, [value]) => span::to_int(value),
        (Function::ToDouble, [value]) => span::to_double(value),
        (Function::ToUint, [value]) => taking(&[(value, Kinds::NUMBER.or(TEXT))], Values::Of(Kinds::UINT, 1), true),
        (Function::ToBool, [value]) => taking(&[(value, Kinds::BOOL.or(TEXT))], Values::bools(), value.kinds().meets(TEXT)),
        // The longest text of a number has some thirty characters. Whether there is one at all depends on the build.
        (Function::ToString, [value]) => {
            let safe = Kinds::BOOL.or(TEXT);
            let convertible = safe.or(Kinds::NUMBER).or(Kinds::BYTES);
            taking(&[(value, convertible)], texts(value.weight().saturating_add(3)), !value.kinds().within(safe))
        }
        (Function::Size, [value]) => {
            let most = i64::from(value.weight()).saturating_mul(16).saturating_add(15);
            taking(&[(value, TEXT.or(Kinds::BYTES).or(Kinds::LIST).or(Kinds::MAP))], Values::ints(0, most), false)
        }
        (Function::LowerAscii | Function::UpperAscii | Function::Trim | Function::Reverse, [text]) => taking(&[(text, TEXT)], texts(weight(0)), false),
        // Lower case can take more bytes than upper case, though not twice as many.
        (Function::Domain, [text]) => {
            let domain = taking(&[(text, TEXT)], texts(weight(0).saturating_mul(2)), false);
            Possible { unknown: !domain.values.is_none(), ..domain }
        }
        (Function::Join, [list]) => taking(&[(list, Kinds::LIST)], texts(UNBOUNDED), true),
        (Function::Join, [list, between]) => taking(&[(list, Kinds::LIST), (between, TEXT)], texts(UNBOUNDED), true),
        (Function::Equal | Function::NotEqual, [left, right]) => equality(function, left, right),
        (Function::Less | Function::LessEqual | Function::Greater | Function::GreaterEqual, [left, right]) => order(function, left, right),
        (Function::In, [value, range]) => taking(&[(value, Kinds::ALL), (range, Kinds::LIST.or(Kinds::MAP))], Values::bools(), false),
        (Function::Add | Function::Subtract | Function::Multiply | Function::Divide | Function::Modulo, [left, right]) => arithmetic(function, left, right),
        (Function::Index, [range, key]) => taking(&[(range, Kinds::LIST.or(Kinds::MAP)), (key, Kinds::ALL)], elements(range), true),
        (Function::Contains | Function::StartsWith | Function::EndsWith, [text, part]) => taking(&[(text, TEXT), (part, TEXT)], Values::bools(), false),
        (Function::IndexOf | Function::LastIndexOf, [text, part]) => {
            taking(&[(text, TEXT), (part, TEXT)], Values::ints(-1, i64::from(weight(0)).saturating_mul(16).saturating_add(15)), false)
        }
        // Searching for the empty text gives back where it began, wherever that is.
        (Function::IndexOf | Function::LastIndexOf, [text, part, from]) => {
            taking(&[(text, TEXT), (part, TEXT), (from, Kinds::INT)], Values::Ints(i64::MIN, i64::MAX), true)
        }
        (Function::CharAt, [text, at]) => taking(&[(text, TEXT), (at, Kinds::INT)], texts(1), true),
        (Function::Substring, [text, from]) => taking(&[(text, TEXT), (from, Kinds::INT)], texts(weight(0)), true),
        (Function::Substring, [text, from, to]) => taking(&[(text, TEXT), (from, Kinds::INT), (to, Kinds::INT)], texts(weight(0)), true),
        (Function::Replace, [text, part, with]) => taking(&[(text, TEXT), (part, TEXT), (with, TEXT)], texts(replaced(args)), false),
        (Function::Replace, [text, part, with, limit]) => {
            taking(&[(text, TEXT), (part, TEXT), (with, TEXT), (limit, Kinds::INT)], texts(replaced(args)), false)
        }
        (Function::Split, [text, by]) => taking(&[(text, TEXT), (by, TEXT)], Values::Of(Kinds::LIST, pieces(weight(0))), false),
        (Function::Split, [text, by, limit]) => taking(&[(text, TEXT), (by, TEXT), (limit, Kinds::INT)], Values::Of(Kinds::LIST, pieces(weight(0))), false),
        _ => Possible { fault: true, ..Possible::of(Values::NONE) },
    }
}

/// A result for arguments of these kinds; for others a fault.
fn taking(args: &[(&Values, Kinds)], values: Values, fault: bool) -> Possible {
    let fits = args.iter().all(|(arg, kinds)| arg.kinds().meets(*kinds));
    let always = args.iter().all(|(arg, kinds)| arg.kinds().within(*kinds));
    Possible { values: if fits { values } else { Values::NONE }, unknown: false, fault: fault || !always, exact: false }
}

fn equality(function: Function, left: &Values, right: &Values) -> Possible {
    let (kinds, others) = (left.kinds(), right.kinds());
    let numeric = kinds.meets(Kinds::NUMBER) && others.meets(Kinds::NUMBER);
    let (may, may_not) = match (Span::of(left), Span::of(right)) {
        (Some(left), Some(right)) => ordered(left, right, |order| order.is_some_and(std::cmp::Ordering::is_eq), numbers),
        _ => (numeric || kinds.meets(others), true),
    };
    let equal = function == Function::Equal;
    let (may, may_not) = if equal { (may, may_not) } else { (may_not, may) };
    Possible::of(truths(may, may_not))
}

fn truths(may: bool, may_not: bool) -> Values {
    Values::Few([(may_not, false), (may, true)].into_iter().filter(|(possible, _)| *possible).map(|(_, holds)| Value::Bool(holds)).collect())
}

fn order(function: Function, left: &Values, right: &Values) -> Possible {
    if let (Some(left), Some(right)) = (Span::of(left), Span::of(right)) {
        let holds = |order: Option<std::cmp::Ordering>| {
            order.is_some_and(|order| match function {
                Function::Less => order.is_lt(),
                Function::LessEqual => order.is_le(),
                Function::Greater => order.is_gt(),
                _ => order.is_ge(),
            })
        };
        let (may, may_not) = ordered(left, right, holds, numbers);
        return Possible::of(truths(may, may_not));
    }
    let (kinds, others) = (left.kinds(), right.kinds());
    let comparable = [Kinds::NUMBER, Kinds::STRING, Kinds::BOOL, Kinds::BYTES];
    let fits = comparable.iter().any(|group| kinds.meets(*group) && others.meets(*group));
    let always = comparable.iter().any(|group| kinds.within(*group) && others.within(*group));
    Possible { fault: !always, ..Possible::of(if fits { Values::bools() } else { Values::NONE }) }
}

fn arithmetic(function: Function, left: &Values, right: &Values) -> Possible {
    if let Some(possible) = span::arithmetic(function, left, right) {
        return possible;
    }
    let (kinds, others) = (left.kinds(), right.kinds());
    let sums = Kinds::STRING.or(Kinds::BYTES).or(Kinds::LIST);
    let taken = if function == Function::Add { Kinds::NUMBER.or(sums) } else { Kinds::NUMBER };
    let weight = left.weight().saturating_add(right.weight()).saturating_add(1);
    let both = kinds.and(others).and(taken);
    let simple = [Kinds::STRING, Kinds::BYTES, Kinds::LIST].iter().any(|kind| both == *kind && kinds == *kind && others == *kind);
    let values = if both == Kinds::NONE { Values::NONE } else { Values::Of(both, weight) };
    Possible { fault: !simple, ..Possible::of(values) }
}

/// What stands in lists and maps.
fn elements(range: &Values) -> Values {
    let Values::Few(ranges) = range else { return Values::Of(Kinds::ALL, range.weight()) };
    let mut values = Values::NONE;
    for range in ranges {
        match range {
            Value::List(elements) => elements.iter().for_each(|element| values = std::mem::replace(&mut values, Values::NONE).or(Values::one(element.clone()))),
            Value::Map(entries) => entries.iter().for_each(|(_, value)| values = std::mem::replace(&mut values, Values::NONE).or(Values::one(value.clone()))),
            _ => {}
        }
    }
    values
}

/// A text of this weight in pieces: at most one for each byte, and one more.
fn pieces(weight: u32) -> u32 {
    weight.saturating_mul(32).saturating_add(32)
}

/// The weight of a text in which parts were replaced: at most one at each byte, and one more.
fn replaced(args: &[Values]) -> u32 {
    let [text, _, with, ..] = args else { return UNBOUNDED };
    let places = text.weight().saturating_mul(16).saturating_add(17);
    text.weight().saturating_add(places.saturating_mul(with.weight().saturating_add(1))).saturating_add(1)
}

/// The most that a function may cost, in the machine's units of work.
fn cost(function: Function, args: &[Values]) -> u64 {
    let weights = || args.iter().map(|arg| u64::from(arg.weight()));
    let all = weights().fold(1, u64::saturating_add);
    let flat = args.first().is_some_and(|arg| !arg.kinds().meets(Kinds::LIST.or(Kinds::MAP)));
    let own = match function {
        // Nested lists and maps are compared entry by entry with every other.
        Function::Equal | Function::NotEqual => {
            let least = weights().min().unwrap_or(0).saturating_add(1);
            if args.iter().any(|arg| !arg.kinds().meets(Kinds::LIST.or(Kinds::MAP))) { least } else { least.saturating_mul(least) }
        }
        Function::In if !flat => all.saturating_mul(all),
        Function::Replace => u64::from(replaced(args)),
        Function::Split => args.first().map_or(0, |text| u64::from(pieces(text.weight()))),
        Function::Join => weights().fold(1, |product: u64, weight| product.saturating_mul(weight.saturating_add(1))),
        _ => all,
    };
    // A weight that is not known stands for any.
    if weights().any(|weight| weight == u64::from(UNBOUNDED)) { u64::MAX } else { all.saturating_add(own) }
}
