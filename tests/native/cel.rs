//! Answers expressions, a line of JSON each, for `tests/conformance` to compare with the package.
//!
//! `cargo run --example cel < lines.jsonl` answers the lines; `cargo run --example cel -- print < lines.jsonl` gives them back with their expressions in
//! canonical form, or as they are where they are no expressions; it fails where the form is not the same tree.

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
