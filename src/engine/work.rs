//! What one decision may cost, known when a program is loaded.

use super::machine::WORK_LIMIT;
use crate::program::{Formula, Program, Step};

/// The nodes that a decision looks at, at most: every formula with shared parts counted wherever they are used, every expression likewise and
/// never beyond what the machine allows it.
pub fn of(program: &Program) -> u64 {
    let mut formulas: Vec<u64> = Vec::with_capacity(program.formulas.nodes.len());
    for node in &program.formulas.nodes {
        let of = |at: &u32| formulas.get(*at as usize).copied().unwrap_or(u64::MAX);
        let parts = match node {
            Formula::And(items) | Formula::Or(items) => items.iter().map(of).fold(0, u64::saturating_add),
            Formula::Not(item) | Formula::Held(item) => of(item),
            Formula::If(test, then, otherwise) => [test, then, otherwise].into_iter().map(of).fold(0, u64::saturating_add),
            _ => 0,
        };
        formulas.push(parts.saturating_add(1));
    }
    let mut nodes: Vec<u64> = Vec::with_capacity(program.expressions.nodes.len());
    for node in &program.expressions.nodes {
        let mut cost = 1u64;
        node.operands(&mut |operand| cost = cost.saturating_add(nodes.get(operand as usize).copied().unwrap_or(u64::MAX)));
        nodes.push(cost);
    }
    let computed = program.steps.iter().map(|step| match step {
        Step::Compute(_, node) => nodes.get(*node as usize).copied().unwrap_or(u64::MAX).min(WORK_LIMIT),
        _ => 1,
    });
    formulas.iter().copied().chain(computed).fold(0, u64::saturating_add)
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
