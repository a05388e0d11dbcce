//! Drawing functions of several roots: a table over the roots' leaves, which becomes smaller with each root that has come to a leaf.
//!
//! A table stands once, and has only the roots that it depends on; so what is the same from here on is drawn once, whatever was answered before.

use super::diagram::{Diagrams, LEAF, Ref, number};
use super::labels::HEAD;
use super::words::Words;

/// The tables of the function that is drawn: which of its roots each depends on, a bit each, and a label for each combination of their leaves.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    tables: Words,
    /// By table, root and leaf, the table that is left or its only label.
    rests: Words,
    /// How many leaves each root has, and where they stand among the labels.
    roots: Vec<(usize, usize)>,
}

impl Tables {
    /// A table without the roots that it does not depend on, or its only label.
    fn table(&mut self, mut on: u32, mut labels: Vec<Ref>) -> Ref {
        for root in 0..self.roots.len() {
            if on >> root & 1 == 1 {
                let (count, step) = self.shape(on, root);
                if labels.chunks(count * step).all(|part| part.chunks(step).all(|one| part.get(..step) == Some(one))) {
                    labels = slice(&labels, count, step, 0);
                    on &= !(1 << root);
                }
            }
        }
        if on == 0 {
            return labels.first().copied().unwrap_or(LEAF);
        }
        labels.insert(0, on);
        self.tables.place(&labels).0 as Ref
    }

    /// How many leaves a root of a table has, and how far it is from one's labels to the next one's.
    fn shape(&self, on: u32, root: usize) -> (usize, usize) {
        let counts = self.roots.iter().enumerate().filter(|(at, _)| on >> at & 1 == 1);
        let step = counts.filter(|(at, _)| *at > root).map(|(_, root)| root.0).product();
        (self.roots.get(root).map_or(1, |root| root.0), step)
    }

    /// Which roots a table depends on.
    fn on(&self, table: Ref) -> u32 {
        self.tables.at(table as usize + 1)
    }

    /// What is left of a table where a root has come to a leaf.
    fn rest(&mut self, all: &[Ref], table: Ref, root: usize, leaf: Ref) -> Ref {
        let (place, new) = self.rests.place(&[table, root as u32, leaf]);
        if !new {
            return self.rests.at(place + 4);
        }
        let on = self.on(table);
        let (count, step) = self.shape(on, root);
        let leaves = self.roots.get(root).and_then(|&(count, first)| all.get(first..first + count)).unwrap_or_default();
        let at = leaves.iter().position(|&known| known == leaf).unwrap_or_default();
        let labels = slice(self.tables.sequence(table).get(1..).unwrap_or_default(), count, step, at);
        let found = self.table(on & !(1 << root), labels);
        self.rests.push(found);
        found
    }
}

/// The labels of one leaf of a root.
fn slice(labels: &[Ref], count: usize, step: usize, at: usize) -> Vec<Ref> {
    labels.chunks(count * step).filter_map(|part| part.get(at * step..(at + 1) * step)).flatten().copied().collect()
}

impl Diagrams {
    /// A function as a node or leaf.
    pub fn draw(&mut self, of: Ref) -> Ref {
        let Some(place) = Self::labels_of(of) else { return of };
        let drawn = self.label(place + 1);
        if drawn != of {
            return drawn;
        }
        let (count, first) = self.roots_of(place);
        self.tables.tables.clear();
        self.tables.rests.clear();
        self.tables.roots.clear();
        self.memo.clear();
        let start = self.stack.len();
        self.stack.push(LEAF);
        for at in first..first + count {
            let root = self.roots.at(at);
            let leaves = (self.count(root), self.own_labels(root) + HEAD);
            self.tables.roots.push(leaves);
            self.stack.push(root);
        }
        let labels = self.labels.get(place + HEAD..place + HEAD + self.roots.at(first + count) as usize).unwrap_or_default().to_vec();
        let table = self.tables.table((1 << count) - 1, labels);
        let found = self.tabled(start, (1 << count) - 1, table);
        self.stack.truncate(start);
        if let Some(drawn) = self.labels.get_mut(place + 1) {
            *drawn = found;
        }
        found
    }

    /// What a table comes to, of the functions that stand on the stack, one for each of some roots, behind room for the table.
    fn tabled(&mut self, start: usize, mut on: u32, mut table: Ref) -> Ref {
        // What has come to a leaf is a root of the table no more.
        loop {
            if number(table).is_some() {
                return table;
            }
            let kept = self.tables.on(table);
            let (mut to, mut from, mut ended) = (start + 1, start + 1, None);
            for root in 0..self.tables.roots.len() {
                if on >> root & 1 == 1 {
                    let of = self.stack.get(from).copied().unwrap_or(LEAF);
                    from += 1;
                    if kept >> root & 1 == 1 {
                        if let Some(place) = self.stack.get_mut(to) {
                            *place = of;
                        }
                        to += 1;
                        if number(of).is_some() {
                            ended = Some((root, of));
                        }
                    }
                }
            }
            self.stack.truncate(to);
            on = kept;
            let Some((root, leaf)) = ended else { break };
            table = self.tables.rest(&self.labels, table, root, leaf);
        }
        if let Some(place) = self.stack.get_mut(start) {
            *place = table;
        }
        let inputs = self.stack.get(start..).unwrap_or_default();
        let level = inputs.iter().skip(1).map(|&of| self.level(of)).min().unwrap_or(usize::MAX);
        let (count, (place, new)) = (inputs.len(), self.memo.place(inputs));
        let result = place + 1 + count;
        if !new {
            return self.memo.at(result);
        }
        // Room for the result, which comes after those below.
        self.memo.push(LEAF);
        if !self.may_branch(level) {
            return LEAF;
        }
        let begin = self.begin(level);
        for branch in 0..self.branches(level) {
            let next = self.stack.len();
            self.stack.push(table);
            for at in start + 1..start + count {
                let of = self.stack.get(at).copied().unwrap_or(LEAF);
                self.stack.push(if self.level(of) == level { self.child(of, branch) } else { of });
            }
            let child = self.tabled(next, on, table);
            self.stack.truncate(next);
            self.add(child);
        }
        let found = self.end(begin);
        self.memo.set(result, found);
        found
    }
}
