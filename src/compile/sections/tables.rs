//! Decision tables.

use std::collections::BTreeSet;

use super::super::Builder;
use super::super::cond::Cond;
use super::super::conditions::Site;
use super::super::names::{duplicates, output_type, unknown};
use super::super::order::{Item, order};
use super::Deferred;
use crate::cel::Type;
use crate::document::{FieldType, OutputDef, Scalar, TableDef};
use crate::program::{Row, Step, Table, Truth, Value, VariableId};
use crate::report::{Diagnostic, Spanned};

impl Builder<'_> {
    /// Tables in dependency order, with the moves between those that do not read the stage and those that do.
    pub fn tables_and_moves(&mut self, deferred: &mut Deferred) {
        let document = self.document;
        duplicates(&mut self.report, "table", document.tables.iter().map(|table| &table.id));
        let reads: Vec<BTreeSet<usize>> = document
            .tables
            .iter()
            .map(|table| table.rows.iter().filter_map(|row| row.when.as_ref()).flat_map(|when| self.named_in(when)).collect())
            .collect();
        let output_of = |variable: usize| {
            document.tables.iter().position(|table| table.outputs.iter().any(|output| self.index.get(&output.name.value) == Some(&variable)))
        };
        let items: Vec<Item> = document
            .tables
            .iter()
            .zip(&reads)
            .map(|(table, reads)| Item {
                name: format!("the table `{}`", table.id.value),
                span: table.id.span,
                reads: reads.iter().filter_map(|&variable| output_of(variable)).collect(),
            })
            .collect();
        let stage = document.stages.as_ref().and_then(|_| self.index.get("stage").copied());
        let feeds: BTreeSet<usize> = document.stages.iter().flat_map(|stages| &stages.moves).filter_map(|item| item.when.as_ref()).flat_map(|when| self.named_in(when)).collect();
        let mut before_moves: Vec<bool> = document.tables.iter().map(|table| table.outputs.iter().any(|output| self.index.get(&output.name.value).is_some_and(|at| feeds.contains(at)))).collect();
        let (sequence, cycle) = order(&items);
        self.report.extend(cycle);
        // What feeds a table that feeds a move feeds the move.
        for &at in sequence.iter().rev() {
            if before_moves.get(at).copied().unwrap_or(false) {
                for &read in items.get(at).map(|item| item.reads.as_slice()).unwrap_or_default() {
                    if let Some(place) = before_moves.get_mut(read) {
                        *place = true;
                    }
                }
            }
        }
        let mut reads_stage = vec![false; document.tables.len()];
        for &at in &sequence {
            let direct = stage.is_some_and(|stage| reads.get(at).is_some_and(|reads| reads.contains(&stage)));
            let through = items.get(at).is_some_and(|item| item.reads.iter().any(|&read| reads_stage.get(read).copied().unwrap_or(false)));
            if let Some(place) = reads_stage.get_mut(at) {
                *place = direct || through;
            }
        }
        self.program.tables = document.tables.iter().map(|table| self.empty_table(table)).collect();
        for after in [false, true] {
            for &at in &sequence {
                let (Some(table), Some(&late), Some(&feeds)) = (document.tables.get(at), reads_stage.get(at), before_moves.get(at)) else { continue };
                if (late && !feeds) == after {
                    let site = if feeds { Site::BeforeStage } else { Site::All };
                    self.table(at, table, site, deferred);
                }
            }
            if !after && let Some(stages) = &document.stages {
                self.stages(stages, deferred);
            }
        }
    }

    fn empty_table(&self, table: &TableDef) -> Table {
        let outputs = table.outputs.iter().filter_map(|output| self.index.get(&output.name.value)).map(|&at| at as VariableId);
        Table { id: table.id.value.clone(), outputs: outputs.collect(), rows: Vec::new() }
    }

    fn table(&mut self, at: usize, table: &TableDef, site: Site, deferred: &mut Deferred) {
        duplicates(&mut self.report, "row", table.rows.iter().map(|row| &row.id));
        let what = if site == Site::BeforeStage { "a table that feeds a move" } else { "a table" };
        let env = self.env_at(site, what);
        let mut values: Vec<Vec<Value>> = table.outputs.iter().map(declared_values).collect();
        let mut rows = Vec::new();
        let mut before = Vec::new();
        for row in &table.rows {
            let cond = self.optional(row.when.as_ref(), &env, &mut before).unwrap_or(Cond::Const(Truth::False));
            let faults = self.cond_may_fault(&cond);
            self.note_open(cond.is_open(), || format!("tables.{}.{}", table.id.value, row.id.value));
            let then = self.then(&row.then, &table.outputs, &mut values);
            rows.push((Row { id: row.id.value.clone(), when: deferred.cond(cond), then }, faults));
        }
        if table.hit.by_priority() {
            // Values stand in the order in which they are declared, and rows of one priority stay in theirs.
            let priority = |row: &Row| -> Vec<u16> {
                let ranked = table.outputs.iter().zip(&row.then).filter(|(output, _)| output.ty == FieldType::Enum);
                ranked.map(|(_, &value)| value).collect()
            };
            rows.sort_by_key(|(row, _)| priority(row));
        }
        if let Some(default) = &table.default {
            let then = self.then(default, &table.outputs, &mut values);
            rows.push((Row { id: "default".into(), when: deferred.cond(Cond::Const(Truth::True)), then }, false));
        }
        self.run_before(before);
        let (mut rows, faults): (Vec<Row>, Vec<bool>) = rows.into_iter().unzip();
        let domains = self.domains_of_hit(at, table, &mut rows, values);
        let may_fault = faults.contains(&true) || self.checked.contains(&table.id.value);
        let outputs: Vec<VariableId> = self.program.tables.get(at).map(|table| table.outputs.clone()).unwrap_or_default();
        for (output, domain) in outputs.iter().zip(domains) {
            if let Some(variable) = self.program.variables.get_mut(usize::from(*output)) {
                variable.domain = domain;
            }
            if let Some(place) = self.faulting.get_mut(usize::from(*output)) {
                *place = may_fault;
            }
        }
        if let Some(place) = self.program.tables.get_mut(at) {
            place.rows = rows;
        }
        self.steps.push(Step::Table(at as u16));
        self.row_faults.insert(at, faults);
    }

    fn then(&mut self, then: &[Spanned<Scalar>], outputs: &[OutputDef], values: &mut [Vec<Value>]) -> Vec<u16> {
        let mut found = Vec::new();
        for ((scalar, output), values) in then.iter().zip(outputs).zip(values) {
            match output_value(scalar, output) {
                Ok(value) => found.push(values.iter().position(|known| *known == value).unwrap_or_else(|| {
                    values.push(value);
                    values.len() - 1
                }) as u16),
                Err(diagnostic) => {
                    self.error(diagnostic);
                    found.push(0);
                }
            }
        }
        found
    }
}

/// The values that an output declares.
fn declared_values(output: &OutputDef) -> Vec<Value> {
    output.values.iter().map(|value| Value::String(value.value.as_str().into())).collect()
}

/// A value of the document as one of an output.
pub fn output_value(scalar: &Spanned<Scalar>, output: &OutputDef) -> Result<Value, Diagnostic> {
    let name = &output.name.value;
    let wrong = |expected: &str, help: &str| Err(Diagnostic::error("wrong-type", scalar.span, format!("the output `{name}` wants {expected}")).help(help));
    match (output_type(output), &scalar.value) {
        (Type::Int, Scalar::Int(value)) => Ok(Value::Int(*value)),
        (Type::Int, _) => wrong("a whole number", "write one without quotes, such as 30"),
        (Type::Double, Scalar::Int(value)) => Ok(Value::Double(*value as f64)),
        (Type::Double, Scalar::Double(value)) if value.is_finite() => Ok(Value::Double(*value + 0.0)),
        (Type::Double, _) => wrong("a number", "write one without quotes, such as 0.05"),
        (Type::Bool, Scalar::Bool(value)) => Ok(Value::Bool(*value)),
        (Type::Bool, _) => wrong("`true` or `false`", "write it without quotes"),
        (Type::String, Scalar::String(text)) => Ok(Value::String(text.as_str().into())),
        (Type::String, Scalar::Int(value)) => Ok(Value::String(value.to_string().into())),
        (Type::Enum(known), value) => {
            let text = match value {
                Scalar::String(text) => text.clone(),
                Scalar::Int(value) => value.to_string(),
                Scalar::Bool(value) => value.to_string(),
                _ => return wrong("one of its values", "its values are those that `outputs` declares"),
            };
            if known.values.contains(&text) {
                return Ok(Value::String(text.as_str().into()));
            }
            let known: Vec<&str> = known.values.iter().map(String::as_str).collect();
            Err(unknown("unknown-value", &Spanned::new(text.clone(), scalar.span), &format!("`{text}` is not a value of the output `{name}`"), &known))
        }
        _ => wrong("a text", "put it in quotes"),
    }
}
