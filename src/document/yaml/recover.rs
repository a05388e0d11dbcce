//! Reading on after a syntax error: the section that it is in is left out, so that it does not hide the errors of the others.

use super::characters;
use super::node::Node;
use super::parse::{self, MAX_BYTES, Outcome};
use crate::report::{Diagnostic, Span};

/// Most sections that are left out before reading stops.
const MOST_BROKEN: usize = 20;

/// What could be read of a text.
pub struct Parsed {
    /// The tree of the sections that could be read; none where the text is empty or nothing could be read.
    pub root: Option<Node>,
    /// Names of the sections that were left out.
    pub broken: Vec<String>,
}

/// Reads a text. Each section whose YAML is broken is reported and left out.
pub fn parse(text: &str, file: u16, diagnostics: &mut Vec<Diagnostic>) -> Parsed {
    let mut broken = Vec::new();
    if text.len() > MAX_BYTES {
        let problem = Diagnostic::error("too-large", Span::new(file, 0, 0), format!("the document is {} bytes long; at most {MAX_BYTES} are read", text.len()));
        diagnostics.push(problem.help("put long lists into files of their own: `{ file: lists/name.txt }`"));
        return Parsed { root: None, broken };
    }
    diagnostics.extend(characters::check(text, file));
    let mut remaining = text.to_string();
    loop {
        let mut found = Vec::new();
        let outcome = parse::parse(&remaining, text, file, &mut found);
        match outcome {
            Outcome::Tree(root) => {
                add(diagnostics, found);
                return Parsed { root, broken };
            }
            Outcome::Broken => {
                let Some(problem) = found.pop() else { return Parsed { root: None, broken } };
                let section = section_at(&remaining, problem.span.start as usize);
                let last = matches!(problem.code, "too-deep" | "too-large" | "yaml-documents");
                add(diagnostics, vec![problem]);
                let Some(section) = section.filter(|_| !last && broken.len() < MOST_BROKEN) else { return Parsed { root: None, broken } };
                broken.push(section.name);
                remaining = blanked(&remaining, section.start, section.end);
            }
        }
    }
}

fn add(diagnostics: &mut Vec<Diagnostic>, found: Vec<Diagnostic>) {
    for problem in found {
        if !diagnostics.contains(&problem) {
            diagnostics.push(problem);
        }
    }
}

struct Section {
    name: String,
    start: usize,
    end: usize,
}

/// The top-level section that an offset lies in: from a line that begins with a key to the next such line.
fn section_at(text: &str, at: usize) -> Option<Section> {
    let mut found: Option<Section> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some(name) = key_of(line) {
            if let Some(section) = &mut found
                && start > at {
                    section.end = start;
                    return found;
                }
            if start <= at {
                found = Some(Section { name: name.to_string(), start, end: text.len() });
            }
        }
        start += line.len();
    }
    found
}

/// The key that a line at the outermost level begins with.
fn key_of(line: &str) -> Option<&str> {
    let line = line.trim_start_matches('\u{feff}');
    let length = line.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(line.len());
    (length > 0 && line.get(length..)?.starts_with(':')).then(|| line.get(..length))?
}

/// The text with a part made blank: offsets stay what they were.
fn blanked(text: &str, start: usize, end: usize) -> String {
    let blank: String = text.get(start..end).unwrap_or_default().bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    let (before, after) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
    [before, &blank, after].concat()
}
