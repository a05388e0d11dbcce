//! What a document says, as bytes: what the `logic` digest is taken of.
//!
//! Everything that decisions rest on is in them, the content of lists included; layout, comments, quoting, the order of what has no order, texts for
//! people, `agreed`, `version` and `tests` are not. The bytes are a sequence of
//! - numbers: 8 bytes, little-endian, of an integer or of a double's bits;
//! - texts: the length in bytes as a number, then UTF-8;
//! - lists: how many items as a number, then the items;
//! - choices (what is optional, types, forms): one byte.
//!
//! They begin with the text `leadgate logic 1`. Sections follow in the order of the functions below. Maps whose order means nothing (fields, lists,
//! derives, scores, groups, rules, tables, outputs, tests of one condition, points of one `by` rule) are sorted by name; sets of texts are sorted, each once.
//! Points are thousandths. White space between the words of a CEL expression counts as one space, whether there is any or not.

use super::hit::Hit;
use super::model::{
    ChoiceDef, Code, Condition, DayDef, Document, ElseDef, FieldDef, FieldType, FormerDef, GroupDef, ListBodyDef, ListDef, MemberDef, MoveDef, OnDef, QueueDef, ReasonDef, RuleBody,
    RuleDef, Scalar, ScoreDef, SelectDef, StepOnDef, TableDef, TimeDef,
};
use super::tokens::tokens;
use crate::program::{Country, Format, Normalizer};
use crate::report::Spanned;

/// The bytes that a document's `logic` digest is taken of.
pub fn normalized(document: &Document) -> Vec<u8> {
    let mut out = Bytes(Vec::new());
    out.text("leadgate logic 1");
    out.text(&document.policy);
    out.optional(document.timezone.as_ref(), |out, timezone| out.text(&timezone.value));
    out.sorted(&document.fields, |field| &field.name, field);
    out.sorted(&document.lists, |list| &list.name, list);
    out.sorted(&document.derives, |derive| &derive.name, |out, derive| {
        out.text(&derive.name.value);
        out.expression(&derive.expr);
        // Of experiments alone, so that other documents keep their digest.
        if !derive.arms.is_empty() {
            out.text("arms");
            out.list(&derive.arms, |out, (arm, weight)| {
                out.text(&arm.value);
                out.int(i64::from(*weight));
            });
        }
    });
    out.list(&document.screen, |out, row| {
        out.text(&row.id.value);
        condition(out, &row.when);
    });
    out.sorted(&document.scores, |score| &score.name, score);
    out.sorted(&document.tables, |table| &table.id, table);
    flow(&mut out, document);
    form(&mut out, document);
    queues(&mut out, document);
    sops(&mut out, document);
    events(&mut out, document);
    calendars(&mut out, document);
    out.0
}

struct Bytes(Vec<u8>);

impl Bytes {
    fn int(&mut self, number: i64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    fn count(&mut self, count: usize) {
        self.0.extend_from_slice(&(count as u64).to_le_bytes());
    }

    fn double(&mut self, number: f64) {
        // Both zeros are one number.
        let number = if number == 0.0 { 0.0 } else { number };
        self.0.extend_from_slice(&number.to_bits().to_le_bytes());
    }

    fn choice(&mut self, choice: u8) {
        self.0.push(choice);
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    fn expression(&mut self, code: &Code) {
        let tokens = tokens(&code.text);
        self.list(&tokens, |out, token| out.text(token));
    }

    fn list<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.count(items.len());
        for item in items {
            each(self, item);
        }
    }

    fn sorted<T>(&mut self, items: &[T], name: impl Fn(&T) -> &Spanned<String>, mut each: impl FnMut(&mut Self, &T)) {
        let mut order: Vec<&T> = items.iter().collect();
        order.sort_by(|a, b| name(a).value.cmp(&name(b).value));
        self.list(&order, |out, item| each(out, item));
    }

    fn optional<T>(&mut self, value: Option<T>, each: impl FnOnce(&mut Self, T)) {
        match value {
            None => self.choice(0),
            Some(value) => {
                self.choice(1);
                each(self, value);
            }
        }
    }

    fn texts(&mut self, texts: &[Spanned<String>]) {
        self.list(texts, |out, text| out.text(&text.value));
    }

    fn set(&mut self, texts: &[Spanned<String>]) {
        let mut sorted: Vec<&str> = texts.iter().map(|text| text.value.as_str()).collect();
        sorted.sort_unstable();
        sorted.dedup();
        self.list(&sorted, |out, text| out.text(text));
    }
}

fn field(out: &mut Bytes, field: &FieldDef) {
    out.text(&field.name.value);
    out.choice(type_code(field.ty));
    out.set(&field.values);
    out.optional(field.min.as_ref(), |out, bound| out.double(bound.value));
    out.optional(field.max.as_ref(), |out, bound| out.double(bound.value));
    out.optional(field.max_length, |out, length| out.int(i64::from(length)));
    normalizers(out, &field.normalize);
    out.choice(match field.format {
        Format::Any => 0,
        Format::Email => 1,
        Format::Uscc => 2,
    });
    out.choice(u8::from(field.from_host));
}

fn type_code(ty: FieldType) -> u8 {
    match ty {
        FieldType::String => 0,
        FieldType::Int => 1,
        FieldType::Double => 2,
        FieldType::Bool => 3,
        FieldType::Enum => 4,
    }
}

fn normalizers(out: &mut Bytes, normalizers: &[Normalizer]) {
    out.list(normalizers, |out, normalizer| match normalizer {
        Normalizer::Trim => out.choice(0),
        Normalizer::Lowercase => out.choice(1),
        Normalizer::Width => out.choice(2),
        Normalizer::Collapse => out.choice(3),
        Normalizer::Company => out.choice(4),
        Normalizer::Phone(country) => {
            out.choice(5);
            out.text(match country {
                Country::China => "CN",
                Country::UnitedStates => "US",
                Country::UnitedKingdom => "GB",
                Country::Germany => "DE",
                Country::Singapore => "SG",
                Country::HongKong => "HK",
                Country::Taiwan => "TW",
                Country::Japan => "JP",
            });
        }
    });
}

fn list(out: &mut Bytes, list: &ListDef) {
    out.text(&list.name.value);
    normalizers(out, &list.normalize);
    match &list.body {
        ListBodyDef::Set(values) => {
            out.choice(if list.domains { 2 } else { 0 });
            out.set(values);
        }
        ListBodyDef::Dictionary { columns, contains, pick_first, except, rows } => {
            out.choice(1);
            out.list(columns, |out, (name, ty)| {
                out.text(&name.value);
                out.choice(type_code(*ty));
            });
            out.choice(u8::from(*contains));
            out.choice(u8::from(*pick_first));
            out.set(except);
            out.list(rows, |out, row| out.texts(row));
        }
    }
}

fn condition(out: &mut Bytes, condition: &Condition) {
    match condition {
        Condition::Cel(code) => {
            out.choice(0);
            out.expression(code);
        }
        Condition::Tests(tests) => {
            out.choice(1);
            out.sorted(tests, |(name, _)| name, |out, (name, test)| {
                out.text(&name.value);
                out.text(test.text.trim());
            });
        }
    }
}

fn score(out: &mut Bytes, score: &ScoreDef) {
    out.text(&score.name.value);
    out.optional(score.range, |out, (low, high)| {
        out.int(low);
        out.int(high);
    });
    let mut groups: Vec<&GroupDef> = score.groups.iter().collect();
    groups.sort_by_key(|group| group.id.as_ref().map(|id| id.value.as_str()));
    out.list(&groups, |out, group| {
        out.optional(group.id.as_ref(), |out, id| out.text(&id.value));
        out.optional(group.min, Bytes::int);
        out.optional(group.max, Bytes::int);
        out.sorted(&group.rules, |rule| &rule.id, rule);
    });
    out.optional(score.sum.as_ref(), |out, sum| out.set(sum));
}

fn rule(out: &mut Bytes, rule: &RuleDef) {
    out.text(&rule.id.value);
    match &rule.body {
        RuleBody::By { by, points } => {
            out.choice(0);
            out.text(&by.value);
            let mut sorted: Vec<(&str, i64)> = points.iter().map(|(key, worth)| (key.text.trim(), worth.value)).collect();
            sorted.sort_unstable();
            out.list(&sorted, |out, (key, worth)| {
                out.text(key);
                out.int(*worth);
            });
        }
        RuleBody::Each(each) => {
            out.choice(2);
            select(out, &each.select);
            out.int(each.points.value);
            out.optional(each.half_life.as_ref(), |out, days| out.int(i64::from(days.value)));
            out.list(&each.steps, |out, (days, left)| {
                out.int(i64::from(days.value));
                out.int(i64::from(left.value));
            });
            for bound in [&each.min, &each.max] {
                out.optional(bound.as_ref(), |out, bound| out.int(bound.value));
            }
        }
        RuleBody::When { when, points } => {
            out.choice(1);
            condition(out, when);
            out.int(points.value);
        }
    }
}

fn table(out: &mut Bytes, table: &TableDef) {
    match table.hit {
        Hit::First => out.text(&table.id.value),
        // No id has a space in it.
        hit => out.text(&format!("{} {}", hit.word(), table.id.value)),
    }
    let mut order: Vec<usize> = (0..table.outputs.len()).collect();
    if !table.hit.by_priority() {
        order.sort_by_key(|&index| table.outputs.get(index).map(|output| output.name.value.as_str()));
    }
    out.list(&order, |out, &index| {
        if let Some(output) = table.outputs.get(index) {
            out.text(&output.name.value);
            out.choice(type_code(output.ty));
            if table.hit.by_priority() {
                out.list(&output.values, |out, value| out.text(&value.value));
            } else {
                out.set(&output.values);
            }
        }
    });
    let values = |out: &mut Bytes, then: &[Spanned<Scalar>]| {
        out.list(&order, |out, &index| out.optional(then.get(index), |out, value| scalar(out, &value.value)));
    };
    out.list(&table.rows, |out, row| {
        out.text(&row.id.value);
        out.optional(row.when.as_ref(), condition);
        values(out, &row.then);
    });
    out.optional(table.default.as_ref(), |out, default| values(out, default));
}

fn scalar(out: &mut Bytes, value: &Scalar) {
    match value {
        Scalar::Null => out.choice(0),
        Scalar::Bool(value) => out.choice(if *value { 2 } else { 1 }),
        // `1` and `1.0` are one number.
        Scalar::Int(number) if number.unsigned_abs() <= 1 << 53 => {
            out.choice(3);
            out.double(*number as f64);
        }
        Scalar::Double(number) => {
            out.choice(3);
            out.double(*number);
        }
        Scalar::Int(number) => {
            out.choice(4);
            out.int(*number);
        }
        Scalar::String(text) => {
            out.choice(5);
            out.text(text);
        }
    }
}

/// Stages, route and identity.
fn flow(out: &mut Bytes, document: &Document) {
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
fn terms(out: &mut Bytes, one: &MoveDef) {
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

fn time(out: &mut Bytes, time: &TimeDef) {
    out.int(time.length.value);
    out.optional(time.calendar.as_ref(), |out, calendar| out.text(&calendar.value));
}

/// Names of older versions; nothing at all where there are none.
fn former(out: &mut Bytes, former: &FormerDef) {
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

/// The queues; nothing at all where there are none, so that documents from before there were queues keep their digest.
fn queues(out: &mut Bytes, document: &Document) {
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
fn sharing(out: &mut Bytes, queues: &[QueueDef]) {
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
fn events(out: &mut Bytes, document: &Document) {
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

fn select(out: &mut Bytes, select: &SelectDef) {
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
fn calendars(out: &mut Bytes, document: &Document) {
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
fn sops(out: &mut Bytes, document: &Document) {
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

/// The form and the page.
fn form(out: &mut Bytes, document: &Document) {
    out.optional(document.ask.as_ref(), |out, ask| {
        out.optional(ask.settle.as_ref(), |out, settle| out.text(&settle.value));
        out.optional(ask.per_visit, |out, count| out.int(i64::from(count)));
        out.list(&ask.questions, |out, question| {
            out.text(&question.field.value);
            out.list(&question.choices, |out, ChoiceDef { id, test, .. }| {
                out.text(&id.value);
                out.text(test.text.trim());
            });
            out.optional(question.when.as_ref(), condition);
            out.double(document.cost(question));
            out.choice(u8::from(question.required));
            // Where it says nothing more, the digest is as it was before it could.
            if question.always {
                out.text("always");
            }
            if question.after > 0 {
                out.text("after");
                out.int(i64::from(question.after));
            }
            if !question.prior.is_empty() {
                out.text("prior");
                let mut prior: Vec<(&str, f64)> = question.prior.iter().map(|(key, weight)| (key.text.trim(), weight.value)).collect();
                prior.sort_by_key(|(key, _)| *key);
                out.list(&prior, |out, (key, weight)| {
                    out.text(key);
                    out.double(*weight);
                });
            }
        });
    });
    out.optional(document.page.as_ref(), |out, page| {
        for names in [&page.fields, &page.lists, &page.derives, &page.scores, &page.tables] {
            out.set(names);
        }
        out.sorted(&page.bounds, |(name, _, _)| name, |out, (name, low, high)| {
            out.text(&name.value);
            out.double(*low);
            out.double(*high);
        });
        out.sorted(&page.messages, |message| &message.id, |out, message| {
            out.text(&message.id.value);
            out.optional(message.outcomes.as_ref(), |out, outcomes| out.set(outcomes));
        });
    });
}
