//! JSON, written without formatting machinery: what the page build can afford.

/// JSON being written.
#[derive(Default)]
pub struct Json {
    text: String,
    /// Whether a comma is due before the next item.
    comma: bool,
}

impl Json {
    /// The text.
    pub fn finish(self) -> String {
        self.text
    }

    fn separate(&mut self) {
        if self.comma {
            self.text.push(',');
        }
        self.comma = true;
    }

    /// `"name":`, inside an object.
    pub fn key(&mut self, name: &str) -> &mut Self {
        self.separate();
        self.quoted(name);
        self.text.push(':');
        self.comma = false;
        self
    }

    /// An object or list whose items `fill` writes.
    pub fn nest(&mut self, brackets: [char; 2], fill: impl FnOnce(&mut Self)) {
        let [open, close] = brackets;
        self.separate();
        self.text.push(open);
        self.comma = false;
        fill(self);
        self.text.push(close);
        self.comma = true;
    }

    /// `{…}`
    pub fn object(&mut self, fill: impl FnOnce(&mut Self)) {
        self.nest(['{', '}'], fill);
    }

    /// `[…]`
    pub fn list(&mut self, fill: impl FnOnce(&mut Self)) {
        self.nest(['[', ']'], fill);
    }

    /// A list of texts.
    pub fn texts<'a>(&mut self, items: impl Iterator<Item = &'a str>) {
        self.list(|json| items.for_each(|item| json.text(item)));
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.separate();
        self.quoted(text);
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
        self.separate();
        let mut digits = [0u8; 20];
        let mut rest = value;
        let mut used = 0;
        for place in digits.iter_mut().rev() {
            *place = b'0' + (rest % 10) as u8;
            rest /= 10;
            used += 1;
            if rest == 0 {
                break;
            }
        }
        for &digit in digits.iter().skip(digits.len() - used) {
            self.text.push(char::from(digit));
        }
    }

    fn raw(&mut self, text: &str) {
        self.separate();
        self.text.push_str(text);
    }

    fn quoted(&mut self, text: &str) {
        self.text.push('"');
        for character in text.chars() {
            match character {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\u{0}'..='\u{1f}' => {
                    let code = character as u32;
                    self.text.push_str("\\u00");
                    for digit in [code >> 4, code & 15] {
                        self.text.push(char::from_digit(digit, 16).unwrap_or('0'));
                    }
                }
                _ => self.text.push(character),
            }
        }
        self.text.push('"');
    }
}
