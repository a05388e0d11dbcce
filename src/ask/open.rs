//! What is open of a lead while its form is under way: a level of the diagrams for each open field, with what it can come to and how likely that is.

use crate::engine::{Answer, Engine, Lead, OpenField, representative};
use crate::program::{ABSENT, Cell, DECLINED, Domain, FAULT, FIRST_VALUE, Value, VariableId};

/// What a variable can be in: a cell for each of its slots, and its value where the machine reads that.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// A cell for each slot.
    pub cells: Vec<Cell>,
    /// The value, where the cells do not tell it and something reads it.
    pub value: Option<Value>,
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
    pub states: Vec<State>,
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
            let open = OpenField::new(program, secret);
            let mut states: Vec<State> = open.cells.iter().filter(|&&cell| cell != DECLINED).map(|&cell| State { cells: vec![cell], value: None }).collect();
            states.push(State { cells: vec![FAULT], value: None });
            let weights = states.iter().map(|_| 1.0 / states.len() as f64).collect();
            found.levels.push(Level { field: secret, cost: None, sure: false, states, weights });
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
        let mut states: Vec<State> = open.cells.chunks(open.slots.len().max(1)).map(|cells| State { cells: cells.to_vec(), value: None }).collect();
        if open.slots.is_empty() {
            // Nothing looks at it: whatever it is, it is the same.
            states = vec![State { cells: Vec::new(), value: None }];
        }
        // How many of its choices each branch stands for.
        let mut counts = vec![0u32; states.len()];
        for choice in &facts.choices {
            let cells = engine.cells_of(field, &choice.value);
            let place = states.iter().position(|state| state.cells == cells);
            if let Some((state, count)) = place.and_then(|place| states.get_mut(place).zip(counts.get_mut(place))) {
                *count += 1;
                state.value = state.value.take().or_else(|| by_value.then(|| choice.value.clone()));
            }
        }
        if by_value {
            for state in states.iter_mut().filter(|state| state.cells.first().is_some_and(|&cell| cell >= FIRST_VALUE)) {
                state.value = state.value.take().or_else(|| Some(representative(program, field, state.cells.first().copied().unwrap_or_default())));
            }
        }
        for (state, count) in states.iter().zip(&mut counts) {
            match state.cells.first() {
                // That nothing is said is as likely as any answer, where that can be.
                Some(&ABSENT) => *count = u32::from(!facts.required),
                Some(&DECLINED) => *count = 0,
                _ if facts.choices.is_empty() => *count = 1,
                _ => {}
            }
        }
        if facts.weights.len() == counts.len() {
            counts.clone_from(&facts.weights);
        }
        let sum = counts.iter().fold(0u32, |sum, &count| sum.saturating_add(count));
        let weights = counts.iter().map(|&count| f64::from(count) / f64::from(sum.max(1))).collect();
        self.levels.push(Level { field, cost: asked.then_some(facts.cost as f64 / 1000.0), sure: facts.required || facts.always, states, weights });
    }
}
