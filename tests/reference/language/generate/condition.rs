//! Random conditions of policies, and leads for them.

use super::*;
use crate::reference::language::evaluate::{State, Variables, evaluate};
use crate::reference::language::evaluate::Outcome;

/// What a lead says of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    Value(String),
    Absent,
    Declined,
    Open,
}

/// The fields of the policy that conditions are about, with all values that each may have, as they are given. `g` is asked where `b` holds, and `h` where `6 / j > 1`.
pub const FIELDS: [(&str, &str, &[&str]); 7] = [
    ("i", "int", &["-2", "-1", "0", "1", "2"]),
    ("j", "int", &["0", "1", "2", "3"]),
    ("g", "int", &["0", "1", "2"]),
    ("b", "bool", &["false", "true"]),
    ("c", "bool", &["false", "true"]),
    ("h", "bool", &["false", "true"]),
    ("t", "string", &["\"\"", "a", "ab", "k"]),
];

/// A policy with this condition: its route is `yes` where the condition holds, `no` where its negation does, `unknown`, or `fault`. The derive `w` is `6 / j`.
pub fn policy(condition: &str) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let (holds, fails) = (quoted(condition), quoted(&format!("!({condition})")));
    format!(
        "leadgate: 1\npolicy: p\nversion: \"1\"\nfields:\n  i: {{ type: int, min: -2, max: 2 }}\n  j: {{ type: int, min: 0, max: 3 }}\n  g: {{ type: int, min: 0, max: 2 }}\n  b: {{ type: bool }}\n  c: {{ type: bool }}\n  h: {{ type: bool }}\n  t: {{ type: string }}\n\
         derive:\n  w: 6 / j\n\
         route:\n  on_fault: fault\n  outcomes: [yes, no, unknown, fault]\n  rows:\n    - {{ id: holds, when: {holds}, to: yes }}\n    - {{ id: fails, when: {fails}, to: no }}\n  default: unknown\n\
         ask:\n  questions:\n    - {{ field: g, when: b }}\n    - {{ field: h, when: \"6 / j > 1\" }}\n",
    )
}

/// A condition on the fields and the derive.
pub fn condition(random: &mut Random) -> Expr {
    let ty = |name: &str| match name {
        "int" => Type::Int,
        "bool" => Type::Bool,
        _ => Type::Text,
    };
    let mut variables: Vec<Variable> = FIELDS.iter().map(|(name, kind, _)| Variable { name: (*name).to_owned(), ty: ty(kind), value: None }).collect();
    variables.push(Variable { name: "w".to_owned(), ty: Type::Int, value: None });
    loop {
        let depth = 1 + random.below(3);
        let expr = Writer::new(random, Style { stray: 0, common: true }, variables.clone()).grown(&Type::Bool, depth);
        if variables.iter().any(|variable| expr.names(&variable.name)) {
            return expr;
        }
    }
}

/// Over finite fields, with comparison, logic and conditional, each field at most once.
pub fn simple(random: &mut Random) -> Expr {
    // A gate reads a field as well.
    let (mut ints, mut bools) = (vec!["i"], vec!["c"]);
    if random.chance(50) { ints.push("g") } else { bools.push("b") };
    if random.chance(50) { ints.push("j") } else { bools.push("h") };
    random.shuffle(&mut ints);
    random.shuffle(&mut bools);
    let depth = 1 + random.below(3);
    truth(random, &mut ints, &mut bools, depth)
}

fn truth(random: &mut Random, ints: &mut Vec<&str>, bools: &mut Vec<&str>, depth: usize) -> Expr {
    if depth == 0 {
        return match bools.pop() {
            Some(name) => Expr::Name(name.to_owned()),
            None => Expr::Literal(Value::Bool(random.chance(50))),
        };
    }
    let down = depth - 1;
    match random.below(8) {
        0 => Expr::Unary('!', truth(random, ints, bools, down).into()),
        1 | 2 => Expr::binary(*random.pick(&["&&", "||"]), truth(random, ints, bools, down), truth(random, ints, bools, down)),
        3 => Expr::If(truth(random, ints, bools, down).into(), truth(random, ints, bools, down).into(), truth(random, ints, bools, down).into()),
        4 => Expr::binary(*random.pick(&["==", "!=", "<", ">="]), truth(random, ints, bools, down), truth(random, ints, bools, down)),
        _ => Expr::binary(*random.pick(&["==", "!=", "<", "<=", ">", ">="]), number(random, ints, bools, down), number(random, ints, bools, down)),
    }
}

fn number(random: &mut Random, ints: &mut Vec<&str>, bools: &mut Vec<&str>, depth: usize) -> Expr {
    match ints.last() {
        Some(_) if random.chance(60) => Expr::Name(ints.pop().unwrap().to_owned()),
        _ if depth == 0 || random.chance(70) => Expr::Literal(Value::Int(random.between(-3, 4))),
        _ => Expr::If(truth(random, ints, bools, depth - 1).into(), number(random, ints, bools, depth - 1).into(), number(random, ints, bools, depth - 1).into()),
    }
}

/// A lead: an answer for each field.
pub fn lead(random: &mut Random, open: u64) -> Vec<Answer> {
    FIELDS.iter().map(|(_, _, values)| match random.below(10) {
        _ if random.chance(open) => Answer::Open,
        0 => Answer::Absent,
        1 => Answer::Declined,
        _ => Answer::Value((*random.pick(values)).to_owned()),
    }).collect()
}

/// What fields and derive are where nothing is open, masks and all.
pub fn states(lead: &[Answer]) -> Variables {
    let read = |(at, (name, kind, _)): (usize, &(&str, &str, &[&str]))| {
        let state = match (&lead[at], *kind) {
            (Answer::Value(text), "int") => State::Value(Value::Int(text.parse().unwrap())),
            (Answer::Value(text), "bool") => State::Value(Value::Bool(text == "true")),
            // An empty text is no answer.
            (Answer::Value(text), _) if text == "\"\"" => State::Absent,
            (Answer::Value(text), _) => State::Value(Value::text(text)),
            (Answer::Absent, _) => State::Absent,
            (Answer::Declined, _) => State::Declined,
            (Answer::Open, _) => panic!("{name} is open"),
        };
        ((*name).to_owned(), state)
    };
    let mut states: Variables = FIELDS.iter().enumerate().map(read).collect();
    let share = Expr::binary("/", Expr::Literal(Value::Int(6)), Expr::Name("j".to_owned()));
    let derived = match evaluate(&share, &states) {
        Outcome::Value(value) => State::Value(value),
        Outcome::Unknown => State::Absent,
        Outcome::Fault(_) => State::Fault,
    };
    let gates = [("g", Expr::Name("b".to_owned())), ("h", Expr::binary(">", share, Expr::Literal(Value::Int(1))))];
    for (field, gate) in gates {
        match evaluate(&gate, &states) {
            Outcome::Value(Value::Bool(true)) => {}
            Outcome::Value(_) | Outcome::Unknown => drop(states.insert(field.to_owned(), State::Masked)),
            Outcome::Fault(_) => drop(states.insert(field.to_owned(), State::Fault)),
        }
    }
    states.insert("w".to_owned(), derived);
    states
}

/// Every lead that this one may become.
pub fn completions(lead: &[Answer]) -> Vec<Vec<Answer>> {
    let mut all = vec![Vec::new()];
    for (answer, (_, _, values)) in lead.iter().zip(FIELDS) {
        let choices: Vec<Answer> = match answer {
            Answer::Open => values.iter().map(|value| Answer::Value((*value).to_owned())).chain([Answer::Absent, Answer::Declined]).collect(),
            answer => vec![answer.clone()],
        };
        all = all.into_iter().flat_map(|lead| choices.iter().map(move |choice| [lead.as_slice(), std::slice::from_ref(choice)].concat())).collect();
    }
    all
}
