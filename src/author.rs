//! From a document's text to a program in one call: read, check, compile, and decide its golden leads.

use std::collections::BTreeMap;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::compile::{self, GoldenLead, Sliced, Words};
use crate::document::{self, Document, Files, Folder};
use crate::engine::Engine;
use crate::program::Program;
use crate::report::{Diagnostic, Severity, Sources, render_all};

/// What reading and compiling a document came to.
#[derive(Debug, Clone)]
pub struct Authored {
    /// The program and its texts; none where there are errors.
    pub compiled: Option<(Program, Words)>,
    /// What may leave for the page; none where there are errors, or where the document has no `page`.
    pub slice: Option<Sliced>,
    /// The digest of the document's logic; none where it could not be read.
    pub logic: Option<[u8; 32]>,
    /// How many golden leads were decided.
    pub golden: usize,
    /// Everything found, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that diagnostics point into.
    pub sources: Sources,
}

/// A document as an editor has it while somebody writes: with all that could be made of it, whatever is wrong elsewhere.
#[derive(Debug, Clone)]
pub struct Study {
    /// The document; none where it could not be read at all.
    pub document: Option<Document>,
    /// The program and its texts, also where golden leads come out differently: whoever changes a rule wants to see what it now decides.
    pub draft: Option<(Program, Words)>,
    /// What may leave for the page; none where there is no draft, or where the document has no `page`.
    pub slice: Option<Sliced>,
    /// The digest of the document's logic; none where it could not be read.
    pub logic: Option<[u8; 32]>,
    /// The golden leads and what came of them, in the document's order; empty where nothing compiled, and not to be relied on where there is no `draft`.
    pub golden: Vec<GoldenLead>,
    /// Everything found, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that diagnostics point into.
    pub sources: Sources,
}

/// Why a document does not compile; shown as its diagnostics with excerpts of the text.
#[derive(Debug, Clone)]
pub struct AuthorError {
    /// Everything found.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that diagnostics point into.
    pub sources: Sources,
}

impl std::fmt::Display for AuthorError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&render_all(&self.diagnostics, &self.sources))
    }
}

impl std::error::Error for AuthorError {}

/// Reads, checks and compiles the document at a path, and decides its golden leads.
pub fn author(main_path: &str, files: &dyn Files) -> Authored {
    let Study { draft, slice, logic, golden, diagnostics, sources, .. } = study(main_path, files);
    let broken = diagnostics.iter().any(|found| found.severity == Severity::Error);
    Authored { compiled: draft.filter(|_| !broken), slice: slice.filter(|_| !broken), logic, golden: golden.len(), diagnostics, sources }
}

/// As [`author`], and keeps what an editor shows beside the text: the document's parts, each golden lead, and a program where only golden leads fail.
pub fn study(main_path: &str, files: &dyn Files) -> Study {
    let (document, sources, mut diagnostics) = document::read_all(main_path, files);
    // Errors of reading leave parts out; a program without them would decide something that nobody wrote.
    let mut broken = diagnostics.iter().any(|found| found.severity == Severity::Error);
    let mut study = Study { document: None, draft: None, slice: None, logic: None, golden: Vec::new(), diagnostics: Vec::new(), sources };
    if let Some(document) = document {
        let logic: [u8; 32] = Sha256::digest(document::normalized(&document)).into();
        study.logic = Some(logic);
        match compile::compile(&document, logic) {
            Ok(compiled) => {
                diagnostics.extend(compiled.warnings);
                diagnostics.extend(stale_agreements(&document, &logic));
                broken = broken || diagnostics.iter().any(|found| found.severity == Severity::Error);
                let engine = Engine::new(compiled.program);
                let golden = compile::check_golden(&document, &engine);
                study.golden = golden.leads;
                diagnostics.extend(golden.failures);
                study.draft = Some((engine.into_program(), compiled.words));
                study.slice = compiled.slice;
            }
            Err(found) => {
                // What could not be read may be what seems unknown or missing; only mistakes that stand by themselves are told beside errors of reading,
                // and names that stand twice were told when they were read.
                let follows = |code: &str| code.starts_with("unknown-") || code.starts_with("no-");
                let told = |new: &Diagnostic| diagnostics.iter().any(|old| old.code == "duplicate-name" && new.code == old.code && new.span == old.span);
                let new: Vec<Diagnostic> = found.into_iter().filter(|found| !(told(found) || broken && follows(found.code))).collect();
                diagnostics.extend(new);
            }
        }
        study.document = Some(document);
    }
    if broken {
        study.draft = None;
        study.slice = None;
    }
    diagnostics.sort_by_key(|found| (found.span.file, found.span.start, found.span.end));
    diagnostics.dedup();
    study.diagnostics = document::capped(diagnostics);
    study
}

/// Warnings for agreements to another logic than the document's.
fn stale_agreements(document: &document::Document, logic: &[u8; 32]) -> Vec<Diagnostic> {
    let hex = hex(logic);
    let stale = document.agreed.iter().filter(|agreed| !hex.starts_with(&agreed.logic.value.to_ascii_lowercase()));
    stale
        .map(|agreed| {
            let short = hex.get(..12).unwrap_or_default();
            let message = format!("`{}` agreed to another logic than this document has now", agreed.by);
            Diagnostic::warning("stale-agreement", agreed.logic.span, message).help(format!("the logic is `{short}` now; ask them again, then write the new digest"))
        })
        .collect()
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Compiles a document that names no files.
///
/// # Errors
/// Everything that is wrong with it.
pub fn compile_str(text: &str) -> Result<Program, AuthorError> {
    let files = BTreeMap::from([("policy.yaml".to_owned(), text.as_bytes().to_vec())]);
    program_of(author("policy.yaml", &files))
}

/// Compiles the document of a file; the files that it names are looked for beside it.
///
/// # Errors
/// Everything that is wrong with it.
pub fn compile_file(path: impl AsRef<Path>) -> Result<Program, AuthorError> {
    let path = path.as_ref();
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    program_of(author(&name, &Folder(folder)))
}

fn program_of(authored: Authored) -> Result<Program, AuthorError> {
    match authored.compiled {
        Some((program, _)) => Ok(program),
        None => Err(AuthorError { diagnostics: authored.diagnostics, sources: authored.sources }),
    }
}
