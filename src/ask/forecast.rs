//! What a form costs its visitors, on average, before anybody has seen it: every question shown, the form's order until nothing matters any more, and the plan that [`next`](Engine::next) follows.
//!
//! Answers are independent and as likely as the priors say. A form is walked state by state; what the rest of a form rests on is a function and the conditions of its questions, and
//! ways that come to the same are one, so that most forms are walked whole. Where that is too much, forms are drawn: always the same ones, for the sequence of draws is fixed.

use super::AskRoom;
use super::diagram::Ref;
use super::lift::Lift;
use super::next::fits;
use super::open::{Level, Levels};
use super::optimum::{CLOSED, Optimum, State, after, best_order, floor, in_fixed_order};
use super::pages::{BestPages, Paged};
use super::plan::Plan;
use super::walk::{Layer, Reached, Tally, Walk, Way, choose, in_order, is_settled, simpler};
use crate::engine::{Answer, Engine, Lead, Source};
use crate::program::{ABSENT, DECLINED, VariableId};

/// What is forecast.
#[derive(Debug, Clone, Default)]
pub struct ForecastOptions {
    /// Fields that are known before the form begins, as from enrichment: with an answer, as likely as its prior says against the others.
    pub known: Vec<VariableId>,
    /// The stage that leads begin in; none: the first.
    pub stage: Option<u16>,
    /// How many forms people have sent before.
    pub submissions: u32,
    /// How many states of forms each part of the forecast may look at; zero: as many as it takes, which may be minutes.
    pub effort: usize,
    /// How many questions a page shows; zero: as many as the policy's `per_visit` says.
    pub limit: u32,
    /// Other orders to ask in, by fields; questions that are missing are not asked.
    pub orders: Vec<Vec<VariableId>>,
}

/// What a way of asking costs on average.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Expected {
    /// Questions.
    pub questions: f64,
    /// Friction: each question by its cost.
    pub friction: f64,
    /// The standard error of the friction; zero where nothing was drawn.
    pub error: f64,
}

/// A form that is shown by pages.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pages {
    /// How many questions a page shows at most.
    pub limit: u32,
    /// What [`Engine::next`] shows.
    pub plan: Paged,
    /// The standard error of its friction; zero where nothing was drawn.
    pub error: f64,
    /// The pages with the least friction, where each has as many questions as `next` would show; none where that is too much to find out.
    pub optimum: Option<Paged>,
}

/// A question in a forecast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AskedOf {
    /// Its field.
    pub field: VariableId,
    /// How likely it is shown where every question that applies is shown.
    pub shown: f64,
    /// How likely the plan asks it.
    pub asked: f64,
    /// How likely its answer is the one that settles the plan's form.
    pub settles: f64,
}

/// What forms cost their visitors on average.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// Every question that applies.
    pub everything: Expected,
    /// Every question that applies in the form's order, until no question matters.
    pub form_order: Expected,
    /// What [`Engine::next`] asks, one question after the other.
    pub plan: Expected,
    /// By pages; none where one question is shown at a time.
    pub pages: Option<Pages>,
    /// The least friction that any way of asking has; none where that is too much to find out.
    pub optimum: Option<f64>,
    /// The least friction with which somebody who knew all answers could prove the result; none where that is too much to find out.
    pub floor: Option<f64>,
    /// The standard error of the floor: it is an average of forms that are drawn. Zero where there is none.
    pub floor_error: f64,
    /// The best fixed order, as far as it was looked for, and its friction; none where that is too much to find out.
    pub best_order: Option<(Vec<VariableId>, f64)>,
    /// The friction of the [`orders`](ForecastOptions::orders) that were asked about.
    pub orders: Vec<Option<f64>>,
    /// The questions, in the form's order.
    pub questions: Vec<AskedOf>,
    /// How likely it is settled before any question.
    pub settled: f64,
    /// How many forms were drawn for each way of asking that was not walked whole; zero where all were.
    pub samples: u32,
    /// Every answer counts by its cell alone. Otherwise forms may go on for longer than is forecast: something reads answers themselves.
    pub exact: bool,
}

/// How many states are walked for one way of asking, at most: some seconds of WebAssembly.
const MOST_STATES: usize = 1 << 13;
/// How many states are looked at for the best pages, at most.
const MOST_PAGED: usize = 1 << 20;
/// How many forms are drawn where there are more.
const SAMPLES: u32 = 400;
/// How many forms are drawn for the floor.
const FLOOR_SAMPLES: u32 = 200;
/// How many of them say something.
const LEAST_SAMPLES: u32 = 40;

impl Engine {
    /// What the form costs a visitor on average; none where its goal is too large a function of the answers to be drawn.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let program = leadgate::compile_str(r#"
    /// leadgate: 1
    /// policy: form
    /// version: "1"
    /// fields: { seats: { type: int, min: 1 }, student: { type: bool } }
    /// route: { outcomes: [sales, none], rows: [{ id: no, when: { student: "true" }, to: none }, { id: large, when: { seats: ">= 100" }, to: sales }], default: none }
    /// ask:
    ///   questions:
    ///     - { field: seats, label: How many seats?, cost: 1, prior: { "< 100": 3, ">= 100": 1 } }
    ///     - { field: student, label: Are you a student?, cost: 1, prior: { true: 1, false: 1 } }
    /// "#)?;
    /// let engine = leadgate::Engine::new(program);
    /// let forecast = engine.forecast(&Default::default()).ok_or("too large")?;
    /// assert_eq!(forecast.everything.questions, 2.0);
    /// // Three of four have few seats, and then nothing else matters.
    /// assert!((forecast.plan.questions - 1.25).abs() < 1e-4);
    /// # Ok(())
    /// # }
    /// ```
    pub fn forecast(&self, options: &ForecastOptions) -> Option<Forecast> {
        let program = self.program();
        if !fits(program) {
            return None;
        }
        let mut lead = self.nothing_given();
        for (fields, source) in [(&program.ask.questions, Source::Typed), (&options.known, Source::Record)] {
            for &field in fields {
                *lead.answers.get_mut(usize::from(field))? = (Answer::Open, source);
            }
        }
        let mut open = Levels::new(self, &lead, options.submissions);
        let mut known = Vec::new();
        for (at, level) in open.levels.iter_mut().enumerate() {
            if options.known.contains(&level.field) {
                (level.cost, level.sure) = (None, false);
                answered(level);
                known.push(at);
            }
        }
        open.merge(program);
        let order = in_order(program, &open.levels);
        let mut forms = Forms { engine: self, lead: &lead, stage: options.stage, open: &open, known, order, room: AskRoom::default(), begin: State::new(), stale: true, effort: if options.effort == 0 { usize::MAX } else { options.effort } };
        let everything = forms.way(Way::Everything)?;
        let form_order = forms.way(Way::FormOrder)?;
        let plan = forms.way(Way::Plan(1))?;
        let limit = if options.limit > 0 { options.limit } else { program.ask.per_visit.unwrap_or(1) };
        let paged = if limit > 1 { Some(forms.way(Way::Plan(limit as usize))?) } else { None };
        let drawn = [&everything, &form_order, &plan].into_iter().chain(&paged).any(|found| found.drawn);
        let at = |of: &[f64], level: usize| of.get(level).copied().unwrap_or_default();
        let bounds = forms.bounds(&options.orders).unwrap_or_default();
        let questions = forms.order.iter().filter_map(|&level| {
            let field = open.levels.get(level)?.field;
            Some(AskedOf { field, shown: at(&everything.tally.asked, level), asked: at(&plan.tally.asked, level), settles: at(&plan.tally.settles, level) })
        });
        let questions = questions.collect();
        let pages = paged.map(|Asked { tally, expected: Expected { questions, friction, error }, .. }| {
            let plan = Paged { pages: tally.pages, questions, friction };
            Pages { limit, plan, error, optimum: forms.best_pages(limit as usize) }
        });
        let Bounds { optimum, floor, floor_error, best_order, orders } = bounds;
        let samples = if drawn { SAMPLES } else { 0 };
        let (everything, form_order, settled, plan) = (everything.expected, form_order.expected, plan.settled, plan.expected);
        Some(Forecast { everything, form_order, plan, pages, optimum, floor, floor_error, best_order, orders, questions, settled, samples, exact: open.exact })
    }
}

/// What is known has an answer.
pub fn answered(level: &mut Level) {
    let has = level.states.each().map(|cells| !matches!(cells.first(), Some(&(ABSENT | DECLINED)))).collect::<Vec<_>>();
    let sum: f64 = level.weights.iter().zip(&has).filter(|(_, has)| **has).map(|(weight, _)| weight).sum();
    if sum > 0.0 {
        for (weight, has) in level.weights.iter_mut().zip(has) {
            *weight = if has { *weight / sum } else { 0.0 };
        }
    }
}

/// The forms of all visitors.
struct Forms<'a> {
    engine: &'a Engine,
    lead: &'a Lead,
    stage: Option<u16>,
    open: &'a Levels,
    /// Levels whose answer is known before the form begins.
    known: Vec<usize>,
    /// The levels of questions in the form's order.
    order: Vec<usize>,
    room: AskRoom,
    /// The form of which nothing is known, as it was drawn last.
    begin: State,
    /// What was drawn cannot be used any more.
    stale: bool,
    effort: usize,
}

/// What bounds the friction of a form.
#[derive(Default)]
struct Bounds {
    optimum: Option<f64>,
    floor: Option<f64>,
    floor_error: f64,
    best_order: Option<(Vec<VariableId>, f64)>,
    orders: Vec<Option<f64>>,
}

/// What states come to, each as likely as it is.
fn weighted(states: &Layer, of: &mut dyn FnMut(&State) -> Option<f64>) -> Option<f64> {
    states.iter().try_fold(0.0, |sum, (state, reached)| Some(sum + reached.weight * of(state)?))
}

impl Forms<'_> {
    /// A form of which nothing is known; none where it is too large.
    fn begin(&mut self) -> Option<State> {
        let mut lift = Lift::new(self.engine, &mut self.room.diagrams, &mut self.room.sums, self.lead, self.stage, self.open);
        let mut state = vec![lift.settles(self.engine.program().ask.settle)];
        for level in &self.open.levels {
            state.push(if level.cost.is_some() { lift.applies(level.field) } else { CLOSED });
        }
        if lift.diagrams.is_exhausted() {
            return None;
        }
        self.begin.clone_from(&state);
        self.stale = false;
        Some(state)
    }

    /// The states in which forms begin, with what is known of them.
    fn started(&mut self) -> Option<Layer> {
        let begin = self.begin()?;
        let mut plan = Plan::new(&mut self.room.diagrams, &self.open.levels);
        let mut start = Layer::from([(begin, Reached::begin())]);
        for &at in &self.known {
            plan.diagrams.rest();
            start = Walk { order: &self.order, way: Way::Everything, most: MOST_STATES, branches: None }.spread(&mut plan, &start, at);
            if plan.diagrams.is_exhausted() || start.len() > MOST_STATES {
                return None;
            }
        }
        Some(start)
    }

    /// What no way of asking goes below, and what fixed orders cost.
    fn bounds(&mut self, orders: &[Vec<VariableId>]) -> Option<Bounds> {
        let start = self.started()?;
        let mut plan = Plan::new(&mut self.room.diagrams, &self.open.levels);
        let field = |at: &usize| self.open.levels.get(*at).map(|level| level.field);
        let level = |field: &VariableId| self.open.levels.iter().position(|level| level.field == *field);
        let fixed = |plan: &mut Plan, order: &[usize]| weighted(&start, &mut |state| in_fixed_order(plan, state, order, &mut { self.effort }));
        // Together: what is known beforehand is no part of an order.
        let order = match start.iter().next() {
            Some((state, _)) if start.len() == 1 => best_order(&mut plan, state, &self.order, &mut { self.effort }),
            _ => None,
        };
        // Or else the one that was compiled.
        let order = order.or_else(|| self.engine.program().ask.order.iter().map(|&at| self.order.get(usize::from(at)).copied()).collect::<Option<Vec<usize>>>().filter(|order| !order.is_empty()));
        let best_order = order.and_then(|order| Some((order.iter().filter_map(field).collect(), fixed(&mut plan, &order)?)));
        let orders = orders.iter().map(|order| fixed(&mut plan, &order.iter().filter_map(level).collect::<Vec<_>>())).collect();
        let mut draws = Draws(1);
        let mut drawn = Vec::new();
        for _ in 0..FLOOR_SAMPLES {
            drawn.push(self.open.levels.iter().map(|level| draws.branch(&level.weights)).collect::<Vec<usize>>());
        }
        // As many of them as may be looked at; a few tell nothing.
        let (mut left, mut sum, mut square, mut count) = (self.effort, 0.0, 0.0, 0u32);
        for answers in &drawn {
            // What is known beforehand is the first thing of a drawn form.
            let mut state = self.begin.clone();
            for &at in &self.known {
                state = after(&mut plan, &state, at, answers.get(at).copied().unwrap_or_default());
            }
            let Some(friction) = floor(&mut plan, &state, answers, &mut left) else { break };
            sum += friction;
            square += friction * friction;
            count += 1;
        }
        let floor = (count >= LEAST_SAMPLES).then(|| sum / f64::from(count));
        let floor_error = floor.map_or(0.0, |floor| error(square / f64::from(count), floor, count));
        let mut optimum = Optimum::new(&mut plan, self.effort);
        let optimum = weighted(&start, &mut |state| optimum.least(state));
        Some(Bounds { optimum, floor, floor_error, best_order, orders })
    }

    /// What a way of asking costs: all forms walked, or where there are too many, some drawn.
    fn way(&mut self, way: Way) -> Option<Asked> {
        if let Some(start) = self.started() {
            let walk = Walk { order: &self.order, way, most: MOST_STATES.min(self.effort), branches: None };
            let mut plan = Plan::new(&mut self.room.diagrams, &self.open.levels);
            let mut settled = 0.0;
            for (state, reached) in &start {
                settled += if is_settled(&mut plan, state) { reached.weight } else { 0.0 };
            }
            if let Some(tally) = walk.walk(&mut plan, &start, &mut |_, _, _, _| {}) {
                return Some(Asked { expected: self.expected(&tally), tally, settled, drawn: false });
            }
        }
        self.drawn(way)
    }

    /// The best pages; none where they are too much to find out.
    fn best_pages(&mut self, limit: usize) -> Option<Paged> {
        let start = self.started()?;
        let mut plan = Plan::new(&mut self.room.diagrams, &self.open.levels);
        let mut best = BestPages::new(&mut plan, limit, self.effort.min(MOST_PAGED));
        let mut found = Paged::default();
        for (state, reached) in &start {
            let least = best.least(state)?;
            found.pages += reached.weight * least.pages;
            found.questions += reached.weight * least.questions;
            found.friction += reached.weight * least.friction;
        }
        Some(found)
    }

    fn expected(&self, tally: &Tally) -> Expected {
        let mut found = Expected::default();
        for (asked, level) in tally.asked.iter().zip(&self.open.levels) {
            found.questions += asked;
            found.friction += asked * level.cost.unwrap_or_default();
        }
        found
    }

    /// What a way of asking costs forms that are drawn.
    fn drawn(&mut self, way: Way) -> Option<Asked> {
        self.stale = true;
        let part = 1.0 / f64::from(SAMPLES);
        let count = self.open.levels.len();
        let mut tally = Tally { asked: vec![0.0; count], settles: vec![0.0; count], ..Default::default() };
        let (mut square, mut settled) = (0.0, 0.0);
        let mut draws = Draws(0);
        for _ in 0..SAMPLES {
            let answers: Vec<usize> = self.open.levels.iter().map(|level| draws.branch(&level.weights)).collect();
            let one = self.one(&answers, way)?;
            let mut friction = 0.0;
            for &at in &one.in_turn {
                friction += self.open.levels.get(at).and_then(|level| level.cost).unwrap_or_default();
                tally.asked.get_mut(at).into_iter().for_each(|asked| *asked += part);
            }
            square += friction * friction;
            tally.pages += part * f64::from(one.pages);
            match one.settled_after {
                Some(0) => settled += part,
                Some(turn) => {
                    let at = one.in_turn.get(turn - 1).copied().unwrap_or_default();
                    tally.settles.get_mut(at).into_iter().for_each(|settles| *settles += part);
                }
                None => {}
            }
        }
        let mut expected = self.expected(&tally);
        expected.error = error(square * part, expected.friction, SAMPLES);
        Some(Asked { tally, expected, settled, drawn: true })
    }

    /// One form whose answers are given, a branch of each level.
    fn one(&mut self, answers: &[usize], way: Way) -> Option<One> {
        let mut given = self.known.clone();
        let mut found = One { in_turn: Vec::new(), settled_after: None, pages: 0 };
        let mut state = self.at(&given, answers)?;
        loop {
            let mut plan = Plan::new(&mut self.room.diagrams, &self.open.levels);
            plan.diagrams.rest();
            let asked = simpler(&mut plan, state.clone(), way);
            let chosen = choose(&mut plan, &self.order, &asked, way);
            self.stale = plan.diagrams.is_exhausted();
            found.pages += u32::from(!chosen.is_empty());
            for &at in &chosen {
                found.is_settled(&mut Plan::new(&mut self.room.diagrams, &self.open.levels), &state);
                given.push(at);
                found.in_turn.push(at);
                if !self.stale {
                    let mut plan = Plan::new(&mut self.room.diagrams, &self.open.levels);
                    plan.diagrams.rest();
                    state = after(&mut plan, &state, at, answers.get(at).copied().unwrap_or_default());
                    self.stale = plan.diagrams.is_exhausted();
                }
                if self.stale {
                    state = self.at(&given, answers)?;
                }
            }
            found.is_settled(&mut Plan::new(&mut self.room.diagrams, &self.open.levels), &state);
            if chosen.is_empty() {
                break;
            }
        }
        Some(found)
    }

    /// A form of which some answers are given.
    fn at(&mut self, given: &[usize], answers: &[usize]) -> Option<State> {
        for _ in 0..2 {
            let mut state = if self.stale { self.begin()? } else { self.begin.clone() };
            let mut plan = Plan::new(&mut self.room.diagrams, &self.open.levels);
            for &at in given {
                plan.diagrams.rest();
                state = after(&mut plan, &state, at, answers.get(at).copied().unwrap_or_default());
            }
            self.stale = plan.diagrams.is_exhausted();
            if !self.stale {
                return Some(state);
            }
        }
        None
    }
}

/// What a way of asking costs.
struct Asked {
    tally: Tally,
    expected: Expected,
    /// How likely it is settled before any question.
    settled: f64,
    drawn: bool,
}

/// What one form asks.
struct One {
    in_turn: Vec<usize>,
    /// After how many of them it is settled.
    settled_after: Option<usize>,
    pages: u32,
}

impl One {
    /// Notes that the form is settled, where it is.
    fn is_settled(&mut self, plan: &mut Plan, state: &[Ref]) {
        if self.settled_after.is_none() && is_settled(plan, state) {
            self.settled_after = Some(self.in_turn.len());
        }
    }
}

/// The standard error of a mean, where so many were drawn, from the mean of their squares.
fn error(squares: f64, mean: f64, count: u32) -> f64 {
    ((squares - mean * mean).max(0.0) / f64::from(count - 1)).sqrt()
}

/// A fixed sequence of numbers that look drawn (SplitMix64, Steele, Lea and Flood 2014).
struct Draws(u64);

impl Draws {
    /// From 0 to below 1.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ mixed >> 31) >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A branch, as likely as its weight.
    fn branch(&mut self, weights: &[f64]) -> usize {
        let mut rest = self.next();
        let mut last = 0;
        for (at, &weight) in weights.iter().enumerate() {
            if weight > 0.0 {
                last = at;
                if rest < weight {
                    break;
                }
                rest -= weight;
            }
        }
        last
    }
}
