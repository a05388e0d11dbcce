//! A document to a program.
//!
//! Names are resolved and conditions checked ([`names`], [`conditions`]); every condition is taken apart into logic over tests of single
//! variables, with a rest for the machine ([`decompose`], [`finite`]); all tests together cut each variable into cells ([`cut`]); then conditions become formulas on
//! cells ([`formulas`]). The sections each have a file of their own.

mod asking;
mod cond;
mod conditions;
mod costs;
mod cut;
mod decay;
mod decompose;
mod faults;
mod finite;
mod formulas;
mod golden;
mod joined;
mod joints;
mod lists;
mod lower;
mod names;
mod order;
mod overlaps;
mod priors;
mod questions;
mod messages;
mod sections;
mod slice;
mod words;

use std::collections::{BTreeSet, HashMap};

use crate::engine::Engine;
use crate::cel::Env;
use crate::document::Document;
use crate::engine::text::Texts;
use crate::program::{NodeId, Program, Step, VariableId};
use crate::report::{Diagnostic, Severity};
use cond::Cond;
use cut::Cuts;
use formulas::FormulaBuilder;
use lower::Interned;

pub(crate) use lower::lower_alone;
pub use golden::{Expectation, Golden, GoldenLead, check_golden};
pub use slice::Sliced;
pub use words::{Words, words};

/// A compiled document.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// The program.
    pub program: Program,
    /// Texts for people, by locale and path.
    pub words: Words,
    /// What may leave for the page, where the document has a `page`.
    pub slice: Option<Sliced>,
    /// What the author should know all the same.
    pub warnings: Vec<Diagnostic>,
}

/// Compiles a document.
///
/// # Errors
/// Every error found; the document does not compile.
pub fn compile(document: &Document, logic: [u8; 32]) -> Result<Compiled, Vec<Diagnostic>> {
    let mut builder = Builder::new(document);
    loop {
        builder.program.logic = logic;
        builder.names();
        builder.sections();
        if builder.checked.len() == builder.known_checked {
            break;
        }
        // That a table may violate its hit policy shows at the end, and what rests on it may then fault: once more, knowing that.
        let checked = builder.checked;
        builder = Builder { known_checked: checked.len(), checked, ..Builder::new(document) };
    }
    builder.messages();
    if !is_broken(&builder.report) {
        builder.costs();
    }
    let mut slice = if is_broken(&builder.report) { None } else { builder.slice() };
    let Builder { report, mut program, .. } = builder;
    if is_broken(&report) {
        return Err(report);
    }
    // Each from its own program: what is secret tells nothing by the order of the page's questions.
    for program in slice.iter_mut().map(|slice| &mut slice.program).chain([&mut program]) {
        program.ask.order = Engine::new(program.clone()).best_asking_order();
    }
    Ok(Compiled { words: words::words(document), program, slice, warnings: report })
}

fn is_broken(report: &[Diagnostic]) -> bool {
    report.iter().any(|found| found.severity == Severity::Error)
}

/// A program being built.
struct Builder<'a> {
    document: &'a Document,
    /// What was found wrong.
    report: Vec<Diagnostic>,
    /// What names refer to; variables and lists by their index in the program.
    env: Env,
    program: Program,
    /// The lists, ready for the machine.
    texts: Texts,
    interned: Interned,
    cuts: Cuts,
    formulas: FormulaBuilder,
    /// Whether a variable may fault; index = variable.
    faulting: Vec<bool>,
    /// The truth variable of a condition on the machine.
    opaque: HashMap<NodeId, VariableId>,
    /// Truth variables that an earlier step computes.
    computed: BTreeSet<VariableId>,
    /// Names by variable index.
    index: HashMap<String, usize>,
    /// A row of the screen may fault.
    screen_faults: bool,
    /// Event types whose `ignore` may fault.
    faulting_events: BTreeSet<u16>,
    /// The steps so far.
    steps: Vec<Step>,
    /// For each table whether its rows may fault; the default is not among them.
    row_faults: HashMap<usize, Vec<bool>>,
    /// Tables that are checked when they run: that their rows keep to the hit policy is not proved.
    checked: BTreeSet<String>,
    /// How many of these were known before anything was compiled.
    known_checked: usize,
    /// Where a slice is compiled: what is secret in it.
    secrets: Option<slice::Secrets>,
}

impl<'a> Builder<'a> {
    fn new(document: &'a Document) -> Self {
        Self {
            document,
            report: Vec::new(),
            env: Env::default(),
            program: Program { policy: document.policy.clone(), version: document.version.clone(), ..Program::default() },
            texts: Texts::default(),
            interned: Interned::default(),
            cuts: Cuts::default(),
            formulas: FormulaBuilder::default(),
            faulting: Vec::new(),
            opaque: HashMap::new(),
            computed: BTreeSet::new(),
            index: HashMap::new(),
            screen_faults: false,
            faulting_events: BTreeSet::new(),
            steps: Vec::new(),
            row_faults: HashMap::new(),
            checked: BTreeSet::new(),
            known_checked: 0,
            secrets: None,
        }
    }

    fn error(&mut self, found: Diagnostic) {
        self.report.push(found);
    }

    /// The formula of a condition; every test was collected before.
    fn formula(&mut self, cond: &Cond) -> u32 {
        self.formulas.formula(&mut self.program, &self.cuts, cond)
    }
}
