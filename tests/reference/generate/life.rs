//! Random policies whose moves rest on events, on time and on the past.

use super::super::random::Random;
use super::scope::Generator;
use super::{lively_policy, policy};
use serde_json::{Value as Json, json};

const EVENTS: &[&str] = &["called", "accepted", "returned"];
const REASONS: &[&str] = &["budget", "timing", "other"];

/// A policy with stages and all kinds of moves; every other one counts behaviours.
pub fn live_policy(seed: u64) -> Json {
    let make = if seed.is_multiple_of(2) { lively_policy } else { policy };
    let mut document = (0..).map(|step| make(seed + step * 100_000)).find(|document| document.get("stages").is_some()).unwrap();
    document["timezone"] = json!("+08:00");
    enliven(&mut Random::new(seed ^ 0x5EED), &mut document);
    document
}

/// A policy in which everything changes with time: behaviours, all kinds of moves and schedules, by clocks of any zone.
pub fn timed_policy(seed: u64) -> Json {
    let make = |step: u64| {
        let mut generator = Generator::new(seed + step * 100_000, false, true);
        let (mut document, scope) = generator.document_and_scope();
        generator.sops(&mut document, &scope);
        document
    };
    let mut document = (0..).map(make).find(|document| document.get("stages").is_some()).unwrap();
    enliven(&mut Random::new(seed ^ 0x71ED), &mut document);
    document
}

/// Moves of all kinds in the place of those on conditions.
fn enliven(random: &mut Random, document: &mut Json) {
    document["calendars"]["office"] = json!({
        "hours": ["09:00-12:00", "13:00-18:00"], "days": ["mon", "tue", "wed", "thu", "fri"],
        "holidays": ["2026-11-09", "2026-11-10"], "workdays": ["2026-11-14"],
    });
    let scores: Vec<String> = document["scores"].as_object().into_iter().flatten().filter(|(_, score)| score.get("sum").is_none()).map(|(name, _)| name.clone()).collect();
    let moves = document["stages"]["moves"].as_array_mut().unwrap();
    for item in moves.clone() {
        // More moves, so that there is something to do in most stages.
        for number in 0..random.below(3) {
            let mut more = item.clone();
            more["id"] = json!(format!("{}-{number}", item["id"].as_str().unwrap()));
            moves.push(more);
        }
    }
    for item in moves {
        live_move(random, item, &scores);
    }
}

fn live_move(random: &mut Random, item: &mut Json, scores: &[String]) {
    match random.below(4) {
        0 => {
            item["event"] = json!(random.pick(EVENTS));
            match random.below(4) {
                0 => item["reason"] = json!("required"),
                1 => item["reason"] = json!(random.some(REASONS, 2)),
                _ => {}
            }
        }
        1 | 2 => item["after"] = time(random),
        _ => {}
    }
    let plain = item.get("event").is_none() && item.get("after").is_none();
    if !plain && random.chance(60) {
        item.as_object_mut().unwrap().remove("when");
    }
    if item.get("after").is_none() && random.chance(25) {
        item["within"] = time(random);
    }
    if random.chance(25) {
        item["cool_down"] = json!(random.pick(&["30m", "1d", "9d"]));
    }
    if !scores.is_empty() && random.chance(15) {
        item["reset"] = json!({ random.pick(scores): random.pick(&["0%", "12.5%", "50%"]) });
    }
}

fn time(random: &mut Random) -> Json {
    match random.below(3) {
        0 => json!({ "working": random.pick(&["1m", "4h", "20h"]), "calendar": "office" }),
        _ => json!(random.pick(&["90m", "1d", "3d", "12d"])),
    }
}
