//! The typed model of a policy document, as written: names are not resolved and conditions not parsed.

mod calendars;
mod events;
mod fields;
mod form;
mod golden;
mod queues;
mod scores;
mod sops;
mod stages;
mod tables;

use crate::program::{Format, Normalizer};
use crate::report::{Span, Spanned};

pub use calendars::CalendarDef;
pub use events::{AttributeDef, EachDef, ElseDef, EventDef, SelectDef, SignalDef};
pub use fields::{FieldDef, FieldType, ListBodyDef, ListDef};
pub use form::{AskDef, ChoiceDef, MessageDef, PageDef, QuestionDef};
pub use golden::{AnswerDef, ExpectDef, Source, TestDef, TestStepDef};
pub use queues::{AwayDef, DayDef, MatchDef, MemberDef, QueueDef};
pub use scores::{GroupDef, RuleBody, RuleDef, ScoreDef};
pub use sops::{SopDef, SopStepDef, StepOnDef};
pub use stages::{FormerDef, MoveDef, OnDef, ReasonDef, StageDef, StagesDef, TimeDef};
pub use tables::{OutputDef, TableDef, TableRowDef};

/// A text in the document that has a grammar of its own (a CEL expression, a unary test, a choice), with the place of each of its bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// The text, YAML's quoting and folding undone.
    pub text: String,
    /// The place of the whole scalar.
    pub span: Span,
    /// For each byte of `text`, and one past its end, its offset in the file.
    pub offsets: Vec<u32>,
}

/// A text for people by locale; the locale is empty where the author wrote one string for all.
pub type Words = Vec<(String, Spanned<String>)>;

/// A whole document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The policy's id.
    pub policy: String,
    /// Its version.
    pub version: String,
    /// Who agreed to which logic.
    pub agreed: Vec<Agreed>,
    /// IANA name.
    pub timezone: Option<Spanned<String>>,
    /// Calendars of working time.
    pub calendars: Vec<CalendarDef>,
    /// What may be known about a lead.
    pub fields: Vec<FieldDef>,
    /// Behaviours.
    pub events: Vec<EventDef>,
    /// What is computed from behaviours; each stands among `fields` as well.
    pub signals: Vec<SignalDef>,
    /// Lists and dictionaries, with their content loaded.
    pub lists: Vec<ListDef>,
    /// Derives.
    pub derives: Vec<DeriveDef>,
    /// Screen rows.
    pub screen: Vec<ScreenDef>,
    /// Scores.
    pub scores: Vec<ScoreDef>,
    /// Tables, with CSV rows loaded.
    pub tables: Vec<TableDef>,
    /// Stages.
    pub stages: Option<StagesDef>,
    /// The route.
    pub route: Option<RouteDef>,
    /// Queues.
    pub queues: Vec<QueueDef>,
    /// Schedules.
    pub sops: Vec<SopDef>,
    /// Identity keys.
    pub identity: Vec<Vec<Spanned<String>>>,
    /// The form.
    pub ask: Option<AskDef>,
    /// What may leave for the page.
    pub page: Option<PageDef>,
    /// Golden leads.
    pub tests: Vec<TestDef>,
}

impl Document {
    /// What the route can be: its outcomes, then the queues.
    pub fn outcomes(&self) -> Vec<&str> {
        let outcomes = self.route.iter().flat_map(|route| &route.outcomes);
        outcomes.chain(self.queues.iter().map(|queue| &queue.name)).map(|name| name.value.as_str()).collect()
    }

    /// A question's friction: what its author says, or what the kind of input asks of a visitor.
    ///
    /// A choice is one tap and costs 1. A number is typed, 1.5; a text too, and must be thought of, 2. Contact data tells who somebody is, and a long text is work: 3.
    pub fn cost(&self, question: &QuestionDef) -> f64 {
        const LONG: u32 = 500;
        let by_kind = || {
            let field = self.fields.iter().find(|field| field.name.value == question.field.value)?;
            let contact = field.format != Format::Any || field.normalize.iter().any(|normalizer| matches!(normalizer, Normalizer::Phone(_)));
            Some(match field.ty {
                _ if !question.choices.is_empty() => 1.0,
                FieldType::Bool | FieldType::Enum => 1.0,
                FieldType::Int | FieldType::Double => 1.5,
                FieldType::String if contact || field.max_length.is_some_and(|most| most > LONG) => 3.0,
                FieldType::String => 2.0,
            })
        };
        question.cost.or_else(by_kind).unwrap_or(1.0)
    }

    /// Every CEL expression of the document.
    pub fn codes(&self) -> Vec<&Code> {
        let rules = self.scores.iter().flat_map(|score| &score.groups).flat_map(|group| &group.rules);
        let of_rules = rules.filter_map(|rule| match &rule.body {
            RuleBody::When { when, .. } => Some(when),
            RuleBody::By { .. } | RuleBody::Each(_) => None,
        });
        let of_tables = self.tables.iter().flat_map(|table| &table.rows).filter_map(|row| row.when.as_ref());
        let of_moves = self.stages.iter().flat_map(|stages| &stages.moves).filter_map(|item| item.when.as_ref());
        let of_route = self.route.iter().flat_map(|route| &route.rows).filter_map(|row| row.when.as_ref());
        let of_questions = self.ask.iter().flat_map(|ask| &ask.questions).filter_map(|question| question.when.as_ref());
        let of_sops = self.sops.iter().flat_map(|sop| [Some(&sop.enter), sop.leave.as_ref()].into_iter().chain(sop.steps.iter().map(|step| step.when.as_ref()))).flatten();
        let conditions = self.screen.iter().map(|row| &row.when).chain(of_rules).chain(of_tables).chain(of_moves).chain(of_route).chain(of_questions).chain(of_sops);
        let of_conditions = conditions.filter_map(|condition| match condition {
            Condition::Cel(code) => Some(code),
            Condition::Tests(_) => None,
        });
        let of_each = self.scores.iter().flat_map(|score| &score.groups).flat_map(|group| &group.rules).filter_map(|rule| match &rule.body {
            RuleBody::Each(each) => each.select.filter.as_ref(),
            _ => None,
        });
        let of_signals = self.signals.iter().filter_map(|signal| signal.select.filter.as_ref());
        let of_events = self.events.iter().filter_map(|event| event.ignore.as_ref());
        self.derives.iter().map(|derive| &derive.expr).chain(of_conditions).chain(of_events).chain(of_signals).chain(of_each).collect()
    }
}

/// One agreement.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreed {
    /// Who.
    pub by: String,
    /// When, `YYYY-MM-DD`.
    pub date: String,
    /// The beginning of the logic digest in hexadecimal.
    pub logic: Spanned<String>,
}

/// A derive.
#[derive(Debug, Clone, PartialEq)]
pub struct DeriveDef {
    /// Its name.
    pub name: Spanned<String>,
    /// Its expression; of an experiment, what its arms are chosen by.
    pub expr: Code,
    /// It is an experiment: its arms with their weights.
    pub arms: Vec<(Spanned<String>, u32)>,
}

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// A CEL string.
    Cel(Code),
    /// Names with unary tests, all of which must hold.
    Tests(Vec<(Spanned<String>, Code)>),
}

/// A row of the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct ScreenDef {
    /// Its id.
    pub id: Spanned<String>,
    /// When it holds.
    pub when: Condition,
    /// Why, for people.
    pub because: Words,
}

/// A plain value in the document.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// `null`, `~` or nothing.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Double(f64),
    /// A text.
    String(String),
}

/// The route.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteDef {
    /// Where the section stands.
    pub span: Span,
    /// Where leads go when what the route rests on faulted.
    pub on_fault: Option<Spanned<String>>,
    /// The outcomes.
    pub outcomes: Vec<Spanned<String>>,
    /// The rows.
    pub rows: Vec<RouteRowDef>,
    /// Where no row holds.
    pub default: Spanned<String>,
}

/// A row of the route.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteRowDef {
    /// Its id; made of its number where the author gave none.
    pub id: Spanned<String>,
    /// When; none: always.
    pub when: Option<Condition>,
    /// Where to.
    pub to: Spanned<String>,
    /// Why, for people.
    pub because: Words,
}
