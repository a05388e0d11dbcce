//! What names refer to: every variable and list of the document, with its type and domain.

use std::sync::Arc;

use super::Builder;
use crate::cel::{EnvList, EnvVariable, EnumType, Type};
use crate::document::hit::Hit;
use crate::document::{FieldDef, FieldType, OutputDef};
use crate::engine::SAFE_INTEGER;
use crate::engine::text::Texts;
use crate::program::{Domain, Field, Value, Variable};
use crate::report::{Diagnostic, Span, Spanned};

/// The default greatest length of a text, in code points.
const MAX_LENGTH: u32 = 10_000;

/// What a name stands for, as far as state tests care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Field,
    Derive,
    Other,
}

impl Builder<'_> {
    /// Enters every name. Derives get their types later, in dependency order.
    pub fn names(&mut self) {
        let document = self.document;
        self.lists();
        let mut places: Vec<Spanned<String>> = Vec::new();
        for field in &document.fields {
            let (ty, domain) = self.field_type(field);
            self.enter(&field.name, ty, domain, Kind::Field, &mut places);
            self.program.fields.push(Field {
                normalize: field.normalize.clone(),
                format: field.format,
                max_length: field.max_length.unwrap_or(MAX_LENGTH),
                from_host: field.from_host,
                ..Field::default()
            });
        }
        for derive in &document.derives {
            self.enter(&derive.name, Type::Error, Domain::Any, Kind::Derive, &mut places);
        }
        for score in &document.scores {
            self.enter(&score.name, Type::Double, Domain::Double(-1e12, 1e12), Kind::Other, &mut places);
        }
        for table in &document.tables {
            for output in &table.outputs {
                let (ty, domain) = match table.hit {
                    // The values are filled in from the rows, and so are bounds.
                    hit if hit.gives_lists() => (Type::List(Arc::new(output_type(output))), Domain::Any),
                    Hit::Count => (Type::Int, Domain::Int(0, 0)),
                    _ => (output_type(output), Domain::Finite(Vec::new())),
                };
                self.enter(&output.name, ty, domain, Kind::Other, &mut places);
            }
        }
        if let Some(stages) = &document.stages {
            let values: Vec<String> = stages.list.iter().map(|stage| stage.name.value.clone()).collect();
            let domain = Domain::Finite(values.iter().map(|value| Value::String(value.as_str().into())).collect());
            let ty = Type::Enum(Arc::new(EnumType { name: "`stage`".into(), values }));
            self.enter(&Spanned::new("stage".into(), stages.span), ty, domain, Kind::Other, &mut places);
        }
    }

    fn enter(&mut self, name: &Spanned<String>, ty: Type, domain: Domain, kind: Kind, places: &mut Vec<Spanned<String>>) {
        if let Some(first) = places.iter().find(|known| known.value == name.value) {
            let found = Diagnostic::error("duplicate-name", name.span, format!("the name `{}` is used twice", name.value))
                .related(first.span, "first used here")
                .help("fields, derives, scores and table outputs share one set of names; rename one of them");
            self.error(found);
        }
        places.push(name.clone());
        self.index.entry(name.value.clone()).or_insert(self.program.variables.len());
        self.env.variables.push(EnvVariable { name: name.value.clone(), ty, is_field: kind == Kind::Field, is_derive: kind == Kind::Derive, barred: None });
        self.program.variables.push(Variable { name: name.value.clone(), domain, by_value: false });
        self.faulting.push(false);
    }

    fn field_type(&mut self, field: &FieldDef) -> (Type, Domain) {
        let bound = |value: &Option<Spanned<f64>>, default: f64| value.as_ref().map_or(default, |value| value.value);
        match field.ty {
            FieldType::String => (Type::String, Domain::Text),
            FieldType::Bool => (Type::Bool, Domain::Finite(vec![Value::Bool(false), Value::Bool(true)])),
            FieldType::Int => {
                let low = bound(&field.min, -(SAFE_INTEGER as f64)).ceil() as i64;
                let high = bound(&field.max, SAFE_INTEGER as f64).floor() as i64;
                (Type::Int, Domain::Int(low.min(high), high))
            }
            FieldType::Double => {
                let low = bound(&field.min, f64::MIN);
                let high = bound(&field.max, f64::MAX);
                (Type::Double, Domain::Double(low.min(high), high))
            }
            FieldType::Enum => {
                let values: Vec<String> = field.values.iter().map(|value| value.value.clone()).collect();
                let domain = Domain::Finite(values.iter().map(|value| Value::String(value.as_str().into())).collect());
                (Type::Enum(Arc::new(EnumType { name: format!("field `{}`", field.name.value), values })), domain)
            }
        }
    }

    fn lists(&mut self) {
        let document = self.document;
        for list in &document.lists {
            let (columns, made) = self.list(list);
            self.env.lists.push(EnvList { name: list.name.value.clone(), columns });
            self.program.lists.push(made);
        }
        self.texts = Texts::new(&self.program);
    }

    /// The variable of a name that must be a field.
    pub fn field_named(&mut self, name: &Spanned<String>, what: &str) -> Option<u16> {
        match self.index.get(&name.value) {
            Some(&at) if at < self.program.fields.len() => Some(at as u16),
            _ => {
                let fields: Vec<&str> = self.document.fields.iter().map(|field| field.name.value.as_str()).collect();
                let found = unknown("unknown-field", name, &format!("{what} names `{}`, which is not a field", name.value), &fields);
                self.error(found);
                None
            }
        }
    }
}

/// The type of a table's output.
pub fn output_type(output: &OutputDef) -> Type {
    match output.ty {
        FieldType::String => Type::String,
        FieldType::Int => Type::Int,
        FieldType::Double => Type::Double,
        FieldType::Bool => Type::Bool,
        FieldType::Enum => Type::Enum(Arc::new(EnumType {
            name: format!("output `{}`", output.name.value),
            values: output.values.iter().map(|value| value.value.clone()).collect(),
        })),
    }
}

/// An unknown name, with the nearest known one suggested.
pub fn unknown(code: &'static str, name: &Spanned<String>, message: &str, known: &[&str]) -> Diagnostic {
    let found = Diagnostic::error(code, name.span, message);
    match crate::report::suggest(&name.value, known.iter().copied()) {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None if known.is_empty() => found,
        None => found.help(format!("known here: {}", listed(known))),
    }
}

/// Names in backticks, the first dozen.
pub fn listed(names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().take(12).map(|name| format!("`{name}`")).collect();
    let more = if names.len() > 12 { format!(" and {} more", names.len() - 12) } else { String::new() };
    shown.join(", ") + &more
}

/// Reports ids that stand twice.
pub fn duplicates<'n>(report: &mut Vec<Diagnostic>, what: &str, names: impl Iterator<Item = &'n Spanned<String>>) {
    let mut seen: std::collections::HashMap<&str, Span> = std::collections::HashMap::new();
    for name in names {
        if let Some(first) = seen.get(name.value.as_str()) {
            let found = Diagnostic::error("duplicate-name", name.span, format!("the {what} `{}` stands twice", name.value));
            report.push(found.related(*first, "first used here"));
        } else {
            seen.insert(&name.value, name.span);
        }
    }
}
