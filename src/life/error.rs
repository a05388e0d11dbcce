//! What is wrong with a state, an event or another input of a lead's life.

use std::borrow::Cow;
use std::ops::Deref;

/// Why an input was refused. Nothing was changed.
///
/// It points to what there is to say, because every answer of a lead's life is this or something else, and is handed on many times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LifeError(Box<Refusal>);

/// What there is to say of a [`LifeError`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// A stable code, such as `wrong-state`.
    pub code: &'static str,
    /// Where: `state.history[2].to`.
    pub path: Cow<'static, str>,
    /// What is wrong, in one sentence.
    pub message: Cow<'static, str>,
    /// What to do about it; empty where nothing can be said.
    pub help: Cow<'static, str>,
}

impl Deref for LifeError {
    type Target = Refusal;

    fn deref(&self) -> &Refusal {
        &self.0
    }
}

/// A place in a state. It becomes a text where something is wrong there, and not before.
#[derive(Debug, Clone, Copy)]
pub(super) enum Spot {
    /// `state.stage`
    At(&'static str),
    /// `state.history`, which change, and what of it.
    Item(&'static str, usize, &'static str),
}

impl From<Spot> for Cow<'static, str> {
    fn from(spot: Spot) -> Self {
        match spot {
            Spot::At(place) => place.into(),
            Spot::Item(list, at, name) => [list, "[", &at.to_string(), "].", name].concat().into(),
        }
    }
}

impl LifeError {
    /// An error at a place.
    pub fn new(code: &'static str, path: impl Into<Cow<'static, str>>, message: impl Into<Cow<'static, str>>) -> Self {
        Self::told(code, path.into(), message.into())
    }

    #[inline(never)]
    fn told(code: &'static str, path: Cow<'static, str>, message: Cow<'static, str>) -> Self {
        Self(Box::new(Refusal { code, path, message, help: Cow::Borrowed("") }))
    }

    /// With what to do about it.
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.0.help = help.into();
        self
    }

    /// A name that is none of those that are known.
    pub fn unknown<'n>(code: &'static str, path: impl Into<Cow<'static, str>>, name: &str, what: &str, known: impl Iterator<Item = &'n str>) -> Self {
        let known: Vec<&str> = known.take(12).collect();
        Self::not_known(code, path.into(), name, what, &known)
    }

    #[inline(never)]
    fn not_known(code: &'static str, path: Cow<'static, str>, name: &str, what: &str, known: &[&str]) -> Self {
        let help = if known.is_empty() { "the policy has none".into() } else { ["known here: ", &known.join(", ")].concat() };
        Self::told(code, path, ["`", name, "` is not ", what].concat().into()).help(help)
    }
}

impl std::fmt::Display for LifeError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}: {}", self.path, self.message)
    }
}

impl std::error::Error for LifeError {}
