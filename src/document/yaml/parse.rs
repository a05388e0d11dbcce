//! Events of the YAML parser into a tree, within limits.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::node::{Entry, Kind, Node, Scalar, Style};
use super::positions::Positions;
use super::surrogates::Readable;
use super::syntax;
use crate::report::{Diagnostic, Span};

/// Longest text that is read, in bytes.
pub const MAX_BYTES: usize = 16 << 20;
/// Deepest nesting that is read.
pub const MAX_DEPTH: usize = 100;
/// Most values that are read.
pub const MAX_NODES: usize = 1_000_000;

/// A tree, or where the text stops being YAML.
pub enum Outcome {
    /// The tree; none where the text is empty.
    Tree(Option<Node>),
    /// The text cannot be read on.
    Broken,
}

/// Reads one text. `written` is the same as its author wrote it, where parts were made blank: places are between its characters.
pub fn parse(text: &str, written: &str, file: u16, diagnostics: &mut Vec<Diagnostic>) -> Outcome {
    let readable = Readable::new(text);
    let mut builder = Builder { text, written, readable: &readable, file, positions: Positions::new(text), open: Vec::new(), root: None, nodes: 0, diagnostics, documents: 0 };
    let mut parser = Parser::new_from_str(&readable.text);
    while let Some(event) = parser.next_event() {
        match event {
            Ok((event, span)) => {
                let span = builder.span(span.start.index(), span.end.index());
                if let Err(problem) = builder.event(event, span) {
                    builder.diagnostics.push(*problem);
                    return Outcome::Broken;
                }
            }
            Err(error) => {
                let at = builder.positions.byte(error.marker().index());
                let open = builder.open.iter().find(|open| open.flow).map(|open| open.span);
                let problem = syntax::explain(text, file, at, error.info(), open);
                builder.diagnostics.push(Diagnostic { span: between(problem.span, written), ..problem });
                return Outcome::Broken;
            }
        }
    }
    Outcome::Tree(builder.root)
}

/// A span that begins and ends between characters of a text.
fn between(span: Span, text: &str) -> Span {
    let place = |at: u32| u32::try_from(syntax::floor(text, at as usize)).unwrap_or(u32::MAX);
    Span::new(span.file, place(span.start), place(span.end))
}

/// A sequence or mapping whose end has not come yet.
struct Open {
    span: Span,
    /// Written with brackets.
    flow: bool,
    /// The last byte of what it holds.
    end: u32,
    body: Body,
}

enum Body {
    Sequence(Vec<Node>),
    Mapping { entries: Vec<Entry>, seen: BTreeMap<String, Span>, key: Option<Node> },
}

struct Builder<'a> {
    text: &'a str,
    written: &'a str,
    readable: &'a Readable,
    file: u16,
    positions: Positions<'a>,
    open: Vec<Open>,
    root: Option<Node>,
    nodes: usize,
    diagnostics: &'a mut Vec<Diagnostic>,
    documents: usize,
}

impl<'a> Builder<'a> {
    fn span(&self, start: usize, end: usize) -> Span {
        let byte = |at| u32::try_from(self.positions.byte(at)).unwrap_or(u32::MAX);
        between(Span::new(self.file, byte(start), byte(end.max(start))), self.written)
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Box<Diagnostic>> {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    let problem = Diagnostic::error("yaml-documents", span, "a second document begins here");
                    return Err(Box::new(problem.help("a policy is one document: take out the line `---` or `...`, or move the rest into a file of its own")));
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let whole = self.properties(span, anchor, tag.is_some());
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted => Style::Single,
                    ScalarStyle::DoubleQuoted => Style::Double,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                // An empty value is said to be as long as the bracket that follows it.
                let span = if style == Style::Plain && text.is_empty() && anchor == 0 && tag.is_none() { Span::new(span.file, span.start, span.start) } else { span };
                let span = if matches!(style, Style::Single | Style::Double) { self.quoted(span) } else { span };
                let text = if style == Style::Double { self.readable.joined(span.start as usize..span.end as usize, text.into_owned()) } else { text.into_owned() };
                // What was meant as a text is read as one, so that its being nothing is not reported too.
                let text = whole.map_or(text, str::to_string);
                self.add(Node { span, kind: Kind::Scalar(Scalar { text, style }) })?;
            }
            Event::Alias(_) => {
                let problem = Diagnostic::error("yaml-alias", span, "a policy does not use aliases");
                self.diagnostics.push(problem.help("write the value out; an unquoted `*` begins an alias, so a text that begins with one needs quotes"));
                self.add(Node { span, kind: Kind::Scalar(Scalar { text: String::new(), style: Style::Plain }) })?;
            }
            Event::SequenceStart(anchor, tag) => self.start(span, anchor, tag.is_some(), Body::Sequence(Vec::new()))?,
            Event::MappingStart(anchor, tag) => {
                self.start(span, anchor, tag.is_some(), Body::Mapping { entries: Vec::new(), seen: BTreeMap::new(), key: None })?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span)?,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    /// A span up to its closing quote: the parser counts what follows, comments as well.
    fn quoted(&self, span: Span) -> Span {
        let raw = self.text.get(span.start as usize..span.end as usize).unwrap_or_default();
        let mut bytes = raw.bytes().enumerate();
        let Some((_, quote)) = bytes.next() else { return span };
        let mut bytes = bytes.peekable();
        while let Some((at, byte)) = bytes.next() {
            let doubled = byte == b'\'' && quote == byte && bytes.peek().is_some_and(|(_, next)| *next == byte);
            if doubled || (byte == b'\\' && quote == b'"') {
                bytes.next();
            } else if byte == quote {
                return Span::new(span.file, span.start, span.start.saturating_add(u32::try_from(at + 1).unwrap_or(u32::MAX)));
            }
        }
        span
    }

    /// Reports tags and anchors, and returns the text that was probably meant.
    fn properties(&mut self, span: Span, anchor: usize, tag: bool) -> Option<&'a str> {
        if anchor == 0 && !tag {
            return None;
        }
        let written = self.text.get(span.start as usize..).unwrap_or_default();
        let length = written.find(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}')).unwrap_or(written.len());
        let word = written.get(..length).unwrap_or_default();
        let end = span.start.saturating_add(u32::try_from(length).unwrap_or(u32::MAX));
        let at = Span::new(span.file, span.start, end);
        let whole = syntax::value_on_line(self.text, span.start as usize);
        let problem = if written.starts_with('!') && !written.starts_with("!!") {
            Diagnostic::error("yaml-indicator", at, format!("an unquoted `!` begins a tag, so `{word}` is not read as a text"))
                .help(format!("put the text in quotes: {}", syntax::quoted(whole)))
        } else if written.starts_with('!') {
            Diagnostic::error("yaml-tag", at, format!("a policy does not use tags such as `{word}`")).help("leave the tag out; a text that looks like a number needs quotes")
        } else {
            Diagnostic::error("yaml-alias", at, format!("an unquoted `&` begins an anchor, so `{word}` is not read as a text"))
                .help(format!("a policy does not use anchors: write the value out, or put the text in quotes: {}", syntax::quoted(whole)))
        };
        self.diagnostics.push(problem);
        Some(whole)
    }

    fn start(&mut self, span: Span, anchor: usize, tag: bool, body: Body) -> Result<(), Box<Diagnostic>> {
        self.properties(span, anchor, tag);
        if self.open.len() >= MAX_DEPTH {
            let problem = Diagnostic::error("too-deep", span, format!("the document is nested more than {MAX_DEPTH} deep here"));
            return Err(Box::new(problem.help("a policy needs no more than ten levels")));
        }
        let flow = span.end > span.start;
        self.open.push(Open { span, flow, end: span.end, body });
        Ok(())
    }

    fn end(&mut self, span: Span) -> Result<(), Box<Diagnostic>> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        // A block ends with what it holds, not where the next one begins.
        let end = if open.flow { span.end } else { open.end };
        let span = Span::new(self.file, open.span.start, end.max(open.span.start));
        let kind = match open.body {
            Body::Sequence(nodes) => Kind::Sequence(nodes),
            Body::Mapping { entries, .. } => Kind::Mapping(entries),
        };
        self.add(Node { span, kind })
    }

    fn add(&mut self, node: Node) -> Result<(), Box<Diagnostic>> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            let problem = Diagnostic::error("too-large", node.span, format!("the document has more than {MAX_NODES} values"));
            return Err(Box::new(problem.help("put long lists into files of their own: `{ file: lists/name.txt }`")));
        }
        self.check_indicator(&node);
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        open.end = open.end.max(node.span.end);
        match &mut open.body {
            Body::Sequence(nodes) => nodes.push(node),
            Body::Mapping { entries, seen, key } => match key.take() {
                None => *key = Some(node),
                Some(name) => {
                    let Some(text) = name.text().filter(|_| !name.is_null()) else {
                        let problem = Diagnostic::error("yaml-key", name.span, "a key must be a text");
                        self.diagnostics.push(problem.help("write `key: value`; a key that begins with an indicator needs quotes"));
                        return Ok(());
                    };
                    if let Some(&first) = seen.get(text) {
                        let problem = Diagnostic::error("duplicate-key", name.span, format!("the key `{text}` is given twice"));
                        self.diagnostics.push(problem.related(first, "first given here").help("keep one of the two, or rename it"));
                    } else {
                        seen.insert(text.to_string(), name.span);
                        entries.push(Entry { key: name, value: node });
                    }
                }
            },
        }
        Ok(())
    }

    /// Within brackets the parser lets `>` and `|` pass; other readers of YAML do not.
    fn check_indicator(&mut self, node: &Node) {
        let Kind::Scalar(Scalar { text, style: Style::Plain }) = &node.kind else { return };
        if text.starts_with(['>', '|', '@', '`', '%']) {
            self.diagnostics.push(syntax::opening_indicator(text, node.span));
        }
    }
}
