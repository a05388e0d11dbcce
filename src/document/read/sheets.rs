//! Rows of a decision table from a CSV file: the columns are `id`, what is tested, and outputs.

use super::library::Loaded;
use super::reader::{Reader, short};
use super::tables::Ids;
use crate::document::csv::Cell;
use crate::document::model::{Code, Condition, FieldType, OutputDef, Scalar, TableRowDef};
use crate::document::yaml::plain::{self, Plain};
use crate::report::{Diagnostic, Spanned};

/// What a column holds.
enum Column {
    Id,
    Test(Spanned<String>),
    Output(usize),
}

/// Reads the rows. An empty cell or `-` under a tested name is any; a row whose tests are all any always holds.
pub fn rows(reader: &mut Reader<'_>, loaded: &Loaded, outputs: &[OutputDef], what: &str) -> Option<Vec<TableRowDef>> {
    let sheet = loaded.sheet(reader)?;
    let columns: Vec<Column> = sheet.header.iter().map(|cell| column(cell, outputs)).collect();
    let mut complete = true;
    for (index, output) in outputs.iter().enumerate() {
        if !columns.iter().any(|column| matches!(column, Column::Output(at) if *at == index)) {
            let place = sheet.header.first().zip(sheet.header.last()).map_or(output.name.span, |(first, last)| first.span.to(last.span));
            let problem = Diagnostic::error("unknown-column", place, format!("the file has no column for output `{}` of {what}", output.name.value));
            reader.diagnostics.push(problem.related(output.name.span, "the output is given here").help(format!("add a column `{}`", output.name.value)));
            complete = false;
        }
    }
    // Reading the file has reported columns without a name.
    if !complete || sheet.header.iter().any(|cell| cell.text.is_empty()) {
        return None;
    }
    let mut ids = Ids::default();
    let mut found = Vec::new();
    for (index, cells) in sheet.rows.iter().enumerate() {
        let mut id = None;
        let mut tests = Vec::new();
        let mut then: Vec<Option<Spanned<Scalar>>> = vec![None; outputs.len()];
        for (cell, column) in cells.iter().zip(&columns) {
            match column {
                Column::Id if !cell.text.is_empty() => id = Some(cell),
                Column::Id => {}
                Column::Test(name) => {
                    if !matches!(cell.text.as_str(), "" | "-") {
                        tests.push((name.clone(), Code { text: cell.text.clone(), span: cell.span, offsets: cell.offsets(&loaded.text) }));
                    }
                }
                Column::Output(at) => {
                    if let (Some(slot), Some(output)) = (then.get_mut(*at), outputs.get(*at)) {
                        *slot = output_value(reader, cell, output);
                    }
                }
            }
        }
        let id = match id {
            Some(cell) if !reader.check_id(&cell.text, cell.span, "a row") => None,
            Some(cell) => ids.check(reader, Spanned::new(cell.text.clone(), cell.span)),
            None => {
                let start = cells.first().map_or(0, |cell| cell.span.start);
                ids.read(reader, None, index, crate::report::Span::new(loaded.file, start, start))
            }
        };
        let then: Option<Vec<_>> = then.into_iter().collect();
        if let (Some(id), Some(then)) = (id, then) {
            let when = (!tests.is_empty()).then_some(Condition::Tests(tests));
            found.push(TableRowDef { id, when, then, because: Vec::new() });
        }
    }
    Some(found)
}

fn column(cell: &Cell, outputs: &[OutputDef]) -> Column {
    if let Some(at) = outputs.iter().position(|output| output.name.value == cell.text) {
        return Column::Output(at);
    }
    if cell.text == "id" { Column::Id } else { Column::Test(Spanned::new(cell.text.clone(), cell.span)) }
}

fn output_value(reader: &mut Reader<'_>, cell: &Cell, output: &OutputDef) -> Option<Spanned<Scalar>> {
    let name = &output.name.value;
    if cell.text.is_empty() {
        reader.error("empty-text", cell.span, format!("output `{name}` is empty"), "a row gives all outputs of its table");
        return None;
    }
    let value = match (output.ty, plain::resolve(&cell.text)) {
        (FieldType::Enum | FieldType::String, _) => Scalar::String(cell.text.clone()),
        (FieldType::Int | FieldType::Double, Plain::Int(number)) => Scalar::Int(number),
        (FieldType::Double, Plain::Double(number)) => Scalar::Double(number),
        (FieldType::Bool, Plain::Bool(value)) => Scalar::Bool(value),
        (ty, _) => {
            let wanted = match ty {
                FieldType::Int => "a whole number",
                FieldType::Double => "a number",
                _ => "true or false",
            };
            reader.error("wrong-type", cell.span, format!("output `{name}` must be {wanted}, not `{}`", short(&cell.text)), "correct the cell");
            return None;
        }
    };
    Some(Spanned::new(value, cell.span))
}
