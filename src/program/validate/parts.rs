//! What decisions are made of: variables, lists, slots, expressions, formulas and choosing trees.

use super::{Check, MAX_CELLS, MAX_DEPTH, MAX_TOTAL, MAX_WORK};
use crate::program::{COMPUTES, Cell, Choose, ChooseId, Cut, Domain, FIRST_VALUE, Formula, ListBody, LoadErrorKind as Kind, Node, VariableId};
#[cfg(feature = "full")]
use crate::program::{FIRST_ATTRIBUTE, Value, ready};

/// Whether what was made ready is sound; it stands in no list, map or optional.
#[cfg(feature = "full")]
fn is_ready(value: &Value, within: bool) -> bool {
    match value {
        Value::Ready(bytes) => !within && ready::is_sound(bytes),
        Value::List(elements) => elements.iter().all(|element| is_ready(element, true)),
        Value::Map(entries) => entries.iter().all(|(key, value)| is_ready(key, true) && is_ready(value, true)),
        Value::Optional(Some(held)) => is_ready(held, true),
        _ => true,
    }
}

fn is_ascending(texts: &[String]) -> bool {
    texts.is_sorted_by(|a, b| a < b)
}

/// A choosing tree: how deep it nests, what finding its cell may cost, and the greatest cell that it can give.
#[derive(Clone, Copy, Default)]
pub(super) struct Tree {
    depth: u16,
    pub(super) work: u64,
    pub(super) greatest: Cell,
}

impl Check<'_> {
    pub(super) fn variables(&mut self) {
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

    pub(super) fn lists(&mut self) {
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

    pub(super) fn slots(&mut self) {
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

    pub(super) fn expressions(&mut self) {
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
        match variable.checked_sub(FIRST_ATTRIBUTE) {
            Some(attribute) => self.index(usize::from(attribute), self.program.life.events.attributes.len()),
            None => self.index(usize::from(variable), self.program.variables.len()),
        }
    }

    #[cfg(not(feature = "full"))]
    fn variable(&mut self, variable: VariableId) {
        self.index(usize::from(variable), self.program.variables.len());
    }

    pub(super) fn formulas(&mut self) {
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

    pub(super) fn trees(&mut self) -> Vec<Tree> {
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
    pub(super) fn tree(&mut self, before: &[Tree], at: ChooseId) -> Tree {
        self.index(at as usize, before.len());
        before.get(at as usize).copied().unwrap_or_default()
    }
}
