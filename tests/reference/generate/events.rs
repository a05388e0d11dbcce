//! Random behaviours: event types, signals, rules that count events, and the moments of leads' lives.

use super::scope::{EventInfo, Generator, Kind, Role, Var, WORDS};
use crate::reference::Policy;
use crate::reference::events::DAY;
use crate::reference::policy::Type;
use crate::reference::random::Random;
use serde_json::{Map, Value as Json, json};

const NAMES: [&str; 3] = ["click", "view", "buy"];
const WINDOWS: [&str; 8] = ["1d", "7d", "2w", "30d", "36h", "90m", "45s", "400d"];
const HALF_LIVES: [&str; 9] = ["1d", "2d", "3d", "5d", "7d", "2w", "30d", "45d", "90d"];
const PERCENTAGES: [&str; 6] = ["0%", "12.5%", "33.3%", "50%", "80%", "100%"];

impl Generator {
    /// The sections `events` and `signals`; the signals as variables.
    pub fn behaviours(&mut self, document: &mut Json) -> Vec<Var> {
        if !self.lively {
            return Vec::new();
        }
        let pool: Vec<(String, Json, Kind)> = (0..2 + self.random.below(3)).map(|number| self.attribute(format!("a{number}"))).collect();
        let mut events = Map::new();
        for name in NAMES.iter().take(1 + self.random.below(3)) {
            let mut attributes: Vec<(String, Json, Kind)> = if self.chance(10) { Vec::new() } else { self.random.some(&pool, 4) };
            self.random.shuffle(&mut attributes);
            for attribute in &mut attributes {
                // The same name, of another type.
                if self.chance(10) {
                    *attribute = self.attribute(attribute.0.clone());
                }
            }
            let mut event: Map<String, Json> = attributes.iter().map(|(name, ty, _)| (name.clone(), ty.clone())).collect();
            self.events.push(EventInfo { name: (*name).to_owned(), attributes });
            if let Some(ignore) = self.filter(&[self.events.len() - 1], 25) {
                event.insert("ignore".to_owned(), json!(ignore));
            }
            events.insert((*name).to_owned(), Json::Object(event));
        }
        document["events"] = Json::Object(events);
        let mut signals = Map::new();
        let mut scope = Vec::new();
        for number in 0..self.random.below(if self.small { 3 } else { 5 }) {
            let name = format!("n{number}");
            let (signal, kind) = self.signal();
            signals.insert(name.clone(), signal);
            scope.push(Var { name, kind, role: Role::Field, email: false });
        }
        if !signals.is_empty() {
            document["signals"] = Json::Object(signals);
        }
        scope
    }

    fn attribute(&mut self, name: String) -> (String, Json, Kind) {
        let (ty, kind) = match self.random.below(5) {
            0 => (json!("bool"), Kind::Bool),
            1 => (json!("int"), Kind::Int(-5, 30)),
            2 => (json!("double"), Kind::Double(-5, 30)),
            3 => (json!("string"), Kind::Text),
            _ => {
                let values = self.words(2, 4);
                (json!(values), Kind::Enum(values))
            }
        };
        (name, ty, kind)
    }

    /// Attributes that all of some events have.
    fn shared(&self, of: &[usize]) -> Vec<(String, Json, Kind)> {
        let has = |event: &usize, attribute: &(String, Json, Kind)| self.events[*event].attributes.iter().any(|(name, ty, _)| *name == attribute.0 && *ty == attribute.1);
        self.events[of[0]].attributes.iter().filter(|attribute| of.iter().all(|event| has(event, attribute))).cloned().collect()
    }

    /// A condition on events, so many times in a hundred.
    fn filter(&mut self, of: &[usize], percent: u64) -> Option<String> {
        let attributes = self.shared(of);
        if attributes.is_empty() || !self.chance(percent) {
            return None;
        }
        let var = |(name, _, kind): &(String, Json, Kind)| Var { name: format!("event.{name}"), kind: kind.clone(), role: Role::Derive, email: false };
        let scope: Vec<Var> = attributes.iter().map(var).collect();
        Some(self.condition(&scope, 1))
    }

    /// Some events, as the document names them.
    fn some_events(&mut self) -> (Vec<usize>, Json) {
        let all: Vec<usize> = (0..self.events.len()).collect();
        let most = if self.chance(60) { 1 } else { 3 };
        let mut of = self.random.some(&all, most);
        self.random.shuffle(&mut of);
        let names: Vec<&str> = of.iter().map(|event| self.events[*event].name.as_str()).collect();
        let named = if names.len() == 1 { json!(names[0]) } else { json!(names) };
        (of, named)
    }

    /// Attributes of one type, one for each of some events.
    fn some_attributes(&mut self, fits: fn(&Kind) -> bool) -> Option<(Vec<usize>, Json, Kind)> {
        let of_event = |(at, event): (usize, &EventInfo)| event.attributes.iter().map(|attribute| (at, attribute.clone())).collect::<Vec<_>>();
        let mut all: Vec<(usize, (String, Json, Kind))> = self.events.iter().enumerate().flat_map(of_event).filter(|(_, (_, _, kind))| fits(kind)).collect();
        if all.is_empty() {
            return None;
        }
        self.random.shuffle(&mut all);
        let (_, (_, ty, kind)) = all[0].clone();
        all.retain(|(_, (_, other, _))| *other == ty);
        let mut seen = Vec::new();
        all.retain(|(event, _)| !seen.contains(event) && { seen.push(*event); true });
        all.truncate(1 + self.random.below(2));
        let names: Vec<String> = all.iter().map(|(event, (name, ..))| format!("{}.{name}", self.events[*event].name)).collect();
        Some((all.iter().map(|(event, _)| *event).collect(), if names.len() == 1 { json!(names[0]) } else { json!(names) }, kind))
    }

    fn signal(&mut self) -> (Json, Kind) {
        let number = |kind: &Kind| matches!(kind, Kind::Int(..) | Kind::Double(..));
        let key = *self.random.pick(&["count", "exists", "sum", "distinct", "min", "max", "first", "last", "days_since_first", "days_since_last", "count", "sum", "days_since_last"]);
        let of_attributes = match key {
            "sum" | "min" | "max" => self.some_attributes(number),
            "distinct" | "first" | "last" => self.some_attributes(|_| true),
            _ => None,
        };
        let (key, of, named, kind) = match (key, of_attributes) {
            ("distinct", Some((of, named, _))) => ("distinct", of, named, Kind::Int(0, 4)),
            (key, Some((of, named, kind))) => (key, of, named, kind),
            (key, None) => {
                let key = if matches!(key, "exists" | "days_since_first" | "days_since_last") { key } else { "count" };
                let (of, named) = self.some_events();
                let kind = match key {
                    "exists" => Kind::Bool,
                    "count" => Kind::Int(0, 5),
                    _ => Kind::Int(0, 40),
                };
                (key, of, named, kind)
            }
        };
        let mut signal = json!({ key: named });
        self.narrow(&mut signal, &of);
        if self.chance(25) {
            signal["else"] = match &kind {
                Kind::Bool => json!(self.chance(50)),
                Kind::Enum(values) => json!(self.random.pick::<String>(values)),
                Kind::Double(low, high) => json!(self.random.between(low * 4, high * 4) as f64 / 4.0),
                Kind::Int(low, high) => json!(self.random.between((*low).max(0), *high)),
                _ => json!(self.word()),
            };
        }
        (signal, kind)
    }

    fn narrow(&mut self, selection: &mut Json, of: &[usize]) {
        if self.chance(50) {
            selection["within"] = json!(self.random.pick(&WINDOWS));
        }
        if let Some(filter) = self.filter(of, 40) {
            selection["where"] = json!(filter);
        }
    }

    /// A rule that gives points for each event.
    pub fn each(&mut self) -> Json {
        let (of, named) = self.some_events();
        let mut rule = json!({ "each": named, "points": self.points() });
        self.narrow(&mut rule, &of);
        if self.chance(60) {
            rule["half_life"] = json!(self.random.pick(&HALF_LIVES));
        }
        if self.chance(35) {
            let mut days: Vec<i64> = (0..1 + self.random.below(3)).map(|_| self.random.between(1, 40)).collect();
            days.sort_unstable();
            days.dedup();
            self.random.shuffle(&mut days);
            rule["decay"] = days.into_iter().map(|days| (format!("{days}d"), json!(self.random.pick(&PERCENTAGES)))).collect::<Map<_, _>>().into();
        }
        let points = rule["points"].as_f64().unwrap();
        if self.chance(40) && points > 0.0 {
            rule["max"] = json!(self.random.between(0, 40));
        } else if self.chance(40) && points < 0.0 {
            rule["min"] = json!(self.random.between(-40, 0));
        }
        rule
    }
}

/// A moment of a lead's life: its time, what the lead did, and where it stands.
pub fn situation(random: &mut Random, policy: &Policy, scores: &[&str]) -> Json {
    let stages: Vec<&str> = policy.stages.iter().flat_map(|stages| stages.names.iter().map(String::as_str)).collect();
    let mut state = Map::new();
    if !stages.is_empty() && random.chance(40) {
        state.insert("stage".to_owned(), json!(random.pick(&stages)));
    }
    if policy.events.types.is_empty() {
        return json!({ "now": 0, "state": state });
    }
    let now = if random.chance(5) { random.between(-1_000_000_000_000, 1_000_000_000_000) } else { random.between(1_763_000_000_000, 1_766_000_000_000) };
    if !scores.is_empty() && random.chance(40) {
        let most = if random.chance(20) { 9 } else { 2 };
        let one = |random: &mut Random| {
            let factor = *random.pick(&[0, 500, 333, 1000, 999, 250, 1]);
            json!({ "score": random.pick(scores), "factor": factor, "at": moment(random, now) })
        };
        state.insert("resets".to_owned(), (0..=random.below(most)).map(|_| one(random)).collect::<Vec<_>>().into());
    }
    json!({ "now": now, "events": log(random, policy, now), "state": state })
}

/// Times before a moment, some of them whole days before, or a window's length; few after it.
fn moment(random: &mut Random, now: i64) -> i64 {
    let near = |random: &mut Random| *random.pick(&[-1, 0, 0, 0, 1, 1000]);
    match random.below(20) {
        0 => now + near(random),
        1 => now + random.between(1, 3 * DAY),
        2 => now - random.between(0, 4000) * DAY + near(random),
        3 => now - random.between(0, 5_000_000),
        4 => now - 90 * 60_000 + near(random),
        5 => now - 36 * 3_600_000 + near(random),
        6..=13 => now - random.between(0, 45) * DAY + near(random),
        _ => now - random.between(0, 60 * DAY),
    }
}

/// What a lead did.
pub fn log(random: &mut Random, policy: &Policy, now: i64) -> Json {
    let count = match random.below(10) {
        0 => 0,
        1 => random.below(40),
        _ => 1 + random.below(7),
    };
    let mut events: Vec<Json> = Vec::new();
    for _ in 0..count {
        // Repeated, as it is or a little changed.
        if !events.is_empty() && random.chance(15) {
            let mut event = random.pick(&events).clone();
            if random.chance(30) {
                event["at"] = json!(moment(random, now));
            }
            events.push(event);
            continue;
        }
        let kind = random.pick(&policy.events.types);
        let mut event = json!({ "type": kind.name, "at": moment(random, now) });
        if !events.is_empty() && random.chance(20) {
            event["at"] = random.pick(&events)["at"].clone();
        }
        if random.chance(40) {
            event["id"] = json!(format!("e{}", random.below(6)));
        }
        for at in &kind.attributes {
            let attribute = &policy.events.attributes[*at];
            match random.below(10) {
                0 | 1 => continue,
                2 => event[&attribute.name] = Json::Null,
                _ => event[&attribute.name] = value(random, &attribute.ty),
            }
        }
        events.push(event);
    }
    Json::Array(events)
}

fn value(random: &mut Random, ty: &Type) -> Json {
    match ty {
        Type::Bool => json!(random.chance(50)),
        Type::Int(low, high) if random.chance(4) => json!(random.pick(&[*low, *high])),
        Type::Int(..) => json!(random.between(-6, 31)),
        Type::Double(low, high) if random.chance(4) => json!(random.pick(&[*low, *high])),
        Type::Double(..) if random.chance(20) => json!(random.between(-60, 310) as f64 / 10.0),
        Type::Double(..) => json!(random.between(-24, 124) as f64 / 4.0),
        Type::Enum(values) => json!(random.pick(values)),
        Type::Text if random.chance(5) => json!(""),
        Type::Text if random.chance(20) => json!(format!("{}{}", random.pick(WORDS), random.pick(WORDS))),
        Type::Text => json!(random.pick(WORDS)),
    }
}
