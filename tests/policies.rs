//! The shipped policies, natively: each document compiles without an error, and its golden leads come out as agreed.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use leadgate::document::Folder;
use leadgate::report::Severity;

/// Every document of every policy: a folder may hold more than one, such as a plan beside the policy.
fn documents() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
    let mut found = Vec::new();
    for policy in std::fs::read_dir(folder).unwrap() {
        let path = policy.unwrap().path();
        if !path.join("policy.yaml").exists() {
            continue;
        }
        for file in std::fs::read_dir(&path).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            if name.ends_with(".yaml") {
                found.push((path.clone(), name));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_shipped_policy_compiles_and_keeps_its_golden_leads() {
    let documents = documents();
    assert!(documents.len() > 1, "{documents:?}");
    for (folder, name) in documents {
        let authored = leadgate::author(&name, &Folder(folder.clone()));
        let errors: Vec<&str> = authored.diagnostics.iter().filter(|found| found.severity == Severity::Error).map(|found| found.message.as_str()).collect();
        assert_eq!(errors, Vec::<&str>::new(), "{}/{name}", folder.display());
        assert!(authored.golden > 0, "{}/{name} has no golden leads", folder.display());
        assert!(authored.compiled.is_some());
    }
}
