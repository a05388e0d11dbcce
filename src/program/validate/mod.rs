//! Whether the parts of a program fit together. The engine relies on what is checked here, and on nothing that is not.

mod decision;
mod form;
mod needs;
mod parts;

#[cfg(feature = "full")]
use super::life;
use super::slice;
use super::{Domain, Extent, FormulaId, ListBody, LoadErrorKind as Kind, Milli, Program, SlotId, VariableId};

pub use needs::{needs_full, needs_machine};

/// How deep expressions and formulas may nest.
pub const MAX_DEPTH: u16 = 300;
/// How large a formula may be with shared parts counted wherever they are used: what one evaluation may cost.
const MAX_WORK: u64 = 1 << 20;
/// What all formulas of one decision may cost together: far beyond any policy, and less than a second.
const MAX_TOTAL: u64 = 1 << 26;
/// Thousandths beyond which no points, bounds of groups and ranges of scores go.
const MAX_POINTS: Milli = 1_000_000_000_000;
/// How many cells a slot may have.
const MAX_CELLS: usize = 60_000;

/// Checks all of it; the kind of the first thing that is wrong.
pub fn program(program: &Program) -> Option<Kind> {
    let mut check = Check { program, failure: None, formulas: Vec::new(), work: 0 };
    check.variables();
    check.lists();
    check.slots();
    check.expressions();
    check.formulas();
    check.layers();
    let trees = check.trees();
    check.steps(&trees);
    check.questions();
    check.joints();
    slice::check(&mut check);
    #[cfg(feature = "full")]
    life::check(&mut check);
    check.failure
}

/// A program that is looked through. The first thing that is wrong stands; what is looked at after it need not make sense any more, and every check bears that.
pub(super) struct Check<'a> {
    pub(super) program: &'a Program,
    failure: Option<Kind>,
    /// Of the program's formulas.
    formulas: Vec<Extent>,
    /// What all conditions that one decision looks at may cost together.
    work: u64,
}

impl<'a> Check<'a> {
    #[inline(never)]
    pub(super) fn ensure(&mut self, holds: bool, kind: Kind) {
        if !holds && self.failure.is_none() {
            self.failure = Some(kind);
        }
    }

    #[inline(never)]
    pub(super) fn index(&mut self, at: usize, count: usize) {
        self.ensure(at < count, Kind::Index);
    }

    pub(super) fn indexes(&mut self, all: &[u16], count: usize) {
        for &at in all {
            self.index(usize::from(at), count);
        }
    }

    /// A variable that is computed stands for nothing secret.
    fn computed(&mut self, id: VariableId) {
        self.index(usize::from(id), self.program.variables.len());
        self.ensure(self.program.slice.as_ref().is_none_or(|slice| !slice.open.contains(&id)), Kind::Shape);
    }

    /// How many values a variable has that has finitely many.
    pub(super) fn finite(&mut self, id: VariableId) -> usize {
        if let Some(Domain::Finite(values)) = self.program.variables.get(usize::from(id)).map(|variable| &variable.domain) {
            return values.len();
        }
        self.ensure(false, Kind::Shape);
        0
    }

    fn field(&mut self, id: VariableId) {
        self.index(usize::from(id), self.program.fields.len());
    }

    fn fields(&mut self, groups: &[Vec<VariableId>]) {
        for group in groups {
            self.indexes(group, self.program.fields.len());
        }
    }

    fn list(&mut self, id: u16) -> Option<&'a ListBody> {
        self.index(usize::from(id), self.program.lists.len());
        self.program.lists.get(usize::from(id)).map(|list| &list.body)
    }

    fn dictionary(&mut self, id: u16) {
        let found = matches!(self.list(id), Some(ListBody::Dictionary(_)));
        self.ensure(found, Kind::Shape);
    }

    fn cells(&mut self, slot: SlotId) -> usize {
        self.index(usize::from(slot), self.program.slots.len());
        self.program.cells_of(slot).unwrap_or_default()
    }

    /// What a formula may cost.
    fn formula(&mut self, at: FormulaId) -> u64 {
        self.index(at as usize, self.formulas.len());
        self.formulas.get(at as usize).map_or(0, |extent| extent.work)
    }

    /// A condition that a decision looks at so many times.
    pub(super) fn condition(&mut self, at: FormulaId, times: usize) {
        let work = self.formula(at).saturating_mul(times as u64);
        self.work = self.work.saturating_add(work);
    }

    /// What nodes reach; an operand stands before its node, so there can be no cycle.
    fn extents(&mut self, found: Option<Vec<Extent>>, most: u64) -> Vec<Extent> {
        self.ensure(found.is_some(), Kind::Index);
        let extents = found.unwrap_or_default();
        for extent in &extents {
            self.ensure(extent.depth < MAX_DEPTH && extent.work <= most, Kind::Depth);
        }
        extents
    }

    /// Numbers can be points where their sums do not overflow.
    pub(super) fn points(&mut self, low: Milli, high: Milli) {
        self.ensure(-MAX_POINTS <= low && low <= high && high <= MAX_POINTS, Kind::Shape);
    }

    /// Marks what comes at most once.
    fn once(&mut self, seen: &mut [bool], at: u16) {
        match seen.get_mut(usize::from(at)) {
            Some(seen) => {
                self.ensure(!*seen, Kind::Shape);
                *seen = true;
            }
            None => self.ensure(false, Kind::Index),
        }
    }
}
