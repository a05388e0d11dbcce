//! Comprehensions: macros that visit the elements of a list or the keys of a map.

use super::{Checker, faulty, node};
use crate::cel::ast::{Expr, ExprKind};
use crate::cel::print::print;
use crate::cel::{Checked, CheckedKind, Type};
use crate::program::Fold;
use crate::report::Diagnostic;
use std::sync::Arc;

pub(super) fn fold_of(name: &str) -> Option<Fold> {
    Some(match name {
        "all" => Fold::All,
        "exists" => Fold::Exists,
        "exists_one" => Fold::ExistsOne,
        "filter" => Fold::Filter,
        "map" => Fold::Map,
        _ => return None,
    })
}

impl Checker<'_> {
    pub(super) fn comprehension(&mut self, expr: &Expr, fold: Fold, target: &Expr, name: &str, args: &[Expr]) -> Checked {
        let range = self.expr(target);
        let (variable, predicate, result) = match (fold, args) {
            (Fold::Map, [variable, result]) => (variable, None, Some(result)),
            (Fold::Map, [variable, predicate, result]) => (variable, Some(predicate), Some(result)),
            (Fold::All | Fold::Exists | Fold::ExistsOne | Fold::Filter, [variable, predicate]) => (variable, Some(predicate), None),
            _ => {
                let wanted = if fold == Fold::Map { "2 or 3" } else { "2" };
                let form = if fold == Fold::Map { "list.map(x, value)` or `list.map(x, condition, value)" } else { &format!("list.{name}(x, condition)") };
                let message = format!("`{name}` takes {wanted} arguments and has {}", args.len());
                return self.report(Diagnostic::error("wrong-argument-count", expr.span, message).help(format!("write `{form}`")));
            }
        };
        let ExprKind::Name { name: local, absolute: false } = &variable.kind else {
            let message = format!("`{}` cannot be the variable of `{name}`", print(variable));
            return self.report(Diagnostic::error("bad-variable", variable.span, message).help("its first argument is a plain name for the element, such as `x`"));
        };
        let element = match &range.ty {
            Type::List(element) => (**element).clone(),
            Type::Map(key, _) => (**key).clone(),
            Type::Dyn => Type::Dyn,
            Type::Error => Type::Error,
            ty => {
                let message = format!("`{name}` visits a list or map, and `{}` is {}", print(target), ty.with_article());
                let error = Diagnostic::error("wrong-type", target.span, message);
                let text = matches!(ty, Type::String | Type::Enum(_));
                self.report(error.help(if text { "`text.split(separator)` makes a list of a text" } else { "write a list such as `[1, 2]`" }));
                Type::Error
            }
        };
        self.locals.push((local.clone(), element.clone()));
        let predicate = predicate.map(|predicate| Box::new(self.truth(predicate, &format!("`{name}`"))));
        let result = result.map(|result| Box::new(self.expr(result)));
        self.locals.pop();
        if range.ty != Type::Dyn && element == Type::Error && !matches!(range.ty, Type::List(_) | Type::Map(..)) {
            return faulty(expr.span);
        }
        let ty = match fold {
            Fold::Filter => Type::List(Arc::new(element)),
            Fold::Map => Type::List(Arc::new(result.as_ref().map_or(Type::Dyn, |result| result.ty.clone()))),
            Fold::All | Fold::Exists | Fold::ExistsOne => Type::Bool,
        };
        node(CheckedKind::Fold { fold, range: Box::new(range), predicate, result }, ty, expr.span)
    }
}
