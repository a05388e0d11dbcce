//! The lead that a message names, read back: `{ seats: 99, note: "a b", f: { declined: true } }`.

use serde_json::{Map, Value as Json, json};

/// The lead and the stage that a help text names first.
pub fn read(help: &str) -> (Json, Option<String>) {
    let rest = match help.split_once("for the lead `") {
        Some((_, rest)) => rest,
        None => return (json!({}), stage(help.split_once("of which nothing is known").expect("a lead is named").1)),
    };
    let mut letters = Letters { rest };
    let lead = letters.value();
    (lead, stage(letters.rest.strip_prefix('`').expect("the lead ends")))
}

fn stage(rest: &str) -> Option<String> {
    Some(rest.strip_prefix(" in the stage `")?.split('`').next()?.to_owned())
}

struct Letters<'a> {
    rest: &'a str,
}

impl<'a> Letters<'a> {
    fn take(&mut self, text: &str) -> bool {
        self.rest.strip_prefix(text).map(|rest| self.rest = rest).is_some()
    }

    fn word(&mut self, end: &[char]) -> &'a str {
        let (word, rest) = self.rest.split_at(self.rest.find(end).unwrap_or(self.rest.len()));
        self.rest = rest;
        word
    }

    fn value(&mut self) -> Json {
        if self.take("{ ") {
            let mut map = Map::new();
            while !self.take(" }") {
                self.take(", ");
                let name = self.word(&[':']).to_owned();
                assert!(self.take(": "), "a name has a value: {}", self.rest);
                map.insert(name, self.value());
            }
            return Json::Object(map);
        }
        if self.rest.starts_with('"') {
            let mut stream = serde_json::Deserializer::from_str(self.rest).into_iter::<String>();
            let text = stream.next().expect("a text").expect("a text in quotes");
            self.rest = &self.rest[stream.byte_offset()..];
            return json!(text);
        }
        let word = self.word(&[',', ' ', '`']);
        serde_json::from_str(word).unwrap_or_else(|_| json!(word))
    }
}
