//! Unary tests, decided directly on the state of the variable to their left.

use super::list::List;
use super::parse::{Token, tokens};
use super::value::{State, StateTest, Truth, Value};
use std::cmp::Ordering;

#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    Any,
    Else,
    Is(Value),
    IsNot(Value),
    Order(Relation, Value),
    /// From, to, and whether the upper end is left out.
    Range(Value, Value, bool),
    Either(Vec<Test>),
    Not(Box<Test>),
    In(String),
    Contains(String),
    Starts(String),
    Ends(String),
    State(StateTest),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Relation {
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Test {
    pub fn parse(text: &str) -> Self {
        match text.trim() {
            "-" => return Self::Any,
            "else" => return Self::Else,
            _ => {}
        }
        let tokens = tokens(text).unwrap_or_else(|| panic!("not cut into words: `{text}`"));
        let mut at = 0;
        let test = either(&tokens, &mut at);
        assert_eq!(at, tokens.len(), "text after the test in `{text}`");
        test
    }

    /// The truth for what the variable holds.
    pub fn truth<'a>(&self, state: &State, lists: &impl Fn(&str) -> &'a List) -> Truth {
        match self {
            Self::Any => return Truth::T,
            Self::Else => panic!("`else` stands alone, in `by`"),
            Self::State(test) => return state.test(*test),
            Self::Not(test) => return test.truth(state, lists).not(),
            Self::Either(tests) => return tests.iter().fold(Truth::F, |truth, test| truth.or(test.truth(state, lists))),
            _ => {}
        }
        let value = match state {
            State::Value(value) => value,
            State::Fault => return Truth::E,
            State::Absent | State::Declined | State::Masked => return Truth::U,
        };
        match (self, value) {
            (Self::Is(other), _) => Truth::of(value.equals(other)),
            (Self::IsNot(other), _) => Truth::of(!value.equals(other)),
            (Self::Order(relation, other), _) => relation.holds(value, other),
            (Self::Range(low, high, open), _) => {
                let below = if *open { Relation::Less } else { Relation::AtMost };
                Relation::AtLeast.holds(value, low).and(below.holds(value, high))
            }
            (Self::In(list), _) => Truth::of(matches!(value, Value::Text(text) if lists(list).has(text))),
            (Self::Contains(part), Value::Text(text)) => Truth::of(text.contains(part.as_str())),
            (Self::Starts(part), Value::Text(text)) => Truth::of(text.starts_with(part.as_str())),
            (Self::Ends(part), Value::Text(text)) => Truth::of(text.ends_with(part.as_str())),
            _ => Truth::E,
        }
    }
}

impl Relation {
    fn holds(self, value: &Value, other: &Value) -> Truth {
        let Some(order) = value.compare(other) else { return Truth::E };
        Truth::of(match self {
            Self::Less => order == Ordering::Less,
            Self::AtMost => order != Ordering::Greater,
            Self::More => order == Ordering::Greater,
            Self::AtLeast => order != Ordering::Less,
        })
    }
}

fn either(tokens: &[Token], at: &mut usize) -> Test {
    let mut tests = vec![negation(tokens, at)];
    while take(tokens, at, "|") {
        tests.push(negation(tokens, at));
    }
    if tests.len() == 1 { tests.remove(0) } else { Test::Either(tests) }
}

fn negation(tokens: &[Token], at: &mut usize) -> Test {
    if word(tokens, *at) == Some("not") {
        *at += 1;
        return Test::Not(negation(tokens, at).into());
    }
    if take(tokens, at, "(") {
        let inner = either(tokens, at);
        assert!(take(tokens, at, ")"), "an open bracket in {tokens:?}");
        return inner;
    }
    for (mark, relation) in [("<=", Relation::AtMost), (">=", Relation::AtLeast), ("<", Relation::Less), (">", Relation::More)] {
        if take(tokens, at, mark) {
            return Test::Order(relation, value(tokens, at));
        }
    }
    if take(tokens, at, "!=") {
        return Test::IsNot(value(tokens, at));
    }
    if let Some(name) = word(tokens, *at) {
        if let Some(test) = StateTest::named(name) {
            *at += 1;
            return Test::State(test);
        }
        if name == "in" {
            let [Token::Word(lists), Token::Mark("."), Token::Word(list)] = &tokens[*at + 1..*at + 4] else { panic!("`in` without a list in {tokens:?}") };
            assert_eq!(lists, "lists");
            *at += 4;
            return Test::In(list.clone());
        }
        if let ("contains" | "starts" | "ends", Some(Token::Text(part))) = (name, tokens.get(*at + 1)) {
            *at += 2;
            return match name {
                "contains" => Test::Contains(part.clone()),
                "starts" => Test::Starts(part.clone()),
                _ => Test::Ends(part.clone()),
            };
        }
    }
    let low = value(tokens, at);
    for (mark, open) in [("..<", true), ("..", false)] {
        if take(tokens, at, mark) {
            return Test::Range(low, value(tokens, at), open);
        }
    }
    Test::Is(low)
}

fn word(tokens: &[Token], at: usize) -> Option<&str> {
    if let Some(Token::Word(word)) = tokens.get(at) { Some(word) } else { None }
}

fn take(tokens: &[Token], at: &mut usize, mark: &str) -> bool {
    let found = matches!(tokens.get(*at), Some(Token::Mark(next)) if *next == mark);
    *at += usize::from(found);
    found
}

fn value(tokens: &[Token], at: &mut usize) -> Value {
    let negative = take(tokens, at, "-");
    let token = tokens.get(*at).unwrap_or_else(|| panic!("a value is missing in {tokens:?}"));
    *at += 1;
    match (token, negative) {
        (Token::Int(number), true) => Value::Int(-number),
        (Token::Double(number), true) => Value::Double(-number),
        (Token::Int(number), false) => Value::Int(*number),
        (Token::Double(number), false) => Value::Double(*number),
        (Token::Text(text), false) => Value::text(text),
        (Token::Word(word), false) => match word.as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            other => Value::text(other),
        },
        _ => panic!("no value at token {at} of {tokens:?}"),
    }
}
