//! Decision tables, as written.

use super::{Condition, FieldType, Scalar, Words};
use crate::document::hit::Hit;
use crate::report::Spanned;

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableDef {
    /// Its id.
    pub id: Spanned<String>,
    /// What becomes of the rows that hold.
    pub hit: Hit,
    /// Its outputs.
    pub outputs: Vec<OutputDef>,
    /// Its rows.
    pub rows: Vec<TableRowDef>,
    /// What the outputs are where no row holds, in the order of `outputs`.
    pub default: Option<Vec<Spanned<Scalar>>>,
}

/// An output of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct OutputDef {
    /// Its name.
    pub name: Spanned<String>,
    /// Its type; `Enum` with `values`.
    pub ty: FieldType,
    /// The values of an enum.
    pub values: Vec<Spanned<String>>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRowDef {
    /// Its id; made of its number where the author gave none (`row3`).
    pub id: Spanned<String>,
    /// When it holds; none: always.
    pub when: Option<Condition>,
    /// Its outputs, in the order of [`TableDef::outputs`].
    pub then: Vec<Spanned<Scalar>>,
    /// Why, for people.
    pub because: Words,
}
