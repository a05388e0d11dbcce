//! Decision diagrams: functions of the answers that are still open, every function once.
//!
//! A node asks for one open field (its level; lower levels first) and has a child for each of the field's branches. A node whose children are all the same is that child,
//! and equal nodes are one, so two functions are equal if and only if they are the same reference, and a field is in a diagram if and only if the function depends on it
//! (Bryant 1986, for many values and many leaves).

use super::words::Words;

/// A node by its place, or a leaf.
pub type Ref = u32;

/// What is added to a leaf's number.
const LEAF: Ref = 1 << 31;

/// A leaf.
pub const fn leaf(number: u32) -> Ref {
    LEAF | number
}

/// The number of a leaf; none for a node.
pub fn number(of: Ref) -> Option<u32> {
    (of & LEAF != 0).then_some(of & !LEAF)
}

/// How many branches may be looked at until a function is drawn, and again until a plan is made: what takes more is not worth the wait, and another way is taken.
const MOST_WORK: u32 = 1 << 19;
/// How many numbers nodes may take: one question never comes so far, but walks through all forms may.
const MOST_WORDS: usize = 1 << 25;

/// What is made of functions, from one reference for each of them. As `dyn FnMut`, each closure would bring along how it is called once, in the page's download.
pub trait Join {
    /// What comes of these, as soon as that can be said, at the latest when all are leaves.
    fn join(&mut self, inputs: &[Ref]) -> Option<Ref>;
}

impl<F: FnMut(&[Ref]) -> Option<Ref>> Join for F {
    fn join(&mut self, inputs: &[Ref]) -> Option<Ref> {
        self(inputs)
    }
}

/// What is made of a number; as [`Join`].
pub trait Count<From> {
    /// The number of the leaf.
    fn count(&mut self, from: From) -> u32;
}

impl<From, F: FnMut(From) -> u32> Count<From> for F {
    fn count(&mut self, from: From) -> u32 {
        self(from)
    }
}

/// Functions of open fields.
#[derive(Debug, Clone, Default)]
pub struct Diagrams {
    /// How many branches each level has.
    branches: Vec<u16>,
    nodes: Words,
    memo: Words,
    /// Which walk through a function this is: what a node is marked with belongs to one of them.
    walk: u32,
    /// The inputs of the calls under way, and the children that they have so far.
    stack: Vec<Ref>,
    /// How many branches were looked at.
    work: u32,
}

impl Diagrams {
    /// Forgets everything; the room is kept.
    pub fn clear(&mut self) {
        self.branches.clear();
        self.nodes.clear();
        self.stack.clear();
        self.work = 0;
    }

    /// Adds a level below the others.
    pub fn add_level(&mut self, branches: usize) {
        self.branches.push(branches as u16);
    }

    /// How many branches a level has.
    pub fn branches(&self, level: usize) -> usize {
        self.branches.get(level).copied().map_or(0, usize::from)
    }

    /// Whether it became too much: references are then meaningless.
    pub fn is_exhausted(&self) -> bool {
        self.work >= MOST_WORK || self.nodes.len() >= MOST_WORDS
    }

    /// The level of a node; beyond all levels for a leaf.
    pub fn level(&self, of: Ref) -> usize {
        if number(of).is_some() { usize::MAX } else { self.nodes.at(of as usize + 1) as usize }
    }

    /// What a node is on a branch of its level.
    pub fn child(&self, of: Ref, branch: usize) -> Ref {
        self.nodes.at(of as usize + 2 + branch)
    }

    /// Counts the branches of a level as looked at; whether they may be.
    pub fn may_branch(&mut self, level: usize) -> bool {
        self.work = self.work.saturating_add(self.branches(level) as u32);
        !self.is_exhausted()
    }

    /// How many branches were looked at since the last rest.
    pub fn work(&self) -> u32 {
        self.work
    }

    /// Begins to count anew.
    pub fn rest(&mut self) {
        self.work = 0;
    }

    /// Gives up.
    pub fn exhaust(&mut self) {
        self.work = MOST_WORK;
    }

    /// Where a node's marks stand: behind its children.
    fn marks(&self, of: Ref) -> usize {
        of as usize + 1 + self.nodes.at(of as usize) as usize
    }

    /// Marks a node as seen by this walk: where what comes of it stands, and whether the walk sees it for the first time.
    fn see(&mut self, of: Ref) -> (usize, bool) {
        let marks = self.marks(of);
        let new = self.nodes.at(marks) != self.walk;
        self.nodes.set(marks, self.walk);
        (marks + 1, new)
    }

    /// A node's price, where it was set; prices are not negative.
    pub fn price(&self, of: Ref) -> Option<f64> {
        let at = self.marks(of) + 2;
        let price = f64::from_bits(u64::from(self.nodes.at(at)) << 32 | u64::from(self.nodes.at(at + 1)));
        (price >= 0.0).then_some(price)
    }

    /// Sets a node's price.
    pub fn set_price(&mut self, of: Ref, price: f64) {
        let (at, bits) = (self.marks(of) + 2, price.to_bits());
        self.nodes.set(at, (bits >> 32) as u32);
        self.nodes.set(at + 1, bits as u32);
    }

    /// Makes room on the stack for a node of a level; where its children begin.
    pub fn begin(&mut self, level: usize) -> usize {
        // The level stands before its children.
        let children = self.stack.len() + 1;
        self.stack.resize(children + self.branches(level), LEAF);
        children
    }

    /// Puts a child where `begin` made room.
    pub fn put(&mut self, place: usize, child: Ref) {
        if let Some(place) = self.stack.get_mut(place) {
            *place = child;
        }
    }

    /// The node that `begin` made room for.
    pub fn end(&mut self, level: usize, children: usize) -> Ref {
        let found = self.node(level, children);
        self.stack.truncate(children - 1);
        found
    }

    /// The node of a level with the children on the stack from a place on.
    fn node(&mut self, level: usize, children: usize) -> Ref {
        let all = self.stack.get(children..).unwrap_or_default();
        let first = all.first().copied().unwrap_or(LEAF);
        if all.iter().all(|&child| child == first) {
            return first;
        }
        self.put(children - 1, level as u32);
        let (place, new) = self.nodes.place(self.stack.get(children - 1..).unwrap_or_default());
        if new {
            // The walk that saw it last, what came of it then, and its price.
            for word in [0, 0, u32::MAX, u32::MAX] {
                self.nodes.push(word);
            }
        }
        place as Ref
    }

    /// The function of a level that has a leaf for each branch.
    pub fn variable(&mut self, level: usize, numbers: &mut dyn Iterator<Item = u32>) -> Ref {
        let start = self.stack.len();
        self.stack.push(0);
        self.stack.extend(numbers.map(leaf));
        let node = self.node(level, start + 1);
        self.stack.truncate(start);
        node
    }

    /// What becomes of functions.
    pub fn apply(&mut self, functions: &[Ref], join: &mut dyn Join) -> Ref {
        self.memo.clear();
        self.walk = self.walk.wrapping_add(1);
        let start = self.stack.len();
        self.stack.extend_from_slice(functions);
        let found = self.step(start, functions.len(), join);
        self.stack.truncate(start);
        found
    }

    /// What becomes of one function's leaves, number by number.
    pub fn map(&mut self, of: Ref, to: &mut dyn Count<u32>) -> Ref {
        self.apply(&[of], &mut |inputs: &[Ref]| inputs.first().and_then(|&input| number(input)).map(|number| leaf(to.count(number))))
    }

    /// One of the functions that follow the first, by the number that the first comes to.
    pub fn select(&mut self, functions: &[Ref]) -> Ref {
        self.apply(functions, &mut |inputs: &[Ref]| inputs.get(1 + number(*inputs.first()?)? as usize).copied())
    }

    fn step(&mut self, start: usize, count: usize, join: &mut dyn Join) -> Ref {
        let inputs = self.stack.get(start..start + count).unwrap_or_default();
        if let Some(found) = join.join(inputs) {
            return found;
        }
        let level = inputs.iter().map(|&input| self.level(input)).min().unwrap_or(usize::MAX);
        // One function's nodes tell themselves what became of them.
        let (result, new) = match *inputs {
            [node] if number(node).is_none() => self.see(node),
            _ => {
                let (place, new) = self.memo.place(inputs);
                if new {
                    // Room for the result, which comes after those below.
                    self.memo.push(LEAF);
                }
                (place + 1 + count, new)
            }
        };
        if !new {
            return if count == 1 { self.nodes.at(result) } else { self.memo.at(result) };
        }
        if level == usize::MAX || !self.may_branch(level) {
            return LEAF;
        }
        let children = self.begin(level);
        for branch in 0..self.branches(level) {
            let next = self.stack.len();
            for at in start..start + count {
                let input = self.stack.get(at).copied().unwrap_or(LEAF);
                self.stack.push(if self.level(input) == level { self.child(input, branch) } else { input });
            }
            let child = self.step(next, count, join);
            self.stack.truncate(next);
            self.put(children + branch, child);
        }
        let found = self.end(level, children);
        if count == 1 { self.nodes.set(result, found) } else { self.memo.set(result, found) }
        found
    }

    /// The function where a level has taken a branch.
    pub fn fix(&mut self, of: Ref, level: usize, branch: usize) -> Ref {
        self.walk = self.walk.wrapping_add(1);
        self.fixed(of, level, branch)
    }

    fn fixed(&mut self, of: Ref, level: usize, branch: usize) -> Ref {
        let own = self.level(of);
        if own > level {
            return of;
        }
        if own == level {
            return self.child(of, branch);
        }
        let (result, new) = self.see(of);
        if !new {
            return self.nodes.at(result);
        }
        if !self.may_branch(own) {
            return LEAF;
        }
        let children = self.begin(own);
        for below in 0..self.branches(own) {
            let child = self.fixed(self.child(of, below), level, branch);
            self.put(children + below, child);
        }
        let found = self.end(own, children);
        self.nodes.set(result, found);
        found
    }

    /// Which levels a function depends on.
    pub fn support(&mut self, of: Ref) -> Vec<bool> {
        let mut found = vec![false; self.branches.len()];
        self.visit(of, &mut |diagrams, node| {
            if let Some(found) = found.get_mut(diagrams.level(node)) {
                *found = true;
            }
        });
        found
    }

    /// Visits every node and leaf of a function once, what a node rests on before it.
    pub fn visit(&mut self, of: Ref, see: &mut dyn FnMut(&Self, Ref)) {
        self.walk = self.walk.wrapping_add(1);
        self.memo.clear();
        self.visited(of, see);
    }

    fn visited(&mut self, of: Ref, see: &mut dyn FnMut(&Self, Ref)) {
        if number(of).is_some() {
            if self.memo.place(&[of]).1 {
                see(self, of);
            }
            return;
        }
        if self.see(of).1 {
            for branch in 0..self.branches(self.level(of)) {
                self.visited(self.child(of, branch), see);
            }
            see(self, of);
        }
    }
}
