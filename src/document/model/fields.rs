//! Fields and lists, as written.

use super::Words;
use crate::program::{Country, Format, Normalizer};
use crate::report::Spanned;

/// A field.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldDef {
    /// Its name, possibly with dots.
    pub name: Spanned<String>,
    /// Its type.
    pub ty: FieldType,
    /// The values of an enum.
    pub values: Vec<Spanned<String>>,
    /// Inclusive lower bound of a number.
    pub min: Option<Spanned<f64>>,
    /// Inclusive upper bound of a number.
    pub max: Option<Spanned<f64>>,
    /// Greatest length of a string in code points.
    pub max_length: Option<u32>,
    /// Normalizers, the country of `phone` filled in.
    pub normalize: Vec<Normalizer>,
    /// The country, where given.
    pub country: Option<Country>,
    /// What a text must look like.
    pub format: Format,
    /// `from: host`.
    pub from_host: bool,
    /// The unit, for people.
    pub unit: Option<String>,
    /// What people call it.
    pub label: Words,
}

/// The types of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// Text.
    String,
    /// Integer within ±(2^53 − 1).
    Int,
    /// Finite double.
    Double,
    /// Bool.
    Bool,
    /// One of `values`.
    Enum,
}

/// A list or dictionary.
#[derive(Debug, Clone, PartialEq)]
pub struct ListDef {
    /// Its name.
    pub name: Spanned<String>,
    /// Normalizers for entries and for what is looked up.
    pub normalize: Vec<Normalizer>,
    /// `match: domain`: names below an entry are in it as well.
    pub domains: bool,
    /// `detached: true`: programs name it and do not hold it.
    pub detached: bool,
    /// What it holds, not yet normalized.
    pub body: ListBodyDef,
}

/// What a list holds.
#[derive(Debug, Clone, PartialEq)]
pub enum ListBodyDef {
    /// A set of texts.
    Set(Vec<Spanned<String>>),
    /// A dictionary.
    Dictionary {
        /// Its columns, the key first.
        columns: Vec<(Spanned<String>, FieldType)>,
        /// `contains` rather than `exact`.
        contains: bool,
        /// `first` rather than `longest`.
        pick_first: bool,
        /// Words that keep a text out.
        except: Vec<Spanned<String>>,
        /// The rows, a cell for each column, empty where the author's cell is.
        rows: Vec<Vec<Spanned<String>>>,
    },
}
