//! The layers of a decision and the steps that compute them.

use super::parts::Tree;
use super::{Check, MAX_POINTS, MAX_TOTAL};
#[cfg(feature = "full")]
use crate::program::hits;
use crate::program::{FIRST_VALUE, LoadErrorKind as Kind, Row, Score, ScoreBody, Step, Table};

impl Check<'_> {
    /// The parts of a decision. Each counts once, for no step comes twice.
    pub(super) fn layers(&mut self) {
        let program = self.program;
        for field in &program.fields {
            self.points(0, field.cost);
            if let Some(gate) = field.gate {
                self.condition(gate, 1);
            }
        }
        self.rows(&program.screen, &[]);
        for (at, score) in program.scores.iter().enumerate() {
            self.score(score, at);
        }
        for (at, table) in program.tables.iter().enumerate() {
            self.table(at, table);
        }
        if let Some(stages) = &program.stages {
            let count = self.finite(stages.variable);
            self.ensure(stages.require.len() == count && count > 0 && count <= 1000, Kind::Shape);
            self.fields(&stages.require);
            for item in &stages.moves {
                // Each move taken begins the search anew, and no stage is entered twice.
                self.condition(item.when, count);
                self.index(usize::from(item.to), count);
                self.indexes(&item.from, count);
            }
        }
        if let Some(route) = &program.route {
            self.rows(&route.rows, &[route.outcomes.len()]);
            if let Some(at) = route.on_fault {
                self.index(usize::from(at), route.outcomes.len());
            }
        }
        self.fields(&program.identity);
        #[cfg(feature = "full")]
        for sop in &program.life.sops {
            let whens = sop.steps.iter().filter_map(|step| step.when);
            [sop.enter].into_iter().chain(sop.leave).chain(whens).for_each(|when| self.condition(when, 1));
        }
    }

    fn table(&mut self, at: usize, table: &Table) {
        table.outputs.iter().for_each(|&output| self.computed(output));
        #[cfg(feature = "full")]
        if hits::has(&self.program.life.hits, at) {
            return;
        }
        let _ = at;
        let mut counts = Vec::new();
        for &output in &table.outputs {
            counts.push(self.finite(output));
        }
        self.rows(&table.rows, &counts);
    }

    /// Rows that give as many things as there are counts, each by an index below its count.
    pub(in crate::program) fn rows(&mut self, rows: &[Row], counts: &[usize]) {
        for row in rows {
            self.condition(row.when, 1);
            self.ensure(row.then.len() == counts.len(), Kind::Shape);
            for (&at, &count) in row.then.iter().zip(counts) {
                self.index(usize::from(at), count);
            }
        }
    }

    /// A score; it may add up those before it.
    fn score(&mut self, score: &Score, before: usize) {
        self.computed(score.variable);
        if let Some((low, high)) = score.range {
            self.points(low, high);
        }
        match &score.body {
            ScoreBody::Sum(parts) => self.indexes(parts, before),
            ScoreBody::Within(parts, low, high) => {
                self.ensure(self.program.slice.is_some(), Kind::Shape);
                self.points(*low, *high);
                self.indexes(parts, before);
            }
            ScoreBody::Groups(groups) => {
                for group in groups {
                    // A bound that is not there is as one that binds nothing.
                    self.points(group.min.unwrap_or(0), MAX_POINTS);
                    self.points(-MAX_POINTS, group.max.unwrap_or(0));
                    for rule in &group.rules {
                        for case in &rule.cases {
                            self.points(case.points, case.points);
                            self.condition(case.when, 1);
                        }
                    }
                }
            }
        }
    }

    /// Steps compute what is computed once, so what they look at says how long a decision may take.
    pub(super) fn steps(&mut self, trees: &[Tree]) {
        let program = self.program;
        let mut computed = vec![false; program.variables.len()];
        let mut alone = [false; 3];
        for step in &program.steps {
            // Steps may name the same table again and again; the second time is the last.
            if self.failure.is_some() {
                return;
            }
            match *step {
                Step::Gate(variable) => {
                    self.field(variable);
                    self.once(&mut computed, variable);
                }
                Step::Choose(variable, tree) => {
                    self.computed(variable);
                    self.once(&mut computed, variable);
                    let values = self.finite(variable);
                    let tree = self.tree(trees, tree);
                    self.ensure(usize::from(tree.greatest) < usize::from(FIRST_VALUE) + values, Kind::Shape);
                    self.work = self.work.saturating_add(tree.work);
                }
                Step::Compute(variable, node) => {
                    self.computed(variable);
                    self.once(&mut computed, variable);
                    self.index(node as usize, program.expressions.nodes.len());
                }
                Step::Score(at) => match program.scores.get(usize::from(at)) {
                    Some(score) => self.once(&mut computed, score.variable),
                    None => self.ensure(false, Kind::Index),
                },
                Step::Table(at) => match program.tables.get(usize::from(at)) {
                    Some(table) => table.outputs.iter().for_each(|&output| self.once(&mut computed, output)),
                    None => self.ensure(false, Kind::Index),
                },
                Step::Screen => self.once(&mut alone, 0),
                Step::Moves => self.once(&mut alone, 1),
                Step::Route => self.once(&mut alone, 2),
            }
        }
        self.ensure(self.work <= MAX_TOTAL, Kind::Depth);
    }
}
