//! The grammar: operators by binding strength, operands, brackets.

use super::{MAX_NESTING, Parsed, Parser, is_keyword, is_reserved};
use crate::cel::ast::{BinaryOp, Element, Entry, Expr, ExprKind, Literal, UnaryOp};
use crate::cel::lexer::TokenKind;
use crate::cel::print::print;
use crate::report::{Diagnostic, Span};

/// An operator with two operands or more.
#[derive(Clone, Copy)]
enum Infix {
    Or,
    And,
    Binary(BinaryOp),
}

/// The weakest binding strength.
const WEAKEST: u8 = 1;

/// An operator with its binding strength.
fn infix(symbol: &str) -> Option<(u8, Infix)> {
    Some(match symbol {
        "||" => (WEAKEST, Infix::Or),
        "&&" => (2, Infix::And),
        "==" => (3, Infix::Binary(BinaryOp::Equal)),
        "!=" => (3, Infix::Binary(BinaryOp::NotEqual)),
        "<" => (3, Infix::Binary(BinaryOp::Less)),
        "<=" => (3, Infix::Binary(BinaryOp::LessEqual)),
        ">" => (3, Infix::Binary(BinaryOp::Greater)),
        ">=" => (3, Infix::Binary(BinaryOp::GreaterEqual)),
        "in" => (3, Infix::Binary(BinaryOp::In)),
        "+" => (4, Infix::Binary(BinaryOp::Add)),
        "-" => (4, Infix::Binary(BinaryOp::Subtract)),
        "*" => (5, Infix::Binary(BinaryOp::Multiply)),
        "/" => (5, Infix::Binary(BinaryOp::Divide)),
        "%" => (5, Infix::Binary(BinaryOp::Modulo)),
        _ => return None,
    })
}

impl Parser {
    // An expression in brackets passes through the functions from here to `primary` once per level; what they need only beside the way down is kept
    // in functions of its own and out of line, so that their frames stay small: 250 levels fit into 400 KiB of stack, checking included.

    pub(super) fn expression(&mut self) -> Parsed {
        let span = self.span();
        if self.nesting >= MAX_NESTING {
            self.too_deep(span);
            return self.placeholder(span);
        }
        self.nesting += 1;
        let test = self.binary(WEAKEST);
        let parsed = if self.take("?") { self.branches(test) } else { test };
        self.nesting -= 1;
        parsed
    }

    /// What follows the `?` of a conditional.
    #[inline(never)]
    fn branches(&mut self, test: Parsed) -> Parsed {
        let then = self.binary(WEAKEST);
        if !self.take(":") {
            let help = if self.is("?") { "put the inner conditional in parentheses" } else { "write a conditional as `test ? a : b`" };
            self.unexpected("`:` and what is taken where the test does not hold", help);
            self.skip_to_closing();
            return test;
        }
        let otherwise = self.expression();
        let span = test.expr.span.to(otherwise.expr.span);
        let depth = test.depth.max(then.depth).max(otherwise.depth);
        let kind = ExprKind::If { test: test.expr, then: then.expr, otherwise: otherwise.expr };
        self.node(kind, span, depth)
    }

    /// Operands joined by operators of at least this strength.
    fn binary(&mut self, weakest: u8) -> Parsed {
        let mut left = self.unary();
        while let Some((strength, op)) = self.operator().and_then(infix).filter(|(strength, _)| *strength >= weakest) {
            left = self.joined(left, strength, op);
        }
        left
    }

    #[inline(never)]
    fn joined(&mut self, left: Parsed, strength: u8, op: Infix) -> Parsed {
        let op = match op {
            Infix::Or => return self.chain(left, strength, "||", ExprKind::Or),
            Infix::And => return self.chain(left, strength, "&&", ExprKind::And),
            Infix::Binary(op) => op,
        };
        self.advance();
        let right = self.binary(strength + 1);
        let (span, depth) = (left.expr.span.to(right.expr.span), left.depth.max(right.depth));
        self.node(ExprKind::Binary { op, left: left.expr, right: right.expr }, span, depth)
    }

    fn chain(&mut self, first: Parsed, strength: u8, symbol: &str, kind: fn(Vec<Expr>) -> ExprKind) -> Parsed {
        let mut depth = first.depth;
        let mut span = first.expr.span;
        let mut operands = vec![*first.expr];
        while self.take(symbol) {
            let operand = self.binary(strength + 1);
            depth = depth.max(operand.depth);
            span = span.to(operand.expr.span);
            operands.push(*operand.expr);
        }
        self.node(kind(operands), span, depth)
    }

    fn unary(&mut self) -> Parsed {
        if self.is("!") || self.is("-") {
            return self.prefixed();
        }
        let primary = self.primary();
        self.postfix(primary)
    }

    #[inline(never)]
    fn prefixed(&mut self) -> Parsed {
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
            operand = self.node(ExprKind::Unary { op, operand: operand.expr }, span, depth);
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
        Some(Parsed::leaf(ExprKind::Literal(literal), span))
    }

    fn primary(&mut self) -> Parsed {
        match self.peek() {
            TokenKind::Symbol("(") => self.parenthesised(),
            TokenKind::Symbol("[") => self.list(),
            TokenKind::Symbol("{") => self.map(),
            TokenKind::Symbol(".") => self.absolute(),
            TokenKind::Word(word) if !matches!(word.as_str(), "true" | "false" | "null") => self.name(self.span(), false),
            _ => self.literal(),
        }
    }

    #[inline(never)]
    fn literal(&mut self) -> Parsed {
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
            TokenKind::Word(word) if word == "null" => Literal::Null,
            TokenKind::Word(word) => Literal::Bool(word == "true"),
            TokenKind::Bad => Literal::Null,
            TokenKind::Symbol(_) | TokenKind::Escaped(_) | TokenKind::End => return self.missing_operand(),
        };
        self.advance();
        Parsed::leaf(ExprKind::Literal(literal), span)
    }

    #[inline(never)]
    fn missing_operand(&mut self) -> Parsed {
        let span = self.span();
        if matches!(self.peek(), TokenKind::End) && self.at == 0 {
            self.report(Diagnostic::error("empty-expression", span, "the expression is empty").help("write a condition such as `seats >= 20`"));
        } else {
            self.unexpected("a value", "write a name, a number or a text in quotes there");
        }
        // An operator or bracket may belong to what stands around; anything else is left out.
        if !matches!(self.peek(), TokenKind::Symbol(_)) && self.operator().is_none() {
            self.advance();
        }
        self.placeholder(span)
    }

    fn absolute(&mut self) -> Parsed {
        let dot = self.span();
        self.advance();
        if matches!(self.peek(), TokenKind::Word(_)) {
            return self.name(dot, true);
        }
        self.unexpected("a name after `.`", "take the dot out, or write a name after it");
        self.placeholder(dot)
    }

    /// A name or a call; `start` is its beginning, dot included.
    #[inline(never)]
    fn name(&mut self, start: Span, absolute: bool) -> Parsed {
        let span = self.span();
        let TokenKind::Word(name) = self.peek().clone() else { return self.missing_operand() };
        if name == "in" {
            return self.missing_operand();
        }
        if is_reserved(&name) {
            self.reserved(&name, span);
        }
        self.advance();
        if self.is("(") {
            let name = if absolute { format!(".{name}") } else { name };
            return self.call(None, name, start.to(span), start);
        }
        Parsed::leaf(ExprKind::Name { name, absolute }, start.to(span))
    }

    #[inline(never)]
    fn reserved(&mut self, name: &str, span: Span) {
        let error = Diagnostic::error("reserved-word", span, format!("`{name}` is a word of the language and cannot be a name"));
        self.report(match name {
            "if" | "else" => error.help("write a conditional as `test ? a : b`"),
            _ => error.help("give the name another spelling"),
        });
    }

    #[inline(never)]
    fn call(&mut self, target: Option<Parsed>, function: String, function_span: Span, start: Span) -> Parsed {
        let mut depth = target.as_ref().map_or(0, |target| target.depth);
        let args = self.bracketed(")", |parser| {
            let arg = parser.expression();
            depth = depth.max(arg.depth);
            *arg.expr
        });
        let span = start.to(self.previous());
        let target = target.map(|target| target.expr);
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
                    found => {
                        self.unexpected("a member's name after `.`", "write a name there; a word of the language is a name in back quotes");
                        if matches!(found, TokenKind::Word(_)) {
                            self.advance();
                        }
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
                let kind = ExprKind::Member { operand: operand.expr, member, member_span, optional };
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
                let kind = ExprKind::Index { operand: operand.expr, index: index.expr, optional };
                operand = self.node(kind, start.to(self.previous()), depth);
            } else if self.is("{") && is_path(&operand.expr) {
                return self.message(operand);
            } else {
                return operand;
            }
        }
    }

    /// `Name{…}` builds a message, of which this profile of the language has none.
    #[inline(never)]
    fn message(&mut self, name: Parsed) -> Parsed {
        let written = print(&name.expr);
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

    #[inline(never)]
    fn list(&mut self) -> Parsed {
        let start = self.span();
        let mut depth = 0;
        let elements = self.bracketed("]", |parser| {
            let optional = parser.take("?");
            let value = parser.expression();
            depth = depth.max(value.depth);
            Element { value: *value.expr, optional }
        });
        let span = start.to(self.previous());
        self.node(ExprKind::List(elements), span, depth)
    }

    #[inline(never)]
    fn map(&mut self) -> Parsed {
        let start = self.span();
        let mut depth = 0;
        let entries = self.bracketed("}", |parser| {
            let optional = parser.take("?");
            let key = parser.expression();
            if !parser.take(":") {
                parser.unexpected("`:` and the key's value", "write an entry of a map as `key: value`");
                parser.skip_to_item();
                // A copy of the key would double with every level.
                let value = *parser.placeholder(key.expr.span).expr;
                return Entry { key: *key.expr, value, optional };
            }
            let value = parser.expression();
            depth = depth.max(key.depth).max(value.depth);
            Entry { key: *key.expr, value: *value.expr, optional }
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
            self.end_item(closing);
            let comma = self.span();
            if !self.take(",") {
                break;
            }
            if closing == ")" && self.is(closing) {
                self.report(Diagnostic::error("unexpected-token", comma, "a call's arguments do not end in a comma").help("leave it out"));
            }
        }
        self.take(closing);
        items
    }

    /// Behind an item of a list stands a comma or the closing bracket; what stands there instead is reported and left out.
    fn end_item(&mut self, closing: &str) {
        if self.is(",") || self.is(closing) {
            return;
        }
        if !matches!(self.peek(), TokenKind::Bad) {
            self.unexpected(&format!("`,` or `{closing}`"), "separate the items by `,`, and close every bracket");
        }
        self.skip_to_item();
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
