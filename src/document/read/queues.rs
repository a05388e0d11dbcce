//! The section `queues`.

use super::moments;
use super::durations::time;
use super::reader::{Reader, Seen, place, short};
use crate::document::keys;
use crate::document::model::{AwayDef, MatchDef, MemberDef, QueueDef, DayDef};
use crate::document::yaml::{Entry, Kind, Node};
use crate::program::{MOST_AWAY, MOST_DAILY, MOST_MEMBERS, MOST_WEIGHT};
use crate::report::Spanned;

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
    let calendar = map.get("calendar").and_then(|node| reader.reference(node, "`calendar`"));
    Some(QueueDef {
        name: name?,
        members,
        owner: map.get("owner").and_then(|node| matched(reader, node, "`owner`")),
        account: map.get("account").and_then(|node| matched(reader, node, "`account`")),
        daily: map.get("daily").and_then(|node| daily(reader, node)),
        respond_within: map.get("respond_within").and_then(|node| time(reader, node, "`respond_within`", calendar.as_ref())),
        calendar,
    })
}

/// `owner: account.owner`, or `owner: { field: account.owner, counts: false }`.
fn matched(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<MatchDef> {
    if !matches!(node.kind, Kind::Mapping(_)) {
        return reader.reference(node, what).map(|field| MatchDef { field, counts: true });
    }
    let map = reader.closed(node, what, &keys::MATCHED)?;
    let counts = map.get("counts").map_or(Some(true), |node| reader.flag(node, "`counts`"));
    let field = map.get("field").and_then(|node| reader.reference(node, "`field`"));
    Some(MatchDef { field: field?, counts: counts? })
}

fn daily(reader: &mut Reader<'_>, node: &Node) -> Option<u32> {
    u32::try_from(reader.whole(node, "`daily`", 1, i64::from(MOST_DAILY))?).ok()
}

fn member(reader: &mut Reader<'_>, node: &Node) -> Option<MemberDef> {
    let map = reader.closed(node, "a member", &keys::MEMBER)?;
    let id = map.get("id").and_then(|node| reader.id(node, "a member"));
    let weight = map.get("weight").map_or(Some(1), |node| reader.whole(node, "`weight`", 1, i64::from(MOST_WEIGHT)));
    let daily = map.get("daily").and_then(|node| daily(reader, node));
    let mut away = Vec::new();
    if let Some(node) = map.get("away") {
        let items = reader.items(node, "`away`", "write a list: [{ from: 2026-12-24, to: 2026-12-31 }]");
        if items.len() > MOST_AWAY {
            reader.error("out-of-range", place(node), format!("a member is away more than {MOST_AWAY} times"), "take out what has passed");
        }
        away.extend(items.iter().filter_map(|item| away_from(reader, item)));
    }
    Some(MemberDef { id: id?, weight: u32::try_from(weight?).ok()?, daily, away })
}

fn away_from(reader: &mut Reader<'_>, node: &Node) -> Option<AwayDef> {
    let map = reader.closed(node, "a time away", &keys::AWAY)?;
    let from = map.get("from").and_then(|node| day_or_moment(reader, node, "`from`"));
    let to = map.get("to").and_then(|node| day_or_moment(reader, node, "`to`"));
    Some(AwayDef { from: from?, to: to? })
}

fn day_or_moment(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Spanned<DayDef>> {
    let text = reader.raw_text(node, what)?;
    let found = moments::day(&text.value).map(DayDef::Day).or_else(|| moments::moment(&text.value).map(DayDef::At));
    if found.is_none() {
        let message = format!("`{}` is neither a day nor a moment", short(&text.value));
        reader.error("bad-date", text.span, message, "write a day, 2026-12-24, or date, time and offset: 2026-12-24T12:00:00+08:00");
    }
    found.map(|time| Spanned::new(time, text.span))
}
