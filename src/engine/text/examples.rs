//! Texts made up from a policy's own words, to see what a text field can be.

use std::collections::{BTreeMap, BTreeSet};

use super::normalize::normalize;
use super::{uscc, valid_email};
use crate::program::{Cut, Format, ListBody, Members, Normalizer, Packed, Pattern, Program, SlotId, Transform, VariableId};

/// Whether a text is in normal form and of the field's format.
pub fn is_valid(program: &Program, field: VariableId, text: &str) -> bool {
    let Some(facts) = program.fields.get(usize::from(field)) else { return false };
    !text.is_empty()
        && text.chars().count() <= facts.max_length as usize
        && normalize(text, &facts.normalize) == text
        && match facts.format {
            Format::Any => true,
            Format::Email => valid_email(text),
            Format::Uscc => uscc(text).is_ok_and(|code| code == text),
        }
}

/// Texts made up from what a program's tests look for in one text: examples of its cells.
#[derive(Debug, Default)]
pub struct Examples {
    /// Whole texts.
    whole: BTreeSet<String>,
    /// Other texts that lists take for theirs.
    variants: BTreeSet<String>,
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
                Normalizer::Trim | Normalizer::Collapse | Normalizer::Phone(_) => into.insert([" ", text].concat()),
                Normalizer::Width => into.insert(text.chars().map(|letter| if letter.is_ascii_graphic() { char::from_u32(letter as u32 + 0xFEE0).unwrap_or(letter) } else { letter }).collect()),
                Normalizer::Company => into.insert([text, " Ltd"].concat()),
            };
        }
    }
}

/// A few of a packed list's texts: for each combination of lists that they are in, and with each name one below it, so that nothing that they can be found in is left out.
fn sample(program: &Program, members: &Members, packed: &Packed) -> Vec<String> {
    const EACH: usize = 3;
    let mut seen: BTreeMap<u64, usize> = BTreeMap::new();
    let lists: Vec<&ListBody> = members.lists.iter().take(64).filter_map(|&list| program.lists.get(usize::from(list))).map(|list| &list.body).collect();
    let bits = |text: &str| {
        let found = lists.iter().enumerate().filter(|(_, body)| match body {
            ListBody::Set(texts) => texts.binary_search_by(|known| known.as_str().cmp(text)).is_ok(),
            body => body.packed().is_some_and(|packed| packed.find(text).is_some()),
        });
        found.map(|(bit, _)| 1u64 << bit).sum::<u64>()
    };
    let mut texts = Vec::new();
    for text in packed.texts() {
        let below = packed.domains().then(|| ["zq.", &text].concat());
        for text in [Some(text), below].into_iter().flatten() {
            let count = seen.entry(bits(&text)).or_default();
            if *count < EACH {
                *count += 1;
                texts.push(text);
            }
        }
    }
    texts
}

impl Examples {
    /// Of the slots of one text.
    pub fn of(program: &Program, slots: &[SlotId]) -> Self {
        let mut words = Self::default();
        for &slot in slots {
            match program.slots.get(usize::from(slot)).map(|slot| &slot.cut) {
                Some(Cut::Members(members)) => {
                    let domains = members.transform == Transform::Domain;
                    let into = if domains { &mut words.domains } else { &mut words.whole };
                    into.extend(members.texts.iter().cloned());
                    for list in members.lists.iter().filter_map(|&list| program.lists.get(usize::from(list))) {
                        if let Some(packed) = list.body.packed() {
                            let texts = sample(program, members, packed);
                            variants(texts.iter(), &list.normalize, if domains { &mut *into } else { &mut words.variants });
                            into.extend(texts);
                        }
                        if let ListBody::Set(texts) = &list.body {
                            into.extend(texts.iter().cloned());
                            variants(texts.iter(), &list.normalize, if domains { &mut *into } else { &mut words.variants });
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
                        variants(dictionary.keys.iter(), &list.normalize, &mut words.variants);
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

    /// Calls a function with every text worth trying, until it says no; whether it never did.
    pub fn try_all(&self, see: &mut dyn FnMut(&str) -> bool) -> bool {
        self.whole.iter().all(|text| see(text))
            && ["zq", "zq@zq.zq", "+8613800000000", "8"].into_iter().all(&mut *see)
            && self.variants.iter().all(|text| see(text))
            && self.domains.iter().all(|domain| see(&["zq@", domain].concat()))
            && {
                // One domain stands for the rest when domains meet parts.
                let domains: Vec<&str> = self.domains.iter().take(3).map(String::as_str).chain(["zq.zq"]).collect();
                // Few words first: where not all can be tried, each word is tried by itself.
                (0..=self.parts.len()).all(|words| self.combine(0, words, &mut Vec::new(), &domains, see))
            }
    }

    /// So many words more, at most one for each slot from one on that looks for parts, in both orders, alone and inside addresses.
    fn combine<'w>(&'w self, slot: usize, words: usize, chosen: &mut Vec<&'w str>, domains: &[&str], see: &mut dyn FnMut(&str) -> bool) -> bool {
        if words == 0 {
            let forward = chosen.join("zq");
            let backward = chosen.iter().rev().copied().collect::<Vec<_>>().join("zq");
            return [forward, backward].iter().all(|text| {
                let around = [["", ""], ["zq", "zq"], ["zq", ""], ["", "zq"], ["zq", ".zq"], ["zq@zq", ".zq"]].map(|[before, after]| [before, text, after].concat());
                around.iter().all(|made| see(made)) && domains.iter().all(|domain| see(&["zq", text, "@", domain].concat()))
            });
        }
        let left = self.parts.get(slot..).unwrap_or_default();
        let Some(options) = left.first().filter(|_| left.len() >= words) else { return true };
        for word in options.iter().take(40) {
            chosen.push(word);
            let goes_on = self.combine(slot + 1, words - 1, chosen, domains, see);
            chosen.pop();
            if !goes_on {
                return false;
            }
        }
        self.combine(slot + 1, words, chosen, domains, see)
    }
}
