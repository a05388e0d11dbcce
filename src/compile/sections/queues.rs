//! Queues: who takes leads, and by what besides turns.

use super::super::Builder;
use crate::document::{AwayDef, MatchDef, MemberDef, QueueDef, DayDef};
use crate::program::{Domain, Match, Member, Queue, Shared};
use crate::report::Diagnostic;
use crate::time::{DAY, Moment, moment};

impl Builder<'_> {
    /// Queues. One that no row of the route names gets no leads, which is told as a warning: teams change before routes do.
    pub fn queues(&mut self) {
        // Who works for a company is no visitor's business: in a slice, a queue is one more outcome that a message stands for.
        if self.secrets.is_some() {
            return;
        }
        let document = self.document;
        let named: Vec<&str> = document.route.iter().flat_map(|route| route.rows.iter().map(|row| &row.to).chain([&route.default]).chain(&route.on_fault)).map(|name| name.value.as_str()).collect();
        for queue in &document.queues {
            if !named.contains(&queue.name.value.as_str()) {
                let found = Diagnostic::warning("unused-queue", queue.name.span, format!("no row of the route leads to the queue `{}`", queue.name.value));
                self.error(found.help("name it in `to`, or take it out"));
            }
            let made = self.queue(queue);
            self.program.life.queues.push(made);
        }
    }

    fn queue(&mut self, queue: &QueueDef) -> Queue {
        let zone = self.zone_of(queue);
        Queue {
            name: queue.name.value.clone(),
            members: queue.members.iter().map(|member| self.member(member, queue.daily, &zone)).collect(),
            owner: queue.owner.as_ref().and_then(|found| self.matched(found, "`owner`")),
            account: queue.account.as_ref().and_then(|found| self.matched(found, "`account`")),
            respond: queue.respond_within.as_ref().and_then(|within| self.length(within)),
            zone,
        }
    }

    /// The zone whose days count for a queue; UTC, which is empty, where nothing is said and days do not matter.
    fn zone_of(&mut self, queue: &QueueDef) -> Shared<[u8]> {
        if let Some(name) = &queue.calendar {
            let calendar = self.calendar_named(name);
            return calendar.and_then(|at| self.program.life.calendars.get(usize::from(at))).map_or_else(|| Vec::new().into(), |calendar| calendar.zone.clone());
        }
        let of_days = |member: &MemberDef| member.daily.is_some() || member.away.iter().any(|away| [&away.from, &away.to].iter().any(|time| matches!(time.value, DayDef::Day(_))));
        if queue.daily.is_none() && !queue.members.iter().any(of_days) {
            return Vec::new().into();
        }
        let document = self.document;
        let Some(named) = &document.timezone else {
            let found = Diagnostic::error("no-time-zone", queue.name.span, format!("it is not said by which clocks the days of the queue `{}` begin", queue.name.value));
            self.error(found.help("add `timezone: Asia/Shanghai` to the document, or a `calendar` to the queue"));
            return Vec::new().into();
        };
        self.zone(named).unwrap_or_else(|| Vec::new().into())
    }

    fn member(&mut self, member: &MemberDef, daily: Option<u32>, zone: &[u8]) -> Member {
        let mut away: Vec<(Moment, Moment)> = member.away.iter().filter_map(|away| self.away(away, zone)).collect();
        away.sort_unstable();
        let mut apart: Vec<(Moment, Moment)> = Vec::new();
        for (from, to) in away {
            match apart.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => apart.push((from, to)),
            }
        }
        Member { id: member.id.value.clone(), weight: member.weight, daily: member.daily.or(daily), away: apart }
    }

    fn away(&mut self, away: &AwayDef, zone: &[u8]) -> Option<(Moment, Moment)> {
        let from = moment_of(away.from.value, 0, zone)?;
        let to = moment_of(away.to.value, 1, zone)?;
        if from < to {
            return Some((from, to));
        }
        let found = Diagnostic::error("out-of-range", away.to.span, "a time away ends before it begins");
        self.error(found.help("write when the time away begins, then when it ends"));
        None
    }

    fn matched(&mut self, found: &MatchDef, what: &str) -> Option<Match> {
        let field = self.field_named(&found.field, what)?;
        let is_name = match self.program.variables.get(usize::from(field)).map(|variable| &variable.domain) {
            Some(Domain::Text | Domain::Int(..)) => true,
            Some(Domain::Finite(values)) => matches!(values.first(), Some(crate::program::Value::String(_))),
            _ => false,
        };
        if !is_name {
            let problem = Diagnostic::error("wrong-type", found.field.span, format!("{what} names the field `{}`, whose values are no names", found.field.value));
            self.error(problem.help("name a field of type string, enum or int"));
        }
        Some(Match { field, counts: found.counts })
    }
}

/// The moment in which a day, or so many days after it, begins; a moment as it is.
fn moment_of(time: DayDef, days: i64, zone: &[u8]) -> Option<Moment> {
    match time {
        DayDef::At(at) => Some(at),
        DayDef::Day(day) if zone.is_empty() => Some((day + days) * DAY * 1000),
        DayDef::Day(day) => Some(moment(zone, (day + days) * DAY)? * 1000),
    }
}
