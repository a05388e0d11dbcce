//! Decisions, explanations and possibilities as numbers.
//!
//! The layouts here are read by `pkg/src/results.mjs`; both change together.

use crate::engine::{Decision, Engine, Explanation, LineKind, Outcome, Possible, points};

/// How many numbers stand before the scores of a decision.
pub const HEAD: usize = 8;

/// A decision: kind of outcome (0 none, 1 screened, 2 route), its index, row of the route or −1, flags (1 screened, 2 by fault, 4 something faulted, 8 stage faulted),
/// stage before and after or −1, number of moves, number of identity keys; then scores (NaN: none), outputs (−1: none), rows of tables (−1: none).
pub fn decision(decision: &Decision, into: &mut Vec<f64>) {
    into.clear();
    let (kind, index) = outcome(decision.outcome);
    let index_or = |index: Option<u16>| index.map_or(-1.0, f64::from);
    let stage = decision.stage.as_ref();
    let flag = |set: bool, bit: u8| if set { f64::from(bit) } else { 0.0 };
    into.extend([
        kind,
        index,
        index_or(decision.row),
        flag(decision.screened, 1) + flag(decision.by_fault, 2) + flag(!decision.faulted.is_empty(), 4) + flag(stage.is_some_and(|stage| stage.faulted), 8),
        index_or(stage.map(|stage| stage.before)),
        index_or(stage.map(|stage| stage.after)),
        stage.map_or(0.0, |stage| stage.moves.len() as f64),
        decision.identity.len() as f64,
    ]);
    into.extend(decision.scores.iter().map(|score| score.map_or(f64::NAN, points)));
    into.extend(decision.outputs.iter().chain(&decision.rows).map(|&value| index_or(value)));
}

fn outcome(outcome: Outcome) -> (f64, f64) {
    match outcome {
        Outcome::None => (0.0, 0.0),
        Outcome::Screened(row) => (1.0, f64::from(row)),
        Outcome::Route(at) => (2.0, f64::from(at)),
    }
}

/// What a decision has more than one of: moves, identity keys, as indices, one list after the other.
pub fn lists(decision: &Decision) -> Vec<u32> {
    let moves = decision.stage.iter().flat_map(|stage| &stage.moves);
    moves.chain(&decision.identity).map(|&at| u32::from(at)).collect()
}

/// Scores, explained: for each its index, points, number of lines and of missing answers; then each line as kind (0 rule, 1 cap, 2 floor, 3 range, 4 score), three indices, points; then each missing answer
/// as group, rule, variable.
pub fn explanation(explanation: &Explanation) -> Vec<f64> {
    let mut numbers = Vec::new();
    for score in &explanation.scores {
        numbers.extend([f64::from(score.score), points(score.value), score.lines.len() as f64, score.missing.len() as f64]);
        for line in &score.lines {
            let (kind, a, b, c) = match line.kind {
                LineKind::Rule(group, rule, case) => (0, group, rule, case),
                LineKind::Cap(group) => (1, group, 0, 0),
                LineKind::Floor(group) => (2, group, 0, 0),
                LineKind::Range => (3, 0, 0, 0),
                LineKind::Score(score) => (4, score, 0, 0),
            };
            numbers.extend([kind, a, b, c].map(f64::from));
            numbers.push(points(line.points));
        }
        for missing in &score.missing {
            numbers.extend([missing.group, missing.rule, missing.variable].map(f64::from));
        }
    }
    numbers
}

/// What is possible: exact; number of outcomes, each as kind and index; whether the stage may fault; number of stages, each; for each score whether it has a range, its ends, whether
/// it may fault; for each output the number of its values, each, and whether it may fault.
pub fn possible(possible: &Possible) -> Vec<f64> {
    let bit = |set: bool| f64::from(u8::from(set));
    let mut numbers = vec![bit(possible.exact), possible.outcomes.len() as f64];
    for &found in &possible.outcomes {
        let (kind, index) = outcome(found);
        numbers.extend([kind, index]);
    }
    numbers.push(bit(possible.stage_faults));
    numbers.push(possible.stages.len() as f64);
    numbers.extend(possible.stages.iter().map(|&stage| f64::from(stage)));
    for score in &possible.scores {
        let (low, high) = score.range.unwrap_or_default();
        numbers.extend([bit(score.range.is_some()), points(low), points(high), bit(score.faults)]);
    }
    for output in &possible.outputs {
        numbers.push(output.values.len() as f64);
        numbers.extend(output.values.iter().map(|&value| f64::from(value)));
        numbers.push(bit(output.faults));
    }
    numbers
}

/// Names of what faulted, as one text with line feeds between them.
pub fn faults(engine: &Engine, decision: &Decision) -> String {
    engine.fault_names(decision).join("\n")
}
