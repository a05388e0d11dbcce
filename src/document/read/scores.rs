//! The section `scores`.

use super::reader::{Closed, Reader, Seen, place};
use crate::document::keys;
use crate::document::model::{GroupDef, RuleBody, RuleDef, ScoreDef};
use crate::document::yaml::{Entry, Kind, Node};
use crate::report::Diagnostic;

/// Reads the section.
pub fn read(reader: &mut Reader<'_>, node: &Node) -> Vec<ScoreDef> {
    let entries = reader.entries(node, "`scores`", "write `fit: { rules: { … } }` for each score");
    entries.iter().filter_map(|entry| score(reader, entry)).collect()
}

fn score(reader: &mut Reader<'_>, entry: &Entry) -> Option<ScoreDef> {
    let name = reader.name(&entry.key, "a score", false);
    let what = format!("score `{}`", entry.name());
    let map = reader.closed(&entry.value, &what, &keys::SCORE)?;
    let range = map.get("range").and_then(|node| reader.points_pair(node, "`range`"));
    let sum = map.get("sum").map(|node| reader.references(Some(node), "`sum`"));
    if let (Some(sum), Some((key, node))) = (map.get("sum"), ["groups", "rules"].into_iter().find_map(|key| map.get(key).map(|node| (key, node)))) {
        let problem = Diagnostic::error("misplaced-key", place(node), format!("{what} has both `sum` and `{key}`"));
        reader.diagnostics.push(problem.related(sum.span, "`sum` is given here").help("put the rules into a score of their own, and add that one"));
    }
    if let Some(node) = map.get("sum").filter(|_| sum.as_ref().is_some_and(Vec::is_empty))
        && matches!(&node.kind, Kind::Sequence(items) if items.is_empty()) {
            reader.error("empty-list", node.span, format!("{what} adds nothing"), "name the scores that it adds: [fit, engagement]");
        }
    if sum.is_none() && map.get("groups").is_none() && map.get("rules").is_none() {
        reader.error("missing-key", entry.key.span, format!("{what} has no rules"), "add `rules`, `groups`, or `sum` for a sum of scores");
    }
    let mut seen = Seen::default();
    let mut groups = Vec::new();
    if let Some(node) = map.get("groups") {
        for entry in reader.entries(node, "`groups`", "write `name: { max: 30, rules: { … } }` for each group") {
            groups.extend(group(reader, entry, &mut seen));
        }
    }
    if let Some(node) = map.get("rules") {
        groups.push(GroupDef { id: None, min: None, max: None, rules: rules(reader, node, &mut seen), label: Vec::new() });
    }
    Some(ScoreDef { name: name?, range, groups, sum })
}

fn group(reader: &mut Reader<'_>, entry: &Entry, seen: &mut Seen) -> Option<GroupDef> {
    let id = reader.id(&entry.key, "a group");
    let what = format!("group `{}`", entry.name());
    let map = reader.closed(&entry.value, &what, &keys::GROUP)?;
    let min = map.get("min").and_then(|node| reader.points(node, "`min`"));
    let max = map.get("max").and_then(|node| reader.points(node, "`max`"));
    if let (Some(min), Some(max)) = (&min, &max)
        && min.value > max.value {
            let problem = Diagnostic::error("bad-range", max.span, format!("`max` of {what} is below its `min`"));
            reader.diagnostics.push(problem.related(min.span, "`min` is given here").help("exchange the two numbers"));
        }
    let rules = map.get("rules").map(|node| rules(reader, node, seen)).unwrap_or_default();
    Some(GroupDef { id: Some(id?), min: min.map(|min| min.value), max: max.map(|max| max.value), rules, label: reader.words(map.get("label"), "`label`") })
}

fn rules(reader: &mut Reader<'_>, node: &Node, seen: &mut Seen) -> Vec<RuleDef> {
    let mut found = Vec::new();
    for entry in reader.entries(node, "`rules`", "write `name: { when: …, points: 10 }` for each rule") {
        let Some(rule) = rule(reader, entry) else { continue };
        match seen.add(&rule.id.value, rule.id.span) {
            Some(first) => reader.twice(rule.id.span, first, "rule", &rule.id.value),
            None => found.push(rule),
        }
    }
    found
}

fn rule(reader: &mut Reader<'_>, entry: &Entry) -> Option<RuleDef> {
    let id = reader.id(&entry.key, "a rule");
    let what = format!("rule `{}`", entry.name());
    let map = reader.closed(&entry.value, &what, &keys::RULE)?;
    misplaced(reader, map, &what);
    let body = match (map.get("by"), map.get("when")) {
        (None, None) if map.get("each").is_some() => map.get("each").and_then(|node| super::events::each(reader, node, map, &what)).map(RuleBody::Each),
        (Some(by), None) => by_rule(reader, by, map, &what),
        (None, Some(when)) => when_rule(reader, when, map, &what),
        (Some(by), Some(when)) => {
            let problem = Diagnostic::error("misplaced-key", place(when), format!("{what} has both `by` and `when`"));
            reader.diagnostics.push(problem.related(by.span, "`by` is given here").help("make two rules of it, or put the condition into a derive and use `by` on that"));
            None
        }
        (None, None) => {
            let help = match map.get("points").map(|node| &node.kind) {
                Some(Kind::Mapping(_)) => "add `by`, the field whose value gives the points",
                _ => "add `when`, the condition on which the points are given",
            };
            reader.error("missing-key", entry.key.span, format!("{what} has none of `by`, `when` and `each`"), help);
            None
        }
    };
    let because = reader.words(map.get("because"), "`because`");
    Some(RuleDef { id: id?, body: body?, because })
}

/// Keys of rules that count events, in a rule that does not, and the other way round.
fn misplaced(reader: &mut Reader<'_>, map: Closed<'_>, what: &str) {
    let Some(each) = map.get("each") else {
        for key in ["within", "where", "half_life", "decay", "max", "min"] {
            if let Some(node) = map.get(key) {
                reader.error("misplaced-key", place(node), format!("{what} counts no events, so `{key}` means nothing"), "a rule that counts events has `each`");
            }
        }
        return;
    };
    if let Some((key, node)) = ["by", "when"].into_iter().find_map(|key| map.get(key).map(|node| (key, node))) {
        let problem = Diagnostic::error("misplaced-key", place(node), format!("{what} has both `each` and `{key}`"));
        reader.diagnostics.push(problem.related(place(each), "`each` is given here").help("which events count is said in `where`; make two rules of it"));
    }
}

fn by_rule(reader: &mut Reader<'_>, by: &Node, map: Closed<'_>, what: &str) -> Option<RuleBody> {
    let by = reader.reference(by, "`by`");
    let points = map.get("points")?;
    if points.text().is_some() {
        reader.wrong(points, &format!("`points` of {what}"), "a map of tests to points", "write { \"20..99\": 7, \">= 100\": 12 }, or use `when` for a single condition");
        return None;
    }
    let entries = reader.entries(points, &format!("`points` of {what}"), "write { \"20..99\": 7, \">= 100\": 12 }");
    if entries.is_empty() && matches!(points.kind, Kind::Mapping(_)) {
        reader.error("empty-list", points.span, format!("`points` of {what} is empty"), "write { \"20..99\": 7, \">= 100\": 12 }");
    }
    let mut found = Vec::new();
    for entry in entries {
        let test = reader.test(&entry.key, "a key of `points`");
        let worth = reader.points(&entry.value, &format!("the points of `{}`", entry.name()));
        if let (Some(test), Some(worth)) = (test, worth) {
            found.push((test, worth));
        }
    }
    Some(RuleBody::By { by: by?, points: found })
}

fn when_rule(reader: &mut Reader<'_>, when: &Node, map: Closed<'_>, what: &str) -> Option<RuleBody> {
    let when = reader.condition(when, "`when`");
    let points = map.get("points")?;
    if matches!(points.kind, Kind::Mapping(_)) {
        reader.wrong(points, &format!("`points` of {what}"), "a number", "points by value belong to `by: field`");
        return None;
    }
    let points = reader.points(points, "`points`");
    Some(RuleBody::When { when: when?, points: points? })
}
