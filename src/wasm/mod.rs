//! The surface to JavaScript: numbers in, numbers out, names as JSON once. The package's JavaScript gives it its shape for people. Full and author have it by wasm-bindgen, the page
//! by exports of its own.

#[cfg(feature = "author")]
mod asking;
#[cfg(feature = "author")]
mod author;
#[cfg(all(feature = "full", not(feature = "author")))]
mod columns;
mod describe;
mod engine;
#[cfg(feature = "full")]
mod hits;
mod json;
#[cfg(feature = "full")]
mod live;
#[cfg(feature = "full")]
mod lists;
#[cfg(all(target_family = "wasm", not(feature = "full")))]
mod memory;
#[cfg(feature = "author")]
mod outline;
#[cfg(not(feature = "full"))]
mod page;
mod results;

#[cfg(feature = "author")]
pub use asking::{forecast, question_cells};
#[cfg(feature = "author")]
pub use author::{Compilation, check, compile, format};
pub use engine::Engine;
#[cfg(feature = "full")]
pub use engine::{lead_error, load_error};
#[cfg(feature = "full")]
pub use lists::{Draft, List, list_error};

// The one that comes with the standard library is several times as large. The page has its own.
#[cfg(all(target_family = "wasm", feature = "full"))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[cfg(feature = "panic-hook")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}
