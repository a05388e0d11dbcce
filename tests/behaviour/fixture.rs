//! Fixtures: files of parts, each begun by a line `=== name`. What stands before the first part says what the fixture shows.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub struct Fixture {
    pub path: PathBuf,
    pub about: String,
    pub parts: Vec<(String, String)>,
}

impl Fixture {
    fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap();
        let (mut about, mut parts): (String, Vec<(String, String)>) = Default::default();
        for line in text.lines() {
            let into = if let Some(name) = line.strip_prefix("=== ") {
                parts.push((name.to_owned(), String::new()));
                continue;
            } else {
                parts.last_mut().map_or(&mut about, |(_, body)| body)
            };
            into.push_str(line);
            into.push('\n');
        }
        Self { path: path.to_owned(), about, parts }
    }

    pub fn part(&self, name: &str) -> &str {
        self.parts.iter().find(|(known, _)| known == name).map(|(_, body)| body.as_str()).unwrap_or_else(|| panic!("{}: no part `{name}`", self.path.display()))
    }

    /// The policy and the files that it names: every part whose name has a dot.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        self.parts.iter().filter(|(name, _)| name.contains('.')).map(|(name, body)| (name.clone(), body.as_bytes().to_vec())).collect()
    }

    fn text(&self) -> String {
        let parts = self.parts.iter().map(|(name, body)| format!("=== {name}\n{body}"));
        std::iter::once(self.about.clone()).chain(parts).collect()
    }
}

/// Checks one part of every fixture of a folder against what `come_out` makes of the fixture. Returns how many there are.
pub fn check(folder: &str, part: &str, come_out: fn(&Fixture) -> String) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
    paths.sort();
    let bless = std::env::var_os("LEADGATE_BLESS").is_some();
    let mut wrong = Vec::new();
    for path in &paths {
        let mut fixture = Fixture::read(path);
        assert!(!fixture.about.trim().is_empty(), "{}: say what it shows", path.display());
        let found = come_out(&fixture);
        if !fixture.parts.iter().any(|(name, _)| name == part) {
            fixture.parts.push((part.to_owned(), String::new()));
        }
        if found == fixture.part(part) {
            continue;
        }
        if bless {
            fixture.parts.iter_mut().filter(|(name, _)| name == part).for_each(|(_, body)| *body = found.clone());
            std::fs::write(path, fixture.text()).unwrap();
        } else {
            wrong.push(format!("{}\n{}", path.display(), difference(fixture.part(part), &found)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    paths.len()
}

/// The lines of both texts, those that differ marked.
fn difference(expected: &str, found: &str) -> String {
    let (expected, found): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    let same = expected.iter().zip(&found).take_while(|(a, b)| a == b).count();
    let from = same.saturating_sub(3);
    let mut out: String = expected.iter().take(same).skip(from).map(|line| format!("  {line}\n")).collect();
    expected.iter().skip(same).take(12).for_each(|line| out.push_str(&format!("- {line}\n")));
    found.iter().skip(same).take(12).for_each(|line| out.push_str(&format!("+ {line}\n")));
    out
}
