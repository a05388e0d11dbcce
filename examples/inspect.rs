//! Prints what a policy compiles to: `cargo run --example inspect policies/saas-inbound/policy.yaml`.

use leadgate::Engine;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name a policy")?;
    let bytes = leadgate::compile_file(&path)?.to_bytes();
    let engine = Engine::load(&bytes)?;
    let program = engine.program();
    println!("{} {}: {} bytes", program.policy, program.version, bytes.len());
    println!("{} variables in {} slots, {} formulas, {} nodes for the machine", program.variables.len(), program.slots.len(), program.formulas.nodes.len(), program.expressions.nodes.len());
    for step in &program.steps {
        println!("{step:?}");
    }
    Ok(())
}
