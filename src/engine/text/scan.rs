//! One pass over a text for the patterns of several slots.

use super::automaton::Automaton;

/// How many transitions a scan may have; what needs more is searched slot by slot.
const MOST: usize = 1 << 14;
/// Marks a transition to a state in which a pattern ends.
const ENDS: u16 = 1 << 15;

/// A search for parts of texts: an automaton's next state for each state and class of bytes, as a table.
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
    /// A scan for patterns, each with its bits; none where it would be too large.
    pub(super) fn new(patterns: &[&str], bits: &[u64]) -> Option<Self> {
        let automaton = Automaton::new(&mut patterns.iter().copied());
        let mut found = vec![0; automaton.len()];
        let mut classes = Box::new([0; 256]);
        // A byte of each class; the first class is all bytes that no pattern has, none of which is in UTF-8.
        let mut bytes = vec![0xFF];
        for (pattern, bits) in patterns.iter().zip(bits) {
            let mut state = 0;
            for byte in pattern.bytes() {
                state = automaton.step(state, byte);
                let class = classes.get_mut(usize::from(byte))?;
                if *class == 0 {
                    *class = bytes.len() as u8;
                    bytes.push(byte);
                }
            }
            *found.get_mut(state as usize)? |= bits;
        }
        let shift = bytes.len().next_power_of_two().trailing_zeros();
        if found.len() << shift > MOST {
            return None;
        }
        for state in 1..found.len() {
            let inherited = *found.get(automaton.fallback(state as u32) as usize)?;
            *found.get_mut(state)? |= inherited;
        }
        let mut next = vec![0; found.len() << shift];
        for state in 0..found.len() {
            for (class, &byte) in bytes.iter().enumerate() {
                let to = automaton.step(state as u32, byte) as usize;
                let ends = if *found.get(to)? == 0 { 0 } else { ENDS };
                *next.get_mut((state << shift) + class)? = (to << shift) as u16 | ends;
            }
        }
        Some(Self { classes, next, found, shift })
    }

    /// The bits of the patterns that occur in a text.
    #[cfg_attr(quick, optimize(speed), inline)]
    pub(super) fn bits(&self, text: &str) -> u64 {
        let mut state = 0;
        let mut bits = self.found.first().copied().unwrap_or(0);
        for byte in text.bytes() {
            self.step(&mut state, byte, &mut bits);
        }
        bits
    }

    /// The bits of the patterns that begin at a text's first byte or while one that has begun may still go on, and how many bytes were looked at for that. None of the patterns is
    /// empty, and the text may begin within a character.
    #[cfg_attr(quick, optimize(speed), inline)]
    pub(super) fn bits_here(&self, text: &[u8]) -> (u64, usize) {
        let (mut state, mut bits) = (0, 0);
        for (at, &byte) in text.iter().enumerate() {
            self.step(&mut state, byte, &mut bits);
            if state == 0 {
                return (bits, at + 1);
            }
        }
        (bits, text.len())
    }

    #[cfg_attr(quick, optimize(speed), inline)]
    fn step(&self, state: &mut u16, byte: u8, bits: &mut u64) {
        let class = self.classes.get(usize::from(byte)).copied().unwrap_or(0);
        *state = self.next.get(usize::from(*state) + usize::from(class)).copied().unwrap_or(0);
        // Most bytes end nothing.
        if *state & ENDS != 0 {
            *state &= !ENDS;
            *bits |= self.found.get(usize::from(*state) >> self.shift).copied().unwrap_or(0);
        }
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
            let bits: Vec<u64> = (0..patterns.len()).map(|at| 1 << (at % 5)).collect();
            let expected = patterns.iter().zip(&bits).filter(|(pattern, _)| text.contains(pattern.as_str())).fold(0, |bits, (_, bit)| bits | bit);
            let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
            prop_assert_eq!(Scan::new(&patterns, &bits).unwrap().bits(&text), expected);
        }

        #[test]
        fn finds_in_stretches_what_it_finds_in_one_pass(patterns in prop::collection::vec("[ab上下]{1,5}", 0..12), text in "[abc上下]{0,24}") {
            let bits: Vec<u64> = (0..patterns.len()).map(|at| 1 << (at % 5)).collect();
            let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
            let scan = Scan::new(&patterns, &bits).unwrap();
            let (mut found, mut at) = (0, 0);
            while at < text.len() {
                let (bits, taken) = scan.bits_here(&text.as_bytes()[at..]);
                found |= bits;
                at += taken;
            }
            prop_assert_eq!(found, scan.bits(&text));
        }
    }

    #[test]
    fn too_large_a_table_is_not_made() {
        let long: String = (0..2000).map(|at| char::from(b'a' + (at % 26) as u8)).collect();
        assert!(Scan::new(&[&long], &[1]).is_none());
    }
}
