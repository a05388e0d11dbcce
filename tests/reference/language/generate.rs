//! Random expressions: each is meant to have a type, and now and then has parts of another.

use super::case::{Case, Variable};
use super::literals::{self, any, key, ordered};
use super::signatures::{Signature, signatures};
use super::tree::Expr;
use super::types::Type;
use super::value::Value;
use crate::reference::random::Random;

pub mod condition;
mod macros;
pub mod open;

/// What a generator may use.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// In so many of a hundred places something stands that has another type.
    pub stray: u64,
    /// Only what policies' conditions have.
    pub common: bool,
}

pub struct Writer<'r> {
    pub random: &'r mut Random,
    style: Style,
    variables: Vec<Variable>,
    /// What macros have bound, innermost last.
    locals: Vec<(String, Type)>,
}

/// A random case, of a whole language's expression.
pub fn case(random: &mut Random) -> Case {
    let typed = random.chance(85);
    let style = Style { stray: if typed { 0 } else { 6 }, common: false };
    let variables = variables(random);
    let depth = *random.pick(&[1, 2, 2, 3, 3, 3, 4, 5]);
    let mut writer = Writer::new(random, style, variables);
    let ty = if writer.random.chance(40) { Type::Bool } else { any(writer.random, 2) };
    let expr = writer.grown(&ty, depth);
    Case { expr, variables: writer.variables, typed }
}

fn variables(random: &mut Random) -> Vec<Variable> {
    let of = |random: &mut Random, name: &str| {
        let optional = |ty: &Type| matches!(ty, Type::Optional(_));
        // Other implementations take no optional values from outside.
        let ty = Some(any(random, 2)).filter(|ty| !optional(ty)).unwrap_or_else(|| any(random, 2));
        let value = literals::value(random, &ty, 2);
        let dynamic = random.chance(8);
        Variable { name: name.to_owned(), ty: if dynamic { Type::Dyn } else { ty }, value: Some(value) }
    };
    ["a", "b", "c", "d", "e"].iter().map(|name| of(random, name)).collect()
}

impl<'r> Writer<'r> {
    pub fn new(random: &'r mut Random, style: Style, variables: Vec<Variable>) -> Self {
        Self { random, style, variables, locals: Vec::new() }
    }

    /// Any type of an element or a part.
    fn some(&mut self, depth: usize) -> Type {
        if self.style.common { self.random.pick(&[Type::Int, Type::Bool, Type::Text, Type::Double]).clone() } else { any(self.random, depth) }
    }

    /// An expression of a type.
    pub fn write(&mut self, ty: &Type, depth: usize) -> Expr {
        let ty = &if self.random.chance(self.style.stray) { any(self.random, 1) } else { ty.clone() };
        if depth == 0 || self.random.chance(12) { self.leaf(ty) } else { self.grown(ty, depth) }
    }

    /// An expression that is more than a variable or a value, if it can.
    pub fn grown(&mut self, ty: &Type, depth: usize) -> Expr {
        let down = depth - 1;
        match self.random.below(20) {
            0 => Expr::If(self.part(&Type::Bool, down), self.part(ty, down), self.part(ty, down)),
            1 if !self.style.common => self.bind(ty, down),
            2 => self.member(ty, down),
            3..=7 => self.particular(ty, down),
            _ => self.applied(ty, down),
        }
    }

    fn part(&mut self, ty: &Type, depth: usize) -> Box<Expr> {
        self.write(ty, depth).into()
    }

    /// A variable, or a value written out.
    fn leaf(&mut self, ty: &Type) -> Expr {
        if self.style.common && *ty == Type::Bool && self.random.chance(15) {
            let name = self.random.pick(&self.variables).name.clone();
            // What is derived is never declined.
            let tests: &[&'static str] = if name == "w" { &["known", "unanswered"] } else { &["known", "unanswered", "declined", "masked"] };
            return Expr::State(*self.random.pick(tests), name);
        }
        let bound = self.locals.iter().filter(|(_, of)| of == ty).map(|(name, _)| name);
        // What is not declared fits where its value does.
        let undeclared = |variable: &&Variable| variable.ty == Type::Dyn && variable.value.as_ref().is_some_and(|value| ty.holds(value));
        let free = self.variables.iter().filter(|variable| variable.ty == *ty || undeclared(variable)).map(|variable| &variable.name);
        let hidden = |name: &str| self.locals.iter().rfind(|(local, _)| local == name).is_some_and(|(_, inner)| inner != ty);
        let fitting: Vec<&String> = bound.chain(free).filter(|name| !hidden(name)).collect();
        if !fitting.is_empty() && self.random.chance(75) {
            return Expr::Name((*self.random.pick(&fitting)).clone());
        }
        let value = literals::value(self.random, ty, 1);
        written(&value)
    }

    /// A function or operator that gives the type.
    fn applied(&mut self, ty: &Type, depth: usize) -> Expr {
        let fits = |signature: &Signature| (signature.common || !self.style.common) && Bound::default().bind(&signature.result, ty);
        let fitting: Vec<&Signature> = signatures().iter().filter(|signature| fits(signature)).collect();
        // What gives anything is common; what gives this type is preferred.
        let own: Vec<&Signature> = fitting.iter().copied().filter(|signature| !matches!(signature.result, Type::Named(_))).collect();
        let among = if !own.is_empty() && self.random.chance(85) { &own } else { &fitting };
        if among.is_empty() {
            return self.leaf(ty);
        }
        let signature = *self.random.pick(among);
        let mut bound = Bound::default();
        bound.bind(&signature.result, ty);
        let params: Vec<Type> = signature.params.iter().map(|param| self.given(param, &mut bound)).collect();
        if let (true, [Type::Map(key, of), _]) = (matches!(signature.name, "[]" | "[?]"), params.as_slice())
            && self.random.chance(60)
        {
            // Otherwise there would seldom be such a key.
            let (name, value) = (self.leaf(key), self.write(of, depth));
            return Expr::Index(Expr::Map(vec![(false, name.clone(), value)]).into(), name.into(), signature.name == "[?]");
        }
        let mut args: Vec<Expr> = params.iter().map(|param| self.write(param, depth)).collect();
        match signature.name {
            "[]" | "[?]" => {
                let index = args.pop().unwrap();
                Expr::Index(args.remove(0).into(), index.into(), signature.name == "[?]")
            }
            "!" => Expr::Unary('!', args.remove(0).into()),
            "neg" => Expr::Unary('-', args.remove(0).into()),
            name if name.starts_with('.') => Expr::Method(args.remove(0).into(), name[1..].to_owned(), args),
            name if name.starts_with(|first: char| first.is_ascii_alphabetic()) && name != "in" => Expr::Call(name.to_owned(), args),
            name => {
                let right = args.pop().unwrap();
                Expr::binary(name, args.remove(0), right)
            }
        }
    }

    /// A parameter's type, with letters replaced by what they stand for; what they stand for is chosen where nothing says so.
    fn given(&mut self, param: &Type, bound: &mut Bound) -> Type {
        match param {
            Type::Named(letter) if letter.len() == 1 => {
                if let Some((_, ty)) = bound.0.iter().find(|(name, _)| name == letter) {
                    return ty.clone();
                }
                let ty = match letter.as_str() {
                    "C" if self.style.common => self.random.pick(&[Type::Int, Type::Double, Type::Text]).clone(),
                    "C" => ordered(self.random),
                    "K" if self.style.common => self.random.pick(&[Type::Int, Type::Text]).clone(),
                    "K" => key(self.random),
                    _ => self.some(1),
                };
                bound.0.push((letter.clone(), ty.clone()));
                ty
            }
            Type::Named(kind) if kind != "PLACE" && self.random.chance(10) && !self.style.common => match kind.as_str() {
                "PATTERN" | "ZONE" => param.clone(),
                _ => Type::Text,
            },
            Type::Named(kind) if kind == "PLACE" && self.random.chance(30) => Type::Int,
            Type::List(of) => Type::list(self.given(of, bound)),
            Type::Optional(of) => Type::optional(self.given(of, bound)),
            Type::Map(key, of) => Type::map(self.given(key, bound), self.given(of, bound)),
            _ => param.clone(),
        }
    }
}

/// A value as an expression, with a literal or without.
pub fn written(value: &Value) -> Expr {
    let call = |name: &str, text: String| Expr::Call(name.to_owned(), vec![Expr::Literal(Value::Text(text))]);
    match value {
        Value::Double(number) if !number.is_finite() => call("double", number.to_string()),
        Value::List(values) => Expr::List(values.iter().map(|value| (false, written(value))).collect()),
        Value::Map(entries) => Expr::Map(entries.iter().map(|(key, value)| (false, written(key), written(value))).collect()),
        Value::Type(name) => Expr::Type(literals::TYPES.iter().find(|known| *known == name).unwrap()),
        Value::Timestamp(at) => call("timestamp", super::time::timestamp_text(*at)),
        Value::Duration(span) => call("duration", super::time::duration_text(*span)),
        Value::Optional(Some(held)) => Expr::Call("optional.of".to_owned(), vec![written(held)]),
        Value::Optional(None) => Expr::Call("optional.none".to_owned(), Vec::new()),
        scalar => Expr::Literal(scalar.clone()),
    }
}

/// What a signature's letters stand for.
#[derive(Default)]
struct Bound(Vec<(String, Type)>);

impl Bound {
    fn bind(&mut self, pattern: &Type, ty: &Type) -> bool {
        match (pattern, ty) {
            (Type::Named(letter), _) if letter.len() == 1 => {
                let allowed = match letter.as_str() {
                    "C" => !matches!(ty, Type::List(_) | Type::Map(..) | Type::Optional(_) | Type::Null | Type::Type | Type::Dyn),
                    "K" => matches!(ty, Type::Bool | Type::Int | Type::Uint | Type::Text),
                    _ => !matches!(ty, Type::Named(_)),
                };
                if allowed {
                    self.0.push((letter.clone(), ty.clone()));
                }
                allowed
            }
            (Type::List(a), Type::List(b)) | (Type::Optional(a), Type::Optional(b)) => self.bind(a, b),
            (Type::Map(key, of), Type::Map(other_key, other)) => self.bind(key, other_key) && self.bind(of, other),
            _ => pattern == ty,
        }
    }
}
