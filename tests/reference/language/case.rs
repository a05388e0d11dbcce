//! An expression with what its variables are: one random case, and the line that asks the runner about it.

use super::tree::Expr;
use super::types::Type;
use super::value::Value;
use serde_json::{Map, Value as Json, json};

#[derive(Debug, Clone)]
pub struct Case {
    pub expr: Expr,
    pub variables: Vec<Variable>,
    /// Whether the expression has a type; otherwise some parts of it are not what they should be.
    pub typed: bool,
}

#[derive(Debug, Clone)]
pub struct Variable {
    pub name: String,
    /// `dyn`: it is not declared.
    pub ty: Type,
    /// None: it is open.
    pub value: Option<Value>,
}

impl Case {
    /// The open variables that the expression names.
    pub fn open(&self) -> impl Iterator<Item = &Variable> {
        self.variables.iter().filter(|variable| variable.value.is_none() && self.expr.names(&variable.name))
    }

    /// As a line for the runner; variables that the expression does not name are left out.
    pub fn line(&self, id: &Json, checks: bool) -> String {
        let (mut bindings, mut declarations) = (Map::new(), Vec::new());
        for Variable { name, ty, value } in self.variables.iter().filter(|variable| self.expr.names(&variable.name)) {
            bindings.insert(name.clone(), value.as_ref().map_or_else(|| json!({ "unknown": true }), Value::to_json));
            if *ty != Type::Dyn {
                declarations.push(json!({ "name": name, "ident": { "type": ty.to_json() } }));
            }
        }
        let mut line = json!({ "id": id, "expr": self.expr.to_string(), "bindings": bindings, "type_env": declarations });
        if !checks {
            line["disable_check"] = Json::Bool(true);
        }
        line.to_string()
    }
}
