//! Which combinations of cells the slots of one text can have together.
//!
//! A text with several slots, or with patterns, is looked at from several sides, and not every combination of what they see can occur. Texts are
//! made up from the policy's own words until every combination that is not ruled out has been seen; where some were not seen, the list is not
//! complete and `possible` does not call its answer exact.

use std::collections::BTreeMap;

use super::Builder;
use crate::engine::text::{Examples, Texts, is_valid};
use crate::program::{Cell, Cut, Domain, FIRST_VALUE, Joint, ListBody, ListId, Lookup, Program, SlotId, Transform, VariableId};

/// How many made-up texts are tried.
const MOST_TRIALS: usize = 60_000;
/// How many combinations are kept.
const MOST_COMBINATIONS: usize = 4096;

impl Builder<'_> {
    /// The joints of all text fields.
    pub fn joints(&mut self) {
        let texts = Texts::new(&self.program);
        let fields = 0..self.program.fields.len() as VariableId;
        let text_fields = fields.filter(|&field| matches!(self.program.variables.get(usize::from(field)).map(|variable| &variable.domain), Some(Domain::Text)));
        self.program.joints = text_fields.filter_map(|field| joint(&self.program, &texts, field)).collect();
    }
}

fn joint(program: &Program, texts: &Texts, field: VariableId) -> Option<Joint> {
    let slots: Vec<SlotId> = program.slots_of(field).collect();
    if slots.is_empty() {
        return None;
    }
    let (seen, complete) = texts_of(program, texts, field);
    Some(Joint { variable: field, cells: seen.into_keys().take(MOST_COMBINATIONS).collect(), complete })
}

/// A text for each combination of cells that the slots of a field were seen in together, and whether there are no others.
pub fn texts_of(program: &Program, texts: &Texts, field: VariableId) -> (BTreeMap<Vec<Cell>, String>, bool) {
    let slots: Vec<SlotId> = program.slots_of(field).collect();
    let examples = Examples::of(program, &slots);
    let mut seen: BTreeMap<Vec<Cell>, String> = BTreeMap::new();
    let mut tried = 0;
    let all_tried = examples.try_all(&mut |text| {
        tried += 1;
        if tried <= MOST_TRIALS && is_valid(program, field, text) {
            seen.entry(slots.iter().map(|&slot| texts.classify(program, slot, text)).collect()).or_insert_with(|| text.to_owned());
        }
        tried <= MOST_TRIALS
    });
    let complete = all_tried && seen.len() <= MOST_COMBINATIONS && all_seen(program, texts, field, &slots, &seen);
    (seen, complete)
}

/// Whether every combination was seen that is not ruled out.
///
/// Texts that a test names were tried by themselves, one and all. What is left is the texts that none names: there, every combination of the other slots' cells must have been seen.
fn all_seen(program: &Program, texts: &Texts, field: VariableId, slots: &[SlotId], seen: &BTreeMap<Vec<Cell>, String>) -> bool {
    let mut free: Vec<Vec<Cell>> = vec![Vec::new()];
    for &slot in slots {
        let Some(found) = program.slots.get(usize::from(slot)) else { return false };
        let count = program.cells_of(slot).unwrap_or(0) as Cell;
        let all = FIRST_VALUE..count;
        let cells: Vec<Cell> = match &found.cut {
            Cut::Given => vec![FIRST_VALUE],
            Cut::Members(members) if members.transform == Transform::None && members.lists.iter().all(|&list| is_plain(program, field, list)) => vec![FIRST_VALUE],
            Cut::Lookup(list) if is_exact(program, *list) && is_plain(program, field, *list) => vec![FIRST_VALUE],
            Cut::Lookup(list) => all.filter(|&cell| !is_shadowed(program, texts, field, *list, slot, cell)).collect(),
            _ => all.collect(),
        };
        free = free.into_iter().flat_map(|row| cells.iter().map(move |&cell| [row.as_slice(), &[cell]].concat())).collect();
        if free.len() > MOST_COMBINATIONS {
            return false;
        }
    }
    free.iter().all(|combination| seen.contains_key(combination))
}

/// Whether a list takes the field's texts as they are: it has no normalizers, or the field has them too, so that its texts are in their normal form already.
fn is_plain(program: &Program, field: VariableId, list: ListId) -> bool {
    let (Some(list), Some(field)) = (program.lists.get(usize::from(list)), program.fields.get(usize::from(field))) else { return false };
    // Of a packed list not every text is tried.
    list.body.packed().is_none() && (list.normalize.is_empty() || list.normalize == field.normalize)
}

fn is_exact(program: &Program, list: ListId) -> bool {
    match program.lists.get(usize::from(list)).map(|list| &list.body) {
        Some(ListBody::Dictionary(dictionary)) => dictionary.lookup == Lookup::Exact,
        _ => false,
    }
}

/// Whether no text finds a class of a dictionary's entries: each of its keys, as a text, finds an entry of another class, and so does every text that contains the key.
fn is_shadowed(program: &Program, texts: &Texts, field: VariableId, list: ListId, slot: SlotId, cell: Cell) -> bool {
    let Some(class) = cell.checked_sub(FIRST_VALUE + 1) else { return false };
    let Some(ListBody::Dictionary(dictionary)) = program.lists.get(usize::from(list)).map(|list| &list.body) else { return false };
    let keys = dictionary.keys.iter().zip(&dictionary.entry_class).filter(|(_, of)| **of == class);
    keys.map(|(key, _)| key).all(|key| is_valid(program, field, key) && texts.classify(program, slot, key) != cell)
}
