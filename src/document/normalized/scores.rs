//! Scores and tables.

use super::bytes::Bytes;
use super::facts::type_code;
use super::life::select;
use super::{condition, scalar};
use crate::document::hit::Hit;
use crate::document::model::{GroupDef, RuleBody, RuleDef, Scalar, ScoreDef, TableDef};
use crate::report::Spanned;

pub fn score(out: &mut Bytes, score: &ScoreDef) {
    out.text(&score.name.value);
    out.optional(score.range, |out, (low, high)| {
        out.int(low);
        out.int(high);
    });
    let mut groups: Vec<&GroupDef> = score.groups.iter().collect();
    groups.sort_by_key(|group| group.id.as_ref().map(|id| id.value.as_str()));
    out.list(&groups, |out, group| {
        out.optional(group.id.as_ref(), |out, id| out.text(&id.value));
        out.optional(group.min, Bytes::int);
        out.optional(group.max, Bytes::int);
        out.sorted(&group.rules, |rule| &rule.id, rule);
    });
    out.optional(score.sum.as_ref(), |out, sum| out.set(sum));
}

pub fn rule(out: &mut Bytes, rule: &RuleDef) {
    out.text(&rule.id.value);
    match &rule.body {
        RuleBody::By { by, points } => {
            out.choice(0);
            out.text(&by.value);
            let mut sorted: Vec<(&str, i64)> = points.iter().map(|(key, worth)| (key.text.trim(), worth.value)).collect();
            sorted.sort_unstable();
            out.list(&sorted, |out, (key, worth)| {
                out.text(key);
                out.int(*worth);
            });
        }
        RuleBody::Each(each) => {
            out.choice(2);
            select(out, &each.select);
            out.int(each.points.value);
            out.optional(each.half_life.as_ref(), |out, days| out.int(i64::from(days.value)));
            out.list(&each.steps, |out, (days, left)| {
                out.int(i64::from(days.value));
                out.int(i64::from(left.value));
            });
            for bound in [&each.min, &each.max] {
                out.optional(bound.as_ref(), |out, bound| out.int(bound.value));
            }
        }
        RuleBody::When { when, points } => {
            out.choice(1);
            condition(out, when);
            out.int(points.value);
        }
    }
}

pub fn table(out: &mut Bytes, table: &TableDef) {
    match table.hit {
        Hit::First => out.text(&table.id.value),
        // No id has a space in it.
        hit => out.text(&format!("{} {}", hit.word(), table.id.value)),
    }
    let mut order: Vec<usize> = (0..table.outputs.len()).collect();
    if !table.hit.by_priority() {
        order.sort_by_key(|&index| table.outputs.get(index).map(|output| output.name.value.as_str()));
    }
    out.list(&order, |out, &index| {
        if let Some(output) = table.outputs.get(index) {
            out.text(&output.name.value);
            out.choice(type_code(output.ty));
            if table.hit.by_priority() {
                out.list(&output.values, |out, value| out.text(&value.value));
            } else {
                out.set(&output.values);
            }
        }
    });
    let values = |out: &mut Bytes, then: &[Spanned<Scalar>]| {
        out.list(&order, |out, &index| out.optional(then.get(index), |out, value| scalar(out, &value.value)));
    };
    out.list(&table.rows, |out, row| {
        out.text(&row.id.value);
        out.optional(row.when.as_ref(), condition);
        values(out, &row.then);
    });
    out.optional(table.default.as_ref(), |out, default| values(out, default));
}
