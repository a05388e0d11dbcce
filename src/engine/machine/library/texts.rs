//! `strings.quote`

use super::super::Fault;
use super::super::work::Work;
use super::text;
use crate::program::{Function, Value};

/// `strings.quote(a)`: as a literal between double quotes.
pub(super) fn quote(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let [Value::String(plain)] = args else { return Err(Fault::NoOverload) };
    work.spend_bytes(plain.len().saturating_mul(2))?;
    let mut out = String::with_capacity(plain.len() + 2);
    out.push('"');
    for char in plain.chars() {
        let escaped = match char {
            '\u{7}' => 'a',
            '\u{8}' => 'b',
            '\u{c}' => 'f',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\u{b}' => 'v',
            '\\' | '"' => char,
            _ => {
                out.push(char);
                continue;
            }
        };
        out.push('\\');
        out.push(escaped);
    }
    out.push('"');
    Ok(text(out))
}
