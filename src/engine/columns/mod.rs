//! Many leads at once, by columns, in blocks that stay near the processor.
//!
//! The values of each column are cut into cells, a byte for each row; scores, tables, moves and route are then look-ups on these planes, sixteen rows at a time
//! ([`plan`], [`planes`]). A program that needs more than planes can tell is decided row by row ([`rows`]), from the same columns. What a plane cannot tell of a single row, a fault
//! or a value that its field cannot have, is marked, and left to who asks.

mod eights;
mod input;
mod plan;
mod planes;
mod rows;
mod run;
mod scratch;
mod sums;
mod utf8;

pub use input::Input;
pub use plan::NONE;

use super::{Decision, Engine};
use super::frame::Frame;
use crate::program::VariableId;
use input::Column;
use plan::Plan;
use scratch::Scratch;

/// Rows of a block.
pub const ROWS: usize = 2048;

/// Room for a block of leads and of what comes out of them.
#[derive(Debug, Clone)]
pub struct Columns {
    plan: Option<Plan>,
    columns: Vec<Column>,
    /// The stage in which each lead begins; [`NONE`] for the first.
    pub stages: Vec<u16>,
    /// Rows that were not decided, other than zero: because of a fault, or of a value that its field cannot have. Rows that are marked beforehand stay so.
    pub odd: Vec<u8>,
    /// By row: the row of the screen, or the outcome of the route after all rows of the screen; [`NONE`] for neither.
    pub outcomes: Vec<u16>,
    /// By row: the stage after the moves; [`NONE`] where the lead was screened or the policy has no stages.
    pub moved: Vec<u16>,
    /// By score and row, NaN where it has no value.
    pub scores: Vec<Vec<f64>>,
    /// By output and row, the index of its value; [`NONE`] where it has none.
    pub outputs: Vec<Vec<u16>>,
    planes: Planes,
    frame: Frame,
    decision: Decision,
}

/// What is on planes.
#[derive(Debug, Clone)]
struct Planes {
    /// By slot.
    cells: Vec<Vec<u8>>,
    /// By score, in units.
    sums: Vec<Vec<i16>>,
    screen: Vec<u8>,
    route: Vec<u8>,
    row: Vec<u8>,
    /// Moves that may be made.
    open: Vec<u32>,
    scratch: Scratch,
}

impl Columns {
    /// Room for the leads of an engine.
    pub fn new(engine: &Engine) -> Self {
        let program = engine.program();
        let plan = Plan::new(engine);
        let on_planes = |count: usize| if plan.is_some() { count } else { 0 };
        Self {
            columns: (0..program.fields.len()).map(|field| Column::new(engine, field as VariableId)).collect(),
            stages: vec![NONE; ROWS],
            odd: vec![0; ROWS],
            outcomes: vec![NONE; ROWS],
            moved: vec![NONE; ROWS],
            scores: vec![vec![f64::NAN; ROWS]; program.scores.len()],
            outputs: vec![vec![NONE; ROWS]; engine.outputs().count()],
            planes: Planes {
                cells: vec![vec![0; ROWS]; on_planes(program.slots.len())],
                sums: vec![vec![0; ROWS]; on_planes(program.scores.len())],
                screen: vec![u8::MAX; ROWS],
                route: vec![u8::MAX; ROWS],
                row: vec![u8::MAX; ROWS],
                open: vec![0; ROWS],
                scratch: Scratch::new(),
            },
            frame: Frame::new(program),
            decision: Decision::default(),
            plan,
        }
    }

    /// Whether the program is decided on planes.
    pub fn is_on_planes(&self) -> bool {
        self.plan.is_some()
    }

    /// Takes another column for a field.
    pub fn begin(&mut self, field: VariableId, input: Input) {
        if let Some(column) = self.columns.get_mut(usize::from(field)) {
            column.begin(input);
        }
    }

    /// The rows of a field's column, to be filled in.
    pub fn input(&mut self, field: VariableId) -> Option<&mut Input> {
        self.columns.get_mut(usize::from(field)).map(|column| &mut column.input)
    }

    /// Adds a value that the next code of a field stands for: of a text its UTF-8, of anything else its number as in [`Encoded`](super::Encoded), NaN for nothing. Whether the field
    /// can have it; rows of one that it cannot have are marked.
    pub fn push(&mut self, engine: &Engine, field: VariableId, text: Option<&[u8]>, code: f64) -> bool {
        self.columns.get_mut(usize::from(field)).is_some_and(|column| column.push(engine, text, code))
    }

    /// Decides the first rows.
    pub fn decide(&mut self, engine: &Engine, rows: usize) {
        let rows = rows.min(ROWS);
        match self.plan.take() {
            Some(plan) => {
                self.cut(engine, rows);
                self.decide_on_planes(engine, &plan, rows);
                self.plan = Some(plan);
            }
            None => self.decide_by_row(engine, rows),
        }
    }

    /// Cuts the columns into cells; what [`decide`](Self::decide) begins with.
    pub(crate) fn cut(&mut self, engine: &Engine, rows: usize) {
        for column in &self.columns {
            column.cut(engine, rows, &mut self.planes.cells, &mut self.odd, &mut self.planes.scratch.bits);
        }
    }
}
