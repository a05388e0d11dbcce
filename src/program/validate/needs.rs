//! What a build must have to run a program.

#[cfg(feature = "expressions")]
use crate::program::{Domain, Value, Variable};
#[cfg(feature = "full")]
use crate::program::{Format, ListBody};
use crate::program::{COMPUTES, Function, Node, Program};

/// Whether it computes on values, or holds others than those that cells stand for.
#[cfg(feature = "expressions")]
pub fn needs_machine(program: &Program) -> bool {
    let other = |value: &Value| !matches!(value, Value::Null | Value::Bool(_) | Value::Int(_) | Value::Double(_) | Value::String(_));
    let domain = |variable: &Variable| matches!(&variable.domain, Domain::Finite(values) if values.iter().any(other));
    !program.expressions.nodes.is_empty()
        || program.expressions.constants.iter().any(other)
        || program.variables.iter().any(domain)
        || program.fields.iter().flat_map(|field| &field.choices).any(|choice| other(&choice.value))
}

/// A build without the machine reads nothing that needs it.
#[cfg(not(feature = "expressions"))]
pub fn needs_machine(_: &Program) -> bool {
    false
}

/// Whether it uses what the page build leaves out: numbers to text, the library, what is computed from events, moves that rest on a lead's past, packed lists, and tables of which more than the
/// first row that holds counts.
pub fn needs_full(program: &Program) -> bool {
    #[cfg(feature = "full")]
    let life = &program.life;
    #[cfg(feature = "full")]
    if !life.events.is_empty() || !life.moves.is_empty() || !life.sops.is_empty() || !life.hits.is_empty() {
        return true;
    }
    #[cfg(feature = "full")]
    if program.fields.iter().any(|field| field.format == Format::Uscc) || program.lists.iter().any(|list| matches!(list.body, ListBody::Packed(_) | ListBody::Detached(_))) {
        return true;
    }
    COMPUTES && program.expressions.nodes.iter().any(|node| match node {
        Node::Call(function, _) => *function == Function::ToString || function.of_library(),
        #[cfg(feature = "full")]
        Node::Form(..) => true,
        _ => false,
    })
}
