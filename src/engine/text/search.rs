//! The cells of texts, and what texts find in lists.

use std::borrow::Cow;

use super::automaton::{Automaton, Pick};
use super::email::domain;
use super::list::ListIndex;
use crate::program::{ABSENT, Cell, Contains, Cut, FAULT, FIRST_VALUE, ListBody, ListId, Member, Members, Pattern, Program, SlotId, Transform};

/// What a program looks for in texts, made ready once when it is loaded. Every call gets the program it was made from.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    lists: Vec<ListIndex>,
    slots: Vec<Option<SlotIndex>>,
}

/// The tests of one slot.
#[derive(Debug, Clone)]
enum SlotIndex {
    /// Tests for whole texts.
    Members {
        /// Texts with the tests that they pass, ascending.
        texts: Vec<(String, u64)>,
        /// Lists with the tests that their entries pass.
        lists: Vec<(ListId, u64)>,
    },
    /// Patterns that may stand anywhere, where there are any.
    Contains(Option<Automaton>),
}

impl Texts {
    /// Prepares the lists and text slots of a program.
    pub fn new(program: &Program) -> Self {
        Self { lists: program.lists.iter().map(ListIndex::new).collect(), slots: program.slots.iter().map(|slot| SlotIndex::new(&slot.cut)).collect() }
    }

    /// The entry of a list that a text finds: the index of a set's text or of a dictionary's key.
    ///
    /// The text is in the normal form of its field; the list's own normalizers are applied here.
    pub fn find(&self, program: &Program, list: ListId, text: &str) -> Option<usize> {
        self.lists.get(usize::from(list))?.find(program.lists.get(usize::from(list))?, text)
    }

    /// The cell of a text that is in the normal form of its field. [`FAULT`] where the slot does not cut texts, or
    /// the text passes a set of tests that the program does not foresee.
    pub fn classify(&self, program: &Program, slot: SlotId, text: &str) -> Cell {
        let index = self.slots.get(usize::from(slot)).and_then(Option::as_ref);
        let Some(slot) = program.slots.get(usize::from(slot)) else { return FAULT };
        match (&slot.cut, index) {
            (Cut::Given, _) => FIRST_VALUE,
            (Cut::Members(members), Some(SlotIndex::Members { texts, lists })) => self.member(program, members, texts, lists, text),
            (Cut::Contains(contains), Some(SlotIndex::Contains(automaton))) => match transform(text, contains.transform) {
                Some(text) => FIRST_VALUE + Cell::from(holds(contains, automaton.as_ref(), &text)),
                None => ABSENT,
            },
            (Cut::Lookup(list), _) => self.class(program, *list, text),
            _ => FAULT,
        }
    }

    fn member(&self, program: &Program, members: &Members, texts: &[(String, u64)], lists: &[(ListId, u64)], text: &str) -> Cell {
        let Some(text) = transform(text, members.transform) else { return ABSENT };
        let mut passed = match texts.binary_search_by(|(other, _)| other.as_str().cmp(&text)) {
            Ok(at) => texts.get(at).map_or(0, |&(_, tests)| tests),
            Err(_) => 0,
        };
        for &(list, tests) in lists {
            if self.find(program, list, &text).is_some() {
                passed |= tests;
            }
        }
        value_cell(members.classes.binary_search(&passed).ok())
    }

    fn class(&self, program: &Program, list: ListId, text: &str) -> Cell {
        let Some(entry) = self.find(program, list, text) else { return FIRST_VALUE };
        match program.lists.get(usize::from(list)).map(|list| &list.body) {
            Some(ListBody::Dictionary(dictionary)) => value_cell(dictionary.entry_class.get(entry).map(|&class| usize::from(class) + 1)),
            _ => FAULT,
        }
    }
}

impl SlotIndex {
    fn new(cut: &Cut) -> Option<Self> {
        match cut {
            Cut::Members(members) => {
                let (mut texts, mut lists) = (Vec::new(), Vec::new());
                for (bit, test) in members.tests.iter().enumerate().take(64) {
                    match test {
                        Member::Is(text) => merge(&mut texts, text.clone(), 1 << bit),
                        Member::In(list) => merge(&mut lists, *list, 1 << bit),
                    }
                }
                Some(Self::Members { texts, lists })
            }
            Cut::Contains(contains) => {
                let anywhere = contains.patterns.iter().filter_map(|pattern| match pattern {
                    Pattern::Contains(part) => Some(part.as_str()),
                    Pattern::Starts(_) | Pattern::Ends(_) => None,
                });
                let automaton = anywhere.clone().next().is_some().then(|| Automaton::new(anywhere, Pick::First));
                Some(Self::Contains(automaton))
            }
            _ => None,
        }
    }
}

fn merge<T: Ord>(entries: &mut Vec<(T, u64)>, key: T, tests: u64) {
    match entries.binary_search_by(|(other, _)| other.cmp(&key)) {
        Ok(at) => entries.iter_mut().skip(at).take(1).for_each(|(_, known)| *known |= tests),
        Err(at) => entries.insert(at, (key, tests)),
    }
}

fn holds(contains: &Contains, automaton: Option<&Automaton>, text: &str) -> bool {
    automaton.is_some_and(|automaton| automaton.any(text))
        || contains.patterns.iter().any(|pattern| match pattern {
            Pattern::Contains(_) => false,
            Pattern::Starts(part) => text.starts_with(part.as_str()),
            Pattern::Ends(part) => text.ends_with(part.as_str()),
        })
}

fn transform(text: &str, transform: Transform) -> Option<Cow<'_, str>> {
    match transform {
        Transform::None => Some(Cow::Borrowed(text)),
        Transform::Domain => domain(text),
        Transform::LowerAscii => Some(Cow::Owned(text.to_ascii_lowercase())),
    }
}

fn value_cell(class: Option<usize>) -> Cell {
    class.and_then(|class| Cell::try_from(class).ok()).and_then(|class| class.checked_add(FIRST_VALUE)).unwrap_or(FAULT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::{Dictionary, List, Lookup, Normalizer, Slot};

    fn set(name: &str, texts: &[&str]) -> List {
        List { name: name.into(), normalize: vec![Normalizer::Lowercase], body: ListBody::Set(texts.iter().map(ToString::to_string).collect()) }
    }

    fn program(cuts: Vec<Cut>) -> Program {
        let titles = Dictionary {
            lookup: Lookup::Longest,
            except: vec![],
            keys: vec!["经理".into(), "总经理".into(), "manager".into()],
            entry_class: vec![1, 0, 1],
            classes: vec![vec![None], vec![Some(0)]],
        };
        Program {
            lists: vec![
                set("free", &["gmail.com", "qq.com"]),
                set("china", &["163.com", "qq.com"]),
                List { name: "titles".into(), normalize: vec![], body: ListBody::Dictionary(titles) },
            ],
            slots: cuts.into_iter().map(|cut| Slot { variable: 0, cut }).collect(),
            ..Program::default()
        }
    }

    fn cells(program: &Program, texts: &[&str]) -> Vec<Cell> {
        let index = Texts::new(program);
        texts.iter().map(|text| index.classify(program, 0, text)).collect()
    }

    #[test]
    fn members_are_classed_by_the_tests_they_pass() {
        let tests = vec![Member::In(0), Member::In(1), Member::Is("qq.com".into()), Member::Is("acme.com".into())];
        let members = Members { transform: Transform::Domain, tests, classes: vec![0, 0b0001, 0b0010, 0b0111, 0b1000] };
        let program = program(vec![Cut::Members(members)]);
        let texts = ["x@other.com", "x@GMAIL.com", "x@163.com", "x@qq.com", "x@acme.com", "nobody"];
        assert_eq!(cells(&program, &texts), [4, 5, 6, 7, 8, ABSENT]);
    }

    #[test]
    fn a_class_that_is_not_foreseen_faults() {
        let members = Members { transform: Transform::None, tests: vec![Member::In(0), Member::Is("qq.com".into())], classes: vec![0, 0b01] };
        assert_eq!(cells(&program(vec![Cut::Members(members)]), &["qq.com", "gmail.com"]), [FAULT, 5]);
    }

    #[test]
    fn patterns() {
        let patterns = vec![Pattern::Contains("采购".into()), Pattern::Contains("procure".into()), Pattern::Starts("cto".into()), Pattern::Ends("总监".into())];
        let contains = Contains { transform: Transform::LowerAscii, patterns };
        let texts = ["高级采购经理", "Procurement", "CTO office", "the cto", "总监", "总监助理", ""];
        assert_eq!(cells(&program(vec![Cut::Contains(contains)]), &texts), [5, 5, 5, 4, 5, 4, 4]);
        let ends = Contains { transform: Transform::Domain, patterns: vec![Pattern::Ends(".edu".into())] };
        assert_eq!(cells(&program(vec![Cut::Contains(ends)]), &["a@MIT.edu", "a@edu", "mit.edu"]), [5, 4, ABSENT]);
    }

    #[test]
    fn dictionaries() {
        let program = program(vec![Cut::Lookup(2)]);
        assert_eq!(cells(&program, &["engineer", "副总经理", "产品经理", "manager"]), [4, 5, 6, 6]);
    }

    #[test]
    fn slots_that_do_not_cut_texts() {
        assert_eq!(cells(&program(vec![Cut::Given]), &["", "x"]), [FIRST_VALUE, FIRST_VALUE]);
        assert_eq!(cells(&program(vec![Cut::Finite(2)]), &["x"]), [FAULT]);
        assert_eq!(cells(&program(vec![]), &["x"]), [FAULT]);
    }
}
