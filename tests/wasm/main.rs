//! The surface as JavaScript meets it, in Node and in a browser.
#![cfg(target_family = "wasm")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use leadgate::wasm::{self, Engine, lead_error, load_error};

const POLICY: &str = r#"
leadgate: 1
policy: first
version: "1"
fields:
  email:  { type: string, normalize: [trim, lowercase], format: email }
  seats:  { type: int, min: 1, max: 1000000 }
  source: { type: enum, values: [sem, event, download] }
screen:
  no_mail: { when: { email: unanswered }, because: { en: No way to reach them, zh: 没有联系方式 } }
scores:
  fit:
    range: [0, 100]
    rules:
      size: { by: seats, points: { "20..99": 30, ">= 100": 60 }, because: { en: Team size, zh: 端口数 } }
      met:  { when: { source: event }, points: 20, because: { en: We have met, zh: 线下见过面 } }
route:
  outcomes: [sales, nurture]
  rows: [{ id: good, when: { fit: ">= 60" }, to: sales }]
  default: nurture
identity: [email]
"#;

const FIRST_STAGE: u16 = u16::MAX;
const POSSIBLE: u8 = 1;
const EMAIL: u16 = 0;
const SEATS: u16 = 1;
const SOURCE: u16 = 2;

fn files(text: &str) -> Object {
    let files = Object::new();
    Reflect::set(&files, &JsValue::from_str("policy.yaml"), &Uint8Array::from(text.as_bytes())).unwrap();
    files
}

fn loaded() -> Engine {
    let program = wasm::compile("policy.yaml", &files(POLICY)).program();
    Engine::load(&program.unwrap()).unwrap()
}

/// What stands in memory, as JavaScript reads and writes it there.
fn memory(at: usize, length: usize) -> js_sys::Float64Array {
    let memory: js_sys::WebAssembly::Memory = wasm_bindgen::JsCast::unchecked_into(wasm_bindgen::memory());
    js_sys::Float64Array::new_with_byte_offset_and_length(&memory.buffer(), at as u32, length as u32)
}

fn give(engine: &Engine, codes: [f64; 3]) {
    memory(engine.places()[0] as usize, 3).copy_from(&codes);
}

fn head(engine: &Engine) -> Vec<f64> {
    memory(engine.places()[2] as usize, 9).to_vec()
}

#[wasm_bindgen_test]
fn a_lead_goes_in_as_numbers_and_comes_out_as_numbers() {
    let engine = loaded();
    let email = engine.text(EMAIL, b" A@B.example ", true);
    give(&engine, [f64::from(email), 120.0, 1.0]);
    assert_eq!(engine.decide(FIRST_STAGE), 0);
    // A route, its first outcome, by its first row; one identity key; 80 points.
    assert_eq!(head(&engine), [2.0, 0.0, 0.0, 0.0, -1.0, -1.0, 0.0, 1.0, 80.0]);
    assert_eq!(engine.normal(EMAIL, f64::from(email)), "a@b.example");
}

#[wasm_bindgen_test]
fn nothing_given_is_screened_and_everything_open_is_possible() {
    let engine = loaded();
    give(&engine, [f64::NAN; 3]);
    assert_eq!(engine.decide(FIRST_STAGE), 0);
    assert_eq!(&head(&engine)[..2], [1.0, 0.0]);
    give(&engine, [f64::NEG_INFINITY; 3]);
    let possible = engine.ask(POSSIBLE, FIRST_STAGE, 0, 0);
    // Not decided by enumeration alone: an e-mail address has more texts than can be listed, and yet three outcomes are all there are.
    assert_eq!(possible[2], 3.0);
}

#[wasm_bindgen_test]
fn an_answer_that_its_field_cannot_have_is_named_with_its_kind() {
    let engine = loaded();
    give(&engine, [f64::NAN, 0.5, f64::NAN]);
    let wrong = engine.decide(FIRST_STAGE);
    assert_eq!(wrong & 0xffff, u32::from(SEATS));
    assert_eq!(lead_error((wrong >> 16) as u8).split('\n').next(), Some("not-an-integer"));
    give(&engine, [f64::NAN, f64::NAN, 7.0]);
    assert_eq!(engine.decide(FIRST_STAGE) & 0xffff, u32::from(SOURCE));
    assert!(engine.text(EMAIL, b"no address", false) < -1);
}

#[wasm_bindgen_test]
fn bytes_that_are_no_program_are_refused_with_their_place() {
    assert!(Engine::load(b"LGP").is_none());
    let error = load_error(b"LGP");
    assert_eq!(error.lines().count(), 3, "{error}");
}

#[wasm_bindgen_test]
fn documents_are_checked_compiled_and_formatted() {
    let report = wasm::check("policy.yaml", &files(&POLICY.replace("fit: \">= 60\"", "fitt: \">= 60\"")));
    assert!(report.contains("unknown-name") && report.contains("fit"), "{report}");
    assert!(wasm::compile("policy.yaml", &files("leadgate: 1")).program().is_none());
    assert!(wasm::format(POLICY).starts_with("{\"text\":"));
    let described = loaded().describe();
    assert!(described.contains("\"screen\":[\"no_mail\"]"), "{described}");
}
