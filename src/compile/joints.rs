//! Which combinations of cells the slots of one text can have together.
//!
//! A text with several slots, or with patterns, is looked at from several sides, and not every combination of what they see can occur. Texts are
//! made up from the policy's own words until every combination that is not ruled out has been seen; where some were not seen, the list is not
//! complete and `possible` does not call its answer exact.

use std::collections::{BTreeMap, BTreeSet};

use super::Builder;
use crate::engine::text::{Texts, normalize, valid_email};
use crate::program::{Cell, Cut, Domain, FIRST_VALUE, Format, Joint, ListBody, ListId, Lookup, Normalizer, Pattern, Program, SlotId, Transform, VariableId};

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
    let words = Words::of(program, &slots);
    let mut seen: BTreeMap<Vec<Cell>, String> = BTreeMap::new();
    let mut tried = 0;
    words.try_all(&mut |text| {
        tried += 1;
        if tried <= MOST_TRIALS && is_valid(program, field, text) {
            seen.entry(slots.iter().map(|&slot| texts.classify(program, slot, text)).collect()).or_insert_with(|| text.to_owned());
        }
    });
    let complete = tried <= MOST_TRIALS && seen.len() <= MOST_COMBINATIONS && all_seen(program, texts, field, &slots, &seen);
    (seen, complete)
}

/// Whether a text is in normal form and of the field's format.
fn is_valid(program: &Program, field: VariableId, text: &str) -> bool {
    let Some(facts) = program.fields.get(usize::from(field)) else { return false };
    !text.is_empty()
        && text.chars().count() <= facts.max_length as usize
        && normalize(text, &facts.normalize) == text
        && (facts.format == Format::Any || valid_email(text))
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
    list.normalize.is_empty() || list.normalize == field.normalize
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

/// The words that a text's tests look for.
#[derive(Default)]
struct Words {
    /// Whole texts.
    whole: BTreeSet<String>,
    /// Domains.
    domains: BTreeSet<String>,
    /// For each slot that looks for parts, words that satisfy it.
    parts: Vec<Vec<String>>,
}

/// Other texts with the same normal form as a list's: a text that the list finds and no test names.
fn variants<'t>(texts: impl Iterator<Item = &'t String>, normalizers: &[Normalizer], into: &mut BTreeSet<String>) {
    for text in texts.take(200) {
        for normalizer in normalizers {
            match normalizer {
                Normalizer::Lowercase => into.insert(text.to_uppercase()),
                Normalizer::Trim | Normalizer::Collapse | Normalizer::Phone(_) => into.insert(format!(" {text}")),
                Normalizer::Width => into.insert(text.chars().map(|letter| if letter.is_ascii_graphic() { char::from_u32(letter as u32 + 0xFEE0).unwrap_or(letter) } else { letter }).collect()),
                Normalizer::Company => into.insert(format!("{text} Ltd")),
            };
        }
    }
}

impl Words {
    fn of(program: &Program, slots: &[SlotId]) -> Self {
        let mut words = Self::default();
        for &slot in slots {
            match program.slots.get(usize::from(slot)).map(|slot| &slot.cut) {
                Some(Cut::Members(members)) => {
                    let into = if members.transform == Transform::Domain { &mut words.domains } else { &mut words.whole };
                    into.extend(members.texts.iter().cloned());
                    for list in members.lists.iter().filter_map(|&list| program.lists.get(usize::from(list))) {
                        if let ListBody::Set(texts) = &list.body {
                            into.extend(texts.iter().cloned());
                            variants(texts.iter(), &list.normalize, into);
                        }
                    }
                }
                Some(Cut::Contains(contains)) => {
                    let of = |pattern: &Pattern| match pattern {
                        Pattern::Contains(text) | Pattern::Starts(text) | Pattern::Ends(text) => text.clone(),
                    };
                    words.parts.push(contains.patterns.iter().map(of).collect());
                }
                Some(Cut::Lookup(list)) => {
                    let Some(list) = program.lists.get(usize::from(*list)) else { continue };
                    if let ListBody::Dictionary(dictionary) = &list.body {
                        variants(dictionary.keys.iter(), &list.normalize, &mut words.whole);
                        // One key for each class stands for the class; keys alone may meet each other's exceptions, so all are tried by themselves.
                        words.whole.extend(dictionary.keys.iter().cloned());
                        let firsts = (0..dictionary.classes.len()).filter_map(|class| {
                            let at = dictionary.entry_class.iter().position(|&known| usize::from(known) == class)?;
                            dictionary.keys.get(at).cloned()
                        });
                        words.parts.push(firsts.collect());
                    }
                }
                _ => {}
            }
        }
        words
    }

    /// Calls a function with every text worth trying.
    fn try_all(&self, see: &mut dyn FnMut(&str)) {
        for text in ["zq", "zq@zq.zq", "+8613800000000", "8"] {
            see(text);
        }
        self.whole.iter().for_each(|text| see(text));
        for domain in &self.domains {
            see(&format!("zq@{domain}"));
        }
        // One domain stands for the rest when domains meet parts.
        let domains: Vec<&str> = self.domains.iter().take(3).map(String::as_str).chain(["zq.zq"]).collect();
        let mut chosen: Vec<&str> = Vec::new();
        self.combine(0, &mut chosen, &domains, see);
    }

    /// At most one word for each slot that looks for parts, in both orders, alone and inside addresses.
    fn combine<'w>(&'w self, slot: usize, chosen: &mut Vec<&'w str>, domains: &[&str], see: &mut dyn FnMut(&str)) {
        let Some(options) = self.parts.get(slot) else {
            let forward = chosen.join("zq");
            let backward = chosen.iter().rev().copied().collect::<Vec<_>>().join("zq");
            for text in [forward, backward] {
                for made in [text.clone(), format!("zq{text}zq"), format!("zq{text}"), format!("{text}zq"), format!("zq{text}.zq"), format!("zq@zq{text}.zq")] {
                    see(&made);
                }
                for domain in domains {
                    see(&format!("zq{text}@{domain}"));
                }
            }
            return;
        };
        self.combine(slot + 1, chosen, domains, see);
        for word in options.iter().take(40) {
            chosen.push(word);
            self.combine(slot + 1, chosen, domains, see);
            chosen.pop();
        }
    }
}
