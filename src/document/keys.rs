//! Every key of a policy document.

use super::shape::Of::{Bool, Cel, Date, Duration, Either, Exactly, File, List, Map, Entries, Message, Moment, Name, Null, Number, Word, Pair, Percent, Points, Scalar, Test, Text, Whole, Words};
use super::shape::{Of, Shape, may, must};

/// Words for the types of fields.
pub const FIELD_TYPES: &[&str] = &["string", "int", "double", "bool", "enum"];
/// Words for the types of a table's outputs.
pub const OUTPUT_TYPES: &[&str] = &["int", "double", "string", "bool"];
/// Words for hit policies of tables.
pub const HITS: &[&str] = &["first", "unique", "any", "priority", "output order", "rule order", "collect", "collect sum", "collect min", "collect max", "collect count"];
/// Words for normalizers.
pub const NORMALIZERS: &[&str] = &["trim", "lowercase", "width", "collapse", "phone", "company"];
/// Words for countries.
pub const COUNTRIES: &[&str] = &["CN", "US", "GB", "DE", "SG", "HK", "TW", "JP"];

/// Words for the days of the week, Sunday first.
pub const WEEKDAYS: &[&str] = &["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const DATES: Of = Either(&[List(&Date), Map(&DATES_FILE)]);
const TIME: Of = Either(&[Duration, Map(&WORKING)]);
const RENAMED: Of = Entries(&Either(&[Name, Null]));
const NAMES: Of = List(&Name);
const EVENTS: Of = Either(&[Name, NAMES]);
const CONDITION: Of = Either(&[Cel, Entries(&Test)]);
const NORMALIZE: Of = List(&Word(NORMALIZERS));

/// The whole document.
pub static DOCUMENT: Shape = Shape {
    what: "the document",
    keys: &[
        must("leadgate", Exactly(1), "the version of this language: 1"),
        must("policy", Name, "the policy's id: letters, digits, `-` and `_`"),
        must("version", Text, "the policy's version, in quotes: \"2026.11.1\""),
        may("agreed", List(&Map(&AGREED)), "who agreed to which logic"),
        may("timezone", Text, "the IANA name of the policy's time zone, such as Asia/Shanghai"),
        may("calendars", Entries(&Map(&CALENDAR)), "working time: hours, days of the week, holidays and made-up workdays"),
        must("fields", Entries(&Map(&FIELD)), "what may be known about a lead"),
        may("events", Entries(&Either(&[Null, Entries(&Either(&[Text, List(&Text)]))])), "behaviours: event types with their attributes"),
        may("lists", Entries(&Map(&LIST)), "lists of texts, and dictionaries"),
        may("signals", Entries(&Map(&SIGNAL)), "numbers out of behaviours, relative to the moment of the decision"),
        may("derive", Entries(&Cel), "names for expressions over fields, lists and other derives"),
        may("experiments", Entries(&Map(&EXPERIMENT)), "names for the arms that leads are shared out to, the same lead always to the same"),
        may("screen", Entries(&Map(&SCREEN)), "what is not a lead at all; the first row that holds ends the decision"),
        may("scores", Entries(&Map(&SCORE)), "sums of points"),
        may("tables", Entries(&Map(&TABLE)), "decision tables: the rows that hold give the outputs"),
        may("stages", Map(&STAGES), "the stages of a lead's life and the moves between them"),
        may("route", Map(&ROUTE), "where leads go: the first row that holds"),
        may("queues", Entries(&Map(&QUEUE)), "the teams that leads are shared out in; a row of the route names one as its outcome"),
        may("sops", Entries(&Map(&SOP)), "schedules: what a lead is sent, in time relative to it"),
        may("identity", List(&Either(&[Name, NAMES])), "keys that tell whether two leads are the same: fields, or lists of fields"),
        may("ask", Map(&ASK), "the form"),
        may("page", Map(&PAGE), "all that may leave for the landing page"),
        may("tests", Entries(&Map(&TEST)), "golden leads: the document does not compile when one breaks"),
    ],
};

/// An agreement.
pub static AGREED: Shape = Shape {
    what: "an agreement",
    keys: &[
        must("by", Text, "who agreed"),
        must("date", Date, "when, as YYYY-MM-DD"),
        must("logic", Text, "the beginning of the logic digest that was agreed to, in hexadecimal"),
    ],
};

/// A calendar.
pub static CALENDAR: Shape = Shape {
    what: "a calendar",
    keys: &[
        must("hours", Either(&[Text, List(&Text)]), "the hours of a working day, one span or several: \"09:00-18:00\""),
        must("days", List(&Word(WEEKDAYS)), "the days of the week that are working days"),
        may("holidays", DATES, "days that rest whatever their weekday: dates, or a file with one a line"),
        may("workdays", DATES, "days that work whatever their weekday (调休): dates, or a file with one a line"),
        may("timezone", Text, "the IANA name of its time zone; the document's where not given"),
    ],
};

/// Dates in a file.
pub static DATES_FILE: Shape = Shape { what: "dates in a file", keys: &[must("file", File, "a file with one date a line; `#` begins a comment")] };

/// A field.
pub static FIELD: Shape = Shape {
    what: "a field",
    keys: &[
        must("type", Word(FIELD_TYPES), "string, int, double, bool or enum"),
        may("values", List(&Text), "the values of an enum"),
        may("min", Number, "inclusive lower bound of an int or double"),
        may("max", Number, "inclusive upper bound of an int or double"),
        may("max_length", Whole(1), "greatest length of a string in code points; 10,000 where not given"),
        may("normalize", NORMALIZE, "normalizers of a string, in the order in which they apply"),
        may("country", Word(COUNTRIES), "for `phone`: the country of numbers without a country code"),
        may("format", Word(&["email", "uscc"]), "what a string must look like"),
        may("from", Word(&["host"]), "`host`: the host looks it up, so it is never masked"),
        may("unit", Text, "the unit of a number, for people"),
        may("label", Words, "what people call it"),
    ],
};

/// A list or dictionary.
pub static LIST: Shape = Shape {
    what: "a list",
    keys: &[
        may("values", List(&Text), "the values of a plain list"),
        may("file", File, "a file beside the policy: one value a line, or CSV with a header"),
        may("column", Text, "the column of a CSV file that holds the values of a plain list"),
        may("columns", Entries(&Word(FIELD_TYPES)), "the columns of a dictionary with their types, the key first"),
        may("rows", List(&Entries(&Scalar)), "the rows of a dictionary"),
        may("match", Word(&["exact", "contains", "domain"]), "`exact`: the text equals the entry; `contains`: the text contains the key; `domain`: the text is the entry or a name below it"),
        may("pick", Word(&["longest", "first"]), "which of several entries counts where `match` is `contains`"),
        may("except", List(&Text), "words: a text that contains one only finds entries whose key contains it too"),
        may("normalize", NORMALIZE, "applied to the entries and to what is looked up"),
        may("country", Word(COUNTRIES), "for `phone`: the country of numbers without a country code"),
        may("detached", Bool, "true: a file of its own beside the program, which several programs can share"),
    ],
};

/// A signal.
pub static SIGNAL: Shape = Shape {
    what: "a signal",
    keys: &[
        may("count", EVENTS, "how many such events there are"),
        may("exists", EVENTS, "whether there is such an event"),
        may("sum", EVENTS, "what an attribute adds up to: purchase.amount"),
        may("distinct", EVENTS, "how many different values an attribute has: page_view.path"),
        may("min", EVENTS, "the least value of an attribute"),
        may("max", EVENTS, "the greatest value of an attribute"),
        may("first", EVENTS, "the value of an attribute in the first event that has one"),
        may("last", EVENTS, "the value of an attribute in the last event that has one"),
        may("days_since_first", EVENTS, "whole 24-hour periods since the first event"),
        may("days_since_last", EVENTS, "whole 24-hour periods since the last event"),
        may("within", Duration, "only events younger than this count"),
        may("where", Cel, "only events of which this holds count"),
        may("else", Scalar, "what it is where no event counts; `absent` where not given"),
    ],
};

/// A row of the screen.
pub static SCREEN: Shape = Shape {
    what: "a screen row",
    keys: &[must("when", CONDITION, "when this is not a lead"), may("because", Words, "why, for people")],
};

/// A score.
pub static SCORE: Shape = Shape {
    what: "a score",
    keys: &[
        may("range", Pair, "the sum is clamped to this: [lowest, highest]"),
        may("groups", Entries(&Map(&GROUP)), "groups of rules, each clamped by itself"),
        may("rules", Entries(&Map(&RULE)), "rules outside of groups"),
        may("sum", NAMES, "instead of rules: the scores that this one adds"),
    ],
};

/// A group of rules.
pub static GROUP: Shape = Shape {
    what: "a group",
    keys: &[
        may("min", Points, "the group's sum is at least this"),
        may("max", Points, "the group's sum is at most this"),
        must("rules", Entries(&Map(&RULE)), "the rules"),
        may("label", Words, "what people call it"),
    ],
};

/// A rule.
pub static RULE: Shape = Shape {
    what: "a rule",
    keys: &[
        may("by", Name, "the field or derive whose value gives the points"),
        may("when", CONDITION, "when the points are given"),
        may("each", EVENTS, "the event or events of which each gives the points"),
        must("points", Either(&[Points, Entries(&Points)]), "the points; for a `by` rule a map of unary tests to points"),
        may("within", Duration, "for an `each` rule: only events younger than this count"),
        may("where", Cel, "for an `each` rule: only events of which this holds count"),
        may("half_life", Duration, "for an `each` rule: days after which half of the points is left"),
        may("decay", Entries(&Text), "for an `each` rule: what is left of the points after some days, { 30d: 50%, 90d: 0% }"),
        may("max", Points, "for an `each` rule: all events together give at most this"),
        may("min", Points, "for an `each` rule: all events together give at least this"),
        may("because", Words, "why, for people"),
    ],
};

/// A decision table.
pub static TABLE: Shape = Shape {
    what: "a table",
    keys: &[
        may("hit", Word(HITS), "which of the rows that hold count; without it, the first"),
        must("outputs", Entries(&Either(&[List(&Text), Word(OUTPUT_TYPES)])), "the outputs, each with its values or its type"),
        must("rows", Either(&[List(&Map(&TABLE_ROW)), Map(&ROWS_FILE)]), "the rows, or the CSV file that holds them"),
        may("default", Either(&[Scalar, Entries(&Scalar)]), "the outputs where no row holds"),
    ],
};

/// Rows in a file.
pub static ROWS_FILE: Shape = Shape {
    what: "rows in a file",
    keys: &[must("file", File, "a CSV file: columns `id`, what is tested, outputs")],
};

/// A row of a table.
pub static TABLE_ROW: Shape = Shape {
    what: "a row of a table",
    keys: &[
        may("id", Name, "the row's id"),
        may("when", CONDITION, "when it holds; without it, always"),
        must("then", Either(&[Scalar, Entries(&Scalar)]), "the outputs; the bare value where there is one"),
        may("because", Words, "why, for people"),
    ],
};

/// Stages and moves.
pub static STAGES: Shape = Shape {
    what: "`stages`",
    keys: &[
        must("list", Entries(&Either(&[Map(&STAGE), Null])), "the stages in order; a lead without state begins in the first"),
        may("moves", List(&Map(&MOVE)), "the moves; the first that can be taken is taken"),
        may("former", Map(&FORMER), "names of older versions of the policy, for the states of leads that were made with them"),
    ],
};

/// A stage.
pub static STAGE: Shape = Shape {
    what: "a stage",
    keys: &[may("require", NAMES, "fields that must be known to enter it"), may("label", Words, "what people call it")],
};

/// A move.
pub static MOVE: Shape = Shape {
    what: "a move",
    keys: &[
        must("id", Name, "the move's id"),
        must("from", Either(&[Name, NAMES]), "the stage or stages that it leaves"),
        must("to", Name, "the stage that it enters"),
        may("when", CONDITION, "when it is taken; with `event` or `after`, what must hold besides"),
        may("event", Name, "the event that it is taken on, as the host calls it"),
        may("after", TIME, "how long after its stage was entered it is taken"),
        may("within", TIME, "only so long after its stage was entered"),
        may("cool_down", Duration, "only so long after the lead last left the stage that it enters"),
        may("reset", Entries(&Percent), "what is left of scores' points for behaviours so far: { engagement: 50% }"),
        may("reason", Either(&[Word(&["required"]), NAMES]), "a reason must be given: any, or one of these"),
        may("because", Words, "why, for people"),
    ],
};

/// Names of older versions.
pub static FORMER: Shape = Shape {
    what: "`former`",
    keys: &[
        may("stages", RENAMED, "stages: { old: new }, and null for one that is no more"),
        may("moves", RENAMED, "moves: { old: new }, and null for one that is no more"),
        may("scores", RENAMED, "scores that moves reset: { old: new }, and null for one that is no more"),
    ],
};

/// Working time.
pub static WORKING: Shape = Shape {
    what: "working time",
    keys: &[must("working", Duration, "how much working time: 4h"), may("calendar", Name, "the calendar whose working time it is; in a queue, the queue's where not given")],
};

/// The route.
pub static ROUTE: Shape = Shape {
    what: "`route`",
    keys: &[
        may("on_fault", Name, "the outcome where what the route rests on faulted"),
        must("outcomes", NAMES, "the outcomes besides the queues"),
        may("rows", List(&Map(&ROUTE_ROW)), "the rows"),
        must("default", Name, "the outcome where no row holds"),
    ],
};

/// A row of the route.
pub static ROUTE_ROW: Shape = Shape {
    what: "a row of the route",
    keys: &[
        may("id", Name, "the row's id"),
        may("when", CONDITION, "when it holds; without it, always"),
        must("to", Name, "the outcome or queue"),
        may("because", Words, "why, for people"),
    ],
};

/// A queue.
pub static QUEUE: Shape = Shape {
    what: "a queue",
    keys: &[
        may("assign", Word(&["round_robin"]), "how leads are shared out: in turn, by weight"),
        may("owner", MATCH, "the field that names the member who has the lead already"),
        may("account", MATCH, "the field that names the lead's account: all leads of one account go to one member"),
        may("daily", Whole(1), "how many leads a member takes on one day; without it, any number"),
        may("calendar", Name, "the calendar whose days and hours count; without it, days are those of `timezone`"),
        may("respond_within", Either(&[Duration, Map(&WORKING)]), "how long the member has to answer"),
        must("members", List(&Map(&MEMBER)), "who takes leads, in order"),
    ],
};

const MATCH: Of = Either(&[Name, Map(&MATCHED)]);

/// A field by which a lead goes to one member before all turns.
pub static MATCHED: Shape = Shape {
    what: "a field by which leads find their member",
    keys: &[must("field", Name, "the field"), may("counts", Bool, "whether such a lead counts as the member's turn; it does where nothing is said")],
};

/// A member of a queue.
pub static MEMBER: Shape = Shape {
    what: "a member",
    keys: &[
        must("id", Name, "who it is"),
        may("weight", Whole(1), "their share against the other members'; 1 where not given"),
        may("daily", Whole(1), "how many leads they take on one day; without it, what the queue says"),
        may("away", List(&Map(&AWAY)), "when they take none"),
    ],
};

/// A time in which a member takes no leads.
pub static AWAY: Shape = Shape {
    what: "a time away",
    keys: &[
        must("from", Either(&[Date, Moment]), "the first day, or the moment from which on"),
        must("to", Either(&[Date, Moment]), "the last day, which is included, or the moment before which"),
    ],
};

/// A schedule.
pub static SOP: Shape = Shape {
    what: "a schedule",
    keys: &[
        must("enter", CONDITION, "when it begins"),
        may("leave", CONDITION, "when it ends; without it, when `enter` holds no longer"),
        may("calendar", Name, "the calendar whose working days and clocks count; without it, days are those of `timezone`"),
        may("at", Text, "the time of day at which steps are due, \"09:00\"; without it, that of the beginning"),
        must("steps", List(&Map(&SOP_STEP)), "what is sent, and when"),
    ],
};

/// A step of a schedule.
pub static SOP_STEP: Shape = Shape {
    what: "a step of a schedule",
    keys: &[
        may("id", Name, "its id; without it, made of its time and what it sends"),
        may("day", Whole(1), "the day on which it is due; the day of the beginning is the first"),
        may("week", Whole(1), "the week, on the same weekday; the week of the beginning is the first"),
        may("working_day", Whole(1), "the working day; the first is that of the beginning, or the next one after it"),
        may("after", Duration, "how long after the beginning"),
        may("at", Text, "the time of day, \"09:00\"; without it, the schedule's"),
        may("calendar", Name, "the calendar whose working days and clocks count; without it, the schedule's"),
        may("when", CONDITION, "it is due only while this holds; with nothing else, as soon as it holds"),
        must("send", Name, "what is sent"),
    ],
};

/// An experiment.
pub static EXPERIMENT: Shape = Shape {
    what: "an experiment",
    keys: &[
        must("by", Cel, "the text that tells leads apart, such as `email`; the same text always goes to the same arm"),
        must("arms", Entries(&Whole(0)), "each arm with its weight against the other arms'"),
    ],
};

/// The form.
pub static ASK: Shape = Shape {
    what: "`ask`",
    keys: &[
        may("settle", Name, "what must be settled: `route`, `stage` or an output of a table"),
        may("per_visit", Whole(1), "at most so many new questions in one visit"),
        must("questions", List(&Map(&QUESTION)), "the questions, in the order of the form"),
    ],
};

/// A question.
pub static QUESTION: Shape = Shape {
    what: "a question",
    keys: &[
        must("field", Name, "the field that it asks for"),
        may("label", Words, "what it says"),
        may("help", Words, "a line of help"),
        may("choices", Entries(&Either(&[Test, Map(&CHOICE)])), "the choices: a value or a range for each id"),
        may("when", CONDITION, "its gate: when it applies"),
        may("cost", Number, "its friction; where not given, by the kind of input: 1 for a choice, 1.5 for a number, 2 for a text, 3 for contact data and long texts"),
        may("required", Bool, "the form may not be sent without it"),
        may("always", Bool, "it is asked whatever is known, even where nothing can change any more"),
        may("after", Whole(0), "it is asked only of who sent the form so many times before; 0 where not given"),
        may("prior", Entries(&Number), "how often each answer is to be expected: a weight for choices, values, ranges, example texts, and for `unanswered`, `declined`, `answered`"),
    ],
};

/// A choice with a label.
pub static CHOICE: Shape = Shape {
    what: "a choice",
    keys: &[must("is", Test, "the value or the range"), may("label", Words, "what it says")],
};

/// What may leave for the page.
pub static PAGE: Shape = Shape {
    what: "`page`",
    keys: &[
        may("fields", NAMES, "fields that the page may know"),
        may("lists", NAMES, "lists that the page may hold"),
        may("derives", NAMES, "derives that the page may compute"),
        may("scores", NAMES, "scores that the page may show"),
        may("tables", NAMES, "tables that the page may hold"),
        may("bounds", Entries(&Pair), "declared bounds of numbers that stay secret"),
        may("messages", Entries(&Message), "what a visitor is told, by public id"),
    ],
};

/// A golden lead.
pub static TEST: Shape = Shape {
    what: "a test",
    keys: &[
        must("lead", Entries(&Either(&[Scalar, Map(&ANSWER)])), "the lead: fields and answers"),
        may("events", List(&Entries(&Scalar)), "what the lead has done: { type, at, … }, or { type, ago: 3d, … }; attributes by name"),
        may("state", Map(&STATE), "the state that it begins in"),
        may("now", Moment, "when it is decided, RFC 3339: 2026-11-21T09:00:00+08:00"),
        may("steps", List(&Map(&STEP)), "what becomes of its state, step by step"),
        may("expect", Entries(&Either(&[Scalar, NAMES])), "what must come out, after all steps: scores, outputs, `stage`, `moves`, `route`, `screen`, `faults`"),
    ],
};

/// A step in the story of a golden lead.
pub static STEP: Shape = Shape {
    what: "a step",
    keys: &[
        must("at", Moment, "when, RFC 3339: 2026-11-21T09:00:00+08:00"),
        may("event", Name, "an event that the state advances by"),
        may("move", Name, "a move that it advances by; with neither it is what a decision proposes"),
        may("reason", Text, "why"),
        may("by", Text, "who"),
        may("expect", Entries(&Either(&[Scalar, NAMES])), "what must come out then; also `refused`, the code of a step that may not be made"),
        may("sent", NAMES, "steps of schedules that are sent after it, [nurture.day1-welcome]; what begins and ends by then is committed"),
    ],
};

/// A state that a golden lead begins in.
pub static STATE: Shape = Shape {
    what: "a state",
    keys: &[
        may("program", Text, "the digest of the program that made it"),
        may("stage", Name, "the stage"),
        may("since", Moment, "when it entered the stage in which its history begins"),
        may("history", List(&Entries(&Scalar)), "every change of the stage, the oldest first: { move, from, to, at, reason, by }"),
        may("resets", List(&Entries(&Scalar)), "what behaviours up to a moment are still worth: { score, factor, at }, the factor in thousandths"),
        may("enrolled", List(&Entries(&Scalar)), "schedules that were begun: { sop, at }"),
        may("sent", List(&Entries(&Scalar)), "steps of schedules that were sent: { sop, step, at }"),
        may("visits", Whole(0), "how often the form was visited"),
        may("pins", Entries(&Entries(&Scalar)), "what a person has fixed by hand: { stage: { value, by, reason, at }, owner: … }"),
    ],
};

/// An answer that is more than a value.
pub static ANSWER: Shape = Shape {
    what: "an answer",
    keys: &[
        may("declined", Bool, "`true`: the question was asked and refused"),
        may("choice", Name, "the id of a choice of the field's question"),
        may("range", Test, "the range that was chosen; with `as`"),
        may("as", Number, "a number inside the range, where a number itself is needed"),
        may("value", Scalar, "the value; with `source`"),
        may("source", Word(&["typed", "record"]), "`record`: it came from a CRM, from enrichment or from the host"),
    ],
};
