//! Tokens to the syntax tree: precedence climbing, with chains of operators read in loops and nesting counted.

mod grammar;

use super::ast::{Expr, ExprKind, Literal};
use super::lexer::{Token, TokenKind, tokens};
use super::{Errors, Text};
use crate::report::{Diagnostic, Span};

/// Expressions may not nest deeper than this; every later stage recurses over the tree and relies on it.
pub(super) const MAX_NESTING: u32 = 250;
/// Errors after which the rest of a text is not worth reading.
pub(super) const MAX_ERRORS: usize = 20;
/// Longest text of an expression, in bytes.
const MAX_BYTES: usize = 100_000;
/// Words that the language keeps for itself, besides its keywords.
const RESERVED: [&str; 17] = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void",
    "while",
];

/// The word cannot be a name.
pub(super) fn is_reserved(word: &str) -> bool {
    is_keyword(word) || RESERVED.contains(&word)
}

/// Expressions can read a variable of this name: identifiers with dots between them, none of them a word of the language.
pub fn is_name(name: &str) -> bool {
    let identifier = |part: &str| {
        let begins = part.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
        begins && part.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'_')
    };
    let mut parts = name.split('.');
    let first = parts.next().is_some_and(|first| identifier(first) && !is_reserved(first) && first != "lists");
    first && parts.all(|part| identifier(part) && !is_keyword(part))
}

/// The word cannot even be a member's name unless in back quotes.
pub(super) fn is_keyword(word: &str) -> bool {
    matches!(word, "true" | "false" | "null" | "in")
}

/// Parses an expression.
///
/// # Errors
/// Everything that is wrong with its syntax, in the order of the text.
pub fn parse(text: &Text) -> Result<Expr, Errors> {
    if text.text.len() > MAX_BYTES {
        let message = format!("an expression of {} bytes is too long", text.text.len());
        return Err(vec![Diagnostic::error("expression-too-long", text.span, message).help("split it into derives; long enumerations belong in a list")]);
    }
    let mut errors = Errors::new();
    let tokens = tokens(text, &mut errors);
    if errors.len() >= MAX_ERRORS {
        return Err(errors);
    }
    let mut parser = Parser { tokens, at: 0, errors, nesting: 0, stumbled: None, stopped: false };
    let parsed = parser.expression();
    parser.expect_end();
    if parser.errors.is_empty() {
        return Ok(*parsed.expr);
    }
    // The characters of a token come before its place in the grammar, and one report for each place is enough.
    parser.errors.sort_by_key(|error| error.span.start);
    parser.errors.dedup_by_key(|error| error.span);
    Err(parser.errors)
}

/// An expression with the depth of its tree.
struct Parsed {
    expr: Box<Expr>,
    depth: u32,
}

impl Parsed {
    fn leaf(kind: ExprKind, span: Span) -> Self {
        Self { expr: Box::new(Expr { kind, span }), depth: 1 }
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    errors: Errors,
    /// Brackets and conditionals that are open around the current token.
    nesting: u32,
    /// The token at which the last mistake was reported.
    stumbled: Option<usize>,
    /// Nothing more is read or reported.
    stopped: bool,
}

impl Parser {
    fn peek(&self) -> &TokenKind {
        self.tokens.get(self.at).map_or(&TokenKind::End, |token| &token.kind)
    }

    fn span(&self) -> Span {
        self.tokens.get(self.at).or(self.tokens.last()).map(|token| token.span).unwrap_or_default()
    }

    fn previous(&self) -> Span {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map(|token| token.span).unwrap_or_default()
    }

    fn advance(&mut self) {
        // The last token is the end, which is never passed.
        self.at = (self.at + 1).min(self.tokens.len().saturating_sub(1));
    }

    fn is(&self, symbol: &str) -> bool {
        matches!(self.peek(), TokenKind::Symbol(found) if *found == symbol)
    }

    fn take(&mut self, symbol: &str) -> bool {
        let found = self.is(symbol);
        if found {
            self.advance();
        }
        found
    }

    fn operator(&self) -> Option<&str> {
        match self.peek() {
            TokenKind::Symbol(symbol) => Some(symbol),
            TokenKind::Word(word) if word == "in" => Some("in"),
            _ => None,
        }
    }

    // What builds diagnostics stays out of the functions that recurse, whose frames add up: a browser's stack is about a megabyte.
    #[inline(never)]
    fn report(&mut self, diagnostic: Diagnostic) {
        // What stands around a mistake often stumbles over the same token again, or over the next one.
        let known = self.stumbled.is_some_and(|at| self.at <= at + 1);
        if !self.stopped && !known {
            self.errors.push(diagnostic);
            self.stumbled = Some(self.at);
        }
        if self.errors.len() >= MAX_ERRORS {
            self.stop();
        }
    }

    /// Gives up the rest of the text.
    fn stop(&mut self) {
        self.stopped = true;
        self.at = self.tokens.len().saturating_sub(1);
    }

    #[inline(never)]
    fn too_deep(&mut self, span: Span) {
        self.report(
            Diagnostic::error("nested-too-deeply", span, format!("the expression nests deeper than {MAX_NESTING} levels"))
                .help("name a part of it as a derive; write long enumerations as a list"),
        );
        self.stop();
    }

    fn placeholder(&self, span: Span) -> Parsed {
        Parsed::leaf(ExprKind::Literal(Literal::Null), span)
    }

    /// A node over operands of at most this depth.
    #[inline(never)]
    fn node(&mut self, kind: ExprKind, span: Span, operands: u32) -> Parsed {
        let depth = operands + 1;
        if depth > MAX_NESTING {
            self.too_deep(span);
        }
        Parsed { expr: Box::new(Expr { kind, span }), depth }
    }

    /// Takes the closing bracket, or reports what stands there instead and goes on behind the bracket.
    #[inline(never)]
    fn close(&mut self, closing: &str) {
        if self.take(closing) {
            return;
        }
        if !matches!(self.peek(), TokenKind::Bad) {
            self.unexpected(&format!("`{closing}`"), "put an operator there, or close the bracket");
        }
        self.skip_to_closing();
        self.take(closing);
    }

    /// Goes to the bracket that closes the innermost open one, or to the end.
    fn skip_to_closing(&mut self) {
        self.skip_to_item();
        while self.take(",") {
            self.skip_to_item();
        }
    }

    /// Goes to the next comma between the innermost open brackets, or to where they close, or to the end.
    fn skip_to_item(&mut self) {
        let mut open = 0usize;
        loop {
            match self.peek() {
                TokenKind::End => return,
                TokenKind::Symbol("," | ")" | "]" | "}") if open == 0 => return,
                TokenKind::Symbol("(" | "[" | "{") => open += 1,
                TokenKind::Symbol(")" | "]" | "}") => open -= 1,
                _ => {}
            }
            self.advance();
        }
    }

    fn expect_end(&mut self) {
        if matches!(self.peek(), TokenKind::End | TokenKind::Bad) {
            return;
        }
        let closes = self.is(")") || self.is("]") || self.is("}");
        let help = if closes { "nothing opens this bracket" } else { "put an operator such as `==` or `&&` between the two" };
        self.unexpected("an operator or the end", help);
    }

    /// Reports that the current token is not what should stand here.
    #[inline(never)]
    fn unexpected(&mut self, wanted: &str, help: &str) {
        let span = self.span();
        let found = match self.peek() {
            TokenKind::End => {
                let message = format!("the expression ends where {wanted} should follow");
                self.report(Diagnostic::error("unexpected-end", span, message).help(help));
                return;
            }
            TokenKind::Word(word) => format!("`{word}`"),
            TokenKind::Escaped(word) => format!("`` `{word}` ``"),
            TokenKind::Symbol(symbol) => format!("`{symbol}`"),
            TokenKind::String(_) | TokenKind::Bytes(_) => "a text".to_owned(),
            TokenKind::Int(_) | TokenKind::Uint(_) | TokenKind::Double(_) => "a number".to_owned(),
            TokenKind::Bad => "this".to_owned(),
        };
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map(|token| &token.kind);
        let meant = match (before, self.peek()) {
            (_, TokenKind::Word(word)) if word.eq_ignore_ascii_case("and") => "write `&&`",
            (_, TokenKind::Word(word)) if word.eq_ignore_ascii_case("or") => "write `||`",
            (_, TokenKind::Word(word)) if word.eq_ignore_ascii_case("is") => "write `==`",
            (Some(TokenKind::Word(word)), _) if word.eq_ignore_ascii_case("not") => "write `!` for `not`",
            _ => help,
        };
        let error = Diagnostic::error("unexpected-token", span, format!("{found} stands where {wanted} should follow")).help(meant);
        self.report(error);
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_NESTING, is_name, parse};
    use crate::cel::ast::{Expr, ExprKind, Literal};
    use crate::cel::{Env, Errors, Expected, Text, check, print};
    use crate::report::Span;

    fn read(source: &str) -> Result<Expr, Errors> {
        parse(&Text { text: source, span: Span::new(0, 0, u32::try_from(source.len()).unwrap()), offsets: &[] })
    }

    fn codes(source: &str) -> Vec<&'static str> {
        read(source).unwrap_err().iter().map(|error| error.code).collect()
    }

    /// Nests `levels` deep in every way that the grammar has.
    fn nestings(levels: usize) -> Vec<String> {
        let around = |open: &str, middle: &str, close: &str| format!("{}{middle}{}", open.repeat(levels), close.repeat(levels));
        vec![
            around("(", "1", ")"),
            around("[", "1", "]"),
            around("{1: ", "1", "}"),
            around("size(", "1", ")"),
            around("a[", "1", "]"),
            around("true ? 1 : ", "2", ""),
            around("(true ? 1 : ", "2", ")"),
            around("-", "a", ""),
            around("!", "a", ""),
            around("1 + ", "1", ""),
            around("1 == ", "1", ""),
            around("(1 - ", "1", ")"),
            around("(true && ", "true", ")"),
            around("a.", "a", ""),
            around("", "a", "[0]"),
            around("", "a", ".trim()"),
            around("[1].all(x, ", "true", ")"),
        ]
    }

    #[test]
    fn nesting_is_read_and_checked_up_to_the_limit() {
        let limit = usize::try_from(MAX_NESTING).unwrap();
        for shape in 0..nestings(1).len() {
            // Some shapes nest twice with each repetition.
            let deepest = [limit - 1, limit / 2 - 1].into_iter().find_map(|levels| read(&nestings(levels)[shape]).ok());
            let expr = deepest.unwrap();
            assert_eq!(read(&print(&expr)).map(|again| print(&again)), Ok(print(&expr)));
            let _ = check(&expr, &Env::default(), Expected::Any);
        }
    }

    #[test]
    fn deeper_nesting_is_one_error() {
        for levels in [usize::try_from(MAX_NESTING).unwrap() + 1, 5_000] {
            for source in nestings(levels) {
                assert_eq!(codes(&source), ["nested-too-deeply"], "{levels} {source}");
            }
        }
    }

    #[test]
    fn a_long_chain_of_logic_is_not_deep() {
        let source = vec!["true"; 10_000].join(" && ");
        assert!(matches!(read(&source).unwrap().kind, ExprKind::And(operands) if operands.len() == 10_000));
    }

    #[test]
    fn names_are_what_expressions_can_read() {
        for name in ["seats", "_x1", "account.tier", "account.for", "known", "math"] {
            assert!(is_name(name), "{name}");
            assert_eq!(print(&read(name).unwrap()), name);
        }
        for name in ["", "1a", "a-b", "a.", ".a", "a..b", "行业", "in", "for", "true", "lists", "lists.east", "account.in", "a b"] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn a_text_beyond_the_limit_is_refused() {
        assert_eq!(codes(&"1".repeat(10_000_000)), ["expression-too-long"]);
    }

    #[test]
    fn errors_are_bounded() {
        assert_eq!(codes(&"a b,".repeat(1_000)).len(), 1);
        assert_eq!(codes(&format!("[{}]", "# ,".repeat(1_000))).len(), 20);
        assert!(codes(&format!("[{}]", "(a b),".repeat(1_000))).len() <= 20);
    }

    #[test]
    fn what_a_mistake_leaves_does_not_grow() {
        assert_eq!(codes(&format!("{}I)", "{".repeat(200))).len(), 1);
        assert_eq!(codes(&format!("+ {}I)", "[{(".repeat(60))).len(), 2);
    }

    #[test]
    fn the_least_integer_can_be_written() {
        assert_eq!(read("-9223372036854775808").unwrap().kind, ExprKind::Literal(Literal::Int(i64::MIN)));
        assert_eq!(codes("9223372036854775808"), ["number-range"]);
        assert_eq!(codes("-9223372036854775809"), ["number-range"]);
    }

    #[test]
    fn spans_are_those_of_the_file() {
        let offsets: Vec<u32> = (0..=9).map(|at| 100 + 2 * at).collect();
        let text = Text { text: "a + (b+1)", span: Span::new(3, 90, 130), offsets: &offsets };
        let expr = parse(&text).unwrap();
        assert_eq!(expr.span, Span::new(3, 100, 118));
        let ExprKind::Binary { right, .. } = expr.kind else { panic!() };
        assert_eq!(right.span, Span::new(3, 108, 118));
    }
}
