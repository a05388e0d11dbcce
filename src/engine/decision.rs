//! What a decision is.

use super::fault::Fault;
use crate::program::{Milli, VariableId};

/// The decision on one lead, by indices; [`Engine`](super::Engine) knows their names.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Decision {
    /// What came out.
    pub outcome: Outcome,
    /// The outcome is `route.on_fault` because the screen or what the route rests on faulted.
    pub by_fault: bool,
    /// The row of the route that decided, by index; none where it did not get that far.
    pub row: Option<u16>,
    /// The screen ended the decision, by a row that holds or faults: nothing after it was computed.
    pub screened: bool,
    /// For each score its value in thousandths; none where it faulted or the lead was screened.
    pub scores: Vec<Option<Milli>>,
    /// For each output of each table, in the order of the program's variables, the index of its value; none where it faulted or the lead was screened. A list or a number
    /// that is made of several rows has no index: there it is 0, and `Engine::output` tells the value.
    pub outputs: Vec<Option<u16>>,
    /// For each table the row that decided, of several the first; none where there is none, it faulted, or the lead was screened.
    pub rows: Vec<Option<u16>>,
    /// For each table of which more than the first row that holds counts (`Life::hits`), the rows.
    #[cfg(feature = "full")]
    pub hits: Vec<RowsHeld>,
    /// The stage before and after; none where the policy has no stages or the lead was screened.
    pub stage: Option<StageMoves>,
    /// The identity keys that are known, by index.
    pub identity: Vec<u16>,
    /// Variables that faulted by themselves, and why, in the order in which they were computed.
    pub faults: Vec<(VariableId, Fault)>,
    /// All variables with a name that are faulted, ascending.
    pub faulted: Vec<VariableId>,
}

/// What came out of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Outcome {
    /// A row of the screen, by index.
    Screened(u16),
    /// An outcome of the route, by index.
    Route(u16),
    /// The policy has no route.
    #[default]
    None,
}

/// What became of the stage.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StageMoves {
    /// Before the decision.
    pub before: u16,
    /// After the moves; as before where they faulted.
    pub after: u16,
    /// The moves taken, by index: those on a condition alone as in [`Stages::moves`](crate::program::Stages), moves after a time numbered from there on.
    pub moves: Vec<u16>,
    /// When each takes effect; empty where the lead's past is not known. Moves after a time come first, each at its deadline.
    #[cfg(feature = "full")]
    pub times: Vec<crate::time::Moment>,
    /// A move's condition faulted.
    pub faulted: bool,
}

/// The rows of a table that hold.
#[cfg(feature = "full")]
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowsHeld {
    /// Their indices, ascending; where none holds, that of the default if there is one. None where a row faulted.
    pub rows: Vec<u16>,
    /// A row faulted, and with it the table.
    pub faulted: bool,
    /// The rows violate the table's hit policy: of a unique table two hold, or of one with `any` two that give different things. The table has faulted.
    pub violated: bool,
    /// The number that they come to, in units of the program's last decimal place; none where they come to none.
    pub units: Option<i64>,
}

#[cfg(feature = "full")]
impl RowsHeld {
    /// Forgets everything; its room is kept.
    pub(crate) fn clear(&mut self) {
        self.rows.clear();
        self.faulted = false;
        self.violated = false;
        self.units = None;
    }
}
