//! What is open of a lead while its form is under way: a level of the diagrams for each open field, with what it can come to and how likely that is.

use crate::engine::{Answer, Engine, Frame, Kept, Lead, OpenField, UNKEPT, is_kept, keep, representative};
use crate::program::{ABSENT, COMPUTES, Cell, DECLINED, Domain, FAULT, FIRST_VALUE, Program, VariableId};

/// What variables can be in, one state after the other: a cell for each slot, and a value where the machine reads it and the cells do not tell it.
#[derive(Debug, Clone, Default)]
pub struct States {
    /// The cells of all states.
    pub cells: Vec<Cell>,
    /// The values of all states.
    pub values: Vec<Kept>,
}

/// Where states stand among others: the first one's cells and values, and how far it is to the next one's.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The cell of the first slot.
    pub cells: usize,
    /// The first value.
    pub values: usize,
    /// How many cells a state has.
    pub width: usize,
    /// How many values a state has.
    pub step: usize,
}

impl States {
    /// Where states begin that are added next, each of so many cells and values.
    pub fn begin(&self, width: usize, step: usize) -> Place {
        Place { cells: self.cells.len(), values: self.values.len(), width, step }
    }

    /// How many states there are from a place to the end.
    pub fn count(&self, from: Place) -> usize {
        (self.values.len() - from.values) / from.step
    }

    /// Adds a state of one variable in which all of its slots are in a cell.
    pub fn push(&mut self, slots: usize, cell: Cell) {
        self.cells.resize(self.cells.len() + slots, cell);
        self.values.push(UNKEPT);
    }

    /// The number of what variables are in a frame, among the states from a place to the end; where it is new, it is added to them.
    pub fn number(&mut self, from: Place, variables: &[VariableId], program: &Program, frame: &Frame) -> u32 {
        let (cells, values) = (self.cells.len(), self.values.len());
        for &variable in variables {
            self.cells.extend(program.slots_of(variable).map(|slot| frame.cell(slot)));
            self.values.push(frame.values.get(usize::from(variable)).cloned().unwrap_or_default());
        }
        let (mut cell, mut value) = (from.cells, from.values);
        while value < values {
            let same = self.cells.get(cell..cell + from.width) == self.cells.get(cells..) && self.values.get(value..value + from.step) == self.values.get(values..);
            if same {
                self.cells.truncate(cells);
                self.values.truncate(values);
                break;
            }
            cell += from.width;
            value += from.step;
        }
        ((value - from.values) / from.step) as u32
    }

    /// The cells of each of the states, all of one variable.
    #[cfg(feature = "author")]
    pub fn each(&self) -> impl Iterator<Item = &[Cell]> {
        let width = self.cells.len() / self.values.len().max(1);
        (0..self.values.len()).map(move |at| self.cells.get(at * width..(at + 1) * width).unwrap_or_default())
    }
}

/// An open field.
#[derive(Debug, Clone)]
pub struct Level {
    /// The field; what is secret in a slice is a variable without name.
    pub field: VariableId,
    /// What its question costs the visitor; none where it cannot be asked.
    pub cost: Option<f64>,
    /// It is asked in any case, where it applies.
    pub sure: bool,
    /// What it can come to, a branch of the level each.
    pub states: States,
    /// How likely each branch is; they add up to one, nearly.
    pub weights: Vec<f64>,
}

/// The levels of a lead.
pub struct Levels {
    /// In the order in which diagrams ask for them: questions in their order, then what cannot be asked.
    pub levels: Vec<Level>,
    /// The branches are all that there is, and everything that counts is a function of them.
    pub exact: bool,
}

impl Levels {
    /// What is open of a lead, of a person who has submitted forms before.
    pub fn new(engine: &Engine, lead: &Lead, submissions: u32) -> Self {
        Self::in_order(engine, lead, submissions, &engine.program().ask.order)
    }

    /// The same, with the questions in another order: indices into the author's; empty for his.
    pub fn in_order(engine: &Engine, lead: &Lead, submissions: u32, order: &[u16]) -> Self {
        let program = engine.program();
        let mut found = Self { levels: Vec::new(), exact: !engine.is_provisional() && !engine.events_are_open(lead) };
        let mut asked = vec![false; lead.answers.len()];
        let questions = &program.ask.questions;
        for at in 0..questions.len() {
            let at = order.get(at).map_or(at, |&at| usize::from(at));
            let Some((&field, asked)) = questions.get(at).and_then(|field| Some((field, asked.get_mut(usize::from(*field))?))) else { continue };
            // A question whose time has not come is open all the same.
            *asked = program.fields.get(usize::from(field)).is_some_and(|facts| facts.after <= submissions);
            if *asked {
                found.add(engine, lead, field, true);
            }
        }
        for (field, asked) in (0..).zip(asked) {
            if !asked {
                found.add(engine, lead, field, false);
            }
        }
        for &secret in program.slice.iter().flat_map(|slice| &slice.open) {
            let mut cells = OpenField::new(program, secret).cells;
            cells.retain(|&cell| cell != DECLINED);
            cells.push(FAULT);
            let count = cells.len();
            found.levels.push(Level { field: secret, cost: None, sure: false, states: States { cells, values: vec![UNKEPT; count] }, weights: vec![1.0 / count as f64; count] });
        }
        found
    }

    fn add(&mut self, engine: &Engine, lead: &Lead, field: VariableId, asked: bool) {
        let program = engine.program();
        let at = usize::from(field);
        let (Some((Answer::Open, _)), Some(variable), Some(facts)) = (lead.answers.get(at), program.variables.get(at), program.fields.get(at)) else { return };
        let open = OpenField::new(program, field);
        let by_value = variable.by_value && !matches!(variable.domain, Domain::Finite(_));
        self.exact &= open.complete && !by_value;
        let width = open.slots.len();
        // What nothing looks at is the same whatever it is.
        let count = open.combinations().max(1);
        let mut values = vec![UNKEPT; count];
        // How many of its choices each branch stands for.
        let mut counts = vec![u32::from(width == 0); count];
        for choice in &facts.choices {
            let cells = engine.cells_of(field, &choice.value);
            let place = open.cells.chunks(width.max(1)).take_while(|&known| *known != *cells).count();
            if let (Some(value), Some(count)) = (values.get_mut(place), counts.get_mut(place)) {
                *count += 1;
                if COMPUTES && by_value && !is_kept(value) {
                    *value = keep(choice.value.clone());
                }
            }
        }
        for (combination, (value, count)) in open.cells.chunks(width.max(1)).zip(values.iter_mut().zip(&mut counts)) {
            let cell = combination.first().copied().unwrap_or_default();
            match cell {
                // That nothing is said is as likely as any answer, where that can be.
                ABSENT => *count = u32::from(!facts.required),
                DECLINED => *count = 0,
                _ if facts.choices.is_empty() => *count = 1,
                _ => {}
            }
            if COMPUTES && by_value && cell >= FIRST_VALUE && !is_kept(value) {
                *value = keep(representative(program, field, cell));
            }
        }
        if facts.weights.len() == counts.len() {
            counts.clone_from(&facts.weights);
        }
        let sum = counts.iter().fold(0u32, |sum, &count| sum.saturating_add(count));
        let weights = counts.iter().map(|&count| f64::from(count) / f64::from(sum.max(1))).collect();
        self.levels.push(Level { field, cost: asked.then_some(facts.cost as f64 / 1000.0), sure: facts.required || facts.always, states: States { cells: open.cells, values }, weights });
    }
}
