//! What random conditions are made of: variables with their types, lists, constants.

use crate::reference::random::Random;
use serde_json::Value as Json;

/// A variable that a condition may read.
#[derive(Debug, Clone)]
pub struct Var {
    pub name: String,
    pub kind: Kind,
    pub role: Role,
    /// Texts of `format: email`.
    pub email: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Role {
    Field,
    Derive,
    /// Scores, table outputs, the stage: always a value or faulted.
    Result,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    Bool,
    /// Least and greatest value that constants are drawn from.
    Int(i64, i64),
    Double(i64, i64),
    Text,
    Enum(Vec<String>),
    /// Of an output that collects.
    List(Box<Kind>),
}

/// A list that conditions may use; columns without the key.
#[derive(Debug, Clone)]
pub struct ListInfo {
    pub name: String,
    pub texts: Vec<String>,
    pub columns: Vec<(String, Kind)>,
}

/// Texts that contain one another, with other scripts, spaces and quotes among them.
pub const WORDS: &[&str] = &["a", "b", "ab", "ba", "abc", "x y", "经理", "助理", "经理助理", "assistant", "manager", "a|b", "it's", "say \"b\"", "in"];
pub const DOMAINS: [&str; 3] = ["free.com", "corp.cn", "a.b.org"];

/// The state of generation.
#[derive(Debug)]
pub struct Generator {
    pub random: Random,
    /// Only conditions that are functions of single variables' cells, over few values.
    pub small: bool,
    pub lists: Vec<ListInfo>,
    /// With behaviours.
    pub lively: bool,
    pub events: Vec<EventInfo>,
}

/// An event type that signals and rules may count.
#[derive(Debug, Clone)]
pub struct EventInfo {
    pub name: String,
    /// Attributes with their types as the document writes them.
    pub attributes: Vec<(String, Json, Kind)>,
}

impl Generator {
    pub fn chance(&mut self, percent: u64) -> bool {
        self.random.chance(percent)
    }

    pub fn word(&mut self) -> String {
        let words = if self.small { &WORDS[..5] } else { WORDS };
        (*self.random.pick(words)).to_owned()
    }

    /// Distinct words.
    pub fn words(&mut self, least: usize, most: usize) -> Vec<String> {
        let mut words: Vec<String> = WORDS.iter().take(if self.small { 5 } else { WORDS.len() }).map(|word| (*word).to_owned()).collect();
        self.random.shuffle(&mut words);
        words.truncate(least + self.random.below(most - least + 1));
        words
    }

    /// A constant to compare a text with.
    pub fn text(&mut self, email: bool) -> String {
        match (email, self.random.below(4)) {
            (true, 0) => format!("u@{}", self.random.pick(&DOMAINS)),
            (true, 1) => (*self.random.pick(&DOMAINS)).to_owned(),
            _ => self.word(),
        }
    }

    /// A constant for a number, as it is written in expressions and tests alike.
    pub fn number(&mut self, kind: &Kind) -> String {
        match kind {
            Kind::Int(low, high) => self.random.between(*low, *high).to_string(),
            Kind::Double(low, high) => {
                let quarters = self.random.between(low * 4, high * 4);
                if quarters % 4 == 0 && self.chance(60) { (quarters / 4).to_string() } else { format!("{:?}", quarters as f64 / 4.0) }
            }
            other => panic!("{other:?} is no number"),
        }
    }

    /// A variable of the scope for which the test holds.
    pub fn var<'a>(&mut self, scope: &'a [Var], fits: impl Fn(&Var) -> bool) -> Option<&'a Var> {
        let fitting: Vec<&Var> = scope.iter().filter(|var| fits(var)).collect();
        if fitting.is_empty() { None } else { Some(*self.random.pick(&fitting)) }
    }

    /// A plain list, of which at least one text is among these if any are given.
    pub fn set(&mut self, values: Option<&[String]>) -> Option<String> {
        let fits = |list: &&ListInfo| list.columns.is_empty() && values.is_none_or(|values| list.texts.iter().any(|text| values.contains(text)));
        let fitting: Vec<&ListInfo> = self.lists.iter().filter(fits).collect();
        if fitting.is_empty() { None } else { Some(self.random.pick(&fitting).name.clone()) }
    }

    /// A dictionary's column of a kind.
    pub fn column(&mut self, fits: impl Fn(&Kind) -> bool) -> Option<(String, String, Kind)> {
        let columns = self.lists.iter().flat_map(|list| list.columns.iter().map(|(column, kind)| (list.name.clone(), column.clone(), kind.clone())));
        let fitting: Vec<_> = columns.filter(|(_, _, kind)| fits(kind)).collect();
        if fitting.is_empty() { None } else { Some(self.random.pick(&fitting).clone()) }
    }
}

/// A text literal of CEL and of unary tests.
pub fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

pub fn is_number(kind: &Kind) -> bool {
    matches!(kind, Kind::Int(..) | Kind::Double(..))
}
