//! How far nodes reach: what the checks of a program and the budgets of the engine rest on.

use super::{Expressions, Formulas};

/// How deep a node nests, and what going through it may cost.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    /// Nodes on the longest way down, itself not counted.
    pub depth: u16,
    /// Nodes that are looked at, those with several uses once for each.
    pub work: u64,
}

impl Extent {
    /// Of what reads no other node.
    pub const LEAF: Self = Self { depth: 0, work: 1 };
}

impl Formulas {
    /// The extents of all nodes; none where an operand does not stand before its node.
    pub fn extents(&self) -> Option<Vec<Extent>> {
        extents(self.nodes.len(), &|at, visit| {
            if let Some(node) = self.nodes.get(at) {
                node.operands(visit);
            }
        })
    }
}

impl Expressions {
    /// The extents of all nodes; none where an operand does not stand before its node.
    pub fn extents(&self) -> Option<Vec<Extent>> {
        extents(self.nodes.len(), &|at, visit| {
            if let Some(node) = self.nodes.get(at) {
                node.operands(visit);
            }
        })
    }
}

/// Shows the operands of a node.
type Operands<'a> = dyn Fn(usize, &mut dyn FnMut(u32)) + 'a;

fn extents(count: usize, operands: &Operands) -> Option<Vec<Extent>> {
    let mut found: Vec<Extent> = Vec::with_capacity(count);
    let mut ordered = true;
    for at in 0..count {
        let mut extent = Extent::LEAF;
        operands(at, &mut |operand| match found.get(operand as usize) {
            Some(operand) => {
                extent.depth = extent.depth.max(operand.depth.saturating_add(1));
                extent.work = extent.work.saturating_add(operand.work);
            }
            None => ordered = false,
        });
        found.push(extent);
    }
    ordered.then_some(found)
}
