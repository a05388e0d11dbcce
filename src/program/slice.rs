//! What leaves for the page: messages in the place of outcomes, and variables that stand for what is secret.

use super::codec::record;
use super::validate::Check;
use super::{Domain, LoadErrorKind as Kind, VariableId};

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

/// Checks messages, and that a slice says nothing else.
pub(super) fn check(check: &mut Check) {
    let program = check.program;
    if let Some(messages) = &program.messages {
        let outcomes = program.route.as_ref().map_or(0, |route| route.outcomes.len());
        check.ensure(messages.routes.len() == outcomes && messages.screen.len() == program.screen.len(), Kind::Shape);
        for all in [&messages.routes[..], &messages.screen, &[messages.otherwise]] {
            check.indexes(all, messages.ids.len());
        }
    }
    let Some(slice) = &program.slice else { return };
    if let (Some(messages), Some(route)) = (&program.messages, &program.route) {
        check.ensure(route.outcomes == messages.ids, Kind::Shape);
        for (at, &message) in messages.routes.iter().enumerate() {
            check.ensure(usize::from(message) == at, Kind::Shape);
        }
    }
    check.ensure(program.messages.is_some() == program.route.is_some(), Kind::Shape);
    check.ensure(program.stages.is_none() && program.identity.is_empty(), Kind::Shape);
    check.ensure(slice.open.is_sorted_by(|a, b| a < b), Kind::Shape);
    for &variable in &slice.open {
        let Some(found) = program.variables.get(usize::from(variable)) else { return check.ensure(false, Kind::Index) };
        check.ensure(usize::from(variable) >= program.fields.len() && found.name.is_empty(), Kind::Shape);
        check.ensure(matches!(found.domain, Domain::Int(..) | Domain::Double(..) | Domain::Finite(_)), Kind::Shape);
        check.ensure(program.slots_of(variable).count() == 1, Kind::Shape);
    }
}
