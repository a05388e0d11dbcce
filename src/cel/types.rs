//! Types of expressions.

use std::sync::Arc;

/// The type of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Known only when it runs.
    Dyn,
    /// An expression that was already reported; fits everywhere, so that one mistake gives one message.
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
    /// A row of the dictionary with this index, the result of `lookup`.
    Row(usize),
}

/// The values of an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumType {
    /// What the author calls it, for messages: "field `industry`".
    pub name: String,
    /// Its values, in the author's order.
    pub values: Vec<String>,
}
