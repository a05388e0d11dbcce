//! The strict functions on values: which overload, and what it costs.

use std::cmp::Ordering;

use super::possible::Kinds;
use super::work::Work;
use super::{Fault, compare, number, strings};
use crate::engine::text;
use crate::program::{Function, Value};

/// Why a function gives no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Halt {
    /// What it was asked for is not there.
    Unknown,
    /// It faulted.
    Fault(Fault),
}

impl From<Fault> for Halt {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// What a function takes and gives.
pub(super) struct Rule {
    /// The least number of arguments.
    least: usize,
    /// The kinds of each argument; in functions of any number of arguments, of each in turn.
    pub(super) takes: &'static [Kinds],
    pub(super) gives: Kinds,
    /// The weight of a result.
    pub(super) weight: Weight,
    /// Of which kinds the first argument must be that it cannot fault, where arguments are such as it takes.
    pub(super) safe: Kinds,
}

/// The most that a result weighs.
#[derive(Debug, Clone, Copy)]
pub(super) enum Weight {
    One,
    /// As much as the first argument.
    First,
    /// Twice as much.
    Twice,
    /// A list of pieces of the first argument.
    Pieces,
    /// The elements of the first argument with the second between them.
    Between,
    /// The first argument with the third in place of parts.
    Replaced,
}

const ANY: Kinds = Kinds::ALL;
const TEXT: Kinds = Kinds::STRING;
const OVER: Kinds = Kinds::LIST.or(Kinds::MAP);

impl Rule {
    const fn new(least: usize, takes: &'static [Kinds], gives: Kinds, weight: Weight) -> Self {
        Self { least, takes, gives, weight, safe: ANY }
    }

    const fn safe(self, safe: Kinds) -> Self {
        Self { safe, ..self }
    }

    /// Whether it takes as many arguments.
    pub(super) fn counts(&self, args: usize) -> bool {
        args >= self.least && (args <= self.takes.len() || self.least == 0)
    }
}

/// The rules of all functions, in their order. What arithmetic and comparisons take depends on both operands; `lift` and `apply` know more of these.
static RULES: [Rule; 39] = {
    use Weight::{Between, First, One, Pieces, Replaced, Twice};
    const COMPARE: Rule = Rule::new(2, &[ANY, ANY], Kinds::BOOL, One);
    const ARITHMETIC: Rule = Rule::new(2, &[ANY, ANY], ANY, First);
    const TEST: Rule = Rule::new(2, &[TEXT, TEXT], Kinds::BOOL, One);
    const CHANGE: Rule = Rule::new(1, &[TEXT], TEXT, First);
    const POSITION: Rule = Rule::new(2, &[TEXT, TEXT, Kinds::INT], Kinds::INT, One).safe(Kinds::NONE);
    const EXTREME: Rule = Rule::new(0, &[ANY], Kinds::NUMBER, One);
    [
        COMPARE, // ==
        COMPARE, // !=
        COMPARE, // <
        COMPARE, // <=
        COMPARE, // >
        COMPARE, // >=
        Rule::new(2, &[ANY, OVER], Kinds::BOOL, One), // in
        ARITHMETIC, // +
        ARITHMETIC, // -
        ARITHMETIC, // *
        ARITHMETIC, // /
        ARITHMETIC, // %
        Rule::new(1, &[Kinds::INT.or(Kinds::DOUBLE)], Kinds::NUMBER, One), // -a
        Rule::new(2, &[OVER, ANY], ANY, First).safe(Kinds::NONE), // a[b]
        Rule::new(1, &[TEXT.or(Kinds::BYTES).or(OVER)], Kinds::INT, One), // size
        Rule::new(1, &[Kinds::NUMBER.or(TEXT)], Kinds::INT, One), // int
        Rule::new(1, &[Kinds::NUMBER.or(TEXT)], Kinds::UINT, One).safe(Kinds::UINT), // uint
        Rule::new(1, &[Kinds::NUMBER.or(TEXT)], Kinds::DOUBLE, One), // double
        // The longest text of a number weighs 2. Whether there is one at all depends on the build.
        Rule::new(1, &[Kinds::NUMBER.or(TEXT).or(Kinds::BOOL).or(Kinds::BYTES)], TEXT, Twice).safe(Kinds::BOOL.or(TEXT)), // string
        Rule::new(1, &[Kinds::BOOL.or(TEXT)], Kinds::BOOL, One).safe(Kinds::BOOL), // bool
        TEST, // contains
        TEST, // startsWith
        TEST, // endsWith
        CHANGE, // lowerAscii
        CHANGE, // upperAscii
        CHANGE, // trim
        POSITION, // indexOf
        POSITION, // lastIndexOf
        Rule::new(2, &[TEXT, Kinds::INT], TEXT, One).safe(Kinds::NONE), // charAt
        Rule::new(2, &[TEXT, Kinds::INT, Kinds::INT], TEXT, First).safe(Kinds::NONE), // substring
        Rule::new(3, &[TEXT, TEXT, TEXT, Kinds::INT], TEXT, Replaced), // replace
        Rule::new(2, &[TEXT, TEXT, Kinds::INT], Kinds::LIST, Pieces), // split
        Rule::new(1, &[Kinds::LIST, TEXT], TEXT, Between).safe(Kinds::NONE), // join
        CHANGE, // reverse
        // Lower case can take more bytes than upper case, though not twice as many.
        Rule::new(1, &[TEXT], TEXT, Twice), // domain
        EXTREME, // math.greatest
        EXTREME, // math.least
        Rule::new(1, &[Kinds::NUMBER], Kinds::NUMBER, One), // math.abs
        Rule::new(1, &[ANY], ANY, First), // dyn
    ]
};

/// The rule of a function that has none: it takes nothing.
static NO_RULE: Rule = Rule::new(1, &[], Kinds::NONE, Weight::One);

/// The rule of a function.
pub(super) fn rule(function: Function) -> &'static Rule {
    RULES.get(function as usize).unwrap_or(&NO_RULE)
}

/// Applies a function to the values of its arguments.
pub(super) fn apply(function: Function, args: &[Value], work: &mut Work) -> Result<Value, Halt> {
    let rule = rule(function);
    let mut fits = rule.counts(args.len());
    for (at, arg) in args.iter().enumerate() {
        work.spend_on(arg)?;
        fits &= rule.takes.get(at).is_none_or(|takes| Kinds::of(arg).within(*takes));
    }
    if fits && function == Function::Domain {
        return text::domain(text_of(args, 0)).map(|domain| strings::text(&domain)).ok_or(Halt::Unknown);
    }
    let result = if fits { fitting(function, args, work) } else { Err(Fault::NoOverload) };
    #[cfg(feature = "full")]
    let result = match result {
        Err(Fault::NoOverload) => super::library::apply(function, args, work),
        result => result,
    };
    Ok(result?)
}

/// Applies a function to arguments of kinds that it takes.
fn fitting(function: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let (left, right) = (args.first().unwrap_or(&Value::Null), args.get(1).unwrap_or(&Value::Null));
    let (text, part) = (text_of(args, 0), text_of(args, 1));
    let int = |at: usize| match args.get(at) {
        Some(Value::Int(value)) => Some(*value),
        _ => None,
    };
    match function {
        Function::Equal => Ok(Value::Bool(compare::equal(left, right, work)?)),
        Function::NotEqual => Ok(Value::Bool(!compare::equal(left, right, work)?)),
        Function::Less | Function::LessEqual | Function::Greater | Function::GreaterEqual => Ok(Value::Bool(holds(function, compare::order(left, right)?))),
        Function::In => contains(left, right, work),
        Function::Add | Function::Subtract | Function::Multiply | Function::Divide | Function::Modulo => match (left, right) {
            (Value::String(_), Value::String(_)) if function == Function::Add => Ok(strings::concat(text, part)),
            (Value::Bytes(left), Value::Bytes(right)) if function == Function::Add => {
                let mut joined = left.to_vec();
                joined.extend_from_slice(right);
                Ok(Value::Bytes(joined.into()))
            }
            (Value::List(left), Value::List(right)) if function == Function::Add => {
                work.spend(left.len() + right.len())?;
                let mut joined = left.to_vec();
                joined.extend_from_slice(right);
                Ok(Value::List(joined.into()))
            }
            _ => number::arithmetic(function, left, right),
        },
        Function::Negate => number::negate(left),
        Function::Index => index(left, right, work),
        Function::Size => size(left),
        Function::ToInt => number::to_int(left),
        Function::ToUint => number::to_uint(left),
        Function::ToDouble => number::to_double(left),
        // The page takes no program that asks for it.
        #[cfg(feature = "full")]
        Function::ToString => number::to_string(left, work),
        Function::ToBool => number::to_bool(left),
        Function::Contains => Ok(Value::Bool(strings::contains(text, part))),
        Function::StartsWith => Ok(Value::Bool(text.as_bytes().starts_with(part.as_bytes()))),
        Function::EndsWith => Ok(Value::Bool(text.as_bytes().ends_with(part.as_bytes()))),
        Function::LowerAscii => Ok(strings::text(&text.to_ascii_lowercase())),
        Function::UpperAscii => Ok(strings::text(&text.to_ascii_uppercase())),
        Function::Trim => Ok(strings::text(text::trim(text))),
        Function::IndexOf => strings::index_of(text, part, int(2).unwrap_or(0)),
        Function::LastIndexOf => strings::last_index_of(text, part, int(2)),
        Function::CharAt => strings::char_at(text, int(1).unwrap_or(0)),
        Function::Substring => strings::substring(text, int(1).unwrap_or(0), int(2)),
        Function::Replace => strings::replace(text, part, text_of(args, 2), int(3).unwrap_or(-1), work),
        Function::Split => strings::split(text, part, int(2).unwrap_or(-1), work),
        Function::Join => strings::join(left, part, work),
        Function::Reverse => Ok(strings::reverse(text)),
        Function::Greatest | Function::Least => number::extreme(function, args, work),
        Function::Abs => number::abs(left),
        Function::ToDyn => Ok(left.clone()),
        // What is left has no arguments that fit.
        _ => Err(Fault::NoOverload),
    }
}

fn text_of(args: &[Value], at: usize) -> &str {
    match args.get(at) {
        Some(Value::String(text)) => text,
        _ => "",
    }
}

/// Whether values in this order are equal, less and so on; no order, where a NaN is among them.
pub(super) fn holds(function: Function, order: Option<Ordering>) -> bool {
    match function {
        Function::Equal => order == Some(Ordering::Equal),
        Function::NotEqual => order != Some(Ordering::Equal),
        Function::Less => order.is_some_and(Ordering::is_lt),
        Function::LessEqual => order.is_some_and(Ordering::is_le),
        Function::Greater => order.is_some_and(Ordering::is_gt),
        _ => order.is_some_and(Ordering::is_ge),
    }
}

/// A map of keys and values in turn.
pub(super) fn map(pairs: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let mut entries: Vec<(Value, Value)> = Vec::with_capacity(pairs.len() / 2);
    for pair in pairs.chunks_exact(2) {
        let [key, value] = pair else { continue };
        if !compare::is_key(key) || compare::entry(&entries, key, work)?.is_some() {
            return Err(Fault::Argument);
        }
        entries.push((key.clone(), value.clone()));
    }
    Ok(Value::Map(entries.into()))
}

/// A map's member, or whether it has it.
pub(super) fn member(map: &Value, name: &Value, has: bool, work: &mut Work) -> Result<Value, Fault> {
    let entries = match map {
        Value::Map(entries) => entries,
        #[cfg(feature = "full")]
        Value::Optional(held) => return super::library::member(held, name, has, work),
        _ => return Err(Fault::NoOverload),
    };
    let found = compare::entry(entries, name, work)?;
    if has { Ok(Value::Bool(found.is_some())) } else { found.cloned().ok_or(Fault::NoSuchKey) }
}

fn size(value: &Value) -> Result<Value, Fault> {
    let count = match value {
        Value::String(text) => return Ok(strings::length(text.as_bytes())),
        Value::Bytes(bytes) => bytes.len(),
        Value::List(elements) => elements.len(),
        Value::Map(entries) => entries.len(),
        _ => return Err(Fault::NoOverload),
    };
    Ok(strings::int(count))
}

fn contains(value: &Value, range: &Value, work: &mut Work) -> Result<Value, Fault> {
    match range {
        Value::List(elements) => {
            for element in elements.iter() {
                if compare::equal(value, element, work)? {
                    return Ok(Value::Bool(true));
                }
            }
            Ok(Value::Bool(false))
        }
        Value::Map(entries) => Ok(Value::Bool(compare::entry(entries, value, work)?.is_some())),
        _ => Err(Fault::NoOverload),
    }
}

fn index(range: &Value, key: &Value, work: &mut Work) -> Result<Value, Fault> {
    match range {
        Value::List(elements) => {
            let position = match key {
                Value::Int(key) => usize::try_from(*key).map_err(|_| Fault::Index)?,
                Value::Uint(key) => usize::try_from(*key).map_err(|_| Fault::Index)?,
                Value::Double(key) if key.trunc() != *key => return Err(Fault::Argument),
                // Beyond the range it saturates, and no list is that long.
                Value::Double(key) if *key >= 0.0 => *key as usize,
                Value::Double(_) => return Err(Fault::Index),
                _ => return Err(Fault::NoOverload),
            };
            elements.get(position).cloned().ok_or(Fault::Index)
        }
        Value::Map(entries) => compare::entry(entries, key, work)?.cloned().ok_or(Fault::NoSuchKey),
        _ => Err(Fault::NoOverload),
    }
}

#[cfg(test)]
mod tests;
