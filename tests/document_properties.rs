//! Properties of reading and formatting: nothing panics, layout means nothing, formatting is stable.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use leadgate::document::{self, Document};
use leadgate::report::{Severity, Sources, locate, render_all};
use proptest::prelude::*;

/// The policy of the fixture that has every section, with the files it names.
fn whole() -> (String, BTreeMap<String, Vec<u8>>) {
    let text = include_str!("fixtures/document/whole.txt");
    let mut files = BTreeMap::new();
    for part in text.split("=== ").skip(1) {
        let (path, body) = part.split_once('\n').unwrap();
        files.insert(path.to_string(), body.as_bytes().to_vec());
    }
    let policy = String::from_utf8(files.remove("policy.yaml").unwrap()).unwrap();
    (policy, files)
}

/// Reads, renders and locates everything that is said; returns the document of a policy without errors.
fn read(policy: &[u8], files: &BTreeMap<String, Vec<u8>>) -> Option<Document> {
    let mut files = files.clone();
    files.insert("policy.yaml".to_string(), policy.to_vec());
    let (document, sources, diagnostics) = document::read("policy.yaml", &files);
    let errors = diagnostics.iter().any(|problem| problem.severity == Severity::Error);
    assert!(errors || document.is_some());
    for problem in &diagnostics {
        assert!(inside(problem.span, &sources), "{problem:?}");
        assert!(problem.related.iter().all(|&(span, _)| inside(span, &sources)), "{problem:?}");
        assert!(problem.message.chars().next().is_some_and(|first| !first.is_uppercase()) && !problem.message.ends_with('.'), "{}", problem.message);
        assert!(problem.help.is_some(), "{}", problem.message);
    }
    render_all(&diagnostics, &sources);
    document.filter(|_| !errors)
}

fn inside(span: leadgate::report::Span, sources: &Sources) -> bool {
    let Some(file) = sources.get(span.file) else { return false };
    let (start, end) = (span.start as usize, span.end as usize);
    start <= end && file.text.is_char_boundary(start) && file.text.is_char_boundary(end) && locate(span, sources).is_some()
}

fn check_format(text: &str) {
    if let Ok(once) = document::format(text) {
        assert_eq!(document::format(&once).as_ref(), Ok(&once), "not stable: {text:?}");
    }
}

const FRAGMENTS: &[&str] = &[
    "a", "when", "fields", "端口", "12", "0.5", "true", "~", "\"", "'", "''", "\"x y\"", "'x'", ": ", ":", "- ", "-", "? ", "{", "}", "[", "]", ", ", ",", "\n", "\n  ", "\n    ", "\n- ",
    "\n\n", " # c\n", "#", "|\n  ", "|-\n   ", ">\n  ", "|2\n", "&a ", "*a", "!t ", "!!str ", "%", "@", "`", "\t", "\r\n", "\u{feff}", "---\n", "...\n", "\\", "\\n", " ", "  ", "a: b\n", "  c: d\n",
    "{ a: b }", "[x, y]", "：", "\u{7}", "\u{202e}",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(FRAGMENTS), 0..40).prop_map(|parts| parts.concat())
}

/// The whole policy with some parts replaced, doubled or taken out.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let edit = (any::<prop::sample::Index>(), 0usize..12, prop::sample::select(FRAGMENTS));
    prop::collection::vec(edit, 1..6).prop_map(|edits| {
        let mut bytes = whole().0.into_bytes();
        for (at, length, new) in edits {
            let at = at.index(bytes.len());
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, new.bytes());
        }
        bytes
    })
}

/// The policy with other white space, comments and empty lines.
fn relaid() -> impl Strategy<Value = String> {
    prop::collection::vec((0u8..8, 1usize..4), 400).prop_map(|choices| {
        let policy = whole().0;
        let mut out = String::new();
        for (index, line) in policy.lines().enumerate() {
            let (what, count) = choices[index % choices.len()];
            let blanks = " ".repeat(count);
            match what {
                0 => out.push_str(&format!("{line}{blanks}\n")),
                1 => out.push_str(&format!("{line} # note\n")),
                2 => out.push_str(&format!("{line}\n\n{blanks}# note\n\n")),
                3 => out.push_str(&format!("{}\n", line.replacen(": ", &format!(":{blanks}"), 1))),
                4 => out.push_str(&format!("{}\r\n", line.replacen(", ", &format!(" ,{blanks}"), 1))),
                // Twice as far in: every level keeps its place among its neighbours.
                _ => out.push_str(&format!("{line}\n")),
            }
        }
        out
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read(&bytes, &BTreeMap::new());
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,200}") {
        read(text.as_bytes(), &BTreeMap::new());
        document::referenced_files(&text);
        check_format(&text);
    }

    #[test]
    fn any_yaml_is_read_or_refused(text in soup()) {
        read(text.as_bytes(), &BTreeMap::new());
        document::referenced_files(&text);
        check_format(&text);
    }

}

proptest! {
    // Each case reads a whole policy, several times.
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_policy_is_read_or_refused(policy in mutated()) {
        read(&policy, &whole().1);
        if let Ok(text) = std::str::from_utf8(&policy) {
            check_format(text);
        }
    }

    #[test]
    fn damaged_files_are_read_or_refused(name in prop::sample::select(vec!["lists/free-mail.txt", "lists/accounts.csv", "lists/titles.csv", "terms.csv"]), text in "[a-z,\"\\n\\r\\t 0-9-]{0,80}") {
        let (policy, mut files) = whole();
        files.insert(name.to_string(), text.into_bytes());
        read(policy.as_bytes(), &files);
    }

    #[test]
    fn layout_means_nothing(other in relaid()) {
        let (policy, files) = whole();
        let expected = document::normalized(&read(policy.as_bytes(), &files).unwrap());
        let found = read(other.as_bytes(), &files);
        prop_assert!(found.is_some(), "{}", other);
        prop_assert_eq!(&document::normalized(&found.unwrap()), &expected);
        let formatted = document::format(&other).unwrap();
        prop_assert_eq!(&document::format(&formatted).unwrap(), &formatted);
        prop_assert_eq!(document::normalized(&read(formatted.as_bytes(), &files).unwrap()), expected);
    }
}
