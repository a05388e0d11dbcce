//! Behaviour of the condition language's front end, as data: each file under `tests/fixtures/cel` holds expressions with the tree, type or errors
//! that must come out. `LEADGATE_BLESS=1 cargo test --test cel_front` writes what comes out into the files, for a look at the difference.

// The helpers of a test are tests too; the lints' own exception covers functions marked `#[test]` alone.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use bare::bare;
use leadgate::cel::ast::Expr;
use leadgate::cel::{self, Checked, CheckedKind, Env, EnvList, EnvVariable, EnumType, Errors, Expected, Text, Type};
use leadgate::program::Value;
use leadgate::report::{Span, Spanned};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[path = "cel/bare.rs"]
mod bare;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/cel")
}

fn text(source: &str) -> Text<'_> {
    Text { text: source, span: Span::new(0, 0, u32::try_from(source.len()).unwrap()), offsets: &[] }
}

fn ty(name: &str, source: &str) -> Type {
    let source = source.trim();
    if let Some(values) = source.strip_prefix("enum ") {
        let values = values.split('|').map(str::to_owned).collect();
        return Type::Enum(Arc::new(EnumType { name: name.to_owned(), values }));
    }
    if let Some(element) = source.strip_prefix("list(").and_then(|rest| rest.strip_suffix(')')) {
        return Type::List(Arc::new(ty(name, element)));
    }
    if let Some((key, value)) = source.strip_prefix("map(").and_then(|rest| rest.strip_suffix(')')).and_then(|rest| rest.split_once(',')) {
        return Type::Map(Arc::new(ty(name, key)), Arc::new(ty(name, value)));
    }
    match source {
        "string" => Type::String,
        "int" => Type::Int,
        "uint" => Type::Uint,
        "double" => Type::Double,
        "bool" => Type::Bool,
        "bytes" => Type::Bytes,
        "dyn" => Type::Dyn,
        other => panic!("no type `{other}`"),
    }
}

fn env() -> Env {
    let mut env = Env::default();
    for line in std::fs::read_to_string(fixtures().join("env.txt")).unwrap().lines().filter(|line| !line.starts_with('#')) {
        let (kind, rest) = line.split_once(' ').unwrap();
        let (name, rest) = rest.split_once(": ").unwrap_or((rest, ""));
        if kind == "list" {
            let columns = rest.split(", ").filter(|column| !column.is_empty()).map(|column| {
                let (column, kind) = column.split_once(' ').unwrap();
                (column.to_owned(), ty(&format!("column `{column}`"), kind))
            });
            env.lists.push(EnvList { name: name.to_owned(), columns: columns.collect() });
            continue;
        }
        let (source, barred) = rest.split_once("; ").map_or((rest, None), |(source, reason)| (source, Some(reason.to_owned())));
        env.variables.push(EnvVariable {
            name: name.to_owned(),
            ty: ty(&format!("{} `{name}`", if kind == "field" || kind == "derive" { kind } else { "output" }), source),
            is_field: kind == "field",
            is_derive: kind == "derive",
            barred,
        });
    }
    env
}

fn value(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Uint(value) => format!("{value}u"),
        Value::Double(value) => format!("{value:?}"),
        Value::String(value) => format!("{value:?}"),
        Value::Bytes(value) => format!("b{:?}", value),
        Value::Ready(value) => format!("ready of {} bytes", value.len()),
        _ => panic!("no literal is {value:?}"),
    }
}

/// The checked tree as `(Function operand …)`, locals as `%0`, `%1` from the outermost.
fn tree(checked: &Checked, env: &Env) -> String {
    let many = |head: String, parts: &[&Checked]| {
        let parts: String = parts.iter().map(|part| format!(" {}", tree(part, env))).collect();
        format!("({head}{parts})")
    };
    let all = |head: &str, parts: &[Checked]| many(head.to_owned(), &parts.iter().collect::<Vec<_>>());
    match &checked.kind {
        CheckedKind::Const(constant) => value(constant),
        CheckedKind::Variable(index) => env.variables[*index].name.clone(),
        CheckedKind::Local(index) => format!("%{index}"),
        CheckedKind::Call(function, args) => all(&format!("{function:?}"), args),
        CheckedKind::Not(operand) => many("not".to_owned(), &[operand]),
        CheckedKind::And(parts) => all("and", parts),
        CheckedKind::Or(parts) => all("or", parts),
        CheckedKind::If(test, then, otherwise) => many("if".to_owned(), &[test, then, otherwise]),
        CheckedKind::List(parts) => all("list", parts),
        CheckedKind::Map(entries) => {
            let entries: String = entries.iter().map(|(key, value)| format!(" {}: {}", tree(key, env), tree(value, env))).collect();
            format!("(map{entries})")
        }
        CheckedKind::Member(operand, member) => many(format!(".{member}"), &[operand]),
        CheckedKind::Has(operand, member) => many(format!("has .{member}"), &[operand]),
        CheckedKind::InList(operand, list) => many(format!("in-list {}", env.lists[*list].name), &[operand]),
        CheckedKind::Lookup(list, operand, column) => {
            many(format!("lookup {}.{}", env.lists[*list].name, env.lists[*list].columns[*column].0), &[operand])
        }
        CheckedKind::State(state, index) => format!("({state:?} {})", env.variables[*index].name),
        CheckedKind::Form(form, parts) => all(&format!("{form:?}"), parts),
        CheckedKind::Fold { fold, range, predicate, result } => {
            let parts: Vec<&Checked> = std::iter::once(range.as_ref()).chain(predicate.as_deref()).chain(result.as_deref()).collect();
            many(format!("{fold:?}"), &parts)
        }
    }
}

fn written(ty: &Type) -> String {
    match ty {
        Type::Enum(values) => format!("enum {}", values.values.join("|")),
        other => other.to_string(),
    }
}

fn errors(source: &str, errors: &Errors) -> String {
    assert!(!errors.is_empty(), "no tree and no errors for {source:?}");
    let mut out = String::new();
    for error in errors {
        assert!(error.span.start <= error.span.end && error.span.end as usize <= source.len(), "{error:?}");
        let at = source.get(error.span.start as usize..error.span.end as usize).unwrap_or_else(|| panic!("{error:?} splits a character"));
        let shown = if at.is_empty() { "the end".to_owned() } else { format!("`{}`", at.replace('\n', "\\n")) };
        writeln!(out, "{} at {shown}: {}", error.code, error.message).unwrap();
        for (_, what) in &error.related {
            writeln!(out, "  related: {what}").unwrap();
        }
        if let Some(help) = &error.help {
            writeln!(out, "  help: {help}").unwrap();
        }
    }
    out.trim_end().to_owned()
}

fn checked(source: &str, env: &Env, expected: Expected) -> String {
    let result = cel::parse(&text(source)).and_then(|expr| {
        let checked = cel::check(&expr, env, expected);
        printed(expr);
        checked
    });
    match result {
        Ok(found) => format!("{} : {}", tree(&found, env), written(&found.ty)),
        Err(found) => errors(source, &found),
    }
}

/// The canonical text, which is the same tree.
fn printed(expr: Expr) -> String {
    let printed = cel::print(&expr);
    let again = cel::parse(&text(&printed)).unwrap_or_else(|errors| panic!("{printed}: {errors:?}"));
    assert_eq!(bare(again), bare(expr), "{printed}");
    printed
}

fn parsed(source: &str) -> String {
    match cel::parse(&text(source)) {
        Ok(expr) => printed(expr),
        Err(found) => errors(source, &found),
    }
}

/// `name: test`; the spans of the test are those in the line.
fn unary(line: &str, env: &Env) -> String {
    let (name, test) = line.split_once(": ").unwrap_or((line.trim_end_matches(':'), ""));
    let start = u32::try_from(line.len() - test.len()).unwrap();
    let source = Text { text: test, span: Span::new(0, start, u32::try_from(line.len()).unwrap()), offsets: &[] };
    let variable = env.variables.iter().find(|variable| variable.name == name).unwrap_or_else(|| panic!("no variable {name}"));
    let spanned = Spanned::new(name.to_owned(), Span::new(0, 0, u32::try_from(name.len()).unwrap()));
    let result = cel::parse_test(&source).and_then(|test| {
        let printed = cel::unary::print(&test);
        let expr = cel::desugar(&test, &spanned, &variable.ty)?;
        let checked = cel::check(&expr, env, Expected::Condition)?;
        assert_eq!(checked.ty, Type::Bool);
        Ok(format!("{printed}\n{}", cel::print(&expr)))
    });
    result.unwrap_or_else(|found| errors(line, &found))
}

/// Runs the cases of every file in a folder. A case begins with `>>> ` and its source, `... ` continues the source, and what must come out follows up to
/// an empty line.
fn run(folder: &str, outcome: impl Fn(&str) -> String) {
    let bless = std::env::var_os("LEADGATE_BLESS").is_some();
    let mut files: Vec<PathBuf> = std::fs::read_dir(fixtures().join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    let mut failures = String::new();
    for file in files {
        let content = std::fs::read_to_string(&file).unwrap();
        let mut lines = content.lines().peekable();
        let mut actual = String::new();
        let mut cases = 0;
        while let Some(line) = lines.next() {
            let Some(first) = line.strip_prefix(">>>") else {
                assert!(line.is_empty() || line.starts_with('#'), "{}: stray line {line:?}", file.display());
                writeln!(actual, "{line}").unwrap();
                continue;
            };
            writeln!(actual, "{line}").unwrap();
            let mut source = first.strip_prefix(' ').unwrap_or(first).to_owned();
            while let Some(more) = lines.next_if(|line| line.starts_with("...")) {
                writeln!(actual, "{more}").unwrap();
                source.push('\n');
                source.push_str(more.strip_prefix("... ").unwrap_or(""));
            }
            let mut wanted = Vec::new();
            while let Some(line) = lines.next_if(|line| !line.is_empty() && !line.starts_with(">>>")) {
                wanted.push(line);
            }
            let found = outcome(&source);
            writeln!(actual, "{found}").unwrap();
            if found != wanted.join("\n") {
                writeln!(failures, "{}: {source}\n  wanted {}\n  found  {found}", file.display(), wanted.join("\n         ")).unwrap();
            }
            cases += 1;
        }
        assert!(cases > 0, "{} holds no case", file.display());
        if bless {
            std::fs::write(&file, actual).unwrap();
        }
    }
    assert!(bless || failures.is_empty(), "{failures}");
}

#[test]
fn expressions_parse_to_canonical_text() {
    run("parse", parsed);
}

#[test]
fn expressions_check() {
    let env = env();
    run("check", |source| checked(source, &env, Expected::Any));
}

#[test]
fn conditions_check() {
    let env = env();
    run("condition", |source| checked(source, &env, Expected::Condition));
}

#[test]
fn unary_tests_desugar() {
    let env = env();
    run("unary", |line| unary(line, &env));
}

/// Every row of a table whose second cell is a single piece of code is an example.
#[test]
fn documented_examples_check() {
    let env = env();
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/conditions.md")).unwrap();
    let mut examples = 0;
    for line in page.lines().filter(|line| line.starts_with('|')) {
        let whole = line.replace("\\|", "\u{0}");
        let cell = whole.split('|').nth(2).unwrap_or_default().trim();
        let Some(code) = cell.strip_prefix('`').and_then(|cell| cell.strip_suffix('`')).filter(|code| !code.contains('`')) else { continue };
        let code = code.replace('\u{0}', "|");
        let result = cel::parse(&text(&code)).and_then(|expr| cel::check(&expr, &env, Expected::Any));
        assert!(result.is_ok(), "{code}: {result:?}");
        examples += 1;
    }
    assert!(examples > 50, "only {examples} examples found");
}
