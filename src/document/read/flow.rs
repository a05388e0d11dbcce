//! The sections that say where a lead goes: `screen`, `stages`, `route`.

use super::reader::{Reader, Seen, place};
use super::tables::Ids;
use crate::document::keys;
use crate::document::model::{MoveDef, RouteDef, RouteRowDef, ScreenDef, StageDef, StagesDef};
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

/// Reads `stages`.
pub fn stages(reader: &mut Reader<'_>, node: &Node) -> Option<StagesDef> {
    let map = reader.closed(node, "`stages`", &keys::STAGES)?;
    let mut list = Vec::new();
    if let Some(node) = map.get("list") {
        let entries = reader.entries(node, "`list`", "write a map of stages in order: { lead: {}, mql: { require: [email] } }");
        if entries.is_empty() && matches!(node.kind, Kind::Mapping(_)) {
            reader.error("empty-list", node.span, "there are no stages", "name at least the stage in which leads begin");
        }
        list.extend(entries.iter().filter_map(|entry| stage(reader, entry)));
    }
    let mut moves = Vec::new();
    if let Some(node) = map.get("moves") {
        let mut seen = Seen::default();
        for item in reader.items(node, "`moves`", "write a list: [{ id: qualify, from: lead, to: mql, when: … }]") {
            let Some(found) = stage_move(reader, item) else { continue };
            match seen.add(&found.id.value, found.id.span) {
                Some(first) => reader.twice(found.id.span, first, "move", &found.id.value),
                None => moves.push(found),
            }
        }
    }
    Some(StagesDef { span: node.span, list, moves })
}

fn stage(reader: &mut Reader<'_>, entry: &Entry) -> Option<StageDef> {
    let name = reader.id(&entry.key, "a stage")?;
    if entry.value.is_null() {
        return Some(StageDef { name, require: Vec::new(), label: Vec::new() });
    }
    let map = reader.closed(&entry.value, &format!("stage `{}`", entry.name()), &keys::STAGE)?;
    Some(StageDef { name, require: reader.references(map.get("require"), "`require`"), label: reader.words(map.get("label"), "`label`") })
}

fn stage_move(reader: &mut Reader<'_>, node: &Node) -> Option<MoveDef> {
    let name = node.get("id").and_then(Node::text).map_or("a move".to_string(), |id| format!("move `{id}`"));
    let map = reader.closed(node, &name, &keys::MOVE)?;
    let id = map.get("id").and_then(|node| reader.id(node, "a move"));
    let from = match map.get("from") {
        Some(node) if matches!(node.kind, Kind::Sequence(_)) => reader.references(Some(node), "`from`"),
        Some(node) => reader.reference(node, "`from`").into_iter().collect(),
        None => Vec::new(),
    };
    let to = map.get("to").and_then(|node| reader.reference(node, "`to`"));
    let when = map.get("when").and_then(|node| reader.condition(node, "`when`"));
    let because = reader.words(map.get("because"), "`because`");
    if let Some(node) = map.get("from").filter(|node| matches!(&node.kind, Kind::Sequence(items) if items.is_empty())) {
        reader.error("empty-list", node.span, format!("{name} leaves no stage"), "name the stage or stages that it leaves");
    }
    if from.is_empty() {
        return None;
    }
    Some(MoveDef { id: id?, from, to: to?, when: when?, because })
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
