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
            _ => return None,
        })
    }
}

impl Type {
    /// With its article, for messages: "an int".
    pub fn with_article(&self) -> String {
        match self {
            Self::Null => "`null`".to_owned(),
            Self::Bytes => "bytes".to_owned(),
            Self::Int | Self::Enum(_) => format!("an {self}"),
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
        }
    }
}
