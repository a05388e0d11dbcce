//! Files that a policy names: each loaded once, missing ones reported where they are named.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::reader::{Reader, short};
use crate::document::csv::{self, Sheet};
use crate::document::files::{self, Files};
use crate::document::yaml::Node;
use crate::report::{Diagnostic, Sources};

/// Longest file that is read, in bytes.
const MAX_BYTES: usize = 64 << 20;

/// The files of one document.
pub struct Library<'a> {
    /// All files so far, the policy first.
    pub sources: Sources,
    /// The policy's folder.
    folder: String,
    files: &'a dyn Files,
    /// What came of each path: nothing where it could not be read.
    loaded: BTreeMap<String, Option<Loaded>>,
}

/// A file that could be read.
#[derive(Clone)]
pub struct Loaded {
    /// Its index among the sources.
    pub file: u16,
    /// Its text.
    pub text: Rc<str>,
    /// What separates cells, by its name.
    delimiter: u8,
}

impl<'a> Library<'a> {
    /// A library that takes files beside the policy from `files`.
    pub fn new(main_path: &str, files: &'a dyn Files, sources: Sources) -> Self {
        Self { sources, folder: files::folder_of(main_path).to_string(), files, loaded: BTreeMap::new() }
    }

    /// The file that a node names.
    pub fn load(&mut self, reader: &mut Reader<'_>, node: &Node) -> Option<Loaded> {
        let written = reader.text(node, "`file`")?;
        let path = match files::normal_path(&written.value) {
            Ok(path) => format!("{}{path}", self.folder),
            Err(problem) => {
                reader.error("file-path", written.span, problem, "write a path such as lists/free-mail.txt");
                return None;
            }
        };
        if let Some(loaded) = self.loaded.get(&path) {
            return loaded.clone();
        }
        let loaded = self.fetch(reader, node, &path);
        self.loaded.insert(path, loaded.clone());
        loaded
    }

    fn fetch(&mut self, reader: &mut Reader<'_>, node: &Node, path: &str) -> Option<Loaded> {
        let problem = match self.files.bytes(path) {
            Some(Ok(bytes)) if bytes.len() > MAX_BYTES => {
                Diagnostic::error("too-large", node.span, format!("the file `{path}` is {} bytes long; at most {MAX_BYTES} are read", bytes.len())).help("split the list")
            }
            Some(Ok(bytes)) => {
                let file = self.sources.add(path, "");
                match files::decode(&bytes, file) {
                    Ok(text) => {
                        self.sources.set_text(file, text.as_str());
                        let delimiter = if path.ends_with(".tsv") { b'\t' } else { b',' };
                        return Some(Loaded { file, text: text.into(), delimiter });
                    }
                    Err(wrong) => {
                        let (text, problem) = *wrong;
                        self.sources.set_text(file, text);
                        problem.related(node.span, "the file is named here")
                    }
                }
            }
            Some(Err(reason)) => Diagnostic::error("file-missing", node.span, format!("the file `{path}` cannot be read: {}", short(&reason))).help("check the file and who may read it"),
            None => Diagnostic::error("file-missing", node.span, format!("there is no file `{path}`")).help("paths are taken from the policy's folder"),
        };
        reader.diagnostics.push(problem);
        None
    }
}

impl Loaded {
    /// The file as CSV.
    pub fn sheet(&self, reader: &mut Reader<'_>) -> Option<Sheet> {
        csv::sheet(&self.text, self.file, self.delimiter, &mut reader.diagnostics)
    }
}
