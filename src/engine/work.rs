//! What one decision may cost, known when a program is loaded.

use super::fault::WORK_LIMIT;
use crate::program::{COMPUTES, Program, Step};

/// The nodes that a decision looks at, at most: every formula with shared parts counted wherever they are used, every expression likewise and
/// never beyond what the machine allows it.
pub fn of(program: &Program) -> u64 {
    let nodes = if COMPUTES { program.expressions.extents() } else { Some(Vec::new()) };
    let (Some(formulas), Some(nodes)) = (program.formulas.extents(), nodes) else { return u64::MAX };
    let mut total = 0u64;
    for formula in &formulas {
        total = total.saturating_add(formula.work);
    }
    for step in &program.steps {
        total = total.saturating_add(match step {
            Step::Compute(_, node) => nodes.get(*node as usize).map_or(WORK_LIMIT, |node| node.work.min(WORK_LIMIT)),
            _ => 1,
        });
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::{Expressions, Formula, Formulas, Function, Node, Truth};

    #[test]
    fn shared_parts_count_wherever_they_are_used() {
        let nodes = vec![Formula::Const(Truth::True), Formula::And([0, 0].into()), Formula::Or([1, 1].into())];
        let program = Program { formulas: Formulas { nodes, ..Formulas::default() }, ..Program::default() };
        assert_eq!(of(&program), 1 + 3 + 7);
    }

    #[test]
    fn an_expression_costs_no_more_than_the_machine_allows() {
        let doubling = (1..40).map(|at| Node::Call(Function::Add, [at - 1, at - 1].into()));
        let nodes: Vec<Node> = std::iter::once(Node::Local(0)).chain(doubling).collect();
        let program = Program { expressions: Expressions { nodes, constants: Vec::new() }, steps: vec![Step::Compute(0, 39)], ..Program::default() };
        assert_eq!(of(&program), WORK_LIMIT);
    }
}
