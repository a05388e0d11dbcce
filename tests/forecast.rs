//! What is forecast is what `next` and `form` ask of every lead there is, each as often as the priors say.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use std::collections::HashMap;

use leadgate::{Engine, Forecast, ForecastOptions};

const POLICY: &str = r#"
leadgate: 1
policy: p
version: "1"
fields:
  industry: { type: enum, values: [finance, retail, other] }
  seats: { type: enum, values: [few, some, many] }
  project: { type: bool }
  budget: { type: enum, values: [low, high] }
  student: { type: bool }
  region: { type: enum, values: [east, west], from: host }
scores:
  fit:
    range: [0, 30]
    rules:
      industry: { by: industry, points: { finance: 8, retail: 3, unanswered: 1 } }
      seats: { by: seats, points: { some: 5, many: 10 } }
      budget: { by: budget, points: { high: 9, low: -4 } }
      region: { by: region, points: { east: 4 } }
route:
  outcomes: [sales, nurture, none]
  rows: [{ id: student, when: { student: "true" }, to: none }, { id: good, when: { fit: ">= 14" }, to: sales }, { id: some, when: { fit: ">= 6" }, to: nurture }]
  default: none
ask:
  questions:
    - { field: industry, label: i, prior: { finance: 2, retail: 5, other: 3, unanswered: 2 } }
    - { field: seats, label: s, cost: 2, prior: { few: 6, some: 3, many: 1 } }
    - { field: project, label: p, required: true, prior: { true: 1, false: 2 } }
    - { field: budget, label: b, when: { project: "true" }, cost: 3, prior: { low: 3, high: 1, declined: 1 } }
    - { field: student, label: t, prior: { true: 1, false: 4, unanswered: 1 } }
"#;

/// A field, what its question costs, and how likely its answers are.
type Question = (&'static str, f64, &'static [(&'static str, f64)]);
const QUESTIONS: [Question; 5] = [
    ("industry", 1.0, &[("finance", 2.0), ("retail", 5.0), ("other", 3.0), ("", 2.0)]),
    ("seats", 2.0, &[("few", 6.0), ("some", 3.0), ("many", 1.0)]),
    ("project", 1.0, &[("true", 1.0), ("false", 2.0)]),
    ("budget", 3.0, &[("low", 3.0), ("high", 1.0), ("declined", 1.0)]),
    ("student", 1.0, &[("true", 1.0), ("false", 4.0), ("", 1.0)]),
];

fn engine() -> Engine {
    Engine::new(leadgate::compile_str(POLICY).unwrap_or_else(|errors| panic!("{errors}")))
}

/// A lead of which some questions are answered and the others open.
fn lead(engine: &Engine, answers: &[usize; 5], given: &[bool; 5], region: Option<&str>) -> leadgate::Lead {
    let mut lead = engine.lead();
    for (at, (field, _, values)) in QUESTIONS.iter().enumerate() {
        if !given[at] {
            lead.open(field).unwrap();
            continue;
        }
        match values[answers[at]].0 {
            "" => lead.absent(field).unwrap(),
            "declined" => lead.decline(field).unwrap(),
            word @ ("true" | "false") => lead.set(field, word == "true").unwrap(),
            word => lead.set(field, word).unwrap(),
        };
    }
    if let Some(region) = region {
        lead.record("region", region).unwrap();
    }
    lead.build()
}

/// What each question of a lead's form is asked by `choose`, until it says none.
fn asked(choose: impl Fn(&[bool; 5]) -> Option<usize>) -> [bool; 5] {
    let mut given = [false; 5];
    while let Some(at) = choose(&given) {
        assert!(!given[at], "never twice the same");
        given[at] = true;
    }
    given
}

/// By going through all leads: questions and friction of everything, of the form's order and of the plan, and how likely the plan asks each.
fn enumerated(engine: &Engine, region: &[(Option<&str>, f64)]) -> ([[f64; 2]; 3], [f64; 5]) {
    let (mut found, mut likely) = ([[0.0; 2]; 3], [0.0; 5]);
    let sums: Vec<f64> = QUESTIONS.iter().map(|(_, _, values)| values.iter().map(|(_, weight)| weight).sum()).collect();
    let mut answers = [0; 5];
    'leads: loop {
        for &(region, part) in region {
            let weight: f64 = part * (0..5).map(|at| QUESTIONS[at].2[answers[at]].1 / sums[at]).product::<f64>();
            let next = |given: &[bool; 5]| engine.next(&lead(engine, &answers, given, region), None, &Default::default());
            let first_open = |given: &[bool; 5]| {
                let applies = engine.form(&lead(engine, &answers, given, region));
                (0..5).find(|&at| applies[at] && !given[at])
            };
            let place = |field| QUESTIONS.iter().position(|(name, ..)| engine.field(name) == Some(field));
            let ways = [
                asked(first_open),
                asked(|given| {
                    let next = next(given);
                    if next.settled { next.ask.first().and_then(|&field| place(field)) } else { first_open(given) }
                }),
                asked(|given| next(given).ask.first().and_then(|&field| place(field))),
            ];
            for (found, way) in found.iter_mut().zip(ways) {
                for at in (0..5).filter(|&at| way[at]) {
                    found[0] += weight;
                    found[1] += weight * QUESTIONS[at].1;
                }
            }
            (0..5).filter(|&at| ways[2][at]).for_each(|at| likely[at] += weight);
        }
        for at in 0..5 {
            answers[at] += 1;
            if answers[at] < QUESTIONS[at].2.len() {
                continue 'leads;
            }
            answers[at] = 0;
        }
        return (found, likely);
    }
}

fn agree(forecast: &Forecast, (expected, likely): ([[f64; 2]; 3], [f64; 5])) {
    assert!(forecast.exact && forecast.samples == 0);
    for (found, expected) in [forecast.everything, forecast.form_order, forecast.plan].iter().zip(expected) {
        // Weights are whole millionths.
        assert!((found.questions - expected[0]).abs() < 1e-4 && (found.friction - expected[1]).abs() < 1e-4 && found.error == 0.0, "{found:?} {expected:?}");
    }
    for (question, expected) in forecast.questions.iter().zip(likely) {
        assert!((question.asked - expected).abs() < 1e-4, "{question:?} {expected}");
    }
    let settles: f64 = forecast.questions.iter().map(|question| question.settles).sum();
    assert!((settles + forecast.settled - 1.0).abs() < 1e-9, "every form is settled by something");
}

#[test]
fn a_forecast_is_what_all_leads_come_to() {
    let engine = engine();
    let forecast = engine.forecast(&ForecastOptions::default()).unwrap();
    agree(&forecast, enumerated(&engine, &[(None, 1.0)]));
    assert!(forecast.plan.friction < forecast.form_order.friction && forecast.form_order.friction < forecast.everything.friction);
}

#[test]
fn what_is_known_is_not_asked_and_may_be_anything_that_it_can_be() {
    let engine = engine();
    let known = vec![engine.field("region").unwrap()];
    let forecast = engine.forecast(&ForecastOptions { known, ..Default::default() }).unwrap();
    agree(&forecast, enumerated(&engine, &[(Some("east"), 0.5), (Some("west"), 0.5)]));
    let known = vec![engine.field("seats").unwrap(), engine.field("student").unwrap()];
    let forecast = engine.forecast(&ForecastOptions { known, ..Default::default() }).unwrap();
    assert_eq!(forecast.questions.len(), 3);
    assert!(forecast.everything.questions < 3.0);
}

/// What a lead costs from there on.
type After<'a, Forms> = &'a mut dyn FnMut(&mut Forms, &[Option<usize>]) -> [f64; 3];

/// Forms by pages, by trying everything: pages, questions and friction.
struct Paged<'e> {
    engine: &'e Engine,
    limit: usize,
    /// What each question can be answered with, and how likely that is.
    answers: Vec<Vec<(&'static str, f64)>>,
    known: HashMap<Vec<Option<usize>>, [f64; 3]>,
}

impl<'e> Paged<'e> {
    fn new(engine: &'e Engine, limit: usize) -> Self {
        let all = |values: &[(&'static str, f64)]| {
            let sum: f64 = values.iter().map(|(_, weight)| weight).sum();
            values.iter().map(|&(word, weight)| (word, weight / sum)).collect()
        };
        Self { engine, limit, answers: QUESTIONS.iter().map(|(_, _, values)| all(values)).collect(), known: HashMap::new() }
    }

    fn lead(&self, given: &[Option<usize>]) -> leadgate::Lead {
        let mut lead = self.engine.lead();
        for (at, &answer) in given.iter().enumerate() {
            let field = QUESTIONS[at].0;
            match answer.map(|answer| self.answers[at][answer].0) {
                None => lead.open(field),
                Some("") => lead.absent(field),
                Some("declined") => lead.decline(field),
                Some(word @ ("true" | "false")) => lead.set(field, word == "true"),
                Some(word) => lead.set(field, word),
            }
            .unwrap();
        }
        lead.build()
    }

    /// Which open questions change the route, for some answers to the others.
    fn matter(&self, given: &[Option<usize>]) -> Vec<bool> {
        let open: Vec<usize> = (0..5).filter(|&at| given[at].is_none()).collect();
        let mut routes: HashMap<Vec<Option<usize>>, leadgate::Outcome> = HashMap::new();
        let mut whole = vec![given.to_vec()];
        for &at in &open {
            whole = whole.into_iter().flat_map(|lead| (0..self.answers[at].len()).map(move |answer| (lead.clone(), answer))).map(|(mut lead, answer)| (lead[at] = Some(answer), lead).1).collect();
        }
        for lead in whole {
            let route = self.engine.decide(&self.lead(&lead), None).outcome;
            routes.insert(lead, route);
        }
        let first = |lead: &[Option<usize>], at: usize| {
            let mut first = lead.to_vec();
            first[at] = Some(0);
            first
        };
        (0..5).map(|at| open.contains(&at) && routes.iter().any(|(lead, route)| routes[&first(lead, at)] != *route)).collect()
    }

    /// What a page costs with everything after it.
    fn page(&mut self, given: &[Option<usize>], page: &[usize], after: After<'_, Self>) -> [f64; 3] {
        let mut found = [1.0, page.len() as f64, page.iter().map(|&at| QUESTIONS[at].1).sum()];
        let mut leads = vec![(given.to_vec(), 1.0)];
        for &at in page {
            let mut next = Vec::new();
            for (lead, likely) in leads {
                for (answer, &(_, weight)) in self.answers[at].iter().enumerate() {
                    let mut lead = lead.clone();
                    lead[at] = Some(answer);
                    next.push((lead, likely * weight));
                }
            }
            leads = next;
        }
        for (lead, likely) in leads {
            let rest = after(self, &lead);
            found.iter_mut().zip(rest).for_each(|(found, rest)| *found += likely * rest);
        }
        found
    }

    /// What `next` shows.
    fn plan(&mut self, given: &[Option<usize>]) -> [f64; 3] {
        let next = self.engine.next(&self.lead(given), None, &leadgate::AskOptions { limit: self.limit as u32, ..Default::default() });
        let page: Vec<usize> = next.ask.iter().map(|&field| QUESTIONS.iter().position(|(name, ..)| self.engine.field(name) == Some(field)).unwrap()).collect();
        if page.is_empty() { [0.0; 3] } else { self.page(given, &page, &mut |forms, lead| forms.plan(lead)) }
    }

    /// The least friction of pages that are as full as they may be.
    fn least(&mut self, given: &[Option<usize>]) -> [f64; 3] {
        if let Some(&known) = self.known.get(given) {
            return known;
        }
        let (applies, matter) = (self.engine.form(&self.lead(given)), self.matter(given));
        // Of these questions one is asked in any case.
        let sure: Vec<usize> = (0..5).filter(|&at| QUESTIONS[at].0 == "project" && given[at].is_none()).collect();
        let others: Vec<usize> = (0..5).filter(|&at| matter[at] && applies[at] && !sure.contains(&at)).collect();
        let more = others.len().min(self.limit - sure.len());
        let mut least = [0.0, 0.0, f64::INFINITY];
        for set in 0u32..1 << others.len() {
            let page: Vec<usize> = sure.iter().copied().chain(others.iter().enumerate().filter(|(place, _)| set >> place & 1 == 1).map(|(_, &at)| at)).collect();
            if !page.is_empty() && set.count_ones() as usize <= more {
                // With fewer it is only full if after them nothing that could have been shown matters.
                let mut full = set.count_ones() as usize == more;
                if !full {
                    full = true;
                    self.page(given, &page, &mut |forms, lead| {
                        let matter = forms.matter(lead);
                        full &= !others.iter().any(|&at| matter[at]);
                        [0.0; 3]
                    });
                }
                if !full {
                    continue;
                }
                let found = self.page(given, &page, &mut |forms, lead| forms.least(lead));
                if found[2] < least[2] {
                    least = found;
                }
            }
        }
        let least = if least[2].is_finite() { least } else { [0.0; 3] };
        self.known.insert(given.to_vec(), least);
        least
    }
}

#[test]
fn the_best_pages_are_the_best_of_all_pages() {
    let engine = engine();
    for limit in [2, 3, 4] {
        let pages = engine.forecast(&ForecastOptions { limit, ..Default::default() }).unwrap().pages.unwrap();
        let best = pages.optimum.unwrap();
        let mut forms = Paged::new(&engine, limit as usize);
        let (plan, least) = (forms.plan(&[None; 5]), forms.least(&[None; 5]));
        for (found, expected) in [(pages.plan.pages, plan[0]), (pages.plan.questions, plan[1]), (pages.plan.friction, plan[2]), (best.friction, least[2])] {
            assert!((found - expected).abs() < 1e-4, "{limit}: {pages:?} {plan:?} {least:?}");
        }
        assert!(pages.error == 0.0 && best.friction <= pages.plan.friction + 1e-9 && best.pages >= 1.0, "{pages:?}");
    }
    assert_eq!(engine.forecast(&ForecastOptions::default()).unwrap().pages, None, "one question is shown at a time");
    let whole = engine.forecast(&ForecastOptions { limit: 4, effort: 20, ..Default::default() }).unwrap();
    assert_eq!(whole.pages.unwrap().optimum, None, "more than twenty states are too much");
}

#[test]
fn a_floor_says_how_far_off_it_may_be() {
    let forecast = engine().forecast(&ForecastOptions::default()).unwrap();
    let (floor, optimum) = (forecast.floor.unwrap(), forecast.optimum.unwrap());
    // Of forms whose friction is from 1 to 8 two hundred are drawn.
    assert!(forecast.floor_error > 0.0 && forecast.floor_error < 0.25, "{forecast:?}");
    assert!(floor <= optimum + 3.0 * forecast.floor_error, "{forecast:?}");
    let short = engine().forecast(&ForecastOptions { effort: 1, ..Default::default() }).unwrap();
    assert_eq!((short.floor, short.floor_error), (None, 0.0));
}
