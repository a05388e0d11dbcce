//! How large a list of 121,570 names is in a program, and how long a look-up takes.
//!
//! `cargo bench --bench lists`; the names are those of npm's `disposable-email-domains`, which the ordinary installation brings. Without `--bench` (as under `cargo test --benches`) it is only
//! checked that every name is found and no other.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a benchmark stops at what it does not expect")]

use std::collections::{BTreeMap, HashSet};
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use leadgate::program::{ListBody, Program};
use leadgate::{Engine, Lead};

fn names(file: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules/disposable-email-domains").join(file);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// A policy whose outcome is whether an e-mail's domain is in the list.
fn engine(lines: &[String], matching: &str) -> (Engine, usize) {
    let policy = format!(
        "leadgate: 1\npolicy: lists\nversion: \"1\"\nfields: {{ domain: {{ type: string }} }}\nlists: {{ listed: {{ file: listed.txt, match: {matching} }} }}\n\
         route: {{ outcomes: [listed, other], rows: [{{ id: listed, when: domain in lists.listed, to: listed }}], default: other }}\n"
    );
    let files = BTreeMap::from([("policy.yaml".to_owned(), policy.into_bytes()), ("listed.txt".to_owned(), lines.join("\n").into_bytes())]);
    let (program, _) = leadgate::author("policy.yaml", &files).compiled.unwrap();
    let bytes = program.to_bytes();
    let begun = Instant::now();
    let engine = Engine::load(&bytes).unwrap();
    println!("match: {matching}: {} names, {} bytes of program, loaded in {:.1} ms", lines.len(), bytes.len(), begun.elapsed().as_secs_f64() * 1000.0);
    assert_eq!(Program::from_bytes(&bytes).unwrap(), *engine.program());
    (engine, bytes.len())
}

fn find(engine: &Engine, text: &str) -> bool {
    let ListBody::Packed(list) = &engine.program().lists[0].body else { panic!("the list is not packed") };
    list.find(text).is_some()
}

fn main() {
    let all = names("index.json");
    let known: HashSet<&str> = all.iter().map(String::as_str).collect();
    // Names that are nearly in it: another letter at either end, more, less, below, above.
    let near: Vec<String> = all
        .iter()
        .flat_map(|name| {
            let above = name.split_once('.').map_or("", |(_, above)| above).to_owned();
            [format!("a{name}"), format!("{name}a"), name[..name.char_indices().last().unwrap().0].to_owned(), format!("x.{name}"), above, name.replacen('.', "-", 1)]
        })
        .filter(|name| !name.is_empty())
        .collect();

    let (exact, bytes) = engine(&all, "exact");
    assert!(bytes <= 1_200_000, "{bytes} bytes");
    for name in all.iter().chain(&near) {
        assert_eq!(find(&exact, name), known.contains(name.as_str()), "{name}");
    }
    let (below, bytes) = engine(&all, "domain");
    assert!(bytes <= 1_200_000, "{bytes} bytes");
    let within = |name: &str| known.contains(name) || name.match_indices('.').any(|(at, _)| known.contains(&name[at + 1..]));
    for name in all.iter().chain(&near) {
        assert_eq!(find(&below, name), within(name), "{name}");
    }
    println!("{} names found, {} others told apart", all.len(), near.iter().filter(|name| !known.contains(name.as_str())).count());
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    // In an order in which no look-up has what it needs left by the one before.
    let mixed = |names: &[String]| -> Vec<String> { (0..names.len()).map(|at| names[at.wrapping_mul(99_991) % names.len()].clone()).collect() };
    for (kind, engine) in [("exact", &exact), ("domain", &below)] {
        for (what, names) in [("in it", mixed(&all)), ("not in it", mixed(&near))] {
            let leads: Vec<Lead> = names.iter().take(100_000).map(|name| {
                let mut lead = engine.lead();
                lead.set("domain", name.as_str()).unwrap();
                lead.build()
            }).collect();
            let mut rounds: Vec<(f64, f64)> = (0..9)
                .map(|_| {
                    let begun = Instant::now();
                    for name in &names {
                        black_box(find(engine, black_box(name)));
                    }
                    let look_up = begun.elapsed().as_secs_f64() * 1e9 / names.len() as f64;
                    let begun = Instant::now();
                    for lead in &leads {
                        black_box(engine.decide(black_box(lead), None));
                    }
                    (look_up, begun.elapsed().as_secs_f64() * 1e9 / leads.len() as f64)
                })
                .collect();
            rounds.sort_by(|a, b| a.0.total_cmp(&b.0));
            let least = rounds.iter().map(|round| round.1).fold(f64::INFINITY, f64::min);
            // Others share the machine: the least is nearest to what the work itself takes.
            println!("match: {kind}, {what}: a look-up takes {:.0} ns, a decision with it {least:.0} ns (least of {}; median look-up {:.0} ns)", rounds[0].0, rounds.len(), rounds[4].0);
        }
    }
}
