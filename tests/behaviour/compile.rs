//! Documents that do not compile, or with warnings: `tests/fixtures/compile`. The part `says` holds what is said.

use crate::fixture::{Fixture, check};
use leadgate::{author, report};

fn come_out(fixture: &Fixture) -> String {
    let authored = author("policy.yaml", &fixture.files());
    let said = report::render_all(&authored.diagnostics, &authored.sources);
    for found in &authored.diagnostics {
        let message = &found.message;
        assert!(!message.starts_with(|first: char| first.is_uppercase()) && !message.ends_with('.'), "{message}");
    }
    if authored.compiled.is_some() { format!("{said}compiles\n") } else { said }
}

#[test]
fn mistakes_are_said() {
    assert!(check("compile", "says", come_out) >= 15);
}
