//! The section `experiments`.

use super::reader::{Reader, place};
use crate::document::keys;
use crate::document::model::DeriveDef;
use crate::document::yaml::{Entry, Kind, Node};
use crate::engine::machine::MOST_SHARE;
use crate::report::Spanned;

/// How many arms an experiment may have: so many values are told one by one where the text is not known yet.
const MOST_ARMS: usize = 64;

/// Reads the section: each experiment is a derive.
pub fn read(reader: &mut Reader<'_>, node: &Node) -> Vec<DeriveDef> {
    let entries = reader.entries(node, "`experiments`", "write `name: { by: email, arms: { control: 50, offer: 50 } }` for each experiment");
    entries.iter().filter_map(|entry| experiment(reader, entry)).collect()
}

fn experiment(reader: &mut Reader<'_>, entry: &Entry) -> Option<DeriveDef> {
    let name = reader.name(&entry.key, "an experiment", false);
    let what = format!("experiment `{}`", entry.name());
    let map = reader.closed(&entry.value, &what, &keys::EXPERIMENT)?;
    let expr = map.get("by").and_then(|node| reader.expression(node, &format!("`by` of {what}")));
    let node = map.get("arms")?;
    let entries = reader.entries(node, "`arms`", "write each arm with its weight: { control: 50, offer: 50 }");
    let mut arms: Vec<(Spanned<String>, u32)> = Vec::new();
    for entry in entries {
        let arm = reader.id(&entry.key, "an arm");
        let weight = reader.whole(&entry.value, &format!("the weight of `{}`", entry.name()), 0, i64::from(MOST_SHARE));
        if let (Some(arm), Some(weight)) = (arm, weight.and_then(|weight| u32::try_from(weight).ok())) {
            arms.push((arm, weight));
        }
    }
    // What is wrong with single arms was told.
    if arms.len() != entries.len() || !matches!(node.kind, Kind::Mapping(_)) {
        return None;
    }
    if arms.iter().all(|(_, weight)| *weight == 0) {
        reader.error("empty-list", place(node), format!("{what} has no arm with a weight"), "give at least one arm a weight above zero: { control: 50, offer: 50 }");
        return None;
    }
    if arms.len() > MOST_ARMS {
        reader.error("out-of-range", place(node), format!("{what} has more than {MOST_ARMS} arms"), "leave some of them out");
        return None;
    }
    Some(DeriveDef { name: name?, expr: expr?, arms })
}
