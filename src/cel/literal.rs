//! Numbers and quoted texts: what their characters stand for.

/// A number as far as it was read.
pub(super) struct ReadNumber {
    /// Bytes read.
    pub length: usize,
    /// Its value, or code, message and help.
    pub value: Result<Number, (&'static str, String, String)>,
}

/// A number without its sign.
#[derive(Debug, PartialEq)]
pub(super) enum Number {
    Int(u64),
    Uint(u64),
    Double(f64),
}

/// Reads a number at the beginning of a text, with every letter and digit that follows it directly.
pub(super) fn number(text: &str) -> ReadNumber {
    let digits = |from: usize| text.get(from..).unwrap_or_default().bytes().take_while(u8::is_ascii_digit).count();
    let at = |index: usize| text.as_bytes().get(index).copied().unwrap_or(0);
    let hex = text.starts_with("0x");
    let mut whole = true;
    let mut end;
    if hex {
        end = 2 + text.bytes().skip(2).take_while(u8::is_ascii_hexdigit).count();
    } else {
        end = digits(0);
        if at(end) == b'.' && digits(end + 1) > 0 {
            whole = false;
            end += 1 + digits(end + 1);
        }
        let sign = usize::from(matches!(at(end + 1), b'+' | b'-'));
        if matches!(at(end), b'e' | b'E') && digits(end + 1 + sign) > 0 {
            whole = false;
            end += 1 + sign + digits(end + 1 + sign);
        }
    }
    let body = text.get(..end).unwrap_or_default();
    let unsigned = whole && matches!(at(end), b'u' | b'U');
    end += usize::from(unsigned);
    let tail: String = text.get(end..).unwrap_or_default().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
    let length = end + tail.len();
    let written = text.get(..length).unwrap_or_default();
    if !tail.is_empty() || (hex && body.len() == 2) {
        let help = if body == "0" && tail.starts_with('X') {
            "hexadecimal digits stand after a small `0x`"
        } else if tail.starts_with('_') { "write the digits without `_`" } else { "put a space after the number, or quotes around a text" };
        return ReadNumber { length, value: Err(("bad-number", format!("`{written}` is not a number"), help.to_owned())) };
    }
    let value = if whole {
        let parsed = if hex { u64::from_str_radix(body.get(2..).unwrap_or_default(), 16) } else { body.parse() };
        parsed.ok().map(|value| if unsigned { Number::Uint(value) } else { Number::Int(value) })
    } else {
        body.parse().ok().filter(|value: &f64| value.is_finite()).map(Number::Double)
    };
    let value = value.ok_or_else(|| {
        let help = if whole { "whole numbers have 64 bits; write a double such as `1e20`" } else { "the largest double is about 1.8e308" };
        ("number-range", format!("`{written}` is too large"), help.to_owned())
    });
    ReadNumber { length, value }
}

/// A quoted text as far as it was read.
pub(super) struct Quoted {
    /// Bytes read.
    pub length: usize,
    /// What it stands for; none where it is faulty.
    pub value: Option<Value>,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
}

/// What a quoted text stands for.
#[derive(Debug, PartialEq)]
pub(super) enum Value {
    String(String),
    Bytes(Vec<u8>),
}

/// Something wrong in a quoted text, at a range of its bytes.
pub(super) struct Fault {
    pub start: usize,
    pub end: usize,
    pub code: &'static str,
    pub message: String,
    pub help: &'static str,
}

/// Reads a quoted text, prefixes included, at the beginning of `text`; none if none begins there.
pub(super) fn quoted(text: &str) -> Option<Quoted> {
    let mut start = 0;
    let mut has = |letter: &str| {
        let found = text.get(start..).and_then(|rest| rest.get(..1)).is_some_and(|next| next.eq_ignore_ascii_case(letter));
        start += usize::from(found);
        found
    };
    let bytes = has("b");
    let raw = has("r");
    let body = text.get(start..)?;
    let fence = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|fence| body.starts_with(fence))?;
    let mut reader = Reader { text, at: start + fence.len(), bytes, out: Vec::new(), faults: Vec::new() };
    reader.run(fence, raw);
    let Reader { at, out, faults, .. } = reader;
    let value = match (faults.is_empty(), bytes) {
        (false, _) => None,
        (true, true) => Some(Value::Bytes(out)),
        (true, false) => String::from_utf8(out).ok().map(Value::String),
    };
    Some(Quoted { length: at, value, faults })
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    bytes: bool,
    out: Vec<u8>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn run(&mut self, fence: &str, raw: bool) {
        let opened = self.at;
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            if rest.starts_with(fence) {
                self.at += fence.len();
                return;
            }
            let next = rest.chars().next();
            match next {
                None | Some('\n' | '\r') if next.is_none() || fence.len() == 1 => {
                    self.faults.push(Fault {
                        start: opened - fence.len(),
                        end: self.at,
                        code: "open-quotes",
                        message: "a quoted text is not closed".to_owned(),
                        help: "close it by the same quotes; a text over several lines stands between `\"\"\"`",
                    });
                    return;
                }
                Some('\\') if !raw => self.escape(),
                // Every line end counts as one `\n`, whatever system the document was written on.
                Some('\r') => {
                    self.at += if rest.starts_with("\r\n") { 2 } else { 1 };
                    self.out.push(b'\n');
                }
                Some(letter) => {
                    self.at += letter.len_utf8();
                    self.put(letter);
                }
                None => return,
            }
        }
    }

    fn put(&mut self, letter: char) {
        self.out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
    }

    fn escape(&mut self) {
        let start = self.at;
        let rest = self.text.get(start + 1..).unwrap_or_default();
        let Some(letter) = rest.chars().next() else {
            self.at = self.text.len();
            return;
        };
        self.at = start + 1 + letter.len_utf8();
        let plain = match letter {
            'a' => '\x07',
            'b' => '\x08',
            'f' => '\x0C',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\x0B',
            '\\' | '?' | '"' | '\'' | '`' => letter,
            'x' | 'X' => return self.code(start, 2, 16, rest.get(1..)),
            'u' if !self.bytes => return self.code(start, 4, 16, rest.get(1..)),
            'U' if !self.bytes => return self.code(start, 8, 16, rest.get(1..)),
            '0'..='3' => {
                self.at = start + 1;
                return self.code(start, 3, 8, Some(rest));
            }
            _ => {
                self.fault(start, "write `\\\\` for a backslash, or `r` before the quotes of a raw text");
                return;
            }
        };
        self.put(plain);
    }

    /// The character or byte of a number of `digits` digits.
    fn code(&mut self, start: usize, digits: usize, radix: u32, rest: Option<&str>) {
        let run = rest.unwrap_or_default().chars().take(digits).take_while(|digit| digit.is_digit(radix)).count();
        let written = rest.and_then(|rest| rest.get(..run)).unwrap_or_default();
        self.at += run;
        let value = (run == digits).then(|| u32::from_str_radix(written, radix).ok()).flatten();
        if self.bytes && let Some(byte) = value.and_then(|value| u8::try_from(value).ok()) {
            self.out.push(byte);
        } else if let Some(letter) = value.and_then(char::from_u32) {
            self.put(letter);
        } else {
            self.fault(start, "write `\\n`, `\\x41`, `\\u4e2d`, `\\U0001f600` or `\\101`; halves of surrogate pairs are not characters");
        }
    }

    fn fault(&mut self, start: usize, help: &'static str) {
        let written = self.text.get(start..self.at).unwrap_or_default();
        let kind = if self.bytes { "bytes" } else { "a text" };
        let message = format!("`{written}` is not an escape that {kind} can have");
        self.faults.push(Fault { start, end: self.at, code: "bad-escape", message, help });
    }
}

#[cfg(test)]
mod tests {
    use super::{Number, Value, number, quoted};

    fn text(source: &str) -> String {
        match quoted(source).unwrap().value {
            Some(Value::String(text)) => text,
            other => panic!("{source}: {other:?}"),
        }
    }

    fn bytes(source: &str) -> Vec<u8> {
        match quoted(source).unwrap().value {
            Some(Value::Bytes(bytes)) => bytes,
            other => panic!("{source}: {other:?}"),
        }
    }

    #[test]
    fn quotes_of_every_kind() {
        assert_eq!(text(r#""a'b""#), "a'b");
        assert_eq!(text(r#"'a"b'"#), "a\"b");
        assert_eq!(text("\"\"\"a\n\"b\"\"\""), "a\n\"b");
        assert_eq!(text("'''a''b'''"), "a''b");
        assert_eq!(text(r#"r"a\nb""#), "a\\nb");
        assert_eq!(text(r#"R'''\'''"#), "\\");
        assert_eq!(text("''"), "");
        assert_eq!(bytes("b'中'"), "中".as_bytes());
        assert_eq!(bytes(r#"bR"\x""#), b"\\x");
        assert!(quoted("rb''").is_none());
        assert!(quoted("bar").is_none());
        assert!(quoted("").is_none());
    }

    #[test]
    fn every_escape() {
        assert_eq!(text(r#""\a\b\f\n\r\t\v\\\?\"\'\`""#), "\x07\x08\x0C\n\r\t\x0B\\?\"'`");
        assert_eq!(text(r#""\x41\X41\101\u4e2d\U0001f600""#), "AAA中😀");
        assert_eq!(text(r#""\377""#), "ÿ");
        assert_eq!(bytes(r#"b"\377\xfe\n""#), [255, 254, b'\n']);
    }

    #[test]
    fn line_ends_count_as_one_character() {
        assert_eq!(text("'''a\r\nb\rc'''"), "a\nb\nc");
    }

    #[test]
    fn faults_name_their_place() {
        for (source, code, start, end) in [
            (r#""ab\q""#, "bad-escape", 3, 5),
            (r#""\x4""#, "bad-escape", 1, 4),
            (r#""\ud83d""#, "bad-escape", 1, 7),
            (r#""\U00110000""#, "bad-escape", 1, 11),
            (r#""\400""#, "bad-escape", 1, 3),
            (r#"b"\u0041""#, "bad-escape", 2, 4),
            ("'abc", "open-quotes", 0, 4),
            ("'abc\ndef'", "open-quotes", 0, 4),
            ("'abc\\", "open-quotes", 0, 5),
            ("'''abc'", "open-quotes", 0, 7),
        ] {
            let read = quoted(source).unwrap();
            let faults: Vec<_> = read.faults.iter().map(|fault| (fault.code, fault.start, fault.end)).collect();
            assert_eq!(faults, [(code, start, end)], "{source}");
            assert_eq!(read.value, None);
        }
    }

    #[test]
    fn numbers() {
        for (source, value, length) in [
            ("12", Number::Int(12), 2),
            ("007 ", Number::Int(7), 3),
            ("0x1F", Number::Int(31), 4),
            ("0xFFU", Number::Uint(255), 5),
            ("12u", Number::Uint(12), 3),
            ("18446744073709551615", Number::Int(u64::MAX), 20),
            ("1.5", Number::Double(1.5), 3),
            (".5", Number::Double(0.5), 2),
            ("1e3", Number::Double(1000.0), 3),
            ("1.5E-3+", Number::Double(0.0015), 6),
            ("1.foo", Number::Int(1), 1),
            ("1..2", Number::Int(1), 1),
        ] {
            let read = number(source);
            assert_eq!((read.value, read.length), (Ok(value), length), "{source}");
        }
    }

    #[test]
    fn what_is_not_a_number() {
        for (source, code) in [
            ("100k", "bad-number"),
            ("1_000", "bad-number"),
            ("0x", "bad-number"),
            ("0xfg", "bad-number"),
            ("0XFF", "bad-number"),
            ("1e", "bad-number"),
            ("1.5u", "bad-number"),
            ("12万", "bad-number"),
            ("18446744073709551616", "number-range"),
            ("1e999", "number-range"),
        ] {
            assert_eq!(number(source).value.unwrap_err().0, code, "{source}");
        }
    }
}
