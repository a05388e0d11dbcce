//! The moves from a stage, each with what it still needs.

use super::names::shown;
use crate::engine::moves::{Bar, Standing};
use crate::engine::{Engine, Frame};
use crate::program::{FormulaId, LifeMove, On, Reason, Truth};
use crate::time::Moment;

/// A move from the stage that a lead is in.
#[derive(Debug, Clone, PartialEq)]
pub struct Legal {
    /// The move, by its id.
    pub by_move: String,
    /// The stage that it enters.
    pub to: String,
    /// The event that it is taken on; none for a move on a condition or after a time.
    pub event: Option<String>,
    /// When time makes it; none for another move, and where that is never.
    pub at: Option<Moment>,
    /// What must be said of why.
    pub reason: Reason,
    /// What it still needs, a reason apart; nothing: it can be made now.
    pub needs: Vec<Need>,
}

/// Something that a move still needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// `pinned`, `not-due`, `too-late`, `cooling-down`, `not-met`, `faulted`, `reset-first`, `require-missing`, `reason-missing` or `reason-unknown`.
    pub code: &'static str,
    /// In one sentence.
    pub message: String,
    /// The fields that must be known.
    pub fields: Vec<String>,
    /// From when it is met, or until when it could have been.
    pub at: Option<Moment>,
}

impl Need {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), fields: Vec::new(), at: None }
    }

    fn at(self, at: Moment) -> Self {
        Self { at: Some(at), ..self }
    }
}

/// A move of any kind.
pub(super) struct View<'e> {
    /// As decisions number it.
    pub index: u16,
    pub id: &'e str,
    pub from: &'e [u16],
    to: u16,
    /// None for a move on a condition alone.
    pub on: Option<&'e On>,
    pub when: Option<FormulaId>,
    terms: Option<&'e LifeMove>,
}

/// All moves: those on a condition, then the others, in the author's order.
pub(super) fn views(engine: &Engine) -> Vec<View<'_>> {
    let plain = engine.program().stages.iter().flat_map(|stages| &stages.moves).enumerate();
    let plain = plain.map(|(index, item)| View {
        index: index as u16,
        id: &item.id,
        from: &item.from,
        to: item.to,
        on: None,
        when: Some(item.when),
        terms: engine.terms(index as u16),
    });
    let others = engine.program().life.moves.iter().enumerate().filter(|(_, item)| !matches!(item.on, On::Condition(_)));
    let others = others.map(|(index, item)| View {
        index: engine.plain_moves() + index as u16,
        id: &item.id,
        from: &item.from,
        to: item.to,
        on: Some(&item.on),
        when: item.when,
        terms: Some(item),
    });
    plain.chain(others).collect()
}

impl View<'_> {
    /// The event that it is taken on.
    pub fn event(&self) -> Option<&String> {
        match self.on {
            Some(On::Event(event)) => Some(event),
            _ => None,
        }
    }

    /// As it is told.
    pub fn legal(&self, engine: &Engine, needs: Vec<Need>, standing: &Standing) -> Legal {
        Legal {
            by_move: self.id.to_owned(),
            to: engine.stage_names().get(usize::from(self.to)).map(|stage| (*stage).to_owned()).unwrap_or_default(),
            event: self.event().cloned(),
            at: self.terms.and_then(|terms| standing.due(engine, terms)),
            reason: self.terms.map(|terms| terms.reason.clone()).unwrap_or_default(),
            needs,
        }
    }
}

/// What a move from the stage where a lead stands still needs now; of the reason only where one was to be given.
pub(super) fn needs(engine: &Engine, frame: &Frame, standing: &Standing, view: &View, reason: Option<Option<&str>>) -> Vec<Need> {
    let now = standing.now;
    let mut found = Vec::new();
    let bar = match view.terms {
        Some(terms) => standing.bar(engine, terms, now),
        None => standing.pinned.then_some(Bar::Pinned),
    };
    match bar {
        Some(Bar::Pinned) => found.push(Need::new("pinned", "a person has fixed the stage: let go of it first")),
        Some(Bar::Late(until)) => found.push(Need::new("too-late", ["it could be made until ", &shown(until)].concat()).at(until)),
        Some(Bar::Cooling(until)) => found.push(Need::new("cooling-down", ["its stage may be entered again from ", &shown(until)].concat()).at(until)),
        None => {}
    }
    if let Some(On::After(_)) = view.on {
        match view.terms.and_then(|terms| standing.due(engine, terms)) {
            Some(due) if due <= now => {}
            Some(due) => found.push(Need::new("not-due", ["time makes it at ", &shown(due)].concat()).at(due)),
            None if bar == Some(Bar::Pinned) => {}
            None => found.push(Need::new("not-due", "time never makes it: its calendar has not so much working time")),
        }
    }
    match view.when.map(|when| frame.truth(engine.program(), when)) {
        None | Some(Truth::True) => {}
        Some(Truth::Fault) => found.push(Need::new("faulted", "its condition faults")),
        Some(Truth::Unknown) => found.push(Need::new("not-met", "its condition rests on what is not known")),
        Some(Truth::False) => found.push(Need::new("not-met", "its condition does not hold")),
    }
    let required = engine.program().stages.as_ref().and_then(|stages| stages.require.get(usize::from(view.to)));
    let fields: Vec<String> = required.into_iter().flatten().filter(|field| !engine.is_known(frame, **field)).map(|field| engine.variable_name(*field).to_owned()).collect();
    if !fields.is_empty() {
        found.push(Need { fields: fields.clone(), ..Need::new("require-missing", ["its stage needs ", &fields.join(", ")].concat()) });
    }
    match (view.terms.map(|terms| &terms.reason), reason) {
        (Some(Reason::Required), Some(None)) => found.push(Need::new("reason-missing", "a reason must be given")),
        (Some(Reason::OneOf(known)), Some(None)) => found.push(Need::new("reason-missing", ["a reason must be given: ", &known.join(", ")].concat())),
        (Some(Reason::OneOf(known)), Some(Some(given))) if !known.iter().any(|known| known == given) => {
            found.push(Need::new("reason-unknown", ["`", given, "` is none of the reasons: ", &known.join(", ")].concat()));
        }
        _ => {}
    }
    found
}
