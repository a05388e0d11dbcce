//! What the fuzz targets share: how bytes become an expression with declared names, and what its answers are held to.

#[path = "../../tests/cel/bare.rs"]
mod bare;
mod conforms;
mod declared;
mod random;

pub use bare::bare;
pub use conforms::conforms;
pub use declared::{Case, Mode, policy};
pub use random::Random;

use leadgate::cel::{Errors, Text};
use leadgate::report::Span;

/// An expression as the parser takes it.
pub fn text(source: &str) -> Text<'_> {
    Text { text: source, span: Span::new(0, 0, u32::try_from(source.len()).expect("fuzzed texts are short")), offsets: &[] }
}

/// Errors say what is wrong and what to do, at a place on boundaries of characters.
pub fn assert_reported(errors: &Errors, source: &str) {
    assert!(!errors.is_empty(), "neither a tree nor errors for {source:?}");
    for error in errors {
        assert!(source.get(error.span.start as usize..error.span.end as usize).is_some(), "{error:?} in {source:?}");
        assert!(!error.message.is_empty() && !error.message.ends_with('.'), "{error:?}");
        assert!(error.help.as_ref().is_some_and(|help| !help.is_empty()), "{error:?}");
    }
}
