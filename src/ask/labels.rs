//! Functions that have another's nodes and other leaves.
//!
//! Much of a program looks at one thing: the rows of a table at a score, say. What is made of functions that differ in their leaves alone is not drawn at once: it is *relabelled*,
//! one root with a label for each of its leaves, until somebody looks inside.

use std::mem::take;
use std::slice::from_ref;

use super::diagram::{Change, Diagrams, Join, LEAF, Ref, number};

/// What is added to where the labels of a relabelled root stand.
const RELABELLED: Ref = 1 << 30;
/// What stands before labels: the root, the function once it is drawn, and how many labels there are.
const HEAD: usize = 3;

impl Diagrams {
    /// The leaves of a function, each once.
    pub fn leaves(&mut self, of: Ref) -> Vec<Ref> {
        let mut found = Vec::new();
        if number(of).is_some() {
            found.push(of);
        }
        let mut known = take(&mut self.order);
        known.clear();
        self.visit(of, &mut |diagrams, node| {
            for branch in 0..diagrams.branches(diagrams.level(node)) {
                let child = diagrams.child(node, branch);
                if number(child).is_some() && known.place(&[child]).1 {
                    found.push(child);
                }
            }
        });
        self.order = known;
        found
    }

    /// A number among the labels.
    fn label(&self, place: usize) -> Ref {
        self.labels.get(place).copied().unwrap_or(LEAF)
    }

    /// Where a relabelled root's labels begin.
    fn labels_of(of: Ref) -> Option<usize> {
        (of & (LEAF | RELABELLED) == RELABELLED).then_some((of & !RELABELLED) as usize)
    }

    /// The node that has a function's nodes, if not its leaves.
    pub(super) fn root(&self, of: Ref) -> Ref {
        Self::labels_of(of).map_or(of, |place| self.label(place))
    }

    /// Where a node's leaves stand, as labels of themselves.
    fn own_labels(&mut self, root: Ref) -> usize {
        let mark = self.marks(root) + 4;
        let known = self.nodes.at(mark) as usize;
        if known < self.labels.len() {
            return known;
        }
        let leaves = self.leaves(root);
        let place = self.labels.len();
        self.labels.extend([root, root, leaves.len() as u32]);
        self.labels.extend(leaves);
        self.nodes.set(mark, place as u32);
        place
    }

    /// What becomes of functions that have their root in common, leaf by leaf.
    pub(super) fn relabel(&mut self, root: Ref, functions: &[Ref], join: &mut dyn Join) -> Ref {
        let own = self.own_labels(root);
        let (place, start) = (self.labels.len(), self.stack.len());
        let count = self.label(own + 2);
        self.labels.extend([root, RELABELLED | place as Ref, count]);
        let mut one = true;
        for at in 0..count as usize {
            for &of in functions {
                let label = if number(of).is_some() { of } else { self.label(Self::labels_of(of).unwrap_or(own) + HEAD + at) };
                self.stack.push(label);
            }
            let label = join.join(self.stack.get(start..).unwrap_or_default()).unwrap_or(LEAF);
            self.stack.truncate(start);
            self.labels.push(label);
            one &= label == self.label(place + HEAD);
        }
        if !one {
            return RELABELLED | place as Ref;
        }
        let found = self.label(place + HEAD);
        self.labels.truncate(place);
        found
    }

    /// A function as a node or leaf.
    pub fn draw(&mut self, of: Ref) -> Ref {
        let Some(place) = Self::labels_of(of) else { return of };
        let (root, drawn) = (self.label(place), self.label(place + 1));
        if drawn != of {
            return drawn;
        }
        let own = self.own_labels(root);
        let (mut order, labels) = (take(&mut self.order), take(&mut self.labels));
        order.clear();
        for leaf in labels.get(own + HEAD..).into_iter().flatten().take(labels.get(own + 2).map_or(0, |&count| count as usize)) {
            order.place(from_ref(leaf));
        }
        self.walk = self.walk.wrapping_add(1);
        // Two numbers stand for each leaf.
        let found = self.rebuild(root, &mut Change::Leaves(&mut |leaf: Ref| labels.get(place + HEAD + order.place(&[leaf]).0 / 2).copied().unwrap_or(LEAF)));
        (self.order, self.labels) = (order, labels);
        if let Some(drawn) = self.labels.get_mut(place + 1) {
            *drawn = found;
        }
        found
    }
}
