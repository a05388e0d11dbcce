//! Decisions, explanations and possibilities as numbers.
//!
//! The layouts here are read by `pkg/src/results.mjs`; both change together.

#[cfg(feature = "full")]
use super::hits;
use crate::ask::{Next, Settles};
use crate::engine::{Decision, Engine, LineKind, Outcome, Possible, ScoreExplanation, points};
use crate::program::Milli;

/// How many numbers stand before the scores of a decision.
const HEAD: usize = 8;

/// How many numbers a decision is at most.
pub fn most(engine: &Engine) -> usize {
    let program = engine.program();
    // No stage is entered twice.
    let moves = program.stages.as_ref().map_or(0, |stages| stages.require.len());
    let most = HEAD + program.scores.len() + engine.outputs().count() + program.tables.len() + moves + program.identity.len();
    #[cfg(feature = "full")]
    let most = most + hits::most(program);
    most
}

/// A decision: kind of outcome (0 none, 1 screened, 2 route), its index, row of the route or −1, flags (1 screened, 2 by fault, 4 something faulted, 8 stage faulted),
/// stage before and after or −1, number of moves, number of identity keys; then scores (NaN: none), outputs (−1: none), rows of tables (−1: none), indices of moves and of identity keys;
/// then what `hits.rs` says.
#[cfg_attr(quick, optimize(speed))]
pub fn decision(engine: &Engine, decision: &Decision, into: &mut Vec<f64>) {
    into.clear();
    let (kind, index) = outcome(decision.outcome);
    let flag = |set: bool, bit: u8| if set { f64::from(bit) } else { 0.0 };
    let (before, after, moves, faulted) = match &decision.stage {
        Some(stage) => (f64::from(stage.before), f64::from(stage.after), stage.moves.as_slice(), stage.faulted),
        None => (-1.0, -1.0, &[][..], false),
    };
    into.extend_from_slice(&[
        kind,
        index,
        index_or(decision.row),
        flag(decision.screened, 1) + flag(decision.by_fault, 2) + flag(!decision.faulted.is_empty(), 4) + flag(faulted, 8),
        before,
        after,
        moves.len() as f64,
        decision.identity.len() as f64,
    ]);
    for score in &decision.scores {
        into.push(score.map_or(f64::NAN, points));
    }
    for found in [&decision.outputs, &decision.rows] {
        for &value in found {
            into.push(index_or(value));
        }
    }
    add_all(into, moves);
    add_all(into, &decision.identity);
    #[cfg(feature = "full")]
    hits::decision(engine, decision, into);
    #[cfg(not(feature = "full"))]
    let _ = engine;
}

fn index_or(index: Option<u16>) -> f64 {
    index.map_or(-1.0, f64::from)
}

fn outcome(outcome: Outcome) -> (f64, f64) {
    match outcome {
        Outcome::None => (0.0, 0.0),
        Outcome::Screened(row) => (1.0, f64::from(row)),
        Outcome::Route(at) => (2.0, f64::from(at)),
    }
}

/// Scores, explained: for each its index, points, number of lines and of missing answers; then each line as kind (0 rule, 1 cap, 2 floor, 3 range, 4 score, 5 reset and 6 bound of a rule that counts events), three indices,
/// points; then each missing answer as group, rule, variable.
#[cfg_attr(quick, optimize(speed))]
pub fn explanation(scores: &[ScoreExplanation], numbers: &mut Vec<f64>) {
    for score in scores {
        add(numbers, score.score.into());
        put(numbers, &[points(score.value)]);
        add(numbers, score.lines.len());
        add(numbers, score.missing.len());
        for line in &score.lines {
            let (kind, a, b, c) = match line.kind {
                LineKind::Rule(group, rule, case) => (0, group, rule, case),
                LineKind::Cap(group) => (1, group, 0, 0),
                LineKind::Floor(group) => (2, group, 0, 0),
                LineKind::Range => (3, 0, 0, 0),
                LineKind::Score(score) => (4, score, 0, 0),
                #[cfg(feature = "full")]
                LineKind::Reset(group, rule) => (5, group, rule, 0),
                #[cfg(feature = "full")]
                LineKind::Bound(group, rule) => (6, group, rule, 0),
            };
            add_all(numbers, &[kind, a, b, c]);
            put(numbers, &[points(line.points)]);
        }
        for missing in &score.missing {
            add_all(numbers, &[missing.group, missing.rule, missing.variable]);
        }
    }
}

/// What is possible: exact; number of outcomes, each as kind and index; whether the stage may fault; number of stages, each; for each score whether it has a range, its ends, whether
/// it may fault; for each output the number of its values, each, and whether it may fault; then what `hits.rs` says.
pub fn possible(engine: &Engine, possible: &Possible, numbers: &mut Vec<f64>) {
    add(numbers, possible.exact.into());
    add(numbers, possible.outcomes.len());
    for &found in &possible.outcomes {
        let (kind, index) = outcome(found);
        put(numbers, &[kind, index]);
    }
    add(numbers, possible.stage_faults.into());
    list(numbers, &possible.stages);
    for score in &possible.scores {
        range(numbers, score.range);
        add(numbers, score.faults.into());
    }
    for output in &possible.outputs {
        list(numbers, &output.values);
        add(numbers, output.faults.into());
    }
    #[cfg(feature = "full")]
    hits::possible(engine, possible, numbers);
    #[cfg(not(feature = "full"))]
    let _ = engine;
}

/// What to ask next: whether it is settled; the number of fields to ask for, each; and where it is settled, the number of things that it can come to, each as kind (0 screened
/// before it, 1 fault, 2 an index; an outcome's kind and 3) and index; the number of questions that are open, each as field and why it cannot matter (0 unread, 1 masked,
/// 2 idle); for each score whether it has a range, and its ends.
pub fn next(next: &Next, numbers: &mut Vec<f64>) {
    add(numbers, next.settled.into());
    list(numbers, &next.ask);
    let Some(certificate) = &next.certificate else { return };
    add(numbers, certificate.comes_to.len());
    for &found in &certificate.comes_to {
        let (kind, index) = match found {
            Settles::Nothing => (0.0, 0.0),
            Settles::Faults => (1.0, 0.0),
            Settles::Index(index) => (2.0, f64::from(index)),
            Settles::Outcome(found) => {
                let (kind, index) = outcome(found);
                (kind + 3.0, index)
            }
        };
        put(numbers, &[kind, index]);
    }
    add(numbers, certificate.remaining.len());
    for &(field, why) in &certificate.remaining {
        add_all(numbers, &[field, why as u16]);
    }
    for &found in &certificate.scores {
        range(numbers, found);
    }
}

/// Adds a count, an index, or 1 where something is so and 0 where it is not.
#[cfg_attr(quick, optimize(speed))]
#[inline(never)]
fn add(numbers: &mut Vec<f64>, number: usize) {
    numbers.push(number as f64);
}

/// Adds indices.
#[cfg_attr(quick, optimize(speed))]
#[inline(never)]
fn add_all(numbers: &mut Vec<f64>, indices: &[u16]) {
    for &index in indices {
        add(numbers, index.into());
    }
}

/// Adds how many indices there are, and these.
fn list(numbers: &mut Vec<f64>, indices: &[u16]) {
    add(numbers, indices.len());
    add_all(numbers, indices);
}

/// Adds whether there is a range of points, and its ends.
#[inline(never)]
fn range(numbers: &mut Vec<f64>, range: Option<(Milli, Milli)>) {
    add(numbers, range.is_some().into());
    let (low, high) = range.unwrap_or_default();
    put(numbers, &[points(low), points(high)]);
}

/// Adds numbers to those before them.
// Not inlined, for it is called often and grows the numbers.
#[inline(never)]
pub fn put(numbers: &mut Vec<f64>, more: &[f64]) {
    numbers.extend_from_slice(more);
}
