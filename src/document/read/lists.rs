//! The section `lists`: plain lists and dictionaries, inline or from files.

use super::fields::{country, field_type, normalizers};
use super::library::Library;
use super::reader::{Closed, Reader, short};
use crate::document::csv::{self, Cell};
use crate::document::keys;
use crate::document::model::{FieldType, ListBodyDef, ListDef};
use crate::document::yaml::plain::{self, Plain};
use crate::document::yaml::{Entry, Kind, Node};
use crate::report::{Diagnostic, Span, Spanned, suggest};

/// Reads the section.
pub fn read(reader: &mut Reader<'_>, library: &mut Library<'_>, node: &Node) -> Vec<ListDef> {
    let entries = reader.entries(node, "`lists`", "write `name: { values: [a, b] }` or `name: { file: lists/name.txt }`");
    entries.iter().filter_map(|entry| list(reader, library, entry)).collect()
}

fn list(reader: &mut Reader<'_>, library: &mut Library<'_>, entry: &Entry) -> Option<ListDef> {
    let name = reader.name(&entry.key, "a list", false);
    let what = format!("list `{}`", entry.name());
    if let Kind::Sequence(_) = &entry.value.kind {
        reader.wrong(&entry.value, &what, "a map", format!("write `{}: {{ values: [a, b] }}`", entry.name()));
        return None;
    }
    let map = reader.closed(&entry.value, &what, &keys::LIST)?;
    let country_of_phone = map.get("country").and_then(|node| country(reader, node));
    let normalize = normalizers(reader, map.get("normalize"), country_of_phone, map.get("country").is_some(), &what);
    let given: Vec<&str> = ["values", "file", "rows"].into_iter().filter(|key| map.get(key).is_some()).collect();
    if given.len() != 1 {
        let message = if given.is_empty() { format!("{what} holds nothing") } else { format!("{what} has {} at once", given.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(" and ")) };
        reader.error("missing-key", entry.key.span, message, "give one of `values`, `file` or `rows`");
        return None;
    }
    let domains = map.get("columns").is_none() && map.get("match").and_then(Node::text) == Some("domain");
    let detached = map.get("detached").and_then(|node| reader.flag(node, "`detached`")).unwrap_or(false);
    let body = match map.get("columns") {
        Some(columns) => {
            if let Some(node) = map.get("detached").filter(|_| detached) {
                reader.error("misplaced-key", super::reader::place(node), format!("{what} has `columns`, and only plain lists stand in files of their own"), "take `detached` out");
            }
            dictionary(reader, library, map, columns, &what)?
        }
        None => plain_list(reader, library, map, &what)?,
    };
    if let (true, ListBodyDef::Set(values)) = (domains, &body) {
        check_domains(reader, values);
    }
    Some(ListDef { name: name?, normalize, domains, detached, body })
}

fn plain_list(reader: &mut Reader<'_>, library: &mut Library<'_>, map: Closed<'_>, what: &str) -> Option<ListBodyDef> {
    let before = reader.diagnostics.len();
    for key in ["match", "pick", "except", "rows"] {
        if let Some(node) = map.get(key) {
            if key == "match" && matches!(node.text(), Some("exact" | "domain")) {
                continue;
            }
            reader.error("misplaced-key", super::reader::place(node), format!("{what} has no `columns`, so `{key}` means nothing"), "a dictionary has `columns: { match: string, … }`");
        }
    }
    let column = map.get("column").and_then(|node| reader.raw_text(node, "`column`"));
    let values = match (map.get("values"), map.get("file")) {
        (Some(values), _) => {
            if let Some(column) = column {
                reader.error("misplaced-key", column.span, "`column` is for lists in a CSV file", "take `column` out");
            }
            reader.texts(values, "`values`")
        }
        (None, Some(file)) => {
            let loaded = library.load(reader, file)?;
            match column {
                Some(column) => {
                    let sheet = loaded.sheet(reader)?;
                    let index = find_column(reader, &sheet.header, &column, file.span)?;
                    sheet.rows.into_iter().filter_map(|row| row.into_iter().nth(index)).filter(|cell| !cell.text.is_empty()).map(|cell| Spanned::new(cell.text, cell.span)).collect()
                }
                None if file.text().is_some_and(|path| path.ends_with(".csv") || path.ends_with(".tsv")) => {
                    reader.error("missing-key", file.span, format!("{what} is a table of columns, and it is not said which column counts"), "add `column: name`, or `columns` for a dictionary");
                    return None;
                }
                None => csv::lines(&loaded.text, loaded.file),
            }
        }
        (None, None) => return None,
    };
    if values.is_empty() && reader.diagnostics.len() == before {
        let problem = Diagnostic::warning("empty-list", super::reader::place(map.node), format!("{what} is empty"));
        reader.diagnostics.push(problem.help("nothing is in it: `in` is never true"));
    }
    Some(ListBodyDef::Set(values))
}

/// Reports entries that are written as patterns.
fn check_domains(reader: &mut Reader<'_>, values: &[Spanned<String>]) {
    const MOST: usize = 20;
    for value in values.iter().filter(|value| value.value.contains('*') || value.value.starts_with('.')).take(MOST) {
        let name = value.value.trim_start_matches(['*', '.']);
        reader.error("wildcard", value.span, format!("`{}` is no name", short(&value.value)), format!("with `match: domain` an entry stands for the names below it as well: write `{}`", short(name)));
    }
}

fn dictionary(reader: &mut Reader<'_>, library: &mut Library<'_>, map: Closed<'_>, columns: &Node, what: &str) -> Option<ListBodyDef> {
    if let Some(node) = map.get("column") {
        reader.error("misplaced-key", node.span, format!("{what} has `columns`, so `column` means nothing"), "take one of the two out");
    }
    let mut types = Vec::new();
    let entries = reader.entries(columns, "`columns`", "write { match: string, role: enum }");
    for column in entries {
        let name = reader.name(&column.key, "a column", false);
        let ty = field_type(reader, &column.value, "the type of a column");
        if let (Some(name), Some(ty)) = (name, ty) {
            types.push((name, ty));
        }
    }
    if types.len() < entries.len() {
        return None;
    }
    match types.first() {
        Some((_, FieldType::String | FieldType::Enum)) => {}
        Some((key, _)) => reader.error("wrong-type", key.span, format!("the key column `{}` must be a string", key.value), "texts are looked up: the first column is their key"),
        None => {
            reader.error("missing-key", columns.span, format!("{what} has no columns"), "the first column is the key: { match: string, role: enum }");
            return None;
        }
    }
    let contains = map.get("match").and_then(|node| reader.one_of(node, "`match`", &[("exact", false), ("contains", true)])).unwrap_or(false);
    let pick_first = map.get("pick").and_then(|node| reader.one_of(node, "`pick`", &[("longest", false), ("first", true)])).unwrap_or(false);
    let except = map.get("except").map(|node| reader.texts(node, "`except`")).unwrap_or_default();
    for key in ["pick", "except"] {
        if let Some(node) = map.get(key).filter(|_| !contains) {
            reader.error("misplaced-key", super::reader::place(node), format!("`{key}` means nothing where the text must equal the key"), "add `match: contains`, or take it out");
        }
    }
    let mut rows = match (map.get("rows"), map.get("file"), map.get("values")) {
        (Some(rows), _, _) => inline_rows(reader, rows, &types, what),
        (None, Some(file), _) => file_rows(reader, library, file, &types)?,
        (None, None, values) => {
            if let Some(values) = values {
                reader.error("misplaced-key", super::reader::place(values), format!("{what} has columns, so its content is rows"), "write `rows: [{ match: … }]` instead of `values`");
            }
            return None;
        }
    };
    check_cells(reader, &types, &mut rows);
    Some(ListBodyDef::Dictionary { columns: types, contains, pick_first, except, rows })
}

type Columns = [(Spanned<String>, FieldType)];

fn inline_rows(reader: &mut Reader<'_>, node: &Node, columns: &Columns, what: &str) -> Vec<Vec<Spanned<String>>> {
    let mut rows = Vec::new();
    for item in reader.items(node, "`rows`", "write a list of maps: [{ match: DE, region: emea }]") {
        for entry in reader.entries(item, "a row", "write a map of columns: { match: DE, region: emea }") {
            if !columns.iter().any(|(name, _)| name.value == entry.name()) {
                let help = match suggest(entry.name(), columns.iter().map(|(name, _)| name.value.as_str())) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the columns are {}", columns.iter().map(|(name, _)| format!("`{}`", name.value)).collect::<Vec<_>>().join(", ")),
                };
                reader.error("unknown-key", entry.key.span, format!("{what} has no column `{}`", entry.name()), help);
            }
        }
        let cell = |(name, _): &(Spanned<String>, FieldType)| {
            let value = item.get(&name.value).filter(|node| !node.is_null());
            (name.value.clone(), value)
        };
        let cells: Vec<_> = columns.iter().map(cell).collect();
        rows.push(
            cells
                .into_iter()
                .map(|(name, value)| match value {
                    Some(node) => reader.raw_text(node, &format!("column `{name}`")).unwrap_or_else(|| Spanned::new(String::new(), node.span)),
                    None => Spanned::new(String::new(), item.span),
                })
                .collect(),
        );
    }
    rows
}

fn file_rows(reader: &mut Reader<'_>, library: &mut Library<'_>, file: &Node, columns: &Columns) -> Option<Vec<Vec<Spanned<String>>>> {
    let loaded = library.load(reader, file)?;
    let sheet = loaded.sheet(reader)?;
    let indices: Vec<Option<usize>> = columns.iter().map(|(name, _)| find_column(reader, &sheet.header, name, file.span)).collect();
    let indices: Vec<usize> = indices.into_iter().collect::<Option<_>>()?;
    let pick = |row: &Vec<Cell>| indices.iter().filter_map(|&index| row.get(index)).map(|cell| Spanned::new(cell.text.clone(), cell.span)).collect();
    Some(sheet.rows.iter().map(pick).collect())
}

/// The index of a column among a header's.
fn find_column(reader: &mut Reader<'_>, header: &[Cell], column: &Spanned<String>, named: Span) -> Option<usize> {
    let found = header.iter().position(|cell| cell.text == column.value);
    if found.is_none() {
        let help = match suggest(&column.value, header.iter().map(|cell| cell.text.as_str())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its columns are {}", header.iter().take(20).map(|cell| format!("`{}`", short(&cell.text))).collect::<Vec<_>>().join(", ")),
        };
        let problem = Diagnostic::error("unknown-column", column.span, format!("the file has no column `{}`", column.value)).help(help);
        let place = header.first().map_or(named, |first| header.last().map_or(first.span, |last| first.span.to(last.span)));
        reader.diagnostics.push(problem.related(place, "the header is here"));
    }
    found
}

/// Reports empty keys, and cells that are not of their column's type. Rows without a key and what such cells hold are left out, so that no later stage reports them again.
fn check_cells(reader: &mut Reader<'_>, columns: &Columns, rows: &mut Vec<Vec<Spanned<String>>>) {
    const MOST: usize = 20;
    let mut wrong = Vec::new();
    rows.retain_mut(|row| {
        let mut has_key = true;
        for (index, (cell, (name, ty))) in row.iter_mut().zip(columns).enumerate() {
            if cell.value.is_empty() {
                if index == 0 {
                    wrong.push(Diagnostic::error("empty-text", cell.span, "the key of this row is empty").help("write the text that is looked up, or take the row out"));
                    has_key = false;
                }
                continue;
            }
            let wanted = match ty {
                FieldType::Int if !matches!(plain::resolve(&cell.value), Plain::Int(number) if number.unsigned_abs() < 1 << 53) => "a whole number",
                FieldType::Double if !matches!(plain::resolve(&cell.value), Plain::Int(_) | Plain::Double(_)) => "a number",
                FieldType::Bool if !matches!(cell.value.as_str(), "true" | "false") => "true or false",
                _ => continue,
            };
            let message = format!("column `{}` must hold {wanted}, not `{}`", name.value, short(&cell.value));
            wrong.push(Diagnostic::error("wrong-type", cell.span, message).help("correct the cell, or leave it empty where it is not known"));
            cell.value.clear();
        }
        has_key
    });
    let more = wrong.len().saturating_sub(MOST);
    let span = wrong.get(MOST).map(|problem| problem.span);
    reader.diagnostics.extend(wrong.into_iter().take(MOST));
    if let Some(span) = span {
        reader.error("wrong-type", span, format!("{more} more cells are wrong"), "the first of them are shown");
    }
}

