//! A program's steps on planes; none where it needs more than planes can tell.
//!
//! Only leads without faults are decided here: what rests on a fault is marked, and decided row by row. So nothing is laid out that may fault by itself.

use super::eights::{Hits, Test};
use super::planes::{Table, table};
use super::sums::{Sum, Sums, unit_of};
use crate::engine::layout::{Faults, Term, Terms};
use crate::engine::{Engine, Outcome};
use crate::program::{ABSENT, Cell, Choose, ChooseId, FIRST_VALUE, Formula, FormulaId, Milli, Program, SlotId, Step, Truth, VariableId};

/// The code of what there is not.
pub const NONE: u16 = u16::MAX;
/// More moves than this do not fit their word.
const MOST_MOVES: usize = 32;

/// All steps.
#[derive(Debug, Clone)]
pub struct Plan {
    /// In order.
    pub steps: Vec<Planned>,
    /// The thousandths of a point's unit.
    pub unit: Milli,
    /// The outcomes of the screen's rows.
    pub screen: Vec<u16>,
    /// The outcomes of the route's rows.
    pub route: Vec<u16>,
}

/// A step.
#[derive(Debug, Clone)]
pub enum Planned {
    /// Masks the slots of a field where a test does not hold.
    Gate(Vec<SlotId>, Test),
    /// Maps the cell of a slot to that of others.
    Map(SlotId, Vec<SlotId>, Table),
    /// Chooses cells by the first row that holds: its cell, or that of a slot, mapped.
    Choose(Vec<SlotId>, Hits, Table, Vec<(u8, SlotId, Table)>),
    /// Finds the row of the screen.
    Screen(Hits),
    /// Adds up a score, by index.
    Score(usize, Box<Sum>),
    /// Decides a table: whether a row may be missing, and each of its outputs.
    Table(Hits, bool, Vec<PlannedOutput>),
    /// Moves between stages: for each move, when it may be made.
    Moves(Vec<(Test, Vec<(SlotId, Table)>)>, Vec<SlotId>),
    /// Finds the row of the route.
    Route(Hits),
}

/// An output of a table.
#[derive(Debug, Clone)]
pub struct PlannedOutput {
    /// Where it stands among all outputs.
    pub place: usize,
    /// By row, the index of its value.
    pub codes: Vec<u16>,
    /// Its slots.
    pub slots: Vec<SlotId>,
    /// By row, its cell.
    pub cells: Table,
}

impl Plan {
    /// Lays a program out.
    pub fn new(engine: &Engine) -> Option<Self> {
        let program = engine.program();
        if engine.is_provisional() || (0..program.slots.len()).any(|slot| program.cells_of(slot as SlotId).is_none_or(|cells| cells > 256)) {
            return None;
        }
        let faults = Faults::new(program);
        let mut planner = Planner { engine, program, faults: &faults, terms: Terms::new(program) };
        let unit = unit_of(program);
        let mut sums = Sums { program, faults: &faults, unit, known: vec![None; program.scores.len()] };
        let mut steps = Vec::new();
        for step in &program.steps {
            steps.push(match *step {
                Step::Gate(field) => {
                    let gate = program.fields.get(usize::from(field))?;
                    match gate.gate {
                        Some(test) if !gate.from_host => Planned::Gate(slots(program, field), planner.test(test)?),
                        _ => continue,
                    }
                }
                Step::Choose(variable, tree) => planner.choose(variable, tree)?,
                Step::Compute(..) => return None,
                Step::Screen => Planned::Screen(planner.hits(program.screen.iter().map(|row| row.when))?),
                Step::Score(index) => {
                    let index = usize::from(index);
                    Planned::Score(index, Box::new(sums.of(&mut planner.terms, index, program.scores.get(index)?)?))
                }
                Step::Table(index) => planner.table(usize::from(index))?,
                Step::Moves => planner.moves()?,
                Step::Route => Planned::Route(planner.hits(program.route.as_ref()?.rows.iter().map(|row| row.when))?),
            });
        }
        let screen = (0..program.screen.len()).map(|row| code_of(program, engine.screened(row))).collect();
        let route = program.route.iter().flat_map(|route| &route.rows).map(|row| code_of(program, Outcome::Route(row.to()))).collect();
        Some(Self { steps, unit, screen, route })
    }
}

/// The code of an outcome: the rows of the screen, then the outcomes of the route.
pub fn code_of(program: &Program, outcome: Outcome) -> u16 {
    match outcome {
        Outcome::Screened(row) => row,
        Outcome::Route(at) => (program.screen.len() as u16).saturating_add(at),
        Outcome::None => NONE,
    }
}

fn slots(program: &Program, variable: VariableId) -> Vec<SlotId> {
    program.slots_of(variable).collect()
}

struct Planner<'a> {
    engine: &'a Engine,
    program: &'a Program,
    faults: &'a Faults<'a>,
    terms: Terms<'a>,
}

impl Planner<'_> {
    fn of(&mut self, when: FormulaId) -> Option<Vec<Term>> {
        if self.faults.alone(when) { None } else { self.terms.of(when) }
    }

    fn test(&mut self, when: FormulaId) -> Option<Test> {
        let terms = self.of(when)?;
        Test::new(self.program, &terms)
    }

    fn always(&self, when: FormulaId) -> bool {
        self.program.formulas.nodes.get(when as usize) == Some(&Formula::Const(Truth::True))
    }

    fn hits(&mut self, whens: impl Iterator<Item = FormulaId>) -> Option<Hits> {
        let mut terms = Vec::new();
        for (row, when) in whens.enumerate() {
            terms.extend(self.of(when)?.into_iter().map(|term| (row, term)));
            if self.always(when) {
                break;
            }
        }
        Hits::new(self.program, &terms)
    }

    fn map(&self, cells: &[Cell]) -> Option<Table> {
        table(cells.iter().map(|&cell| u8::try_from(cell).ok()).collect::<Option<Vec<_>>>()?)
    }

    fn choose(&mut self, variable: VariableId, mut tree: ChooseId) -> Option<Planned> {
        let program = self.program;
        let into = slots(program, variable);
        let (mut terms, mut cells, mut maps) = (Vec::new(), Vec::new(), Vec::new());
        if let Choose::Map(slot, to) = program.formulas.chooses.get(tree as usize)? {
            return Some(Planned::Map(*slot, into, self.map(to)?));
        }
        loop {
            let row = cells.len();
            let found = program.formulas.chooses.get(tree as usize)?;
            let leaf = if let Choose::If(_, then, _) = found { program.formulas.chooses.get(*then as usize)? } else { found };
            cells.push(match leaf {
                Choose::Cell(cell) => u8::try_from(*cell).ok()?,
                Choose::Map(slot, to) => {
                    maps.push((u8::try_from(row).ok()?, *slot, self.map(to)?));
                    ABSENT as u8
                }
                Choose::If(..) => return None,
            });
            let &Choose::If(test, _, otherwise) = found else {
                terms.push((row, Term::new()));
                return Some(Planned::Choose(into, Hits::new(program, &terms)?, table(cells)?, maps));
            };
            // Where the test is not known, neither is the value.
            cells.push(ABSENT as u8);
            terms.extend(self.of(test)?.into_iter().map(|term| (row, term)));
            terms.extend(self.terms.of_possible(test)?.into_iter().map(|term| (row + 1, term)));
            tree = otherwise;
        }
    }

    fn table(&mut self, index: usize) -> Option<Planned> {
        let program = self.program;
        let found = program.tables.get(index)?;
        if program.life.hits_of(index).is_some() {
            return None;
        }
        let hits = self.hits(found.rows.iter().map(|row| row.when))?;
        let whole = found.rows.last().is_some_and(|row| self.always(row.when));
        let mut outputs = Vec::new();
        for (at, &output) in found.outputs.iter().enumerate() {
            let codes: Vec<u16> = found.rows.iter().map(|row| row.then.get(at).copied()).collect::<Option<_>>()?;
            let slots = slots(program, output);
            let cells = if slots.is_empty() { table([]) } else { table(codes.iter().map(|&code| u8::try_from(FIRST_VALUE.checked_add(code)?).ok()).collect::<Option<Vec<_>>>()?) };
            outputs.push(PlannedOutput { place: usize::from(output).checked_sub(self.engine.first_output())?, codes, slots, cells: cells? });
        }
        Some(Planned::Table(hits, !whole, outputs))
    }

    fn moves(&mut self) -> Option<Planned> {
        let program = self.program;
        let stages = program.stages.as_ref()?;
        if stages.moves.len() > MOST_MOVES || stages.require.len() > 250 {
            return None;
        }
        let mut moves = Vec::new();
        for item in &stages.moves {
            let mut known = Vec::new();
            let mut terms = self.of(item.when)?;
            for &field in stages.require.get(usize::from(item.to))? {
                match program.slots_of(field).next() {
                    Some(slot) => known.push((slot, table((0..program.cells_of(slot)?).map(|cell| if cell >= usize::from(FIRST_VALUE) { u8::MAX } else { 0 }))?)),
                    None => terms.clear(),
                }
            }
            moves.push((Test::new(program, &terms)?, known));
        }
        Some(Planned::Moves(moves, slots(program, stages.variable)))
    }
}
