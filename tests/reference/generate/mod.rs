//! Random policies and leads from a seed: documents without errors, in which everything that the language has occurs.

mod events;
mod expression;
mod lead;
mod life;
mod queues;
mod scope;
mod sections;
mod sops;
mod tables;
mod unary;

pub use events::{log, situation};
pub use lead::lead;
pub use life::{live_policy, timed_policy};
pub use queues::{policy_with_queues, turn};
pub use sops::{autumn, state};

use super::random::Random;
use scope::{Generator, Kind, ListInfo, Role, Var, quote};
use serde_json::{Map, Value as Json, json};

/// A policy with every kind of section, of up to eight fields.
pub fn policy(seed: u64) -> Json {
    Generator::new(seed, false, false).document()
}

/// A policy of two to four fields with few values, in which every condition is a function of single variables' cells.
pub fn small_policy(seed: u64) -> Json {
    Generator::new(seed, true, false).document()
}

/// A policy with every kind of section, behaviours too.
pub fn lively_policy(seed: u64) -> Json {
    Generator::new(seed, false, true).document()
}

/// A policy of few fields with few values, which counts behaviours as well.
pub fn small_lively_policy(seed: u64) -> Json {
    Generator::new(seed, true, true).document()
}

/// A policy with schedules besides.
pub fn policy_with_sops(seed: u64) -> Json {
    let mut generator = Generator::new(seed, false, seed.is_multiple_of(2));
    let (mut document, scope) = generator.document_and_scope();
    generator.sops(&mut document, &scope);
    document
}

impl Generator {
    fn new(seed: u64, small: bool, lively: bool) -> Self {
        Self { random: Random::new(seed), small, lists: Vec::new(), lively, events: Vec::new() }
    }

    fn document(&mut self) -> Json {
        self.document_and_scope().0
    }

    /// With everything that conditions can name.
    fn document_and_scope(&mut self) -> (Json, Vec<Var>) {
        let mut document = json!({ "leadgate": 1, "policy": "random", "version": "1" });
        let lists = self.lists();
        let signals = self.behaviours(&mut document);
        let (fields, derives, questions, mut scope) = self.first_layer(signals);
        document["fields"] = fields;
        if let Some(experiments) = self.experiments(&mut scope) {
            document["experiments"] = experiments;
        }
        if !lists.is_empty() {
            document["lists"] = Json::Object(lists);
        }
        if !derives.is_empty() {
            document["derive"] = Json::Object(derives);
        }
        if !questions.is_empty() {
            document["ask"] = json!({ "settle": "route", "questions": questions });
        }
        self.rest(&mut document, &mut scope);
        // A form can only be there for what the policy has.
        if document.get("route").is_none() && let Some(ask) = document.get_mut("ask").and_then(Json::as_object_mut) {
            ask.remove("settle");
        }
        (document, scope)
    }

    fn lists(&mut self) -> Map<String, Json> {
        let mut lists = Map::new();
        for number in 0..self.random.below(3) {
            let texts = self.domains_or_words();
            let name = format!("l{number}");
            let mut list = json!({ "values": texts });
            if !self.small && self.chance(30) {
                list["normalize"] = json!(["lowercase"]);
            }
            // Pages have none of these.
            if self.lively && self.chance(40) {
                let mut names = list["values"].clone();
                if let (Some(names), true) = (names.as_array_mut(), self.chance(50)) {
                    names.push(json!(self.random.pick(&["com", "org", "b.org"])));
                }
                list["values"] = names;
                list["match"] = json!("domain");
            }
            lists.insert(name.clone(), list);
            self.lists.push(ListInfo { name, texts, columns: Vec::new() });
        }
        for number in 0..self.random.below(3) {
            let name = format!("dict{number}");
            lists.insert(name.clone(), self.dictionary(name));
        }
        lists
    }

    fn domains_or_words(&mut self) -> Vec<String> {
        if self.chance(40) {
            self.random.some(&scope::DOMAINS.map(str::to_owned), 2)
        } else {
            self.words(1, 4)
        }
    }

    fn dictionary(&mut self, name: String) -> Json {
        let mut columns = Map::new();
        columns.insert("match".to_owned(), json!("string"));
        let mut kinds = Vec::new();
        for number in 0..1 + self.random.below(2) {
            let (ty, kind) = match self.random.below(if self.small { 1 } else { 5 }) {
                0 | 1 => ("enum", Kind::Enum(self.words(2, 3))),
                2 => ("int", Kind::Int(0, 20)),
                3 => ("string", Kind::Text),
                _ => ("bool", Kind::Bool),
            };
            let column = format!("c{number}");
            columns.insert(column.clone(), json!(ty));
            kinds.push((column, kind));
        }
        let mut rows = Vec::new();
        for key in self.words(2, 5) {
            let mut row = Map::new();
            row.insert("match".to_owned(), json!(key));
            for (column, kind) in &kinds {
                // The first rows have the enum's values, so that each occurs in its column.
                let value = match kind {
                    Kind::Enum(values) => json!(values.get(rows.len()).unwrap_or(&values[0])),
                    Kind::Int(low, high) => json!(self.random.between(*low, *high)),
                    Kind::Bool => json!(self.chance(50)),
                    _ => json!(self.word()),
                };
                let empty = !matches!(kind, Kind::Enum(values) if rows.len() < values.len()) && !rows.is_empty() && self.chance(20);
                if !empty {
                    row.insert(column.clone(), value);
                }
            }
            rows.push(row);
        }
        // An enum column has the values that occur in it.
        for (_, kind) in &mut kinds {
            if let Kind::Enum(values) = kind {
                values.truncate(rows.len());
            }
        }
        let mut list = json!({ "columns": columns, "rows": rows });
        if self.chance(50) {
            list["match"] = json!("contains");
            if self.chance(50) {
                list["pick"] = json!(self.random.pick(&["longest", "first"]));
            }
            if self.chance(40) {
                list["except"] = json!(self.words(1, 2));
            }
        }
        // Which texts a normalizing list and another test share is not always proved, and then the answer is not called exact; small policies do without.
        if !self.small && self.chance(30) {
            list["normalize"] = json!(["lowercase"]);
        }
        let texts = rows.iter().map(|row| row["match"].as_str().unwrap().to_owned()).collect();
        self.lists.push(ListInfo { name, texts, columns: kinds });
        list
    }

    /// Fields, derives and gates. Each derive and gate reads signals and what was made before it; the document has them in another order.
    fn first_layer(&mut self, signals: Vec<Var>) -> (Json, Map<String, Json>, Vec<Json>, Vec<Var>) {
        let mut scope = signals;
        let mut fields = Vec::new();
        let mut derives: Vec<(String, Json)> = Vec::new();
        let mut questions = Vec::new();
        let count = if self.small { 2 + self.random.below(3) } else { 2 + self.random.below(7) };
        for number in 0..count {
            let name = if self.chance(15) { format!("account.f{number}") } else { format!("f{number}") };
            let (mut field, kind) = self.field();
            let email = field.get("format").is_some();
            if self.chance(12) {
                field["from"] = json!("host");
            } else if self.chance(60) {
                let mut question = json!({ "field": name, "label": "?" });
                if !scope.is_empty() && self.chance(60) {
                    question["when"] = self.when(&scope);
                }
                // Without a draw, so that every seed's policy stays as it is otherwise.
                if questions.len() % 2 == 0 {
                    question["prior"] = json!({ "answered": 3, "declined": 0.5, "unanswered": 1 });
                    question["always"] = json!(number % 3 == 0);
                    question["after"] = json!(number % 4);
                }
                questions.push(question);
            }
            fields.push((name.clone(), field));
            scope.push(Var { name, kind, role: Role::Field, email });
            if self.chance(35) {
                let name = format!("d{}", derives.len());
                let (text, kind) = self.derive(&scope);
                derives.push((name.clone(), json!(text)));
                scope.push(Var { name, kind, role: Role::Derive, email: false });
            }
        }
        self.random.shuffle(&mut fields);
        self.random.shuffle(&mut derives);
        self.random.shuffle(&mut questions);
        (Json::Object(fields.into_iter().collect()), derives.into_iter().collect(), questions, scope)
    }

    fn field(&mut self) -> (Json, Kind) {
        match self.random.below(if self.small { 6 } else { 9 }) {
            0 => (json!({ "type": "bool" }), Kind::Bool),
            1 | 2 => {
                let values = if self.small { self.words(2, 3) } else { self.words(2, 6) };
                (json!({ "type": "enum", "values": values }), Kind::Enum(values))
            }
            3 | 4 if self.small => {
                let high = self.random.between(2, 6);
                (json!({ "type": "int", "min": 0, "max": high }), Kind::Int(0, high))
            }
            3 if self.chance(40) => (json!({ "type": "int" }), Kind::Int(-10, 60)),
            3 | 4 => {
                let low = self.random.between(-5, 1);
                let high = self.random.between(8, 120);
                (json!({ "type": "int", "min": low, "max": high }), Kind::Int(low, high))
            }
            6 => (json!({ "type": "double" }), Kind::Double(-10, 60)),
            7 => (json!({ "type": "double", "min": 0, "max": 12.5 }), Kind::Double(0, 12)),
            8 => (json!({ "type": "string", "normalize": ["trim", "lowercase"], "format": "email" }), Kind::Text),
            _ => {
                let mut field = json!({ "type": "string" });
                if self.chance(60) {
                    field["normalize"] = json!(self.random.some(&["trim", "width", "lowercase", "collapse"], 4));
                }
                if self.chance(10) {
                    field["max_length"] = json!(6);
                }
                (field, Kind::Text)
            }
        }
    }

    /// Experiments by texts and enums; what is read of a text beyond its cells is not for small policies.
    fn experiments(&mut self, scope: &mut Vec<Var>) -> Option<Json> {
        let mut experiments = Map::new();
        for number in 0..if self.small { 0 } else { self.random.below(3) } {
            let name = format!("e{number}");
            let by = self.var(scope, |var| matches!(var.kind, Kind::Text | Kind::Enum(_)))?.name.clone();
            let mut names = ["p", "q", "r", "对照"].map(str::to_owned).to_vec();
            self.random.shuffle(&mut names);
            names.truncate(2 + self.random.below(3));
            let arms: Map<String, Json> = names.iter().enumerate().map(|(at, arm)| (arm.clone(), json!(self.random.between(i64::from(at == 0), 4)))).collect();
            experiments.insert(name.clone(), json!({ "by": by, "arms": arms }));
            scope.push(Var { name, kind: Kind::Enum(names), role: Role::Derive, email: false });
        }
        (!experiments.is_empty()).then(|| Json::Object(experiments))
    }

    fn derive(&mut self, scope: &[Var]) -> (String, Kind) {
        let made = match self.random.below(if self.small { 3 } else { 7 }) {
            0 => Some((self.condition(scope, 2), Kind::Bool)),
            1 => self.looked_up(scope),
            2 => None,
            3 => self.int(scope, 2).map(|text| (text, Kind::Int(-5, 60))),
            4 => self.double(scope, 2).map(|text| (text, Kind::Double(-5, 60))),
            _ => self.string(scope, 2).map(|text| (text, Kind::Text)),
        };
        made.unwrap_or_else(|| self.choice(scope))
    }

    /// A dictionary's column, alone or with a word for the rest.
    fn looked_up(&mut self, scope: &[Var]) -> Option<(String, Kind)> {
        let text = self.var(scope, |var| var.kind == Kind::Text)?.name.clone();
        let (list, column, kind) = self.column(|kind| matches!(kind, Kind::Enum(_)))?;
        let Kind::Enum(mut values) = kind else { return None };
        let cell = format!("lookup(lists.{list}, {text}).{column}");
        if self.chance(50) {
            return Some((cell, Kind::Enum(values)));
        }
        if !values.contains(&"rest".to_owned()) {
            values.push("rest".to_owned());
        }
        Some((format!("({}) ? {cell} : \"rest\"", self.condition(scope, 1)), Kind::Enum(values)))
    }

    /// A choice among words.
    fn choice(&mut self, scope: &[Var]) -> (String, Kind) {
        let words = self.words(2, 4);
        let mut text = quote(&words[0]);
        for word in &words[1..] {
            text = format!("({}) ? {} : {text}", self.condition(scope, 1), quote(word));
        }
        (text, Kind::Enum(words))
    }
}
