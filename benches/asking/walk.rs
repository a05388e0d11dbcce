//! What the shipped inbound form costs, every way of answering it walked: exact under the policy's priors, from each kind of source.

use std::path::Path;
use std::time::Instant;

use leadgate::{Engine, WalkOptions, Walked, Way};

/// One source of each quality, sales' own sharing, and none that is known.
const SOURCES: [&str; 5] = ["", "sem", "seo", "download", "sales_self"];
/// What enrichment tells.
const ENRICHED: [&str; 4] = ["company", "industry", "province", "seats"];
const WAYS: [(&str, Way); 4] = [("everything that applies", Way::Everything), ("form order, until settled", Way::FormOrder), ("`next`, one by one", Way::Plan(1)), ("`next`, by pages", Way::Plan(0))];

pub fn walk() {
    let policy = Path::new("policies/saas-inbound/policy.yaml");
    let engine = Engine::new(leadgate::compile_file(policy).unwrap());
    println!("questions · friction on average (states walked); pages of {}\n", engine.program().ask.per_visit.unwrap_or(1));
    println!("| known | source | {} | pages | s |", WAYS.map(|(name, _)| name).join(" | "));
    println!("|---|---|{}---:|---:|", "---:|".repeat(WAYS.len()));
    for enriched in [false, true] {
        let mut mean: [Option<[f64; 3]>; 4] = [Some([0.0; 3]); 4];
        let known = if enriched { "company, industry, province and seats" } else { "nothing" };
        for source in SOURCES {
            let begun = Instant::now();
            let found = WAYS.map(|(_, way)| walked(&engine, source, enriched, way));
            for (mean, found) in mean.iter_mut().zip(&found) {
                *mean = mean.zip(found.as_ref()).map(|([questions, friction, pages], found)| [questions + found.questions / 5.0, friction + found.friction / 5.0, pages + found.pages / 5.0]);
            }
            let pages = found.last().and_then(|found| found.as_ref()).map_or("-".into(), |found| format!("{:.3}", found.pages));
            let found = found.map(|found| found.map_or("too much".into(), |found| format!("{:.3} · {:.3} ({})", found.questions, found.friction, found.states)));
            println!("| {known} | {} | {} | {pages} | {:.1} |", if source.is_empty() { "not known" } else { source }, found.join(" | "), begun.elapsed().as_secs_f64());
        }
        let pages = mean.last().copied().flatten().map_or("-".into(), |[.., pages]| format!("{pages:.3}"));
        let mean = mean.map(|mean| mean.map_or("-".into(), |[questions, friction, _]| format!("{questions:.3} · {friction:.3}")));
        println!("| {known} | mean of these | {} | {pages} | |", mean.join(" | "));
    }
}

fn walked(engine: &Engine, source: &str, enriched: bool, way: Way) -> Option<Walked> {
    let program = engine.program();
    let mut lead = engine.lead();
    for &field in &program.ask.questions {
        lead.open(&program.variables.get(usize::from(field))?.name).unwrap();
    }
    if !source.is_empty() {
        lead.set("source", source).unwrap();
    }
    let known: Vec<_> = ENRICHED.iter().filter(|_| enriched).filter_map(|name| engine.field(name)).collect();
    engine.walk(&WalkOptions { lead: &lead.build(), answers: &[], known: &known, stage: None, way, submissions: 0 }, &mut |_| {}).ok()
}
