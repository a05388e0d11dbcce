//! The section `queues`.

use super::reader::{Reader, Seen, place};
use crate::document::keys;
use crate::document::model::{MemberDef, QueueDef};
use crate::document::yaml::{Entry, Kind, Node};
use crate::program::{MOST_MEMBERS, MOST_WEIGHT};

/// Reads the section.
pub fn read(reader: &mut Reader<'_>, node: &Node) -> Vec<QueueDef> {
    let entries = reader.entries(node, "`queues`", "write `name: { members: [{ id: li }, { id: wang }] }` for each queue");
    entries.iter().filter_map(|entry| queue(reader, entry)).collect()
}

fn queue(reader: &mut Reader<'_>, entry: &Entry) -> Option<QueueDef> {
    let name = reader.id(&entry.key, "a queue");
    let what = format!("queue `{}`", entry.name());
    let map = reader.closed(&entry.value, &what, &keys::QUEUE)?;
    if let Some(node) = map.get("assign") {
        reader.one_of(node, "`assign`", &[("round_robin", ())]);
    }
    let mut members = Vec::new();
    if let Some(node) = map.get("members") {
        let items = reader.items(node, "`members`", "write a list: [{ id: li, weight: 2 }, { id: wang }]");
        if matches!(&node.kind, Kind::Sequence(items) if items.is_empty()) {
            reader.error("empty-list", place(node), format!("{what} has no members"), "name at least one who takes its leads");
        }
        if items.len() > MOST_MEMBERS {
            reader.error("out-of-range", place(node), format!("{what} has more than {MOST_MEMBERS} members"), "divide it into several queues");
        }
        let mut seen = Seen::default();
        for item in items {
            let Some(found) = member(reader, item) else { continue };
            match seen.add(&found.id.value, found.id.span) {
                Some(first) => reader.twice(found.id.span, first, "member", &found.id.value),
                None => members.push(found),
            }
        }
    }
    Some(QueueDef { name: name?, members })
}

fn member(reader: &mut Reader<'_>, node: &Node) -> Option<MemberDef> {
    let map = reader.closed(node, "a member", &keys::MEMBER)?;
    let id = map.get("id").and_then(|node| reader.id(node, "a member"));
    let weight = map.get("weight").map_or(Some(1), |node| reader.whole(node, "`weight`", 1, i64::from(MOST_WEIGHT)));
    Some(MemberDef { id: id?, weight: u32::try_from(weight?).ok()? })
}
