//! What the form is there to find out.

use super::Builder;
use super::names::unknown;
use crate::program::{Domain, Goal, VariableId};
use crate::report::Diagnostic;

impl Builder<'_> {
    /// What `settle` names; where it says nothing, the route, or the stage, or else the first output that has a goal's values.
    pub fn settle(&mut self) {
        let document = self.document;
        let goals = self.goals();
        let Some(named) = document.ask.as_ref().and_then(|ask| ask.settle.as_ref()) else {
            self.program.ask.settle = goals.first().map_or(Goal::Route, |(_, goal)| *goal);
            return;
        };
        if let Some((_, goal)) = goals.iter().find(|(name, _)| *name == named.value) {
            self.program.ask.settle = *goal;
        } else if document.tables.iter().flat_map(|table| &table.outputs).any(|output| output.name.value == named.value) {
            let message = format!("`settle` names `{}`, whose values are not told one by one", named.value);
            let help = "name the route, the stage, or an output of which one row gives the value: a list, a sum or a count is settled too late to end a form";
            self.error(Diagnostic::error("cannot-settle", named.span, message).help(help));
        } else {
            let known: Vec<&str> = goals.iter().map(|(name, _)| name.as_str()).collect();
            let found = unknown("unknown-name", named, &format!("`settle` names `{}`, which is not the route, the stage or a table output", named.value), &known);
            self.error(found);
        }
    }

    /// What a form of this policy can be there for, by name.
    fn goals(&self) -> Vec<(String, Goal)> {
        let (document, program) = (self.document, &self.program);
        let route = program.route.is_some().then(|| ("route".to_owned(), Goal::Route));
        let stage = document.stages.is_some().then(|| ("stage".to_owned(), Goal::Stage));
        let outputs = program.tables.iter().flat_map(|table| &table.outputs).filter_map(|&output: &VariableId| {
            let variable = program.variables.get(usize::from(output))?;
            matches!(variable.domain, Domain::Finite(_)).then(|| (variable.name.clone(), Goal::Output(output)))
        });
        route.into_iter().chain(stage).chain(outputs).collect()
    }
}
