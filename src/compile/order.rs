//! In which order gates and derives are resolved, and tables decided: each after what it reads.

use std::collections::BTreeSet;

use super::Builder;
use crate::cel::ast::{Expr, ExprKind};
use crate::cel;
use crate::document::{Code, Condition};
use crate::report::{Diagnostic, Span};

/// Something that is computed, with what it reads.
#[derive(Debug, Clone)]
pub struct Item {
    /// What it is, for a message about a cycle.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// The items that it reads, by index.
    pub reads: Vec<usize>,
}

/// The items in an order in which each comes after what it reads, as far as there is one; the author's order otherwise. The first cycle found is returned as a diagnostic.
pub fn order(items: &[Item]) -> (Vec<usize>, Option<Diagnostic>) {
    let mut done = vec![false; items.len()];
    let mut on_path = vec![false; items.len()];
    let mut result = Vec::with_capacity(items.len());
    let mut cycle = None;
    for start in 0..items.len() {
        // (item, how many of its reads were looked at)
        let mut path: Vec<(usize, usize)> = Vec::new();
        if !done.get(start).copied().unwrap_or(true) {
            path.push((start, 0));
        }
        while let Some((at, next)) = path.pop() {
            if next == 0 {
                set(&mut on_path, at, true);
            }
            match items.get(at).and_then(|item| item.reads.get(next)) {
                Some(&read) => {
                    path.push((at, next + 1));
                    if on_path.get(read).copied().unwrap_or(false) {
                        cycle = cycle.or_else(|| describe(items, &path, read));
                    } else if !done.get(read).copied().unwrap_or(true) {
                        path.push((read, 0));
                    }
                }
                None => {
                    set(&mut on_path, at, false);
                    if !done.get(at).copied().unwrap_or(true) {
                        set(&mut done, at, true);
                        result.push(at);
                    }
                }
            }
        }
    }
    (result, cycle)
}

fn set(flags: &mut [bool], at: usize, value: bool) {
    if let Some(flag) = flags.get_mut(at) {
        *flag = value;
    }
}

fn describe(items: &[Item], path: &[(usize, usize)], back_to: usize) -> Option<Diagnostic> {
    let from = path.iter().position(|(at, _)| *at == back_to)?;
    let cycle = path.get(from..)?.iter().map(|(at, _)| *at).chain([back_to]);
    let names: Vec<String> = cycle.filter_map(|at| items.get(at)).map(|item| item.name.clone()).collect();
    let item = items.get(back_to)?;
    let message = format!("{} depends on itself: {}", item.name, names.join(" → "));
    Some(Diagnostic::error("cycle", item.span, message).help("break the circle: one of these must not read the next"))
}

impl Builder<'_> {
    /// The variables that a condition names.
    pub fn named_in(&self, condition: &Condition) -> BTreeSet<usize> {
        match condition {
            Condition::Cel(code) => self.named_in_code(code),
            Condition::Tests(tests) => tests.iter().filter_map(|(name, _)| self.index.get(&name.value).copied()).collect(),
        }
    }

    /// The variables that an expression names. An expression that does not parse names none; it is reported where it is checked.
    pub fn named_in_code(&self, code: &Code) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        if let Ok(expr) = cel::parse(&super::conditions::text(code)) {
            self.names_of(&expr, &mut found);
        }
        found
    }

    fn names_of(&self, expr: &Expr, found: &mut BTreeSet<usize>) {
        if let Some(path) = dotted(expr) {
            // The longest prefix that is a name.
            let mut prefix = path.as_str();
            loop {
                if let Some(&at) = self.index.get(prefix) {
                    found.insert(at);
                    return;
                }
                match prefix.rfind('.') {
                    Some(dot) => prefix = prefix.get(..dot).unwrap_or_default(),
                    None => return,
                }
            }
        }
        match &expr.kind {
            ExprKind::Literal(_) | ExprKind::Name { .. } => {}
            ExprKind::Member { operand, .. } | ExprKind::Unary { operand, .. } => self.names_of(operand, found),
            ExprKind::Index { operand: left, index: right, .. } | ExprKind::Binary { left, right, .. } => {
                self.names_of(left, found);
                self.names_of(right, found);
            }
            ExprKind::Call { target, args, .. } => target.iter().map(|target| &**target).chain(args).for_each(|item| self.names_of(item, found)),
            ExprKind::And(items) | ExprKind::Or(items) => items.iter().for_each(|item| self.names_of(item, found)),
            ExprKind::If { test, then, otherwise } => [test, then, otherwise].into_iter().for_each(|item| self.names_of(item, found)),
            ExprKind::List(items) => items.iter().for_each(|item| self.names_of(&item.value, found)),
            ExprKind::Map(entries) => entries.iter().for_each(|entry| {
                self.names_of(&entry.key, found);
                self.names_of(&entry.value, found);
            }),
        }
    }
}

/// `a.b.c` as text, where the expression is such a path.
fn dotted(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Name { name, .. } => Some(name.clone()),
        ExprKind::Member { operand, member, .. } => Some(format!("{}.{member}", dotted(operand)?)),
        _ => None,
    }
}
