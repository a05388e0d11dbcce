//! Why a text is not YAML, in the author's terms.

use super::surrogates::{half, pair};
use crate::report::{Diagnostic, Span};

/// Explains where and why the parser stopped. `open` is the outermost bracket that was open there.
pub fn explain(text: &str, file: u16, at: usize, info: &str, open: Option<Span>) -> Diagnostic {
    let span = |start: usize, end: usize| Span::new(file, small(start), small(end));
    let at = floor(text, at);
    let line = Line::at(text, at);
    let next = text.get(at..).and_then(|rest| rest.chars().next());
    let here = span(at, at + next.filter(|&c| c != '\n').map_or(0, char::len_utf8));

    if let Some(tab) = leading_tab(text, at, info) {
        return Diagnostic::error("yaml-tab", span(tab, tab + 1), "a tab cannot indent a line").help("indent with spaces, two for each level");
    }
    if info.contains("valid YAML whitespace") && let Some(colon) = line.text.find(":\t") {
        let tab = line.start + colon + 1;
        return Diagnostic::error("yaml-tab", span(tab, tab + 1), "a tab stands behind a colon").help("put a space there");
    }
    if info.contains("recursion") {
        return Diagnostic::error("too-deep", here, "the document is nested too deep here").help("a policy needs no more than ten levels");
    }
    if info.contains("escape") {
        let back = text.get(at..).and_then(bad_escape).map_or(at, |offset| at + offset);
        if text.get(back..).is_some_and(|rest| half(rest).is_some()) {
            return Diagnostic::error("yaml-quote", span(back, back + 6), "this escape is half a character")
                .help("a character beyond U+FFFF is two escapes, the higher first, such as `\\ud83d\\ude00`; or write the character itself");
        }
        return Diagnostic::error("yaml-quote", span(back, back + text.get(back..).map_or(0, |rest| rest.chars().take(2).map(char::len_utf8).sum())), "this is not an escape that double quotes know")
            .help("write a backslash as `\\\\`, or put the text in single quotes, where a backslash is itself");
    }
    if info.contains("quoted") && (info.contains("end of stream") || info.contains("indentation") || info.contains("document indicator")) {
        return Diagnostic::error("yaml-quote", here, "this quote is never closed").help("close it at the end of the text; a quote inside single quotes is written twice");
    }
    if info.contains("trailing content") {
        let start = line.value_start(at);
        let whole = value_on_line(text, start);
        if let Some(inner) = whole.strip_prefix('\'').and_then(|inner| inner.strip_suffix('\'')).filter(|inner| inner.contains('\'') && !inner.contains(['"', '\\'])) {
            return Diagnostic::error("yaml-quote", span(at - 1, at), "this apostrophe ends the text").help(format!("put the text in double quotes: \"{inner}\""));
        }
        return Diagnostic::error("yaml-quote", span(at, at + value_on_line(text, at).len().max(1)), "the text goes on after its closing quote")
            .help(format!("put the whole text in quotes: {}", quoted(whole)));
    }
    let unclosed = open.filter(|open| {
        let started = Line::at(text, open.start as usize);
        started.start < line.start && (at >= text.len() || line.indent() <= started.indent())
    });
    if let Some(open) = unclosed {
        let bracket = text.get(open.start as usize..).and_then(|rest| rest.chars().next()).unwrap_or('[');
        let closing = if bracket == '{' { '}' } else { ']' };
        return Diagnostic::error("yaml-bracket", span(open.start as usize, open.start as usize + 1), format!("this `{bracket}` is never closed"))
            .help(format!("write `{closing}` where it ends"));
    }
    let mut value = value_on_line(text, at);
    if line.text.trim_start().len() + at.saturating_sub(line.start) == line.text.len() {
        value = value.split(": ").next().unwrap_or(value);
    }
    let is_value = opens_value(&line, at);
    match next {
        Some('-') if info.contains("'-'") || info.contains("\"-\"") || (is_value && info.contains("block sequence")) => {
            return opening_indicator(value, span(at, at + value.len().max(1)));
        }
        Some('>' | '|' | '?' | '*' | '@' | '%' | '`' | '&' | '!') if is_value => return opening_indicator(value, span(at, at + value.len().max(1))),
        _ => {}
    }
    let start = line.value_start(at);
    if start < at && text.get(start..).is_some_and(|rest| rest.starts_with(['!', '&', '*'])) {
        let value = value_on_line(text, start);
        return opening_indicator(value, span(start, start + value.len()));
    }
    if info.contains("misplaced bracket") {
        return Diagnostic::error("yaml-bracket", here, "this bracket closes nothing").help("take it out, or put the text that it belongs to in quotes");
    }
    if let Some(bracket) = next.filter(|bracket| start < at && matches!(bracket, '[' | '{') && info.contains("flow")) {
        return Diagnostic::error("yaml-bracket", here, format!("a `{bracket}` cannot stand inside a text without quotes here"))
            .help(format!("put the whole text in quotes: {}; if it is a value of its own, put a comma before it", quoted(value_on_line(text, start))));
    }
    if let Some((key, from, colon)) = missing_space(text, line.start) {
        let why = if colon == ':' { format!("there is no space after `{key}:`, so this is one text and not a key with a value") } else { format!("the colon after `{key}` is a full-width one, so this is one text and not a key with a value") };
        return Diagnostic::error("yaml-space", span(from, from + key.len() + colon.len_utf8()), why).help(format!("write `{key}: ` and then the value"));
    }
    if next == Some(':') {
        if start > line.start && line.text.get(..start - line.start).is_some_and(|before| before.contains(": ")) {
            return inner_colon(text, here, &line, start);
        }
        return Diagnostic::error("yaml-indent", here, "a key cannot stand here: the line before it is a text").help("indent the keys of one map equally; a text over several lines needs quotes or `|`");
    }
    if info.contains("block mapping") || info.contains("expected <document start>") || info.contains("invalid indentation") || info.contains("block collection") {
        return Diagnostic::error("yaml-indent", here, "this line is not indented like its neighbours").help("indent the keys of one map equally, two spaces for each level");
    }
    if info.contains("flow") {
        return Diagnostic::error("yaml-bracket", here, "a comma or a closing bracket is missing before this")
            .help("entries inside brackets are separated by commas; a text with `,`, `[`, `]`, `{` or `}` needs quotes there");
    }
    Diagnostic::error("yaml-syntax", here, format!("this is not YAML: {}", sentence(info))).help("a text with punctuation is safe in quotes")
}

/// Explains a value that begins with a character that means something to YAML.
pub fn opening_indicator(value: &str, span: Span) -> Diagnostic {
    let first = value.chars().next().unwrap_or('-');
    let meaning = match first {
        '-' => "begins an item of a list",
        '>' | '|' => "begins a text over several lines",
        '?' => "begins a key",
        '*' => "begins an alias",
        '&' => "begins an anchor",
        '!' => "begins a tag",
        '%' => "begins a directive",
        _ => "is reserved",
    };
    Diagnostic::error("yaml-indicator", span, format!("an unquoted `{first}` {meaning} in YAML")).help(format!("put the text in quotes: {}", quoted(value)))
}

/// The value that begins at an offset, to the end of its line; inside brackets, to the comma or bracket that ends it.
pub fn value_on_line(text: &str, at: usize) -> &str {
    let line = Line::at(text, at);
    let rest = text.get(at..line.end).unwrap_or_default();
    let before = text.get(line.start..at).unwrap_or_default();
    let in_brackets = before.matches(['{', '[']).count() > before.matches(['}', ']']).count();
    let mut depth = 0usize;
    let mut end = rest.len();
    let mut blank = false;
    for (index, character) in rest.char_indices() {
        match character {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth > 0 => depth -= 1,
            ',' | ']' | '}' if in_brackets && depth == 0 => {
                end = index;
                break;
            }
            '#' if blank => {
                end = index;
                break;
            }
            _ => {}
        }
        blank = character.is_whitespace();
    }
    rest.get(..end).unwrap_or_default().trim_end()
}

/// A text in quotes that YAML reads back as that text.
pub fn quoted(text: &str) -> String {
    if text.contains('"') || text.contains('\\') { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

/// A colon inside a text without quotes that begins at `start`: a comma or line break that is missing, or a text that needs quotes.
fn inner_colon(text: &str, here: Span, line: &Line<'_>, start: usize) -> Diagnostic {
    let value = value_on_line(text, start);
    let before = text.get(start..here.start as usize).unwrap_or_default();
    let key = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_key = key.len() < before.len() && key.starts_with(|c: char| c.is_ascii_lowercase()) && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let in_brackets = text.get(line.start..start).is_some_and(|before| before.contains(['{', '[']));
    if is_key && in_brackets {
        let at = here.start - small(key.len());
        return Diagnostic::error("yaml-bracket", Span::new(here.file, at, here.start), format!("there is no comma before `{key}`"))
            .help(format!("entries inside brackets are separated by commas; if this is one text, put it in quotes: {}", quoted(value)));
    }
    let help = if is_key { format!("begin a new line before `{key}`; if this is one text, put it in quotes: {}", quoted(value)) } else { format!("put the whole text in quotes: {}", quoted(value)) };
    Diagnostic::error("yaml-colon", here, "a colon and a space inside a text without quotes begin another value").help(help)
}

struct Line<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

impl<'a> Line<'a> {
    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    fn at(text: &'a str, at: usize) -> Self {
        let at = floor(text, at);
        let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |found| found + 1);
        let end = text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |found| at + found);
        let line = text.get(start..end).unwrap_or_default();
        Line { start, end: start + line.trim_end_matches('\r').len(), text: line.trim_end_matches('\r') }
    }

    /// Where the value or key begins that `at` stands in: after the last colon and space, comma, bracket or dash before it that is not inside a quoted value.
    fn value_start(&self, at: usize) -> usize {
        let before = self.text.get(..at.saturating_sub(self.start)).unwrap_or_default();
        let mut start = 0;
        let mut depth = 0usize;
        let mut quote = None;
        let mut previous = ' ';
        for (index, character) in before.char_indices() {
            let first = before.get(start..index).is_some_and(|between| between.trim().is_empty());
            match (quote, character) {
                (Some(open), close) if open == close => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') if first => quote = Some(character),
                (None, '{' | '[') if first => {
                    depth += 1;
                    start = index + 1;
                }
                (None, ',') if depth > 0 => start = index + 1,
                (None, ' ') if previous == ':' || (previous == '-' && before.get(..index).is_some_and(|all| all.trim_start().trim_matches(['-', ' ']).is_empty())) => start = index + 1,
                _ => {}
            }
            previous = character;
        }
        let blank = self.text.get(start..).map_or(0, |rest| rest.len() - rest.trim_start().len());
        self.start + start + blank
    }
}

/// The first tab in the white space that a line begins with: of the line at `at`, or of the lines after it where a text goes on.
fn leading_tab(text: &str, at: usize, info: &str) -> Option<usize> {
    let mut from = at;
    for _ in 0..if info.contains("tab") { 50 } else { 1 } {
        let line = Line::at(text, from);
        let indent = line.text.len() - line.text.trim_start().len();
        if let Some(tab) = line.text.get(..indent).and_then(|indent| indent.find('\t')) {
            return Some(line.start + tab);
        }
        from = text.get(line.end..).and_then(|rest| rest.find('\n')).map(|found| line.end + found + 1)?;
    }
    None
}

/// Whether a value begins at an offset: after `: `, a bracket, a comma or the dash of an item.
fn opens_value(line: &Line<'_>, at: usize) -> bool {
    let before = line.text.get(..at.saturating_sub(line.start)).unwrap_or_default().trim_end();
    before.is_empty() || before.ends_with([':', '[', '{', ',', '-'])
}

/// A `key:value` without a space, or with a full-width colon, on the line that begins at `start` or on the lines before it.
fn missing_space(text: &str, start: usize) -> Option<(&str, usize, char)> {
    let mut start = start;
    for _ in 0..3 {
        let line = Line::at(text, start);
        let content = line.text.trim_start();
        let from = line.start + line.text.len() - content.len();
        let key_length = content.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))).unwrap_or(content.len());
        let rest = content.get(key_length..).unwrap_or_default();
        if key_length > 0 && rest.starts_with('：') {
            return Some((content.get(..key_length)?, from, '：'));
        }
        if key_length > 0 && rest.starts_with(':') && rest.len() > 1 && !rest.starts_with(": ") && !rest.starts_with(":\t") && !rest.starts_with("::") {
            return Some((content.get(..key_length)?, from, ':'));
        }
        start = line.start.checked_sub(1)?;
    }
    None
}

/// The offset of the first backslash that begins no escape of double quotes, or half of a pair.
fn bad_escape(quoted: &str) -> Option<usize> {
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        if character == '\\' {
            let (_, escaped) = characters.next()?;
            let rest = quoted.get(at..)?;
            if pair(rest).is_some() {
                characters.nth("ud83d\\ude00".len() - 2)?;
            } else if half(rest).is_some() {
                return Some(at);
            }
            if !"0abt\tnvfre \"/\\N_LPxuU\n\r".contains(escaped) {
                return Some(at);
            }
        }
    }
    None
}

fn sentence(info: &str) -> String {
    info.trim_end_matches('.').to_string()
}

/// The place between two characters at or before a byte.
pub fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at = at.saturating_sub(1);
    }
    at
}

fn small(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
