//! Leads by columns against the same leads one by one, on random policies.

use crate::engine::Subject;
use crate::reference::enumerate::candidates;
use crate::reference::generate::{lead as random_lead, lively_policy, policy, small_policy};
use crate::reference::lead::read;
use crate::reference::random::Random;
use crate::reference::{Answer, Policy, Value};
use leadgate::engine::columns::{Columns, Input, NONE, ROWS};
use leadgate::engine::{Engine, Input as Given, Outcome, points};
use leadgate::program::{Domain, VariableId};
use serde_json::Value as Json;

/// What was compared.
#[derive(Debug, Default)]
struct Seen {
    policies: usize,
    on_planes: usize,
    rows: usize,
    decided: usize,
    screened: usize,
    moved: usize,
}

/// A value that no field of a number has.
const NEVER: f64 = f64::INFINITY;

fn number(value: Option<&Value>) -> f64 {
    match value {
        Some(Value::Int(value)) => *value as f64,
        Some(Value::Double(value)) => *value,
        _ => f64::NAN,
    }
}

/// Puts a field's values into columns, in one of the ways that there are.
fn fill(random: &mut Random, engine: &Engine, columns: &mut Columns, field: VariableId, values: &[Option<Value>], wrong: &[bool]) {
    let domain = &engine.program().variables[usize::from(field)].domain;
    let dictionary: Vec<Option<&Value>> = values.iter().fold(Vec::new(), |mut known, value| {
        if !known.contains(&value.as_ref()) {
            known.push(value.as_ref());
        }
        known
    });
    let code = |value: &Option<Value>| dictionary.iter().position(|known| *known == value.as_ref()).unwrap();
    let coded = random.chance(30);
    match domain {
        Domain::Int(..) | Domain::Double(..) if !coded => {
            let ints = !wrong.contains(&true) && values.iter().all(|value| number(value.as_ref()).trunc() == number(value.as_ref()) && number(value.as_ref()).abs() < 2e9);
            columns.begin(field, Input::of_kind(if ints { 2 } else { 1 }));
            match columns.input(field).unwrap() {
                Input::Ints(column) => column.iter_mut().zip(values).for_each(|(place, value)| *place = number(value.as_ref()) as i32),
                Input::Doubles(column) => {
                    column.iter_mut().zip(values.iter().zip(wrong)).for_each(|(place, (value, wrong))| *place = if *wrong { NEVER } else { number(value.as_ref()) });
                }
                _ => unreachable!(),
            }
        }
        Domain::Text if !coded => {
            let (mut offsets, mut texts) = (vec![0; ROWS + 1], Vec::new());
            for (value, end) in values.iter().zip(offsets.iter_mut().skip(1)) {
                if let Some(Value::Text(text)) = value {
                    texts.extend_from_slice(text.as_bytes());
                }
                *end = texts.len() as u32;
            }
            if random.chance(80) {
                texts.resize(texts.len() + Input::BEHIND, 0);
            }
            columns.begin(field, Input::Texts(offsets, texts));
        }
        domain => {
            // A code beyond the values is none.
            let wide = dictionary.len() > 255 || random.chance(50);
            columns.begin(field, Input::of_kind(if wide { 4 } else { 3 }));
            for value in &dictionary {
                let text = if let (Domain::Text, Some(Value::Text(text))) = (domain, value) { Some(text.as_bytes()) } else { None };
                let number = match (domain, value) {
                    (_, None) => f64::NAN,
                    (Domain::Finite(values), Some(Value::Bool(value))) => values.iter().position(|known| *known == leadgate::program::Value::Bool(*value)).unwrap() as f64,
                    (Domain::Finite(values), Some(Value::Text(value))) => {
                        values.iter().position(|known| matches!(known, leadgate::program::Value::String(known) if **known == **value)).unwrap() as f64
                    }
                    (_, value) => number(*value),
                };
                columns.push(engine, field, text, number);
            }
            let wrong_code = dictionary.len();
            if matches!(domain, Domain::Int(..) | Domain::Double(..)) {
                assert!(!columns.push(engine, field, None, NEVER));
            }
            let code = |value: &Option<Value>, wrong: bool| if wrong { wrong_code } else { code(value) };
            match columns.input(field).unwrap() {
                Input::Bytes(column) => column.iter_mut().zip(values.iter().zip(wrong)).for_each(|(place, (value, wrong))| *place = code(value, *wrong) as u8),
                Input::Codes(column) => column.iter_mut().zip(values.iter().zip(wrong)).for_each(|(place, (value, wrong))| *place = code(value, *wrong) as u32),
                _ => unreachable!(),
            }
        }
    }
}

/// Compares rows of random leads of a policy; `sure`: also where it is decided row by row.
fn compare(seed: u64, document: &Json, rows: usize, sure: bool, seen: &mut Seen) {
    let Ok(subject) = Subject::compile(&document.to_string()) else { return };
    let engine = subject.engine();
    let mut columns = Columns::new(engine);
    if !sure && !columns.is_on_planes() {
        return;
    }
    let reference = Policy::of(document);
    let candidates = candidates(document, &reference);
    let random = &mut Random::new(seed ^ 0x5A5A);
    let fields = engine.program().fields.len();
    let mut values: Vec<Vec<Option<Value>>> = vec![Vec::new(); fields];
    for _ in 0..rows {
        let lead = read(&reference, &random_lead(random, &reference, &candidates, 0));
        for (field, column) in values.iter_mut().enumerate() {
            let answer = lead.iter().find(|(name, _)| **name == engine.program().variables[field].name);
            column.push(match answer.map(|(_, answer)| answer) {
                Some(Answer::Typed(value) | Answer::Record(value)) if !random.chance(5) => Some(value.clone()),
                _ => None,
            });
        }
    }
    let stages = engine.program().stages.as_ref().map_or(0, |stages| stages.require.len());
    seen.policies += 1;
    seen.on_planes += usize::from(columns.is_on_planes());
    // Now and then a value that its field cannot have.
    let wrong: Vec<Vec<bool>> = (0..fields).map(|field| {
        let may = matches!(engine.program().variables[field].domain, Domain::Int(..) | Domain::Double(..)) && random.chance(30);
        (0..rows).map(|_| may && random.chance(10)).collect()
    }).collect();
    // Twice, for nothing of a block may stay for the next.
    for _ in 0..2 {
        for field in 0..fields {
            fill(random, engine, &mut columns, field as VariableId, &values[field], &wrong[field]);
        }
        columns.odd.fill(0);
        for stage in &mut columns.stages {
            *stage = if random.chance(30) { NONE } else { random.below(stages + 1) as u16 };
        }
        columns.decide(engine, rows);
        for row in 0..rows {
            seen.rows += 1;
            let told = || {
                let lead: Vec<_> = values.iter().enumerate().filter_map(|(field, column)| Some((&engine.program().variables[field].name, column[row].as_ref()?))).collect();
                format!("seed {seed}, row {row}, on planes {}: {lead:?}\n{document:#}", columns.is_on_planes())
            };
            if wrong.iter().any(|column| column[row]) {
                assert_ne!(columns.odd[row], 0, "{}", told());
                continue;
            }
            let mut builder = engine.lead();
            for (field, column) in values.iter().enumerate() {
                let name = &engine.program().variables[field].name;
                match &column[row] {
                    None => continue,
                    Some(Value::Int(value)) => builder.set(name, Given::Integer(*value)),
                    Some(Value::Double(value)) => builder.set(name, Given::Number(*value)),
                    Some(Value::Bool(value)) => builder.set(name, Given::Bool(*value)),
                    Some(Value::Text(text)) => builder.set(name, Given::Text(text)),
                    Some(other) => panic!("{other:?}"),
                }
                .unwrap();
            }
            let stage = Some(columns.stages[row]).filter(|&stage| stage != NONE);
            let decision = engine.decide(&builder.build(), stage);
            let faulted = decision.by_fault || !decision.faulted.is_empty();
            assert_eq!(columns.odd[row] != 0, faulted, "{decision:?}\n{}", told());
            if faulted {
                continue;
            }
            seen.decided += 1;
            seen.screened += usize::from(decision.screened);
            seen.moved += usize::from(decision.stage.as_ref().is_some_and(|stage| !stage.moves.is_empty()));
            let outcome = match decision.outcome {
                Outcome::Screened(row) => row,
                Outcome::Route(at) => engine.program().screen.len() as u16 + at,
                Outcome::None => NONE,
            };
            assert_eq!(columns.outcomes[row], outcome, "{decision:?}\n{}", told());
            assert_eq!(columns.moved[row], decision.stage.as_ref().map_or(NONE, |stage| stage.after), "{decision:?}\n{}", told());
            let scores: Vec<_> = columns.scores.iter().map(|column| Some(column[row]).filter(|score| !score.is_nan())).collect();
            assert_eq!(scores, decision.scores.iter().map(|score| score.map(points)).collect::<Vec<_>>(), "{}", told());
            let outputs: Vec<_> = columns.outputs.iter().map(|column| Some(column[row]).filter(|&code| code != NONE)).collect();
            assert_eq!(outputs, decision.outputs, "{}", told());
        }
    }
}

#[test]
fn columns_agree_with_single_leads() {
    let mut seen = Seen::default();
    let policies = std::env::var("LEADGATE_CASES").map_or(60, |text| text.parse::<u64>().expect("LEADGATE_CASES is a number") / 400);
    for seed in 0..policies {
        compare(seed, &policy(seed), 40, true, &mut seen);
        compare(seed, &lively_policy(seed), 40, true, &mut seen);
    }
    // Most random policies need the machine somewhere; those that do not are looked for.
    for seed in 0..policies * 12 {
        compare(seed, &small_policy(seed), 60, seed < policies, &mut seen);
    }
    assert!(seen.on_planes >= 60 && seen.policies > seen.on_planes, "{seen:?}");
    assert!(seen.decided * 5 > seen.rows && seen.screened > 100 && seen.moved > 100, "{seen:?}");
}
