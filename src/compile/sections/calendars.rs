//! Calendars, with their zones made ready.

use super::super::Builder;
use crate::engine::machine::{zone, zone_names};
use crate::report::{Diagnostic, Spanned};
use crate::time::Calendar;

impl Builder<'_> {
    /// The calendars. When anybody works is no visitor's business: a slice has none.
    pub fn calendars(&mut self) {
        let document = self.document;
        if self.secrets.is_some() {
            return;
        }
        if let Some(named) = &document.timezone {
            self.zone(named);
        }
        for item in &document.calendars {
            let Some(named) = item.timezone.as_ref().or(document.timezone.as_ref()) else {
                let found = Diagnostic::error("no-time-zone", item.name.span, format!("it is not said by which clocks the calendar `{}` goes", item.name.value));
                self.error(found.help("add `timezone: Asia/Shanghai` to the calendar, or to the document"));
                continue;
            };
            let Some(zone) = self.zone(named) else { continue };
            let plain = |days: &[Spanned<i64>]| days.iter().map(|day| day.value).collect();
            self.program.life.calendars.push(Calendar {
                name: item.name.value.clone(),
                zone,
                hours: item.hours.clone(),
                week: item.days,
                holidays: plain(&item.holidays),
                workdays: plain(&item.workdays),
            });
        }
    }

    /// A zone made ready; one that there is not is reported, once.
    pub fn zone(&mut self, named: &Spanned<String>) -> Option<std::sync::Arc<[u8]>> {
        let found = zone(&named.value).filter(|_| !named.value.is_empty());
        if found.is_none() && !self.report.iter().any(|problem| problem.code == "unknown-zone" && problem.span == named.span) {
            let problem = Diagnostic::error("unknown-zone", named.span, format!("there is no time zone `{}`", named.value));
            let names: Vec<String> = zone_names().collect();
            let help = match crate::report::suggest(&named.value, names.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write an IANA name such as `Asia/Shanghai`, or an offset such as `+08:00`".into(),
            };
            self.error(problem.help(help));
        }
        found
    }
}
