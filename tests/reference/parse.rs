//! Text of a CEL expression to a tree of names, calls and literals.

use super::value::Value;

#[derive(Debug, Clone, PartialEq)]
pub enum Ast {
    Literal(Value),
    Name(String),
    Member(Box<Ast>, String),
    Index(Box<Ast>, Box<Ast>),
    /// Function or operator; a method's receiver is the first argument and `method` is set.
    Call { name: String, method: bool, args: Vec<Ast> },
    And(Box<Ast>, Box<Ast>),
    Or(Box<Ast>, Box<Ast>),
    Not(Box<Ast>),
    If(Box<Ast>, Box<Ast>, Box<Ast>),
    List(Vec<Ast>),
    Map(Vec<(Ast, Ast)>),
}

#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    Word(String),
    Int(i64),
    Double(f64),
    Text(String),
    Mark(&'static str),
}

const MARKS: &[&str] = &[
    "&&", "||", "==", "!=", "<=", ">=", "..<", "..", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", "(", ")", "[", "]", "{", "}", ",", ".", "|",
];

/// Words of CEL and of unary tests are cut alike; only the marks `..` and `|` are a unary test's own. None for what is neither.
pub fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first.is_whitespace() {
            rest = &rest[first.len_utf8()..];
        } else if first == '"' || first == '\'' {
            let (content, after) = quoted(&rest[1..], first)?;
            out.push(Token::Text(content));
            rest = after;
        } else if first.is_ascii_digit() {
            let (number, after) = number(rest)?;
            out.push(number);
            rest = after;
        } else if first == '_' || first.is_alphabetic() {
            let end = rest.find(|c: char| !(c == '_' || c.is_alphanumeric())).unwrap_or(rest.len());
            out.push(Token::Word(rest[..end].to_owned()));
            rest = &rest[end..];
        } else {
            let mark = MARKS.iter().find(|mark| rest.starts_with(**mark))?;
            out.push(Token::Mark(mark));
            rest = &rest[mark.len()..];
        }
    }
    Some(out)
}

fn quoted(text: &str, quote: char) -> Option<(String, &str)> {
    let mut content = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        if c == quote {
            return Some((content, &text[at + 1..]));
        }
        if c != '\\' {
            content.push(c);
            continue;
        }
        match chars.next()?.1 {
            'n' => content.push('\n'),
            't' => content.push('\t'),
            'r' => content.push('\r'),
            other @ ('\\' | '"' | '\'' | '`' | '?') => content.push(other),
            _ => return None,
        }
    }
    None
}

fn number(text: &str) -> Option<(Token, &str)> {
    let digits = |from: usize| text[from..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |n| from + n);
    let whole = digits(0);
    let fraction = match text.as_bytes().get(whole..whole + 2) {
        Some([b'.', digit]) if digit.is_ascii_digit() => digits(whole + 1),
        _ => whole,
    };
    let token = if fraction == whole {
        Token::Int(text[..whole].parse().ok()?)
    } else {
        Token::Double(text[..fraction].parse().ok()?)
    };
    Some((token, &text[fraction..]))
}

/// The tree of a whole expression.
pub fn parse(text: &str) -> Ast {
    let tokens = tokens(text).unwrap_or_else(|| panic!("not cut into words: `{text}`"));
    let mut parser = Parser { tokens, at: 0 };
    let ast = parser.conditional();
    assert_eq!(parser.at, parser.tokens.len(), "text after the expression in `{text}`");
    ast
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn take(&mut self, mark: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Mark(next)) if *next == mark);
        self.at += usize::from(found);
        found
    }

    fn must(&mut self, mark: &str) {
        assert!(self.take(mark), "expected `{mark}` at token {} of {:?}", self.at, self.tokens);
    }

    fn word(&mut self) -> String {
        let Some(Token::Word(word)) = self.peek().cloned() else { panic!("expected a name at token {} of {:?}", self.at, self.tokens) };
        self.at += 1;
        word
    }

    fn conditional(&mut self) -> Ast {
        let test = self.or();
        if !self.take("?") {
            return test;
        }
        let then = self.or();
        self.must(":");
        Ast::If(test.into(), then.into(), self.conditional().into())
    }

    fn or(&mut self) -> Ast {
        let mut left = self.and();
        while self.take("||") {
            left = Ast::Or(left.into(), self.and().into());
        }
        left
    }

    fn and(&mut self) -> Ast {
        let mut left = self.relation();
        while self.take("&&") {
            left = Ast::And(left.into(), self.relation().into());
        }
        left
    }

    fn relation(&mut self) -> Ast {
        let mut left = self.sum();
        loop {
            let operator = match self.peek() {
                Some(Token::Mark(mark @ ("==" | "!=" | "<" | "<=" | ">" | ">="))) => *mark,
                Some(Token::Word(word)) if word == "in" => "in",
                _ => return left,
            };
            self.at += 1;
            left = call(operator, vec![left, self.sum()]);
        }
    }

    fn sum(&mut self) -> Ast {
        let mut left = self.product();
        while let Some(Token::Mark(mark @ ("+" | "-"))) = self.peek().cloned() {
            self.at += 1;
            left = call(mark, vec![left, self.product()]);
        }
        left
    }

    fn product(&mut self) -> Ast {
        let mut left = self.unary();
        while let Some(Token::Mark(mark @ ("*" | "/" | "%"))) = self.peek().cloned() {
            self.at += 1;
            left = call(mark, vec![left, self.unary()]);
        }
        left
    }

    fn unary(&mut self) -> Ast {
        if self.take("!") {
            Ast::Not(self.unary().into())
        } else if self.take("-") {
            call("negate", vec![self.unary()])
        } else {
            self.member()
        }
    }

    fn member(&mut self) -> Ast {
        let mut ast = self.primary();
        loop {
            if self.take("[") {
                let index = self.conditional();
                self.must("]");
                ast = Ast::Index(ast.into(), index.into());
            } else if self.take(".") {
                let name = self.word();
                if self.take("(") {
                    let mut args = vec![ast];
                    args.extend(self.list(")"));
                    ast = Ast::Call { name, method: true, args };
                } else {
                    ast = Ast::Member(ast.into(), name);
                }
            } else {
                return ast;
            }
        }
    }

    fn primary(&mut self) -> Ast {
        if self.take("(") {
            let inner = self.conditional();
            self.must(")");
            return inner;
        }
        if self.take("[") {
            return Ast::List(self.list("]"));
        }
        if self.take("{") {
            let mut entries = Vec::new();
            while !self.take("}") {
                let key = self.conditional();
                self.must(":");
                entries.push((key, self.conditional()));
                if !self.take(",") {
                    self.must("}");
                    break;
                }
            }
            return Ast::Map(entries);
        }
        let token = self.peek().cloned().expect("an expression goes on");
        self.at += 1;
        match token {
            Token::Int(value) => Ast::Literal(Value::Int(value)),
            Token::Double(value) => Ast::Literal(Value::Double(value)),
            Token::Text(value) => Ast::Literal(Value::text(&value)),
            Token::Word(word) => match word.as_str() {
                "true" => Ast::Literal(Value::Bool(true)),
                "false" => Ast::Literal(Value::Bool(false)),
                "null" => Ast::Literal(Value::Null),
                _ if self.take("(") => Ast::Call { args: self.list(")"), name: word, method: false },
                _ => Ast::Name(word),
            },
            Token::Mark(mark) => panic!("unexpected `{mark}` at token {} of {:?}", self.at, self.tokens),
        }
    }

    fn list(&mut self, end: &str) -> Vec<Ast> {
        let mut items = Vec::new();
        while !self.take(end) {
            items.push(self.conditional());
            if !self.take(",") {
                self.must(end);
                break;
            }
        }
        items
    }
}

fn call(name: &str, args: Vec<Ast>) -> Ast {
    Ast::Call { name: name.to_owned(), method: false, args }
}
