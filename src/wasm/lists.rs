//! Lists that stand in files of their own, and programs that name them.

use wasm_bindgen::prelude::wasm_bindgen;

use super::engine::{Engine, refused};
use crate::program::{ListDigest, ListFile, Program, ProgramDigest};

/// A list that programs of this instance share.
#[wasm_bindgen]
pub struct List {
    file: ListFile,
}

#[wasm_bindgen]
impl List {
    /// Reads a list's file; none where the bytes are none, and then [`list_error`] says why.
    pub fn read(bytes: &[u8]) -> Option<List> {
        Some(Self { file: ListFile::from_bytes(bytes).ok()? })
    }

    /// The digest of its file, in hexadecimal.
    pub fn digest(&self) -> String {
        hex(self.file.digest())
    }

    /// How many entries it has.
    pub fn entries(&self) -> u32 {
        self.file.list().len() as u32
    }
}

/// Why bytes are not a list's file: the code, the message and the byte, a line each.
#[wasm_bindgen]
pub fn list_error(bytes: &[u8]) -> String {
    match ListFile::from_bytes(bytes) {
        Ok(_) => String::new(),
        Err(error) => refused(&error),
    }
}

/// A program that waits for its lists.
#[wasm_bindgen]
pub struct Draft {
    program: Program,
    digest: ProgramDigest,
}

#[wasm_bindgen]
impl Draft {
    /// Reads a program; none where the bytes are not one that this build can run.
    pub fn read(bytes: &[u8]) -> Option<Draft> {
        let program = Program::from_bytes(bytes).ok()?;
        let digest = bytes.get(8..40).and_then(|slice| slice.try_into().ok()).unwrap_or_default();
        Some(Self { program, digest })
    }

    /// The lists that it names: of each the name and the digest of its file, one after the other.
    pub fn lists(&self) -> Vec<String> {
        self.program.detached().flat_map(|(name, detached)| [name.to_owned(), hex(&detached.digest)]).collect()
    }

    /// Gives it a list; the code of what is wrong, or nothing.
    pub fn attach(&mut self, name: &str, list: &List) -> String {
        self.program.attach(name, &list.file).err().map_or(String::new(), |kind| kind.code().to_owned())
    }

    /// The program with its lists; none where one is missing.
    pub fn finish(self) -> Option<Engine> {
        Engine::of(self.program, self.digest)
    }
}

fn hex(digest: &ListDigest) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
    digest.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
