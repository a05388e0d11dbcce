//! The sections of the document, in the order in which a decision goes through them.

mod calendars;
mod derives;
mod events;
mod experiments;
mod hits;
mod keys;
mod moves;
mod outcomes;
mod queues;
mod scores;
mod sops;
mod tables;

use super::Builder;
use super::cond::{Cond, Test};
use super::cut::Cuts;
use crate::program::{Choose, Cut, FormulaId, Program, ScoreBody, SlotId, Step, VariableId};
use crate::report::Diagnostic;

/// One field can be looked for in so many lists.
const MOST_LISTS: usize = 64;

/// Conditions and slots that stand in the program as places until all tests are known.
#[derive(Debug, Default)]
pub struct Deferred {
    conds: Vec<Cond>,
    slots: Vec<(VariableId, Test)>,
}

impl Deferred {
    /// A place for a condition's formula.
    pub fn cond(&mut self, cond: Cond) -> FormulaId {
        self.conds.push(cond);
        (self.conds.len() - 1) as FormulaId
    }

    /// How many conditions and slots there are.
    pub fn count(&self) -> (usize, usize) {
        (self.conds.len(), self.slots.len())
    }

    /// Forgets what was added after so many, for it is not needed: it would cut fields into more cells.
    pub fn forget(&mut self, (conds, slots): (usize, usize)) {
        self.conds.truncate(conds);
        self.slots.truncate(slots);
    }

    /// The conditions, to be changed before they become formulas.
    pub fn conds_mut(&mut self) -> &mut [Cond] {
        &mut self.conds
    }

    /// A place for the slot that a test looks at.
    pub fn slot(&mut self, variable: VariableId, test: Test) -> SlotId {
        self.slots.push((variable, test));
        (self.slots.len() - 1) as SlotId
    }
}

impl Builder<'_> {
    /// All sections: checked, taken apart, cut, and put into formulas.
    pub fn sections(&mut self) {
        let mut deferred = Deferred::default();
        self.calendars();
        self.events();
        self.first_layer(&mut deferred);
        self.screen(&mut deferred);
        self.scores(&mut deferred);
        self.tables_and_moves(&mut deferred);
        self.route(&mut deferred);
        self.queues();
        self.sops(&mut deferred);
        self.identity();
        self.open_bits(&mut deferred);
        self.cut(&deferred);
        self.fill_in(&deferred);
        self.program.steps = std::mem::take(&mut self.steps);
        self.choices();
        self.joints();
        if self.secrets.is_none() {
            self.exclusive_cases();
        }
        self.priors();
        self.hit_policies();
    }

    /// Runs steps before what needs them.
    pub fn run_before(&mut self, before: Vec<Step>) {
        self.steps.extend(before);
    }

    fn cut(&mut self, deferred: &Deferred) {
        let mut cuts = std::mem::take(&mut self.cuts);
        for cond in &deferred.conds {
            cuts.collect(&self.program, cond);
        }
        for (variable, test) in &deferred.slots {
            cuts.collect(&self.program, &Cond::Atom(*variable, test.clone()));
        }
        self.need_slots(&mut cuts);
        cuts.finish(&mut self.program);
        self.cuts = cuts;
        self.limits();
    }

    /// Reports what a program cannot hold.
    fn limits(&mut self) {
        let crowded = self.program.slots.iter().filter(|slot| matches!(&slot.cut, Cut::Members(members) if members.lists.len() > MOST_LISTS));
        let names: Vec<usize> = crowded.map(|slot| usize::from(slot.variable)).collect();
        for field in names.into_iter().filter_map(|at| self.document.fields.get(at)) {
            let message = format!("the field `{}` is looked for in more than {MOST_LISTS} lists", field.name.value);
            let found = Diagnostic::error("too-many-lists", field.name.span, message);
            self.error(found.help("make one dictionary of lists that are asked for the same purpose"));
        }
    }

    /// Variables whose state is read though no test looks at them.
    fn need_slots(&self, cuts: &mut Cuts) {
        let program = &self.program;
        let required = program.stages.iter().flat_map(|stages| stages.require.iter().flatten());
        let by_value = program.variables.iter().enumerate().filter(|(_, variable)| variable.by_value).map(|(at, _)| at as VariableId);
        let computed = self.steps.iter().filter_map(|step| match step {
            Step::Choose(variable, _) | Step::Compute(variable, _) | Step::Gate(variable) => Some(*variable),
            _ => None,
        });
        let outputs = program.tables.iter().flat_map(|table| &table.outputs).copied();
        let scores = program.scores.iter().map(|score| score.variable);
        let stage = program.stages.iter().map(|stages| stages.variable);
        let identity = program.identity.iter().flatten().copied();
        let queues = program.life.queues.iter().flat_map(|queue| [&queue.owner, &queue.account]).flatten().map(|found| found.field);
        // A decision lists what faulted.
        let signals = program.life.events.signals.iter().filter(|signal| signal.faults).map(|signal| signal.field);
        for variable in required.copied().chain(signals).chain(identity).chain(queues).chain(by_value).chain(computed).chain(outputs).chain(scores).chain(stage) {
            cuts.need(program, variable);
        }
    }

    fn fill_in(&mut self, deferred: &Deferred) {
        let formulas: Vec<FormulaId> = deferred.conds.iter().map(|cond| self.formula(cond)).collect();
        let slots: Vec<Option<SlotId>> = deferred.slots.iter().map(|(variable, test)| self.cuts.look_up(&self.program, *variable, test).map(|(slot, _)| slot)).collect();
        let set = |place: &mut FormulaId| *place = formulas.get(*place as usize).copied().unwrap_or(FormulaId::MAX);
        let Program { fields, screen, scores, tables, stages, route, formulas: arena, life, .. } = &mut self.program;
        fields.iter_mut().filter_map(|field| field.gate.as_mut()).for_each(set);
        screen.iter_mut().for_each(|row| set(&mut row.when));
        for score in scores {
            if let ScoreBody::Groups(groups) = &mut score.body {
                groups.iter_mut().flat_map(|group| &mut group.rules).flat_map(|rule| &mut rule.cases).for_each(|case| set(&mut case.when));
            }
        }
        tables.iter_mut().flat_map(|table| &mut table.rows).for_each(|row| set(&mut row.when));
        stages.iter_mut().flat_map(|stages| &mut stages.moves).for_each(|item| set(&mut item.when));
        route.iter_mut().flat_map(|route| &mut route.rows).for_each(|row| set(&mut row.when));
        life.moves.iter_mut().filter_map(|item| item.when.as_mut()).for_each(set);
        for sop in &mut life.sops {
            let whens = sop.steps.iter_mut().filter_map(|step| step.when.as_mut());
            [&mut sop.enter].into_iter().chain(&mut sop.leave).chain(whens).for_each(set);
        }
        for choose in &mut arena.chooses {
            match choose {
                Choose::If(test, ..) => set(test),
                Choose::Map(slot, _) => *slot = slots.get(usize::from(*slot)).copied().flatten().unwrap_or(SlotId::MAX),
                Choose::Cell(_) => {}
            }
        }
    }
}
