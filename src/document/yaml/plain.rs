//! What a scalar without quotes means: null, a bool, a number or a text.

/// What a plain scalar means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Plain {
    /// Nothing, `null`, `~`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Double(f64),
    /// A number in a form that readers of YAML disagree about.
    Odd(Odd),
    /// A text.
    Text,
}

/// Forms of numbers that readers of YAML disagree about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    /// `020`: 20 here, 16 elsewhere.
    LeadingZero,
    /// `0x1F`, `0o17`.
    Radix,
    /// `.inf`, `.nan`.
    NotFinite,
    /// More digits than 64 bits hold.
    TooBig,
}

/// The meaning of a plain scalar, by the core schema of YAML 1.2.
pub fn resolve(text: &str) -> Plain {
    match text {
        _ if is_null(text) => Plain::Null,
        "true" | "True" | "TRUE" => Plain::Bool(true),
        "false" | "False" | "FALSE" => Plain::Bool(false),
        _ => number(text),
    }
}

/// Whether a plain scalar is null.
pub fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn number(text: &str) -> Plain {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Plain::Odd(Odd::NotFinite);
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if unsigned.strip_prefix(prefix).is_some_and(|digits| !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix))) {
            return Plain::Odd(Odd::Radix);
        }
    }
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (unsigned.get(..at).unwrap_or_default(), unsigned.get(at + 1..)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_is_right =
        exponent.is_none_or(|exponent| { let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent); !digits.is_empty() && all_digits(digits) });
    let some_digit = !whole.is_empty() || fraction.is_some_and(|fraction| !fraction.is_empty());
    if !(all_digits(whole) && all_digits(fraction.unwrap_or_default()) && exponent_is_right && some_digit) {
        return Plain::Text;
    }
    if whole.len() > 1 && whole.starts_with('0') {
        return Plain::Odd(Odd::LeadingZero);
    }
    if fraction.is_none() && exponent.is_none() {
        return text.parse().map_or(Plain::Odd(Odd::TooBig), Plain::Int);
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Plain::Double(number),
        _ => Plain::Odd(Odd::TooBig),
    }
}

/// A word that older readers of YAML take for a bool, with the bool.
pub fn old_bool(text: &str) -> Option<bool> {
    match text {
        "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "y" | "Y" => Some(true),
        "no" | "No" | "NO" | "off" | "Off" | "OFF" | "n" | "N" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_resolve_as_in_the_core_schema() {
        for (text, plain) in [
            ("", Plain::Null),
            ("~", Plain::Null),
            ("true", Plain::Bool(true)),
            ("yes", Plain::Text),
            ("12", Plain::Int(12)),
            ("-12", Plain::Int(-12)),
            ("+3", Plain::Int(3)),
            ("0", Plain::Int(0)),
            ("2.5", Plain::Double(2.5)),
            (".5", Plain::Double(0.5)),
            ("1e3", Plain::Double(1000.0)),
            ("020", Plain::Odd(Odd::LeadingZero)),
            ("0x1F", Plain::Odd(Odd::Radix)),
            (".inf", Plain::Odd(Odd::NotFinite)),
            ("99999999999999999999", Plain::Odd(Odd::TooBig)),
            ("1e999", Plain::Odd(Odd::TooBig)),
            ("20..99", Plain::Text),
            ("2026-11-20", Plain::Text),
            ("1_000", Plain::Text),
            ("-", Plain::Text),
            (".", Plain::Text),
            ("e5", Plain::Text),
            ("1e", Plain::Text),
        ] {
            assert_eq!(resolve(text), plain, "{text}");
        }
    }
}
