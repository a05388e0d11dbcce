//! The section `stages`: stages, the moves between them, names of older versions.

use super::durations::time;
use super::reader::{Closed, Reader, Seen, place, short};
use crate::document::keys;
use crate::document::model::{FormerDef, MoveDef, OnDef, ReasonDef, StageDef, StagesDef};
use crate::document::yaml::{Entry, Kind, Node};
use crate::program::MOST_REASONS;
use crate::report::Spanned;

/// Reads the section.
pub fn read(reader: &mut Reader<'_>, node: &Node) -> Option<StagesDef> {
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
    let former = map.get("former").map(|node| former(reader, node)).unwrap_or_default();
    Some(StagesDef { span: node.span, list, moves, former })
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
    let when = map.get("when").map(|node| reader.condition(node, "`when`"));
    let on = on(reader, map, &name);
    let within = map.get("within").map(|node| time(reader, node, "`within`", None));
    let cool_down = map.get("cool_down").map(|node| reader.duration(node, "`cool_down`"));
    let reset = map.get("reset").map(|node| reset(reader, node)).unwrap_or_default();
    let reason = map.get("reason").and_then(|node| reason(reader, node)).unwrap_or_default();
    let because = reader.words(map.get("because"), "`because`");
    if let Some(node) = map.get("from").filter(|node| matches!(&node.kind, Kind::Sequence(items) if items.is_empty())) {
        reader.error("empty-list", node.span, format!("{name} leaves no stage"), "name the stage or stages that it leaves");
    }
    let (id, to, on) = (id?, to?, on?);
    if from.is_empty() || matches!(when, Some(None)) || matches!(within, Some(None)) || matches!(cool_down, Some(None)) {
        return None;
    }
    let unless_event = |reader: &mut Reader<'_>, key: &str, why: &str| {
        if let Some(node) = map.get(key) {
            reader.error("misplaced-key", place(node), format!("`{key}` means nothing in the {name}"), why);
        }
    };
    match on {
        OnDef::Event(_) => {}
        OnDef::Condition => unless_event(reader, "reason", "a reason is given with an event: such a move is taken by itself"),
        OnDef::After(_) => {
            unless_event(reader, "reason", "a reason is given with an event: such a move is taken by itself");
            unless_event(reader, "within", "a move after a time is taken when that time has passed");
        }
    }
    Some(MoveDef { id, from, to, on, when: when.flatten(), within: within.flatten(), cool_down: cool_down.flatten(), reset, reason, because })
}

/// What a move is taken on: `event`, `after`, or its condition alone.
fn on(reader: &mut Reader<'_>, map: Closed<'_>, name: &str) -> Option<OnDef> {
    match (map.get("event"), map.get("after"), map.get("when")) {
        (Some(event), None, _) => reader.id(event, "an event").map(OnDef::Event),
        (None, Some(after), _) => time(reader, after, "`after`", None).map(OnDef::After),
        (None, None, Some(_)) => Some(OnDef::Condition),
        (Some(_), Some(after), _) => {
            reader.error("misplaced-key", place(after), format!("{name} has both `event` and `after`"), "make two moves of it");
            None
        }
        (None, None, None) => {
            reader.error("missing-key", place(map.node), format!("{name} has none of `when`, `event` and `after`"), "say what it is taken on: a condition, an event that the host tells of, or a time since its stage was entered");
            None
        }
    }
}

fn reset(reader: &mut Reader<'_>, node: &Node) -> Vec<(Spanned<String>, u32)> {
    let mut found = Vec::new();
    let entries = reader.entries(node, "`reset`", "write what is left of each score: { engagement: 50% }");
    if entries.is_empty() && matches!(node.kind, Kind::Mapping(_)) {
        reader.error("empty-list", node.span, "`reset` names no score", "write what is left of each score: { engagement: 50% }");
    }
    for entry in entries {
        let score = reader.reference(&entry.key, "a score in `reset`");
        let left = entry.value.text().and_then(percent);
        if left.is_none() {
            reader.wrong(&entry.value, &format!("what is left of `{}`", short(entry.name())), "a percentage", "write what is left of the score's points: 0%, 50%, 12.5%");
        }
        found.extend(score.zip(left));
    }
    found
}

/// A percentage with at most one decimal, from 0 % to 100 %, in thousandths.
fn percent(text: &str) -> Option<u32> {
    let (whole, tenth) = text.strip_suffix('%')?.split_once('.').map_or((text.strip_suffix('%')?, "0"), |parts| parts);
    let right = (1..=3).contains(&whole.len()) && tenth.len() == 1 && whole.bytes().chain(tenth.bytes()).all(|byte| byte.is_ascii_digit());
    let thousandths = if right { whole.parse::<u32>().ok()? * 10 + tenth.parse::<u32>().ok()? } else { return None };
    (thousandths <= 1000).then_some(thousandths)
}

fn reason(reader: &mut Reader<'_>, node: &Node) -> Option<ReasonDef> {
    let Kind::Sequence(items) = &node.kind else {
        return reader.one_of(node, "`reason`", &[("required", ())]).map(|()| ReasonDef::Required);
    };
    if items.is_empty() {
        reader.error("empty-list", node.span, "`reason` names no reason", "write `required`, or the reasons that there are: [budget, timing, other]");
    }
    if items.len() > MOST_REASONS {
        reader.error("out-of-range", place(node), format!("`reason` names more than {MOST_REASONS} reasons"), "few reasons can be counted; many cannot");
    }
    let mut found = reader.references(Some(node), "`reason`");
    found.retain(|reason| reader.check_id(&reason.value, reason.span, "a reason"));
    Some(ReasonDef::OneOf(found))
}

fn former(reader: &mut Reader<'_>, node: &Node) -> FormerDef {
    let Some(map) = reader.closed(node, "`former`", &keys::FORMER) else { return FormerDef::default() };
    let mut names = |key: &str| {
        let mut found = Vec::new();
        let Some(node) = map.get(key) else { return found };
        for entry in reader.entries(node, &format!("`{key}`"), "write { old: new }, and { old: null } for what is no more") {
            let old = reader.id(&entry.key, "a former name");
            let new = if entry.value.is_null() { Some(None) } else { reader.reference(&entry.value, "the name that it has now").map(Some) };
            found.extend(old.zip(new));
        }
        found
    };
    FormerDef { stages: names("stages"), moves: names("moves"), scores: names("scores") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages() {
        for (text, left) in [("0%", 0), ("50%", 500), ("12.5%", 125), ("100%", 1000), ("100.0%", 1000)] {
            assert_eq!(percent(text), Some(left), "{text}");
        }
        for wrong in ["", "%", "50", "100.1%", "101%", "-1%", "12.55%", ".5%", "5.%", "0.5", "1e1%", "50 %"] {
            assert_eq!(percent(wrong), None, "{wrong}");
        }
    }
}
