//! What one decision may cost, known when a program is loaded.

use super::machine::WORK_LIMIT;
use crate::program::{Formula, Program, Step};

/// The nodes that a decision looks at, at most: every formula with shared parts counted wherever they are used, every expression likewise and
/// never beyond what the machine allows it.
pub fn of(program: &Program) -> u64 {
    let mut total = 0u64;
    let mut formulas: Vec<u64> = Vec::with_capacity(program.formulas.nodes.len());
    for node in &program.formulas.nodes {
        let mut cost = 1u64;
        let mut add = |at: &u32| cost = cost.saturating_add(known(&formulas, *at));
        match node {
            Formula::And(items) | Formula::Or(items) => items.iter().for_each(add),
            Formula::Not(item) | Formula::Held(item) => add(item),
            Formula::If(test, then, otherwise) => [*test, *then, *otherwise].iter().for_each(add),
            _ => {}
        }
        total = total.saturating_add(cost);
        formulas.push(cost);
    }
    let mut nodes: Vec<u64> = Vec::with_capacity(program.expressions.nodes.len());
    for node in &program.expressions.nodes {
        let mut cost = 1u64;
        node.operands(&mut |operand| cost = cost.saturating_add(known(&nodes, operand)));
        nodes.push(cost);
    }
    for step in &program.steps {
        total = total.saturating_add(match step {
            Step::Compute(_, node) => known(&nodes, *node).min(WORK_LIMIT),
            _ => 1,
        });
    }
    total
}

fn known(costs: &[u64], at: u32) -> u64 {
    costs.get(at as usize).copied().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::{Expressions, Formulas, Function, Node, Truth};

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
