//! A hash table of sequences of numbers. Everything stands in two lists that are used again, for a page's memory is never given back.

/// No place.
const NONE: u32 = u32::MAX;

/// So many places are kept where fewer were needed last: to empty them takes microseconds.
const KEPT: usize = 1 << 15;

/// Sequences of numbers, each once.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// One sequence after the other: its length, then the sequence, then what the table's owner adds.
    words: Vec<u32>,
    /// By hash, where sequences stand.
    places: Vec<u32>,
    count: usize,
}

impl Words {
    /// Forgets all sequences; the room is kept.
    pub fn clear(&mut self) {
        // As much as was needed last is needed again, more or less; and what a new form needs is not made again from nothing after the last question of another.
        let size = (self.count * 2 + 2).next_power_of_two().max(self.places.len().min(KEPT));
        self.words.clear();
        self.places.clear();
        self.places.resize(size, NONE);
        self.count = 0;
    }

    /// How many numbers are stored.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The number at a place.
    // Diagrams do little else: calls would cost more than what they do.
    #[inline(always)]
    pub fn at(&self, place: usize) -> u32 {
        self.words.get(place).copied().unwrap_or_default()
    }

    /// Adds a number after the newest sequence.
    pub fn push(&mut self, word: u32) {
        self.words.push(word);
    }

    /// Adds a number so many times after the newest sequence.
    pub fn extend(&mut self, count: usize, word: u32) {
        self.words.resize(self.words.len() + count, word);
    }

    /// Puts another number at a place.
    #[inline]
    pub fn set(&mut self, place: usize, word: u32) {
        if let Some(found) = self.words.get_mut(place) {
            *found = word;
        }
    }

    /// The double that two numbers from a place on stand for.
    pub fn double(&self, place: usize) -> f64 {
        f64::from_bits(u64::from(self.at(place)) << 32 | u64::from(self.at(place + 1)))
    }

    /// Puts a double at two numbers from a place on.
    pub fn set_double(&mut self, place: usize, double: f64) {
        let bits = double.to_bits();
        self.set(place, (bits >> 32) as u32);
        self.set(place + 1, bits as u32);
    }

    /// The sequence that begins at a place.
    #[inline(always)]
    pub fn sequence(&self, place: u32) -> &[u32] {
        let start = place as usize;
        self.words.get(start + 1..start + 1 + self.at(start) as usize).unwrap_or_default()
    }

    /// Whether a sequence stands at a place.
    fn is_at(&self, place: u32, sequence: &[u32]) -> bool {
        let known = self.sequence(place);
        // Word by word: they are few, and a call to compare memory would take longer.
        known.len() == sequence.len() && known.iter().zip(sequence).all(|(a, b)| a == b)
    }

    /// Where a sequence stands, and whether it is new: its length is there, and it follows.
    #[cfg_attr(for_size, optimize(speed))]
    pub fn place(&mut self, sequence: &[u32]) -> (usize, bool) {
        if self.count * 2 >= self.places.len() {
            self.grow();
        }
        let slot = self.slot(sequence);
        let found = self.places.get(slot).copied().unwrap_or(NONE);
        if found != NONE {
            return (found as usize, false);
        }
        let place = self.words.len();
        if let Some(slot) = self.places.get_mut(slot) {
            *slot = place as u32;
        }
        self.count += 1;
        self.words.push(sequence.len() as u32);
        self.words.extend(sequence.iter().copied());
        (place, true)
    }

    /// The slot of a sequence, or the free one where it belongs.
    #[cfg_attr(for_size, optimize(speed))]
    fn slot(&self, sequence: &[u32]) -> usize {
        let mut hash = 0u32;
        for word in sequence {
            hash = (hash.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B1);
        }
        let mask = self.places.len() - 1;
        let mut slot = (hash ^ hash >> 15) as usize & mask;
        loop {
            match self.places.get(slot) {
                Some(&place) if place != NONE && !self.is_at(place, sequence) => slot = (slot + 1) & mask,
                _ => return slot,
            }
        }
    }

    fn grow(&mut self) {
        let known: Vec<u32> = self.places.iter().copied().filter(|&place| place != NONE).collect();
        let size = (self.places.len() * 4).max(64);
        self.places.clear();
        self.places.resize(size, NONE);
        for place in known {
            let slot = self.slot(self.sequence(place));
            if let Some(slot) = self.places.get_mut(slot) {
                *slot = place;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sequence_stands_once() {
        let mut words = Words::default();
        let sequences: Vec<Vec<u32>> = (0..500u32).map(|number| (0..number % 7).map(|at| number * 31 + at * at).collect()).collect();
        let mut places = Vec::new();
        for sequence in &sequences {
            places.push(words.place(sequence).0);
        }
        for (sequence, &place) in sequences.iter().zip(&places) {
            assert_eq!(words.place(sequence), (place, false));
            assert_eq!(words.sequence(place as u32), sequence);
        }
        words.clear();
        assert_eq!((words.len(), words.place(&[1, 2])), (0, (0, true)));
    }
}
