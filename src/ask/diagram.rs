//! Decision diagrams: functions of the answers that are still open, every function once.
//!
//! A node asks for one open field (its level; lower levels first) and has a child for each of the field's branches. A node whose children are all the same is that child,
//! and equal nodes are one, so two functions are equal if and only if they are the same reference, and a field is in a diagram if and only if the function depends on it
//! (Bryant 1986, for many values and many leaves).

use super::tables::Tables;
use super::words::Words;

/// A node by its place, a leaf, or what has [others' nodes](super::labels).
pub type Ref = u32;

/// What is added to a leaf's number.
pub(super) const LEAF: Ref = 1 << 31;

/// A leaf.
pub const fn leaf(number: u32) -> Ref {
    LEAF | number
}

/// The number of a leaf; none for other functions.
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

/// The first level that shares its bit with those below.
const BEYOND: u32 = 31;

/// What is made of one function.
#[derive(Clone, Copy)]
pub(super) enum Change {
    /// Other leaves: where these are labels of themselves, and where the labels are that they become, so many.
    Leaves(usize, usize, usize),
    /// A level takes a branch.
    Fix(usize, usize),
}

/// Functions of open fields.
#[derive(Debug, Clone, Default)]
pub struct Diagrams {
    /// How many branches each level has.
    branches: Vec<u16>,
    pub(super) nodes: Words,
    /// What became of functions that were joined: behind the number of the call, or behind their table.
    memo: Words,
    /// How many calls joined functions that had to be drawn.
    calls: u32,
    /// The labels of functions that were not drawn; and for each of their roots its leaves, as labels of themselves.
    pub(super) labels: Vec<Ref>,
    /// The roots that functions have together.
    pub(super) roots: Words,
    /// Leaves that were seen.
    pub(super) known: Words,
    /// The tables of the function that is drawn.
    pub(super) tables: Tables,
    /// Which walk through a function this is: what a node is marked with belongs to one of them.
    pub(super) walk: u32,
    /// The inputs of the calls under way, and the children that they have so far.
    pub(super) stack: Vec<Ref>,
    /// How many branches were looked at.
    work: u32,
}

impl Diagrams {
    /// Forgets everything; the room is kept.
    pub fn clear(&mut self) {
        self.branches.clear();
        self.nodes.clear();
        self.labels.clear();
        self.roots.clear();
        self.tables.clear();
        self.memo.clear();
        self.calls = 0;
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
        self.look(self.branches(level) as u32);
        !self.is_exhausted()
    }

    /// Counts branches as looked at.
    pub(super) fn look(&mut self, branches: u32) {
        self.work = self.work.saturating_add(branches);
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

    /// Where a node's marks stand: behind its children, and what it depends on.
    pub(super) fn marks(&self, of: Ref) -> usize {
        of as usize + 2 + self.nodes.at(of as usize) as usize
    }

    /// Which of the first levels a function depends on, and whether on any beyond, a bit each.
    pub(super) fn mask(&self, of: Ref) -> u32 {
        if number(of).is_some() { 0 } else { self.nodes.at(self.marks(of) - 1) }
    }

    /// Marks a node as seen by this walk: where what comes of it stands, and whether the walk sees it for the first time.
    #[inline(always)]
    fn see(&mut self, of: Ref) -> (usize, bool) {
        let marks = self.marks(of);
        let new = self.nodes.at(marks) != self.walk;
        self.nodes.set(marks, self.walk);
        (marks + 1, new)
    }

    /// A node's price, where it was set; prices are not negative.
    pub fn price(&self, of: Ref) -> Option<f64> {
        let price = self.nodes.double(self.marks(of) + 2);
        (price >= 0.0).then_some(price)
    }

    /// Sets a node's price.
    pub fn set_price(&mut self, of: Ref, price: f64) {
        self.nodes.set_double(self.marks(of) + 2, price);
    }

    /// Begins a node of a level, whose children are [added](Self::add) one after the other; where it begins.
    pub fn begin(&mut self, level: usize) -> usize {
        self.add(level as u32);
        self.stack.len() - 1
    }

    /// Adds a child to the node that began last and has not ended.
    pub fn add(&mut self, child: Ref) {
        self.stack.push(child);
    }

    /// The node that began at a place.
    pub fn end(&mut self, begin: usize) -> Ref {
        let found = self.node(begin);
        self.stack.truncate(begin);
        found
    }

    /// The node that stands on the stack from a place on: its level and its children.
    #[cfg_attr(for_size, optimize(speed))]
    fn node(&mut self, begin: usize) -> Ref {
        let words = self.stack.get(begin..).unwrap_or_default();
        let first = words.get(1).copied().unwrap_or(LEAF);
        if words.iter().skip(1).all(|&child| child == first) {
            return first;
        }
        let (place, new) = self.nodes.place(words);
        if new {
            let mut mask = 1 << words.first().map_or(BEYOND, |&level| level.min(BEYOND));
            for &child in words.iter().skip(1) {
                mask |= self.mask(child);
            }
            self.nodes.push(mask);
            // The walk that saw it last, what came of it then, its price, and where its leaves stand: none so far.
            self.nodes.extend(5, u32::MAX);
        }
        place as Ref
    }

    /// The function of a level that has a leaf for each branch.
    pub fn variable(&mut self, level: usize, numbers: &mut dyn Iterator<Item = u32>) -> Ref {
        let begin = self.begin(level);
        self.stack.extend(numbers.map(leaf));
        self.end(begin)
    }

    /// What becomes of functions; to be [drawn](Self::draw) before somebody looks inside.
    pub fn apply(&mut self, functions: &[Ref], join: &mut dyn Join) -> Ref {
        if let Some(found) = join.join(functions) {
            return found;
        }
        let start = self.stack.len();
        let mut functions = functions.to_vec();
        loop {
            if let Some(found) = self.relabel(&functions, join) {
                return found;
            }
            // What rests on the fewest questions is drawn with the least work.
            let questions = |of: &Ref| self.levels_of(*of).count_ones();
            let Some(least) = functions.iter_mut().filter(|of| Self::labels_of(**of).is_some()).min_by_key(|of| questions(of)) else { break };
            *least = self.draw(*least);
        }
        // No other call's.
        self.calls += 1;
        self.stack.push(LEAF | self.calls);
        self.stack.extend(&functions);
        let found = self.step(start, &mut Some(join));
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

    /// What is joined of the functions that stand on the stack behind what they are joined by; without a join, of the roots of a [table](super::tables).
    #[cfg_attr(for_size, optimize(speed))]
    pub(super) fn step(&mut self, start: usize, join: &mut Option<&mut dyn Join>) -> Ref {
        let found = match join {
            Some(join) => join.join(self.stack.get(start + 1..).unwrap_or_default()),
            None => self.reduce(start),
        };
        if let Some(found) = found {
            return found;
        }
        let inputs = self.stack.get(start..).unwrap_or_default();
        let (place, new) = self.memo.place(inputs);
        let (end, result) = (start + inputs.len(), place + 1 + inputs.len());
        if !new {
            return self.memo.at(result);
        }
        let level = inputs.iter().skip(1).map(|&input| self.level(input)).min().unwrap_or(usize::MAX);
        // Room for the result, which comes after those below.
        self.memo.push(LEAF);
        if level == usize::MAX || !self.may_branch(level) {
            return LEAF;
        }
        let begin = self.begin(level);
        for branch in 0..self.branches(level) {
            let next = self.stack.len();
            for at in start..end {
                let input = self.stack.get(at).copied().unwrap_or(LEAF);
                self.stack.push(if at > start && self.level(input) == level { self.child(input, branch) } else { input });
            }
            let child = self.step(next, join);
            self.stack.truncate(next);
            self.add(child);
        }
        let found = self.end(begin);
        self.memo.set(result, found);
        found
    }

    /// The function where a level has taken a branch.
    pub fn fix(&mut self, of: Ref, level: usize, branch: usize) -> Ref {
        self.change(of, Change::Fix(level, branch))
    }

    /// What a change makes of a function.
    pub(super) fn change(&mut self, of: Ref, change: Change) -> Ref {
        self.walk = self.walk.wrapping_add(1);
        self.changed(of, change)
    }

    fn changed(&mut self, of: Ref, change: Change) -> Ref {
        let level = self.level(of);
        match change {
            Change::Leaves(from, to, count) if level == usize::MAX => {
                let place = self.labels.get(from..from + count).unwrap_or_default().iter().position(|&leaf| leaf == of);
                return self.label(to + place.unwrap_or_default());
            }
            Change::Fix(fixed, branch) if level >= fixed => return if level == fixed { self.child(of, branch) } else { of },
            _ => {}
        }
        let (result, new) = self.see(of);
        if !new {
            return self.nodes.at(result);
        }
        if !self.may_branch(level) {
            return LEAF;
        }
        let begin = self.begin(level);
        let mut same = true;
        for branch in 0..self.branches(level) {
            let child = self.child(of, branch);
            let found = self.changed(child, change);
            same &= found == child;
            self.add(found);
        }
        let found = if same { of } else { self.node(begin) };
        self.stack.truncate(begin);
        self.nodes.set(result, found);
        found
    }

    /// Which levels a function depends on.
    pub fn support(&mut self, of: Ref) -> Vec<bool> {
        let mask = self.mask(of);
        let mut found: Vec<bool> = (0..self.branches.len()).map(|level| level < BEYOND as usize && mask >> level & 1 == 1).collect();
        if mask >> BEYOND == 0 {
            return found;
        }
        self.visit(of, &mut |diagrams, node| {
            if let Some(found) = found.get_mut(diagrams.level(node)) {
                *found = true;
            }
        });
        found
    }

    /// Visits every node of a function once, what a node rests on before it.
    pub fn visit(&mut self, of: Ref, see: &mut dyn FnMut(&Self, Ref)) {
        self.walk = self.walk.wrapping_add(1);
        if number(of).is_none() {
            self.visited(of, see);
        }
    }

    fn visited(&mut self, of: Ref, see: &mut dyn FnMut(&Self, Ref)) {
        if self.see(of).1 {
            for branch in 0..self.branches(self.level(of)) {
                let child = self.child(of, branch);
                if number(child).is_none() {
                    self.visited(child, see);
                }
            }
            see(self, of);
        }
    }
}
