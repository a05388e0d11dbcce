//! The shipped inbound form, every way of answering it: one question after the other and by pages, from every source, with and without what enrichment knows.
//!
//! Answers that no condition of the policy tells apart are one (its *cells*; what the engine decides is a function of them, `Unanswered` would name one that is not tried here), and ways of
//! answering that leave the same function of what is open, and the same conditions of its questions, are one *state*. These are all the states there are, declined and unlikely answers included.
//!
//! *Every state*: what `next` asks of a lead with one of the ways to the state, and of one with another, is what the walk goes on with, so the walk is `next`'s. Each question that is asked applies whatever else is
//! answered, and was answered on no way there: so nobody is asked what the full form does not show, nor anything twice, and nobody more than by the full form. This rests on equal functions
//! being equal references, which `src/ask/tests.rs` tests, and on no sample.
//!
//! *Every end*, by each answer that ends a form in each state: `next` says that it is settled, and as the diagram's leaf has it. That the leaf is what the engine decides is shown by other
//! code, for two of the ways: whole forms are drawn and decided (a *sample*), and, of some ends or with `LEADGATE_CASES` of all, `possible` finds one outcome for all that is open; where it
//! cannot tell, what is open is answered in every way until it can, as far as that goes. That is a *proof* for these ways and all their completions (a few take too much, and are counted); that the other ways to the state go alike is the diagram's
//! word, as is that a question's condition holds in all completions of all of them.
//!
//! *On average*: fewer questions and less friction than the full form, by the sums of the walk, which are exact.
//!
//! `LEADGATE_CASES=1000000 cargo test --release --all-features --test asking whole -- --nocapture` proves all ends.

use std::collections::BTreeMap;

use leadgate::{Engine, Lead, Met, Settles, WalkOptions, Walked, Way};

use crate::reference::random::Random;
use crate::saas::Given::{self, Number, Text};
use crate::saas::{Answers, ENRICHED, Form, VALUES};

/// Whole forms that are decided of each of two ways to each end.
const COMPLETIONS: usize = 2;
/// Of so many ends one is proved.
const PROVED: usize = 397;

/// How often `possible` is asked to prove one way to an end.
const SPLITS: usize = 60;

/// For each field an answer of each kind that the policy's conditions and lists tell apart, and more.
struct Tried {
    values: BTreeMap<&'static str, Vec<Given>>,
    leads: Vec<Lead>,
}

impl Tried {
    fn new(engine: &Engine) -> Self {
        let column = |list: &str| -> Vec<String> {
            let text = std::fs::read_to_string(format!("{}/policies/saas-inbound/lists/{list}", env!("CARGO_MANIFEST_DIR"))).unwrap();
            text.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect()
        };
        let text = |text: String| Text(text.leak());
        let mut values: BTreeMap<&str, Vec<Given>> = VALUES.iter().map(|(name, all)| (*name, all.to_vec())).collect();
        values.insert("source", column("sources.csv").into_iter().map(text).collect());
        values.get_mut("industry").unwrap().extend([Text("logistics"), Text("other")]);
        values.get_mut("province").unwrap().extend(column("provinces.csv").into_iter().map(text));
        for title in column("titles.csv") {
            let made = [title.clone(), format!("{title}助理"), format!("{title} intern"), format!("intern {title}"), format!("{title}助理 intern"), format!("intern {title} 助理")];
            values.get_mut("title").unwrap().extend(made.into_iter().map(text));
        }
        for all in values.values_mut() {
            all.splice(0..0, [Given::Absent, Given::Declined]);
        }
        let most = values.values().map(Vec::len).max().unwrap();
        let lead = |at: usize| {
            let mut lead = engine.lead();
            for (name, all) in &values {
                match all.get(at) {
                    None | Some(Given::Absent) => &mut lead,
                    Some(Given::Declined) => lead.decline(name).unwrap(),
                    Some(Text(text)) => lead.set(name, *text).unwrap(),
                    Some(Number(number)) => lead.set(name, *number).unwrap(),
                };
            }
            lead.build()
        };
        let leads = (0..most).map(lead).collect();
        Self { values, leads }
    }
}

/// What a walk has seen.
#[derive(Debug, Default)]
struct Seen {
    states: usize,
    ends: usize,
    ways: f64,
    likely: f64,
    decided: usize,
    proved: usize,
    /// Ends of which that took too much.
    unproved: usize,
    /// How often `possible` was asked for that.
    asked: usize,
}

struct Walk<'f> {
    form: &'f Form,
    tried: &'f Tried,
    known: &'f [&'static str],
    limit: u32,
    random: Random,
    /// Of so many ends one is proved.
    proved: usize,
    seen: Seen,
}

impl Walk<'_> {
    fn walk(&mut self) -> Walked {
        let engine = &self.form.engine;
        let mut lead = engine.lead();
        VALUES.iter().map(|(name, _)| name).chain(self.known).for_each(|name| {
            lead.open(name).unwrap();
        });
        let known: Vec<u16> = self.known.iter().map(|name| engine.field(name).unwrap()).collect();
        let options = WalkOptions { lead: &lead.build(), answers: &self.tried.leads, known: &known, stage: None, way: Way::Plan(self.limit as usize), submissions: 0 };
        let walked = engine.walk(&options, &mut |met| self.see(met)).unwrap();
        let full = engine.walk(&WalkOptions { answers: &[], way: Way::Everything, ..options }, &mut |_| {}).unwrap();
        assert!(walked.questions < full.questions && walked.friction < full.friction, "{walked:?} of {full:?}");
        walked
    }

    fn see(&mut self, met: &Met) {
        let engine = &self.form.engine;
        let name = |field: u16| self.tried.values.keys().copied().find(|name| engine.field(name) == Some(field)).unwrap();
        let given = |&(field, at): &(u16, usize)| (name(field), (self.tried.values[name(field)][at], self.known.contains(&name(field))));
        let ask: Vec<&str> = met.ask.iter().map(|&field| name(field)).collect();
        assert!(met.ask.iter().all(|field| met.apply.contains(field)), "{met:?}");
        let [first, last] = [met.first, met.last].map(|way| way.iter().map(given).collect::<Answers>());
        // Two ways to the same, as unlike as any that were found.
        let ways = if first == last { &[&first][..] } else { &[&first, &last] };
        for &answers in ways {
            let (asked, comes) = self.form.next(answers, self.limit);
            assert_eq!(asked, ask, "{answers:?}");
            assert!(!ask.iter().any(|name| answers.contains_key(name)), "{ask:?} of {answers:?}");
            if ask.is_empty() {
                let Some(Settles::Outcome(route)) = met.settles else { panic!("{met:?} is no end") };
                assert_eq!(comes, Some(route), "{answers:?}");
                self.decide(answers, route);
            }
        }
        if !ask.is_empty() {
            self.seen.states += 1;
            return;
        }
        self.seen.ends += 1;
        self.seen.ways += met.ways;
        self.seen.likely += met.likely;
        if let (Some(Settles::Outcome(route)), 0) = (met.settles, self.seen.ends % self.proved) {
            for &answers in ways {
                let proved = self.prove(&mut answers.clone(), route, &mut { SPLITS });
                self.seen.proved += usize::from(proved);
                self.seen.unproved += usize::from(!proved);
            }
        }
    }

    /// Whole forms have the route, and show what was asked.
    fn decide(&mut self, answers: &Answers, route: leadgate::Outcome) {
        for _ in 0..COMPLETIONS {
            let mut whole = answers.clone();
            for (field, _) in VALUES {
                whole.entry(field).or_insert_with(|| (*self.random.pick(&self.tried.values[field]), false));
            }
            self.seen.decided += 1;
            assert_eq!(self.form.route(&whole), route, "{whole:?}");
            let shown = self.form.shown(&whole);
            assert!(answers.keys().all(|name| self.known.contains(name) || shown.contains(name)), "{answers:?} of {shown:?}");
        }
    }

    /// Whether every completion is known to have the route; not where that takes more than some questions to `possible`.
    fn prove(&mut self, answers: &mut Answers, route: leadgate::Outcome, left: &mut usize) -> bool {
        if *left == 0 {
            return false;
        }
        *left -= 1;
        self.seen.asked += 1;
        let possible = self.form.engine.possible(&self.form.lead(answers, true), None);
        assert!(possible.outcomes.contains(&route), "{answers:?} comes to {possible:?}");
        if possible.outcomes.len() == 1 {
            return true;
        }
        assert!(!possible.exact, "{answers:?} comes to {possible:?}");
        let open = VALUES.iter().map(|(name, _)| *name).filter(|name| !answers.contains_key(name)).min_by_key(|name| self.tried.values[name].len());
        let open = open.expect("an outcome for a lead of which nothing is open");
        let all = (0..self.tried.values[open].len()).all(|at| {
            answers.insert(open, (self.tried.values[open][at], false));
            self.prove(answers, route, left)
        });
        answers.remove(open);
        all
    }
}

#[test]
fn every_way_of_answering() {
    let form = Form::shipped();
    let tried = Tried::new(&form.engine);
    let proved = if std::env::var("LEADGATE_CASES").is_ok() { 1 } else { PROVED };
    let known: [&[&str]; 2] = [&["source"], &[&["source"], ENRICHED].concat()];
    for (number, known) in known.into_iter().enumerate() {
        for limit in [1, 0] {
            let begun = std::time::Instant::now();
            let mut walk = Walk { form: &form, tried: &tried, known, limit, random: Random::new(number as u64), proved, seen: Seen::default() };
            let walked = walk.walk();
            let seen = walk.seen;
            println!("{known:?} known, {limit} at once: {} states, {} ends of {:.3e} ways; {} forms decided, {} ways to ends proved and {} not, by {} answers of `possible`; {:.1} s", walked.states, seen.ends, seen.ways, seen.decided, seen.proved, seen.unproved, seen.asked, begun.elapsed().as_secs_f64());
            assert_eq!(seen.states, walked.states);
            assert!(seen.proved > 10 * seen.unproved, "{seen:?}");
            assert!((seen.likely - 1.0).abs() < 1e-9, "every form ends: {seen:?}");
        }
    }
}
