//! The form and the page.

use super::bytes::Bytes;
use super::condition;
use crate::document::model::{ChoiceDef, Document};

/// The form and the page.
pub fn form(out: &mut Bytes, document: &Document) {
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
