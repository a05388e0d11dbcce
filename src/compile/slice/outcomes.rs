//! The screen and the route of a slice: conditions, and messages in the place of outcomes.

use super::super::Builder;
use super::super::cond::Cond;
use super::super::conditions::Site;
use super::super::sections::Deferred;
use crate::program::{Messages, Route, Row, Step, Truth};

/// Rows of a first-hit list with their messages.
type Rows = Vec<(Cond, u16)>;

impl Builder<'_> {
    /// The screen of a slice.
    pub fn public_screen(&mut self, deferred: &mut Deferred) {
        let document = self.document;
        let env = self.env_at(Site::First, "a screen row");
        let screen: Vec<u16> = self.program.messages.as_ref().map(|messages| messages.screen.clone()).unwrap_or_default();
        let mut rows = Rows::new();
        for (at, row) in document.screen.iter().enumerate() {
            let mut before = Vec::new();
            let cond = self.condition(&row.when, &env, &mut before).unwrap_or(Cond::Const(Truth::False));
            self.run_before(before);
            self.note_open(cond.is_open(), || format!("screen.{}", row.id.value));
            rows.push((cond, screen.get(at).copied().unwrap_or_default()));
        }
        let rows = canonical(rows);
        if !rows.is_empty() {
            self.steps.push(Step::Screen);
        }
        if let Some(messages) = &mut self.program.messages {
            messages.screen = rows.iter().map(|(_, message)| *message).collect();
        }
        self.program.screen = rows.into_iter().map(|(cond, _)| Row { id: String::new(), when: deferred.cond(cond), then: Vec::new() }).collect();
    }

    /// The route of a slice: every outcome is a message. Without messages there is nothing to say, and no route.
    pub fn public_route(&mut self, deferred: &mut Deferred) {
        let document = self.document;
        let Some(messages) = self.program.messages.clone() else { return };
        let known = document.outcomes();
        let outcome = |name: &str| {
            let at = known.iter().position(|outcome| *outcome == name);
            at.and_then(|at| messages.routes.get(at)).copied().unwrap_or(messages.otherwise)
        };
        let env = self.env_at(Site::All, "the route");
        let mut rows = Rows::new();
        let mut before = Vec::new();
        for row in document.route.iter().flat_map(|route| &route.rows) {
            let cond = self.optional(row.when.as_ref(), &env, &mut before).unwrap_or(Cond::Const(Truth::False));
            self.note_open(cond.is_open(), || format!("route.{}", row.id.value));
            rows.push((cond, outcome(&row.to.value)));
        }
        self.run_before(before);
        let default = document.route.as_ref().map_or(messages.otherwise, |route| outcome(&route.default.value));
        rows.push((Cond::Const(Truth::True), default));
        let rows = canonical(rows).into_iter().map(|(cond, to)| Row { id: String::new(), when: deferred.cond(cond), then: vec![to] }).collect();
        let on_fault = document.route.as_ref().and_then(|route| route.on_fault.as_ref()).map(|name| outcome(&name.value));
        let ids = messages.ids.clone();
        self.program.route = Some(Route { outcomes: ids.clone(), rows, on_fault });
        self.program.messages = Some(Messages { routes: (0..ids.len() as u16).collect(), ids, ..messages });
        self.steps.push(Step::Route);
    }
}

/// Rows that come to the same set of messages for every public lead are written in one way: how many secret rows there are, and in which order, shows nowhere.
fn canonical(rows: Rows) -> Rows {
    let mut made = Rows::new();
    for (cond, message) in rows {
        let cond = cond.simplified();
        if cond == Cond::Const(Truth::False) || cond == Cond::Const(Truth::Unknown) {
            continue;
        }
        let last = cond == Cond::Const(Truth::True) || cond == Cond::Const(Truth::Fault);
        // Neighbours that rest on the same public condition and on secrets: each may hold, and none may.
        let run = made.iter().rev().take_while(|(known, _)| *known == cond && may_pass_by_secret(&cond)).count();
        let start = made.len() - run;
        let same = made.iter().skip(start).any(|(_, known)| *known == message);
        let repeated = made.last().is_some_and(|(known, known_message)| *known == cond && *known_message == message);
        if !same && !repeated {
            let at = start + made.iter().skip(start).take_while(|(_, known)| *known < message).count();
            made.insert(at, (cond, message));
        }
        if last {
            break;
        }
    }
    made
}

/// Whether a condition that can hold can fail to for a secret reason, whatever the public part of the lead.
fn may_pass_by_secret(cond: &Cond) -> bool {
    match cond {
        Cond::Open => true,
        Cond::And(items) => items.contains(&Cond::Open),
        _ => false,
    }
}
