//! What an editor is told about a document while somebody writes.

use std::collections::BTreeMap;

use leadgate::{Study, author, study};

const HEAD: &str = "leadgate: 1\npolicy: p\nversion: '1'\nfields: { seats: { type: int, min: 1 } }\n";
const SCORES: &str = "scores: { fit: { range: [0, 10], rules: { some: { when: { seats: '>= 1' }, points: 5 } } } }\n";

fn studied(text: &str) -> Study {
    study("policy.yaml", &BTreeMap::from([("policy.yaml".to_owned(), text.as_bytes().to_vec())]))
}

#[test]
fn golden_leads_that_fail_leave_a_program_to_look_at() {
    let text = format!("{HEAD}{SCORES}tests: {{ right: {{ lead: {{ seats: 1 }}, expect: {{ fit: 5 }} }}, wrong: {{ lead: {{ seats: 1 }}, expect: {{ fit: 6, stage: x }} }}, broken: {{ lead: {{ seats: 0 }}, expect: {{ fit: 0 }} }} }}\n");
    let found = studied(&text);
    assert!(found.draft.is_some());
    assert_eq!(found.golden.iter().map(|lead| lead.passes).collect::<Vec<_>>(), [true, false, false]);
    let wrong: Vec<_> = found.golden[1].expected.iter().map(|item| (item.name.as_str(), item.wanted.as_str(), item.actual.as_deref(), item.holds)).collect();
    assert_eq!(wrong, [("fit", "6", Some("5"), false), ("stage", "`x`", None, false)]);
    // A lead that cannot be put together is not decided.
    assert!(found.golden[2].expected.is_empty());
    // The same document does not compile.
    let authored = author("policy.yaml", &BTreeMap::from([("policy.yaml".to_owned(), text.into_bytes())]));
    assert!(authored.compiled.is_none());
    assert_eq!(authored.golden, 3);
}

#[test]
fn errors_of_any_other_kind_leave_none_but_the_document_where_it_can_be_read() {
    let unknown = studied(&format!("{HEAD}{}", SCORES.replace("seats:", "saets:")));
    assert!(unknown.draft.is_none() && unknown.golden.is_empty());
    assert_eq!(unknown.document.map(|document| document.fields.len()), Some(1));
    // The rest would compile, but decide something that nobody wrote.
    let unread = studied(&format!("{HEAD}{SCORES}oops: 1\n"));
    assert!(unread.draft.is_none());
    assert!(studied("{").document.is_none());
}
