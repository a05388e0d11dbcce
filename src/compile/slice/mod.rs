//! The public slice: what `page` lists, compiled again with everything else kept out.
//!
//! The document is cut down to its public part ([`public`]) and compiled like any other. Names that are secret still resolve, for conditions mention them, but to
//! nothing that a program could hold: a condition on one becomes open ([`open`]), and a secret number in public arithmetic the interval that its author
//! declared ([`numbers`]). Working on checked conditions, before anything is cut into cells, means that no constant, list entry or threshold of a secret
//! ever enters the program that leaves. [`outcomes`] puts messages in the place of outcomes.

mod bounds;
mod numbers;
mod open;
mod outcomes;
mod public;

use std::collections::{BTreeMap, BTreeSet};

use super::Builder;
use super::lists::MOST_PLAIN;
use super::words::{Words, public_words};
use crate::cel::Env;
use crate::document::PageDef;
use crate::program::{Format, NEEDS_FULL, Program, Slice, VariableId};
use crate::report::{Diagnostic, Span};

/// What may leave for the page.
#[derive(Debug, Clone)]
pub struct Sliced {
    /// The slice.
    pub program: Program,
    /// The texts that may leave with it.
    pub words: Words,
    /// The public rules, rows and derives that rest on something secret, by path: `route.east`, `screen.spam`, `scores.fit.need.seats`. For the author alone.
    pub open: Vec<String>,
}

/// What is secret in a slice, and what stands for it.
#[derive(Debug, Default)]
pub struct Secrets {
    /// In the environment, variables from this one on are secret.
    first_variable: usize,
    /// In the environment, lists from this one on are secret.
    first_list: usize,
    /// Declared bounds, by name.
    bounds: BTreeMap<String, (f64, f64)>,
    /// What stands for secret numbers that public arithmetic reads, by variable of the environment.
    numbers: BTreeMap<usize, VariableId>,
    /// All variables that stand for something secret.
    open: Vec<VariableId>,
    /// Public variables that rest on something secret.
    tainted: BTreeSet<usize>,
    /// The rules, rows and derives that rest on something secret, by path.
    paths: Vec<String>,
    /// Calls of functions that the page build leaves out.
    calls: Vec<Span>,
}

impl Secrets {
    /// How many variables of the environment are public; they come first.
    pub fn first_variable(&self) -> usize {
        self.first_variable
    }

    /// How many calls were noted.
    pub fn noted(&self) -> usize {
        self.calls.len()
    }

    /// Forgets the calls noted after so many.
    pub fn forget(&mut self, count: usize) {
        self.calls.truncate(count);
    }
}

impl Builder<'_> {
    /// The slice of a document that compiled, and its texts; none where it has no `page`. What the slice cannot be made of is reported.
    pub fn slice(&mut self) -> Option<Sliced> {
        let document = self.document;
        let page = document.page.as_ref()?;
        self.bounds(page);
        let public = public::document(document, page);
        let mut builder = Builder::new(&public);
        builder.secrets = Some(Secrets { first_variable: usize::MAX, first_list: usize::MAX, ..Secrets::default() });
        builder.checked.clone_from(&self.checked);
        builder.names();
        builder.add_secrets(&self.env, page);
        builder.program.messages.clone_from(&self.program.messages);
        builder.sections();
        let Builder { report, mut program, secrets, .. } = builder;
        let secrets = secrets.unwrap_or_default();
        if program.capabilities() & NEEDS_FULL != 0 {
            self.report.extend(secrets.calls.iter().map(|&span| {
                let found = Diagnostic::error("page-needs-full", span, "the page cannot run this: its build of the engine leaves it out");
                found.help("times, patterns and turning values into texts need the full build; take what uses it out of `page`")
            }));
        }
        for name in &page.lists {
            let packed = self.program.lists.iter().any(|list| list.name == name.value && list.body.packed().is_some());
            if packed {
                let found = Diagnostic::error("page-needs-full", name.span, format!("the page cannot hold the list `{}`: it is for servers", name.value));
                self.report.push(found.help(format!("lists with `match: domain` or `detached`, and those of more than {MOST_PLAIN} texts, need the full build; take it out of `page.lists`")));
            }
        }
        for name in &page.fields {
            if document.fields.iter().any(|field| field.name.value == name.value && field.format == Format::Uscc) {
                let found = Diagnostic::error("page-needs-full", name.span, format!("the page cannot check the code `{}`", name.value));
                self.report.push(found.help("`format: uscc` needs the full build; take the field out of `page.fields`"));
            }
        }
        self.report.extend(report);
        let mut open = secrets.open;
        open.sort_unstable();
        program.slice = Some(Slice { open });
        Some(Sliced { program, words: public_words(&public, Some(page)), open: secrets.paths })
    }

    /// Enters the names that are secret after those that are public.
    fn add_secrets(&mut self, all: &Env, page: &PageDef) {
        let first_variable = self.env.variables.len();
        let first_list = self.env.lists.len();
        let secret: Vec<_> = all.variables.iter().filter(|variable| !self.index.contains_key(&variable.name)).cloned().collect();
        self.env.variables.extend(secret);
        let lists: Vec<_> = all.lists.iter().filter(|list| !self.env.lists.iter().any(|known| known.name == list.name)).cloned().collect();
        self.env.lists.extend(lists);
        if let Some(secrets) = &mut self.secrets {
            secrets.first_variable = first_variable;
            secrets.first_list = first_list;
            secrets.bounds = page.bounds.iter().map(|(name, low, high)| (name.value.clone(), (*low, *high))).collect();
        }
    }

    /// Notes that something public rests on something secret.
    pub fn note_open(&mut self, open: bool, path: impl FnOnce() -> String) {
        if let (Some(secrets), true) = (&mut self.secrets, open) {
            secrets.paths.push(path());
        }
    }

    /// Notes what the page build cannot run.
    pub fn note_full(&mut self, span: Span) {
        if let Some(secrets) = &mut self.secrets {
            secrets.calls.push(span);
        }
    }
}
