//! What can still come out of a lead whose answers are partly open.
//!
//! Two ways, both sound. *Enumeration* decides every combination of cells of the open fields and is exact; it is taken where
//! the combinations are few and every condition is a function of cells. *Bounds* lifts each operation to sets and intervals, and is taken otherwise.

mod bounds;
#[cfg(feature = "expressions")]
mod computed;
mod enumerate;
#[cfg(feature = "full")]
mod hits;
#[cfg(feature = "full")]
mod live;
mod moves;
mod sets;
#[cfg(not(feature = "expressions"))]
mod uncomputed;

use super::Engine;
use super::decision::{Decision, Outcome};
use super::lead::Lead;
#[cfg(feature = "full")]
use super::machine::Values;
use crate::program::Milli;
#[cfg(feature = "full")]
use crate::program::VariableId;
#[cfg(feature = "full")]
pub use hits::{HitsPossible, ListPossible};
pub use sets::OpenField;
pub(crate) use sets::representative;
#[cfg(feature = "full")]
pub(crate) use sets::value_cells;

/// How many combinations of cells are enumerated at most.
pub const MAX_COMBINATIONS: usize = 100_000;

/// What can still come out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Possible {
    /// The outcomes, ascending.
    pub outcomes: Vec<Outcome>,
    /// The stages after the moves, ascending; where the decision gets as far as them.
    pub stages: Vec<u16>,
    /// Whether the stage may fault.
    pub stage_faults: bool,
    /// For each score what it can be.
    pub scores: Vec<ScorePossible>,
    /// For each table output what it can be.
    pub outputs: Vec<OutputPossible>,
    /// For each table of which more than the first row that holds counts what it can give.
    #[cfg(feature = "full")]
    pub hits: Vec<HitsPossible>,
    /// Of such a table it is open which rows hold.
    #[cfg(feature = "full")]
    undecided: bool,
    /// These are precisely the results of exhaustive enumeration; otherwise some of them may not occur.
    pub exact: bool,
}

/// What a score can be, in the completions that are not screened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ScorePossible {
    /// Its least and greatest value in thousandths; none where it cannot have one.
    pub range: Option<(Milli, Milli)>,
    /// Whether it may fault.
    pub faults: bool,
}

/// What a table output can be, in the completions that are not screened. Where it is a list or a number that is made of several rows, what it can be stands in
/// [`Possible::hits`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OutputPossible {
    /// Indices of its values, ascending.
    pub values: Vec<u16>,
    /// Whether it may fault.
    pub faults: bool,
}

impl Engine {
    /// What can still come out of a lead that begins in a stage: the full decision of every completion lies inside.
    pub fn possible(&self, lead: &Lead, stage: Option<u16>) -> Possible {
        match enumerate::plan(self, lead).filter(|_| !self.is_provisional()) {
            Some(plan) => enumerate::run(self, lead, stage, &plan),
            None => bounds::run(self, lead, stage),
        }
    }

    /// What can come out of a lead whose fields are all decided but one, which has one of some numbers.
    #[cfg(feature = "full")]
    pub(super) fn possible_within(&self, lead: &Lead, stage: Option<u16>, field: VariableId, values: Values) -> Possible {
        bounds::run_within(self, lead, stage, field, values)
    }
}

impl Possible {
    /// Nothing yet.
    fn empty(engine: &Engine) -> Self {
        let mut empty = Self::default();
        for _ in &engine.program().scores {
            empty.scores.push(ScorePossible::default());
        }
        for _ in engine.program().tables.iter().flat_map(|table| &table.outputs) {
            empty.outputs.push(OutputPossible::default());
        }
        #[cfg(feature = "full")]
        {
            empty.hits = HitsPossible::empty(engine.program());
        }
        empty
    }

    /// Adds one full decision.
    fn add(&mut self, decision: &Decision) {
        insert(&mut self.outcomes, decision.outcome);
        if decision.screened {
            return;
        }
        for (possible, value) in self.scores.iter_mut().zip(&decision.scores) {
            possible.include(*value);
        }
        for (possible, value) in self.outputs.iter_mut().zip(&decision.outputs) {
            possible.include(*value);
        }
        if let Some(stage) = &decision.stage {
            if stage.faulted {
                self.stage_faults = true;
            } else {
                insert(&mut self.stages, stage.after);
            }
        }
    }
}

impl ScorePossible {
    /// Adds a value, or that it may fault.
    fn include(&mut self, value: Option<Milli>) {
        match (value, self.range) {
            (Some(value), Some((low, high))) => self.range = Some((low.min(value), high.max(value))),
            (Some(value), None) => self.range = Some((value, value)),
            (None, _) => self.faults = true,
        }
    }
}

impl OutputPossible {
    /// Adds one of its values, or that it may fault.
    fn include(&mut self, value: Option<u16>) {
        match value {
            Some(value) => insert(&mut self.values, value),
            None => self.faults = true,
        }
    }
}

/// Adds to an ascending list without repeats.
fn insert<T: Ord>(list: &mut Vec<T>, item: T) {
    let at = list.iter().take_while(|known| **known < item).count();
    if list.get(at) != Some(&item) {
        list.insert(at, item);
    }
}
