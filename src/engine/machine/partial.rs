//! Partial evaluation: every outcome that an expression may have while some of its variables are open.
//!
//! Sound: whatever an open variable turns out to be, the outcome is among those that were said to be possible. Where all
//! variables are open to few readings the outcomes are found by trying each combination, and are exact.

use super::evaluate::{Evaluation, Found, Open, Source};
use super::possible::{PartialInputs, Possible};
use super::{WORK_LIMIT, work::Work};
use super::Fault;
use crate::engine::text::Texts;
use crate::program::{NodeId, Program};

/// Combinations of readings that are evaluated one by one, if they are cheap.
const CASES: usize = 256;
/// The most that they may cost together, in the machine's units of work.
const CASES_WORK: u64 = 4 * WORK_LIMIT;

/// Every outcome that node `root` of the program's expressions may have. `texts` was made from the same program.
pub fn evaluate_partial(program: &Program, texts: &Texts, root: NodeId, inputs: &dyn PartialInputs) -> Possible {
    let mut evaluation = Evaluation::new(program, texts, Source::Open(inputs, Vec::new()));
    let whole = evaluation.all(root, WORK_LIMIT);
    if evaluation.stopped.is_some() {
        return Possible::ANYTHING;
    }
    let cases = evaluation.split();
    let whole = evaluation.take(&whole);
    if cases == 1 {
        return whole;
    }
    let mut found = Found::NOTHING;
    let mut left = CASES_WORK;
    for case in 0..cases {
        evaluation.set_case(case);
        let middle = evaluation.stack.len();
        let one = evaluation.all(root, left.min(WORK_LIMIT));
        if evaluation.stopped.is_some() {
            return Possible { fault: true, ..whole };
        }
        left = left.saturating_sub(evaluation.work.spent());
        evaluation.join(0, &mut found, middle, &one);
    }
    evaluation.take(&found)
}

impl Evaluation<'_> {
    /// Evaluates with a budget of its own; what may cost more than any evaluation is allowed may fault.
    fn all(&mut self, root: NodeId, budget: u64) -> Found {
        self.work = Work::of(budget);
        self.estimate = 0;
        let mut found = self.node(root);
        if self.cost() > WORK_LIMIT {
            found.fault = found.fault.or(Some((Fault::Fuel, root)));
        }
        found
    }

    /// The most that an evaluation with any one reading may cost.
    fn cost(&self) -> u64 {
        self.work.spent().saturating_add(self.estimate)
    }

    /// The outcomes, with the values that stand on the stack.
    fn take(&mut self, found: &Found) -> Possible {
        Possible { values: found.shape.values(std::mem::take(&mut self.stack)), unknown: found.unknown, fault: found.fault.is_some() }
    }

    /// Takes apart the variables that were read, and tells into how many cases together. What is open to fewest readings comes first, so that as much
    /// as possible is taken apart.
    fn split(&mut self) -> usize {
        let cost = self.cost().min(WORK_LIMIT);
        let mut cases = 1_usize;
        let Source::Open(_, readings) = &mut self.source else { return cases };
        loop {
            let mut least: Option<&mut Open> = None;
            for open in readings.iter_mut() {
                if open.case.is_none() && least.as_ref().is_none_or(|least| open.reading.cases() < least.reading.cases()) {
                    least = Some(open);
                }
            }
            let Some(least) = least else { return cases };
            let product = cases.saturating_mul(least.reading.cases());
            if product > CASES || product as u64 * cost > CASES_WORK {
                return cases;
            }
            cases = product;
            least.case = Some(0);
        }
    }

    fn set_case(&mut self, mut case: usize) {
        let Source::Open(_, readings) = &mut self.source else { return };
        for open in readings {
            if let Some(own) = &mut open.case {
                let count = open.reading.cases().max(1);
                *own = case % count;
                case /= count;
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
