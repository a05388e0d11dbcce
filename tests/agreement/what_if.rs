//! What single answers change, by the engine and by trying every one in the reference interpreter.

use super::engine::{Changed, Changes};
use super::reference::lead::read;
use super::reference::{Answer, Decision, Lead, Situation, Value, decide_at};
use super::{Open, Pair, policy, search, small_policy};
use leadgate::engine::Settle;
use serde_json::Value as Json;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Answers that were tried, and those among them that change something.
static TRIED: AtomicUsize = AtomicUsize::new(0);
static FIELDS: AtomicUsize = AtomicUsize::new(0);
static CHANGING: AtomicUsize = AtomicUsize::new(0);
/// Fields of which the engine says that it did not try every value, texts and others.
static UNTOLD: [AtomicUsize; 2] = [const { AtomicUsize::new(0) }; 2];
/// Of so many answers to one field, evenly spread, each is tried.
const ANSWERS: usize = 120;

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
fn wrong(pair: &Pair, lead: &Json, situation: &Json) -> Option<String> {
    let answers = read(&pair.reference, lead);
    let at = Situation::read(&pair.reference, situation);
    let decided = |lead: &Lead| decide_at(&pair.reference, lead, &at);
    let now = decided(&answers);
    let told: Vec<(Settle, Changes)> = pair.engine.settles().into_iter().map(|settle| (settle, pair.engine.what_if(&answers, situation, settle))).collect();
    let failed = |told: &Changes, what: &str| Some(format!("{what}\n{told:#?}\nnow {now:?}"));
    // Every change that is told happens.
    for (settle, told) in &told {
        let settled = |decision: &Decision| pair.engine.settled_of(*settle, decision);
        if told.now != settled(&now) {
            return failed(told, "what comes out now");
        }
        for (name, changed, then) in &told.changes {
            let tries: Vec<Answer> = match changed {
                Changed::Declined => vec![Answer::Declined],
                Changed::Absent => vec![Answer::Absent],
                Changed::Like(value) => vec![Answer::Typed(value.clone())],
                Changed::Between(low, high, near) => [low, high].into_iter().chain(near).map(|value| Answer::Typed(value.clone())).collect(),
            };
            for answer in tries {
                let happens = settled(&decided(&with(&answers, name, &answer)));
                if happens != *then || happens == told.now {
                    return failed(told, &format!("`{name}` as {answer:?} comes out as {happens}"));
                }
            }
        }
    }
    // Every change that happens is told.
    for (name, candidates) in &pair.candidates {
        let text = matches!(candidates.last(), Some(Answer::Typed(Value::Text(_))));
        for answer in candidates.iter().step_by(1 + candidates.len() / ANSWERS).filter(|answer| answers.get(name) != Some(*answer)) {
            TRIED.fetch_add(1, Ordering::Relaxed);
            let decision = decided(&with(&answers, name, answer));
            for (settle, told) in &told {
                let happens = pair.engine.settled_of(*settle, &decision);
                CHANGING.fetch_add(usize::from(happens != told.now), Ordering::Relaxed);
                if let Some(missing) = missing(told, name, answer, &happens) {
                    return failed(told, &missing);
                }
            }
        }
        FIELDS.fetch_add(told.len(), Ordering::Relaxed);
        UNTOLD[usize::from(!text)].fetch_add(told.iter().filter(|(_, told)| is_untold(told, name)).count(), Ordering::Relaxed);
    }
    None
}

fn is_untold(told: &Changes, name: &str) -> bool {
    told.untold.iter().any(|(field, _)| field == name)
}

/// Why an answer and what comes of it are not what is told.
fn missing(told: &Changes, name: &str, answer: &Answer, happens: &str) -> Option<String> {
    let mut of_field = told.changes.iter().filter(|(field, ..)| field == name);
    if let Some((_, _, then)) = of_field.clone().find(|(_, changed, _)| covers(changed, answer)) {
        return (then != happens).then(|| format!("`{name}` as {answer:?} comes out as {happens}"));
    }
    // Another text of the same kind stands for a text.
    let like = |(_, changed, then): &(String, Changed, String)| matches!((changed, answer), (Changed::Like(_), Answer::Typed(_))) && then == happens;
    (happens != told.now && !is_untold(told, name) && !of_field.any(like)).then(|| format!("`{name}` as {answer:?} comes out as {happens}, which is not told"))
}

const OPEN: Open = Open { fields: 4, events: 0 };

#[test]
fn what_would_change_is_told() {
    let check = |pair: &Pair, lead: &Json, situation: &Json| wrong(pair, lead, situation);
    let cases = search(3000..3080, policy, 2, OPEN, &check) + search(4000..4100, small_policy, 4, OPEN, &check);
    let count = |counter: &AtomicUsize| counter.load(Ordering::Relaxed);
    let (changing, fields, numbers) = (count(&CHANGING), count(&FIELDS), count(&UNTOLD[1]));
    println!("{cases} cases, {} answers tried, {changing} of them change something; of {fields} fields, {} texts and {numbers} others are not told wholly", count(&TRIED), count(&UNTOLD[0]));
    assert!(cases >= 500 && changing >= 10_000, "{cases} cases, {changing} changes");
    assert!(numbers * 20 <= fields, "{numbers} of {fields} fields that are no texts are not told wholly");
}
