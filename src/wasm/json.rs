//! JSON, written without formatting machinery: what the page build can afford.

use crate::engine::text::utf8;

/// JSON being written.
#[derive(Default)]
pub struct Json {
    text: Vec<u8>,
    /// Whether a comma is due before the next item.
    comma: bool,
}

impl Json {
    /// The text.
    pub fn finish(self) -> String {
        utf8(&self.text).unwrap_or_default().to_owned()
    }

    /// Begins an object or list.
    pub fn open(&mut self, bracket: char) {
        self.raw("");
        self.text.push(bracket as u8);
        self.comma = false;
    }

    /// Ends what was begun last.
    pub fn close(&mut self, bracket: char) {
        self.text.push(bracket as u8);
        self.comma = true;
    }

    /// `"name":`, inside an object.
    pub fn key(&mut self, name: &str) -> &mut Self {
        self.text(name);
        self.text.push(b':');
        self.comma = false;
        self
    }

    /// A text.
    #[inline(never)]
    pub fn text(&mut self, text: &str) {
        self.raw("\"");
        for &byte in text.as_bytes() {
            match byte {
                b'"' | b'\\' => self.text.extend([b'\\', byte]),
                ..0x20 => self.text.extend([b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte & 15)]),
                _ => self.text.push(byte),
            }
        }
        self.text.push(b'"');
    }

    /// Bytes in hexadecimal, as a text.
    pub fn hex(&mut self, bytes: &[u8]) {
        self.raw("\"");
        for byte in bytes {
            self.text.extend([digit(byte >> 4), digit(byte & 15)]);
        }
        self.text.push(b'"');
    }

    /// `true`, `false`
    pub fn bool(&mut self, value: bool) {
        self.raw(if value { "true" } else { "false" });
    }

    /// `null`
    pub fn null(&mut self) {
        self.raw("null");
    }

    /// A whole number.
    pub fn number(&mut self, value: u64) {
        self.raw("");
        let mut rest = value;
        let start = self.text.len();
        loop {
            self.text.push(b'0' + (rest % 10) as u8);
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if let Some(digits) = self.text.get_mut(start..) {
            digits.reverse();
        }
    }

    /// An item as it is, after a comma where one is due.
    #[inline(never)]
    fn raw(&mut self, text: &str) {
        if self.comma {
            self.text.push(b',');
        }
        self.comma = true;
        self.text.extend_from_slice(text.as_bytes());
    }
}

fn digit(value: u8) -> u8 {
    if value < 10 { b'0' + value } else { b'a' + value - 10 }
}
