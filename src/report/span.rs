//! Where in the author's files something stands.

/// A byte range in one of the files of a [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// Index of the file in [`Sources`].
    pub file: u16,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span over `start..end` of `file`.
    pub fn new(file: u16, start: u32, end: u32) -> Self {
        Self { file, start, end }
    }

    /// The smallest span that covers both; of `self`'s file.
    pub fn to(self, other: Self) -> Self {
        Self { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A value with the place it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// One file of a document: the policy itself, or a list or table it names.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The path as the author wrote it, or as the caller named the document.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// All files of one document; a span's `file` is an index into them.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a file and returns its index.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> u16 {
        let index = u16::try_from(self.files.len()).unwrap_or(u16::MAX);
        self.files.push(SourceFile { path: path.into(), text: text.into() });
        index
    }

    /// Gives a file its text, where that was not known when it was added.
    pub fn set_text(&mut self, file: u16, text: impl Into<String>) {
        if let Some(source) = self.files.get_mut(usize::from(file)) {
            source.text = text.into();
        }
    }

    /// The file of an index.
    pub fn get(&self, file: u16) -> Option<&SourceFile> {
        self.files.get(usize::from(file))
    }

    /// Line and column of a byte offset, both from 1; columns count characters.
    pub fn line_column(&self, file: u16, offset: u32) -> (usize, usize) {
        let Some(source) = self.get(file) else { return (1, 1) };
        let end = (offset as usize).min(source.text.len());
        let before = source.text.as_bytes().get(..end).unwrap_or_default();
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        // Continuation bytes of UTF-8 do not begin a character.
        let column = before.iter().skip(start).filter(|&&byte| byte & 0xC0 != 0x80).count() + 1;
        (line, column)
    }
}
