//! Answers that nothing tells apart: one branch serves them all. To decline a question, for one, is mostly as good as to leave it out.

use std::mem::take;
use std::ops::Range;

use super::open::{Level, Levels};
use super::words::Words;
use crate::engine::{UNKEPT, is_kept};
use crate::program::{COMPUTES, Cell, Choose, Formula, Node, Program, SlotId, VariableId};

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
        let apart = is_looked_into(program, self.field) || self.states.values.iter().any(is_kept);
        if apart {
            return (0..self.weights.len()).collect();
        }
        known.clear();
        let slots = program.slots_of(self.field);
        let readers = readers(program, &slots);
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
                self.states.values.push(UNKEPT);
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
fn readers<'p>(program: &'p Program, slots: &Range<SlotId>) -> Vec<(SlotId, Reader<'p>)> {
    let mut found = Vec::new();
    for node in &program.formulas.nodes {
        if let Formula::Atom(slot, _) | Formula::Within(slot, ..) = node
            && slots.contains(slot)
        {
            found.push((*slot, Reader::Condition(node)));
        }
    }
    for choose in &program.formulas.chooses {
        if let Choose::Map(slot, cells) = choose
            && slots.contains(slot)
        {
            found.push((*slot, Reader::Map(cells)));
        }
    }
    found
}

/// Whether something else than a condition looks at a variable.
fn is_looked_into(program: &Program, variable: VariableId) -> bool {
    let reads = |node: &Node| matches!(node, Node::Variable(read) | Node::State(_, read) if *read == variable);
    (COMPUTES && program.expressions.nodes.iter().any(reads)) || program.stages.iter().flat_map(|stages| &stages.require).any(|fields| fields.contains(&variable))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Levels;
    use crate::engine::Engine;

    /// How many branches each open field has, before and after.
    fn branches(rest: &str) -> Vec<(usize, usize)> {
        let engine = Engine::new(crate::compile_str(&format!("leadgate: 1\npolicy: p\nversion: \"1\"\n{rest}")).unwrap());
        let mut lead = engine.lead();
        lead.open_rest();
        let mut open = Levels::new(&engine, &lead.build(), 0);
        let before: Vec<usize> = open.levels.iter().map(|level| level.weights.len()).collect();
        let map = open.merge(engine.program());
        for (level, map) in open.levels.iter().zip(&map) {
            assert_eq!(level.states.each().count(), level.weights.len());
            assert_eq!(map.iter().max(), Some(&(level.weights.len() - 1)));
            assert!((level.weights.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }
        before.into_iter().zip(open.levels.iter().map(|level| level.weights.len())).collect()
    }

    #[test]
    fn to_decline_is_as_good_as_to_say_nothing() {
        let route = "fields: { size: { type: enum, values: [s, m, l] } }\nroute: { outcomes: [sales, none], rows: [{ id: large, when: { size: l }, to: sales }], default: none }\nask: { questions: [{ field: size, label: s }] }";
        // Silence is unknown; small and medium are both not large.
        let [(before, after)] = branches(route)[..] else { panic!() };
        assert!(after < before && after == 3, "{before} {after}");
    }

    #[test]
    fn what_conditions_tell_apart_stays_apart() {
        let route = "fields: { size: { type: enum, values: [s, m] } }\nroute: { outcomes: [a, b, c, none], rows: [{ id: s, when: { size: s }, to: a }, { id: m, when: { size: m }, to: b }, { id: d, when: \"declined(size)\", to: c }], default: none }\nask: { questions: [{ field: size, label: s }] }";
        let [(before, after)] = branches(route)[..] else { panic!() };
        assert_eq!((before, after), (4, 4));
    }
}
