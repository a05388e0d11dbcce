//! Schedules. Their conditions come after everything else and read everything.

use super::super::Builder;
use super::super::conditions::Site;
use super::Deferred;
use crate::document::{Condition, StepOnDef, SopDef, SopStepDef};
use crate::program::{FormulaId, StepOn, Shared, Sop, SopStep, Step};
use crate::report::Diagnostic;

impl Builder<'_> {
    /// The schedules. What is sent to whom is no visitor's business: a slice has none.
    pub fn sops(&mut self, deferred: &mut Deferred) {
        if self.secrets.is_some() {
            return;
        }
        let document = self.document;
        let mut before = Vec::new();
        for sop in &document.sops {
            if let Some(made) = self.sop(sop, deferred, &mut before) {
                self.program.life.sops.push(made);
            }
        }
        self.run_before(before);
    }

    fn sop(&mut self, sop: &SopDef, deferred: &mut Deferred, before: &mut Vec<Step>) -> Option<Sop> {
        let env = self.env_at(Site::All, "a schedule");
        let mut place = |builder: &mut Self, condition: &Condition| -> Option<FormulaId> {
            let cond = builder.condition(condition, &env, before)?;
            Some(deferred.cond(cond))
        };
        let enter = place(self, &sop.enter);
        let leave = sop.leave.as_ref().map(|leave| place(self, leave));
        let mut steps = Vec::new();
        for step in &sop.steps {
            let when = step.when.as_ref().map(|when| place(self, when));
            if let (Some((on, zone)), Some(when)) = (self.on(sop, step), transposed(when)) {
                steps.push(SopStep { id: step.id.value.clone(), send: step.send.value.clone(), on, at: step.at.or(sop.at).filter(|_| !zone.is_empty()), zone, when });
            }
        }
        Some(Sop { name: sop.name.value.clone(), enter: enter?, leave: transposed(leave)?, steps })
    }

    /// When a step is due, and by which clocks; none where it was reported.
    fn on(&mut self, sop: &SopDef, step: &SopStepDef) -> Option<(StepOn, Shared<[u8]>)> {
        let calendar = step.calendar.as_ref().or(sop.calendar.as_ref());
        let on = match step.on {
            StepOnDef::Begin => return Some((StepOn::Begin, Vec::new().into())),
            StepOnDef::After(millis) => return Some((StepOn::After(millis), Vec::new().into())),
            StepOnDef::Day(number) => StepOn::Day(number),
            StepOnDef::Week(number) => StepOn::Day(number.saturating_sub(1).saturating_mul(7).saturating_add(1)),
            StepOnDef::WorkingDay(number) => {
                let Some(name) = calendar else {
                    let found = Diagnostic::error("no-calendar", step.id.span, format!("it is not said by which calendar the working days of the schedule `{}` count", sop.name.value));
                    self.error(found.help("add `calendar: cn` to the schedule, or to the step"));
                    return None;
                };
                StepOn::WorkingDay(number, self.calendar_named(name)?)
            }
        };
        if let Some(name) = calendar {
            let at = self.calendar_named(name)?;
            return self.program.life.calendars.get(usize::from(at)).map(|calendar| (on, calendar.zone.clone()));
        }
        let document = self.document;
        let Some(named) = &document.timezone else {
            let found = Diagnostic::error("no-time-zone", sop.name.span, format!("it is not said by which clocks the days of the schedule `{}` begin", sop.name.value));
            self.error(found.help("add `timezone: Asia/Shanghai` to the document, or a `calendar` to the schedule"));
            return None;
        };
        Some((on, self.zone(named)?))
    }
}

/// Nothing where nothing was given, and none where what was given was reported.
fn transposed(found: Option<Option<FormulaId>>) -> Option<Option<FormulaId>> {
    match found {
        Some(None) => None,
        Some(some) => Some(some),
        None => Some(None),
    }
}
