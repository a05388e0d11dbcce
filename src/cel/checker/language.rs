//! The language as it is defined: names in containers, types as values, optional values, declared functions, and expressions that are not checked.

use super::names::Path;
use super::{Checker, faulty, node};
use crate::cel::ast::{Element, Entry, Expr, ExprKind};
use crate::cel::print::print;
use crate::cel::standard::{SIGNATURES, Style};
use crate::cel::{Checked, CheckedKind, Declared, Language, Overload, Type};
use crate::program::{Form, Function, Value};
use crate::report::{Diagnostic, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Names of types as expressions write them, with their types.
const TYPE_NAMES: [(&str, Type); 9] = [
    ("bool", Type::Bool),
    ("int", Type::Int),
    ("uint", Type::Uint),
    ("double", Type::Double),
    ("string", Type::String),
    ("bytes", Type::Bytes),
    ("null_type", Type::Null),
    ("google.protobuf.Timestamp", Type::Timestamp),
    ("google.protobuf.Duration", Type::Duration),
];

/// The type that a name stands for.
fn type_named(name: &str) -> Option<Type> {
    let any = || Arc::new(Type::Error);
    Some(match name {
        "list" => Type::List(any()),
        "map" => Type::Map(any(), any()),
        "type" => Type::Type(any()),
        "optional_type" => Type::Optional(any()),
        _ => TYPE_NAMES.iter().find(|(known, _)| *known == name).map(|(_, ty)| ty.clone())?,
    })
}

/// The types that have an order among each other.
fn is_number(ty: &Type) -> bool {
    matches!(ty, Type::Int | Type::Uint | Type::Double | Type::Dyn | Type::Error)
}

fn text(value: &str, span: Span) -> Checked {
    node(CheckedKind::Const(Value::String(value.into())), Type::String, span)
}

fn optional(of: Type) -> Type {
    Type::Optional(Arc::new(of))
}

impl<'e> Checker<'e> {
    pub(super) fn language(&self) -> Option<&'e Language> {
        self.env.language.as_ref()
    }

    /// Mistakes of type wait until they are met.
    pub(super) fn is_lenient(&self) -> bool {
        self.language().is_some_and(|language| !language.checks)
    }

    /// Reports a mistake of type; where types are not checked, it is met when the node runs.
    pub(super) fn mistake(&mut self, diagnostic: impl FnOnce() -> Diagnostic, parts: Vec<Checked>, span: Span) -> Checked {
        if self.is_lenient() {
            return node(CheckedKind::Form(Form::Missing, parts), Type::Dyn, span);
        }
        self.report(diagnostic())
    }

    /// What a name may stand for, in the order in which it is looked up.
    fn candidates(&self, name: &str, absolute: bool) -> Vec<String> {
        let mut found = Vec::new();
        let mut container = self.language().map_or("", |language| &language.container);
        while !absolute && !container.is_empty() {
            found.push(format!("{container}.{name}"));
            container = container.rsplit_once('.').map_or("", |(outer, _)| outer);
        }
        found.push(name.to_owned());
        found
    }

    /// A name, or a name with members, outside of policies.
    pub(super) fn qualified(&mut self, path: &Path, span: Span) -> Checked {
        let place = |length: usize| path.parts.get(length - 1).map_or(span, |(_, span)| *span);
        for length in (1..=path.parts.len()).rev() {
            for name in self.candidates(&path.prefix(length), path.absolute) {
                let found = match self.variable(&name) {
                    Some(index) => self.read(index, place(length)),
                    None => match type_named(&name) {
                        Some(ty) => node(CheckedKind::Const(Value::Type(name.as_str().into())), Type::Type(Arc::new(ty)), place(length)),
                        None => continue,
                    },
                };
                return self.selected(found, path, length);
            }
        }
        let message = format!("unknown name `{}`", path.whole());
        self.mistake(|| Diagnostic::error("unknown-name", span, message).help("declare it, or give it a value"), Vec::new(), span)
    }

    /// The members of a path behind its first parts.
    pub(super) fn selected(&mut self, mut operand: Checked, path: &Path, from: usize) -> Checked {
        for (member, span) in path.parts.iter().skip(from) {
            operand = self.select(operand, member, *span);
        }
        operand
    }

    /// `operand.member`
    pub(super) fn select(&mut self, operand: Checked, member: &str, span: Span) -> Checked {
        match self.part_type(&operand, false, member_type, span) {
            Some(ty) => node(CheckedKind::Member(Box::new(operand), member.to_owned()), ty, span),
            None => faulty(span),
        }
    }

    /// `operand[index]`, `operand[?index]`
    pub(super) fn indexed(&mut self, operand: Checked, index: Checked, asks: bool, span: Span) -> Checked {
        let function = if asks { Function::OptionalSelect } else { Function::Index };
        match self.part_type(&operand, asks, |ty| index_type(ty, &index.ty), span) {
            Some(ty) => node(CheckedKind::Call(function, vec![operand, index]), ty, span),
            None => faulty(span),
        }
    }

    /// `operand.?member`
    pub(super) fn optional_member(&mut self, operand: Checked, member: &str, span: Span) -> Checked {
        match self.part_type(&operand, true, member_type, span) {
            Some(ty) => node(CheckedKind::Call(Function::OptionalSelect, vec![operand, text(member, span)]), ty, span),
            None => faulty(span),
        }
    }

    /// The type of a member or element: of an optional value, or asked for as one, an optional one. None where it was reported that there is none.
    fn part_type(&mut self, operand: &Checked, asks: bool, of: impl Fn(&Type) -> Option<Type>, span: Span) -> Option<Type> {
        let found = match &operand.ty {
            Type::Optional(inner) => of(inner).map(optional),
            ty => of(ty).map(|ty| if asks { optional(ty) } else { ty }),
        };
        if found.is_none() && !self.is_lenient() {
            let message = format!("{} has no members and no elements of this kind", operand.ty.with_article());
            self.report(Diagnostic::error("no-member", span, message).help("maps have members, lists have elements"));
            return None;
        }
        Some(found.unwrap_or(Type::Dyn))
    }

    /// `has(operand.member)`
    pub(super) fn presence(&mut self, expr: &Expr, args: &[Expr]) -> Checked {
        let [Expr { kind: ExprKind::Member { operand, member, optional: false, .. }, .. }] = args else {
            return self.report(Diagnostic::error("has-of-a-value", expr.span, "`has` asks about a member").help("write `has(map.key)`"));
        };
        let checked = self.expr(operand);
        let inner = if let Type::Optional(inner) = &checked.ty { inner } else { &checked.ty };
        if member_type(inner).is_none() && !self.is_lenient() {
            let message = format!("{} has no members", checked.ty.with_article());
            return self.report(Diagnostic::error("no-member", operand.span, message).help("maps have members"));
        }
        node(CheckedKind::Has(Box::new(checked), member.clone()), Type::Bool, expr.span)
    }

    /// `[a, ?b]`
    pub(super) fn optional_list(&mut self, elements: &[Element], span: Span) -> Checked {
        let values: Vec<Checked> = elements.iter().map(|element| self.expr(&element.value)).collect();
        let written: Vec<&Expr> = elements.iter().map(|element| &element.value).collect();
        let held = self.held(&values, elements.iter().map(|element| element.optional), &written);
        let element = self.common(&held, &written, "elements of a list");
        let parts = std::iter::once(flags(elements.iter().map(|element| element.optional), span)).chain(values).collect();
        node(CheckedKind::Call(Function::ListWith, parts), Type::List(Arc::new(element)), span)
    }

    /// `{a: b, ?c: d}`
    pub(super) fn optional_map(&mut self, entries: &[Entry], span: Span) -> Checked {
        let keys: Vec<Checked> = entries.iter().map(|entry| self.expr(&entry.key)).collect();
        let values: Vec<Checked> = entries.iter().map(|entry| self.expr(&entry.value)).collect();
        let written: Vec<&Expr> = entries.iter().map(|entry| &entry.value).collect();
        let held = self.held(&values, entries.iter().map(|entry| entry.optional), &written);
        let value = self.common(&held, &written, "values of a map");
        let written: Vec<&Expr> = entries.iter().map(|entry| &entry.key).collect();
        let key = self.common(&keys, &written, "keys of a map");
        let parts = std::iter::once(flags(entries.iter().map(|entry| entry.optional), span));
        let parts = parts.chain(keys.into_iter().zip(values).flat_map(|(key, value)| [key, value])).collect();
        node(CheckedKind::Call(Function::MapWith, parts), Type::Map(Arc::new(key), Arc::new(value)), span)
    }

    /// What elements hold: what stands behind `?` is an optional, and holds what that holds.
    fn held(&mut self, values: &[Checked], optional: impl Iterator<Item = bool>, written: &[&Expr]) -> Vec<Checked> {
        let mut held = values.to_vec();
        for ((value, optional), written) in held.iter_mut().zip(optional).zip(written) {
            value.ty = match &value.ty {
                ty if !optional => ty.clone(),
                Type::Optional(inner) => (**inner).clone(),
                ty if self.language().is_some() || matches!(ty, Type::Dyn | Type::Error) => Type::Dyn,
                ty => {
                    let message = format!("`?` stands before an optional value, and `{}` is {}", print(written), ty.with_article());
                    self.report(Diagnostic::error("wrong-type", value.span, message).help("leave `?` out; `m.?key` and `optional.of(…)` are optional values"));
                    Type::Error
                }
            };
        }
        held
    }

    /// `cel.bind(x, init, body)`
    pub(super) fn bind(&mut self, expr: &Expr, args: &[Expr]) -> Checked {
        let [variable, init, body] = args else {
            return self.report(Diagnostic::error("wrong-argument-count", expr.span, format!("`cel.bind` takes 3 arguments and has {}", args.len())).help("write `cel.bind(x, value, result)`"));
        };
        let Some(name) = self.variable_name(variable, "cel.bind") else { return faulty(expr.span) };
        let init = self.expr(init);
        self.bind_local(name, init.ty.clone());
        let body = self.expr(body);
        self.locals.pop();
        let ty = body.ty.clone();
        node(CheckedKind::Form(Form::Bind, vec![init, body]), ty, expr.span)
    }

    /// `a.or(b)`, `a.orValue(b)`, `a.optMap(x, e)`, `a.optFlatMap(x, e)`; none where the receiver is no optional value.
    pub(super) fn optional_method(&mut self, expr: &Expr, target: &Expr, function: &str, args: &[Expr]) -> Option<Checked> {
        let form = match (function, args.len()) {
            ("or", 1) => Form::Or,
            ("orValue", 1) => Form::OrValue,
            ("optMap", 2) => Form::OptMap,
            ("optFlatMap", 2) => Form::OptFlatMap,
            _ => return None,
        };
        let receiver = self.expr(target);
        let held = match &receiver.ty {
            Type::Optional(inner) => (**inner).clone(),
            Type::Dyn | Type::Error => Type::Dyn,
            _ if self.is_lenient() => Type::Dyn,
            ty => {
                let message = format!("`{function}` is a function of optional values, and `{}` is {}", print(target), ty.with_article());
                return Some(self.report(Diagnostic::error("wrong-type", target.span, message).help("`optional.of(…)` makes one")));
            }
        };
        let (part, ty) = match (form, args) {
            (Form::Or | Form::OrValue, [other]) => {
                let other = self.expr(other);
                let given = if form == Form::Or { optional(held.clone()) } else { held.clone() };
                let ty = match given.join(&other.ty) {
                    Some(ty) => ty,
                    None if self.is_lenient() => Type::Dyn,
                    None => {
                        let message = format!("`{function}` does not take {} for {}", other.ty, receiver.ty);
                        return Some(self.report(Diagnostic::error("wrong-type", other.span, message).help("both give values of one type")));
                    }
                };
                (other, ty)
            }
            (_, [variable, body]) => {
                let Some(name) = self.variable_name(variable, function) else { return Some(faulty(expr.span)) };
                self.bind_local(name, held);
                let body = self.expr(body);
                self.locals.pop();
                let ty = match (form, &body.ty) {
                    (Form::OptMap, ty) => Type::Optional(Arc::new(ty.clone())),
                    (_, Type::Optional(_)) => body.ty.clone(),
                    (_, Type::Dyn | Type::Error) => Type::Optional(Arc::new(Type::Dyn)),
                    _ if self.is_lenient() => Type::Dyn,
                    (_, ty) => {
                        let message = format!("`optFlatMap` gives an optional value, and `{}` is {}", print(args.last()?), ty.with_article());
                        return Some(self.report(Diagnostic::error("wrong-type", body.span, message).help("write `optMap`")));
                    }
                };
                (body, ty)
            }
            _ => return None,
        };
        Some(node(CheckedKind::Form(form, vec![receiver, part]), ty, expr.span))
    }

    /// The name that a macro binds.
    pub(super) fn variable_name(&mut self, variable: &Expr, of: &str) -> Option<String> {
        if let ExprKind::Name { name, absolute: false } = &variable.kind {
            return Some(name.clone());
        }
        let message = format!("`{}` cannot be the variable of `{of}`", print(variable));
        self.report(Diagnostic::error("bad-variable", variable.span, message).help("its first arguments are plain names, such as `x`"));
        None
    }

    /// The functions that may be called by a name, declared or of the language.
    pub(super) fn function_named(&self, name: &str, absolute: bool) -> Option<String> {
        self.candidates(name, absolute).into_iter().find(|name| {
            let declared = self.declared(name).is_some();
            declared || SIGNATURES.iter().any(|signature| signature.style == Style::Global && signature.name == name)
        })
    }

    pub(super) fn declared(&self, name: &str) -> Option<&'e Declared> {
        self.language()?.functions.iter().find(|declared| declared.name == name)
    }

    /// A call of a declared function.
    pub(super) fn declared_call(&mut self, declared: &Declared, method: bool, args: Vec<Checked>, span: Span) -> Checked {
        let fitting = declared.overloads.iter().filter(|overload| overload.method == method);
        let found = fitting.filter_map(|overload| result_of(overload, &args)).reduce(|one, two| if one == two { one } else { Type::Dyn });
        let Some(ty) = found else {
            let types: Vec<String> = args.iter().map(|arg| arg.ty.to_string()).collect();
            let message = format!("`{}` does not take {}", declared.name, types.join(" and "));
            return self.mistake(|| Diagnostic::error("wrong-type", span, message).help("give it what it is declared with"), args, span);
        };
        node(CheckedKind::Form(Form::Missing, args), ty, span)
    }

    /// What an operator or function does where the signatures of policies have no answer.
    pub(super) fn beyond(&self, name: &str, style: Style, args: &[Checked]) -> Option<(Function, Type)> {
        self.language()?;
        if let (Style::Operator, [left, right]) = (style, args)
            && is_number(&left.ty)
            && is_number(&right.ty)
        {
            let function = match name {
                "<" => Some(Function::Less),
                "<=" => Some(Function::LessEqual),
                ">" => Some(Function::Greater),
                ">=" => Some(Function::GreaterEqual),
                _ => None,
            };
            if let Some(function) = function {
                return Some((function, Type::Bool));
            }
        }
        // Numbers of several types: which one comes out shows when it runs.
        let extreme = match name {
            "math.greatest" => Some(Function::Greatest),
            "math.least" => Some(Function::Least),
            _ => None,
        };
        if let (Some(function), true) = (extreme, !args.is_empty() && args.iter().all(|arg| is_number(&arg.ty))) {
            return Some((function, Type::Dyn));
        }
        if !self.is_lenient() {
            return None;
        }
        // Which function it is shows in its name; whether it takes the values shows when it runs.
        let named = || SIGNATURES.iter().filter(|signature| signature.style == style && signature.name == name);
        let found = named().find(|signature| signature.takes(args.len())).or_else(|| named().next())?;
        found.takes(args.len()).then_some((found.function, Type::Dyn))
    }
}

/// Which elements of a literal are optional, as the functions that make it take that.
fn flags(optional: impl Iterator<Item = bool>, span: Span) -> Checked {
    node(CheckedKind::Const(Value::Bytes(optional.map(u8::from).collect())), Type::Bytes, span)
}

/// The type of a member; none where a type has no members.
fn member_type(ty: &Type) -> Option<Type> {
    match ty {
        Type::Map(key, value) if matches!(**key, Type::String | Type::Dyn | Type::Error) => Some((**value).clone()),
        Type::Dyn | Type::Error => Some(Type::Dyn),
        _ => None,
    }
}

/// The type of an element or of a key's value; none where a type has none.
fn index_type(ty: &Type, index: &Type) -> Option<Type> {
    match ty {
        Type::List(element) if matches!(index, Type::Int | Type::Dyn | Type::Error) => Some((**element).clone()),
        Type::Map(key, value) if key.join(index).is_some() => Some((**value).clone()),
        Type::Dyn | Type::Error => Some(Type::Dyn),
        _ => None,
    }
}

/// The type that a declared signature gives for arguments; none where it does not take them.
fn result_of(overload: &Overload, args: &[Checked]) -> Option<Type> {
    let mut bound = BTreeMap::new();
    let fits = overload.params.len() == args.len() && overload.params.iter().zip(args).all(|(param, arg)| unify(param, &arg.ty, &mut bound));
    fits.then(|| substitute(&overload.result, &bound))
}

/// Whether a type fits a parameter; what the parameter's own parameters stand for is noted.
fn unify(param: &Type, ty: &Type, bound: &mut BTreeMap<Arc<str>, Type>) -> bool {
    match (param, ty) {
        (Type::Param(name), _) => {
            let joined = bound.get(name).map_or(Some(ty.clone()), |known| known.join(ty));
            joined.map(|joined| bound.insert(name.clone(), joined)).is_some()
        }
        (Type::List(param), Type::List(ty)) | (Type::Optional(param), Type::Optional(ty)) | (Type::Type(param), Type::Type(ty)) => unify(param, ty, bound),
        (Type::Map(key, value), Type::Map(other_key, other_value)) => unify(key, other_key, bound) && unify(value, other_value, bound),
        (Type::Abstract(name, params), Type::Abstract(other, types)) if name == other && params.len() == types.len() => {
            params.iter().zip(types.iter()).all(|(param, ty)| unify(param, ty, bound))
        }
        _ => param.join(ty).is_some(),
    }
}

fn substitute(ty: &Type, bound: &BTreeMap<Arc<str>, Type>) -> Type {
    let of = |ty: &Arc<Type>| Arc::new(substitute(ty, bound));
    match ty {
        Type::Param(name) => bound.get(name).cloned().unwrap_or(Type::Dyn),
        Type::List(element) => Type::List(of(element)),
        Type::Map(key, value) => Type::Map(of(key), of(value)),
        Type::Optional(held) => Type::Optional(of(held)),
        Type::Type(held) => Type::Type(of(held)),
        Type::Abstract(name, params) => Type::Abstract(name.clone(), params.iter().map(|param| substitute(param, bound)).collect()),
        _ => ty.clone(),
    }
}
