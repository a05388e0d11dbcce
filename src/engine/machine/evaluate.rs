//! Evaluation of nodes, on what is known and on what is only partly known alike.
//!
//! A node comes to a *set* of outcomes. Its values are listed one by one on a stack or, where they are too many, have a shape. Where every variable
//! has one state each set is of one outcome, and this is evaluation as the page on the four truths defines it; where variables are open, operations
//! on sets give all that they may give on any elements of these. What has one state everywhere `full` evaluates without sets (`known.rs`).

use super::function::{self, Halt};
use super::lift::{self, Lifted};
use super::possible::{PossibleReading, Shape, UNBOUNDED, admit, describe, push_bools, state};
use super::work::{DEPTH_LIMIT, Work};
use super::{Fault, Inputs, Kinds, Outcome, PartialInputs, Reading, lists, strings};
use crate::engine::text::Texts;
use crate::engine::truths::Truths;
#[cfg(feature = "full")]
use crate::program::Form;
use crate::program::{Node, NodeId, Program, StateTest, Truth, Value, VariableId};

mod fold;
#[cfg(feature = "full")]
mod form;
#[cfg(feature = "full")]
mod known;

/// Choices of listed operands that are tried one by one.
const CHOICES: usize = 4096;

/// Evaluates node `root` of the program's expressions. `texts` was made from the same program.
pub fn evaluate(program: &Program, texts: &Texts, root: NodeId, inputs: &dyn Inputs) -> Outcome {
    let mut evaluation = Evaluation::new(program, texts, Source::Known(inputs));
    #[cfg(feature = "full")]
    let value = evaluation.value(root);
    #[cfg(not(feature = "full"))]
    let value = {
        let found = evaluation.node(root);
        evaluation.stack.pop().ok_or(found.fault)
    };
    match (evaluation.stopped, value) {
        (Some(node), _) => Outcome::Fault(Fault::Fuel, node),
        (None, Ok(value)) => Outcome::Value(value),
        (None, Err(Some((fault, node)))) => Outcome::Fault(fault, node),
        (None, Err(None)) => Outcome::Unknown,
    }
}

/// Where variables come from.
pub(super) enum Source<'a> {
    /// Each has one state.
    Known(&'a dyn Inputs),
    /// Each may have several; what was read so far.
    Open(&'a dyn PartialInputs, Vec<Open>),
}

/// A variable that was read.
pub(super) struct Open {
    variable: VariableId,
    pub(super) reading: PossibleReading,
    /// The one of its cases that counts, where not all do.
    pub(super) case: Option<usize>,
}

/// What a node may come to, beside the values that it left on the stack.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// The values that are not listed.
    pub(super) shape: Shape,
    pub(super) unknown: bool,
    /// It may fault; of several reasons the first.
    pub(super) fault: Option<(Fault, NodeId)>,
}

impl Found {
    pub(super) const NOTHING: Self = Self { shape: Shape::NONE, unknown: false, fault: None };
}

/// What a condition may be, and why it may be a fault.
#[derive(Debug, Clone, Copy)]
struct Condition {
    truths: Truths,
    fault: Option<(Fault, NodeId)>,
}

impl Condition {
    /// What stands before the first operand of `&&` (deciding: false) or `||` (deciding: true).
    fn start(deciding: bool) -> Self {
        Self { truths: Truths::of(Truth::of(!deciding)), fault: None }
    }

    fn has(self, truth: Truth) -> bool {
        self.truths.has(truth)
    }

    fn is_decided(self, deciding: bool) -> bool {
        self.truths == Truths::of(Truth::of(deciding))
    }

    fn connect(self, other: Self, deciding: bool) -> Self {
        Self { truths: self.truths.connect(other.truths, deciding), fault: self.fault.or(other.fault) }
    }
}

/// Operands of which each must have a value: a fault of one is the whole's, and what is unknown makes it so unless another faults.
struct Strict {
    /// Whether each may have a value.
    values: bool,
    /// Whether each may be without fault.
    sound: bool,
    unknown: bool,
    fault: Option<(Fault, NodeId)>,
}

impl Strict {
    const NEW: Self = Self { values: true, sound: true, unknown: false, fault: None };

    fn note(&mut self, value: bool, unknown: bool, fault: Option<(Fault, NodeId)>) {
        self.values &= value;
        self.sound &= value || unknown;
        self.unknown |= unknown;
        self.fault = self.fault.or(fault);
    }

    /// What it comes to with values that are found.
    fn with(&self, found: &mut Found) {
        found.unknown |= self.unknown && self.sound;
        found.fault = self.fault.or(found.fault);
    }
}

/// The values of an operand: so many from a place on the stack on, or a shape.
struct Operand {
    start: usize,
    count: usize,
    shape: Shape,
}

/// One evaluation.
pub(super) struct Evaluation<'a> {
    program: &'a Program,
    texts: &'a Texts,
    pub(super) source: Source<'a>,
    pub(super) work: Work,
    /// What functions may cost at most whose arguments are not listed.
    pub(super) estimate: u64,
    /// Where work ran out, or nodes nest too deeply: then nothing that was found counts.
    pub(super) stopped: Option<NodeId>,
    pub(super) stack: Vec<Value>,
    operands: Vec<Operand>,
    /// What the comprehensions around the current node have bound, outermost first; none: anything.
    locals: Vec<Option<Value>>,
    /// Which of them were bound to something else than one value.
    #[cfg(feature = "full")]
    bound: Vec<form::Bound>,
    depth: u32,
}

impl<'a> Evaluation<'a> {
    #[inline(never)]
    pub(super) fn new(program: &'a Program, texts: &'a Texts, source: Source<'a>) -> Self {
        Self { program, texts, source, work: Work::new(), estimate: 0, stopped: None, stack: Vec::new(), operands: Vec::new(), locals: Vec::new(), #[cfg(feature = "full")] bound: Vec::new(), depth: 0 }
    }

    /// Evaluates a node. Its values are left on the stack.
    pub(super) fn node(&mut self, id: NodeId) -> Found {
        if self.stopped.is_some() {
            return Found::NOTHING;
        }
        let node = self.program.expressions.nodes.get(id as usize);
        if self.work.spend(1).is_err() || self.depth >= DEPTH_LIMIT {
            return self.fail(Fault::Fuel, id);
        }
        let Some(node) = node else { return self.fail(Fault::Malformed, id) };
        self.depth += 1;
        let found = self.visit_either(id, node);
        self.depth -= 1;
        found
    }

    /// What has one outcome is not evaluated as a set of them. A page saves the second way.
    #[cfg(feature = "full")]
    fn visit_either(&mut self, id: NodeId, node: &Node) -> Found {
        if matches!(self.source, Source::Open(..)) {
            return self.visit(id, node);
        }
        let known = self.known(id, node);
        self.found(known)
    }

    #[cfg(not(feature = "full"))]
    fn visit_either(&mut self, id: NodeId, node: &Node) -> Found {
        self.visit(id, node)
    }

    /// Spent work is the end of everything.
    #[inline(never)]
    fn fail(&mut self, fault: Fault, id: NodeId) -> Found {
        if fault == Fault::Fuel {
            self.stopped = self.stopped.or(Some(id));
        }
        Found { fault: Some((fault, id)), ..Found::NOTHING }
    }

    fn visit(&mut self, id: NodeId, node: &Node) -> Found {
        match node {
            Node::Const(index) => match self.program.expressions.constants.get(*index as usize) {
                Some(value) => self.push(value.clone()),
                None => self.fail(Fault::Malformed, id),
            },
            Node::Variable(variable) => {
                let (shape, states) = self.read(*variable);
                Found { shape, unknown: states & !state::FAULT != 0, fault: (states & state::FAULT != 0).then_some((Fault::Inherited, id)) }
            }
            #[cfg(feature = "full")]
            Node::Form(form, parts) if *form != Form::Missing => self.form(id, *form, parts),
            #[cfg(feature = "full")]
            Node::Local(level) if self.is_bound(*level) => self.bound_local(*level),
            Node::Local(level) => match self.locals.get(usize::from(*level)).cloned() {
                Some(Some(value)) => self.push(value),
                Some(None) => Found { shape: Shape::all(Kinds::ALL, UNBOUNDED), ..Found::NOTHING },
                None => self.fail(Fault::Malformed, id),
            },
            Node::Not(operand) => {
                let Condition { truths, fault } = self.truths(*operand);
                self.push_truths(Condition { truths: truths.not(), fault })
            }
            Node::And(operands) => self.decide(operands, false),
            Node::Or(operands) => self.decide(operands, true),
            Node::If(test, then, otherwise) => self.choose(*test, *then, *otherwise),
            Node::State(test, variable) => self.state(id, *test, *variable),
            Node::Fold(fold, range, predicate, result) => self.fold(id, *fold, *range, *predicate, *result),
            _ => self.strict(id, node),
        }
    }

    fn push(&mut self, value: Value) -> Found {
        self.stack.push(value);
        Found::NOTHING
    }

    /// The states of a variable, and its values.
    fn read(&mut self, variable: VariableId) -> (Shape, u8) {
        let (inputs, readings) = match &mut self.source {
            Source::Known(inputs) => {
                let state = match inputs.read(variable) {
                    Reading::Value(value) => {
                        self.stack.push(value);
                        0
                    }
                    Reading::Absent => state::ABSENT,
                    Reading::Declined => state::DECLINED,
                    Reading::Masked => state::MASKED,
                    Reading::Fault => state::FAULT,
                };
                return (Shape::NONE, state);
            }
            Source::Open(inputs, readings) => (inputs, readings),
        };
        let at = readings.iter().take_while(|open| open.variable != variable).count();
        if at == readings.len() {
            readings.push(Open { variable, reading: inputs.read(variable), case: None });
        }
        readings.get(at).map_or((Shape::NONE, 0), |open| open.reading.put(open.case, &mut self.stack))
    }

    fn state(&mut self, id: NodeId, test: StateTest, variable: VariableId) -> Found {
        let base = self.stack.len();
        let (shape, states) = self.read(variable);
        let known = !shape.is_none() || self.stack.len() > base;
        self.stack.truncate(base);
        let (holds, others) = match test {
            StateTest::Known => (known, states & !state::FAULT != 0),
            test => {
                let own = match test {
                    StateTest::Declined => state::DECLINED,
                    StateTest::Masked => state::MASKED,
                    _ => state::ABSENT,
                };
                (states & own != 0, known || states & !(own | state::FAULT) != 0)
            }
        };
        let fault = states & state::FAULT != 0;
        let truths = Truths::NONE.with(Truth::True, holds).with(Truth::False, others).with(Truth::Fault, fault);
        self.push_truths(Condition { truths, fault: fault.then_some((Fault::Inherited, id)) })
    }

    /// An operand as a condition: a value that is not a bool is a fault.
    fn truths(&mut self, operand: NodeId) -> Condition {
        let base = self.stack.len();
        let Found { shape, unknown, mut fault } = self.node(operand);
        let (mut truths, mut fits) = (shape.bools, shape.kinds.within(Kinds::BOOL));
        for value in self.stack.get(base..).unwrap_or_default() {
            match value {
                Value::Bool(holds) => truths = truths.with(Truth::of(*holds), true),
                _ => fits = false,
            }
        }
        self.stack.truncate(base);
        if !fits {
            fault = fault.or(Some((Fault::NoOverload, operand)));
        }
        Condition { truths: truths.with(Truth::Unknown, unknown).with(Truth::Fault, fault.is_some()), fault }
    }

    fn push_truths(&mut self, condition: Condition) -> Found {
        push_bools(condition.truths, &mut self.stack);
        Found { shape: Shape::NONE, unknown: condition.has(Truth::Unknown), fault: condition.fault.filter(|_| condition.has(Truth::Fault)) }
    }

    /// `&&` and `||`: the deciding value in any operand decides.
    fn decide(&mut self, operands: &[NodeId], deciding: bool) -> Found {
        let mut condition = Condition::start(deciding);
        for &operand in operands {
            condition = condition.connect(self.truths(operand), deciding);
            if condition.is_decided(deciding) {
                break;
            }
        }
        self.push_truths(condition)
    }

    fn choose(&mut self, test: NodeId, then: NodeId, otherwise: NodeId) -> Found {
        let test = self.truths(test);
        let base = self.stack.len();
        let mut found = Found { shape: Shape::NONE, unknown: test.has(Truth::Unknown), fault: test.fault };
        for (truth, branch) in [(Truth::True, then), (Truth::False, otherwise)] {
            if test.has(truth) {
                let middle = self.stack.len();
                let branch = self.node(branch);
                self.join(base, &mut found, middle, &branch);
            }
        }
        found
    }

    /// Adds to what is possible, whose values stand on the stack from `base` on, what else is, whose values follow from `middle` on.
    pub(super) fn join(&mut self, base: usize, found: &mut Found, middle: usize, other: &Found) {
        if !found.shape.is_none() || middle > base {
            for value in self.stack.split_off(middle) {
                admit(&mut self.stack, base, &mut found.shape, value);
            }
            if !other.shape.is_none() {
                describe(&mut self.stack, base, &mut found.shape);
            }
        }
        found.shape.add(&other.shape);
        found.unknown |= other.unknown;
        found.fault = found.fault.or(other.fault);
    }

    /// Everything that is a function of its operands' values.
    fn strict(&mut self, id: NodeId, node: &Node) -> Found {
        let (base, first) = (self.stack.len(), self.operands.len());
        let mut strict = Strict::NEW;
        node.operands(&mut |operand| {
            // Where one can only fault, the others make no difference.
            if strict.sound {
                let start = self.stack.len();
                let found = self.node(operand);
                let count = self.stack.len() - start;
                strict.note(count > 0 || !found.shape.is_none(), found.unknown, found.fault);
                self.operands.push(Operand { start, count, shape: found.shape });
            }
        });
        let mut found = if strict.values && self.stopped.is_none() { self.apply(id, node, base, first) } else { Found::NOTHING };
        if !strict.values {
            self.stack.truncate(base);
        }
        self.operands.truncate(first);
        strict.with(&mut found);
        found
    }

    /// Applies a node to its operands' values, which stand on the stack from `base` on: to every choice of them where all are listed, and otherwise
    /// to their shapes.
    fn apply(&mut self, id: NodeId, node: &Node, base: usize, first: usize) -> Found {
        let (mut choices, mut listed) = (1_usize, true);
        for operand in self.operands.get(first..).unwrap_or_default() {
            choices = choices.saturating_mul(operand.count);
            listed &= operand.shape.is_none();
        }
        if !listed || choices > CHOICES {
            return self.lift(id, node, base, first);
        }
        let top = self.stack.len();
        let mut found = Found::NOTHING;
        for mut choice in 0..choices {
            let mut from = base;
            if choices > 1 {
                from = self.stack.len();
                for operand in self.operands.get(first..).unwrap_or_default() {
                    if let Some(value) = self.stack.get(operand.start + choice % operand.count) {
                        self.stack.push(value.clone());
                    }
                    choice /= operand.count;
                }
            }
            let made = self.work.spend(usize::from(choices > 1)).map_err(Halt::Fault).and_then(|()| self.make(node, from));
            self.stack.truncate(from.max(top));
            match made {
                Ok(value) => admit(&mut self.stack, top, &mut found.shape, value),
                Err(Halt::Unknown) => found.unknown = true,
                Err(Halt::Fault(fault)) => found.fault = found.fault.or(self.fail(fault, id).fault),
            }
        }
        self.stack.drain(base..top);
        found
    }

    /// What a node makes of values, which stand on the stack from a place on.
    fn make(&mut self, node: &Node, from: usize) -> Result<Value, Halt> {
        let (program, work) = (self.program, &mut self.work);
        let name = |index: &u32| program.expressions.constants.get(*index as usize).ok_or(Fault::Malformed);
        match (node, self.stack.get(from..).unwrap_or_default()) {
            (Node::Call(function, _), args) => function::apply(*function, args, work),
            (Node::List(_), elements) => Ok(strings::list(elements)),
            (Node::Map(_), pairs) => Ok(function::map(pairs, work)?),
            (Node::Member(_, index) | Node::Has(_, index), [map]) => Ok(function::member(map, name(index)?, matches!(node, Node::Has(..)), work)?),
            (Node::InList(_, list), [value]) => {
                let Value::String(text) = value else { return Ok(Value::Bool(false)) };
                #[cfg(feature = "full")]
                if program.lists.get(usize::from(*list)).is_some_and(|list| list.body.is_missing()) {
                    return Err(Halt::Fault(Fault::Malformed));
                }
                work.spend_bytes(text.len())?;
                Ok(Value::Bool(self.texts.find(program, *list, text).is_some()))
            }
            (Node::Lookup(list, _, column), [value]) => {
                let Value::String(text) = value else { return Err(Halt::Fault(Fault::NoOverload)) };
                work.spend_bytes(text.len())?;
                let entry = self.texts.find(program, *list, text).ok_or(Halt::Unknown)?;
                lists::cell(program, *list, *column, lists::row(program, *list, *column, entry))
            }
            #[cfg(feature = "full")]
            (Node::Form(Form::Missing, _), _) => Err(Halt::Fault(Fault::NoOverload)),
            _ => Err(Halt::Fault(Fault::Malformed)),
        }
    }

    /// What a node may make of operands that are not all listed, or too many.
    fn lift(&mut self, id: NodeId, node: &Node, base: usize, first: usize) -> Found {
        let mut args = Vec::new();
        for operand in self.operands.get(first..).unwrap_or_default() {
            let mut shape = operand.shape;
            shape.add(&Shape::of(self.stack.get(operand.start..operand.start + operand.count).unwrap_or_default()));
            args.push(shape);
        }
        self.stack.truncate(base);
        let Lifted { shape, unknown, fault } = lift::lift(node, &args);
        self.estimate = self.estimate.saturating_add(lift::cost(node, &args, shape.weight));
        let mut found = Found { shape: Shape::NONE, unknown, fault: fault.then_some((Fault::NoOverload, id)) };
        if let (Node::Lookup(list, _, column), true) = (node, unknown) {
            // Everything that stands in the column.
            for row in 0..lists::rows(self.program, *list, *column) {
                match lists::cell(self.program, *list, *column, row) {
                    Ok(value) => admit(&mut self.stack, base, &mut found.shape, value),
                    Err(Halt::Unknown) => {}
                    Err(Halt::Fault(fault)) => found.fault = Some((fault, id)),
                }
            }
        } else {
            found.shape = shape.listed(&mut self.stack);
        }
        found
    }
}

#[cfg(test)]
mod tests;
