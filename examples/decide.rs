//! Decides one lead, natively: `cargo run --example decide`

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let program = leadgate::compile_file("policies/saas-inbound/policy.yaml")?;
    let engine = leadgate::Engine::new(program);

    let mut lead = engine.lead();
    lead.set("company", "东海精密制造")?.set("mobile", "154 0013 8000")?.set("title", "CIO")?;
    lead.set("industry", "manufacturing")?.set("source", "event")?.set("seats", 120)?;

    let decision = engine.decide(&lead, None);
    let outcome = engine.outcome_name(decision.outcome).unwrap_or_default();
    let fit = decision.scores.first().copied().flatten().unwrap_or_default();
    println!("{outcome}: fit {}", fit / 1000);
    Ok(())
}
