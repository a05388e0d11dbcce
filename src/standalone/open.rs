//! Expressions on variables that may still have any value of their type: definite where every value gives the same.

use super::{Binding, Checked, Request};
use crate::cel::{CheckedKind, Type};
use crate::compile::lower_alone;
use crate::engine::machine::{Kinds, PartialInputs, Possible, PossibleReading, Values, evaluate_partial};
use crate::engine::text::Texts;
use crate::program::{Program, Value, VariableId};

/// Open texts, bytes, lists and maps weigh at most so much: 100,000 bytes of text, or 6,250 elements.
const MOST: u32 = 6_250;
/// Parts of one expression that are looked at for what a result rests on.
const LOOKS: usize = 100;

/// What an expression came to.
pub(super) enum Settled {
    /// The same whatever the open variables turn out to be.
    Value(Value),
    /// It fails whatever they turn out to be.
    Fails,
    /// It rests on these.
    Open(Vec<String>),
}

/// An expression of which at least one variable is open.
pub(super) fn settle(checked: &Checked, request: &Request) -> Settled {
    match definite(checked, request) {
        Some(Ok(value)) => Settled::Value(value),
        Some(Err(())) => Settled::Fails,
        None => {
            let mut names = Vec::new();
            let mut looks = LOOKS;
            rests_on(checked, request, &mut looks, &mut names);
            // No part is to blame where only all of them together may take too much work.
            if names.is_empty() {
                rests_on(checked, request, &mut 0, &mut names);
            }
            Settled::Open(names)
        }
    }
}

/// The one outcome of an expression, where it has one.
fn definite(checked: &Checked, request: &Request) -> Option<Result<Value, ()>> {
    let mut program = Program::default();
    let (root, _) = lower_alone(checked, &mut program.expressions);
    let Possible { values, unknown, fault, .. } = evaluate_partial(&program, &Texts::new(&program), root, request);
    match &values {
        _ if unknown => None,
        Values::Few(values) => match values.as_slice() {
            [value] if !fault => Some(Ok(value.clone())),
            [] if fault => Some(Err(())),
            _ => None,
        },
        _ => None,
    }
}

/// The open variables that a result rests on: those in parts that are not definite themselves.
fn rests_on(checked: &Checked, request: &Request, looks: &mut usize, names: &mut Vec<String>) {
    if let CheckedKind::Variable(variable) = checked.kind
        && matches!(request.bindings.get(variable), Some(Binding::Open))
        && let Some(variable) = request.env.variables.get(variable)
        && !names.contains(&variable.name)
    {
        names.push(variable.name.clone());
    }
    for part in checked.parts() {
        *looks = looks.saturating_sub(1);
        // What reads a variable that is bound around it means nothing by itself.
        if *looks == 0 || reads_local(part) || definite(part, request).is_none() {
            rests_on(part, request, looks, names);
        }
    }
}

fn reads_local(checked: &Checked) -> bool {
    matches!(checked.kind, CheckedKind::Local(_)) || checked.parts().into_iter().any(reads_local)
}

impl PartialInputs for Request {
    fn read(&self, variable: VariableId) -> PossibleReading {
        let at = usize::from(variable);
        let of = |values, fault| PossibleReading { values, absent: false, declined: false, masked: false, fault };
        match (self.bindings.get(at), self.env.variables.get(at)) {
            (Some(Binding::Value(value)), _) => of(Values::few(vec![value.clone()]), false),
            (Some(Binding::Open), Some(variable)) => of(values_of(&variable.ty), false),
            _ => of(Values::NONE, true),
        }
    }
}

/// Every value of a type.
fn values_of(ty: &Type) -> Values {
    match ty {
        Type::Null => Values::few(vec![Value::Null]),
        Type::Bool => Values::few(vec![Value::Bool(false), Value::Bool(true)]),
        Type::Int => Values::ints(i64::MIN, i64::MAX),
        Type::Uint => Values::Of(Kinds::UINT, 1),
        Type::Double => Values::Of(Kinds::DOUBLE, 1),
        Type::String => Values::Of(Kinds::STRING, MOST),
        Type::Bytes => Values::Of(Kinds::BYTES, MOST),
        Type::List(_) => Values::Of(Kinds::LIST, MOST),
        Type::Map(..) => Values::Of(Kinds::MAP, MOST),
        Type::Timestamp => Values::Of(Kinds::TIMESTAMP, 1),
        Type::Duration => Values::Of(Kinds::DURATION, 1),
        Type::Optional(_) => Values::Of(Kinds::OPTIONAL, MOST),
        _ => Values::Of(Kinds::ALL, MOST),
    }
}
