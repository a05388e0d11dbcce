//! The route, and identity keys.

use super::super::Builder;
use super::super::cond::Cond;
use super::super::conditions::Site;
use super::super::names::{duplicates, unknown};
use super::Deferred;
use crate::program::{Route, Row, Step, Truth};
use crate::report::{Diagnostic, Spanned};

impl Builder<'_> {
    /// The route.
    pub fn route(&mut self, deferred: &mut Deferred) {
        if self.secrets.is_some() {
            return self.public_route(deferred);
        }
        let Some(route) = &self.document.route else { return };
        duplicates(&mut self.report, "row", route.rows.iter().map(|row| &row.id));
        duplicates(&mut self.report, "outcome or queue", route.outcomes.iter().chain(self.document.queues.iter().map(|queue| &queue.name)));
        let known: Vec<&str> = self.document.outcomes();
        let index = |builder: &mut Self, name: &Spanned<String>| match known.iter().position(|known| *known == name.value) {
            Some(at) => at as u16,
            None => {
                builder.error(unknown("unknown-outcome", name, &format!("`{}` is neither an outcome of the route nor a queue", name.value), &known));
                0
            }
        };
        let env = self.env_at(Site::All, "the route");
        let mut before = Vec::new();
        let mut rows = Vec::new();
        let mut faulting_row = None;
        for row in &route.rows {
            let to = index(self, &row.to);
            let cond = self.optional(row.when.as_ref(), &env, &mut before).unwrap_or(Cond::Const(Truth::False));
            if faulting_row.is_none() && self.cond_may_fault(&cond) {
                faulting_row = Some(&row.id);
            }
            rows.push(Row { id: row.id.value.clone(), when: deferred.cond(cond), then: vec![to] });
        }
        let to = index(self, &route.default);
        rows.push(Row { id: "default".into(), when: deferred.cond(Cond::Const(Truth::True)), then: vec![to] });
        self.run_before(before);
        let on_fault = route.on_fault.as_ref().map(|name| index(self, name));
        if on_fault.is_none() && (self.screen_faults || faulting_row.is_some()) {
            let what = match faulting_row {
                Some(row) => format!("the row `{}` of the route", row.value),
                None => "the screen".into(),
            };
            let message = format!("{what} rests on something that can fault, and the route has no `on_fault`");
            let found = Diagnostic::error("no-on-fault", faulting_row.map_or(route.span, |row| row.span), message);
            self.error(found.help("say where such leads go, for example `on_fault: manual_review`"));
        }
        self.program.route = Some(Route { outcomes: known.iter().map(|&name| name.to_owned()).collect(), rows, on_fault });
        self.steps.push(Step::Route);
    }

    /// Identity keys.
    pub fn identity(&mut self) {
        let document = self.document;
        for entry in &document.identity {
            let fields = entry.iter().filter_map(|field| self.field_named(field, "`identity`")).collect();
            self.program.identity.push(fields);
        }
    }
}
