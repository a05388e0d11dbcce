//! What is known of one lead while it is decided: the cell of every slot, and the values that the machine reads.

use crate::program::{ABSENT, COMPUTES, Cell, Cut, Domain, FAULT, FIRST_VALUE, Formula, FormulaId, Program, SlotId, Truth, Value, VariableId};

use super::Engine;
use super::computed::{Kept, UNKEPT, keep};

/// The cells and values of one lead.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// The cell of each slot.
    pub cells: Vec<Cell>,
    /// Values of the variables that the machine reads and that their cell does not tell.
    pub values: Vec<Kept>,
    /// Where the lead stands; see [`Lead`](super::Lead).
    #[cfg(feature = "full")]
    pub standing: Option<std::sync::Arc<super::moves::Standing>>,
    /// What rules that count events give; see [`Lead`](super::Lead).
    #[cfg(feature = "full")]
    pub worth: Vec<Option<super::events::Worth>>,
}

impl Frame {
    /// A frame in which everything is absent.
    pub fn new(program: &Program) -> Self {
        Self {
            cells: vec![ABSENT; program.slots.len()],
            values: vec![UNKEPT; program.variables.len()],
            #[cfg(feature = "full")]
            standing: None,
            #[cfg(feature = "full")]
            worth: Vec::new(),
        }
    }

    /// The cell of a slot; a slot that does not exist reads as a fault, so that no decision rests on it.
    #[cfg_attr(quick, optimize(speed), inline)]
    pub fn cell(&self, slot: SlotId) -> Cell {
        self.cells.get(usize::from(slot)).copied().unwrap_or(FAULT)
    }

    /// Sets a slot's cell.
    #[cfg_attr(quick, optimize(speed), inline)]
    pub fn set_cell(&mut self, slot: SlotId, cell: Cell) {
        if let Some(place) = self.cells.get_mut(usize::from(slot)) {
            *place = cell;
        }
    }

    /// The truth of a formula.
    #[cfg_attr(quick, optimize(speed))]
    pub fn truth(&self, program: &Program, id: FormulaId) -> Truth {
        truth(program, id, &|slot| self.cell(slot))
    }
}

/// The truth of a formula under a choice of cells.
#[cfg_attr(quick, optimize(speed))]
pub fn truth(program: &Program, id: FormulaId, cell: &impl Fn(SlotId) -> Cell) -> Truth {
    match program.formulas.nodes.get(id as usize) {
        Some(Formula::Const(truth)) => *truth,
        Some(node @ (Formula::Atom(slot, _) | Formula::Within(slot, ..))) => program.formulas.in_cell(node, cell(*slot)).unwrap_or(Truth::Fault),
        Some(Formula::And(items)) => combine(items, Truth::False, |item| truth(program, item, cell)),
        Some(Formula::Or(items)) => combine(items, Truth::True, |item| truth(program, item, cell)),
        Some(Formula::Not(item)) => negate(truth(program, *item, cell)),
        Some(Formula::Held(item)) => match truth(program, *item, cell) {
            Truth::Unknown => Truth::False,
            truth => truth,
        },
        Some(Formula::If(test, then, otherwise)) => match truth(program, *test, cell) {
            Truth::True => truth(program, *then, cell),
            Truth::False => truth(program, *otherwise, cell),
            undecided => undecided,
        },
        None => Truth::Fault,
    }
}

/// Exchanges T and F.
#[cfg_attr(quick, inline)]
pub fn negate(truth: Truth) -> Truth {
    match truth {
        Truth::True => Truth::False,
        Truth::False => Truth::True,
        undecided => undecided,
    }
}

/// `&&` (decided by F) or `||` (decided by T) of two truths: the deciding truth wins, then a fault, then unknown.
#[cfg_attr(quick, inline)]
pub fn join(deciding: Truth, a: Truth, b: Truth) -> Truth {
    let rank = |truth: Truth| match truth {
        truth if truth == deciding => 3,
        Truth::Fault => 2,
        Truth::Unknown => 1,
        _ => 0,
    };
    if rank(a) >= rank(b) { a } else { b }
}

#[cfg_attr(quick, optimize(speed), inline)]
fn combine(items: &[FormulaId], deciding: Truth, of: impl Fn(FormulaId) -> Truth) -> Truth {
    let mut result = negate(deciding);
    for &item in items {
        result = join(deciding, result, of(item));
        if result == deciding {
            break;
        }
    }
    result
}

/// The cell of a number among ascending thresholds.
#[cfg_attr(quick, optimize(speed), inline)]
pub fn number_cell(thresholds: &[f64], value: f64) -> Cell {
    // Where there are few, counting them costs less than the branches of a search, which nothing predicts.
    let below = if thresholds.len() <= FEW { thresholds.iter().map(|&threshold| Cell::from(threshold <= value)).sum() } else { thresholds.partition_point(|&threshold| threshold <= value) as Cell };
    FIRST_VALUE + below
}

/// How many thresholds are few.
const FEW: usize = 12;

impl Engine {
    /// The cells that a value of a variable is in.
    pub(crate) fn cells_of(&self, variable: VariableId, value: &Value) -> Vec<crate::program::Cell> {
        let mut frame = Frame::new(self.program());
        self.set_value(&mut frame, variable, value);
        self.layout().slots_of(variable).map(|slot| frame.cell(slot)).collect()
    }

    /// Gives a variable a state that is not a value, or back.
    #[cfg_attr(quick, optimize(speed), inline)]
    pub(crate) fn set_state(&self, frame: &mut Frame, variable: VariableId, state: Cell) {
        for slot in self.layout().slots_of(variable) {
            frame.set_cell(slot, state);
        }
    }

    /// Gives a score its points, as [`Engine::set_value`] would.
    #[cfg(feature = "full")]
    #[cfg_attr(quick, optimize(speed), inline)]
    pub(crate) fn set_score(&self, frame: &mut Frame, variable: VariableId, value: f64) {
        let program = self.program();
        for slot in self.layout().slots_of(variable) {
            let cell = match program.slots.get(usize::from(slot)).map(|slot| &slot.cut) {
                Some(Cut::Thresholds(thresholds)) => number_cell(thresholds, value),
                Some(Cut::Given) => FIRST_VALUE,
                _ => FAULT,
            };
            frame.set_cell(slot, cell);
        }
        if COMPUTES && program.variables.get(usize::from(variable)).is_some_and(|variable| variable.by_value) && let Some(place) = frame.values.get_mut(usize::from(variable)) {
            *place = keep(Value::Double(value));
        }
    }

    /// Gives a variable a value: the cell of each of its slots, and the value itself where the machine reads it. A value that the variable cannot have is a fault.
    #[cfg_attr(quick, optimize(speed))]
    pub(crate) fn set_value(&self, frame: &mut Frame, variable: VariableId, value: &Value) {
        let program = self.program();
        for slot in self.layout().slots_of(variable) {
            let cell = match program.slots.get(usize::from(slot)).map(|slot| &slot.cut) {
                Some(Cut::Thresholds(thresholds)) => match value {
                    Value::Int(value) => number_cell(thresholds, *value as f64),
                    Value::Double(value) if value.is_finite() => number_cell(thresholds, *value),
                    _ => FAULT,
                },
                Some(Cut::Finite(_)) => match program.variables.get(usize::from(variable)).map(|variable| &variable.domain) {
                    Some(Domain::Finite(values)) => values.iter().position(|known| known == value).map_or(FAULT, |at| FIRST_VALUE + at as Cell),
                    _ => FAULT,
                },
                Some(Cut::Given) => FIRST_VALUE,
                Some(Cut::Members(_) | Cut::Contains(_) | Cut::Lookup(_)) => match value {
                    Value::String(text) => self.texts().classify(program, slot, text),
                    _ => FAULT,
                },
                None => FAULT,
            };
            frame.set_cell(slot, cell);
        }
        let stored = COMPUTES && program.variables.get(usize::from(variable)).is_some_and(|variable| variable.by_value && !matches!(variable.domain, Domain::Finite(_)));
        if stored && let Some(place) = frame.values.get_mut(usize::from(variable)) {
            *place = keep(value.clone());
        }
    }
}
