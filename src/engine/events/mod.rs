//! What a lead's behaviours come to at a moment: signals, and points of rules that count events.

mod log;
mod measure;
mod points;
pub(crate) mod worth;

pub use log::{Event, Log};
pub use points::Worth;

use super::Engine;
use super::lead::{Answer, Lead, Source};
use crate::time::Moment;

/// How a lead's events are known.
#[derive(Debug, Clone, Copy)]
pub enum Events<'a> {
    /// All of them up to the moment of the decision.
    Complete(&'a Log),
    /// Not yet: what is computed from them is open, except for signals that the lead brings along.
    Open,
}

impl Engine {
    /// The lead with what its events come to at a moment: signals that it does not bring along, and points of rules that count events.
    ///
    /// ```
    /// use leadgate::engine::events::{Event, Events, Log};
    /// let program = leadgate::compile_str("
    /// leadgate: 1
    /// policy: p
    /// version: \"1\"
    /// fields: { seats: { type: int } }
    /// events: { email_click: { bot: bool } }
    /// signals: { clicks: { count: email_click, within: 30d, where: \"!event.bot\" } }
    /// scores: { engagement: { rules: { clicks: { each: email_click, points: 5, half_life: 14d } } } }
    /// route: { outcomes: [call, wait], rows: [{ when: { engagement: \">= 5\" }, to: call }], default: wait }
    /// ").unwrap();
    /// let engine = leadgate::Engine::new(program);
    /// let click = Event::new(0, 1_760_000_000_000);
    /// let log = Log::new(&engine, vec![click]);
    /// let outcome = |days: i64| {
    ///     let lead = engine.at(&engine.lead(), Events::Complete(&log), 1_760_000_000_000 + days * 86_400_000);
    ///     engine.outcome_name(engine.decide(&lead, None).outcome).unwrap()
    /// };
    /// assert_eq!(outcome(0), "call");
    /// assert_eq!(outcome(1), "wait");
    /// ```
    pub fn at(&self, lead: &Lead, events: Events, now: Moment) -> Lead {
        self.at_after(lead, events, now, &[])
    }

    /// The same where resets have taken points away: for each score what is left, in thousandths, of events up to a moment.
    pub fn at_after(&self, lead: &Lead, events: Events, now: Moment, resets: &[(u16, u32, Moment)]) -> Lead {
        let mut lead = lead.clone();
        let found = &self.program().life.events;
        for (index, signal) in found.signals.iter().enumerate() {
            let Some(place) = lead.answers.get_mut(usize::from(signal.field)) else { continue };
            // What the host gives ready-made counts.
            if place.0 != Answer::Absent && place.0 != Answer::Open {
                continue;
            }
            let answer = match events {
                Events::Complete(log) => measure::answer(signal, log.signal(index), now),
                Events::Open => Answer::Open,
            };
            *place = (answer, Source::Record);
        }
        lead.worth = Vec::with_capacity(found.rules.len());
        for (index, rule) in found.rules.iter().enumerate() {
            let left: Vec<(u32, Moment)> = resets.iter().filter(|(score, ..)| *score == rule.place.0).map(|&(_, left, at)| (left, at)).collect();
            lead.worth.push(match events {
                Events::Complete(log) => points::of(rule, log.rule(index), now, &left),
                Events::Open => points::open(rule),
            });
        }
        lead
    }
}
