//! What single answers change, by the engine and by trying every one in the reference interpreter.

use super::engine::{Changed, Changes};
use super::reference::lead::read;
use super::reference::{Answer, Lead, Value, decide};
use super::{Pair, policy, search, small_policy};
use leadgate::engine::{Settle, Untold};
use serde_json::Value as Json;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Answers that were tried, and those among them that change something.
static TRIED: AtomicUsize = AtomicUsize::new(0);
static CHANGING: AtomicUsize = AtomicUsize::new(0);
/// Fields of which the engine says that it did not try every value.
static UNTOLD: AtomicUsize = AtomicUsize::new(0);

/// The lead with one answer exchanged; a value from a record stays one.
fn with(lead: &Lead, name: &str, answer: &Answer) -> Lead {
    let mut lead = lead.clone();
    let answer = match (lead.get(name), answer) {
        (Some(Answer::Record(_)), Answer::Typed(value)) => Answer::Record(value.clone()),
        (_, answer) => answer.clone(),
    };
    lead.insert(name.to_owned(), answer);
    lead
}

fn covers(changed: &Changed, answer: &Answer) -> bool {
    match (changed, answer) {
        (Changed::Declined, Answer::Declined) | (Changed::Absent, Answer::Absent) => true,
        (Changed::Between(low, high, _), Answer::Typed(value)) if low == high => value == low,
        (Changed::Between(Value::Int(low), Value::Int(high), _), Answer::Typed(Value::Int(value))) => (low..=high).contains(&value),
        (Changed::Between(Value::Double(low), Value::Double(high), _), Answer::Typed(Value::Double(value))) => (low..=high).contains(&value),
        _ => false,
    }
}

/// What is wrong with the changes that the engine tells.
fn wrong(pair: &Pair, lead: &Json, stage: Option<&str>, settle: Settle) -> Option<String> {
    let answers = read(&pair.reference, lead);
    let settled = |lead: &Lead| pair.engine.settled_of(settle, &decide(&pair.reference, lead, stage));
    let now = settled(&answers);
    let told = pair.engine.what_if(&answers, stage, settle);
    let failed = |what: &str| Some(format!("{what}\n{told:#?}\nnow {now}"));
    if told.now != now {
        return failed("what comes out now");
    }
    // Every change that is told happens.
    for (name, changed, then) in &told.changes {
        let tries: Vec<Answer> = match changed {
            Changed::Declined => vec![Answer::Declined],
            Changed::Absent => vec![Answer::Absent],
            Changed::Like(value) => vec![Answer::Typed(value.clone())],
            Changed::Between(low, high, near) => [low, high].into_iter().chain(near).map(|value| Answer::Typed(value.clone())).collect(),
        };
        for answer in tries {
            let happens = settled(&with(&answers, name, &answer));
            if happens != *then || happens == now {
                return failed(&format!("`{name}` as {answer:?} comes out as {happens}"));
            }
        }
    }
    // Every change that happens is told.
    for (name, candidates) in &pair.candidates {
        let untold = told.untold.iter().find(|(field, _)| field == name).map(|(_, why)| *why);
        UNTOLD.fetch_add(usize::from(untold.is_some()), Ordering::Relaxed);
        for answer in candidates {
            if answers.get(name) == Some(answer) {
                continue;
            }
            let happens = settled(&with(&answers, name, answer));
            TRIED.fetch_add(1, Ordering::Relaxed);
            CHANGING.fetch_add(usize::from(happens != now), Ordering::Relaxed);
            if let Some(missing) = missing(&told, name, answer, &happens, &now, untold) {
                return failed(&missing);
            }
        }
    }
    None
}

/// Why an answer and what comes of it are not what is told.
fn missing(told: &Changes, name: &str, answer: &Answer, happens: &str, now: &str, untold: Option<Untold>) -> Option<String> {
    let mut of_field = told.changes.iter().filter(|(field, ..)| field == name);
    if let Some((_, _, then)) = of_field.clone().find(|(_, changed, _)| covers(changed, answer)) {
        return (then != happens).then(|| format!("`{name}` as {answer:?} comes out as {happens}"));
    }
    // Another text of the same kind stands for a text.
    let like = |(_, changed, then): &(String, Changed, String)| matches!((changed, answer), (Changed::Like(_), Answer::Typed(_))) && then == happens;
    (happens != now && untold.is_none() && !of_field.any(like)).then(|| format!("`{name}` as {answer:?} comes out as {happens}, which is not told"))
}

#[test]
fn what_would_change_is_told() {
    let check = |pair: &Pair, lead: &Json, stage: Option<&str>| pair.engine.settles().into_iter().find_map(|settle| wrong(pair, lead, stage, settle));
    let cases = search(3000..3150, policy, 3, 4, &check) + search(4000..4200, small_policy, 5, 4, &check);
    let (tried, changing, untold) = (TRIED.load(Ordering::Relaxed), CHANGING.load(Ordering::Relaxed), UNTOLD.load(Ordering::Relaxed));
    println!("{cases} cases, {tried} answers tried, {changing} of them change something; {untold} fields are not told wholly");
    assert!(cases >= 1_300 && changing >= 20_000, "{cases} cases, {changing} changes");
}
