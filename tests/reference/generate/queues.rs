//! Random queues, and the leads that come to them.

use super::live_policy;
use crate::reference::life::MINUTE;
use crate::reference::queues::Turn;
use crate::reference::random::Random;
use serde_json::{Map, Value as Json, json};

const NAMES: [&str; 7] = ["m0", "m1", "m2", "m3", "m4", "m5", "王"];
const ACCOUNTS: [&str; 4] = ["a0", "a1", "a2", "a3"];

/// A policy with queues besides, to which its route leads.
pub fn policy_with_queues(seed: u64) -> Json {
    let mut random = Random::new(seed ^ 0x9E0E);
    let mut document = live_policy(seed);
    document["fields"]["h.owner"] = json!({ "type": "enum", "values": NAMES, "from": "host" });
    document["fields"]["h.account"] = json!({ "type": "enum", "values": ACCOUNTS, "from": "host" });
    let mut queues = Map::new();
    for number in 0..1 + random.below(3) {
        queues.insert(format!("q{number}"), queue(&mut random));
    }
    for row in document["route"]["rows"].as_array_mut().unwrap() {
        if random.chance(60) {
            row["to"] = json!(random.pick(&queues.keys().cloned().collect::<Vec<_>>()));
        }
    }
    document["queues"] = Json::Object(queues);
    document
}

fn queue(random: &mut Random) -> Json {
    let count = 1 + random.below(NAMES.len());
    let members: Vec<Json> = NAMES.iter().take(count).map(|name| member(random, name)).collect();
    let mut queue = json!({ "members": members });
    for (key, field) in [("owner", "h.owner"), ("account", "h.account")] {
        match random.below(4) {
            0 => {}
            1 => queue[key] = json!(field),
            _ => queue[key] = json!({ "field": field, "counts": random.chance(50) }),
        }
    }
    if random.chance(40) {
        queue["daily"] = json!(random.between(1, 6));
    }
    if random.chance(50) {
        queue["calendar"] = json!("office");
    }
    match random.below(3) {
        0 => {}
        1 => queue["respond_within"] = json!(random.pick(&["30m", "4h", "2d"])),
        _ if queue.get("calendar").is_some() && random.chance(50) => queue["respond_within"] = json!({ "working": "2h" }),
        _ => queue["respond_within"] = json!({ "working": random.pick(&["1m", "4h", "20h"]), "calendar": "office" }),
    }
    if random.chance(30) {
        queue["assign"] = json!("round_robin");
    }
    queue
}

fn member(random: &mut Random, name: &str) -> Json {
    let mut member = json!({ "id": name });
    if random.chance(60) {
        member["weight"] = json!(random.between(1, 9));
    }
    if random.chance(25) {
        member["daily"] = json!(random.between(1, 4));
    }
    if random.chance(25) {
        let day = random.between(1, 20);
        let away = |from: Json, to: Json| json!([{ "from": from, "to": to }]);
        member["away"] = if random.chance(50) {
            away(json!(format!("2026-11-{day:02}")), json!(format!("2026-11-{:02}", day + random.between(0, 3))))
        } else {
            away(json!(format!("2026-11-{day:02}T12:00:00+08:00")), json!(format!("2026-11-{day:02}T{}:30:00Z", random.between(10, 22))))
        };
    }
    member
}

/// A lead that comes to a queue some time after the one before it: who has it and its account by field, and whether a person has fixed who has it.
pub fn turn(random: &mut Random, now: i64) -> (Turn, Option<String>) {
    let later = match random.below(4) {
        0 => 0,
        1 | 2 => random.between(1, 90) * MINUTE,
        _ => random.between(1, 1440) * MINUTE,
    };
    let absent = if random.chance(40) { NAMES.iter().filter(|_| random.chance(40)).map(|name| (*name).to_owned()).collect() } else { Vec::new() };
    let owner = random.chance(20).then(|| (*random.pick(&NAMES)).to_owned());
    let account = random.chance(50).then(|| (*random.pick(&ACCOUNTS)).to_owned());
    let pinned = random.chance(8).then(|| (*random.pick(&["m0", "m1", "boss"])).to_owned());
    (Turn { owner, account, now: now + later, absent }, pinned)
}
