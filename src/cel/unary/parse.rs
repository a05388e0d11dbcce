//! Characters to a unary test.

use super::{Comparison, Literal, LiteralKind, Part, Test, is_keyword};
use crate::cel::literal::{self, Value};
use crate::cel::parser::MAX_NESTING;
use crate::cel::{Errors, Text};
use crate::program::StateTest;
use crate::report::{Diagnostic, Span, Spanned};

/// Longest text of a test, in bytes.
const MAX_BYTES: usize = 100_000;

/// Parses a unary test.
///
/// # Errors
/// What is wrong with its syntax.
pub fn parse_test(text: &Text) -> Result<Test, Errors> {
    if text.text.len() > MAX_BYTES {
        let message = format!("a test of {} bytes is too long", text.text.len());
        return Err(vec![Diagnostic::error("expression-too-long", text.span, message).help("put its values into a list and write `in lists.name`")]);
    }
    let mut parser = Parser { text, at: 0, nesting: 0 };
    parser.whole().map_err(|error| vec![*error])
}

struct Parser<'a, 't> {
    text: &'a Text<'t>,
    at: usize,
    nesting: u32,
}

type Parsed<T> = Result<T, Box<Diagnostic>>;

fn fail<T>(code: &'static str, span: Span, message: impl Into<String>, help: impl Into<String>) -> Parsed<T> {
    Err(Box::new(Diagnostic::error(code, span, message).help(help)))
}

/// May stand in a bare word; what may not has a meaning of its own or is a slip.
fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() || "_-./+@:%'".contains(letter) || (!letter.is_ascii() && !letter.is_whitespace() && meant(letter).is_none())
}

/// What authors write with another keyboard, with what is meant.
fn meant(letter: char) -> Option<&'static str> {
    Some(match letter {
        '，' | '、' | '；' | '｜' => "|",
        '（' => "(",
        '）' => ")",
        '＞' => ">",
        '＜' => "<",
        '≥' => ">=",
        '≤' => "<=",
        '≠' => "!=",
        '＝' => "a bare value",
        '！' => "not",
        '～' | '~' | '–' | '—' | '…' => "..",
        '“' | '”' | '‘' | '’' | '「' | '」' => "\"",
        _ => return None,
    })
}

impl Parser<'_, '_> {
    fn rest(&self) -> &str {
        self.text.text.get(self.at..).unwrap_or_default()
    }

    fn skip_blank(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn span_from(&self, start: usize) -> Span {
        self.text.span_of(start, self.at)
    }

    fn take(&mut self, symbol: &str) -> bool {
        let found = self.rest().starts_with(symbol);
        self.at += if found { symbol.len() } else { 0 };
        found
    }

    fn whole(&mut self) -> Parsed<Test> {
        self.skip_blank();
        if self.rest().is_empty() {
            return fail("empty-test", self.text.span, "the test is empty", "write `-` where any state will do");
        }
        let test = self.either()?;
        if self.rest().is_empty() { Ok(test) } else { self.leftover() }
    }

    /// Something follows a complete test.
    fn leftover<T>(&mut self) -> Parsed<T> {
        let start = self.at;
        let Some(first) = self.rest().chars().next() else { return fail("unexpected-token", self.text.span, "the test ends too early", "") };
        let word: String = self.rest().chars().take_while(|letter| in_word(*letter)).collect();
        self.at += if word.is_empty() { first.len_utf8() } else { word.len() };
        let span = self.span_from(start);
        if let Some(symbol) = meant(first) {
            return fail("unknown-symbol", span, format!("there is no `{first}`"), format!("write `{symbol}`"));
        }
        match (word.to_ascii_lowercase().as_str(), first) {
            ("or", _) => fail("unexpected-token", span, format!("`{word}` stands where `|` or the end should follow"), "write `a | b`"),
            ("and", _) => fail("unexpected-token", span, "a test asks one thing", "ask more in a condition such as `seats >= 20 && seats != 50`"),
            ("", ',') => fail("unexpected-token", span, "values are not separated by `,`", "write `a | b`; a number has no `,` in it"),
            ("", ')') => fail("unexpected-token", span, "nothing opens this bracket", "take it out"),
            ("", '&') => fail("unexpected-token", span, "`&` does not belong in a test", "put a value with `&` in it in quotes; ask two things in a condition"),
            ("", _) => fail("unexpected-token", span, format!("`{first}` does not belong here"), "put a value with such signs in it in quotes"),
            _ => {
                let whole = self.text.text.trim();
                let plain = whole.chars().all(|letter| in_word(letter) && letter != '\'' || letter == ' ') && !whole.contains("..");
                let help = if plain { format!("put a value of several words in quotes: `\"{whole}\"`") } else { "write `a | b` for a choice".to_owned() };
                fail("unexpected-token", span, format!("`{word}` stands where `|` or the end should follow"), help)
            }
        }
    }

    fn nested<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.nesting >= MAX_NESTING {
            let message = format!("the test nests deeper than {MAX_NESTING} levels");
            return fail("nested-too-deeply", self.text.span_of(self.at, self.at), message, "take brackets and `not` out");
        }
        self.nesting += 1;
        let parsed = parse(self);
        self.nesting -= 1;
        parsed
    }

    fn either(&mut self) -> Parsed<Test> {
        self.skip_blank();
        let start = self.at;
        let first = self.nested(Self::single)?;
        self.skip_blank();
        if !self.rest().starts_with('|') {
            return Ok(first);
        }
        let mut tests = vec![first];
        while self.take("|") {
            // `a || b` is what programmers write.
            self.take("|");
            self.skip_blank();
            tests.push(self.nested(Self::single)?);
            self.skip_blank();
        }
        for test in &tests {
            self.not_alone(test)?;
        }
        let end = tests.last().map_or(self.text.span, Test::span).end;
        Ok(Test::Either(tests, Span { end, ..self.text.span_of(start, start) }))
    }

    /// `-` and `else` are whole tests.
    fn not_alone(&self, test: &Test) -> Parsed<()> {
        match test {
            Test::Any(span) => fail("stands-alone", *span, "`-` accepts everything and stands alone", "take the rest of the test out"),
            Test::Else(span) => fail("stands-alone", *span, "`else` is a key of its own", "give it a key of its own in `points`"),
            _ => Ok(()),
        }
    }

    fn single(&mut self) -> Parsed<Test> {
        let start = self.at;
        if self.take("(") {
            let inner = self.either()?;
            self.skip_blank();
            self.not_alone(&inner)?;
            if !self.take(")") {
                return if self.rest().is_empty() {
                    fail("unexpected-end", self.span_from(start), "a bracket is not closed", "close it by `)`")
                } else {
                    self.leftover()
                };
            }
            return Ok(inner);
        }
        if let Some(op) = self.comparison() {
            let written = self.span_from(start);
            if op == Comparison::Equal {
                let swapped = [(">", "=>", ">="), ("<", "=<", "<=")].into_iter().find(|(rest, ..)| self.rest().starts_with(rest));
                if let Some((rest, written, meant)) = swapped.filter(|_| written.end - written.start == 1) {
                    self.at += rest.len();
                    return fail("unknown-symbol", self.span_from(start), format!("there is no `{written}`"), format!("write `{meant}`"));
                }
                return fail("unknown-symbol", written, "equality is written as the bare value", "leave `=` out");
            }
            let value = self.value("a value")?;
            return Ok(Test::Compare { op, value, span: self.span_from(start) });
        }
        if self.rest().starts_with('!') {
            self.at += 1;
            return fail("unknown-symbol", self.span_from(start), "there is no `!`", "write `not`, or `!=` and a value");
        }
        let word = self.word();
        match word.as_str() {
            "-" => Ok(Test::Any(self.span_from(start))),
            "else" => Ok(Test::Else(self.span_from(start))),
            "not" => {
                self.skip_blank();
                let test = self.nested(Self::single)?;
                self.not_alone(&test)?;
                let end = test.span().end;
                Ok(Test::Not(Box::new(test), Span { end, ..self.text.span_of(start, start) }))
            }
            "in" => self.in_list(start),
            "contains" => self.part(Part::Contains, start),
            "starts" => self.part(Part::Starts, start),
            "ends" => self.part(Part::Ends, start),
            "known" => Ok(Test::State(StateTest::Known, self.span_from(start))),
            "unanswered" => Ok(Test::State(StateTest::Unanswered, self.span_from(start))),
            "declined" => Ok(Test::State(StateTest::Declined, self.span_from(start))),
            "masked" => Ok(Test::State(StateTest::Masked, self.span_from(start))),
            _ => {
                self.at = start;
                self.value_or_range()
            }
        }
    }

    fn comparison(&mut self) -> Option<Comparison> {
        let symbols = [
            ("!=", Comparison::NotEqual),
            ("<>", Comparison::NotEqual),
            ("<=", Comparison::LessEqual),
            (">=", Comparison::GreaterEqual),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
            ("==", Comparison::Equal),
            ("=", Comparison::Equal),
        ];
        symbols.into_iter().find(|(symbol, _)| self.take(symbol)).map(|(_, op)| op)
    }

    /// The bare word at this place; empty if there is none. It ends where a range's dots begin.
    fn word(&mut self) -> String {
        let rest = self.rest();
        let end = rest.find(|letter| !in_word(letter)).unwrap_or(rest.len());
        let run = rest.get(..end).unwrap_or_default();
        let word = run.find("..").map_or(run, |dots| run.get(..dots).unwrap_or_default()).to_owned();
        self.at += word.len();
        word
    }

    fn value(&mut self, wanted: &str) -> Parsed<Literal> {
        self.skip_blank();
        let start = self.at;
        if self.rest().starts_with(['"', '\'']) {
            return self.quoted();
        }
        let word = self.word();
        let span = self.span_from(start);
        if word.is_empty() {
            if self.rest().is_empty() {
                return fail("unexpected-end", span, format!("the test ends where {wanted} should follow"), "write a value such as `100`");
            }
            if let Some(symbol) = ["|", ")"].into_iter().find(|symbol| self.rest().starts_with(symbol)) {
                let message = format!("`{symbol}` stands where {wanted} should follow");
                return fail("unexpected-token", self.text.span_of(start, start + 1), message, "write a value such as `100`");
            }
            return self.leftover();
        }
        if is_keyword(&word) {
            return fail("reserved-word", span, format!("`{word}` is a word of the language"), format!("as a value it stands in quotes: `\"{word}\"`"));
        }
        let kind = match word.as_str() {
            "true" => LiteralKind::Bool(true),
            "false" => LiteralKind::Bool(false),
            _ if is_number(&word) => LiteralKind::Number(word),
            _ => LiteralKind::Word(word),
        };
        Ok(Literal { kind, span })
    }

    fn quoted(&mut self) -> Parsed<Literal> {
        let start = self.at;
        let Some(quoted) = literal::quoted(self.rest()) else { return self.leftover() };
        self.at += quoted.length;
        if let Some(fault) = quoted.faults.into_iter().next() {
            return fail(fault.code, self.text.span_of(start + fault.start, start + fault.end), fault.message, fault.help);
        }
        match quoted.value {
            Some(Value::String(text)) => Ok(Literal { kind: LiteralKind::Quoted(text), span: self.span_from(start) }),
            _ => self.leftover(),
        }
    }

    fn value_or_range(&mut self) -> Parsed<Test> {
        let start = self.at;
        if self.rest().starts_with("..") {
            return fail("open-range", self.text.span_of(start, start + 2), "a range needs its lower end", "write `<= 99` where there is none");
        }
        let from = self.value("a test")?;
        let span = self.span_from(start);
        self.skip_blank();
        if !self.rest().starts_with("..") {
            return Ok(Test::Compare { op: Comparison::Equal, value: from, span });
        }
        self.at += 2;
        if self.take(".") {
            return fail("unknown-symbol", self.span_from(start), "a range has two dots", "write `20..99`");
        }
        let open = self.take("<");
        self.skip_blank();
        if self.rest().is_empty() || self.rest().starts_with(['|', ')']) {
            return fail("open-range", self.span_from(start), "a range needs its upper end", "write `>= 20` where there is none");
        }
        let to = self.value("the upper end of the range")?;
        for end in [&from, &to] {
            if !matches!(end.kind, LiteralKind::Number(_)) {
                let message = format!("`{}` cannot be the end of a range", super::print::literal(end));
                return fail("bad-number", end.span, message, "a range is of numbers, as in `20..99`; a text with `..` in it stands in quotes");
            }
        }
        Ok(Test::Range { from, to, open, span: self.span_from(start) })
    }

    fn in_list(&mut self, start: usize) -> Parsed<Test> {
        self.skip_blank();
        let name_start = self.at;
        let word = self.word();
        let span = self.span_from(name_start);
        match word.strip_prefix("lists.") {
            Some(name) if !name.is_empty() => Ok(Test::InList { list: Spanned::new(name.to_owned(), span), span: self.span_from(start) }),
            _ if word.is_empty() && self.rest().starts_with(['[', '(', '"']) => {
                fail("bad-list", self.text.span_of(start, self.text.text.len()), "`in` asks a list of the document", "write `a | b` for a choice of values")
            }
            _ => fail("bad-list", span, "`in` asks a list of the document", format!("write `in lists.{}`", if word.is_empty() { "name" } else { &word })),
        }
    }

    fn part(&mut self, part: Part, start: usize) -> Parsed<Test> {
        let text = self.value("a text")?;
        Ok(Test::Part { part, text, span: self.span_from(start) })
    }
}

/// An optional minus, digits, a fraction, an exponent.
fn is_number(word: &str) -> bool {
    let word = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = word.split_once(['e', 'E']).map_or((word, None), |(mantissa, exponent)| (mantissa, Some(exponent)));
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(whole, fraction)| (whole, Some(fraction)));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    let exponent_fits = exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)));
    let fraction_fits = fraction.is_none_or(digits);
    (digits(whole) || (whole.is_empty() && fraction.is_some())) && fraction_fits && exponent_fits
}
