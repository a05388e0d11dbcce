//! Characters to tokens.

use super::literal::{self, Quoted};
use super::parser::MAX_ERRORS;
use super::print::quote;
use super::{Errors, Text};
use crate::report::{Diagnostic, Span};

/// A token with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub span: Span,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind {
    /// An identifier, reserved word or `in`, `true`, `false`, `null`.
    Word(String),
    /// A name in back quotes.
    Escaped(String),
    /// A whole number's magnitude; the sign is a token of its own.
    Int(u64),
    Uint(u64),
    Double(f64),
    String(String),
    Bytes(Vec<u8>),
    /// An operator or bracket, as written.
    Symbol(&'static str),
    /// Something that was already reported.
    Bad,
    End,
}

/// Symbols, longer ones before their beginnings.
const SYMBOLS: [&str; 24] = [
    "&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}",
];

/// What authors write instead of a symbol, with the symbol.
const MISWRITTEN: [(&str, &str); 19] = [
    ("<>", "!="), ("=>", ">="), ("=<", "<="), ("=", "=="), ("&", "&&"), ("|", "||"), ("≥", ">="), ("≤", "<="), ("≠", "!="), ("，", ","), ("（", "("), ("）", ")"), ("：", ":"),
    ("？", "?"), ("！", "!"), ("。", "."), ("＝", "=="), ("＞", ">"), ("＜", "<"),
];

/// Splits a text into tokens; the last one is always [`TokenKind::End`].
pub(super) fn tokens(text: &Text, errors: &mut Errors) -> Vec<Token> {
    let mut lexer = Lexer { text, at: 0, errors, tokens: Vec::new() };
    lexer.run();
    lexer.tokens
}

struct Lexer<'a, 't> {
    text: &'a Text<'t>,
    at: usize,
    errors: &'a mut Errors,
    tokens: Vec<Token>,
}

impl<'t> Lexer<'_, 't> {
    fn rest(&self) -> &'t str {
        self.text.text.get(self.at..).unwrap_or_default()
    }

    fn run(&mut self) {
        loop {
            self.skip_blank();
            let start = self.at;
            let Some(first) = self.rest().chars().next() else { break };
            if self.errors.len() >= MAX_ERRORS {
                break;
            }
            let kind = self.token(first);
            let span = self.text.span_of(start, self.at);
            self.tokens.push(Token { kind, span });
        }
        let end = self.text.text.len();
        self.tokens.push(Token { kind: TokenKind::End, span: self.text.span_of(end, end) });
    }

    fn skip_blank(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches([' ', '\t', '\n', '\r', '\x0C']);
            self.at += rest.len() - trimmed.len();
            if !trimmed.starts_with("//") {
                return;
            }
            self.at += trimmed.find(['\n', '\r']).unwrap_or(trimmed.len());
        }
    }

    fn token(&mut self, first: char) -> TokenKind {
        let rest = self.rest();
        if let Some(quoted) = literal::quoted(rest) {
            return self.quoted(quoted);
        }
        if first.is_ascii_alphabetic() || first == '_' {
            let word: String = rest.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect();
            self.at += word.len();
            return TokenKind::Word(word);
        }
        let after_dot = rest.strip_prefix('.').and_then(|rest| rest.chars().next());
        if first.is_ascii_digit() || after_dot.is_some_and(|digit| digit.is_ascii_digit()) {
            return self.number();
        }
        if first == '`' {
            return self.escaped();
        }
        self.symbol(first)
    }

    fn quoted(&mut self, quoted: Quoted) -> TokenKind {
        let start = self.at;
        self.at += quoted.length;
        for fault in quoted.faults {
            let span = self.text.span_of(start + fault.start, start + fault.end);
            self.errors.push(Diagnostic::error(fault.code, span, fault.message).help(fault.help));
        }
        match quoted.value {
            Some(literal::Value::String(text)) => TokenKind::String(text),
            Some(literal::Value::Bytes(bytes)) => TokenKind::Bytes(bytes),
            None => TokenKind::Bad,
        }
    }

    fn number(&mut self) -> TokenKind {
        let start = self.at;
        let number = literal::number(self.rest());
        self.at += number.length;
        match number.value {
            Ok(literal::Number::Int(value)) => TokenKind::Int(value),
            Ok(literal::Number::Uint(value)) => TokenKind::Uint(value),
            Ok(literal::Number::Double(value)) => TokenKind::Double(value),
            Err((code, message, help)) => {
                self.errors.push(Diagnostic::error(code, self.text.span_of(start, self.at), message).help(help));
                TokenKind::Bad
            }
        }
    }

    fn escaped(&mut self) -> TokenKind {
        let inside = self.rest().get(1..).unwrap_or_default();
        let allowed = |letter: char| letter.is_ascii_alphanumeric() || "_.-/ ".contains(letter);
        let name: String = inside.chars().take_while(|letter| allowed(*letter)).collect();
        let closed = inside.get(name.len()..).is_some_and(|rest| rest.starts_with('`'));
        let start = self.at;
        if closed && !name.is_empty() {
            self.at += name.len() + 2;
            return TokenKind::Escaped(name);
        }
        let line = inside.split(['\n', '\r']).next().unwrap_or_default();
        self.at += 1 + line.find('`').map_or(name.len(), |closing| closing + 1);
        let span = self.text.span_of(start, self.at);
        self.errors.push(
            Diagnostic::error("bad-back-quotes", span, "a name in back quotes is not closed, or holds what a name cannot hold")
                .help("between back quotes stand letters, digits, `_`, `.`, `-`, `/` and spaces; a text stands in double quotes"),
        );
        TokenKind::Bad
    }

    fn symbol(&mut self, first: char) -> TokenKind {
        let rest = self.rest();
        // A single `=`, `&` or `|` is only reached where the doubled symbol did not match.
        if let Some(symbol) = SYMBOLS.into_iter().find(|symbol| rest.starts_with(symbol) && !rest.starts_with("<>")) {
            self.at += symbol.len();
            return TokenKind::Symbol(symbol);
        }
        let start = self.at;
        if let Some((written, meant)) = MISWRITTEN.into_iter().find(|(written, _)| rest.starts_with(written)) {
            self.at += written.len();
            let span = self.text.span_of(start, self.at);
            self.errors.push(Diagnostic::error("unknown-symbol", span, format!("there is no `{written}`")).help(format!("write `{meant}`")));
            return TokenKind::Symbol(meant);
        }
        if let Some(text) = self.typographic(first) {
            return TokenKind::String(text);
        }
        // One report for a run of foreign letters.
        let run: String = if first.is_alphanumeric() {
            rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
        } else {
            first.to_string()
        };
        self.at += run.len();
        let span = self.text.span_of(start, self.at);
        let help = match first {
            _ if first.is_alphanumeric() => "a text stands in quotes; names are made of the letters a to z, digits and `_`",
            _ if first.is_whitespace() => "write an ordinary space",
            ';' | '；' => "a condition is one expression; join its parts by `&&` or `||`",
            _ => "a text stands in quotes",
        };
        self.errors.push(Diagnostic::error("unknown-symbol", span, format!("`{run}` does not belong in an expression")).help(help));
        TokenKind::Bad
    }

    /// A text between the quotes of a word processor or an input method.
    fn typographic(&mut self, first: char) -> Option<String> {
        if !['“', '”', '‘', '’', '「', '」', '『', '』', '＂', '＇'].contains(&first) {
            return None;
        }
        let start = self.at;
        let inside = self.rest().get(first.len_utf8()..).unwrap_or_default();
        let closing = inside.char_indices().find(|(_, letter)| ['”', '’', '」', '』', '“', '‘', '"', '＂', '＇', '\n'].contains(letter));
        let (end, length) = closing.map_or((0, 0), |(end, letter)| (end, letter.len_utf8()));
        let text = inside.get(..end).unwrap_or_default().to_owned();
        self.at += first.len_utf8() + end + length;
        let span = self.text.span_of(start, self.at);
        let help = if text.is_empty() { "a text stands between straight quotes: `\"…\"`".to_owned() } else { format!("write `{}`", quote(&text)) };
        self.errors.push(Diagnostic::error("typographic-quotes", span, format!("`{first}` does not quote a text")).help(help));
        Some(text)
    }
}
