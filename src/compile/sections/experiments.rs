//! Experiments: derives that share out texts among arms.

use std::sync::Arc;

use super::super::Builder;
use crate::cel::{Checked, CheckedKind, EnumType, Type};
use crate::document::DeriveDef;
use crate::program::{Form, Function, Value};
use crate::report::Diagnostic;

impl Builder<'_> {
    /// The expression of an experiment: the name of the arm that its text goes to. The index of the arm is found once, and then chosen by, for of an index the machine knows
    /// all that it may be while the text is open.
    pub fn arms(&mut self, experiment: &DeriveDef, text: Checked) -> Option<Checked> {
        let (name, span) = (&experiment.name.value, text.span);
        if !matches!(text.ty, Type::String | Type::Enum(_)) {
            let message = format!("the experiment `{name}` is by a text, and this is {}", text.ty);
            self.error(Diagnostic::error("wrong-type", span, message).help("name what tells leads apart, such as `email`; turn a number into a text with `string(…)`"));
            return None;
        }
        let constant = |value: Value, ty: Type| Checked { kind: CheckedKind::Const(value), ty, span };
        let string = |text: &str| Value::String(text.into());
        let listed = [string(name)].into_iter().chain(experiment.arms.iter().flat_map(|(arm, weight)| [string(&arm.value), Value::Int(i64::from(*weight))]));
        let listed = constant(Value::List(listed.collect()), Type::List(Arc::new(Type::Dyn)));
        let count = constant(Value::Int(experiment.arms.len() as i64), Type::Int);
        let index = Checked { kind: CheckedKind::Call(Function::Arm, vec![text, listed, count]), ty: Type::Int, span };
        let values = experiment.arms.iter().map(|(arm, _)| arm.value.clone()).collect();
        let ty = Type::Enum(Arc::new(EnumType { name: format!("experiment `{name}`"), values }));
        // The last arm is asked for as well: where the text is not known, no arm is.
        let (last, _) = experiment.arms.last()?;
        let chosen = experiment.arms.iter().enumerate().rev().fold(constant(string(&last.value), ty.clone()), |otherwise, (at, (arm, _))| {
            let local = Checked { kind: CheckedKind::Local(0), ty: Type::Int, span };
            let is_it = CheckedKind::Call(Function::Equal, vec![local, constant(Value::Int(at as i64), Type::Int)]);
            let test = Checked { kind: is_it, ty: Type::Bool, span };
            let arm = constant(string(&arm.value), ty.clone());
            Checked { kind: CheckedKind::If(Box::new(test), Box::new(arm), Box::new(otherwise)), ty: ty.clone(), span }
        });
        Some(Checked { kind: CheckedKind::Form(Form::Bind, vec![index, chosen]), ty, span })
    }
}
