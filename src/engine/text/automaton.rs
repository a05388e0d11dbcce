//! Many patterns searched in a text at once: an Aho–Corasick automaton over bytes.

use super::sorted::sorted;

/// No pattern.
const NONE: u32 = u32::MAX;

/// Where a search stands after a byte: at the longest end of what it has read that begins a pattern. Each state is one such beginning.
#[derive(Debug, Clone, Copy)]
struct State {
    /// The byte that leads here; ascending among the children of one state.
    label: u8,
    /// The children stand together: from here up to the first child of the next state.
    children: u32,
    /// The state of the longest proper suffix that begins a pattern.
    fallback: u32,
    /// The pattern that this state is as a whole, of equal ones the first.
    own: u32,
    /// The state of the longest proper suffix that is a pattern; the first state for none.
    shorter: u32,
}

/// The state before any byte, as long as nothing else is known of it.
static FIRST: State = State { label: 0, children: 0, fallback: 0, own: NONE, shorter: 0 };

/// Patterns made ready for search.
#[derive(Debug, Clone)]
pub(super) struct Automaton {
    /// In order of their depth, so that a state stands after its suffixes; one more at the end, where the last one's children end.
    states: Vec<State>,
    /// The children of the first state by their byte, for most steps begin there; 0 for none.
    roots: Box<[u32; 256]>,
}

impl Automaton {
    /// An automaton for these patterns; takes time in proportion to their length.
    pub(super) fn new(patterns: &mut dyn Iterator<Item = &str>) -> Self {
        let keys = sorted(patterns);
        let mut automaton = Self { states: vec![FIRST], roots: Box::new([0; 256]) };
        // For each state its depth and the keys that begin with it.
        let mut begun = vec![(0, 0, keys.len())];
        let mut at = 0;
        while let Some(&(depth, from, to)) = begun.get(at) {
            let fallback = automaton.state(at as u32).fallback;
            let mut own = NONE;
            let mut before = None;
            let suffix = *automaton.state(fallback);
            if let Some(state) = automaton.states.get_mut(at) {
                state.children = begun.len() as u32;
                state.shorter = if suffix.own == NONE { suffix.shorter } else { fallback };
            }
            for key in from..to {
                let Some(&(text, index)) = keys.get(key) else { break };
                let Some(&label) = text.get(depth) else {
                    own = own.min(index);
                    continue;
                };
                if before == Some(label) && let Some((_, _, to)) = begun.last_mut() {
                    *to = key + 1;
                    continue;
                }
                before = Some(label);
                let child = begun.len() as u32;
                begun.push((depth + 1, key, key + 1));
                let fallback = if at == 0 { 0 } else { automaton.step(fallback, label) };
                automaton.states.push(State { label, fallback, ..FIRST });
                if at == 0 && let Some(root) = automaton.roots.get_mut(usize::from(label)) {
                    *root = child;
                }
            }
            if let Some(state) = automaton.states.get_mut(at) {
                state.own = own;
            }
            at += 1;
        }
        automaton.states.push(State { children: at as u32, ..FIRST });
        automaton
    }

    /// How many states there are.
    #[cfg(feature = "full")]
    pub(super) fn len(&self) -> usize {
        self.states.len() - 1
    }

    /// The state of the longest proper suffix of a state that begins a pattern.
    #[cfg(feature = "full")]
    pub(super) fn fallback(&self, state: u32) -> u32 {
        self.state(state).fallback
    }

    /// Calls `see` for every place where a pattern occurs in a text, of equal patterns with the first, until it says that this is enough.
    #[cfg_attr(quick, optimize(speed))]
    pub(super) fn each(&self, text: &str, see: &mut dyn FnMut(u32) -> bool) {
        let empty = self.state(0).own;
        if empty != NONE && see(empty) {
            return;
        }
        let mut state = 0;
        for byte in text.bytes() {
            state = self.step(state, byte);
            let mut at = state;
            while at != 0 {
                let State { own, shorter, .. } = *self.state(at);
                if own != NONE && see(own) {
                    return;
                }
                at = shorter;
            }
        }
    }

    /// Whether any pattern occurs in a text.
    pub(super) fn any(&self, text: &str) -> bool {
        let mut found = false;
        self.each(text, &mut |_| {
            found = true;
            true
        });
        found
    }

    /// The state after one more byte.
    #[cfg_attr(quick, optimize(speed))]
    pub(super) fn step(&self, mut state: u32, byte: u8) -> u32 {
        while state != 0 {
            let (first, last) = (self.state(state).children, self.state(state + 1).children);
            let children = self.states.get(first as usize..last as usize).unwrap_or_default();
            if let Ok(at) = children.binary_search_by_key(&byte, |child| child.label) {
                return first + at as u32;
            }
            state = self.state(state).fallback;
        }
        self.roots.get(usize::from(byte)).copied().unwrap_or(0)
    }

    #[cfg_attr(quick, inline)]
    fn state(&self, at: u32) -> &State {
        self.states.get(at as usize).unwrap_or(&FIRST)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]
        #[test]
        fn finds_what_occurs(patterns in prop::collection::vec("[ab上下]{0,5}", 0..12), text in "[ab上下]{0,24}") {
            let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
            let automaton = Automaton::new(&mut patterns.iter().copied());
            // Of equal patterns the first.
            let occurring: BTreeSet<usize> = patterns.iter().filter(|pattern| text.contains(**pattern)).filter_map(|pattern| patterns.iter().position(|first| first == pattern)).collect();
            let mut seen = BTreeSet::new();
            automaton.each(&text, &mut |index| {
                seen.insert(index as usize);
                false
            });
            prop_assert_eq!(automaton.any(&text), !occurring.is_empty());
            prop_assert_eq!(seen, occurring);
        }
    }
}
