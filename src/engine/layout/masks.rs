//! Terms as bits: for each cell of each slot a mask of the terms that allow it, so that the terms that hold are the AND of one mask per slot.
//!
//! Terms stand 64 to a word, words in blocks; a block names only the slots that its terms look at.

use std::ops::ControlFlow;

use super::terms::{Cells, Term};
use crate::engine::frame::Frame;
use crate::program::{Cell, Program, SlotId};

/// Bits of a word.
pub const WORD: usize = 64;
/// How many slots a block of several words looks at; what it leaves out is verified.
const MOST_SLOTS: usize = 16;
/// A slot of at most so many cells has a mask for each; otherwise cells that no term of the block tells apart share one.
const DIRECT: usize = 64;
/// How many masks such a slot has at most; in blocks of many words, where they would be long, and in others.
const CLASSES: (usize, usize) = (64, 256);
/// How many bytes all maps of cells to masks take at most; beyond it neighbouring cells share a mask, and their terms are verified.
const MOST_MAPPED: usize = 1 << 21;
const NO_MAP: u32 = u32::MAX;

/// A term with whose it is.
#[derive(Debug, Clone)]
pub struct Owned {
    /// Whose it is.
    pub owner: u32,
    /// The term.
    pub term: Term,
    /// The owner's condition itself must be looked at where the term holds.
    pub verify: bool,
}

/// Terms as bits.
#[derive(Debug, Clone, Default)]
pub struct Masks {
    blocks: Vec<Block>,
    entries: Vec<Entry>,
    maps: Vec<u8>,
    masks: Vec<u64>,
    words: Vec<Word>,
    /// For each bit of each word.
    owners: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Block {
    word: u32,
    words: u32,
    entry: u32,
    entries: u32,
}

/// A slot that a block looks at.
#[derive(Debug, Clone, Copy)]
struct Entry {
    slot: SlotId,
    /// Neighbours that share a mask, as a power of two, where there is no map.
    shift: u8,
    /// Where the map of cells to masks begins.
    map: u32,
    /// Where the masks begin; each is as many words as the block.
    at: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Word {
    /// The bits that are terms.
    live: u64,
    /// Those whose owner's condition must be looked at.
    verify: u64,
}

/// A term that may hold.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    /// Whose it is.
    pub owner: u32,
    /// Whether the owner's condition itself must be looked at.
    pub verify: bool,
}

impl Masks {
    /// Adds a block.
    pub fn push(&mut self, program: &Program, terms: &[Owned]) {
        let words = terms.len().div_ceil(WORD);
        let (word, entry) = (self.words.len(), self.entries.len());
        let mut verify: Vec<bool> = terms.iter().map(|term| term.verify).collect();
        let mut slots: Vec<(SlotId, usize)> = Vec::new();
        for (slot, _) in terms.iter().flat_map(|owned| &owned.term) {
            match slots.binary_search_by_key(slot, |&(slot, _)| slot) {
                Ok(at) => slots.iter_mut().skip(at).take(1).for_each(|(_, uses)| *uses += 1),
                Err(at) => slots.insert(at, (*slot, 1)),
            }
        }
        slots.sort_by_key(|&(slot, uses)| (std::cmp::Reverse(uses), slot));
        if words > 1 {
            for &(left_out, _) in slots.iter().skip(MOST_SLOTS) {
                let affected = terms.iter().zip(&mut verify).filter(|(owned, _)| owned.term.iter().any(|&(slot, _)| slot == left_out));
                affected.for_each(|(_, verify)| *verify = true);
            }
            slots.truncate(MOST_SLOTS);
        }
        let mut densities: Vec<(u32, Entry)> = slots.iter().map(|&(slot, _)| self.entry(program, slot, terms, words, &mut verify)).collect();
        // What leaves the fewest terms comes first.
        densities.sort_by_key(|&(density, entry)| (density, entry.slot));
        self.entries.extend(densities.into_iter().map(|(_, entry)| entry));
        for (terms, verify) in terms.chunks(WORD).zip(verify.chunks(WORD)) {
            let bits = |of: &mut dyn Iterator<Item = bool>| of.enumerate().fold(0u64, |bits, (at, set)| bits | u64::from(set) << at);
            self.words.push(Word { live: bits(&mut terms.iter().map(|_| true)), verify: bits(&mut verify.iter().copied()) });
            self.owners.extend(terms.iter().map(|term| term.owner));
            self.owners.resize(self.words.len() * WORD, 0);
        }
        let entries = (self.entries.len() - entry) as u32;
        self.blocks.push(Block { word: word as u32, words: words as u32, entry: entry as u32, entries });
    }

    /// The masks of one slot of a block, with how many bits of 1,024 they leave.
    fn entry(&mut self, program: &Program, slot: SlotId, terms: &[Owned], words: usize, verify: &mut [bool]) -> (u32, Entry) {
        let cells = program.cells_of(slot).unwrap_or(0);
        let of_term = |owned: &'_ Owned| owned.term.iter().find(|&&(at, _)| at == slot).map(|(_, cells)| cells.clone());
        let named: Vec<Option<Cells>> = terms.iter().map(of_term).collect();
        let (starts, map, shift) = self.classes(cells, &named, words);
        let at = self.masks.len();
        let mut masks = vec![0u64; starts.len() * words];
        let ends = starts.iter().copied().skip(1).chain([cells as Cell]);
        let classes: Vec<(Cell, Cell)> = starts.iter().copied().zip(ends).collect();
        for (index, (named, verify)) in named.iter().zip(verify).enumerate() {
            let (word, bit) = (index / WORD, 1u64 << (index % WORD));
            for (class, &(start, end)) in classes.iter().enumerate() {
                let (allowed, in_part) = match named {
                    None => (true, false),
                    Some(ranges) => {
                        let whole = ranges.iter().any(|&(from, to)| from <= start && end <= to);
                        (whole || ranges.iter().any(|&(from, to)| from < end && start < to), !whole)
                    }
                };
                *verify |= allowed && in_part;
                if allowed && let Some(mask) = masks.get_mut(class * words + word) {
                    *mask |= bit;
                }
            }
        }
        let set: u64 = masks.iter().map(|mask| u64::from(mask.count_ones())).sum();
        let density = set * 1024 / (starts.len().max(1) as u64 * terms.len().max(1) as u64);
        self.masks.extend(masks);
        (density as u32, Entry { slot, shift, map, at: at as u32 })
    }

    /// The first cells of the classes of a slot, with how a cell finds its class.
    fn classes(&mut self, cells: usize, named: &[Option<Cells>], words: usize) -> (Vec<Cell>, u32, u8) {
        if cells <= DIRECT {
            return ((0..cells as Cell).collect(), NO_MAP, 0);
        }
        let most = if words > 8 { CLASSES.0 } else { CLASSES.1 };
        if self.maps.len() + cells > MOST_MAPPED {
            let shift = (0..16u8).find(|&shift| cells >> shift < most).unwrap_or(0);
            return ((0..cells).step_by(1 << shift).map(|cell| cell as Cell).collect(), NO_MAP, shift);
        }
        let mut starts: Vec<Cell> = named.iter().flatten().flatten().flat_map(|&(from, to)| [from, to]).chain([0]).collect();
        starts.retain(|&start| usize::from(start) < cells);
        starts.sort_unstable();
        starts.dedup();
        if starts.len() > most {
            let (of, all) = (most, starts.len());
            starts = (0..of).filter_map(|at| starts.get(at * all / of).copied()).collect();
        }
        let map = self.maps.len();
        let ends = starts.iter().copied().skip(1).chain([cells as Cell]);
        for (class, (start, end)) in starts.iter().zip(ends).enumerate() {
            self.maps.extend((*start..end).map(|_| class as u8));
        }
        (starts, map as u32, 0)
    }

    /// Goes through the words in which some term may hold: their index and these terms as bits.
    #[cfg_attr(quick, optimize(speed))]
    pub fn scan<B>(&self, frame: &Frame, mut see: impl FnMut(usize, u64) -> ControlFlow<B>) -> Option<B> {
        for block in &self.blocks {
            let first = block.word as usize;
            let entries = self.entries.get(block.entry as usize..(block.entry + block.entries) as usize).unwrap_or_default();
            if block.words == 1 {
                let mut bits = self.words.get(first).map_or(0, |word| word.live);
                for entry in entries {
                    bits &= self.masks.get(self.mask(entry, frame, 1)).copied().unwrap_or(0);
                    if bits == 0 {
                        break;
                    }
                }
                if bits != 0
                    && let ControlFlow::Break(value) = see(first, bits)
                {
                    return Some(value);
                }
                continue;
            }
            let words = block.words as usize;
            let mut rows: [&[u64]; MOST_SLOTS] = [&[]; MOST_SLOTS];
            for (row, entry) in rows.iter_mut().zip(entries) {
                let at = self.mask(entry, frame, words);
                *row = self.masks.get(at..at + words).unwrap_or_default();
            }
            let rows = rows.get(..entries.len()).unwrap_or_default();
            for (at, word) in self.words.iter().skip(first).take(words).enumerate() {
                let mut bits = word.live;
                for row in rows {
                    bits &= row.get(at).copied().unwrap_or(0);
                    if bits == 0 {
                        break;
                    }
                }
                if bits != 0
                    && let ControlFlow::Break(value) = see(first + at, bits)
                {
                    return Some(value);
                }
            }
        }
        None
    }

    #[cfg_attr(quick, optimize(speed), inline)]
    fn mask(&self, entry: &Entry, frame: &Frame, words: usize) -> usize {
        let cell = usize::from(frame.cell(entry.slot));
        let class = if entry.map == NO_MAP { cell >> entry.shift } else { self.maps.get(entry.map as usize + cell).map_or(0, |&class| usize::from(class)) };
        entry.at as usize + class * words
    }

    /// The term of a bit.
    #[cfg_attr(quick, optimize(speed), inline)]
    pub fn found(&self, word: usize, bit: u32) -> Found {
        Found {
            owner: self.owners.get(word * WORD + bit as usize).copied().unwrap_or(u32::MAX),
            verify: self.words.get(word).is_some_and(|word| word.verify >> bit & 1 == 1),
        }
    }
}
