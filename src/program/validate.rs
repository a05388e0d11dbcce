//! Whether the parts of a program fit together. The engine relies on what is checked here, and on nothing that is not.

use super::{queues, slice};
use super::{
    Cell, Choose, Cut, Domain, FIRST_VALUE, Formula, Function, ListBody, LoadErrorKind as Kind, Milli, Node, Program, Score, ScoreBody,
    SlotId, Step, VariableId,
};

/// How deep expressions and formulas may nest.
pub const MAX_DEPTH: u16 = 300;
/// How large a formula may be with shared parts counted wherever they are used: what one evaluation may cost.
const MAX_WORK: u64 = 1 << 20;
/// What all formulas of one decision may cost together: far beyond any policy, and less than a second.
const MAX_TOTAL: u64 = 1 << 26;
/// Thousandths beyond which no points, bounds of groups and ranges of scores go.
const MAX_POINTS: Milli = 1_000_000_000_000;
/// How many cells a slot may have.
const MAX_CELLS: usize = 60_000;

/// Checks all of it; the kind of the first thing that is wrong.
pub fn program(program: &Program) -> Option<Kind> {
    let mut check = Check { program, failure: None };
    check.variables();
    check.lists();
    check.slots();
    check.expressions();
    let formulas = check.formulas();
    let trees = check.trees(&formulas);
    let layers = check.layers(&formulas);
    check.steps(&formulas, &trees, &layers);
    check.questions();
    check.joints();
    slice::check(&mut check);
    // A build that shares out no leads has no need to know how.
    if cfg!(feature = "full") {
        queues::check(&mut check);
    }
    check.failure
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
fn is_ready(value: &super::Value, within: bool) -> bool {
    use super::Value;
    match value {
        Value::Ready(bytes) => !within && super::ready::is_sound(bytes),
        Value::List(elements) => elements.iter().all(|element| is_ready(element, true)),
        Value::Map(entries) => entries.iter().all(|(key, value)| is_ready(key, true) && is_ready(value, true)),
        Value::Optional(Some(held)) => is_ready(held, true),
        _ => true,
    }
}

fn is_ascending(texts: &[String]) -> bool {
    texts.is_sorted_by(|a, b| a < b)
}

/// A program that is looked through. The first thing that is wrong stands; what is looked at after it need not make sense any more, and every check bears that.
pub(super) struct Check<'a> {
    pub(super) program: &'a Program,
    failure: Option<Kind>,
}

/// How deep a node nests, and what going through it may cost.
#[derive(Clone, Copy)]
struct Extent {
    depth: u16,
    work: u64,
}

/// A choosing tree: its extent, and the greatest cell that it can give.
struct Tree {
    extent: Extent,
    greatest: Cell,
}

/// What the conditions of each layer may cost.
#[derive(Default)]
struct Work {
    screen: u64,
    scores: Vec<u64>,
    tables: Vec<u64>,
    moves: u64,
    route: u64,
}

impl Extent {
    const LEAF: Self = Self { depth: 0, work: 1 };

    fn add(&mut self, operand: Self) {
        self.depth = self.depth.max(operand.depth + 1);
        self.work = self.work.saturating_add(operand.work);
    }
}

impl<'a> Check<'a> {
    #[inline(never)]
    pub(super) fn ensure(&mut self, holds: bool, kind: Kind) {
        if !holds && self.failure.is_none() {
            self.failure = Some(kind);
        }
    }

    #[inline(never)]
    pub(super) fn index(&mut self, at: usize, count: usize) {
        self.ensure(at < count, Kind::Index);
    }

    pub(super) fn indexes(&mut self, all: &[u16], count: usize) {
        for &at in all {
            self.index(usize::from(at), count);
        }
    }

    /// A variable that is computed stands for nothing secret.
    fn computed(&mut self, id: VariableId) {
        self.index(usize::from(id), self.program.variables.len());
        self.ensure(self.program.slice.as_ref().is_none_or(|slice| slice.open.binary_search(&id).is_err()), Kind::Shape);
    }

    /// How many values a variable has that has finitely many.
    fn finite(&mut self, id: VariableId) -> usize {
        if let Some(Domain::Finite(values)) = self.program.variables.get(usize::from(id)).map(|variable| &variable.domain) {
            return values.len();
        }
        self.ensure(false, Kind::Shape);
        0
    }

    fn field(&mut self, id: VariableId) {
        self.index(usize::from(id), self.program.fields.len());
    }

    fn fields(&mut self, groups: &[Vec<VariableId>]) {
        for group in groups {
            self.indexes(group, self.program.fields.len());
        }
    }

    fn list(&mut self, id: u16) -> Option<&'a ListBody> {
        self.index(usize::from(id), self.program.lists.len());
        self.program.lists.get(usize::from(id)).map(|list| &list.body)
    }

    fn dictionary(&mut self, id: u16) {
        let found = matches!(self.list(id), Some(ListBody::Dictionary(_)));
        self.ensure(found, Kind::Shape);
    }

    fn cells(&mut self, slot: SlotId) -> usize {
        self.index(usize::from(slot), self.program.slots.len());
        self.program.cells_of(slot).unwrap_or_default()
    }

    /// What a node reads among those before it: an operand stands before its node, so there can be no cycle.
    fn operand(&mut self, before: &[Extent], at: u32) -> Extent {
        self.index(at as usize, before.len());
        before.get(at as usize).copied().unwrap_or(Extent::LEAF)
    }

    fn within(&mut self, extent: Extent, most: u64) -> Extent {
        self.ensure(extent.depth < MAX_DEPTH && extent.work <= most, Kind::Depth);
        Extent { depth: extent.depth.min(MAX_DEPTH), work: extent.work.min(most) }
    }

    fn variables(&mut self) {
        let program = self.program;
        self.ensure(program.variables.len() <= usize::from(u16::MAX) && program.fields.len() <= program.variables.len(), Kind::Shape);
        for variable in &program.variables {
            let holds = match &variable.domain {
                Domain::Int(low, high) => low <= high,
                Domain::Double(low, high) => low <= high,
                Domain::Finite(values) => values.len() <= MAX_CELLS,
                Domain::Text | Domain::Any => true,
            };
            self.ensure(holds, Kind::Shape);
        }
    }

    fn lists(&mut self) {
        let constants = self.program.expressions.constants.len();
        for list in &self.program.lists {
            match &list.body {
                ListBody::Set(texts) => self.ensure(is_ascending(texts), Kind::Shape),
                ListBody::Dictionary(dictionary) => {
                    self.ensure(dictionary.keys.len() == dictionary.entry_class.len(), Kind::Shape);
                    self.ensure(dictionary.classes.len() <= MAX_CELLS, Kind::Shape);
                    let width = dictionary.classes.first().map_or(0, Vec::len);
                    for class in &dictionary.classes {
                        self.ensure(class.len() == width, Kind::Shape);
                        for at in class.iter().flatten() {
                            self.index(*at as usize, constants);
                        }
                    }
                    self.indexes(&dictionary.entry_class, dictionary.classes.len());
                }
            }
        }
    }

    fn slots(&mut self) {
        let program = self.program;
        self.ensure(program.slots.len() <= usize::from(u16::MAX), Kind::Shape);
        let mut last = 0;
        for slot in &program.slots {
            self.ensure(last <= slot.variable, Kind::Shape);
            last = slot.variable;
            let Some(variable) = program.variables.get(usize::from(slot.variable)) else { return self.ensure(false, Kind::Index) };
            let holds = match (&slot.cut, &variable.domain) {
                (Cut::Thresholds(thresholds), Domain::Int(..) | Domain::Double(..)) => {
                    // Ascending leaves no room for what is not a number.
                    let finite = thresholds.iter().all(|threshold| threshold.is_finite());
                    finite && thresholds.is_sorted_by(|a, b| a < b) && thresholds.len() < MAX_CELLS
                }
                (Cut::Finite(count), Domain::Finite(values)) => usize::from(*count) == values.len(),
                (Cut::Given, Domain::Text | Domain::Any) | (Cut::Contains(_), Domain::Text) => true,
                (Cut::Members(members), Domain::Text) => {
                    for &list in &members.lists {
                        let found = matches!(self.list(list), Some(ListBody::Set(_)));
                        self.ensure(found, Kind::Shape);
                    }
                    let classes = &members.classes;
                    let classes = classes.first() == Some(&(0, 0)) && classes.is_sorted_by(|a, b| a < b) && classes.len() <= MAX_CELLS;
                    classes && members.lists.len() <= 64 && is_ascending(&members.texts)
                }
                (Cut::Lookup(list), Domain::Text) => {
                    self.dictionary(*list);
                    true
                }
                _ => false,
            };
            self.ensure(holds, Kind::Shape);
        }
    }

    fn expressions(&mut self) {
        #[cfg(feature = "full")]
        for constant in &self.program.expressions.constants {
            self.ensure(is_ready(constant, false), Kind::Shape);
        }
        let nodes = &self.program.expressions.nodes;
        let mut extents = Vec::with_capacity(nodes.len());
        for node in nodes {
            self.node(node);
            let mut extent = Extent::LEAF;
            node.operands(&mut |operand| extent.add(self.operand(&extents, operand)));
            extents.push(self.within(extent, u64::MAX));
        }
    }

    /// Whether what a node names, other nodes apart, exists.
    fn node(&mut self, node: &Node) {
        match node {
            Node::Const(at) | Node::Member(_, at) | Node::Has(_, at) => self.index(*at as usize, self.program.expressions.constants.len()),
            Node::Variable(variable) | Node::State(_, variable) => self.index(usize::from(*variable), self.program.variables.len()),
            Node::InList(_, list) => self.index(usize::from(*list), self.program.lists.len()),
            Node::Lookup(list, ..) => self.dictionary(*list),
            _ => {}
        }
    }

    fn formulas(&mut self) -> Vec<Extent> {
        let formulas = &self.program.formulas;
        let mut extents = Vec::with_capacity(formulas.nodes.len());
        for node in &formulas.nodes {
            match node {
                Formula::Atom(slot, table) => {
                    self.index(*table as usize, formulas.tables.len());
                    let cells = self.cells(*slot);
                    self.ensure(formulas.tables.get(*table as usize).is_some_and(|table| table.len() == cells), Kind::Shape);
                }
                Formula::Within(slot, from, to) => {
                    let cells = self.cells(*slot);
                    self.ensure(FIRST_VALUE <= *from && from <= to && usize::from(*to) <= cells, Kind::Shape);
                }
                _ => {}
            }
            let mut extent = Extent::LEAF;
            node.operands(&mut |operand| extent.add(self.operand(&extents, operand)));
            extents.push(self.within(extent, MAX_WORK));
        }
        extents
    }

    fn trees(&mut self, formulas: &[Extent]) -> Vec<Tree> {
        let chooses = &self.program.formulas.chooses;
        let mut trees: Vec<Tree> = Vec::with_capacity(chooses.len());
        for node in chooses {
            let mut tree = Tree { extent: Extent::LEAF, greatest: 0 };
            match node {
                Choose::Cell(cell) => tree.greatest = *cell,
                Choose::Map(slot, cells) => {
                    let count = self.cells(*slot);
                    self.ensure(cells.len() == count, Kind::Shape);
                    tree.greatest = cells.iter().copied().max().unwrap_or_default();
                }
                Choose::If(test, then, otherwise) => {
                    let mut longest = 0;
                    for &at in [then, otherwise] {
                        self.index(at as usize, trees.len());
                        if let Some(branch) = trees.get(at as usize) {
                            tree.greatest = tree.greatest.max(branch.greatest);
                            tree.extent.depth = tree.extent.depth.max(branch.extent.depth + 1);
                            longest = longest.max(branch.extent.work);
                        }
                    }
                    tree.extent.work = self.operand(formulas, *test).work + longest;
                }
            }
            tree.extent = self.within(tree.extent, MAX_TOTAL);
            trees.push(tree);
        }
        trees
    }

    /// The parts of a decision; what each may cost.
    fn layers(&mut self, formulas: &[Extent]) -> Work {
        let program = self.program;
        let mut work = Work::default();
        for gate in program.fields.iter().filter_map(|field| field.gate) {
            self.operand(formulas, gate);
        }
        for row in &program.screen {
            work.screen += self.operand(formulas, row.when).work;
        }
        for score in &program.scores {
            let before = work.scores.len();
            work.scores.push(self.score(score, before, formulas));
        }
        for table in &program.tables {
            let mut sum = 0;
            for &output in &table.outputs {
                self.computed(output);
                self.finite(output);
            }
            for row in &table.rows {
                sum += self.operand(formulas, row.when).work;
                self.ensure(row.then.len() == table.outputs.len(), Kind::Shape);
                for (&value, &output) in row.then.iter().zip(&table.outputs) {
                    let values = self.finite(output);
                    self.index(usize::from(value), values);
                }
            }
            work.tables.push(sum);
        }
        if let Some(stages) = &program.stages {
            let count = self.finite(stages.variable);
            self.ensure(stages.require.len() == count && count > 0 && count <= 1000, Kind::Shape);
            self.fields(&stages.require);
            for item in &stages.moves {
                work.moves += self.operand(formulas, item.when).work;
                self.index(usize::from(item.to), count);
                self.indexes(&item.from, count);
            }
            // Each move taken begins the search anew, and no stage is entered twice.
            work.moves = work.moves.saturating_mul(count as u64);
        }
        if let Some(route) = &program.route {
            for row in &route.rows {
                work.route += self.operand(formulas, row.when).work;
                self.index(usize::from(row.to), route.outcomes.len());
            }
            if let Some(at) = route.on_fault {
                self.index(usize::from(at), route.outcomes.len());
            }
        }
        self.fields(&program.identity);
        work
    }

    /// A score; it may add up those before it.
    fn score(&mut self, score: &Score, before: usize, formulas: &[Extent]) -> u64 {
        self.computed(score.variable);
        if let Some((low, high)) = score.range {
            self.points(low, high);
        }
        match &score.body {
            ScoreBody::Sum(parts) => {
                self.indexes(parts, before);
                parts.len() as u64
            }
            ScoreBody::Within(parts, low, high) => {
                self.ensure(self.program.slice.is_some(), Kind::Shape);
                self.points(*low, *high);
                self.indexes(parts, before);
                parts.len() as u64
            }
            ScoreBody::Groups(groups) => {
                let mut work = 0;
                for group in groups {
                    for bound in [group.min, group.max].into_iter().flatten() {
                        self.points(bound, bound);
                    }
                    for rule in &group.rules {
                        for case in &rule.cases {
                            self.points(case.points, case.points);
                            work += self.operand(formulas, case.when).work;
                        }
                    }
                }
                work
            }
        }
    }

    /// Numbers can be points where their sums do not overflow.
    fn points(&mut self, low: Milli, high: Milli) {
        self.ensure(-MAX_POINTS <= low && low <= high && high <= MAX_POINTS, Kind::Shape);
    }

    /// Steps compute what is computed once, so their number says how long a decision may take.
    fn steps(&mut self, formulas: &[Extent], trees: &[Tree], layers: &Work) {
        let program = self.program;
        let mut computed = vec![false; program.variables.len()];
        let mut alone = [false; 3];
        let mut total = 0u64;
        for step in &program.steps {
            // Steps may name the same table again and again; the second time is the last.
            if self.failure.is_some() {
                return;
            }
            let work = match *step {
                Step::Gate(variable) => {
                    self.field(variable);
                    self.once(&mut computed, variable);
                    let gate = program.fields.get(usize::from(variable)).and_then(|field| field.gate);
                    gate.map_or(1, |gate| self.operand(formulas, gate).work)
                }
                Step::Choose(variable, tree) => {
                    self.computed(variable);
                    self.once(&mut computed, variable);
                    let values = self.finite(variable);
                    let found = trees.get(tree as usize);
                    self.ensure(found.is_some(), Kind::Index);
                    found.map_or(1, |tree| {
                        self.ensure(usize::from(tree.greatest) < usize::from(FIRST_VALUE) + values, Kind::Shape);
                        tree.extent.work
                    })
                }
                Step::Compute(variable, node) => {
                    self.computed(variable);
                    self.once(&mut computed, variable);
                    self.index(node as usize, program.expressions.nodes.len());
                    1
                }
                Step::Score(at) => {
                    match program.scores.get(usize::from(at)) {
                        Some(score) => self.once(&mut computed, score.variable),
                        None => self.ensure(false, Kind::Index),
                    }
                    layers.scores.get(usize::from(at)).copied().unwrap_or_default()
                }
                Step::Table(at) => {
                    match program.tables.get(usize::from(at)) {
                        Some(table) => table.outputs.iter().for_each(|&output| self.once(&mut computed, output)),
                        None => self.ensure(false, Kind::Index),
                    }
                    layers.tables.get(usize::from(at)).copied().unwrap_or_default()
                }
                Step::Screen => {
                    self.once(&mut alone, 0);
                    layers.screen
                }
                Step::Moves => {
                    self.once(&mut alone, 1);
                    layers.moves
                }
                Step::Route => {
                    self.once(&mut alone, 2);
                    layers.route
                }
            };
            total = total.saturating_add(work);
        }
        self.ensure(total <= MAX_TOTAL, Kind::Depth);
    }

    /// Marks what comes at most once.
    fn once(&mut self, seen: &mut [bool], at: u16) {
        match seen.get_mut(usize::from(at)) {
            Some(seen) => {
                self.ensure(!*seen, Kind::Shape);
                *seen = true;
            }
            None => self.ensure(false, Kind::Index),
        }
    }

    fn questions(&mut self) {
        let mut asked = vec![false; self.program.fields.len()];
        for question in &self.program.ask.questions {
            self.once(&mut asked, question.field);
            self.points(0, question.cost);
        }
    }

    fn joints(&mut self) {
        for joint in &self.program.joints {
            self.index(usize::from(joint.variable), self.program.variables.len());
            for cells in &joint.cells {
                let mut slots = self.program.slots_of(joint.variable);
                for &cell in cells {
                    let count = slots.next().map_or(0, |slot| self.cells(slot));
                    self.index(usize::from(cell), count);
                }
                self.ensure(slots.next().is_none(), Kind::Shape);
            }
        }
    }
}
