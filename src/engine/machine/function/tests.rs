//! The functions on values, one line a case: function, arguments, result.

use crate::engine::machine::Fault;
use crate::engine::machine::testing::{IntoValue, apply, map, val};
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

#[test]
fn integers() {
    check(cases! {
        Add(2, 3) => gives(5);
        Add(MAX, 1) => Faults(Fault::Overflow);
        Add(u64::MAX, 1u64) => Faults(Fault::Overflow);
        Subtract(MIN, 1) => Faults(Fault::Overflow);
        Subtract(1u64, 2u64) => Faults(Fault::Overflow);
        Multiply(MAX, 2) => Faults(Fault::Overflow);
        Multiply(5u64, 2u64) => gives(10u64);
        Divide(7, -2) => gives(-3);
        Divide(7, 0) => Faults(Fault::DivideByZero);
        Divide(7u64, 0u64) => Faults(Fault::DivideByZero);
        Divide(MIN, -1) => Faults(Fault::Overflow);
        Modulo(-7, 3) => gives(-1);
        Modulo(7, 0) => Faults(Fault::DivideByZero);
        Modulo(MIN, -1) => Faults(Fault::Overflow);
        Modulo(7u64, 4u64) => gives(3u64);
        Negate(5) => gives(-5);
        Negate(MIN) => Faults(Fault::Overflow);
        Negate(5u64) => Faults(Fault::NoOverload);
        Abs(-5) => gives(5);
        Abs(MIN) => Faults(Fault::Overflow);
        Abs(5u64) => gives(5u64);
    });
}

#[test]
fn doubles() {
    check(cases! {
        Add(0.1, 0.2) => gives(0.1 + 0.2);
        Divide(1.0, 0.0) => gives(f64::INFINITY);
        Multiply(1e308, 10.0) => gives(f64::INFINITY);
        Negate(0.0) => gives(-0.0);
        Abs(-1.5) => gives(1.5);
        Modulo(5.0, 3.0) => Faults(Fault::NoOverload);
        Add(1, 1.0) => Faults(Fault::NoOverload);
        Add(1, 1u64) => Faults(Fault::NoOverload);
        Add(1.0, "x") => Faults(Fault::NoOverload);
    });
    let Ok(Value::Double(nan)) = apply(Divide, &[val(0.0), val(0.0)]) else { panic!("no double") };
    assert!(nan.is_nan());
}

#[test]
fn numbers_are_compared_across_their_types() {
    check(cases! {
        Equal(1, 1.0) => gives(true);
        Equal(1, 1u64) => gives(true);
        Equal(9_007_199_254_740_993_i64, 9_007_199_254_740_992.0) => gives(true);
        Equal(9_007_199_254_740_993_i64, 9_007_199_254_740_992_i64) => gives(false);
        Equal(MAX, 9_223_372_036_854_775_807.0) => gives(true);
        Less(MAX, 9_223_372_036_854_775_807.0) => gives(false);
        GreaterEqual(MIN, -9_223_372_036_854_775_808.0) => gives(true);
        Less(u64::MAX, 18_446_744_073_709_551_616.0) => gives(false);
        Less(-1, 0u64) => gives(true);
        Greater(u64::MAX, MAX) => gives(true);
        Less(0, 0.5) => gives(true);
        Greater(0, -0.5) => gives(true);
        Less(-1, -0.5) => gives(true);
        Greater(0.5, 0) => gives(true);
        Less(1, f64::INFINITY) => gives(true);
        Greater(1, f64::NEG_INFINITY) => gives(true);
        Equal(0.0, -0.0) => gives(true);
        Equal(0, -0.0) => gives(true);
        Equal(f64::NAN, f64::NAN) => gives(false);
        NotEqual(f64::NAN, f64::NAN) => gives(true);
        Less(1, f64::NAN) => gives(false);
        GreaterEqual(1, f64::NAN) => gives(false);
    });
}

#[test]
fn equality_and_order_of_other_values() {
    check(cases! {
        Equal(Value::Null, Value::Null) => gives(true);
        Equal(Value::Null, 0) => gives(false);
        Equal("1", 1) => gives(false);
        Equal(true, 1) => gives(false);
        Equal(vec![1, 2], vec![1.0, 2.0]) => gives(true);
        Equal(vec![1, 2], vec![1]) => gives(false);
        Equal(vec![f64::NAN], vec![f64::NAN]) => gives(false);
        Equal(vec![vec!["a"]], vec![vec!["a"]]) => gives(true);
        Equal(map(&[(val(1), val("a")), (val("k"), val(2))]), map(&[(val("k"), val(2.0)), (val(1u64), val("a"))])) => gives(true);
        Equal(map(&[(val(1), val("a"))]), map(&[(val(1), val("b"))])) => gives(false);
        NotEqual(map(&[(val(1), val("a"))]), vec![1]) => gives(true);
        Equal(Value::Bytes([1, 2].into()), Value::Bytes([1, 2].into())) => gives(true);
        Less("Z", "a") => gives(true);
        Less("a", "上") => gives(true);
        Less("\u{FFFF}", "\u{10000}") => gives(true);
        Less(false, true) => gives(true);
        LessEqual(Value::Bytes([1].into()), Value::Bytes([1, 0].into())) => gives(true);
        Less("1", 2) => Faults(Fault::NoOverload);
        Less(Value::Null, Value::Null) => Faults(Fault::NoOverload);
        Less(vec![1], vec![2]) => Faults(Fault::NoOverload);
    });
}

#[test]
fn membership_index_and_size() {
    let numbers = map(&[(val(1), val("a")), (val("k"), val("b")), (val(true), val("c"))]);
    check(cases! {
        In(2.0, vec![1, 2]) => gives(true);
        In("x", vec![1, 2]) => gives(false);
        In(1u64, numbers.clone()) => gives(true);
        In("a", numbers.clone()) => gives(false);
        In(Value::Null, numbers.clone()) => gives(false);
        In("a", "abc") => Faults(Fault::NoOverload);
        Index(vec![5, 6], 1) => gives(6);
        Index(vec![5, 6], 1u64) => gives(6);
        Index(vec![5, 6], 1.0) => gives(6);
        Index(vec![5, 6], 0.5) => Faults(Fault::Argument);
        Index(vec![5, 6], -1.0) => Faults(Fault::Index);
        Index(vec![5, 6], f64::NAN) => Faults(Fault::Argument);
        Index(vec![5, 6], 2) => Faults(Fault::Index);
        Index(vec![5, 6], -1) => Faults(Fault::Index);
        Index(vec![5, 6], "0") => Faults(Fault::NoOverload);
        Index(numbers.clone(), 1.0) => gives("a");
        Index(numbers.clone(), true) => gives("c");
        Index(numbers.clone(), 2) => Faults(Fault::NoSuchKey);
        Index("abc", 0) => Faults(Fault::NoOverload);
        Size("上海x") => gives(3);
        Size(Value::Bytes([1, 2].into())) => gives(2);
        Size(vec![1, 2, 3]) => gives(3);
        Size(numbers) => gives(3);
        Size(5) => Faults(Fault::NoOverload);
        Add(vec![1], vec![2]) => gives(vec![1, 2]);
        Add("上", "海") => gives("上海");
        Add(Value::Bytes([1].into()), Value::Bytes([2].into())) => Gives(Value::Bytes([1, 2].into()));
        ToDyn("x") => gives("x");
    });
}

#[test]
fn conversions() {
    check(cases! {
        ToInt(1.9) => gives(1);
        ToInt(-7.9) => gives(-7);
        ToInt(9_223_372_036_854_775_808.0) => Faults(Fault::Conversion);
        ToInt(-9_223_372_036_854_775_808.0) => Faults(Fault::Conversion);
        ToInt(9_223_372_036_854_774_784.0) => gives(9_223_372_036_854_774_784_i64);
        ToInt(f64::NAN) => Faults(Fault::Conversion);
        ToInt(u64::MAX) => Faults(Fault::Conversion);
        ToInt("-12") => gives(-12);
        ToInt("9223372036854775808") => Faults(Fault::Conversion);
        ToInt("1.0") => Faults(Fault::Conversion);
        ToInt(" 1") => Faults(Fault::Conversion);
        ToInt("") => Faults(Fault::Conversion);
        ToInt(true) => Faults(Fault::NoOverload);
        ToUint(-1) => Faults(Fault::Conversion);
        ToUint(3.9) => gives(3u64);
        ToUint(-0.5) => Faults(Fault::Conversion);
        ToUint(18_446_744_073_709_551_616.0) => Faults(Fault::Conversion);
        ToUint("300") => gives(300u64);
        ToUint("+1") => Faults(Fault::Conversion);
        ToDouble(MAX) => gives(9_223_372_036_854_775_807.0);
        ToDouble("1e3") => gives(1000.0);
        ToDouble("1,000") => Faults(Fault::Conversion);
        ToDouble(true) => Faults(Fault::NoOverload);
        ToBool("True") => gives(true);
        ToBool("0") => gives(false);
        ToBool("TrUe") => Faults(Fault::Conversion);
        ToBool(1) => Faults(Fault::NoOverload);
        ToString(true) => gives("true");
        ToString("x") => gives("x");
        ToString(Value::Bytes("上".as_bytes().into())) => gives("上");
        ToString(Value::Bytes([0xFF].into())) => Faults(Fault::Conversion);
        ToString(vec![1]) => Faults(Fault::NoOverload);
    });
}

#[cfg(feature = "full")]
#[test]
fn numbers_to_text() {
    check(cases! {
        ToString(MIN) => gives("-9223372036854775808");
        ToString(5u64) => gives("5");
        ToString(123.456) => gives("123.456");
        ToString(-4.5e-3) => gives("-0.0045");
        ToString(1_000_000.0) => gives("1000000");
        ToString(-0.0) => gives("-0");
        ToString(1e21) => gives("1e+21");
        ToString(1.5e300) => gives("1.5e+300");
        ToString(1e-7) => gives("1e-7");
        ToString(0.1 + 0.2) => gives("0.30000000000000004");
        ToString(f64::NAN) => gives("NaN");
        ToString(f64::NEG_INFINITY) => gives("-Infinity");
    });
}

#[cfg(not(feature = "full"))]
#[test]
fn numbers_to_text_need_the_full_build() {
    check(cases! {
        ToString(1) => Faults(Fault::NoOverload);
        ToString(1.5) => Faults(Fault::NoOverload);
    });
}

#[test]
fn texts() {
    check(cases! {
        Contains("高级采购经理", "采购") => gives(true);
        Contains("abc", "") => gives(true);
        StartsWith("abc", "ab") => gives(true);
        EndsWith("abc", "ab") => gives(false);
        LowerAscii("TacoCÆt") => gives("tacocÆt");
        UpperAscii("tacoCαt") => gives("TACOCαT");
        Trim(" \u{c}\n\r\t\u{b}\u{85}\u{a0}\u{3000}text ") => gives("text");
        Trim("\u{200b}x") => gives("\u{200b}x");
        Reverse("上海x") => gives("x海上");
        Contains("abc", 1) => Faults(Fault::NoOverload);
        Trim(1) => Faults(Fault::NoOverload);
        Domain("A@B.cn") => gives("b.cn");
        Domain(1) => Faults(Fault::NoOverload);
    });
    assert_eq!(apply(Domain, &[val("nobody")]), Err(None));
}

#[test]
fn positions() {
    check(cases! {
        CharAt("©αT", 1) => gives("α");
        CharAt("tacocat", 7) => gives("");
        CharAt("tacocat", 8) => Faults(Fault::Index);
        CharAt("tacocat", -1) => Faults(Fault::Index);
        IndexOf("ta©o©αT", "©") => gives(2);
        IndexOf("ta©o©αT", "©αT", 3) => gives(4);
        IndexOf("ta©o©αT", "©α", 5) => gives(-1);
        IndexOf("tacocat", "") => gives(0);
        IndexOf("tacocat", "", 3) => gives(3);
        IndexOf("tacocat", "a", 7) => gives(-1);
        IndexOf("tacocat", "a", 99) => Faults(Fault::Index);
        IndexOf("tacocat", "", 99) => Faults(Fault::Index);
        IndexOf("tacocat", "a", -1) => Faults(Fault::Index);
        LastIndexOf("", "@@") => gives(-1);
        LastIndexOf("tacocat", "") => gives(7);
        LastIndexOf("tacocat", "at") => gives(5);
        LastIndexOf("tacocat", "", 3) => gives(3);
        LastIndexOf("tacocat", "a", 3) => gives(1);
        LastIndexOf("tacocat", "a", 5) => gives(5);
        LastIndexOf("tacocat", "a", 7) => gives(5);
        LastIndexOf("tacocat", "a", 30) => Faults(Fault::Index);
        LastIndexOf("tacocat", "a", -1) => Faults(Fault::Index);
        LastIndexOf("ta©o©αT", "©", 3) => gives(2);
        LastIndexOf("ta©o©αT", "©α", 4) => gives(4);
        LastIndexOf("hello wello", "ello", 6) => gives(1);
        LastIndexOf("bananananana", "nana", 7) => gives(6);
        LastIndexOf("aa上", "a上", 0) => gives(-1);
        LastIndexOf("ab上海", "上", 3) => gives(2);
        Substring("ta©o©αT", 2, 6) => gives("©o©α");
        Substring("tacocat", 4) => gives("cat");
        Substring("tacocat", 7) => gives("");
        Substring("tacocat", 8) => Faults(Fault::Index);
        Substring("tacocat", -1) => Faults(Fault::Index);
        Substring("tacocat", 4, 3) => Faults(Fault::Argument);
        Substring("tacocat", 4, 8) => Faults(Fault::Index);
    });
}

#[test]
fn replacing_splitting_joining() {
    check(cases! {
        Replace("{0} days {0} hours", "{0}", "2") => gives("2 days 2 hours");
        Replace("{0} days {0} hours", "{0}", "2", 1) => gives("2 days {0} hours");
        Replace("aaa", "a", "b", 0) => gives("aaa");
        Replace("aaa", "a", "b", -1) => gives("bbb");
        Replace("上海", "", "-") => gives("-上-海-");
        Replace("上海", "", "-", 2) => gives("-上-海");
        Split("hello world", " ") => gives(vec!["hello", "world"]);
        Split("a,b,", ",") => gives(vec!["a", "b", ""]);
        Split("", ",") => gives(vec![""]);
        Split("上海x", "") => gives(vec!["上", "海", "x"]);
        Split("上海x", "", 2) => gives(vec!["上", "海x"]);
        Split("", "") => gives(Vec::<&str>::new());
        Split("a b c", " ", 0) => gives(Vec::<&str>::new());
        Split("a b c", " ", 1) => gives(vec!["a b c"]);
        Split("a b c", " ", 2) => gives(vec!["a", "b c"]);
        Split("a b c", " ", -1) => gives(vec!["a", "b", "c"]);
        Join(vec!["x", "y"]) => gives("xy");
        Join(vec!["x", "y"], "-") => gives("x-y");
        Join(Vec::<&str>::new(), "-") => gives("");
        Join(vec![1, 2]) => Faults(Fault::NoOverload);
    });
}

#[test]
fn extremes() {
    let mixed = Value::List([val(5.4), val(10), val(3u64), val(-5.0)].into());
    check(cases! {
        Greatest(1, 3, 10) => gives(10);
        Greatest(1, 1.0) => gives(1);
        Greatest(1.0, 1) => gives(1.0);
        Greatest(5.4, 10, 3u64, -5.0, MAX) => gives(MAX);
        Greatest(mixed.clone()) => gives(10);
        Least(mixed) => gives(-5.0);
        Least(-5) => gives(-5);
        Least(1, "x") => Faults(Fault::NoOverload);
        Greatest(Vec::<i64>::new()) => Faults(Fault::Argument);
        Greatest(1.0, f64::NAN) => Faults(Fault::Argument);
        Least(f64::NAN) => Faults(Fault::Argument);
    });
}
