//! The order in which a form's questions are best asked where nothing else is known. It is found when a policy is compiled, and is what [`next`](Engine::next) looks ahead by.

use super::AskRoom;
use super::diagram::Ref;
use super::lift::Lift;
use super::next::fits;
use super::open::Levels;
use super::optimum::{CLOSED, greedy_order};
use super::plan::Plan;
use crate::engine::{Answer, Engine};

/// How often an order is looked for again from the one that was found: the look ahead is by the order before.
const ROUNDS: usize = 3;

impl Engine {
    /// An order of the questions with less expected friction than the author's, as indices into them; empty where none was found.
    pub fn best_asking_order(&self) -> Vec<u16> {
        let program = self.program();
        let mut lead = self.nothing_given();
        for &field in &program.ask.questions {
            if let Some((answer, _)) = lead.answers.get_mut(usize::from(field)) {
                *answer = Answer::Open;
            }
        }
        if !fits(program) {
            return Vec::new();
        }
        let mut room = AskRoom::default();
        let mut effort = 1 << 12;
        let (mut best, mut least, mut order) = (Vec::new(), f64::INFINITY, Vec::new());
        for round in 0..=ROUNDS {
            // Whoever has sent forms before is asked everything.
            let open = Levels::in_order(self, &lead, u32::MAX, &order);
            let mut lift = Lift::new(self, &mut room.diagrams, &mut room.sums, &lead, None, &open);
            let mut state: Vec<Ref> = vec![lift.settles(program.ask.settle)];
            for level in &open.levels {
                state.push(if level.cost.is_some() { lift.applies(level.field) } else { CLOSED });
            }
            if lift.diagrams.is_exhausted() {
                break;
            }
            let mut plan = Plan::new(&mut room.diagrams, &open.levels);
            let friction = state.first().map_or(0.0, |&of| plan.in_order(of));
            // Not for a rounding of the sum.
            if friction < least * (1.0 - 1e-9) {
                (best, least) = (order, friction);
            } else {
                break;
            }
            if round == ROUNDS {
                break;
            }
            let questions: Vec<usize> = (0..open.levels.len()).filter(|&at| open.levels.get(at).is_some_and(|level| level.cost.is_some())).collect();
            let Some(found) = greedy_order(&mut plan, &state, &questions, &mut effort) else { break };
            let place = |field| program.ask.questions.iter().position(|&question| question == field).map(|at| at as u16);
            order = found.iter().filter_map(|&at| place(open.levels.get(at)?.field)).collect();
            if order.len() != program.ask.questions.len() {
                break;
            }
        }
        best
    }
}
