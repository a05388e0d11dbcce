//! The section `tables`.

use super::fields::field_type;
use super::library::Library;
use super::reader::{Closed, Reader, Seen, place, short};
use super::sheets;
use crate::document::hit::{Hit, WORDS};
use crate::document::keys;
use crate::document::model::{FieldType, OutputDef, Scalar, TableDef, TableRowDef};
use crate::document::yaml::{Entry, Kind, Node};
use crate::report::{Span, Spanned, suggest};

/// Reads the section.
pub fn read(reader: &mut Reader<'_>, library: &mut Library<'_>, node: &Node) -> Vec<TableDef> {
    let entries = reader.entries(node, "`tables`", "write `name: { outputs: { … }, rows: [ … ] }` for each table");
    entries.iter().filter_map(|entry| table(reader, library, entry)).collect()
}

fn table(reader: &mut Reader<'_>, library: &mut Library<'_>, entry: &Entry) -> Option<TableDef> {
    let id = reader.id(&entry.key, "a table");
    let what = format!("table `{}`", entry.name());
    let map = reader.closed(&entry.value, &what, &keys::TABLE)?;
    let hit = map.get("hit").map_or(Some(Hit::First), |node| hit(reader, node));
    let outputs = outputs(reader, map, &what)?;
    if let Some(hit) = hit {
        outputs_of_hit(reader, hit, &outputs, map, &what);
    }
    let rows = match map.get("rows") {
        Some(node) => rows(reader, library, node, &outputs, &what),
        None => None,
    };
    let default = map.get("default").map(|node| then(reader, node, &outputs, "`default`"));
    Some(TableDef { id: id?, hit: hit?, outputs, rows: rows?, default })
}

fn hit(reader: &mut Reader<'_>, node: &Node) -> Option<Hit> {
    if let Some(text) = node.text().filter(|text| !WORDS.iter().any(|(word, _)| word == text))
        && let Some(meant) = Hit::meant(text)
    {
        reader.error("unknown-word", node.span, format!("`hit` cannot be `{}`", short(text)), format!("write it out: `{}`", meant.word()));
        return None;
    }
    reader.one_of(node, "`hit`", WORDS)
}

/// Reports outputs that a hit policy cannot be used with.
fn outputs_of_hit(reader: &mut Reader<'_>, hit: Hit, outputs: &[OutputDef], map: Closed<'_>, what: &str) {
    let word = hit.word();
    let Some(first) = outputs.first() else { return };
    if hit.is_aggregator() && outputs.len() > 1 {
        let span = outputs.get(1).map_or(first.name.span, |second| second.name.span);
        reader.error("one-output", span, format!("`{word}` gives one number, and {what} has {} outputs", outputs.len()), "make a table for each output");
    }
    if matches!(hit, Hit::Sum | Hit::Min | Hit::Max) && !matches!(first.ty, FieldType::Int | FieldType::Double) {
        let help = "give the output the type `int` or `double`, or use `collect count` or `collect`";
        reader.error("wrong-type", first.name.span, format!("`{word}` wants numbers, and the output `{}` has none", first.name.value), help);
    }
    if hit.by_priority() && !outputs.iter().any(|output| output.ty == FieldType::Enum) {
        let help = "write the values of an output in place of its type, the most important first: [high, middle, low]";
        reader.error("no-priorities", first.name.span, format!("`{word}` goes by the order of an output's values, and no output of {what} has its values written down"), help);
    }
    if hit == Hit::Count && let Some(default) = map.get("default") {
        reader.error("needless-default", place(default), "`collect count` takes no `default`: where no row holds, none is counted", "take it out: the output is then 0");
    }
}

fn outputs(reader: &mut Reader<'_>, map: Closed<'_>, what: &str) -> Option<Vec<OutputDef>> {
    let node = map.get("outputs")?;
    let entries = reader.entries(node, "`outputs`", "write { grade: [A, B, C] } or { discount: double }");
    if entries.is_empty() {
        if matches!(node.kind, Kind::Mapping(_)) {
            reader.error("empty-list", node.span, format!("{what} has no outputs"), "name what it gives: { grade: [A, B, C] }");
        }
        return None;
    }
    let found: Vec<_> = entries.iter().filter_map(|entry| output(reader, entry)).collect();
    (found.len() == entries.len()).then_some(found)
}

fn output(reader: &mut Reader<'_>, entry: &Entry) -> Option<OutputDef> {
    let name = reader.name(&entry.key, "an output", false);
    let (ty, values) = match &entry.value.kind {
        Kind::Sequence(items) => {
            let values = reader.texts(&entry.value, &format!("the values of `{}`", entry.name()));
            if items.is_empty() {
                reader.error("empty-list", entry.value.span, format!("output `{}` has no values", entry.name()), "write its values, [A, B, C], or its type");
            }
            (Some(FieldType::Enum), reader.unique(values, "value"))
        }
        _ if entry.value.text() == Some("enum") => {
            reader.error("unknown-word", entry.value.span, format!("it is not said which values output `{}` has", entry.name()), "write its values in place of `enum`: [A, B, C]");
            (None, Vec::new())
        }
        _ => (field_type(reader, &entry.value, "the type of an output"), Vec::new()),
    };
    Some(OutputDef { name: name?, ty: ty?, values })
}

fn rows(reader: &mut Reader<'_>, library: &mut Library<'_>, node: &Node, outputs: &[OutputDef], what: &str) -> Option<Vec<TableRowDef>> {
    if let Kind::Mapping(_) = node.kind {
        let map = reader.closed(node, "`rows`", &keys::ROWS_FILE)?;
        let loaded = library.load(reader, map.get("file")?)?;
        return sheets::rows(reader, &loaded, outputs, what);
    }
    let mut ids = Ids::default();
    let mut rows = Vec::new();
    for (index, item) in reader.items(node, "`rows`", "write a list of rows, or { file: rows.csv }").iter().enumerate() {
        let Some(map) = reader.closed(item, &format!("row {} of {what}", index + 1), &keys::TABLE_ROW) else { continue };
        let id = ids.read(reader, map.get("id"), index, item.span);
        let when = map.get("when").map(|node| reader.condition(node, "`when`"));
        let then = map.get("then").map(|node| then(reader, node, outputs, "`then`"));
        let because = reader.words(map.get("because"), "`because`");
        // A row whose condition could not be read is left out: without it the row would always hold.
        if let (Some(id), Some(then)) = (id, then) {
            match when {
                None => rows.push(TableRowDef { id, when: None, then, because }),
                Some(Some(when)) => rows.push(TableRowDef { id, when: Some(when), then, because }),
                Some(None) => {}
            }
        }
    }
    Some(rows)
}

/// The ids of the rows of one table or route.
#[derive(Default)]
pub struct Ids(Seen);

impl Ids {
    /// A row's id: what the author gave, or made of its number.
    pub fn read(&mut self, reader: &mut Reader<'_>, node: Option<&Node>, index: usize, row: Span) -> Option<Spanned<String>> {
        match node {
            Some(node) => {
                let id = reader.id(node, "a row")?;
                self.check(reader, id)
            }
            None => self.check(reader, Spanned::new(format!("row{}", index + 1), Span::new(row.file, row.start, row.start))),
        }
    }

    /// Reports an id that is taken.
    pub fn check(&mut self, reader: &mut Reader<'_>, id: Spanned<String>) -> Option<Spanned<String>> {
        if id.value == "default" {
            reader.error("reserved-name", id.span, "no row can be called `default`: that is what holds where no row does", "choose another id");
            return None;
        }
        if let Some(first) = self.0.add(&id.value, id.span) {
            reader.twice(id.span, first, "row", &id.value);
            return None;
        }
        Some(id)
    }
}

/// The outputs of a row or a default, in the order of the table's outputs.
fn then(reader: &mut Reader<'_>, node: &Node, outputs: &[OutputDef], what: &str) -> Vec<Spanned<Scalar>> {
    let Kind::Mapping(entries) = &node.kind else {
        if outputs.len() != 1 {
            reader.wrong(node, what, "a map of outputs", format!("write {{ {} }}", outputs.iter().map(|output| format!("{}: …", output.name.value)).collect::<Vec<_>>().join(", ")));
            return Vec::new();
        }
        let value = reader.scalar(node, what).and_then(|value| given(reader, value, what));
        return value.into_iter().collect();
    };
    for entry in entries {
        if !outputs.iter().any(|output| output.name.value == entry.name()) {
            let help = match suggest(entry.name(), outputs.iter().map(|output| output.name.value.as_str())) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its outputs are {}", outputs.iter().map(|output| format!("`{}`", output.name.value)).collect::<Vec<_>>().join(", ")),
            };
            reader.error("unknown-key", entry.key.span, format!("the table has no output `{}`", entry.name()), help);
        }
    }
    let mut found = Vec::new();
    for output in outputs {
        match node.get(&output.name.value) {
            Some(value) => {
                let value = reader.scalar(value, &format!("output `{}`", output.name.value)).and_then(|value| given(reader, value, &format!("output `{}`", output.name.value)));
                found.push(value.unwrap_or(Spanned::new(Scalar::Null, node.span)));
            }
            None => {
                reader.error("missing-key", place(node), format!("{what} does not say what `{}` is", output.name.value), format!("add `{}`: a table gives all its outputs", output.name.value));
                found.push(Spanned::new(Scalar::Null, node.span));
            }
        }
    }
    found
}

/// Refuses nothing as an output's value.
fn given(reader: &mut Reader<'_>, value: Spanned<Scalar>, what: &str) -> Option<Spanned<Scalar>> {
    if value.value == Scalar::Null {
        reader.error("wrong-type", value.span, format!("{what} must be a value, not nothing"), "an output always has a value: give it one such as `none`");
        return None;
    }
    Some(value)
}
