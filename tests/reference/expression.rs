//! Expressions with their names resolved, and what they come to.

use super::functions;
use super::list::List;
use super::parse::{self, Ast};
use super::value::{Outcome, State, StateTest, Truth, Value};
use std::collections::BTreeMap;

#[derive(Debug, Clone)]
pub enum Expr {
    Const(Value),
    Variable(usize),
    /// A comprehension's variable: how many comprehensions stand around the one that binds it.
    Local(usize),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    Call(String, Vec<Expr>),
    List(Vec<Expr>),
    Map(Vec<(Expr, Expr)>),
    State(StateTest, usize),
    InList(Box<Expr>, usize),
    Lookup(usize, Box<Expr>, usize),
    Domain(Box<Expr>),
    Fold { fold: String, range: Box<Expr>, predicate: Option<Box<Expr>>, result: Option<Box<Expr>> },
}

/// What names mean.
#[derive(Debug, Default)]
pub struct Names {
    pub variables: BTreeMap<String, usize>,
    /// Index and columns.
    pub lists: BTreeMap<String, (usize, Vec<String>)>,
}

/// Where an expression gets its variables.
pub trait Reader {
    fn state(&self, variable: usize) -> State;
    fn list(&self, list: usize) -> &List;
}

impl Names {
    pub fn expression(&self, text: &str) -> Expr {
        self.resolve(&parse::parse(text), &mut Vec::new())
    }

    pub fn variable(&self, name: &str) -> usize {
        *self.variables.get(name).unwrap_or_else(|| panic!("no variable `{name}`"))
    }

    fn list(&self, ast: &Ast) -> Option<(usize, &[String])> {
        let Ast::Member(operand, name) = ast else { return None };
        if **operand != Ast::Name("lists".to_owned()) {
            return None;
        }
        let (index, columns) = self.lists.get(name).unwrap_or_else(|| panic!("no list `{name}`"));
        Some((*index, columns))
    }

    fn resolve(&self, ast: &Ast, locals: &mut Vec<String>) -> Expr {
        if let Some(path) = path(ast) {
            if let Some(depth) = locals.iter().rposition(|local| *local == path) {
                return Expr::Local(depth);
            }
            return Expr::Variable(self.variable(&path));
        }
        let mut sub = |ast: &Ast| Box::new(self.resolve(ast, locals));
        match ast {
            Ast::Literal(value) => Expr::Const(value.clone()),
            Ast::And(a, b) => Expr::And(sub(a), sub(b)),
            Ast::Or(a, b) => Expr::Or(sub(a), sub(b)),
            Ast::Not(a) => Expr::Not(sub(a)),
            Ast::If(a, b, c) => Expr::If(sub(a), sub(b), sub(c)),
            Ast::List(items) => Expr::List(items.iter().map(|item| *sub(item)).collect()),
            Ast::Map(entries) => Expr::Map(entries.iter().map(|(key, value)| (*sub(key), *sub(value))).collect()),
            Ast::Index(a, b) => Expr::Call("index".to_owned(), vec![*sub(a), *sub(b)]),
            Ast::Member(operand, member) => {
                if let Ast::Call { name, method: false, args } = &**operand
                    && name == "lookup"
                {
                    let (list, columns) = self.list(&args[0]).expect("lookup of a list");
                    let column = columns.iter().position(|column| column == member).expect("a column of the dictionary");
                    return Expr::Lookup(list, sub(&args[1]), column);
                }
                Expr::Call("index".to_owned(), vec![*sub(operand), Expr::Const(Value::text(member))])
            }
            Ast::Call { name, method, args } => self.call(name, *method, args, locals),
            Ast::Name(_) => unreachable!("a name is a path"),
        }
    }

    fn call(&self, name: &str, method: bool, args: &[Ast], locals: &mut Vec<String>) -> Expr {
        if !method
            && args.len() == 1
            && let Some(test) = StateTest::named(name)
        {
            return Expr::State(test, self.variable(&path(&args[0]).expect("a state test takes a name")));
        }
        if name == "in"
            && let Some((list, _)) = self.list(&args[1])
        {
            return Expr::InList(self.resolve(&args[0], locals).into(), list);
        }
        if name == "has" && !method {
            let Ast::Member(operand, member) = &args[0] else { panic!("`has` takes a member") };
            return Expr::Call("in".to_owned(), vec![Expr::Const(Value::text(member)), self.resolve(operand, locals)]);
        }
        if method && matches!(name, "all" | "exists" | "exists_one" | "filter" | "map") {
            let range = self.resolve(&args[0], locals).into();
            let Ast::Name(local) = &args[1] else { panic!("a comprehension binds a name") };
            locals.push(local.clone());
            let mut inner: Vec<_> = args[2..].iter().map(|arg| Some(Box::new(self.resolve(arg, locals)))).collect();
            locals.pop();
            let result = if name == "map" { inner.pop().flatten() } else { None };
            return Expr::Fold { fold: name.to_owned(), range, predicate: inner.pop().flatten(), result };
        }
        let mut args = args.iter();
        let mut full = name.to_owned();
        if method
            && let Some(Ast::Name(space)) = args.as_slice().first()
            && space == "math"
        {
            args.next();
            full = format!("math.{name}");
        }
        let mut args: Vec<Expr> = args.map(|arg| self.resolve(arg, locals)).collect();
        if full == "domain" {
            return Expr::Domain(args.remove(0).into());
        }
        Expr::Call(full, args)
    }
}

/// `a.b.c` as one name.
fn path(ast: &Ast) -> Option<String> {
    match ast {
        Ast::Name(name) => Some(name.clone()),
        Ast::Member(operand, member) => Some(format!("{}.{member}", path(operand)?)),
        _ => None,
    }
}

impl Expr {
    pub fn truth(&self, reader: &impl Reader) -> Truth {
        self.evaluate(reader, &mut Vec::new()).truth()
    }

    pub fn evaluate(&self, reader: &impl Reader, locals: &mut Vec<Value>) -> Outcome {
        match self {
            Self::Const(value) => Outcome::Value(value.clone()),
            Self::Variable(variable) => reader.state(*variable).read(),
            Self::Local(depth) => Outcome::Value(locals[*depth].clone()),
            Self::And(a, b) => Outcome::of(a.evaluate(reader, locals).truth().and(b.evaluate(reader, locals).truth())),
            Self::Or(a, b) => Outcome::of(a.evaluate(reader, locals).truth().or(b.evaluate(reader, locals).truth())),
            Self::Not(a) => Outcome::of(a.evaluate(reader, locals).truth().not()),
            Self::If(test, then, otherwise) => match test.evaluate(reader, locals).truth() {
                Truth::T => then.evaluate(reader, locals),
                Truth::F => otherwise.evaluate(reader, locals),
                Truth::U => Outcome::Unknown,
                Truth::E => Outcome::Fault,
            },
            Self::State(test, variable) => Outcome::of(reader.state(*variable).test(*test)),
            Self::Call(name, args) => strict(args.iter().map(|arg| arg.evaluate(reader, locals)), |values| functions::apply(name, values).into()),
            Self::List(items) => strict(items.iter().map(|item| item.evaluate(reader, locals)), |values| Outcome::Value(Value::List(values.into()))),
            Self::Map(entries) => {
                let parts = entries.iter().flat_map(|(key, value)| [key, value]).map(|part| part.evaluate(reader, locals));
                strict(parts, |values| {
                    let entries: Vec<_> = values.chunks(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect();
                    let twice = entries.iter().enumerate().any(|(at, (key, _))| entries[..at].iter().any(|(other, _)| other.equals(key)));
                    if twice { Outcome::Fault } else { Outcome::Value(Value::Map(entries.into())) }
                })
            }
            Self::InList(text, list) => strict([text.evaluate(reader, locals)].into_iter(), |values| {
                Outcome::Value(Value::Bool(matches!(&values[0], Value::Text(text) if reader.list(*list).has(text))))
            }),
            Self::Lookup(list, text, column) => on_text(text, reader, locals, |text| match reader.list(*list).lookup(text, *column) {
                Some(value) => Outcome::Value(value),
                None => Outcome::Unknown,
            }),
            Self::Domain(text) => on_text(text, reader, locals, |text| match text.rsplit_once('@') {
                Some((_, domain)) => Outcome::Value(Value::text(&super::list::lowercase(domain))),
                None => Outcome::Unknown,
            }),
            Self::Fold { fold, range, predicate, result } => match range.evaluate(reader, locals) {
                Outcome::Value(Value::List(items)) => over(fold, &items, predicate.as_deref(), result.as_deref(), reader, locals),
                Outcome::Value(Value::Map(entries)) => {
                    let keys: Vec<_> = entries.iter().map(|(key, _)| key.clone()).collect();
                    over(fold, &keys, predicate.as_deref(), result.as_deref(), reader, locals)
                }
                Outcome::Value(_) | Outcome::Fault => Outcome::Fault,
                Outcome::Unknown => Outcome::Unknown,
            },
        }
    }
}

impl From<Option<Value>> for Outcome {
    fn from(value: Option<Value>) -> Self {
        value.map_or(Self::Fault, Self::Value)
    }
}

/// A fault among the operands, else an unknown, else the operation on their values.
fn strict(operands: impl Iterator<Item = Outcome>, operation: impl FnOnce(&[Value]) -> Outcome) -> Outcome {
    let mut values = Vec::new();
    let mut unknown = false;
    let mut fault = false;
    for operand in operands {
        match operand {
            Outcome::Value(value) => values.push(value),
            Outcome::Unknown => unknown = true,
            Outcome::Fault => fault = true,
        }
    }
    if fault {
        Outcome::Fault
    } else if unknown {
        Outcome::Unknown
    } else {
        operation(&values)
    }
}

fn on_text(expr: &Expr, reader: &impl Reader, locals: &mut Vec<Value>, operation: impl FnOnce(&str) -> Outcome) -> Outcome {
    strict([expr.evaluate(reader, locals)].into_iter(), |values| match &values[0] {
        Value::Text(text) => operation(text),
        _ => Outcome::Fault,
    })
}

fn over(fold: &str, items: &[Value], predicate: Option<&Expr>, result: Option<&Expr>, reader: &impl Reader, locals: &mut Vec<Value>) -> Outcome {
    let mut each = |item: &Value, expr: Option<&Expr>| {
        let Some(expr) = expr else { return Outcome::Value(Value::Bool(true)) };
        locals.push(item.clone());
        let outcome = expr.evaluate(reader, locals);
        locals.pop();
        outcome
    };
    match fold {
        "all" => Outcome::of(items.iter().fold(Truth::T, |truth, item| truth.and(each(item, predicate).truth()))),
        "exists" => Outcome::of(items.iter().fold(Truth::F, |truth, item| truth.or(each(item, predicate).truth()))),
        _ => {
            let truths: Vec<Truth> = items.iter().map(|item| each(item, predicate).truth()).collect();
            let chosen = items.iter().zip(&truths).filter(|(_, truth)| **truth == Truth::T).map(|(item, _)| item);
            let mut parts: Vec<Outcome> = truths.iter().map(|truth| Outcome::of(*truth)).collect();
            match fold {
                "exists_one" => {
                    let one = chosen.count() == 1;
                    strict(parts.into_iter(), |_| Outcome::Value(Value::Bool(one)))
                }
                "filter" => {
                    let chosen = Value::List(chosen.cloned().collect());
                    strict(parts.into_iter(), |_| Outcome::Value(chosen))
                }
                _ => {
                    let predicates = parts.len();
                    parts.extend(chosen.map(|item| each(item, result)));
                    strict(parts.into_iter(), |values| Outcome::Value(Value::List(values[predicates..].into())))
                }
            }
        }
    }
}
