//! Lists and dictionaries made ready for looking up.

use super::automaton::Automaton;
use super::normalize::normalize;
use super::sorted::Sorted;
use crate::program::{Dictionary, List, ListBody, Lookup};

/// One list or dictionary of a program; every call gets the list it was made from.
#[derive(Debug, Clone)]
pub(super) enum ListIndex {
    /// Texts that are found as a whole.
    Whole(Sorted),
    /// Keys that are found inside a text, and the excepted words.
    Part(Automaton, Automaton),
    /// Texts that are found where they are packed.
    #[cfg(feature = "full")]
    Packed,
}

impl ListIndex {
    pub(super) fn new(list: &List) -> Self {
        match &list.body {
            ListBody::Dictionary(dictionary) if dictionary.lookup != Lookup::Exact => {
                Self::Part(automaton(&dictionary.keys), automaton(&dictionary.except))
            }
            ListBody::Set(texts) | ListBody::Dictionary(Dictionary { keys: texts, .. }) => Self::Whole(Sorted::new(texts)),
            #[cfg(feature = "full")]
            ListBody::Packed(_) | ListBody::Detached(_) => Self::Packed,
        }
    }

    /// The entry that a text finds, after the list's own normalizers.
    #[cfg_attr(quick, optimize(speed))]
    pub(super) fn find(&self, list: &List, text: &str) -> Option<usize> {
        let text = normalize(text, &list.normalize);
        match (&list.body, self) {
            (ListBody::Dictionary(dictionary), Self::Part(keys, except)) => part(dictionary, keys, except, &text),
            (ListBody::Set(texts) | ListBody::Dictionary(Dictionary { keys: texts, .. }), Self::Whole(sorted)) => sorted.find(texts, &text),
            #[cfg(feature = "full")]
            (body, Self::Packed) => body.packed()?.find(&text),
            _ => None,
        }
    }
}

fn automaton(patterns: &[String]) -> Automaton {
    Automaton::new(&mut patterns.iter().map(String::as_str))
}

#[cfg_attr(quick, optimize(speed))]
fn part(dictionary: &Dictionary, keys: &Automaton, except: &Automaton, text: &str) -> Option<usize> {
    let key = |entry: u32| dictionary.keys.get(entry as usize).map_or("", String::as_str);
    let excepted = occurring(except, text);
    let mut found: Option<u32> = None;
    keys.each(text, &mut |entry| {
        let better = found.is_none_or(|found| match dictionary.lookup {
            Lookup::Longest => (key(found).len(), entry) < (key(entry).len(), found),
            Lookup::First | Lookup::Exact => entry < found,
        });
        // The key stands in the text, so the words in it are among those in the text.
        if better && (excepted.is_empty() || occurring(except, key(entry)).len() == excepted.len()) {
            found = Some(entry);
        }
        false
    });
    found.map(|entry| entry as usize)
}

/// The patterns that occur in a text, each once.
fn occurring(patterns: &Automaton, text: &str) -> Vec<u32> {
    let mut found = Vec::new();
    patterns.each(text, &mut |pattern| {
        if !found.contains(&pattern) {
            found.push(pattern);
        }
        false
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::Normalizer;

    fn titles(lookup: Lookup, except: &[&str]) -> List {
        let keys = ["经理", "总经理", "助理", "总经理助理", "sales", "sales director", "总监"];
        List {
            name: "titles".into(),
            normalize: vec![Normalizer::Trim, Normalizer::Lowercase],
            body: ListBody::Dictionary(Dictionary {
                lookup,
                except: except.iter().map(ToString::to_string).collect(),
                keys: keys.iter().map(ToString::to_string).collect(),
                entry_class: vec![0; keys.len()],
                classes: vec![vec![None]],
            }),
        }
    }

    fn find(list: &List, text: &str) -> Option<String> {
        let ListBody::Dictionary(dictionary) = &list.body else { return None };
        ListIndex::new(list).find(list, text).map(|entry| dictionary.keys[entry].clone())
    }

    #[test]
    fn longest() {
        let list = titles(Lookup::Longest, &[]);
        for (text, key) in [("副总经理", "总经理"), ("产品经理", "经理"), ("总经理助理", "总经理助理"), (" SALES Director, EMEA", "sales director"), ("助理总监", "助理")] {
            assert_eq!(find(&list, text).as_deref(), Some(key), "{text}");
        }
        assert_eq!(find(&list, "engineer"), None);
        assert_eq!(find(&list, ""), None);
    }

    #[test]
    fn first() {
        let list = titles(Lookup::First, &[]);
        for (text, key) in [("副总经理", "经理"), ("总监助理", "助理"), ("sales director", "sales")] {
            assert_eq!(find(&list, text).as_deref(), Some(key), "{text}");
        }
    }

    #[test]
    fn exact() {
        let list = titles(Lookup::Exact, &["助理"]);
        assert_eq!(find(&list, " Sales ").as_deref(), Some("sales"));
        assert_eq!(find(&list, "总经理助理").as_deref(), Some("总经理助理"));
        assert_eq!(find(&list, "副总经理"), None);
    }

    #[test]
    fn excepted_words_must_stand_in_the_key() {
        for lookup in [Lookup::Longest, Lookup::First] {
            let list = titles(lookup, &["助理", "实习"]);
            assert_eq!(find(&list, "总监助理").as_deref(), Some("助理"));
            assert_eq!(find(&list, "实习总监"), None);
            assert_eq!(find(&list, "总监").as_deref(), Some("总监"));
        }
        assert_eq!(find(&titles(Lookup::Longest, &["助理"]), "总经理助理").as_deref(), Some("总经理助理"));
        assert_eq!(find(&titles(Lookup::Longest, &["助理", "总"]), "总裁助理"), None);
    }
}
