//! Conditions on planes: terms stand eight to a byte, and those that hold are the AND of a look-up per slot.

use super::planes::{AND, MIN, SET, Table, any, look, table};
use super::scratch::Scratch;
use crate::engine::layout::Term;
use crate::program::{Cell, Program, SlotId};

/// Terms of a byte.
pub const EIGHT: usize = 8;

/// At most eight terms.
#[derive(Debug, Clone)]
pub struct Eight {
    /// The bits that are terms.
    live: u8,
    /// For each slot that they name, the terms that each cell allows.
    looks: Vec<(SlotId, Table)>,
}

impl Eight {
    /// A term for each bit. None where a slot has more cells than a byte tells apart.
    pub fn new(program: &Program, terms: &[Option<&Term>]) -> Option<Self> {
        let of = |is: &dyn Fn(&Term) -> bool| terms.iter().enumerate().fold(0, |bits, (at, term)| bits | u8::from(term.is_some_and(is)) << at);
        let mut slots: Vec<SlotId> = terms.iter().copied().flatten().flatten().map(|&(slot, _)| slot).collect();
        slots.sort_unstable();
        slots.dedup();
        let mut looks = Vec::new();
        for slot in slots {
            let bits = |cell: Cell| of(&|term| term.iter().all(|(at, cells)| *at != slot || cells.iter().any(|&(from, to)| from <= cell && cell < to)));
            looks.push((slot, table((0..program.cells_of(slot)?).map(|cell| bits(cell as Cell)))?));
        }
        Some(Self { live: of(&|_| true), looks })
    }

    /// The terms that hold.
    #[cfg_attr(quick, optimize(speed))]
    pub fn run(&self, cells: &[Vec<u8>], bits: &mut [u8]) {
        let mut looks = self.looks.iter();
        let Some((slot, first)) = looks.next() else { return bits.fill(self.live) };
        look::<SET>(bits, plane(cells, *slot), first);
        for (slot, table) in looks {
            look::<AND>(bits, plane(cells, *slot), table);
        }
    }
}

/// The cells of a slot.
#[cfg_attr(quick, inline)]
pub fn plane(cells: &[Vec<u8>], slot: SlotId) -> &[u8] {
    cells.get(usize::from(slot)).map(Vec::as_slice).unwrap_or_default()
}

/// Whether any of several terms holds.
#[derive(Debug, Clone)]
pub struct Test(Vec<Eight>);

impl Test {
    /// As for [`Eight`].
    pub fn new(program: &Program, terms: &[Term]) -> Option<Self> {
        terms.chunks(EIGHT).map(|terms| Eight::new(program, &terms.iter().map(Some).collect::<Vec<_>>())).collect::<Option<_>>().map(Self)
    }

    /// All bits where one does.
    #[cfg_attr(quick, optimize(speed))]
    pub fn run(&self, cells: &[Vec<u8>], bits: &mut [u8], out: &mut [u8]) {
        out.fill(0);
        for eight in &self.0 {
            eight.run(cells, bits);
            any(out, bits);
        }
    }
}

/// The first row that holds.
#[derive(Debug, Clone, Default)]
pub struct Hits(Vec<(Eight, Table, Table)>);

/// Where no row holds.
pub const NO_ROW: u8 = u8::MAX;
/// More terms than this cost more than finding a row in another way.
const MOST: usize = 1024;

impl Hits {
    /// For rows with their terms, ascending; as for [`Eight`], and where there are too many.
    pub fn new(program: &Program, terms: &[(usize, Term)]) -> Option<Self> {
        if terms.len() > MOST || terms.last().is_some_and(|&(row, _)| row >= usize::from(NO_ROW)) {
            return None;
        }
        let mut eights = Vec::new();
        for terms in terms.chunks(EIGHT) {
            // The row of the lowest bit of each half.
            let rows = |from: u32| {
                let row = move |bits: u32| terms.get((bits.trailing_zeros() + from) as usize).map_or(NO_ROW, |&(row, _)| row as u8);
                table((0..16u32).map(|bits| if bits == 0 { NO_ROW } else { row(bits) }))
            };
            eights.push((Eight::new(program, &terms.iter().map(|(_, term)| Some(term)).collect::<Vec<_>>())?, rows(0)?, rows(4)?));
        }
        Some(Self(eights))
    }

    /// The row that decides, [`NO_ROW`] where there is none.
    #[cfg_attr(quick, optimize(speed))]
    pub fn run(&self, cells: &[Vec<u8>], scratch: &mut Scratch, rows: &mut [u8]) {
        rows.fill(NO_ROW);
        for (eight, low, high) in &self.0 {
            eight.run(cells, &mut scratch.bits);
            scratch.split();
            look::<MIN>(rows, &scratch.low, low);
            look::<MIN>(rows, &scratch.high, high);
        }
    }
}
