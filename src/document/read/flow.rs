//! The sections that say where a lead goes: `screen`, `route`.

use super::reader::{Reader, place};
use super::tables::Ids;
use crate::document::keys;
use crate::document::model::{RouteDef, RouteRowDef, ScreenDef};
use crate::document::yaml::{Entry, Kind, Node};
use crate::report::{Diagnostic, Spanned};

/// Reads `screen`.
pub fn screen(reader: &mut Reader<'_>, node: &Node) -> Vec<ScreenDef> {
    let entries = reader.entries(node, "`screen`", "write `name: { when: … }` for each row");
    entries.iter().filter_map(|entry| screen_row(reader, entry)).collect()
}

fn screen_row(reader: &mut Reader<'_>, entry: &Entry) -> Option<ScreenDef> {
    let id = reader.id(&entry.key, "a screen row");
    let map = reader.closed(&entry.value, &format!("screen row `{}`", entry.name()), &keys::SCREEN)?;
    let when = map.get("when").and_then(|node| reader.condition(node, "`when`"));
    let because = reader.words(map.get("because"), "`because`");
    Some(ScreenDef { id: id?, when: when?, because })
}

/// Reads `route`.
pub fn route(reader: &mut Reader<'_>, node: &Node) -> Option<RouteDef> {
    let map = reader.closed(node, "`route`", &keys::ROUTE)?;
    let on_fault = map.get("on_fault").and_then(|node| reader.reference(node, "`on_fault`"));
    let outcomes = map.get("outcomes").map(|node| outcomes(reader, node)).unwrap_or_default();
    let mut rows = Vec::new();
    if let Some(node) = map.get("rows") {
        let mut ids = Ids::default();
        for (index, item) in reader.items(node, "`rows`", "write a list of rows: [{ id: own, when: …, to: owner }]").iter().enumerate() {
            rows.extend(route_row(reader, item, index, &mut ids));
        }
    }
    let default = map.get("default").and_then(|node| reader.reference(node, "`default`"));
    Some(RouteDef { span: node.span, on_fault, outcomes, rows, default: default? })
}

fn outcomes(reader: &mut Reader<'_>, node: &Node) -> Vec<Spanned<String>> {
    let found = reader.references(Some(node), "`outcomes`");
    if matches!(&node.kind, Kind::Sequence(items) if items.is_empty()) {
        reader.error("empty-list", node.span, "there are no outcomes", "name where leads can go: [owner, nurture]");
    }
    found.into_iter().filter(|outcome| reader.check_id(&outcome.value, outcome.span, "an outcome")).collect()
}

fn route_row(reader: &mut Reader<'_>, node: &Node, index: usize, ids: &mut Ids) -> Option<RouteRowDef> {
    let map = reader.closed(node, &format!("row {} of `route`", index + 1), &keys::ROUTE_ROW)?;
    let id = ids.read(reader, map.get("id"), index, node.span);
    let when = map.get("when").map(|node| reader.condition(node, "`when`"));
    let to = map.get("to").and_then(|node| reader.reference(node, "`to`"));
    let because = reader.words(map.get("because"), "`because`");
    let when = match when {
        None => None,
        Some(Some(when)) => Some(when),
        Some(None) => return None,
    };
    Some(RouteRowDef { id: id?, when, to: to?, because })
}

/// Reads `identity`.
pub fn identity(reader: &mut Reader<'_>, node: &Node) -> Vec<Vec<Spanned<String>>> {
    let mut keys = Vec::new();
    for item in reader.items(node, "`identity`", "write a list of fields, or of lists of fields: [email, [company, name]]") {
        let key = match &item.kind {
            Kind::Sequence(_) => reader.references(Some(item), "an identity key"),
            _ => reader.reference(item, "an identity key").into_iter().collect(),
        };
        if key.is_empty() {
            if matches!(&item.kind, Kind::Sequence(items) if items.is_empty()) {
                reader.diagnostics.push(Diagnostic::error("empty-list", place(item), "an identity key has no fields").help("name the fields that make a lead the same: [company, name]"));
            }
            continue;
        }
        keys.push(key);
    }
    keys
}
