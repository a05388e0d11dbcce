//! Stages, route and identity.

use super::bytes::Bytes;
use super::condition;
use crate::document::model::{Document, FormerDef, MoveDef, OnDef, ReasonDef, TimeDef};

/// Stages, route and identity.
pub fn flow(out: &mut Bytes, document: &Document) {
    out.optional(document.stages.as_ref(), |out, stages| {
        out.list(&stages.list, |out, stage| {
            out.text(&stage.name.value);
            out.set(&stage.require);
        });
        out.list(&stages.moves, |out, one| {
            out.text(&one.id.value);
            out.set(&one.from);
            out.text(&one.to.value);
            // A move on its condition alone is what all moves once were.
            let plain = one.on == OnDef::Condition && one.within.is_none() && one.cool_down.is_none() && one.reset.is_empty();
            match &one.when {
                Some(when) if plain => condition(out, when),
                _ => terms(out, one),
            }
        });
        former(out, &stages.former);
    });
    out.optional(document.route.as_ref(), |out, route| {
        out.optional(route.on_fault.as_ref(), |out, outcome| out.text(&outcome.value));
        out.set(&route.outcomes);
        out.list(&route.rows, |out, row| {
            out.text(&row.id.value);
            out.optional(row.when.as_ref(), condition);
            out.text(&row.to.value);
        });
        out.text(&route.default.value);
    });
    out.list(&document.identity, |out, key| out.texts(key));
}

/// All that is said of a move which is not only a condition; the choice before it is none of a condition's.
pub fn terms(out: &mut Bytes, one: &MoveDef) {
    out.choice(2);
    match &one.on {
        OnDef::Condition => out.choice(0),
        OnDef::Event(event) => {
            out.choice(1);
            out.text(&event.value);
        }
        OnDef::After(after) => {
            out.choice(2);
            time(out, after);
        }
    }
    out.optional(one.when.as_ref(), condition);
    out.optional(one.within.as_ref(), time);
    out.optional(one.cool_down.as_ref(), |out, length| out.int(length.value));
    out.sorted(&one.reset, |(score, _)| score, |out, (score, left)| {
        out.text(&score.value);
        out.int(i64::from(*left));
    });
    match &one.reason {
        ReasonDef::Optional => out.choice(0),
        ReasonDef::Required => out.choice(1),
        ReasonDef::OneOf(reasons) => {
            out.choice(2);
            out.set(reasons);
        }
    }
}

pub fn time(out: &mut Bytes, time: &TimeDef) {
    out.int(time.length.value);
    out.optional(time.calendar.as_ref(), |out, calendar| out.text(&calendar.value));
}

/// Names of older versions; nothing at all where there are none.
pub fn former(out: &mut Bytes, former: &FormerDef) {
    if *former == FormerDef::default() {
        return;
    }
    out.text("former");
    for names in [&former.stages, &former.moves, &former.scores] {
        out.sorted(names, |(old, _)| old, |out, (old, new)| {
            out.text(&old.value);
            out.optional(new.as_ref(), |out, new| out.text(&new.value));
        });
    }
}
