//! Texts: normalizing them, checking their format, and finding them in lists, dictionaries and patterns.

mod automaton;
mod company;
mod email;
#[cfg(feature = "full")]
mod examples;
mod list;
mod normalize;
mod phone;
#[cfg(feature = "full")]
mod scan;
mod search;
mod sorted;
#[cfg(feature = "full")]
mod uscc;
mod width;

pub(crate) use company::is_among;
pub use email::{domain, valid_email};
#[cfg(feature = "full")]
pub(crate) use examples::{Examples, is_valid};
pub use normalize::normalize;
pub(crate) use normalize::trim;
pub use search::Texts;
pub(crate) use sorted::sorted;
#[cfg(feature = "full")]
pub(crate) use uscc::uscc;
