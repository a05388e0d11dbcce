//! Conditions of the document, checked where they stand.

use super::Builder;
use super::cond::Cond;
use super::names::unknown;
use super::slice;
use crate::cel::{self, Checked, Env, Expected, Text, unary};
use crate::document::{Code, Condition};
use crate::program::{Step, Truth};
use crate::report::Spanned;

/// A place in the document where conditions stand, by what they may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// Gates, derives, the screen, score rules: fields, lists and derives.
    First,
    /// Tables that feed a move, and moves: everything but the stage.
    BeforeStage,
    /// The route, tables that read the stage: everything.
    All,
}

impl Builder<'_> {
    /// What names refer to at a site.
    pub fn env_at(&self, site: Site, what: &str) -> Env {
        let mut env = self.env.clone();
        let first = self.program.fields.len() + self.document.derives.len();
        let scores = self.document.scores.len();
        // What is secret in a slice was checked where the whole document was.
        let public = self.secrets.as_ref().map_or(env.variables.len(), slice::Secrets::first_variable);
        for (at, variable) in env.variables.iter_mut().enumerate().take(public) {
            let kind = if at < first {
                continue;
            } else if at < first + scores {
                "score"
            } else if variable.name == "stage" {
                "stage"
            } else {
                "table output"
            };
            if site == Site::First {
                variable.barred = Some(format!("{what} reads fields, lists and derives; `{}` is a {kind}", variable.name));
            } else if site == Site::BeforeStage && kind == "stage" {
                variable.barred = Some(format!("{what} cannot read `stage`: it comes before the moves"));
            }
        }
        env
    }

    /// Checks a condition; none where it was reported.
    pub fn condition(&mut self, condition: &Condition, env: &Env, before: &mut Vec<Step>) -> Option<Cond> {
        match condition {
            Condition::Cel(code) => {
                let checked = self.expression(code, env, Expected::Condition)?;
                Some(self.decompose(&checked, before))
            }
            Condition::Tests(tests) => {
                let mut conds = Vec::new();
                let mut complete = true;
                for (name, code) in tests {
                    match self.unary(name, code, env, before) {
                        Some(cond) => conds.push(cond),
                        None => complete = false,
                    }
                }
                complete.then(|| Cond::and(conds))
            }
        }
    }

    /// Checks an optional condition; one that is not there always holds.
    pub fn optional(&mut self, condition: Option<&Condition>, env: &Env, before: &mut Vec<Step>) -> Option<Cond> {
        match condition {
            Some(condition) => self.condition(condition, env, before),
            None => Some(Cond::Const(Truth::True)),
        }
    }

    /// Checks an expression; none where it was reported.
    pub fn expression(&mut self, code: &Code, env: &Env, expected: Expected) -> Option<Checked> {
        let text = text(code);
        match cel::parse(&text).and_then(|expr| cel::check(&expr, env, expected)) {
            Ok(checked) => Some(checked),
            Err(errors) => {
                self.report.extend(errors);
                None
            }
        }
    }

    /// Parses a unary test; none where it was reported.
    pub fn test(&mut self, code: &Code) -> Option<unary::Test> {
        match cel::parse_test(&text(code)) {
            Ok(test) => Some(test),
            Err(errors) => {
                self.report.extend(errors);
                None
            }
        }
    }

    /// Checks a unary test on a name; none where it was reported.
    pub fn unary(&mut self, name: &Spanned<String>, code: &Code, env: &Env, before: &mut Vec<Step>) -> Option<Cond> {
        let test = self.test(code);
        let Some(variable) = env.variables.iter().find(|variable| variable.name == name.value) else {
            let known: Vec<&str> = env.variables.iter().filter(|variable| variable.barred.is_none()).map(|variable| variable.name.as_str()).collect();
            let found = unknown("unknown-name", name, &format!("nothing is called `{}`", name.value), &known);
            self.error(found);
            return None;
        };
        let checked = cel::desugar(&test?, name, &variable.ty).and_then(|expr| cel::check(&expr, env, Expected::Condition));
        match checked {
            Ok(checked) => Some(self.decompose(&checked, before)),
            Err(errors) => {
                self.report.extend(errors);
                None
            }
        }
    }
}

/// A scalar's text with its places.
pub fn text(code: &Code) -> Text<'_> {
    Text { text: &code.text, span: code.span, offsets: &code.offsets }
}
