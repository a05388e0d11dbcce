//! What to ask next, or that nothing asked from here on can change what the form is there to settle.

use super::diagram::{Diagrams, Ref, leaf, number};
use super::lift::{FAULTED, Lift, NO_ROW};
use super::open::{Level, Levels};
use super::plan::Plan;
use super::sums::{Sums, ZERO};
use crate::engine::{Engine, Lead, Outcome, OutputPossible, Possible};
use crate::program::{FIRST_VALUE, Goal, Milli, Program, ScoreBody, Truth, VariableId};

/// How to ask.
#[derive(Debug, Clone, Copy, Default)]
pub struct AskOptions {
    /// How many questions to show at once; where it is zero, as many as the policy's `per_visit` says, and one where it says nothing.
    pub limit: u32,
    /// How many forms this person has sent before.
    pub submissions: u32,
}

/// What to ask next.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Next {
    /// Whatever is answered, declined or left out from here on, what the form is there to settle stays as it is.
    pub settled: bool,
    /// The fields whose questions to show now, best first.
    pub ask: Vec<VariableId>,
    /// Why it is settled; none where it is not.
    pub certificate: Option<Certificate>,
}

/// Why nothing asked from here on matters.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Certificate {
    /// What it comes to, ascending: one thing, or where more than questions is open, what the rest decides among.
    pub comes_to: Vec<Settles>,
    /// The questions that are open still, and why they cannot matter.
    pub remaining: Vec<(VariableId, Why)>,
    /// What each score can still be, in thousandths; none where it cannot have a value.
    pub scores: Vec<Option<(Milli, Milli)>>,
}

/// What a goal comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Settles {
    /// An outcome.
    Outcome(Outcome),
    /// A stage, or one of an output's values, by index.
    Index(u16),
    /// It faults.
    Faults,
    /// The screen ends the decision before it.
    Nothing,
}

/// Why an open question cannot matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Why {
    /// Nothing reads its answer.
    Unread = 0,
    /// It does not apply, and will not.
    Masked = 1,
    /// It is read, and no answer to it makes a difference to what is settled.
    Idle = 2,
}

/// Room that questions about forms use again.
#[derive(Debug, Clone, Default)]
pub struct AskRoom {
    pub(super) diagrams: Diagrams,
    pub(super) sums: Sums,
}

/// Whether a question may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gate {
    Open,
    Closed,
    /// It rests on something that is open.
    Waiting,
}

impl Engine {
    /// What to ask next of a lead whose fields are open as far as nothing was said about them, and that begins in a stage.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let program = leadgate::compile_str(r#"
    /// leadgate: 1
    /// policy: form
    /// version: "1"
    /// fields: { student: { type: bool }, seats: { type: int, min: 1 } }
    /// route: { outcomes: [sales, none], rows: [{ id: no, when: { student: "true" }, to: none }, { id: large, when: { seats: ">= 100" }, to: sales }], default: none }
    /// ask: { questions: [{ field: seats, label: How many seats? }, { field: student, label: Are you a student? }] }
    /// "#)?;
    /// let engine = leadgate::Engine::new(program);
    /// let mut lead = engine.lead();
    /// lead.open_rest();
    /// let ask = |lead: &leadgate::Lead| engine.next(lead, None, &Default::default());
    /// assert!(!ask(&lead.build()).settled);
    /// lead.set("student", true)?;
    /// assert!(ask(&lead.build()).settled, "however many seats they want");
    /// # Ok(())
    /// # }
    /// ```
    pub fn next(&self, lead: &Lead, stage: Option<u16>, options: &AskOptions) -> Next {
        self.next_in(lead, stage, options, &mut AskRoom::default())
    }

    /// [`next`](Self::next) in room that is used again.
    pub(crate) fn next_in(&self, lead: &Lead, stage: Option<u16>, options: &AskOptions, room: &mut AskRoom) -> Next {
        let program = self.program();
        let goal = program.ask.settle;
        let limit = if options.limit > 0 { options.limit } else { program.ask.per_visit.unwrap_or(1) } as usize;
        let mut open = Levels::new(self, lead, options.submissions);
        open.merge(program);
        let (mut settles, mut gates) = (leaf(0), vec![Gate::Waiting; open.levels.len()]);
        let (mut scores, mut settled) = (Vec::new(), false);
        let drawn = fits(program) && {
            let mut lift = Lift::new(self, &mut room.diagrams, &mut room.sums, lead, stage, &open);
            settles = lift.settles(goal);
            for (gate, level) in gates.iter_mut().zip(&open.levels) {
                let applies = lift.applies(level.field);
                let holds = leaf(Truth::True as u32);
                // What does not hold may be false here and unknown there.
                *gate = match lift.diagrams.leaves(applies) {
                    all if *all == [holds] => Gate::Open,
                    some if some.contains(&holds) => Gate::Waiting,
                    _ => Gate::Closed,
                };
            }
            let support = lift.diagrams.support(settles);
            let drawn = !lift.diagrams.is_exhausted();
            settled = drawn && open.exact && !questions(&open).any(|(at, _)| support.get(at) == Some(&true));
            if settled {
                scores = (0..program.scores.len()).map(|score| lift.range(score)).collect();
            }
            drawn
        };
        open.exact &= drawn;
        if !drawn {
            self.gates_of(lead, &open, &mut gates);
        }
        let possible = (!open.exact).then(|| self.possible(lead, stage));
        settled |= possible.as_ref().is_some_and(|possible| self.is_settled(goal, possible));
        room.diagrams.rest();
        let mut plan = Plan::new(&mut room.diagrams, &open.levels);
        let mut may: Vec<bool> = open.levels.iter().zip(&gates).map(|(level, gate)| level.cost.is_some() && *gate == Gate::Open).collect();
        let mut page: Vec<usize> = questions(&open).filter(|&(at, level)| level.sure && may.get(at) == Some(&true)).map(|(at, _)| at).take(limit).collect();
        if !settled && drawn {
            plan.page(settles, &mut page, &mut may, limit);
        }
        if !settled && !open.exact && page.is_empty() {
            // What is not told by the diagram may matter all the same.
            page = questions(&open).map(|(at, _)| at).filter(|&at| may.get(at) == Some(&true)).take(limit).collect();
        }
        let certificate = settled.then(|| {
            let why = |at: usize, field: VariableId| match gates.get(at) {
                _ if !self.is_read(field) => Why::Unread,
                Some(Gate::Closed) => Why::Masked,
                _ => Why::Idle,
            };
            let remaining = questions(&open).map(|(at, level)| (level.field, why(at, level.field))).collect();
            match &possible {
                Some(possible) => Certificate { comes_to: self.comes_to(goal, possible), remaining, scores: possible.scores.iter().map(|score| score.range).collect() },
                None => Certificate { comes_to: plan.diagrams.leaves(settles).into_iter().filter_map(number).map(Settles::of).collect(), remaining, scores },
            }
        });
        Next { settled, ask: page.into_iter().filter_map(|at| open.levels.get(at)).map(|level| level.field).collect(), certificate }
    }

    /// The gates of questions where diagrams cannot tell them: what is open counts as absent, as in [`form`](Self::form).
    fn gates_of(&self, lead: &Lead, open: &Levels, gates: &mut [Gate]) {
        let applies = self.form(lead);
        for (gate, level) in gates.iter_mut().zip(&open.levels) {
            let at = self.program().ask.questions.iter().position(|&field| field == level.field);
            *gate = if at.and_then(|at| applies.get(at)) == Some(&true) { Gate::Open } else { Gate::Waiting };
        }
    }
}

impl Lift<'_> {
    /// What a goal comes to: leaves are numbers of [`Settles`].
    pub fn settles(&mut self, goal: Goal) -> Ref {
        let program = self.program();
        let on_fault = || program.route.as_ref().and_then(|route| route.on_fault).map_or(Outcome::None, Outcome::Route);
        let engine = self.engine();
        let screen = self.rows(&program.screen);
        let of = match goal {
            // The screen ends the decision whatever comes.
            _ if number(screen).is_some_and(|row| row != NO_ROW) => leaf(0),
            Goal::Route => self.rows(program.route.as_ref().map_or(&[], |route| &route.rows)),
            Goal::Stage => program.stages.as_ref().map_or(leaf(0), |stages| self.cell_of(stages.variable)),
            Goal::Output(output) => self.cell_of(output),
        };
        let settles = self.diagrams.apply(&[screen, of], &mut |inputs: &[Ref]| {
            let [screen, of] = *inputs else { return None };
            let found = match (number(screen)?, goal) {
                (NO_ROW, Goal::Route) => Settles::Outcome(match number(of)? {
                    FAULTED => on_fault(),
                    row => program.route.as_ref().and_then(|route| route.rows.get(row as usize)).map_or(Outcome::None, |row| Outcome::Route(row.to())),
                }),
                (NO_ROW, _) => match number(of)?.checked_sub(u32::from(FIRST_VALUE)) {
                    Some(index) => Settles::Index(index as u16),
                    None => Settles::Faults,
                },
                (FAULTED, Goal::Route) => Settles::Outcome(on_fault()),
                (row, Goal::Route) => Settles::Outcome(engine.screened(row as usize)),
                _ => Settles::Nothing,
            };
            Some(leaf(found.number()))
        });
        self.diagrams.draw(settles)
    }
}

impl Settles {
    fn number(self) -> u32 {
        let (kind, index) = match self {
            Self::Nothing => (0, 0),
            Self::Faults => (1, 0),
            Self::Index(index) => (2, index),
            Self::Outcome(Outcome::None) => (3, 0),
            Self::Outcome(Outcome::Screened(row)) => (4, row),
            Self::Outcome(Outcome::Route(at)) => (5, at),
        };
        kind << 16 | u32::from(index)
    }

    pub(super) fn of(number: u32) -> Self {
        let index = number as u16;
        match number >> 16 {
            0 => Self::Nothing,
            1 => Self::Faults,
            2 => Self::Index(index),
            3 => Self::Outcome(Outcome::None),
            4 => Self::Outcome(Outcome::Screened(index)),
            _ => Self::Outcome(Outcome::Route(index)),
        }
    }
}

/// The levels of questions.
fn questions(open: &Levels) -> impl Iterator<Item = (usize, &Level)> {
    open.levels.iter().enumerate().filter(|(_, level)| level.cost.is_some())
}

/// Whether the points of a program are few enough to be numbers of leaves.
pub fn fits(program: &Program) -> bool {
    // Doubles do not overflow, and these are exact as long as they are few enough.
    let mut most = 0.0;
    for score in &program.scores {
        let (low, high) = score.range.unwrap_or_default();
        most += farther(low, high);
        match &score.body {
            ScoreBody::Groups(groups) => {
                for group in groups {
                    most += farther(group.min.unwrap_or_default(), group.max.unwrap_or_default());
                    group.rules.iter().flat_map(|rule| &rule.cases).for_each(|case| most += farther(case.points, 0));
                }
            }
            // At most everything before, again.
            ScoreBody::Sum(_) | ScoreBody::Within(..) => most *= 2.0,
        }
    }
    most < ZERO as f64
}

/// How far from zero the one is that is farther from it.
fn farther(a: Milli, b: Milli) -> f64 {
    (a as f64).abs().max((b as f64).abs())
}

impl Engine {
    /// Whether only one thing is possible.
    fn is_settled(&self, goal: Goal, possible: &Possible) -> bool {
        let screened = |outcome: &Outcome| matches!(outcome, Outcome::Screened(_));
        let one = match goal {
            Goal::Route => return possible.outcomes.len() == 1,
            Goal::Stage => possible.stages.len() + usize::from(possible.stage_faults) == 1,
            Goal::Output(output) => self.output_in(output, possible).is_some_and(|output| output.values.len() + usize::from(output.faults) == 1),
        };
        // A screen that faults ends the decision with an outcome that others may have as well.
        let program = self.program();
        let may_fault = !program.screen.is_empty() && program.route.as_ref().is_some_and(|route| route.on_fault.is_some());
        possible.outcomes.iter().all(screened) || one && !may_fault && !possible.outcomes.iter().any(screened)
    }

    /// What is possible of a goal.
    fn comes_to(&self, goal: Goal, possible: &Possible) -> Vec<Settles> {
        let (indices, faults) = match goal {
            Goal::Route => return possible.outcomes.iter().map(|&outcome| Settles::Outcome(outcome)).collect(),
            Goal::Stage => (possible.stages.as_slice(), possible.stage_faults),
            Goal::Output(output) => self.output_in(output, possible).map_or((&[][..], false), |output| (output.values.as_slice(), output.faults)),
        };
        let mut found: Vec<Settles> = indices.iter().map(|&index| Settles::Index(index)).collect();
        if faults {
            found.push(Settles::Faults);
        }
        if found.is_empty() {
            found.push(Settles::Nothing);
        }
        found
    }

    fn output_in<'p>(&self, output: VariableId, possible: &'p Possible) -> Option<&'p OutputPossible> {
        possible.outputs.get(usize::from(output).checked_sub(self.first_output())?)
    }
}
