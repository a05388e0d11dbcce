//! Names: variables, members, lists, dictionaries.

use super::{Checker, Local, faulty, node};
use crate::cel::ast::{Expr, ExprKind};
use crate::cel::print::{print, quote};
use crate::cel::standard::{SIGNATURES, Style};
use crate::program::{Function, Value};
use crate::cel::{Checked, CheckedKind, EnvList, EnvVariable, Type};
use crate::report::{Diagnostic, Span, suggest};

/// What helps where nothing is near to a name.
const NAMES: &str = "names are those of fields, derives, scores, table outputs and `stage`; a text stands in quotes";

/// A name with members only: `account.tier`.
pub(super) struct Path<'a> {
    /// Its parts, each with the place from the beginning of the path to the end of the part.
    pub parts: Vec<(&'a str, Span)>,
    /// It began with a dot.
    pub absolute: bool,
}

impl<'a> Path<'a> {
    pub(super) fn of(expr: &'a Expr) -> Option<Self> {
        let mut parts = Vec::new();
        let mut expr = expr;
        loop {
            match &expr.kind {
                ExprKind::Name { name, absolute } => {
                    parts.push((name.as_str(), expr.span));
                    parts.reverse();
                    return Some(Self { parts, absolute: *absolute });
                }
                ExprKind::Member { operand, member, optional: false, .. } => {
                    parts.push((member.as_str(), expr.span));
                    expr = operand;
                }
                _ => return None,
            }
        }
    }

    fn root(&self) -> &'a str {
        self.parts.first().map_or("", |(name, _)| name)
    }

    /// Its first `length` parts as one name.
    pub(super) fn prefix(&self, length: usize) -> String {
        self.parts.iter().take(length).map(|(part, _)| *part).collect::<Vec<_>>().join(".")
    }

    pub(super) fn whole(&self) -> String {
        self.prefix(self.parts.len())
    }
}

impl Checker<'_> {
    /// A name or a member.
    pub(super) fn path(&mut self, expr: &Expr) -> Checked {
        let Some(path) = Path::of(expr) else { return self.member(expr) };
        if let Some(local) = self.local(&path) {
            let span = path.parts.first().map_or(expr.span, |(_, span)| *span);
            let local = read_local(local, span);
            return if self.language().is_some() { self.selected(local, &path, 1) } else { self.members(local, &path, 1) };
        }
        if self.language().is_some() {
            return self.qualified(&path, expr.span);
        }
        if path.root() == "lists" {
            return self.misplaced_list(&path, expr.span);
        }
        for length in (1..=path.parts.len()).rev() {
            if let Some(index) = self.variable(&path.prefix(length)) {
                let span = path.parts.get(length - 1).map_or(expr.span, |(_, span)| *span);
                let read = self.read(index, span);
                return self.members(read, &path, length);
            }
        }
        let diagnostic = self.unknown_name(&path, expr.span);
        self.report(diagnostic)
    }

    fn local(&self, path: &Path) -> Option<&Local> {
        self.locals.iter().rev().find(|local| !path.absolute && local.name == path.root())
    }

    /// The index of the variable with exactly this name.
    pub(super) fn variable(&self, name: &str) -> Option<usize> {
        self.env.variables.iter().position(|variable| variable.name == name)
    }

    /// The variable that an argument names, if it names one and nothing more.
    pub(super) fn variable_of(&self, expr: &Expr) -> Option<usize> {
        let path = Path::of(expr)?;
        if self.local(&path).is_some() {
            return None;
        }
        self.variable(&path.whole())
    }

    pub(super) fn env_variable(&self, index: usize) -> Option<&EnvVariable> {
        self.env.variables.get(index)
    }

    pub(super) fn read(&mut self, index: usize, span: Span) -> Checked {
        let Some(variable) = self.env.variables.get(index) else { return faulty(span) };
        if let Some(reason) = &variable.barred {
            return self.report(barred(reason.clone(), span));
        }
        node(CheckedKind::Variable(index), variable.ty.clone(), span)
    }

    fn members(&mut self, mut operand: Checked, path: &Path, from: usize) -> Checked {
        for (index, (member, span)) in path.parts.iter().enumerate().skip(from) {
            operand = self.take_member(operand, member, *span, &path.prefix(index));
        }
        operand
    }

    /// A member of something that is not a name.
    fn member(&mut self, expr: &Expr) -> Checked {
        let ExprKind::Member { operand, member, member_span, .. } = &expr.kind else { return faulty(expr.span) };
        if self.language().is_some() {
            let checked = self.expr(operand);
            return self.select(checked, member, expr.span);
        }
        if let ExprKind::Call { target: None, function, args, .. } = &operand.kind
            && function == "lookup"
        {
            return self.lookup(args, operand.span, member, *member_span, expr.span);
        }
        let checked = self.expr(operand);
        self.take_member(checked, member, expr.span, &print(operand))
    }

    fn take_member(&mut self, operand: Checked, member: &str, span: Span, written: &str) -> Checked {
        let ty = match &operand.ty {
            Type::Map(key, value) if matches!(**key, Type::String | Type::Enum(_) | Type::Dyn | Type::Error) => (**value).clone(),
            Type::Dyn => Type::Dyn,
            Type::Error => Type::Error,
            Type::Optional(_) => return self.select(operand, member, span),
            _ => {
                let message = format!("`{written}` is {} and has no member `{member}`", operand.ty.with_article());
                let error = Diagnostic::error("no-member", span, message);
                let near = suggest(&format!("{written}.{member}"), self.env.variables.iter().map(|variable| variable.name.as_str()));
                let function = SIGNATURES.iter().find(|signature| signature.name == member);
                return self.report(error.help(match (near, function) {
                    (Some(near), _) => format!("did you mean `{near}`?"),
                    (None, Some(function)) if function.style == Style::Global => format!("write `{member}({written})`"),
                    (None, Some(_)) => format!("write `{written}.{member}()`"),
                    (None, None) => "only maps have members".to_owned(),
                }));
            }
        };
        node(CheckedKind::Member(Box::new(operand), member.to_owned()), ty, span)
    }

    /// A name beside a text that nothing has, and that is near to no name, was probably meant as a text.
    pub(super) fn meant_as_text(&mut self, told: usize, written: [&Expr; 2], checked: &[Checked]) {
        let [left, right] = checked else { return };
        let [left_written, right_written] = written;
        for (other, written) in [(left, right_written), (right, left_written)] {
            let ExprKind::Name { name, absolute: false } = &written.kind else { continue };
            if !matches!(other.ty, Type::String | Type::Enum(_)) {
                continue;
            }
            let found = self.errors.iter_mut().skip(told).find(|error| error.code == "unknown-name" && error.span == written.span);
            if let Some(error) = found.filter(|error| error.help.as_deref() == Some(NAMES)) {
                error.help = Some(format!("{NAMES}: {}", quote(name)));
            }
        }
    }

    fn unknown_name(&self, path: &Path, span: Span) -> Diagnostic {
        let whole = path.whole();
        let error = Diagnostic::error("unknown-name", span, format!("unknown name `{whole}`"));
        let names = || {
            let locals = self.locals.iter().rev().map(|local| local.name.as_str());
            locals.chain(self.env.variables.iter().map(|variable| variable.name.as_str()))
        };
        let near = suggest(&whole, names()).or_else(|| {
            // `account.tier` for `tier` or `account`.
            let (ending, beginning) = (format!(".{whole}"), format!("{whole}."));
            names().find(|name| name.ends_with(&ending) || name.starts_with(&beginning))
        });
        if let Some(near) = near {
            return error.help(format!("did you mean `{near}`?"));
        }
        let list = self.env.lists.iter().find(|list| list.name == whole);
        if let Some(list) = list {
            return error.help(format!("lists are written `lists.{}`", list.name));
        }
        let is_value = |variable: &&EnvVariable| matches!(&variable.ty, Type::Enum(ty) if ty.values.contains(&whole));
        match self.env.variables.iter().find(is_value) {
            Some(variable) => error.help(format!("a text stands in quotes: `{} == {}`", variable.name, quote(&whole))),
            None if whole.starts_with(char::is_uppercase) => error.help(format!("a text stands in quotes: {}", quote(&whole))),
            None => error.help(NAMES),
        }
    }
}

/// Lists.
impl<'e> Checker<'e> {
    /// The expression names something under `lists`.
    pub(super) fn names_list(&self, expr: &Expr) -> bool {
        Path::of(expr).is_some_and(|path| path.root() == "lists" && self.local(&path).is_none())
    }

    fn list_of(&mut self, expr: &Expr) -> Option<(usize, &'e EnvList)> {
        let name = Path::of(expr).map(|path| path.whole())?;
        let name = name.strip_prefix("lists.").unwrap_or_default();
        let env = self.env;
        if let Some(index) = env.lists.iter().position(|list| list.name == name) {
            return env.lists.get(index).map(|list| (index, list));
        }
        let mut error = Diagnostic::error("unknown-list", expr.span, format!("unknown list `{name}`"));
        if name.is_empty() {
            error = Diagnostic::error("unknown-list", expr.span, "`lists` is not a list itself").help("write `lists.` and the list's name");
        } else if let Some(near) = suggest(name, env.lists.iter().map(|list| list.name.as_str())) {
            error = error.help(format!("did you mean `lists.{near}`?"));
        } else if env.lists.is_empty() {
            error = error.help("the document has no lists; add a section `lists`");
        } else {
            let names: Vec<String> = env.lists.iter().take(12).map(|list| format!("`lists.{}`", list.name)).collect();
            error = error.help(format!("the document has {}", names.join(", ")));
        }
        self.report(error);
        None
    }

    fn misplaced_list(&mut self, path: &Path, span: Span) -> Checked {
        let message = format!("`{}` is a list of the document and not a value", path.whole());
        self.report(
            Diagnostic::error("misplaced-list", span, message).help("lists stand right of `in`, as in `region in lists.east`, and first in `lookup`"),
        )
    }

    /// `text in lists.x`
    pub(super) fn in_list(&mut self, text: &Expr, list: &Expr, span: Span) -> Checked {
        let checked = self.expr(text);
        let Some((index, env_list)) = self.list_of(list) else { return faulty(span) };
        let name = &env_list.name;
        if !env_list.columns.is_empty() {
            let message = format!("`lists.{name}` is a dictionary, and `in` asks a plain list");
            return self.report(
                Diagnostic::error("dictionary-as-list", list.span, message)
                    .help(format!("name what it finds as a derive, `lookup(lists.{name}, …).column`, and ask `known` of that")),
            );
        }
        if !is_text(&checked.ty) {
            return self.report(self.not_text(text, &checked, name));
        }
        node(CheckedKind::InList(Box::new(checked), index), Type::Bool, span)
    }

    fn not_text(&self, written: &Expr, checked: &Checked, list: &str) -> Diagnostic {
        let message = format!("`lists.{list}` holds texts, and `{}` is {}", print(written), checked.ty.with_article());
        let error = Diagnostic::error("wrong-type", checked.span, message);
        match checked.ty {
            Type::Bool | Type::Int | Type::Uint | Type::Double => error.help(format!("write `string({})`", print(written))),
            _ => error.help("name a text here"),
        }
    }

    /// `lookup(lists.x, text).column`
    fn lookup(&mut self, args: &[Expr], call: Span, column: &str, column_span: Span, span: Span) -> Checked {
        let [list, text] = args else {
            return self.report(
                Diagnostic::error("wrong-argument-count", call, format!("`lookup` takes 2 arguments and has {}", args.len()))
                    .help("write `lookup(lists.name, text).column`"),
            );
        };
        let checked = self.expr(text);
        if !self.names_list(list) {
            let message = format!("`{}` is not a list of the document", print(list));
            return self.report(Diagnostic::error("unknown-list", list.span, message).help("write `lookup(lists.name, text).column`"));
        }
        let Some((index, env_list)) = self.list_of(list) else { return faulty(span) };
        let name = &env_list.name;
        if env_list.columns.is_empty() {
            let message = format!("`lists.{name}` is a plain list and has no columns");
            let help = format!("ask `{} in lists.{name}`, or give the list `columns`", print(text));
            return self.report(Diagnostic::error("no-columns", list.span, message).help(help));
        }
        if !is_text(&checked.ty) {
            return self.report(self.not_text(text, &checked, name));
        }
        let found = env_list.columns.iter().enumerate().find(|(_, (name, _))| name == column);
        let Some((at, (_, ty))) = found else {
            let error = Diagnostic::error("unknown-column", column_span, format!("`lists.{name}` has no column `{column}`"));
            let help = match suggest(column, env_list.columns.iter().map(|(name, _)| name.as_str())) {
                Some(near) => format!("did you mean `{near}`?"),
                None => columns(env_list),
            };
            return self.report(error.help(help));
        };
        node(CheckedKind::Lookup(index, Box::new(checked), at), ty.clone(), span)
    }

    /// `lookup(…)` without a column: its row.
    pub(super) fn bare_lookup(&mut self, expr: &Expr, args: &[Expr]) -> Checked {
        for text in args.iter().skip(1) {
            self.expr(text);
        }
        let list = args.first().filter(|list| self.names_list(list));
        let found = list.and_then(|list| self.list_of(list)).map(|(_, list)| list);
        let help = found.filter(|list| !list.columns.is_empty()).map_or("write `lookup(lists.name, text).column`".to_owned(), columns);
        self.report(Diagnostic::error("row-without-column", expr.span, "`lookup` gives a row, of which one column must be taken").help(help))
    }
}

fn read_local(local: &Local, span: Span) -> Checked {
    let Some(part) = local.part else { return node(CheckedKind::Local(local.level), local.ty.clone(), span) };
    let pair = node(CheckedKind::Local(local.level), Type::List(Type::Dyn.into()), span);
    let place = node(CheckedKind::Const(Value::Int(part)), Type::Int, span);
    node(CheckedKind::Call(Function::Index, vec![pair, place]), local.ty.clone(), span)
}

/// A name that may not be read here.
pub(super) fn barred(reason: String, span: Span) -> Diagnostic {
    Diagnostic::error("barred-name", span, reason).help("ask about something that is decided before this")
}

fn columns(list: &EnvList) -> String {
    let names: Vec<String> = list.columns.iter().map(|(name, _)| format!("`.{name}`")).collect();
    format!("`lists.{}` has {}", list.name, names.join(", "))
}

fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::String | Type::Enum(_) | Type::Dyn | Type::Error)
}
