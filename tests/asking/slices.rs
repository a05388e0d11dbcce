//! What a public slice says to be settled, against the decisions of the private policy.

use leadgate::{AskOptions, Engine, Outcome, Settles};
use serde_json::{Value as Json, json};

use crate::reference::enumerate::{Candidates, candidates};
use crate::reference::generate::{policy, small_policy};
use crate::reference::lead::{Answer, Lead};
use crate::reference::random::Random;
use crate::subject::Subject;

/// A document with a form of which so many fields in a hundred are public.
fn subject(make: fn(u64) -> Json, seed: u64, random: &mut Random) -> Option<Subject> {
    let document = crate::document(make, seed)?;
    let percent = *random.pick(&[40, 70, 100]);
    // What cannot be public is not what is looked at here.
    Subject::random(document, percent, random).ok()
}

struct Drawn<'s> {
    subject: &'s Subject,
    candidates: &'s Candidates,
    /// The fields that are open in the page, with whether they have a question there.
    open: Vec<(String, bool)>,
}

impl Drawn<'_> {
    /// What visitors are told of the lead with something in the place of what is open.
    fn message(&self, lead: &Lead) -> Option<String> {
        let decision = self.subject.full.decide(&Subject::lead(&self.subject.full, lead), None);
        Some(self.subject.full.program().messages.as_ref()?.ids[usize::from(self.subject.full.message(decision.outcome)?)].clone())
    }

    /// What is wrong with saying that it is settled.
    fn wrong(&self, lead: &Lead, said: &[String], random: &mut Random) -> Option<String> {
        for _ in 0..3 {
            let mut drawn = lead.clone();
            let mut first: Option<String> = None;
            for _ in 0..8 {
                for (name, asked) in &self.open {
                    if *asked || first.is_none() {
                        drawn.insert(name.clone(), random.pick(&self.candidates[name]).clone());
                    }
                }
                let message = self.message(&drawn)?;
                if !said.contains(&message) {
                    return Some(format!("said to come to {said:?}, and comes to {message} with {drawn:?}"));
                }
                if *first.get_or_insert(message.clone()) != message {
                    return Some(format!("said to be settled, and comes to {message} as well as to {first:?} with {drawn:?}"));
                }
            }
        }
        None
    }
}

#[test]
fn a_slice_settles_what_the_private_policy_settles() {
    let (mut cases, mut settled, mut provisional) = (0, 0, 0);
    for (seed, make) in (70_000..71_200u64).map(|seed| (seed, if seed % 3 == 0 { policy as fn(u64) -> Json } else { small_policy })) {
        let mut random = Random::new(seed);
        let Some(subject) = subject(make, seed, &mut random) else { continue };
        let mut rules = subject.document.clone();
        rules.as_object_mut().unwrap().remove("page");
        let candidates = candidates(&rules, &subject.reference);
        let slice = &subject.slice;
        let questions: Vec<&str> = slice.program().ask.questions.iter().map(|&field| name(slice, field)).collect();
        for _ in 0..8 {
            let lead: Lead = candidates.iter().map(|(name, all)| (name.clone(), if random.chance(60) && slice.field(name).is_some() { Answer::Open } else { random.pick(all).clone() })).collect();
            let next = slice.next(&Subject::lead(slice, &lead), None, &AskOptions { limit: None, submissions: 9 });
            cases += 1;
            for &field in &next.ask {
                assert!(lead[name(slice, field)] == Answer::Open && questions.contains(&name(slice, field)), "seed {seed}: {next:?}");
            }
            let Some(certificate) = next.certificate else { continue };
            settled += 1;
            provisional += usize::from(slice.is_provisional());
            let said: Vec<String> = certificate.comes_to.iter().map(|&settles| told(slice, settles)).collect();
            let open = lead.iter().filter(|(_, answer)| **answer == Answer::Open).map(|(name, _)| (name.clone(), questions.contains(&name.as_str()))).collect();
            if let Some(wrong) = (Drawn { subject: &subject, candidates: &candidates, open }).wrong(&lead, &said, &mut random) {
                panic!("seed {seed}: {wrong}\n{:#}", json!({ "document": subject.document }));
            }
        }
    }
    println!("{cases} leads under way in slices, {settled} of them settled, {provisional} of these with secrets");
    assert!(cases > 2000 && settled > 300 && provisional > 100, "{cases} cases, {settled} settled, {provisional} of them with secrets");
}

fn name(engine: &Engine, field: u16) -> &str {
    &engine.program().variables[usize::from(field)].name
}

/// The message that a slice's route stands for.
fn told(slice: &Engine, settles: Settles) -> String {
    match settles {
        Settles::Outcome(Outcome::None) => "none".to_owned(),
        Settles::Outcome(outcome) => slice.outcome_name(outcome).unwrap(),
        other => panic!("a page settles {other:?}"),
    }
}
