//! What a tree comes to.

use super::functions::{self, Failure};
use super::tree::Expr;
use super::value::Value;
use crate::reference::value::{StateTest, Truth};
use std::collections::BTreeMap;

/// What an expression comes to.
#[derive(Debug, Clone)]
pub enum Outcome {
    Value(Value),
    Unknown,
    Fault(Failure),
}

use Outcome::{Fault, Unknown};

/// What a variable holds.
#[derive(Debug, Clone)]
pub enum State {
    Value(Value),
    Absent,
    Declined,
    Masked,
    Fault,
}

pub type Variables = BTreeMap<String, State>;

/// The outcome of an expression.
pub fn evaluate(expr: &Expr, variables: &Variables) -> Outcome {
    Evaluation { variables, locals: Vec::new() }.of(expr)
}

struct Evaluation<'v> {
    variables: &'v Variables,
    /// What macros have bound, innermost last.
    locals: Vec<(String, Outcome)>,
}

impl Outcome {
    fn truth(&self) -> Truth {
        match self {
            Self::Value(Value::Bool(holds)) => Truth::of(*holds),
            Self::Unknown => Truth::U,
            _ => Truth::E,
        }
    }

    /// The same kind of outcome with the same value.
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Value(a), Self::Value(b)) => a.same(b),
            (Self::Unknown, Self::Unknown) | (Fault(_), Fault(_)) => true,
            _ => false,
        }
    }
}

fn value(value: Value) -> Outcome {
    Outcome::Value(value)
}

fn bool(holds: bool) -> Outcome {
    value(Value::Bool(holds))
}

/// Why a truth is a fault the outcomes know: the first that is one, or else a value that is no bool.
fn of_truth(truth: Truth, outcomes: &[&Outcome]) -> Outcome {
    match truth {
        Truth::T => bool(true),
        Truth::F => bool(false),
        Truth::U => Unknown,
        Truth::E => outcomes.iter().find_map(|outcome| match outcome {
            Fault(failure) => Some(Fault(*failure)),
            Outcome::Value(Value::Bool(_)) | Unknown => None,
            Outcome::Value(_) => Some(Fault(Failure::Overload)),
        }).expect("a reason"),
    }
}

fn result(found: Result<Value, Failure>) -> Outcome {
    found.map_or_else(Fault, Outcome::Value)
}

/// A fault among the operands, else what is unknown, else what is made of their values.
fn strict(operands: Vec<Outcome>, make: impl FnOnce(Vec<Value>) -> Outcome) -> Outcome {
    if let Some(fault) = operands.iter().find(|operand| matches!(operand, Fault(_))) {
        return fault.clone();
    }
    if operands.iter().any(|operand| matches!(operand, Unknown)) {
        return Unknown;
    }
    make(operands.into_iter().map(|operand| if let Outcome::Value(value) = operand { value } else { unreachable!() }).collect())
}

impl Evaluation<'_> {
    fn all<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) -> Vec<Outcome> {
        exprs.into_iter().map(|expr| self.of(expr)).collect()
    }

    fn call(&mut self, name: &str, args: &[&Expr]) -> Outcome {
        strict(self.all(args.iter().copied()), |values| result(functions::apply(name, &values)))
    }

    /// An expression with names bound around it.
    fn within(&mut self, names: &[String], held: &[Outcome], expr: &Expr) -> Outcome {
        self.locals.extend(names.iter().cloned().zip(held.iter().cloned()));
        let outcome = self.of(expr);
        self.locals.truncate(self.locals.len() - names.len());
        outcome
    }

    fn of(&mut self, expr: &Expr) -> Outcome {
        match expr {
            Expr::Literal(held) => value(held.clone()),
            Expr::Type(name) => value(Value::Type((*name).to_owned())),
            Expr::Name(name) => match self.locals.iter().rfind(|(local, _)| local == name) {
                Some((_, outcome)) => outcome.clone(),
                None => match &self.variables[name] {
                    State::Value(held) => value(held.clone()),
                    State::Fault => Fault(Failure::Other),
                    State::Absent | State::Declined | State::Masked => Unknown,
                },
            },
            Expr::Unary('!', operand) => {
                let operand = self.of(operand);
                of_truth(operand.truth().not(), &[&operand])
            }
            Expr::Unary(_, operand) => self.call("neg", &[operand]),
            Expr::Binary(operator @ ("&&" | "||"), left, right) => {
                let (left, right) = (self.of(left), self.of(right));
                let truth = if *operator == "&&" { left.truth().and(right.truth()) } else { left.truth().or(right.truth()) };
                of_truth(truth, &[&left, &right])
            }
            Expr::Binary(operator, left, right) => self.call(operator, &[left, right]),
            Expr::If(test, then, otherwise) => {
                let test = self.of(test);
                match test.truth() {
                    Truth::T => self.of(then),
                    Truth::F => self.of(otherwise),
                    truth => of_truth(truth, &[&test]),
                }
            }
            Expr::Member(target, name, asks) => self.part(target, &Expr::Literal(Value::text(name)), if *asks { "[?]" } else { "." }),
            Expr::Index(target, index, asks) => self.part(target, index, if *asks { "[?]" } else { "[]" }),
            Expr::Has(target, name) => self.call("has", &[target, &Expr::Literal(Value::text(name))]),
            Expr::Call(name, args) => self.call(name, &args.iter().collect::<Vec<_>>()),
            Expr::Method(target, name, args) if matches!(name.as_str(), "or" | "orValue") && args.len() == 1 => self.alternative(target, name, &args[0]),
            Expr::Method(target, name, args) => {
                let args: Vec<&Expr> = std::iter::once(&**target).chain(args).collect();
                self.call(&format!(".{name}"), &args)
            }
            Expr::List(elements) => {
                let outcomes = self.all(elements.iter().map(|(_, element)| element));
                strict(outcomes, |values| {
                    let held = elements.iter().zip(values).map(|((optional, _), value)| present(*optional, value));
                    result(held.collect::<Result<Vec<_>, _>>().map(|held| Value::List(held.into_iter().flatten().collect())))
                })
            }
            Expr::Map(entries) => {
                let outcomes = self.all(entries.iter().flat_map(|(_, key, value)| [key, value]));
                strict(outcomes, |values| {
                    let held = entries.iter().zip(values.chunks(2)).map(|((optional, ..), pair)| Ok((pair[0].clone(), present(*optional, pair[1].clone())?)));
                    result(held.collect::<Result<Vec<_>, _>>().and_then(|held| functions::map(held.into_iter().filter_map(|(key, held)| Some((key, held?))).collect())))
                })
            }
            Expr::Macro(name, target, names, args) => self.macro_of(name, target, names, args),
            Expr::State(test, name) => {
                let state = &self.variables[name];
                let (known, absent, declined, masked) = match state {
                    State::Fault => return Fault(Failure::Other),
                    State::Value(_) => (true, false, false, false),
                    State::Absent => (false, true, false, false),
                    State::Declined => (false, false, true, false),
                    State::Masked => (false, false, false, true),
                };
                bool(match StateTest::named(test).expect("a test") {
                    StateTest::Known => known,
                    StateTest::Unanswered => absent,
                    StateTest::Declined => declined,
                    StateTest::Masked => masked,
                })
            }
        }
    }

    /// `a.b`, `a[b]`, `a.?b`, `a[?b]`
    fn part(&mut self, target: &Expr, index: &Expr, how: &str) -> Outcome {
        self.call(how, &[target, index])
    }

    /// `a.or(b)`, `a.orValue(b)`: b is looked at where a is missing.
    fn alternative(&mut self, target: &Expr, name: &str, other: &Expr) -> Outcome {
        match self.of(target) {
            Outcome::Value(Value::Optional(Some(held))) => value(if name == "or" { Value::Optional(Some(held)) } else { *held }),
            Outcome::Value(Value::Optional(None)) => match self.of(other) {
                Outcome::Value(other) if name == "or" && !matches!(other, Value::Optional(_)) => Fault(Failure::Overload),
                other => other,
            },
            Outcome::Value(_) => Fault(Failure::Overload),
            other => other,
        }
    }

    fn macro_of(&mut self, name: &str, target: &Expr, names: &[String], args: &[Expr]) -> Outcome {
        let target = self.of(target);
        if name == "cel.bind" {
            return self.within(names, &[target], &args[0]);
        }
        let target = match target {
            Outcome::Value(target) => target,
            other => return other,
        };
        if matches!(name, "optMap" | "optFlatMap") {
            let Value::Optional(held) = target else { return Fault(Failure::Overload) };
            let Some(held) = held else { return value(Value::Optional(None)) };
            return match self.within(names, &[value(*held)], &args[0]) {
                Outcome::Value(made) if name == "optMap" => value(Value::Optional(Some(made.into()))),
                Outcome::Value(made) if !matches!(made, Value::Optional(_)) => Fault(Failure::Overload),
                other => other,
            };
        }
        if name == "sortBy" && !matches!(target, Value::List(_)) {
            return Fault(Failure::Overload);
        }
        // What the names are bound to, one turn after the other.
        let turns: Vec<Vec<Outcome>> = match (target, names.len()) {
            (Value::List(elements), 1) => elements.into_iter().map(|element| vec![value(element)]).collect(),
            (Value::Map(entries), 1) => entries.into_iter().map(|(key, _)| vec![value(key)]).collect(),
            (Value::List(elements), _) => elements.into_iter().enumerate().map(|(at, element)| vec![value(Value::Int(at as i64)), value(element)]).collect(),
            (Value::Map(entries), _) => entries.into_iter().map(|(key, held)| vec![value(key), value(held)]).collect(),
            _ => return Fault(Failure::Overload),
        };
        self.over(name, names, &turns, args)
    }

    fn over(&mut self, name: &str, names: &[String], turns: &[Vec<Outcome>], args: &[Expr]) -> Outcome {
        let (last, before) = args.split_last().unwrap();
        if matches!(name, "all" | "exists") {
            let outcomes: Vec<Outcome> = turns.iter().map(|held| self.within(names, held, last)).collect();
            let truths = outcomes.iter().map(Outcome::truth);
            let truth = if name == "all" { truths.fold(Truth::T, Truth::and) } else { truths.fold(Truth::F, Truth::or) };
            return of_truth(truth, &outcomes.iter().collect::<Vec<_>>());
        }
        let test = if matches!(name, "exists_one" | "existsOne" | "filter") { Some(last) } else { before.first() };
        let mut parts = Vec::new();
        let mut chosen = Vec::new();
        for held in turns {
            let outcome = test.map_or(bool(true), |test| self.within(names, held, test));
            let truth = outcome.truth();
            if truth == Truth::T {
                chosen.push(held);
            }
            parts.push(of_truth(truth, &[&outcome]));
        }
        let kept = |at: usize| chosen.iter().map(|held| if let Outcome::Value(held) = &held[at] { held.clone() } else { unreachable!() }).collect::<Vec<_>>();
        match name {
            "exists_one" | "existsOne" => strict(parts, |_| bool(chosen.len() == 1)),
            "filter" => strict(parts, |_| value(Value::List(kept(0)))),
            _ => {
                let tests = parts.len();
                parts.extend(chosen.iter().map(|held| self.within(names, held, last)));
                strict(parts, |mut values| {
                    let made = values.split_off(tests);
                    match name {
                        "transformMap" => result(functions::map(kept(0).into_iter().zip(made).collect())),
                        "transformMapEntry" => {
                            let entries = made.into_iter().map(|made| if let Value::Map(entries) = made { Ok(entries) } else { Err(Failure::Overload) });
                            result(entries.collect::<Result<Vec<_>, _>>().and_then(|all| functions::map(all.concat())))
                        }
                        "sortBy" => result(functions::sorted_by(kept(0), made)),
                        _ => value(Value::List(made)),
                    }
                })
            }
        }
    }
}

/// What an element stands for; nothing where an optional one is missing.
fn present(optional: bool, value: Value) -> Result<Option<Value>, Failure> {
    match value {
        Value::Optional(held) if optional => Ok(held.map(|held| *held)),
        _ if optional => Err(Failure::Overload),
        value => Ok(Some(value)),
    }
}
