//! Evaluation on values: the four truths over nodes.

use super::compare;
use super::function::{Halt, apply};
use super::work::{DEPTH_LIMIT, Work};
use super::{Fault, Inputs, Outcome, Reading};
use crate::engine::text::Texts;
use crate::program::{Fold, Function, ListBody, ListId, Node, NodeId, Program, StateTest, Value, VariableId};

/// Evaluates node `root` of the program's expressions. `texts` was made from the same program.
pub fn evaluate(program: &Program, texts: &Texts, root: NodeId, inputs: &dyn Inputs) -> Outcome {
    let mut evaluation = Evaluation { program, texts, inputs, work: Work::new(), stack: Vec::new(), locals: Vec::new(), #[cfg(feature = "full")] bound_stops: Vec::new(), depth: 0 };
    match evaluation.node(root) {
        Ok(value) => Outcome::Value(value),
        Err(Stop::Unknown) => Outcome::Unknown,
        Err(Stop::Fault(fault, node)) => Outcome::Fault(fault, node),
    }
}

/// Why a node gives no value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stop {
    Unknown,
    Fault(Fault, NodeId),
}

pub(super) struct Evaluation<'a> {
    program: &'a Program,
    texts: &'a Texts,
    inputs: &'a dyn Inputs,
    pub(super) work: Work,
    /// Values of the operands of the nodes that are being evaluated.
    stack: Vec<Value>,
    /// What the comprehensions around the current node have bound, outermost first.
    pub(super) locals: Vec<Value>,
    /// Which of them were bound to what has no value, and why it has none.
    #[cfg(feature = "full")]
    pub(super) bound_stops: Vec<(usize, Stop)>,
    depth: u32,
}

impl Evaluation<'_> {
    pub(super) fn node(&mut self, id: NodeId) -> Result<Value, Stop> {
        let Some(node) = self.program.expressions.nodes.get(id as usize) else { return Err(Stop::Fault(Fault::Malformed, id)) };
        self.work.spend(1).map_err(at(id))?;
        if self.depth >= DEPTH_LIMIT {
            return Err(Stop::Fault(Fault::Fuel, id));
        }
        self.depth += 1;
        let base = self.stack.len();
        let result = self.visit(id, node, base);
        self.stack.truncate(base);
        self.depth -= 1;
        result
    }

    fn visit(&mut self, id: NodeId, node: &Node, base: usize) -> Result<Value, Stop> {
        match node {
            Node::Const(index) => self.constant(*index, id),
            Node::Variable(variable) => match self.inputs.read(*variable) {
                Reading::Value(value) => Ok(value),
                Reading::Absent | Reading::Declined | Reading::Masked => Err(Stop::Unknown),
                Reading::Fault => Err(Stop::Fault(Fault::Inherited, id)),
            },
            #[cfg(feature = "full")]
            Node::Local(level) if self.bound_stop(*level).is_some() => self.bound_stop(*level).map_or(Err(Stop::Unknown), Err),
            Node::Local(level) => self.locals.get(usize::from(*level)).cloned().ok_or(Stop::Fault(Fault::Malformed, id)),
            Node::Call(function, operands) => {
                self.strict(operands.iter().copied())?;
                self.call(*function, base).map_err(halted(id))
            }
            Node::Not(operand) => self.bool(*operand).map(|holds| Value::Bool(!holds)),
            Node::And(operands) => self.decide(operands, false),
            Node::Or(operands) => self.decide(operands, true),
            Node::If(test, then, otherwise) => {
                let branch = if self.bool(*test)? { then } else { otherwise };
                self.node(*branch)
            }
            Node::List(elements) => {
                self.strict(elements.iter().copied())?;
                Ok(Value::List(self.stack.drain(base..).collect()))
            }
            Node::Map(entries) => {
                self.strict(entries.iter().flat_map(|&(key, value)| [key, value]))?;
                map(self.stack.get(base..).unwrap_or_default(), &mut self.work).map_err(at(id))
            }
            Node::Member(operand, name) => {
                let map = self.node(*operand)?;
                let name = self.constant(*name, id)?;
                member(&map, &name, false, &mut self.work).map_err(at(id))
            }
            Node::Has(operand, name) => {
                let map = self.node(*operand)?;
                let name = self.constant(*name, id)?;
                member(&map, &name, true, &mut self.work).map_err(at(id))
            }
            Node::InList(operand, list) => {
                let value = self.node(*operand)?;
                in_list(self.program, self.texts, *list, &value, &mut self.work).map_err(at(id))
            }
            Node::Lookup(list, operand, column) => {
                let value = self.node(*operand)?;
                lookup(self.program, self.texts, *list, &value, *column, &mut self.work).map_err(halted(id))
            }
            Node::State(test, variable) => self.state(*test, *variable).map_err(at(id)),
            Node::Fold(fold, range, predicate, result) => self.fold(id, *fold, *range, *predicate, *result),
            #[cfg(feature = "full")]
            Node::Form(form, parts) => self.form(id, *form, parts, base),
        }
    }

    /// Evaluates operands onto the stack: a fault stops, an unknown only once it is clear that no other operand faults.
    pub(super) fn strict(&mut self, operands: impl Iterator<Item = NodeId>) -> Result<(), Stop> {
        let mut unknown = false;
        for operand in operands {
            match self.node(operand) {
                Ok(value) => self.stack.push(value),
                Err(Stop::Unknown) => unknown = true,
                Err(fault) => return Err(fault),
            }
        }
        if unknown { Err(Stop::Unknown) } else { Ok(()) }
    }

    /// The values of the current node's operands.
    #[cfg(feature = "full")]
    pub(super) fn operands(&self, base: usize) -> &[Value] {
        self.stack.get(base..).unwrap_or_default()
    }

    fn call(&mut self, function: Function, base: usize) -> Result<Value, Halt> {
        apply(function, self.stack.get(base..).unwrap_or_default(), &mut self.work)
    }

    fn constant(&self, index: u32, id: NodeId) -> Result<Value, Stop> {
        self.program.expressions.constants.get(index as usize).cloned().ok_or(Stop::Fault(Fault::Malformed, id))
    }

    fn bool(&mut self, operand: NodeId) -> Result<bool, Stop> {
        match self.node(operand)? {
            Value::Bool(holds) => Ok(holds),
            _ => Err(Stop::Fault(Fault::NoOverload, operand)),
        }
    }

    /// `&&` and `||`: the deciding value in any operand decides.
    fn decide(&mut self, operands: &[NodeId], deciding: bool) -> Result<Value, Stop> {
        let mut doubt = Doubt(None);
        for &operand in operands {
            let holds = self.bool(operand);
            if doubt.decides(holds, deciding)? {
                return Ok(Value::Bool(deciding));
            }
        }
        doubt.settle(Value::Bool(!deciding))
    }

    fn state(&self, test: StateTest, variable: VariableId) -> Result<Value, Fault> {
        let holds = match self.inputs.read(variable) {
            Reading::Value(_) => test == StateTest::Known,
            Reading::Absent => test == StateTest::Unanswered,
            Reading::Declined => test == StateTest::Declined,
            Reading::Masked => test == StateTest::Masked,
            Reading::Fault => return Err(Fault::Inherited),
        };
        Ok(Value::Bool(holds))
    }

    fn fold(&mut self, id: NodeId, fold: Fold, range: NodeId, predicate: Option<NodeId>, result: Option<NodeId>) -> Result<Value, Stop> {
        let elements: Box<[Value]> = match self.node(range)? {
            Value::List(elements) => elements.iter().cloned().collect(),
            Value::Map(entries) => entries.iter().map(|(key, _)| key.clone()).collect(),
            _ => return Err(Stop::Fault(Fault::NoOverload, range)),
        };
        let mut doubt = Doubt(None);
        let (mut kept, mut count) = (Vec::new(), 0);
        for element in elements {
            self.work.spend(1).map_err(at(id))?;
            self.locals.push(element.clone());
            let holds = predicate.map_or(Ok(true), |predicate| self.bool(predicate));
            let made = match (fold, holds, result) {
                (Fold::Map, Ok(true), Some(result)) => self.node(result),
                (Fold::Map, Ok(true), None) => Err(Stop::Fault(Fault::Malformed, id)),
                _ => Ok(element),
            };
            self.locals.pop();
            match fold {
                Fold::All | Fold::Exists => {
                    if doubt.decides(holds, fold == Fold::Exists)? {
                        return Ok(Value::Bool(fold == Fold::Exists));
                    }
                }
                Fold::ExistsOne | Fold::Filter | Fold::Map => {
                    if doubt.decides(holds, true)? {
                        match made {
                            Ok(value) if fold != Fold::ExistsOne => kept.push(value),
                            Ok(_) => count += 1,
                            Err(stop) => doubt.note(stop)?,
                        }
                    }
                    // Strict: a fault decides at once, an unknown waits for faults that may follow.
                    if let Some(Stop::Fault(..)) = doubt.0 {
                        break;
                    }
                }
            }
        }
        doubt.settle(match fold {
            Fold::All => Value::Bool(true),
            Fold::Exists => Value::Bool(false),
            Fold::ExistsOne => Value::Bool(count == 1),
            Fold::Filter | Fold::Map => Value::List(kept.into()),
        })
    }
}

/// What stood against a value so far: the first fault, or else that something was unknown.
pub(super) struct Doubt(pub(super) Option<Stop>);

impl Doubt {
    /// Whether an operand has the deciding truth; what it has instead of a truth is noted.
    pub(super) fn decides(&mut self, holds: Result<bool, Stop>, deciding: bool) -> Result<bool, Stop> {
        match holds {
            Ok(holds) => Ok(holds == deciding),
            Err(stop) => self.note(stop).map(|()| false),
        }
    }

    /// Notes a stop; spent work is the end of everything.
    pub(super) fn note(&mut self, stop: Stop) -> Result<(), Stop> {
        match (stop, self.0) {
            (Stop::Fault(Fault::Fuel, _), _) => return Err(stop),
            (Stop::Fault(..), None | Some(Stop::Unknown)) | (Stop::Unknown, None) => self.0 = Some(stop),
            _ => {}
        }
        Ok(())
    }

    pub(super) fn settle(self, value: Value) -> Result<Value, Stop> {
        self.0.map_or(Ok(value), Err)
    }
}

/// A map of keys and values in turn.
pub(super) fn map(pairs: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let mut entries: Vec<(Value, Value)> = Vec::with_capacity(pairs.len() / 2);
    for pair in pairs.chunks_exact(2) {
        let [key, value] = pair else { continue };
        if !compare::is_key(key) || compare::entry(&entries, key, work)?.is_some() {
            return Err(Fault::Argument);
        }
        entries.push((key.clone(), value.clone()));
    }
    Ok(Value::Map(entries.into()))
}

/// A map's member, or whether it has it.
pub(super) fn member(map: &Value, name: &Value, has: bool, work: &mut Work) -> Result<Value, Fault> {
    let entries = match map {
        Value::Map(entries) => entries,
        #[cfg(feature = "full")]
        Value::Optional(held) => return super::library::member(held, name, has, work),
        _ => return Err(Fault::NoOverload),
    };
    let found = compare::entry(entries, name, work)?;
    if has { Ok(Value::Bool(found.is_some())) } else { found.cloned().ok_or(Fault::NoSuchKey) }
}

/// `value in lists.x`
pub(super) fn in_list(program: &Program, texts: &Texts, list: ListId, value: &Value, work: &mut Work) -> Result<Value, Fault> {
    let Value::String(text) = value else { return Ok(Value::Bool(false)) };
    work.spend_bytes(text.len())?;
    Ok(Value::Bool(texts.find(program, list, text).is_some()))
}

/// `lookup(list, value).column`; column 0 is the key.
pub(super) fn lookup(program: &Program, texts: &Texts, list: ListId, value: &Value, column: u8, work: &mut Work) -> Result<Value, Halt> {
    let Value::String(text) = value else { return Err(Fault::NoOverload.into()) };
    work.spend_bytes(text.len())?;
    let body = &program.lists.get(usize::from(list)).ok_or(Fault::Malformed)?.body;
    let entry = texts.find(program, list, text).ok_or(Halt::Unknown)?;
    match (body, usize::from(column).checked_sub(1)) {
        (ListBody::Set(keys), None) => keys.get(entry).map(|key| Value::String(key.as_str().into())).ok_or(Fault::Malformed.into()),
        (ListBody::Set(_), Some(_)) => Err(Fault::Malformed.into()),
        (ListBody::Dictionary(dictionary), None) => dictionary.keys.get(entry).map(|key| Value::String(key.as_str().into())).ok_or(Fault::Malformed.into()),
        (ListBody::Dictionary(dictionary), Some(column)) => {
            let class = dictionary.entry_class.get(entry).ok_or(Fault::Malformed)?;
            let row = dictionary.classes.get(usize::from(*class)).ok_or(Fault::Malformed)?;
            let constant = row.get(column).ok_or(Fault::Malformed)?.ok_or(Halt::Unknown)?;
            program.expressions.constants.get(constant as usize).cloned().ok_or(Fault::Malformed.into())
        }
    }
}

pub(super) fn at(id: NodeId) -> impl Fn(Fault) -> Stop {
    move |fault| Stop::Fault(fault, id)
}

fn halted(id: NodeId) -> impl Fn(Halt) -> Stop {
    move |halt| match halt {
        Halt::Unknown => Stop::Unknown,
        Halt::Fault(fault) => Stop::Fault(fault, id),
    }
}

#[cfg(test)]
mod tests;
