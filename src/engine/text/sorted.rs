//! Whole texts found among many, by binary search that seldom leaves one small array.

use std::cmp::Ordering;

/// An index over texts that are kept elsewhere; every call gets the same texts.
///
/// A text's head, its first eight bytes as a number, orders as the text does, so that only texts with equal heads need to be looked at. No text can
/// make a search long, as one could with a hash table.
#[derive(Debug, Clone)]
pub(super) struct Sorted {
    heads: Vec<u64>,
    /// Positions of the texts in ascending order; none where they stand so already.
    order: Option<Vec<u32>>,
}

impl Sorted {
    /// Texts that stand in ascending order.
    pub(super) fn ascending(texts: &[String]) -> Self {
        Self { heads: texts.iter().map(|text| head(text.as_bytes())).collect(), order: None }
    }

    /// Texts in any order; of equal ones the first is found.
    pub(super) fn new(texts: &[String]) -> Self {
        let mut order: Vec<(&[u8], u32)> = texts.iter().map(String::as_bytes).zip(0..).collect();
        order.sort_unstable();
        Self { heads: order.iter().map(|(text, _)| head(text)).collect(), order: Some(order.into_iter().map(|(_, index)| index).collect()) }
    }

    /// The position of a text.
    pub(super) fn find(&self, texts: &[String], text: &str) -> Option<usize> {
        let wanted = head(text.as_bytes());
        let (mut low, mut high) = (0, self.heads.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let before = match self.heads.get(middle)?.cmp(&wanted) {
                Ordering::Equal => self.at(texts, middle)?.1 < text,
                order => order == Ordering::Less,
            };
            if before {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        self.at(texts, low).filter(|(_, found)| *found == text).map(|(index, _)| index)
    }

    fn at<'a>(&self, texts: &'a [String], position: usize) -> Option<(usize, &'a str)> {
        let index = match &self.order {
            Some(order) => *order.get(position)? as usize,
            None => position,
        };
        Some((index, texts.get(index)?))
    }
}

fn head(text: &[u8]) -> u64 {
    text.iter().copied().chain(std::iter::repeat(0)).take(8).fold(0, |head, byte| head << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_the_first(texts in prop::collection::vec("[ab\0]{0,12}", 0..40), wanted in "[ab\0]{0,12}") {
            let index = Sorted::new(&texts);
            for text in texts.iter().chain([&wanted]) {
                prop_assert_eq!(index.find(&texts, text), texts.iter().position(|other| other == text));
            }
        }

        #[test]
        fn finds_in_a_set(texts in prop::collection::btree_set("[a-c]{0,12}", 0..40), wanted in "[a-c]{0,12}") {
            let texts: Vec<String> = texts.into_iter().collect();
            let index = Sorted::ascending(&texts);
            for text in texts.iter().chain([&wanted]) {
                prop_assert_eq!(index.find(&texts, text), texts.binary_search(text).ok());
            }
        }
    }
}
