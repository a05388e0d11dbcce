//! What can come out, as sets by name: of a list of decisions, or as the engine says.

use crate::reference::policy::Kind;
use crate::reference::{Decision, Policy, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What a list may hold, what it must hold where that is told, and whether it may fault.
pub type Listed = (BTreeSet<String>, Option<BTreeSet<String>>, bool);

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
    /// Of lists: what they may hold, what all of them hold (none: there is none), and whether it may fault.
    pub lists: BTreeMap<String, Listed>,
    /// Of numbers that several rows make: the least and the greatest, and whether it may fault.
    pub numbers: BTreeMap<String, (Option<(f64, f64)>, bool)>,
}

fn number(value: &Value) -> f64 {
    match value {
        Value::Int(value) => *value as f64,
        Value::Double(value) => *value,
        other => panic!("{other:?} is no number"),
    }
}

impl Summary {
    pub fn of(policy: &Policy, decisions: &[Decision]) -> Self {
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
                let Kind::Output(table, _) = &policy.variables[policy.names.variables[name]].kind else { panic!("{name} is no output") };
                if policy.tables[*table].lists() {
                    let (may, must, faults) = all.lists.entry(name.clone()).or_default();
                    match output {
                        Some(Value::List(values)) => {
                            let values: BTreeSet<String> = values.iter().map(|value| format!("{value:?}")).collect();
                            may.extend(values.iter().cloned());
                            *must = Some(must.as_ref().map_or(values.clone(), |must| must & &values));
                        }
                        Some(other) => panic!("{other:?} is no list"),
                        None => *faults |= passed,
                    }
                    continue;
                }
                if policy.tables[*table].aggregates() {
                    let (range, faults) = all.numbers.entry(name.clone()).or_default();
                    match output.as_ref().map(number) {
                        Some(value) => *range = Some(range.map_or((value, value), |(low, high)| (low.min(value), high.max(value)))),
                        None => *faults |= passed,
                    }
                    continue;
                }
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
            if !inside(range, mine) || *faults && !may_fault {
                return Some(format!("{range:?} of {name}"));
            }
        }
        for (name, (values, faults)) in &other.outputs {
            let (mine, may_fault) = &self.outputs[name];
            if !values.is_subset(mine) || *faults && !may_fault {
                return Some(format!("{values:?} of {name}"));
            }
        }
        for (name, (may, must, faults)) in &other.lists {
            let (mine, sure, may_fault) = &self.lists[name];
            let held = match (sure, must) {
                (_, None) => true,
                (None, Some(_)) => false,
                (Some(sure), Some(must)) => sure.is_subset(must),
            };
            if !may.is_subset(mine) || !held || *faults && !may_fault {
                return Some(format!("{may:?} {must:?} of {name}"));
            }
        }
        for (name, (range, faults)) in &other.numbers {
            let (mine, may_fault) = &self.numbers[name];
            if !inside(range, mine) || *faults && !may_fault {
                return Some(format!("{range:?} of {name}"));
            }
        }
        None
    }
}

/// Whether all of a range lies in another.
fn inside<T: PartialOrd>(range: &Option<(T, T)>, other: &Option<(T, T)>) -> bool {
    match (range, other) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some((low, high)), Some((least, greatest))) => least <= low && high <= greatest,
    }
}
