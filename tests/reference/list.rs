//! Texts: normalizers, formats, lists and dictionaries.

use super::value::Value;
use std::collections::BTreeSet;

/// The normalizers that the reference knows, by their names in the document.
pub fn normalize(text: &str, normalizers: &[String]) -> String {
    normalizers.iter().fold(text.to_owned(), |text, normalizer| match normalizer.as_str() {
        "trim" => text.trim().to_owned(),
        "lowercase" => lowercase(&text),
        "collapse" => collapse(&text),
        "width" => text.chars().map(width).collect(),
        other => panic!("the reference has no normalizer `{other}`"),
    })
}

/// Letter by letter; a letter whose lower case is several letters stays.
pub fn lowercase(text: &str) -> String {
    let lower = |c: char| {
        let mut all = c.to_lowercase();
        match (all.next(), all.next()) {
            (Some(one), None) => one,
            _ => c,
        }
    };
    text.chars().map(lower).collect()
}

fn collapse(text: &str) -> String {
    let mut out = String::new();
    let mut in_space = false;
    for c in text.chars() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !in_space {
            out.push(' ');
        }
        in_space = c.is_whitespace();
    }
    out
}

/// Full-width ASCII only; half-width katakana does not occur in random leads.
fn width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).expect("ASCII"),
        other => other,
    }
}

/// One `@`, a local part, a domain with a dot, no white space.
pub fn is_email(text: &str) -> bool {
    let parts: Vec<&str> = text.split('@').collect();
    let [local, domain] = parts[..] else { return false };
    let labels: Vec<&str> = domain.split('.').collect();
    !local.is_empty() && labels.len() > 1 && labels.iter().all(|label| !label.is_empty()) && !text.contains(char::is_whitespace)
}

#[derive(Debug, Clone)]
pub struct List {
    pub normalize: Vec<String>,
    pub body: Body,
}

#[derive(Debug, Clone)]
pub enum Body {
    Set(BTreeSet<String>),
    /// Names that stand for those below them as well.
    Names(BTreeSet<String>),
    /// Keys (normalized) with the row's cells, the key's own among them; none where a cell is empty.
    Dictionary { contains: bool, pick_first: bool, except: Vec<String>, rows: Vec<(String, Vec<Option<Value>>)> },
}

impl List {
    pub fn has(&self, text: &str) -> bool {
        match &self.body {
            Body::Set(texts) => texts.contains(&normalize(text, &self.normalize)),
            Body::Names(names) => {
                let text = normalize(text, &self.normalize);
                names.contains(&text) || text.match_indices('.').any(|(at, _)| names.contains(&text[at + 1..]))
            }
            Body::Dictionary { .. } => self.row(text).is_some(),
        }
    }

    /// The cell of the row that the text finds; none where it finds none or the cell is empty.
    pub fn lookup(&self, text: &str, column: usize) -> Option<Value> {
        self.row(text).and_then(|(_, cells)| cells[column].clone())
    }

    /// The row that a text finds.
    fn row(&self, text: &str) -> Option<&(String, Vec<Option<Value>>)> {
        let Body::Dictionary { contains, pick_first, except, rows } = &self.body else { panic!("`lookup` takes a dictionary") };
        let text = normalize(text, &self.normalize);
        let words: Vec<&String> = except.iter().filter(|word| text.contains(*word)).collect();
        let matches = |key: &str| {
            let found = if *contains { text.contains(key) } else { text == key };
            found && words.iter().all(|word| key.contains(*word))
        };
        let mut best: Option<&(String, Vec<Option<Value>>)> = None;
        for row in rows.iter().filter(|(key, _)| matches(key)) {
            let length = |row: &(String, Vec<Option<Value>>)| row.0.chars().count();
            if best.is_none_or(|best| !pick_first && length(row) > length(best)) {
                best = Some(row);
            }
        }
        best
    }
}
