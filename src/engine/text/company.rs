//! The normalizer `company`: a company's name without its legal form, for matching.

use std::borrow::Cow;

use super::normalize::{collapse, lowercase};
use super::width::width;

/// Legal forms that are written without a space before them. The longest that fits comes off.
const JOINED: [&str; 20] = [
    "有限责任公司", "有限責任公司", "股份有限公司", "有限公司", "股份公司", "集团公司", "集團公司", "总公司", "總公司", "公司", "集团", "集團", "有限合伙", "普通合伙", "合伙企业",
    "株式会社", "有限会社", "合同会社", "주식회사", "유한회사",
];
/// Legal forms that stand before the name as well.
const LEADING: [&str; 5] = ["株式会社", "有限会社", "合同会社", "주식회사", "유한회사"];
/// Legal forms that are words, without their dots.
const WORDS: [&str; 42] = [
    "inc", "incorporated", "ltd", "limited", "llc", "llp", "lp", "plc", "corp", "corporation", "co", "company", "group", "pte", "pty", "pvt", "private", "gmbh", "mbh", "ag", "kg",
    "kgaa", "ohg", "ug", "ev", "se", "sa", "sas", "sarl", "spa", "srl", "sl", "bv", "nv", "ab", "as", "aps", "oy", "oyj", "kk", "bhd", "sdn",
];
/// What joins legal forms to one another, as in `GmbH & Co. KG`.
const LINKS: [&str; 5] = ["&", "and", "und", "et", "+"];

/// The name in ASCII width and lower case with single spaces, without brackets and without the legal forms at its end.
///
/// What stands in brackets is kept; a bracket beside a character that is not ASCII goes without a trace, another becomes a space. A name that
/// consists of legal forms alone keeps the first of them.
pub(super) fn company(text: &str) -> Cow<'_, str> {
    let name = unbracket(&lowercase(&width(text)));
    let name = collapse(&name);
    let mut rest = tidy(&name);
    while let Some(shorter) = without_form(rest) {
        rest = shorter;
    }
    if rest == text { Cow::Borrowed(text) } else { Cow::Owned(rest.to_owned()) }
}

/// One legal form taken off, where a name is left.
fn without_form(name: &str) -> Option<&str> {
    let joined = JOINED.iter().find_map(|form| name.strip_suffix(form));
    let leading = || LEADING.iter().find_map(|form| name.strip_prefix(form));
    let rest = tidy(joined.or_else(leading).or_else(|| without_word(name))?);
    (!rest.is_empty()).then_some(rest)
}

fn without_word(name: &str) -> Option<&str> {
    let at = name.rfind([' ', ','])?;
    let (rest, word) = (name.get(..at)?, name.get(at + 1..)?);
    if !WORDS.iter().any(|form| without_dots(word, form)) {
        return None;
    }
    let rest = tidy(rest);
    let linked = rest.rsplit_once(' ').filter(|(_, link)| LINKS.contains(link)).map(|(before, _)| before);
    Some(linked.unwrap_or(rest))
}

fn without_dots(word: &str, form: &str) -> bool {
    word.bytes().filter(|&byte| byte != b'.').eq(form.bytes())
}

/// Without white space around, and without what is left standing at the end when a legal form goes.
fn tidy(name: &str) -> &str {
    let rest = name.trim_end_matches(|char: char| char.is_whitespace() || matches!(char, ',' | '.' | ';' | '、' | '。' | '-'));
    if rest.is_empty() { name.trim() } else { rest.trim_start() }
}

fn unbracket(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut chars = name.chars().peekable();
    while let Some(char) = chars.next() {
        if !bracket(char) {
            out.push(char);
        } else if out.chars().next_back().is_none_or(|before| before.is_ascii()) && chars.peek().is_none_or(char::is_ascii) {
            out.push(' ');
        }
    }
    out
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
