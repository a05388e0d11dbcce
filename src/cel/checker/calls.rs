//! Functions and operators: which signature the arguments fit.

use super::names::Path;
use super::{Checker, faulty, mismatch, node, widen};
use crate::cel::ast::{Expr, ExprKind};
use crate::cel::print::print;
use crate::cel::standard::{FORMS, SIGNATURES, Signature, Style};
use crate::cel::{Checked, CheckedKind, Type};
use crate::program::{Form, Function, StateTest};
use crate::report::{Diagnostic, Span, suggest};

impl Checker<'_> {
    /// An operator or index on arguments that are checked already.
    pub(super) fn operator(&mut self, name: &str, expr: &Expr, args: Vec<Checked>) -> Checked {
        let written: Vec<&Expr> = match &expr.kind {
            ExprKind::Binary { left, right, .. } => vec![left, right],
            ExprKind::Index { operand, index, .. } => vec![operand, index],
            ExprKind::Unary { operand, .. } => vec![operand],
            _ => Vec::new(),
        };
        self.resolve(name, Style::Operator, expr.span, args, &written)
    }

    pub(super) fn call(&mut self, expr: &Expr, target: Option<&Expr>, function: &str, function_span: Span, args: &[Expr]) -> Checked {
        let Some(target) = target else {
            return self.global(expr, function, function_span, args);
        };
        if self.language().is_some() {
            return self.method(expr, target, function, function_span, args);
        }
        if let Some(qualified) = self.namespaced(target, function) {
            return self.global(expr, &qualified, target.span.to(function_span), args);
        }
        if function == "bind" && matches!(&target.kind, ExprKind::Name { name, .. } if name == "cel") {
            return self.bind(expr, args);
        }
        if let Some(checked) = self.macro_of_two(expr, target, function, args) {
            return checked;
        }
        if let Some(fold) = super::macros::fold_of(function) {
            return self.comprehension(expr, fold, target, function, args);
        }
        if let Some(checked) = self.optional_method(expr, target, function, args).or_else(|| self.sort_by(expr, target, function, args)) {
            return checked;
        }
        if !SIGNATURES.iter().any(|signature| signature.style == Style::Method && signature.name == function) {
            self.expr(target);
            let diagnostic = unknown(function, function_span, Style::Method, &print(target));
            return self.report(diagnostic);
        }
        let written: Vec<&Expr> = std::iter::once(target).chain(args).collect();
        let checked = written.iter().map(|arg| self.expr(arg)).collect();
        self.resolve(function, Style::Method, expr.span, checked, &written)
    }

    /// The full name of `namespace.function`, where the target is no variable but a namespace.
    fn namespaced(&self, target: &Expr, function: &str) -> Option<String> {
        let path = Path::of(target)?;
        let namespace = path.whole();
        let root = path.prefix(1);
        let taken = self.locals.iter().any(|local| local.name == root);
        let exists = SIGNATURES.iter().any(|signature| signature.name.strip_prefix(&namespace).is_some_and(|rest| rest.starts_with('.')));
        (exists && !taken).then(|| format!("{namespace}.{function}"))
    }

    fn global(&mut self, expr: &Expr, written: &str, function_span: Span, args: &[Expr]) -> Checked {
        let function = written.strip_prefix('.').unwrap_or(written);
        if self.language().is_some() {
            return self.function(expr, function, function != written, function_span, args);
        }
        let state = match function {
            "known" => Some(StateTest::Known),
            "unanswered" => Some(StateTest::Unanswered),
            "declined" => Some(StateTest::Declined),
            "masked" => Some(StateTest::Masked),
            _ => None,
        };
        if let Some(state) = state {
            return self.state(expr, function, state, args);
        }
        match function {
            "has" => return self.has(expr, args),
            "lookup" => return self.bare_lookup(expr, args),
            _ => {}
        }
        if !SIGNATURES.iter().any(|signature| signature.style == Style::Global && signature.name == function) {
            let first = args.first().map(print).unwrap_or_else(|| "text".to_owned());
            let diagnostic = unknown(function, function_span, Style::Global, &first);
            return self.report(diagnostic);
        }
        let written: Vec<&Expr> = args.iter().collect();
        let checked = args.iter().map(|arg| self.expr(arg)).collect();
        self.resolve(function, Style::Global, expr.span, checked, &written)
    }

    /// `target.function(args)` outside of policies: a function of a namespace, a macro, or a method.
    fn method(&mut self, expr: &Expr, target: &Expr, function: &str, function_span: Span, args: &[Expr]) -> Checked {
        if let Some(path) = Path::of(target).filter(|path| path.absolute || !self.locals.iter().any(|local| local.name == path.prefix(1))) {
            let qualified = format!("{}.{function}", path.whole());
            if qualified == "cel.bind" {
                return self.bind(expr, args);
            }
            if let Some(name) = self.function_named(&qualified, path.absolute) {
                return self.named(&name, expr, args);
            }
        }
        if let Some(fold) = super::macros::fold_of(function).filter(|fold| super::macros::takes(*fold, args.len())) {
            return self.comprehension(expr, fold, target, function, args);
        }
        if let Some(checked) = self.macro_of_two(expr, target, function, args) {
            return checked;
        }
        if let Some(checked) = self.optional_method(expr, target, function, args).or_else(|| self.sort_by(expr, target, function, args)) {
            return checked;
        }
        let written: Vec<&Expr> = std::iter::once(target).chain(args).collect();
        let checked: Vec<Checked> = written.iter().map(|arg| self.expr(arg)).collect();
        if let Some(declared) = self.declared(function) {
            return self.declared_call(declared, true, checked, expr.span);
        }
        if !SIGNATURES.iter().any(|signature| signature.style == Style::Method && signature.name == function) {
            return self.mistake(|| unknown(function, function_span, Style::Method, &print(target)), checked, expr.span);
        }
        self.resolve(function, Style::Method, expr.span, checked, &written)
    }

    /// `function(args)` outside of policies.
    fn function(&mut self, expr: &Expr, function: &str, absolute: bool, function_span: Span, args: &[Expr]) -> Checked {
        if function == "has" && args.len() == 1 {
            return self.presence(expr, args);
        }
        match self.function_named(function, absolute) {
            Some(name) => self.named(&name, expr, args),
            None => {
                let checked = args.iter().map(|arg| self.expr(arg)).collect();
                let first = args.first().map_or_else(|| "text".to_owned(), print);
                self.mistake(|| unknown(function, function_span, Style::Global, &first), checked, expr.span)
            }
        }
    }

    fn named(&mut self, name: &str, expr: &Expr, args: &[Expr]) -> Checked {
        let written: Vec<&Expr> = args.iter().collect();
        let checked = args.iter().map(|arg| self.expr(arg)).collect();
        match self.declared(name) {
            Some(declared) => self.declared_call(declared, false, checked, expr.span),
            None => self.resolve(name, Style::Global, expr.span, checked, &written),
        }
    }

    fn resolve(&mut self, name: &str, style: Style, span: Span, mut args: Vec<Checked>, written: &[&Expr]) -> Checked {
        let mut found = applicable(name, style, &args);
        if found.is_none() && self.language().is_some() {
            found = self.beyond(name, style, &args);
        } else if found.is_none() {
            let mut widened = args.clone();
            for arg in &mut widened {
                widen(arg);
            }
            found = applicable(name, style, &widened);
            if found.is_some() {
                args = widened;
            }
        }
        let Some((function, ty)) = found else {
            // An operator's own arity is never wrong: the other signatures of `-` do not matter.
            let counts = |signature: &Signature| style != Style::Operator || signature.takes(args.len());
            let named = SIGNATURES.iter().filter(|signature| signature.style == style && signature.name == name);
            let signatures: Vec<&Signature> = named.filter(|signature| counts(signature)).collect();
            if self.is_lenient() {
                return node(CheckedKind::Form(Form::Missing, args), Type::Dyn, span);
            }
            if style != Style::Operator && !signatures.iter().any(|signature| signature.takes(args.len())) {
                return self.report(mismatch::wrong_count(name, span, &signatures, args.len()));
            }
            if args.iter().any(|arg| arg.ty == Type::Error) {
                return faulty(span);
            }
            return self.report(mismatch::wrong_types(name, style, span, &signatures, &args, written));
        };
        if self.language().is_none() && !(self.refine(function, &args, span) && self.ready(function, &mut args)) {
            return faulty(span);
        }
        node(CheckedKind::Call(function, args), ty, span)
    }

    fn state(&mut self, expr: &Expr, function: &str, state: StateTest, args: &[Expr]) -> Checked {
        let [arg] = args else {
            return self.report(
                Diagnostic::error("wrong-argument-count", expr.span, format!("`{function}` takes 1 argument and has {}", args.len()))
                    .help(format!("write `{function}(field)`")),
            );
        };
        let Some(index) = self.variable_of(arg) else {
            let checked = self.expr(arg);
            if checked.ty == Type::Error {
                return faulty(expr.span);
            }
            return self.report(
                Diagnostic::error("not-a-name", arg.span, format!("`{function}` asks about a field or derive by its name, and `{}` is a value", print(arg)))
                    .help("name the value as a derive, and ask about that"),
            );
        };
        let Some(variable) = self.env_variable(index) else { return faulty(expr.span) };
        if let Some(reason) = variable.barred.clone() {
            return self.report(super::names::barred(reason, arg.span));
        }
        let of_fields = matches!(state, StateTest::Declined | StateTest::Masked);
        if !(variable.is_field || variable.is_derive && !of_fields) {
            let (name, asked) = (variable.name.clone(), if of_fields { "a field" } else { "a field or derive" });
            let help = if variable.is_derive {
                "ask about the fields that it is derived from"
            } else {
                "scores, table outputs and the stage always have a value"
            };
            let message = format!("`{function}` asks about {asked}, and `{name}` is none");
            return self.report(Diagnostic::error("not-a-field", arg.span, message).help(help));
        }
        node(CheckedKind::State(state, index), Type::Bool, expr.span)
    }

    /// `has(map.key)`
    fn has(&mut self, expr: &Expr, args: &[Expr]) -> Checked {
        let written = "write `has(map.key)`";
        let [arg] = args else {
            let message = format!("`has` takes 1 argument and has {}", args.len());
            return self.report(Diagnostic::error("wrong-argument-count", expr.span, message).help(written));
        };
        if self.variable_of(arg).is_some() {
            let name = print(arg);
            let message = format!("`has` asks about a key of a map, and `{name}` is a name of the document");
            return self.report(Diagnostic::error("has-of-a-name", arg.span, message).help(format!("write `known({name})`")));
        }
        let ExprKind::Member { operand, member, optional: false, .. } = &arg.kind else {
            let message = format!("`has` asks about a key of a map, and `{}` names none", print(arg));
            return self.report(Diagnostic::error("has-of-a-value", arg.span, message).help(written));
        };
        let checked = self.expr(operand);
        match &checked.ty {
            Type::Optional(_) => self.presence(expr, args),
            Type::Dyn | Type::Error => node(CheckedKind::Has(Box::new(checked), member.clone()), Type::Bool, expr.span),
            Type::Map(key, _) if matches!(**key, Type::String | Type::Enum(_) | Type::Dyn | Type::Error) => {
                node(CheckedKind::Has(Box::new(checked), member.clone()), Type::Bool, expr.span)
            }
            ty => {
                let message = format!("`{}` is {} and has no member `{member}`", print(operand), ty.with_article());
                self.report(Diagnostic::error("no-member", arg.span, message).help("`has` asks about a key of a map with string keys"))
            }
        }
    }
}

/// The function and the result's type where one or more signatures fit; where they differ in the result, it is known only when it runs.
fn applicable(name: &str, style: Style, args: &[Checked]) -> Option<(Function, Type)> {
    let types: Vec<&Type> = args.iter().map(|arg| &arg.ty).collect();
    let mut found: Option<(Function, Type)> = None;
    for signature in SIGNATURES.iter().filter(|signature| signature.style == style && signature.name == name) {
        let Some(ty) = signature.apply(&types) else { continue };
        found = match found {
            Some((function, other)) if other == ty => Some((function, other)),
            Some((function, _)) => Some((function, Type::Dyn)),
            None => Some((signature.function, ty)),
        };
    }
    found
}

/// No function has this name, or not in this style.
fn unknown(name: &str, span: Span, style: Style, first: &str) -> Diagnostic {
    let error = Diagnostic::error("unknown-function", span, format!("unknown function `{name}`"));
    let of_style = |wanted: Style| {
        let functions = SIGNATURES.iter().filter(move |signature| signature.style == wanted).map(|signature| signature.name);
        functions.chain(FORMS.iter().filter(move |(_, style, _)| *style == wanted).map(|(name, ..)| *name))
    };
    let other = if style == Style::Global { Style::Method } else { Style::Global };
    if of_style(other).any(|known| known == name) {
        let form = FORMS.iter().find(|(known, ..)| *known == name).map(|(_, _, form)| (*form).to_owned());
        let signature = SIGNATURES.iter().find(|signature| signature.style == other && signature.name == name);
        let many = signature.is_some_and(|signature| signature.params.len() > 1);
        let form = form.unwrap_or_else(|| match other {
            Style::Method if many => format!("{first}.{name}(…)"),
            Style::Method => format!("{first}.{name}()"),
            _ if many => format!("{name}({first}, …)"),
            _ => format!("{name}({first})"),
        });
        return error.help(format!("write `{form}`"));
    }
    match suggest(name, of_style(style).chain(of_style(other))) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error.help("the functions stand in the description of the condition language"),
    }
}
