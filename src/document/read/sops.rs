//! The section `sops`: schedules.

use super::calendars::second;
use super::reader::{Reader, Seen, place, short};
use crate::document::keys;
use crate::document::model::{StepOnDef, SopDef, SopStepDef};
use crate::document::yaml::{Entry, Kind, Node};
use crate::program::{MOST_SOPS, MOST_STEPS, MOST_WORKING_DAYS};
use crate::report::Spanned;

/// The last day of a schedule, and the last week: a hundred years on.
const LAST_DAY: i64 = 36_525;
const LAST_WEEK: i64 = LAST_DAY / 7;
/// Seconds of a day: where it ends.
const END_OF_DAY: u32 = 86_400;

/// Reads the section.
pub fn read(reader: &mut Reader<'_>, node: &Node) -> Vec<SopDef> {
    let entries = reader.entries(node, "`sops`", "write `name: { enter: { stage: pool }, steps: [{ day: 1, send: welcome }] }` for each schedule");
    if entries.len() > MOST_SOPS {
        reader.error("out-of-range", place(node), format!("there are more than {MOST_SOPS} schedules"), "leads in like states share a schedule, with `when` at its steps");
    }
    entries.iter().filter_map(|entry| sop(reader, entry)).collect()
}

fn sop(reader: &mut Reader<'_>, entry: &Entry) -> Option<SopDef> {
    let name = reader.id(&entry.key, "a schedule");
    let what = format!("schedule `{}`", entry.name());
    let map = reader.closed(&entry.value, &what, &keys::SOP)?;
    let enter = map.get("enter").and_then(|node| reader.condition(node, "`enter`"));
    let leave = map.get("leave").and_then(|node| reader.condition(node, "`leave`"));
    let calendar = map.get("calendar").and_then(|node| reader.reference(node, "`calendar`"));
    let at = map.get("at").and_then(|node| time_of_day(reader, node));
    let mut steps = Vec::new();
    if let Some(node) = map.get("steps") {
        let items = reader.items(node, "`steps`", "write a list: [{ day: 1, send: welcome }, { day: 3, send: cases }]");
        if items.is_empty() && matches!(node.kind, Kind::Sequence(_)) {
            reader.error("empty-list", place(node), format!("{what} has no steps"), "write what is sent, and when: [{ day: 1, send: welcome }]");
        }
        if items.len() > MOST_STEPS {
            reader.error("out-of-range", place(node), format!("{what} has more than {MOST_STEPS} steps"), "divide it into several schedules");
        }
        let mut seen = Seen::default();
        for item in items {
            let Some(found) = step(reader, item) else { continue };
            match seen.add(&found.id.value, found.id.span) {
                Some(first) => reader.twice(found.id.span, first, "step", &found.id.value),
                None => steps.push(found),
            }
        }
    }
    Some(SopDef { name: name?, enter: enter?, leave, calendar, at, steps })
}

fn step(reader: &mut Reader<'_>, node: &Node) -> Option<SopStepDef> {
    let map = reader.closed(node, "a step", &keys::SOP_STEP)?;
    let send = map.get("send").and_then(|node| reader.id(node, "what a step sends"));
    let given: Vec<&str> = ["day", "week", "working_day", "after"].into_iter().filter(|key| map.get(key).is_some()).collect();
    let when = map.get("when").and_then(|node| reader.condition(node, "`when`"));
    if given.len() > 1 || given.is_empty() && map.get("when").is_none() {
        let message = if given.is_empty() { "it is not said when the step is due" } else { "a step is due at one time" };
        reader.error("no-time", place(node), message, "write one of `day: 3`, `week: 2`, `working_day: 3`, `after: 4h`, or a `when` alone");
        return None;
    }
    let mut number = |key: &str, most: i64| map.get(key).and_then(|node| reader.whole(node, &format!("`{key}`"), 1, most)).and_then(|number| u32::try_from(number).ok());
    let on = match given.first() {
        None => Some(StepOnDef::Begin),
        Some(&"day") => number("day", LAST_DAY).map(StepOnDef::Day),
        Some(&"week") => number("week", LAST_WEEK).map(StepOnDef::Week),
        Some(&"working_day") => number("working_day", i64::from(MOST_WORKING_DAYS)).map(StepOnDef::WorkingDay),
        _ => map.get("after").and_then(|node| reader.duration(node, "`after`")).map(|length| StepOnDef::After(length.value)),
    };
    let at = map.get("at").and_then(|node| time_of_day(reader, node));
    if let Some(node) = map.get("at").filter(|_| matches!(on, Some(StepOnDef::Begin | StepOnDef::After(_)))) {
        reader.error("no-time", place(node), "a step that is due on no day has no time of day", "write a day, such as `day: 2`, or leave `at` out");
    }
    let calendar = map.get("calendar").and_then(|node| reader.reference(node, "`calendar`"));
    let send = send?;
    let id = match map.get("id") {
        Some(node) => reader.id(node, "a step")?,
        None => {
            let word = given.first().copied().unwrap_or("when");
            let length = given.first().and_then(|key| map.get(key)).and_then(Node::text).unwrap_or_default();
            Spanned::new(format!("{word}{length}-{}", send.value), send.span)
        }
    };
    Some(SopStepDef { id, on: on?, at, calendar, when, send })
}

/// `09:00`, as a second of the day.
fn time_of_day(reader: &mut Reader<'_>, node: &Node) -> Option<u32> {
    let text = reader.raw_text(node, "`at`")?;
    let found = second(&text.value).filter(|&second| second < END_OF_DAY);
    if found.is_none() {
        reader.error("bad-hours", text.span, format!("`{}` is no time of day", short(&text.value)), "write hour and minute in quotes: \"09:00\"");
    }
    found
}
