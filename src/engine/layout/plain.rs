//! Rows and scores by their conditions themselves.

#[cfg(not(feature = "full"))]
pub(crate) use whole::Layout;

use crate::engine::decide::Hit;
use crate::engine::frame::Frame;
use crate::program::{FormulaId, Group, Milli, Program, Truth};

/// The first row that holds or faults.
#[cfg_attr(quick, optimize(speed))]
pub fn first_hit(program: &Program, frame: &Frame, whens: &mut dyn Iterator<Item = FormulaId>) -> Hit {
    for (row, when) in whens.enumerate() {
        match frame.truth(program, when) {
            Truth::True => return Hit::Row(row),
            Truth::Fault => return Hit::Fault,
            Truth::False | Truth::Unknown => {}
        }
    }
    Hit::None
}

/// What a group's rules add up to; none where one of them faults.
#[cfg_attr(quick, optimize(speed))]
pub fn sum(program: &Program, frame: &Frame, group: &Group) -> Option<Milli> {
    let mut sum: Milli = 0;
    for case in group.rules.iter().flat_map(|rule| &rule.cases) {
        match frame.truth(program, case.when) {
            Truth::True => sum = sum.saturating_add(case.points),
            Truth::Fault => return None,
            Truth::False | Truth::Unknown => {}
        }
    }
    Some(sum)
}

#[cfg(not(feature = "full"))]
mod whole {
    use super::{Frame, Hit, Milli, Program, first_hit, sum};
    use crate::engine::decide::clamp_group;
    use crate::engine::layout::Slots;
    use crate::program::{FAULT, ScoreBody, SlotId, VariableId};

    /// Nothing is laid out.
    #[derive(Debug, Clone)]
    pub struct Layout {
        slots: Slots,
    }

    impl Layout {
        /// For a program.
        pub fn new(program: &Program) -> Self {
            Self { slots: Slots::new(program) }
        }

        /// A variable's slots.
        pub fn slots_of(&self, variable: VariableId) -> std::ops::Range<SlotId> {
            self.slots.of(variable)
        }

        /// Whether any slot has faulted.
        pub fn is_faulted(&self, frame: &Frame) -> bool {
            frame.cells.contains(&FAULT)
        }

        /// A score's sum before its range; none where a rule faults.
        pub fn score(&self, program: &Program, index: usize, frame: &Frame) -> Option<Milli> {
            let ScoreBody::Groups(groups) = &program.scores.get(index)?.body else { return None };
            let mut total: Milli = 0;
            for group in groups {
                total = total.saturating_add(clamp_group(sum(program, frame, group)?, group));
            }
            Some(total)
        }

        /// The row of a table.
        pub fn table(&self, program: &Program, index: usize, frame: &Frame) -> Hit {
            program.tables.get(index).map_or(Hit::None, |table| first_hit(program, frame, &mut table.rows.iter().map(|row| row.when)))
        }

        /// The row of the screen.
        pub fn screen(&self, program: &Program, frame: &Frame) -> Hit {
            first_hit(program, frame, &mut program.screen.iter().map(|row| row.when))
        }

        /// The row of the route.
        pub fn route(&self, program: &Program, frame: &Frame) -> Hit {
            program.route.as_ref().map_or(Hit::None, |route| first_hit(program, frame, &mut route.rows.iter().map(|row| row.when)))
        }
    }
}
