//! Whole texts found among many, by binary search that seldom leaves one small array.

use std::cmp::Ordering;

/// An index over texts that are kept elsewhere; every call gets the same texts. Of equal ones the first is found.
///
/// A text's head, its first eight bytes as a number, orders as the text does, so that only texts with equal heads need to be looked at. No text can
/// make a search long, as one could with a hash table.
#[derive(Debug, Clone)]
pub(super) struct Sorted {
    heads: Vec<u64>,
    /// Positions of the texts in ascending order.
    order: Vec<u32>,
}

impl Sorted {
    /// Texts in any order.
    pub(super) fn new(texts: &[String]) -> Self {
        let (mut heads, mut order) = (Vec::with_capacity(texts.len()), Vec::with_capacity(texts.len()));
        for (text, index) in sorted(&mut texts.iter().map(String::as_str)) {
            heads.push(head(text));
            order.push(index);
        }
        Self { heads, order }
    }

    /// The position of a text.
    #[cfg_attr(quick, optimize(speed))]
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
        let index = *self.order.get(position)? as usize;
        Some((index, texts.get(index)?))
    }
}

/// The bytes of texts in ascending order, with their positions; equal ones in the order of these.
pub fn sorted<'a>(texts: &mut dyn Iterator<Item = &'a str>) -> Vec<(&'a [u8], u32)> {
    let (mut keys, mut last, mut ascending) = (Vec::new(), "", true);
    for text in texts {
        ascending &= last <= text;
        last = text;
        keys.push((text.as_bytes(), keys.len() as u32));
    }
    if !ascending {
        keys.sort_unstable();
    }
    keys
}

fn head(text: &[u8]) -> u64 {
    let mut head = [0; 8];
    for (place, byte) in head.iter_mut().zip(text) {
        *place = *byte;
    }
    u64::from_be_bytes(head)
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
            let index = Sorted::new(&texts);
            for text in texts.iter().chain([&wanted]) {
                prop_assert_eq!(index.find(&texts, text), texts.binary_search(text).ok());
            }
        }
    }
}
