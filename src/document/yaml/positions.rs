//! Byte offsets of characters: the parser counts characters, spans count bytes.

/// Characters between two remembered places.
const STEP: usize = 64;

/// Finds the byte offset of the n-th character of a text.
pub struct Positions<'a> {
    text: &'a str,
    /// The byte offset of every [`STEP`]th character; empty where the text is ASCII.
    marks: Vec<usize>,
}

impl<'a> Positions<'a> {
    /// Measures a text.
    pub fn new(text: &'a str) -> Self {
        let marks = if text.is_ascii() { Vec::new() } else { text.char_indices().step_by(STEP).map(|(at, _)| at).collect() };
        Self { text, marks }
    }

    /// The byte offset of a character; the text's length where it has fewer.
    pub fn byte(&self, character: usize) -> usize {
        if self.marks.is_empty() {
            return character.min(self.text.len());
        }
        let Some(&mark) = self.marks.get(character / STEP) else { return self.text.len() };
        let rest = self.text.get(mark..).unwrap_or_default();
        rest.char_indices().nth(character % STEP).map_or(self.text.len(), |(at, _)| mark + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_characters() {
        for text in ["plain ascii text".repeat(20), "端口a数量😀".repeat(50)] {
            let positions = Positions::new(&text);
            for (index, (at, _)) in text.char_indices().enumerate() {
                assert_eq!(positions.byte(index), at);
            }
            assert_eq!(positions.byte(text.chars().count()), text.len());
            assert_eq!(positions.byte(usize::MAX), text.len());
        }
    }
}
