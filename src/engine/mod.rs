//! Runs a program: decides a lead, explains the decision, says what is possible while answers are open.

#[cfg(feature = "full")]
pub mod columns;
mod computed;
mod decide;
mod decision;
mod encoded;
#[cfg(feature = "full")]
pub mod events;
mod explain;
mod fault;
mod frame;
#[cfg(feature = "full")]
mod hits;
mod layout;
mod lead;
#[cfg(feature = "expressions")]
pub mod machine;
#[cfg(feature = "full")]
pub mod moves;
mod possible;
mod resolve;
mod singles;
pub mod text;
mod truths;
#[cfg(feature = "full")]
mod what_if;
mod work;

#[cfg(feature = "full")]
pub(crate) use decide::decide_frame;
pub use decide::points;
#[cfg(feature = "full")]
pub use decision::RowsHeld;
pub use decision::{Decision, Outcome, StageMoves};
pub(crate) use decide::{clamp, clamp_group};
#[cfg(feature = "author")]
pub(crate) use frame::truth;
pub(crate) use computed::{Kept, UNKEPT, is_kept, keep};
pub(crate) use frame::{Frame, join, negate, number_cell};
pub(crate) use possible::representative;
pub(crate) use resolve::is_record;
pub(crate) use singles::{singles, worth_in};
pub use encoded::{Encoded, EncodedError};
pub use explain::{Explanation, Line, LineKind, Missing, ScoreExplanation};
#[cfg(all(feature = "wasm", not(feature = "full")))]
pub(crate) use lead::LEAD_TEXTS;
pub use lead::{Answer, Input, Lead, LeadBuilder, LeadError, LeadErrorKind, SAFE_INTEGER, Source};
#[cfg(feature = "full")]
pub use possible::{HitsPossible, ListPossible};
#[cfg(feature = "author")]
pub(crate) use possible::value_cells;
pub use possible::{OpenField, OutputPossible, Possible, ScorePossible};
#[cfg(feature = "full")]
pub use what_if::{Change, Effort, MOST_DECISIONS, Settle, Settled, To, Untold, WhatIf, WhatIfOptions};

use crate::program::{LoadError, Program, ScoreBody, Value, VariableId};
use layout::Layout;
use text::Texts;

/// A program made ready to run.
///
/// Everything is a pure function of the program and its arguments: nothing reads a clock, a locale or a random source.
#[derive(Debug, Clone)]
pub struct Engine {
    program: Program,
    texts: Texts,
    layout: Layout,
    first_output: usize,
    /// The first variable after fields and derives.
    after_derives: usize,
    needs_value: Vec<bool>,
    /// The fields in the order of their names.
    by_name: std::sync::OnceLock<Vec<VariableId>>,
    work: u64,
    /// The program's digest in hexadecimal, once it was asked for.
    #[cfg(feature = "full")]
    digest: std::sync::OnceLock<String>,
}

impl Engine {
    /// Makes a program ready to run. Tests against a list that stands in a file of its own and was not [attached](Program::attach) fault.
    // Not part of its caller: there the program would be copied field by field.
    #[inline(never)]
    pub fn new(program: Program) -> Self {
        let texts = Texts::new(&program);
        let layout = Layout::new(&program);
        let work = work::of(&program);
        let mut first_output = None;
        for &output in program.tables.iter().flat_map(|table| &table.outputs) {
            first_output = Some(first_output.unwrap_or(output).min(output));
        }
        let mut after_derives = first_output.map_or(program.variables.len(), usize::from);
        for score in &program.scores {
            after_derives = after_derives.min(usize::from(score.variable));
        }
        if let Some(stages) = &program.stages {
            after_derives = after_derives.min(usize::from(stages.variable));
        }
        let first_output = first_output.map_or(0, usize::from);
        let mut needs_value: Vec<bool> = program.variables.iter().map(|variable| variable.by_value).collect();
        for &field in program.identity.iter().flatten() {
            if let Some(needs) = needs_value.get_mut(usize::from(field)) {
                *needs = true;
            }
        }
        Self { program, texts, layout, first_output, after_derives, needs_value, work, by_name: std::sync::OnceLock::new(),
            #[cfg(feature = "full")]
            digest: std::sync::OnceLock::new(),
        }
    }

    /// Reads a program and makes it ready to run.
    ///
    /// # Errors
    /// Where the bytes are not a program that this build can run, or where it names lists that stand in files of their own.
    pub fn load(bytes: &[u8]) -> Result<Self, LoadError> {
        let program = Program::from_bytes(bytes)?;
        #[cfg(feature = "full")]
        if program.missing_list().is_some() {
            return Err(LoadError { kind: crate::program::LoadErrorKind::MissingList, offset: bytes.len() });
        }
        Ok(Self::new(program))
    }

    /// As [`load`](Self::load), with the lists that the program names, by their names. Engines share a list that they are given clones of.
    ///
    /// # Errors
    /// As [`load`](Self::load); where a list is missing, is another than the one that the program names, or is none that it names.
    #[cfg(feature = "full")]
    pub fn load_with(bytes: &[u8], lists: &[(&str, &crate::program::ListFile)]) -> Result<Self, LoadError> {
        let mut program = Program::from_bytes(bytes)?;
        let fail = |kind| LoadError { kind, offset: bytes.len() };
        for (name, list) in lists {
            program.attach(name, list).map_err(fail)?;
        }
        if program.missing_list().is_some() {
            return Err(fail(crate::program::LoadErrorKind::MissingList));
        }
        Ok(Self::new(program))
    }

    /// The program's digest, in hexadecimal.
    #[cfg(feature = "full")]
    pub fn digest(&self) -> &str {
        self.digest.get_or_init(|| {
            let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
            self.program.digest().iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
        })
    }

    /// The program.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The program back.
    pub fn into_program(self) -> Program {
        self.program
    }

    /// The field of a name.
    pub fn field(&self, name: &str) -> Option<VariableId> {
        // Who gives leads by number, as the package does, never asks.
        let by_name = self.by_name.get_or_init(|| {
            let mut names = self.program.variables.iter().take(self.program.fields.len()).map(|variable| variable.name.as_str());
            text::sorted(&mut names).iter().map(|&(_, field)| field as VariableId).collect()
        });
        let at = by_name.binary_search_by(|&field| self.name_of(field).cmp(name)).ok()?;
        by_name.get(at).copied()
    }

    fn name_of(&self, variable: VariableId) -> &str {
        self.program.variables.get(usize::from(variable)).map(|variable| variable.name.as_str()).unwrap_or_default()
    }

    /// What a variable is called.
    #[cfg(feature = "full")]
    pub(crate) fn variable_name(&self, variable: VariableId) -> &str {
        self.name_of(variable)
    }

    /// The names of the stages, in order.
    #[cfg(feature = "full")]
    pub(crate) fn stage_names(&self) -> Vec<&str> {
        let variable = self.program.stages.as_ref().and_then(|stages| self.program.variables.get(usize::from(stages.variable)));
        let values: &[Value] = match variable.map(|variable| &variable.domain) {
            Some(crate::program::Domain::Finite(values)) => values,
            _ => &[],
        };
        values.iter().filter_map(|value| if let Value::String(name) = value { Some(&**name) } else { None }).collect()
    }

    /// The stage of a name, as [`decide`](Self::decide) takes it.
    pub fn stage(&self, name: &str) -> Option<u16> {
        let stages = self.program.stages.as_ref()?;
        let crate::program::Domain::Finite(values) = &self.program.variables.get(usize::from(stages.variable))?.domain else { return None };
        values.iter().position(|value| matches!(value, Value::String(text) if **text == *name)).map(|at| at as u16)
    }

    /// Whether the program is a slice in which something is secret: what comes out of a lead is then told by [`possible`](Self::possible) alone, and
    /// [`decide`](Self::decide) counts what is secret as faulted.
    pub fn is_provisional(&self) -> bool {
        let sums = || self.program.scores.iter().any(|score| matches!(score.body, ScoreBody::Within(..)));
        self.program.slice.as_ref().is_some_and(|slice| !slice.open.is_empty() || sums())
    }

    /// The index of what a visitor is told of an outcome; none where the policy has no messages.
    pub fn message(&self, outcome: Outcome) -> Option<u16> {
        let messages = self.program.messages.as_ref()?;
        match outcome {
            Outcome::Screened(row) => messages.screen.get(usize::from(row)).copied(),
            Outcome::Route(at) => messages.routes.get(usize::from(at)).copied(),
            Outcome::None => Some(messages.otherwise),
        }
    }

    /// What comes out where a row of the screen holds.
    pub(crate) fn screened(&self, row: usize) -> Outcome {
        match &self.program {
            Program { slice: Some(_), messages, .. } => {
                let message = messages.as_ref().and_then(|messages| messages.screen.get(row));
                message.map_or(Outcome::None, |&message| Outcome::Route(message))
            }
            _ => Outcome::Screened(row as u16),
        }
    }

    /// What an outcome is called: `screened:<id>`, or the route's word.
    pub fn outcome_name(&self, outcome: Outcome) -> Option<String> {
        match outcome {
            Outcome::Screened(row) => self.program.screen.get(usize::from(row)).map(|row| ["screened:", &row.id].concat()),
            Outcome::Route(at) => self.program.route.as_ref()?.outcomes.get(usize::from(at)).cloned(),
            Outcome::None => None,
        }
    }

    /// The table outputs in the order of [`Decision::outputs`], with their variables.
    pub fn outputs(&self) -> impl Iterator<Item = (usize, &crate::program::Variable)> {
        let count = self.program.tables.iter().map(|table| table.outputs.len()).sum();
        self.program.variables.iter().skip(self.first_output).take(count).enumerate()
    }

    /// What one decision may cost, in nodes looked at.
    pub(crate) fn work(&self) -> u64 {
        self.work
    }

    pub(crate) fn texts(&self) -> &Texts {
        &self.texts
    }

    pub(crate) fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The variable of the first table output; outputs stand together.
    pub(crate) fn first_output(&self) -> usize {
        self.first_output
    }

    /// Whether something reads a field's value and not only its cells.
    pub(crate) fn needs_value(&self, field: VariableId) -> bool {
        self.needs_value.get(usize::from(field)).copied().unwrap_or(false)
    }

    /// Whether anything rests on a field at all.
    pub(crate) fn is_read(&self, field: VariableId) -> bool {
        !self.layout.slots_of(field).is_empty() || self.needs_value(field)
    }

    /// The identity keys that a decided lead gives: for each entry whose fields are all known, its index and their values.
    pub fn identity(&self, lead: &Lead, decision: &Decision) -> Vec<(u16, Vec<Value>)> {
        let value = |field: &VariableId| match lead.answers.get(usize::from(*field)) {
            Some((Answer::Value(value), _)) => Some(value.clone()),
            _ => None,
        };
        let keys = decision.identity.iter();
        keys.filter_map(|&index| Some((index, self.program.identity.get(usize::from(index))?.iter().map(value).collect::<Option<Vec<_>>>()?))).collect()
    }

    /// What faulted, by name: fields and derives, `screen`, scores, table outputs, `stage`, `route`, in this order.
    pub fn fault_names(&self, decision: &Decision) -> Vec<&str> {
        let mut names = Vec::new();
        for late in [false, true] {
            for &variable in &decision.faulted {
                if (usize::from(variable) >= self.after_derives) == late {
                    names.push(self.name_of(variable));
                }
            }
            if decision.by_fault && decision.screened != late {
                names.push(if late { "route" } else { "screen" });
            }
        }
        names
    }
}
