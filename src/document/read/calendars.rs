//! The section `calendars`: working time.

use std::collections::BTreeMap;

use super::library::Library;
use super::moments::day;
use super::reader::{Closed, Reader, place, short};
use crate::document::csv;
use crate::document::keys;
use crate::document::model::CalendarDef;
use crate::document::yaml::{Entry, Kind, Node};
use crate::program::{MOST_CALENDARS, MOST_DATES, MOST_SPANS};
use crate::report::{Diagnostic, Span, Spanned};

/// Reads the section.
pub fn read(reader: &mut Reader<'_>, library: &mut Library<'_>, node: &Node) -> Vec<CalendarDef> {
    let entries = reader.entries(node, "`calendars`", "write `name: { hours: \"09:00-18:00\", days: [mon, tue, wed, thu, fri] }` for each calendar");
    if entries.len() > MOST_CALENDARS {
        reader.error("out-of-range", place(node), format!("there are more than {MOST_CALENDARS} calendars"), "teams that work the same hours share a calendar");
    }
    entries.iter().filter_map(|entry| calendar(reader, library, entry)).collect()
}

fn calendar(reader: &mut Reader<'_>, library: &mut Library<'_>, entry: &Entry) -> Option<CalendarDef> {
    let name = reader.id(&entry.key, "a calendar");
    let what = format!("calendar `{}`", entry.name());
    let map = reader.closed(&entry.value, &what, &keys::CALENDAR)?;
    let hours = map.get("hours").and_then(|node| hours(reader, node));
    let days = map.get("days").map(|node| days(reader, node, &what));
    let holidays = dates(reader, library, map, "holidays");
    let workdays = dates(reader, library, map, "workdays");
    for both in &workdays {
        if let Ok(at) = holidays.binary_search_by_key(&both.value, |day| day.value) {
            let problem = Diagnostic::error("two-kinds-of-day", both.span, format!("a day is a holiday and a workday of the {what}"));
            let problem = match holidays.get(at) {
                Some(holiday) => problem.related(holiday.span, "a holiday here"),
                None => problem,
            };
            reader.diagnostics.push(problem.help("take it out of one of the two"));
        }
    }
    let timezone = map.get("timezone").and_then(|node| reader.text(node, "`timezone`"));
    Some(CalendarDef { name: name?, hours: hours?, days: days?, holidays, workdays, timezone })
}

/// One span, or a list of spans.
fn hours(reader: &mut Reader<'_>, node: &Node) -> Option<Vec<(u32, u32)>> {
    let items = match &node.kind {
        Kind::Sequence(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let mut found: Vec<((u32, u32), Span)> = Vec::new();
    for item in items {
        found.push((span(reader, item)?, item.span));
    }
    if found.is_empty() {
        reader.error("empty-list", place(node), "`hours` holds no span", "write the hours of a working day: \"09:00-18:00\"");
        return None;
    }
    if found.len() > MOST_SPANS {
        reader.error("out-of-range", place(node), format!("`hours` holds more than {MOST_SPANS} spans"), "join spans that follow one another");
        return None;
    }
    found.sort_by_key(|(hours, _)| *hours);
    for pair in found.windows(2) {
        if let [((_, end), first), ((begin, _), second)] = pair && begin < end {
            let problem = Diagnostic::error("overlapping-hours", *second, "two spans of `hours` overlap").related(*first, "the other one");
            reader.diagnostics.push(problem.help("write each hour in one span: [\"09:00-12:00\", \"13:00-18:00\"]"));
            return None;
        }
    }
    Some(found.into_iter().map(|(hours, _)| hours).collect())
}

fn span(reader: &mut Reader<'_>, node: &Node) -> Option<(u32, u32)> {
    let text = reader.raw_text(node, "a span of `hours`")?;
    let found = text.value.split_once('-').and_then(|(begin, end)| Some((second(begin.trim())?, second(end.trim())?)));
    match found {
        Some((begin, end)) if begin < end => found,
        Some(_) => {
            reader.error("bad-hours", text.span, format!("`{}` ends before it begins", short(&text.value)), "hours over midnight are two spans: [\"00:00-06:00\", \"22:00-24:00\"]");
            None
        }
        None => {
            reader.error("bad-hours", text.span, format!("`{}` is no span of hours", short(&text.value)), "write it as \"09:00-18:00\"; a day ends at 24:00");
            None
        }
    }
}

/// The second of a day that a time such as `09:00` names; `24:00` is the end of the day.
pub fn second(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    let number = |digits: &str, least: usize| -> Option<u32> {
        let right = (least..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if right { digits.parse().ok() } else { None }
    };
    let (hour, minute) = (number(hour, 1)?, number(minute, 2)?);
    (minute < 60 && (hour < 24 || hour == 24 && minute == 0)).then_some(hour * 3600 + minute * 60)
}

fn days(reader: &mut Reader<'_>, node: &Node, what: &str) -> [bool; 7] {
    let words: Vec<(&str, usize)> = keys::WEEKDAYS.iter().enumerate().map(|(at, day)| (*day, at)).collect();
    let mut found = [false; 7];
    let items = reader.items(node, "`days`", "write a list: [mon, tue, wed, thu, fri]");
    for item in items {
        if let Some(place) = reader.one_of(item, "each of `days`", &words).and_then(|at| found.get_mut(at)) {
            *place = true;
        }
    }
    if items.is_empty() && matches!(node.kind, Kind::Sequence(_)) {
        reader.error("empty-list", node.span, format!("the {what} has no working day"), "write the days of the week that are worked: [mon, tue, wed, thu, fri]");
    }
    found
}

/// Dates, ascending, each once.
fn dates(reader: &mut Reader<'_>, library: &mut Library<'_>, map: Closed<'_>, key: &str) -> Vec<Spanned<i64>> {
    let Some(node) = map.get(key) else { return Vec::new() };
    let texts = match &node.kind {
        Kind::Mapping(_) => {
            let Some(file) = reader.closed(node, &format!("`{key}`"), &keys::DATES_FILE).and_then(|map| map.get("file")) else { return Vec::new() };
            let Some(loaded) = library.load(reader, file) else { return Vec::new() };
            csv::lines(&loaded.text, loaded.file)
        }
        _ => {
            let items = reader.items(node, &format!("`{key}`"), "write a list of dates, [2026-10-01, 2026-10-02], or { file: lists/holidays.txt }");
            items.iter().filter_map(|item| reader.raw_text(item, &format!("each of `{key}`"))).collect()
        }
    };
    if texts.len() > MOST_DATES {
        reader.error("out-of-range", place(node), format!("`{key}` holds more than {MOST_DATES} dates"), "take out the years that are over");
        return Vec::new();
    }
    let mut found = BTreeMap::new();
    let mut wrong = 0;
    for text in texts {
        match day(&text.value) {
            Some(day) => {
                found.entry(day).or_insert(text.span);
            }
            // A file that is no list of dates at all is told of once.
            None if wrong < 20 => {
                wrong += 1;
                reader.error("bad-date", text.span, format!("`{}` is not a date", short(&text.value)), "write a date that exists, as 2026-10-01");
            }
            None => {}
        }
    }
    found.into_iter().map(|(day, span)| Spanned::new(day, span)).collect()
}
