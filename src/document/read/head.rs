//! The head of a document: language version, policy, version, agreements, time zone.

use super::reader::{Closed, Reader};
use crate::document::keys;
use crate::document::model::{Agreed, Document};
use crate::document::yaml::plain::{self, Plain};
use crate::document::yaml::Node;

/// Reads the head.
pub fn read(reader: &mut Reader<'_>, root: Closed<'_>, document: &mut Document) {
    if let Some(node) = root.get("leadgate")
        && node.text().is_none_or(|text| !node.is_plain() || plain::resolve(text) != Plain::Int(1)) {
            reader.wrong(node, "`leadgate`", "1", "write `leadgate: 1`, the version of this language");
        }
    if let Some(policy) = root.get("policy").and_then(|node| reader.id(node, "the policy")) {
        document.policy = policy.value;
    }
    if let Some(node) = root.get("version") {
        document.version = version(reader, node);
    }
    if let Some(node) = root.get("timezone") {
        document.timezone = reader.text(node, "`timezone`");
    }
    if let Some(node) = root.get("agreed") {
        for item in reader.items(node, "`agreed`", "write a list: [{ by: marketing, date: 2026-11-20, logic: ab12 }]") {
            document.agreed.extend(agreed(reader, item));
        }
    }
}

fn version(reader: &mut Reader<'_>, node: &Node) -> String {
    let text = node.text().unwrap_or_default();
    if node.is_plain() && matches!(plain::resolve(text), Plain::Int(_) | Plain::Double(_) | Plain::Odd(_)) {
        reader.error("yaml-version", node.span, format!("`{text}` without quotes is a number, so 1.10 and 1.1 would be the same version"), format!("put it in quotes: \"{text}\""));
        return text.to_string();
    }
    match reader.text(node, "`version`") {
        Some(version) if version.value.trim().is_empty() => {
            reader.error("empty-text", version.span, "`version` is empty", "write a version such as \"2026.11.1\"");
            String::new()
        }
        Some(version) => version.value,
        None => String::new(),
    }
}

fn agreed(reader: &mut Reader<'_>, node: &Node) -> Option<Agreed> {
    let map = reader.closed(node, "an agreement", &keys::AGREED)?;
    let by = map.get("by").and_then(|node| reader.text(node, "`by`"));
    let date = map.get("date").and_then(|node| reader.raw_text(node, "`date`")).filter(|date| {
        let right = super::moments::is_date(&date.value);
        if !right {
            reader.error("bad-date", date.span, format!("`{}` is not a date", date.value), "write a date as 2026-11-20");
        }
        right
    });
    let logic = map.get("logic").and_then(|node| reader.raw_text(node, "`logic`")).filter(|logic| {
        let right = (4..=64).contains(&logic.value.len()) && logic.value.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !right {
            reader.error("bad-digest", logic.span, format!("`{}` is not the beginning of a digest", logic.value), "write 4 to 64 hexadecimal digits, as `check` prints them");
        }
        right
    });
    Some(Agreed { by: by?.value, date: date?.value, logic: logic? })
}
