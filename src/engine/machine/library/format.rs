//! `format`: values into a text.

use super::super::Fault;
use super::super::work::Work;
use super::types::written;
use super::text;
use crate::program::{Function, Value};

/// Digits after the point where the text says nothing else.
const PRECISION: usize = 6;
/// The most that it may say.
const MOST: usize = 1000;

/// `a.format(list)`: `%s`, `%d`, `%f`, `%e`, `%b`, `%o`, `%x`, `%X` stand for one value each, `%%` for itself; `%.2f` and `%.2e` have so many digits after the point.
pub(super) fn format(_: Function, args: &[Value], work: &mut Work) -> Result<Value, Fault> {
    let [Value::String(pattern), Value::List(values)] = args else { return Err(Fault::NoOverload) };
    let mut values = values.iter();
    let mut out = String::new();
    let mut rest = &**pattern;
    while let Some((plain, clause)) = rest.split_once('%') {
        out.push_str(plain);
        let mut chars = clause.chars();
        let mut verb = chars.next().ok_or(Fault::Argument)?;
        let mut precision = None;
        if verb == '.' {
            let digits = chars.as_str();
            let after = digits.trim_start_matches(|char: char| char.is_ascii_digit());
            let digits = digits.get(..digits.len() - after.len()).unwrap_or_default();
            precision = Some(digits.parse().ok().filter(|places| *places <= MOST).ok_or(Fault::Argument)?);
            chars = after.chars();
            verb = chars.next().ok_or(Fault::Argument)?;
        }
        rest = chars.as_str();
        if verb == '%' {
            out.push('%');
            continue;
        }
        if precision.is_some() && !matches!(verb, 'f' | 'e') {
            return Err(Fault::Argument);
        }
        clause_of(&mut out, verb, precision.unwrap_or(PRECISION), values.next().ok_or(Fault::Index)?, work)?;
        work.spend(1)?;
        if out.len() > 1 << 20 {
            return Err(Fault::Fuel);
        }
    }
    out.push_str(rest);
    work.spend_bytes(out.len())?;
    Ok(text(out))
}

fn clause_of(out: &mut String, verb: char, precision: usize, value: &Value, work: &mut Work) -> Result<(), Fault> {
    match (verb, value) {
        ('s', value) => out.push_str(&written(value, work)?),
        ('d', Value::Int(_) | Value::Uint(_) | Value::Double(_)) => out.push_str(&written(value, work)?),
        ('b', Value::Bool(bit)) => out.push(if *bit { '1' } else { '0' }),
        ('b', _) => digits(out, value, 1, false)?,
        ('o', _) => digits(out, value, 3, false)?,
        ('x' | 'X', Value::String(text)) => hex(out, text.as_bytes(), verb == 'X', work)?,
        ('x' | 'X', Value::Bytes(bytes)) => hex(out, bytes, verb == 'X', work)?,
        ('x' | 'X', _) => digits(out, value, 4, verb == 'X')?,
        ('f' | 'e', _) => {
            let number = match value {
                Value::Double(number) => *number,
                Value::Int(number) => *number as f64,
                Value::Uint(number) => *number as f64,
                _ => return Err(Fault::Argument),
            };
            if !number.is_finite() {
                out.push_str(&written(&Value::Double(number), work)?);
            } else if verb == 'f' {
                out.push_str(&std::format!("{number:.precision$}"));
            } else {
                let number = std::format!("{number:.precision$e}");
                let (mantissa, exponent) = number.split_once('e').unwrap_or((&number, "0"));
                let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |digits| ('-', digits));
                out.push_str(mantissa);
                out.push('e');
                out.push(sign);
                if exponent.len() < 2 {
                    out.push('0');
                }
                out.push_str(exponent);
            }
        }
        _ => return Err(Fault::Argument),
    }
    Ok(())
}

/// An integer in digits of so many bits each.
fn digits(out: &mut String, value: &Value, bits: u32, upper: bool) -> Result<(), Fault> {
    let (negative, mut rest) = match value {
        Value::Int(number) => (*number < 0, number.unsigned_abs()),
        Value::Uint(number) => (false, *number),
        _ => return Err(Fault::Argument),
    };
    let mut reversed = Vec::new();
    loop {
        reversed.push(digit((rest & ((1 << bits) - 1)) as u8, upper));
        rest >>= bits;
        if rest == 0 {
            break;
        }
    }
    if negative {
        out.push('-');
    }
    out.extend(reversed.into_iter().rev());
    Ok(())
}

fn hex(out: &mut String, bytes: &[u8], upper: bool, work: &mut Work) -> Result<(), Fault> {
    work.spend_bytes(bytes.len().saturating_mul(2))?;
    out.extend(bytes.iter().flat_map(|byte| [digit(byte >> 4, upper), digit(byte & 15, upper)]));
    Ok(())
}

fn digit(value: u8, upper: bool) -> char {
    char::from(match value {
        0..=9 => b'0' + value,
        _ if upper => b'A' + value - 10,
        _ => b'a' + value - 10,
    })
}
