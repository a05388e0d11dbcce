//! `format`.

use super::*;
use super::convert::{double, text};
use crate::reference::language::time::duration_text;

pub fn apply(name: &str, args: &[Value]) -> Found {
    match (name, args) {
        (".format", [Text(pattern), List(values)]) => some(format(pattern, values).map(Text)),
        _ => None,
    }
}

fn format(pattern: &str, values: &[Value]) -> Option<String> {
    let mut values = values.iter();
    let mut out = String::new();
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            out.push(letter);
            continue;
        }
        if letters.next_if_eq(&'%').is_some() {
            out.push('%');
            continue;
        }
        let mut places = None;
        if letters.next_if_eq(&'.').is_some() {
            let digits: String = std::iter::from_fn(|| letters.next_if(char::is_ascii_digit)).collect();
            places = Some(digits.parse::<usize>().ok()?);
        }
        let verb = letters.next()?;
        if places.is_some() && !matches!(verb, 'e' | 'f') {
            return None;
        }
        out.push_str(&clause(verb, places.unwrap_or(6), values.next()?)?);
    }
    Some(out)
}

fn clause(verb: char, places: usize, value: &Value) -> Option<String> {
    match (verb, value) {
        ('s', _) => whole(value),
        ('d', Int(_) | Uint(_) | Double(_)) => text(value),
        ('f' | 'e', Int(_) | Uint(_) | Double(_)) => {
            let number = value.double()?;
            if !number.is_finite() {
                return Some(double(number));
            }
            if verb == 'f' {
                return Some(format!("{number:.places$}"));
            }
            let text = format!("{number:.places$e}");
            let (mantissa, exponent) = text.split_once('e')?;
            let exponent: i32 = exponent.parse().ok()?;
            Some(format!("{mantissa}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs()))
        }
        ('b', Bool(bit)) => Some(if *bit { "1" } else { "0" }.to_owned()),
        ('x', Text(text)) => Some(text.bytes().map(|byte| format!("{byte:02x}")).collect()),
        ('X', Text(text)) => Some(text.bytes().map(|byte| format!("{byte:02X}")).collect()),
        ('x', Bytes(bytes)) => Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect()),
        ('X', Bytes(bytes)) => Some(bytes.iter().map(|byte| format!("{byte:02X}")).collect()),
        (_, Int(number)) => digits(verb, number.unsigned_abs()).map(|digits| if *number < 0 { format!("-{digits}") } else { digits }),
        (_, Uint(number)) => digits(verb, *number),
        _ => None,
    }
}

fn digits(verb: char, number: u64) -> Option<String> {
    Some(match verb {
        'b' => format!("{number:b}"),
        'o' => format!("{number:o}"),
        'x' => format!("{number:x}"),
        'X' => format!("{number:X}"),
        _ => return None,
    })
}

/// Any value; the entries of a map by their keys' texts.
fn whole(value: &Value) -> Option<String> {
    Some(match value {
        List(items) => {
            let texts: Vec<String> = items.iter().map(whole).collect::<Option<_>>()?;
            format!("[{}]", texts.join(", "))
        }
        Map(entries) => {
            let mut texts: Vec<(String, String)> = entries.iter().map(|(key, held)| Some((whole(key)?, whole(held)?))).collect::<Option<_>>()?;
            texts.sort();
            let texts: Vec<String> = texts.into_iter().map(|(key, held)| format!("{key}: {held}")).collect();
            format!("{{{}}}", texts.join(", "))
        }
        Bytes(bytes) => readable(bytes),
        Duration(span) => format!("{}s", duration_text(*span).trim_end_matches('s').parse::<f64>().ok()?),
        other => text(other)?,
    })
}

/// Bytes as a text, one U+FFFD for all that follow on each other and are none.
fn readable(mut bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut strange = false;
    while !bytes.is_empty() {
        let letter = (1..=bytes.len().min(4)).find_map(|length| std::str::from_utf8(&bytes[..length]).ok());
        match letter {
            Some(letter) => out.push_str(letter),
            None if !strange => out.push('\u{FFFD}'),
            None => {}
        }
        strange = letter.is_none();
        bytes = &bytes[letter.map_or(1, str::len)..];
    }
    out
}
