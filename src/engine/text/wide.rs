//! One pass over a text for the patterns of many slots, or of long ones, for which a [`Scan`](super::scan::Scan) would be too large.

use super::automaton::Automaton;

/// A search for parts of texts whose size is that of the patterns.
#[derive(Debug, Clone)]
pub(super) struct Wide {
    automaton: Automaton,
    /// For each pattern the slots, counted from the field's first, that look for it.
    of: Vec<Vec<u16>>,
    /// For each slot whether it looks for nothing else.
    done: Vec<bool>,
}

impl Wide {
    /// A search for the patterns of a field's slots; none of a slot that looks for something else.
    pub(super) fn new(slots: &[Option<Vec<&str>>]) -> Self {
        let mut looked_for: Vec<(&str, u16)> = Vec::new();
        for (slot, parts) in (0..).zip(slots) {
            looked_for.extend(parts.iter().flatten().map(|&part| (part, slot)));
        }
        looked_for.sort_unstable();
        let mut patterns: Vec<&str> = Vec::new();
        let mut of: Vec<Vec<u16>> = Vec::new();
        for (part, slot) in looked_for {
            match of.last_mut().filter(|_| patterns.last() == Some(&part)) {
                Some(of) => of.push(slot),
                None => {
                    patterns.push(part);
                    of.push(vec![slot]);
                }
            }
        }
        Self { automaton: Automaton::new(&mut patterns.into_iter()), of, done: slots.iter().map(Option::is_some).collect() }
    }

    /// For each slot whether one of its patterns occurs in a text; none where the slot looks for something else.
    #[cfg_attr(quick, optimize(speed))]
    pub(super) fn found(&self, text: &str) -> impl Iterator<Item = Option<bool>> {
        let mut found = vec![false; self.done.len()];
        self.automaton.each(text, &mut |pattern| {
            for &slot in self.of.get(pattern as usize).into_iter().flatten() {
                if let Some(found) = found.get_mut(usize::from(slot)) {
                    *found = true;
                }
            }
            false
        });
        self.done.iter().zip(found).map(|(done, found)| done.then_some(found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_what_occurs(slots in prop::collection::vec(prop::option::of(prop::collection::vec("[ab上下]{0,4}", 0..4)), 0..12), text in "[abc上下]{0,24}") {
            let expected: Vec<Option<bool>> = slots.iter().map(|parts| parts.as_ref().map(|parts| parts.iter().any(|part| text.contains(part.as_str())))).collect();
            let slots: Vec<Option<Vec<&str>>> = slots.iter().map(|parts| parts.as_ref().map(|parts| parts.iter().map(String::as_str).collect())).collect();
            prop_assert_eq!(Wide::new(&slots).found(&text).collect::<Vec<_>>(), expected);
        }
    }
}
