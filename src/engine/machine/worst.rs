//! The most work that an expression may take, known before it runs: from how long its variables can be.
//!
//! Each node is gone through once, with bounds in place of values. What a function costs and makes is what partial evaluation reckons with
//! ([`lift`](super::lift)); here more is kept of a list than its weight, since comprehensions cost what their elements cost.

use std::collections::HashMap;

use super::function::Halt;
use super::lift;
use super::lists;
use super::possible::{Kinds, Shape, UNBOUNDED};
use crate::engine::truths::Truths;
use crate::program::{Fold, Form, Function, Node, NodeId, Program, Value, VariableId};

/// What is known of a variable's size.
#[derive(Debug, Clone, Copy)]
pub struct Bound {
    shape: Shape,
    /// The most code points, where it is a text.
    points: u64,
    /// The most elements or entries.
    count: u64,
    /// What stands directly within: elements, keys and values, what an optional holds.
    part: Shape,
}

/// The most that an expression may cost.
#[derive(Debug, Clone)]
pub struct Worst {
    /// Units of work, as [`WORK_LIMIT`](super::WORK_LIMIT) counts them; `u64::MAX` where nothing bounds it.
    pub work: u64,
    /// The size of its result.
    pub result: Bound,
    /// The most that each of its parts may cost by itself.
    parts: HashMap<NodeId, u64>,
}

impl Worst {
    /// The innermost part that costs more than a limit by itself.
    pub fn culprit(&self, program: &Program, root: NodeId, limit: u64) -> NodeId {
        let mut at = root;
        // A part stands before the whole, so this ends.
        while let Some(next) = part_over(program, at, |part| self.parts.get(&part).is_some_and(|work| *work > limit)) {
            at = next;
        }
        at
    }
}

fn part_over(program: &Program, of: NodeId, over: impl Fn(NodeId) -> bool) -> Option<NodeId> {
    let mut found = None;
    if let Some(node) = program.expressions.nodes.get(of as usize) {
        node.operands(&mut |part| found = found.or((part < of && over(part)).then_some(part)));
    }
    found
}

impl Bound {
    /// Anything at all.
    pub fn any() -> Self {
        Self::new(Shape::all(Kinds::ALL, UNBOUNDED))
    }

    /// Texts of at most so many code points.
    pub fn texts(max_length: u32) -> Self {
        Self { points: u64::from(max_length), ..Self::new(Shape::all(Kinds::STRING, max_length / 4 + 1)) }
    }

    /// The integers between two.
    pub fn ints(low: i64, high: i64) -> Self {
        Self::new(Shape::ints(low, high))
    }

    /// Any double.
    pub fn double() -> Self {
        Self::new(Shape::all(Kinds::DOUBLE, 1))
    }

    /// One of these values.
    pub fn values(values: &[Value]) -> Self {
        let points = |value: &Value| if let Value::String(text) = value { text.chars().count() as u64 } else { 0 };
        Self { points: values.iter().map(points).max().unwrap_or(0), ..Self::new(Shape::of(values)) }
    }

    /// Lists of at most so many of these values.
    pub fn lists_of(values: &[Value], count: u64) -> Self {
        let part = Shape::of(values);
        let weight = u64::from(part.weight).saturating_mul(count).saturating_add(1);
        Self::of_parts(Kinds::LIST, count, part, weight)
    }

    /// As much as a shape tells.
    fn new(shape: Shape) -> Self {
        let weight = u64::from(shape.weight);
        let known = shape.weight != UNBOUNDED;
        Self {
            points: if known { weight * 16 + 15 } else { u64::MAX },
            count: if known { weight } else { u64::MAX },
            part: Shape::all(Kinds::ALL, shape.weight),
            shape,
        }
    }

    fn or(self, other: Self) -> Self {
        Self { shape: either(self.shape, other.shape), points: self.points.max(other.points), count: self.count.max(other.count), part: either(self.part, other.part) }
    }

    /// So many parts, of some size each and of some weight together.
    fn of_parts(kinds: Kinds, count: u64, part: Shape, weight: u64) -> Self {
        Self { count, part, ..Self::new(Shape::all(kinds, u32::try_from(weight).unwrap_or(UNBOUNDED))) }
    }
}

/// What is in one or the other.
fn either(mut one: Shape, other: Shape) -> Shape {
    one.add(&other);
    one
}

/// The most that node `root` of the program's expressions may cost, with variables of these sizes.
pub fn worst_case(program: &Program, root: NodeId, bounds: &dyn Fn(VariableId) -> Bound) -> Worst {
    let mut walk = Walk { program, bounds, locals: Vec::new(), parts: HashMap::new() };
    let (result, work) = walk.node(root);
    Worst { work, result, parts: walk.parts }
}

struct Walk<'a> {
    program: &'a Program,
    bounds: &'a dyn Fn(VariableId) -> Bound,
    locals: Vec<Bound>,
    parts: HashMap<NodeId, u64>,
}

impl Walk<'_> {
    /// The size of what a node makes, and what that costs. Its recursion is as deep as the expression, which the parser bounds.
    fn node(&mut self, id: NodeId) -> (Bound, u64) {
        let Some(node) = self.program.expressions.nodes.get(id as usize) else { return (Bound::new(Shape::NONE), 1) };
        let (bound, cost) = self.visit(node);
        let cost = cost.saturating_add(1);
        let known = self.parts.entry(id).or_insert(0);
        *known = cost.max(*known);
        (bound, cost)
    }

    fn visit(&mut self, node: &Node) -> (Bound, u64) {
        match node {
            Node::Const(index) => {
                let value = self.program.expressions.constants.get(*index as usize);
                (Bound::values(value.map(std::slice::from_ref).unwrap_or_default()), 0)
            }
            Node::Variable(variable) => ((self.bounds)(*variable), 0),
            Node::Local(level) => (self.locals.get(usize::from(*level)).copied().unwrap_or_else(Bound::any), 0),
            Node::State(..) => (Bound::new(Shape::bools(Truths::BOTH)), 0),
            Node::Not(operand) => (Bound::new(Shape::bools(Truths::BOTH)), self.node(*operand).1),
            Node::And(operands) | Node::Or(operands) => {
                let cost = operands.iter().fold(0_u64, |cost, operand| cost.saturating_add(self.node(*operand).1));
                (Bound::new(Shape::bools(Truths::BOTH)), cost)
            }
            Node::If(test, then, otherwise) => {
                let test = self.node(*test).1;
                let ((then, one), (otherwise, other)) = (self.node(*then), self.node(*otherwise));
                (then.or(otherwise), test.saturating_add(one.max(other)))
            }
            Node::Fold(fold, range, predicate, result) => self.fold(*fold, *range, *predicate, *result),
            Node::Form(form, parts) if *form != Form::Missing => self.form(*form, parts),
            _ => self.strict(node),
        }
    }

    /// A comprehension costs what its elements cost. What one costs grows with its weight, and never slower the heavier it is; so each costs at most
    /// what lies on the straight line between the lightest and the heaviest, and all together what that line says of their weight together.
    fn fold(&mut self, fold: Fold, range: NodeId, predicate: Option<NodeId>, result: Option<NodeId>) -> (Bound, u64) {
        let (range, before) = self.node(range);
        let heavy = self.body(range.part, predicate, result);
        let light = self.body(Shape { weight: range.part.weight.min(1), ..range.part }, predicate, result);
        let along = |light: u64, heavy: u64| {
            let spread = u64::from(range.part.weight).saturating_sub(1);
            let all = u64::from(range.shape.weight).min(range.count.saturating_mul(spread));
            let steep = u128::from(heavy.saturating_sub(light)) * u128::from(all);
            let more = if spread == 0 { 0 } else { u64::try_from(steep.div_ceil(u128::from(spread))).unwrap_or(u64::MAX) };
            range.count.saturating_mul(light).saturating_add(more)
        };
        let unbounded = range.shape.weight == UNBOUNDED || heavy.1 == u64::MAX;
        let cost = if unbounded { u64::MAX } else { before.saturating_add(along(light.1.saturating_add(1), heavy.1.saturating_add(1))) };
        let made = match fold {
            Fold::All | Fold::Exists | Fold::ExistsOne => Bound::new(Shape::bools(Truths::BOTH)),
            Fold::Filter => Bound { shape: Shape::all(Kinds::LIST, range.shape.weight), ..range },
            Fold::Map => {
                let part = heavy.0.shape;
                let weight = along(u64::from(light.0.shape.weight), u64::from(part.weight)).saturating_add(1);
                Bound::of_parts(Kinds::LIST, range.count, part, if part.weight == UNBOUNDED { u64::MAX } else { weight })
            }
        };
        (made, cost)
    }

    /// The result and the cost of one element.
    fn body(&mut self, element: Shape, predicate: Option<NodeId>, result: Option<NodeId>) -> (Bound, u64) {
        self.locals.push(Bound::new(element));
        let test = predicate.map_or(0, |predicate| self.node(predicate).1);
        let (made, cost) = result.map_or((Bound::new(Shape::NONE), 0), |result| self.node(result));
        self.locals.pop();
        (made, test.saturating_add(cost))
    }

    fn form(&mut self, form: Form, parts: &[NodeId]) -> (Bound, u64) {
        let [first, part] = *parts else { return (Bound::new(Shape::NONE), 0) };
        let (over, before) = self.node(first);
        let held = if over.shape.kinds.within(Kinds::OPTIONAL) { Bound::new(over.part) } else { Bound::new(Shape::all(Kinds::ALL, over.shape.weight)) };
        let level = self.locals.len();
        match form {
            Form::Bind => self.locals.push(over),
            Form::OptMap | Form::OptFlatMap => self.locals.push(held),
            _ => {}
        }
        let (made, cost) = self.node(part);
        self.locals.truncate(level);
        let made = match form {
            Form::Or => over.or(made),
            Form::OrValue => held.or(made),
            Form::OptMap => Bound::of_parts(Kinds::OPTIONAL, 1, made.shape, u64::from(made.shape.weight).saturating_add(1)),
            Form::OptFlatMap => Bound { shape: either(made.shape, Shape::all(Kinds::OPTIONAL, 1)), ..made },
            _ => made,
        };
        (made, before.saturating_add(cost))
    }

    /// Everything that is a function of its operands' values.
    fn strict(&mut self, node: &Node) -> (Bound, u64) {
        let mut args = Vec::new();
        let mut before = 0_u64;
        node.operands(&mut |operand| {
            let (bound, cost) = self.node(operand);
            before = before.saturating_add(cost);
            args.push(bound);
        });
        let shapes: Vec<Shape> = args.iter().map(|arg| arg.shape).collect();
        let mut made = self.made(node, &args, Bound::new(lift::lift(node, &shapes).shape));
        if let Node::Lookup(list, _, column) = node {
            made = self.column(*list, *column);
        }
        let own = self.special(node, &args, &made).unwrap_or_else(|| lift::cost(node, &shapes, made.shape.weight));
        (made, before.saturating_add(own))
    }

    /// The size of a result, where more is known than its weight.
    fn made(&self, node: &Node, args: &[Bound], general: Bound) -> Bound {
        let over = Kinds::LIST.or(Kinds::MAP);
        match (node, args) {
            (Node::List(_), parts) => {
                let part = parts.iter().fold(Shape::NONE, |all, part| either(all, part.shape));
                Bound { count: parts.len() as u64, part, ..general }
            }
            (Node::Map(_), parts) => {
                let part = parts.iter().fold(Shape::NONE, |all, part| either(all, part.shape));
                Bound { count: parts.len() as u64 / 2, part, ..general }
            }
            (Node::Member(..), [range]) if range.shape.kinds.within(Kinds::MAP) => Bound::new(range.part),
            (Node::Call(Function::Index, _), [range, _]) if range.shape.kinds.within(over) => Bound::new(range.part),
            (Node::Call(Function::OptionalValue, _), [held]) if held.shape.kinds.within(Kinds::OPTIONAL) => Bound::new(held.part),
            (Node::Call(Function::Split, _), [text, ..]) if text.shape.weight != UNBOUNDED => {
                // However it is cut, there is no more text than before, and one piece more than there are cuts.
                let count = text.points.saturating_add(1);
                let weight = count.saturating_add(u64::from(text.shape.weight)).saturating_add(1);
                Bound::of_parts(Kinds::LIST, count, Shape::all(Kinds::STRING, text.shape.weight), weight)
            }
            (Node::Call(Function::Add, _), [left, right]) if left.shape.kinds.within(Kinds::LIST) && right.shape.kinds.within(Kinds::LIST) => {
                let weight = u64::from(left.shape.weight).saturating_add(u64::from(right.shape.weight));
                Bound::of_parts(Kinds::LIST, left.count.saturating_add(right.count), either(left.part, right.part), weight)
            }
            (Node::Call(Function::Slice | Function::Reverse | Function::Sort | Function::SortByKeys | Function::Distinct, _), [list, ..]) if list.shape.kinds.within(Kinds::LIST) => *list,
            (Node::Call(Function::First | Function::Last, _), [list]) if list.shape.kinds.within(Kinds::LIST) => {
                Bound::of_parts(Kinds::OPTIONAL, 1, list.part, u64::from(list.part.weight).saturating_add(1))
            }
            (Node::Call(Function::OptionalOf | Function::OptionalOfNonZero, _), [held]) => Bound { count: 1, part: held.shape, ..general },
            (Node::Call(Function::Entries, _), [range]) if range.shape.weight != UNBOUNDED => {
                let pair = u64::from(range.part.weight).saturating_mul(2).saturating_add(2);
                Bound { count: range.count, part: Shape::all(Kinds::LIST, u32::try_from(pair).unwrap_or(UNBOUNDED)), ..general }
            }
            (Node::Call(Function::Range, _), [count]) if count.shape.kinds.within(Kinds::INT) => {
                let count = u64::try_from(count.shape.ints.1).unwrap_or(0);
                Bound::of_parts(Kinds::LIST, count, Shape::ints(0, i64::MAX), count.saturating_add(1))
            }
            (Node::Call(Function::Format, _), [pattern, values]) => Bound::new(Shape::all(Kinds::STRING, formatted(pattern, values))),
            (Node::Call(Function::ReplacePattern, _), [text, ..]) if text.shape.weight != UNBOUNDED => Bound::new(Shape::all(Kinds::STRING, text.shape.weight.saturating_add(MADE))),
            _ => general,
        }
    }

    /// The heaviest value of a dictionary's column.
    fn column(&self, list: u16, column: u8) -> Bound {
        let mut bound = Bound::new(Shape::NONE);
        for row in 0..lists::rows(self.program, list, column) {
            match lists::cell(self.program, list, column, row) {
                Ok(value) => bound = bound.or(Bound::values(&[value])),
                Err(Halt::Unknown | Halt::Fault(_)) => {}
            }
        }
        bound
    }

    /// What functions cost of which partial evaluation says nothing, or too much.
    fn special(&self, node: &Node, args: &[Bound], made: &Bound) -> Option<u64> {
        let Node::Call(function, operands) = node else { return None };
        if args.iter().any(|arg| arg.shape.weight == UNBOUNDED) {
            return None;
        }
        let weight = |at: usize| args.get(at).map_or(0, |arg| u64::from(arg.shape.weight));
        let nesting = Kinds::LIST.or(Kinds::MAP).or(Kinds::OPTIONAL);
        match function {
            // Where nothing nests, each element is looked at once.
            Function::Equal | Function::NotEqual | Function::In if args.iter().all(|arg| !arg.shape.kinds.meets(Kinds::MAP.or(Kinds::OPTIONAL)) && (!arg.shape.kinds.meets(Kinds::LIST) || !arg.part.kinds.meets(nesting))) => {
                Some(weight(0).saturating_add(weight(1)).saturating_mul(3).saturating_add(2))
            }
            // What is no number is weighed before it is refused.
            Function::Range => Some(made.count.saturating_add(weight(0).saturating_sub(1)).saturating_add(2)),
            Function::Format => {
                // Each level of a value that nests is written into the next.
                let nested = args.get(1).is_none_or(|values| values.part.kinds.meets(nesting));
                let levels = if nested { weight(1).min(u64::from(super::work::DEPTH_LIMIT) * 2) } else { 1 };
                let text = u64::from(made.shape.weight).saturating_mul(levels + 2);
                Some(text.saturating_add(weight(0)).saturating_add(weight(1).saturating_mul(4)))
            }
            Function::ReplacePattern => {
                let shapes: Vec<Shape> = args.iter().take(2).map(|arg| arg.shape).collect();
                let found = lift::cost(&Node::Call(Function::ExtractAll, Box::new([])), &shapes, made.shape.weight);
                // One group at most is extracted, and all of them are looked for here.
                let groups = operands.get(1).and_then(|pattern| self.groups(*pattern)).unwrap_or(u64::from(u16::MAX));
                Some(found.saturating_mul(groups + 1).saturating_add(weight(2)).saturating_add(u64::from(MADE)))
            }
            _ => None,
        }
    }

    /// How many groups a pattern has that is made ready, the whole of it included.
    fn groups(&self, pattern: NodeId) -> Option<u64> {
        let Node::Const(index) = self.program.expressions.nodes.get(pattern as usize)? else { return None };
        match self.program.expressions.constants.get(*index as usize)? {
            Value::Ready(bytes) => Some(u64::from(u16::from_le_bytes([*bytes.get(1)?, *bytes.get(2)?]))),
            _ => None,
        }
    }
}

/// The weight of the longest text that `format` and `regex.replace` make beside their operands: 1 MiB, and what comes in last.
const MADE: u32 = (1 << 16) + 8;

/// The weight of what `format` makes: a value takes up to 64 bytes for each unit of its weight, a number with all its places some 1,400.
fn formatted(pattern: &Bound, values: &Bound) -> u32 {
    if pattern.shape.weight == UNBOUNDED || values.shape.weight == UNBOUNDED {
        return UNBOUNDED;
    }
    let clauses = values.count.min(pattern.points / 2 + 1);
    let weight = u64::from(pattern.shape.weight) + u64::from(values.shape.weight) * 4 + clauses * 88 + 1;
    u32::try_from(weight).unwrap_or(UNBOUNDED)
}

#[cfg(test)]
mod tests;
