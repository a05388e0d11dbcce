//! The order in which a form's questions are best asked where nothing else is known. It is found when a policy is compiled, and is what [`next`](Engine::next) looks ahead by.
//!
//! What an order costs is read off a diagram that is drawn in this order ([`Plan::in_order`]). From the author's order, or from the one by what questions save when each is asked first,
//! neighbours change places as long as that costs less, then single questions move further; so many branches of diagrams are looked at for it, and no more, whatever machine it is on.

use super::AskRoom;
use super::lift::Lift;
use super::next::fits;
use super::open::Levels;
use super::plan::Plan;
use crate::engine::{Answer, Engine, Lead};
use crate::program::VariableId;

/// How many branches are looked at, at most, to find an order.
const MOST_WORK: u32 = 1 << 21;

/// Orders of an engine's questions, as indices into the author's.
struct Orders<'a> {
    engine: &'a Engine,
    lead: Lead,
    room: AskRoom,
    /// How many branches may still be looked at.
    left: u32,
    /// Questions, each with one that its condition rests on: one waits for the other.
    waits: Vec<(u16, u16)>,
    /// How many questions are asked in any case: they stand first.
    first: usize,
    best: Vec<u16>,
    least: f64,
}

impl Engine {
    /// An order of the questions with less expected friction than the author's, as indices into them; empty where none was found.
    pub(crate) fn best_asking_order(&self) -> Vec<u16> {
        let program = self.program();
        let questions = &program.ask.questions;
        let mut lead = self.nothing_given();
        for &field in questions {
            if let Some((answer, _)) = lead.answers.get_mut(usize::from(field)) {
                *answer = Answer::Open;
            }
        }
        // What is asked in any case is asked first.
        let sure = |&field: &VariableId| program.fields.get(usize::from(field)).is_some_and(|field| field.required || field.always);
        let first = questions.iter().filter(|field| sure(field)).count();
        let mut order: Vec<u16> = (0..).zip(questions).map(|(at, _)| at).collect();
        order.sort_by_key(|&at| !questions.get(usize::from(at)).is_some_and(sure));
        let mut orders = Orders { engine: self, lead, room: AskRoom::default(), left: MOST_WORK, waits: Vec::new(), first, best: Vec::new(), least: f64::INFINITY };
        if questions.len() < 2 || !fits(program) || !orders.take(order) {
            return Vec::new();
        }
        orders.find_waits();
        let begun = orders.least;
        orders.by_first();
        while orders.neighbours() || orders.further() {}
        // Not for a rounding of the sum.
        if orders.least < begun * (1.0 - 1e-9) { orders.best } else { Vec::new() }
    }
}

impl Orders<'_> {
    /// Takes an order where it costs less than the best one so far. What its questions wait for comes along: behind them, they would be passed over.
    fn take(&mut self, mut order: Vec<u16>) -> bool {
        for _ in 0..self.waits.len() {
            for &(at, on) in &self.waits {
                let place = |wanted: u16| order.iter().position(|&at| at == wanted);
                if let (Some(to), Some(from)) = (place(at), place(on))
                    && self.first <= to
                    && to < from
                {
                    order.remove(from);
                    order.insert(to, on);
                }
            }
        }
        if self.left == 0 || order == self.best {
            return false;
        }
        let open = self.open(&order);
        let mut lift = Lift::new(self.engine, &mut self.room.diagrams, &mut self.room.sums, &self.lead, None, &open);
        let settles = lift.settles(self.engine.program().ask.settle);
        let drawn = !lift.diagrams.is_exhausted();
        let friction = Plan::new(lift.diagrams, &open.levels).in_order(settles);
        self.left = self.left.saturating_sub(self.room.diagrams.work());
        // Not for a rounding of the sum.
        let less = drawn && friction < self.least * (1.0 - 1e-9);
        if less {
            (self.best, self.least) = (order, friction);
        }
        less
    }

    /// Tries the order by what each question would cost together with the rest, were it asked first.
    fn by_first(&mut self) {
        let open = self.open(&self.best);
        let mut lift = Lift::new(self.engine, &mut self.room.diagrams, &mut self.room.sums, &self.lead, None, &open);
        let settles = lift.settles(self.engine.program().ask.settle);
        let mut plan = Plan::new(lift.diagrams, &open.levels);
        let mut order: Vec<(f64, u16)> = self.best.iter().enumerate().map(|(at, &question)| (if at < self.first { 0.0 } else { plan.after_first(settles, at, &[], 0) }, question)).collect();
        self.left = self.left.saturating_sub(self.room.diagrams.work());
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        self.take(order.into_iter().map(|(_, question)| question).collect());
    }

    /// Lets neighbours change places once through the order.
    fn neighbours(&mut self) -> bool {
        let mut found = false;
        for at in self.first..self.best.len().saturating_sub(1) {
            let mut order = self.best.clone();
            order.swap(at, at + 1);
            found |= self.take(order);
        }
        found
    }

    /// Moves one question further, where that helps.
    fn further(&mut self) -> bool {
        let (first, count) = (self.first, self.best.len());
        for from in first..count {
            for to in (first..count).filter(|to| to.abs_diff(from) > 1) {
                let mut order = self.best.clone();
                let question = order.remove(from);
                order.insert(to, question);
                if self.take(order) {
                    return true;
                }
            }
        }
        false
    }

    /// What is open of the form in an order; whoever has sent forms before is asked everything.
    fn open(&self, order: &[u16]) -> Levels {
        let mut open = Levels::in_order(self.engine, &self.lead, u32::MAX, order);
        open.merge(self.engine.program());
        open
    }

    /// Finds out which questions' conditions rest on which others.
    fn find_waits(&mut self) {
        let open = self.open(&[]);
        let mut lift = Lift::new(self.engine, &mut self.room.diagrams, &mut self.room.sums, &self.lead, None, &open);
        for (at, &field) in (0..).zip(&self.engine.program().ask.questions) {
            let applies = lift.applies(field);
            let support = lift.diagrams.support(applies);
            // Questions are levels in their order, before all that cannot be asked.
            let on = (0..).zip(support).zip(&open.levels).filter(|((_, needed), level)| *needed && level.cost.is_some());
            self.waits.extend(on.map(|((on, _), _)| (at, on)));
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    /// The questions in the order that is compiled.
    fn order(rest: &str) -> Vec<String> {
        let text = format!("leadgate: 1\npolicy: p\nversion: \"1\"\n{rest}");
        let program = crate::compile_str(&text).unwrap();
        let name = |&at: &u16| program.ask.questions.get(usize::from(at)).and_then(|&field| program.variables.get(usize::from(field))).map(|variable| variable.name.clone());
        program.ask.order.iter().filter_map(name).collect()
    }

    #[test]
    fn what_ends_most_forms_comes_first() {
        let found = order(
            r#"
fields: { seats: { type: int, min: 1 }, sector: { type: enum, values: [a, b] }, student: { type: bool } }
screen: { student: { when: { student: "true" } } }
route: { outcomes: [sales, none], rows: [{ id: large, when: { seats: ">= 100", sector: a }, to: sales }], default: none }
ask: { questions: [{ field: seats, label: s }, { field: sector, label: s }, { field: student, label: s, prior: { true: 9, false: 1 } }] }
"#,
        );
        assert_eq!(found.first().map(String::as_str), Some("student"));
    }

    #[test]
    fn a_question_stays_behind_what_it_waits_for() {
        // Nine of ten budgets would settle it, were they asked at once.
        let found = order(
            r#"
fields: { seats: { type: int, min: 1 }, project: { type: bool }, budget: { type: int, min: 0 } }
route: { outcomes: [sales, none], rows: [{ id: rich, when: { budget: ">= 100" }, to: sales }, { id: large, when: { seats: ">= 100" }, to: sales }], default: none }
ask:
  questions:
    - { field: seats, label: s, prior: { "< 100": 9, ">= 100": 1 } }
    - { field: project, label: p, prior: { true: 9, false: 1 } }
    - { field: budget, label: b, when: { project: "true" }, prior: { "< 100": 1, ">= 100": 9 } }
"#,
        );
        assert_eq!(found, ["project", "budget", "seats"]);
    }

    #[test]
    fn what_is_asked_in_any_case_comes_before_the_rest() {
        let found = order(
            r#"
fields: { seats: { type: int, min: 1 }, email: { type: string }, student: { type: bool } }
screen: { student: { when: { student: "true" } } }
route: { outcomes: [sales, none], rows: [{ id: large, when: { seats: ">= 100" }, to: sales }], default: none }
ask: { questions: [{ field: seats, label: s }, { field: student, label: s, prior: { true: 9, false: 1 } }, { field: email, label: e, always: true }] }
"#,
        );
        assert_eq!(found, ["email", "student", "seats"]);
    }

    #[test]
    fn the_authors_order_is_kept_where_no_other_costs_less() {
        let found = order(
            r#"
fields: { one: { type: bool }, two: { type: bool } }
route: { outcomes: [sales, none], rows: [{ id: both, when: { one: "true", two: "true" }, to: sales }], default: none }
ask: { questions: [{ field: one, label: o }, { field: two, label: t }] }
"#,
        );
        assert_eq!(found, [] as [&str; 0]);
    }
}
