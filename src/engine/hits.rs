//! Tables of which more than the first row that holds counts.

use super::Engine;
use super::decision::{Decision, RowsHeld};
use super::frame::Frame;
use crate::program::{Aggregate, FAULT, FIRST_VALUE, HitPolicy, Hits, Numbers, Row, Table, Truth, Value};

impl Engine {
    /// Decides a table by all of its rows.
    pub(crate) fn table_of_hits(&self, frame: &mut Frame, hits: &Hits, decision: &mut Decision) {
        let program = self.program();
        self.rows_of_hits(hits, decision, &mut |row| frame.truth(program, row.when));
        self.give_hits(frame, hits, decision);
    }

    /// Decides a table by what its rows are, in their order.
    pub(crate) fn table_by_truths(&self, frame: &mut Frame, hits: &Hits, truths: &mut dyn Iterator<Item = Truth>, decision: &mut Decision) {
        self.rows_of_hits(hits, decision, &mut |_| truths.next().unwrap_or(Truth::Fault));
        self.give_hits(frame, hits, decision);
    }

    /// Finds the rows of a table that hold.
    fn rows_of_hits(&self, hits: &Hits, decision: &mut Decision, truth: &mut dyn FnMut(&Row) -> Truth) {
        let held = self.place_of_hits(hits).and_then(|place| decision.hits.get_mut(place));
        if let (Some(held), Some(table)) = (held, self.program().tables.get(usize::from(hits.table))) {
            rows_held(hits, table, truth, held);
        }
    }

    /// Where a decision has the rows of a table.
    fn place_of_hits(&self, hits: &Hits) -> Option<usize> {
        self.program().life.hits.iter().position(|known| known.table == hits.table)
    }

    /// Gives a table's outputs what the rows that hold say.
    fn give_hits(&self, frame: &mut Frame, hits: &Hits, decision: &mut Decision) {
        let Some(table) = self.program().tables.get(usize::from(hits.table)) else { return };
        let Some(held) = self.place_of_hits(hits).and_then(|place| decision.hits.get_mut(place)) else { return };
        let first = held.rows.first().copied();
        let mut row = first.filter(|_| !held.violated).and_then(|first| table.rows.get(usize::from(first)));
        let mut any = !held.faulted && !held.violated;
        match &hits.policy {
            HitPolicy::Unique | HitPolicy::Any => any &= row.is_some(),
            HitPolicy::Lists(values) => {
                row = None;
                for (at, (&output, values)) in table.outputs.iter().zip(values).enumerate() {
                    if any {
                        self.set_value(frame, output, &list(table, &held.rows, at, values));
                    }
                }
            }
            HitPolicy::Number(aggregate, numbers) => {
                row = None;
                let value = if any { number(*aggregate, numbers, table, &held.rows) } else { None };
                held.units = value;
                any = value.is_some();
                if let (Some(&output), Some(units)) = (table.outputs.first(), value) {
                    self.set_value(frame, output, &numbers.value(units));
                }
            }
        }
        for (at, &output) in table.outputs.iter().enumerate() {
            let value = row.and_then(|row| row.then.get(at).copied());
            match value {
                _ if !any => self.set_state(frame, output, FAULT),
                Some(value) => self.set_state(frame, output, FIRST_VALUE + value),
                None => {}
            }
            let place = usize::from(output).checked_sub(self.first_output());
            if let Some(place) = place.and_then(|place| decision.outputs.get_mut(place)) {
                *place = any.then(|| value.unwrap_or_default());
            }
        }
        if let Some(place) = decision.rows.get_mut(usize::from(hits.table)) {
            *place = first.filter(|_| any);
        }
    }

    /// What an output of a table is, by its place in [`Decision::outputs`]; none where it faulted or the lead was screened.
    ///
    /// ```
    /// let program = leadgate::compile_str(r#"
    /// leadgate: 1
    /// policy: p
    /// version: "1"
    /// fields: { seats: { type: int } }
    /// tables:
    ///   offers:
    ///     hit: collect
    ///     outputs: { offers: [demo, trial] }
    ///     rows: [{ when: { seats: ">= 10" }, then: demo }, { then: trial }]
    /// "#).unwrap();
    /// use leadgate::program::Value;
    /// let engine = leadgate::Engine::new(program);
    /// let mut lead = engine.lead();
    /// lead.set("seats", 20).unwrap();
    /// let decision = engine.decide(&lead.build(), None);
    /// assert_eq!(engine.output(&decision, 0), Some(Value::List([Value::String("demo".into()), Value::String("trial".into())].into())));
    /// ```
    pub fn output(&self, decision: &Decision, place: usize) -> Option<Value> {
        let program = self.program();
        let index = decision.outputs.get(place).copied().flatten()?;
        let variable = place + self.first_output();
        for (hits, held) in program.life.hits.iter().zip(&decision.hits) {
            let table = program.tables.get(usize::from(hits.table))?;
            let Some(at) = table.outputs.iter().position(|&output| usize::from(output) == variable) else { continue };
            match &hits.policy {
                HitPolicy::Unique | HitPolicy::Any => break,
                HitPolicy::Lists(values) => return Some(list(table, &held.rows, at, values.get(at)?)),
                HitPolicy::Number(_, numbers) => return held.units.map(|units| numbers.value(units)),
            }
        }
        match &program.variables.get(variable)?.domain {
            crate::program::Domain::Finite(values) => values.get(usize::from(index)).cloned(),
            _ => None,
        }
    }
}

impl Engine {
    /// Whether an output of a table, by its place among the outputs, is a list or a number that the rows add up to.
    pub(super) fn is_collected(&self, place: usize) -> bool {
        let program = self.program();
        let of = |table: u16| program.tables.get(usize::from(table)).is_some_and(|table| table.outputs.iter().any(|&output| usize::from(output) == place + self.first_output()));
        program.life.hits.iter().any(|hits| matches!(hits.policy, HitPolicy::Lists(_) | HitPolicy::Number(..)) && of(hits.table))
    }
}

/// The rows that hold; the default where no other does.
pub(super) fn rows_held(hits: &Hits, table: &Table, truth: &mut dyn FnMut(&Row) -> Truth, held: &mut RowsHeld) {
    held.clear();
    let last = table.rows.len() - usize::from(hits.default && !table.rows.is_empty());
    for (at, row) in (0..).zip(table.rows.iter().take(last)) {
        match truth(row) {
            Truth::True => held.rows.push(at),
            Truth::Fault => held.faulted = true,
            Truth::False | Truth::Unknown => {}
        }
    }
    if held.faulted {
        held.rows.clear();
        return;
    }
    if held.rows.is_empty() && last < table.rows.len() {
        held.rows.push(last as u16);
    }
    held.violated = match hits.policy {
        HitPolicy::Unique => held.rows.len() > 1,
        HitPolicy::Any => {
            let mut gives = held.rows.iter().filter_map(|&row| table.rows.get(usize::from(row))).map(|row| &row.then);
            let first = gives.next();
            gives.any(|then| Some(then) != first)
        }
        HitPolicy::Lists(_) | HitPolicy::Number(..) => false,
    };
}

/// What rows give, as a list.
pub(super) fn list(table: &Table, rows: &[u16], output: usize, values: &[Value]) -> Value {
    let value = |&row: &u16| values.get(usize::from(*table.rows.get(usize::from(row))?.then.get(output)?)).cloned();
    Value::List(rows.iter().filter_map(value).collect())
}

/// What rows give, as one number in units.
pub(super) fn number(aggregate: Aggregate, numbers: &Numbers, table: &Table, rows: &[u16]) -> Option<i64> {
    let units = rows.iter().filter_map(|&row| table.rows.get(usize::from(row))).map(|row| numbers.of(&row.then));
    match aggregate {
        Aggregate::Sum => Some(units.fold(0, i64::saturating_add)),
        Aggregate::Min => units.min(),
        Aggregate::Max => units.max(),
    }
}
