//! The documentation against the code: its examples compile and decide as they say, and every key and every code stands in it.

use crate::turns::{Turns, in_shanghai, moment, run_examples};
use crate::{leads, show};
use leadgate::engine::Engine;
use leadgate::life::{State, sops};
use leadgate::{author, report};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const FILES: [(&str, &str); 4] = [
    ("lists/free-mail.txt", "# free\nqq.com\ngmail.com\n"),
    ("lists/accounts.csv", "name,domain\nAcme,acme.com\n"),
    ("lists/titles.csv", "match,role,level\n总监,decider,high\n经理,manager,middle\n"),
    ("terms.csv", "id,seats,discount,approval\nbig,>= 100,0.1,manager\n"),
];

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The blocks of a page that are marked by a word.
fn blocks<'p>(page: &'p str, mark: &str) -> Vec<&'p str> {
    page.split(&format!("```{mark}\n")).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

fn authored(document: &str) -> leadgate::Authored {
    let mut files: BTreeMap<String, Vec<u8>> = FILES.iter().map(|(path, text)| (path.to_string(), text.as_bytes().to_vec())).collect();
    files.insert("policy.yaml".to_owned(), document.as_bytes().to_vec());
    author("policy.yaml", &files)
}

fn engine(document: &str) -> Engine {
    let authored = authored(document);
    match authored.compiled {
        Some((program, _)) => Engine::new(program),
        None => panic!("{}", report::render_all(&authored.diagnostics, &authored.sources)),
    }
}

fn come_out(engine: &Engine, lead: &str) -> String {
    match leads::read(engine, lead) {
        Err(refused) => format!("refused {refused}\n"),
        Ok(given) if given.open => show::possible(engine, &given),
        Ok(given) => show::decision(engine, &given),
    }
}

#[test]
fn the_examples_of_the_policy_page_decide_as_it_says() {
    let page = read("docs/policy.md");
    let (conditions, sections): (Vec<&str>, Vec<&str>) = blocks(&page, "yaml").into_iter().partition(|block| block.starts_with("when:"));
    let whole = sections.concat();
    let policy = engine(&whole);
    let examples = run_examples(blocks(&page, "lead"), &|lead| come_out(&policy, lead));
    assert!(examples >= 25, "only {examples} examples");
    let slice = Engine::new(authored(&whole).slice.unwrap().program);
    assert!(run_examples(blocks(&page, "slice"), &|lead| show::possible(&slice, &leads::read(&slice, lead).unwrap())) >= 2);
    let turns = Turns::of(&policy, "east");
    assert!(run_examples(blocks(&page, "turns"), &|line| turns.take(line)) >= 10);
    let state = RefCell::new(State::default());
    assert!(run_examples(blocks(&page, "due"), &|line| sent(&policy, &state, line)) >= 7);
    // Both forms of a condition say the same. Golden leads do not know the row in which they stand here.
    let whole: String = sections.iter().filter(|block| !block.starts_with("tests:")).copied().collect();
    let rows: Vec<Engine> = conditions.iter().flat_map(|block| block.lines()).map(|line| engine(&whole.replace("screen:\n", &format!("screen:\n  example:\n    {line}\n")))).collect();
    assert_eq!(rows.len(), 2);
    let holds = ["budget=record:100000 source=sem"];
    let fails = ["budget=record:100000 source=download", "budget=record:99999 source=sem", "budget=record:100000", "source=sem"];
    for (lead, screened) in holds.iter().map(|lead| (lead, true)).chain(fails.iter().map(|lead| (lead, false))) {
        for engine in &rows {
            let found = come_out(engine, &format!("email=a@b.cn {lead}"));
            assert_eq!(found.starts_with("outcome screened:example"), screened, "{lead}: {found}");
        }
    }
}

/// What is due to a lead at a moment, all of which is sent: `2026-11-20T12:00:00+08:00 visits=0 from pool`.
fn sent(engine: &Engine, state: &RefCell<State>, line: &str) -> String {
    let (now, lead) = line.split_once(' ').unwrap();
    let (now, given) = (moment(now), leads::read(engine, lead).unwrap());
    let due = sops::due(engine, &given.lead, &state.borrow(), given.stage, now).unwrap();
    let mut after = sops::commit(engine, &state.borrow(), &due).unwrap();
    for step in &due.steps {
        after = sops::sent(engine, &after, &step.sop, &step.step, Some(step.enrolled), now).unwrap();
    }
    let next = sops::next_due(engine, &given.lead, &state.replace(after), given.stage, now).unwrap();
    let lines = due.end.iter().map(|item| format!("end {}", item.sop)).chain(due.begin.iter().map(|item| format!("begin {}", item.sop)));
    let lines = lines.chain(due.steps.iter().map(|step| format!("{} {}", step.sop, step.step))).chain(next.map(|at| format!("next {}", in_shanghai(at))));
    lines.map(|line| line + "\n").collect()
}

#[test]
fn every_key_stands_on_the_policy_page() {
    let page = read("docs/policy.md");
    let keys = read("src/document/keys.rs");
    let names: BTreeSet<&str> = keys.split("must(\"").skip(1).chain(keys.split("may(\"").skip(1)).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(names.len() > 60, "{names:?}");
    let words: BTreeSet<&str> = page.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).collect();
    let missing: Vec<&&str> = names.iter().filter(|name| !words.contains(**name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_unary_test_of_the_policy_page_is_one() {
    let page = read("docs/policy.md");
    let table = page.split("| test | CEL | |\n|---|---|---|\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let mut tests = 0;
    for row in table.lines() {
        let cell = row.trim_start_matches("| ").split(" | ").next().unwrap();
        for test in cell.split('`').skip(1).step_by(2) {
            let test = test.replace("\\|", "|");
            let test = if test == "\"-\"" { "-" } else { &test };
            let text = leadgate::cel::Text { text: test, span: report::Span::new(0, 0, 0), offsets: &[] };
            assert!(leadgate::cel::parse_test(&text).is_ok(), "`{test}`");
            tests += 1;
        }
    }
    assert!(tests > 20, "only {tests}");
}

#[test]
fn the_readme_compiles_and_decides_as_it_says() {
    for page in ["README.md", "README.zh-CN.md"] {
        let text = read(page);
        let policy = blocks(&text, "yaml")[0];
        assert!(policy.lines().count() <= 21, "the 20-line policy of {page} has {} lines", policy.lines().count());
        let engine = engine(policy);
        let decided = come_out(&engine, "email=a@b.example seats=120");
        assert!(decided.starts_with("outcome sales by good\nfit 60\n"), "{page}: {decided}");
        assert!(come_out(&engine, "seats=120").starts_with("outcome screened:no_mail\n"));
        assert!(come_out(&engine, "email=a@b.example source=event seats=open").contains("sales | nurture"));
        // The snippet for Rust is the crate's own example in other words; each call in it is there.
        let rust = blocks(&text, "rust")[0];
        for call in ["leadgate::compile_str(text)?", "leadgate::Engine::new(program)", "engine.lead()", "lead.set(\"email\", \"a@b.example\")?", "lead.set(\"seats\", 120)?", "engine.decide(&lead, None)"] {
            assert!(rust.contains(call), "{page}: {call}");
        }
        assert_eq!(rust.lines().filter(|line| !line.trim().is_empty()).count(), 6);
        readme_snippet(policy).unwrap();
    }
}

/// The Rust snippet of the README, as it stands there.
fn readme_snippet(text: &str) -> Result<(), Box<dyn std::error::Error>> {
    let program = leadgate::compile_str(text)?;
    let engine = leadgate::Engine::new(program);

    let mut lead = engine.lead();
    lead.set("email", "a@b.example")?;
    lead.set("seats", 120)?;
    let decision = engine.decide(&lead, None);
    assert_eq!(engine.outcome_name(decision.outcome).as_deref(), Some("sales"));
    Ok(())
}

fn sources(folder: PathBuf, end: &str, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "node_modules") {
                sources(path, end, found);
            }
        } else if path.extension().is_some_and(|known| known == end) {
            found.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

/// The first text after each place where one of the openings stands, where it looks like a code.
fn codes(sources: &[String], openings: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for source in sources {
        // Tests of a module's internals may make up codes.
        let source = source.split("#[cfg(test)]").next().unwrap();
        for opening in openings {
            for rest in source.split(opening).skip(1) {
                let rest = rest.trim_start();
                let Some(code) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) else { continue };
                if code.starts_with(|c: char| c.is_ascii_lowercase()) && code.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
                    found.insert(code.to_owned());
                }
            }
        }
    }
    found
}

#[test]
fn every_code_stands_on_the_page_of_errors() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut rust, mut javascript) = (Vec::new(), Vec::new());
    sources(root.join("src"), "rs", &mut rust);
    sources(root.join("pkg/src"), "mjs", &mut javascript);
    sources(root.join("pkg/cli"), "mjs", &mut javascript);
    let mut known = codes(&rust, &["error(", "warning(", "unknown(", "wrong(", "=> ", "fail(", "odd("]);
    known.extend(codes(&javascript, &["LeadgateError(", "code: ", "code = "]));
    let page = read("docs/errors.md");
    let listed: BTreeSet<String> = page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).map(str::to_owned).collect();
    // Errors that the page can meet stand in texts, a line each: the code, then what is wrong.
    let lines = rust.iter().flat_map(|source| source.lines()).filter_map(|line| line.split_once(": ")).map(|(code, _)| code);
    let told: BTreeSet<String> = lines.filter(|code| code.contains('-') && code.chars().all(|c| c.is_ascii_lowercase() || c == '-')).map(str::to_owned).collect();
    known.extend(told.iter().cloned());
    // What stands in the code as a whole text between quotes.
    let all = [rust, javascript].concat().concat();
    let gone: Vec<&String> = listed.iter().filter(|code| !told.contains(*code) && !all.contains(&format!("\"{code}\""))).collect();
    assert!(gone.is_empty(), "no such codes any more: {gone:?}");
    let fixtures = ["document", "compile", "cel/parse", "cel/check", "cel/unary"].map(|folder| {
        let mut texts = Vec::new();
        sources(root.join("tests/fixtures").join(folder), "txt", &mut texts);
        texts.concat()
    });
    let said = fixtures.concat();
    known.extend(said.split("error[").skip(1).chain(said.split("warning[").skip(1)).map(|rest| rest.split(']').next().unwrap().to_owned()));
    let missing: Vec<&String> = known.iter().filter(|code| code.contains('-') && !listed.contains(*code)).collect();
    assert!(missing.is_empty(), "not on the page: {missing:?}");
}
