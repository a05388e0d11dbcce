//! Answers that nothing tells apart: one branch serves them all. To decline a question, for one, is mostly as good as to leave it out.

use std::mem::take;

use super::open::{Level, Levels};
use super::words::Words;
use crate::program::{Cell, Choose, Formula, Node, Program, SlotId, VariableId};

impl Levels {
    /// Makes one branch of those that nothing in a program tells apart; for each level, which branch each of its former ones is now.
    pub fn merge(&mut self, program: &Program) -> Vec<Vec<usize>> {
        // By signature of what conditions say of them, the branch; there may be thousands.
        let mut known = Words::default();
        self.levels.iter_mut().map(|level| level.merge(program, &mut known)).collect()
    }
}

impl Level {
    fn merge(&mut self, program: &Program, known: &mut Words) -> Vec<usize> {
        let apart = is_looked_into(program, self.field) || self.states.values.iter().any(Option::is_some);
        if apart {
            return (0..self.weights.len()).collect();
        }
        known.clear();
        let slots = program.slots_of(self.field);
        let readers = readers(program, &mut |slot| slots.contains(&slot));
        let (cells, weights) = (take(&mut self.states.cells), take(&mut self.weights));
        self.states.values.clear();
        let mut map = Vec::with_capacity(weights.len());
        let mut signature = Vec::new();
        for (at, &weight) in weights.iter().enumerate() {
            let cells = cells.get(at * slots.len()..(at + 1) * slots.len()).unwrap_or_default();
            signature.clear();
            for &(slot, reader) in &readers {
                let cell = cells.get(usize::from(slot - slots.start)).copied().unwrap_or_default();
                signature.push(match reader {
                    Reader::Condition(node) => program.formulas.in_cell(node, cell).map_or(u32::MAX, |truth| truth as u32),
                    Reader::Map(to) => to.get(usize::from(cell)).map_or(u32::MAX, |&cell| u32::from(cell)),
                });
            }
            let (place, new) = known.place(&signature);
            if new {
                known.push(self.weights.len() as u32);
                self.weights.push(0.0);
                self.states.cells.extend_from_slice(cells);
                self.states.values.push(None);
            }
            let branch = known.at(place + 1 + signature.len()) as usize;
            if let Some(sum) = self.weights.get_mut(branch) {
                *sum += weight;
            }
            map.push(branch);
        }
        map
    }
}

/// What looks at a cell.
#[derive(Clone, Copy)]
enum Reader<'p> {
    Condition(&'p Formula),
    Map(&'p [Cell]),
}

/// What looks at some slots.
fn readers<'p>(program: &'p Program, wanted: &mut dyn FnMut(SlotId) -> bool) -> Vec<(SlotId, Reader<'p>)> {
    let mut found = Vec::new();
    for node in &program.formulas.nodes {
        if let Formula::Atom(slot, _) | Formula::Within(slot, ..) = node
            && wanted(*slot)
        {
            found.push((*slot, Reader::Condition(node)));
        }
    }
    for choose in &program.formulas.chooses {
        if let Choose::Map(slot, cells) = choose
            && wanted(*slot)
        {
            found.push((*slot, Reader::Map(cells)));
        }
    }
    found
}

/// Whether something else than a condition looks at a variable.
fn is_looked_into(program: &Program, variable: VariableId) -> bool {
    let reads = |node: &Node| matches!(node, Node::Variable(read) | Node::State(_, read) if *read == variable);
    program.expressions.nodes.iter().any(reads) || program.stages.iter().flat_map(|stages| &stages.require).any(|fields| fields.contains(&variable))
}
