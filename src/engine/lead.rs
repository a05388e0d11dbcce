//! A lead as the engine takes it: one answer per field, converted once by declared type.

use std::borrow::Cow;

#[cfg(feature = "full")]
use super::text::uscc;
use super::text::{normalize, valid_email};
use crate::error::told;
use crate::program::{Domain, Field, Format, Shared, Value, VariableId};

use super::Engine;

/// The greatest integer that a lead may hold, 2^53 − 1: beyond it JavaScript's numbers cannot tell neighbours apart.
pub const SAFE_INTEGER: i64 = 9_007_199_254_740_991;

/// The answer for one field.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Answer {
    /// Nothing was given.
    #[default]
    Absent,
    /// Asked and refused.
    Declined,
    /// Not decided yet; `decide` takes it as absent.
    Open,
    /// A value, checked and normalized.
    Value(Value),
    /// A choice that stands for a range; the value is one inside it.
    Range(Value),
    /// A signal about which nothing can be told: a condition on one of its events faults.
    #[cfg(feature = "full")]
    Fault,
}

/// Where an answer came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Source {
    /// The form.
    #[default]
    Typed,
    /// A CRM, enrichment or the host: never masked.
    Record,
}

/// A lead of one program. Made by [`Engine::lead`].
#[derive(Debug, Clone, PartialEq)]
pub struct Lead {
    pub(crate) answers: Vec<(Answer, Source)>,
    /// Where it stands, and what of its past its moves rest on; none: in the stage that a decision is asked for, and nothing is known of its past.
    #[cfg(feature = "full")]
    pub(crate) standing: Option<std::sync::Arc<super::moves::Standing>>,
    /// What rules that count events give, in the order of the program; none: nothing, as without events; a rule without worth faults.
    #[cfg(feature = "full")]
    pub(crate) worth: Vec<Option<super::events::Worth>>,
}

#[cfg(feature = "full")]
impl Lead {
    /// The answer for a field.
    pub(crate) fn answer(&self, field: VariableId) -> &Answer {
        self.answers.get(usize::from(field)).map_or(&Answer::Absent, |(answer, _)| answer)
    }
}

/// An answer as it comes from outside, before it is checked against its field.
#[derive(Debug, Clone, PartialEq)]
pub enum Input<'a> {
    /// A number.
    Number(f64),
    /// A whole number; so that 64-bit integers keep their value on the way.
    Integer(i64),
    /// A text.
    Text(&'a str),
    /// A bool.
    Bool(bool),
    /// A choice of the field's question.
    Choice(&'a str),
}

macro_rules! inputs {
    ($($ty:ty => $make:expr),* $(,)?) => {$(
        impl<'a> From<$ty> for Input<'a> {
            fn from(value: $ty) -> Self {
                ($make)(value)
            }
        }
    )*};
}
inputs! {
    f64 => Input::Number,
    i32 => |value| Input::Integer(i64::from(value)),
    u32 => |value| Input::Integer(i64::from(value)),
    i64 => Input::Integer,
    &'a str => Input::Text,
    bool => Input::Bool,
}

/// Why an answer is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeadError {
    /// The field, where there is one of that name.
    pub field: Option<VariableId>,
    /// What is wrong.
    pub kind: LeadErrorKind,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum LeadErrorKind {
    /// The policy has no such field.
    UnknownField = 1,
    /// A value of another type.
    Type = 2,
    /// A number that is not finite.
    NotFinite = 3,
    /// An integer with decimals, or beyond ±(2^53 − 1).
    Integer = 4,
    /// Below the field's least or above its greatest value.
    Bounds = 5,
    /// Not one of the enum's values.
    NotAValue = 6,
    /// Longer than the field allows.
    TooLong = 7,
    /// Not of the field's format.
    Format = 8,
    /// The question has no such choice.
    UnknownChoice = 9,
    /// The choice is a range, and the policy needs the number itself.
    RangeNeedsValue = 10,
    /// Text that is not Unicode (an unpaired surrogate).
    NotUnicode = 11,
    /// A social credit code of another length.
    #[cfg(feature = "full")]
    UsccLength = 12,
    /// A character that a social credit code does not have, or not there.
    #[cfg(feature = "full")]
    UsccCharacter = 13,
    /// The 17th character of a social credit code is not the check digit of the organization code.
    #[cfg(feature = "full")]
    UsccOrganization = 14,
    /// The last character of a social credit code is not the check digit of the others.
    #[cfg(feature = "full")]
    UsccCheck = 15,
}

/// For each kind, in their order, a line with its code and its message. One text, because pointers to many are downloaded as well, and the page gets all of them at once.
pub(crate) const LEAD_TEXTS: &str = "\
unknown-field: the policy has no such field
wrong-type: the value is of another type than the field
not-finite: the number is not finite
not-an-integer: the value is not a whole number within ±9007199254740991
out-of-bounds: the number is outside the field's bounds
unknown-value: the value is not one of the field's values
too-long: the text is longer than the field allows
wrong-format: the text is not of the field's format
unknown-choice: the question has no such choice
range-needs-value: the choice is a range, and the policy needs the number itself
not-unicode: the text is not valid Unicode";
/// Those of kinds that the page does not know.
#[cfg(feature = "full")]
const MORE: &str = "\
wrong-code: a unified social credit code (统一社会信用代码) has 18 characters
wrong-code: a unified social credit code is digits and capital letters without I, O, S, V and Z, and its third to eighth characters are digits
wrong-check-digit: the 17th character is not the check digit of the eight before it (GB 11714)
wrong-check-digit: the 18th character is not the check digit of the others (GB 32100-2015)";

impl LeadErrorKind {
    /// A stable code.
    pub fn code(self) -> &'static str {
        Self::told(self as u8).0
    }

    /// What is wrong, in words.
    pub fn message(self) -> &'static str {
        Self::told(self as u8).1
    }

    /// The code and the message of a kind by its number.
    pub(crate) fn told(kind: u8) -> (&'static str, &'static str) {
        told(&[LEAD_TEXTS, #[cfg(feature = "full")] MORE], usize::from(kind).wrapping_sub(1))
    }
}

impl std::fmt::Display for LeadError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.kind.message())
    }
}

impl std::error::Error for LeadError {}

impl Engine {
    /// A lead of which nothing is given.
    pub fn lead(&self) -> LeadBuilder<'_> {
        LeadBuilder { engine: self, lead: self.nothing_given(), given: vec![false; self.program().fields.len()] }
    }

    /// The lead of [`lead`](Self::lead), to be filled in place.
    pub(crate) fn nothing_given(&self) -> Lead {
        let mut answers = Vec::with_capacity(self.program().fields.len());
        for _ in &self.program().fields {
            answers.push(Default::default());
        }
        Lead {
            answers,
            #[cfg(feature = "full")]
            standing: None,
            #[cfg(feature = "full")]
            worth: Vec::new(),
        }
    }

    /// Checks an answer against its field and brings it into the form that conditions see.
    ///
    /// # Errors
    /// What is wrong with it; the lead is as it was.
    pub fn answer(&self, field: VariableId, input: &Input) -> Result<Answer, LeadErrorKind> {
        let program = self.program();
        let at = usize::from(field);
        let (Some(variable), Some(facts)) = (program.variables.get(at), program.fields.get(at)) else {
            return Err(LeadErrorKind::UnknownField);
        };
        if let Input::Choice(id) = input {
            return match facts.choices.iter().find(|choice| choice.id == *id) {
                None => Err(LeadErrorKind::UnknownChoice),
                Some(choice) if !choice.range => Ok(Answer::Value(choice.value.clone())),
                Some(_) if self.needs_value(field) => Err(LeadErrorKind::RangeNeedsValue),
                Some(choice) => Ok(Answer::Range(choice.value.clone())),
            };
        }
        let domain = &variable.domain;
        match (input, domain) {
            (Input::Number(value), _) => number(domain, *value),
            (Input::Integer(value), _) => match number(domain, *value as f64) {
                Ok(_) | Err(LeadErrorKind::Bounds) if value.unsigned_abs() > SAFE_INTEGER.unsigned_abs() => Err(LeadErrorKind::Integer),
                answer => answer,
            },
            (Input::Text(given), Domain::Text) => text(given, facts),
            (_, Domain::Finite(values)) => finite(input, values).map(Answer::Value),
            _ => Err(LeadErrorKind::Type),
        }
    }
}

/// Fills in a lead.
#[derive(Debug, Clone)]
pub struct LeadBuilder<'a> {
    engine: &'a Engine,
    lead: Lead,
    /// Which fields something was said about.
    given: Vec<bool>,
}

impl<'a> LeadBuilder<'a> {
    fn put(&mut self, name: &str, answer: impl FnOnce(&Engine, VariableId) -> Result<Answer, LeadErrorKind>, source: Source) -> Result<&mut Self, LeadError> {
        let field = self.engine.field(name).ok_or(LeadError { field: None, kind: LeadErrorKind::UnknownField })?;
        let answer = answer(self.engine, field).map_err(|kind| LeadError { field: Some(field), kind })?;
        if let Some(place) = self.lead.answers.get_mut(usize::from(field)) {
            *place = (answer, source);
        }
        if let Some(given) = self.given.get_mut(usize::from(field)) {
            *given = true;
        }
        Ok(self)
    }

    /// Gives a field a value that was typed into the form.
    ///
    /// # Errors
    /// Where the policy has no such field or the field cannot have this value.
    pub fn set<'i>(&mut self, name: &str, value: impl Into<Input<'i>>) -> Result<&mut Self, LeadError> {
        let value = value.into();
        self.put(name, |engine, field| engine.answer(field, &value), Source::Typed)
    }

    /// Gives a field a value from a CRM, from enrichment or from the host.
    ///
    /// # Errors
    /// As [`set`](Self::set).
    pub fn record<'i>(&mut self, name: &str, value: impl Into<Input<'i>>) -> Result<&mut Self, LeadError> {
        let value = value.into();
        self.put(name, |engine, field| engine.answer(field, &value), Source::Record)
    }

    /// Says that the question was asked and refused.
    ///
    /// # Errors
    /// Where the policy has no such field.
    pub fn decline(&mut self, name: &str) -> Result<&mut Self, LeadError> {
        self.put(name, |_, _| Ok(Answer::Declined), Source::Typed)
    }

    /// Says that the question was left without an answer, also where [`open_rest`](Self::open_rest) follows.
    ///
    /// # Errors
    /// Where the policy has no such field.
    pub fn absent(&mut self, name: &str) -> Result<&mut Self, LeadError> {
        self.put(name, |_, _| Ok(Answer::Absent), Source::Typed)
    }

    /// Says that the field is not decided yet.
    ///
    /// # Errors
    /// Where the policy has no such field.
    pub fn open(&mut self, name: &str) -> Result<&mut Self, LeadError> {
        self.put(name, |_, _| Ok(Answer::Open), Source::Typed)
    }

    /// Says that every field about which nothing was said is not decided yet.
    pub fn open_rest(&mut self) -> &mut Self {
        for ((answer, _), given) in self.lead.answers.iter_mut().zip(&self.given) {
            if !given {
                *answer = Answer::Open;
            }
        }
        self
    }

    /// The lead.
    pub fn build(&self) -> Lead {
        self.lead.clone()
    }
}

impl std::ops::Deref for LeadBuilder<'_> {
    type Target = Lead;

    fn deref(&self) -> &Lead {
        &self.lead
    }
}

/// A number as the answer of a field with these values.
///
/// # Errors
/// Where the field cannot have it.
#[cfg_attr(quick, optimize(speed))]
pub(crate) fn number(domain: &Domain, value: f64) -> Result<Answer, LeadErrorKind> {
    let whole = value.trunc() == value && value.abs() <= SAFE_INTEGER as f64;
    let (low, high) = match domain {
        Domain::Int(low, high) => (*low as f64, *high as f64),
        Domain::Double(low, high) => (*low, *high),
        _ => return Err(LeadErrorKind::Type),
    };
    if !value.is_finite() {
        return Err(LeadErrorKind::NotFinite);
    }
    let is_int = matches!(domain, Domain::Int(..));
    if is_int && !whole {
        return Err(LeadErrorKind::Integer);
    }
    if value < low || value > high {
        return Err(LeadErrorKind::Bounds);
    }
    // Minus zero is zero: no condition should tell them apart.
    Ok(Answer::Value(if is_int { Value::Int(value as i64) } else { Value::Double(value + 0.0) }))
}

/// A text as the answer of a field.
///
/// # Errors
/// Where the field cannot have it.
#[cfg_attr(quick, optimize(speed))]
pub(crate) fn text(given: &str, field: &Field) -> Result<Answer, LeadErrorKind> {
    Ok(match normal_text(given, field)? {
        Some(normal) => Answer::Value(Value::String(Shared::from(&*normal))),
        None => Answer::Absent,
    })
}

/// A text in the normal form of its field; none where nothing is left of it.
///
/// # Errors
/// Where the field cannot have it.
#[cfg_attr(quick, optimize(speed))]
pub(crate) fn normal_text<'a>(given: &'a str, field: &Field) -> Result<Option<Cow<'a, str>>, LeadErrorKind> {
    let limit = field.max_length as usize;
    // A character is at most four bytes: a text of so many bytes is too long whatever it holds, and is not worth normalizing.
    if given.len() > limit.saturating_mul(4).saturating_add(64) {
        return Err(LeadErrorKind::TooLong);
    }
    let normal = normalize(given, &field.normalize);
    if normal.is_empty() {
        return Ok(None);
    }
    if normal.len() > limit && normal.chars().count() > limit {
        return Err(LeadErrorKind::TooLong);
    }
    match field.format {
        Format::Email if !valid_email(&normal) => Err(LeadErrorKind::Format),
        #[cfg(feature = "full")]
        Format::Uscc => uscc(&normal).map(|code| Some(code.into())),
        _ => Ok(Some(normal)),
    }
}

fn finite(input: &Input, values: &[Value]) -> Result<Value, LeadErrorKind> {
    let found = values.iter().find(|value| match (value, input) {
        (Value::String(value), Input::Text(given)) => **value == **given,
        (Value::Bool(value), Input::Bool(given)) => value == given,
        _ => false,
    });
    match (found, values.first(), input) {
        (Some(value), ..) => Ok(value.clone()),
        (None, Some(Value::String(_)), Input::Text(_)) => Err(LeadErrorKind::NotAValue),
        _ => Err(LeadErrorKind::Type),
    }
}
