//! Functions that have others' nodes and other leaves.
//!
//! Much of a program looks at a few things: the rows of a table at two scores, say. What is made of functions is not drawn at once: their *roots* stay as they are, with a label for
//! each combination of the roots' leaves, until somebody [looks inside](super::tables).

use std::mem::take;

use super::diagram::{Diagrams, Join, LEAF, Ref, number};

/// What is added to where labels stand.
const LABELLED: Ref = 1 << 30;
/// What stands before labels: where their roots stand, and the function once it is drawn.
pub(super) const HEAD: usize = 2;
/// How many labels a function of several roots may have: what would have more is drawn.
const MOST_LABELS: usize = 1 << 8;
/// How many labels take as long as a branch.
const LABELS_A_BRANCH: u32 = 8;

impl Diagrams {
    /// The leaves of a function, each once.
    pub fn leaves(&mut self, of: Ref) -> Vec<Ref> {
        let mut found = Vec::new();
        if number(of).is_some() {
            found.push(of);
        }
        let mut known = take(&mut self.known);
        known.clear();
        self.visit(of, &mut |diagrams, node| {
            for branch in 0..diagrams.branches(diagrams.level(node)) {
                let child = diagrams.child(node, branch);
                if number(child).is_some() && known.place(&[child]).1 {
                    found.push(child);
                }
            }
        });
        self.known = known;
        found
    }

    /// A number among the labels.
    pub(super) fn label(&self, place: usize) -> Ref {
        self.labels.get(place).copied().unwrap_or(LEAF)
    }

    /// Where a function's labels begin that was not drawn.
    pub(super) fn labels_of(of: Ref) -> Option<usize> {
        (of & (LEAF | LABELLED) == LABELLED).then_some((of & !LABELLED) as usize)
    }

    /// Where a node's leaves stand, as labels of themselves.
    pub(super) fn own_labels(&mut self, root: Ref) -> usize {
        let mark = self.marks(root) + 4;
        let known = self.nodes.at(mark) as usize;
        if known < self.labels.len() {
            return known;
        }
        let leaves = self.leaves(root);
        let (group, place) = (self.roots.place(&[root]).0, self.labels.len());
        self.roots.push(leaves.len() as u32);
        self.labels.extend([group as u32, root]);
        self.labels.extend(leaves);
        self.nodes.set(mark, place as u32);
        place
    }

    /// How many roots labels have, and where these begin; how many labels they have stands behind them.
    pub(super) fn roots_of(&self, labels: usize) -> (usize, usize) {
        let group = self.label(labels) as usize;
        (self.roots.at(group) as usize, group + 1)
    }

    /// Which of the first levels the roots of a function depend on, and whether on any beyond, a bit each.
    pub(super) fn levels_of(&self, of: Ref) -> u32 {
        let Some(labels) = Self::labels_of(of) else { return self.mask(of) };
        let (count, first) = self.roots_of(labels);
        (first..first + count).fold(0, |all, at| all | self.mask(self.roots.at(at)))
    }

    /// How many leaves a root has.
    pub(super) fn count(&mut self, root: Ref) -> usize {
        let own = self.own_labels(root);
        let (count, first) = self.roots_of(own);
        self.roots.at(first + count) as usize
    }

    /// Where a function's labels stand.
    fn labels(&mut self, of: Ref) -> usize {
        Self::labels_of(of).unwrap_or_else(|| self.own_labels(of))
    }

    /// What becomes of functions, label by label; none where these would be too many.
    pub(super) fn relabel(&mut self, functions: &[Ref], join: &mut dyn Join) -> Option<Ref> {
        // Each root, how many leaves it has, and which of them it is at.
        let mut roots: Vec<(Ref, usize, usize)> = Vec::new();
        let mut count: usize = 1;
        for &of in functions {
            if number(of).is_some() {
                continue;
            }
            let labels = self.labels(of);
            let (own, first) = self.roots_of(labels);
            for at in first..first + own {
                let root = self.roots.at(at);
                let place = roots.iter().position(|known| known.0 >= root).unwrap_or(roots.len());
                if roots.get(place).is_none_or(|known| known.0 != root) {
                    let leaves = self.count(root);
                    roots.insert(place, (root, leaves, 0));
                    count = count.saturating_mul(leaves);
                }
            }
        }
        if roots.len() > 1 && count > MOST_LABELS {
            return None;
        }
        self.look((count * functions.len()) as u32 / LABELS_A_BRANCH);
        let (place, start) = (self.labels.len(), self.stack.len());
        self.stack.extend(roots.iter().map(|root| root.0));
        let (group, new) = self.roots.place(self.stack.get(start..).unwrap_or_default());
        if new {
            self.roots.push(count as u32);
        }
        self.stack.truncate(start);
        self.labels.extend([group as u32, LABELLED | place as Ref]);
        let mut one = true;
        for _ in 0..count {
            for &of in functions {
                let label = if number(of).is_some() { of } else { self.label_at(of, &roots) };
                self.stack.push(label);
            }
            let label = join.join(self.stack.get(start..).unwrap_or_default()).unwrap_or(LEAF);
            self.stack.truncate(start);
            self.labels.push(label);
            one &= label == self.label(place + HEAD);
            for (_, leaves, at) in roots.iter_mut().rev() {
                *at += 1;
                if at < leaves {
                    break;
                }
                *at = 0;
            }
        }
        if !one {
            return Some(LABELLED | place as Ref);
        }
        let found = self.label(place + HEAD);
        self.labels.truncate(place);
        Some(found)
    }

    /// The label of a function where its roots, among others in order, are at some of their leaves.
    fn label_at(&mut self, of: Ref, roots: &[(Ref, usize, usize)]) -> Ref {
        let labels = self.labels(of);
        let (own, first) = self.roots_of(labels);
        let (mut next, mut place) = (first, 0);
        for &(root, leaves, at) in roots {
            if next < first + own && self.roots.at(next) == root {
                place = place * leaves + at;
                next += 1;
            }
        }
        self.label(labels + HEAD + place)
    }
}
