//! The normalizers of texts.

use std::borrow::Cow;

use super::company::company;
use super::phone::phone;
use super::width::width;
use crate::program::Normalizer;

/// A text in the normal form of a chain of normalizers, applied in the order given.
///
/// Idempotent: what is in normal form comes back as it is.
pub fn normalize<'a>(text: &'a str, normalizers: &[Normalizer]) -> Cow<'a, str> {
    let once = pass(Cow::Borrowed(text), normalizers);
    // Without its legal form a company's name can turn out to be a telephone number; everything else is settled after one pass.
    let telephone = normalizers.iter().any(|normalizer| matches!(normalizer, Normalizer::Phone(_)));
    if telephone && normalizers.contains(&Normalizer::Company) { pass(once, normalizers) } else { once }
}

fn pass<'a>(mut text: Cow<'a, str>, normalizers: &[Normalizer]) -> Cow<'a, str> {
    for normalizer in normalizers {
        text = match text {
            Cow::Borrowed(text) => apply(text, *normalizer),
            Cow::Owned(text) => Cow::Owned(apply(&text, *normalizer).into_owned()),
        };
    }
    text
}

fn apply(text: &str, normalizer: Normalizer) -> Cow<'_, str> {
    match normalizer {
        Normalizer::Trim => Cow::Borrowed(trim(text)),
        Normalizer::Lowercase => lowercase(text),
        Normalizer::Width => width(text),
        Normalizer::Collapse => collapse(text),
        Normalizer::Phone(country) => phone(text, country),
        Normalizer::Company => company(text),
    }
}

/// Lower case, letter by letter, whatever stands around a letter.
pub(super) fn lowercase(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    rewrite(text, &mut |char, out| {
        if char.is_ascii() {
            out.push(char.to_ascii_lowercase());
        } else {
            for lower in char.to_lowercase() {
                out.push(lower);
            }
        }
    })
}

/// Each run of white space as one space.
pub(super) fn collapse(text: &str) -> Cow<'_, str> {
    let mut before = 0;
    let collapsed = text.bytes().all(|byte| {
        let pair = (before, byte);
        before = byte;
        // The bytes with which white space begins, the single space apart.
        pair != (b' ', b' ') && !matches!(byte, b'\t'..=b'\r' | 0xC2 | 0xE1..=0xE3)
    });
    if collapsed {
        return Cow::Borrowed(text);
    }
    let mut before = false;
    rewrite(text, &mut |char, out| {
        let white = char.is_whitespace();
        if !white {
            out.push(char);
        } else if !before {
            out.push(' ');
        }
        before = white;
    })
}

/// A text with each character as `put` writes it.
pub(super) fn rewrite<'a>(text: &'a str, put: &mut dyn FnMut(char, &mut String)) -> Cow<'a, str> {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        put(char, &mut out);
    }
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
}

/// A text without the white space around it.
pub(crate) fn trim(text: &str) -> &str {
    let text = without_end(text, char::is_whitespace);
    let mut chars = text.chars();
    loop {
        let rest = chars.as_str();
        if !chars.next().is_some_and(char::is_whitespace) {
            return rest;
        }
    }
}

/// A text without the characters of a kind at its end.
pub(super) fn without_end(text: &str, of: fn(char) -> bool) -> &str {
    let mut chars = text.chars();
    loop {
        let rest = chars.as_str();
        if !chars.next_back().is_some_and(of) {
            return rest;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::Country;
    use proptest::prelude::*;

    #[test]
    fn one_by_one() {
        assert_eq!(normalize("\u{3000} a b\t\n", &[Normalizer::Trim]), "a b");
        assert_eq!(normalize(" a \t\u{3000}b\n", &[Normalizer::Collapse]), " a b ");
        assert_eq!(normalize("ÄÖÜ ẞ İ ΑΣ K 上海", &[Normalizer::Lowercase]), "äöü ß i\u{307} ασ k 上海");
        assert_eq!(normalize("as it is", &[]), "as it is");
    }

    #[test]
    fn white_space_of_every_kind_collapses() {
        for char in (char::MIN..=char::MAX).filter(|char| char.is_whitespace()) {
            assert_eq!(collapse(&format!("a{char}{char}b")), "a b", "{char:?}");
        }
    }

    #[test]
    fn borrows_what_is_normal() {
        let chain = [Normalizer::Trim, Normalizer::Lowercase, Normalizer::Width, Normalizer::Collapse];
        assert!(matches!(normalize("already normal", &chain), Cow::Borrowed(_)));
    }

    #[test]
    fn a_company_that_is_a_number() {
        let chain = [Normalizer::Phone(Country::China), Normalizer::Company];
        assert_eq!(normalize("(13812345678) Ltd", &chain), "+8613812345678");
    }

    fn normalizers() -> impl Strategy<Value = Normalizer> {
        let country = prop::sample::select(vec![
            Country::China,
            Country::UnitedStates,
            Country::UnitedKingdom,
            Country::Germany,
            Country::Singapore,
            Country::HongKong,
            Country::Taiwan,
            Country::Japan,
        ]);
        prop_oneof![
            Just(Normalizer::Trim),
            Just(Normalizer::Lowercase),
            Just(Normalizer::Width),
            Just(Normalizer::Collapse),
            Just(Normalizer::Company),
            country.prop_map(Normalizer::Phone),
        ]
    }

    fn texts() -> impl Strategy<Value = String> {
        let pieces = vec![
            " ", "\t", "\u{3000}", "a", "B", "Ｃ", "ﾊ", "ﾞ", "ﾟ", "ｶ", "0", "00", "1", "86", "44", "852", "+", "＋", "-", "(", ")", "（", "）", "(0)", ".", ",", "&",
            "138", "12345678", "１", "9", "有限公司", "集团", "股份", "公司", "某某", "Inc", "Ltd.", "Co.", "GmbH", "L.L.C.", "and", "İ", "ß", "株式会社", "[", "】", "ス", "¥", "￥",
        ];
        prop_oneof![
            3 => prop::collection::vec(prop::sample::select(pieces), 0..10).prop_map(|pieces| pieces.concat()),
            1 => any::<String>(),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]
        #[test]
        fn idempotent(text in texts(), chain in prop::collection::vec(normalizers(), 1..5)) {
            let once = normalize(&text, &chain).into_owned();
            prop_assert_eq!(normalize(&once, &chain), once.as_str());
        }
    }
}
