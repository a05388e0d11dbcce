//! The functions and operators of the language, as data: what each takes and gives.

use super::types::Type;
use crate::program::Function as F;
use std::fmt;
use std::sync::Arc;

/// A type as a signature writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Bool,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    Dyn,
    /// Any type, the same wherever the signature writes it.
    A,
    /// Any second type.
    B,
    List(&'static Sort),
    Map(&'static Sort, &'static Sort),
    Timestamp,
    Duration,
    /// The type of the type `A` where it is a result.
    Type,
    Optional(&'static Sort),
}

/// How a function is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `a + b`, `a[b]`
    Operator,
    /// `size(a)`, `math.abs(a)`
    Global,
    /// `a.contains(b)`
    Method,
}

/// One signature of a function.
#[derive(Debug)]
pub(super) struct Signature {
    /// As authors write it; dots belong to a namespace.
    pub name: &'static str,
    pub style: Style,
    pub function: F,
    /// A method's receiver comes first.
    pub params: &'static [Sort],
    /// The last parameter may stand any number of times more.
    pub repeats: bool,
    pub result: Sort,
}

const fn operator(name: &'static str, function: F, params: &'static [Sort], result: Sort) -> Signature {
    Signature { name, style: Style::Operator, function, params, repeats: false, result }
}

const fn global(name: &'static str, function: F, params: &'static [Sort], result: Sort) -> Signature {
    Signature { name, style: Style::Global, function, params, repeats: false, result }
}

const fn method(name: &'static str, function: F, params: &'static [Sort], result: Sort) -> Signature {
    Signature { name, style: Style::Method, function, params, repeats: false, result }
}

const fn repeating(name: &'static str, function: F, params: &'static [Sort], result: Sort) -> Signature {
    Signature { name, style: Style::Global, function, params, repeats: true, result }
}

use Sort::{A, B, Bool, Bytes, Double, Duration, Int, List, Map, Optional, String, Timestamp, Uint};

/// All signatures.
pub(super) static SIGNATURES: &[Signature] = &[
    operator("==", F::Equal, &[A, A], Bool),
    operator("!=", F::NotEqual, &[A, A], Bool),
    operator("<", F::Less, &[Bool, Bool], Bool),
    operator("<", F::Less, &[Int, Int], Bool),
    operator("<", F::Less, &[Uint, Uint], Bool),
    operator("<", F::Less, &[Double, Double], Bool),
    operator("<", F::Less, &[String, String], Bool),
    operator("<", F::Less, &[Bytes, Bytes], Bool),
    operator("<", F::Less, &[Timestamp, Timestamp], Bool),
    operator("<", F::Less, &[Duration, Duration], Bool),
    operator("<=", F::LessEqual, &[Bool, Bool], Bool),
    operator("<=", F::LessEqual, &[Int, Int], Bool),
    operator("<=", F::LessEqual, &[Uint, Uint], Bool),
    operator("<=", F::LessEqual, &[Double, Double], Bool),
    operator("<=", F::LessEqual, &[String, String], Bool),
    operator("<=", F::LessEqual, &[Bytes, Bytes], Bool),
    operator("<=", F::LessEqual, &[Timestamp, Timestamp], Bool),
    operator("<=", F::LessEqual, &[Duration, Duration], Bool),
    operator(">", F::Greater, &[Bool, Bool], Bool),
    operator(">", F::Greater, &[Int, Int], Bool),
    operator(">", F::Greater, &[Uint, Uint], Bool),
    operator(">", F::Greater, &[Double, Double], Bool),
    operator(">", F::Greater, &[String, String], Bool),
    operator(">", F::Greater, &[Bytes, Bytes], Bool),
    operator(">", F::Greater, &[Timestamp, Timestamp], Bool),
    operator(">", F::Greater, &[Duration, Duration], Bool),
    operator(">=", F::GreaterEqual, &[Bool, Bool], Bool),
    operator(">=", F::GreaterEqual, &[Int, Int], Bool),
    operator(">=", F::GreaterEqual, &[Uint, Uint], Bool),
    operator(">=", F::GreaterEqual, &[Double, Double], Bool),
    operator(">=", F::GreaterEqual, &[String, String], Bool),
    operator(">=", F::GreaterEqual, &[Bytes, Bytes], Bool),
    operator(">=", F::GreaterEqual, &[Timestamp, Timestamp], Bool),
    operator(">=", F::GreaterEqual, &[Duration, Duration], Bool),
    operator("in", F::In, &[A, List(&A)], Bool),
    operator("in", F::In, &[A, Map(&A, &B)], Bool),
    operator("+", F::Add, &[Int, Int], Int),
    operator("+", F::Add, &[Uint, Uint], Uint),
    operator("+", F::Add, &[Double, Double], Double),
    operator("+", F::Add, &[String, String], String),
    operator("+", F::Add, &[Bytes, Bytes], Bytes),
    operator("+", F::Add, &[List(&A), List(&A)], List(&A)),
    operator("+", F::Add, &[Timestamp, Duration], Timestamp),
    operator("+", F::Add, &[Duration, Timestamp], Timestamp),
    operator("+", F::Add, &[Duration, Duration], Duration),
    operator("-", F::Subtract, &[Timestamp, Timestamp], Duration),
    operator("-", F::Subtract, &[Timestamp, Duration], Timestamp),
    operator("-", F::Subtract, &[Duration, Duration], Duration),
    operator("-", F::Subtract, &[Int, Int], Int),
    operator("-", F::Subtract, &[Uint, Uint], Uint),
    operator("-", F::Subtract, &[Double, Double], Double),
    operator("*", F::Multiply, &[Int, Int], Int),
    operator("*", F::Multiply, &[Uint, Uint], Uint),
    operator("*", F::Multiply, &[Double, Double], Double),
    operator("/", F::Divide, &[Int, Int], Int),
    operator("/", F::Divide, &[Uint, Uint], Uint),
    operator("/", F::Divide, &[Double, Double], Double),
    operator("%", F::Modulo, &[Int, Int], Int),
    operator("%", F::Modulo, &[Uint, Uint], Uint),
    operator("-", F::Negate, &[Int], Int),
    operator("-", F::Negate, &[Double], Double),
    operator("[]", F::Index, &[List(&A), Int], A),
    operator("[]", F::Index, &[Map(&A, &B), A], B),
    operator("[]", F::Index, &[Optional(&List(&A)), Int], Optional(&A)),
    operator("[]", F::Index, &[Optional(&Map(&A, &B)), A], Optional(&B)),
    operator("[?]", F::OptionalSelect, &[List(&A), Int], Optional(&A)),
    operator("[?]", F::OptionalSelect, &[Map(&A, &B), A], Optional(&B)),
    operator("[?]", F::OptionalSelect, &[Optional(&List(&A)), Int], Optional(&A)),
    operator("[?]", F::OptionalSelect, &[Optional(&Map(&A, &B)), A], Optional(&B)),
    global("size", F::Size, &[String], Int),
    global("size", F::Size, &[Bytes], Int),
    global("size", F::Size, &[List(&A)], Int),
    global("size", F::Size, &[Map(&A, &B)], Int),
    method("size", F::Size, &[String], Int),
    method("size", F::Size, &[Bytes], Int),
    method("size", F::Size, &[List(&A)], Int),
    method("size", F::Size, &[Map(&A, &B)], Int),
    global("int", F::ToInt, &[Int], Int),
    global("int", F::ToInt, &[Uint], Int),
    global("int", F::ToInt, &[Double], Int),
    global("int", F::ToInt, &[String], Int),
    global("int", F::ToInt, &[Timestamp], Int),
    global("uint", F::ToUint, &[Int], Uint),
    global("uint", F::ToUint, &[Uint], Uint),
    global("uint", F::ToUint, &[Double], Uint),
    global("uint", F::ToUint, &[String], Uint),
    global("double", F::ToDouble, &[Int], Double),
    global("double", F::ToDouble, &[Uint], Double),
    global("double", F::ToDouble, &[Double], Double),
    global("double", F::ToDouble, &[String], Double),
    global("string", F::ToString, &[Bool], String),
    global("string", F::ToString, &[Int], String),
    global("string", F::ToString, &[Uint], String),
    global("string", F::ToString, &[Double], String),
    global("string", F::ToString, &[String], String),
    global("string", F::ToString, &[Bytes], String),
    global("string", F::ToString, &[Timestamp], String),
    global("string", F::ToString, &[Duration], String),
    global("bytes", F::ToBytes, &[String], Bytes),
    global("bytes", F::ToBytes, &[Bytes], Bytes),
    global("timestamp", F::ToTimestamp, &[String], Timestamp),
    global("timestamp", F::ToTimestamp, &[Int], Timestamp),
    global("timestamp", F::ToTimestamp, &[Timestamp], Timestamp),
    global("duration", F::ToDuration, &[String], Duration),
    global("duration", F::ToDuration, &[Duration], Duration),
    global("type", F::ToType, &[A], Sort::Type),
    global("bool", F::ToBool, &[Bool], Bool),
    global("bool", F::ToBool, &[String], Bool),
    global("dyn", F::ToDyn, &[A], Sort::Dyn),
    method("contains", F::Contains, &[String, String], Bool),
    method("startsWith", F::StartsWith, &[String, String], Bool),
    method("endsWith", F::EndsWith, &[String, String], Bool),
    method("lowerAscii", F::LowerAscii, &[String], String),
    method("upperAscii", F::UpperAscii, &[String], String),
    method("trim", F::Trim, &[String], String),
    method("indexOf", F::IndexOf, &[String, String], Int),
    method("indexOf", F::IndexOf, &[String, String, Int], Int),
    method("lastIndexOf", F::LastIndexOf, &[String, String], Int),
    method("lastIndexOf", F::LastIndexOf, &[String, String, Int], Int),
    method("charAt", F::CharAt, &[String, Int], String),
    method("substring", F::Substring, &[String, Int], String),
    method("substring", F::Substring, &[String, Int, Int], String),
    method("replace", F::Replace, &[String, String, String], String),
    method("replace", F::Replace, &[String, String, String, Int], String),
    method("split", F::Split, &[String, String], List(&String)),
    method("split", F::Split, &[String, String, Int], List(&String)),
    method("join", F::Join, &[List(&String)], String),
    method("join", F::Join, &[List(&String), String], String),
    method("reverse", F::Reverse, &[String], String),
    method("reverse", F::Reverse, &[List(&A)], List(&A)),
    global("strings.quote", F::Quote, &[String], String),
    method("format", F::Format, &[String, List(&Sort::Dyn)], String),
    global("matches", F::Matches, &[String, String], Bool),
    method("matches", F::Matches, &[String, String], Bool),
    global("regex.extract", F::Extract, &[String, String], Optional(&String)),
    global("regex.extractAll", F::ExtractAll, &[String, String], List(&String)),
    global("regex.replace", F::ReplacePattern, &[String, String, String], String),
    global("regex.replace", F::ReplacePattern, &[String, String, String, Int], String),
    global("domain", F::Domain, &[String], String),
    global("bucket", F::Bucket, &[String, String], Int),
    repeating("math.greatest", F::Greatest, &[Int], Int),
    repeating("math.greatest", F::Greatest, &[Uint], Uint),
    repeating("math.greatest", F::Greatest, &[Double], Double),
    global("math.greatest", F::Greatest, &[List(&Int)], Int),
    global("math.greatest", F::Greatest, &[List(&Uint)], Uint),
    global("math.greatest", F::Greatest, &[List(&Double)], Double),
    repeating("math.least", F::Least, &[Int], Int),
    repeating("math.least", F::Least, &[Uint], Uint),
    repeating("math.least", F::Least, &[Double], Double),
    global("math.least", F::Least, &[List(&Int)], Int),
    global("math.least", F::Least, &[List(&Uint)], Uint),
    global("math.least", F::Least, &[List(&Double)], Double),
    global("math.abs", F::Abs, &[Int], Int),
    global("math.abs", F::Abs, &[Uint], Uint),
    global("math.abs", F::Abs, &[Double], Double),
    method("getFullYear", F::FullYear, &[Timestamp], Int),
    method("getFullYear", F::FullYear, &[Timestamp, String], Int),
    method("getMonth", F::Month, &[Timestamp], Int),
    method("getMonth", F::Month, &[Timestamp, String], Int),
    method("getDate", F::Date, &[Timestamp], Int),
    method("getDate", F::Date, &[Timestamp, String], Int),
    method("getDayOfMonth", F::DayOfMonth, &[Timestamp], Int),
    method("getDayOfMonth", F::DayOfMonth, &[Timestamp, String], Int),
    method("getDayOfWeek", F::DayOfWeek, &[Timestamp], Int),
    method("getDayOfWeek", F::DayOfWeek, &[Timestamp, String], Int),
    method("getDayOfYear", F::DayOfYear, &[Timestamp], Int),
    method("getDayOfYear", F::DayOfYear, &[Timestamp, String], Int),
    method("getHours", F::Hours, &[Timestamp], Int),
    method("getHours", F::Hours, &[Timestamp, String], Int),
    method("getHours", F::Hours, &[Duration], Int),
    method("getMinutes", F::Minutes, &[Timestamp], Int),
    method("getMinutes", F::Minutes, &[Timestamp, String], Int),
    method("getMinutes", F::Minutes, &[Duration], Int),
    method("getSeconds", F::Seconds, &[Timestamp], Int),
    method("getSeconds", F::Seconds, &[Timestamp, String], Int),
    method("getSeconds", F::Seconds, &[Duration], Int),
    method("getMilliseconds", F::Milliseconds, &[Timestamp], Int),
    method("getMilliseconds", F::Milliseconds, &[Timestamp, String], Int),
    method("getMilliseconds", F::Milliseconds, &[Duration], Int),
    global("math.ceil", F::Ceil, &[Double], Double),
    global("math.floor", F::Floor, &[Double], Double),
    global("math.round", F::Round, &[Double], Double),
    global("math.trunc", F::Trunc, &[Double], Double),
    global("math.sqrt", F::Sqrt, &[Int], Double),
    global("math.sqrt", F::Sqrt, &[Uint], Double),
    global("math.sqrt", F::Sqrt, &[Double], Double),
    global("math.sign", F::Sign, &[Int], Int),
    global("math.sign", F::Sign, &[Uint], Uint),
    global("math.sign", F::Sign, &[Double], Double),
    global("math.isNaN", F::IsNan, &[Double], Bool),
    global("math.isInf", F::IsInf, &[Double], Bool),
    global("math.isFinite", F::IsFinite, &[Double], Bool),
    global("math.bitAnd", F::BitAnd, &[Int, Int], Int),
    global("math.bitAnd", F::BitAnd, &[Uint, Uint], Uint),
    global("math.bitOr", F::BitOr, &[Int, Int], Int),
    global("math.bitOr", F::BitOr, &[Uint, Uint], Uint),
    global("math.bitXor", F::BitXor, &[Int, Int], Int),
    global("math.bitXor", F::BitXor, &[Uint, Uint], Uint),
    global("math.bitNot", F::BitNot, &[Int], Int),
    global("math.bitNot", F::BitNot, &[Uint], Uint),
    global("math.bitShiftLeft", F::ShiftLeft, &[Int, Int], Int),
    global("math.bitShiftLeft", F::ShiftLeft, &[Uint, Int], Uint),
    global("math.bitShiftRight", F::ShiftRight, &[Int, Int], Int),
    global("math.bitShiftRight", F::ShiftRight, &[Uint, Int], Uint),
    global("sets.contains", F::SetContains, &[List(&A), List(&A)], Bool),
    global("sets.equivalent", F::SetEquivalent, &[List(&A), List(&A)], Bool),
    global("sets.intersects", F::SetIntersects, &[List(&A), List(&A)], Bool),
    method("slice", F::Slice, &[List(&A), Int, Int], List(&A)),
    method("flatten", F::Flatten, &[List(&List(&A))], List(&A)),
    method("flatten", F::Flatten, &[List(&Sort::Dyn), Int], List(&Sort::Dyn)),
    method("sort", F::Sort, &[List(&A)], List(&A)),
    method("distinct", F::Distinct, &[List(&A)], List(&A)),
    global("lists.range", F::Range, &[Int], List(&Int)),
    method("first", F::First, &[List(&A)], Optional(&A)),
    method("last", F::Last, &[List(&A)], Optional(&A)),
    global("base64.encode", F::Base64Encode, &[Bytes], String),
    global("base64.decode", F::Base64Decode, &[String], Bytes),
    global("optional.of", F::OptionalOf, &[A], Optional(&A)),
    global("optional.none", F::OptionalNone, &[], Optional(&A)),
    global("optional.ofNonZeroValue", F::OptionalOfNonZero, &[A], Optional(&A)),
    method("hasValue", F::HasValue, &[Optional(&A)], Bool),
    method("value", F::OptionalValue, &[Optional(&A)], A),
    global("optional.unwrap", F::Unwrap, &[List(&Optional(&A))], List(&A)),
    method("unwrapOpt", F::Unwrap, &[List(&Optional(&A))], List(&A)),
];

/// The macros and special forms that are written as calls, with how each is written.
pub(super) static FORMS: &[(&str, Style, &str)] = &[
    ("has", Style::Global, "has(map.key)"),
    ("known", Style::Global, "known(field)"),
    ("unanswered", Style::Global, "unanswered(field)"),
    ("declined", Style::Global, "declined(field)"),
    ("masked", Style::Global, "masked(field)"),
    ("lookup", Style::Global, "lookup(lists.name, text).column"),
    ("all", Style::Method, "list.all(x, condition)"),
    ("exists", Style::Method, "list.exists(x, condition)"),
    ("exists_one", Style::Method, "list.exists_one(x, condition)"),
    ("filter", Style::Method, "list.filter(x, condition)"),
    ("map", Style::Method, "list.map(x, value)"),
];

/// What the parameters `A` and `B` of a signature stand for in one call.
#[derive(Debug, Default)]
struct Bindings {
    a: Option<Type>,
    b: Option<Type>,
}

impl Bindings {
    fn bind(&mut self, sort: Sort, ty: &Type) -> bool {
        let bound = if sort == B { &mut self.b } else { &mut self.a };
        let joined = match bound {
            Some(bound) => bound.join(ty),
            None => Some(ty.clone()),
        };
        let fits = joined.is_some();
        *bound = joined;
        fits
    }
}

impl Signature {
    /// It takes this many arguments, a receiver included.
    pub(super) fn takes(&self, count: usize) -> bool {
        if self.repeats { count >= self.params.len() } else { count == self.params.len() }
    }

    /// The type of the result where the arguments fit; none where they do not.
    pub(super) fn apply(&self, args: &[&Type]) -> Option<Type> {
        if !self.takes(args.len()) {
            return None;
        }
        let mut bindings = Bindings::default();
        for (index, ty) in args.iter().enumerate() {
            let sort = self.params.get(index).or(self.params.last())?;
            if !fits(*sort, ty, &mut bindings) {
                return None;
            }
        }
        Some(give(self.result, &bindings))
    }
}

fn fits(sort: Sort, ty: &Type, bindings: &mut Bindings) -> bool {
    match (sort, ty) {
        (A | B, _) => bindings.bind(sort, ty),
        (Sort::Dyn, _) => true,
        (List(element), Type::List(actual)) => fits(*element, actual, bindings),
        (Map(key, value), Type::Map(actual_key, actual_value)) => fits(*key, actual_key, bindings) && fits(*value, actual_value, bindings),
        (Optional(held), Type::Optional(actual)) => fits(*held, actual, bindings),
        (List(element) | Optional(element), Type::Dyn | Type::Error) => fits(*element, ty, bindings),
        (Map(key, value), Type::Dyn | Type::Error) => fits(*key, ty, bindings) && fits(*value, ty, bindings),
        (_, Type::Dyn | Type::Error) => true,
        (Bool, Type::Bool) | (Int, Type::Int) | (Uint, Type::Uint) | (Double, Type::Double) | (Bytes, Type::Bytes) => true,
        (Timestamp, Type::Timestamp) | (Duration, Type::Duration) | (Sort::Type, Type::Type(_)) => true,
        (String, Type::String | Type::Enum(_)) => true,
        _ => false,
    }
}

fn give(sort: Sort, bindings: &Bindings) -> Type {
    match sort {
        Bool => Type::Bool,
        Int => Type::Int,
        Uint => Type::Uint,
        Double => Type::Double,
        String => Type::String,
        Bytes => Type::Bytes,
        Timestamp => Type::Timestamp,
        Duration => Type::Duration,
        Sort::Type => Type::Type(Arc::new(bindings.a.clone().unwrap_or(Type::Error))),
        Sort::Dyn => Type::Dyn,
        // What no argument says fits everywhere, like the elements of `[]`.
        A => bindings.a.clone().unwrap_or(Type::Error),
        B => bindings.b.clone().unwrap_or(Type::Error),
        List(element) => Type::List(Arc::new(give(*element, bindings))),
        Optional(held) => Type::Optional(Arc::new(give(*held, bindings))),
        Map(key, value) => Type::Map(Arc::new(give(*key, bindings)), Arc::new(give(*value, bindings))),
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Bool => f.write_str("bool"),
            Int => f.write_str("int"),
            Uint => f.write_str("uint"),
            Double => f.write_str("double"),
            String => f.write_str("string"),
            Bytes => f.write_str("bytes"),
            Timestamp => f.write_str("timestamp"),
            Duration => f.write_str("duration"),
            Sort::Type => f.write_str("type"),
            Optional(A) => f.write_str("optional"),
            Optional(held) => write!(f, "optional({held})"),
            Sort::Dyn | A | B => f.write_str("any"),
            List(A) => f.write_str("list"),
            List(element) => write!(f, "list({element})"),
            Map(..) => f.write_str("map"),
        }
    }
}

impl fmt::Display for Signature {
    /// As authors write it, types in the place of arguments.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = |params: &[Sort]| params.iter().map(Sort::to_string).collect::<Vec<_>>().join(", ");
        match (self.style, self.params) {
            (Style::Operator, [left, right]) if self.name == "[]" => write!(f, "{left}[{right}]"),
            (Style::Operator, [left, right]) if self.name == "[?]" => write!(f, "{left}[?{right}]"),
            (Style::Operator, [left, right]) => write!(f, "{left} {} {right}", self.name),
            (Style::Operator, params) => write!(f, "{}{}", self.name, words(params)),
            (Style::Method, [receiver, rest @ ..]) => write!(f, "{receiver}.{}({})", self.name, words(rest)),
            (_, params) => write!(f, "{}({}{})", self.name, words(params), if self.repeats { ", …" } else { "" }),
        }
    }
}
