//! The rules and examples of docs/policy.md, and the collapse table of docs/truths.md.

use crate::reference::{Decision, Policy, decide, lead};
use serde_json::{Value as Json, json};

fn run(document: &Json, answers: Json, stage: Option<&str>) -> Decision {
    let policy = Policy::read(&document.to_string());
    decide(&policy, &lead::read(&policy, &answers), stage)
}

/// `1 / n == 1` is T for 1, F for 2, U for nothing, E for 0.
const CONDITION: &str = "1 / n == 1";
const FOUR: [fn() -> Json; 4] = [|| json!({ "n": 1 }), || json!({ "n": 2 }), || json!({}), || json!({ "n": 0 })];

fn with(section: &str, body: Json) -> Json {
    let mut document = json!({
        "leadgate": 1, "policy": "p", "version": "1",
        "fields": { "n": { "type": "int" }, "x": { "type": "string" } },
        "route": { "on_fault": "manual", "outcomes": ["yes", "no", "manual"], "rows": [], "default": "no" },
    });
    document[section] = body;
    document
}

#[test]
fn collapse_of_the_screen() {
    let document = with("screen", json!({ "first": { "when": CONDITION }, "second": { "when": "x == \"s\"" } }));
    let outcomes = FOUR.map(|lead| run(&document, lead(), None).outcome);
    assert_eq!(outcomes, ["screened:first", "no", "no", "manual"]);
    let fault = run(&document, json!({ "n": 0, "x": "s" }), None);
    assert_eq!((fault.route, fault.screen, fault.faults), (None, None, vec!["screen".to_owned()]));
    assert_eq!(run(&document, json!({ "x": "s" }), None).outcome, "screened:second");
}

#[test]
fn collapse_of_score_rules() {
    let document = with("scores", json!({ "s": { "rules": { "r": { "when": CONDITION, "points": 2.5 }, "other": { "when": "true", "points": 1 } } } }));
    assert_eq!(FOUR.map(|lead| run(&document, lead(), None).scores["s"]), [Some(3500), Some(1000), Some(1000), None]);
    let mut document = with("scores", json!({ "s": { "rules": { "r": { "by": "d", "points": { "1": 4, "unanswered": -2, "else": 1 } } } } }));
    document["derive"] = json!({ "d": "1 / n" });
    assert_eq!(FOUR.map(|lead| run(&document, lead(), None).scores["s"]), [Some(4000), Some(1000), Some(-2000), None]);
}

#[test]
fn collapse_of_tables_and_the_route() {
    let rows = json!([{ "when": CONDITION, "then": "A" }, { "then": "B" }]);
    let mut document = with("tables", json!({ "t": { "outputs": { "o": ["A", "B"] }, "rows": rows } }));
    let outputs = FOUR.map(|lead| run(&document, lead(), None).outputs["o"].as_ref().map(lead::json));
    assert_eq!(outputs, [Some(json!("A")), Some(json!("B")), Some(json!("B")), None]);
    // The route does not read the table, so its fault is none of the route's.
    assert_eq!(run(&document, json!({ "n": 0 }), None).outcome, "no");
    document["route"]["rows"] = json!([{ "when": { "o": "A" }, "to": "yes" }]);
    assert_eq!(FOUR.map(|lead| run(&document, lead(), None).outcome), ["yes", "no", "no", "manual"]);
    let fault = run(&document, json!({ "n": 0 }), None);
    assert_eq!((fault.route.as_deref(), fault.faults), (Some("manual"), vec!["o".to_owned(), "route".to_owned()]));
    // A row that holds comes before a row that faults.
    document["route"]["rows"] = json!([{ "when": { "x": "known" }, "to": "yes" }, { "when": { "o": "A" }, "to": "yes" }]);
    assert_eq!(run(&document, json!({ "n": 0, "x": "v" }), None).outcome, "yes");
}

#[test]
fn collapse_of_moves() {
    let moves = json!([{ "id": "on", "from": "a", "to": "b", "when": CONDITION }, { "id": "back", "from": "b", "to": "a", "when": "true" }, { "id": "end", "from": "a", "to": "c", "when": "x == \"c\"" }]);
    let mut document = with("stages", json!({ "list": { "a": {}, "b": {}, "c": {} }, "moves": moves }));
    document["route"]["rows"] = json!([{ "when": { "stage": "b" }, "to": "yes" }]);
    let stages = FOUR.map(|lead| run(&document, lead(), None).stage.unwrap());
    assert_eq!(stages.each_ref().map(|stage| stage.after.as_str()), ["b", "a", "a", "a"]);
    assert_eq!(stages.map(|stage| stage.fault), [false, false, false, true]);
    assert_eq!(FOUR.map(|lead| run(&document, lead(), None).outcome), ["yes", "no", "no", "manual"]);
    // `back` leads to a stage that was current in this decision only where the lead began in `a`.
    let from_b = run(&document, json!({ "x": "c" }), Some("b")).stage.unwrap();
    assert_eq!((from_b.after.as_str(), from_b.moves), ("c", vec!["back".to_owned(), "end".to_owned()]));
}

#[test]
fn a_fault_after_a_move_undoes_it() {
    let moves = json!([{ "id": "one", "from": "a", "to": "b", "when": "true" }, { "id": "two", "from": "b", "to": "c", "when": CONDITION }]);
    let document = with("stages", json!({ "list": { "a": {}, "b": {}, "c": {} }, "moves": moves }));
    let stage = run(&document, json!({ "n": 0 }), None).stage.unwrap();
    assert_eq!((stage.after.as_str(), stage.moves.len(), stage.fault), ("a", 0, true));
}

#[test]
fn required_fields_of_a_stage() {
    let moves = json!([{ "id": "one", "from": "a", "to": "b", "when": CONDITION }, { "id": "two", "from": ["a"], "to": "c", "when": "true" }]);
    let document = with("stages", json!({ "list": { "a": {}, "b": { "require": ["x"] }, "c": {} }, "moves": moves }));
    let after = |answers: Json| run(&document, answers, None).stage.unwrap().after;
    assert_eq!(after(json!({ "n": 1, "x": "v" })), "b");
    assert_eq!(after(json!({ "n": 1, "x": { "declined": true } })), "c");
    // The condition is looked at whether or not the stage could be entered.
    assert_eq!(after(json!({ "n": 0 })), "a");
    assert_eq!(after(json!({ "n": 0, "x": "v" })), "a");
}

#[test]
fn gates_mask_what_was_typed() {
    let mut document = with("ask", json!({ "questions": [{ "field": "x", "label": "?", "when": CONDITION }, { "field": "y", "label": "?", "when": { "x": "known" } }] }));
    document["fields"]["y"] = json!({ "type": "string" });
    document["fields"]["looked_up"] = json!({ "type": "string", "from": "host" });
    document["derive"] = json!({ "state": "known(x) ? \"K\" : unanswered(x) ? \"U\" : declined(x) ? \"D\" : \"M\"" });
    document["tables"] = json!({ "t": { "outputs": { "o": ["K", "M", "U", "D", "other"], "p": ["not", "masked", "other"] }, "rows": [
        { "when": { "state": "K", "y": "masked" }, "then": { "o": "K", "p": "masked" } },
        { "when": { "state": "K" }, "then": { "o": "K", "p": "not" } },
        { "when": { "state": "M", "y": "masked" }, "then": { "o": "M", "p": "masked" } },
        { "when": { "state": "U" }, "then": { "o": "U", "p": "not" } },
        { "when": { "state": "D" }, "then": { "o": "D", "p": "not" } },
    ], "default": { "o": "other", "p": "other" } } });
    let outputs = |mut answers: Json, x: Json| {
        answers["x"] = x;
        answers["y"] = json!("v");
        let decision = run(&document, answers, None);
        (decision.outputs["o"].as_ref().map(lead::json), decision.outputs["p"].as_ref().map(lead::json), decision.faults)
    };
    let none: Vec<String> = Vec::new();
    let some = |o: &str, p: &str| (Some(json!(o)), Some(json!(p)), none.clone());
    let x = || json!("v");
    assert_eq!(outputs(FOUR[0](), x()), some("K", "not"));
    assert_eq!(outputs(FOUR[1](), x()), some("M", "masked"));
    assert_eq!(outputs(FOUR[2](), x()), some("M", "masked"));
    let faults = ["x", "y", "state", "o", "p"].map(str::to_owned).to_vec();
    assert_eq!(outputs(FOUR[3](), x()), (None, None, faults));
    assert_eq!(outputs(FOUR[0](), Json::Null), some("U", "not"));
    assert_eq!(outputs(FOUR[1](), Json::Null), some("M", "masked"));
    assert_eq!(outputs(FOUR[0](), json!({ "declined": true })), some("D", "not"));
    assert_eq!(outputs(FOUR[1](), json!({ "declined": true })), some("M", "masked"));
    assert_eq!(outputs(FOUR[3](), json!({ "value": "v", "source": "record" })), some("K", "not"));
    assert_eq!(outputs(FOUR[1](), json!({ "value": "v", "source": "typed" })), some("M", "masked"));
}

#[test]
fn groups_ranges_and_totals() {
    let points = |points: i64| json!({ "when": "true", "points": points });
    let document = with(
        "scores",
        json!({
            "total": { "sum": ["fit", "low"], "range": [0, 58] },
            "fit": { "range": [0, 100], "groups": { "need": { "max": 30, "rules": { "a": points(25), "b": points(25) } }, "least": { "min": -10, "rules": { "c": points(-40) } } }, "rules": { "d": { "when": "true", "points": 39.125 } } },
            "low": { "range": [0, 5], "rules": { "e": points(-7) } },
        }),
    );
    let scores = run(&document, json!({}), None).scores;
    assert_eq!((scores["fit"], scores["low"], scores["total"]), (Some(59_125), Some(0), Some(58_000)));
}

#[test]
fn dictionaries() {
    let list = |more: Json| {
        let mut list = json!({ "columns": { "match": "string", "role": "enum", "level": "int" }, "match": "contains", "normalize": ["lowercase"],
            "rows": [{ "match": "经理", "role": "lead", "level": 3 }, { "match": "总经理", "role": "head" }, { "match": "经理助理", "role": "aide", "level": 1 }, { "match": "CTO", "role": "head", "level": 5 }] });
        list.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        list
    };
    let role = |more: Json, title: &str| {
        let mut document = with("lists", json!({ "titles": list(more) }));
        document["derive"] = json!({ "role": "lookup(lists.titles, x).role", "level": "lookup(lists.titles, x).level" });
        document["tables"] = json!({ "t": { "outputs": { "o": ["lead", "head", "aide", "none"] }, "rows": [
            { "when": { "role": "lead" }, "then": "lead" }, { "when": { "role": "head", "level": "known" }, "then": "head" }, { "when": { "role": "aide" }, "then": "aide" }], "default": "none" } });
        lead::json(run(&document, json!({ "x": title }), None).outputs["o"].as_ref().unwrap()).as_str().unwrap().to_owned()
    };
    assert_eq!(role(json!({}), "销售经理"), "lead");
    assert_eq!(role(json!({}), "总经理助理"), "aide");
    assert_eq!(role(json!({ "pick": "first" }), "总经理助理"), "lead");
    // The row is found, but its level is empty.
    assert_eq!(role(json!({}), "总经理"), "none");
    assert_eq!(role(json!({}), "the cto"), "head");
    assert_eq!(role(json!({ "match": "exact" }), "the cto"), "none");
    assert_eq!(role(json!({ "except": ["助理"] }), "CTO 助理"), "none");
    assert_eq!(role(json!({ "except": ["助理"] }), "经理助理"), "aide");
}

#[test]
fn texts_in_normal_form() {
    let mut document = with("identity", json!(["email", ["x", "n"]]));
    document["fields"] = json!({
        "email": { "type": "string", "normalize": ["trim", "lowercase"], "format": "email" },
        "x": { "type": "string", "normalize": ["width", "collapse", "trim"] },
        "n": { "type": "int" },
    });
    let identity = |answers: Json| -> Vec<Json> {
        let keys = run(&document, answers, None).identity;
        keys.iter().map(|(at, values)| json!([at, values.iter().map(lead::json).collect::<Vec<_>>()])).collect()
    };
    assert_eq!(identity(json!({ "email": " Li@Free.COM ", "x": "Ａ　 b  c ", "n": 4 })), [json!([0, ["li@free.com"]]), json!([1, ["A b c", 4]])]);
    assert_eq!(identity(json!({ "email": "\t ", "x": "v" })), Vec::<Json>::new());
}

#[test]
fn a_derive_that_is_no_finite_number_faults() {
    let mut document = with("derive", json!({ "per_seat": "budget / double(n)" }));
    document["fields"] = json!({ "n": { "type": "int" }, "budget": { "type": "double" } });
    document["route"]["rows"] = json!([{ "when": { "per_seat": ">= 10" }, "to": "yes" }]);
    let outcome = |n: i64, budget: f64| run(&document, json!({ "n": n, "budget": budget }), None).outcome;
    assert_eq!([outcome(4, 40.0), outcome(4, 39.0), outcome(0, 40.0), outcome(0, 0.0)], ["yes", "no", "manual", "manual"]);
}
