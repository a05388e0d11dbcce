//! What a program holds.

use super::cell::{Cell, Slot};
use super::expression::{Expressions, NodeId, VariableId};
use super::formula::{ChooseId, FormulaId, Formulas};
#[cfg(feature = "full")]
use super::life::Life;
#[cfg(feature = "full")]
use super::{Detached, Packed, Shared};
use super::slice::{Messages, Slice};
use super::value::Value;

/// Thousandths of a point.
pub type Milli = i64;

/// A compiled policy.
///
/// Variables stand in the order fields, derives, scores, table outputs, stage, truths of conditions that run on the machine; a variable's index is its [`VariableId`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Program {
    /// The policy's id.
    pub policy: String,
    /// The policy's version, as its authors call it.
    pub version: String,
    /// Digest of the policy's logic (see [`Program::logic`] in the documentation of compiling).
    pub logic: [u8; 32],
    /// All named values.
    pub variables: Vec<Variable>,
    /// What is special to fields; index = variable.
    pub fields: Vec<Field>,
    /// Lists and dictionaries.
    pub lists: Vec<List>,
    /// How variables are cut into cells; the slots of one variable stand together.
    pub slots: Vec<Slot>,
    /// Conditions on cells.
    pub formulas: Formulas,
    /// Expressions for the machine.
    pub expressions: Expressions,
    /// What a decision does, in order.
    pub steps: Vec<Step>,
    /// Screen rows.
    pub screen: Vec<Row>,
    /// Scores, sums after what they add.
    pub scores: Vec<Score>,
    /// Decision tables, in the author's order.
    pub tables: Vec<Table>,
    /// Stages and moves.
    pub stages: Option<Stages>,
    /// Where leads go.
    pub route: Option<Route>,
    /// Keys that tell whether two leads are the same.
    pub identity: Vec<Vec<VariableId>>,
    /// For texts that may be open: which combinations of the cells of their slots occur.
    pub joints: Vec<Joint>,
    /// The form.
    pub ask: Ask,
    /// What a visitor is told of each outcome; none where the policy has no messages.
    pub messages: Option<Messages>,
    /// The program is the public slice of a policy.
    pub slice: Option<Slice>,
    /// What becomes of leads between decisions.
    #[cfg(feature = "full")]
    pub life: Life,
}

/// What the form asks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ask {
    /// What the form is there to find out.
    pub settle: Goal,
    /// How many new questions a visit shows at most.
    pub per_visit: Option<u32>,
    /// The questions, in the author's order, by the field that each asks for; what else they are stands with their [`Field`].
    pub questions: Vec<VariableId>,
    /// The order in which they are best asked where nothing else is known, as indices into `questions`; empty where it is the author's.
    pub order: Vec<u16>,
}

/// What a form is there to find out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Goal {
    /// The outcome: the route, or the row of the screen.
    #[default]
    Route,
    /// The stage after the moves.
    Stage,
    /// An output of a table that gives one of its values.
    Output(VariableId),
}

/// A named value.
#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    /// Its name; empty for the truth of a condition that runs on the machine.
    pub name: String,
    /// The values it can have.
    pub domain: Domain,
    /// The machine or identity reads its value, not only its cells.
    pub by_value: bool,
}

/// The values that a variable can have.
#[derive(Debug, Clone, PartialEq)]
pub enum Domain {
    /// Integers between these bounds.
    Int(i64, i64),
    /// Doubles between these bounds.
    Double(f64, f64),
    /// Texts.
    Text,
    /// One of these: an enum's strings, false and true, the constants of a derive, a table's outputs, stages.
    Finite(Vec<Value>),
    /// Something that is not cut into cells, such as a list: only its state is.
    Any,
}

/// What is special to a field.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Field {
    /// What is done to a text before it counts.
    pub normalize: Vec<Normalizer>,
    /// What a text must look like.
    pub format: Format,
    /// A text's greatest length in code points.
    pub max_length: u32,
    /// The host looks it up: its source is always record.
    pub from_host: bool,
    /// There is a question for it: masking applies where the source is not record.
    pub questioned: bool,
    /// The question's gate.
    pub gate: Option<FormulaId>,
    /// The form is not complete without an answer.
    pub required: bool,
    /// The question's friction, in thousandths of a usual question's.
    pub cost: Milli,
    /// Its question stands in the form whatever is known.
    pub always: bool,
    /// It is asked only of who sent the form so many times before.
    pub after: u32,
    /// How often each answer is to be expected, relative to the others: first of none, of a refusal, then of each combination of cells that values have, in the order of
    /// [`OpenField`](crate::engine::OpenField). Empty where nothing is known.
    pub weights: Vec<u32>,
    /// The question's choices: id, and the cells or value it stands for.
    pub choices: Vec<Choice>,
}

/// A choice of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// The value it stands for; a range is stood for by a value inside its one cell.
    pub value: Value,
    /// It is a range: arithmetic, text and identity may not use the value.
    pub range: bool,
}

/// Formats of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Any text.
    #[default]
    Any,
    /// An e-mail address.
    Email,
    /// A unified social credit code (统一社会信用代码) with its check digits.
    #[cfg(feature = "full")]
    Uscc,
}

/// Normalizers of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Normalizer {
    /// White space off both ends.
    Trim,
    /// Lower case, letter by letter.
    Lowercase,
    /// Full-width ASCII to ASCII, half-width katakana to full width.
    Width,
    /// Runs of white space to one space.
    Collapse,
    /// A telephone number to `+` and digits; the country code of numbers without one, and the trunk prefix that is taken off.
    Phone(Country),
    /// A company's name without its legal form.
    Company,
}

/// Countries for `phone`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Country {
    /// +86, trunk 0
    China,
    /// +1, trunk 1
    UnitedStates,
    /// +44, trunk 0
    UnitedKingdom,
    /// +49, trunk 0
    Germany,
    /// +65, no trunk prefix
    Singapore,
    /// +852, no trunk prefix
    HongKong,
    /// +886, trunk 0
    Taiwan,
    /// +81, trunk 0
    Japan,
}

/// A list, or a dictionary.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// Its name.
    pub name: String,
    /// What is done to a text before it is looked up; entries are stored normalized.
    pub normalize: Vec<Normalizer>,
    /// What it holds.
    pub body: ListBody,
}

/// What a list holds.
#[derive(Debug, Clone, PartialEq)]
pub enum ListBody {
    /// A set of texts, ascending, each once.
    Set(Vec<String>),
    /// A dictionary.
    Dictionary(Dictionary),
    /// A set of many texts, or of names with those below them.
    #[cfg(feature = "full")]
    Packed(Shared<Packed>),
    /// Such a set that stands in a file of its own.
    #[cfg(feature = "full")]
    Detached(Detached),
}

#[cfg(feature = "full")]
impl ListBody {
    /// The packed set that it is; none where it is none, or where it was not given.
    pub fn packed(&self) -> Option<&Shared<Packed>> {
        match self {
            Self::Packed(packed) => Some(packed),
            Self::Detached(detached) => detached.list.as_ref(),
            _ => None,
        }
    }

    /// Whether it stands in a file that was not given.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Detached(Detached { list: None, .. }))
    }
}

/// Texts with what they stand for.
#[derive(Debug, Clone, PartialEq)]
pub struct Dictionary {
    /// How a text finds entries.
    pub lookup: Lookup,
    /// Words that keep a text from finding entries whose key lacks the word; normalized as the keys are.
    pub except: Vec<String>,
    /// Keys in the author's order; each is an entry with the class of the same index.
    pub keys: Vec<String>,
    /// The class of each entry: an index into `classes`.
    pub entry_class: Vec<u16>,
    /// The distinct rows of values, in order of first use: for each column after the key a constant's index, or none where the author's cell is empty.
    pub classes: Vec<Vec<Option<u32>>>,
}

/// How a text finds entries of a dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup {
    /// The text is the key.
    Exact,
    /// The text contains the key; the longest key wins, then the first.
    Longest,
    /// The text contains the key; the first entry wins.
    First,
}

/// One step of a decision. A step comes after the steps that compute what it reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Mask a field by its gate.
    Gate(VariableId),
    /// Give a derive its cell by choice among constants.
    Choose(VariableId, ChooseId),
    /// Compute a derive or a condition on the machine.
    Compute(VariableId, NodeId),
    /// Run the screen; a row that holds or faults ends the decision.
    Screen,
    /// Add up a score, by index.
    Score(u16),
    /// Decide a table, by index.
    Table(u16),
    /// Move between stages.
    Moves,
    /// Find the route.
    Route,
}

/// A row of the screen, of a table or of the route: the first that holds decides.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// When it holds.
    pub when: FormulaId,
    /// What it gives: of a table, for each output the index of its value in the output's domain, or where the table's hit policy has it; of the route, the index of the outcome; of the screen, nothing.
    pub then: Vec<u16>,
}

impl Row {
    /// The outcome that a row of the route gives.
    pub fn to(&self) -> u16 {
        self.then.first().copied().unwrap_or_default()
    }
}

/// A score.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The variable that it is.
    pub variable: VariableId,
    /// It is clamped to this.
    pub range: Option<(Milli, Milli)>,
    /// What it adds up.
    pub body: ScoreBody,
}

/// What a score adds up.
#[derive(Debug, Clone, PartialEq)]
pub enum ScoreBody {
    /// Groups of rules; the score's own rules are a group without id and bounds.
    Groups(Vec<Group>),
    /// Other scores, by index in [`Program::scores`].
    Sum(Vec<u16>),
    /// Other scores, by index, and secret ones that add up to something between these two, or fault.
    Within(Vec<u16>, Milli, Milli),
}

/// Rules whose sum is clamped.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its id; empty for the score's own rules.
    pub id: String,
    /// The sum is at least this.
    pub min: Option<Milli>,
    /// The sum is at most this.
    pub max: Option<Milli>,
    /// The rules.
    pub rules: Vec<Rule>,
}

/// A rule of a score: at most one of its cases holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// The variable of a `by` rule.
    pub by: Option<VariableId>,
    /// The cases.
    pub cases: Vec<Case>,
}

/// A case of a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The key of a `by` rule as the author wrote it; empty for a `when` rule.
    pub key: String,
    /// When it holds.
    pub when: FormulaId,
    /// What it is worth.
    pub points: Milli,
}

/// A decision table: the first row that holds, unless the program says otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its id.
    pub id: String,
    /// The variables that it sets.
    pub outputs: Vec<VariableId>,
    /// The rows; the last one always holds.
    pub rows: Vec<Row>,
}

/// Stages and the moves between them.
#[derive(Debug, Clone, PartialEq)]
pub struct Stages {
    /// The variable of the stage.
    pub variable: VariableId,
    /// For each stage, the fields that must be known to enter it.
    pub require: Vec<Vec<VariableId>>,
    /// The moves, in order.
    pub moves: Vec<Move>,
}

/// A move between stages, on a condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// Its id.
    pub id: String,
    /// The stages that it leaves.
    pub from: Vec<u16>,
    /// The stage that it enters.
    pub to: u16,
    /// When it is taken.
    pub when: FormulaId,
}

/// Where leads go.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// The outcomes.
    pub outcomes: Vec<String>,
    /// The rows; the last one always holds and has the id `default`.
    pub rows: Vec<Row>,
    /// The outcome where what the route rests on faulted; none where that cannot be.
    pub on_fault: Option<u16>,
}

/// Which combinations of cells the slots of one text can have together, where it has several.
#[derive(Debug, Clone, PartialEq)]
pub struct Joint {
    /// The text.
    pub variable: VariableId,
    /// Combinations that occur: one cell for each of the variable's slots, in order of slots.
    pub cells: Vec<Vec<Cell>>,
    /// No other combination occurs.
    pub complete: bool,
}
