//! What a document says, as bytes: what the `logic` digest is taken of.
//!
//! Everything that decisions rest on is in them, the content of lists included; layout, comments, quoting, the order of what has no order, texts for
//! people, `agreed`, `version` and `tests` are not. The bytes are a sequence of
//! - numbers: 8 bytes, little-endian, of an integer or of a double's bits;
//! - texts: the length in bytes as a number, then UTF-8;
//! - lists: how many items as a number, then the items;
//! - choices (what is optional, types, forms): one byte.
//!
//! They begin with the text `leadgate logic 1`. Sections follow in the order of [`normalized`]. Maps whose order means nothing (fields, lists,
//! derives, scores, groups, rules, tables, outputs, tests of one condition, points of one `by` rule) are sorted by name; sets of texts are sorted, each once.
//! Points are thousandths. White space between the words of a CEL expression counts as one space, whether there is any or not.

mod bytes;
mod facts;
mod flow;
mod form;
mod life;
mod scores;

use bytes::Bytes;
use facts::{field, list};
use flow::flow;
use form::form;
use life::{calendars, events, queues, sops};
use scores::{score, table};
use super::model::{Condition, Document, Scalar};

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
