//! Expressions built by hand, for the tests of the machine.

use super::{Fault, Inputs, Outcome, Reading, evaluate};
use crate::engine::text::Texts;
use crate::program::{Dictionary, Fold, Function, List, ListBody, Lookup, Node, NodeId, Normalizer, Program, Truth, Value, VariableId};

/// A program under construction.
#[derive(Default)]
pub(super) struct Build(pub(super) Program);

/// Variables by index; what is not there is absent.
pub(super) struct Given(pub(super) Vec<Reading>);

impl Inputs for Given {
    fn read(&self, variable: VariableId) -> Reading {
        self.0.get(usize::from(variable)).cloned().unwrap_or(Reading::Absent)
    }
}

impl Build {
    /// With the lists `free` (0), `titles` (1, contains) and `countries` (2, exact).
    pub(super) fn with_lists() -> Self {
        let mut build = Self::default();
        let texts = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
        build.0.expressions.constants = vec!["sales".into_value(), 3.into_value()];
        build.0.lists = vec![
            List { name: "free".into(), normalize: vec![Normalizer::Lowercase], body: ListBody::Set(texts(&["gmail.com", "qq.com"])) },
            List {
                name: "titles".into(),
                normalize: vec![],
                body: ListBody::Dictionary(Dictionary {
                    lookup: Lookup::Longest,
                    except: texts(&["助理"]),
                    keys: texts(&["经理", "总经理"]),
                    entry_class: vec![0, 1],
                    classes: vec![vec![Some(0), None], vec![Some(0), Some(1)]],
                }),
            },
            List {
                name: "countries".into(),
                normalize: vec![],
                body: ListBody::Dictionary(Dictionary {
                    lookup: Lookup::Exact,
                    except: vec![],
                    keys: texts(&["DE", "DE"]),
                    entry_class: vec![1, 0],
                    classes: vec![vec![Some(0)], vec![Some(1)]],
                }),
            },
        ];
        build
    }

    pub(super) fn node(&mut self, node: Node) -> NodeId {
        self.0.expressions.nodes.push(node);
        NodeId::try_from(self.0.expressions.nodes.len() - 1).unwrap()
    }

    pub(super) fn name(&mut self, name: &str) -> u32 {
        self.0.expressions.constants.push(name.into_value());
        u32::try_from(self.0.expressions.constants.len() - 1).unwrap()
    }

    pub(super) fn value(&mut self, value: impl IntoValue) -> NodeId {
        self.0.expressions.constants.push(value.into_value());
        let index = u32::try_from(self.0.expressions.constants.len() - 1).unwrap();
        self.node(Node::Const(index))
    }

    pub(super) fn call(&mut self, function: Function, operands: &[NodeId]) -> NodeId {
        self.node(Node::Call(function, operands.into()))
    }

    /// A node with the given truth.
    pub(super) fn truth(&mut self, truth: Truth) -> NodeId {
        match truth {
            Truth::True => self.value(true),
            Truth::False => self.value(false),
            // Nothing is given for the last variable.
            Truth::Unknown => self.node(Node::Variable(VariableId::MAX)),
            Truth::Fault => {
                let (one, zero) = (self.value(1), self.value(0));
                self.call(Function::Divide, &[one, zero])
            }
        }
    }

    pub(super) fn fold(&mut self, fold: Fold, range: NodeId, predicate: NodeId) -> NodeId {
        self.node(Node::Fold(fold, range, Some(predicate), None))
    }

    pub(super) fn run(&self, root: NodeId, inputs: &[Reading]) -> Outcome {
        evaluate(&self.0, &Texts::new(&self.0), root, &Given(inputs.to_vec()))
    }
}

/// The result of a function on constants.
pub(super) fn apply(function: Function, args: &[Value]) -> Result<Value, Option<Fault>> {
    let mut build = Build::default();
    let operands: Vec<NodeId> = args.iter().map(|arg| build.value(arg.clone())).collect();
    let root = build.call(function, &operands);
    match build.run(root, &[]) {
        Outcome::Value(value) => Ok(value),
        Outcome::Unknown => Err(None),
        Outcome::Fault(fault, node) => {
            assert_eq!(node, root);
            Err(Some(fault))
        }
    }
}

/// What tests write as values.
pub(super) trait IntoValue {
    fn into_value(self) -> Value;
}

impl IntoValue for Value {
    fn into_value(self) -> Value {
        self
    }
}
impl IntoValue for i64 {
    fn into_value(self) -> Value {
        Value::Int(self)
    }
}
impl IntoValue for i32 {
    fn into_value(self) -> Value {
        Value::Int(self.into())
    }
}
impl IntoValue for u64 {
    fn into_value(self) -> Value {
        Value::Uint(self)
    }
}
impl IntoValue for f64 {
    fn into_value(self) -> Value {
        Value::Double(self)
    }
}
impl IntoValue for bool {
    fn into_value(self) -> Value {
        Value::Bool(self)
    }
}
impl IntoValue for &str {
    fn into_value(self) -> Value {
        Value::String(self.into())
    }
}
impl<T: IntoValue> IntoValue for Vec<T> {
    fn into_value(self) -> Value {
        Value::List(self.into_iter().map(IntoValue::into_value).collect())
    }
}

/// A value, as a test writes it.
pub(super) fn val(value: impl IntoValue) -> Value {
    value.into_value()
}

/// A map of values.
pub(super) fn map(entries: &[(Value, Value)]) -> Value {
    Value::Map(entries.into())
}
