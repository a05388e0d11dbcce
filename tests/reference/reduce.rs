//! Makes a failing case small: a document in JSON loses whatever it can lose and still fail.

use serde_json::Value as Json;

/// The smallest document found for which `fails` still holds.
pub fn reduce(case: &Json, fails: &dyn Fn(&Json) -> bool) -> Json {
    let mut best = case.clone();
    loop {
        let mut changed = false;
        let mut path = Vec::new();
        visit(&mut best, &mut path, fails, &mut changed);
        if !changed {
            return best;
        }
    }
}

/// Tries every smaller form of the value at the path, then goes into it.
fn visit(root: &mut Json, path: &mut Vec<Step>, fails: &dyn Fn(&Json) -> bool, changed: &mut bool) {
    let steps: Vec<Step> = match at(root, path) {
        Json::Object(entries) => entries.keys().map(|key| Step::Key(key.clone())).collect(),
        Json::Array(items) => (0..items.len()).map(Step::Index).collect(),
        Json::String(text) => {
            for shorter in shorter(text) {
                let mut next = root.clone();
                *at_mut(&mut next, path) = Json::String(shorter);
                if fails(&next) {
                    *root = next;
                    *changed = true;
                    return;
                }
            }
            return;
        }
        _ => return,
    };
    // From the end, so that the indices before stay what they are.
    for step in steps.into_iter().rev() {
        let mut next = root.clone();
        match (at_mut(&mut next, path), &step) {
            (Json::Object(entries), Step::Key(key)) => drop(entries.shift_remove(key)),
            (Json::Array(items), Step::Index(index)) => drop(items.remove(*index)),
            _ => unreachable!("a step of the value's own kind"),
        }
        if fails(&next) {
            *root = next;
            *changed = true;
            continue;
        }
        path.push(step);
        visit(root, path, fails, changed);
        path.pop();
    }
}

#[derive(Debug, Clone)]
enum Step {
    Key(String),
    Index(usize),
}

fn at<'a>(root: &'a Json, path: &[Step]) -> &'a Json {
    path.iter().fold(root, |json, step| match step {
        Step::Key(key) => &json[key],
        Step::Index(index) => &json[index],
    })
}

fn at_mut<'a>(root: &'a mut Json, path: &[Step]) -> &'a mut Json {
    path.iter().fold(root, |json, step| match step {
        Step::Key(key) => &mut json[key],
        Step::Index(index) => &mut json[index],
    })
}

/// An expression's bracketed parts, each in the place of the whole or of its brackets, and its alternatives one by one.
fn shorter(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (open, _) in text.match_indices('(') {
        let mut depth = 0;
        let close = text[open..].char_indices().find(|(_, c)| {
            depth += match c {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            depth == 0
        });
        if let Some((close, _)) = close {
            let inner = &text[open + 1..open + close];
            out.push(inner.to_owned());
            out.push(format!("{}true{}", &text[..open], &text[open + close + 1..]));
        }
    }
    for (bar, _) in text.match_indices(" | ") {
        out.push(text[..bar].to_owned());
        out.push(text[bar + 3..].to_owned());
    }
    out.retain(|shorter| shorter.len() < text.len());
    out.sort_by_key(String::len);
    out
}
