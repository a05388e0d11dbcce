//! Expressions as trees, which write themselves.

use super::value::Value;

/// An expression.
#[derive(Debug, Clone)]
pub enum Expr {
    /// A value that has a literal.
    Literal(Value),
    /// A variable, of the expression or of a macro around it.
    Name(String),
    /// The name of a type.
    Type(&'static str),
    /// `-a`, `!a`
    Unary(char, Box<Expr>),
    /// `a + b`, `a && b`
    Binary(&'static str, Box<Expr>, Box<Expr>),
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `a.b`, `a.?b`
    Member(Box<Expr>, String, bool),
    /// `a[b]`, `a[?b]`
    Index(Box<Expr>, Box<Expr>, bool),
    /// `size(a)`
    Call(String, Vec<Expr>),
    /// `a.size()`
    Method(Box<Expr>, String, Vec<Expr>),
    /// Elements; optional ones are marked.
    List(Vec<(bool, Expr)>),
    Map(Vec<(bool, Expr, Expr)>),
    /// `has(a.b)`
    Has(Box<Expr>, String),
    /// `a.map(x, b)`, `a.all(k, v, p)`, `a.optMap(x, b)`, `cel.bind(x, a, b)`: what it is about, the names it binds, its other arguments.
    Macro(&'static str, Box<Expr>, Vec<String>, Vec<Expr>),
    /// `known(x)` and its kin, of policies.
    State(&'static str, String),
}

const CONDITIONAL: u8 = 0;
const UNARY: u8 = 6;
const POSTFIX: u8 = 7;

fn binding(operator: &str) -> u8 {
    match operator {
        "||" => 1,
        "&&" => 2,
        "+" | "-" => 4,
        "*" | "/" | "%" => 5,
        _ => 3,
    }
}

impl Expr {
    pub fn binary(operator: &'static str, left: Expr, right: Expr) -> Self {
        Self::Binary(operator, left.into(), right.into())
    }

    fn level(&self) -> u8 {
        match self {
            Self::If(..) => CONDITIONAL,
            Self::Binary(operator, ..) => binding(operator),
            Self::Unary(..) => UNARY,
            Self::Literal(Value::Int(value)) if *value < 0 => UNARY,
            Self::Literal(Value::Double(value)) if value.is_sign_negative() => UNARY,
            _ => POSTFIX,
        }
    }

    /// In a place that takes what binds at least so tightly.
    fn at(&self, place: u8) -> String {
        if self.level() < place { format!("({self})") } else { self.to_string() }
    }

    /// What stands in it, from left to right.
    pub fn parts(&self) -> Vec<&Expr> {
        match self {
            Self::Literal(_) | Self::Name(_) | Self::Type(_) | Self::State(..) => Vec::new(),
            Self::Unary(_, a) | Self::Member(a, ..) | Self::Has(a, _) => vec![a],
            Self::Binary(_, a, b) | Self::Index(a, b, _) => vec![a, b],
            Self::If(a, b, c) => vec![a, b, c],
            Self::Call(_, args) => args.iter().collect(),
            Self::Method(target, _, args) | Self::Macro(_, target, _, args) => std::iter::once(&**target).chain(args).collect(),
            Self::List(elements) => elements.iter().map(|(_, element)| element).collect(),
            Self::Map(entries) => entries.iter().flat_map(|(_, key, value)| [key, value]).collect(),
        }
    }

    /// It and all that stands in it.
    pub fn any(&self, is: &dyn Fn(&Expr) -> bool) -> bool {
        is(self) || self.parts().into_iter().any(|part| part.any(is))
    }

    /// The functions and operators that stand in it, as signatures name them, and the macros.
    pub fn functions(&self) -> Vec<String> {
        let own = match self {
            Self::Unary(operator, _) => Some(if *operator == '-' { "neg".to_owned() } else { operator.to_string() }),
            Self::Binary(operator, ..) => Some((*operator).to_owned()),
            Self::Index(_, _, asks) => Some(if *asks { "[?]" } else { "[]" }.to_owned()),
            Self::Call(name, _) => Some(name.clone()),
            Self::Method(_, name, _) => Some(format!(".{name}")),
            Self::Macro(name, _, names, _) => Some(format!("{name} of {}", names.len())),
            _ => None,
        };
        self.parts().into_iter().flat_map(Expr::functions).chain(own).collect()
    }

    /// Whether a name stands in it, bound or not.
    pub fn names(&self, name: &str) -> bool {
        self.any(&|part| matches!(part, Self::Name(other) | Self::State(_, other) if other == name))
    }
}

fn list<T>(items: &[T], write: impl Fn(&T) -> String) -> String {
    items.iter().map(write).collect::<Vec<_>>().join(", ")
}

fn mark(optional: bool) -> &'static str {
    if optional { "?" } else { "" }
}

impl std::fmt::Display for Expr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Literal(value) => f.write_str(&literal(value)),
            Self::Name(name) => f.write_str(name),
            Self::Type(name) => f.write_str(name),
            Self::Unary(operator, operand) => {
                let inner = operand.at(UNARY);
                // A sign before a number belongs to the number.
                let joined = *operator == '-' && inner.starts_with(|first: char| first == '-' || first.is_ascii_digit());
                if joined { write!(f, "{operator}({inner})") } else { write!(f, "{operator}{inner}") }
            }
            Self::Binary(operator, left, right) => {
                let level = binding(operator);
                write!(f, "{} {operator} {}", left.at(level), right.at(level + 1))
            }
            Self::If(test, then, otherwise) => write!(f, "{} ? {} : {}", test.at(1), then.at(1), otherwise.at(CONDITIONAL)),
            Self::Member(target, member, optional) => write!(f, "{}.{}{member}", target.at(POSTFIX), mark(*optional)),
            Self::Index(target, index, optional) => write!(f, "{}[{}{index}]", target.at(POSTFIX), mark(*optional)),
            Self::Call(name, args) => write!(f, "{name}({})", list(args, Expr::to_string)),
            Self::Method(target, name, args) => write!(f, "{}.{name}({})", target.at(POSTFIX), list(args, Expr::to_string)),
            Self::List(elements) => write!(f, "[{}]", list(elements, |(optional, element)| format!("{}{element}", mark(*optional)))),
            Self::Map(entries) => write!(f, "{{{}}}", list(entries, |(optional, key, value)| format!("{}{key}: {value}", mark(*optional)))),
            Self::Has(target, member) => write!(f, "has({}.{member})", target.at(POSTFIX)),
            Self::Macro("cel.bind", value, names, args) => write!(f, "cel.bind({}, {value}, {})", names[0], args[0]),
            Self::Macro(name, target, names, args) => write!(f, "{}.{name}({}, {})", target.at(POSTFIX), names.join(", "), list(args, Expr::to_string)),
            Self::State(test, name) => write!(f, "{test}({name})"),
        }
    }
}

fn literal(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Uint(value) => format!("{value}u"),
        Value::Double(value) => format!("{value:?}"),
        Value::Text(text) => quote(text),
        Value::Bytes(bytes) => {
            let letters: String = bytes.iter().map(|byte| format!("\\x{byte:02X}")).collect();
            format!("b'{letters}'")
        }
        other => panic!("{other:?} has no literal"),
    }
}

/// A text in one of the forms that literals have.
fn quote(text: &str) -> String {
    if text.contains('\\') && !text.contains(['"', '\n']) {
        return format!("r\"{text}\"");
    }
    let quote = if text.len().is_multiple_of(2) { '"' } else { '\'' };
    let mut out = String::from(quote);
    for letter in text.chars() {
        match letter {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\011"),
            _ if letter == quote => out.extend(['\\', letter]),
            _ if letter.is_control() => out.push_str(&format!("\\u{:04X}", letter as u32)),
            _ if letter > '\u{FFFF}' => out.push_str(&format!("\\U{:08x}", letter as u32)),
            _ => out.push(letter),
        }
    }
    out.push(quote);
    out
}
