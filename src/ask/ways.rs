//! Every way of answering a form, for whoever wants to see them all: what is asked after each, and what it comes to.

use super::AskRoom;
use super::diagram::number;
use super::forecast::answered;
use super::lift::Lift;
use super::next::{Settles, fits};
use super::open::{Level, Levels};
use super::optimum::{CLOSED, OPEN, State};
use super::plan::Plan;
use super::walk::{Layer, Reached, Walk, Way, in_order, is_settled};
use crate::engine::{Answer, Engine, Lead, Source};
use crate::program::{ABSENT, Cell, DECLINED, VariableId};

/// A form that is walked.
#[derive(Debug, Clone, Copy)]
pub struct WalkOptions<'a> {
    /// The lead; what is open of it is answered.
    pub lead: &'a Lead,
    /// Leads whose answers are those that are tried: of each open field, those of all these leads. None: the answers that are likely at all.
    pub answers: &'a [Lead],
    /// Open fields that are answered before the form begins; those that have a question with values only.
    pub known: &'a [VariableId],
    /// The stage that the lead begins in; none: the first.
    pub stage: Option<u16>,
    /// How it is asked.
    pub way: Way,
    /// How many forms this person has sent before.
    pub submissions: u32,
}

/// Ways of answering that come to the same rest of a form.
#[derive(Debug)]
pub struct Met<'a> {
    /// One of them: fields, each with the lead whose answer it has, in the order in which they were answered.
    pub first: &'a [(VariableId, usize)],
    /// Another one, where there are several.
    pub last: &'a [(VariableId, usize)],
    /// How likely they are together, as priors say.
    pub likely: f64,
    /// How many they are: answers that no condition tells apart count as one.
    pub ways: f64,
    /// The questions that are shown next, best first.
    pub ask: &'a [VariableId],
    /// What it comes to, where that is settled and one thing.
    pub settles: Option<Settles>,
    /// The questions whose condition holds in all of them, whatever else is answered, and that are not answered in any.
    pub apply: &'a [VariableId],
}

/// What a walk went through.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Walked {
    /// How many states the form has: ways that come to the same rest of it are one.
    pub states: usize,
    /// Questions that are asked, on average.
    pub questions: f64,
    /// Their friction.
    pub friction: f64,
    /// How many pages show them.
    pub pages: f64,
}

/// A form that cannot be walked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unanswered {
    /// Of this field there are answers that conditions tell from all that are tried: their cells.
    Answers(VariableId, Vec<Vec<Cell>>),
    /// Something reads answers themselves, or there is too much to look at.
    TooMuch,
}

impl Engine {
    /// Walks every way of answering a form of a policy, those that come to the same rest of it at once, and shows them in turn. Ways to an end are shown by the
    /// answer that ends them, and not at once.
    ///
    /// # Errors
    /// Where the answers to be tried are not all that conditions tell apart, or there is too much to look at.
    pub fn walk(&self, options: &WalkOptions, see: &mut dyn FnMut(&Met)) -> Result<Walked, Unanswered> {
        let program = self.program();
        let mut lead = options.lead.clone();
        for &field in options.known {
            // As from enrichment: whether a question applies does not matter to it.
            lead.answers.get_mut(usize::from(field)).into_iter().for_each(|(_, source)| *source = Source::Record);
        }
        let mut open = Levels::new(self, &lead, options.submissions);
        if !open.exact || !fits(program) {
            return Err(Unanswered::TooMuch);
        }
        let (mut branches, mut leads, mut known) = (Vec::new(), Vec::new(), Vec::new());
        for (at, level) in open.levels.iter_mut().enumerate() {
            let is_known = options.known.contains(&level.field);
            let has_value = is_known && program.ask.questions.contains(&level.field);
            if has_value {
                answered(level);
            }
            if is_known {
                (level.cost, level.sure) = (None, false);
                known.push(at);
            }
            let found = if options.answers.is_empty() { Vec::new() } else { self.tried(level, options.answers, has_value)? };
            branches.push(found.iter().map(|&(branch, _)| branch).collect::<Vec<usize>>());
            leads.push(found);
        }
        let merged = open.merge(program);
        for ((branches, leads), now) in branches.iter_mut().zip(&mut leads).zip(&merged) {
            let mut kept: Vec<(usize, usize)> = Vec::new();
            for &(branch, lead) in leads.iter() {
                let branch = now.get(branch).copied().unwrap_or_default();
                if kept.iter().all(|&(own, _)| own != branch) {
                    kept.push((branch, lead));
                }
            }
            *branches = kept.iter().map(|&(branch, _)| branch).collect();
            *leads = kept;
        }
        let mut room = AskRoom::default();
        let mut lift = Lift::new(self, &mut room.diagrams, &mut room.sums, &lead, options.stage, &open);
        let mut state: State = vec![lift.settles(program.ask.settle)];
        for level in &open.levels {
            state.push(if level.cost.is_some() { lift.applies(level.field) } else { CLOSED });
        }
        if lift.diagrams.is_exhausted() {
            return Err(Unanswered::TooMuch);
        }
        room.diagrams.rest();
        let mut plan = Plan::new(&mut room.diagrams, &open.levels);
        let way = match options.way {
            Way::Plan(0) => Way::Plan(program.ask.per_visit.unwrap_or(1) as usize),
            way => way,
        };
        let order = in_order(program, &open.levels);
        let walk = Walk { order: &order, way, most: usize::MAX, branches: (!options.answers.is_empty()).then_some(&branches) };
        let mut start = Layer::from([(state, Reached::begin())]);
        for &at in &known {
            plan.diagrams.rest();
            start = walk.spread(&mut plan, &start, at);
        }
        let field = |at: usize| open.levels.get(at).map(|level| level.field);
        let from = |&(at, branch): &(usize, usize)| {
            let lead = leads.get(at)?.iter().find(|&&(own, _)| own == branch)?.1;
            Some((field(at)?, lead))
        };
        let tally = walk.walk(&mut plan, &start, &mut |plan, state, reached, page| {
            let [first, last] = [&reached.first, &reached.last].map(|way| way.iter().filter_map(from).collect::<Vec<_>>());
            let ask: Vec<_> = page.iter().filter_map(|&at| field(at)).collect();
            let settled = is_settled(plan, state);
            let settles = state.first().and_then(|&of| number(of)).filter(|_| settled && way != Way::Everything).map(Settles::of);
            let apply: Vec<_> = state.iter().skip(1).enumerate().filter(|(_, gate)| **gate == OPEN).filter_map(|(at, _)| field(at)).collect();
            see(&Met { first: &first, last: &last, likely: reached.weight, ways: reached.ways, ask: &ask, settles, apply: &apply });
        });
        let tally = tally.ok_or(Unanswered::TooMuch)?;
        let friction = tally.asked.iter().zip(&open.levels).map(|(asked, level)| asked * level.cost.unwrap_or_default()).sum();
        Ok(Walked { states: tally.states, questions: tally.asked.iter().sum(), friction, pages: tally.pages })
    }

    /// The branches of a level, each with the first lead that has an answer for it; or only those with a value.
    fn tried(&self, level: &Level, answers: &[Lead], has_value: bool) -> Result<Vec<(usize, usize)>, Unanswered> {
        let mut found: Vec<Option<usize>> = vec![None; level.weights.len()];
        for (at, lead) in answers.iter().enumerate() {
            let slots = self.program().slots_of(level.field).count();
            let cells = match lead.answers.get(usize::from(level.field)) {
                Some((Answer::Absent, _)) => vec![ABSENT; slots],
                Some((Answer::Declined, _)) => vec![DECLINED; slots],
                Some((Answer::Value(value) | Answer::Range(value), _)) => self.cells_of(level.field, value),
                _ => continue,
            };
            let place = level.states.each().position(|state| state == cells);
            if let Some(found) = place.and_then(|place| found.get_mut(place)) {
                found.get_or_insert(at);
            }
        }
        let has = |cells: &[Cell]| !has_value || !matches!(cells.first(), Some(&(ABSENT | DECLINED)));
        let missing: Vec<Vec<Cell>> = level.states.each().zip(&found).filter(|(cells, found)| has(cells) && found.is_none()).map(|(cells, _)| cells.to_vec()).collect();
        if !missing.is_empty() {
            return Err(Unanswered::Answers(level.field, missing));
        }
        Ok(found.iter().enumerate().zip(level.states.each()).filter(|(_, cells)| has(cells)).filter_map(|((branch, lead), _)| Some((branch, (*lead)?))).collect())
    }
}
