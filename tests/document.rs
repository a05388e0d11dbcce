//! Reading policies: each fixture is a policy, the files it names, and what is said about it.
//!
//! A fixture is made of parts that begin with `=== path`; `=== path hex` gives a file's bytes in hexadecimal. The policy is `policy.yaml` (or
//! `policy.json`), the last part, `=== expected`, the diagnostics, or `OK`. `UPDATE=1` writes what is said now.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use leadgate::document;
use leadgate::report::{Severity, render_all};

fn fixtures() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/document");
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
    found.sort();
    found
}

struct Fixture {
    files: BTreeMap<String, Vec<u8>>,
    expected: String,
    before: String,
}

fn split(text: &str) -> Fixture {
    let (before, expected) = text.split_once("=== expected\n").unwrap_or((text, ""));
    let mut files = BTreeMap::new();
    for part in before.split("=== ").skip(1) {
        let (head, body) = part.split_once('\n').unwrap();
        let (path, bytes) = match head.strip_suffix(" hex") {
            Some(path) => (path, hex(body)),
            None => (head, body.as_bytes().to_vec()),
        };
        files.insert(path.to_string(), bytes);
    }
    Fixture { files, expected: expected.to_string(), before: before.to_string() }
}

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(16)).collect();
    digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect()
}

fn read(files: &BTreeMap<String, Vec<u8>>) -> String {
    let main = if files.contains_key("policy.json") { "policy.json" } else { "policy.yaml" };
    let (document, sources, diagnostics) = document::read(main, files);
    let errors = diagnostics.iter().any(|problem| problem.severity == Severity::Error);
    assert!(errors || document.is_some(), "no document and no error");
    let said = render_all(&diagnostics, &sources);
    if errors { said } else { format!("{said}OK\n") }
}

#[test]
fn fixtures_say_what_they_should() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    let found = fixtures();
    assert!(!found.is_empty());
    for path in found {
        let text = std::fs::read_to_string(&path).unwrap();
        let fixture = split(&text);
        let said = read(&fixture.files);
        if said == fixture.expected {
            continue;
        }
        if update {
            std::fs::write(&path, format!("{}=== expected\n{said}", fixture.before)).unwrap();
        } else {
            wrong.push(format!("{}\n--- expected\n{}--- said\n{said}", path.display(), fixture.expected));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_schema_is_current() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schema/leadgate.schema.json");
    let current = document::schema();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &current).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), current, "write it anew with UPDATE=1");
}

/// The policies of all fixtures that are UTF-8.
fn policies() -> Vec<(String, String)> {
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let files = split(&text).files;
        let policy = files.get("policy.yaml").or(files.get("policy.json")).unwrap();
        Some((path.display().to_string(), String::from_utf8(policy.clone()).ok()?))
    };
    fixtures().into_iter().filter_map(read).collect()
}

#[test]
fn formatting_keeps_the_meaning_and_is_stable() {
    let mut formatted = 0;
    for (path, policy) in policies() {
        let Ok(once) = document::format(&policy) else { continue };
        formatted += 1;
        assert_eq!(document::format(&once).unwrap(), once, "{path}");
        let read = |text: &str| {
            let files = BTreeMap::from([("policy.yaml".to_string(), text.as_bytes().to_vec())]);
            document::read("policy.yaml", &files)
        };
        let ((before, _, _), (after, _, _)) = (read(&policy), read(&once));
        assert_eq!(before.as_ref().map(document::normalized), after.as_ref().map(document::normalized), "{path}");
    }
    assert!(formatted > 20);
}
