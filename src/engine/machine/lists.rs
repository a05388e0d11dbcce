//! What lists and dictionaries hold.

use super::Fault;
use super::function::Halt;
use super::strings::text;
use crate::program::{ListBody, ListId, Program, Value};

/// The row of an entry in a column: keys, column 0, stand one for each entry; the rest of a dictionary has one row for all entries alike.
pub(super) fn row(program: &Program, list: ListId, column: u8, entry: usize) -> usize {
    match program.lists.get(usize::from(list)).map(|list| &list.body) {
        Some(ListBody::Dictionary(dictionary)) if column > 0 => dictionary.entry_class.get(entry).map_or(usize::MAX, |&class| usize::from(class)),
        _ => entry,
    }
}

/// How many rows a column has.
pub(super) fn rows(program: &Program, list: ListId, column: u8) -> usize {
    match program.lists.get(usize::from(list)).map(|list| &list.body) {
        Some(ListBody::Dictionary(dictionary)) if column > 0 => dictionary.classes.len(),
        Some(ListBody::Dictionary(dictionary)) => dictionary.keys.len(),
        Some(ListBody::Set(keys)) => keys.len(),
        // Nothing is looked up in them.
        _ => 0,
    }
}

/// What stands in a row of a column; unknown where its author wrote nothing.
pub(super) fn cell(program: &Program, list: ListId, column: u8, row: usize) -> Result<Value, Halt> {
    let body = &program.lists.get(usize::from(list)).ok_or(Fault::Malformed)?.body;
    let key = match (body, usize::from(column).checked_sub(1)) {
        (ListBody::Set(keys), None) => keys.get(row),
        (ListBody::Dictionary(dictionary), None) => dictionary.keys.get(row),
        (ListBody::Dictionary(dictionary), Some(column)) => {
            let constant = dictionary.classes.get(row).and_then(|row| row.get(column)).ok_or(Fault::Malformed)?.ok_or(Halt::Unknown)?;
            return Ok(program.expressions.constants.get(constant as usize).cloned().ok_or(Fault::Malformed)?);
        }
        _ => None,
    };
    Ok(key.map(|key| text(key)).ok_or(Fault::Malformed)?)
}
