//! The sections `events` and `signals`, and rules that count events, read from JSON.

use super::{Attribute, DAY, Each, EventType, Events, Select, Signal};
use crate::reference::expression::{Expr, Names};
use crate::reference::policy::{Type, entries, items, string, strings, thousandths};
use crate::reference::value::Value;
use serde_json::Value as Json;

const SAFE: i64 = 9_007_199_254_740_991;
const MEASURES: [&str; 10] = ["count", "exists", "sum", "distinct", "min", "max", "first", "last", "days_since_first", "days_since_last"];

impl Events {
    /// The names are those of the policy, of which conditions on events know the lists.
    pub fn read(document: &Json, names: &Names) -> Self {
        let mut events = Self::default();
        for (name, json) in entries(&document["events"]) {
            let mut attributes = Vec::new();
            for (attribute, ty) in entries(json).filter(|(key, _)| *key != "ignore") {
                let found = Attribute { name: attribute.clone(), ty: attribute_type(ty) };
                let at = events.attributes.iter().position(|known| *known == found).unwrap_or(events.attributes.len());
                if at == events.attributes.len() {
                    events.attributes.push(found);
                }
                attributes.push(at);
            }
            events.types.push(EventType { name: name.clone(), attributes, ignore: None });
        }
        for (at, (_, json)) in entries(&document["events"]).enumerate() {
            events.types[at].ignore = json.get("ignore").map(|code| events.condition(&string(code), &[at], names));
        }
        for (name, json) in entries(&document["signals"]) {
            let measure = MEASURES.iter().find(|measure| json.get(**measure).is_some()).expect("a signal computes something");
            let select = events.select(json, measure, names);
            let mut signal = Signal { name: name.clone(), measure: (*measure).to_owned(), select, otherwise: None };
            let ty = events.signal_type(&signal);
            signal.otherwise = json.get("else").map(|json| match ty {
                Type::Bool => Value::Bool(json.as_bool().unwrap()),
                Type::Int(..) => Value::Int(json.as_i64().unwrap()),
                Type::Double(..) => Value::Double(json.as_f64().unwrap()),
                Type::Text | Type::Enum(_) => Value::text(json.as_str().unwrap()),
            });
            events.signals.push(signal);
        }
        events
    }

    pub fn signal_type(&self, signal: &Signal) -> Type {
        match signal.measure.as_str() {
            "count" | "distinct" => Type::Int(0, 10_000),
            "days_since_first" | "days_since_last" => Type::Int(0, 3_652_059),
            "exists" => Type::Bool,
            _ => self.attributes[signal.select.of[0].1.expect("an attribute")].ty.clone(),
        }
    }

    pub fn each(&self, json: &Json, names: &Names) -> Each {
        let percent = |json: &Json| thousandths(&serde_json::from_str(json.as_str().unwrap().strip_suffix('%').unwrap()).unwrap()) / 100;
        let mut steps: Vec<(i64, u32)> = entries(&json["decay"]).map(|(days, left)| (millis(days) / DAY, percent(left) as u32)).collect();
        steps.sort_unstable();
        Each {
            select: self.select(json, "each", names),
            points: thousandths(&json["points"]),
            half_life: json.get("half_life").map(|days| (millis(days.as_str().unwrap()) / DAY) as u32),
            steps,
            min: json.get("min").map(thousandths),
            max: json.get("max").map(thousandths),
        }
    }

    fn select(&self, json: &Json, key: &str, names: &Names) -> Select {
        let of: Vec<String> = if json[key].is_array() { strings(&json[key]) } else { vec![string(&json[key])] };
        let kind = |name: &str| self.types.iter().position(|kind| kind.name == name).unwrap_or_else(|| panic!("no event `{name}`"));
        let of: Vec<(usize, Option<usize>)> = of
            .iter()
            .map(|name| match name.split_once('.') {
                Some((name, attribute)) => {
                    let known = self.types[kind(name)].attributes.iter().find(|at| self.attributes[**at].name == attribute);
                    (kind(name), Some(*known.expect("an attribute of the event")))
                }
                None => (kind(name), None),
            })
            .collect();
        let kinds: Vec<usize> = of.iter().map(|(kind, _)| *kind).collect();
        Select {
            within: json.get("within").map(|text| millis(text.as_str().unwrap())),
            filter: json.get("where").map(|code| self.condition(&string(code), &kinds, names)),
            of,
        }
    }

    /// A condition on events of these types; its variables are attributes.
    fn condition(&self, text: &str, kinds: &[usize], names: &Names) -> Expr {
        let all = kinds.iter().flat_map(|kind| &self.types[*kind].attributes);
        let variables = all.map(|at| (format!("event.{}", self.attributes[*at].name), *at)).collect();
        Names { variables, lists: names.lists.clone() }.expression(text)
    }
}

fn attribute_type(json: &Json) -> Type {
    match json.as_str() {
        Some("string") => Type::Text,
        Some("int") => Type::Int(-SAFE, SAFE),
        Some("double") => Type::Double(f64::MIN, f64::MAX),
        Some("bool") => Type::Bool,
        Some(other) => panic!("no type {other}"),
        None => Type::Enum(items(json).map(string).collect()),
    }
}

fn millis(text: &str) -> i64 {
    let (digits, unit) = text.split_at(text.len() - 1);
    let each = match unit {
        "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => DAY,
        "w" => 7 * DAY,
        other => panic!("no unit `{other}`"),
    };
    digits.parse::<i64>().unwrap() * each
}
