//! The public part of a document.

use crate::document::{AskDef, Document, PageDef};
use crate::report::Spanned;

/// The document without what is secret: what `page` does not list, stages, identity keys, golden leads. The screen and the route stay, for what they
/// rest on is told apart condition by condition.
pub fn document(document: &Document, page: &PageDef) -> Document {
    let mut public = document.clone();
    let listed = |names: &[Spanned<String>], name: &Spanned<String>| names.iter().any(|listed| listed.value == name.value);
    public.fields.retain(|field| listed(&page.fields, &field.name));
    public.lists.retain(|list| listed(&page.lists, &list.name));
    public.derives.retain(|derive| listed(&page.derives, &derive.name));
    public.scores.retain(|score| listed(&page.scores, &score.name));
    public.tables.retain(|table| listed(&page.tables, &table.id));
    // Where the form is there for something else, it is there for its messages.
    let shown = |name: &Spanned<String>| public.tables.iter().flat_map(|table| &table.outputs).any(|output| output.name.value == name.value);
    public.ask = public.ask.map(|ask| AskDef { settle: ask.settle.filter(shown), questions: ask.questions.into_iter().filter(|question| listed(&page.fields, &question.field)).collect(), ..ask });
    // The version changes with every change of a secret.
    public.version = String::new();
    public.agreed = Vec::new();
    public.stages = None;
    public.identity = Vec::new();
    public.tests = Vec::new();
    public.page = None;
    public
}
