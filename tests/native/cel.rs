//! Answers expressions, a line of JSON each, for `tests/conformance` to compare with the package.
//!
//! `cargo run --example cel < lines.jsonl` answers the lines; `cargo run --example cel -- print < lines.jsonl` gives them back with their expressions in
//! canonical form, or as they are where they are no expressions; it fails where the form is not the same tree. `cargo run --example cel -- random COUNT SEED`
//! writes lines with random expressions and values.

#[path = "../reference/mod.rs"]
mod reference;

use std::io::{BufRead, Write};

use leadgate::cel::{Text, parse, print};
use leadgate::report::Span;
use reference::language::generate;
use reference::random::Random;
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let mut out = std::io::stdout().lock();
    if let [command, count, seed] = args.as_slice()
        && command == "random"
    {
        let (count, first): (u64, u64) = (count.parse()?, seed.parse()?);
        for seed in first..first + count {
            let case = generate::case(&mut Random::new(seed));
            // What is mistaken is either refused, or waits until it is met.
            writeln!(out, "{}", case.line(&seed.into(), case.typed || seed % 2 == 0))?;
        }
        return Ok(());
    }
    let prints = args.first().is_some_and(|command| command == "print");
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        writeln!(out, "{}", if prints { canonical(&line)? } else { leadgate::answer(&line) })?;
    }
    Ok(())
}

#[path = "../cel/bare.rs"]
mod bare;

fn canonical(line: &str) -> Result<String, Box<dyn std::error::Error>> {
    let mut json: Value = serde_json::from_str(line)?;
    let source = json.get("expr").and_then(Value::as_str).unwrap_or_default();
    let read = |source: &str| parse(&Text { text: source, span: Span::new(0, 0, u32::try_from(source.len()).unwrap_or(u32::MAX)), offsets: &[] });
    if let Ok(expr) = read(source) {
        let printed = print(&expr);
        let again = read(&printed).map_err(|errors| format!("`{printed}` is no expression any more: {errors:?}"))?;
        if bare::bare(again) != bare::bare(expr) {
            return Err(format!("`{source}` is another tree as `{printed}`").into());
        }
        if let Some(fields) = json.as_object_mut() {
            fields.insert("expr".to_owned(), printed.into());
        }
    }
    Ok(json.to_string())
}
