//! Whether declared bounds of secret numbers hold.
//!
//! A slice rests on them. What a field is declared to be, what points and ranges allow and what arithmetic makes of both is computed as an interval; where that
//! lies within the declared bounds they are proved. Where it does not, the author is told: the bounds may hold all the same, and the slice takes the author's word.

use super::super::Builder;
use super::super::conditions::Site;
use crate::cel::{Checked, CheckedKind, Expected, Type};
use crate::document::{GroupDef, PageDef, RuleBody, ScoreDef};
use crate::engine::points;
use crate::program::{Domain, Function, MOST_EVENTS, Milli, Value};
use crate::report::{Diagnostic, Spanned};

/// A closed interval. Rounding is monotone, so the ends computed in doubles bound what is computed in doubles.
type Interval = (f64, f64);

/// How many derives may stand behind each other.
const MOST_DERIVES: usize = 64;

impl Builder<'_> {
    /// Proves the declared bounds where it can, and says where it cannot.
    pub fn bounds(&mut self, page: &PageDef) {
        for (name, low, high) in &page.bounds {
            let Some(&variable) = self.index.get(&name.value) else { continue };
            let number = self.env.variables.get(variable).is_some_and(|variable| matches!(variable.ty, Type::Int | Type::Double));
            if !number {
                let found = Diagnostic::error("wrong-bounds", name.span, format!("`{}` is not a number", name.value));
                self.report.push(found.help("bounds are for numbers; take it out"));
                continue;
            }
            let is_field = variable < self.program.fields.len();
            let found = match self.variable_range(variable, MOST_DERIVES) {
                Some((least, greatest)) if *low <= least && greatest <= *high => continue,
                Some((least, greatest)) if is_field => {
                    let message = format!("the field `{}` goes from {} to {}, beyond the bounds that `page` declares", name.value, shown(least), shown(greatest));
                    Diagnostic::error("wrong-bounds", name.span, message).help("give the field the `min` and `max` that hold, or declare wider bounds")
                }
                Some((least, greatest)) => {
                    let message = format!("it cannot be proved that `{}` stays within its bounds: as far as can be told, it goes from {} to {}", name.value, shown(least), shown(greatest));
                    Diagnostic::warning("unproved-bounds", name.span, message).help(self.advice(name))
                }
                None => {
                    let message = format!("it cannot be proved that `{}` stays within its bounds", name.value);
                    Diagnostic::warning("unproved-bounds", name.span, message).help(self.advice(name))
                }
            };
            self.report.push(found);
        }
    }

    fn advice(&self, name: &Spanned<String>) -> &'static str {
        let score = self.document.scores.iter().any(|score| score.name.value == name.value);
        if score { "give the score a `range`, or declare wider bounds; where the bounds do not hold, the page says too little" } else { "declare wider bounds, or bound the numbers that it is made of; where the bounds do not hold, the page says too little" }
    }

    /// An interval that holds a number, by its variable.
    fn variable_range(&mut self, variable: usize, depth: usize) -> Option<Interval> {
        let document = self.document;
        let derives = self.program.fields.len();
        if let Some(score) = variable.checked_sub(derives + document.derives.len()) {
            let (low, high) = self.score_range(document.scores.get(score)?, document.scores.len())?;
            return Some((points(low), points(high)));
        }
        if let Some(derive) = variable.checked_sub(derives) {
            let env = self.env_at(Site::First, "a derive");
            let checked = self.expression(&document.derives.get(derive)?.expr, &env, Expected::Any)?;
            let (low, high) = self.range(&checked, depth.checked_sub(1)?)?;
            // Beyond the doubles it is a fault and no number.
            return Some((low.max(f64::MIN), high.min(f64::MAX)));
        }
        match self.program.variables.get(variable).map(|variable| &variable.domain)? {
            Domain::Int(low, high) => Some((*low as f64, *high as f64)),
            Domain::Double(low, high) => Some((*low, *high)),
            _ => None,
        }
    }

    fn range(&mut self, expr: &Checked, depth: usize) -> Option<Interval> {
        match &expr.kind {
            CheckedKind::Const(Value::Int(value)) => Some((*value as f64, *value as f64)),
            CheckedKind::Const(Value::Double(value)) => Some((*value, *value)),
            CheckedKind::Variable(variable) => self.variable_range(*variable, depth),
            CheckedKind::If(_, then, otherwise) => {
                let (a, b) = (self.range(then, depth)?, self.range(otherwise, depth)?);
                Some((a.0.min(b.0), a.1.max(b.1)))
            }
            CheckedKind::Call(function, args) => self.call_range(*function, args, &expr.ty, depth),
            _ => None,
        }
    }

    fn call_range(&mut self, function: Function, args: &[Checked], ty: &Type, depth: usize) -> Option<Interval> {
        let mut ranges = Vec::new();
        if function != Function::Size {
            for arg in args {
                ranges.push(self.range(arg, depth)?);
            }
        }
        let (first, second) = (ranges.first().copied(), ranges.get(1).copied());
        let found = match function {
            Function::Size => (0.0, 4_294_967_296.0),
            Function::Negate => (-first?.1, -first?.0),
            Function::Abs => {
                let (low, high) = first?;
                (low.max(-high).max(0.0), high.max(-low))
            }
            Function::ToDouble => first?,
            Function::Add => (first?.0 + second?.0, first?.1 + second?.1),
            Function::Subtract => (first?.0 - second?.1, first?.1 - second?.0),
            Function::Multiply => corners(first?, second?, |a, b| a * b),
            Function::Greatest => ranges.iter().copied().reduce(|a, b| (a.0.max(b.0), a.1.max(b.1)))?,
            Function::Least => ranges.iter().copied().reduce(|a, b| (a.0.min(b.0), a.1.min(b.1)))?,
            Function::Divide => quotient(first?, second?, *ty == Type::Int)?,
            _ => return None,
        };
        (found.0 <= found.1).then_some(found)
    }

    /// The least and the greatest sum that points, groups and ranges allow.
    fn score_range(&self, score: &ScoreDef, depth: usize) -> Option<(Milli, Milli)> {
        let sum = match &score.sum {
            Some(parts) => parts.iter().try_fold((0, 0), |sum, part| {
                let part = self.document.scores.iter().find(|score| score.name.value == part.value)?;
                Some(plus(sum, self.score_range(part, depth.checked_sub(1)?)?))
            })?,
            None => score.groups.iter().map(group_range).fold((0, 0), plus),
        };
        Some(score.range.map_or(sum, |(low, high)| (sum.0.clamp(low, high), sum.1.clamp(low, high))))
    }
}

/// A number for people: not with three hundred digits.
fn shown(value: f64) -> String {
    if value.abs() < 1e15 { format!("{value}") } else { format!("{value:e}") }
}

fn group_range(group: &GroupDef) -> (Milli, Milli) {
    let rules = group.rules.iter().map(|rule| {
        let worth: Vec<Milli> = match &rule.body {
            RuleBody::When { points, .. } => vec![points.value],
            RuleBody::By { points, .. } => points.iter().map(|(_, points)| points.value).collect(),
            RuleBody::Each(each) => {
                let all = each.points.value.saturating_mul(MOST_EVENTS as Milli);
                vec![all.min(each.max.as_ref().map_or(all, |max| max.value)).max(each.min.as_ref().map_or(Milli::MIN, |min| min.value))]
            }
        };
        // It may also be that no key holds.
        (worth.iter().copied().min().unwrap_or(0).min(0), worth.iter().copied().max().unwrap_or(0).max(0))
    });
    let (low, high) = rules.fold((0, 0), plus);
    let capped = |value: Milli| value.min(group.max.unwrap_or(value));
    let clamped = |value: Milli| capped(value).max(group.min.unwrap_or(capped(value)));
    (clamped(low), clamped(high))
}

fn plus(a: (Milli, Milli), b: (Milli, Milli)) -> (Milli, Milli) {
    (a.0.saturating_add(b.0), a.1.saturating_add(b.1))
}

fn corners(a: Interval, b: Interval, of: impl Fn(f64, f64) -> f64) -> Interval {
    // Nothing times infinity is nothing here: a bound that is infinite is never reached.
    let of = |x: f64, y: f64| if of(x, y).is_nan() { 0.0 } else { of(x, y) };
    let all = [of(a.0, b.0), of(a.0, b.1), of(a.1, b.0), of(a.1, b.1)];
    (all.into_iter().fold(f64::INFINITY, f64::min), all.into_iter().fold(f64::NEG_INFINITY, f64::max))
}

/// Division by zero is a fault and no number. What whole numbers are divided by is then at least one away from it.
fn quotient(of: Interval, by: Interval, whole: bool) -> Option<Interval> {
    let (low, high) = by;
    if low > 0.0 || high < 0.0 {
        return Some(corners(of, by, |a, b| a / b));
    }
    if !whole {
        return None;
    }
    let most = of.0.abs().max(of.1.abs());
    match (low < 0.0, high > 0.0) {
        (false, true) => Some(corners(of, (1.0, high), |a, b| a / b)),
        (true, false) => Some(corners(of, (low, -1.0), |a, b| a / b)),
        (true, true) => Some((-most, most)),
        (false, false) => None,
    }
}
