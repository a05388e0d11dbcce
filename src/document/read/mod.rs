//! A policy document, read: text and files into the typed model, with everything that is wrong.

mod calendars;
mod conditions;
mod durations;
mod events;
mod experiments;
mod fields;
mod flow;
mod form;
mod head;
mod library;
mod lists;
mod moments;
mod names;
mod queues;
mod reader;
mod scores;
mod sops;
mod sheets;
mod stages;
mod tables;
mod tests;
mod values;

pub use reader::place;

use self::library::Library;
use self::reader::{Reader, Seen};
use super::files::{self, Files};
use super::keys;
use super::model::{DeriveDef, Document};
use super::yaml::{self, Kind, Node};
use crate::report::{Diagnostic, Severity, Sources, Span, Spanned};

/// Most diagnostics of one document; what comes after is counted.
const MOST_DIAGNOSTICS: usize = 200;

/// Reads the policy at `main_path` and the files that it names.
///
/// Paths in the document are relative to the policy's folder; `files` is asked for them with that folder in front. The document is none where the text
/// could not be read at all. Where there are errors, it holds what could be read, so that later stages can look for more; such a document must not be used.
pub fn read(main_path: &str, files: &dyn Files) -> (Option<Document>, Sources, Vec<Diagnostic>) {
    let (document, sources, diagnostics) = read_all(main_path, files);
    (document, sources, capped(diagnostics))
}

/// As [`read`], with all diagnostics, for stages that add their own.
pub fn read_all(main_path: &str, files: &dyn Files) -> (Option<Document>, Sources, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let file = sources.add(main_path, "");
    let text = match files.bytes(main_path) {
        Some(Ok(bytes)) => match files::decode(&bytes, file) {
            Ok(text) => text,
            Err(wrong) => {
                let (text, problem) = *wrong;
                sources.set_text(file, text);
                return (None, sources, vec![problem]);
            }
        },
        Some(Err(reason)) => return (None, sources, vec![no_file(file, format!("the policy `{main_path}` cannot be read: {reason}"))]),
        None => return (None, sources, vec![no_file(file, format!("there is no policy `{main_path}`"))]),
    };
    sources.set_text(file, text.as_str());
    let mut found = Vec::new();
    let parsed = yaml::parse(&text, file, &mut found);
    let Some(root) = parsed.root else {
        if found.is_empty() {
            let problem = Diagnostic::error("missing-key", Span::new(file, 0, 0), "the document is empty");
            found.push(problem.help("begin with `leadgate: 1`, `policy: name`, `version: \"1\"` and `fields:`"));
        }
        return (None, sources, told(found));
    };
    let mut library = Library::new(main_path, files, sources);
    let mut reader = Reader::new(&text, &parsed.broken);
    reader.diagnostics = found;
    let document = document(&mut reader, &mut library, &root);
    (document, library.sources, told(reader.diagnostics))
}

/// The paths of the files that a document names, in order, each once, without `.` and `..`: what a host must have at hand to read it.
/// Paths that are not allowed are left out; reading reports them.
pub fn referenced_files(text: &str) -> Vec<String> {
    let Some(root) = yaml::parse(text, 0, &mut Vec::new()).root else { return Vec::new() };
    let mut paths = Vec::new();
    let mut add = |node: Option<&Node>| {
        if let Some(path) = node.and_then(|node| node.get("file")).and_then(Node::text).and_then(|path| files::normal_path(path).ok())
            && !paths.contains(&path) {
                paths.push(path);
            }
    };
    for (section, inner) in [("lists", None), ("tables", Some("rows")), ("calendars", Some("holidays")), ("calendars", Some("workdays"))] {
        let Some(Node { kind: Kind::Mapping(entries), .. }) = root.get(section) else { continue };
        for entry in entries {
            add(match inner {
                Some(key) => entry.value.get(key),
                None => Some(&entry.value),
            });
        }
    }
    paths
}

fn no_file(file: u16, message: String) -> Diagnostic {
    Diagnostic::error("file-missing", Span::new(file, 0, 0), message).help("check the path of the policy")
}

fn document(reader: &mut Reader<'_>, library: &mut Library<'_>, root: &Node) -> Option<Document> {
    let map = reader.closed(root, "the document", &keys::DOCUMENT)?;
    let mut document = Document::default();
    head::read(reader, map, &mut document);
    // An empty section is one that is not there.
    let section = |name: &str| map.get(name).filter(|node| !node.is_null());
    if let Some(node) = section("calendars") {
        document.calendars = calendars::read(reader, library, node);
    }
    if let Some(node) = map.get("fields") {
        document.fields = fields::read(reader, node);
    }
    if let Some(node) = section("events") {
        document.events = events::read(reader, node);
    }
    if let Some(node) = section("signals") {
        document.signals = events::signals(reader, node);
        events::signal_fields(reader, &mut document);
    }
    if let Some(node) = section("lists") {
        document.lists = lists::read(reader, library, node);
    }
    if let Some(node) = section("derive") {
        document.derives = derives(reader, node);
    }
    if let Some(node) = section("experiments") {
        document.derives.extend(experiments::read(reader, node));
    }
    if let Some(node) = section("screen") {
        document.screen = flow::screen(reader, node);
    }
    if let Some(node) = section("scores") {
        document.scores = scores::read(reader, node);
    }
    if let Some(node) = section("tables") {
        document.tables = tables::read(reader, library, node);
    }
    document.stages = section("stages").and_then(|node| stages::read(reader, node));
    document.route = section("route").and_then(|node| flow::route(reader, node));
    if let Some(node) = section("queues") {
        document.queues = queues::read(reader, node);
    }
    if let Some(node) = section("sops") {
        document.sops = sops::read(reader, node);
    }
    if let Some(node) = section("identity") {
        document.identity = flow::identity(reader, node);
    }
    document.ask = section("ask").and_then(|node| form::ask(reader, node));
    document.page = section("page").and_then(|node| form::page(reader, node));
    if let Some(node) = section("tests") {
        document.tests = tests::read(reader, node);
    }
    shared_names(reader, &document);
    Some(document)
}

fn derives(reader: &mut Reader<'_>, node: &Node) -> Vec<DeriveDef> {
    let mut found = Vec::new();
    for entry in reader.entries(node, "`derive`", "write `name: 'expression'` for each derive") {
        let name = reader.name(&entry.key, "a derive", false);
        let expr = reader.expression(&entry.value, &format!("derive `{}`", entry.name()));
        if let (Some(name), Some(expr)) = (name, expr) {
            found.push(DeriveDef { name, expr, arms: Vec::new() });
        }
    }
    found
}

/// Fields, derives, scores and outputs share one set of names.
fn shared_names(reader: &mut Reader<'_>, document: &Document) {
    let mut seen = Seen::default();
    let fields = document.fields.iter().map(|field| &field.name);
    let derives = document.derives.iter().map(|derive| &derive.name);
    let scores = document.scores.iter().map(|score| &score.name);
    let outputs = document.tables.iter().flat_map(|table| &table.outputs).map(|output| &output.name);
    for name in fields.chain(derives).chain(scores).chain(outputs) {
        if let Some(first) = seen.add(&name.value, name.span) {
            reader.twice(name.span, first, "name", &name.value);
        }
    }
}

/// Sorts diagnostics by place and cuts what is quoted at length.
pub fn told(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    for problem in &mut diagnostics {
        problem.message = one_line(&problem.message);
        problem.help = problem.help.as_deref().map(one_line);
    }
    diagnostics.sort_by_key(|problem| (problem.span.file, problem.span.start, problem.span.end));
    // Two lists of one file have the same mistakes.
    diagnostics.dedup();
    diagnostics
}

/// Counts the diagnostics beyond what anyone reads, of those in the order of their places; errors are kept before warnings.
pub fn capped(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if diagnostics.len() <= MOST_DIAGNOSTICS {
        return diagnostics;
    }
    diagnostics.sort_by_key(|problem| problem.severity != Severity::Error);
    let rest = diagnostics.split_off(MOST_DIAGNOSTICS);
    let span = rest.first().map_or(Span::default(), |problem| problem.span);
    diagnostics.sort_by_key(|problem| (problem.span.file, problem.span.start, problem.span.end));
    diagnostics.push(Diagnostic::error("too-many", span, format!("there are {} more mistakes", rest.len())).help("correct those above first"));
    diagnostics
}

/// A message on one line, of a length that is read.
fn one_line(text: &str) -> String {
    const MOST: usize = 300;
    let shown = |character: char| if character.is_control() { '\u{fffd}' } else { character };
    let mut out: String = text.chars().take(MOST).map(shown).collect();
    if text.chars().nth(MOST).is_some() {
        out.push('…');
    }
    out
}

impl Reader<'_> {
    /// Texts without those that are given twice, which are reported.
    fn unique(&mut self, texts: Vec<Spanned<String>>, what: &str) -> Vec<Spanned<String>> {
        let mut seen = Seen::default();
        let mut found = Vec::new();
        for text in texts {
            match seen.add(&text.value, text.span) {
                Some(first) => self.twice(text.span, first, what, &text.value),
                None => found.push(text),
            }
        }
        found
    }
}
