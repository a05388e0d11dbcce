//! Everything that an engine does, on leads that its program does not expect.

use crate::reference::random::Random;
use leadgate::engine::{Encoded, Engine, Input, Lead};
use leadgate::life::{Advance, Situation, State, advance, legal};
use leadgate::program::{Domain, ListBody, On, Program, Step, Value, VariableId};

const TEXTS: &[&str] = &["", " ", "a", "zq", "a@b.cn", "x@gmail.com", "上海", "总经理助理", "+86 138 1234 5678", "Ａｃｍｅ 有限公司", "true", "20", "\u{0}", "ß\u{301}"];
const NUMBERS: &[f64] = &[0.0, -0.0, 1.0, 19.5, 20.0, 100.0, -1.0, 1e9, 9_007_199_254_740_991.0, 9_007_199_254_740_992.0, -1e300, f64::MAX, f64::NAN, f64::INFINITY, f64::NEG_INFINITY];

/// Decides, explains and bounds some leads, in both forms.
///
/// `honest`: the program was compiled and not forged, so both forms must agree.
pub fn run(engine: &Engine, random: &mut Random, honest: bool) {
    let light = machine_work(engine.program()) < 20_000;
    for _ in 0..3 {
        let lead = lead(engine, random);
        let stage = *random.pick(&[None, Some(0), Some(1), Some(3), Some(u16::MAX)]);
        assert_eq!(engine.form(&lead).len(), engine.program().ask.questions.len());
        let decision = engine.decide(&lead, stage);
        assert!(engine.decide(&lead, stage) == decision, "the same lead is decided otherwise");
        engine.outcome_name(decision.outcome);
        engine.fault_names(&decision);
        engine.identity(&lead, &decision);
        let explanation = engine.explain(&lead, stage);
        assert!(explanation.decision == decision, "an explanation of something else");
        life(engine, &lead, random);
        // Enumerating takes the machine's whole budget for every combination of a program that asks for it: long, though not endless.
        if light && random.chance(15) {
            engine.possible(&lead, stage);
        }
    }
    encoded(engine, random, honest);
}

/// Moves a lead on, from whatever state, at whatever time.
fn life(engine: &Engine, lead: &Lead, random: &mut Random) {
    let Some(stages) = &engine.program().stages else { return };
    let names: Vec<String> = match engine.program().variables.get(usize::from(stages.variable)).map(|variable| &variable.domain) {
        Some(Domain::Finite(values)) => values.iter().filter_map(|value| if let Value::String(name) = value { Some(name.to_string()) } else { None }).collect(),
        _ => Vec::new(),
    };
    let moments = [0, 1_795_161_600_000, 1_795_161_600_000 + 86_400_000 * 40, -62_135_596_800_000, 253_402_300_799_999];
    let since = *random.pick(&moments);
    let mut state = State { stage: if names.is_empty() || random.chance(30) { None } else { Some(random.pick(&names).clone()) }, since: random.chance(70).then_some(since), ..State::default() };
    let mut now = if random.chance(70) { since + random.between(0, 50) * 43_200_000 } else { *random.pick(&moments) };
    for _ in 0..3 {
        let given = engine.program().life.moves.iter().map(|item| (item.id.clone(), &item.on));
        let given: Vec<(Option<String>, Option<String>)> = given.map(|(id, on)| if let On::Event(event) = on { (Some(event.clone()), None) } else { (None, Some(id)) }).collect();
        let (event, by_move) = if given.is_empty() || random.chance(40) { (None, None) } else { random.pick(&given).clone() };
        let step = leadgate::life::Step { event, by_move, reason: random.chance(50).then(|| "budget".to_owned()), by: None };
        let situation = Situation { now, log: None, state: state.clone() };
        if let Ok(lead) = situation.lead(engine, lead) {
            engine.decide(&lead, None);
        }
        let _ = legal(engine, lead, &state, now);
        if let Ok(Advance::Moved(moved)) = advance(engine, lead, &state, &step, now) {
            state = moved.state;
        }
        now += random.between(0, 30) * 43_200_000;
    }
}

/// How many nodes the machine visits for one decision where no branch is left out; comprehensions count once.
fn machine_work(program: &Program) -> u64 {
    let mut sizes: Vec<u64> = Vec::new();
    for node in &program.expressions.nodes {
        let mut size = 1u64;
        node.operands(&mut |operand| size = size.saturating_add(sizes[operand as usize]));
        sizes.push(size);
    }
    let computed = program.steps.iter().filter_map(|step| if let Step::Compute(_, node) = step { sizes.get(*node as usize) } else { None });
    computed.fold(0, |sum, size| sum.saturating_add(*size))
}

fn lead(engine: &Engine, random: &mut Random) -> Lead {
    let program = engine.program();
    let mut builder = engine.lead();
    for (field, variable) in program.fields.iter().zip(&program.variables) {
        let name = variable.name.as_str();
        let text;
        let input = match random.below(10) {
            0 => continue,
            1 => {
                let _ = builder.decline(name);
                continue;
            }
            2 | 3 => {
                let _ = builder.open(name);
                continue;
            }
            4 if !field.choices.is_empty() => Input::Choice(&random.pick(&field.choices).id),
            _ => match &variable.domain {
                Domain::Int(low, high) => Input::Integer(*random.pick(&[*low, *high, 0, 20, 99, 100, low.midpoint(*high)])),
                Domain::Double(low, high) => Input::Number(*random.pick(&[*low, *high, 0.0, 0.5, 1000.0])),
                Domain::Finite(values) if !values.is_empty() => match random.pick(values) {
                    Value::Bool(value) => Input::Bool(*value),
                    Value::String(word) => Input::Text(word),
                    _ => Input::Number(1.0),
                },
                _ => {
                    text = some_text(engine, random);
                    Input::Text(&text)
                }
            },
        };
        let _ = if random.chance(20) { builder.record(name, input) } else { builder.set(name, input) };
    }
    builder.build()
}

/// A text that the program may look for, or any other.
fn some_text(engine: &Engine, random: &mut Random) -> String {
    let lists = &engine.program().lists;
    if !lists.is_empty() && random.chance(50) {
        let words = match &random.pick(lists).body {
            ListBody::Set(words) => words.clone(),
            ListBody::Dictionary(dictionary) => dictionary.keys.clone(),
            packed => packed.packed().map(|packed| packed.texts().collect()).unwrap_or_default(),
        };
        if !words.is_empty() {
            return format!("{}{}", if random.chance(30) { "a@" } else { "" }, random.pick(&words));
        }
    }
    random.pick(TEXTS).to_string()
}

fn encoded(engine: &Engine, random: &mut Random, honest: bool) {
    let mut encoded = Encoded::new(engine);
    for _ in 0..3 {
        for field in 0..encoded.codes.len() {
            let given = *random.pick(TEXTS);
            let text = if random.chance(40) { encoded.text(engine, field as VariableId, given, random.chance(50)).ok().flatten() } else { None };
            encoded.codes[field] = text.map_or_else(|| *random.pick(NUMBERS), f64::from);
            encoded.record[field] = random.chance(20);
        }
        let decided = encoded.decide(engine, None).is_ok();
        if decided && honest && encoded.codes.iter().all(|code| *code != f64::NEG_INFINITY) {
            // What the numbers say is what the lead says.
            let lead = encoded.lead(engine).expect("a lead that was decided");
            assert!(engine.decide(&lead, None) == encoded.decision, "numbers are decided otherwise than the lead they stand for");
        }
    }
}
