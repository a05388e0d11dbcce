//! Which combinations of cells the slots of one text can have together.
//!
//! A text with several slots, or with patterns, is looked at from several sides, and not every combination of what they see can occur. Texts are
//! made up from the policy's own words until every combination that is not ruled out has been seen; where some were not seen, the list is not
//! complete and `possible` does not call its answer exact.

use std::collections::BTreeSet;

use super::Builder;
use crate::engine::text::{Texts, normalize, valid_email};
use crate::program::{Cell, Cut, Domain, FIRST_VALUE, Format, Joint, ListBody, Member, Pattern, Program, SlotId, Transform, VariableId};

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
    let words = Words::of(program, &slots);
    let mut seen: BTreeSet<Vec<Cell>> = BTreeSet::new();
    let mut tried = 0;
    words.try_all(&mut |text| {
        tried += 1;
        if tried <= MOST_TRIALS && is_valid(program, field, text) {
            seen.insert(slots.iter().map(|&slot| texts.classify(program, slot, text)).collect());
        }
    });
    let complete = tried <= MOST_TRIALS && seen.len() <= MOST_COMBINATIONS && all_seen(program, &slots, &seen);
    Some(Joint { variable: field, cells: seen.into_iter().take(MOST_COMBINATIONS).collect(), complete, lists: Vec::new() })
}

/// Whether a text is in normal form and of the field's format.
fn is_valid(program: &Program, field: VariableId, text: &str) -> bool {
    let Some(facts) = program.fields.get(usize::from(field)) else { return false };
    !text.is_empty()
        && text.chars().count() <= facts.max_length as usize
        && normalize(text, &facts.normalize) == text
        && (facts.format == Format::Any || valid_email(text))
}

/// Whether every combination was seen that the whole-text tests, which name their texts, do not rule out.
fn all_seen(program: &Program, slots: &[SlotId], seen: &BTreeSet<Vec<Cell>>) -> bool {
    // Every text that a whole-text test names was tried by itself. What is left is the texts that none names: there, every combination of the other slots must have been seen.
    let mut free: Vec<Vec<Cell>> = vec![Vec::new()];
    for &slot in slots {
        let Some(found) = program.slots.get(usize::from(slot)) else { return false };
        let count = program.cells_of(slot).unwrap_or(0) as Cell;
        let cells: Vec<Cell> = match &found.cut {
            Cut::Given => vec![FIRST_VALUE],
            Cut::Members(members) if members.transform == Transform::None && members.tests.iter().all(|test| named_plainly(program, test)) => vec![FIRST_VALUE],
            _ => (FIRST_VALUE..count).collect(),
        };
        free = free.into_iter().flat_map(|row| cells.iter().map(move |&cell| [row.as_slice(), &[cell]].concat())).collect();
        if free.len() > MOST_COMBINATIONS {
            return false;
        }
    }
    free.iter().all(|combination| seen.contains(combination))
}

/// Whether the only texts that pass a test are those that it names.
fn named_plainly(program: &Program, test: &Member) -> bool {
    match test {
        Member::Is(_) => true,
        Member::In(list) => program.lists.get(usize::from(*list)).is_some_and(|list| list.normalize.is_empty()),
    }
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

impl Words {
    fn of(program: &Program, slots: &[SlotId]) -> Self {
        let mut words = Self::default();
        for &slot in slots {
            match program.slots.get(usize::from(slot)).map(|slot| &slot.cut) {
                Some(Cut::Members(members)) => {
                    let into = if members.transform == Transform::Domain { &mut words.domains } else { &mut words.whole };
                    for test in &members.tests {
                        match test {
                            Member::Is(text) => {
                                into.insert(text.clone());
                            }
                            Member::In(list) => {
                                if let Some(ListBody::Set(texts)) = program.lists.get(usize::from(*list)).map(|list| &list.body) {
                                    into.extend(texts.iter().cloned());
                                }
                            }
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
                    if let Some(ListBody::Dictionary(dictionary)) = program.lists.get(usize::from(*list)).map(|list| &list.body) {
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
