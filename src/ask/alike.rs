//! Answers that nothing tells apart: one branch serves them all. To decline a question, for one, is mostly as good as to leave it out.

use super::open::{Level, Levels};
use crate::program::{Cell, Choose, Formula, Node, Program, VariableId};

impl Levels {
    /// Makes one branch of those that nothing in a program tells apart; for each level, which branch each of its former ones is now.
    pub fn merge(&mut self, program: &Program) -> Vec<Vec<usize>> {
        self.levels.iter_mut().map(|level| level.merge(program)).collect()
    }
}

impl Level {
    fn merge(&mut self, program: &Program) -> Vec<usize> {
        let slots = program.slots_of(self.field);
        let (width, weights, known) = (slots.len(), std::mem::take(&mut self.weights), std::mem::take(&mut self.states));
        // The kept branches, by their place among the former ones.
        let mut kept: Vec<usize> = Vec::new();
        let mut map = Vec::with_capacity(weights.len());
        let apart = is_looked_into(program, self.field);
        let cells = |at: usize| known.cells.get(at * width..(at + 1) * width).unwrap_or_default();
        for (at, &weight) in weights.iter().enumerate() {
            let same = |&other: &usize| known.values.get(other) == known.values.get(at) && slots.clone().zip(cells(other).iter().zip(cells(at))).all(|(slot, (&a, &b))| are_alike(program, slot, a, b));
            let place = kept.iter().position(same).filter(|_| !apart);
            if let Some(sum) = place.and_then(|place| self.weights.get_mut(place)) {
                *sum += weight;
            } else {
                kept.push(at);
                self.weights.push(weight);
                self.states.cells.extend_from_slice(cells(at));
                self.states.values.push(known.values.get(at).cloned().flatten());
            }
            map.push(place.unwrap_or(kept.len() - 1));
        }
        map
    }
}

/// Whether something else than a condition looks at a variable.
fn is_looked_into(program: &Program, variable: VariableId) -> bool {
    let reads = |node: &Node| matches!(node, Node::Variable(read) | Node::State(_, read) if *read == variable);
    program.expressions.nodes.iter().any(reads) || program.stages.iter().flat_map(|stages| &stages.require).any(|fields| fields.contains(&variable))
}

/// Whether all conditions and derives come to the same in two cells of a slot.
fn are_alike(program: &Program, slot: u16, a: Cell, b: Cell) -> bool {
    let formulas = &program.formulas;
    a == b
        || formulas.nodes.iter().all(|node| !matches!(node, Formula::Atom(of, _) | Formula::Within(of, ..) if *of == slot) || formulas.in_cell(node, a) == formulas.in_cell(node, b))
            && formulas.chooses.iter().all(|choose| !matches!(choose, Choose::Map(of, cells) if *of == slot && cells.get(usize::from(a)) != cells.get(usize::from(b))))
}
