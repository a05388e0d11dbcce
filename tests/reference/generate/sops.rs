//! Random schedules, and the states of leads in them.

use super::scope::{Generator, Var};
use crate::reference::sops::State;
use crate::reference::random::Random;
use serde_json::{Map, Value as Json, json};

const ZONES: &[&str] = &["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "UTC"];
const WEEK: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const MINUTE: i64 = 60_000;
/// 2026-10-20T00:00:00Z, before clocks change in New York and after they did on Lord Howe.
const FROM: i64 = 1_792_454_400_000;

impl Generator {
    /// Calendars and schedules for a document whose names are in the scope.
    pub fn sops(&mut self, document: &mut Json, scope: &[Var]) {
        document["timezone"] = json!(self.random.pick(ZONES));
        let days: Vec<String> = self.random.some(WEEK, 6).into_iter().map(str::to_owned).collect();
        let mut calendar = json!({ "hours": "09:00-18:00", "days": days });
        if self.chance(50) {
            calendar["timezone"] = json!(self.random.pick(ZONES));
        }
        if self.chance(50) {
            calendar["holidays"] = json!([format!("2026-11-{:02}", self.random.between(1, 15)), format!("2026-10-{:02}", self.random.between(20, 31))]);
            calendar["workdays"] = json!([format!("2026-11-{:02}", self.random.between(16, 30))]);
        }
        document["calendars"] = json!({ "work": calendar });
        let mut sops = Map::new();
        for number in 0..1 + self.random.below(3) {
            sops.insert(format!("sop{number}"), self.sop(scope));
        }
        document["sops"] = Json::Object(sops);
    }

    fn sop(&mut self, scope: &[Var]) -> Json {
        let mut sop = json!({ "enter": self.when(scope), "calendar": "work" });
        if self.chance(40) {
            sop["leave"] = self.when(scope);
        }
        if self.chance(30) {
            sop["at"] = self.time_of_day();
        }
        let steps: Vec<Json> = (0..1 + self.random.below(5)).map(|number| self.sop_step(scope, number)).collect();
        sop["steps"] = json!(steps);
        sop
    }

    fn sop_step(&mut self, scope: &[Var], number: usize) -> Json {
        let mut step = json!({ "id": format!("s{number}"), "send": format!("mail{number}") });
        match self.random.below(6) {
            0 | 1 => step["day"] = json!(self.random.between(1, 20)),
            2 => step["week"] = json!(self.random.between(1, 4)),
            3 => step["working_day"] = json!(self.random.between(1, 12)),
            4 => step["after"] = json!(format!("{}{}", self.random.between(1, 30), self.random.pick(&["h", "d"]))),
            _ => {}
        }
        let timed = step.as_object().unwrap().len() > 2;
        if timed && step.get("after").is_none() && self.chance(40) {
            step["at"] = self.time_of_day();
        }
        if !timed || self.chance(40) {
            step["when"] = self.when(scope);
        }
        step
    }

    fn time_of_day(&mut self) -> Json {
        json!(format!("{:02}:{:02}", self.random.between(0, 23), self.random.between(0, 59)))
    }
}

/// A moment in a time in which clocks change.
pub fn autumn(random: &mut Random) -> i64 {
    FROM + random.between(0, 60 * 24 * 60) * MINUTE + random.between(0, 1) * random.between(0, 59_999)
}

/// Where a lead may stand at a moment: schedules that began within some weeks before it, and some steps sent since then or before.
pub fn state(random: &mut Random, document: &Json, now: i64) -> State {
    let mut state = State::default();
    for (name, sop) in document["sops"].as_object().unwrap() {
        if random.chance(35) {
            continue;
        }
        let began = now - random.between(0, 25 * 24 * 60) * MINUTE;
        state.enrolled.push((name.clone(), began));
        for step in sop["steps"].as_array().unwrap() {
            if random.chance(70) {
                continue;
            }
            state.sent.push((name.clone(), step["id"].as_str().unwrap().to_owned(), began + random.between(-2, 2) * MINUTE));
        }
    }
    if random.chance(5) {
        state.enrolled.push(("gone".to_owned(), now));
    }
    state
}
