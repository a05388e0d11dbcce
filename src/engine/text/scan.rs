//! One pass over a text for the patterns of several slots.

use std::collections::{BTreeMap, VecDeque};

/// How many transitions a scan may have; what needs more is searched slot by slot.
const MOST: usize = 1 << 14;
/// Marks a transition to a state in which a pattern ends.
const ENDS: u16 = 1 << 15;

/// A search for parts of texts: a table of the next state for each state and class of bytes.
#[derive(Debug, Clone)]
pub(super) struct Scan {
    classes: Box<[u8; 256]>,
    /// States times the number of classes, which is a power of two; a state is where its transitions begin, with [`ENDS`] where a pattern ends in it.
    next: Vec<u16>,
    /// For each state the slots of which a pattern ends in it.
    found: Vec<u64>,
    shift: u32,
}

impl Scan {
    /// A scan for patterns, each with a bit; none where it would be too large.
    pub(super) fn new(patterns: &[(&str, u64)]) -> Option<Self> {
        let mut classes = Box::new([0u8; 256]);
        let mut count = 1usize;
        for byte in patterns.iter().flat_map(|(pattern, _)| pattern.bytes()) {
            let class = classes.get_mut(usize::from(byte))?;
            if *class == 0 {
                *class = u8::try_from(count).ok()?;
                count += 1;
            }
        }
        let shift = count.next_power_of_two().trailing_zeros();
        // The tree of the patterns; then each state's missing transitions from the state of its longest proper suffix.
        let mut children: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new()];
        let mut found = vec![0u64];
        for (pattern, bit) in patterns {
            let mut state = 0;
            for byte in pattern.bytes() {
                let class = usize::from(*classes.get(usize::from(byte))?);
                let fresh = found.len();
                state = *children.get_mut(state)?.entry(class).or_insert(fresh);
                if state == fresh {
                    children.push(BTreeMap::new());
                    found.push(0);
                }
            }
            if found.len() << shift > MOST {
                return None;
            }
            *found.get_mut(state)? |= bit;
        }
        let mut next = vec![0u16; found.len() << shift];
        let mut waiting = VecDeque::from([(0usize, 0usize)]);
        while let Some((state, suffix)) = waiting.pop_front() {
            let inherited = *found.get(suffix)?;
            *found.get_mut(state)? |= inherited;
            for class in 0..1usize << shift {
                let beside = if state == 0 { 0 } else { *next.get((suffix << shift) + class)? };
                let to = match children.get(state)?.get(&class) {
                    Some(&child) => {
                        waiting.push_back((child, usize::from(beside) >> shift));
                        u16::try_from(child << shift).ok()?
                    }
                    None => beside,
                };
                *next.get_mut((state << shift) + class)? = to;
            }
        }
        for to in &mut next {
            if found.get(usize::from(*to) >> shift).is_some_and(|&bits| bits != 0) {
                *to |= ENDS;
            }
        }
        Some(Self { classes, next, found, shift })
    }

    /// The bits of the patterns that occur in a text.
    pub(super) fn bits(&self, text: &str) -> u64 {
        let mut state = 0u16;
        let mut bits = self.found.first().copied().unwrap_or(0);
        for byte in text.bytes() {
            let class = self.classes.get(usize::from(byte)).copied().unwrap_or(0);
            state = self.next.get(usize::from(state) + usize::from(class)).copied().unwrap_or(0);
            // Most bytes end nothing.
            if state & ENDS != 0 {
                state &= !ENDS;
                bits |= self.found.get(usize::from(state) >> self.shift).copied().unwrap_or(0);
            }
        }
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]
        #[test]
        fn finds_what_occurs(patterns in prop::collection::vec("[ab上下]{0,5}", 0..12), text in "[abc上下]{0,24}") {
            let patterns: Vec<(&str, u64)> = patterns.iter().enumerate().map(|(at, pattern)| (pattern.as_str(), 1 << (at % 5))).collect();
            let expected = patterns.iter().filter(|(pattern, _)| text.contains(pattern)).fold(0, |bits, (_, bit)| bits | bit);
            prop_assert_eq!(Scan::new(&patterns).unwrap().bits(&text), expected);
        }
    }

    #[test]
    fn too_large_a_table_is_not_made() {
        let long: String = (0..2000).map(|at| char::from(b'a' + (at % 26) as u8)).collect();
        assert!(Scan::new(&[(&long, 1)]).is_none());
    }
}
