//! What a lead's life goes by: queues, schedules, events and calendars.

use super::bytes::Bytes;
use super::facts::type_code;
use super::flow::time;
use super::{condition, scalar};
use crate::document::model::{DayDef, Document, ElseDef, MemberDef, QueueDef, SelectDef, StepOnDef};

/// The queues; nothing at all where there are none, so that documents from before there were queues keep their digest.
pub fn queues(out: &mut Bytes, document: &Document) {
    if document.queues.is_empty() {
        return;
    }
    out.text("queues");
    out.sorted(&document.queues, |queue| &queue.name, |out, queue| {
        out.text(&queue.name.value);
        out.list(&queue.members, |out, member| {
            out.text(&member.id.value);
            out.int(i64::from(member.weight));
        });
    });
    sharing(out, &document.queues);
}

/// What queues go by besides turns; nothing at all where none has any of it.
pub fn sharing(out: &mut Bytes, queues: &[QueueDef]) {
    let bare = |queue: &QueueDef| {
        let alone = |member: &MemberDef| member.daily.is_none() && member.away.is_empty();
        queue.owner.is_none() && queue.account.is_none() && queue.daily.is_none() && queue.calendar.is_none() && queue.respond_within.is_none() && queue.members.iter().all(alone)
    };
    if queues.iter().all(bare) {
        return;
    }
    out.text("sharing");
    out.sorted(queues, |queue| &queue.name, |out, queue| {
        for found in [&queue.owner, &queue.account] {
            out.optional(found.as_ref(), |out, found| {
                out.text(&found.field.value);
                out.choice(u8::from(found.counts));
            });
        }
        out.optional(queue.calendar.as_ref(), |out, calendar| out.text(&calendar.value));
        out.optional(queue.respond_within.as_ref(), time);
        out.list(&queue.members, |out, member| {
            out.optional(member.daily.or(queue.daily), |out, daily| out.int(i64::from(daily)));
            out.list(&member.away, |out, away| {
                for time in [&away.from, &away.to] {
                    let (choice, number) = match time.value {
                        DayDef::Day(day) => (0, day),
                        DayDef::At(moment) => (1, moment),
                    };
                    out.choice(choice);
                    out.int(number);
                }
            });
        });
    });
}

/// Events and signals; nothing at all where there are none.
pub fn events(out: &mut Bytes, document: &Document) {
    if document.events.is_empty() && document.signals.is_empty() {
        return;
    }
    out.text("events");
    out.sorted(&document.events, |event| &event.name, |out, event| {
        out.text(&event.name.value);
        out.sorted(&event.attributes, |attribute| &attribute.name, |out, attribute| {
            out.text(&attribute.name.value);
            out.choice(type_code(attribute.ty));
            out.set(&attribute.values);
        });
        out.optional(event.ignore.as_ref(), Bytes::expression);
    });
    out.sorted(&document.signals, |signal| &signal.name, |out, signal| {
        out.text(&signal.name.value);
        out.text(signal.measure.key());
        select(out, &signal.select);
        out.optional(signal.otherwise.as_ref(), |out, otherwise| match otherwise {
            ElseDef::Absent => out.choice(0),
            ElseDef::Value(value) => {
                out.choice(1);
                scalar(out, &value.value);
            }
        });
    });
}

pub fn select(out: &mut Bytes, select: &SelectDef) {
    let mut of: Vec<(&str, Option<&str>)> = select.of.iter().map(|(event, attribute)| (event.value.as_str(), attribute.as_ref().map(|attribute| attribute.value.as_str()))).collect();
    of.sort_unstable();
    out.list(&of, |out, (event, attribute)| {
        out.text(event);
        out.optional(*attribute, Bytes::text);
    });
    out.optional(select.within.as_ref(), |out, within| out.int(within.value));
    out.optional(select.filter.as_ref(), Bytes::expression);
}

/// The calendars; nothing at all where there are none.
pub fn calendars(out: &mut Bytes, document: &Document) {
    if document.calendars.is_empty() {
        return;
    }
    out.text("calendars");
    out.sorted(&document.calendars, |calendar| &calendar.name, |out, calendar| {
        out.text(&calendar.name.value);
        out.optional(calendar.timezone.as_ref(), |out, zone| out.text(&zone.value));
        out.list(&calendar.hours, |out, (begin, end)| {
            out.int(i64::from(*begin));
            out.int(i64::from(*end));
        });
        calendar.days.iter().for_each(|works| out.choice(u8::from(*works)));
        for days in [&calendar.holidays, &calendar.workdays] {
            out.list(days, |out, day| out.int(day.value));
        }
    });
}

/// Schedules; nothing at all where there are none.
pub fn sops(out: &mut Bytes, document: &Document) {
    if document.sops.is_empty() {
        return;
    }
    out.text("sops");
    out.sorted(&document.sops, |sop| &sop.name, |out, sop| {
        out.text(&sop.name.value);
        condition(out, &sop.enter);
        out.optional(sop.leave.as_ref(), condition);
        out.optional(sop.calendar.as_ref(), |out, calendar| out.text(&calendar.value));
        out.optional(sop.at, |out, second| out.int(i64::from(second)));
        out.list(&sop.steps, |out, step| {
            out.text(&step.id.value);
            let (choice, number) = match step.on {
                StepOnDef::Begin => (0, 0),
                StepOnDef::Day(number) => (1, i64::from(number)),
                StepOnDef::Week(number) => (2, i64::from(number)),
                StepOnDef::WorkingDay(number) => (3, i64::from(number)),
                StepOnDef::After(millis) => (4, millis),
            };
            out.choice(choice);
            out.int(number);
            out.optional(step.at, |out, second| out.int(i64::from(second)));
            out.optional(step.calendar.as_ref(), |out, calendar| out.text(&calendar.value));
            out.optional(step.when.as_ref(), condition);
            out.text(&step.send.value);
        });
    });
}
