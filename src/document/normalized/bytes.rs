//! Numbers, texts, lists and choices as bytes.

use crate::document::model::Code;
use crate::document::tokens::tokens;
use crate::report::Spanned;

/// The bytes being written.
pub struct Bytes(pub Vec<u8>);

impl Bytes {
    pub fn int(&mut self, number: i64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    pub fn count(&mut self, count: usize) {
        self.0.extend_from_slice(&(count as u64).to_le_bytes());
    }

    pub fn double(&mut self, number: f64) {
        // Both zeros are one number.
        let number = if number == 0.0 { 0.0 } else { number };
        self.0.extend_from_slice(&number.to_bits().to_le_bytes());
    }

    pub fn choice(&mut self, choice: u8) {
        self.0.push(choice);
    }

    pub fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    pub fn expression(&mut self, code: &Code) {
        let tokens = tokens(&code.text);
        self.list(&tokens, |out, token| out.text(token));
    }

    pub fn list<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.count(items.len());
        for item in items {
            each(self, item);
        }
    }

    pub fn sorted<T>(&mut self, items: &[T], name: impl Fn(&T) -> &Spanned<String>, mut each: impl FnMut(&mut Self, &T)) {
        let mut order: Vec<&T> = items.iter().collect();
        order.sort_by(|a, b| name(a).value.cmp(&name(b).value));
        self.list(&order, |out, item| each(out, item));
    }

    pub fn optional<T>(&mut self, value: Option<T>, each: impl FnOnce(&mut Self, T)) {
        match value {
            None => self.choice(0),
            Some(value) => {
                self.choice(1);
                each(self, value);
            }
        }
    }

    pub fn texts(&mut self, texts: &[Spanned<String>]) {
        self.list(texts, |out, text| out.text(&text.value));
    }

    pub fn set(&mut self, texts: &[Spanned<String>]) {
        let mut sorted: Vec<&str> = texts.iter().map(|text| text.value.as_str()).collect();
        sorted.sort_unstable();
        sorted.dedup();
        self.list(&sorted, |out, text| out.text(text));
    }
}
