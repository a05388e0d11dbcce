//! Stages and the moves between them.

use std::collections::BTreeSet;

use super::super::Builder;
use super::super::cond::Cond;
use super::super::conditions::Site;
use super::super::names::{duplicates, unknown};
use super::Deferred;
use crate::document::{FormerDef, MoveDef, OnDef, ReasonDef, StagesDef, TimeDef};
use crate::program::{LifeMove, Move, On, Reason, ScoreBody, Stages, Step, Time, Truth, VariableId};
use crate::report::{Diagnostic, Spanned};
use crate::time::{Calendar, FAR};

type Renamed = [(Spanned<String>, Option<Spanned<String>>)];

impl Builder<'_> {
    /// Stages and moves.
    pub fn stages(&mut self, stages: &StagesDef, deferred: &mut Deferred) {
        duplicates(&mut self.report, "stage", stages.list.iter().map(|stage| &stage.name));
        duplicates(&mut self.report, "move", stages.moves.iter().map(|item| &item.id));
        let known: Vec<&str> = stages.list.iter().map(|stage| stage.name.value.as_str()).collect();
        let require = stages.list.iter().map(|stage| stage.require.iter().filter_map(|field| self.field_named(field, "`require`")).collect()).collect();
        let env = self.env_at(Site::BeforeStage, "a move");
        let mut moves = Vec::new();
        let mut faults = false;
        let mut before = Vec::new();
        for item in &stages.moves {
            let from: Vec<u16> = item.from.iter().filter_map(|stage| self.stage_named(stage, &known)).collect();
            let to = self.stage_named(&item.to, &known);
            let when = match &item.when {
                Some(when) => match self.condition(when, &env, &mut before) {
                    Some(cond) => Some(cond),
                    None => continue,
                },
                None => None,
            };
            faults |= when.as_ref().is_some_and(|cond| self.cond_may_fault(cond));
            let Some(to) = to else { continue };
            let (on, when) = match &item.on {
                OnDef::Condition => {
                    let when = deferred.cond(when.unwrap_or(Cond::Const(Truth::True)));
                    moves.push(Move { id: item.id.value.clone(), from: from.clone(), to, when });
                    (Some(On::Condition((moves.len() - 1) as u16)), None)
                }
                OnDef::Event(event) => (Some(On::Event(event.value.clone())), when.map(|when| deferred.cond(when))),
                OnDef::After(after) => {
                    if from.contains(&to) {
                        let message = format!("the move `{}` leaves the stage `{}` after a time, and enters it", item.id.value, item.to.value);
                        self.error(Diagnostic::error("move-to-itself", item.to.span, message).help("take the stage out of `from`"));
                    }
                    (self.length(after).map(On::After), when.map(|when| deferred.cond(when)))
                }
            };
            let within = item.within.as_ref().map(|within| self.length(within));
            let reset = self.reset(item);
            let plain = item.on == OnDef::Condition && within.is_none() && item.cool_down.is_none() && reset.is_empty();
            if let (Some(on), false) = (on, plain) {
                let reason = match &item.reason {
                    ReasonDef::Optional => Reason::Optional,
                    ReasonDef::Required => Reason::Required,
                    ReasonDef::OneOf(reasons) => Reason::OneOf(reasons.iter().map(|reason| reason.value.clone()).collect()),
                };
                let cool_down = item.cool_down.as_ref().map(|length| length.value);
                self.program.life.moves.push(LifeMove { id: item.id.value.clone(), from, to, on, when, within: within.flatten(), cool_down, reset, reason });
            }
        }
        self.run_before(before);
        let variable = self.index.get("stage").copied().unwrap_or_default();
        if let Some(place) = self.faulting.get_mut(variable) {
            *place = faults;
        }
        self.program.stages = Some(Stages { variable: variable as VariableId, require, moves });
        self.former(&stages.former, &known, &stages.moves);
        self.steps.push(Step::Moves);
    }

    fn stage_named(&mut self, name: &Spanned<String>, known: &[&str]) -> Option<u16> {
        let found = known.iter().position(|known| *known == name.value);
        if found.is_none() {
            self.error(unknown("unknown-stage", name, &format!("`{}` is not a stage", name.value), known));
        }
        found.map(|at| at as u16)
    }

    fn score_named(&mut self, name: &Spanned<String>) -> Option<u16> {
        let document = self.document;
        let known: Vec<&str> = document.scores.iter().map(|score| score.name.value.as_str()).collect();
        let variable = self.index.get(&name.value).copied();
        let found = variable.and_then(|variable| self.program.scores.iter().position(|score| usize::from(score.variable) == variable));
        if found.is_none() {
            self.error(unknown("unknown-score", name, &format!("`{}` is not a score", name.value), &known));
        }
        found.map(|at| at as u16)
    }

    /// A length of time; one that its calendar never has is reported.
    pub fn length(&mut self, time: &TimeDef) -> Option<Time> {
        let millis = time.length.value;
        let Some(name) = &time.calendar else { return Some(Time { millis, calendar: None }) };
        let calendar = self.calendar_named(name)?;
        if let Some(most) = self.program.life.calendars.get(usize::from(calendar)).map(most_working)
            && millis > most
        {
            let message = format!("the calendar `{}` has not so much working time in ten years", name.value);
            self.error(Diagnostic::error("out-of-range", time.length.span, message).help("name less; what lies further ahead is never due"));
        }
        Some(Time { millis, calendar: Some(calendar) })
    }

    /// The index of a calendar.
    pub fn calendar_named(&mut self, name: &Spanned<String>) -> Option<u16> {
        let document = self.document;
        let found = self.program.life.calendars.iter().position(|calendar| calendar.name == name.value);
        // A calendar that could not be made was reported.
        if found.is_none() && !document.calendars.iter().any(|calendar| calendar.name.value == name.value) {
            let known: Vec<&str> = document.calendars.iter().map(|calendar| calendar.name.value.as_str()).collect();
            self.error(unknown("unknown-calendar", name, &format!("`{}` is not a calendar", name.value), &known));
        }
        found.map(|at| at as u16)
    }

    fn reset(&mut self, item: &MoveDef) -> Vec<(u16, u32)> {
        let mut found = Vec::new();
        for (name, left) in &item.reset {
            let Some(score) = self.score_named(name) else { continue };
            if let Some(ScoreBody::Sum(_)) = self.program.scores.get(usize::from(score)).map(|score| &score.body) {
                let message = format!("the score `{}` adds up others and has no points of its own", name.value);
                self.error(Diagnostic::error("reset-of-a-sum", name.span, message).help("name the scores that it adds up"));
            }
            found.push((score, *left));
        }
        found
    }

    fn former(&mut self, former: &FormerDef, stages: &[&str], moves: &[MoveDef]) {
        let ids: Vec<&str> = moves.iter().map(|item| item.id.value.as_str()).collect();
        let scores: Vec<&str> = self.document.scores.iter().map(|score| score.name.value.as_str()).collect();
        for (names, known, what) in [(&former.stages, stages, "stage"), (&former.moves, &ids, "move"), (&former.scores, &scores, "score")] {
            self.no_longer(names, known, what);
        }
        let mut found = crate::program::Former::default();
        for (old, new) in &former.stages {
            let now = new.as_ref().map(|new| self.stage_named(new, stages));
            found.stages.push((old.value.clone(), now.flatten()));
        }
        for (old, new) in &former.moves {
            if let Some(new) = new.as_ref().filter(|new| !ids.contains(&new.value.as_str())) {
                self.error(unknown("unknown-move", new, &format!("`{}` is not a move", new.value), &ids));
            }
            found.moves.push((old.value.clone(), new.as_ref().map(|new| new.value.clone())));
        }
        for (old, new) in &former.scores {
            let now = new.as_ref().map(|new| self.score_named(new));
            found.scores.push((old.value.clone(), now.flatten()));
        }
        found.stages.sort();
        found.moves.sort();
        found.scores.sort();
        self.program.life.former = found;
    }

    /// What is called so now is no former name.
    fn no_longer(&mut self, names: &Renamed, known: &[&str], what: &str) {
        let mut seen = BTreeSet::new();
        for (old, _) in names {
            if known.contains(&old.value.as_str()) {
                let found = Diagnostic::error("still-a-name", old.span, format!("`{}` is a {what} of this policy, so it is no former name", old.value));
                self.error(found.help("a name that was given to something else cannot be told from the old one: choose another for the new thing"));
            }
            if !seen.insert(old.value.as_str()) {
                self.error(Diagnostic::error("duplicate-name", old.span, format!("the former {what} `{}` stands twice", old.value)));
            }
        }
    }
}

/// The working time that a calendar has in ten years, holidays not counted, in milliseconds.
fn most_working(calendar: &Calendar) -> i64 {
    let of_day: i64 = calendar.hours.iter().map(|&(begin, end)| i64::from(end) - i64::from(begin)).sum();
    let days = calendar.week.iter().filter(|works| **works).count() as i64;
    of_day * days * (FAR / 7) * 1000
}
