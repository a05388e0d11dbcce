//! The policy that says everything that a policy can say.

use crate::turns::{Turns, run_examples};
use leadgate::document::Folder;
use leadgate::{Engine, author, report};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/life");

#[test]
fn golden_leads_of_the_whole_life_hold() {
    let found = author("whole.yaml", &Folder(FOLDER.into()));
    assert!(found.diagnostics.is_empty(), "{}", report::render_all(&found.diagnostics, &found.sources));
    assert!(found.golden >= 80, "only {}", found.golden);
    assert!(found.slice.is_some());
}

#[test]
fn queues_of_the_whole_life_share_out_their_leads() {
    let engine = Engine::new(leadgate::compile_file(format!("{FOLDER}/whole.yaml")).unwrap());
    let text = std::fs::read_to_string(format!("{FOLDER}/whole.turns")).unwrap();
    for part in text.split("=== ").skip(1) {
        let (queue, examples) = part.split_once('\n').unwrap();
        let turns = Turns::of(&engine, queue);
        assert!(run_examples(vec![examples], &|line| turns.take(line)) >= 10);
    }
}
