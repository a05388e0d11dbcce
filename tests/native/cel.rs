//! Answers expressions, a line of JSON each, for `tests/conformance` to compare with the package.
//!
//! `cargo run --example cel < lines.jsonl`

use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        writeln!(out, "{}", leadgate::answer(&line?))?;
    }
    Ok(())
}
