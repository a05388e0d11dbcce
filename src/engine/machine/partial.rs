//! Partial evaluation: every outcome that an expression may have while some of its variables are open.
//!
//! Sound: whatever an open variable turns out to be, the outcome is among those that were said to be possible. Where all
//! variables are open to few readings the outcomes are found by trying each combination, and are exact.

mod fold;

use super::evaluate::{evaluate, in_list, lookup, map, member};
use super::lift::{CHOICES, each_choice, lift};
use super::possible::{HEAVY, Kinds, PartialInputs, Possible, PossibleReading, UNBOUNDED, Values, bit};
use super::work::{DEPTH_LIMIT, WORK_LIMIT};
use super::{Inputs, Outcome, Reading};
use crate::engine::text::Texts;
use crate::program::{ListBody, ListId, Node, NodeId, Program, StateTest, Truth, Value, VariableId};

/// Combinations of readings that are evaluated one by one, if they are cheap.
const CASES: usize = 256;
/// The most that they may cost together, in the machine's units of work.
const CASES_WORK: u64 = 4 * WORK_LIMIT;
/// Nodes that one partial evaluation visits, each counted as often as arguments are tried there; beyond them anything is possible.
const VISITS: u32 = 200_000;

/// Every outcome that node `root` of the program's expressions may have. `texts` was made from the same program.
pub fn evaluate_partial(program: &Program, texts: &Texts, root: NodeId, inputs: &dyn PartialInputs) -> Possible {
    let mut whole = Lifted::new(program, texts, inputs, &[]);
    let possible = whole.run(root);
    if whole.visits == 0 {
        return Possible::ANYTHING;
    }
    // What is open to fewest readings is split first, so that as much as possible is.
    let mut open: Vec<(VariableId, Vec<PossibleReading>)> = Vec::new();
    for (variable, reading) in &whole.readings {
        let cases = reading.cases();
        open.insert(open.partition_point(|(_, others)| others.len() <= cases.len()), (*variable, cases));
    }
    let mut cases = 1_usize;
    let split = open.iter().take_while(|(_, readings)| {
        let product = cases.saturating_mul(readings.len());
        let cheap = product <= CASES && (product as u64).saturating_mul(whole.cost.min(WORK_LIMIT)) <= CASES_WORK;
        if cheap {
            cases = product;
        }
        cheap
    });
    let split: Vec<&(VariableId, Vec<PossibleReading>)> = split.collect();
    let complete = split.len() == open.len();
    let mut visits = VISITS;
    let mut result: Option<Possible> = None;
    for case in 0..cases {
        let mut rest = case;
        let mut chosen = Vec::with_capacity(split.len());
        for (variable, readings) in &split {
            chosen.extend(readings.get(rest % readings.len()).map(|reading| (*variable, reading)));
            rest /= readings.len();
        }
        let outcome = match Given::new(&chosen).filter(|_| complete) {
            Some(given) => concrete(evaluate(program, texts, root, &given)),
            None if cases == 1 => return possible,
            None => {
                let mut lifted = Lifted::new(program, texts, inputs, &chosen);
                lifted.visits = visits;
                let outcome = lifted.run(root);
                visits = lifted.visits;
                outcome
            }
        };
        if visits == 0 {
            return possible;
        }
        result = Some(match result {
            Some(result) => result.or(outcome),
            None => outcome,
        });
    }
    result.unwrap_or(possible)
}

fn concrete(outcome: Outcome) -> Possible {
    let none = Possible { exact: true, ..Possible::of(Values::NONE) };
    match outcome {
        Outcome::Value(value) => {
            let values = Values::one(value);
            Possible { exact: matches!(values, Values::Few(_)), values, ..none }
        }
        Outcome::Unknown => Possible { unknown: true, ..none },
        Outcome::Fault(..) => Possible { fault: true, ..none },
    }
}

/// Readings of all variables that an expression reads.
struct Given(Vec<(VariableId, Reading)>);

impl Given {
    /// None where a reading is not one alone.
    fn new(chosen: &[(VariableId, &PossibleReading)]) -> Option<Self> {
        chosen.iter().map(|(variable, reading)| Some((*variable, reading.only()?))).collect::<Option<_>>().map(Self)
    }
}

impl Inputs for Given {
    fn read(&self, variable: VariableId) -> Reading {
        // What was not read before is not read now.
        self.0.iter().find(|(other, _)| *other == variable).map_or(Reading::Absent, |(_, reading)| reading.clone())
    }
}

impl PossibleReading {
    const NOTHING: Self = Self { values: Values::NONE, absent: false, declined: false, masked: false, fault: false };

    /// Each reading alone; values that are not listed together.
    fn cases(&self) -> Vec<Self> {
        let mut cases = match &self.values {
            Values::Few(values) => values.iter().map(|value| Self { values: Values::Few(vec![value.clone()]), ..Self::NOTHING }).collect(),
            values => vec![Self { values: values.clone(), ..Self::NOTHING }],
        };
        let states = [
            (self.absent, Self { absent: true, ..Self::NOTHING }),
            (self.declined, Self { declined: true, ..Self::NOTHING }),
            (self.masked, Self { masked: true, ..Self::NOTHING }),
            (self.fault, Self { fault: true, ..Self::NOTHING }),
        ];
        cases.extend(states.into_iter().filter(|(may, _)| *may).map(|(_, reading)| reading));
        cases
    }

    /// The reading, where it is one alone.
    fn only(&self) -> Option<Reading> {
        let Values::Few(values) = &self.values else { return None };
        match (values.as_slice(), self.absent, self.declined, self.masked, self.fault) {
            ([value], false, false, false, false) => Some(Reading::Value(value.clone())),
            ([], true, false, false, false) => Some(Reading::Absent),
            ([], false, true, false, false) => Some(Reading::Declined),
            ([], false, false, true, false) => Some(Reading::Masked),
            ([], false, false, false, true) => Some(Reading::Fault),
            _ => None,
        }
    }
}

/// What is made of sets of values, and the most that it may cost.
type Make<'a> = dyn Fn(&Lifted, &[Values]) -> (Possible, u64) + 'a;

/// One evaluation on sets of outcomes.
struct Lifted<'a> {
    program: &'a Program,
    texts: &'a Texts,
    inputs: &'a dyn PartialInputs,
    /// Readings that were chosen instead of the inputs'.
    chosen: &'a [(VariableId, &'a PossibleReading)],
    /// What was read so far.
    readings: Vec<(VariableId, PossibleReading)>,
    locals: Vec<Values>,
    depth: u32,
    /// Visits left.
    visits: u32,
    /// The most that an evaluation on values may cost.
    cost: u64,
}

impl<'a> Lifted<'a> {
    fn new(program: &'a Program, texts: &'a Texts, inputs: &'a dyn PartialInputs, chosen: &'a [(VariableId, &'a PossibleReading)]) -> Self {
        Self { program, texts, inputs, chosen, readings: Vec::new(), locals: Vec::new(), depth: 0, visits: VISITS, cost: 0 }
    }

    fn run(&mut self, root: NodeId) -> Possible {
        let possible = self.node(root);
        match self.visits {
            0 => Possible::ANYTHING,
            _ => Possible { fault: possible.fault || self.cost > WORK_LIMIT, ..possible },
        }
    }

    fn read(&mut self, variable: VariableId) -> PossibleReading {
        if let Some((_, reading)) = self.chosen.iter().find(|(other, _)| *other == variable) {
            return (*reading).clone();
        }
        match self.readings.iter().find(|(other, _)| *other == variable) {
            Some((_, reading)) => reading.clone(),
            None => {
                let reading = self.inputs.read(variable);
                self.readings.push((variable, reading.clone()));
                reading
            }
        }
    }

    fn spend(&mut self, cost: u64) {
        self.cost = self.cost.saturating_add(cost);
    }

    fn node(&mut self, id: NodeId) -> Possible {
        self.visits = self.visits.saturating_sub(1);
        self.spend(1);
        let node = self.program.expressions.nodes.get(id as usize);
        let (Some(node), true) = (node, self.visits > 0 && self.depth < DEPTH_LIMIT) else { return Possible::ANYTHING };
        self.depth += 1;
        let possible = self.visit(node);
        self.depth -= 1;
        possible
    }

    fn visit(&mut self, node: &Node) -> Possible {
        match node {
            Node::Const(index) => self.constant(*index).map_or(Possible::ANYTHING, |value| Possible::of(Values::one(value))),
            Node::Variable(variable) => {
                let reading = self.read(*variable);
                Possible { values: reading.values, unknown: reading.absent || reading.declined || reading.masked, fault: reading.fault, exact: false }
            }
            Node::Local(level) => self.locals.get(usize::from(*level)).cloned().map_or(Possible::ANYTHING, Possible::of),
            Node::Call(function, operands) => self.strict(&mut operands.iter().copied(), &|_, args| lift(*function, args)),
            Node::Not(operand) => {
                let truths = self.node(*operand).truths();
                Possible::with_truths(exchange(truths))
            }
            Node::And(operands) => self.decide(operands, false),
            Node::Or(operands) => self.decide(operands, true),
            Node::If(test, then, otherwise) => self.choose(*test, *then, *otherwise),
            Node::List(elements) => self.strict(&mut elements.iter().copied(), &|_, args| {
                let listed = each_choice(args, &|elements, _| Ok(Value::List(elements.into())));
                listed.unwrap_or_else(|| (Possible::of(Values::Of(Kinds::LIST, together(args))), 0))
            }),
            Node::Map(entries) => self.strict(&mut entries.iter().flat_map(|&(key, value)| [key, value]), &|_, args| {
                let listed = each_choice(args, &|pairs, work| Ok(map(pairs, work)?));
                let weight = together(args);
                listed.unwrap_or_else(|| (faulting(Values::Of(Kinds::MAP, weight)), u64::from(weight).saturating_mul(weight.into())))
            }),
            Node::Member(operand, name) => self.member(*operand, *name, false),
            Node::Has(operand, name) => self.member(*operand, *name, true),
            Node::InList(operand, list) => self.strict(&mut [*operand].into_iter(), &|lifted, args| lifted.in_list(*list, args)),
            Node::Lookup(list, operand, column) => self.strict(&mut [*operand].into_iter(), &|lifted, args| lifted.lookup(*list, args, *column)),
            Node::State(test, variable) => {
                let reading = self.read(*variable);
                let known = !reading.values.is_none();
                let states = [(StateTest::Known, known), (StateTest::Unanswered, reading.absent), (StateTest::Declined, reading.declined), (StateTest::Masked, reading.masked)];
                Possible::with_truths(
                    states.into_iter().fold(bit(Truth::Fault, reading.fault), |truths, (state, may)| truths | bit(Truth::of(state == *test), may)),
                )
            }
            Node::Fold(fold, range, predicate, result) => self.fold(*fold, *range, *predicate, *result),
            #[cfg(feature = "full")]
            Node::Form(..) => Possible::ANYTHING,
        }
    }

    fn constant(&self, index: u32) -> Option<Value> {
        self.program.expressions.constants.get(index as usize).cloned()
    }

    /// Operands in any of their outcomes: a fault of one faults the whole, and what is unknown stays so unless another faults.
    fn strict(&mut self, operands: &mut dyn Iterator<Item = NodeId>, make: &Make) -> Possible {
        let mut args = Vec::new();
        let (mut unknown, mut fault) = (false, false);
        // Whether every operand may have a value; and whether it may at least not fault.
        let (mut values, mut sound) = (true, true);
        for operand in operands {
            let possible = self.node(operand);
            values &= !possible.values.is_none();
            sound &= !possible.values.is_none() || possible.unknown;
            unknown |= possible.unknown;
            fault |= possible.fault;
            args.push(possible.values);
        }
        if values {
            self.visits = self.visits.saturating_sub(tries(&args));
        }
        let (made, cost) = if values { make(self, &args) } else { (Possible::of(Values::NONE), 0) };
        self.spend(cost);
        Possible { values: made.values, unknown: made.unknown || unknown && sound, fault: made.fault || fault, exact: false }
    }

    fn decide(&mut self, operands: &[NodeId], deciding: bool) -> Possible {
        let mut truths = bit(Truth::of(!deciding), true);
        for &operand in operands {
            let operand = self.node(operand).truths();
            truths = connect(truths, operand, deciding);
        }
        Possible::with_truths(truths)
    }

    fn choose(&mut self, test: NodeId, then: NodeId, otherwise: NodeId) -> Possible {
        let truths = self.node(test).truths();
        let mut possible = Possible::with_truths(truths & (bit(Truth::Unknown, true) | bit(Truth::Fault, true)));
        for (truth, branch) in [(Truth::True, then), (Truth::False, otherwise)] {
            if truths & bit(truth, true) != 0 {
                let branch = self.node(branch);
                possible = possible.or(branch);
            }
        }
        possible
    }

    fn member(&mut self, operand: NodeId, name: u32, has: bool) -> Possible {
        let Some(name) = self.constant(name) else { return Possible::ANYTHING };
        self.strict(&mut [operand].into_iter(), &|_, args| {
            let listed = each_choice(args, &|args, work| {
                Ok(member(args.first().unwrap_or(&Value::Null), &name, has, work)?)
            });
            listed.unwrap_or_else(|| {
                let weight = together(args);
                let kinds = args.first().map_or(Kinds::NONE, Values::kinds);
                let values = match (kinds.meets(Kinds::WITH_MEMBERS), has) {
                    (false, _) => Values::NONE,
                    (true, true) => Values::bools(),
                    (true, false) => Values::Of(Kinds::ALL, weight),
                };
                (Possible { fault: !has || !kinds.within(Kinds::WITH_MEMBERS), ..Possible::of(values) }, unbounded(weight))
            })
        })
    }

    fn in_list(&self, list: ListId, args: &[Values]) -> (Possible, u64) {
        let listed = each_choice(args, &|args, work| {
            let value = args.first().unwrap_or(&Value::Null);
            Ok(in_list(self.program, self.texts, list, value, work)?)
        });
        listed.unwrap_or_else(|| {
            let text = args.iter().any(|arg| arg.kinds().meets(Kinds::STRING));
            let values = if text { Values::bools() } else { Values::one(Value::Bool(false)) };
            (Possible::of(values), unbounded(together(args)))
        })
    }

    fn lookup(&self, list: ListId, args: &[Values], column: u8) -> (Possible, u64) {
        let listed = each_choice(args, &|args, work| lookup(self.program, self.texts, list, args.first().unwrap_or(&Value::Null), column, work));
        listed.unwrap_or_else(|| {
            let kinds = args.first().map_or(Kinds::NONE, Values::kinds);
            let mut possible = Possible { fault: !kinds.within(Kinds::STRING), ..Possible::of(Values::NONE) };
            if kinds.meets(Kinds::STRING) {
                possible = possible.or(self.column(list, column));
            }
            (possible, unbounded(together(args)))
        })
    }

    /// Everything that a column of a dictionary holds, and that nothing is found.
    fn column(&self, list: ListId, column: u8) -> Possible {
        let found = |values| Possible { unknown: true, ..Possible::of(values) };
        let text = |text: &String| Value::String(text.as_str().into());
        match (self.program.lists.get(usize::from(list)).map(|list| &list.body), usize::from(column).checked_sub(1)) {
            (Some(ListBody::Set(keys)), None) => found(Values::few(keys.iter().map(text))),
            (Some(ListBody::Dictionary(dictionary)), None) => found(Values::few(dictionary.keys.iter().map(text))),
            (Some(ListBody::Dictionary(dictionary)), Some(column)) => {
                let mut values = Values::NONE;
                for row in &dictionary.classes {
                    let Some(cell) = row.get(column) else { return Possible::ANYTHING };
                    let Some(constant) = cell else { continue };
                    let Some(value) = self.constant(*constant) else { return Possible::ANYTHING };
                    values = values.or(Values::one(value));
                }
                found(values)
            }
            _ => Possible::ANYTHING,
        }
    }
}

fn faulting(values: Values) -> Possible {
    Possible { fault: true, ..Possible::of(values) }
}

/// How many visits it counts for to try every choice of these.
fn tries(args: &[Values]) -> u32 {
    let listed = args.iter().map(|arg| match arg {
        Values::Few(values) => u32::try_from(values.len()).unwrap_or(u32::MAX),
        _ => 1,
    });
    let choices = listed.fold(1, u32::saturating_mul).min(CHOICES);
    choices.saturating_mul(together(args).min(HEAVY) / 64 + 1) - 1
}

/// The weight of a list or map of these.
fn together(args: &[Values]) -> u32 {
    args.iter().fold(1, |weight, arg| weight.saturating_add(arg.weight()))
}

/// What it costs to go through a weight once; a weight that is not known stands for any.
fn unbounded(weight: u32) -> u64 {
    if weight == UNBOUNDED { u64::MAX } else { weight.into() }
}

/// T and F exchanged in a set of truths.
fn exchange(truths: u8) -> u8 {
    let (yes, no) = (bit(Truth::True, true), bit(Truth::False, true));
    let kept = truths & !(yes | no);
    kept | if truths & yes != 0 { no } else { 0 } | if truths & no != 0 { yes } else { 0 }
}

/// `&&` (deciding: false) and `||` (deciding: true) of any truth of one set with any of another.
fn connect(left: u8, right: u8, deciding: bool) -> u8 {
    // In this order the stronger of two operands is the result.
    let order = [Truth::of(!deciding), Truth::Unknown, Truth::Fault, Truth::of(deciding)];
    let mut truths = 0;
    for (rank, truth) in order.into_iter().enumerate() {
        let weaker = order.into_iter().take(rank + 1).fold(0, |weaker, truth| weaker | bit(truth, true));
        let strongest = |one: u8, other: u8| one & bit(truth, true) != 0 && other & weaker != 0;
        truths |= bit(truth, strongest(left, right) || strongest(right, left));
    }
    truths
}

#[cfg(test)]
mod tests;
