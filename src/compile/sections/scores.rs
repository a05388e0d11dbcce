//! Scores.

use super::super::Builder;
use super::super::cond::Cond;
use super::super::conditions::Site;
use super::super::names::{duplicates, unknown};
use super::super::order::{Item, order};
use super::Deferred;
use crate::cel::Env;
use crate::document::{GroupDef, RuleBody, RuleDef, ScoreDef};
use crate::program::{Case, Group, Milli, Rule, Score, ScoreBody, Step, VariableId};
use crate::report::Diagnostic;

impl Builder<'_> {
    /// All scores: those with rules first, then sums after what they add.
    pub fn scores(&mut self, deferred: &mut Deferred) {
        let document = self.document;
        let index = |name: &str| document.scores.iter().position(|score| score.name.value == name);
        let items: Vec<Item> = document
            .scores
            .iter()
            .map(|score| Item {
                name: format!("the score `{}`", score.name.value),
                span: score.name.span,
                reads: score.sum.iter().flatten().filter_map(|part| index(&part.value)).collect(),
            })
            .collect();
        let (sequence, cycle) = order(&items);
        self.report.extend(cycle);
        let mut place = vec![0u16; document.scores.len()];
        for (at, &score) in sequence.iter().enumerate() {
            if let Some(place) = place.get_mut(score) {
                *place = at as u16;
            }
        }
        let env = self.env_at(Site::First, "a score rule");
        for &at in &sequence {
            let Some(score) = document.scores.get(at) else { continue };
            let variable = self.index.get(&score.name.value).copied().unwrap_or_default();
            let mut faults = false;
            let body = match &score.sum {
                Some(parts) => {
                    let mut found = Vec::new();
                    let mut hidden = None;
                    for part in parts {
                        match index(&part.value) {
                            Some(part) => {
                                found.extend(place.get(part).copied());
                                faults |= self.faulting.get(self.score_variable(part)).copied().unwrap_or(true);
                            }
                            None if self.secrets.is_some() => hidden = self.add_hidden(part, hidden),
                            None => {
                                let known: Vec<&str> = document.scores.iter().map(|score| score.name.value.as_str()).collect();
                                self.error(unknown("unknown-score", part, &format!("`{}` is not a score", part.value), &known));
                            }
                        }
                    }
                    match hidden {
                        None => ScoreBody::Sum(found),
                        Some((low, high)) => {
                            faults = true;
                            ScoreBody::Within(found, low, high)
                        }
                    }
                }
                None => ScoreBody::Groups(self.groups(score, &env, deferred, &mut faults)),
            };
            if let Some(place) = self.faulting.get_mut(variable) {
                *place = faults;
            }
            self.steps.push(Step::Score(self.program.scores.len() as u16));
            self.program.scores.push(Score { variable: variable as VariableId, range: score.range, body });
        }
    }

    fn score_variable(&self, score: usize) -> usize {
        self.program.fields.len() + self.document.derives.len() + score
    }

    fn groups(&mut self, score: &ScoreDef, env: &Env, deferred: &mut Deferred, faults: &mut bool) -> Vec<Group> {
        duplicates(&mut self.report, "group", score.groups.iter().filter_map(|group| group.id.as_ref()));
        duplicates(&mut self.report, "rule", score.groups.iter().flat_map(|group| &group.rules).map(|rule| &rule.id));
        (0..).zip(&score.groups).map(|(at, group)| self.group(&score.name.value, at, group, env, deferred, faults)).collect()
    }

    fn group(&mut self, score: &str, at: u16, group: &GroupDef, env: &Env, deferred: &mut Deferred, faults: &mut bool) -> Group {
        let mut rules = Vec::new();
        for (rule_at, rule) in (0..).zip(&group.rules) {
            if let RuleBody::Each(each) = &rule.body {
                *faults |= self.each(each, (self.program.scores.len() as u16, (at, rule_at)));
            }
            let (made, open) = self.rule(rule, env, deferred, faults);
            let place = [Some(score), group.id.as_ref().map(|id| id.value.as_str()), Some(&rule.id.value)];
            self.note_open(open, || format!("scores.{}", place.into_iter().flatten().collect::<Vec<_>>().join(".")));
            rules.push(made);
        }
        Group { id: group.id.as_ref().map(|id| id.value.clone()).unwrap_or_default(), min: group.min, max: group.max, rules }
    }

    /// A rule, and whether it rests on something that is secret in a slice.
    fn rule(&mut self, rule: &RuleDef, env: &Env, deferred: &mut Deferred, faults: &mut bool) -> (Rule, bool) {
        let mut before = Vec::new();
        let mut cases: Vec<(String, Cond, Milli)> = Vec::new();
        let mut by_variable = None;
        match &rule.body {
            RuleBody::When { when, points } => {
                if let Some(cond) = self.condition(when, env, &mut before) {
                    cases.push((String::new(), cond, points.value));
                }
            }
            // It has no cases: what it gives is counted beside the program's conditions.
            RuleBody::Each(_) => {}
            RuleBody::By { by, points } if self.is_secret_name(&by.value) => cases = self.hidden_keys(points),
            RuleBody::By { by, points } => {
                let first = self.program.fields.len() + self.document.derives.len();
                by_variable = self.index.get(&by.value).copied().filter(|&at| at < first).map(|at| at as VariableId);
                if by_variable.is_none() {
                    let known: Vec<&str> = env.variables.iter().take(first).map(|variable| variable.name.as_str()).collect();
                    let found = unknown("unknown-name", by, &format!("`by` names `{}`, which is not a field or derive", by.value), &known);
                    self.error(found);
                    return (Rule { id: rule.id.value.clone(), by: None, cases: Vec::new() }, false);
                }
                let mut otherwise = None;
                for (key, points) in points {
                    match self.test(key) {
                        Some(test) if test.is_else() => {
                            let first = otherwise.replace((key, points.value));
                            if first.is_some() {
                                self.error(Diagnostic::error("duplicate-key", key.span, "`else` stands twice in one rule").help("keep one of them"));
                            }
                        }
                        Some(test) if test.is_any() => {
                            let found = Diagnostic::error("any-key", key.span, "`-` holds together with every other key");
                            self.error(found.help("write `else` for what no other key catches"));
                        }
                        Some(_) => {
                            if let Some(cond) = self.unary(by, key, env, &mut before) {
                                // A key that rests on a secret list names it.
                                let key = if cond.is_open() { String::new() } else { key.text.clone() };
                                cases.push((key, cond, points.value));
                            }
                        }
                        None => {}
                    }
                }
                if let Some((key, points)) = otherwise {
                    let any = Cond::or(cases.iter().map(|(_, cond, _)| cond.clone()).collect());
                    cases.push((key.text.clone(), Cond::Held(Box::new(any)).negated(), points));
                }
            }
        }
        self.run_before(before);
        *faults |= cases.iter().any(|(_, cond, _)| self.cond_may_fault(cond));
        let open = cases.iter().any(|(_, cond, _)| cond.is_open()) || matches!(&rule.body, RuleBody::By { by, .. } if self.is_secret_name(&by.value));
        let cases = cases.into_iter().map(|(key, cond, points)| Case { key, when: deferred.cond(cond), points }).collect();
        (Rule { id: rule.id.value.clone(), by: by_variable, cases }, open)
    }
}
