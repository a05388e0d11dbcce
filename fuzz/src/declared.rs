//! Bytes as an expression with declared names: a line `c x=li y=s`, and the expression after it.
//!
//! The first letter tells the language: `c` as it is defined, `d` the same without checks, `p` that of policies, whose names are fixed. Types are
//! letters: n(ull) b(ool) i(nt) u(int) d(ouble) s(tring) y (bytes) t(imestamp) e (duration) * (dyn), l and m before what they are made of.

use leadgate::cel::{Env, EnvList, EnvVariable, EnumType, Language, Type};
use serde_json::{Value as Json, json};

/// In which language an expression is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// As it is defined.
    Checked,
    /// Mistakes wait until they are met.
    Unchecked,
    /// Of policies.
    Policy,
}

/// An expression with what is declared.
pub struct Case<'a> {
    /// The language.
    pub mode: Mode,
    /// Names with their types.
    pub names: Vec<(String, Type)>,
    /// The expression.
    pub source: &'a str,
}

impl<'a> Case<'a> {
    /// Reads any text.
    pub fn of(text: &'a str) -> Self {
        let (head, source) = text.split_once('\n').unwrap_or(("c", text));
        let mut words = head.split(' ');
        let mode = match words.next() {
            Some("p") => Mode::Policy,
            Some("d") => Mode::Unchecked,
            _ => Mode::Checked,
        };
        let name = |word: &str| word.split_once('=').map(|(name, ty)| (name.to_owned(), read(&mut ty.chars(), 0)));
        let mut names: Vec<(String, Type)> = Vec::new();
        for (name, ty) in words.filter_map(name).take(20) {
            if names.iter().all(|(known, _)| *known != name) {
                names.push((name, ty));
            }
        }
        Self { mode, names, source }
    }

    /// What may be named.
    pub fn env(&self) -> Env {
        if self.mode == Mode::Policy {
            return policy();
        }
        let variable = |(name, ty): &(String, Type)| EnvVariable { name: name.clone(), ty: ty.clone(), is_field: false, is_derive: false, barred: None };
        let language = Language { container: String::new(), functions: Vec::new(), checks: self.mode == Mode::Checked };
        Env { variables: self.names.iter().map(variable).collect(), lists: Vec::new(), language: Some(language) }
    }

    /// The declarations as the runner reads them.
    pub fn type_env(&self) -> Json {
        Json::Object(self.names.iter().map(|(name, ty)| (name.clone(), write(ty))).collect())
    }
}

fn read(letters: &mut std::str::Chars, depth: usize) -> Type {
    match letters.next() {
        Some('n') => Type::Null,
        Some('b') => Type::Bool,
        Some('i') => Type::Int,
        Some('u') => Type::Uint,
        Some('d') => Type::Double,
        Some('s') => Type::String,
        Some('y') => Type::Bytes,
        Some('t') => Type::Timestamp,
        Some('e') => Type::Duration,
        Some('l') if depth < 20 => Type::List(read(letters, depth + 1).into()),
        Some('m') if depth < 20 => {
            // No other value can be a key.
            let key = Some(read(letters, depth + 1)).filter(|key| matches!(key, Type::Bool | Type::Int | Type::Uint)).unwrap_or(Type::String);
            Type::Map(key.into(), read(letters, depth + 1).into())
        }
        _ => Type::Dyn,
    }
}

fn write(ty: &Type) -> Json {
    match ty {
        Type::Null => json!({ "null": "NULL_VALUE" }),
        Type::Bool => json!({ "primitive": "BOOL" }),
        Type::Int => json!({ "primitive": "INT64" }),
        Type::Uint => json!({ "primitive": "UINT64" }),
        Type::Double => json!({ "primitive": "DOUBLE" }),
        Type::String => json!({ "primitive": "STRING" }),
        Type::Bytes => json!({ "primitive": "BYTES" }),
        Type::Timestamp => json!({ "wellKnown": "TIMESTAMP" }),
        Type::Duration => json!({ "wellKnown": "DURATION" }),
        Type::List(element) => json!({ "listType": { "elemType": write(element) } }),
        Type::Map(key, value) => json!({ "mapType": { "keyType": write(key), "valueType": write(value) } }),
        _ => json!({ "dyn": {} }),
    }
}

/// Names of every type that a document has.
pub fn policy() -> Env {
    let enumeration = Type::Enum(EnumType { name: "field `e`".to_owned(), values: ["a", "b", "c"].map(str::to_owned).to_vec() }.into());
    let types = [
        ("i", Type::Int),
        ("d", Type::Double),
        ("s", Type::String),
        ("b", Type::Bool),
        ("e", enumeration),
        ("u", Type::Uint),
        ("ls", Type::List(Type::String.into())),
        ("m", Type::Map(Type::String.into(), Type::Int.into())),
        ("x", Type::Dyn),
        ("any.thing", Type::String),
    ];
    let variable = |(name, ty): (&str, Type)| EnvVariable { name: name.to_owned(), ty, is_field: true, is_derive: false, barred: None };
    let columns = [("key", Type::String), ("role", Type::String)].map(|(name, ty)| (name.to_owned(), ty)).to_vec();
    let lists = vec![EnvList { name: "l".to_owned(), columns: Vec::new() }, EnvList { name: "k".to_owned(), columns }];
    Env { variables: types.into_iter().map(variable).collect(), lists, language: None }
}
