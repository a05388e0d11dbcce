//! Comprehensions: macros that visit the elements of a list or the keys of a map.

use super::{Checker, Local, MAX_COMPREHENSIONS, faulty, node};
use crate::cel::ast::{Expr, ExprKind};
use crate::cel::print::print;
use crate::cel::{Checked, CheckedKind, Type};
use crate::program::{Fold, Form, Function, Value};
use crate::report::Diagnostic;
use std::sync::Arc;

pub(super) fn fold_of(name: &str) -> Option<Fold> {
    Some(match name {
        "all" => Fold::All,
        "exists" => Fold::Exists,
        "exists_one" | "existsOne" => Fold::ExistsOne,
        "filter" => Fold::Filter,
        "map" => Fold::Map,
        _ => return None,
    })
}

/// Whether a macro is written with so many arguments.
pub(super) fn takes(fold: Fold, args: usize) -> bool {
    args == 2 || args == 3 && fold == Fold::Map
}

/// What a macro that names keys and values, or places and elements, gives.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gives {
    /// What the macro of one name gives.
    Fold(Fold),
    List,
    Map,
    /// A map of all entries of the maps that are made.
    Entries,
}

fn gives(name: &str, args: usize) -> Option<Gives> {
    Some(match (name, args) {
        ("all", 3) => Gives::Fold(Fold::All),
        ("exists", 3) => Gives::Fold(Fold::Exists),
        ("existsOne" | "exists_one", 3) => Gives::Fold(Fold::ExistsOne),
        ("transformList", 3 | 4) => Gives::List,
        ("transformMap", 3 | 4) => Gives::Map,
        ("transformMapEntry", 3 | 4) => Gives::Entries,
        _ => return None,
    })
}

impl Checker<'_> {
    /// `range.all(k, v, p)` and its kin; none where the name or the number of arguments is none of theirs.
    pub(super) fn macro_of_two(&mut self, expr: &Expr, target: &Expr, name: &str, args: &[Expr]) -> Option<Checked> {
        let gives = gives(name, args.len())?;
        let [first, second, rest @ ..] = args else { return None };
        let range = self.expr(target);
        let (key, value) = match &range.ty {
            Type::List(element) => (Type::Int, (**element).clone()),
            Type::Map(key, value) => ((**key).clone(), (**value).clone()),
            Type::Dyn | Type::Error => (Type::Dyn, Type::Dyn),
            _ if self.is_lenient() => (Type::Dyn, Type::Dyn),
            ty => {
                let message = format!("`{name}` visits a list or map, and `{}` is {}", print(target), ty.with_article());
                return Some(self.report(Diagnostic::error("wrong-type", target.span, message).help("write a list such as `[1, 2]`")));
            }
        };
        let names = (self.variable_name(first, name), self.variable_name(second, name));
        let (Some(first), Some(second)) = names else { return Some(faulty(expr.span)) };
        if first == second {
            let message = format!("`{name}` has two variables, and both are called `{second}`");
            let place = args.get(1).map_or(expr.span, |second| second.span);
            return Some(self.report(Diagnostic::error("duplicate-name", place, message).help("give each a name of its own")));
        }
        if !self.enter_comprehension(name, expr) {
            return Some(faulty(expr.span));
        }
        let level = self.next_level();
        self.locals.push(Local { name: first, ty: key.clone(), level, part: Some(0) });
        self.locals.push(Local { name: second, ty: value, level, part: Some(1) });
        let (result, predicate) = rest.split_last()?;
        let predicate = predicate.first().map(|predicate| self.truth(predicate, &format!("`{name}`")));
        let result = if matches!(gives, Gives::Fold(_)) { self.truth(result, &format!("`{name}`")) } else { self.expr(result) };
        let pair = node(CheckedKind::Local(level), Type::Dyn, expr.span);
        self.locals.truncate(self.locals.len().saturating_sub(2));
        self.comprehensions -= 1;
        let span = expr.span;
        let range = node(CheckedKind::Call(Function::Entries, vec![range]), Type::List(Type::Dyn.into()), span);
        let fold = |fold, predicate: Option<Checked>, result: Option<Checked>, ty| {
            let kind = CheckedKind::Fold { fold, range: Box::new(range), predicate: predicate.map(Box::new), result: result.map(Box::new) };
            node(kind, ty, span)
        };
        let listed = Type::List(Arc::new(result.ty.clone()));
        Some(match gives {
            Gives::Fold(kind) => fold(kind, Some(result), None, Type::Bool),
            Gives::List => fold(Fold::Map, predicate, Some(result), listed),
            Gives::Map => {
                let ty = Type::Map(Arc::new(key.clone()), Arc::new(result.ty.clone()));
                let place = node(CheckedKind::Const(Value::Int(0)), Type::Int, span);
                let key = node(CheckedKind::Call(Function::Index, vec![pair, place]), key, span);
                let entry = node(CheckedKind::List(vec![key, result]), Type::List(Type::Dyn.into()), span);
                node(CheckedKind::Call(Function::MapOfEntries, vec![fold(Fold::Map, predicate, Some(entry), Type::List(Type::Dyn.into()))]), ty, span)
            }
            Gives::Entries => {
                let ty = match &result.ty {
                    ty @ (Type::Map(..) | Type::Dyn) => ty.clone(),
                    Type::Error => Type::Dyn,
                    _ if self.is_lenient() => Type::Dyn,
                    ty => {
                        let message = format!("`{name}` gives maps, and this is {}", ty.with_article());
                        return Some(self.report(Diagnostic::error("wrong-type", result.span, message).help("write a map such as `{k: v}`")));
                    }
                };
                node(CheckedKind::Call(Function::MergeMaps, vec![fold(Fold::Map, predicate, Some(result), listed)]), ty, span)
            }
        })
    }

    /// Begins the body of a comprehension, or reports that it stands in too many others.
    fn enter_comprehension(&mut self, name: &str, expr: &Expr) -> bool {
        if self.comprehensions >= MAX_COMPREHENSIONS {
            let message = format!("`{name}` stands inside of {MAX_COMPREHENSIONS} others, and each visits its elements again for every element around it");
            self.report(Diagnostic::error("nested-comprehensions", expr.span, message).help("name an inner one as a derive, or ask `in` or a list of the document"));
            return false;
        }
        self.comprehensions += 1;
        true
    }

    /// `range.sortBy(x, key)`; none where it is not that. The range is bound, for its elements and their keys are both made of it.
    pub(super) fn sort_by(&mut self, expr: &Expr, target: &Expr, name: &str, args: &[Expr]) -> Option<Checked> {
        let ("sortBy", [variable, key]) = (name, args) else { return None };
        let span = expr.span;
        let range = self.expr(target);
        let element = match &range.ty {
            Type::List(element) => (**element).clone(),
            Type::Dyn | Type::Error => Type::Dyn,
            _ if self.is_lenient() => Type::Dyn,
            ty => {
                let message = format!("`sortBy` sorts a list, and `{}` is {}", print(target), ty.with_article());
                return Some(self.report(Diagnostic::error("wrong-type", target.span, message).help("write a list such as `[1, 2]`")));
            }
        };
        let Some(variable) = self.variable_name(variable, name) else { return Some(faulty(span)) };
        if !self.enter_comprehension(name, expr) {
            return Some(faulty(span));
        }
        let ty = range.ty.clone();
        let list = node(CheckedKind::Local(self.next_level()), ty.clone(), span);
        // No expression can name it.
        self.bind_local(String::new(), ty.clone());
        self.bind_local(variable, element);
        let key = self.expr(key);
        self.locals.truncate(self.locals.len().saturating_sub(2));
        self.comprehensions -= 1;
        let keys = CheckedKind::Fold { fold: Fold::Map, range: Box::new(list.clone()), predicate: None, result: Some(Box::new(key)) };
        let sorted = CheckedKind::Call(Function::SortByKeys, vec![list, node(keys, Type::List(Type::Dyn.into()), span)]);
        Some(node(CheckedKind::Form(Form::Bind, vec![range, node(sorted, ty.clone(), span)]), ty, span))
    }

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
            _ if self.is_lenient() => Type::Dyn,
            ty => {
                let message = format!("`{name}` visits a list or map, and `{}` is {}", print(target), ty.with_article());
                let error = Diagnostic::error("wrong-type", target.span, message);
                let text = matches!(ty, Type::String | Type::Enum(_));
                self.report(error.help(if text { "`text.split(separator)` makes a list of a text" } else { "write a list such as `[1, 2]`" }));
                Type::Error
            }
        };
        if !self.enter_comprehension(name, expr) {
            return faulty(expr.span);
        }
        self.bind_local(local.clone(), element.clone());
        let predicate = predicate.map(|predicate| Box::new(self.truth(predicate, &format!("`{name}`"))));
        let result = result.map(|result| Box::new(self.expr(result)));
        self.locals.pop();
        self.comprehensions -= 1;
        if element == Type::Error && !matches!(range.ty, Type::List(_) | Type::Map(..) | Type::Error) {
            return faulty(expr.span);
        }
        let ty = match fold {
            // An element of `[]` is of no type, and no mistake.
            _ if range.ty == Type::Error => Type::Error,
            Fold::Filter => Type::List(Arc::new(element)),
            Fold::Map => Type::List(Arc::new(result.as_ref().map_or(Type::Dyn, |result| result.ty.clone()))),
            Fold::All | Fold::Exists | Fold::ExistsOne => Type::Bool,
        };
        node(CheckedKind::Fold { fold, range: Box::new(range), predicate, result }, ty, expr.span)
    }
}
