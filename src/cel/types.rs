//! Types of expressions.

use std::fmt;
use std::sync::Arc;

/// The type of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Known only when it runs.
    Dyn,
    /// An expression that was already reported; fits everywhere, so that one mistake gives one message. Also what `[]` and `{}` are made of.
    Error,
    /// `null`.
    Null,
    /// `bool`.
    Bool,
    /// 64-bit signed integer.
    Int,
    /// 64-bit unsigned integer.
    Uint,
    /// IEEE 754 double.
    Double,
    /// Text.
    String,
    /// A string that is one of these values: an enum field, a table's output, the stage.
    Enum(Arc<EnumType>),
    /// Bytes.
    Bytes,
    /// A list of one element type.
    List(Arc<Type>),
    /// A map.
    Map(Arc<Type>, Arc<Type>),
    /// A point in time.
    Timestamp,
    /// A span of time.
    Duration,
    /// The type of a type; of which, where that is known.
    Type(Arc<Type>),
    /// A value that may be missing.
    Optional(Arc<Type>),
    /// A type that only declared functions make and take, with its parameters.
    Abstract(Arc<str>, Arc<[Type]>),
    /// Any type, the same wherever a declared function writes it.
    Param(Arc<str>),
}

/// The values of an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumType {
    /// What the author calls it, for messages: "field `industry`".
    pub name: String,
    /// Its values, in the author's order.
    pub values: Vec<String>,
}

impl Type {
    /// The smallest type that holds values of both; none if the language has no such type.
    ///
    /// Enums join to an enum with the values of both, an enum and a string to a string.
    pub fn join(&self, other: &Self) -> Option<Self> {
        Some(match (self, other) {
            (Self::Error, known) | (known, Self::Error) => known.clone(),
            (Self::Dyn, _) | (_, Self::Dyn) => Self::Dyn,
            (same, other) if same == other => same.clone(),
            (Self::Enum(one), Self::Enum(two)) => Self::Enum(Arc::new(one.join(two))),
            (Self::Enum(_), Self::String) | (Self::String, Self::Enum(_)) => Self::String,
            (Self::List(one), Self::List(two)) => Self::List(Arc::new(one.join(two)?)),
            (Self::Map(key, value), Self::Map(other_key, other_value)) => {
                Self::Map(Arc::new(key.join(other_key)?), Arc::new(value.join(other_value)?))
            }
            (Self::Optional(one), Self::Optional(two)) => Self::Optional(Arc::new(one.join(two)?)),
            (Self::Type(one), Self::Type(two)) => Self::Type(Arc::new(one.join(two).unwrap_or(Self::Dyn))),
            (Self::Abstract(name, one), Self::Abstract(other, two)) if name == other && one.len() == two.len() => {
                Self::Abstract(name.clone(), one.iter().zip(two.iter()).map(|(one, two)| one.join(two)).collect::<Option<_>>()?)
            }
            // What `null` may stand for where it is not a value of its own.
            (Self::Null, nullable @ (Self::Timestamp | Self::Duration | Self::Optional(_) | Self::Abstract(..)))
            | (nullable @ (Self::Timestamp | Self::Duration | Self::Optional(_) | Self::Abstract(..)), Self::Null) => nullable.clone(),
            _ => return None,
        })
    }
}

/// Types of more parts than this are not reckoned with; no list nests so deep, for expressions do not.
const MOST_PARTS: u32 = 1_000;

impl Type {
    /// Whether it has more parts than are reckoned with.
    pub(super) fn is_large(&self) -> bool {
        let mut left = MOST_PARTS;
        !self.fits(&mut left)
    }

    fn fits(&self, left: &mut u32) -> bool {
        let Some(rest) = left.checked_sub(1) else { return false };
        *left = rest;
        match self {
            Self::List(of) | Self::Type(of) | Self::Optional(of) => of.fits(left),
            Self::Map(key, value) => key.fits(left) && value.fits(left),
            Self::Abstract(_, params) => params.iter().all(|param| param.fits(left)),
            _ => true,
        }
    }

    /// With its article, for messages: "an int".
    pub fn with_article(&self) -> String {
        match self {
            Self::Null => "`null`".to_owned(),
            Self::Bytes => "bytes".to_owned(),
            Self::Int | Self::Enum(_) | Self::Optional(_) => format!("an {self}"),
            _ => format!("a {self}"),
        }
    }
}

impl EnumType {
    /// The values of both, in the order in which they come.
    pub fn join(&self, other: &Self) -> Self {
        let mut values = self.values.clone();
        values.extend(other.values.iter().filter(|value| !self.values.contains(value)).cloned());
        let name = if self.name == other.name { self.name.clone() } else { "this expression".to_owned() };
        Self { name, values }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dyn | Self::Error => f.write_str("dyn"),
            Self::Null => f.write_str("null"),
            Self::Bool => f.write_str("bool"),
            Self::Int => f.write_str("int"),
            Self::Uint => f.write_str("uint"),
            Self::Double => f.write_str("double"),
            Self::String => f.write_str("string"),
            Self::Enum(_) => f.write_str("enum"),
            Self::Bytes => f.write_str("bytes"),
            Self::List(element) => write!(f, "list({element})"),
            Self::Map(key, value) => write!(f, "map({key}, {value})"),
            Self::Timestamp => f.write_str("timestamp"),
            Self::Duration => f.write_str("duration"),
            Self::Type(of) if **of == Self::Error => f.write_str("type"),
            Self::Type(of) => write!(f, "type({of})"),
            Self::Optional(of) => write!(f, "optional_type({of})"),
            Self::Abstract(name, params) if params.is_empty() => f.write_str(name),
            Self::Abstract(name, params) => {
                let words: Vec<String> = params.iter().map(Self::to_string).collect();
                write!(f, "{name}({})", words.join(", "))
            }
            Self::Param(name) => f.write_str(name),
        }
    }
}
