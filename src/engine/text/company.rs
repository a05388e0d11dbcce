//! The normalizer `company`: a company's name without its legal form, for matching.

use std::borrow::Cow;

use super::normalize::{collapse, lowercase, rewrite, trim, without_end};
use super::width::width;

/// Legal forms that are written without a space before them. The longest that fits comes off.
const JOINED: [&str; 15] = [
    "有限责任公司", "有限責任公司", "股份有限公司", "有限公司", "股份公司", "集团公司", "集團公司", "总公司", "總公司", "公司", "集团", "集團", "有限合伙", "普通合伙", "合伙企业",
];
/// Legal forms of this kind that stand before the name as well.
const LEADING: [&str; 5] = ["株式会社", "有限会社", "合同会社", "주식회사", "유한회사"];
/// Legal forms that are words, without their dots.
const WORDS: &str = "inc incorporated ltd limited llc llp lp plc corp corporation co company group pte pty pvt private \
    gmbh mbh ag kg kgaa ohg ug ev se sa sas sarl spa srl sl bv nv ab as aps oy oyj kk bhd sdn";
/// What joins legal forms to one another, as in `GmbH & Co. KG`.
const LINKS: &str = "& and und et +";

/// The name in ASCII width and lower case with single spaces, without brackets and without the legal forms at its end.
///
/// What stands in brackets is kept; a bracket beside a character that is not ASCII goes without a trace, another becomes a space. A name that
/// consists of legal forms alone keeps the first of them.
pub(super) fn company(text: &str) -> Cow<'_, str> {
    let mut name = width(text).into_owned();
    for step in [lowercase, unbracket, collapse] {
        name = step(&name).into_owned();
    }
    let mut rest = tidy(&name);
    while let Some(shorter) = without_form(rest) {
        rest = shorter;
    }
    if rest == text { Cow::Borrowed(text) } else { Cow::Owned(rest.to_owned()) }
}

/// One legal form taken off, where a name is left.
fn without_form(name: &str) -> Option<&str> {
    let mut rest = None;
    for form in JOINED.iter().chain(&LEADING) {
        rest = rest.or_else(|| name.strip_suffix(form));
    }
    for form in LEADING {
        rest = rest.or_else(|| name.strip_prefix(form));
    }
    let rest = tidy(rest.or_else(|| without_word(name))?);
    (!rest.is_empty()).then_some(rest)
}

fn without_word(name: &str) -> Option<&str> {
    let (rest, word) = last_word(name, b" ,")?;
    let without_dots = rewrite(word, &mut |char, out| {
        if char != '.' {
            out.push(char);
        }
    });
    if !is_among(&without_dots, WORDS) {
        return None;
    }
    let rest = tidy(rest);
    let linked = last_word(rest, b" ").filter(|(_, link)| is_among(link, LINKS));
    Some(linked.map_or(rest, |(before, _)| before))
}

/// What stands before and after the last of these bytes.
fn last_word<'a>(name: &'a str, between: &[u8]) -> Option<(&'a str, &'a str)> {
    let at = name.bytes().rposition(|byte| between.contains(&byte))?;
    Some((name.get(..at)?, name.get(at + 1..)?))
}

/// Whether a word is one of some that stand in a text, with single spaces between.
pub(crate) fn is_among(word: &str, words: &str) -> bool {
    words.as_bytes().split(|&byte| byte == b' ').any(|known| known == word.as_bytes())
}

/// Without white space around, and without what is left standing at the end when a legal form goes.
fn tidy(name: &str) -> &str {
    let rest = without_end(name, |char| char.is_whitespace() || matches!(char, ',' | '.' | ';' | '、' | '。' | '-'));
    trim(if rest.is_empty() { name } else { rest })
}

fn unbracket(name: &str) -> Cow<'_, str> {
    let mut removed = false;
    rewrite(name, &mut |char, out| {
        if removed && char.is_ascii() && out.chars().next_back().is_none_or(|before| before.is_ascii()) {
            out.push(' ');
        }
        removed = bracket(char);
        if !removed {
            out.push(char);
        }
    })
}

fn bracket(char: char) -> bool {
    matches!(char, '(' | ')' | '[' | ']' | '{' | '}' | '【' | '】' | '〔' | '〕' | '「' | '」' | '『' | '』' | '《' | '》' | '〈' | '〉')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (text, name) in [
            ("南京某某科技有限公司", "南京某某科技"),
            ("某某（中国）有限公司", "某某中国"),
            ("某某集团股份有限公司", "某某"),
            ("某某科技集团有限责任公司", "某某科技"),
            ("某某投资中心（有限合伙）", "某某投资中心"),
            ("ＡＢＣ（上海）有限公司", "abc上海"),
            ("株式会社サンプル", "サンプル"),
            ("ｻﾝﾌﾟﾙ株式会社", "サンプル"),
            ("Acme, Inc.", "acme"),
            ("Acme,Inc", "acme"),
            ("ACME (China) Co., Ltd.", "acme china"),
            ("ACME(China)Co.,Ltd", "acme china"),
            ("  Acme   Widgets  L.L.C. ", "acme widgets"),
            ("Muster GmbH & Co. KG", "muster"),
            ("Müller und Co. AG", "müller"),
            ("Sample Pte. Ltd.", "sample"),
            ("Muestra S.A.", "muestra"),
            ("Smith & Sons", "smith & sons"),
            ("Incorporate", "incorporate"),
            ("Coca", "coca"),
        ] {
            assert_eq!(company(text), name, "{text}");
        }
    }

    #[test]
    fn a_legal_form_alone_is_kept() {
        for (text, name) in [("有限公司", "有限公司"), ("Inc.", "inc"), ("Co., Ltd.", "co"), (".", "."), ("", "")] {
            assert_eq!(company(text), name, "{text}");
        }
    }
}
