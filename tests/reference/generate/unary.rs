//! Random unary tests: `when:` maps and the keys of `by:`.

use super::scope::{Generator, Kind, Role, Var, quote};
use serde_json::{Map, Value as Json, json};

const TAKEN: &[&str] = &["in", "not", "true", "false", "contains", "starts", "ends", "known", "unanswered", "declined", "masked", "else", "null"];

impl Generator {
    /// A condition as a document writes it: a map of tests or CEL.
    pub fn when(&mut self, scope: &[Var]) -> Json {
        if self.chance(50) {
            return json!(self.condition(scope, 2));
        }
        let mut map = Map::new();
        // A list has no unary tests.
        let single: Vec<Var> = scope.iter().filter(|var| !matches!(var.kind, Kind::List(_))).cloned().collect();
        for var in self.random.some(&single, 3) {
            let test = self.test(&var);
            map.insert(var.name.clone(), self.plain(&var, test));
        }
        Json::Object(map)
    }

    /// Numbers and bools may stand as such.
    fn plain(&mut self, var: &Var, test: String) -> Json {
        let number = matches!(var.kind, Kind::Int(..) | Kind::Double(..)) && test.parse::<f64>().is_ok();
        let plain = number || var.kind == Kind::Bool && (test == "true" || test == "false");
        if plain && self.chance(50) { serde_json::from_str(&test).unwrap() } else { json!(test) }
    }

    /// A unary test for a variable.
    pub fn test(&mut self, var: &Var) -> String {
        match self.random.below(14) {
            0 => format!("{} | {}", self.simple(var), self.simple(var)),
            1 => format!("not {}", self.simple(var)),
            2 => format!("not ({} | {})", self.simple(var), self.simple(var)),
            3 => format!("not {} | {}", self.simple(var), self.simple(var)),
            4 if var.role == Role::Field => "-".to_owned(),
            _ => self.simple(var),
        }
    }

    fn simple(&mut self, var: &Var) -> String {
        if var.role != Role::Result && self.chance(12) {
            return self.state_test(var);
        }
        match &var.kind {
            Kind::Bool => self.chance(50).to_string(),
            Kind::Int(low, high) | Kind::Double(low, high) => {
                let constant = self.number(&var.kind);
                match self.random.below(9) {
                    0 => constant,
                    1 => format!("!= {constant}"),
                    2 => format!("< {constant}"),
                    3 => format!("<= {constant}"),
                    4 => format!("> {constant}"),
                    5 | 6 => format!(">= {constant}"),
                    at => {
                        let middle = self.random.between(*low, high - 1);
                        let end = self.random.between(middle + 1, *high);
                        format!("{middle}{}{end}", if at == 7 { ".." } else { "..<" })
                    }
                }
            }
            Kind::List(_) => panic!("a list has no unary tests"),
            Kind::Text => match self.random.below(if self.small { 4 } else { 7 }) {
                0 => self.literal(var),
                1 => format!("!= {}", self.literal(var)),
                2 | 3 => match self.set(None) {
                    Some(list) => format!("in lists.{list}"),
                    None => self.literal(var),
                },
                at => format!("{} {}", ["contains", "starts", "ends"][at - 4], quote(&self.text(var.email))),
            },
            Kind::Enum(values) => {
                let value = bare(self.random.pick::<String>(values));
                match self.random.below(4) {
                    0 => format!("!= {value}"),
                    1 => match self.set(Some(values)) {
                        Some(list) => format!("in lists.{list}"),
                        None => value,
                    },
                    _ => value,
                }
            }
        }
    }

    fn literal(&mut self, var: &Var) -> String {
        let text = self.text(var.email);
        if self.chance(50) { quote(&text) } else { bare(&text) }
    }

    fn state_test(&mut self, var: &Var) -> String {
        let tests: &[&str] = if var.role == Role::Field { &["known", "unanswered", "declined", "masked"] } else { &["known", "unanswered"] };
        (*self.random.pick(tests)).to_owned()
    }

    /// Tests for the keys of a `by` rule, of which never two hold together.
    pub fn keys(&mut self, var: &Var) -> Vec<String> {
        let mut keys = match &var.kind {
            Kind::Bool => vec!["true".to_owned(), "false".to_owned()],
            kind @ (Kind::Int(low, high) | Kind::Double(low, high)) => {
                let mut cuts: Vec<i64> = (0..1 + self.random.below(3)).map(|_| self.random.between(*low, *high)).collect();
                cuts.sort_unstable();
                cuts.dedup();
                self.intervals(&cuts, matches!(kind, Kind::Int(..)))
            }
            Kind::Text => {
                if self.chance(40)
                    && let Some(list) = self.set(None)
                {
                    vec![format!("in lists.{list}")]
                } else if !self.small && self.chance(30) {
                    vec![format!("contains {}", quote(&self.word()))]
                } else {
                    self.words(1, 3).iter().map(|word| quote(word)).collect()
                }
            }
            Kind::Enum(values) if values.len() > 1 && self.chance(20) => {
                let value = bare(&values[0]);
                vec![format!("not {value}"), value]
            }
            Kind::Enum(values) => {
                let mut values = values.clone();
                self.random.shuffle(&mut values);
                let mut keys: Vec<String> = Vec::new();
                for value in values {
                    match keys.last_mut() {
                        Some(key) if self.chance(30) => *key += &format!(" | {}", bare(&value)),
                        _ => keys.push(bare(&value)),
                    }
                }
                keys
            }
            Kind::List(_) => panic!("a list has no unary tests"),
        };
        if keys.len() > 1 && self.chance(50) {
            keys.remove(self.random.below(keys.len()));
        }
        if self.chance(30) {
            keys.push("unanswered".to_owned());
        }
        if var.role == Role::Field && self.chance(25) {
            keys.push((*self.random.pick(&["declined", "masked", "declined | masked"])).to_owned());
        }
        self.random.shuffle(&mut keys);
        if self.chance(30) {
            keys.insert(self.random.below(keys.len() + 1), "else".to_owned());
        }
        keys
    }

    /// Intervals between ascending cuts, and beyond them.
    fn intervals(&mut self, cuts: &[i64], whole: bool) -> Vec<String> {
        let mut keys = vec![format!("< {}", cuts[0])];
        for pair in cuts.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            keys.push(match self.random.below(3) {
                0 if whole && to - from > 1 => format!("{from}..{}", to - 1),
                1 if whole => (from..to).take(3).map(|number| number.to_string()).collect::<Vec<_>>().join(" | "),
                _ => format!("{from}..<{to}"),
            });
        }
        keys.push(format!(">= {}", cuts[cuts.len() - 1]));
        keys
    }
}

/// A value without quotes where it is a word, with them where it is not.
fn bare(text: &str) -> String {
    let word = text.chars().all(char::is_alphanumeric) && text.chars().next().is_some_and(char::is_alphabetic);
    if word && !TAKEN.contains(&text) { text.to_owned() } else { quote(text) }
}
