//! Policies with leads: `tests/fixtures/decide`. The part `leads` holds one lead a line, begun by `> `, and below it what comes out: the decision with its scores explained, or what is possible
//! where something is open. A line begun by `#` says why.

use crate::fixture::{Fixture, check};
use crate::{leads, show};
use leadgate::engine::Engine;
use leadgate::{author, report};

fn come_out(fixture: &Fixture) -> String {
    let authored = author("policy.yaml", &fixture.files());
    let Some((program, _)) = authored.compiled else { panic!("{}:\n{}", fixture.path.display(), report::render_all(&authored.diagnostics, &authored.sources)) };
    let files: Vec<_> = program.list_files().collect();
    let lists: Vec<_> = files.iter().map(|(name, file)| (*name, file)).collect();
    let engine = Engine::load_with(&program.to_bytes(), &lists).unwrap();
    let mut out = String::new();
    for line in fixture.part("leads").lines() {
        if line.starts_with('#') || line.is_empty() {
            out.push_str(&format!("{line}\n"));
            continue;
        }
        let Some(lead) = line.strip_prefix('>') else { continue };
        out.push_str(&format!("{line}\n"));
        match leads::read(&engine, lead) {
            Err(refused) => out.push_str(&format!("refused {refused}\n")),
            Ok(given) if given.open => out.push_str(&show::possible(&engine, &given)),
            Ok(given) => out.push_str(&show::decision(&engine, &given)),
        }
    }
    out
}

#[test]
fn leads_are_decided() {
    assert!(check("decide", "leads", come_out) >= 20);
}
