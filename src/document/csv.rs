//! Comma-separated values, each cell with its place, and plain lists of lines.

use crate::report::{Diagnostic, Span, Spanned};

/// Rows of one file with the same mistake that are reported one by one.
const MOST_REPORTED: usize = 20;

/// A file with a header.
pub struct Sheet {
    /// The columns' names.
    pub header: Vec<Cell>,
    /// The rows, each with as many cells as the header.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Its text, quoting undone; without quotes, white space at its ends taken off.
    pub text: String,
    /// Where it stands, quotes left out.
    pub span: Span,
}

impl Cell {
    /// The offset of each byte of the text, and one past its end. `source` is the file's text.
    pub fn offsets(&self, source: &str) -> Vec<u32> {
        let raw = source.get(self.span.start as usize..self.span.end as usize).unwrap_or_default();
        let mut at = self.span.start;
        let mut offsets = Vec::with_capacity(self.text.len() + 1);
        let mut bytes = raw.bytes();
        for byte in self.text.bytes() {
            offsets.push(at);
            at += 1;
            let doubled = byte == b'"' && raw.len() > self.text.len() && bytes.next() == Some(b'"');
            if doubled && bytes.next() == Some(b'"') {
                at += 1;
            } else if byte != b'"' {
                bytes.next();
            }
        }
        offsets.push(self.span.end);
        offsets
    }
}

/// Reads a file with a header. Rows that do not fit the header are reported and left out.
pub fn sheet(text: &str, file: u16, delimiter: u8, diagnostics: &mut Vec<Diagnostic>) -> Option<Sheet> {
    let mut scanner = Scanner { text, bytes: text.as_bytes(), at: if text.starts_with('\u{feff}') { 3 } else { 0 }, file, delimiter };
    let mut rows = Vec::new();
    let mut header: Option<Vec<Cell>> = None;
    let mut ragged = Vec::new();
    loop {
        match scanner.row() {
            Ok(None) => break,
            Ok(Some(row)) if row.iter().all(|cell| cell.text.is_empty() && cell.span.start == cell.span.end) && row.len() == 1 => {}
            Ok(Some(row)) => match &header {
                None => header = Some(row),
                Some(names) if names.len() == row.len() => rows.push(row),
                Some(names) => ragged.push((names.len(), row)),
            },
            Err(problem) => {
                diagnostics.push(*problem);
                break;
            }
        }
    }
    report_ragged(&ragged, diagnostics);
    let Some(header) = header else {
        let problem = Diagnostic::error("csv-header", Span::new(file, 0, 0), "the file is empty");
        diagnostics.push(problem.help("its first line names the columns"));
        return None;
    };
    for (index, cell) in header.iter().enumerate() {
        if cell.text.is_empty() {
            diagnostics.push(Diagnostic::error("csv-header", cell.span, "a column has no name").help("name it in the first line, or take the column out"));
        } else if let Some(first) = header.iter().take(index).find(|other| other.text == cell.text) {
            let problem = Diagnostic::error("csv-header", cell.span, format!("the column `{}` is given twice", cell.text));
            diagnostics.push(problem.related(first.span, "first given here").help("give each column a name of its own"));
        }
    }
    Some(Sheet { header, rows })
}

fn report_ragged(ragged: &[(usize, Vec<Cell>)], diagnostics: &mut Vec<Diagnostic>) {
    for (index, (wanted, row)) in ragged.iter().enumerate() {
        let (Some(first), Some(last)) = (row.first(), row.last()) else { continue };
        let span = first.span.to(last.span);
        if index == MOST_REPORTED {
            let problem = Diagnostic::error("csv-ragged", span, format!("{} more rows do not fit the header", ragged.len() - index));
            diagnostics.push(problem.help("the first of them is shown"));
            return;
        }
        let cells = if row.len() == 1 { "1 cell".to_string() } else { format!("{} cells", row.len()) };
        let help = if row.len() > *wanted { "a cell that holds a comma needs double quotes around it" } else { "write a delimiter for each empty cell too" };
        diagnostics.push(Diagnostic::error("csv-ragged", span, format!("the row has {cells} but the header has {wanted}")).help(help));
    }
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    file: u16,
    delimiter: u8,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The next row; none at the end.
    fn row(&mut self) -> Result<Option<Vec<Cell>>, Box<Diagnostic>> {
        if self.at >= self.bytes.len() {
            return Ok(None);
        }
        let mut cells = Vec::new();
        loop {
            cells.push(if self.peek() == Some(b'"') { self.quoted()? } else { self.bare() });
            match self.peek() {
                Some(byte) if byte == self.delimiter => self.at += 1,
                Some(b'\r') if self.bytes.get(self.at + 1) == Some(&b'\n') => {
                    self.at += 2;
                    return Ok(Some(cells));
                }
                Some(_) => {
                    self.at += 1;
                    return Ok(Some(cells));
                }
                None => return Ok(Some(cells)),
            }
        }
    }

    fn bare(&mut self) -> Cell {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte != self.delimiter && byte != b'\n' && byte != b'\r') {
            self.at += 1;
        }
        let raw = self.text.get(start..self.at).unwrap_or_default();
        let trimmed = raw.trim_start();
        let start = start + raw.len() - trimmed.len();
        let text = trimmed.trim_end().to_string();
        Cell { span: self.span(start, start + text.len()), text }
    }

    fn quoted(&mut self) -> Result<Cell, Box<Diagnostic>> {
        let opening = self.at;
        self.at += 1;
        let start = self.at;
        loop {
            match (self.peek(), self.bytes.get(self.at + 1)) {
                (Some(b'"'), Some(b'"')) => self.at += 2,
                (Some(b'"'), _) => break,
                (Some(_), _) => self.at += 1,
                (None, _) => {
                    let problem = Diagnostic::error("csv-quote", self.span(opening, opening + 1), "this quote is never closed");
                    return Err(Box::new(problem.help("close it at the end of the cell; a quote inside quotes is written twice")));
                }
            }
        }
        let span = self.span(start, self.at);
        let text = self.text.get(start..self.at).unwrap_or_default().replace("\"\"", "\"");
        self.at += 1;
        match self.peek() {
            None | Some(b'\n' | b'\r') => {}
            Some(byte) if byte == self.delimiter => {}
            Some(_) => {
                let problem = Diagnostic::error("csv-quote", self.span(self.at - 1, self.at), "the cell goes on after its closing quote");
                return Err(Box::new(problem.help("put the whole cell in quotes, and write a quote inside it twice")));
            }
        }
        Ok(Cell { text, span })
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let small = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Span::new(self.file, small(start), small(end))
    }
}

/// The values of a plain list: one a line; empty lines and lines that begin with `#` are left out.
pub fn lines(text: &str, file: u16) -> Vec<Spanned<String>> {
    let mut found = Vec::new();
    let mut start = 0;
    // Spreadsheets of old write a carriage return alone.
    for line in text.split_inclusive(['\n', '\r']) {
        let content = if start == 0 { line.trim_start_matches('\u{feff}') } else { line };
        let value = content.trim();
        if !value.is_empty() && !value.starts_with('#') {
            let from = start + line.len() - content.trim_start().len();
            let small = |at| u32::try_from(at).unwrap_or(u32::MAX);
            found.push(Spanned::new(value.to_string(), Span::new(file, small(from), small(from + value.len()))));
        }
        start += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<Vec<String>>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let sheet = sheet(text, 0, b',', &mut diagnostics).unwrap();
        for cell in sheet.header.iter().chain(sheet.rows.iter().flatten()) {
            let raw = &text[cell.span.start as usize..cell.span.end as usize];
            assert_eq!(raw.replace("\"\"", "\""), cell.text);
        }
        (sheet.rows.iter().map(|row| row.iter().map(|cell| cell.text.clone()).collect()).collect(), diagnostics)
    }

    #[test]
    fn cells_are_split_and_trimmed() {
        let (rows, diagnostics) = read("\u{feff}a,b\r\n1, 2 \r\n\"x,\"\"y\"\"\",\"line\nbreak\"\r\n\r\n,\n");
        assert_eq!(rows, [["1", "2"], ["x,\"y\"", "line\nbreak"], ["", ""]]);
        assert!(diagnostics.is_empty());
    }

    #[test]
    fn ragged_rows_are_named_and_capped() {
        let (rows, diagnostics) = read("a,b\n1\n1,2,3\n4,5\n");
        assert_eq!(rows, [["4", "5"]]);
        assert_eq!(diagnostics.iter().map(|d| d.message.as_str()).collect::<Vec<_>>(), ["the row has 1 cell but the header has 2", "the row has 3 cells but the header has 2"]);
        let (_, many) = read(&format!("a,b\n{}", "1\n".repeat(1000)));
        assert_eq!(many.len(), MOST_REPORTED + 1);
        assert_eq!(many.last().unwrap().message, "980 more rows do not fit the header");
    }

    #[test]
    fn open_quotes_are_reported() {
        let mut diagnostics = Vec::new();
        sheet("a\n\"b\n", 0, b',', &mut diagnostics);
        assert_eq!((diagnostics[0].code, diagnostics[0].span.start), ("csv-quote", 2));
        diagnostics.clear();
        sheet("a\n\"b\"c\n", 0, b',', &mut diagnostics);
        assert_eq!((diagnostics[0].code, diagnostics[0].span.start), ("csv-quote", 4));
    }

    #[test]
    fn offsets_step_over_doubled_quotes() {
        let text = "a\n\"x \"\"y\"\" z\"\n";
        let sheet = sheet(text, 0, b',', &mut Vec::new()).unwrap();
        let cell = &sheet.rows[0][0];
        assert_eq!(cell.text, "x \"y\" z");
        let offsets = cell.offsets(text);
        assert_eq!(offsets, [3, 4, 5, 7, 8, 10, 11, 12]);
    }

    #[test]
    fn a_carriage_return_ends_a_line() {
        let found = lines("a\rb c\r\r#d\re", 0);
        assert_eq!(found.iter().map(|line| (line.value.as_str(), line.span.start)).collect::<Vec<_>>(), [("a", 0), ("b c", 2), ("e", 10)]);
        let (rows, diagnostics) = read("a,b\r1,2\r\r3,4\r");
        assert_eq!(rows, [["1", "2"], ["3", "4"]]);
        assert!(diagnostics.is_empty());
    }

    #[test]
    fn lines_without_comments() {
        let found = lines("\u{feff}a.com\r\n# comment\n\n  上海 \n", 3);
        assert_eq!(found.iter().map(|line| (line.value.as_str(), line.span)).collect::<Vec<_>>(), [("a.com", Span::new(3, 3, 8)), ("上海", Span::new(3, 23, 29))]);
    }
}
