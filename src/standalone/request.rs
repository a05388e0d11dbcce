//! A line of JSON to what it asks for.

use serde_json::{Map, Value as Json};

use super::{Env, EnvVariable, Failure, Phase, Value, typed, types};
use crate::cel::{Declared, Language, Overload, Type};
use crate::report::{Sources, Span};

/// What a line asks for.
#[derive(Debug)]
pub(super) struct Request {
    pub expr: String,
    pub env: Env,
    /// By the variable's index in the environment.
    pub bindings: Vec<Binding>,
    pub check_only: bool,
    /// The expression as a source, for places.
    sources: Sources,
    pub file: u16,
}

/// What a variable is bound to.
#[derive(Debug)]
pub(super) enum Binding {
    /// A value.
    Value(Value),
    /// It may still have any value of its type.
    Open,
    /// It was declared, and that is all.
    None,
}

fn wrong(text: impl Into<String>) -> Failure {
    Failure::new(Phase::Parse, text)
}

impl Request {
    pub(super) fn read(json: &Json) -> Result<Self, Failure> {
        let fields = json.as_object().ok_or_else(|| wrong("the line is not an object"))?;
        let expr = fields.get("expr").and_then(Json::as_str).ok_or_else(|| wrong("`expr` is missing, or is no text"))?;
        let flag = |name: &str| match fields.get(name) {
            None | Some(Json::Null) => Ok(false),
            Some(Json::Bool(set)) => Ok(*set),
            Some(_) => Err(wrong(format!("`{name}` is neither true nor false"))),
        };
        let container = match fields.get("container") {
            None | Some(Json::Null) => "",
            Some(container) => container.as_str().ok_or_else(|| wrong("`container` is no text"))?,
        };
        let language = Language { container: container.to_owned(), functions: Vec::new(), checks: !flag("disable_check")? };
        let mut sources = Sources::default();
        let mut request = Self {
            file: sources.add("", expr),
            sources,
            expr: expr.to_owned(),
            env: Env { language: Some(language), ..Env::default() },
            bindings: Vec::new(),
            check_only: flag("check_only")?,
        };
        match fields.get("type_env") {
            None | Some(Json::Null) => {}
            Some(Json::Array(declarations)) => declarations.iter().try_for_each(|declaration| request.declare(declaration))?,
            Some(Json::Object(declared)) => {
                for (name, ty) in declared {
                    request.variable(name, types::read(ty)?);
                }
            }
            Some(_) => return Err(wrong("`type_env` is neither a list of declarations nor an object of types by name")),
        }
        match fields.get("bindings") {
            None | Some(Json::Null) => {}
            Some(Json::Object(bindings)) => request.bind(bindings)?,
            Some(_) => return Err(wrong("`bindings` is not an object of values by name")),
        }
        Ok(request)
    }

    /// What is said of a place in the expression, with its line and column.
    pub(super) fn placed(&self, span: Span, said: &str) -> String {
        let (line, column) = self.sources.line_column(span.file, span.start);
        format!("{line}:{column}: {said}")
    }

    /// A variable is open.
    pub(super) fn is_open(&self) -> bool {
        self.bindings.iter().any(|binding| matches!(binding, Binding::Open))
    }

    fn variable(&mut self, name: &str, ty: Type) -> usize {
        self.env.variables.push(EnvVariable { name: name.to_owned(), ty, is_field: false, is_derive: false, barred: None });
        self.bindings.push(Binding::None);
        self.bindings.len() - 1
    }

    fn declare(&mut self, declaration: &Json) -> Result<(), Failure> {
        let name = declaration.get("name").and_then(Json::as_str).ok_or_else(|| wrong("a declaration of `type_env` has no `name`"))?;
        if let Some(ty) = declaration.get("ident").and_then(|ident| ident.get("type")) {
            let ty = types::read(ty)?;
            self.variable(name, ty);
            return Ok(());
        }
        let overloads = declaration.get("function").and_then(|function| function.get("overloads")).and_then(Json::as_array);
        let overloads = overloads.ok_or_else(|| wrong(format!("`{name}` is declared neither as an `ident` with a `type` nor as a `function` with `overloads`")))?;
        let overloads = overloads.iter().map(overload).collect::<Result<_, _>>()?;
        if let Some(language) = &mut self.env.language {
            language.functions.push(Declared { name: name.to_owned(), overloads });
        }
        Ok(())
    }

    fn bind(&mut self, bindings: &Map<String, Json>) -> Result<(), Failure> {
        for (name, bound) in bindings {
            let binding = match bound.get("unknown") {
                Some(Json::Bool(true)) => Binding::Open,
                // The suite wraps values once more.
                _ => Binding::Value(typed::read(bound.get("value").unwrap_or(bound)).map_err(|error| wrong(format!("`{name}`: {}", error.text)))?),
            };
            let known = self.env.variables.iter().position(|variable| variable.name == *name);
            let index = known.unwrap_or_else(|| self.variable(name, Type::Dyn));
            if let Some(place) = self.bindings.get_mut(index) {
                *place = binding;
            }
        }
        Ok(())
    }
}

fn overload(json: &Json) -> Result<Overload, Failure> {
    let params = json.get("params").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    Ok(Overload {
        method: json.get("isInstanceFunction").and_then(Json::as_bool).unwrap_or(false),
        params: params.iter().map(types::read).collect::<Result<_, _>>()?,
        result: types::read(json.get("resultType").ok_or_else(|| wrong("an overload has no `resultType`"))?)?,
    })
}
