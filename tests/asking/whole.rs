//! The shipped inbound form, every way of answering it.

use std::collections::BTreeMap;
use std::time::Instant;

use leadgate::{AskOptions, Lead, Met, Settles, WalkOptions, Walked};

use crate::reference::random::Random;
use crate::saas::Given::{self, Number, Text};
use crate::saas::{Answers, ENRICHED, Form, VALUES};

/// Whole forms that are decided at each end of a form, however many ways lead there.
const COMPLETIONS: usize = 4;

/// For each field an answer of each kind that the policy's conditions and lists tell apart, and more.
struct Tried {
    values: BTreeMap<&'static str, Vec<Given>>,
    leads: Vec<Lead>,
}

impl Tried {
    fn new(form: &Form) -> Self {
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
            let mut lead = form.engine.lead();
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
#[derive(Default)]
struct Seen {
    states: usize,
    ends: usize,
    ways: f64,
    likely: f64,
    decided: usize,
    took: [f64; 4],
}

fn walk(form: &Form, tried: &Tried, known: &[&'static str], limit: u32) -> (Walked, Seen) {
    let mut lead = form.engine.lead();
    VALUES.iter().map(|(name, _)| name).chain(known).for_each(|name| {
        lead.open(name).unwrap();
    });
    let lead = lead.build();
    let mut random = Random::new(u64::from(limit));
    let mut seen = Seen::default();
    let fields: Vec<u16> = known.iter().map(|name| form.engine.field(name).unwrap()).collect();
    let name = |field: u16| tried.values.keys().copied().find(|name| form.engine.field(name) == Some(field)).unwrap();
    let asking = AskOptions { limit, submissions: 0 };
    let walked = form.engine.walk(&WalkOptions { lead: &lead, answers: &tried.leads, known: &fields, stage: None, asking }, &mut |met: &Met| {
        let answers: Answers = met.answers.iter().map(|&(field, at)| (name(field), (tried.values[name(field)][at], fields.contains(&field)))).collect();
        let asked: Vec<&str> = answers.keys().copied().filter(|name| !known.contains(name)).collect();
        let now = Instant::now();
        let (ask, comes) = form.next(&answers, limit);
        let at = usize::from(met.ask.is_empty());
        seen.took[at] += now.elapsed().as_secs_f64();
        assert_eq!(ask, met.ask.iter().map(|&field| name(field)).collect::<Vec<_>>(), "{answers:?}");
        assert!(met.ask.iter().all(|field| met.apply.contains(field)) && !ask.iter().any(|name| answers.contains_key(name)), "{met:?}");
        if !ask.is_empty() {
            seen.states += 1;
            return;
        }
        seen.ends += 1;
        seen.ways += met.ways;
        seen.likely += met.likely;
        let Some(Settles::Outcome(route)) = met.settles else { panic!("{met:?} is no end") };
        assert_eq!(comes, Some(route), "{answers:?}");
        let now = Instant::now();
        for _ in 0..COMPLETIONS {
            let mut whole = answers.clone();
            for (field, _) in VALUES {
                whole.entry(field).or_insert_with(|| (*random.pick(&tried.values[field]), false));
            }
            seen.decided += 1;
            assert_eq!(form.route(&whole), route, "{whole:?}");
            let shown = form.shown(&whole);
            assert!(asked.iter().all(|name| shown.contains(name)), "{asked:?} of {shown:?}");
        }
        seen.took[2] += now.elapsed().as_secs_f64();
        if seen.ends % 199 == 0 {
            let now = Instant::now();
            let possible = form.engine.possible(&form.lead(&answers, true), None);
            seen.took[3] += now.elapsed().as_secs_f64();
            println!("{} open: {} outcomes, {} {:?}", 16 - answers.len(), possible.outcomes.len(), possible.exact, now.elapsed());
        }
    });
    (walked.unwrap(), seen)
}

#[test]
fn every_way_of_answering() {
    let form = Form::shipped();
    let tried = Tried::new(&form);
    for known in [&["source"][..], &[&["source"][..], ENRICHED].concat()] {
        for limit in [1, 0] {
            let now = Instant::now();
            let (walked, seen) = walk(&form, &tried, known, limit);
            println!("{known:?} {limit} {walked:?} {} {} {:e} {} {} {:?} {:?}", seen.states, seen.ends, seen.ways, seen.likely, seen.decided, seen.took, now.elapsed());
        }
    }
}
