//! The normalizer `phone`: a telephone number to `+` and digits, as in E.164.

use std::borrow::Cow;

use super::normalize::trim;
use super::width::width;
use crate::program::Country;

/// What is needed of a country's numbering plan.
struct Plan {
    country: Country,
    code: &'static str,
    /// The prefix of calls within the country, not part of the number.
    trunk: Option<u8>,
    /// Digits of the longest number without country code and trunk prefix.
    longest: usize,
}

const PLANS: [Plan; 8] = [
    Plan { country: Country::China, code: "86", trunk: Some(b'0'), longest: 11 },
    Plan { country: Country::UnitedStates, code: "1", trunk: Some(b'1'), longest: 10 },
    Plan { country: Country::UnitedKingdom, code: "44", trunk: Some(b'0'), longest: 10 },
    Plan { country: Country::Germany, code: "49", trunk: Some(b'0'), longest: 11 },
    Plan { country: Country::Singapore, code: "65", trunk: None, longest: 8 },
    Plan { country: Country::HongKong, code: "852", trunk: None, longest: 8 },
    Plan { country: Country::Taiwan, code: "886", trunk: Some(b'0'), longest: 9 },
    Plan { country: Country::Japan, code: "81", trunk: Some(b'0'), longest: 10 },
];

/// E.164 allows fifteen digits with the country code; a shorter one than five is an extension or a service number.
const DIGITS: std::ops::RangeInclusive<usize> = 5..=15;

/// The number as `+`, country code and the rest.
///
/// Spaces, dashes, dots and brackets do not count. `+` or `00` begins a country code; so does the country's own code where more digits follow
/// than a number of the country has without it. Otherwise the country's code is put in front. Trunk prefixes come off, after a known country code as well.
/// A text that is no such number (other characters, fewer than 5 or more than 15 digits) stays as it is, trimmed, so that nothing is lost.
pub(super) fn phone(text: &str, country: Country) -> Cow<'_, str> {
    match number(&width(text), country) {
        Some(number) => Cow::Owned(number),
        None => Cow::Borrowed(trim(text)),
    }
}

fn number(text: &str, country: Country) -> Option<String> {
    let (mut digits, mut plus) = (String::with_capacity(16), false);
    for char in text.chars() {
        match char {
            '0'..='9' => digits.push(char),
            '+' if !plus && digits.is_empty() => plus = true,
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '.' | '(' | ')' | '[' | ']' => {}
            _ if char.is_whitespace() => {}
            _ => return None,
        }
    }
    let abroad = if plus { Some(digits.as_str()) } else { digits.strip_prefix("00") };
    let typed = abroad.unwrap_or(&digits);
    if !DIGITS.contains(&typed.len()) {
        return None;
    }
    let (mut code, mut rest) = ("", typed);
    for plan in &PLANS {
        let coded = typed.strip_prefix(plan.code);
        let within = match abroad {
            // A number of another country than these stays as it was typed.
            Some(_) => coded,
            None if plan.country != country => None,
            None => Some(coded.filter(|_| typed.len() > plan.longest).unwrap_or(typed)),
        };
        if let Some(within) = within {
            (code, rest) = (plan.code, without_trunk(within, plan));
            break;
        }
    }
    // No country code begins with a zero.
    if !DIGITS.contains(&(code.len() + rest.len())) || code.is_empty() && rest.starts_with("0") {
        return None;
    }
    Some(["+", code, rest].concat())
}

fn without_trunk<'a>(mut rest: &'a str, plan: &Plan) -> &'a str {
    match plan.trunk {
        Some(b'0') => {
            while let Some(shorter) = rest.strip_prefix("0") {
                rest = shorter;
            }
            rest
        }
        // Where the trunk prefix could begin a number, only the length tells.
        Some(b'1') if rest.len() == plan.longest + 1 => rest.strip_prefix("1").unwrap_or(rest),
        _ => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries() {
        for (country, text, number) in [
            (Country::UnitedStates, "(415) 555-2671", "+14155552671"),
            (Country::UnitedStates, "1-415-555-2671", "+14155552671"),
            (Country::UnitedStates, "+1 415.555.2671", "+14155552671"),
            (Country::UnitedKingdom, "020 7946 0958", "+442079460958"),
            (Country::UnitedKingdom, "+44 (0)20 7946 0958", "+442079460958"),
            (Country::UnitedKingdom, "44 20 7946 0958", "+442079460958"),
            (Country::Germany, "030 123456", "+4930123456"),
            (Country::Germany, "0049 30 123456", "+4930123456"),
            (Country::Germany, "+86 138 1234 5678", "+8613812345678"),
            (Country::Singapore, "6123 4567", "+6561234567"),
            (Country::Singapore, "65 6123 4567", "+6561234567"),
            (Country::HongKong, "2123 4567", "+85221234567"),
            (Country::Taiwan, "0912-345-678", "+886912345678"),
            (Country::Japan, "090-1234-5678", "+819012345678"),
            (Country::Japan, "03‐1234‐5678", "+81312345678"),
            (Country::China, "(+86) 138 1234 5678", "+8613812345678"),
            (Country::China, "+39 06 1234 5678", "+390612345678"),
            (Country::China, "10086", "+8610086"),
        ] {
            assert_eq!(phone(text, country), number, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_stays() {
        for text in ["", "none", "1234", "+86", "00", "000138123456", "+1234567890123456", "138/139", "1+3812345678", "++8613812345678", "13812345678 ext 4", "+86000000"] {
            assert_eq!(phone(text, Country::China), text, "{text}");
        }
        assert_eq!(phone(" call me ", Country::China), "call me");
    }

    #[cfg(feature = "author")]
    #[test]
    fn agrees_with_the_recorded_forms() {
        let facts: serde_json::Value = serde_json::from_str(include_str!("../../../tests/fixtures/text/phone-forms.json")).unwrap();
        let forms = facts["forms"].as_array().unwrap();
        assert_eq!(forms.len(), 16);
        for form in forms {
            let text = form["text"].as_str().unwrap();
            assert_eq!(phone(text, Country::China), form["number"].as_str().unwrap_or(text), "{text}");
        }
    }
}
