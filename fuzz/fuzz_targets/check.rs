//! Any expression with any declarations: it has a type, or every mistake is reported; in its canonical form it has the same.

#![no_main]

use leadgate::cel::{Errors, Expected, check, parse, print};
use leadgate_fuzz::{Case, Mode, assert_reported, text};
use libfuzzer_sys::fuzz_target;

/// In what order they stand depends on where.
fn codes(errors: &Errors) -> Vec<&'static str> {
    let mut codes: Vec<_> = errors.iter().map(|error| error.code).collect();
    codes.sort_unstable();
    codes
}

fuzz_target!(|data: &[u8]| {
    let data = String::from_utf8_lossy(data);
    let case = Case::of(&data);
    let Ok(tree) = parse(&text(case.source)) else { return };
    let env = case.env();
    let found = check(&tree, &env, Expected::Any);
    if let Err(errors) = &found {
        assert_reported(errors, case.source);
        assert!(case.mode != Mode::Unchecked || errors.iter().all(|error| !error.code.starts_with("wrong-type")), "{errors:?}");
    }
    let Ok(again) = parse(&text(&print(&tree))) else { return };
    match (found, check(&again, &env, Expected::Any)) {
        (Ok(one), Ok(two)) => assert_eq!(one.ty, two.ty, "{:?}", case.source),
        (Err(one), Err(two)) => assert_eq!(codes(&one), codes(&two), "{:?}", case.source),
        (one, two) => panic!("{:?}: {one:?}, and in canonical form {two:?}", case.source),
    }
});
