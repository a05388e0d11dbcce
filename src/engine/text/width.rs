//! The normalizer `width`: full-width ASCII to ASCII, half-width katakana to full width.

use std::borrow::Cow;

use super::normalize::rewrite;

/// The full-width forms of U+FF61 to U+FF9F, in their order; the last two are the voiced and the semi-voiced mark.
const KATAKANA: &str = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";
/// What U+FFE0 to U+FFE6 stand for: signs of currency and their neighbours.
const SIGNS: &str = "¢£¬¯¦¥₩";

/// The text with full-width ASCII, the ideographic space, full-width signs and half-width katakana in their usual width.
pub(super) fn width(text: &str) -> Cow<'_, str> {
    // Everything that changes is at or beyond U+3000, whose encoding begins with 0xE3 or more.
    if text.bytes().all(|byte| byte < 0xE3) {
        return Cow::Borrowed(text);
    }
    rewrite(text, &mut |char, out| {
        let code = u32::from(char);
        let usual = match code {
            0x3000 => Some(' '),
            0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0),
            0xFF61..=0xFF9F => {
                let voiced = out.chars().next_back().and_then(|base| voiced(base, char));
                if voiced.is_some() {
                    out.pop();
                }
                voiced.or_else(|| counted(KATAKANA, 0xFF61, code))
            }
            0xFFE0..=0xFFE6 => counted(SIGNS, 0xFFE0, code),
            _ => Some(char),
        };
        out.push(usual.unwrap_or(char));
    })
}

/// The character of a code, where characters are counted from a first code on.
fn counted(chars: &str, first: u32, code: u32) -> Option<char> {
    chars.chars().zip(first..).find(|(_, at)| *at == code).map(|(char, _)| char)
}

/// A kana with its voiced or semi-voiced mark, where it can carry one.
fn voiced(base: char, mark: char) -> Option<char> {
    let code = u32::from(base);
    // In these rows of the block each kana is followed by its voiced form, in the last one by its semi-voiced form as well.
    let pairs = (0x30AB..=0x30C1).contains(&code) && code % 2 == 1 || matches!(code, 0x30C4 | 0x30C6 | 0x30C8);
    let triples = matches!(code, 0x30CF | 0x30D2 | 0x30D5 | 0x30D8 | 0x30DB);
    match (base, mark) {
        ('ウ', '\u{FF9E}') => Some('ヴ'),
        ('ワ', '\u{FF9E}') => Some('ヷ'),
        ('ヲ', '\u{FF9E}') => Some('ヺ'),
        (_, '\u{FF9E}') if pairs || triples => char::from_u32(code + 1),
        (_, '\u{FF9F}') if triples => char::from_u32(code + 2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_and_space() {
        assert_eq!(width("ＡＢＣ１２３！～　ｘ"), "ABC123!~ x");
        assert_eq!(width("上海　ＡＢＣ"), "上海 ABC");
        assert_eq!(width("￥１００ ￡￦￠"), "¥100 £₩¢");
    }

    #[test]
    fn katakana() {
        assert_eq!(width("ｱｲｳｴｵﾝｰ｡｢｣､･"), "アイウエオンー。「」、・");
        assert_eq!(width("ｶﾞｷﾞｻﾞﾄﾞﾊﾞﾊﾟﾎﾟｳﾞﾜﾞｦﾞ"), "ガギザドバパポヴヷヺ");
        assert_eq!(width("カﾞ"), "ガ");
        assert_eq!(width("ｱﾞﾅﾟﾞ"), "ア゛ナ゜゛");
        assert_eq!(width("ﾁﾞﾂﾞﾃﾞ"), "ヂヅデ");
    }

    #[test]
    fn leaves_the_rest() {
        for text in ["plain", "上海", "é ß", "한국"] {
            assert_eq!(width(text), text);
        }
    }
}
