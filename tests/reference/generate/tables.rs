//! Random decision tables, of every hit policy.

use super::scope::{Generator, Kind, Role, Var, quote};
use serde_json::{Map, Value as Json, json};

const HITS: &[&str] = &["unique", "any", "priority", "output order", "rule order", "collect", "collect sum", "collect min", "collect max", "collect count"];
/// Decimals whose sums in doubles are not those on paper.
const DECIMALS: &[f64] = &[0.1, 0.2, 0.3, 0.7, 1.1, -0.05, 2.675, 1e-7];

impl Generator {
    /// A table and the variables that its outputs are.
    pub fn table(&mut self, number: usize, scope: &[Var]) -> (Json, Vec<Var>) {
        let hit = if self.chance(45) { "first" } else { *self.random.pick(HITS) };
        let aggregates = hit.starts_with("collect ");
        let mut outputs = Map::new();
        let mut given = Vec::new();
        for at in 0..if aggregates { 1 } else { 1 + self.random.below(2) } {
            let name = format!("o{number}_{at}");
            let choice = match hit {
                "collect sum" | "collect min" | "collect max" => self.random.below(2),
                "priority" | "output order" if at == 0 => 3,
                _ => self.random.below(6),
            };
            let (ty, kind) = match choice {
                0 => (json!("int"), Kind::Int(0, 9)),
                1 => (json!("double"), Kind::Double(0, 9)),
                2 => (json!("bool"), Kind::Bool),
                _ => (json!(["A", "B", "C"]), Kind::Enum(["A", "B", "C"].map(str::to_owned).to_vec())),
            };
            outputs.insert(name.clone(), ty);
            given.push(Var { name, kind, role: Role::Result, email: false });
        }
        let count = 1 + self.random.below(4);
        let whens = if hit == "unique" && (self.small || self.chance(70)) { self.exclusive(scope, count) } else { (0..count).map(|_| self.when(scope)).collect() };
        let same = self.then(&given);
        let agreeing = hit == "any" && (self.small || self.chance(70));
        let mut rows = Vec::new();
        for (row, when) in whens.into_iter().enumerate() {
            let then = if agreeing { same.clone() } else { self.then(&given) };
            let mut json = json!({ "when": when, "then": then });
            if self.chance(50) {
                json["id"] = json!(format!("row-{row}"));
            }
            rows.push(json);
        }
        let mut table = json!({ "outputs": outputs });
        if hit != "first" || self.chance(30) {
            table["hit"] = json!(hit);
        }
        let needless = matches!(hit, "collect count") || matches!(hit, "collect sum" | "collect" | "rule order" | "output order") && self.chance(60);
        let bare = !matches!(hit, "unique" | "any") && self.chance(if hit == "first" { 50 } else { 15 });
        if bare {
            rows.push(json!({ "then": self.then(&given) }));
        }
        table["rows"] = json!(rows);
        if !bare && !needless {
            table["default"] = self.then(&given);
        }
        let kind = |kind: Kind| match (hit, kind) {
            ("collect count", _) => Kind::Int(0, 4),
            ("collect" | "rule order" | "output order", kind) => Kind::List(Box::new(kind)),
            (_, kind) => kind,
        };
        (table, given.into_iter().map(|var| Var { kind: kind(var.kind.clone()), ..var }).collect())
    }

    /// Conditions of which one at most holds: of one variable, each with something more at times.
    fn exclusive(&mut self, scope: &[Var], count: usize) -> Vec<Json> {
        let Some(var) = self.var(scope, |var| matches!(var.kind, Kind::Bool | Kind::Enum(_) | Kind::Int(..))).cloned() else { return vec![self.when(scope)] };
        let tests: Vec<String> = match &var.kind {
            Kind::Bool => vec!["true".to_owned(), "false".to_owned()],
            Kind::Enum(values) => values.iter().map(|value| quote(value)).collect(),
            Kind::Int(low, high) => {
                let middle = self.random.between(*low, *high);
                vec![format!("< {middle}"), format!("{middle}..{}", middle + 3), format!("> {}", middle + 3)]
            }
            other => panic!("{other:?}"),
        };
        let others: Vec<Var> = scope.iter().filter(|other| other.name != var.name && !matches!(other.kind, Kind::List(_))).cloned().collect();
        let mut whens = Vec::new();
        for test in tests.into_iter().take(count) {
            let mut when = json!({ var.name.clone(): test });
            if !others.is_empty() && self.chance(40) {
                let other = self.random.pick(&others).clone();
                let test = self.test(&other);
                when[other.name.as_str()] = json!(test);
            }
            whens.push(when);
        }
        self.random.shuffle(&mut whens);
        whens
    }

    fn then(&mut self, outputs: &[Var]) -> Json {
        let mut value = |kind: &Kind| match kind {
            Kind::Int(low, high) => json!(self.random.between(*low, *high)),
            Kind::Double(..) if self.chance(30) => json!(self.random.pick(DECIMALS)),
            Kind::Double(low, high) => json!(self.random.between(low * 4, high * 4) as f64 / 4.0),
            Kind::Bool => json!(self.chance(50)),
            Kind::Enum(values) => json!(self.random.pick(values)),
            Kind::Text | Kind::List(_) => json!("text"),
        };
        let mut values: Map<String, Json> = outputs.iter().map(|output| (output.name.clone(), value(&output.kind))).collect();
        if outputs.len() == 1 && self.chance(70) {
            return values.swap_remove(&outputs[0].name).unwrap();
        }
        Json::Object(values)
    }

    /// A condition on a list.
    pub fn list_atom(&mut self, name: &str, of: &Kind) -> String {
        let element = match of {
            Kind::Bool => self.chance(50).to_string(),
            Kind::Enum(values) => quote(self.random.pick::<String>(values)),
            kind => self.number(kind),
        };
        match self.random.below(5) {
            0 | 1 => format!("{element} in {name}"),
            2 => format!("size({name}) {} {}", self.random.pick(&["==", ">=", "<"]), self.random.below(3)),
            3 => format!("{name}.exists(it, it == {element})"),
            _ => format!("{name} == [{element}]"),
        }
    }
}
