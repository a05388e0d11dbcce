//! Functions of texts, and patterns.

use super::*;
use crate::reference::language::pattern;

/// Where a part stands in a text, from a place on.
fn find(all: &[char], part: &[char], from: usize) -> Option<usize> {
    (from..=all.len()).find(|at| all[*at..].starts_with(part))
}

fn find_last(all: &[char], part: &[char], from: usize) -> Option<usize> {
    (0..=from.min(all.len())).rev().find(|at| all[*at..].starts_with(part))
}

fn place(found: Option<usize>) -> Value {
    Int(found.map_or(-1, |at| at as i64))
}

/// A place inside a text, its end included.
fn inside(all: &[char], at: i64) -> Option<usize> {
    usize::try_from(at).ok().filter(|at| *at <= all.len())
}

fn join(chars: &[char]) -> Value {
    Text(chars.iter().collect())
}

pub fn apply(name: &str, args: &[Value]) -> Found {
    if let (".join", [List(items), rest @ ..]) = (name, args) {
        let texts: Option<Vec<&str>> = items.iter().map(|item| if let Text(text) = item { Some(text.as_str()) } else { None }).collect();
        return match (texts, rest) {
            (Some(texts), []) => some(Some(Text(texts.concat()))),
            (Some(texts), [Text(between)]) => some(Some(Text(texts.join(between)))),
            _ => None,
        };
    }
    let [Text(text), rest @ ..] = args else { return size(name, args) };
    let all: Vec<char> = text.chars().collect();
    let chars = |text: &str| text.chars().collect::<Vec<char>>();
    let method = name.strip_prefix('.').unwrap_or(name);
    let global = matches!(name, "size" | "matches") || name.contains('.') && !name.starts_with('.');
    if !name.starts_with('.') && !global {
        return None;
    }
    some(match (method, rest) {
        ("size", []) => Some(Int(all.len() as i64)),
        ("contains", [Text(part)]) => Some(Bool(find(&all, &chars(part), 0).is_some())),
        ("startsWith", [Text(part)]) => Some(Bool(text.starts_with(part.as_str()))),
        ("endsWith", [Text(part)]) => Some(Bool(text.ends_with(part.as_str()))),
        ("lowerAscii", []) => Some(Text(text.to_ascii_lowercase())),
        ("upperAscii", []) => Some(Text(text.to_ascii_uppercase())),
        ("trim", []) => Some(Text(text.trim().to_owned())),
        ("reverse", []) => Some(Text(text.chars().rev().collect())),
        ("indexOf", [Text(part)]) => Some(place(find(&all, &chars(part), 0))),
        ("indexOf", [Text(part), Int(from)]) => inside(&all, *from).map(|from| place(find(&all, &chars(part), from))),
        ("lastIndexOf", [Text(part)]) => Some(place(find_last(&all, &chars(part), all.len()))),
        ("lastIndexOf", [Text(part), Int(from)]) => inside(&all, *from).map(|from| place(find_last(&all, &chars(part), from))),
        ("charAt", [Int(at)]) => inside(&all, *at).map(|at| join(&all[at..(at + 1).min(all.len())])),
        ("substring", [Int(from)]) => inside(&all, *from).map(|from| join(&all[from..])),
        ("substring", [Int(from), Int(to)]) => match (inside(&all, *from), inside(&all, *to)) {
            (Some(from), Some(to)) if from <= to => Some(join(&all[from..to])),
            _ => None,
        },
        ("replace", [Text(part), Text(by)]) => Some(Text(text.replace(part.as_str(), by))),
        ("replace", [Text(part), Text(by), Int(times)]) => Some(Text(match usize::try_from(*times) {
            Ok(times) => text.replacen(part.as_str(), by, times),
            Err(_) => text.replace(part.as_str(), by),
        })),
        ("split", [Text(between)]) => Some(split(text, between, -1)),
        ("split", [Text(between), Int(parts)]) => Some(split(text, between, *parts)),
        ("strings.quote", []) => Some(Text(quote(text))),
        ("matches", [Text(with)]) => pattern::read(with).map(|with| Bool(with.find(&all, 0).is_some())),
        ("regex.extract", [Text(with)]) => pattern::read(with).filter(|with| with.groups <= 1).map(|with| optional(with.find(&all, 0).and_then(|found| found.wanted(&all)).map(Text))),
        ("regex.extractAll", [Text(with)]) => pattern::read(with).filter(|with| with.groups <= 1).map(|with| {
            List(with.find_all(&all).iter().filter_map(|found| found.wanted(&all)).map(Text).collect())
        }),
        ("regex.replace", [Text(with), Text(by)]) => pattern::read(with).and_then(|with| with.replace(&all, by, -1)).map(Text),
        ("regex.replace", [Text(with), Text(by), Int(times)]) => pattern::read(with).and_then(|with| with.replace(&all, by, *times)).map(Text),
        _ => return None,
    })
}

fn size(name: &str, args: &[Value]) -> Found {
    match (name, args) {
        ("size" | ".size", [Bytes(bytes)]) => some(Some(Int(bytes.len() as i64))),
        ("size" | ".size", [List(items)]) => some(Some(Int(items.len() as i64))),
        ("size" | ".size", [Map(entries)]) => some(Some(Int(entries.len() as i64))),
        _ => None,
    }
}

/// At most so many parts; less than none: all.
fn split(text: &str, between: &str, parts: i64) -> Value {
    let all: Vec<String> = if between.is_empty() { text.chars().map(String::from).collect() } else { text.split(between).map(str::to_owned).collect() };
    let all = match usize::try_from(parts) {
        Ok(0) => Vec::new(),
        Ok(parts) if all.len() > parts => {
            let (first, rest) = all.split_at(parts - 1);
            [first, &[rest.join(between)]].concat()
        }
        _ => all,
    };
    List(all.into_iter().map(Text).collect())
}

fn quote(text: &str) -> String {
    let letters: String = text.chars().map(|letter| match letter {
        '\x07' => "\\a".to_owned(),
        '\x08' => "\\b".to_owned(),
        '\x0C' => "\\f".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        '\x0B' => "\\v".to_owned(),
        '\\' => "\\\\".to_owned(),
        '"' => "\\\"".to_owned(),
        other => other.to_string(),
    }).collect();
    format!("\"{letters}\"")
}
