//! How long a lead takes natively: the engine and a scorer written by hand, in turn, on the workload's 10,000 leads.
//!
//! `cargo bench --bench native`; needs Node on the path, which makes the leads and says what must come out. Without `--bench` (as under
//! `cargo test --benches`) only the agreement is checked.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a benchmark stops at what it does not expect")]

mod scorer;

use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use leadgate::program::{Domain, Value as Constant};
use leadgate::{Decision, Engine, Lead};
use scorer::Outcome;
use serde_json::{Map, Value};

const ROUNDS: usize = 15;
const ROUND: Duration = Duration::from_millis(100);

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut made: Map<String, Value> = serde_json::from_slice(&leads_as_json(root)).unwrap();
    let Some(Value::Array(raw)) = made.remove("leads") else { panic!("no leads") };
    let Some(Value::Array(expected)) = made.remove("expected") else { panic!("no expected results") };

    let program = leadgate::compile_file(root.join("benches/workload/policy.yaml")).unwrap();
    let engine = Engine::new(program);
    let given: Vec<Vec<(String, Answer)>> = raw.iter().map(answers).collect();
    let filled: Vec<Lead> = given.iter().map(|answers| fill(&engine, answers)).collect();
    let typed: Vec<scorer::Lead> = raw.into_iter().map(|lead| serde_json::from_value(lead).unwrap()).collect();

    for (index, expected) in expected.iter().enumerate() {
        let expected = Outcome {
            fit: expected["fit"].as_i64().unwrap(),
            engagement: expected["engagement"].as_i64().unwrap(),
            grade: expected["grade"].as_str().unwrap(),
            decision: expected["decision"].as_str().unwrap(),
            queue: expected["queue"].as_str().unwrap(),
        };
        assert_eq!(scorer::score(&typed[index]), expected, "by hand, lead {index}");
        let decision = engine.decide(&filled[index], None);
        let queue = engine.outcome_name(decision.outcome).unwrap();
        assert_eq!(outcome(&engine, &decision, &queue), expected, "by the engine, lead {index}");
    }
    println!("{} leads agree", expected.len());
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }

    let by_hand = |index: usize| {
        black_box(scorer::score(black_box(&typed[index])));
    };
    report("decide a lead already filled in", typed.len(), by_hand, |index| {
        black_box(engine.decide(black_box(&filled[index]), None));
    });
    report("fill in a lead and decide it", typed.len(), by_hand, |index| {
        let lead = fill(&engine, black_box(&given[index]));
        black_box(engine.decide(&lead, None));
    });
}

/// The workload's leads and results, from the generator that the JavaScript benchmark uses.
fn leads_as_json(root: &Path) -> Vec<u8> {
    let output = Command::new("node")
        .args(["benches/workload/leads.mjs", "--json"])
        .current_dir(root)
        .stderr(Stdio::inherit())
        .output()
        .unwrap_or_else(|error| panic!("node makes the leads, and cannot be started: {error}"));
    assert!(output.status.success(), "the leads could not be made");
    output.stdout
}

/// An answer in the form in which a native caller has it.
enum Answer {
    Text(String),
    Int(i64),
    Double(f64),
    Bool(bool),
}

fn answers(lead: &Value) -> Vec<(String, Answer)> {
    let Value::Object(fields) = lead else { panic!("a lead is an object") };
    let answer = |name: &str, value: &Value| match value {
        Value::String(text) => Answer::Text(text.clone()),
        Value::Bool(bool) => Answer::Bool(*bool),
        number if name == "budget" => Answer::Double(number.as_f64().unwrap()),
        number => Answer::Int(number.as_i64().unwrap()),
    };
    fields.iter().map(|(name, value)| (name.clone(), answer(name, value))).collect()
}

fn fill(engine: &Engine, answers: &[(String, Answer)]) -> Lead {
    let mut lead = engine.lead();
    for (name, answer) in answers {
        match answer {
            Answer::Text(text) => lead.set(name, text.as_str()),
            Answer::Int(int) => lead.set(name, *int),
            Answer::Double(double) => lead.set(name, *double),
            Answer::Bool(bool) => lead.set(name, *bool),
        }
        .unwrap();
    }
    lead.build()
}

fn outcome<'a>(engine: &'a Engine, decision: &Decision, queue: &'a str) -> Outcome<'a> {
    Outcome {
        fit: score(engine, decision, "fit"),
        engagement: score(engine, decision, "engagement"),
        grade: output(engine, decision, "grade"),
        decision: output(engine, decision, "decision"),
        queue,
    }
}

/// A score in points; the workload's are whole.
fn score(engine: &Engine, decision: &Decision, name: &str) -> i64 {
    let program = engine.program();
    let index = program.scores.iter().position(|score| program.variables[usize::from(score.variable)].name == name).unwrap();
    let thousandths = decision.scores[index].unwrap();
    assert!(thousandths % 1000 == 0, "a score of whole points is whole, not {thousandths} thousandths");
    thousandths / 1000
}

fn output<'a>(engine: &'a Engine, decision: &Decision, name: &str) -> &'a str {
    let (index, variable) = engine.outputs().find(|(_, variable)| variable.name == name).unwrap();
    let Domain::Finite(values) = &variable.domain else { panic!("`{name}` is an enum") };
    match &values[usize::from(decision.outputs[index].unwrap())] {
        Constant::String(text) => text,
        other => panic!("`{name}` is a text, not {other:?}"),
    }
}

/// Times both in turn and prints nanoseconds a lead and the ratio, medians of the rounds.
fn report(what: &str, leads: usize, by_hand: impl Fn(usize), by_engine: impl Fn(usize)) {
    for _ in 0..3 {
        round(leads, &by_engine);
        round(leads, &by_hand);
    }
    let pairs: Vec<(f64, f64)> = (0..ROUNDS).map(|_| (round(leads, &by_engine), round(leads, &by_hand))).collect();
    let engine = median(pairs.iter().map(|pair| pair.0));
    let hand = median(pairs.iter().map(|pair| pair.1));
    let ratio = median(pairs.iter().map(|pair| pair.0 / pair.1));
    println!("{what}: {engine:.0} ns a lead, by hand {hand:.0} ns, ratio {ratio:.2}");
}

/// Nanoseconds a lead over whole passes through the leads, for at least [`ROUND`].
fn round(leads: usize, decide: &impl Fn(usize)) -> f64 {
    let began = Instant::now();
    let mut passes = 0.0;
    while began.elapsed() < ROUND {
        (0..leads).for_each(decide);
        passes += 1.0;
    }
    began.elapsed().as_nanos() as f64 / (passes * leads as f64)
}

fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = numbers.collect();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[middle] } else { (sorted[middle - 1] + sorted[middle]) / 2.0 }
}
