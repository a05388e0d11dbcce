//! A text as atoms: scalars as written, brackets, colons, dashes, comments. Only white space between them is free.

use super::align;
use super::code::Codes;
use crate::document::yaml::plain::{self, Plain};
use crate::document::yaml::{Kind, Node, Scalar, Style};

/// An atom.
pub struct Atom {
    /// What it is.
    pub kind: AtomKind,
    /// Its text. Of a text over lines, the first line.
    pub text: String,
    /// The other lines of a text over lines, without their common indentation.
    pub lines: Vec<String>,
    /// Line breaks before it.
    pub breaks: usize,
    /// Its column in the original, as shown.
    pub column: usize,
    /// Blanks before it in the original.
    pub gap: usize,
    /// How far it is indented where it begins a line outside of brackets.
    pub indent: usize,
    /// How far the thing that it belongs to is indented, outside of brackets.
    pub owner: usize,
}

/// The kinds of atom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtomKind {
    /// A scalar.
    Scalar,
    /// `|` or `>` with what follows it.
    Header,
    /// The lines of a block scalar.
    Block,
    /// `{` or `[`
    Open,
    /// `}` or `]`
    Close,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `-`
    Dash,
    /// A comment.
    Comment,
}

/// The comments, in order.
pub fn comments(atoms: &[Atom]) -> Vec<String> {
    atoms.iter().filter(|atom| atom.kind == AtomKind::Comment).map(|atom| atom.text.clone()).collect()
}

/// The atoms of a text; none where it has something that is not laid out here.
///
/// In place of some scalars stands something else, by where they begin.
pub fn atoms(text: &str, tree: &Node, codes: &Codes) -> Option<Vec<Atom>> {
    let at = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let json = is_flow(text, tree);
    let mut walk = Walk { text, at, breaks: 0, atoms: Vec::new(), column: 0, measured: 0, json, codes };
    walk.node(tree, 0, 0)?;
    walk.gap(text.len(), 0, 0)?;
    Some(walk.atoms)
}

struct Walk<'a> {
    text: &'a str,
    at: usize,
    /// Line breaks since the last atom.
    breaks: usize,
    atoms: Vec<Atom>,
    /// The column of the last atom.
    column: usize,
    /// Up to where columns are known.
    measured: usize,
    /// The document is JSON: quotes stay.
    json: bool,
    codes: &'a Codes,
}

impl Walk<'_> {
    fn node(&mut self, node: &Node, indent: usize, owner: usize) -> Option<()> {
        match &node.kind {
            Kind::Scalar(scalar) if scalar.style == Style::Block => self.block(node, &scalar.text, indent, owner),
            Kind::Scalar(_) => self.scalar(node, indent, owner),
            _ if is_flow(self.text, node) => {
                self.flow(node, indent, owner)?;
                self.gap(node.span.end as usize, indent, owner)
            }
            Kind::Mapping(entries) => {
                for entry in entries {
                    self.scalar(&entry.key, indent, indent)?;
                    self.node(&entry.value, indent + 2, indent)?;
                }
                Some(())
            }
            Kind::Sequence(items) => {
                for item in items {
                    self.gap(item.span.start as usize, indent, indent)?;
                    self.node(item, indent + 2, indent)?;
                }
                Some(())
            }
        }
    }

    /// All scalars inside brackets.
    fn flow(&mut self, node: &Node, indent: usize, owner: usize) -> Option<()> {
        match &node.kind {
            Kind::Scalar(_) => self.scalar(node, indent, owner),
            Kind::Sequence(items) => items.iter().try_for_each(|item| self.flow(item, indent, owner)),
            Kind::Mapping(entries) => entries.iter().try_for_each(|entry| {
                self.flow(&entry.key, indent, owner)?;
                self.flow(&entry.value, indent, owner)
            }),
        }
    }

    fn scalar(&mut self, node: &Node, indent: usize, owner: usize) -> Option<()> {
        let (start, end) = (node.span.start as usize, node.span.end as usize);
        if start == end {
            return Some(());
        }
        self.gap(start, indent, owner)?;
        let raw = self.text.get(start..end)?;
        let Kind::Scalar(scalar) = &node.kind else { return None };
        let code = self.codes.get(&node.span.start).filter(|_| !raw.contains('\n'));
        let (text, lines) = if let Some(code) = code.and_then(|code| self.quoted(code, scalar)) {
            (code, Vec::new())
        } else if !self.json && scalar.style != Style::Plain && is_word(&scalar.text) {
            (scalar.text.clone(), Vec::new())
        } else {
            let mut lines = raw.lines();
            let first = lines.next().unwrap_or_default();
            let rest: Vec<String> = lines.map(|line| line.trim().to_string()).collect();
            (if rest.is_empty() { first.to_string() } else { first.trim_end().to_string() }, rest)
        };
        self.push(AtomKind::Scalar, text, lines, start, indent, owner);
        self.at = end;
        Some(())
    }

    /// A text of one line in its quotes; a plain one gets some where it holds what plain texts cannot. None where escapes would be needed.
    fn quoted(&self, text: &str, instead: &Scalar) -> Option<String> {
        let special = [':', '#', ',', '[', ']', '{', '}'];
        if instead.style == Style::Plain && !text.contains(special) && text.chars().next() == instead.text.chars().next() {
            return Some(text.to_owned());
        }
        if self.json || instead.style == Style::Double {
            return (!text.contains(['"', '\\']) && !text.contains(char::is_control)).then(|| format!("\"{text}\""));
        }
        (!text.contains(char::is_control)).then(|| format!("'{}'", text.replace('\'', "''")))
    }

    /// A block scalar: its header, and its lines without their indentation.
    fn block(&mut self, node: &Node, decoded: &str, indent: usize, owner: usize) -> Option<()> {
        let header = self.at + self.text.get(self.at..)?.find(['|', '>', '#'])?;
        self.gap(header, indent, owner)?;
        let rest = self.text.get(header..)?;
        let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let word = rest.get(..length)?;
        // A given indentation, and trailing empty lines that count, are left to the author.
        if !matches!(word, "|" | ">" | "|-" | ">-") {
            return None;
        }
        self.push(AtomKind::Header, word.to_string(), Vec::new(), header, indent, owner);
        self.at = header + length;
        if decoded.is_empty() {
            return Some(());
        }
        let line_end = self.text.get(self.at..)?.find('\n')? + self.at;
        self.gap(line_end, indent, owner)?;
        self.at = line_end + 1;
        let body = self.text.get(self.at..)?;
        let base = body.lines().find(|line| !line.trim().is_empty()).map(|line| line.len() - line.trim_start_matches(' ').len())?;
        let mut lines = Vec::new();
        let (mut length, mut kept) = (0, (0, 0));
        for line in body.split_inclusive('\n') {
            let content = line.trim_end_matches(['\n', '\r']);
            let spaces = content.len() - content.trim_start_matches(' ').len();
            if !content.trim().is_empty() && spaces < base {
                break;
            }
            length += line.len();
            lines.push(content.get(base..).unwrap_or_default().to_string());
            if !content.trim().is_empty() {
                kept = (lines.len(), length - (line.len() - content.len()));
            }
        }
        lines.truncate(kept.0);
        let start = self.at;
        self.breaks = 1;
        self.push(AtomKind::Block, String::new(), lines, start, indent, owner);
        self.at = (start + kept.1).max(node.span.start as usize);
        Some(())
    }

    /// What stands between here and a scalar: punctuation, comments, line breaks. None where there is something else.
    fn gap(&mut self, to: usize, indent: usize, owner: usize) -> Option<()> {
        while self.at < to {
            let rest = self.text.get(self.at..)?;
            let start = self.at;
            let kind = match rest.chars().next()? {
                '\n' => {
                    self.breaks += 1;
                    self.at += 1;
                    continue;
                }
                ' ' | '\t' | '\r' => {
                    self.at += 1;
                    continue;
                }
                '#' => {
                    let line = rest.lines().next().unwrap_or_default();
                    self.push(AtomKind::Comment, line.trim_end().to_string(), Vec::new(), start, indent, owner);
                    self.at += line.len();
                    continue;
                }
                '{' | '[' => AtomKind::Open,
                '}' | ']' => AtomKind::Close,
                ',' => AtomKind::Comma,
                ':' => AtomKind::Colon,
                '-' if !rest.starts_with("---") => AtomKind::Dash,
                _ => return None,
            };
            self.at += 1;
            self.push(kind, rest.get(..1)?.to_string(), Vec::new(), start, indent, owner);
        }
        Some(())
    }

    fn push(&mut self, kind: AtomKind, text: String, lines: Vec<String>, start: usize, indent: usize, owner: usize) {
        // From where the last atom stood: a line may be the whole text.
        let since = self.text.get(self.measured..start).unwrap_or_default();
        let column = match since.rfind('\n') {
            Some(at) => align::shown(since.get(at + 1..).unwrap_or_default()),
            None => self.column + align::shown(since),
        };
        let gap = since.len() - since.trim_end_matches(' ').len();
        (self.measured, self.column) = (start, column);
        self.atoms.push(Atom { kind, text, lines, breaks: self.breaks, column, gap, indent, owner });
        self.breaks = 0;
    }
}

fn is_flow(text: &str, node: &Node) -> bool {
    !matches!(node.kind, Kind::Scalar(_)) && text.get(node.span.start as usize..).is_some_and(|rest| rest.starts_with(['{', '[']))
}

/// A word that is the same text with and without quotes, for every reader of YAML.
fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && plain::resolve(text) == Plain::Text
        && plain::old_bool(text).is_none()
}
