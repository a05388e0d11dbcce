//! The page's border to JavaScript: numbers alone go over it. Texts and lists of numbers lie in the engine's memory, where `pkg/src/page/glue.mjs` writes and reads them; both
//! change together. What generated glue does beyond that, above all giving back memory, a page has no use for.
#![allow(unsafe_code, reason = "that no two exports have one name is all that is unsafe here")]

use std::cell::RefCell;

use super::engine::Engine;
use crate::engine::LEAD_TEXTS;
use crate::program::LOAD_TEXTS;

/// What was loaded, and what the next call is given.
struct Border {
    /// No engine is given back.
    engines: Vec<&'static Engine>,
    given: Vec<u8>,
}

thread_local! {
    static BORDER: RefCell<Border> = const { RefCell::new(Border { engines: Vec::new(), given: Vec::new() }) };
}

#[inline(never)]
fn at(engine: usize) -> Option<&'static Engine> {
    BORDER.with_borrow(|border| border.engines.get(engine).copied())
}

/// Where the bytes of the next call's text or program are to be written, so many.
#[unsafe(no_mangle)]
extern "C" fn room(length: usize) -> *mut u8 {
    BORDER.with_borrow_mut(|border| {
        border.given.clear();
        border.given.resize(length, 0);
        border.given.as_mut_ptr()
    })
}

/// Loads the program that was given; the number of its engine, or −1 − the kind of what is wrong − 16 times the byte.
#[unsafe(no_mangle)]
extern "C" fn load() -> f64 {
    BORDER.with_borrow_mut(|border| match Engine::read(&border.given) {
        Ok(engine) => {
            border.engines.extend(engine.map(|engine| &*Box::leak(Box::new(engine))));
            border.engines.len() as f64 - 1.0
        }
        Err(error) => -1.0 - (error.kind as usize + 16 * error.offset) as f64,
    })
}

/// See [`Engine::decide`].
#[unsafe(no_mangle)]
extern "C" fn decide(engine: usize, stage: u16) -> u32 {
    at(engine).map_or(0, |engine| engine.decide(stage))
}

/// The number of the text that was given; see [`Engine::text`].
#[unsafe(no_mangle)]
extern "C" fn text(engine: usize, field: u16, keep: bool) -> i32 {
    BORDER.with_borrow(|border| at(engine).map_or(0, |engine| engine.text(field, &border.given, keep)))
}

/// Answers with numbers; where they stand, and 2³² times how many they are. 3 are [`Engine::numbers`], 4 [`Engine::choices`], 5 [`Engine::places`]; the others are the
/// questions of [`Engine::ask`].
#[unsafe(no_mangle)]
extern "C" fn numbers(engine: usize, question: u8, about: u16, limit: u32, submissions: u32) -> f64 {
    let numbers = at(engine).map_or(Vec::new(), |engine| match question {
        3 => engine.numbers(about),
        4 => engine.choices(about),
        5 => engine.places(),
        _ => engine.ask(question, about, limit, submissions),
    });
    place(numbers.as_ptr() as usize, numbers.leak().len())
}

/// Answers with a text; where it stands, and 2³² times how many bytes it has. 0 is [`Engine::describe`], 1 [`Engine::normal`] of a field's number, 2 [`Engine::faults`], 3 are
/// what can be wrong with a program, and 4 with an answer, a line for each kind.
#[unsafe(no_mangle)]
extern "C" fn words(engine: usize, question: u8, about: u16, number: f64) -> f64 {
    let words = match question {
        3 => LOAD_TEXTS,
        4 => LEAD_TEXTS,
        _ => at(engine).map_or(String::new(), |engine| match question {
            0 => engine.describe(),
            1 => engine.normal(about, number),
            _ => engine.faults(),
        }).leak(),
    };
    place(words.as_ptr() as usize, words.len())
}

fn place(start: usize, length: usize) -> f64 {
    start as f64 + length as f64 * 4_294_967_296.0
}

/// Stops the instance where it stands, as a mistake in the engine would.
#[cfg(feature = "trap")]
#[unsafe(no_mangle)]
extern "C" fn trap() {
    std::process::abort();
}
