//! Whether the parts of a program fit together. The engine relies on what is checked here, and on nothing that is not.

#[cfg(feature = "full")]
use super::{hits, life};
use super::slice;
use super::{
    COMPUTES, Cell, Choose, ChooseId, Cut, Domain, Extent, FIRST_VALUE, Formula, FormulaId, Function, Goal, ListBody, LoadErrorKind as Kind, Milli, Node, Program, Row, Score,
    ScoreBody, SlotId, Step, Table, VariableId,
};

use crate::engine::OpenField;

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
    let mut check = Check { program, failure: None, formulas: Vec::new(), work: 0 };
    check.variables();
    check.lists();
    check.slots();
    check.expressions();
    check.formulas();
    check.layers();
    let trees = check.trees();
    check.steps(&trees);
    check.questions();
    check.joints();
    slice::check(&mut check);
    #[cfg(feature = "full")]
    life::check(&mut check);
    check.failure
}

/// Whether it computes on values, or holds others than those that cells stand for.
#[cfg(feature = "expressions")]
pub fn needs_machine(program: &Program) -> bool {
    use super::Value;
    let other = |value: &Value| !matches!(value, Value::Null | Value::Bool(_) | Value::Int(_) | Value::Double(_) | Value::String(_));
    let domain = |variable: &super::Variable| matches!(&variable.domain, Domain::Finite(values) if values.iter().any(other));
    !program.expressions.nodes.is_empty()
        || program.expressions.constants.iter().any(other)
        || program.variables.iter().any(domain)
        || program.fields.iter().flat_map(|field| &field.choices).any(|choice| other(&choice.value))
}

/// A build without the machine reads nothing that needs it.
#[cfg(not(feature = "expressions"))]
pub fn needs_machine(_: &Program) -> bool {
    false
}

/// Whether it uses what the page build leaves out: numbers to text, the library, what is computed from events, moves that rest on a lead's past, packed lists, and tables of which more than the
/// first row that holds counts.
pub fn needs_full(program: &Program) -> bool {
    #[cfg(feature = "full")]
    let life = &program.life;
    #[cfg(feature = "full")]
    if !life.events.is_empty() || !life.moves.is_empty() || !life.sops.is_empty() || !life.hits.is_empty() {
        return true;
    }
    #[cfg(feature = "full")]
    if program.fields.iter().any(|field| field.format == super::Format::Uscc) {
        return true;
    }
    #[cfg(feature = "full")]
    if program.lists.iter().any(|list| matches!(list.body, ListBody::Packed(_) | ListBody::Detached(_))) {
        return true;
    }
    COMPUTES && program.expressions.nodes.iter().any(|node| match node {
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
    /// Of the program's formulas.
    formulas: Vec<Extent>,
    /// What all conditions that one decision looks at may cost together.
    work: u64,
}

/// A choosing tree: how deep it nests, what finding its cell may cost, and the greatest cell that it can give.
#[derive(Clone, Copy, Default)]
struct Tree {
    depth: u16,
    work: u64,
    greatest: Cell,
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
        self.ensure(self.program.slice.as_ref().is_none_or(|slice| !slice.open.contains(&id)), Kind::Shape);
    }

    /// How many values a variable has that has finitely many.
    pub(super) fn finite(&mut self, id: VariableId) -> usize {
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

    /// What a formula may cost.
    fn formula(&mut self, at: FormulaId) -> u64 {
        self.index(at as usize, self.formulas.len());
        self.formulas.get(at as usize).map_or(0, |extent| extent.work)
    }

    /// A condition that a decision looks at so many times.
    pub(super) fn condition(&mut self, at: FormulaId, times: usize) {
        let work = self.formula(at).saturating_mul(times as u64);
        self.work = self.work.saturating_add(work);
    }

    /// What nodes reach; an operand stands before its node, so there can be no cycle.
    fn extents(&mut self, found: Option<Vec<Extent>>, most: u64) -> Vec<Extent> {
        self.ensure(found.is_some(), Kind::Index);
        let extents = found.unwrap_or_default();
        for extent in &extents {
            self.ensure(extent.depth < MAX_DEPTH && extent.work <= most, Kind::Depth);
        }
        extents
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
                // Reading has looked at it.
                #[cfg(feature = "full")]
                ListBody::Packed(_) | ListBody::Detached(_) => {}
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
                        let found = self.list(list).is_some_and(|list| !matches!(list, ListBody::Dictionary(_)));
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
        if !COMPUTES {
            return;
        }
        let program = self.program;
        for node in &program.expressions.nodes {
            self.node(node);
        }
        self.extents(program.expressions.extents(), u64::MAX);
    }

    /// Whether what a node names, other nodes apart, exists.
    fn node(&mut self, node: &Node) {
        match node {
            Node::Const(at) | Node::Member(_, at) | Node::Has(_, at) => self.index(*at as usize, self.program.expressions.constants.len()),
            Node::Variable(variable) | Node::State(_, variable) => self.variable(*variable),
            Node::InList(_, list) => self.index(usize::from(*list), self.program.lists.len()),
            Node::Lookup(list, ..) => self.dictionary(*list),
            _ => {}
        }
    }

    #[cfg(feature = "full")]
    fn variable(&mut self, variable: VariableId) {
        match variable.checked_sub(super::FIRST_ATTRIBUTE) {
            Some(attribute) => self.index(usize::from(attribute), self.program.life.events.attributes.len()),
            None => self.index(usize::from(variable), self.program.variables.len()),
        }
    }

    #[cfg(not(feature = "full"))]
    fn variable(&mut self, variable: VariableId) {
        self.index(usize::from(variable), self.program.variables.len());
    }

    fn formulas(&mut self) {
        let formulas = &self.program.formulas;
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
        }
        self.formulas = self.extents(formulas.extents(), MAX_WORK);
    }

    fn trees(&mut self) -> Vec<Tree> {
        let chooses = &self.program.formulas.chooses;
        let mut trees: Vec<Tree> = Vec::with_capacity(chooses.len());
        for node in chooses {
            let tree = match node {
                Choose::Cell(cell) => Tree { depth: 0, work: 1, greatest: *cell },
                Choose::Map(slot, cells) => {
                    let count = self.cells(*slot);
                    self.ensure(cells.len() == count, Kind::Shape);
                    Tree { depth: 0, work: 1, greatest: cells.iter().copied().max().unwrap_or_default() }
                }
                Choose::If(test, then, otherwise) => {
                    let (then, otherwise) = (self.tree(&trees, *then), self.tree(&trees, *otherwise));
                    Tree {
                        depth: then.depth.max(otherwise.depth) + 1,
                        work: self.formula(*test).saturating_add(then.work.max(otherwise.work)),
                        greatest: then.greatest.max(otherwise.greatest),
                    }
                }
            };
            self.ensure(tree.depth < MAX_DEPTH && tree.work <= MAX_TOTAL, Kind::Depth);
            trees.push(Tree { depth: tree.depth.min(MAX_DEPTH), ..tree });
        }
        trees
    }

    /// A tree among those before.
    fn tree(&mut self, before: &[Tree], at: ChooseId) -> Tree {
        self.index(at as usize, before.len());
        before.get(at as usize).copied().unwrap_or_default()
    }

    /// The parts of a decision. Each counts once, for no step comes twice.
    fn layers(&mut self) {
        let program = self.program;
        for field in &program.fields {
            self.points(0, field.cost);
            if let Some(gate) = field.gate {
                self.condition(gate, 1);
            }
        }
        self.rows(&program.screen, &[]);
        for (at, score) in program.scores.iter().enumerate() {
            self.score(score, at);
        }
        for (at, table) in program.tables.iter().enumerate() {
            self.table(at, table);
        }
        if let Some(stages) = &program.stages {
            let count = self.finite(stages.variable);
            self.ensure(stages.require.len() == count && count > 0 && count <= 1000, Kind::Shape);
            self.fields(&stages.require);
            for item in &stages.moves {
                // Each move taken begins the search anew, and no stage is entered twice.
                self.condition(item.when, count);
                self.index(usize::from(item.to), count);
                self.indexes(&item.from, count);
            }
        }
        if let Some(route) = &program.route {
            self.rows(&route.rows, &[route.outcomes.len()]);
            if let Some(at) = route.on_fault {
                self.index(usize::from(at), route.outcomes.len());
            }
        }
        self.fields(&program.identity);
        #[cfg(feature = "full")]
        for sop in &program.life.sops {
            let whens = sop.steps.iter().filter_map(|step| step.when);
            [sop.enter].into_iter().chain(sop.leave).chain(whens).for_each(|when| self.condition(when, 1));
        }
    }

    fn table(&mut self, at: usize, table: &Table) {
        table.outputs.iter().for_each(|&output| self.computed(output));
        #[cfg(feature = "full")]
        if hits::has(&self.program.life.hits, at) {
            return;
        }
        let _ = at;
        let mut counts = Vec::new();
        for &output in &table.outputs {
            counts.push(self.finite(output));
        }
        self.rows(&table.rows, &counts);
    }

    /// Rows that give as many things as there are counts, each by an index below its count.
    pub(super) fn rows(&mut self, rows: &[Row], counts: &[usize]) {
        for row in rows {
            self.condition(row.when, 1);
            self.ensure(row.then.len() == counts.len(), Kind::Shape);
            for (&at, &count) in row.then.iter().zip(counts) {
                self.index(usize::from(at), count);
            }
        }
    }

    /// A score; it may add up those before it.
    fn score(&mut self, score: &Score, before: usize) {
        self.computed(score.variable);
        if let Some((low, high)) = score.range {
            self.points(low, high);
        }
        match &score.body {
            ScoreBody::Sum(parts) => self.indexes(parts, before),
            ScoreBody::Within(parts, low, high) => {
                self.ensure(self.program.slice.is_some(), Kind::Shape);
                self.points(*low, *high);
                self.indexes(parts, before);
            }
            ScoreBody::Groups(groups) => {
                for group in groups {
                    // A bound that is not there is as one that binds nothing.
                    self.points(group.min.unwrap_or(0), MAX_POINTS);
                    self.points(-MAX_POINTS, group.max.unwrap_or(0));
                    for rule in &group.rules {
                        for case in &rule.cases {
                            self.points(case.points, case.points);
                            self.condition(case.when, 1);
                        }
                    }
                }
            }
        }
    }

    /// Numbers can be points where their sums do not overflow.
    pub(super) fn points(&mut self, low: Milli, high: Milli) {
        self.ensure(-MAX_POINTS <= low && low <= high && high <= MAX_POINTS, Kind::Shape);
    }

    /// Steps compute what is computed once, so what they look at says how long a decision may take.
    fn steps(&mut self, trees: &[Tree]) {
        let program = self.program;
        let mut computed = vec![false; program.variables.len()];
        let mut alone = [false; 3];
        for step in &program.steps {
            // Steps may name the same table again and again; the second time is the last.
            if self.failure.is_some() {
                return;
            }
            match *step {
                Step::Gate(variable) => {
                    self.field(variable);
                    self.once(&mut computed, variable);
                }
                Step::Choose(variable, tree) => {
                    self.computed(variable);
                    self.once(&mut computed, variable);
                    let values = self.finite(variable);
                    let tree = self.tree(trees, tree);
                    self.ensure(usize::from(tree.greatest) < usize::from(FIRST_VALUE) + values, Kind::Shape);
                    self.work = self.work.saturating_add(tree.work);
                }
                Step::Compute(variable, node) => {
                    self.computed(variable);
                    self.once(&mut computed, variable);
                    self.index(node as usize, program.expressions.nodes.len());
                }
                Step::Score(at) => match program.scores.get(usize::from(at)) {
                    Some(score) => self.once(&mut computed, score.variable),
                    None => self.ensure(false, Kind::Index),
                },
                Step::Table(at) => match program.tables.get(usize::from(at)) {
                    Some(table) => table.outputs.iter().for_each(|&output| self.once(&mut computed, output)),
                    None => self.ensure(false, Kind::Index),
                },
                Step::Screen => self.once(&mut alone, 0),
                Step::Moves => self.once(&mut alone, 1),
                Step::Route => self.once(&mut alone, 2),
            }
        }
        self.ensure(self.work <= MAX_TOTAL, Kind::Depth);
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
        let program = self.program;
        let ask = &program.ask;
        for &field in &ask.questions {
            self.once(&mut asked, field);
        }
        let mut ordered = vec![false; ask.questions.len()];
        for &at in &ask.order {
            self.once(&mut ordered, at);
        }
        self.ensure(ask.order.is_empty() || ask.order.len() == ask.questions.len(), Kind::Shape);
        match ask.settle {
            Goal::Route => {}
            Goal::Stage => self.ensure(program.stages.is_some(), Kind::Shape),
            Goal::Output(output) => {
                let set = program.tables.iter().any(|table| table.outputs.contains(&output));
                let cut = program.slots_of(output).all(|slot| matches!(program.slots.get(usize::from(slot)).map(|slot| &slot.cut), Some(Cut::Finite(_))));
                self.ensure(set && cut && !program.slots_of(output).is_empty(), Kind::Shape);
            }
        }
        for (at, field) in program.fields.iter().enumerate() {
            if field.weights.is_empty() || self.failure.is_some() {
                continue;
            }
            self.ensure(field.weights.len() == OpenField::new(program, at as VariableId).combinations(), Kind::Shape);
            let sum = field.weights.iter().try_fold(0u32, |sum, &weight| sum.checked_add(weight));
            self.ensure(sum.is_some_and(|sum| sum > 0), Kind::Shape);
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
