//! Random screens, scores, tables, stages and routes.

use super::scope::{Generator, Kind, Role, Var};
use serde_json::{Map, Value as Json, json};

const OUTCOMES: &[&str] = &["owner", "nurture", "east", "manual"];
const STAGES: &[&str] = &["lead", "mql", "sql", "pool"];

impl Generator {
    /// Everything after the first layer, whose variables are in the scope.
    pub fn rest(&mut self, document: &mut Json, scope: &mut Vec<Var>) {
        let first = scope.clone();
        if self.chance(50) {
            let count = 1 + self.random.below(2);
            document["screen"] = (0..count).map(|number| (format!("out-{number}"), json!({ "when": self.when(&first) }))).collect::<Map<_, _>>().into();
        }
        self.scores(document, &first, scope);
        let with_stages = self.chance(60);
        let mut tables = Map::new();
        for number in 0..self.random.below(3) {
            let (table, outputs) = self.table(number, scope);
            tables.insert(format!("t{number}"), table);
            scope.extend(outputs);
        }
        if with_stages {
            document["stages"] = self.stages(scope, &first);
            let values = STAGES.iter().map(|stage| (*stage).to_owned()).collect();
            scope.push(Var { name: "stage".to_owned(), kind: Kind::Enum(values), role: Role::Result, email: false });
            if self.chance(40) {
                let (table, outputs) = self.table(9, scope);
                tables.insert("t9".to_owned(), table);
                scope.extend(outputs);
            }
        }
        if !tables.is_empty() {
            // Written in another order than they depend on each other.
            let mut tables: Vec<_> = tables.into_iter().collect();
            self.random.shuffle(&mut tables);
            document["tables"] = Json::Object(tables.into_iter().collect());
        }
        let rows: Vec<Json> = (0..1 + self.random.below(4)).map(|_| json!({ "when": self.when(scope), "to": self.random.pick(OUTCOMES) })).collect();
        document["route"] = json!({ "on_fault": "manual", "outcomes": OUTCOMES, "rows": rows, "default": "nurture" });
        let fields: Vec<String> = first.iter().filter(|var| var.role == Role::Field).map(|var| var.name.clone()).collect();
        if self.chance(50) {
            document["identity"] = json!([self.random.pick(&fields), self.random.some(&fields, 2)]);
        }
    }

    fn scores(&mut self, document: &mut Json, first: &[Var], scope: &mut Vec<Var>) {
        let mut scores = Map::new();
        for number in 0..1 + self.random.below(3) {
            let mut score = Map::new();
            if self.chance(60) {
                score.insert("range".to_owned(), json!([-10, self.random.between(20, 100)]));
            }
            let mut groups = Map::new();
            for at in 0..self.random.below(3) {
                let mut group = json!({ "rules": self.rules(first, &format!("g{at}-")) });
                if self.chance(60) {
                    group["max"] = json!(self.random.between(5, 30));
                }
                if self.chance(30) {
                    group["min"] = json!(self.random.between(-20, 0));
                }
                groups.insert(format!("g{at}"), group);
            }
            if groups.is_empty() || self.chance(50) {
                score.insert("rules".to_owned(), self.rules(first, "own-"));
            }
            if !groups.is_empty() {
                score.insert("groups".to_owned(), Json::Object(groups));
            }
            scores.insert(format!("s{number}"), Json::Object(score));
        }
        let names: Vec<String> = scores.keys().cloned().collect();
        if names.len() > 1 && self.chance(50) {
            let mut total = json!({ "sum": names });
            if self.chance(50) {
                total["range"] = json!([0, 60.5]);
            }
            // A total may stand before what it adds.
            if self.chance(50) { scores.insert("total".to_owned(), total) } else { scores.shift_insert(0, "total".to_owned(), total) };
        }
        for name in scores.keys() {
            scope.push(Var { name: name.clone(), kind: Kind::Double(-10, 60), role: Role::Result, email: false });
        }
        document["scores"] = Json::Object(scores);
    }

    fn rules(&mut self, scope: &[Var], prefix: &str) -> Json {
        let mut rules = Map::new();
        for number in 0..1 + self.random.below(3) {
            let rule = if !self.events.is_empty() && self.chance(45) {
                self.each()
            } else if self.chance(60) {
                let var = self.random.pick(scope).clone();
                let points: Map<String, Json> = self.keys(&var).into_iter().map(|key| (key, self.points())).collect();
                json!({ "by": var.name, "points": points })
            } else {
                json!({ "when": self.when(scope), "points": self.points() })
            };
            rules.insert(format!("{prefix}{number}"), rule);
        }
        Json::Object(rules)
    }

    pub fn points(&mut self) -> Json {
        match self.random.below(6) {
            0 => json!(self.random.between(-20, -1)),
            1 => json!(self.random.between(-9999, 9999) as f64 / 1000.0),
            2 => json!(2.5),
            _ => json!(self.random.between(1, 30)),
        }
    }

    fn stages(&mut self, scope: &[Var], first: &[Var]) -> Json {
        let fields: Vec<String> = first.iter().filter(|var| var.role == Role::Field).map(|var| var.name.clone()).collect();
        let mut list = Map::new();
        for stage in STAGES {
            let stage_body = if self.chance(30) { json!({ "require": self.random.some(&fields, 2) }) } else { json!({}) };
            list.insert((*stage).to_owned(), stage_body);
        }
        let mut moves = Vec::new();
        for number in 0..1 + self.random.below(6) {
            let to = *self.random.pick(STAGES);
            let others: Vec<&str> = STAGES.iter().copied().filter(|stage| *stage != to).collect();
            let from = if self.chance(70) { json!(self.random.pick(&others)) } else { json!(self.random.some(&others, 3)) };
            moves.push(json!({ "id": format!("m-{number}"), "from": from, "to": to, "when": self.when(scope) }));
        }
        json!({ "list": list, "moves": moves })
    }
}
