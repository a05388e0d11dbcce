//! Lists and dictionaries as the program holds them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Builder;
use crate::cel::{EnumType, Type};
use crate::document::{FieldType, ListBodyDef, ListDef};
use crate::engine::text::normalize;
use crate::program::{Detached, Dictionary, List, ListBody, ListFile, Lookup, Packed, Shared, Value};
use crate::report::{Diagnostic, Spanned};

/// A plain list with more texts than this is packed.
pub const MOST_PLAIN: usize = 16_384;
/// A dictionary with more keys than this is looked up by the machine where its keys are read.
const MOST_KEYS: usize = 1000;

impl Builder<'_> {
    /// The list, and the columns that expressions see.
    pub fn list(&mut self, list: &ListDef) -> (Vec<(String, Type)>, List) {
        let name = list.name.value.clone();
        let normal = |text: &str| normalize(text, &list.normalize).into_owned();
        match &list.body {
            ListBodyDef::Set(values) => {
                let texts: BTreeSet<String> = values.iter().map(|value| normal(&value.value)).filter(|text| !text.is_empty()).collect();
                (Vec::new(), List { name, normalize: list.normalize.clone(), body: set(list, texts) })
            }
            ListBodyDef::Dictionary { columns, contains, pick_first, except, rows } => {
                let types: Vec<(String, Type)> = columns.iter().enumerate().map(|(at, (column, ty))| (column.value.clone(), column_type(&name, &column.value, *ty, rows, at))).collect();
                let lookup = match (contains, pick_first) {
                    (false, _) => Lookup::Exact,
                    (true, false) => Lookup::Longest,
                    (true, true) => Lookup::First,
                };
                let mut dictionary = Dictionary {
                    lookup,
                    except: except.iter().map(|word| normal(&word.value)).filter(|word| !word.is_empty()).collect(),
                    keys: Vec::new(),
                    entry_class: Vec::new(),
                    classes: Vec::new(),
                };
                let key = columns.first().map(|(column, _)| column.value.as_str()).unwrap_or_default();
                let by_key = rows.len() <= MOST_KEYS && self.reads_member(key);
                for row in rows {
                    self.entry(&mut dictionary, row, columns, by_key, &normal);
                }
                (types, List { name, normalize: list.normalize.clone(), body: ListBody::Dictionary(dictionary) })
            }
        }
    }

    /// Whether some expression has a member of this name.
    fn reads_member(&self, name: &str) -> bool {
        let member = format!(".{name}");
        // In a slice nothing may rest on the words of conditions, which may say what is secret; there the machine looks keys up.
        let codes = if self.secrets.is_some() { Vec::new() } else { self.document.codes() };
        codes.into_iter().any(|code| code.text.contains(&member))
    }

    fn entry(&mut self, dictionary: &mut Dictionary, row: &[Spanned<String>], columns: &[(Spanned<String>, FieldType)], by_key: bool, normal: &dyn Fn(&str) -> String) {
        let Some((key, values)) = row.split_first() else { return };
        let text = normal(&key.value);
        if text.is_empty() {
            self.error(Diagnostic::error("empty-key", key.span, "a dictionary entry has an empty key"));
            return;
        }
        let mut class = Vec::new();
        for (value, (column, ty)) in values.iter().zip(columns.iter().skip(1)) {
            class.push(match column_value(value, *ty) {
                Ok(value) => value.map(|value| self.constant(&value)),
                Err(expected) => {
                    let message = format!("`{}` is not {expected}, as the column `{}` wants", value.value, column.value);
                    self.error(Diagnostic::error("wrong-type", value.span, message));
                    None
                }
            });
        }
        // Where keys are read, entries with equal values are told apart all the same.
        let equal = if by_key { None } else { dictionary.classes.iter().position(|known| *known == class) };
        let at = equal.unwrap_or_else(|| {
            dictionary.classes.push(class);
            dictionary.classes.len() - 1
        });
        dictionary.keys.push(text);
        dictionary.entry_class.push(at as u16);
    }
}

/// A plain list. What pages have no use for is packed: large lists, those of names, and those that stand in files of their own.
fn set(list: &ListDef, texts: BTreeSet<String>) -> ListBody {
    if !(list.domains || list.detached || texts.len() > MOST_PLAIN) {
        return ListBody::Set(texts.into_iter().collect());
    }
    let packed = Shared::new(Packed::new(texts.iter().map(String::as_str), list.domains));
    if !list.detached {
        return ListBody::Packed(packed);
    }
    let file = ListFile::new(packed);
    ListBody::Detached(Detached { digest: *file.digest(), list: Some(file.list().clone()) })
}

fn column_type(list: &str, column: &str, ty: FieldType, rows: &[Vec<Spanned<String>>], at: usize) -> Type {
    match ty {
        FieldType::String => Type::String,
        FieldType::Int => Type::Int,
        FieldType::Double => Type::Double,
        FieldType::Bool => Type::Bool,
        FieldType::Enum => {
            let mut values: Vec<String> = Vec::new();
            let mut seen = BTreeSet::new();
            for value in rows.iter().filter_map(|row| row.get(at)).filter(|value| !value.value.is_empty()) {
                if seen.insert(&value.value) {
                    values.push(value.value.clone());
                }
            }
            Type::Enum(Arc::new(EnumType { name: format!("column `{column}` of `lists.{list}`"), values }))
        }
    }
}

/// The value of a dictionary's cell; none where it is empty.
fn column_value(cell: &Spanned<String>, ty: FieldType) -> Result<Option<Value>, &'static str> {
    let text = cell.value.as_str();
    if text.is_empty() {
        return Ok(None);
    }
    Ok(Some(match ty {
        FieldType::String | FieldType::Enum => Value::String(text.into()),
        FieldType::Int => Value::Int(text.parse().map_err(|_| "a whole number")?),
        FieldType::Double => Value::Double(text.parse::<f64>().ok().filter(|value| value.is_finite()).ok_or("a number")? + 0.0),
        FieldType::Bool => Value::Bool(text.parse().map_err(|_| "`true` or `false`")?),
    }))
}
