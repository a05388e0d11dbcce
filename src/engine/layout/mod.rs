//! A program's scores and rows, made ready to be decided.
//!
//! The page decides one lead at a time as a visitor answers: it goes through the conditions themselves ([`plain`]). Where many leads are decided, scores and rows are laid out
//! for speed when the program is loaded ([`quick`]), and nothing there decides anything otherwise than the conditions do.

#[cfg(feature = "full")]
mod faults;
#[cfg(feature = "full")]
mod groups;
#[cfg(feature = "full")]
mod masks;
#[cfg(feature = "full")]
mod parts;
mod plain;
#[cfg(feature = "full")]
mod quick;
#[cfg(feature = "full")]
mod rows;
#[cfg(feature = "full")]
mod terms;
#[cfg(test)]
#[cfg(feature = "full")]
mod tests;

#[cfg(not(feature = "full"))]
pub(crate) use plain::Layout;
#[cfg(feature = "full")]
pub(crate) use faults::Faults;
#[cfg(feature = "full")]
pub(crate) use parts::group_parts;
#[cfg(feature = "full")]
pub(crate) use quick::Layout;
#[cfg(feature = "full")]
pub(crate) use terms::{Term, Terms};

use crate::program::{Program, SlotId, VariableId};

/// Where the slots of each variable stand.
#[derive(Debug, Clone)]
pub struct Slots(Vec<(SlotId, u16)>);

impl Slots {
    fn new(program: &Program) -> Self {
        let mut slots = vec![(0, 0); program.variables.len()];
        for (at, slot) in program.slots.iter().enumerate() {
            if let Some((first, count)) = slots.get_mut(usize::from(slot.variable)) {
                *first = if *count == 0 { at as SlotId } else { *first };
                *count += 1;
            }
        }
        Self(slots)
    }

    fn of(&self, variable: VariableId) -> std::ops::Range<SlotId> {
        let (first, count) = self.0.get(usize::from(variable)).copied().unwrap_or_default();
        first..first.saturating_add(count)
    }
}
