//! Texts: normalizing them, checking their format, and finding them in lists, dictionaries and patterns.

mod automaton;
mod company;
mod email;
#[cfg(feature = "full")]
mod examples;
#[cfg(feature = "full")]
mod filter;
mod list;
mod normalize;
mod phone;
#[cfg(feature = "full")]
mod scan;
mod search;
mod sorted;
#[cfg(feature = "full")]
mod uscc;
#[cfg(feature = "full")]
mod wide;
mod width;

#[cfg(feature = "expressions")]
pub(crate) use company::is_among;
pub use email::{domain, valid_email};
#[cfg(feature = "full")]
pub(crate) use examples::{Examples, is_valid};
#[cfg(feature = "full")]
pub(crate) use filter::Filter;
pub use normalize::normalize;
#[cfg(feature = "expressions")]
pub(crate) use normalize::trim;
pub use search::Texts;
pub(crate) use sorted::sorted;
#[cfg(feature = "full")]
pub(crate) use uscc::uscc;

/// The text that bytes are in UTF-8.
#[cfg(not(all(feature = "wasm", not(feature = "full"))))]
pub(crate) fn utf8(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// The text that bytes are in UTF-8. What reads a run of them at a time is half as large as what `from_utf8` does to be fast.
#[cfg(all(feature = "wasm", not(feature = "full")))]
pub(crate) fn utf8(bytes: &[u8]) -> Option<&str> {
    let text = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    (text.len() == bytes.len()).then_some(text)
}
