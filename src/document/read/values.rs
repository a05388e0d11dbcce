//! Reading single values: texts, numbers, points, bools, words, dates.

use super::reader::{Reader, short};
use crate::document::model::{Scalar, Words};
use crate::document::yaml::plain::{self, Odd, Plain};
use crate::document::yaml::{Kind, Node, Style};
use crate::report::{Diagnostic, Span, Spanned, suggest};

/// Greatest magnitude of points, in thousandths: 10^9 points.
pub const MOST_POINTS: i64 = 1_000_000_000_000;

impl Reader<'_> {
    /// A text. A number or bool without quotes is refused: readers of YAML disagree about how it is written.
    pub fn text(&mut self, node: &Node, what: &str) -> Option<Spanned<String>> {
        let Kind::Scalar(scalar) = &node.kind else {
            self.wrong(node, what, "a text", "write it in quotes");
            return None;
        };
        if scalar.style == Style::Plain {
            match plain::resolve(&scalar.text) {
                Plain::Text => {}
                Plain::Null => {
                    self.wrong(node, what, "a text", "write the text after the colon; an empty text is \"\"");
                    return None;
                }
                _ => {
                    self.wrong(node, what, "a text", format!("put it in quotes: \"{}\"", scalar.text));
                    return None;
                }
            }
        }
        Some(Spanned::new(scalar.text.clone(), node.span))
    }

    /// A text that may look like a number or a bool: it counts as it is written.
    pub fn raw_text(&mut self, node: &Node, what: &str) -> Option<Spanned<String>> {
        match &node.kind {
            Kind::Scalar(scalar) if !node.is_null() => Some(Spanned::new(scalar.text.clone(), node.span)),
            _ => {
                self.wrong(node, what, "a text", "write the text after the colon");
                None
            }
        }
    }

    /// Texts, each once, such as the values of an enum. Words that other readers take for bools get a warning.
    pub fn texts(&mut self, node: &Node, what: &str) -> Vec<Spanned<String>> {
        let mut found = Vec::new();
        for item in self.items(node, what, "write a list: [first, second]") {
            let Some(text) = self.text(item, &format!("each of {what}")) else { continue };
            if text.value.is_empty() {
                self.error("empty-text", text.span, format!("{what} holds an empty text"), "an empty text is the same as no answer: take it out");
                continue;
            }
            self.warn_of_old_bool(item);
            self.warn_of_wide_comma(item);
            found.push(text);
        }
        found
    }

    /// Warns of a word without quotes that older readers of YAML take for a bool.
    pub fn warn_of_old_bool(&mut self, node: &Node) {
        let Some(text) = node.text().filter(|text| node.is_plain() && plain::old_bool(text).is_some() && text.len() > 1) else { return };
        let problem = Diagnostic::warning("yaml-bool", node.span, format!("`{text}` without quotes is a text here, but a bool to some readers of YAML"));
        self.diagnostics.push(problem.help(format!("put it in quotes: \"{text}\"; a bool is written true or false")));
    }

    /// Warns of a full-width comma in a word of a list without quotes.
    fn warn_of_wide_comma(&mut self, node: &Node) {
        let Some(text) = node.text().filter(|text| node.is_plain() && text.contains(['，', '、']) && self.text.get(node.span.start as usize..).is_some_and(|rest| rest.starts_with(text))) else { return };
        let problem = Diagnostic::warning("full-width-comma", node.span, format!("`{}` is one text: its comma is a full-width one", short(text)));
        self.diagnostics.push(problem.help("write `, ` between two texts; if it is one, put it in quotes"));
    }

    /// A bool.
    pub fn flag(&mut self, node: &Node, what: &str) -> Option<bool> {
        let text = node.text().unwrap_or_default();
        match plain::resolve(text) {
            Plain::Bool(value) if node.is_plain() => return Some(value),
            _ => {}
        }
        match plain::old_bool(text).filter(|_| node.is_plain()) {
            Some(value) => self.error("yaml-bool", node.span, format!("`{text}` is a text in YAML, not a bool"), format!("write {value}")),
            None => self.wrong(node, what, "true or false", "write true or false, without quotes"),
        }
        None
    }

    /// A number.
    pub fn number(&mut self, node: &Node, what: &str) -> Option<Spanned<f64>> {
        let value = match (&node.kind, node.text().map(plain::resolve)) {
            (Kind::Scalar(scalar), Some(plain)) if scalar.style == Style::Plain => match plain {
                // Whole numbers beyond 2^53 are refused before they are rounded.
                Plain::Int(whole) if whole.unsigned_abs() <= 1 << 53 => Some(whole as f64),
                Plain::Int(_) => {
                    self.error("out-of-range", node.span, format!("{what} is beyond 9007199254740991"), "larger whole numbers are not exact");
                    return None;
                }
                Plain::Double(number) => Some(number),
                Plain::Odd(odd) => {
                    self.odd_number(node, odd);
                    return None;
                }
                _ => None,
            },
            _ => None,
        };
        if value.is_none() {
            self.wrong(node, what, "a number", number_help(node));
        }
        value.map(|value| Spanned::new(value, node.span))
    }

    /// A whole number from `least` to `most`.
    pub fn whole(&mut self, node: &Node, what: &str, least: i64, most: i64) -> Option<i64> {
        let number = self.number(node, what)?.value;
        if number.fract() != 0.0 {
            self.wrong(node, what, "a whole number", "leave the decimals out");
            return None;
        }
        if number < least as f64 || number > most as f64 {
            self.error("out-of-range", node.span, format!("{what} must be from {least} to {most}"), "choose a number in that range");
            return None;
        }
        Some(number as i64)
    }

    /// Points, in thousandths.
    pub fn points(&mut self, node: &Node, what: &str) -> Option<Spanned<i64>> {
        let number = self.number(node, what)?;
        let text = node.text().unwrap_or_default();
        if text.contains(['e', 'E']) {
            self.error("bad-points", node.span, format!("{what} has an exponent"), "write the number out");
            return None;
        }
        match thousandths(text) {
            Some(value) if value.abs() <= MOST_POINTS => Some(Spanned::new(value, number.span)),
            Some(_) => {
                self.error("out-of-range", node.span, format!("{what} is beyond 1000000000"), "points are at most a thousand million");
                None
            }
            None => {
                self.error("bad-points", node.span, format!("{what} has more than three decimals"), "points are exact to a thousandth: round to three decimals");
                None
            }
        }
    }

    /// Reports a number in a form that readers of YAML disagree about.
    pub fn odd_number(&mut self, node: &Node, odd: Odd) {
        let text = node.text().unwrap_or_default();
        let (why, help) = match odd {
            Odd::LeadingZero => {
                let bare = text.trim_start_matches('0');
                (format!("`{text}` begins with a zero: some readers of YAML take it for an octal number"), format!("write {} for the number, or \"{text}\" for the text", if bare.is_empty() || bare.starts_with('.') { format!("0{bare}") } else { bare.to_string() }))
            }
            Odd::Radix => (format!("`{text}` is not a decimal number"), format!("write the decimal number, or \"{text}\" for the text")),
            Odd::NotFinite => (format!("`{text}` is not a finite number"), "leave a bound out where there is none".to_string()),
            Odd::TooBig => (format!("the number `{}` is too big", short(text)), format!("put it in quotes if it is a text: \"{}\"", short(text))),
        };
        self.error("yaml-number", node.span, why, help);
    }

    /// A plain value.
    pub fn scalar(&mut self, node: &Node, what: &str) -> Option<Spanned<Scalar>> {
        let Kind::Scalar(scalar) = &node.kind else {
            self.wrong(node, what, "a value", "write one text, number or bool");
            return None;
        };
        let value = if scalar.style == Style::Plain {
            match plain::resolve(&scalar.text) {
                Plain::Null => Scalar::Null,
                Plain::Bool(value) => Scalar::Bool(value),
                Plain::Int(value) => Scalar::Int(value),
                Plain::Double(value) => Scalar::Double(value),
                Plain::Odd(odd) => {
                    self.odd_number(node, odd);
                    return None;
                }
                Plain::Text => {
                    self.warn_of_old_bool(node);
                    Scalar::String(scalar.text.clone())
                }
            }
        } else {
            Scalar::String(scalar.text.clone())
        };
        Some(Spanned::new(value, node.span))
    }

    /// A text for people, or one for each locale.
    pub fn words(&mut self, node: Option<&Node>, what: &str) -> Words {
        let Some(node) = node else { return Vec::new() };
        let Kind::Mapping(entries) = &node.kind else {
            return self.text(node, what).map(|text| vec![(String::new(), text)]).unwrap_or_default();
        };
        let mut words = Vec::new();
        for entry in entries {
            if entry.value.is_null() && !is_locale(entry.name()) {
                self.error("yaml-comma", entry.key.span, format!("`{}` stands after a comma, so it is not part of the text before it", short(entry.name())), "put a text with a comma in quotes");
                continue;
            }
            if !is_locale(entry.name()) {
                self.error("bad-locale", entry.key.span, format!("`{}` is not a locale", entry.name()), "texts are given by locale, such as `en`, `zh` or `zh-Hant`");
            }
            if let Some(text) = self.text(&entry.value, &format!("{what} in `{}`", entry.name())) {
                words.push((entry.name().to_string(), text));
            }
        }
        words
    }

    /// One of some words.
    pub fn one_of<T: Copy>(&mut self, node: &Node, what: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.raw_text(node, what)?;
        if let Some(&(_, value)) = words.iter().find(|(word, _)| *word == text.value) {
            return Some(value);
        }
        let help = match suggest(&text.value, words.iter().map(|(word, _)| *word)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write one of {}", words.iter().map(|(word, _)| format!("`{word}`")).collect::<Vec<_>>().join(", ")),
        };
        self.error("unknown-word", text.span, format!("{what} cannot be `{}`", short(&text.value)), help);
        None
    }

    /// Two numbers of points, the lower one first, in thousandths.
    pub fn points_pair(&mut self, node: &Node, what: &str) -> Option<(i64, i64)> {
        let [low, high] = self.items(node, what, "write two numbers: [0, 100]") else {
            if matches!(node.kind, Kind::Sequence(_)) {
                self.error("bad-range", node.span, format!("{what} must be two numbers"), "write [lowest, highest]");
            }
            return None;
        };
        let (low, high) = (self.points(low, what), self.points(high, what));
        let (low, high) = (low?, high?);
        self.check_order(low.value <= high.value, low.span.to(high.span), what)?;
        Some((low.value, high.value))
    }

    /// Reports bounds that are the wrong way round.
    pub fn check_order(&mut self, right: bool, span: Span, what: &str) -> Option<()> {
        if right {
            return Some(());
        }
        self.error("bad-range", span, format!("{what} is upside down: the lower number comes first"), "exchange the two numbers");
        None
    }
}

fn number_help(node: &Node) -> String {
    let Some(text) = node.text() else { return "write one number".to_string() };
    if !node.is_plain() && matches!(plain::resolve(text), Plain::Int(_) | Plain::Double(_)) {
        return "write it without quotes".to_string();
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits > 0 && text.contains([',', '_', ' ']) && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'_' | b' ' | b'.')) {
        return format!("write it without separators: {}", text.replace([',', '_', ' '], ""));
    }
    if digits >= 6 && text.matches('-').count() == 2 {
        return "this is a date; bounds are plain numbers".to_string();
    }
    if digits >= 3 && text.contains(':') {
        return "this is a time of day; bounds are plain numbers".to_string();
    }
    "write a number such as 12 or 2.5".to_string()
}

/// A decimal number in thousandths; none where it has more decimals than that, or is far too big.
pub fn thousandths(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > 3 {
        return None;
    }
    let parse = |digits: &str| if digits.is_empty() { Some(0) } else { digits.parse::<i64>().ok() };
    let value = match parse(whole).and_then(|whole| whole.checked_mul(1000)) {
        Some(whole) => whole.saturating_add(parse(&format!("{fraction:0<3}"))?),
        None => i64::MAX,
    };
    Some(if negative { -value } else { value })
}

fn is_locale(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=8).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_exact() {
        for (text, value) in [("7", Some(7000)), ("-2.5", Some(-2500)), ("+1", Some(1000)), (".125", Some(125)), ("0.1250", Some(125)), ("0.1234", None), ("99999999999999999999", Some(i64::MAX))] {
            assert_eq!(thousandths(text), value, "{text}");
        }
    }

    #[test]
    fn locales() {
        assert!(is_locale("en") && is_locale("zh-Hant-TW"));
        assert!(!is_locale("") && !is_locale("e") && !is_locale("en_US") && !is_locale("english text"));
    }
}
