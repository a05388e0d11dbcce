//! What can come out, as sets by name: of a list of decisions, or as the engine says.

use crate::reference::Decision;
use std::collections::{BTreeMap, BTreeSet};

/// All of it about the decisions that pass the screen, except the outcomes.
#[derive(Debug, Default, PartialEq)]
pub struct Summary {
    pub outcomes: BTreeSet<String>,
    pub stages: BTreeSet<String>,
    pub stage_faults: bool,
    /// Least and greatest value in thousandths, and whether it may fault.
    pub scores: BTreeMap<String, (Option<(i64, i64)>, bool)>,
    /// Values as text, and whether it may fault.
    pub outputs: BTreeMap<String, (BTreeSet<String>, bool)>,
}

impl Summary {
    pub fn of(decisions: &[Decision]) -> Self {
        let mut all = Self::default();
        for decision in decisions {
            all.outcomes.insert(decision.outcome.clone());
            let passed = decision.route.is_some();
            for (name, score) in &decision.scores {
                let (range, faults) = all.scores.entry(name.clone()).or_default();
                match score {
                    Some(score) => *range = Some(range.map_or((*score, *score), |(low, high)| (low.min(*score), high.max(*score)))),
                    None => *faults |= passed,
                }
            }
            for (name, output) in &decision.outputs {
                let (values, faults) = all.outputs.entry(name.clone()).or_default();
                match output {
                    Some(value) => drop(values.insert(format!("{value:?}"))),
                    None => *faults |= passed,
                }
            }
            match &decision.stage {
                Some(stage) if stage.fault => all.stage_faults = true,
                Some(stage) => drop(all.stages.insert(stage.after.clone())),
                None => {}
            }
        }
        all
    }

    /// What the other has and this has not.
    pub fn lacks(&self, other: &Self) -> Option<String> {
        if let Some(outcome) = other.outcomes.difference(&self.outcomes).next() {
            return Some(format!("the outcome {outcome}"));
        }
        if let Some(stage) = other.stages.difference(&self.stages).next() {
            return Some(format!("the stage {stage}"));
        }
        if other.stage_faults && !self.stage_faults {
            return Some("a fault of the stage".to_owned());
        }
        for (name, (range, faults)) in &other.scores {
            let (mine, may_fault) = &self.scores[name];
            let inside = match (range, mine) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some((low, high)), Some((least, greatest))) => least <= low && high <= greatest,
            };
            if !inside || *faults && !may_fault {
                return Some(format!("{range:?} of {name}"));
            }
        }
        for (name, (values, faults)) in &other.outputs {
            let (mine, may_fault) = &self.outputs[name];
            if !values.is_subset(mine) || *faults && !may_fault {
                return Some(format!("{values:?} of {name}"));
            }
        }
        None
    }
}
