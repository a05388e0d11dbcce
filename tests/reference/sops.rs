//! What is due by a policy's schedules, computed with a civil calendar from `docs/policy.md` alone.

use super::decide::{decide_at, truth_of};
use super::lead::Lead;
use super::policy::{Policy, condition};
use super::situation::Situation;
use super::value::Truth;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde_json::Value as Json;

/// Where a lead stands: schedules that go on, and steps that were sent; moments in milliseconds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    pub enrolled: Vec<(String, i64)>,
    pub sent: Vec<(String, String, i64)>,
}

/// What is due.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Due {
    /// Schedule, step, since when, and when the schedule began.
    pub steps: Vec<(String, String, i64, i64)>,
    pub begin: Vec<String>,
    pub end: Vec<(String, i64)>,
    pub faults: Vec<String>,
    pub next: Option<i64>,
}

/// What is due to a lead at a moment of its life.
pub fn due(policy: &Policy, document: &Json, lead: &Lead, situation: &Situation, state: &State) -> Due {
    let now = situation.now;
    let sops: Vec<(&String, &Json)> = document["sops"].as_object().into_iter().flatten().collect();
    let known = |name: &str| sops.iter().any(|(sop, _)| *sop == name);
    let decision = decide_at(policy, lead, situation);
    let mut found = Due { end: state.enrolled.iter().filter(|(sop, _)| decision.screen.is_some() || !known(sop)).cloned().collect(), ..Due::default() };
    if decision.screen.is_some() {
        return found;
    }
    if decision.faults.iter().any(|name| name == "screen") {
        found.faults.push("screen".to_owned());
        return found;
    }
    let truth = |json: &Json| truth_of(policy, lead, situation, &condition(policy, json));
    let (mut later, mut of_steps) = (Vec::new(), Vec::new());
    for (name, sop) in sops {
        let enter = truth(&sop["enter"]);
        let leave = sop.get("leave").map(&truth);
        let going = state.enrolled.iter().find(|(known, _)| known == name);
        let began = match (going, leave) {
            (Some((_, began)), Some(Truth::T)) => {
                found.end.push((name.clone(), *began));
                continue;
            }
            (Some((_, began)), Some(leave)) => {
                found.faults.extend((leave == Truth::E).then(|| name.clone()));
                *began
            }
            (Some((_, began)), None) => match enter {
                Truth::T => *began,
                Truth::E => {
                    found.faults.push(name.clone());
                    *began
                }
                Truth::F | Truth::U => {
                    found.end.push((name.clone(), *began));
                    continue;
                }
            },
            (None, leave) => match (enter, leave) {
                (Truth::E, _) | (Truth::T, Some(Truth::E)) => {
                    found.faults.push(name.clone());
                    continue;
                }
                (Truth::T, None | Some(Truth::F | Truth::U)) => {
                    found.begin.push(name.clone());
                    now
                }
                _ => continue,
            },
        };
        for step in sop["steps"].as_array().unwrap() {
            let id = step["id"].as_str().unwrap().to_owned();
            let Some(at) = time(document, sop, step, began) else { continue };
            if state.sent.iter().any(|(of, sent, when)| of == name && *sent == id && *when >= began) {
                continue;
            }
            if at > now {
                later.push(at);
                continue;
            }
            let alone = ["day", "week", "working_day", "after"].iter().all(|key| step.get(key).is_none());
            match step.get("when").map(&truth) {
                None | Some(Truth::T) => found.steps.push((name.clone(), id, if alone { now } else { at }, began)),
                Some(Truth::E) => of_steps.push(format!("{name}.{id}")),
                Some(Truth::F | Truth::U) => {}
            }
        }
    }
    found.faults.extend(of_steps);
    found.steps.sort_by_key(|(_, _, at, _)| *at);
    found.next = later.into_iter().min();
    found
}

/// When a step is due of a schedule that began at a moment.
fn time(document: &Json, sop: &Json, step: &Json, began: i64) -> Option<i64> {
    let start = Timestamp::from_millisecond(began).unwrap();
    if let Some(length) = step["after"].as_str() {
        let (number, unit) = length.split_at(length.len() - 1);
        let number: i64 = number.parse().unwrap();
        let hours = match unit {
            "h" => number,
            "d" => 24 * number,
            "w" => 7 * 24 * number,
            _ => panic!("{length}"),
        };
        return Some(start.checked_add(SignedDuration::from_hours(hours)).unwrap().as_millisecond());
    }
    let calendar = step.get("calendar").or(sop.get("calendar")).map(|name| &document["calendars"][name.as_str().unwrap()]);
    let zone = calendar.and_then(|calendar| calendar.get("timezone")).or(document.get("timezone")).and_then(Json::as_str);
    let number = |key: &str| step[key].as_i64();
    let zone = match zone {
        Some(zone) => TimeZone::get(zone).unwrap(),
        None => TimeZone::UTC,
    };
    let local: DateTime = zone.to_datetime(start);
    let date = if let Some(day) = number("day") {
        local.date().checked_add((day - 1).days()).unwrap()
    } else if let Some(week) = number("week") {
        local.date().checked_add((7 * (week - 1)).days()).unwrap()
    } else if let Some(count) = number("working_day") {
        let mut date = local.date();
        let mut left = count - i64::from(works(calendar.unwrap(), date));
        while left > 0 {
            date = date.tomorrow().unwrap();
            left -= i64::from(works(calendar.unwrap(), date));
        }
        date
    } else {
        return Some(began);
    };
    let clock = match step.get("at").or(sop.get("at")) {
        Some(at) => at.as_str().unwrap().parse().unwrap(),
        None => local.time(),
    };
    Some(first(&zone, date.to_datetime(clock)).max(began))
}

fn works(calendar: &Json, date: Date) -> bool {
    let among = |key: &str| calendar[key].as_array().into_iter().flatten().any(|day| *day == date.to_string());
    let name = match date.weekday() {
        Weekday::Sunday => "sun",
        Weekday::Monday => "mon",
        Weekday::Tuesday => "tue",
        Weekday::Wednesday => "wed",
        Weekday::Thursday => "thu",
        Weekday::Friday => "fri",
        Weekday::Saturday => "sat",
    };
    among("workdays") || calendar["days"].as_array().unwrap().iter().any(|day| day == name) && !among("holidays")
}

/// The first moment at which clocks show a time or a later one, looked for minute by minute.
fn first(zone: &TimeZone, wanted: DateTime) -> i64 {
    let utc = TimeZone::UTC.to_timestamp(wanted).unwrap();
    let minute = SignedDuration::from_mins(1);
    let mut at = utc.checked_sub(SignedDuration::from_hours(15)).unwrap();
    while zone.to_datetime(at) < wanted {
        at = at.checked_add(minute).unwrap();
    }
    // Clocks change on whole minutes.
    let whole = at.as_millisecond().div_euclid(60_000) * 60_000;
    if zone.to_datetime(Timestamp::from_millisecond(whole).unwrap()) >= wanted { whole } else { at.as_millisecond() }
}
