//! Files of a document: where they come from, which paths are allowed, and what to say about bytes that are not UTF-8.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::report::{Diagnostic, Span};

/// Where the files of a document come from.
pub trait Files {
    /// The bytes of a file; none where there is no such file, an error with the reason where it cannot be read.
    fn bytes(&self, path: &str) -> Option<Result<Cow<'_, [u8]>, String>>;
}

/// Files in memory, by path.
impl Files for BTreeMap<String, Vec<u8>> {
    fn bytes(&self, path: &str) -> Option<Result<Cow<'_, [u8]>, String>> {
        self.get(path).map(|bytes| Ok(Cow::Borrowed(bytes.as_slice())))
    }
}

/// Files of a folder of the file system.
#[derive(Debug, Clone)]
pub struct Folder(
    /// Paths are taken from here.
    pub PathBuf,
);

impl Files for Folder {
    fn bytes(&self, path: &str) -> Option<Result<Cow<'_, [u8]>, String>> {
        match std::fs::read(self.0.join(path)) {
            Ok(bytes) => Some(Ok(Cow::Owned(bytes))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => Some(Err(error.to_string().to_lowercase())),
        }
    }
}

/// A path that the author wrote, without `.` and `..`; an error says why it is not allowed.
pub fn normal_path(written: &str) -> Result<String, &'static str> {
    if written.is_empty() {
        return Err("a path cannot be empty");
    }
    if written.contains('\\') {
        return Err("paths are written with `/`");
    }
    if written.contains("://") {
        return Err("a list is a file beside the policy, not an address");
    }
    if written.starts_with('/') || written.get(1..2) == Some(":") || written.contains('\0') {
        return Err("a path is relative to the policy's folder");
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or("a path cannot leave the policy's folder")?;
            }
            _ => parts.push(part),
        }
    }
    if parts.is_empty() { Err("a path names a file") } else { Ok(parts.join("/")) }
}

/// The folder of a path, with its `/`; empty where there is none.
pub fn folder_of(path: &str) -> &str {
    path.rfind('/').and_then(|at| path.get(..=at)).unwrap_or_default()
}

/// Bytes as text. Where they are not UTF-8, what to say about it, and a text whose beginning is right.
pub fn decode(bytes: &[u8], file: u16) -> Result<String, Box<(String, Diagnostic)>> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text.to_string()),
        Err(error) => error,
    };
    let at = error.valid_up_to();
    let guess = guess(bytes);
    let offset = u32::try_from(at).unwrap_or(u32::MAX);
    let found = bytes.get(at).copied().unwrap_or_default();
    let problem = Diagnostic::error("file-encoding", Span::new(file, offset, offset), format!("the file is not UTF-8: byte {at} is 0x{found:02X}"))
        .help(format!("it looks like {guess}: save it as UTF-8"));
    Err(Box::new((String::from_utf8_lossy(bytes).into_owned(), problem)))
}

/// The encoding that bytes which are not UTF-8 are probably in.
fn guess(bytes: &[u8]) -> &'static str {
    let zeros = bytes.iter().take(4096).filter(|&&byte| byte == 0).count();
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) || zeros * 4 > bytes.len().min(4096) {
        return "UTF-16";
    }
    // In GBK the bytes of Chinese text come in pairs, nearly all of them from 0xA1 up; in Latin-1 they stand alone among letters.
    let (mut pairs, mut singles) = (0usize, 0usize);
    let mut rest = bytes.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        if byte < 0x80 {
            continue;
        }
        match rest.peek() {
            Some(&next) if (0x81..=0xFE).contains(&byte) && next >= 0xA1 => {
                pairs += 1;
                rest.next();
            }
            _ => singles += 1,
        }
    }
    if pairs > singles { "GBK" } else { "Latin-1" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside_the_folder() {
        assert_eq!(normal_path("lists/./a.txt"), Ok("lists/a.txt".to_string()));
        assert_eq!(normal_path("lists/../a.txt"), Ok("a.txt".to_string()));
        for wrong in ["", "/etc/passwd", "../a", "lists/../../a", "C:/a", "a\\b", "http://x/a", ".", "a/.."] {
            assert!(normal_path(wrong).is_err(), "{wrong}");
        }
        assert_eq!(folder_of("policies/x/policy.yaml"), "policies/x/");
        assert_eq!(folder_of("policy.yaml"), "");
    }

    #[test]
    fn encodings_are_guessed() {
        // 上海 in GBK, "café" in Latin-1, "a" in UTF-16.
        for (bytes, name) in [(&[0xC9, 0xCF, 0xBA, 0xA3][..], "GBK"), (b"caf\xE9 cr\xE8me", "Latin-1"), (b"\xFF\xFEa\0", "UTF-16")] {
            let (_, problem) = *decode(bytes, 0).unwrap_err();
            assert!(problem.help.as_deref().unwrap().contains(name), "{problem:?}");
        }
        let (text, problem) = *decode(b"ok\n\xE9", 0).unwrap_err();
        assert!(text.starts_with("ok\n"));
        assert_eq!((problem.span.start, problem.message.as_str()), (3, "the file is not UTF-8: byte 3 is 0xE9"));
    }
}
