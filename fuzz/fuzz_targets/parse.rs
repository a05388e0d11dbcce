//! Any bytes as an expression and as a unary test: read or reported, and what is read is printed so that it is read again.

#![no_main]

use leadgate::cel::{parse, parse_test, print, unary};
use leadgate_fuzz::{assert_reported, bare, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let source = String::from_utf8_lossy(data);
    match parse(&text(&source)) {
        Err(errors) => assert_reported(&errors, &source),
        Ok(tree) => {
            let printed = print(&tree);
            let again = parse(&text(&printed)).unwrap_or_else(|errors| panic!("{printed:?} of {source:?}: {errors:?}"));
            let (tree, again) = (bare(tree), bare(again));
            assert!(tree == again, "{printed:?} of {source:?}: {again:?} for {tree:?}");
        }
    }
    match parse_test(&text(&source)) {
        Err(errors) => assert_reported(&errors, &source),
        Ok(test) => {
            let printed = unary::print(&test);
            let again = parse_test(&text(&printed)).unwrap_or_else(|errors| panic!("{printed:?} of {source:?}: {errors:?}"));
            assert_eq!(unary::print(&again), printed, "{source:?}");
        }
    }
});
