//! Where each byte of a decoded scalar stands in the file.

use super::node::Style;
use super::surrogates::pair;

/// For each byte of `decoded`, and one past its end, its offset in the file. `raw` is the scalar as written, at `start`.
///
/// White space that folding made of line breaks stands at the break. Where the two do not match, every byte stands at `start`.
pub fn offsets(raw: &str, start: u32, decoded: &str, style: Style) -> Vec<u32> {
    let mut walk = Walk { raw, at: usize::from(matches!(style, Style::Single | Style::Double)), style };
    let mut out = Vec::with_capacity(decoded.len() + 1);
    let place = |at: usize| start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
    for character in decoded.chars() {
        let Some(at) = walk.next(character) else {
            return vec![start; decoded.len() + 1];
        };
        // A character written as it is has its bytes side by side; an escape stands at its backslash.
        let plain = walk.at - at == character.len_utf8();
        out.extend((0..character.len_utf8()).map(|byte| place(if plain { at + byte } else { at })));
    }
    out.push(place(walk.at));
    out
}

struct Walk<'a> {
    raw: &'a str,
    at: usize,
    style: Style,
}

impl Walk<'_> {
    fn peek(&self) -> Option<char> {
        self.raw.get(self.at..)?.chars().next()
    }

    /// Moves past the next decoded character and returns where it begins.
    fn next(&mut self, wanted: char) -> Option<usize> {
        self.skip_escaped_breaks();
        if let Some(length) = self.escape() {
            let at = self.at;
            self.at += length;
            return Some(at);
        }
        if wanted.is_whitespace() {
            let at = self.at;
            if let Some(found) = self.peek().filter(|found| found.is_whitespace()) {
                self.at += found.len_utf8();
            }
            return Some(at);
        }
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += self.peek().map_or(1, char::len_utf8);
            self.skip_escaped_breaks();
        }
        let at = self.at;
        if let Some(length) = self.escape() {
            self.at += length;
            return Some(at);
        }
        if self.peek() != Some(wanted) {
            return None;
        }
        self.at += wanted.len_utf8();
        Some(at)
    }

    /// A backslash before a line break joins the lines.
    fn skip_escaped_breaks(&mut self) {
        while self.style == Style::Double && self.raw.get(self.at..).is_some_and(|rest| rest.starts_with("\\\n") || rest.starts_with("\\\r\n")) {
            self.at += 1;
            while self.peek().is_some_and(char::is_whitespace) {
                self.at += 1;
            }
        }
    }

    /// The length of the escape that stands here.
    fn escape(&self) -> Option<usize> {
        let rest = self.raw.get(self.at..)?;
        match self.style {
            Style::Single if rest.starts_with("''") => Some(2),
            Style::Double if rest.starts_with('\\') => Some(match rest.chars().nth(1)? {
                'x' => 4,
                'u' if pair(rest).is_some() => 12,
                'u' => 6,
                'U' => 10,
                other => 1 + other.len_utf8(),
            }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(raw: &str, decoded: &str, style: Style, byte: usize) -> u32 {
        let found = offsets(raw, 100, decoded, style);
        assert_eq!(found.len(), decoded.len() + 1);
        found[byte]
    }

    #[test]
    fn plain_and_folded() {
        assert_eq!(at("a == b", "a == b", Style::Plain, 5), 105);
        assert_eq!(at("a &&\n    b", "a && b", Style::Plain, 5), 109);
        assert_eq!(at("a &&\n\n  b", "a &&\nb", Style::Block, 5), 108);
        assert_eq!(at("端 x", "端 x", Style::Plain, 1), 101);
        assert_eq!(at("端 x", "端 x", Style::Plain, 4), 104);
    }

    #[test]
    fn quoted() {
        assert_eq!(at("'a ''b'' c'", "a 'b' c", Style::Single, 3), 105);
        assert_eq!(at("'a ''b'' c'", "a 'b' c", Style::Single, 7), 110);
        assert_eq!(at(r#""a \"b\" c""#, "a \"b\" c", Style::Double, 2), 103);
        assert_eq!(at(r#""\u4e2d x""#, "中 x", Style::Double, 2), 101);
        assert_eq!(at(r#""\u4e2d x""#, "中 x", Style::Double, 4), 108);
        assert_eq!(at(r#""\ud83d\ude00 x""#, "😀 x", Style::Double, 5), 114);
        assert_eq!(at("\"a \\\n   b\"", "a b", Style::Double, 2), 108);
    }

    #[test]
    fn what_does_not_match_stands_at_the_start() {
        assert_eq!(at("abc", "xyz", Style::Plain, 2), 100);
    }
}
