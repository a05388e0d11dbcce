//! Expressions on variables that may still have any value of their type: definite where every value gives the same.

use super::{Binding, Checked, Request};
use crate::cel::{CheckedKind, Type};
use crate::compile::{lower_alone, parts};
use crate::engine::machine::{Kinds, Outcome, PartialInputs, Possible, PossibleReading, Values, evaluate_partial};
use crate::engine::text::Texts;
use crate::program::{Function, Program, Value, VariableId};

/// Open texts, bytes, lists and maps weigh at most so much: 100,000 bytes of text, or 6,250 elements.
const MOST: u32 = 6_250;
/// Parts of one expression that are looked at for what a result rests on.
const LOOKS: usize = 500;

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
    let folded = folded(checked, request);
    match definite(&folded, request) {
        Some(Ok(value)) => Settled::Value(value),
        Some(Err(())) => Settled::Fails,
        None => {
            let mut names = Vec::new();
            let mut looks = LOOKS;
            rests_on(&folded, request, &mut looks, &mut names);
            Settled::Open(names)
        }
    }
}

/// The one outcome of an expression, where it has one.
fn definite(checked: &Checked, request: &Request) -> Option<Result<Value, ()>> {
    let mut program = Program::default();
    let root = lower_alone(checked, &mut program.expressions);
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
    for part in parts(checked) {
        *looks = looks.saturating_sub(1);
        if *looks == 0 || definite(part, request).is_none() {
            rests_on(part, request, looks, names);
        }
    }
}

/// The expression with forms that rest on nothing open replaced by what they come to, for only the machine on values knows them.
fn folded(checked: &Checked, request: &Request) -> Checked {
    if matches!(checked.kind, CheckedKind::Form(..)) && is_known(checked, request) {
        let kind = match super::evaluated(checked, request) {
            Outcome::Value(value) => CheckedKind::Const(value),
            // Whatever fails, fails like this.
            _ => CheckedKind::Call(Function::Size, Vec::new()),
        };
        return Checked { kind, ty: checked.ty.clone(), span: checked.span };
    }
    let mut copy = checked.clone();
    // Within what binds variables a part may read them, and then means nothing by itself.
    if !matches!(copy.kind, CheckedKind::Form(..) | CheckedKind::Fold { .. }) {
        each_part(&mut copy.kind, &mut |part| *part = folded(part, request));
    }
    copy
}

/// Nothing open is read within.
fn is_known(checked: &Checked, request: &Request) -> bool {
    match checked.kind {
        CheckedKind::Variable(variable) => !matches!(request.bindings.get(variable), Some(Binding::Open)),
        _ => parts(checked).into_iter().all(|part| is_known(part, request)),
    }
}

fn each_part(kind: &mut CheckedKind, visit: &mut dyn FnMut(&mut Checked)) {
    match kind {
        CheckedKind::Call(_, items) | CheckedKind::And(items) | CheckedKind::Or(items) | CheckedKind::List(items) => {
            items.iter_mut().for_each(visit);
        }
        CheckedKind::Not(item) | CheckedKind::Member(item, _) | CheckedKind::Has(item, _) => visit(item),
        CheckedKind::If(test, then, otherwise) => [test, then, otherwise].into_iter().for_each(|item| visit(item)),
        CheckedKind::Map(entries) => entries.iter_mut().for_each(|(key, value)| {
            visit(key);
            visit(value);
        }),
        _ => {}
    }
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
