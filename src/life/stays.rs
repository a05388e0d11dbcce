//! How long a lead was in each stage, and what it came and left by: what credit and times between stages are counted from.

use super::state::State;
use crate::time::Moment;

/// A stay in a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// The stage.
    pub stage: String,
    /// When it was entered; none where nobody knows.
    pub from: Option<Moment>,
    /// When it was left; none where the lead is still there.
    pub until: Option<Moment>,
    /// The move that entered it; none for the stage in which the history begins.
    pub entered_by: Option<String>,
    /// The move that left it; none where the lead is still there.
    pub left_by: Option<String>,
    /// Why it was left.
    pub reason: Option<String>,
}

/// The stays of a lead, the oldest first; none where its stage is not known.
///
/// ```
/// use leadgate::life::{Change, State, stays};
/// let change = |by_move: &str, from: &str, to: &str, at| Change { by_move: by_move.into(), from: from.into(), to: to.into(), at, reason: None, by: None };
/// let state = State { since: Some(0), history: vec![change("accept", "mql", "sql", 5), change("bounce", "sql", "mql", 6), change("accept", "mql", "sql", 9)], ..State::default() };
/// // An SDR is credited with an opportunity that sales accepted and did not return at once.
/// let credited = stays(&state).iter().filter(|stay| stay.stage == "sql" && stay.left_by.as_deref() != Some("bounce")).count();
/// assert_eq!(credited, 1);
/// ```
pub fn stays(state: &State) -> Vec<Stay> {
    let mut found: Vec<Stay> = Vec::new();
    let first = state.history.first().map(|change| &change.from).or(state.stage.as_ref());
    if let Some(stage) = first {
        found.push(Stay { stage: stage.clone(), from: state.since, until: None, entered_by: None, left_by: None, reason: None });
    }
    for change in state.history.iter().filter(|change| change.enters()) {
        if let Some(last) = found.last_mut() {
            last.until = Some(change.at);
            last.left_by = Some(change.by_move.clone());
            last.reason.clone_from(&change.reason);
        }
        found.push(Stay { stage: change.to.clone(), from: Some(change.at), until: None, entered_by: Some(change.by_move.clone()), left_by: None, reason: None });
    }
    found
}
