//! Many patterns searched in a text at once: an Aho–Corasick automaton over bytes, in a few flat arrays.

/// No pattern.
const NONE: u32 = u32::MAX;

/// Which pattern counts where several end at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pick {
    /// The longest; of equal patterns the first.
    Longest,
    /// The one that stands first.
    First,
}

/// A pattern's bytes and its index.
type Key<'a> = (&'a [u8], u32);

/// Patterns made ready for search. States are numbered in order of their depth; the children of a state stand together.
#[derive(Debug, Clone)]
pub(super) struct Automaton {
    /// The children of state s are `children[s]..children[s + 1]`.
    children: Vec<u32>,
    /// The byte that leads into each state; ascending among the children of one state.
    labels: Vec<u8>,
    /// The state of the longest proper suffix that is the beginning of a pattern.
    fallbacks: Vec<u32>,
    /// The pattern that this state is as a whole.
    own: Vec<u32>,
    /// The state of the longest suffix, the whole included, that is a pattern.
    outputs: Vec<u32>,
    /// The pattern that counts among all that end in this state.
    best: Vec<u32>,
    /// The children of the first state by their byte, for most steps begin there; 0 for none.
    roots: Box<[u32; 256]>,
    pick: Pick,
}

impl Automaton {
    /// An automaton for these patterns; takes time in proportion to their length.
    pub(super) fn new<'a>(patterns: impl Iterator<Item = &'a str>, pick: Pick) -> Self {
        let mut keys: Vec<Key<'a>> = patterns.map(str::as_bytes).zip(0..NONE).collect();
        keys.sort_unstable();
        let mut automaton =
            Self { children: Vec::new(), labels: vec![0], fallbacks: vec![0], own: Vec::new(), outputs: Vec::new(), best: Vec::new(), roots: Box::new([0; 256]), pick };
        // For each state the keys that begin with it, and its depth.
        let mut states: Vec<(&[Key<'a>], usize)> = vec![(&keys, 0)];
        let mut state = 0;
        while let Some(&(keys, depth)) = states.get(state) {
            automaton.children.push(count(states.len()));
            let own = keys.first().filter(|(key, _)| key.len() == depth).map_or(NONE, |&(_, index)| index);
            let fallback = automaton.fallback(count(state));
            automaton.own.push(own);
            let inherited = if state == 0 { NONE } else { automaton.best(fallback) };
            let output = if own != NONE { count(state) } else if state == 0 { NONE } else { automaton.output(fallback) };
            automaton.outputs.push(output);
            automaton.best.push(if own == NONE || pick == Pick::First && inherited < own { inherited } else { own });
            let longer = keys.iter().position(|(key, _)| key.len() > depth).and_then(|at| keys.get(at..)).unwrap_or_default();
            for keys in longer.chunk_by(|(one, _), (other, _)| one.get(depth) == other.get(depth)) {
                let Some(&label) = keys.first().and_then(|(key, _)| key.get(depth)) else { continue };
                let child = states.len();
                automaton.fallbacks.push(if state == 0 { 0 } else { automaton.step(fallback, label) });
                automaton.labels.push(label);
                if let Some(root) = automaton.roots.get_mut(usize::from(label)).filter(|_| state == 0) {
                    *root = count(child);
                }
                states.push((keys, depth + 1));
            }
            state += 1;
        }
        automaton.children.push(count(states.len()));
        automaton
    }

    /// The pattern that counts among those that occur in a text; `length` gives the length of a pattern.
    pub(super) fn find(&self, text: &str, length: impl Fn(u32) -> usize) -> Option<u32> {
        let mut found = NONE;
        let mut state = 0;
        let mut see = |candidate: u32| {
            let better = match self.pick {
                Pick::First => candidate < found,
                Pick::Longest => candidate != NONE && (found == NONE || (length(found), candidate) < (length(candidate), found)),
            };
            if better {
                found = candidate;
            }
        };
        see(self.best(0));
        for byte in text.bytes() {
            state = self.step(state, byte);
            see(self.best(state));
        }
        (found != NONE).then_some(found)
    }

    /// Whether any pattern occurs in a text.
    pub(super) fn any(&self, text: &str) -> bool {
        if self.best(0) != NONE {
            return true;
        }
        let mut state = 0;
        for byte in text.bytes() {
            // Most bytes begin nothing and find the automaton where it begins.
            if state == 0 {
                state = self.roots.get(usize::from(byte)).copied().unwrap_or(0);
                if state == 0 {
                    continue;
                }
            } else {
                state = self.step(state, byte);
            }
            if self.best(state) != NONE {
                return true;
            }
        }
        false
    }

    /// Calls `see` for every place where a pattern occurs in a text, of equal patterns with the first.
    pub(super) fn each(&self, text: &str, mut see: impl FnMut(u32)) {
        let mut state = 0;
        let mut all = |state: u32| {
            let mut output = self.output(state);
            while let Some(&own) = self.own.get(output as usize) {
                see(own);
                output = if output == 0 { NONE } else { self.output(self.fallback(output)) };
            }
        };
        all(0);
        for byte in text.bytes() {
            state = self.step(state, byte);
            all(state);
        }
    }

    fn step(&self, mut state: u32, byte: u8) -> u32 {
        while state != 0 {
            if let Some(child) = self.child(state, byte) {
                return child;
            }
            state = self.fallback(state);
        }
        self.roots.get(usize::from(byte)).copied().unwrap_or(0)
    }

    fn child(&self, state: u32, byte: u8) -> Option<u32> {
        let first = *self.children.get(state as usize)?;
        let last = *self.children.get(state as usize + 1)?;
        let at = self.labels.get(first as usize..last as usize)?.binary_search(&byte).ok()?;
        Some(first + count(at))
    }

    fn fallback(&self, state: u32) -> u32 {
        self.fallbacks.get(state as usize).copied().unwrap_or(0)
    }

    fn output(&self, state: u32) -> u32 {
        self.outputs.get(state as usize).copied().unwrap_or(NONE)
    }

    fn best(&self, state: u32) -> u32 {
        self.best.get(state as usize).copied().unwrap_or(NONE)
    }
}

fn count(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn naive(patterns: &[String], text: &str, pick: Pick) -> Option<u32> {
        let mut found: Vec<u32> = (0..).zip(patterns).filter(|(_, pattern)| text.contains(pattern.as_str())).map(|(index, _)| index).collect();
        if pick == Pick::Longest {
            found.sort_by_key(|&index| std::cmp::Reverse(patterns[index as usize].len()));
        }
        found.first().copied()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]
        #[test]
        fn finds_as_a_scan_does(patterns in prop::collection::vec("[ab上下]{0,5}", 0..12), text in "[ab上下]{0,24}") {
            for pick in [Pick::Longest, Pick::First] {
                let automaton = Automaton::new(patterns.iter().map(String::as_str), pick);
                let expected = naive(&patterns, &text, pick);
                prop_assert_eq!(automaton.find(&text, |index| patterns[index as usize].len()), expected);
                prop_assert_eq!(automaton.any(&text), expected.is_some());
                let mut seen = std::collections::BTreeSet::new();
                automaton.each(&text, |index| { seen.insert(patterns[index as usize].clone()); });
                let occurring: std::collections::BTreeSet<String> = patterns.iter().filter(|pattern| text.contains(pattern.as_str())).cloned().collect();
                prop_assert_eq!(seen, occurring);
            }
        }
    }
}
