//! Drawing functions of several roots: a table over the roots' leaves, which becomes smaller with each root that has come to a leaf.
//!
//! A table stands once, and has only the roots that it depends on; so what is the same from here on is drawn once, whatever was answered before.

use super::diagram::{Change, Diagrams, LEAF, Ref, number};
use super::labels::HEAD;
use super::words::Words;

/// The tables of functions that are drawn.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    /// Which of some roots each depends on, a bit each, which roots these are, and a label for each combination of their leaves.
    tables: Words,
    /// By table, root and leaf, the table that is left or its only label.
    rests: Words,
    /// Where the roots stand together of the function that is drawn,
    group: u32,
    /// how many leaves each of them has, and where these stand among the labels.
    roots: Vec<(usize, usize)>,
}

impl Tables {
    /// Forgets everything; the room is kept.
    pub fn clear(&mut self) {
        self.tables.clear();
        self.rests.clear();
    }

    /// A table without the roots that it does not depend on, or its only label.
    fn table(&mut self, mut on: u32, mut labels: Vec<Ref>) -> Ref {
        for root in 0..self.roots.len() {
            if on >> root & 1 == 1 {
                let (count, step) = self.shape(on, root);
                if labels.iter().enumerate().all(|(at, label)| labels.get(at - at / step % count * step) == Some(label)) {
                    labels = slice(&labels, count, step, 0);
                    on &= !(1 << root);
                }
            }
        }
        if on == 0 {
            return labels.first().copied().unwrap_or(LEAF);
        }
        labels.insert(0, self.group);
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
        let labels = slice(self.tables.sequence(table).get(2..).unwrap_or_default(), count, step, at);
        let found = self.table(on & !(1 << root), labels);
        self.rests.push(found);
        found
    }
}

/// The labels of one leaf of a root.
fn slice(labels: &[Ref], count: usize, step: usize, leaf: usize) -> Vec<Ref> {
    let mut found = Vec::new();
    for part in labels.chunks(count * step) {
        found.extend_from_slice(part.get(leaf * step..(leaf + 1) * step).unwrap_or_default());
    }
    found
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
        let (root, labels) = (self.roots.at(first), self.roots.at(first + count) as usize);
        let found = if count == 1 {
            // The only table would be the labels.
            let own = self.own_labels(root);
            self.change(root, Change::Leaves(own + HEAD, place + HEAD, labels))
        } else {
            self.tabled(place, labels)
        };
        if let Some(drawn) = self.labels.get_mut(place + 1) {
            *drawn = found;
        }
        found
    }

    /// A function that has some labels as a node or leaf.
    fn tabled(&mut self, place: usize, labels: usize) -> Ref {
        self.tables.group = self.label(place);
        self.tables.roots.clear();
        let (count, first) = self.roots_of(place);
        for at in first..first + count {
            let root = self.roots.at(at);
            let leaves = (self.count(root), self.own_labels(root) + HEAD);
            self.tables.roots.push(leaves);
        }
        let labels = self.labels.get(place + HEAD..place + HEAD + labels).unwrap_or_default().to_vec();
        let table = self.tables.table((1 << count) - 1, labels);
        if number(table).is_some() {
            return table;
        }
        let start = self.stack.len();
        self.stack.push(table);
        for at in 0..count {
            if self.tables.on(table) >> at & 1 == 1 {
                self.stack.push(self.roots.at(first + at));
            }
        }
        let found = self.step(start, &mut None);
        self.stack.truncate(start);
        found
    }

    /// Takes roots that have come to a leaf from the table that stands on the stack before its roots; what it comes to, where that is one thing.
    pub(super) fn reduce(&mut self, start: usize) -> Option<Ref> {
        loop {
            let table = self.stack.get(start).copied()?;
            let roots = self.stack.get(start + 1..)?;
            let place = roots.iter().position(|&of| number(of).is_some())?;
            let leaf = roots.get(place).copied()?;
            let on = self.tables.on(table);
            let root = (0..place).fold(on, |on, _| on & (on - 1)).trailing_zeros();
            let rest = self.tables.rest(&self.labels, table, root as usize, leaf);
            if number(rest).is_some() {
                return Some(rest);
            }
            let kept = self.tables.on(rest);
            let (mut from, mut to) = (start + 1, start + 1);
            for root in 0..self.tables.roots.len() {
                if kept >> root & 1 == 1 {
                    let of = self.stack.get(from).copied()?;
                    *self.stack.get_mut(to)? = of;
                    to += 1;
                }
                from += (on >> root & 1) as usize;
            }
            self.stack.truncate(to);
            *self.stack.get_mut(start)? = rest;
        }
    }
}
