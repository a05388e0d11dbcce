//! Evaluation where every variable has one state: what the general evaluation comes to then, without sets. A node comes to a value, or to why there is none.

use super::{Evaluation, Found, Source};
use crate::engine::machine::function::Halt;
use crate::engine::machine::work::DEPTH_LIMIT;
use crate::engine::machine::{Fault, Reading};
use crate::program::{Form, Node, NodeId, StateTest, Value, VariableId};

/// Why there is no value: a fault and the node where it came up, or something is not known.
pub(super) type Missing = Option<(Fault, NodeId)>;

/// What is not known.
const UNKNOWN: Missing = None;

/// A value, or why there is none.
pub(super) type Known = Result<Value, Missing>;

impl Evaluation<'_> {
    /// A node's value.
    #[cfg_attr(quick, optimize(speed))]
    pub(super) fn value(&mut self, id: NodeId) -> Known {
        if self.stopped.is_some() {
            return Err(UNKNOWN);
        }
        let node = self.program.expressions.nodes.get(id as usize);
        if self.work.spend(1).is_err() || self.depth >= DEPTH_LIMIT {
            return self.faulty(Fault::Fuel, id);
        }
        let Some(node) = node else { return self.faulty(Fault::Malformed, id) };
        self.depth += 1;
        let value = self.known(id, node);
        self.depth -= 1;
        value
    }

    fn faulty(&mut self, fault: Fault, id: NodeId) -> Known {
        Err(self.fail(fault, id).fault)
    }

    /// The value of a node that was paid for.
    #[cfg_attr(quick, optimize(speed))]
    pub(super) fn known(&mut self, id: NodeId, node: &Node) -> Known {
        match node {
            Node::Const(index) => match self.program.expressions.constants.get(*index as usize) {
                Some(value) => Ok(value.clone()),
                None => self.faulty(Fault::Malformed, id),
            },
            Node::Variable(variable) => match self.reading(*variable) {
                Reading::Value(value) => Ok(value),
                Reading::Fault => Err(Some((Fault::Inherited, id))),
                _ => Err(UNKNOWN),
            },
            Node::Not(operand) => Ok(Value::Bool(!self.holds(*operand)?)),
            Node::And(operands) => self.decided_by(operands, false),
            Node::Or(operands) => self.decided_by(operands, true),
            Node::If(test, then, otherwise) => {
                let branch = if self.holds(*test)? { *then } else { *otherwise };
                self.value(branch)
            }
            Node::State(test, variable) => match (self.reading(*variable), test) {
                (Reading::Fault, _) => Err(Some((Fault::Inherited, id))),
                (Reading::Value(_), StateTest::Known) | (Reading::Declined, StateTest::Declined) | (Reading::Masked, StateTest::Masked) | (Reading::Absent, StateTest::Unanswered) => Ok(Value::Bool(true)),
                _ => Ok(Value::Bool(false)),
            },
            Node::Local(level) if !self.is_bound(*level) => match self.locals.get(usize::from(*level)) {
                Some(Some(value)) => Ok(value.clone()),
                _ => self.one_of(id, node),
            },
            Node::Local(_) | Node::Fold(..) => self.one_of(id, node),
            Node::Form(form, _) if *form != Form::Missing => self.one_of(id, node),
            Node::Call(_, operands) | Node::List(operands) => self.made_of(id, node, operands),
            Node::Member(operand, _) | Node::Has(operand, _) | Node::InList(operand, _) | Node::Lookup(_, operand, _) => self.made_of(id, node, &[*operand]),
            Node::Map(pairs) => {
                let operands: Vec<NodeId> = pairs.iter().flat_map(|&(key, value)| [key, value]).collect();
                self.made_of(id, node, &operands)
            }
            Node::Form(_, parts) => self.made_of(id, node, parts),
        }
    }

    fn reading(&self, variable: VariableId) -> Reading {
        match &self.source {
            Source::Known(inputs) => inputs.read(variable),
            Source::Open(..) => Reading::Fault,
        }
    }

    /// An operand as a condition: a value that is not a bool is a fault.
    #[cfg_attr(quick, optimize(speed))]
    fn holds(&mut self, operand: NodeId) -> Result<bool, Missing> {
        match self.value(operand)? {
            Value::Bool(holds) => Ok(holds),
            _ => Err(Some((Fault::NoOverload, operand))),
        }
    }

    /// `&&` and `||`: the deciding value in any operand decides, then a fault, then what is not known.
    #[cfg_attr(quick, optimize(speed))]
    fn decided_by(&mut self, operands: &[NodeId], deciding: bool) -> Known {
        let mut missing: Option<Missing> = None;
        for &operand in operands {
            match self.holds(operand) {
                Ok(holds) if holds == deciding => return Ok(Value::Bool(deciding)),
                Ok(_) => {}
                Err(why) => missing = Some(missing.flatten().or(why)),
            }
        }
        missing.map_or(Ok(Value::Bool(!deciding)), Err)
    }

    /// A strict node: of its operands a fault is the whole's, and what is not known makes it so unless another one faults.
    #[cfg_attr(quick, optimize(speed))]
    fn made_of(&mut self, id: NodeId, node: &Node, operands: &[NodeId]) -> Known {
        let base = self.stack.len();
        let mut unknown = false;
        for &operand in operands {
            match self.value(operand) {
                Ok(value) => self.stack.push(value),
                Err(UNKNOWN) => unknown = true,
                fault => {
                    self.stack.truncate(base);
                    return fault;
                }
            }
        }
        let made = if unknown || self.stopped.is_some() { Err(Halt::Unknown) } else { self.make(node, base) };
        self.stack.truncate(base);
        match made {
            Ok(value) => Ok(value),
            Err(Halt::Unknown) => Err(UNKNOWN),
            Err(Halt::Fault(fault)) => self.faulty(fault, id),
        }
    }

    /// By the general evaluation, which comes to one outcome here.
    fn one_of(&mut self, id: NodeId, node: &Node) -> Known {
        let base = self.stack.len();
        let found = self.visit(id, node);
        let value = if self.stack.len() > base { self.stack.pop() } else { None };
        self.stack.truncate(base);
        value.ok_or(found.fault)
    }

    /// As the general evaluation tells it: a value on the stack.
    pub(super) fn found(&mut self, known: Known) -> Found {
        match known {
            Ok(value) => self.push(value),
            Err(fault) => Found { unknown: fault.is_none(), fault, ..Found::NOTHING },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::machine::partial::tests::random::{Open, complete, write};
    use crate::engine::machine::testing::Given;
    use crate::engine::machine::{PossibleReading, Values};
    use crate::engine::text::Texts;

    /// The reading that is open to one state alone.
    fn only(reading: &Reading) -> PossibleReading {
        let values = if let Reading::Value(value) = reading { Values::few(vec![value.clone()]) } else { Values::NONE };
        let is = |state: Reading| *reading == state;
        PossibleReading { values, absent: is(Reading::Absent), declined: is(Reading::Declined), masked: is(Reading::Masked), fault: is(Reading::Fault) }
    }

    #[test]
    fn comes_to_what_the_general_evaluation_comes_to_at_the_same_cost() {
        let mut outcomes = [0; 3];
        for seed in 0..20_000 {
            let (build, root, open, mut dice) = write(seed, true);
            let readings: Vec<Reading> = open.0.iter().map(|reading| complete(&mut dice, reading)).collect();
            let program = &build.0;
            let texts = Texts::new(program);

            let given = Given(readings.clone());
            let mut short = Evaluation::new(program, &texts, Source::Known(&given));
            let known = short.value(root);

            let singles = Open(readings.iter().map(only).collect());
            let mut general = Evaluation::new(program, &texts, Source::Open(&singles, Vec::new()));
            let found = general.node(root);
            let expected = general.stack.pop().ok_or(found.fault);

            outcomes[match &known { Ok(_) => 0, Err(None) => 1, Err(Some(_)) => 2 }] += 1;
            assert_eq!((&known, short.stopped, short.work.spent()), (&expected, general.stopped, general.work.spent()), "seed {seed}");
            assert!(short.stack.is_empty() && general.stack.is_empty(), "seed {seed}");
        }
        assert!(outcomes.iter().all(|&count| count > 1_000), "{outcomes:?}");
    }
}
