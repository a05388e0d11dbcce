//! Whether the parts of a program fit together. The engine relies on what is checked here, and on nothing that is not.

use super::{queues, slice};
use super::{
    Cell, Choose, Cut, Domain, FIRST_VALUE, Formula, FormulaId, Function, List, ListBody, LoadErrorKind as Kind, Milli, Node, Program, ScoreBody,
    SlotId, Step, VariableId,
};

/// How deep expressions and formulas may nest.
pub const MAX_DEPTH: u16 = 300;
/// How large a formula may be with shared parts counted wherever they are used: what one evaluation may cost.
const MAX_WORK: u32 = 1 << 20;
/// What all formulas of one decision may cost together: far beyond any policy, and less than a second.
const MAX_TOTAL: u64 = 1 << 26;
/// Thousandths beyond which no points, bounds of groups and ranges of scores go.
const MAX_POINTS: Milli = 1_000_000_000_000;
/// How many cells a slot may have.
const MAX_CELLS: usize = 60_000;

pub(super) type Checked = Result<(), Kind>;

/// Checks all of it.
pub fn program(program: &Program) -> Checked {
    let check = Check { program };
    check.variables()?;
    check.lists()?;
    check.slots()?;
    check.expressions()?;
    let work = check.formulas()?;
    check.steps(&work)?;
    check.layers()?;
    check.joints()?;
    slice::check(program)?;
    // A build that shares out no leads has no need to know how.
    if cfg!(feature = "full") { queues::check(program) } else { Ok(()) }
}

/// Whether it uses what the page build leaves out: numbers to text, and the library.
pub fn needs_full(program: &Program) -> bool {
    program.expressions.nodes.iter().any(|node| match node {
        Node::Call(function, _) => *function == Function::ToString || function.of_library(),
        #[cfg(feature = "full")]
        Node::Form(..) => true,
        _ => false,
    })
}

/// Whether what was made ready is sound; it stands in no list, map or optional.
#[cfg(feature = "full")]
fn ready(value: &super::Value, within: bool) -> Checked {
    use super::Value;
    match value {
        Value::Ready(bytes) => ensure(!within && super::ready::is_sound(bytes), Kind::Shape),
        Value::List(elements) => elements.iter().try_for_each(|element| ready(element, true)),
        Value::Map(entries) => entries.iter().flat_map(|(key, value)| [key, value]).try_for_each(|part| ready(part, true)),
        Value::Optional(Some(held)) => ready(held, true),
        _ => Ok(()),
    }
}

pub(super) fn ensure(holds: bool, kind: Kind) -> Checked {
    if holds { Ok(()) } else { Err(kind) }
}

/// Whether a number can be points: so that their sums do not overflow.
fn is_points(value: Milli) -> bool {
    value.unsigned_abs() <= MAX_POINTS.unsigned_abs()
}

struct Check<'a> {
    program: &'a Program,
}

impl Check<'_> {
    fn variable(&self, id: VariableId) -> Checked {
        ensure(usize::from(id) < self.program.variables.len(), Kind::Index)
    }

    fn finite(&self, id: VariableId) -> Result<usize, Kind> {
        match self.program.variables.get(usize::from(id)).map(|variable| &variable.domain) {
            Some(Domain::Finite(values)) => Ok(values.len()),
            Some(_) => Err(Kind::Shape),
            None => Err(Kind::Index),
        }
    }

    fn field(&self, id: VariableId) -> Checked {
        ensure(usize::from(id) < self.program.fields.len(), Kind::Index)
    }

    fn formula(&self, id: FormulaId) -> Checked {
        ensure((id as usize) < self.program.formulas.nodes.len(), Kind::Index)
    }

    fn list(&self, id: u16) -> Result<&List, Kind> {
        self.program.lists.get(usize::from(id)).ok_or(Kind::Index)
    }

    fn cells(&self, slot: SlotId) -> Result<usize, Kind> {
        self.program.cells_of(slot).ok_or(Kind::Index)
    }

    fn variables(&self) -> Checked {
        let program = self.program;
        ensure(program.variables.len() <= usize::from(u16::MAX) && program.fields.len() <= program.variables.len(), Kind::Shape)?;
        for variable in &program.variables {
            match &variable.domain {
                Domain::Int(low, high) => ensure(low <= high, Kind::Shape)?,
                Domain::Double(low, high) => ensure(low <= high, Kind::Shape)?,
                Domain::Finite(values) => ensure(values.len() <= MAX_CELLS, Kind::Shape)?,
                Domain::Text | Domain::Any => {}
            }
        }
        for field in &program.fields {
            if let Some(gate) = field.gate {
                self.formula(gate)?;
            }
        }
        Ok(())
    }

    fn lists(&self) -> Checked {
        let constants = self.program.expressions.constants.len();
        for list in &self.program.lists {
            match &list.body {
                ListBody::Set(texts) => ensure(texts.is_sorted_by(|a, b| a < b), Kind::Shape)?,
                ListBody::Dictionary(dictionary) => {
                    ensure(dictionary.keys.len() == dictionary.entry_class.len(), Kind::Shape)?;
                    ensure(dictionary.classes.len() <= MAX_CELLS, Kind::Shape)?;
                    let width = dictionary.classes.first().map_or(0, Vec::len);
                    for class in &dictionary.classes {
                        ensure(class.len() == width, Kind::Shape)?;
                        ensure(class.iter().flatten().all(|&at| (at as usize) < constants), Kind::Index)?;
                    }
                    ensure(dictionary.entry_class.iter().all(|&class| usize::from(class) < dictionary.classes.len()), Kind::Index)?;
                }
            }
        }
        Ok(())
    }

    fn slots(&self) -> Checked {
        let program = self.program;
        ensure(program.slots.len() <= usize::from(u16::MAX), Kind::Shape)?;
        ensure(program.slots.is_sorted_by_key(|slot| slot.variable), Kind::Shape)?;
        for slot in &program.slots {
            let variable = program.variables.get(usize::from(slot.variable)).ok_or(Kind::Index)?;
            match (&slot.cut, &variable.domain) {
                (Cut::Thresholds(thresholds), Domain::Int(..) | Domain::Double(..)) => {
                    ensure(thresholds.is_sorted_by(|a, b| a < b), Kind::Shape)?;
                    ensure(thresholds.iter().all(|threshold| threshold.is_finite()), Kind::Shape)?;
                    ensure(thresholds.len() < MAX_CELLS, Kind::Shape)?;
                }
                (Cut::Finite(count), Domain::Finite(values)) => ensure(usize::from(*count) == values.len(), Kind::Shape)?,
                (Cut::Given, Domain::Text | Domain::Any) => {}
                (Cut::Members(members), Domain::Text) => {
                    ensure(members.lists.len() <= 64 && members.texts.is_sorted_by(|a, b| a < b), Kind::Shape)?;
                    ensure(members.classes.first() == Some(&(0, 0)) && members.classes.is_sorted_by(|a, b| a < b), Kind::Shape)?;
                    ensure(members.classes.len() <= MAX_CELLS, Kind::Shape)?;
                    for &list in &members.lists {
                        ensure(matches!(self.list(list)?.body, ListBody::Set(_)), Kind::Shape)?;
                    }
                }
                (Cut::Contains(_), Domain::Text) => {}
                (Cut::Lookup(list), Domain::Text) => {
                    ensure(matches!(self.list(*list)?.body, ListBody::Dictionary(_)), Kind::Shape)?;
                }
                _ => return Err(Kind::Shape),
            }
        }
        Ok(())
    }

    fn expressions(&self) -> Checked {
        #[cfg(feature = "full")]
        self.program.expressions.constants.iter().try_for_each(|constant| ready(constant, false))?;
        let nodes = &self.program.expressions.nodes;
        let mut depth: Vec<u16> = Vec::with_capacity(nodes.len());
        for (index, node) in nodes.iter().enumerate() {
            let mut deepest = 0u16;
            self.node(node)?;
            let mut back = true;
            node.operands(&mut |operand| {
                // An operand stands before its node, so there can be no cycle.
                let at = operand as usize;
                back &= at < index;
                deepest = deepest.max(depth.get(at).copied().unwrap_or(MAX_DEPTH));
            });
            ensure(back, Kind::Index)?;
            ensure(deepest < MAX_DEPTH, Kind::Depth)?;
            depth.push(deepest + 1);
        }
        Ok(())
    }

    /// Whether what a node names, other nodes apart, exists.
    fn node(&self, node: &Node) -> Checked {
        match node {
            Node::Const(at) | Node::Member(_, at) | Node::Has(_, at) => ensure((*at as usize) < self.program.expressions.constants.len(), Kind::Index),
            Node::Variable(variable) | Node::State(_, variable) => self.variable(*variable),
            Node::InList(_, list) => self.list(*list).map(|_| ()),
            Node::Lookup(list, ..) => ensure(matches!(self.list(*list)?.body, ListBody::Dictionary(_)), Kind::Shape),
            _ => Ok(()),
        }
    }

    /// What evaluating each formula may cost.
    fn formulas(&self) -> Result<Vec<u32>, Kind> {
        let formulas = &self.program.formulas;
        let mut depth: Vec<u16> = Vec::with_capacity(formulas.nodes.len());
        let mut work: Vec<u32> = Vec::with_capacity(formulas.nodes.len());
        for (index, node) in formulas.nodes.iter().enumerate() {
            let single;
            let items: &[FormulaId] = match node {
                Formula::Const(_) => &[],
                Formula::Atom(slot, table) => {
                    let table = formulas.tables.get(*table as usize).ok_or(Kind::Index)?;
                    ensure(table.len() == self.cells(*slot)?, Kind::Shape)?;
                    &[]
                }
                Formula::Within(slot, from, to) => {
                    let cells = self.cells(*slot)?;
                    ensure(FIRST_VALUE <= *from && from <= to && usize::from(*to) <= cells, Kind::Shape)?;
                    &[]
                }
                Formula::And(items) | Formula::Or(items) => items,
                Formula::Not(item) | Formula::Held(item) => {
                    single = [*item, *item, *item];
                    &single
                }
                Formula::If(test, then, otherwise) => {
                    single = [*test, *then, *otherwise];
                    &single
                }
            };
            let mut deepest = 0u16;
            let mut cost = 1u32;
            for &item in items {
                ensure((item as usize) < index, Kind::Index)?;
                deepest = deepest.max(depth.get(item as usize).copied().unwrap_or(MAX_DEPTH));
                cost = cost.saturating_add(work.get(item as usize).copied().unwrap_or(MAX_WORK));
            }
            ensure(deepest < MAX_DEPTH && cost <= MAX_WORK, Kind::Depth)?;
            depth.push(deepest + 1);
            work.push(cost);
        }
        self.chooses()?;
        Ok(work)
    }

    fn chooses(&self) -> Checked {
        let formulas = &self.program.formulas;
        let mut depth: Vec<u16> = Vec::with_capacity(formulas.chooses.len());
        for (index, node) in formulas.chooses.iter().enumerate() {
            let mut deepest = 0u16;
            match node {
                Choose::Cell(_) => {}
                Choose::Map(slot, cells) => ensure(cells.len() == self.cells(*slot)?, Kind::Shape)?,
                Choose::If(test, then, otherwise) => {
                    self.formula(*test)?;
                    for &item in [then, otherwise] {
                        ensure((item as usize) < index, Kind::Index)?;
                        deepest = deepest.max(depth.get(item as usize).copied().unwrap_or(MAX_DEPTH));
                    }
                }
            }
            ensure(deepest < MAX_DEPTH, Kind::Depth)?;
            depth.push(deepest + 1);
        }
        Ok(())
    }

    fn steps(&self, work: &[u32]) -> Checked {
        let program = self.program;
        let greatest = self.greatest_cells();
        let trees = self.tree_work(work);
        let cost = |formula: FormulaId| u64::from(work.get(formula as usize).copied().unwrap_or(MAX_WORK));
        let mut total = 0u64;
        // What is computed is computed once, so the number of steps says how long a decision may take.
        let mut computed = vec![false; program.variables.len()];
        let mut once = |variable: VariableId| match computed.get_mut(usize::from(variable)) {
            Some(seen) => ensure(!std::mem::replace(seen, true), Kind::Shape),
            None => Err(Kind::Index),
        };
        let mut alone = [false; 3];
        for step in &program.steps {
            let single = match step {
                Step::Screen => alone.first_mut(),
                Step::Moves => alone.get_mut(1),
                Step::Route => alone.get_mut(2),
                _ => None,
            };
            if let Some(seen) = single {
                ensure(!std::mem::replace(seen, true), Kind::Shape)?;
            }
            total += match *step {
                Step::Gate(variable) => {
                    self.field(variable)?;
                    once(variable)?;
                    program.fields.get(usize::from(variable)).and_then(|field| field.gate).map_or(1, cost)
                }
                Step::Choose(variable, tree) => {
                    let greatest = greatest.get(tree as usize).ok_or(Kind::Index)?;
                    ensure(usize::from(*greatest) < usize::from(FIRST_VALUE) + self.finite(variable)?, Kind::Shape)?;
                    once(variable)?;
                    trees.get(tree as usize).copied().unwrap_or(u64::MAX)
                }
                Step::Compute(variable, node) => {
                    once(variable)?;
                    ensure((node as usize) < program.expressions.nodes.len(), Kind::Index)?;
                    1
                }
                Step::Score(score) => {
                    let score = program.scores.get(usize::from(score)).ok_or(Kind::Index)?;
                    once(score.variable)?;
                    match &score.body {
                        ScoreBody::Sum(parts) | ScoreBody::Within(parts, ..) => parts.len() as u64,
                        ScoreBody::Groups(groups) => groups.iter().flat_map(|group| &group.rules).flat_map(|rule| &rule.cases).map(|case| cost(case.when)).sum(),
                    }
                }
                Step::Table(table) => {
                    let table = program.tables.get(usize::from(table)).ok_or(Kind::Index)?;
                    table.outputs.iter().try_for_each(|&output| once(output))?;
                    table.rows.iter().map(|row| cost(row.when)).sum()
                }
                Step::Screen => program.screen.iter().map(|row| cost(row.when)).sum(),
                // Each move taken begins the search anew, and no stage is entered twice.
                Step::Moves => program.stages.iter().map(|stages| stages.require.len() as u64 * stages.moves.iter().map(|item| cost(item.when)).sum::<u64>()).sum(),
                Step::Route => program.route.iter().flat_map(|route| &route.rows).map(|row| cost(row.when)).sum(),
            };
            ensure(total <= MAX_TOTAL, Kind::Depth)?;
        }
        Ok(())
    }

    /// What going through each choosing tree may cost.
    fn tree_work(&self, work: &[u32]) -> Vec<u64> {
        let mut costs: Vec<u64> = Vec::with_capacity(self.program.formulas.chooses.len());
        for node in &self.program.formulas.chooses {
            let of = |at: u32| costs.get(at as usize).copied().unwrap_or(MAX_TOTAL);
            costs.push(match node {
                Choose::If(test, then, otherwise) => u64::from(work.get(*test as usize).copied().unwrap_or(MAX_WORK)) + of(*then).max(of(*otherwise)),
                Choose::Cell(_) | Choose::Map(..) => 1,
            });
        }
        costs
    }

    /// For each choosing tree, the greatest cell it can give.
    fn greatest_cells(&self) -> Vec<Cell> {
        let mut greatest: Vec<Cell> = Vec::with_capacity(self.program.formulas.chooses.len());
        for node in &self.program.formulas.chooses {
            let of = |at: u32| greatest.get(at as usize).copied().unwrap_or(Cell::MAX);
            greatest.push(match node {
                Choose::Cell(cell) => *cell,
                Choose::Map(_, map) => map.iter().copied().max().unwrap_or(0),
                Choose::If(_, then, otherwise) => of(*then).max(of(*otherwise)),
            });
        }
        greatest
    }

    fn layers(&self) -> Checked {
        let program = self.program;
        for row in &program.screen {
            self.formula(row.when)?;
        }
        for (index, score) in program.scores.iter().enumerate() {
            self.variable(score.variable)?;
            ensure(score.range.is_none_or(|(low, high)| low <= high && is_points(low) && is_points(high)), Kind::Shape)?;
            match &score.body {
                ScoreBody::Sum(parts) => ensure(parts.iter().all(|&part| usize::from(part) < index), Kind::Index)?,
                ScoreBody::Within(parts, low, high) => {
                    ensure(program.slice.is_some() && low <= high && is_points(*low) && is_points(*high), Kind::Shape)?;
                    ensure(parts.iter().all(|&part| usize::from(part) < index), Kind::Index)?;
                }
                ScoreBody::Groups(groups) => {
                    ensure(groups.iter().flat_map(|group| group.min.iter().chain(&group.max)).all(|&bound| is_points(bound)), Kind::Shape)?;
                    for case in groups.iter().flat_map(|group| &group.rules).flat_map(|rule| &rule.cases) {
                        self.formula(case.when)?;
                        ensure(is_points(case.points), Kind::Shape)?;
                    }
                }
            }
        }
        for table in &program.tables {
            let sizes = table.outputs.iter().map(|&output| self.finite(output)).collect::<Result<Vec<_>, _>>()?;
            for row in &table.rows {
                self.formula(row.when)?;
                ensure(row.then.len() == sizes.len(), Kind::Shape)?;
                ensure(row.then.iter().zip(&sizes).all(|(&value, &size)| usize::from(value) < size), Kind::Index)?;
            }
        }
        if let Some(stages) = &program.stages {
            let count = self.finite(stages.variable)?;
            ensure(stages.require.len() == count && count > 0 && count <= 1000, Kind::Shape)?;
            for &field in stages.require.iter().flatten() {
                self.field(field)?;
            }
            for item in &stages.moves {
                self.formula(item.when)?;
                ensure(item.from.iter().chain([&item.to]).all(|&stage| usize::from(stage) < count), Kind::Index)?;
            }
        }
        if let Some(route) = &program.route {
            for row in &route.rows {
                self.formula(row.when)?;
                ensure(usize::from(row.to) < route.outcomes.len(), Kind::Index)?;
            }
            ensure(route.on_fault.is_none_or(|at| usize::from(at) < route.outcomes.len()), Kind::Index)?;
        }
        program.identity.iter().flatten().try_for_each(|&field| self.field(field))?;
        self.questions()
    }

    fn questions(&self) -> Checked {
        let mut asked = vec![false; self.program.fields.len()];
        for question in &self.program.ask.questions {
            let place = asked.get_mut(usize::from(question.field)).ok_or(Kind::Index)?;
            ensure(!std::mem::replace(place, true) && question.cost >= 0 && is_points(question.cost), Kind::Shape)?;
        }
        Ok(())
    }

    fn joints(&self) -> Checked {
        for joint in &self.program.joints {
            self.variable(joint.variable)?;
            let slots: Vec<SlotId> = self.program.slots_of(joint.variable).collect();
            for cells in &joint.cells {
                ensure(cells.len() == slots.len(), Kind::Shape)?;
                for (&cell, &slot) in cells.iter().zip(&slots) {
                    ensure(usize::from(cell) < self.cells(slot)?, Kind::Index)?;
                }
            }
        }
        Ok(())
    }
}
