//! Any expression on random values, of which some may be open: it answers in bounded time, with a value of the type that was found for it.

#![no_main]

use leadgate::cel::{Expected, check, parse};
use leadgate_fuzz::{Case, Mode, Random, conforms, text};
use libfuzzer_sys::fuzz_target;
use serde_json::{Map, Value as Json, json};
use std::time::{Duration, Instant};

/// No evaluation takes this long, on however slow a machine: a million units of work are some hundredths of a second.
const LONGEST: Duration = Duration::from_secs(5);

fuzz_target!(|data: &[u8]| {
    let data = String::from_utf8_lossy(data);
    let case = Case::of(&data);
    if case.mode == Mode::Policy {
        return;
    }
    let Ok(tree) = parse(&text(case.source)) else { return };
    let Ok(checked) = check(&tree, &case.env(), Expected::Any) else { return };
    let mut random = Random::of(data.as_bytes());
    // Once with everything known, once with about half of it open.
    for open in [false, true] {
        let bindings: Map<String, Json> = case.names.iter().map(|(name, ty)| {
            let bound = if open && random.below(2) == 0 { json!({ "unknown": true }) } else { random.value(ty, 3) };
            (name.clone(), bound)
        }).collect();
        let line = json!({ "id": 1, "expr": case.source, "type_env": case.type_env(), "disable_check": case.mode == Mode::Unchecked, "bindings": bindings }).to_string();
        let before = Instant::now();
        let answer = leadgate::answer(&line);
        assert!(before.elapsed() < LONGEST, "{:?} for {line}", before.elapsed());
        let answer: Json = serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{error} in {answer}"));
        match &answer["value"] {
            Json::Null => assert!(answer["unknown"].is_array() || answer["phase"] == "evaluate", "{answer} for {line}"),
            value => assert!(case.mode == Mode::Unchecked || conforms(value, &checked.ty), "{answer} for {line}"),
        }
        // What an answer says of the expression with open names holds for every completion; one of them is tried.
        if open && answer["value"].is_object() {
            let completed: Map<String, Json> = case.names.iter().map(|(name, ty)| {
                let bound = &bindings[name];
                (name.clone(), if bound["unknown"] == true { random.value(ty, 3) } else { bound.clone() })
            }).collect();
            let line = json!({ "id": 1, "expr": case.source, "type_env": case.type_env(), "disable_check": case.mode == Mode::Unchecked, "bindings": completed }).to_string();
            let known: Json = serde_json::from_str(&leadgate::answer(&line)).unwrap_or_default();
            assert_eq!(known["value"], answer["value"], "{line}");
        }
    }
});
