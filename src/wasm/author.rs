//! Checking, compiling and formatting documents.

use std::collections::BTreeMap;

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::outline::outline;
use crate::author::{author, hex, study};
use crate::compile::{Words, words};
use crate::document;
use crate::program::Program;
use crate::report::{Diagnostic, Location, Severity, Sources, locate, render};

/// A compiled document.
#[wasm_bindgen]
pub struct Compilation {
    diagnostics: String,
    program: Option<Vec<u8>>,
    texts: String,
    slice: Option<Vec<u8>>,
    slice_texts: String,
    open: Vec<String>,
    lists: Vec<(String, Vec<u8>)>,
}

#[wasm_bindgen]
impl Compilation {
    /// The diagnostics, as JSON.
    #[wasm_bindgen(getter)]
    pub fn diagnostics(&self) -> String {
        self.diagnostics.clone()
    }

    /// The program's bytes; none where a diagnostic is an error.
    #[wasm_bindgen(getter)]
    pub fn program(&self) -> Option<Vec<u8>> {
        self.program.clone()
    }

    /// Texts for people by locale and path, as JSON.
    #[wasm_bindgen(getter)]
    pub fn texts(&self) -> String {
        self.texts.clone()
    }

    /// The bytes of the public slice; none where the document has no `page`.
    #[wasm_bindgen(getter)]
    pub fn slice(&self) -> Option<Vec<u8>> {
        self.slice.clone()
    }

    /// The texts that may leave with the slice, by locale and path, as JSON.
    #[wasm_bindgen(getter)]
    pub fn slice_texts(&self) -> String {
        self.slice_texts.clone()
    }

    /// The names of the lists that stand in files of their own.
    #[wasm_bindgen(getter)]
    pub fn lists(&self) -> Vec<String> {
        self.lists.iter().map(|(name, _)| name.clone()).collect()
    }

    /// The file of such a list.
    pub fn list(&self, name: &str) -> Option<Vec<u8>> {
        self.lists.iter().find(|(known, _)| known == name).map(|(_, bytes)| bytes.clone())
    }

    /// The public rules, rows and derives that rest on something secret, by path.
    #[wasm_bindgen(getter)]
    pub fn open(&self) -> Vec<String> {
        self.open.clone()
    }
}

/// What an editor wants to know about a document while somebody writes.
#[wasm_bindgen]
pub struct Studied {
    facts: String,
    program: Option<Vec<u8>>,
}

#[wasm_bindgen]
impl Studied {
    /// Diagnostics, missing files, texts, logic and outline, as JSON.
    #[wasm_bindgen(getter)]
    pub fn facts(&self) -> String {
        self.facts.clone()
    }

    /// The program's bytes; there also where the only errors are golden leads.
    #[wasm_bindgen(getter)]
    pub fn program(&self) -> Option<Vec<u8>> {
        self.program.clone()
    }
}

/// Checks a document among files given as an object of bytes by path.
#[wasm_bindgen]
pub fn check(main: &str, files: &Object) -> String {
    let files = files_of(files);
    let authored = author(main, &files);
    let missing = missing(main, &files);
    let mut report = serde_json::json!({ "diagnostics": described(&authored.diagnostics, &authored.sources), "missing": missing, "golden": authored.golden });
    if let (Some(logic), Some(_), Some(fields)) = (authored.logic, &authored.compiled, report.as_object_mut()) {
        fields.insert("logic".into(), hex(&logic).into());
    }
    report.to_string()
}

/// Compiles a document among files given as an object of bytes by path.
#[wasm_bindgen]
pub fn compile(main: &str, files: &Object) -> Compilation {
    let authored = author(main, &files_of(files));
    let diagnostics = serde_json::Value::Array(described(&authored.diagnostics, &authored.sources)).to_string();
    let lists = authored.compiled.as_ref().map(|(program, _)| program.list_files().map(|(name, file)| (name.to_owned(), file.to_bytes())).collect()).unwrap_or_default();
    let parts = |made: Option<(Program, Words)>| match made {
        Some((program, words)) => (Some(program.to_bytes()), serde_json::to_string(&words).unwrap_or_default()),
        None => (None, "{}".into()),
    };
    let (program, texts) = parts(authored.compiled);
    let open = authored.slice.as_ref().map(|slice| slice.open.clone()).unwrap_or_default();
    let (slice, slice_texts) = parts(authored.slice.map(|slice| (slice.program, slice.words)));
    Compilation { diagnostics, program, texts, slice, slice_texts, open, lists }
}

/// Checks and compiles a document among files given as an object of bytes by path, for an editor: in one pass, and with its parts.
#[wasm_bindgen]
pub fn study_document(main: &str, files: &Object) -> Studied {
    let files = files_of(files);
    let study = study(main, &files);
    let facts = serde_json::json!({
        "diagnostics": described(&study.diagnostics, &study.sources),
        "missing": missing(main, &files),
        "logic": study.logic.as_ref().map(|logic| hex(logic)),
        "texts": study.document.as_ref().map(words),
        "outline": outline(&study),
    });
    Studied { facts: facts.to_string(), program: study.draft.map(|(program, _)| program.with_lists().to_bytes()) }
}

/// A document in its standard layout, as JSON: its `text`, or the `diagnostics` where it is not a document.
#[wasm_bindgen]
pub fn format(text: &str) -> String {
    let result = match document::format(text) {
        Ok(formatted) => serde_json::json!({ "text": formatted }),
        Err(found) => {
            let mut sources = Sources::default();
            sources.add("document", text);
            serde_json::json!({ "diagnostics": described(&found, &sources) })
        }
    };
    result.to_string()
}

/// Evaluates an expression that belongs to no policy: a line of JSON in, a line of JSON out.
#[wasm_bindgen]
pub fn cel(line: &str) -> String {
    crate::standalone::answer(line)
}

/// Files that a document refers to and that are not among the given.
fn missing(main: &str, files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let named = files.get(main).and_then(|bytes| std::str::from_utf8(bytes).ok()).map(document::referenced_files).unwrap_or_default();
    let folder = main.rsplit_once('/').map(|(folder, _)| folder);
    let paths = named.into_iter().map(|path| folder.map_or(path.clone(), |folder| format!("{folder}/{path}")));
    paths.filter(|path| !files.contains_key(path)).collect()
}

fn files_of(files: &Object) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for key in Object::keys(files).iter() {
        let bytes = Reflect::get(files, &key).ok().and_then(|value: JsValue| value.dyn_into::<Uint8Array>().ok());
        if let (Some(path), Some(bytes)) = (key.as_string(), bytes) {
            found.insert(path, bytes.to_vec());
        }
    }
    found
}

fn described(found: &[Diagnostic], sources: &Sources) -> Vec<serde_json::Value> {
    found
        .iter()
        .map(|found| {
            let place = locate(found.span, sources);
            let at = |position: fn(&Location) -> usize| place.as_ref().map_or(1, position);
            serde_json::json!({
                "severity": if found.severity == Severity::Error { "error" } else { "warning" },
                "code": found.code,
                "message": found.message,
                "help": found.help,
                "file": place.as_ref().map_or("", |place| &place.path),
                "line": at(|place| place.start.line),
                "column": at(|place| place.start.column),
                "endLine": at(|place| place.end.line),
                "endColumn": at(|place| place.end.column),
                "rendered": render(found, sources),
            })
        })
        .collect()
}
