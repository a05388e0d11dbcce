//! The words of a CEL expression, without the white space and comments between them.

/// Operators of two characters.
const PAIRS: [&str; 6] = ["&&", "||", "==", "!=", "<=", ">="];

/// Splits an expression into names, numbers, string literals and operators. Two expressions with the same words mean the same; what is not CEL is split
/// somehow, always in the same way, and nothing of it but white space and comments is left out.
pub fn tokens(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\n', '\r', '\u{c}']);
        if rest.starts_with("//") {
            rest = rest.find('\n').and_then(|end| rest.get(end..)).unwrap_or_default();
            continue;
        }
        let Some(first) = rest.chars().next() else { return found };
        let length = literal(rest).unwrap_or_else(|| {
            if is_word(first) {
                word(rest)
            } else if PAIRS.iter().any(|pair| rest.starts_with(pair)) {
                2
            } else {
                first.len_utf8()
            }
        });
        let (token, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        found.push(token);
        rest = after;
    }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The length of a name or a number; a number keeps its point and the sign of its exponent.
fn word(text: &str) -> usize {
    let number = text.starts_with(|c: char| c.is_ascii_digit());
    let hexadecimal = text.starts_with("0x") || text.starts_with("0X");
    let mut previous = ' ';
    for (at, character) in text.char_indices() {
        let after_point = text.get(at + 1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let part = is_word(character)
            || (number && character == '.' && after_point)
            || (number && !hexadecimal && matches!(character, '+' | '-') && matches!(previous, 'e' | 'E') && after_point);
        if !part {
            return at;
        }
        previous = character;
    }
    text.len()
}

/// The length of the string or bytes literal that a text begins with, its prefix included; of one that is never closed, all.
fn literal(text: &str) -> Option<usize> {
    let prefix = text.len() - text.trim_start_matches(['r', 'R', 'b', 'B']).len();
    let body = text.get(prefix..).filter(|body| prefix <= 2 && body.starts_with(['"', '\'']))?;
    let raw = text.get(..prefix)?.contains(['r', 'R']);
    let quote = body.get(..1)?;
    let triple = quote.repeat(3);
    let closing = if body.starts_with(&triple) { triple.as_str() } else { quote };
    let mut at = closing.len();
    while let Some(rest) = body.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(closing) {
            return Some(prefix + at + closing.len());
        }
        let mut characters = rest.chars();
        let first = characters.next()?;
        at += first.len_utf8();
        if first == '\\' && !raw {
            at += characters.next().map_or(0, char::len_utf8);
        }
    }
    Some(text.len())
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn layout_does_not_count() {
        assert_eq!(tokens("a&&!known( x )||b>=1.5e-3"), tokens(" a  && !known(x)\n// why\n|| b >= 1.5e-3 "));
        assert_eq!(tokens("x in [\"a  b\",'c']"), ["x", "in", "[", "\"a  b\"", ",", "'c'", "]"]);
    }

    #[test]
    fn literals_count_as_written() {
        assert_ne!(tokens("x == 'a  b'"), tokens("x == 'a b'"));
        assert_eq!(tokens(r#"r"\" + "\"" + '''it's'''"#), [r#"r"\""#, "+", r#""\"""#, "+", "'''it's'''"]);
        assert_eq!(tokens("'// no comment'"), ["'// no comment'"]);
    }

    #[test]
    fn words_are_not_joined() {
        assert_ne!(tokens("a in b"), tokens("ainb"));
        assert_ne!(tokens("< ="), tokens("<="));
        assert_ne!(tokens("1 .5"), tokens("1.5"));
        assert_eq!(tokens("'open"), ["'open"]);
    }
}
