//! The compiled form of a policy: variables, slots and cells, formulas, expressions; its byte format and digests.

mod bytes;
#[cfg(feature = "full")]
mod calendars;
mod cell;
mod codec;
#[cfg(feature = "full")]
mod detached;
mod expression;
mod extent;
mod formula;
#[cfg(feature = "full")]
mod hits;
mod model;
mod parts;
#[cfg(feature = "full")]
mod events;
#[cfg(feature = "full")]
mod life;
#[cfg(feature = "full")]
mod moves;
#[cfg(feature = "full")]
mod packed;
#[cfg(feature = "full")]
mod queues;
#[cfg(feature = "full")]
pub(crate) mod ready;
#[cfg(feature = "full")]
mod sops;
#[cfg(all(target_family = "wasm", not(feature = "full")))]
mod shared;
mod slice;
mod validate;
mod value;

#[cfg(all(feature = "wasm", not(feature = "full")))]
pub(crate) use bytes::LOAD_TEXTS;
pub use bytes::{FORMAT, NEEDS_FULL, NEEDS_MACHINE, LoadError, LoadErrorKind, ProgramDigest};
pub use cell::*;
#[cfg(feature = "full")]
pub use detached::{Detached, ListDigest, ListFile};
pub use expression::*;
pub use extent::Extent;
pub use formula::*;
#[cfg(feature = "full")]
pub use hits::{Aggregate, HitPolicy, Hits, MOST_PLACES, MOST_UNITS, Numbers};
pub use model::*;
#[cfg(feature = "full")]
pub use events::{Attribute, EachRule, EventType, Events, FIRST_ATTRIBUTE, LONGEST_HALF_LIFE, MOST_ATTRIBUTE_TEXT, MOST_EVENTS, Measure, Select, Signal};
#[cfg(feature = "full")]
pub use calendars::{MOST_CALENDARS, MOST_DATES, MOST_SPANS};
#[cfg(feature = "full")]
pub use life::Life;
#[cfg(feature = "full")]
pub use moves::{Former, LifeMove, MOST_REASONS, On, Reason, Time};
#[cfg(feature = "full")]
pub use packed::Packed;
#[cfg(feature = "full")]
pub use queues::{MOST_AWAY, MOST_DAILY, MOST_MEMBERS, MOST_WEIGHT, Match, Member, Queue};
#[cfg(all(target_family = "wasm", not(feature = "full")))]
pub use shared::Shared;
pub use slice::{Messages, Slice};
#[cfg(feature = "full")]
pub use sops::{MOST_SOPS, MOST_STEPS, MOST_WORKING_DAYS, Sop, SopStep, StepOn};
#[cfg(not(all(target_family = "wasm", not(feature = "full"))))]
pub use std::sync::Arc as Shared;
pub use validate::MAX_DEPTH;
#[cfg(feature = "full")]
pub use value::Timestamp;
pub use value::Value;

impl Program {
    /// How many cells a slot has, the four that are not values included.
    pub fn cells_of(&self, slot: SlotId) -> Option<usize> {
        let slot = self.slots.get(usize::from(slot))?;
        Some(slot.cut.cells(|list| match self.lists.get(usize::from(list)).map(|list| &list.body) {
            Some(ListBody::Dictionary(dictionary)) => dictionary.classes.len(),
            _ => 0,
        }))
    }

    /// The slots of a variable, in order.
    pub fn slots_of(&self, variable: VariableId) -> std::ops::Range<SlotId> {
        let start = self.slots.partition_point(|slot| slot.variable < variable);
        let end = self.slots.partition_point(|slot| slot.variable <= variable);
        start as SlotId..end as SlotId
    }
}

/// The bytes of one part; equal parts give equal bytes.
#[cfg(feature = "full")]
pub(crate) fn part_bytes(part: &impl codec::Part) -> Vec<u8> {
    let mut out = codec::Writer::default();
    part.write(&mut out);
    out.bytes
}

/// A value from its bytes; none where they are none.
#[cfg(all(feature = "full", feature = "border"))]
pub(crate) fn value_from_bytes(bytes: &[u8]) -> Option<Value> {
    let mut reader = codec::Reader::new(bytes);
    let value = <Value as codec::Part>::read(&mut reader);
    reader.finish().is_ok().then_some(value)
}
