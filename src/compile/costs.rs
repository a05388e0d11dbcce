//! What expressions on the machine cost at worst, from what the document says of how long texts are.

use super::Builder;
use crate::engine::machine::{Bound, WORK_LIMIT, Worst, worst_case};
use crate::program::{Domain, HitPolicy, Node, NodeId, Step, VariableId};
use crate::report::Diagnostic;

impl Builder<'_> {
    /// Warns of every expression that can take more work than an evaluation may: on such a lead it faults.
    pub fn costs(&mut self) {
        let mut bounds: Vec<Bound> = (0..self.program.variables.len()).map(|variable| self.bound(variable)).collect();
        let mut found = Vec::new();
        // In the order in which a decision computes them, so that what a derive reads is bounded before.
        for step in &self.program.steps {
            let Step::Compute(variable, root) = *step else { continue };
            let worst = worst_case(&self.program, root, &|variable| bounds.get(usize::from(variable)).copied().unwrap_or_else(Bound::any));
            if worst.work > WORK_LIMIT {
                found.extend(self.costly(root, &worst));
            }
            if let Some(place) = bounds.get_mut(usize::from(variable)) {
                *place = worst.result;
            }
        }
        found.dedup_by_key(|found| found.span);
        self.report.extend(found);
    }

    fn bound(&self, variable: usize) -> Bound {
        match (self.program.variables.get(variable).map(|variable| &variable.domain), self.program.fields.get(variable)) {
            (Some(Domain::Text), Some(field)) => Bound::texts(field.max_length),
            (Some(Domain::Int(low, high)), _) => Bound::ints(*low, *high),
            (Some(Domain::Double(..)), _) => Bound::double(),
            (Some(Domain::Finite(values)), _) => Bound::values(values),
            // Of a derive, until the step that computes it has been seen.
            _ => self.collected(variable).unwrap_or_else(Bound::any),
        }
    }

    /// What a table collects: of each row at most one.
    fn collected(&self, variable: usize) -> Option<Bound> {
        let (at, table, output) = self.program.tables.iter().enumerate().find_map(|(at, table)| {
            let output = table.outputs.iter().position(|&output| usize::from(output) == variable)?;
            Some((at, table, output))
        })?;
        match &self.program.life.hits_of(at)?.policy {
            HitPolicy::Lists(values) => Some(Bound::lists_of(values.get(output)?, table.rows.len() as u64)),
            _ => None,
        }
    }

    fn costly(&self, root: NodeId, worst: &Worst) -> Option<Diagnostic> {
        let culprit = worst.culprit(&self.program, root, WORK_LIMIT);
        let span = self.place(culprit).or_else(|| self.place(root)).unwrap_or_default();
        let much = if worst.work > COUNTED { "any number of".to_owned() } else { worst.work.to_string() };
        let message = format!("this can take {much} steps of work, and more than {WORK_LIMIT} are a fault");
        let mut reads = Vec::new();
        self.reads_of(culprit, &mut reads);
        let named = |wanted: bool| reads.iter().filter(move |read| matches!(read, Read::Text(..)) == wanted);
        let help = if named(true).next().is_some() {
            let names: Vec<String> = named(true).map(Read::written).collect();
            format!("give a smaller `max_length` to {}", names.join(", "))
        } else if named(false).next().is_some() {
            let names: Vec<String> = named(false).map(Read::written).collect();
            format!("give a smaller `max` to {}", names.join(", "))
        } else {
            "visit fewer elements, or nest fewer comprehensions".to_owned()
        };
        Some(Diagnostic::warning("costly-expression", span, message).help(help))
    }

    /// The fields that an expression reads and that have a bound; also through derives that are computed.
    fn reads_of(&self, node: NodeId, reads: &mut Vec<Read>) {
        for part in self.program.expressions.reachable(node) {
            if let Some(Node::Variable(variable)) = self.program.expressions.nodes.get(part as usize) {
                self.read_of(*variable, reads);
            }
        }
    }

    fn read_of(&self, variable: VariableId, reads: &mut Vec<Read>) {
        let at = usize::from(variable);
        let read = match (self.program.variables.get(at), self.program.fields.get(at)) {
            (Some(known), Some(field)) if known.domain == Domain::Text => Read::Text(known.name.clone(), field.max_length),
            (Some(known), Some(_)) if matches!(known.domain, Domain::Int(..)) => Read::Int(known.name.clone()),
            (Some(_), None) => {
                let computed = self.program.steps.iter().find_map(|step| match step {
                    Step::Compute(made, root) if *made == variable => Some(*root),
                    _ => None,
                });
                return computed.into_iter().for_each(|root| self.reads_of(root, reads));
            }
            _ => return,
        };
        if !reads.contains(&read) {
            reads.push(read);
        }
    }
}

/// Costs beyond this say no more than that there is no bound.
const COUNTED: u64 = 1 << 40;

/// A field that an expression reads, by what bounds it.
#[derive(PartialEq)]
enum Read {
    /// Its greatest length.
    Text(String, u32),
    /// Its greatest value.
    Int(String),
}

impl Read {
    fn written(&self) -> String {
        match self {
            Self::Text(name, length) => format!("`{name}` ({length} now)"),
            Self::Int(name) => format!("`{name}`"),
        }
    }
}
