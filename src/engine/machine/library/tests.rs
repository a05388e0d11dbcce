//! The library, one line a case; patterns and zones against libraries that others keep.

mod differential;

use std::sync::Arc;

use super::super::testing::{IntoValue, apply, map, val};
use super::{duration_of, pattern, timestamp_of, zone};
use crate::engine::machine::Fault;
use crate::program::ready::is_sound;
use crate::program::{Function, Function::*, Value};

const MIN: i64 = i64::MIN;
const MAX: i64 = i64::MAX;

/// What a line expects.
enum Expected {
    Gives(Value),
    Faults(Fault),
}
use Expected::{Faults, Gives};

fn gives(value: impl IntoValue) -> Expected {
    Gives(val(value))
}

macro_rules! cases {
    ($($function:ident($($arg:expr),*) => $expected:expr;)*) => {
        [$((Function::$function, vec![$(val($arg)),*], $expected)),*]
    };
}

fn check<const N: usize>(cases: [(Function, Vec<Value>, Expected); N]) {
    for (function, args, expected) in cases {
        let expected = match expected {
            Gives(value) => Ok(value),
            Faults(fault) => Err(Some(fault)),
        };
        assert_eq!(apply(function, &args), expected, "{function:?} {args:?}");
    }
}

fn at(text: &str) -> Value {
    Value::Timestamp(timestamp_of(text).unwrap_or_else(|| panic!("{text}")))
}

fn span(text: &str) -> Value {
    Value::Duration(duration_of(text).unwrap_or_else(|| panic!("{text}")))
}

fn some(value: impl IntoValue) -> Value {
    Value::Optional(Some(Arc::new(val(value))))
}

fn none() -> Value {
    Value::Optional(None)
}

fn list<const N: usize>(elements: [Value; N]) -> Value {
    Value::List(elements.into())
}

fn ints<const N: usize>(elements: [i64; N]) -> Value {
    Value::List(elements.map(Value::Int).into())
}

fn texts<const N: usize>(elements: [&str; N]) -> Value {
    Value::List(elements.map(val).into())
}

fn bytes(bytes: &[u8]) -> Value {
    Value::Bytes(bytes.into())
}

#[test]
fn timestamps_are_read_and_written() {
    for (text, written) in [
        ("2009-02-13T23:31:30Z", "2009-02-13T23:31:30Z"),
        ("2009-02-13T23:31:30.120Z", "2009-02-13T23:31:30.12Z"),
        ("2009-02-13T23:31:30.000000001Z", "2009-02-13T23:31:30.000000001Z"),
        ("2009-02-13T23:31:30.0000000019Z", "2009-02-13T23:31:30.000000001Z"),
        ("2009-02-14T07:31:30+08:00", "2009-02-13T23:31:30Z"),
        ("2009-02-13T21:01:30-02:30", "2009-02-13T23:31:30Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"),
        ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5Z"),
        ("2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"),
    ] {
        assert_eq!(apply(ToString, &[at(text)]), Ok(val(written)), "{text}");
    }
    for text in [
        "", "2009", "2009-02-13", "2009-02-13T23:31:30", "2009-02-13 23:31:30Z", "2009-02-13t23:31:30Z", "2009-02-13T23:31:30z", "2009-02-30T00:00:00Z",
        "1900-02-29T00:00:00Z", "2009-13-01T00:00:00Z", "2009-00-01T00:00:00Z", "2009-01-00T00:00:00Z", "2009-02-13T24:00:00Z", "2009-02-13T23:60:00Z",
        "2009-02-13T23:31:60Z", "2009-02-13T23:31:30.Z", "2009-02-13T23:31:30+8:00", "2009-02-13T23:31:30+24:00", "2009-02-13T23:31:30 08:00",
        "2009-02-13T23:31:3008:00", "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "２009-02-13T23:31:30Z",
    ] {
        assert_eq!(timestamp_of(text), None, "{text}");
    }
}

#[test]
fn durations_are_read_and_written() {
    for (text, nanos, written) in [
        ("0", 0, "0s"), ("0s", 0, "0s"), ("1s", 1_000_000_000, "1s"), ("-1.5h", -5_400_000_000_000, "-5400s"), ("1h2m3s4ms5us6ns", 3_723_004_005_006, "3723.004005006s"),
        ("1.5ns", 1, "0.000000001s"), ("+.5s", 500_000_000, "0.5s"), ("1.s", 1_000_000_000, "1s"), ("5µs", 5000, "0.000005s"), ("5μs", 5000, "0.000005s"), ("-250ms", -250_000_000, "-0.25s"),
        ("2562047h47m16.854775807s", i64::MAX, "9223372036.854775807s"), ("-2562047h47m16.854775808s", i64::MIN, "-9223372036.854775808s"),
        ("0000000000000000000000000000000001s", 1_000_000_000, "1s"),
    ] {
        assert_eq!(duration_of(text), Some(nanos), "{text}");
        assert_eq!(apply(ToString, &[Value::Duration(nanos)]), Ok(val(written)), "{text}");
    }
    for text in ["", "-", "+", "1", "s", ".s", "1x", "1 s", "1s ", "1.2.3s", "--1s", "1d", "1e3s", "9223372036.854775808s", "320000000000s", "99999999999999999999999999999999999999999h"] {
        assert_eq!(duration_of(text), None, "{text}");
    }
}

#[test]
fn time_is_counted() {
    let (first, last) = ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z");
    check(cases! {
        Add(at("2009-02-13T23:00:00Z"), span("240s")) => gives(at("2009-02-13T23:04:00Z"));
        Add(span("120s"), at("2009-02-13T23:01:00Z")) => gives(at("2009-02-13T23:03:00Z"));
        Add(at("0001-01-01T00:00:01.000000001Z"), span("-999999999ns")) => gives(at("0001-01-01T00:00:00.000000002Z"));
        Add(at(last), span("1ns")) => Faults(Fault::Overflow);
        Subtract(at(first), span("1ns")) => Faults(Fault::Overflow);
        Subtract(at("1970-01-01T00:00:00Z"), Value::Duration(MIN)) => gives(at("2262-04-11T23:47:16.854775808Z"));
        Subtract(at("2009-02-13T23:31:00Z"), at("2009-02-13T23:29:00Z")) => gives(span("2m"));
        Subtract(at(last), at(first)) => Faults(Fault::Overflow);
        Add(Value::Duration(MAX), span("1ns")) => Faults(Fault::Overflow);
        Subtract(Value::Duration(MIN), span("1ns")) => Faults(Fault::Overflow);
        Negate(span("3s")) => Faults(Fault::NoOverload);
        Add(at(first), at(first)) => Faults(Fault::NoOverload);
        Add(at(first), 1) => Faults(Fault::NoOverload);
        Multiply(span("3s"), 2) => Faults(Fault::NoOverload);
        Less(at(first), at(last)) => gives(true);
        GreaterEqual(span("1s"), span("1000ms")) => gives(true);
        Less(at(first), span("1s")) => Faults(Fault::NoOverload);
        Equal(span("60s"), span("1m")) => gives(true);
        Equal(span("60s"), 60) => gives(false);
        Equal(at("2009-02-13T23:31:30Z"), at("2009-02-14T00:31:30+01:00")) => gives(true);
        ToInt(at("1969-12-31T23:59:59.5Z")) => gives(-1);
        ToTimestamp(-62_135_596_800_i64) => gives(at(first));
        ToTimestamp(-62_135_596_801_i64) => Faults(Fault::Conversion);
        ToTimestamp(253_402_300_800_i64) => Faults(Fault::Conversion);
        ToTimestamp(1.0) => Faults(Fault::NoOverload);
        ToDuration("1w") => Faults(Fault::Conversion);
        ToDuration(1) => Faults(Fault::NoOverload);
    });
}

#[test]
fn accessors_of_time() {
    let (friday, late) = (at("2009-02-13T23:31:20.123456789Z"), at("2008-12-31T23:59:59Z"));
    check(cases! {
        FullYear(friday.clone()) => gives(2009);
        Month(friday.clone()) => gives(1);
        Date(friday.clone()) => gives(13);
        DayOfMonth(friday.clone()) => gives(12);
        DayOfWeek(friday.clone()) => gives(5);
        DayOfYear(friday.clone()) => gives(43);
        DayOfYear(late.clone()) => gives(365);
        Hours(friday.clone()) => gives(23);
        Minutes(friday.clone()) => gives(31);
        Seconds(friday.clone()) => gives(20);
        Milliseconds(friday.clone()) => gives(123);
        Date(friday.clone(), "Australia/Sydney") => gives(14);
        DayOfMonth(at("2009-02-13T02:00:00Z"), "America/St_Johns") => gives(11);
        Minutes(friday.clone(), "Asia/Kathmandu") => gives(16);
        Hours(friday.clone(), "02:00") => gives(1);
        FullYear(late.clone(), "Asia/Shanghai") => gives(2009);
        FullYear(late.clone(), "-09:30") => gives(2008);
        FullYear(late.clone(), "+00:01") => gives(2009);
        Hours(friday.clone(), "Mars/Olympus") => Faults(Fault::Argument);
        Hours(friday.clone(), "+25:00") => Faults(Fault::Argument);
        Hours(friday.clone(), 8) => Faults(Fault::NoOverload);
        DayOfWeek(at("0001-01-01T00:00:00Z")) => gives(1);
        DayOfWeek(at("9999-12-31T00:00:00Z")) => gives(5);
        FullYear(at("0001-01-01T00:00:00Z"), "-01:00") => gives(0);
        FullYear(at("9999-12-31T23:59:59Z"), "+01:00") => gives(10_000);
        Hours(span("10000s")) => gives(2);
        Minutes(span("3730s")) => gives(62);
        Seconds(span("3730s")) => gives(3730);
        Milliseconds(span("123.321456789s")) => gives(321);
        Milliseconds(span("-1.5s")) => gives(-500);
        FullYear(span("1s")) => Faults(Fault::NoOverload);
    });
}

#[test]
fn types_and_bytes() {
    check(cases! {
        ToType(1) => gives(Value::Type("int".into()));
        ToType(at("2009-02-13T23:31:30Z")) => gives(Value::Type("google.protobuf.Timestamp".into()));
        ToType(Value::Type("int".into())) => gives(Value::Type("type".into()));
        ToType(none()) => gives(Value::Type("optional_type".into()));
        Equal(Value::Type("int".into()), Value::Type("int".into())) => gives(true);
        Equal(Value::Type("int".into()), "int") => gives(false);
        ToBytes("ÿ") => gives(bytes(&[0xC3, 0xBF]));
        ToBytes(1) => Faults(Fault::NoOverload);
    });
}

#[test]
fn quoting_and_formats() {
    let one = |value: Value| list([value]);
    check(cases! {
        Quote("a\"b\\c\u{7}\u{8}\u{c}\n\r\t\u{b}上") => gives("\"a\\\"b\\\\c\\a\\b\\f\\n\\r\\t\\v上\"");
        Format("%% %s %d", list([val("a"), val(1)])) => gives("% a 1");
        Format("%s", one(list([val(6), val(4.2), Value::Null, some(1)]))) => Faults(Fault::Argument);
        Format("%s", one(list([val(6), val(4.2), Value::Null, val("a")]))) => gives("[6, 4.2, null, a]");
        Format("%s", one(map(&[(val("b"), val(1)), (val(3), span("422s")), (val(true), Value::Null)]))) => gives("{3: 422s, b: 1, true: null}");
        Format("%d", one(val(MIN))) => gives("-9223372036854775808");
        Format("%s %s %s", list([span("9223372036.854775807s"), span("-1ns"), span("1.5s")])) => gives("9223372036.854776s -0.000000001s 1.5s");
        Format("%d", one(val(f64::NEG_INFINITY))) => gives("-Infinity");
        Format("%d|%d", list([val(3.25), val(2.0)])) => gives("3.25|2");
        Format("%s|%s", list([bytes(&[0xFF, 0xFE, b'a', 0xE4, 0xB8]), list([bytes(&[0xE4, 0xB8, 0x8A, 0xFF])])])) => gives("\u{fffd}a\u{fffd}|[上\u{fffd}]");
        Format("%.3f|%.0f|%f", list([val(1.2345), val(2.5), val(2.71829)])) => gives("1.234|2|2.718290");
        Format("%.2f", one(val(-0.004))) => gives("-0.00");
        Format("%.6e|%e|%.1e", list([val(1052.032911275), val(-2.71829), val(1e-100)])) => gives("1.052033e+03|-2.718290e+00|1.0e-100");
        Format("%e", one(val(f64::NAN))) => gives("NaN");
        Format("%b|%b|%b", list([val(-5), val(64u64), val(true)])) => gives("-101|1000000|1");
        Format("%o", one(val(65535u64))) => gives("177777");
        Format("%x|%X|%x|%X", list([val(30), val(6000u64), val("Hello"), bytes(&[0xAB, 1])])) => gives("1e|1770|48656c6c6f|AB01");
        Format("%x", one(val(MIN))) => gives("-8000000000000000");
        Format("%d %d", one(val(1))) => Faults(Fault::Index);
        Format("%a", one(val(1))) => Faults(Fault::Argument);
        Format("%", one(val(1))) => Faults(Fault::Argument);
        Format("%.f", one(val(1.0))) => Faults(Fault::Argument);
        Format("%.1s", one(val("a"))) => Faults(Fault::Argument);
        Format("%.9999f", one(val(1.0))) => Faults(Fault::Argument);
        Format("none", list([])) => gives("none");
    });
}

#[test]
fn patterns() {
    check(cases! {
        Matches("hubba", "ubb") => gives(true);
        Matches("", "foo|bar") => gives(false);
        Matches("cows", "") => gives(true);
        Matches("mañana", "^a+ñ") => gives(false);
        Matches("mañana", "^ma.ana$") => gives(true);
        Matches("🐱😀😀", "^.(a|😀){2}$") => gives(true);
        Matches("٣", r"\d") => gives(false);
        Matches("é", r"\w") => gives(false);
        Matches("éa", r"\ba") => gives(true);
        Matches("a\u{b}", r"\s") => gives(false);
        Matches("上海", r"^\S\W$") => gives(true);
        Matches("a-b", r"^[\w-]+$") => gives(true);
        Matches("STRASSE", "(?i)^strasse$") => gives(true);
        Matches("a\nb", "^b") => gives(false);
        Matches("a\nb", "(?m)^b$") => gives(true);
        Matches("a\nb", "a.b") => gives(false);
        Matches("a\nb", "(?s)a.b") => gives(true);
        Matches("aaa", "^a{2}$") => gives(false);
        Matches("a", "(") => Faults(Fault::Argument);
        Matches("上a", r"^\pL+$") => gives(true);
        Matches("1", r"\PL") => gives(true);
        Matches("aB", r"^\p{Ll}\p{Lu}$") => gives(true);
        Matches("上海", r"^\p{Han}+$") => gives(true);
        Matches("上", r"\p{^Han}") => gives(false);
        Matches("ж_", r"^[\p{Cyrillic}_]+$") => gives(true);
        Matches("a", r"^[^\pL]$") => gives(false);
        Matches("Ж", r"(?i)^\p{Ll}$") => gives(true);
        Matches("\u{1f600}", r"^\p{Any}$") => gives(true);
        Matches("٣", r"^\d$") => gives(false);
        Matches("٣", r"^\p{Nd}$") => gives(true);
        // By names that RE2 does not have.
        Matches("a", r"\p{Letter}") => Faults(Fault::Argument);
        Matches("a", r"\p{Alphabetic}") => Faults(Fault::Argument);
        Matches("上", r"\p{han}") => Faults(Fault::Argument);
        Matches("上", r"\p{Script=Han}") => Faults(Fault::Argument);
        Matches("a", r"(?x) a") => Faults(Fault::Argument);
        Matches("a", r"a(?=b)") => Faults(Fault::Argument);
        Extract("hello world", "hello(.*)") => gives(some(" world"));
        Extract("item-A, item-B", "item-(\\w+)") => gives(some("A"));
        Extract("HELLO", "hello") => gives(none());
        Extract("ab", "b(c)?") => gives(none());
        Extract("testuser@testdomain", "(.*)@([^.]*)") => Faults(Fault::Argument);
        ExtractAll("id:123, id:456", "id:\\d+") => gives(texts(["id:123", "id:456"]));
        ExtractAll("id:123, id:456", "id:(\\d+)") => gives(texts(["123", "456"]));
        ExtractAll("abc", "x*") => gives(texts(["", "", "", ""]));
        ExtractAll("上b上", "上*") => gives(texts(["上", "上"]));
        ExtractAll("none", "z") => gives(texts([]));
        ReplacePattern("hello world hello", "hello", "hi") => gives("hi world hi");
        ReplacePattern("banana", "a", "x", 1) => gives("bxnana");
        ReplacePattern("banana", "a", "x", 0) => gives("banana");
        ReplacePattern("banana", "a", "x", -100) => gives("bxnxnx");
        ReplacePattern("foo bar", "(fo)o (ba)r", r"\2 \1 \0 \\") => gives(r"ba fo foo bar \");
        ReplacePattern("foo bar", "(fo)o (ba)r", r"\3") => Faults(Fault::Argument);
        ReplacePattern("foo", "fo", r"\x") => Faults(Fault::Argument);
        ReplacePattern("foo", "fo", "\\") => Faults(Fault::Argument);
        ReplacePattern("上海", "", "-") => gives("-上-海-");
    });
}

#[test]
fn numbers() {
    check(cases! {
        Ceil(-1.2) => gives(-1.0);
        Floor(-1.2) => gives(-2.0);
        Round(-1.5) => gives(-2.0);
        Round(0.49999999999999994) => gives(0.0);
        Trunc(-1.9) => gives(-1.0);
        Trunc(1) => Faults(Fault::NoOverload);
        Sqrt(81) => gives(9.0);
        Sqrt(2u64) => gives(std::f64::consts::SQRT_2);
        Sqrt(-1.0) => gives((-1.0_f64).sqrt());
        Sign(-3) => gives(-1);
        Sign(3u64) => gives(1u64);
        Sign(-0.0) => gives(0.0);
        IsNan(f64::NAN) => gives(true);
        IsInf(f64::NEG_INFINITY) => gives(true);
        IsFinite(f64::MAX) => gives(true);
        IsFinite(1) => Faults(Fault::NoOverload);
        BitAnd(1, -1) => gives(1);
        BitOr(4, -2) => gives(-2);
        BitXor(1u64, 3u64) => gives(2u64);
        BitXor(1u64, 3) => Faults(Fault::NoOverload);
        BitNot(0u64) => gives(u64::MAX);
        BitNot(MAX) => gives(MIN);
        ShiftLeft(-1, 63) => gives(MIN);
        ShiftLeft(-1, 64) => gives(0);
        ShiftRight(-1024, 3) => gives(2_305_843_009_213_693_824_i64);
        ShiftRight(1u64, MAX) => gives(0u64);
        ShiftRight(1, -1) => Faults(Fault::Argument);
    });
}

#[test]
fn lists_and_sets() {
    check(cases! {
        SetContains(ints([1, 2, 3]), list([val(3.0), val(1u64)])) => gives(true);
        SetContains(ints([]), ints([1])) => gives(false);
        SetContains(ints([1]), ints([])) => gives(true);
        SetEquivalent(ints([1, 2, 2]), list([val(2u64), val(1.0)])) => gives(true);
        SetEquivalent(ints([1, 2]), ints([1])) => gives(false);
        SetIntersects(ints([1, 2]), ints([2, 3])) => gives(true);
        SetIntersects(ints([]), ints([])) => gives(false);
        Slice(ints([1, 2, 3, 4]), 1, 3) => gives(ints([2, 3]));
        Slice(ints([1]), 1, 1) => gives(ints([]));
        Slice(ints([1]), 0, 2) => Faults(Fault::Index);
        Slice(ints([1]), -1, 1) => Faults(Fault::Index);
        Slice(ints([1, 2]), 2, 1) => Faults(Fault::Argument);
        Flatten(list([val(1), ints([2, 3]), list([ints([4])])])) => gives(list([val(1), val(2), val(3), ints([4])]));
        Flatten(list([val(1), list([val(2), list([val(3), ints([4])])])]), 2) => gives(list([val(1), val(2), val(3), ints([4])]));
        Flatten(list([ints([1])]), 0) => gives(list([ints([1])]));
        Flatten(ints([1]), -1) => Faults(Fault::Argument);
        Sort(ints([3, 1, 2])) => gives(ints([1, 2, 3]));
        Sort(list([val("b"), val("a")])) => gives(texts(["a", "b"]));
        Sort(list([span("2s"), span("1s")])) => gives(list([span("1s"), span("2s")]));
        Sort(list([val(1), val("b")])) => Faults(Fault::NoOverload);
        Sort(list([val(1), val(2u64)])) => Faults(Fault::NoOverload);
        Sort(list([ints([1])])) => Faults(Fault::NoOverload);
        Sort(list([val(1.0), val(f64::NAN)])) => Faults(Fault::Argument);
        Sort(ints([])) => gives(ints([]));
        SortByKeys(texts(["foo", "bar", "baz"]), ints([3, 1, 2])) => gives(texts(["bar", "baz", "foo"]));
        SortByKeys(texts(["foo", "bar", "baz"]), ints([1, 0, 1])) => gives(texts(["bar", "foo", "baz"]));
        SortByKeys(texts(["foo"]), ints([])) => Faults(Fault::NoOverload);
        Distinct(list([val(1), val(1.0), val("b"), val("b"), val(2)])) => gives(list([val(1), val("b"), val(2)]));
        Reverse(ints([1, 2])) => gives(ints([2, 1]));
        Range(3) => gives(ints([0, 1, 2]));
        Range(0) => gives(ints([]));
        Range(-1) => Faults(Fault::Argument);
        Range(MAX) => Faults(Fault::Fuel);
        First(ints([1, 2])) => gives(some(1));
        Last(ints([1, 2])) => gives(some(2));
        Last(ints([])) => gives(none());
    });
}

#[test]
fn base64() {
    for (plain, encoded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy")] {
        assert_eq!(apply(Base64Encode, &[bytes(plain.as_bytes())]), Ok(val(encoded)));
        assert_eq!(apply(Base64Decode, &[val(encoded)]), Ok(bytes(plain.as_bytes())));
        assert_eq!(apply(Base64Decode, &[val(encoded.trim_end_matches('='))]), Ok(bytes(plain.as_bytes())));
    }
    for wrong in ["Z", "Zg=", "Zg===", "Zm9=v", "Zm9v=", "Zm9v====", "Zh==", "Zm9", "Z g=", "Zm-_", "===="] {
        assert_eq!(apply(Base64Decode, &[val(wrong)]), Err(Some(Fault::Conversion)), "{wrong}");
    }
}

#[test]
fn optionals() {
    let held = map(&[(val("a"), val(1)), (val(2), val("b"))]);
    check(cases! {
        OptionalOfNonZero(0.0) => gives(none());
        OptionalOfNonZero("") => gives(none());
        OptionalOfNonZero(false) => gives(none());
        OptionalOfNonZero(ints([])) => gives(none());
        OptionalOfNonZero(Value::Null) => gives(none());
        OptionalOfNonZero(span("0s")) => gives(none());
        OptionalOfNonZero("a") => gives(some("a"));
        OptionalOf(Value::Null) => gives(some(Value::Null));
        HasValue(some(1)) => gives(true);
        HasValue(1) => Faults(Fault::NoOverload);
        OptionalValue(some(1)) => gives(1);
        OptionalValue(none()) => Faults(Fault::Argument);
        OptionalSelect(held.clone(), "a") => gives(some(1));
        OptionalSelect(held.clone(), 2.0) => gives(some("b"));
        OptionalSelect(Value::Optional(Some(Arc::new(held.clone()))), "z") => gives(none());
        OptionalSelect(none(), "z") => gives(none());
        OptionalSelect(ints([7]), 0u64) => gives(some(7));
        OptionalSelect(ints([7]), -1) => gives(none());
        OptionalSelect(ints([7]), 0.5) => Faults(Fault::Argument);
        OptionalSelect(1, "z") => Faults(Fault::NoOverload);
        Index(some(ints([7])), 0) => gives(some(7));
        Index(none(), 0) => gives(none());
        Equal(some(1), some(1.0)) => gives(true);
        Equal(some(1), none()) => gives(false);
        Equal(none(), none()) => gives(true);
        Equal(some(1), 1) => gives(false);
        Unwrap(list([some(1), none(), some(3)])) => gives(ints([1, 3]));
        Unwrap(ints([1])) => Faults(Fault::NoOverload);
    });
}

#[test]
fn what_is_made_ready_is_sound_and_nothing_else_is() {
    let patterns = ["", "a", "[a-z]+@[^@]+", r"(a|bc)*\bd$", r"(?i)\w{2,5}[^\d]", ".", "[^a]"];
    let zones = ["UTC", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "+08:00", ""];
    let made: Vec<Vec<u8>> = patterns.into_iter().map(|text| pattern(text).unwrap()).chain(zones.into_iter().map(|name| zone(name).unwrap().to_vec())).collect();
    for bytes in made {
        assert!(is_sound(&bytes), "{bytes:?}");
        for length in 0..bytes.len() {
            assert!(!is_sound(&bytes[..length]) || bytes[0] == b'R', "{length} of {bytes:?}");
        }
        assert!(!is_sound(&[&bytes[..], &[0]].concat()));
        // Whatever is sound runs without a fault.
        for index in 0..bytes.len() {
            for changed in [0, 1, 3, 7, 0x7F, 0xFF] {
                let mut bytes = bytes.clone();
                bytes[index] = changed;
                if is_sound(&bytes) {
                    let ready = Value::Ready(bytes.clone().into());
                    let (function, value) = if bytes[0] == b'R' { (Matches, val("ab上 d")) } else { (Hours, at("9999-12-31T23:59:59Z")) };
                    assert!(apply(function, &[value, ready]).is_ok(), "{bytes:?}");
                }
            }
        }
    }
}
