//! What can be proved of the rows of tables: that no two of them hold together, that those which do agree, that one always holds.
//!
//! Two ways, one after the other. [`boxes`] looks at each two rows' tests of single variables: where on one of them no cell satisfies both, the rows exclude each other, however
//! many rows and fields there are. What is left is decided by leads ([`leads`]): every combination of the cells of the fields that a table rests on, where these are few, which
//! proves it one way or the other; some of them where they are many, which may find two rows that hold together and proves nothing else. That some row always holds is
//! also proved by every combination of the cells that the rows look at ([`covered`]). A table of which
//! nothing is proved is checked when it runs.

mod boxes;
mod covered;
mod leads;

use super::Builder;
use super::names::listed;
use crate::document::TableDef;
use crate::document::hit::Hit;
use crate::program::{HitPolicy, Hits, Row, Step, Truth};
use crate::report::Diagnostic;
use boxes::Boxes;
use leads::{Leads, Tried};

/// How many pairs of rows of one table are reported.
const MOST_REPORTED: usize = 5;

impl Builder<'_> {
    /// Proves what can be proved of the tables' rows, and reports rows that violate their table's hit policy. What is left gets its check when it runs.
    pub fn hit_policies(&mut self) {
        if self.secrets.is_some() {
            return self.public_hit_policies();
        }
        let broken = super::is_broken(&self.report);
        let sequence: Vec<usize> = self.program.steps.iter().filter_map(|step| if let Step::Table(at) = step { Some(usize::from(*at)) } else { None }).collect();
        let document = self.document;
        for at in sequence {
            let Some(table) = document.tables.get(at) else { continue };
            if matches!(table.hit, Hit::Unique | Hit::Any) && !broken {
                self.one_row_counts(at, table);
            }
            if needs_a_row(table) {
                self.some_row_holds(at, table, broken);
            }
        }
        self.program.life.hits.sort_by_key(|hits| hits.table);
    }

    /// In a slice tables stand as they do in the whole program, of which everything was proved that can be. The page has nothing but the first row that holds.
    fn public_hit_policies(&mut self) {
        for table in &self.document.tables {
            if table.hit.gives_lists() || table.hit.is_aggregator() || self.checked.contains(&table.id.value) {
                let (why, help) = match table.hit {
                    Hit::Unique | Hit::Any => ("whether its rows keep to its hit policy shows when it runs", "take it out of `page.tables`, or make its rows exclusive in a way that can be proved"),
                    _ => ("several of its rows count", "take it out of `page.tables`"),
                };
                let message = format!("the page cannot run the table `{}`: {why}, and that needs the full build", table.id.value);
                self.report.push(Diagnostic::error("page-needs-full", table.id.span, message).help(help));
            }
        }
        self.program.life.hits.clear();
    }

    fn one_row_counts(&mut self, at: usize, table: &TableDef) {
        let Some(rows) = self.program.tables.get(at).map(|table| table.rows.as_slice()) else { return };
        let rows = rows.get(..table.rows.len()).unwrap_or(rows);
        let faults = self.row_faults.get(&at).cloned().unwrap_or_default();
        // Which two rows may not hold together, and where an earlier row holds and a later one faults: then the table faults, and not as its first row that holds says.
        let collide = |first: &Row, second: &Row| table.hit == Hit::Unique || first.then != second.then;
        let boxes = Boxes::new(&self.program, &self.faulting, rows, &faults);
        let Some(pairs) = boxes.pairs(&collide) else { return self.check_when_run(at, table) };
        if pairs.is_empty() {
            return;
        }
        let mut leads = Leads::new(&self.program, rows);
        let violates = |truths: &[Truth]| {
            let clash = clash(rows, truths, &collide).is_some();
            let held = truths.iter().position(|truth| *truth == Truth::True);
            clash || held.is_some_and(|held| truths.iter().skip(held).any(|truth| *truth == Truth::Fault))
        };
        let mut found: Vec<(usize, usize, String)> = Vec::new();
        let tried = leads.try_all(&mut |leads, lead, truths| {
            if !violates(truths) {
                return false;
            }
            if let Some((first, second)) = clash(rows, truths, &collide)
                && !found.iter().any(|(one, two, _)| (*one, *two) == (first, second))
                && leads.gets_there(lead)
            {
                found.push((first, second, leads.shown(lead, &|truths| both_hold(truths, first, second))));
            }
            true
        });
        let proved = tried == Tried::All(0);
        if let (Tried::Some, true) = (tried, found.is_empty()) {
            // Of some pairs it is only open whether one row faults where the other holds.
            let collide = |first: usize, second: usize| rows.get(first).zip(rows.get(second)).is_some_and(|(one, two)| collide(one, two));
            for &(first, second) in pairs.iter().filter(|(first, second)| collide(*first, *second)).take(MOST_REPORTED) {
                if let Some(lead) = leads.search(&self.program, first, second) {
                    found.push((first, second, lead));
                }
            }
        }
        let reports: Vec<Diagnostic> = found.iter().take(MOST_REPORTED).map(|(first, second, lead)| overlap(table, rows, *first, *second, lead)).collect();
        if reports.is_empty() && !proved {
            self.check_when_run(at, table);
        }
        self.report.extend(reports);
    }

    fn check_when_run(&mut self, at: usize, table: &TableDef) {
        let policy = if table.hit == Hit::Unique { HitPolicy::Unique } else { HitPolicy::Any };
        self.program.life.hits.push(Hits { table: at as u16, default: table.default.is_some(), policy });
        self.checked.insert(table.id.value.clone());
    }

    /// Reports a table of which no row need hold.
    fn some_row_holds(&mut self, at: usize, table: &TableDef, broken: bool) {
        let mut found = Diagnostic::error("no-default", table.id.span, format!("no row of the table `{}` is sure to hold", table.id.value));
        let rows = self.program.tables.get(at).map(|table| table.rows.as_slice()).unwrap_or_default();
        if !broken {
            if covered::covered(&self.program, &self.faulting, rows) {
                return;
            }
            let mut uncovered: Option<String> = None;
            let tried = Leads::new(&self.program, rows).try_all(&mut |leads, lead, truths| {
                let none = |truths: &[Truth]| truths.iter().all(|truth| matches!(truth, Truth::False | Truth::Unknown));
                if none(truths) && uncovered.is_none() && leads.gets_there(lead) {
                    uncovered = Some(leads.shown(lead, &none));
                }
                none(truths)
            });
            if tried == Tried::All(0) {
                return;
            }
            if let Some(lead) = uncovered {
                found.message = format!("no row of the table `{}` holds for {lead}", table.id.value);
            }
        }
        let bare = if matches!(table.hit, Hit::Unique | Hit::Any) { "" } else { ", or end it with a row without `when`" };
        self.error(found.help(format!("give it a `default`{bare}")));
    }
}

/// Whether a table says what it gives only where a row holds, and neither a default nor a row without condition sees to that.
fn needs_a_row(table: &TableDef) -> bool {
    let empty = table.hit.gives_lists() || matches!(table.hit, Hit::Sum | Hit::Count);
    !empty && table.default.is_none() && !table.rows.iter().any(|row| row.when.is_none())
}

/// Whether two rows hold and none faults: where one does, the table faults because of that.
fn both_hold(truths: &[Truth], first: usize, second: usize) -> bool {
    let holds = |row: usize| truths.get(row) == Some(&Truth::True);
    holds(first) && holds(second) && !truths.contains(&Truth::Fault)
}

/// The first two rows that hold together and may not, where no row faults.
fn clash(rows: &[Row], truths: &[Truth], collide: &dyn Fn(&Row, &Row) -> bool) -> Option<(usize, usize)> {
    if truths.contains(&Truth::Fault) {
        return None;
    }
    let held = || rows.iter().zip(truths).enumerate().filter(|(_, (_, truth))| **truth == Truth::True).map(|(at, (row, _))| (at, row));
    held().find_map(|(first, one)| held().skip_while(|(at, _)| *at <= first).find(|(_, two)| collide(one, two)).map(|(second, _)| (first, second)))
}

fn overlap(table: &TableDef, rows: &[Row], first: usize, second: usize, lead: &str) -> Diagnostic {
    let id = |at: usize| rows.get(at).map_or("", |row| row.id.as_str());
    let span = |at: usize| table.rows.iter().find(|row| row.id.value == id(at)).map_or(table.id.span, |row| row.id.span);
    let both = listed(&[id(first), id(second)]);
    let name = &table.id.value;
    let (code, message, help) = if table.hit == Hit::Unique {
        ("overlapping-rows", format!("the rows {both} of the table `{name}` can hold together, and it is `unique`"), "make them exclusive, or choose another hit policy")
    } else {
        let message = format!("the rows {both} of the table `{name}` can hold together and give different outputs, and it is `any`");
        ("disagreeing-rows", message, "give both the same outputs, make them exclusive, or choose another hit policy")
    };
    Diagnostic::error(code, span(second), message).related(span(first), "the other row").help(format!("both hold for {lead}; {help}"))
}
