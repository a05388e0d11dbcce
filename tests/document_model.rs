//! What reading gives: values, places, files, and the bytes of the logic digest.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;

use leadgate::document::{self, Code, Condition, Document, Files, ListBodyDef, RuleBody, Scalar};
use leadgate::program::{Country, Normalizer};
use leadgate::report::{Severity, Sources, render_all};

const HEAD: &str = "leadgate: 1\npolicy: p\nversion: \"1\"\n";

fn read(policy: &str, files: &[(&str, &str)]) -> (Document, Sources) {
    let mut all: BTreeMap<String, Vec<u8>> = files.iter().map(|(path, text)| (path.to_string(), text.as_bytes().to_vec())).collect();
    all.insert("policy.yaml".to_string(), policy.as_bytes().to_vec());
    let (document, sources, diagnostics) = document::read("policy.yaml", &all);
    assert!(diagnostics.iter().all(|problem| problem.severity == Severity::Warning), "{}", render_all(&diagnostics, &sources));
    (document.unwrap(), sources)
}

fn whole() -> (String, Vec<(String, String)>) {
    let mut files = Vec::new();
    for part in include_str!("fixtures/document/whole.txt").split("=== ").skip(1) {
        let (path, body) = part.split_once('\n').unwrap();
        files.push((path.to_string(), body.to_string()));
    }
    (files.remove(0).1, files)
}

fn normalized(policy: &str, files: &[(String, String)]) -> Vec<u8> {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    document::normalized(&read(policy, &files).0)
}

/// Every character of a code that is not white space stands in the file where its offset says, escapes apart.
fn check_offsets(code: &Code, sources: &Sources, escaped: &[char]) {
    assert_eq!(code.offsets.len(), code.text.len() + 1, "{}", code.text);
    let source = &sources.get(code.span.file).unwrap().text;
    for (at, character) in code.text.char_indices() {
        let found = source[code.offsets[at] as usize..].chars().next().unwrap();
        assert!(found == character || character.is_whitespace() || escaped.contains(&character), "`{}` byte {at}: {character:?} stands at {found:?}", code.text);
    }
    assert!(code.offsets.is_sorted(), "{:?}", code.offsets);
    assert!(code.offsets.iter().all(|&offset| (code.span.start..=code.span.end).contains(&offset)));
}

#[test]
fn codes_know_where_their_characters_stand() {
    let policy = format!(
        "{HEAD}fields: {{ 端: {{ type: bool }} }}\n# 端口\nderive:\n  a: x == 1 && 端 == \"口\"\n  b: 'it''s \"端\" + x'\n  c: \"a \\\"\\u4e2d\\\" \\\n    b\\tc\"\n  d: |\n    x &&\n\n      (y ||\n    z)\n  e: >-\n\n    first\n    second\n\n    third\n  f: x &&\n     y\n\n     || z\n  g: \"two\n    lines\"\n"
    )
    .replace("端:", "f0:");
    let (document, sources) = read(&policy.replace("端 ==", "f0 =="), &[]);
    assert_eq!(document.derives.len(), 7);
    for derive in &document.derives {
        check_offsets(&derive.expr, &sources, if derive.name.value == "c" { &['"', '中', '\t'] } else { &[] });
    }
    let text = |index: usize| document.derives[index].expr.text.as_str();
    assert_eq!(text(1), "it's \"端\" + x");
    assert_eq!(text(2), "a \"中\" b\tc");
    assert_eq!(text(3), "x &&\n\n  (y ||\nz)\n");
}

#[test]
fn codes_in_csv_cells_know_it_too() {
    let policy = format!("{HEAD}fields: {{ a: {{ type: int }} }}\ntables:\n  t: {{ outputs: {{ o: [x] }}, rows: {{ file: t.csv }} }}\n");
    let (document, sources) = read(&policy, &[("t.csv", "a,o\n  >= 1 ,x\n\"not \"\"端\"\" | 3\",x\n-,x\n,x\n")]);
    let rows = &document.tables[0].rows;
    let codes: Vec<&Code> = rows
        .iter()
        .filter_map(|row| match &row.when {
            Some(Condition::Tests(tests)) => Some(&tests[0].1),
            Some(Condition::Cel(_)) | None => None,
        })
        .collect();
    assert_eq!(codes.iter().map(|code| code.text.as_str()).collect::<Vec<_>>(), [">= 1", "not \"端\" | 3"]);
    codes.iter().for_each(|code| check_offsets(code, &sources, &[]));
    assert_eq!(rows.iter().map(|row| row.id.value.as_str()).collect::<Vec<_>>(), ["row1", "row2", "row3", "row4"]);
    assert!(rows[2].when.is_none() && rows[3].when.is_none());
}

#[test]
fn values_are_read() {
    let (policy, files) = whole();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (document, sources) = read(&policy, &files);
    assert_eq!(document.fields[1].normalize, [Normalizer::Phone(Country::China)]);
    assert_eq!(document.fields[0].normalize, [Normalizer::Trim, Normalizer::Lowercase]);
    assert!(document.fields[0].format == leadgate::program::Format::Email && document.fields[11].from_host);
    assert_eq!(document.fields[11].name.value, "account.tier");
    assert_eq!((document.fields[8].min.as_ref().unwrap().value, document.fields[8].max.as_ref().unwrap().value), (1.0, 1e6));
    let ListBodyDef::Set(domains) = &document.lists[2].body else { panic!() };
    assert_eq!(domains[0].value, "acme.com");
    assert_eq!(&sources.get(domains[0].span.file).unwrap().text[domains[0].span.start as usize..domains[0].span.end as usize], "acme.com");
    let ListBodyDef::Dictionary { columns, contains, rows, except, .. } = &document.lists[3].body else { panic!() };
    assert_eq!((columns.len(), *contains, except.len()), (3, true, 2));
    assert_eq!(rows[1].iter().map(|cell| cell.value.as_str()).collect::<Vec<_>>(), ["engineer", "technical", ""]);
    let fit = &document.scores[0];
    assert_eq!((fit.range, fit.groups[0].min, fit.groups[0].max), (Some((0, 100_000)), Some(-10_000), Some(30_000)));
    let RuleBody::By { points, .. } = &fit.groups[0].rules[1].body else { panic!() };
    assert_eq!(points.iter().map(|(key, worth)| (key.text.as_str(), worth.value)).collect::<Vec<_>>(), [("manufacturing", 12_000), ("finance", 8_000), ("unanswered", -2_000), ("else", 1_000)]);
    let RuleBody::When { points, .. } = &fit.groups[1].rules[0].body else { panic!() };
    assert!(fit.groups[1].id.is_none() && points.value == 2_500);
    assert_eq!(document.scores[2].sum.as_ref().unwrap().len(), 2);
    let terms = &document.tables[1];
    assert_eq!(terms.rows[1].then.iter().map(|value| &value.value).collect::<Vec<_>>(), [&Scalar::Double(0.05), &Scalar::String("none".to_string())]);
    assert_eq!(document.identity[2].len(), 2);
    let questions = &document.ask.as_ref().unwrap().questions;
    assert_eq!((questions[1].cost, document.cost(&questions[1])), (None, 1.5));
}

#[test]
fn layout_and_texts_are_not_logic() {
    let (policy, files) = whole();
    let before = normalized(&policy, &files);
    for (from, to) in [
        ("agreed: [{ by: marketing, date: 2026-11-20, logic: ab12 }]\n", ""),
        ("version: \"1\"", "version: \"2\""),
        ("label: { en: Seats, zh: 端口数 }", "label: Plätze"),
        ("zh: 端口数 } }\n          sector", "zh: 数 } }\n          sector"),
        ("unit: CNY", "unit: USD"),
        ("values: [上海, 江苏, 浙江]", "values: [浙江, \"江苏\", 上海, 上海]"),
        ("'budget / double(seats)'", "'budget/double( seats )'"),
        ("{ budget: \">= 100000\", source: not download }", "{ source: not download, budget: '>= 100000' }"),
        ("manufacturing: 12, finance: 8,", "finance: 8.0, manufacturing: 12.000,"),
        ("default: { discount: 0, approval: none }", "default: { approval: none, discount: 0.0 }"),
        ("expect: { stage: lead }", "expect: { stage: sql }"),
        ("outcomes: [owner, nurture, manual_review]", "outcomes: [nurture, owner, manual_review]"),
        ("cost: 1, ", ""),
        ("prior: { small: 5, \">= 20\": 1.5, unanswered: 1 }", "prior: { unanswered: 1.0, \">= 20\": 1.5, small: 5 }"),
    ] {
        assert!(policy.contains(from), "{from}");
        assert!(normalized(&policy.replace(from, to), &files) == before, "{from} -> {to}");
    }
}

#[test]
fn everything_that_decides_is_logic() {
    let (policy, files) = whole();
    let before = normalized(&policy, &files);
    for (from, to) in [
        ("policy: p", "policy: q"),
        ("timezone: Asia/Shanghai", "timezone: UTC"),
        ("max: 1000000", "max: 1000001"),
        ("values: [manufacturing, finance, retail]", "values: [manufacturing, finance, retail, other]"),
        ("country: CN", "country: US"),
        ("normalize: [trim, lowercase]", "normalize: [lowercase, trim]"),
        ("values: [上海, 江苏, 浙江]", "values: [上海, 江苏]"),
        ("pick: longest", "pick: first"),
        ("except: [助理, assistant]", "except: [助理]"),
        ("? \"free\"", "? \"fre e\""),
        ("!known(email) && !known(mobile)", "!known(email) || !known(mobile)"),
        ("max: 30", "max: 30.001"),
        ("range: [0, 200]", "range: [0, 201]"),
        ("unanswered: -2", "unanswered: -2.5"),
        ("sum: [fit, engagement], range", "sum: [fit], range"),
        ("{ id: warm, when: { fit: \">= 50\" }, then: B }", "{ id: warm, when: { fit: \">= 51\" }, then: B }"),
        ("then: C", "then: B"),
        ("list: { lead: {}, mql: { require: [email] }", "list: { lead: {}, mql: {}"),
        ("from: [mql, sql]", "from: [mql]"),
        ("default: nurture", "default: owner"),
        ("on_fault: manual_review", "on_fault: owner"),
        ("[company, name]]", "[company]]"),
        ("small: 1..19", "small: 1..18"),
        ("when: { has_project: true }, required", "when: { has_project: false }, required"),
        ("cost: 1,", "cost: 1.5,"),
        ("always: true, ", ""),
        ("required: true, after: 1", "required: true"),
        ("required: true, after: 1", "required: true, after: 2"),
        ("small: 5, ", "small: 6, "),
        (", prior: { small: 5, \">= 20\": 1.5, unanswered: 1 }", ""),
        ("bounds: { fit: [0, 100] }", "bounds: { fit: [0, 99] }"),
    ] {
        assert!(policy.contains(from), "{from}");
        assert!(normalized(&policy.replace(from, to), &files) != before, "{from} -> {to}");
    }
    for index in 0..files.len() {
        let mut other = files.clone();
        other[index].1 = other[index].1.replace("163.com", "126.com").replace("acme.com", "acme.cn").replace("technical", "sales").replace(">= 70", ">= 71");
        assert!(normalized(&policy, &other) != before || other[index].1 == files[index].1, "{}", files[index].0);
    }
}

#[test]
fn logic_is_told_apart_where_texts_run_together() {
    let policy = |a: &str, b: &str| format!("{HEAD}fields: {{ x: {{ type: enum, values: [{a}, {b}] }} }}\n");
    assert_ne!(document::normalized(&read(&policy("ab", "c"), &[]).0), document::normalized(&read(&policy("a", "bc"), &[]).0));
}

#[test]
fn a_host_learns_which_files_it_must_have() {
    let (policy, _) = whole();
    assert_eq!(document::referenced_files(&policy), ["lists/free-mail.txt", "lists/accounts.csv", "lists/titles.csv", "terms.csv"]);
    assert_eq!(document::referenced_files("lists: { a: { file: ./x/../y.txt }, b: { file: y.txt }, c: { file: /etc/passwd }, d: 3 }\ntables: []\n"), ["y.txt"]);
    assert!(document::referenced_files("a: b: c").is_empty());
}

#[test]
fn files_are_asked_for_once_beside_the_policy() {
    struct Asked(RefCell<Vec<String>>);
    impl Files for Asked {
        fn bytes(&self, path: &str) -> Option<Result<Cow<'_, [u8]>, String>> {
            self.0.borrow_mut().push(path.to_string());
            match path {
                "shop/policy.yaml" => Some(Ok(format!("{HEAD}fields: {{ a: {{ type: string }} }}\nlists:\n  x: {{ file: l/x.txt }}\n  y: {{ file: ./l/x.txt }}\n  z: {{ file: no.txt }}\n  w: {{ file: locked.txt }}\n").into_bytes().into())),
                "shop/l/x.txt" => Some(Ok(Cow::Borrowed(b"a\nb\n"))),
                "shop/locked.txt" => Some(Err("permission denied".to_string())),
                _ => None,
            }
        }
    }
    let files = Asked(RefCell::new(Vec::new()));
    let (_, sources, diagnostics) = document::read("shop/policy.yaml", &files);
    assert_eq!(*files.0.borrow(), ["shop/policy.yaml", "shop/l/x.txt", "shop/no.txt", "shop/locked.txt"]);
    assert_eq!(sources.get(1).unwrap().path, "shop/l/x.txt");
    assert_eq!(
        diagnostics.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>(),
        ["there is no file `shop/no.txt`", "the file `shop/locked.txt` cannot be read: permission denied"]
    );
}

#[test]
fn policies_are_read_from_folders() {
    let folder = std::env::temp_dir().join(format!("leadgate-document-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("lists")).unwrap();
    std::fs::write(folder.join("policy.yaml"), format!("{HEAD}fields: {{ a: {{ type: string }} }}\nlists: {{ x: {{ file: lists/x.txt }}, y: {{ file: lists }} }}\n")).unwrap();
    std::fs::write(folder.join("lists/x.txt"), "a\nb\n").unwrap();
    let (document, _, diagnostics) = document::read("policy.yaml", &document::Folder(folder.clone()));
    let (nothing, _, missing) = document::read("other.yaml", &document::Folder(folder.clone()));
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(matches!(&document.unwrap().lists[0].body, ListBodyDef::Set(values) if values.len() == 2));
    assert_eq!(diagnostics.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["file-missing"]);
    assert!(nothing.is_none() && missing[0].code == "file-missing");
}

#[test]
fn long_lists_are_read() {
    let lines: String = (0..120_000).map(|index| format!("domain{index}.example\n")).collect();
    let cells: String = (0..120_000).map(|index| format!("{index},\"d{index}\"\n")).collect();
    let policy = format!("{HEAD}fields: {{ a: {{ type: string }} }}\nlists:\n  x: {{ file: x.txt }}\n  y: {{ file: y.csv, column: b }}\n");
    let (document, sources) = read(&policy, &[("x.txt", &lines), ("y.csv", &format!("a,b\n{cells}"))]);
    for (list, last) in document.lists.iter().zip(["domain119999.example", "d119999"]) {
        let ListBodyDef::Set(values) = &list.body else { panic!() };
        let value = values.last().unwrap();
        assert_eq!((values.len(), value.value.as_str()), (120_000, last));
        assert_eq!(&sources.get(value.span.file).unwrap().text[value.span.start as usize..value.span.end as usize], last);
    }
}

#[test]
fn limits_are_said() {
    let code = |text: String| {
        let files = BTreeMap::from([("policy.yaml".to_string(), text.into_bytes())]);
        document::read("policy.yaml", &files).2.iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    assert_eq!(code(" ".repeat((16 << 20) + 1)), ["too-large"]);
    assert_eq!(code(format!("a: {}", "[".repeat(10_000))), ["too-deep"]);
    let many = code(format!("{HEAD}fields:\n{}", (0..300).map(|index| format!("  f{index}: {{ type: x }}\n")).collect::<String>()));
    assert_eq!((many.len(), many.last()), (201, Some(&"too-many")));
}

/// The examples of the page on the policy language, each completed to a document.
#[test]
fn the_examples_of_the_documentation_read() {
    let files = [
        ("lists/free-mail.txt", "# free\nqq.com\n"),
        ("lists/accounts.csv", "name,domain\nAcme,acme.com\n"),
        ("lists/titles.csv", "match,role,level\n总监,manager,high\n"),
        ("terms.csv", "id,seats,discount,approval\nbig,>= 100,0.1,manager\n"),
    ];
    let mut read_sections = Vec::new();
    for block in include_str!("../docs/policy.md").split("```yaml\n").skip(1) {
        let block = block.split("```").next().unwrap();
        let sections: Vec<&str> = block.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())).map(|line| line.split(':').next().unwrap()).collect();
        let mut policy = if sections.contains(&"when") {
            block.lines().enumerate().map(|(index, line)| format!("{}  row{index}:\n    {line}\n", if index == 0 { "screen:\n" } else { "" })).collect()
        } else {
            block.to_string()
        };
        for (key, line) in [("leadgate", "leadgate: 1\n"), ("policy", "policy: p\n"), ("version", "version: \"1\"\n"), ("fields", "fields: { x: { type: int } }\n")] {
            if !sections.contains(&key) {
                policy.push_str(line);
            }
        }
        let (document, _) = read(&policy, &files);
        assert!(!document.policy.is_empty());
        read_sections.extend(sections);
    }
    for section in ["agreed", "fields", "lists", "derive", "when", "screen", "scores", "tables", "stages", "route", "identity", "ask", "page", "tests"] {
        assert!(read_sections.contains(&section), "{section} has no example");
    }
}
