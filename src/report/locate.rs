//! Places for machines: lines and columns for editors.

use super::span::{Sources, Span};

/// A span by lines and columns, all from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file.
    pub path: String,
    /// Where it begins.
    pub start: Position,
    /// Just past its end.
    pub end: Position,
}

/// A place between two characters of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Column in UTF-16 code units, from 1, as editors in JavaScript count.
    pub utf16: usize,
}

/// Finds a span's lines and columns. None where the span is of no file of `sources`.
pub fn locate(span: Span, sources: &Sources) -> Option<Location> {
    let source = sources.get(span.file)?;
    let start = position(&source.text, span.start);
    let end = position(&source.text, span.end.max(span.start));
    Some(Location { path: source.path.clone(), start, end })
}

fn position(text: &str, offset: u32) -> Position {
    let mut end = (offset as usize).min(text.len());
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    let before = text.get(..end).unwrap_or_default();
    let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
    let current = before.rfind('\n').and_then(|at| before.get(at + 1..)).unwrap_or(before);
    // A byte order mark is no column: editors do not show it.
    let current = if line == 1 { current.strip_prefix('\u{feff}').unwrap_or(current) } else { current };
    Position { line, column: current.chars().count() + 1, utf16: current.encode_utf16().count() + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_utf16_units() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", "x\n端𝒳y\n");
        let at = "x\n端𝒳".len() as u32;
        let location = locate(Span::new(file, at, at + 1), &sources).unwrap();
        assert_eq!(location.start, Position { line: 2, column: 3, utf16: 4 });
        assert_eq!(location.end, Position { line: 2, column: 4, utf16: 5 });
        assert_eq!(locate(Span::new(7, 0, 0), &sources), None);
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", "\u{feff}ab");
        assert_eq!(locate(Span::new(file, 4, 5), &sources).unwrap().start.column, 2);
    }
}
