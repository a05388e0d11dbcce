//! Tokens to the syntax tree: precedence climbing, with chains of operators read in loops and nesting counted.

use super::ast::{BinaryOp, Element, Entry, Expr, ExprKind, Literal, UnaryOp};
use super::lexer::{Token, TokenKind, tokens};
use super::{Errors, Text};
use crate::report::{Diagnostic, Span};

/// Expressions may not nest deeper than this; every later stage recurses over the tree and relies on it.
pub(super) const MAX_NESTING: u32 = 250;
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
    let mut parser = Parser { tokens, at: 0, errors, nesting: 0, stopped: false };
    let parsed = parser.expression();
    parser.expect_end();
    if parser.errors.is_empty() {
        return Ok(parsed.expr);
    }
    parser.errors.sort_by_key(|error| error.span.start);
    Err(parser.errors)
}

/// An expression with the depth of its tree.
struct Parsed {
    expr: Expr,
    depth: u32,
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    errors: Errors,
    /// Brackets and conditionals that are open around the current token.
    nesting: u32,
    /// Nothing more is read or reported.
    stopped: bool,
}

/// Binding strength of the operators with two operands.
fn strength(symbol: &str) -> Option<(u8, BinaryOp)> {
    Some(match symbol {
        "==" => (3, BinaryOp::Equal),
        "!=" => (3, BinaryOp::NotEqual),
        "<" => (3, BinaryOp::Less),
        "<=" => (3, BinaryOp::LessEqual),
        ">" => (3, BinaryOp::Greater),
        ">=" => (3, BinaryOp::GreaterEqual),
        "in" => (3, BinaryOp::In),
        "+" => (4, BinaryOp::Add),
        "-" => (4, BinaryOp::Subtract),
        "*" => (5, BinaryOp::Multiply),
        "/" => (5, BinaryOp::Divide),
        "%" => (5, BinaryOp::Modulo),
        _ => return None,
    })
}

/// Binding strengths of what is weaker than the operators of [`strength`], and of the weakest of those.
const OR: u8 = 1;
const AND: u8 = 2;
const RELATION: u8 = 3;

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

    fn report(&mut self, diagnostic: Diagnostic) {
        // What stands around a mistake often stumbles over the same token again.
        let known = self.errors.last().is_some_and(|last| last.span == diagnostic.span);
        if !self.stopped && !known {
            self.errors.push(diagnostic);
        }
    }

    /// Gives up the rest of the text.
    fn stop(&mut self) {
        self.stopped = true;
        self.at = self.tokens.len().saturating_sub(1);
    }

    fn too_deep(&mut self, span: Span) {
        self.report(
            Diagnostic::error("nested-too-deeply", span, format!("the expression nests deeper than {MAX_NESTING} levels"))
                .help("name a part of it as a derive; write long enumerations as a list"),
        );
        self.stop();
    }

    fn placeholder(&self, span: Span) -> Parsed {
        Parsed { expr: Expr { kind: ExprKind::Literal(Literal::Null), span }, depth: 1 }
    }

    /// A node over operands of at most this depth.
    fn node(&mut self, kind: ExprKind, span: Span, operands: u32) -> Parsed {
        let depth = operands + 1;
        if depth > MAX_NESTING {
            self.too_deep(span);
        }
        Parsed { expr: Expr { kind, span }, depth }
    }

    fn nested<T>(&mut self, parse: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.nesting >= MAX_NESTING {
            self.too_deep(self.span());
            return None;
        }
        self.nesting += 1;
        let parsed = parse(self);
        self.nesting -= 1;
        Some(parsed)
    }

    fn expression(&mut self) -> Parsed {
        let span = self.span();
        self.nested(Self::conditional).unwrap_or_else(|| self.placeholder(span))
    }

    fn conditional(&mut self) -> Parsed {
        let test = self.binary(OR);
        if !self.take("?") {
            return test;
        }
        let then = self.binary(OR);
        if !self.take(":") {
            let mut error = self.unexpected("`:` and what is taken where the test does not hold");
            if self.is("?") {
                error = error.help("put the inner conditional in parentheses");
            }
            self.report(error);
            self.skip_to_closing();
            return test;
        }
        let otherwise = self.expression();
        let span = test.expr.span.to(otherwise.expr.span);
        let depth = test.depth.max(then.depth).max(otherwise.depth);
        let kind = ExprKind::If { test: Box::new(test.expr), then: Box::new(then.expr), otherwise: Box::new(otherwise.expr) };
        self.node(kind, span, depth)
    }

    fn binary(&mut self, weakest: u8) -> Parsed {
        let mut left = if weakest < RELATION { self.binary(weakest + 1) } else { self.unary() };
        loop {
            let symbol = self.operator();
            let joined = match weakest {
                OR => Some("||"),
                AND => Some("&&"),
                _ => None,
            };
            if let Some(joined) = joined {
                if symbol != Some(joined) {
                    return left;
                }
                left = self.chain(left, weakest, joined);
                continue;
            }
            let Some((strength, op)) = symbol.and_then(strength).filter(|(strength, _)| *strength >= weakest) else { return left };
            self.advance();
            let right = if strength == 5 { self.unary() } else { self.binary(strength + 1) };
            let (span, depth) = (left.expr.span.to(right.expr.span), left.depth.max(right.depth));
            left = self.node(ExprKind::Binary { op, left: Box::new(left.expr), right: Box::new(right.expr) }, span, depth);
        }
    }

    fn chain(&mut self, first: Parsed, weakest: u8, symbol: &str) -> Parsed {
        let mut depth = first.depth;
        let mut span = first.expr.span;
        let mut operands = vec![first.expr];
        while self.take(symbol) {
            let operand = self.binary(weakest + 1);
            depth = depth.max(operand.depth);
            span = span.to(operand.expr.span);
            operands.push(operand.expr);
        }
        let kind = if weakest == OR { ExprKind::Or(operands) } else { ExprKind::And(operands) };
        self.node(kind, span, depth)
    }

    fn unary(&mut self) -> Parsed {
        let mut operators = Vec::new();
        let mut operand = loop {
            let span = self.span();
            if self.take("!") {
                operators.push((UnaryOp::Not, span));
            } else if self.take("-") {
                if let Some(literal) = self.negative(span) {
                    break self.postfix(literal);
                }
                operators.push((UnaryOp::Negate, span));
            } else {
                let primary = self.primary();
                break self.postfix(primary);
            }
        };
        for (op, at) in operators.into_iter().rev() {
            if self.stopped {
                break;
            }
            let (span, depth) = (at.to(operand.expr.span), operand.depth);
            operand = self.node(ExprKind::Unary { op, operand: Box::new(operand.expr) }, span, depth);
        }
        operand
    }

    /// A number directly behind a minus sign is one literal, so that the least integer can be written.
    fn negative(&mut self, minus: Span) -> Option<Parsed> {
        let literal = match *self.peek() {
            TokenKind::Int(magnitude) => Literal::Int(0i64.checked_sub_unsigned(magnitude)?),
            TokenKind::Double(magnitude) => Literal::Double(-magnitude),
            _ => return None,
        };
        let span = minus.to(self.span());
        self.advance();
        Some(Parsed { expr: Expr { kind: ExprKind::Literal(literal), span }, depth: 1 })
    }

    fn primary(&mut self) -> Parsed {
        let span = self.span();
        let literal = match self.peek().clone() {
            TokenKind::Int(magnitude) => match i64::try_from(magnitude) {
                Ok(value) => Literal::Int(value),
                Err(_) => {
                    self.report(
                        Diagnostic::error("number-range", span, format!("`{magnitude}` is too large"))
                            .help(format!("the largest int is {}; write a uint `{magnitude}u` or a double `{magnitude}.0`", i64::MAX)),
                    );
                    Literal::Null
                }
            },
            TokenKind::Uint(value) => Literal::Uint(value),
            TokenKind::Double(value) => Literal::Double(value),
            TokenKind::String(value) => Literal::String(value),
            TokenKind::Bytes(value) => Literal::Bytes(value),
            TokenKind::Bad => Literal::Null,
            TokenKind::Word(word) => match word.as_str() {
                "true" => Literal::Bool(true),
                "false" => Literal::Bool(false),
                "null" => Literal::Null,
                _ => return self.name(word, span, false),
            },
            TokenKind::Symbol("(") => return self.parenthesised(),
            TokenKind::Symbol("[") => return self.list(),
            TokenKind::Symbol("{") => return self.map(),
            TokenKind::Symbol(".") => return self.absolute(span),
            _ => return self.missing_operand(),
        };
        self.advance();
        Parsed { expr: Expr { kind: ExprKind::Literal(literal), span }, depth: 1 }
    }

    fn missing_operand(&mut self) -> Parsed {
        let span = self.span();
        let mut error = self.unexpected("a value");
        if matches!(self.peek(), TokenKind::End) && self.at == 0 {
            error = Diagnostic::error("empty-expression", span, "the expression is empty").help("write a condition such as `seats >= 20`");
        }
        self.report(error);
        // An operator or bracket may belong to what stands around; anything else is left out.
        if !matches!(self.peek(), TokenKind::Symbol(_)) && self.operator().is_none() {
            self.advance();
        }
        self.placeholder(span)
    }

    fn absolute(&mut self, dot: Span) -> Parsed {
        self.advance();
        match self.peek().clone() {
            TokenKind::Word(word) => self.name(word, dot, true),
            _ => {
                let error = self.unexpected("a name after `.`");
                self.report(error);
                self.placeholder(dot)
            }
        }
    }

    fn name(&mut self, name: String, start: Span, absolute: bool) -> Parsed {
        let name_span = self.span();
        if is_reserved(&name) {
            let mut error = Diagnostic::error("reserved-word", name_span, format!("`{name}` is a word of the language and cannot be a name"));
            if name == "if" || name == "else" {
                error = error.help("write a conditional as `test ? a : b`");
            }
            if name == "in" {
                return self.missing_operand();
            }
            self.report(error);
        }
        self.advance();
        if self.is("(") {
            return self.call(None, name, name_span, start);
        }
        let span = start.to(name_span);
        Parsed { expr: Expr { kind: ExprKind::Name { name, absolute }, span }, depth: 1 }
    }

    fn call(&mut self, target: Option<Parsed>, function: String, function_span: Span, start: Span) -> Parsed {
        let mut depth = target.as_ref().map_or(0, |target| target.depth);
        let args = self.bracketed(")", |parser| {
            let arg = parser.expression();
            depth = depth.max(arg.depth);
            arg.expr
        });
        let span = start.to(self.previous());
        let target = target.map(|target| Box::new(target.expr));
        self.node(ExprKind::Call { target, function, function_span, args }, span, depth)
    }

    fn postfix(&mut self, mut operand: Parsed) -> Parsed {
        loop {
            let start = operand.expr.span;
            if self.take(".") {
                let optional = self.take("?");
                let member_span = self.span();
                let member = match self.peek().clone() {
                    TokenKind::Word(word) if !is_keyword(&word) => word,
                    TokenKind::Escaped(name) => name,
                    TokenKind::Bad => return operand,
                    _ => {
                        let error = self.unexpected("a member's name after `.`");
                        self.report(error);
                        return operand;
                    }
                };
                let escaped = matches!(self.peek(), TokenKind::Escaped(_));
                self.advance();
                if self.is("(") && !optional && !escaped {
                    operand = self.call(Some(operand), member, member_span, start);
                    continue;
                }
                let depth = operand.depth;
                let kind = ExprKind::Member { operand: Box::new(operand.expr), member, member_span, optional };
                operand = self.node(kind, start.to(member_span), depth);
            } else if self.is("[") {
                let mut optional = false;
                let mut depth = operand.depth;
                self.advance();
                if self.take("?") {
                    optional = true;
                }
                let index = self.expression();
                depth = depth.max(index.depth);
                self.close("]");
                let kind = ExprKind::Index { operand: Box::new(operand.expr), index: Box::new(index.expr), optional };
                operand = self.node(kind, start.to(self.previous()), depth);
            } else if self.is("{") && is_path(&operand.expr) {
                return self.message(operand);
            } else {
                return operand;
            }
        }
    }

    /// `Name{…}` builds a message, of which this profile of the language has none.
    fn message(&mut self, name: Parsed) -> Parsed {
        let written = super::print(&name.expr);
        self.report(
            Diagnostic::error("message-literal", name.expr.span, format!("there are no messages such as `{written}{{…}}`"))
                .help("write a map: `{\"key\": value}`"),
        );
        self.advance();
        self.skip_to_closing();
        self.take("}");
        name
    }

    fn parenthesised(&mut self) -> Parsed {
        let start = self.span();
        self.advance();
        let mut inner = self.expression();
        self.close(")");
        inner.expr.span = start.to(self.previous());
        inner
    }

    fn list(&mut self) -> Parsed {
        let start = self.span();
        let mut depth = 0;
        let elements = self.bracketed("]", |parser| {
            let optional = parser.take("?");
            let value = parser.expression();
            depth = depth.max(value.depth);
            Element { value: value.expr, optional }
        });
        let span = start.to(self.previous());
        self.node(ExprKind::List(elements), span, depth)
    }

    fn map(&mut self) -> Parsed {
        let start = self.span();
        let mut depth = 0;
        let entries = self.bracketed("}", |parser| {
            let optional = parser.take("?");
            let key = parser.expression();
            if !parser.take(":") {
                let error = parser.unexpected("`:` and the key's value");
                parser.report(error);
                parser.skip_to_closing();
                return Entry { value: key.expr.clone(), key: key.expr, optional };
            }
            let value = parser.expression();
            depth = depth.max(key.depth).max(value.depth);
            Entry { key: key.expr, value: value.expr, optional }
        });
        let span = start.to(self.previous());
        self.node(ExprKind::Map(entries), span, depth)
    }

    /// Items between the opening bracket at the current token and `closing`, with commas between them; lists and maps may end in a comma.
    fn bracketed<T>(&mut self, closing: &str, mut item: impl FnMut(&mut Self) -> T) -> Vec<T> {
        self.advance();
        let mut items = Vec::new();
        while !self.is(closing) {
            items.push(item(self));
            if !self.is(",") {
                break;
            }
            let comma = self.span();
            self.advance();
            if closing == ")" && self.is(closing) {
                self.report(Diagnostic::error("unexpected-token", comma, "a call's arguments do not end in a comma").help("leave it out"));
            }
        }
        self.close(closing);
        items
    }

    /// Takes the closing bracket, or reports what stands there instead and goes on behind the bracket.
    fn close(&mut self, closing: &str) {
        if self.take(closing) {
            return;
        }
        if !matches!(self.peek(), TokenKind::Bad) {
            let error = self.unexpected(&format!("`{closing}`"));
            self.report(error);
        }
        self.skip_to_closing();
        self.take(closing);
    }

    /// Goes to the bracket that closes the innermost open one, or to the end.
    fn skip_to_closing(&mut self) {
        let mut open = 0usize;
        loop {
            match self.peek() {
                TokenKind::End => return,
                TokenKind::Symbol("(" | "[" | "{") => open += 1,
                TokenKind::Symbol(")" | "]" | "}") if open == 0 => return,
                TokenKind::Symbol(")" | "]" | "}") => open -= 1,
                _ => {}
            }
            self.advance();
        }
    }

    fn expect_end(&mut self) {
        if !matches!(self.peek(), TokenKind::End | TokenKind::Bad) {
            let mut error = self.unexpected("an operator or the end");
            if self.is(")") || self.is("]") || self.is("}") {
                error = error.help("nothing opens this bracket");
            }
            self.report(error);
        }
    }

    /// The current token is not what could stand here.
    fn unexpected(&self, wanted: &str) -> Diagnostic {
        let span = self.span();
        let found = match self.peek() {
            TokenKind::End => return Diagnostic::error("unexpected-end", span, format!("the expression ends where {wanted} should follow")),
            TokenKind::Word(word) | TokenKind::Escaped(word) => format!("`{word}`"),
            TokenKind::Symbol(symbol) => format!("`{symbol}`"),
            TokenKind::String(_) | TokenKind::Bytes(_) => "a text".to_owned(),
            TokenKind::Int(_) | TokenKind::Uint(_) | TokenKind::Double(_) => "a number".to_owned(),
            TokenKind::Bad => "this".to_owned(),
        };
        let error = Diagnostic::error("unexpected-token", span, format!("{found} stands where {wanted} should follow"));
        let meant = match self.peek() {
            TokenKind::Word(word) => match word.to_ascii_lowercase().as_str() {
                "and" => "write `&&`",
                "or" => "write `||`",
                "not" => "write `!`",
                "is" => "write `==`",
                _ => return error,
            },
            _ => return error,
        };
        error.help(meant)
    }
}

/// A name with members only, as stands before the braces of a message.
fn is_path(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Name { .. } => true,
        ExprKind::Member { operand, optional: false, .. } => is_path(operand),
        _ => false,
    }
}
