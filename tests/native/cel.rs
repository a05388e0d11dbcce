//! Answers expressions, a line of JSON each, for `tests/conformance` to compare with the package.
//!
//! `cargo run --example cel < lines.jsonl` answers the lines; `cargo run --example cel -- print < lines.jsonl` gives them back with their expressions in
//! canonical form, or as they are where they are no expressions.

use std::io::{BufRead, Write};

use leadgate::cel::{Text, parse, print};
use leadgate::report::Span;
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let prints = std::env::args().nth(1).as_deref() == Some("print");
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        writeln!(out, "{}", if prints { canonical(&line)? } else { leadgate::answer(&line) })?;
    }
    Ok(())
}

fn canonical(line: &str) -> Result<String, serde_json::Error> {
    let mut json: Value = serde_json::from_str(line)?;
    let source = json.get("expr").and_then(Value::as_str).unwrap_or_default();
    let text = Text { text: source, span: Span::new(0, 0, u32::try_from(source.len()).unwrap_or(u32::MAX)), offsets: &[] };
    if let (Ok(expr), Some(fields)) = (parse(&text), json.as_object_mut()) {
        fields.insert("expr".to_owned(), print(&expr).into());
    }
    Ok(json.to_string())
}
