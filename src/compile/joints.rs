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
/// How many where there are too many combinations for the list to be complete, times the number of slots.
const TRIED_CELLS: usize = 400_000;
/// How many combinations are kept.
const MOST_COMBINATIONS: usize = 4096;
/// How many cells of them are kept in a list that is not complete, and how many combinations even then: nothing rests on them but what is asked first.
const KEPT_CELLS: usize = 2048;
const FEW_COMBINATIONS: usize = 32;

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
    let mut cells: Vec<Vec<Cell>> = seen.into_keys().collect();
    if !complete {
        // What passes few tests stands for most texts.
        cells.sort_by_key(|cells| cells.iter().filter(|&&cell| cell > FIRST_VALUE).count());
        cells.truncate((KEPT_CELLS / slots.len()).clamp(FEW_COMBINATIONS, MOST_COMBINATIONS));
        cells.sort_unstable();
    }
    Some(Joint { variable: field, cells, complete })
}

/// A text for each combination of cells that the slots of a field were seen in together, and whether there are no others.
pub fn texts_of(program: &Program, texts: &Texts, field: VariableId) -> (BTreeMap<Vec<Cell>, String>, bool) {
    let slots: Vec<SlotId> = program.slots_of(field).collect();
    let examples = Examples::of(program, &slots);
    let mut seen: BTreeMap<Vec<Cell>, String> = BTreeMap::new();
    let free = free(program, texts, field, &slots);
    let most = if free.is_some() { MOST_TRIALS } else { MOST_TRIALS.min(TRIED_CELLS / slots.len().max(1)) };
    let mut tried = 0;
    let all_tried = examples.try_all(&mut |text| {
        tried += 1;
        if tried <= most && is_valid(program, field, text) {
            let mut cells = Vec::with_capacity(slots.len());
            texts.classify_all(program, field, program.slots_of(field), text, &mut |_, cell| cells.push(cell));
            seen.entry(cells).or_insert_with(|| text.to_owned());
        }
        tried <= most
    });
    let complete = all_tried && seen.len() <= MOST_COMBINATIONS && free.is_some_and(|free| free.iter().all(|combination| seen.contains_key(combination)));
    (seen, complete)
}

/// The combinations that must have been seen for none to be missing; none where they are too many.
///
/// Texts that a test names are tried by themselves, one and all. What is left is the texts that none names: there, it is every combination of the other slots' cells.
fn free(program: &Program, texts: &Texts, field: VariableId, slots: &[SlotId]) -> Option<Vec<Vec<Cell>>> {
    let mut free: Vec<Vec<Cell>> = vec![Vec::new()];
    for &slot in slots {
        let found = program.slots.get(usize::from(slot))?;
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
            return None;
        }
    }
    Some(free)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_with_many_tests_keeps_few_combinations() {
        let rules: String = (0..100).map(|at| format!("      r{at}: {{ when: 'note.contains(\"word{at}x\")', points: 1 }}\n")).collect();
        let text = format!("leadgate: 1\npolicy: p\nversion: \"1\"\nfields: {{ note: {{ type: string }} }}\nscores:\n  fit:\n    rules:\n{rules}");
        let program = crate::compile_str(&text).unwrap();
        let joint = program.joints.first().unwrap();
        assert!(!joint.complete);
        assert_eq!(joint.cells.len(), FEW_COMBINATIONS);
        // What passes no test, and each of some tests by itself.
        let passed: Vec<usize> = joint.cells.iter().map(|cells| cells.iter().filter(|&&cell| cell > FIRST_VALUE).count()).collect();
        assert_eq!(passed.iter().filter(|&&passed| passed == 0).count(), 1);
        assert!(passed.iter().all(|&passed| passed <= 1));
    }
}
