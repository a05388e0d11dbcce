//! The cells of texts, and what texts find in lists.

use std::borrow::Cow;
use std::ops::Range;

use super::automaton::Automaton;
use super::email::domain;
#[cfg(feature = "full")]
use super::filter::Filter;
use super::list::ListIndex;
#[cfg(feature = "full")]
use super::scan::Scan;
#[cfg(feature = "full")]
use super::wide::Wide;
use crate::program::{ABSENT, Cell, Contains, Cut, FAULT, FIRST_VALUE, ListBody, ListId, Members, Pattern, Program, Slot, SlotId, Transform, VariableId};

/// What a program looks for in texts, made ready once when it is loaded. Every call gets the program it was made from.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    lists: Vec<ListIndex>,
    /// For slots that look for patterns that may stand anywhere, the search for them.
    searches: Vec<Option<Automaton>>,
    /// For each field the scan that does all of this in one pass, where one can, and the slots that need nothing else. A page decides on one text at a time, as
    /// it is typed, and does without.
    #[cfg(feature = "full")]
    scans: Vec<Option<(Scan, u64, Option<Filter>)>>,
    /// For each field what does so where a scan cannot.
    #[cfg(feature = "full")]
    wide: Vec<Option<Wide>>,
}

impl Texts {
    /// Prepares the lists and text slots of a program.
    pub fn new(program: &Program) -> Self {
        let mut texts = Self::default();
        for list in &program.lists {
            texts.lists.push(ListIndex::new(list));
        }
        for slot in &program.slots {
            let parts = if let Cut::Contains(contains) = &slot.cut { parts(contains) } else { Vec::new() };
            texts.searches.push((!parts.is_empty()).then(|| Automaton::new(&mut parts.iter().copied())));
        }
        #[cfg(feature = "full")]
        for field in 0..program.fields.len() {
            let parts = parts_of(program, field as VariableId);
            let scan = scan(&parts);
            texts.wide.push((scan.is_none() && parts.iter().flatten().count() > 1).then(|| Wide::new(&parts)));
            texts.scans.push(scan);
        }
        texts
    }

    /// Calls `see` with the cell of each slot of a field, in the order of the slots; as [`classify`](Self::classify).
    #[cfg_attr(quick, optimize(speed), inline)]
    pub fn classify_all(&self, program: &Program, field: VariableId, slots: Range<SlotId>, text: &str, see: &mut dyn FnMut(SlotId, Cell)) {
        #[cfg(feature = "full")]
        if let Some(Some(wide)) = self.wide.get(usize::from(field)) {
            for (slot, found) in slots.zip(wide.found(text)) {
                see(slot, found.map_or_else(|| self.classify(program, slot, text), |found| FIRST_VALUE + Cell::from(found)));
            }
            return;
        }
        let (bits, done) = self.scanned(field, text);
        for (at, slot) in slots.enumerate() {
            let bit = 1u64.checked_shl(at as u32).unwrap_or(0);
            let cell = if done & bit == 0 { self.classify(program, slot, text) } else { FIRST_VALUE + Cell::from(bits & bit != 0) };
            see(slot, cell);
        }
    }

    /// The slots of a field that find something in one pass, and all that need no more than that.
    #[cfg(feature = "full")]
    #[cfg_attr(quick, optimize(speed), inline)]
    fn scanned(&self, field: VariableId, text: &str) -> (u64, u64) {
        match self.scans.get(usize::from(field)) {
            Some(Some((scan, done, _))) => (scan.bits(text), *done),
            _ => (0, 0),
        }
    }

    /// The slots of a field, which look for nothing but parts of texts, that find one at a text's first byte or while one that has begun there may still go on, each a bit; and how
    /// many bytes were looked at for that.
    #[cfg(feature = "full")]
    #[cfg_attr(quick, optimize(speed), inline)]
    pub(crate) fn found_here(&self, field: VariableId, text: &[u8]) -> (u64, usize) {
        match self.scans.get(usize::from(field)) {
            Some(Some((scan, ..))) => scan.bits_here(text),
            _ => (0, text.len()),
        }
    }

    /// What tells where [`found_here`](Self::found_here) may find something; none where a slot of the field looks for something else.
    #[cfg(feature = "full")]
    pub(crate) fn filter(&self, field: VariableId, slots: usize) -> Option<&Filter> {
        match self.scans.get(usize::from(field)) {
            Some(Some((_, done, filter))) if done.count_ones() as usize == slots => filter.as_ref(),
            _ => None,
        }
    }

    #[cfg(not(feature = "full"))]
    fn scanned(&self, _: VariableId, _: &str) -> (u64, u64) {
        (0, 0)
    }

    /// The entry of a list that a text finds: the index of a set's text or of a dictionary's key.
    ///
    /// The text is in the normal form of its field; the list's own normalizers are applied here.
    pub fn find(&self, program: &Program, list: ListId, text: &str) -> Option<usize> {
        self.lists.get(usize::from(list))?.find(program.lists.get(usize::from(list))?, text)
    }

    /// The cell of a text that is in the normal form of its field. [`FAULT`] where the slot does not cut texts, or
    /// the text passes a set of tests that the program does not foresee.
    #[cfg_attr(quick, optimize(speed))]
    pub fn classify(&self, program: &Program, slot: SlotId, text: &str) -> Cell {
        let Some(Slot { cut, .. }) = program.slots.get(usize::from(slot)) else { return FAULT };
        let transform = match cut {
            Cut::Members(members) => members.transform,
            Cut::Contains(contains) => contains.transform,
            _ => Transform::None,
        };
        let Some(text) = transformed(text, transform) else { return ABSENT };
        match cut {
            Cut::Given => FIRST_VALUE,
            Cut::Members(members) => self.member(program, members, &text),
            Cut::Contains(contains) => {
                let search = self.searches.get(usize::from(slot)).and_then(Option::as_ref);
                FIRST_VALUE + Cell::from(search.is_some_and(|search| search.any(&text)) || stands_at_an_end(contains, &text))
            }
            Cut::Lookup(list) => self.class(program, *list, &text),
            Cut::Thresholds(_) | Cut::Finite(_) => FAULT,
        }
    }

    fn member(&self, program: &Program, members: &Members, text: &str) -> Cell {
        let is = members.texts.binary_search_by(|known| known.as_str().cmp(text)).map_or(0, |at| at as u16 + 1);
        let mut lists = 0u64;
        for (bit, &list) in members.lists.iter().take(64).enumerate() {
            #[cfg(feature = "full")]
            if program.lists.get(usize::from(list)).is_some_and(|list| list.body.is_missing()) {
                return FAULT;
            }
            lists |= u64::from(self.find(program, list, text).is_some()) << bit;
        }
        value_cell(members.classes.binary_search(&(is, lists)).ok())
    }

    fn class(&self, program: &Program, list: ListId, text: &str) -> Cell {
        let Some(entry) = self.find(program, list, text) else { return FIRST_VALUE };
        match program.lists.get(usize::from(list)).map(|list| &list.body) {
            Some(ListBody::Dictionary(dictionary)) => value_cell(dictionary.entry_class.get(entry).map(|&class| usize::from(class) + 1)),
            _ => FAULT,
        }
    }
}

/// The patterns that may stand anywhere in a text.
fn parts(contains: &Contains) -> Vec<&str> {
    let mut parts = Vec::new();
    for pattern in &contains.patterns {
        if let Pattern::Contains(part) = pattern {
            parts.push(part.as_str());
        }
    }
    parts
}

/// For each slot of a field the parts of the text as it is that it looks for; none where it looks for something else.
#[cfg(feature = "full")]
fn parts_of(program: &Program, field: VariableId) -> Vec<Option<Vec<&str>>> {
    let of = |slot: SlotId| match program.slots.get(usize::from(slot)).map(|slot| &slot.cut) {
        Some(Cut::Contains(contains)) if contains.transform == Transform::None => Some(parts(contains)).filter(|parts| parts.len() == contains.patterns.len()),
        _ => None,
    };
    program.slots_of(field).map(of).collect()
}

/// The scan for them; none where there are too many, or none.
#[cfg(feature = "full")]
fn scan(slots: &[Option<Vec<&str>>]) -> Option<(Scan, u64, Option<Filter>)> {
    let (mut patterns, mut bits, mut done) = (Vec::new(), Vec::new(), 0);
    for (at, parts) in slots.iter().enumerate() {
        let Some(parts) = parts else { continue };
        let bit = 1u64.checked_shl(at as u32)?;
        done |= bit;
        patterns.extend_from_slice(parts);
        bits.resize(patterns.len(), bit);
    }
    if done == 0 { None } else { Some((Scan::new(&patterns, &bits)?, done, Filter::new(&patterns))) }
}

fn stands_at_an_end(contains: &Contains, text: &str) -> bool {
    contains.patterns.iter().any(|pattern| match pattern {
        Pattern::Contains(_) => false,
        Pattern::Starts(part) => text.as_bytes().starts_with(part.as_bytes()),
        Pattern::Ends(part) => text.as_bytes().ends_with(part.as_bytes()),
    })
}

fn transformed(text: &str, transform: Transform) -> Option<Cow<'_, str>> {
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
    use crate::program::{Dictionary, List, Lookup, Normalizer};

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
        let texts = vec!["acme.com".into(), "qq.com".into()];
        let classes = vec![(0, 0), (0, 0b01), (0, 0b10), (1, 0), (2, 0b11)];
        let members = Members { transform: Transform::Domain, texts, lists: vec![0, 1], classes };
        let program = program(vec![Cut::Members(members)]);
        let texts = ["x@other.com", "x@GMAIL.com", "x@163.com", "x@qq.com", "x@acme.com", "nobody"];
        assert_eq!(cells(&program, &texts), [4, 5, 6, 8, 7, ABSENT]);
    }

    #[test]
    fn a_class_that_is_not_foreseen_faults() {
        let members = Members { transform: Transform::None, texts: vec!["qq.com".into()], lists: vec![0], classes: vec![(0, 0), (0, 0b1)] };
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
