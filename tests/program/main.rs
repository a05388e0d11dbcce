//! Programs as bytes: what is written is read, equal documents give equal bytes, and bytes that are not a program give an error and nothing worse.
//!
//! *Damage* (cut short, bits flipped) must always be noticed. *Forgery*, a changed body under a digest that fits, is noticed or gives an engine that
//! decides any lead: no panic, no endless work. Nothing here catches a panic, so each one fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod bytes;
mod exercise;
#[path = "../reference/mod.rs"]
mod reference;
mod structure;

use leadgate::engine::Engine;
use leadgate::program::{Domain, FIRST_VALUE, FORMAT, Formula, Goal, LoadErrorKind, MAX_DEPTH, Program, ScoreBody, SlotId, Value};
use leadgate::{author, document, hex};
use reference::generate::{live_policy, policy, small_policy};
use reference::random::Random;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A policy with every construct that has a form of its own in a program.
const EVERYTHING: &str = include_str!("everything.yaml");

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn shipped() -> Vec<PathBuf> {
    ["policies/saas-inbound/policy.yaml", "policies/crm-opportunities/policy.yaml", "benches/workload/policy.yaml"].map(|path| root().join(path)).to_vec()
}

fn compile(text: &str) -> Program {
    leadgate::compile_str(text).unwrap_or_else(|errors| panic!("{errors}\n{text}"))
}

/// The public slice of a document.
fn slice(text: &str) -> Program {
    let files = BTreeMap::from([("policy.yaml".to_owned(), text.as_bytes().to_vec())]);
    let authored = author("policy.yaml", &files);
    authored.slice.unwrap_or_else(|| panic!("{:#?}", authored.diagnostics)).program
}

/// Programs to damage, the small ones first.
fn samples() -> Vec<Program> {
    let mut programs = vec![compile(EVERYTHING), slice(EVERYTHING)];
    programs.extend((0..12).map(|seed| compile(&small_policy(seed).to_string())));
    programs.extend((0..12).filter_map(|seed| leadgate::compile_str(&policy(seed).to_string()).ok()));
    programs.extend((0..8).filter_map(|seed| leadgate::compile_str(&live_policy(seed).to_string()).ok()));
    assert!(programs.len() > 20);
    programs
}

fn check_round_trip(program: &Program) {
    let bytes = program.to_bytes();
    let read = Program::from_bytes(&bytes).unwrap();
    assert!(read == *program, "not what was written");
    assert_eq!(read.to_bytes(), bytes);
    assert_eq!(read.digest(), program.digest());
}

#[test]
fn what_is_written_is_read() {
    for path in shipped() {
        check_round_trip(&leadgate::compile_file(&path).unwrap_or_else(|errors| panic!("{errors}")));
    }
    check_round_trip(&compile(EVERYTHING));
    check_round_trip(&slice(EVERYTHING));
    let documents = (0..300).map(policy).chain((0..100).map(small_policy)).chain((0..50).map(live_policy));
    let mut checked = 0;
    for program in documents.filter_map(|document| leadgate::compile_str(&document.to_string()).ok()) {
        check_round_trip(&program);
        checked += 1;
    }
    assert!(checked >= 380, "only {checked} random policies compile");
}

#[test]
fn equal_documents_give_equal_bytes() {
    let before = compile(EVERYTHING).to_bytes();
    let wide = EVERYTHING.replace(": { ", ":   {").replace(", ", " ,  ");
    assert_eq!(compile(&wide).to_bytes(), before);
    assert_eq!(compile(&document::format(&wide).unwrap()).to_bytes(), before);
    let crlf = EVERYTHING.replace('\n', "\r\n");
    assert_eq!(compile(&crlf).to_bytes(), before);
    let commented: String = EVERYTHING.lines().map(|line| format!("{line}   # a note\n\n")).collect();
    assert_eq!(compile(&commented).to_bytes(), before);
    for seed in 0..40 {
        let document = small_policy(seed);
        let (tight, wide) = (document.to_string(), format!("{document:#}"));
        assert_eq!(compile(&tight).to_bytes(), compile(&wide).to_bytes());
    }
}

/// Digest of the logic and the whole program of a text.
fn digests(text: &str) -> (String, String) {
    let files = BTreeMap::from([("policy.yaml".to_owned(), text.as_bytes().to_vec())]);
    let authored = author("policy.yaml", &files);
    let (program, _) = authored.compiled.unwrap_or_else(|| panic!("{:#?}", authored.diagnostics));
    assert_eq!(authored.logic, Some(program.logic));
    (hex(&program.logic), hex(&program.digest()))
}

#[test]
fn the_logic_is_what_decides() {
    let (logic, program) = digests(EVERYTHING);
    let changed = |from: &str, to: &str| {
        assert_eq!(EVERYTHING.matches(from).count(), 1, "{from}");
        digests(&EVERYTHING.replace(from, to))
    };
    // The version is in the program, texts and golden leads are not.
    let (same, other) = changed("version: \"1\"", "version: \"2\"");
    assert!(same == logic && other != program);
    for (from, to) in [("Team size", "Size of the team"), ("tests:\n", "tests:\n  more: { lead: {}, expect: { screen: unreachable } }\n")] {
        assert_eq!(changed(from, to), (logic.clone(), program.clone()), "{from}");
    }
    for (from, to) in [("\"20..99\": 7,", "\"20..99\": 7.001,"), ("default: nurture", "default: sales"), ("大连", "青岛")] {
        let (other, changed) = changed(from, to);
        assert!(other != logic && changed != program, "{from}");
    }
}

/// A policy with a public and a secret table, stages, and a form that is there for something.
fn asking(settle: &str, messages: &str) -> String {
    format!(
        r#"
leadgate: 1
policy: p
version: "1"
fields: {{ seats: {{ type: int, min: 1, max: 1000 }}, budget: {{ type: int }} }}
tables:
  size: {{ outputs: {{ size: [large, small] }}, rows: [{{ when: {{ seats: ">= 100" }}, then: large }}], default: small }}
  worth: {{ outputs: {{ worth: [high, low] }}, rows: [{{ when: {{ seats: ">= 20", budget: ">= 5000" }}, then: high }}], default: low }}
stages: {{ list: {{ lead: {{}}, mql: {{}} }}, moves: [{{ id: m, from: lead, to: mql, when: {{ worth: high }} }}] }}
route: {{ outcomes: [sales, nurture], rows: [{{ when: {{ worth: high }}, to: sales }}], default: nurture }}
ask: {{ {settle}, questions: [{{ field: budget, prior: {{ answered: 1 }} }}, {{ field: seats, always: true, after: 2, prior: {{ 1..19: 1, ">= 20": 3 }} }}] }}
page: {{ fields: [seats], tables: [size]{messages} }}
"#
    )
}

#[test]
fn what_a_form_is_there_for_is_public_where_it_can_be() {
    let messages = ", messages: { soon: { for: [sales], en: Soon }, thanks: Thanks }";
    let output = |program: &Program, name: &str| Goal::Output(program.variables.iter().position(|variable| variable.name == name).unwrap() as u16);
    for (settle, goal, public) in [("per_visit: 1", "route", "route"), ("settle: route", "route", "route"), ("settle: stage", "stage", "route"), ("settle: worth", "worth", "route"), ("settle: size", "size", "size")] {
        let (program, slice) = (compile(&asking(settle, messages)), slice(&asking(settle, messages)));
        for (program, goal) in [(&program, goal), (&slice, public)] {
            let goal = match goal {
                "route" => Goal::Route,
                "stage" => Goal::Stage,
                name => output(program, name),
            };
            assert_eq!(program.ask.settle, goal, "{settle}");
        }
    }
    // Without messages the slice has no route to be there for.
    let silent = slice(&asking("settle: route", ""));
    assert_eq!(silent.ask.settle, output(&silent, "size"));
}

#[test]
fn a_public_question_takes_its_prior_along() {
    let text = asking("settle: route", ", messages: { soon: { for: [sales], en: Soon }, thanks: Thanks }");
    let (program, slice) = (compile(&text), slice(&text));
    let asked = |program: &Program| program.fields.iter().map(|field| (field.always, field.after, field.weights.clone())).collect::<Vec<_>>();
    assert_eq!(asked(&program), [(true, 2, vec![0, 0, 250_000, 375_000, 375_000]), (false, 0, vec![0, 0, 500_000, 500_000])]);
    assert_eq!(asked(&slice).len(), 1);
    let cells = leadgate::engine::OpenField::new(&slice, 0).combinations();
    let weights = &slice.fields[0].weights;
    assert!(slice.fields[0].always && slice.fields[0].after == 2 && weights.len() == cells);
    // What is cut at 20 by something secret is cut nowhere in the slice.
    assert_eq!(weights[..], [0, 0, 625_000, 375_000]);
}

#[test]
fn what_does_not_fit_is_refused() {
    let sound = compile(&asking("settle: size", ""));
    let refused = |change: &dyn Fn(&mut Program)| {
        let mut forged = sound.clone();
        change(&mut forged);
        Program::from_bytes(&forged.to_bytes()).map_err(|error| error.kind)
    };
    assert_eq!(refused(&|_| {}).as_ref(), Ok(&sound));
    for order in [vec![], vec![0, 1], vec![1, 0]] {
        assert!(refused(&|program| program.ask.order = order.clone()).is_ok(), "{order:?}");
    }
    let index = |change: &dyn Fn(&mut Program)| assert_eq!(refused(change), Err(LoadErrorKind::Index));
    let shape = |change: &dyn Fn(&mut Program)| assert_eq!(refused(change), Err(LoadErrorKind::Shape));
    index(&|program| program.ask.order = vec![0, 2]);
    for order in [vec![0], vec![0, 0]] {
        shape(&|program| program.ask.order = order.clone());
    }
    // A field, a variable beyond the last, a stage where there is none.
    shape(&|program| program.ask.settle = Goal::Output(0));
    shape(&|program| program.ask.settle = Goal::Output(u16::MAX));
    shape(&|program| (program.stages, program.ask.settle, program.steps) = (None, Goal::Stage, Vec::new()));
    for weights in [vec![1], vec![0; 5], vec![1; 6], vec![u32::MAX, 1, 0, 0, 0]] {
        shape(&|program| program.fields[0].weights = weights.clone());
    }
    assert!(refused(&|program| program.fields[0].weights = vec![u32::MAX, 0, 0, 0, 0]).is_ok());
}

#[test]
fn every_cut_is_noticed() {
    for program in samples() {
        let bytes = program.to_bytes();
        for length in 0..bytes.len() {
            let error = Program::from_bytes(&bytes[..length]).expect_err("a part of a program");
            let expected = if length == 0 {
                LoadErrorKind::NotAProgram
            } else if length < bytes::HEADER {
                LoadErrorKind::Truncated
            } else {
                LoadErrorKind::Digest
            };
            assert_eq!(error.kind, expected, "{length} bytes");
            assert!(error.offset <= length);
        }
        // Cut, and the digest made to fit.
        for length in bytes::HEADER..bytes.len() {
            let forged = bytes::sealed(&bytes[bytes::HEADER..length], program.capabilities());
            let error = Program::from_bytes(&forged).expect_err("a part of a body");
            assert_eq!(error.kind, LoadErrorKind::Truncated, "{length} bytes");
        }
        let longer = bytes::sealed(&[&bytes[bytes::HEADER..], &[0]].concat(), program.capabilities());
        assert_eq!(Program::from_bytes(&longer).unwrap_err().kind, LoadErrorKind::Trailing);
    }
}

#[test]
fn every_flipped_bit_is_noticed() {
    let mut random = Random::new(1);
    let mut flipped = 0;
    for program in samples() {
        let bytes = program.to_bytes();
        let all = bytes.len() * 8;
        // All of the header, and as many bits of the body.
        for at in (0..bytes::HEADER * 8).chain((0..bytes::HEADER * 8).map(|_| random.below(all))) {
            let mut damaged = bytes.clone();
            damaged[at / 8] ^= 1 << (at % 8);
            let error = Program::from_bytes(&damaged).expect_err("a damaged program");
            let expected = match at / 8 {
                0..=2 => LoadErrorKind::NotAProgram,
                3 => LoadErrorKind::Format,
                _ => LoadErrorKind::Digest,
            };
            assert_eq!(error.kind, expected, "bit {at}");
            flipped += 1;
        }
    }
    assert!(flipped >= 5_000);
}

#[test]
fn no_bytes_at_all_are_a_program() {
    let mut random = Random::new(2);
    for _ in 0..2_000 {
        let bytes: Vec<u8> = (0..random.below(200)).map(|_| random.next() as u8).collect();
        assert!(Program::from_bytes(&bytes).is_err());
        assert!(Program::from_bytes(&[b"LGP".as_slice(), &[FORMAT, 0, 0, 0, 0], &bytes].concat()).is_err());
        // A body that means nothing, under a digest that fits.
        if let Ok(engine) = Engine::load(&bytes::sealed(&bytes, 0)) {
            exercise::run(&engine, &mut random, false);
        }
    }
}

#[test]
fn leads_as_numbers_are_decided_alike() {
    let mut random = Random::new(5);
    for program in samples() {
        let engine = Engine::new(program);
        for _ in 0..60 {
            exercise::run(&engine, &mut random, true);
        }
    }
}

#[test]
fn a_slice_of_everything_has_every_form_of_secret() {
    let slice = slice(EVERYTHING);
    let open = &slice.slice.as_ref().unwrap().open;
    let domain = |wanted: fn(&Domain) -> bool| open.iter().any(|&variable| wanted(&slice.variables[usize::from(variable)].domain));
    assert!(domain(|domain| matches!(domain, Domain::Double(..))), "a number");
    assert!(domain(|domain| matches!(domain, Domain::Finite(values) if matches!(values.first(), Some(Value::Bool(_))))), "a condition");
    assert!(domain(|domain| matches!(domain, Domain::Finite(values) if matches!(values.first(), Some(Value::Int(_))))), "the keys of a rule");
    assert!(slice.scores.iter().any(|score| matches!(score.body, ScoreBody::Within(..))), "a sum");
    assert!(slice.messages.is_some() && slice.version.is_empty() && slice.logic == [0; 32]);
    let full = compile(EVERYTHING);
    assert!(full.slice.is_none() && full.messages.is_some());
    // Nothing that a slice must not have is let in.
    let refused = |change: &dyn Fn(&mut Program)| {
        let mut forged = slice.clone();
        change(&mut forged);
        let error = Program::from_bytes(&forged.to_bytes()).expect_err("what a slice must not have");
        assert!(matches!(error.kind, LoadErrorKind::Shape | LoadErrorKind::Index));
    };
    refused(&|forged| forged.identity.push(vec![0]));
    refused(&|forged| forged.stages.clone_from(&full.stages));
    refused(&|forged| forged.route.as_mut().unwrap().outcomes[0] = "sales".into());
    refused(&|forged| forged.messages = None);
    refused(&|forged| forged.slice.as_mut().unwrap().open.reverse());
    refused(&|forged| forged.slice.as_mut().unwrap().open.insert(0, 0));
    refused(&|forged| forged.slice = None);
}

#[test]
fn ranges_of_cells_are_read_as_written_and_lie_within_their_slot() {
    let program = compile(EVERYTHING);
    let (at, slot) = program.formulas.nodes.iter().enumerate().find_map(|(at, node)| match node {
        Formula::Within(slot, ..) => Some((at, *slot)),
        _ => None,
    }).expect("a range of cells");
    let cells = program.cells_of(slot).unwrap() as u16;
    let with = |slot: SlotId, from, to| {
        let mut changed = program.clone();
        changed.formulas.nodes[at] = Formula::Within(slot, from, to);
        let read = Program::from_bytes(&changed.to_bytes());
        read.map(|read| assert!(read == changed, "not what was written")).map_err(|error| error.kind)
    };
    for (from, to) in [(FIRST_VALUE, cells), (FIRST_VALUE, FIRST_VALUE), (cells, cells)] {
        assert_eq!(with(slot, from, to), Ok(()), "{from}..{to}");
    }
    for (from, to) in [(FIRST_VALUE - 1, cells), (FIRST_VALUE, cells + 1), (FIRST_VALUE + 1, FIRST_VALUE), (0, 0)] {
        assert_eq!(with(slot, from, to), Err(LoadErrorKind::Shape), "{from}..{to}");
    }
    assert_eq!(with(program.slots.len() as SlotId, FIRST_VALUE, FIRST_VALUE), Err(LoadErrorKind::Index));
}

#[test]
fn values_nest_as_deep_as_nodes_and_no_deeper() {
    let read = |depth: u16| {
        let mut program = compile(EVERYTHING);
        let nested = (0..depth).fold(Value::Null, |value, _| Value::List([value].into()));
        program.expressions.constants.push(nested);
        Program::from_bytes(&program.to_bytes()).map(|read| assert!(read == program, "not what was written")).map_err(|error| error.kind)
    };
    assert_eq!(read(MAX_DEPTH), Ok(()));
    assert_eq!(read(MAX_DEPTH + 1), Err(LoadErrorKind::Depth));
}

/// How many forgeries of each kind.
const FORGERIES: usize = 12_000;

#[test]
fn forged_bytes_are_refused_or_run() {
    let programs = samples();
    let bodies: Vec<(Vec<u8>, u32)> = programs.iter().map(|program| (program.to_bytes()[bytes::HEADER..].to_vec(), program.capabilities())).collect();
    let mut random = Random::new(3);
    let mut accepted = 0;
    for _ in 0..FORGERIES {
        let (body, capabilities) = random.pick(&bodies);
        let donor = &random.pick(&bodies).0.clone();
        let mut forged = body.clone();
        for _ in 0..1 + random.below(3) {
            bytes::mutate(&mut forged, donor, &mut random);
        }
        let capabilities = if random.chance(3) { random.next() as u32 } else { *capabilities };
        if let Ok(engine) = Engine::load(&bytes::sealed(&forged, capabilities)) {
            accepted += 1;
            exercise::run(&engine, &mut random, false);
        }
    }
    assert!(accepted >= FORGERIES / 20, "only {accepted} forgeries load: the test does not reach the engine");
}

#[test]
fn forged_structures_are_refused_or_run() {
    let programs = samples();
    let mut random = Random::new(4);
    let mut accepted = 0;
    for _ in 0..FORGERIES {
        let mut forged = random.pick(&programs).clone();
        for _ in 0..1 + random.below(4) {
            structure::mutate(&mut forged, &mut random);
        }
        if let Ok(engine) = Engine::load(&forged.to_bytes()) {
            accepted += 1;
            exercise::run(&engine, &mut random, false);
        }
    }
    assert!(accepted >= FORGERIES / 4, "only {accepted} forgeries load: the test does not reach the engine");
}
