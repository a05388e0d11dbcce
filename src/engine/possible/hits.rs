//! What can come out of tables of which more than the first row that holds counts.

use super::bounds::Sets;
use super::{Possible, insert};
use crate::engine::Engine;
use crate::engine::decision::Decision;
use crate::engine::hits::list;
use crate::engine::machine::Values;
use crate::program::{Aggregate, FIRST_VALUE, HitPolicy, Hits, Numbers, Program, Row, Table, Truth};

/// What a table can give whose outputs are lists or a number, in the completions that are not screened. Whether it may fault stands with its outputs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HitsPossible {
    /// Of a table that gives lists: for each output what its list can hold.
    pub lists: Vec<ListPossible>,
    /// Of a table that gives a number: the least and the greatest in units of the program's last decimal place; none where there cannot be one.
    pub units: Option<(i64, i64)>,
}

/// What a list can hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListPossible {
    /// Indices of the values that some list holds, ascending.
    pub may: Vec<u16>,
    /// Indices of the values that every list holds, ascending; none where there cannot be a list.
    pub must: Option<Vec<u16>>,
}

impl HitsPossible {
    /// Nothing yet, for every such table of a program.
    pub(super) fn empty(program: &Program) -> Vec<Self> {
        let lists = |hits: &Hits| if let HitPolicy::Lists(values) = &hits.policy { values.len() } else { 0 };
        program.life.hits.iter().map(|hits| Self { lists: vec![ListPossible::default(); lists(hits)], units: None }).collect()
    }

    fn include_units(&mut self, units: i64) {
        self.units = Some(self.units.map_or((units, units), |(low, high)| (low.min(units), high.max(units))));
    }
}

impl ListPossible {
    /// Adds one list, by the indices of its values.
    fn include(&mut self, values: &[u16]) {
        values.iter().for_each(|&value| insert(&mut self.may, value));
        match &mut self.must {
            Some(must) => must.retain(|value| values.contains(value)),
            None => {
                let mut must = Vec::new();
                values.iter().for_each(|&value| insert(&mut must, value));
                self.must = Some(must);
            }
        }
    }
}

/// What rows give for one output.
fn given<'t>(table: &'t Table, rows: &'t [u16], output: usize) -> impl Iterator<Item = u16> + 't {
    rows.iter().filter_map(move |&row| table.rows.get(usize::from(row))?.then.get(output).copied())
}

impl Possible {
    /// Adds the lists and numbers of one full decision.
    pub(super) fn add_hits(&mut self, engine: &Engine, decision: &Decision) {
        if decision.screened {
            return;
        }
        let program = engine.program();
        for ((hits, held), possible) in program.life.hits.iter().zip(&decision.hits).zip(&mut self.hits) {
            let Some(table) = program.tables.get(usize::from(hits.table)) else { continue };
            // What these outputs can be stands here alone.
            if !matches!(hits.policy, HitPolicy::Unique | HitPolicy::Any) {
                let places = table.outputs.iter().filter_map(|&output| usize::from(output).checked_sub(engine.first_output()));
                places.for_each(|place| self.outputs.iter_mut().skip(place).take(1).for_each(|output| output.values.clear()));
            }
            if held.faulted || held.violated {
                continue;
            }
            for (at, found) in possible.lists.iter_mut().enumerate() {
                found.include(&given(table, &held.rows, at).collect::<Vec<_>>());
            }
            if let Some(units) = held.units {
                possible.include_units(units);
            }
        }
    }
}

/// Which rows may hold, and which do in every completion.
#[derive(Default)]
struct Rows {
    may: Vec<u16>,
    must: Vec<u16>,
    /// A row may fault.
    faults: bool,
    /// A row faults in every completion.
    faulted: bool,
    /// The row that counts where none of them holds.
    default: Option<u16>,
}

impl Sets<'_> {
    /// Lifts a table of which more than the first row that holds counts.
    pub(super) fn table_of_hits(&mut self, hits: &Hits, possible: &mut Possible) {
        let program = self.engine.program();
        let Some(table) = program.tables.get(usize::from(hits.table)) else { return };
        let place = program.life.hits.iter().position(|known| known.table == hits.table).unwrap_or_default();
        let rows = self.rows_of(hits, table);
        table.outputs.iter().for_each(|&output| self.clear(output));
        let mut found = HitsPossible::empty(program).into_iter().nth(place).unwrap_or_default();
        let mut faults = rows.faults;
        if !rows.faulted {
            match &hits.policy {
                HitPolicy::Unique | HitPolicy::Any => faults |= self.one_row(hits, table, &rows, possible),
                HitPolicy::Lists(values) => {
                    for (at, found) in found.lists.iter_mut().enumerate() {
                        *found = rows.list(table, at);
                    }
                    for (at, (&output, values)) in table.outputs.iter().zip(values).enumerate() {
                        self.add(output, FIRST_VALUE);
                        let sure = rows.sure();
                        let known = sure.map(|rows| list(table, &rows, at, values));
                        self.put_values(output, known.map_or(Values::ANY, |list| Values::few(vec![list])));
                    }
                }
                HitPolicy::Number(aggregate, numbers) => {
                    found.units = rows.number(*aggregate, numbers, table);
                    faults |= *aggregate != Aggregate::Sum && rows.must.is_empty() && rows.default.is_none();
                    for (&output, (low, high)) in table.outputs.iter().zip(found.units) {
                        self.set_numbers(output, numbers, low, high);
                    }
                }
            }
        }
        if faults {
            table.outputs.iter().for_each(|&output| self.output(output, None, possible));
        }
        possible.undecided |= rows.sure().is_none() || faults && !rows.faulted;
        if let Some(place) = possible.hits.get_mut(place) {
            *place = found;
        }
    }

    fn rows_of(&self, hits: &Hits, table: &Table) -> Rows {
        let last = table.rows.len() - usize::from(hits.default && !table.rows.is_empty());
        let mut rows = Rows { default: (last < table.rows.len()).then_some(last as u16), ..Rows::default() };
        for (at, row) in (0..).zip(table.rows.iter().take(last)) {
            let truths = self.truths(row.when);
            let passes = truths.may_pass();
            if truths.has(Truth::Fault) {
                rows.faults = true;
                rows.faulted |= !passes && !truths.has(Truth::True);
            }
            if truths.has(Truth::True) {
                rows.may.push(at);
                // Where it faults there is no list, and no number.
                if !passes {
                    rows.must.push(at);
                }
            }
        }
        rows
    }

    /// Adds what one row gives where only one counts; whether the rows may violate the policy.
    fn one_row(&mut self, hits: &Hits, table: &Table, rows: &Rows, possible: &mut Possible) -> bool {
        let row = |at: &u16| table.rows.get(usize::from(*at));
        let agree = |a: &Row, b: &Row| hits.policy == HitPolicy::Any && a.then == b.then;
        for at in &rows.may {
            let Some(found) = row(at) else { continue };
            // It can stand alone, or with rows that agree.
            if rows.must.iter().all(|must| must == at || row(must).is_some_and(|must| agree(found, must))) {
                self.outputs_of(table, found, possible);
            }
        }
        let mut violated = false;
        for (place, a) in rows.may.iter().enumerate() {
            let others = rows.may.iter().skip(place + 1);
            violated |= others.filter_map(row).any(|b| row(a).is_some_and(|a| !agree(a, b)));
        }
        if rows.must.is_empty() {
            match rows.default.as_ref().and_then(row) {
                Some(found) => self.outputs_of(table, found, possible),
                None => violated = true,
            }
        }
        violated
    }

    fn outputs_of(&mut self, table: &Table, row: &Row, possible: &mut Possible) {
        for (&output, &value) in table.outputs.iter().zip(&row.then) {
            self.output(output, Some(value), possible);
        }
    }

    fn set_numbers(&mut self, output: u16, numbers: &Numbers, low: i64, high: i64) {
        use crate::program::Value;
        let values = match (numbers.value(low), numbers.value(high)) {
            (Value::Int(low), Value::Int(high)) => Values::ints(low, high),
            (Value::Double(low), Value::Double(high)) => Values::doubles(low, high),
            _ => Values::ANY,
        };
        self.set_values(output, values);
    }
}

impl Rows {
    /// The rows that count, where they are the same in every completion that does not fault.
    fn sure(&self) -> Option<Vec<u16>> {
        if self.may != self.must {
            return None;
        }
        Some(if self.may.is_empty() { self.default.into_iter().collect() } else { self.may.clone() })
    }

    /// What a list can hold.
    fn list(&self, table: &Table, output: usize) -> ListPossible {
        let mut found = ListPossible::default();
        if self.must.is_empty() {
            // Each row may be the only one, or none may hold.
            for &row in &self.may {
                found.include(&given(table, &[row], output).collect::<Vec<_>>());
            }
            found.include(&given(table, self.default.as_slice(), output).collect::<Vec<_>>());
        } else {
            found.include(&given(table, &self.must, output).collect::<Vec<_>>());
            given(table, &self.may, output).for_each(|value| insert(&mut found.may, value));
        }
        found
    }

    /// The least and the greatest number.
    fn number(&self, aggregate: Aggregate, numbers: &Numbers, table: &Table) -> Option<(i64, i64)> {
        let units = |row: &u16| table.rows.get(usize::from(*row)).map_or(0, |row| numbers.of(&row.then));
        let mut found = HitsPossible::default();
        if self.must.is_empty() {
            match &self.default {
                Some(default) => found.include_units(units(default)),
                None if aggregate == Aggregate::Sum => found.include_units(0),
                None => {}
            }
        }
        match aggregate {
            Aggregate::Sum if !self.may.is_empty() => {
                let sure: i64 = self.must.iter().map(units).sum();
                let open = || self.may.iter().filter(|row| !self.must.contains(row)).map(units);
                // Of rows of which at least one holds: without a sure one, none at all is the default's case.
                let (mut low, mut high) = (sure + open().filter(|&units| units < 0).sum::<i64>(), sure + open().filter(|&units| units > 0).sum::<i64>());
                if self.must.is_empty() {
                    if open().all(|units| units > 0) {
                        low = open().min().unwrap_or(low);
                    }
                    if open().all(|units| units < 0) {
                        high = open().max().unwrap_or(high);
                    }
                }
                found.include_units(low);
                found.include_units(high);
            }
            Aggregate::Sum => {}
            Aggregate::Min | Aggregate::Max => {
                let sure = if aggregate == Aggregate::Min { self.must.iter().map(units).min() } else { self.must.iter().map(units).max() };
                for units in self.may.iter().map(units) {
                    match sure {
                        Some(sure) => found.include_units(if aggregate == Aggregate::Min { units.min(sure) } else { units.max(sure) }),
                        None => found.include_units(units),
                    }
                }
            }
        }
        found.units
    }
}
