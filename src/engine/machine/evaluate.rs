//! Evaluation of nodes, on what is known and on what is only partly known alike.
//!
//! A node comes to a *set* of outcomes. Its values are listed one by one on a stack or, where they are too many, have a shape. Where every variable
//! has one state each set is of one outcome, and this is evaluation as the page on the four truths defines it; where variables are open, operations
//! on sets give all that they may give on any elements of these.

use super::function::{self, Halt};
use super::lift::{self, Lifted};
use super::possible::{PossibleReading, Shape, UNBOUNDED, admit, bit, push_bools, state};
use super::work::{DEPTH_LIMIT, Work};
use super::lists;
use super::{Fault, Inputs, Kinds, Outcome, PartialInputs, Reading};
use crate::engine::text::Texts;
#[cfg(feature = "full")]
use crate::program::Form;
use crate::program::{Node, NodeId, Program, StateTest, Truth, Value, VariableId};

mod fold;
#[cfg(feature = "full")]
mod form;

/// Choices of listed operands that are tried one by one.
const CHOICES: usize = 4096;

/// Evaluates node `root` of the program's expressions. `texts` was made from the same program.
pub fn evaluate(program: &Program, texts: &Texts, root: NodeId, inputs: &dyn Inputs) -> Outcome {
    let mut evaluation = Evaluation::new(program, texts, Source::Known(inputs));
    let found = evaluation.node(root);
    match (evaluation.stopped, evaluation.stack.pop(), found.fault) {
        (Some(node), ..) => Outcome::Fault(Fault::Fuel, node),
        (None, Some(value), _) => Outcome::Value(value),
        (None, None, Some((fault, node))) => Outcome::Fault(fault, node),
        (None, None, None) => Outcome::Unknown,
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
    /// The values, where they are not listed.
    pub(super) shape: Option<Shape>,
    pub(super) unknown: bool,
    /// It may fault; of several reasons the first.
    pub(super) fault: Option<(Fault, NodeId)>,
}

impl Found {
    pub(super) const NOTHING: Self = Self { shape: None, unknown: false, fault: None };
}

/// A set of truths, bit `truth as u8` for each, and why it may be a fault.
#[derive(Debug, Clone, Copy)]
struct Truths {
    bits: u8,
    fault: Option<(Fault, NodeId)>,
}

impl Truths {
    fn has(self, truth: Truth) -> bool {
        self.bits & bit(truth) != 0
    }

    /// `&&` (deciding: false) and `||` (deciding: true) of any truth of one set with any of another.
    fn connect(self, other: Self, deciding: bool) -> Self {
        // In this order the stronger of two operands is the result.
        let (mut bits, mut weaker) = (0, 0);
        for truth in [Truth::of(!deciding), Truth::Unknown, Truth::Fault, Truth::of(deciding)] {
            weaker |= bit(truth);
            if self.has(truth) && other.bits & weaker != 0 || other.has(truth) && self.bits & weaker != 0 {
                bits |= bit(truth);
            }
        }
        Self { bits, fault: self.fault.or(other.fault) }
    }

    /// The truth before the first operand of `&&` or `||`.
    fn start(deciding: bool) -> Self {
        Self { bits: bit(Truth::of(!deciding)), fault: None }
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
    fn with(&self, found: Found) -> Found {
        Found { shape: found.shape, unknown: found.unknown || self.unknown && self.sound, fault: self.fault.or(found.fault) }
    }
}

/// The values of an operand: so many from a place on the stack on, or a shape.
struct Operand {
    start: usize,
    count: usize,
    shape: Option<Shape>,
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
        let found = self.visit(id, node);
        self.depth -= 1;
        found
    }

    /// Spent work is the end of everything.
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
                Some(None) => Found { shape: Some(Shape::all(Kinds::ALL, UNBOUNDED)), ..Found::NOTHING },
                None => self.fail(Fault::Malformed, id),
            },
            Node::Not(operand) => {
                let Truths { bits, fault } = self.truths(*operand);
                let (yes, no) = (bit(Truth::True), bit(Truth::False));
                let exchanged = bits & !(yes | no) | if bits & yes != 0 { no } else { 0 } | if bits & no != 0 { yes } else { 0 };
                self.push_truths(Truths { bits: exchanged, fault })
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
    fn read(&mut self, variable: VariableId) -> (Option<Shape>, u8) {
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
                return (None, state);
            }
            Source::Open(inputs, readings) => (inputs, readings),
        };
        if !readings.iter().any(|open| open.variable == variable) {
            readings.push(Open { variable, reading: inputs.read(variable), case: None });
        }
        let open = readings.iter().find(|open| open.variable == variable);
        open.map_or((None, 0), |open| open.reading.put(open.case, &mut self.stack))
    }

    fn state(&mut self, id: NodeId, test: StateTest, variable: VariableId) -> Found {
        let base = self.stack.len();
        let (shape, states) = self.read(variable);
        let known = shape.is_some() || self.stack.len() > base;
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
        let bits = u8::from(holds) << Truth::True as u8 | u8::from(others) << Truth::False as u8 | u8::from(fault) << Truth::Fault as u8;
        self.push_truths(Truths { bits, fault: fault.then_some((Fault::Inherited, id)) })
    }

    /// An operand as a condition: a value that is not a bool is a fault.
    fn truths(&mut self, operand: NodeId) -> Truths {
        let base = self.stack.len();
        let found = self.node(operand);
        let (mut bits, mut other) = (u8::from(found.unknown) << Truth::Unknown as u8, false);
        for value in self.stack.get(base..).unwrap_or_default() {
            match value {
                Value::Bool(holds) => bits |= bit(Truth::of(*holds)),
                _ => other = true,
            }
        }
        self.stack.truncate(base);
        if let Some(shape) = found.shape {
            other |= !shape.kinds.within(Kinds::BOOL);
            bits |= shape.bools;
        }
        let fault = found.fault.or(other.then_some((Fault::NoOverload, operand)));
        Truths { bits: bits | u8::from(fault.is_some()) << Truth::Fault as u8, fault }
    }

    fn push_truths(&mut self, truths: Truths) -> Found {
        push_bools(truths.bits, &mut self.stack);
        Found { shape: None, unknown: truths.has(Truth::Unknown), fault: truths.fault.filter(|_| truths.has(Truth::Fault)) }
    }

    /// `&&` and `||`: the deciding value in any operand decides.
    fn decide(&mut self, operands: &[NodeId], deciding: bool) -> Found {
        let mut truths = Truths::start(deciding);
        for &operand in operands {
            let next = self.truths(operand);
            truths = truths.connect(next, deciding);
            if truths.bits == bit(Truth::of(deciding)) {
                break;
            }
        }
        self.push_truths(truths)
    }

    fn choose(&mut self, test: NodeId, then: NodeId, otherwise: NodeId) -> Found {
        let test = self.truths(test);
        let base = self.stack.len();
        let mut found = Found { shape: None, unknown: test.has(Truth::Unknown), fault: test.fault };
        for (truth, branch) in [(Truth::True, then), (Truth::False, otherwise)] {
            if test.has(truth) {
                let middle = self.stack.len();
                let branch = self.node(branch);
                found = self.join(base, found, middle, branch);
            }
        }
        found
    }

    /// What is possible with either: one whose values stand on the stack from `base` on, and one whose values follow from `middle` on.
    pub(super) fn join(&mut self, base: usize, one: Found, middle: usize, other: Found) -> Found {
        let mut shape = one.shape;
        if shape.is_none() && middle == base {
            shape = other.shape;
        } else {
            for value in self.stack.split_off(middle) {
                admit(&mut self.stack, base, &mut shape, value);
            }
            if let Some(other) = other.shape {
                shape = Some(other.or(shape.unwrap_or(Shape::NONE)).or(Shape::of(self.stack.get(base..).unwrap_or_default())));
                self.stack.truncate(base);
            }
        }
        Found { shape, unknown: one.unknown || other.unknown, fault: one.fault.or(other.fault) }
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
                strict.note(count > 0 || found.shape.is_some(), found.unknown, found.fault);
                self.operands.push(Operand { start, count, shape: found.shape });
            }
        });
        let found = if strict.values && self.stopped.is_none() { self.apply(id, node, base, first) } else { Found::NOTHING };
        if !strict.values {
            self.stack.truncate(base);
        }
        self.operands.truncate(first);
        strict.with(found)
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
                    let value = self.stack.get(operand.start + choice % operand.count).cloned();
                    self.stack.extend(value);
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
            (Node::List(_), elements) => Ok(Value::List(elements.into())),
            (Node::Map(_), pairs) => Ok(function::map(pairs, work)?),
            (Node::Member(_, index) | Node::Has(_, index), [map]) => Ok(function::member(map, name(index)?, matches!(node, Node::Has(..)), work)?),
            (Node::InList(_, list), [value]) => {
                let Value::String(text) = value else { return Ok(Value::Bool(false)) };
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
            args.push(operand.shape.unwrap_or_else(|| Shape::of(self.stack.get(operand.start..operand.start + operand.count).unwrap_or_default())));
        }
        self.stack.truncate(base);
        let Lifted { shape, unknown, fault } = lift::lift(node, &args);
        self.estimate = self.estimate.saturating_add(lift::cost(node, &args, shape.weight));
        let mut found = Found { shape: None, unknown, fault: fault.then_some((Fault::NoOverload, id)) };
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
