//! The policy that has everything of a lead's life.

#[test]
fn golden_leads_of_the_whole_life_hold() {
    let found = leadgate::compile_file(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/life/whole.yaml"));
    assert!(found.is_ok(), "{}", found.unwrap_err());
}
