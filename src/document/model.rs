//! The typed model of a policy document, as written: names are not resolved and conditions not parsed.

mod calendars;
mod events;
mod stages;
mod queues;
mod sops;

use super::hit::Hit;
use super::plain::Given;
use crate::program::{Country, Format, Normalizer};
use crate::report::{Span, Spanned};

pub use calendars::CalendarDef;
pub use events::{AttributeDef, EachDef, ElseDef, EventDef, SelectDef, SignalDef};
pub use stages::{FormerDef, MoveDef, OnDef, ReasonDef, StageDef, StagesDef, TimeDef};
pub use queues::{AwayDef, DayDef, MatchDef, MemberDef, QueueDef};
pub use sops::{SopDef, SopStepDef, StepOnDef};

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

/// A field.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldDef {
    /// Its name, possibly with dots.
    pub name: Spanned<String>,
    /// Its type.
    pub ty: FieldType,
    /// The values of an enum.
    pub values: Vec<Spanned<String>>,
    /// Inclusive lower bound of a number.
    pub min: Option<Spanned<f64>>,
    /// Inclusive upper bound of a number.
    pub max: Option<Spanned<f64>>,
    /// Greatest length of a string in code points.
    pub max_length: Option<u32>,
    /// Normalizers, the country of `phone` filled in.
    pub normalize: Vec<Normalizer>,
    /// The country, where given.
    pub country: Option<Country>,
    /// What a text must look like.
    pub format: Format,
    /// `from: host`.
    pub from_host: bool,
    /// The unit, for people.
    pub unit: Option<String>,
    /// What people call it.
    pub label: Words,
}

/// The types of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// Text.
    String,
    /// Integer within ±(2^53 − 1).
    Int,
    /// Finite double.
    Double,
    /// Bool.
    Bool,
    /// One of `values`.
    Enum,
}

/// A list or dictionary.
#[derive(Debug, Clone, PartialEq)]
pub struct ListDef {
    /// Its name.
    pub name: Spanned<String>,
    /// Normalizers for entries and for what is looked up.
    pub normalize: Vec<Normalizer>,
    /// `match: domain`: names below an entry are in it as well.
    pub domains: bool,
    /// `detached: true`: programs name it and do not hold it.
    pub detached: bool,
    /// What it holds, not yet normalized.
    pub body: ListBodyDef,
}

/// What a list holds.
#[derive(Debug, Clone, PartialEq)]
pub enum ListBodyDef {
    /// A set of texts.
    Set(Vec<Spanned<String>>),
    /// A dictionary.
    Dictionary {
        /// Its columns, the key first.
        columns: Vec<(Spanned<String>, FieldType)>,
        /// `contains` rather than `exact`.
        contains: bool,
        /// `first` rather than `longest`.
        pick_first: bool,
        /// Words that keep a text out.
        except: Vec<Spanned<String>>,
        /// The rows, a cell for each column, empty where the author's cell is.
        rows: Vec<Vec<Spanned<String>>>,
    },
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

/// A score.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreDef {
    /// Its name.
    pub name: Spanned<String>,
    /// It is clamped to this, in thousandths.
    pub range: Option<(i64, i64)>,
    /// Groups; the score's own rules are a group without a name.
    pub groups: Vec<GroupDef>,
    /// Instead of groups: the scores that it adds.
    pub sum: Option<Vec<Spanned<String>>>,
}

/// A group of rules.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupDef {
    /// Its id; none for the score's own rules.
    pub id: Option<Spanned<String>>,
    /// Floor, in thousandths.
    pub min: Option<i64>,
    /// Cap, in thousandths.
    pub max: Option<i64>,
    /// Rules.
    pub rules: Vec<RuleDef>,
    /// What people call it.
    pub label: Words,
}

/// A rule.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleDef {
    /// Its id.
    pub id: Spanned<String>,
    /// When it gives what.
    pub body: RuleBody,
    /// Why, for people.
    pub because: Words,
}

/// When a rule gives what.
#[derive(Debug, Clone, PartialEq)]
pub enum RuleBody {
    /// Points by the test that holds.
    By {
        /// The field or derive.
        by: Spanned<String>,
        /// Unary tests with points in thousandths.
        points: Vec<(Code, Spanned<i64>)>,
    },
    /// Points on a condition.
    When {
        /// The condition.
        when: Condition,
        /// Points in thousandths.
        points: Spanned<i64>,
    },
    /// Points for each event.
    Each(EachDef),
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableDef {
    /// Its id.
    pub id: Spanned<String>,
    /// What becomes of the rows that hold.
    pub hit: Hit,
    /// Its outputs.
    pub outputs: Vec<OutputDef>,
    /// Its rows.
    pub rows: Vec<TableRowDef>,
    /// What the outputs are where no row holds, in the order of `outputs`.
    pub default: Option<Vec<Spanned<Scalar>>>,
}

/// An output of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct OutputDef {
    /// Its name.
    pub name: Spanned<String>,
    /// Its type; `Enum` with `values`.
    pub ty: FieldType,
    /// The values of an enum.
    pub values: Vec<Spanned<String>>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRowDef {
    /// Its id; made of its number where the author gave none (`row3`).
    pub id: Spanned<String>,
    /// When it holds; none: always.
    pub when: Option<Condition>,
    /// Its outputs, in the order of [`TableDef::outputs`].
    pub then: Vec<Spanned<Scalar>>,
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

/// The form.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AskDef {
    /// What must be settled: `route`, `stage` or a table output.
    pub settle: Option<Spanned<String>>,
    /// At most so many new questions a visit.
    pub per_visit: Option<u32>,
    /// The questions in the order of the form.
    pub questions: Vec<QuestionDef>,
}

/// A question.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionDef {
    /// The field that it asks for.
    pub field: Spanned<String>,
    /// What it says.
    pub label: Words,
    /// A line of help.
    pub help: Words,
    /// Its choices.
    pub choices: Vec<ChoiceDef>,
    /// Its gate.
    pub when: Option<Condition>,
    /// Friction as the author says; see [`Document::cost`].
    pub cost: Option<f64>,
    /// The form may not be sent without it.
    pub required: bool,
    /// It is asked whatever is known.
    pub always: bool,
    /// It is asked only of who sent the form so many times before.
    pub after: u32,
    /// How often answers are to be expected: choices, unary tests, example texts or states, with weights relative to each other.
    pub prior: Vec<(Code, Spanned<f64>)>,
}

/// A choice of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceDef {
    /// Its id.
    pub id: Spanned<String>,
    /// The value or range: a unary test.
    pub test: Code,
    /// What it says.
    pub label: Words,
}

/// What may leave for the page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageDef {
    /// Fields.
    pub fields: Vec<Spanned<String>>,
    /// Lists.
    pub lists: Vec<Spanned<String>>,
    /// Derives.
    pub derives: Vec<Spanned<String>>,
    /// Scores.
    pub scores: Vec<Spanned<String>>,
    /// Tables.
    pub tables: Vec<Spanned<String>>,
    /// Declared bounds of secret numbers.
    pub bounds: Vec<(Spanned<String>, f64, f64)>,
    /// What a visitor is told.
    pub messages: Vec<MessageDef>,
}

/// What a visitor is told of some outcomes.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageDef {
    /// Its public id.
    pub id: Spanned<String>,
    /// The outcomes that it is for, `screened:<id>` among them; none: whatever no other message is for.
    pub outcomes: Option<Vec<Spanned<String>>>,
    /// What it says.
    pub text: Words,
}

/// A golden lead.
#[derive(Debug, Clone, PartialEq)]
pub struct TestDef {
    /// Its id.
    pub id: Spanned<String>,
    /// The lead: field names and answers.
    pub lead: Vec<(Spanned<String>, AnswerDef)>,
    /// When it is decided, what the lead has done and where it stands: `now`, `events`, `state`, as a host gives them.
    pub given: Given,
    /// What becomes of its state, step by step.
    pub steps: Vec<TestStepDef>,
    /// What must come out, after all steps: names and values, `Null` for "nothing".
    pub expect: Vec<(Spanned<String>, ExpectDef)>,
}

/// A step in the story of a golden lead.
#[derive(Debug, Clone, PartialEq)]
pub struct TestStepDef {
    /// `now`, and under `step` what is done, as a host gives them.
    pub given: Given,
    /// Where it stands.
    pub span: Span,
    /// What must come out at that moment, after the step.
    pub expect: Vec<(Spanned<String>, ExpectDef)>,
    /// Steps of schedules that are sent then, each with its schedule: `nurture.day1-welcome`; none where nobody asks what is due.
    pub sent: Option<Vec<Spanned<String>>>,
}

/// What a golden lead expects of one name.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpectDef {
    /// A value.
    Value(Spanned<Scalar>),
    /// Of `faults` and `moves`: exactly these names.
    Names(Vec<Spanned<String>>),
    /// Of an output that is a list: exactly these values, in this order.
    List(Vec<Spanned<Scalar>>, Span),
}

/// An answer in a golden lead.
#[derive(Debug, Clone, PartialEq)]
pub enum AnswerDef {
    /// A value; `Null` is absent.
    Value(Spanned<Scalar>, Source),
    /// `{ declined: true }`
    Declined(Span),
    /// `{ choice: id }`
    Choice(Spanned<String>),
    /// `{ range: 20..99, as: 50 }`
    Range(Code, Spanned<f64>),
}

/// Where an answer came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Source {
    /// The form.
    #[default]
    Typed,
    /// A CRM, enrichment, the host.
    Record,
}
