//! Characters that an author cannot see, and that mislead whoever reads the policy.

use crate::report::{Diagnostic, Span};

/// Places of one kind that are reported one by one.
const MOST: usize = 10;

/// Reports control characters and characters that hide or reorder text.
pub fn check(text: &str, file: u16) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if text.bytes().all(|byte| (b' '..0x7F).contains(&byte) || matches!(byte, b'\n' | b'\r' | b'\t')) {
        return found;
    }
    for (at, character) in text.char_indices() {
        let what = match character {
            '\n' | '\r' | '\t' => continue,
            control if control.is_control() => "a control character",
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => "a character that reorders the text around it",
            '\u{200B}' | '\u{2060}' => "a space without width",
            '\u{feff}' if at > 0 => "a byte order mark inside the text",
            _ => continue,
        };
        let small = |at| u32::try_from(at).unwrap_or(u32::MAX);
        let span = Span::new(file, small(at), small(at + character.len_utf8()));
        let problem = Diagnostic::error("hidden-character", span, format!("here stands {what}, U+{:04X}", character as u32));
        found.push(problem.help("delete it: nobody who reads the policy can see it"));
        if found.len() == MOST {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_found() {
        let found = check("\u{feff}a\u{7}b\u{202E}c\u{200B}端\u{301}", 0);
        assert_eq!(found.iter().map(|problem| problem.span.start).collect::<Vec<_>>(), [4, 6, 10]);
        assert!(check("plain\ttext\r\n端口 é", 0).is_empty());
        assert_eq!(check(&"\u{7}".repeat(1000), 0).len(), MOST);
    }
}
