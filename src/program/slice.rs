//! What leaves for the page: messages in the place of outcomes, and variables that stand for what is secret.

use super::codec::record;
use super::validate::{Checked, ensure};
use super::{Domain, LoadErrorKind as Kind, Program, Step, VariableId};

/// What a visitor is told of each outcome, by public ids.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Messages {
    /// The ids.
    pub ids: Vec<String>,
    /// For each outcome of the route, the index of its message.
    pub routes: Vec<u16>,
    /// For each row of the screen, the index of its message.
    pub screen: Vec<u16>,
    /// The message where there is no outcome.
    pub otherwise: u16,
}

/// What makes a program a slice: in it, the outcomes of the route are messages, and a row of the screen comes out as its message.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Slice {
    /// Variables without name that stand for what is secret, ascending: any of their values, absent or faulted, in every lead.
    pub open: Vec<VariableId>,
}

record! {
    Messages { ids, routes, screen, otherwise }
    Slice { open }
}

/// Checks messages, and that a slice says nothing else and computes nothing that is secret.
pub(super) fn check(program: &Program) -> Checked {
    if let Some(messages) = &program.messages {
        let outcomes = program.route.as_ref().map_or(0, |route| route.outcomes.len());
        ensure(messages.routes.len() == outcomes && messages.screen.len() == program.screen.len(), Kind::Shape)?;
        let mut all = messages.routes.iter().chain(&messages.screen).chain([&messages.otherwise]);
        ensure(all.all(|&message| usize::from(message) < messages.ids.len()), Kind::Index)?;
    }
    let Some(slice) = &program.slice else { return Ok(()) };
    if let (Some(messages), Some(route)) = (&program.messages, &program.route) {
        ensure(route.outcomes == messages.ids && messages.routes.iter().enumerate().all(|(at, &message)| usize::from(message) == at), Kind::Shape)?;
    }
    ensure(program.messages.is_some() == program.route.is_some(), Kind::Shape)?;
    ensure(program.stages.is_none() && program.identity.is_empty() && program.queues.is_empty(), Kind::Shape)?;
    ensure(slice.open.is_sorted_by(|a, b| a < b), Kind::Shape)?;
    for &variable in &slice.open {
        let found = program.variables.get(usize::from(variable)).ok_or(Kind::Index)?;
        ensure(usize::from(variable) >= program.fields.len() && found.name.is_empty(), Kind::Shape)?;
        ensure(matches!(found.domain, Domain::Int(..) | Domain::Double(..) | Domain::Finite(_)), Kind::Shape)?;
        ensure(program.slots_of(variable).count() == 1, Kind::Shape)?;
    }
    let outputs = program.tables.iter().flat_map(|table| table.outputs.iter().copied());
    let computed = program.steps.iter().filter_map(|step| match step {
        Step::Gate(variable) | Step::Choose(variable, _) | Step::Compute(variable, _) => Some(*variable),
        _ => None,
    });
    let mut set = program.scores.iter().map(|score| score.variable).chain(outputs).chain(computed);
    ensure(set.all(|variable| slice.open.binary_search(&variable).is_err()), Kind::Shape)
}
